"""The ground truth: clean lecture-like recordings with faults planted at known times, and what is known of each kind.

A clip is declared (`Clip`, `Plant`, `Form`) and written by `write_clip`. `FAULTS` says for every kind of event what its
strengths are and how exactly it can be found. `truth_plans` lists the clips of the table, `truth_match` compares.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import Final

import av
import numpy as np
import soundfile
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from tests.media.truth_picture import PICTURE_FAULTS
from tests.media.truth_scenes import SHOTS, Frame, Shot
from tests.media.truth_sound import SOUND_FAULTS
from tests.media.truth_speech import RATE_HZ, Sound, speech


class Extent(StrEnum):
    """How the time of a fault is told."""

    SPAN = "span"
    """From and to are found."""
    POINT = "point"
    """It happens at a moment: from is found."""
    FILE = "file"
    """It is a matter of the whole file: that it is told is enough."""


@dataclass(frozen=True)
class Fault:
    """What is known of a kind of event.

    Attributes:
        strengths: weak (near the threshold), clear, strong.
        unit: what a strength counts.
        sound: it is in the sound.
        shot: what the picture shows where it is planted.
        length_s: how long it is planted.
        implies: other kinds that may rightly be told where this one is.
    """

    strengths: tuple[float, float, float]
    unit: str
    extent: Extent = Extent.SPAN
    sound: bool = False
    shot: str = "camera"
    length_s: float = 4.0
    implies: frozenset[str] = frozenset()


def _implying(*kinds: str) -> frozenset[str]:
    return frozenset(kinds)


_DARK: Final = _implying("underexposed", "freeze", "duplicate_frames", "blurred", "uneven_light")
_LOST: Final = _implying("dual_mono", "dead_channel", "audio_gap", "imbalance")

FAULTS: Final[Mapping[str, Fault]] = {
    "black": Fault((0.06, 0.04, 0.0), "share of white", implies=_DARK),
    "freeze": Fault((2.4, 4.0, 8.0), "s", implies=_implying("duplicate_frames")),
    "duplicate_frames": Fault((0.1, 0.2, 0.5), "share of frames", implies=_implying("freeze")),
    "dropped_frames": Fault((1, 3, 12), "frames", length_s=0.0, implies=_implying("shot_change")),
    "overexposed": Fault((1.0, 1.5, 2.5), "stops", implies=_implying("illegal_range", "blurred", "uneven_light")),
    "underexposed": Fault((2.5, 4.0, 5.5), "stops", implies=_implying("black", "blurred", "uneven_light")),
    "illegal_range": Fault((0.02, 0.06, 0.15), "share of pixels", implies=_implying("overexposed")),
    "uneven_light": Fault((1.5, 2.5, 4.0), "stops", implies=_implying("underexposed")),
    "colour_cast": Fault((8.0, 16.0, 28.0), "8-bit codes"),
    "chroma_key": Fault((0.004, 0.02, 0.05), "share of the frame", shot="keyed", implies=_implying("colour_cast")),
    "blurred": Fault((3.0, 6.0, 12.0), "px at 1080 lines", implies=_implying("upscaled")),
    "upscaled": Fault((2.0, 1.5, 2.25), "times", Extent.FILE, implies=_implying("blurred")),
    "blocky": Fault((0.4, 0.7, 1.0), "of the way to squares", implies=_implying("blurred", "upscaled")),
    "flash": Fault((0.1, 0.2, 0.4), "of white", implies=_implying("shot_change", "overexposed", "flicker")),
    "flicker": Fault((0.02, 0.05, 0.12), "± share of light", implies=_implying("flash")),
    "stripe": Fault((0.08, 0.2, 0.6), "of white"),
    "border": Fault((0.05, 0.08, 0.125), "of the height"),
    "interlaced": Fault((2.0, 4.0, 8.0), "px between fields", implies=_implying("stripe", "blurred", "shot_change")),
    "shot_change": Fault((0.0, 0.0, 0.0), "", Extent.POINT),
    "silence": Fault((-78.0, -90.0, -120.0), "dBFS", sound=True, implies=_LOST),
    "clipping": Fault((3.0, 6.0, 15.0), "dB too much", sound=True, implies=_implying("click", "noise", "dc_offset")),
    "hum": Fault((-52.0, -42.0, -32.0), "dBFS", sound=True, length_s=8.0, implies=_implying("noise")),
    "noise": Fault((-50.0, -42.0, -34.0), "dBFS", sound=True, length_s=8.0),
    "click": Fault((0.15, 0.35, 0.8), "of full scale", Extent.POINT, sound=True, length_s=0.001),
    "audio_gap": Fault((20.0, 80.0, 300.0), "ms", sound=True, length_s=0.0, implies=_LOST | {"click"}),
    "dead_channel": Fault((-85.0, -100.0, -120.0), "dBFS", sound=True, length_s=6.0, implies=_implying("imbalance")),
    "dual_mono": Fault((-84.0, -100.0, -120.0), "dBFS of dither", Extent.FILE, sound=True),
    "out_of_phase": Fault((0.8, 1.0, 1.0), "of the way", sound=True, length_s=6.0),
    "imbalance": Fault((7.0, 10.0, 16.0), "dB", sound=True, length_s=14.0),
    "dc_offset": Fault((0.008, 0.02, 0.08), "of full scale", sound=True, length_s=6.0, implies=_implying("click")),
    "av_length_mismatch": Fault((0.2, 1.0, 4.0), "s", Extent.FILE, sound=True, implies=_implying("silence")),
    "av_start_offset": Fault((0.1, 0.4, 1.5), "s", Extent.FILE, sound=True, implies=_implying("av_length_mismatch")),
}
"""Every kind of the command-line contract."""
_UNDER_SPEECH: Final = frozenset({"hum", "noise"})
"""Kinds that are heard between the words: the voice pauses where they begin and end, else nobody could tell when."""


@dataclass(frozen=True)
class Plant:
    """A fault at a known place: from the first frame or sample that has it to the first that has it no more."""

    kind: str
    from_s: float
    to_s: float
    strength: float


@dataclass(frozen=True)
class Form:
    """How a clip is written; it has no picture where ``video_codec`` is empty, no sound where ``audio_codec`` is."""

    name: str
    ending: str
    video_codec: str = "libx264"
    pixel_format: str = "yuv420p"
    rate: Fraction = Fraction(25)
    audio_codec: str = "aac"
    width: int = 960
    height: int = 540
    bitrate_bps: int = 4_000_000

    @property
    def depth(self) -> int:
        """Bits of a code value."""
        return 10 if "10" in self.pixel_format else 8

    @property
    def frame_s(self) -> float:
        """Length of a frame."""
        return float(1 / self.rate)


H264: Final = Form("H.264 8 bit 25 fps", ".mp4")
H264_50: Final = Form("H.264 8 bit 50 fps", ".mp4", rate=Fraction(50), bitrate_bps=6_000_000)
H264_10: Final = Form(
    "H.264 10 bit 29.97 fps", ".mkv", pixel_format="yuv420p10le", rate=Fraction(30_000, 1001), audio_codec="flac"
)
PRORES: Final = Form(
    "ProRes 10 bit 25 fps", ".mov", video_codec="prores", pixel_format="yuv422p10le", audio_codec="pcm_s24le"
)
MPEG2: Final = Form("MPEG-2 8 bit 25 fps", ".ts", video_codec="mpeg2video", bitrate_bps=12_000_000)
WAV: Final = Form("WAV 24 bit", ".wav", video_codec="", audio_codec="pcm_s24le")
AAC: Final = Form("AAC in MP4", ".mp4", width=480, height=270, bitrate_bps=1_000_000)
PICTURE_FORMS: Final = (H264, H264_10, PRORES, MPEG2, H264_50)
SOUND_FORMS: Final = (WAV, AAC)


@dataclass(frozen=True)
class Clip:
    """A recording to be made.

    Attributes:
        shots: (time of the cut, what is seen from there on), the first at 0.
        seed: of all that is drawn and spoken.
    """

    form: Form
    duration_s: float
    plants: tuple[Plant, ...] = ()
    shots: tuple[tuple[float, str], ...] = ((0.0, "camera"),)
    seed: int = 1

    def planted(self, kind: str) -> tuple[Plant, ...]:
        """Return the plants of a kind, cuts for ``shot_change``, in frames of this clip."""
        if kind == "shot_change":
            cuts = (_on_frame(from_s, self.form) for from_s, _ in self.shots[1:])
            return tuple(Plant(kind, cut_s, cut_s, 0.0) for cut_s in cuts)
        return tuple(self._exact(plant) for plant in self.plants if plant.kind == kind)

    def _exact(self, plant: Plant) -> Plant:
        if FAULTS[plant.kind].sound:
            return plant
        return Plant(plant.kind, _on_frame(plant.from_s, self.form), _on_frame(plant.to_s, self.form), plant.strength)


def _on_frame(time_s: float, form: Form) -> float:
    """Return the start of the first frame at or after a time."""
    number = int(np.ceil(time_s * float(form.rate) - 1e-6))
    return float(number / form.rate)


def write_clip(path: Path, clip: Clip) -> None:
    """Write a clip; its name ends as the form says."""
    sound = _sound(clip) if clip.form.audio_codec else np.empty((2, 0), np.float32)
    if not clip.form.video_codec:
        soundfile.write(path, np.clip(sound.T, -1.0, 1.0 - 2**-23), RATE_HZ, subtype="PCM_24")
        return
    with av.open(str(path), "w") as container:
        # the file's head is written with the first packet: all tracks must stand by then
        picture = _picture_stream(container, clip.form)
        track = _sound_stream(container, clip.form) if clip.form.audio_codec else None
        offset_s = sum(plant.strength for plant in clip.plants if plant.kind == "av_start_offset")
        blocks = deque(_sound_frames(sound, offset_s) if track is not None else ())
        for frame in frames(clip):
            while track is not None and blocks and float(blocks[0].pts or 0) / RATE_HZ <= frame.time_s:
                container.mux(track.encode(blocks.popleft()))
            container.mux(picture.encode(_encoded(frame, clip.form)))
        container.mux(picture.encode(None))
        if track is not None:
            for block in (*blocks, None):
                container.mux(track.encode(block))


def frames(clip: Clip) -> Iterator[Frame]:
    """Yield the frames of a clip with its faults."""
    stream = _clean_frames(clip)
    for plant in clip.plants:
        if plant.kind in PICTURE_FAULTS:
            stream = _with_fault(stream, plant)
    return stream


def _clean_frames(clip: Clip) -> Iterator[Frame]:
    form = clip.form
    size = (form.width, form.height)
    shot: Shot | None = None
    cuts = {_on_frame(from_s, form): (place, kind) for place, (from_s, kind) in enumerate(clip.shots)}
    for number in range(round(clip.duration_s * float(form.rate))):
        time_s = float(number / form.rate)
        if time_s in cuts:
            place, kind = cuts[time_s]
            shot = SHOTS[kind](size, form.depth, clip.seed * 100 + place)
        assert shot is not None, "the first shot begins at 0"
        yield shot.frame(time_s, number)


def _with_fault(stream: Iterable[Frame], plant: Plant) -> Iterator[Frame]:
    alter = PICTURE_FAULTS[plant.kind]
    inside = groupby(stream, key=lambda frame: plant.from_s - 1e-6 <= frame.time_s < plant.to_s - 1e-6)
    for faulty, span in inside:
        yield from alter(span, plant.strength) if faulty else span


def _sound(clip: Clip) -> Sound:
    sounding = [plant for plant in clip.plants if FAULTS[plant.kind].sound]
    edges_s: dict[bool, list[float]] = {True: [], False: []}
    for plant in sounding:
        edges_s[plant.kind in _UNDER_SPEECH] += (plant.from_s, plant.to_s)
    sound = speech(clip.duration_s, clip.seed, hold_at_s=edges_s[False], pause_at_s=edges_s[True])
    for plant in sounding:
        if plant.kind == "av_length_mismatch":
            sound = sound[:, : round((clip.duration_s - plant.strength) * RATE_HZ)]
        elif plant.kind == "av_start_offset":
            sound = sound[:, round(plant.strength * RATE_HZ) :]
        else:
            span = slice(round(plant.from_s * RATE_HZ), round(plant.to_s * RATE_HZ))
            SOUND_FAULTS[plant.kind](sound, span, plant.strength)
    return sound


def _picture_stream(container: OutputContainer, form: Form) -> VideoStream:
    options = {"preset": "superfast"} if form.video_codec == "libx264" else {}
    stream = container.add_stream(form.video_codec, rate=form.rate, options=options)
    assert isinstance(stream, VideoStream), "an encoder of pictures"
    stream.width, stream.height, stream.pix_fmt = form.width, form.height, form.pixel_format
    stream.bit_rate = form.bitrate_bps
    stream.thread_type = "AUTO"
    stream.codec_context.gop_size = round(2 * form.rate)
    return stream


def _sound_stream(container: OutputContainer, form: Form) -> AudioStream:
    stream = container.add_stream(form.audio_codec, rate=RATE_HZ, layout="stereo")
    assert isinstance(stream, AudioStream), "an encoder of sound"
    if form.audio_codec == "aac":
        stream.bit_rate = 192_000
    return stream


def _sound_frames(sound: Sound, offset_s: float) -> Iterator[AudioFrame]:
    step = RATE_HZ // 10
    for start in range(0, sound.shape[1], step):
        part = np.ascontiguousarray(sound[:, start : start + step].T).reshape(1, -1)
        frame = AudioFrame.from_ndarray(part, format="flt", layout="stereo")
        frame.sample_rate = RATE_HZ
        frame.pts, frame.time_base = start + round(offset_s * RATE_HZ), Fraction(1, RATE_HZ)
        yield frame


def _encoded(frame: Frame, form: Form) -> VideoFrame:
    codes = np.concatenate([plane.ravel() for plane in (frame.y, frame.u, frame.v)]).reshape(-1, form.width)
    source = "yuv420p10le" if form.depth > 8 else "yuv420p"
    native = codes.astype(np.uint16) if form.depth > 8 else codes.astype(np.uint8)
    picture = VideoFrame.from_ndarray(native, format=source)
    if form.pixel_format != source:
        picture = picture.reformat(format=form.pixel_format, threads=1)
    picture.pts, picture.time_base = round(frame.time_s * float(form.rate)), 1 / form.rate
    return picture
