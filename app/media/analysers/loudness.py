"""Loudness after EBU R128 / ITU-R BS.1770: one filter graph, all channels, any length.

FFmpeg's ebur128 gives integrated loudness, range and true peak. It reports momentary and short-term loudness only
every 100 ms, which reads a 400 ms tone up to 0.45 LU low, so these come from K-weighted sums over 10 ms blocks.
"""

from collections.abc import Iterator
from typing import Final

import av
import av.error
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.layout import AudioLayout
from av.filter.context import FilterContext
from av.filter.graph import Graph
from numpy.typing import NDArray

from app.media.analysers.base import Outcome, PerSecond, decibels
from app.media.views import SoundBlock

_K_RATE_HZ: Final = 48_000
_STEP: Final = _K_RATE_HZ // 100
_MOMENTARY_STEPS: Final = 40
_SHORT_TERM_STEPS: Final = 300
_SHELF = (1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585)
_HIGH_PASS = (1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621)
_OFFSET_LU: Final = -0.691
_SURROUND_WEIGHT: Final = 1.41
_SURROUND = frozenset({"BL", "BR", "BC", "SL", "SR", "SDL", "SDR", "TBL", "TBC", "TBR"})
_NOT_HEARD = frozenset({"LFE", "LFE2"})
_UNGATED_LUFS: Final = -70.0
"""The absolute gate of BS.1770: what lies below is no programme."""
_LAYOUTS = {1: "mono", 2: "stereo", 3: "2.1", 4: "4.0", 5: "5.0", 6: "5.1", 7: "6.1", 8: "7.1"}


def default_layout(channels: int) -> str | None:
    """Return the usual order of that many channels, None beyond eight: without places BS.1770 has no weights."""
    return _LAYOUTS.get(channels)


class LoudnessAnalyser:
    """Loudness of the whole, of its loudest moments, its range and its true peak.

    Figures ``integrated_lufs``, ``loudness_range_lu``, ``max_momentary_lufs``, ``max_short_term_lufs``,
    ``true_peak_dbtp``; series ``momentary_lufs`` and ``short_term_lufs``, the highest of each second.

    Sound too short for a window, or below the absolute gate, has None for that figure. All channels count as BS.1770
    says: surround 1.41, LFE not at all, one channel as one channel.

    Args:
        rate_hz: samples per second.
        layout: name of a channel layout with places (FFmpeg's biquad lets channels without a place pass unweighted).
    """

    def __init__(self, rate_hz: int, layout: str) -> None:
        self._layout = AudioLayout(layout)
        self._rate_hz = rate_hz
        self._weights = np.array([_weight(channel.name) for channel in self._layout.channels])
        self._graph, self._source, self._meter, self._weighted = _build_graph(rate_hz, self._layout)
        self._pushed = 0
        self._last: dict[str, str] = {}
        self._windows = _Windows()

    def process(self, block: SoundBlock) -> None:
        """Take one block; blocks follow each other in the graph even where the recording has a gap."""
        packed = np.ascontiguousarray(block.samples.T).reshape(1, -1)
        frame = AudioFrame.from_ndarray(packed, format="flt", layout=self._layout)
        frame.sample_rate = self._rate_hz
        frame.pts = self._pushed
        self._pushed += block.samples.shape[1]
        self._source.push(frame)
        self._drain(block.start_s)

    def finish(self) -> Outcome:
        """Return the five figures and the two curves."""
        if not self._pushed:
            return Outcome()
        self._source.push(None)
        self._drain(None)
        integrated_lufs = float(self._last.get("lavfi.r128.I", "-inf"))
        heard = integrated_lufs > _UNGATED_LUFS
        peak_dbtp = decibels(float(self._last.get("lavfi.r128.true_peak", "0")))
        figures = {
            "integrated_lufs": round(integrated_lufs, 2) if heard else None,
            "loudness_range_lu": round(float(self._last["lavfi.r128.LRA"]), 2) if heard else None,
            "max_momentary_lufs": _lufs(self._windows.max_momentary),
            "max_short_term_lufs": _lufs(self._windows.max_short_term),
            "true_peak_dbtp": None if peak_dbtp is None else round(peak_dbtp, 2),
        }
        return Outcome(figures=figures, series=self._windows.series())

    def _drain(self, start_s: float | None) -> None:
        for frame in _pull(self._meter):
            self._last = frame.metadata or self._last  # the rest under 100 ms at the end comes without figures
        parts = [frame.to_ndarray().reshape(-1, self._weights.size) for frame in _pull(self._weighted)]
        if parts:
            self._windows.take(np.concatenate(parts), self._weights, start_s)


