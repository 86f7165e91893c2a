"""Loudness after EBU R128 / ITU-R BS.1770: K-weighting by FFmpeg's filters, all figures from sums over 10 ms.

FFmpeg's ebur128 is the judge in the tests. It is not the meter: its true peak reads all sound at 192 kHz, half of what
measuring the sound would cost, and it tells momentary and short-term loudness only every 100 ms, which reads a 400 ms
tone up to 0.45 LU low.
"""

from array import array
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
from app.media.analysers.true_peak import TruePeak
from app.media.views import SoundBlock

_K_RATE_HZ: Final = 48_000
_STEP: Final = _K_RATE_HZ // 100
_MOMENTARY_STEPS: Final = 40
_SHORT_TERM_STEPS: Final = 300
_HOP_STEPS: Final = 10
"""Gating blocks of 400 ms overlap by three quarters, the windows of the range as much as short-term loudness allows."""
_GATING_HOPS: Final = 4
_RANGE_HOPS: Final = 30
_GATE_LU: Final = 10.0
_RANGE_GATE_LU: Final = 20.0
_RANGE_SHARES: Final = (0.10, 0.95)
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
        self._graph, self._source, self._weighted = _build_graph(rate_hz, self._layout)
        self._pushed = 0
        self._true_peak = TruePeak(rate_hz, len(self._layout.channels))
        self._windows = _Windows()

    def process(self, block: SoundBlock) -> None:
        """Take one block; blocks follow each other in the graph even where the recording has a gap."""
        self._true_peak.take(block.samples)
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
        peak_dbtp = decibels(self._true_peak.finish())
        figures = {
            "integrated_lufs": self._windows.integrated_lufs(),
            "loudness_range_lu": self._windows.range_lu(),
            "max_momentary_lufs": _lufs(self._windows.max_momentary),
            "max_short_term_lufs": _lufs(self._windows.max_short_term),
            "true_peak_dbtp": None if peak_dbtp is None else round(peak_dbtp, 2),
        }
        return Outcome(figures=figures, series=self._windows.series())

    def _drain(self, start_s: float | None) -> None:
        parts = [frame.to_ndarray().reshape(-1, self._weights.size) for frame in _pull(self._weighted)]
        if parts:
            self._windows.take(np.concatenate(parts), self._weights, start_s)


class _Windows:
    """Sliding 400 ms and 3 s windows that move by 10 ms, and means over 100 ms for what the whole programme decides."""

    def __init__(self) -> None:
        self.max_momentary = 0.0
        self.max_short_term = 0.0
        self._rest: NDArray[np.float64] = np.empty(0)
        self._energies: NDArray[np.float64] = np.empty(0)
        self._hops = array("d")
        self._rest_of_hop: NDArray[np.float64] = np.empty(0)
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
        steps = np.concatenate((self._rest_of_hop, fresh))
        whole = steps.size - steps.size % _HOP_STEPS
        self._rest_of_hop = steps[whole:]
        self._hops.extend(steps[:whole].reshape(-1, _HOP_STEPS).mean(axis=1))
        self.max_momentary = max(self.max_momentary, self._slide(_MOMENTARY_STEPS, fresh.size, self._momentary))
        self.max_short_term = max(self.max_short_term, self._slide(_SHORT_TERM_STEPS, fresh.size, self._short_term))

    def integrated_lufs(self) -> float | None:
        """Return the loudness of the whole: mean of the blocks of 400 ms above both gates of BS.1770."""
        heard = self._above_gates(_GATING_HOPS, _GATE_LU)
        return _lufs(float(heard.mean())) if heard.size else None

    def range_lu(self) -> float | None:
        """Return the loudness range (EBU Tech 3342); 0 for sound shorter than its window of 3 s."""
        if not self._above_gates(_GATING_HOPS, _GATE_LU).size:
            return None
        heard = np.sort(self._above_gates(_RANGE_HOPS, _RANGE_GATE_LU))
        if not heard.size:
            return 0.0
        low, high = (heard[round(share * (heard.size - 1))] for share in _RANGE_SHARES)
        return round(10.0 * float(np.log10(high / low)), 2)

    def _above_gates(self, hops: int, gate_lu: float) -> NDArray[np.float64]:
        """Return the energies of the windows above the absolute gate and above the one relative to their mean."""
        if len(self._hops) < hops:
            return np.empty(0)
        sums = np.concatenate(([0.0], np.cumsum(np.array(self._hops))))
        means = (sums[hops:] - sums[:-hops]) / hops
        heard: NDArray[np.float64] = means[means > 10.0 ** ((_UNGATED_LUFS - _OFFSET_LU) / 10.0)]
        return heard[heard > heard.mean() / 10.0 ** (gate_lu / 10.0)] if heard.size else heard

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
        seconds = times_s.astype(int)
        firsts = np.flatnonzero(np.diff(seconds, prepend=-1))
        for second, energy in zip(seconds[firsts], np.maximum.reduceat(means, firsts), strict=True):
            level_lufs = _lufs(float(energy))
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


def _build_graph(rate_hz: int, layout: AudioLayout) -> tuple[Graph, FilterContext, FilterContext]:
    graph = Graph()
    graph.threads = 1  # a thread pool for a few biquads costs ten times what it saves
    source = graph.add_abuffer(sample_rate=rate_hz, format="flt", layout=layout)
    weighting = (
        graph.add("aresample", str(_K_RATE_HZ)),
        graph.add("biquad", _biquad(*_SHELF)),
        graph.add("biquad", _biquad(*_HIGH_PASS)),
        # packed: PyAV cannot hand over more than seven planes
        graph.add("aformat", "sample_fmts=dbl"),
        graph.add("abuffersink"),
    )
    graph.link_nodes(source, *weighting)
    graph.configure()
    return graph, source, weighting[-1]


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
