"""Comparing what an analysis says with what was planted: recall, precision, and how far off the times are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.model.recording import RecordingEvent
from tests.media.ground_truth import FAULTS, Clip, Extent, Plant
from tests.media.truth_picture import FLASH_S

FRAMES_OFF = 2
"""Start and end of a fault in the picture are found within so many frames."""
SOUND_OFF_S = 0.05
"""Start and end of a fault in the sound are found within so much."""
_ROUNDING_S = 0.0002  # reports tell times to the tenth of a millisecond
_EDGE_KINDS = frozenset({"shot_change", "flash", "click"})
"""Kinds that may be told where a planted fault begins or ends, for there the picture or the sound does jump."""
_EDGE_FRAMES = 3


@dataclass(frozen=True)
class Found:
    """What an analysis says of one plant.

    Attributes:
        seen: an event of the kind overlaps the plant.
        exact: start and end are within the tolerance.
        start_off_s: first start of its events less that of the plant; None where it was not seen or has no start.
        end_off_s: the same of the last end.
        pieces: into how many events it fell; two channels are one.
    """

    plant: Plant
    seen: bool
    exact: bool
    start_off_s: float | None = None
    end_off_s: float | None = None
    pieces: int = 0


def found(clip: Clip, plant: Plant, events: Iterable[RecordingEvent]) -> Found:
    """Look for one plant among the events of its clip."""
    fault, off_s = FAULTS[plant.kind], tolerance_s(clip, plant.kind)
    own = [event for event in events if event.kind == plant.kind and _overlaps(event, plant, off_s)]
    if not own:
        return Found(plant, seen=False, exact=False)
    pieces = len({(event.from_s, event.to_s) for event in own if event.channel in (None, own[0].channel)})
    if fault.extent is Extent.FILE:
        return Found(plant, seen=True, exact=True, pieces=pieces)
    start_off_s = min(event.from_s for event in own) - plant.from_s
    end_off_s = max(event.to_s for event in own) - plant.to_s
    if fault.extent is Extent.POINT:
        return Found(plant, seen=True, exact=abs(start_off_s) <= off_s, start_off_s=start_off_s, pieces=pieces)
    exact = max(abs(start_off_s), abs(end_off_s)) <= off_s + _grain_s(clip, plant)
    return Found(plant, seen=True, exact=exact, start_off_s=start_off_s, end_off_s=end_off_s, pieces=pieces)


def false_events(clip: Clip, events: Iterable[RecordingEvent]) -> Iterator[RecordingEvent]:
    """Yield the events that nothing in the clip explains."""
    planted = [*clip.plants, *clip.planted("shot_change")]
    for event in events:
        if not any(_explains(clip, plant, event) for plant in planted):
            yield event


def tolerance_s(clip: Clip, kind: str) -> float:
    """Return how far start and end of a kind may be off, seconds."""
    return (SOUND_OFF_S if FAULTS[kind].sound else FRAMES_OFF * clip.form.frame_s) + _ROUNDING_S


def _grain_s(clip: Clip, plant: Plant) -> float:
    """Return how far the first and the last trace of a fault may lie within its span by its own nature."""
    if plant.kind == "flash":
        return FLASH_S  # after the last one the picture is as it was
    return clip.form.frame_s / plant.strength if plant.kind == "duplicate_frames" else 0.0


def _explains(clip: Clip, plant: Plant, event: RecordingEvent) -> bool:
    if event.kind == plant.kind or event.kind in FAULTS[plant.kind].implies:
        return FAULTS[plant.kind].extent is Extent.FILE or _overlaps(event, plant, tolerance_s(clip, plant.kind))
    if event.kind not in _EDGE_KINDS:
        return False
    near_s = max(_EDGE_FRAMES * clip.form.frame_s, tolerance_s(clip, event.kind))
    return any(event.from_s - near_s <= edge_s <= event.to_s + near_s for edge_s in (plant.from_s, plant.to_s))


def _overlaps(event: RecordingEvent, plant: Plant, off_s: float) -> bool:
    if FAULTS[plant.kind].extent is Extent.FILE:
        return True
    return event.from_s <= plant.to_s + off_s and event.to_s >= plant.from_s - off_s