class _Windows:
    """Sliding 400 ms and 3 s windows that move by 10 ms."""

    def __init__(self) -> None:
        self.max_momentary = 0.0
        self.max_short_term = 0.0
        self._rest: NDArray[np.float64] = np.empty(0)
        self._energies: NDArray[np.float64] = np.empty(0)
        self._steps = 0
        self._shift_s = 0.0
        self._momentary = PerSecond()
        self._short_term = PerSecond()

    def take(self, weighted: NDArray[np.float64], weights: NDArray[np.float64], start_s: float | None) -> None:
        """Take K-weighted sound, shape (samples, channels) at 48 kHz.

        Args:
            weighted: the sound.
            weights: of the channels.
            start_s: time of the block that was pushed last; the curves follow it over gaps. None keeps the last.
        """
        if start_s is not None:
            played_s = (self._steps * _STEP + self._rest.size) / _K_RATE_HZ
            self._shift_s = start_s - played_s
        power = np.concatenate((self._rest, np.square(weighted) @ weights))
        whole = power.size - power.size % _STEP
        self._rest = power[whole:]
        fresh = power[:whole].reshape(-1, _STEP).mean(axis=1)
        kept = self._energies[max(self._energies.size - _SHORT_TERM_STEPS + 1, 0) :]
        self._energies = np.concatenate((kept, fresh))
        self._steps += fresh.size
        self.max_momentary = max(self.max_momentary, self._slide(_MOMENTARY_STEPS, fresh.size, self._momentary))
        self.max_short_term = max(self.max_short_term, self._slide(_SHORT_TERM_STEPS, fresh.size, self._short_term))

    def series(self) -> dict[str, tuple[float | None, ...]]:
        """Return the curves."""
        return {"momentary_lufs": self._momentary.series(), "short_term_lufs": self._short_term.series()}

    def _slide(self, window: int, fresh: int, curve: PerSecond) -> float:
        """Return the highest mean of the windows that end in the fresh steps, and put all of them on the curve."""
        energies = self._energies[max(self._energies.size - fresh - window + 1, 0) :]
        if energies.size < window:
            return 0.0
        sums = np.concatenate(([0.0], np.cumsum(energies)))
        means = (sums[window:] - sums[:-window]) / window
        ends = self._steps - means.size + 1 + np.arange(means.size)
        times_s = np.maximum(ends * _STEP / _K_RATE_HZ + self._shift_s - 0.005, 0.0)
        for second in np.unique(times_s.astype(int)):
            level_lufs = _lufs(float(means[times_s.astype(int) == second].max()))
            curve.put(float(second), _UNGATED_LUFS if level_lufs is None else max(level_lufs, _UNGATED_LUFS))
        return float(means.max())


def _lufs(energy: float) -> float | None:
    if energy <= 0.0:
        return None
    level_lufs = _OFFSET_LU + 10.0 * float(np.log10(energy))
    return round(level_lufs, 2) if level_lufs > _UNGATED_LUFS else None


def _weight(channel: str) -> float:
    if channel in _NOT_HEARD:
        return 0.0
    return _SURROUND_WEIGHT if channel in _SURROUND else 1.0


def _build_graph(rate_hz: int, layout: AudioLayout) -> tuple[Graph, FilterContext, FilterContext, FilterContext]:
    graph = Graph()
    graph.threads = 1  # a thread pool for a few biquads costs ten times what it saves
    source = graph.add_abuffer(sample_rate=rate_hz, format="flt", layout=layout)
    split = graph.add("asplit", "2")
    meter = graph.add("ebur128", "peak=true:metadata=1")
    meter_sink = graph.add("abuffersink")
    weighting = (
        graph.add("aresample", str(_K_RATE_HZ)),
        graph.add("biquad", _biquad(*_SHELF)),
        graph.add("biquad", _biquad(*_HIGH_PASS)),
        # packed: PyAV cannot hand over more than seven planes
        graph.add("aformat", "sample_fmts=dbl"),
        graph.add("abuffersink"),
    )
    source.link_to(split)
    graph.link_nodes(meter, meter_sink)
    graph.link_nodes(*weighting)
    split.link_to(meter, 0)
    split.link_to(weighting[0], 1)
    graph.configure()
    return graph, source, meter_sink, weighting[-1]


def _biquad(b0: float, b1: float, b2: float, a1: float, a2: float) -> str:
    return f"b0={b0}:b1={b1}:b2={b2}:a0=1:a1={a1}:a2={a2}:precision=f64"


def _pull(sink: FilterContext) -> Iterator[AudioFrame]:
    while True:
        try:
            frame = sink.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
        assert isinstance(frame, AudioFrame)
        yield frame
