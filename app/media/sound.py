"""The sound of a recording: samples into blocks, blocks through all sound analysers, figures into `AudioFacts`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from numpy.typing import NDArray

from app.media.analysers.bandwidth import BandwidthAnalyser
from app.media.analysers.base import Figure, Series, SoundAnalyser
from app.media.analysers.bit_depth import BitDepthAnalyser
from app.media.analysers.clicks import ClickAnalyser
from app.media.analysers.clipping import ClippingAnalyser
from app.media.analysers.dc_offset import DcOffsetAnalyser
from app.media.analysers.gaps import GapAnalyser
from app.media.analysers.hum import HumAnalyser
from app.media.analysers.level import LevelAnalyser
from app.media.analysers.loudness import LoudnessAnalyser, default_layout
from app.media.analysers.noise import NoiseAnalyser
from app.media.analysers.pace import PaceAnalyser
from app.media.analysers.silence import SilenceAnalyser
from app.media.analysers.stereo import StereoAnalyser
from app.media.told_once import told_once
from app.media.views import SampleInts, SoundBlock
from app.model.recording import AudioFacts, RecordingEvent

BLOCK_S: Final = 2.0
"""Length of a block: long enough that Python's share of the work is little, short enough for little memory."""
_GAP_S = 0.1
_PACKED = {"u8p": "u8", "s16p": "s16", "s32p": "s32", "s64": "dbl", "s64p": "dbl", "fltp": "flt", "dblp": "dbl"}
_PLANAR = "fltp"  # what AAC, MP3 and Opus decode to is as the analysers want it, one row for each channel ...
_MOST_PLANES = 7  # ... as far as PyAV hands the rows over


@dataclass(frozen=True)
class SoundResult:
    """What the analysers found in one track of sound."""

    facts: AudioFacts
    events: tuple[RecordingEvent, ...]
    series: dict[str, Series]


class SoundMeter:
    """Feeds blocks to the analysers and collects their answers.

    Args:
        facts: what the probe knows of the track.
        layout: name of the channel layout, None where the channels have no places.
    """

    def __init__(self, facts: AudioFacts, layout: str | None) -> None:
        self._facts = facts
        self._samples = 0
        analysers: list[SoundAnalyser] = [
            SilenceAnalyser(),
            ClippingAnalyser(),
            LevelAnalyser(),
            NoiseAnalyser(),
            PaceAnalyser(),
            HumAnalyser(facts.sample_rate_hz),
            ClickAnalyser(),
            GapAnalyser(),
            StereoAnalyser(lossless=facts.lossless),
            DcOffsetAnalyser(),
            BandwidthAnalyser(),
        ]
        if facts.lossless:
            analysers.append(BitDepthAnalyser())
        if layout is not None:
            analysers.append(LoudnessAnalyser(facts.sample_rate_hz, layout))
        self.analysers: Sequence[SoundAnalyser] = analysers

    @property
    def samples(self) -> int:
        """Return the samples per channel so far."""
        return self._samples

    def process(self, block: SoundBlock) -> None:
        """Take the next block."""
        self._samples += block.samples.shape[1]
        for analyser in self.analysers:
            analyser.process(block)

    def finish(self) -> SoundResult:
        """Return facts with figures, events in order of time, curves."""
        figures: dict[str, Figure] = {"duration_s": round(self._samples / self._facts.sample_rate_hz, 4)}
        events: list[RecordingEvent] = []
        series: dict[str, Series] = {}
        for analyser in self.analysers:
            outcome = analyser.finish()
            figures |= outcome.figures
            events += outcome.events
            series |= outcome.series
        facts = AudioFacts.model_validate(self._facts.model_dump() | figures)
        return SoundResult(facts, told_once(events), series)


def make_block(start_s: float, rate_hz: int, packed: NDArray[np.generic], channels: int) -> SoundBlock:
    """Make a block of interleaved samples.

    Args:
        start_s: time of the first sample, seconds.
        rate_hz: samples per second.
        packed: shape (samples * channels,); uint8, int16 or int32 (full width = full scale), float32 or float64.
        channels: number of channels.
    """
    ints: SampleInts | None = None
    if packed.dtype == np.uint8:
        ints = packed.astype(np.uint8, copy=False)
        floats = (ints.astype(np.float32) - 128.0) / 128.0
    elif packed.dtype == np.int16 or packed.dtype == np.int32:
        ints = packed.astype(packed.dtype, copy=False)
        floats = ints.astype(np.float32) * np.float32(2.0 ** (1 - packed.dtype.itemsize * 8))
    else:
        floats = packed.astype(np.float32, copy=False)
        np.nan_to_num(floats, copy=False, posinf=0.0, neginf=0.0)
    return SoundBlock(start_s, rate_hz, np.ascontiguousarray(floats.reshape(-1, channels).T), ints)


