"""Picture that was enlarged: interpolation leaves a ripple in the second derivative (Gallagher 2005, Mahdian 2008).

Enlarged by k, every k-th pixel stands on an old one and those between are smoother: the mean second derivative along
a line repeats with the frequency 1 / k. Twice as large is the exception: old pixels then stand between the new ones,
all alike, and nothing repeats in the second derivative. The first one does repeat, but so it does behind the colour
filter of a sensor and in a coder that wipes out fine noise: twice as large is not told.

Edges carry the ripple of slides and of sharp pictures; where a camera's edges are soft its noise carries it, see
`resampled_noise`.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.media.analysers.base import Outcome, quantiles
from app.media.analysers.resampled_noise import (
    HIGHEST,
    LEAST_LEAD,
    LEAST_TRACE,
    LOWEST,
    NEAREST,
    NoiseProfile,
    is_of_blocks,
)
from app.media.views import FrameView, Luma
from app.model.recording import RecordingEvent

LEAST_PEAK: Final = 3.8
"""The ripple must stand out so many times over the frequencies around it, in both directions at the same frequency."""
LEAST_PRODUCT: Final = 22.0
"""... and in one of them more clearly: the least product of both."""
LEAST_TOGETHER: Final = 5.0
"""One and a half times is the commonest enlargement and leaves a weak ripple, which coding wipes out down the columns.
There the ripple across is enough when eight parts of the picture have it in step: their sum, each part against what is
around, stands out so many times over chance and over all else. Measured on H.264 of 10 Mbit/s: slides 6.0, not enlarged
below 2.4 at this frequency and up to 4.5 at any.
"""
COMMON_RATIO: Final = 2 / 3
USUAL_LINES: Final = (360, 480, 576, 720, 768, 800, 900, 1080, 1440)
"""Heights that pictures are recorded in; only their ripples are looked for, so that chance has few tries."""
LEAST_LOOKS: Final = 3
_EVERY_S = (1.0, 20.0)
_SLOWER = 0.7
_STEP = 8
_NOISE_STEP = 2  # of the lines and columns that are read for edges
_STRIPS, _STRIP_WIDTH = 8, 32
_MOST_BEND = 24
_SMOOTH = 9
_SHORT_BITS = 12  # four times a code fits 16 bits
_AROUND = 40
_SAME = 0.0012
_PARTS = 8
_LOUDEST_PART = 3.0

Profile = NDArray[np.float64]


class UpscaleAnalyser:
    """Event ``upscaled`` over the whole file, value = lines of the picture before it was enlarged.

    A few looks are added up in place: the ripple stays where it is while the content changes. Multiples of an eighth
    are left out: there the blocks of the encoder show.
    """

    def __init__(self) -> None:
        self._profiles: tuple[Profile, Profile, Profile] | None = None
        self._noise: tuple[NoiseProfile, NoiseProfile] = (NoiseProfile(0), NoiseProfile(0))
        self._looks = 0
        self._rows = 0
        self._next_s = 0.0
        self._from_s: float | None = None
        self._to_s = 0.0

    def process(self, frame: FrameView) -> None:
        """Take one frame."""
        self._from_s = frame.time_s if self._from_s is None else self._from_s
        self._to_s = frame.time_s + frame.duration_s
        if not frame.looks or frame.time_s < self._next_s or min(frame.luma.shape) < 4 * _AROUND:
            return
        self._next_s = frame.time_s + min(max(_EVERY_S[0], _SLOWER * frame.time_s), _EVERY_S[1])
        lines, columns = _sample(frame.luma)
        profiles = _profiles(lines, columns, frame.bit_depth)
        if self._profiles is None or self._profiles[0].shape != profiles[0].shape:
            self._profiles, self._looks, self._rows = profiles, 1, frame.luma.shape[0]
            self._noise = (NoiseProfile(lines.shape[1]), NoiseProfile(columns.shape[1]))
        else:
            self._looks += 1
            for total, one in zip(self._profiles, profiles, strict=True):
                total += one
        for noise, sample in zip(self._noise, (lines, columns), strict=True):
            noise.add(sample[::_NOISE_STEP], frame.bit_depth)

    def finish(self) -> Outcome:
        """Return the event where the ripple is there."""
        if self._profiles is None or self._looks < LEAST_LOOKS:
            return Outcome()
        across, down, parts = self._profiles
        lines = (
            _enlarged_from(_peaks(across), _peaks(down), self._rows)
            or _noise_enlarged_from(self._noise, self._rows)
            or _commonly_enlarged_from(parts, self._rows)
        )
        if lines is None:
            return Outcome()
        event = RecordingEvent(
            kind="upscaled", from_s=round(self._from_s or 0.0, 4), to_s=round(self._to_s, 4), value=lines
        )
        return Outcome(events=(event,))


def _noise_enlarged_from(noise: tuple[NoiseProfile, NoiseProfile], rows: int) -> int | None:
    """Return the height whose ripple the noise has in both directions, the largest of several; None where it has none.

    Args:
        noise: along the lines, along the columns.
        rows: height of the picture.
    """
    best, found = LEAST_TRACE**2, None
    for lines in _heights_below(rows):
        traces = [each.trace(lines / rows) for each in noise]
        if min(traces) >= LEAST_TRACE and traces[0] * traces[1] > best:
            best, found = traces[0] * traces[1], lines
    return found


def _heights_below(rows: int) -> list[int]:
    """Return the usual heights below one, the largest first, without those whose ripple looks like blocks."""
    return [
        lines for lines in sorted(USUAL_LINES, reverse=True) if lines < rows and not bool(is_of_blocks(lines / rows))
    ]


def _sample(luma: Luma) -> tuple[Luma, Luma]:
    """Return lines of the picture, and columns in eight strips turned to lie, shape (columns, rows)."""
    starts = np.linspace(0, luma.shape[1] - _STRIP_WIDTH, _STRIPS).astype(int)
    strips: Luma = np.concatenate([luma[:, start : start + _STRIP_WIDTH] for start in starts], axis=1)
    return luma[_STEP // 2 :: _STEP], strips.T.copy()


def _profiles(lines: Luma, columns: Luma, bit_depth: int) -> tuple[Profile, Profile, Profile]:
    """Return the mean second derivative along the lines for each column, and along the columns for each line.

    The third is the first for each of eight parts of the picture, shape (parts, columns).
    """
    across = _bends(lines[: len(lines) // _PARTS * _PARTS], bit_depth, _PARTS)
    down = _bends(columns, bit_depth, 1)
    return _profile(across.mean(axis=0)), _profile(down[0]), np.stack([_profile(part) for part in across])


def _bends(lines: NDArray[np.unsignedinteger], bit_depth: int, parts: int) -> Profile:
    """Return the mean second derivative along the lines in 8-bit codes, shape (parts, places)."""
    codes: NDArray[np.signedinteger] = lines.astype(np.int16 if bit_depth <= _SHORT_BITS else np.int32)
    bends = np.abs(2 * codes[:, 1:-1] - codes[:, :-2] - codes[:, 2:])
    scale = 1 << (bit_depth - 8)
    means: Profile = np.minimum(bends, _MOST_BEND * scale).reshape(parts, -1, bends.shape[1]).mean(axis=1) / scale
    return means


def _profile(bends: Profile) -> Profile:
    profile = np.log(bends + 0.05)
    smooth = np.convolve(profile, np.ones(_SMOOTH) / _SMOOTH, "same")
    level: Profile = (profile - smooth)[_SMOOTH:-_SMOOTH]
    return level


def _peaks(profile: Profile) -> tuple[Profile, Profile]:
    """Return frequencies in cycles a pixel and how far each stands out over those around it."""
    frequencies, waves = _waves(profile)
    return frequencies, _ripples(frequencies, np.abs(waves))


def _waves(profile: Profile) -> tuple[Profile, NDArray[np.complex128]]:
    """Return frequencies in cycles a pixel and the spectrum there, 1 = as strong as those around."""
    waves = np.fft.rfft(profile * np.hanning(profile.size))
    around = np.lib.stride_tricks.sliding_window_view(np.pad(np.abs(waves), _AROUND, "reflect"), 2 * _AROUND + 1)
    return np.arange(waves.size) / profile.size, waves / np.maximum(quantiles(around, 0.5, 1), 1e-9)


def _ripples(frequencies: Profile, heights: Profile) -> Profile:
    """Return the heights without those that an encoder makes or that are not compared."""
    return np.where(is_of_blocks(frequencies) | (frequencies < LOWEST) | (frequencies > HIGHEST), 0.0, heights)


def _commonly_enlarged_from(parts: Profile, rows: int) -> int | None:
    """Return two thirds of the height where the parts of the picture have that ripple in step, else None."""
    lines = round(COMMON_RATIO * rows)
    if lines not in USUAL_LINES:
        return None
    total: NDArray[np.complex128] | None = None
    for part in parts:
        frequencies, waves = _waves(part)
        waves /= np.maximum(1.0, np.abs(waves) / _LOUDEST_PART)
        total = waves if total is None else total + waves
    assert total is not None
    heights = _ripples(frequencies, np.abs(total)) / np.sqrt(len(parts))
    return lines if _lead(frequencies, heights, 1.0 - COMMON_RATIO) >= LEAST_TOGETHER else None


def _enlarged_from(across: tuple[Profile, Profile], down: tuple[Profile, Profile], rows: int) -> int | None:
    """Return the height whose ripple stands out in both directions, the largest of several; None where there is none.

    One and a half times as large and thrice leave the same ripple: the smaller enlargement is told.
    """
    best, found = LEAST_PRODUCT, None
    for lines in _heights_below(rows):
        ripple = lines / rows
        frequency = min(ripple, 1.0 - ripple)
        heights = [_lead(*part, frequency) for part in (across, down)]
        if min(heights) >= LEAST_PEAK and heights[0] * heights[1] > best:
            best, found = heights[0] * heights[1], lines
    return found


def _lead(frequencies: Profile, heights: Profile, ripple: float) -> float:
    """Return the height of the peak at a frequency, 0 where another is about as high."""
    away = np.abs(frequencies - ripple)
    height = float(heights[away <= _SAME].max(initial=0.0))
    return height if height >= LEAST_LEAD * float(heights[away > NEAREST].max(initial=0.0)) else 0.0
