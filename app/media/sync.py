"""Picture and sound against each other: do they start together, are they equally long."""

from typing import Final

from app.media.picture import PictureTrack
from app.media.sound import SoundTrack
from app.model.recording import RecordingEvent

SOUND_EARLY_S: Final = 0.040
"""So much earlier than the picture the sound may be (EBU R37) ..."""
SOUND_LATE_S: Final = 0.060
"""... and so much later."""
SHORTER_FRAMES: Final = 2
"""By so many frames the sound may end before the picture (Telestream Qualify FC-108) ..."""
LEAST_SHORTER_S: Final = 0.08
"""... which at 50 and 60 frames a second is less than coded sound is cut to: two frames at 25 in any case."""
LONGER_S: Final = 2.0
"""By so much it may go on after it."""


def sync_events(picture: PictureTrack, sound: SoundTrack, fps: float | None) -> tuple[RecordingEvent, ...]:
    """Return ``av_start_offset`` and ``av_length_mismatch``, value = seconds by which the sound starts or ends later.

    Both are judged by the time stamps, so an error of lips against words within the file is not found.

    Args:
        picture: the picture track after its last frame.
        sound: the sound track after its last block.
        fps: frames per second.
    """
    if not picture.frames or sound.decoded_to_s <= sound.starts_s:
        return ()
    late_s = sound.starts_s - picture.starts_s
    over_s = sound.decoded_to_s - picture.decoded_to_s
    shorter_s = max(SHORTER_FRAMES / fps if fps else 0.0, LEAST_SHORTER_S)
    events = []
    if not -SOUND_EARLY_S - 1e-6 <= late_s <= SOUND_LATE_S + 1e-6:
        events.append(_event("av_start_offset", picture.starts_s, sound.starts_s))
    if not -shorter_s - 1e-6 <= over_s <= LONGER_S + 1e-6:
        events.append(_event("av_length_mismatch", picture.decoded_to_s, sound.decoded_to_s))
    return tuple(events)


def _event(kind: str, picture_s: float, sound_s: float) -> RecordingEvent:
    from_s, to_s = sorted((max(picture_s, 0.0), max(sound_s, 0.0)))
    value = round(sound_s - picture_s, 3)
    return RecordingEvent(kind=kind, from_s=round(from_s, 4), to_s=round(to_s, 4), value=value)
