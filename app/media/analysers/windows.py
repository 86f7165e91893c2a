"""What the sound analysers share: blocks cut into windows of one length, and tracks of one row per window."""

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.media.views import SoundBlock

Samples = NDArray[np.float32]
Values = NDArray[np.float64]
Flags = NDArray[np.bool_]

FLOOR_DBFS: Final = -120.0
"""The lowest level of a curve; digital silence lies on it."""
_LONGEST_S: Final = 100_000.0  # 28 hours, as in the curves per second
_MOST_JUMPS: Final = 10_000


class Windows:
    """Cuts blocks into whole windows; what is left over waits for the next block.

    Args:
        length_s: length of a window, seconds; rounded to whole samples.
    """

    def __init__(self, length_s: float) -> None:
        self._length_s = length_s
        self._rest: Samples | None = None
        self._rest_end_s = 0.0
        self._rate_hz = 0

    def take(self, block: SoundBlock) -> tuple[float, float, Samples] | None:
        """Return start and length of a window in seconds and the windows, shape (channels, windows, samples).

        None where the block does not complete a window. Before a gap the rest is dropped.
        """
        count = max(1, round(block.rate_hz * self._length_s))
        samples, start_s, rest = block.samples, block.start_s, self._rest
        if rest is not None and self._continues(block, rest):
            start_s -= rest.shape[1] / block.rate_hz
            samples = np.concatenate((rest, samples), axis=1)
        whole = samples.shape[1] // count * count
        self._rest = samples[:, whole:].copy()
        self._rest_end_s = start_s + samples.shape[1] / block.rate_hz
        self._rate_hz = block.rate_hz
        if not whole:
            return None
        return start_s, count / block.rate_hz, samples[:, :whole].reshape(samples.shape[0], -1, count)

    def _continues(self, block: SoundBlock, rest: Samples) -> bool:
        same = block.rate_hz == self._rate_hz and block.samples.shape[0] == rest.shape[0]
        return same and abs(block.start_s - self._rest_end_s) < 2.0 / block.rate_hz


class Track:
    """Rows of a few values each, one per window, with the time of each; 4 bytes a value.

    Args:
        columns: values in a row.
    """

    def __init__(self, columns: int = 1) -> None:
        self._columns = columns
        self._values = array("f")
        self._jumps: list[tuple[int, float]] = []
        self._step_s = 1.0

    @property
    def step_s(self) -> float:
        """Return the length of a row, seconds."""
        return self._step_s

    def __len__(self) -> int:
        return len(self._values) // self._columns

    def put(self, start_s: float, step_s: float, rows: NDArray[np.floating]) -> None:
        """Append rows, shape (rows,) or (rows, columns)."""
        self._step_s = step_s
        count = len(self)
        if count * step_s > _LONGEST_S:
            return
        off = not self._jumps or abs(self.time_s(count) - start_s) > step_s / 2
        if off and len(self._jumps) < _MOST_JUMPS:
            self._jumps.append((count, start_s))
        self._values.frombytes(np.ascontiguousarray(rows, np.float32).tobytes())

    def time_s(self, row: float) -> float:
        """Return the time at which a row starts; of the row after the last, the end."""
        place = bisect_right(self._jumps, row, key=lambda jump: jump[0]) - 1
        first, start_s = self._jumps[max(place, 0)]
        return start_s + (row - first) * self._step_s

    def end_s(self, row: float) -> float:
        """Return the time at which the row before this one ends, also where a gap follows it."""
        return self.time_s(max(row - 1, 0)) + self._step_s

    def times_s(self) -> Values:
        """Return the times at which all rows start."""
        firsts = [first for first, _ in self._jumps]
        counts = np.diff([*firsts, len(self)])
        starts_s = np.array([start_s - first * self._step_s for first, start_s in self._jumps])
        times_s: Values = np.repeat(starts_s, counts) + np.arange(len(self)) * self._step_s
        return times_s

    def rows(self) -> Values:
        """Return all rows, shape (rows,) or (rows, columns)."""
        values = np.frombuffer(self._values, np.float32).astype(np.float64)
        return values if self._columns == 1 else values.reshape(-1, self._columns)


def powers(windows: Samples) -> NDArray[np.float32]:
    """Return the mean square of each window, shape (channels, windows)."""
    power: NDArray[np.float32] = np.einsum("cws,cws->cw", windows, windows)
    return power / np.float32(windows.shape[2])


def levels_db(power: NDArray[np.floating]) -> Values:
    """Return powers as levels in dB, never below `FLOOR_DBFS`."""
    lowest = 10.0 ** (FLOOR_DBFS / 10.0)
    levels: Values = 10.0 * np.log10(np.maximum(power, lowest, dtype=np.float64))
    return levels


def running_mean(values: Values, count: int) -> Values:
    """Return the means of all runs of so many neighbours, ``count - 1`` fewer than there are values."""
    if values.size < count:
        return np.empty(0)
    sums = np.concatenate(([0.0], np.cumsum(values)))
    return (sums[count:] - sums[:-count]) / count


def runs(flags: Flags) -> Iterator[tuple[int, int]]:
    """Yield first place and the place after the last of every run of True."""
    edges = np.diff(np.concatenate(([False], flags, [False])).astype(np.int8))
    yield from zip(np.flatnonzero(edges == 1).tolist(), np.flatnonzero(edges == -1).tolist(), strict=True)


def covered(starts: Flags, count: int) -> Flags:
    """Return which rows lie in a window of so many rows that begins at a flag; ``count - 1`` longer than the flags."""
    steps = np.zeros(starts.size + count, np.int32)
    steps[: starts.size] += starts
    steps[count:] -= starts
    return np.cumsum(steps)[:-1] > 0