class SoundTrack:
    """The sound track of a file with picture: decoded frames into blocks.

    Args:
        stream: the stream; its header may lack rate and channels until the first frame.
        facts: what the probe knows.
        origin_s: time of the recording's start on the stream's clock, seconds.

    Attributes:
        starts_s: time of the first sample on the recording's time line, seconds.
        decoded_to_s: time at which the last sample ends.
    """

    def __init__(self, stream: AudioStream, facts: AudioFacts, origin_s: float) -> None:
        self.stream = stream
        self.damaged_packets = 0
        self.decoded_to_s = 0.0
        self._facts = facts
        self._origin_s = origin_s
        self.starts_s = 0.0
        self.meter: SoundMeter | None = None
        self._resampler: AudioResampler | None = None
        self._is_planar = False
        self._shape: tuple[str, int, int] | None = None
        self._frames: list[AudioFrame] = []
        self._samples = 0
        self._parts: list[NDArray[np.generic]] = []
        self._waiting = 0
        self._start_s = 0.0

    def accept(self, frame: AudioFrame) -> None:
        """Take one decoded frame. A frame of another format than the first counts as damaged."""
        self._frames.append(frame)
        self._samples += frame.samples
        if self._samples >= BLOCK_S * frame.sample_rate:
            self.flush()

    def flush(self) -> None:
        """Measure the sound that waits."""
        frames, self._frames, self._samples = self._frames, [], 0
        for frame in frames:
            self._join(frame)
        self._end_block()

    def _join(self, frame: AudioFrame) -> None:
        channels = frame.layout.nb_channels
        shape = (frame.format.name, frame.sample_rate, channels)
        if self.meter is None:
            self._begin(frame, shape)
        elif shape != self._shape:
            self.damaged_packets += 1
            return
        time_s = None if frame.time is None else frame.time - self._origin_s
        expected_s = self._start_s + self._waiting / frame.sample_rate
        if time_s is not None and (not self._has_begun or abs(time_s - expected_s) > _GAP_S):
            self._end_block()
            self.starts_s = self.starts_s if self._has_begun else time_s
            self._start_s = time_s
        for packed in [frame] if self._resampler is None else self._resampler.resample(frame):
            samples = packed.to_ndarray()
            self._parts.append(samples if self._is_planar else samples.reshape(-1))
            self._waiting += packed.samples
        self.decoded_to_s = self._start_s + self._waiting / frame.sample_rate

    def finish(self) -> SoundResult | None:
        """Return the result, None where nothing could be decoded."""
        self.flush()
        return None if self.meter is None else self.meter.finish()

    @property
    def _has_begun(self) -> bool:
        return self._waiting > 0 or (self.meter is not None and self.meter.samples > 0)

    def _begin(self, frame: AudioFrame, shape: tuple[str, int, int]) -> None:
        name, rate_hz, channels = self._shape = shape
        layout = frame.layout.name
        placed = all(channel.name != "NONE" for channel in frame.layout.channels) and channels <= 8
        self._is_planar = name == _PLANAR and channels <= _MOST_PLANES
        packed = _PACKED.get(name)
        if packed is not None and not self._is_planar:
            self._resampler = AudioResampler(format=packed, layout=frame.layout, rate=rate_hz)
        facts = self._facts.model_copy(update={"sample_rate_hz": rate_hz, "channels": channels})
        self.meter = SoundMeter(facts, layout if placed else default_layout(channels))

    def _end_block(self) -> None:
        if not self._parts or self.meter is None or self._shape is None:
            return
        _, rate_hz, channels = self._shape
        if self._is_planar:
            samples = np.concatenate(self._parts, axis=1).astype(np.float32, copy=False)
            np.nan_to_num(samples, copy=False, posinf=0.0, neginf=0.0)
            block = SoundBlock(self._start_s, rate_hz, samples, None)
        else:
            block = make_block(self._start_s, rate_hz, np.concatenate(self._parts), channels)
        self.meter.process(block)
        self._start_s += block.samples.shape[1] / rate_hz
        self._parts, self._waiting = [], 0
