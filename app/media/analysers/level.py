"""Sample peaks: the highest, and a curve per second."""

from math import log10

from app.media.analysers.base import Outcome, PerSecond, decibels
from app.media.views import SoundBlock

_FLOOR = 1e-6  # -120 dBFS, the lowest point of the curve


class LevelAnalyser:
    """Figure ``sample_peak_dbfs``; series ``peak_dbfs``, the highest channel's peak of each second."""

    def __init__(self) -> None:
        self._peak = 0.0
        self._curve = PerSecond()

    def process(self, block: SoundBlock) -> None:
        """Take one block."""
        count = block.samples.shape[1]
        start = 0
        while start < count:
            time_s = block.start_s + start / block.rate_hz
            stop = min(count, start + max(1, round((int(time_s + 1e-6) + 1 - time_s) * block.rate_hz)))
            part = block.samples[:, start:stop]
            peak = float(max(part.max(), -part.min()))
            self._peak = max(self._peak, peak)
            self._curve.put(time_s + 1e-6, 20.0 * log10(max(peak, _FLOOR)))
            start = stop

    def finish(self) -> Outcome:
        """Return peak and curve."""
        peak_dbfs = decibels(self._peak)
        return Outcome(
            figures={"sample_peak_dbfs": None if peak_dbfs is None else round(peak_dbfs, 2)},
            series={"peak_dbfs": self._curve.series()},
        )
