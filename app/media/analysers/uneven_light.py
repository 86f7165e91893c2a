"""Light that falls off across a camera's picture (9.5.2): one lamp too few, or one that stands too near."""

from collections import deque
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.media.analysers.base import Outcome
from app.media.analysers.material import CAMERA_SHARE, GRID, LIVE_PIXELS, Material, VotedSpans
from app.media.views import FrameView

LEAST_STOPS: Final = 1.3
"""From the brightest to the darkest part of the background, stops of light. Lighting guides ask for half a stop on a
chroma-key wall and at most one behind a speaker; things in the picture cost the rest."""
SMOOTH_RATIO: Final = 0.15
"""What the smooth course does not explain is at most this share of its fall …"""
STEP_RATIO: Final = 0.5
"""… and from one column to the next the light falls by no more than this share: a bright screen beside a dark wall, or
a dark cupboard, is no fall of light. Measured: a lamp out in a room full of things 0.02 and 0.1, a screen 0.3 and 1."""
LEAST_S: Final = 3.0
_PART = 0.6
_COLUMNS = 24
_ROW_STEP = 4
_LOOKS = 5
_GAMMA = 2.2
_LEAST_LEVEL = 0.02
_POWERS: Final = np.vander(np.linspace(-1.0, 1.0, _COLUMNS), 3)
_COURSE: Final = (_POWERS @ np.linalg.pinv(_POWERS)).astype(np.float32)
"""Takes a profile to the parabola that fits it best."""


class UnevenLightAnalyser:
    """Events ``uneven_light``, value = stops of light from the brightest to the darkest place.

    Twice a second the background's brightness is taken for 24 columns of the upper part (in each its brighter quarter's
    edge, so that heads and dark things weigh little; below stand tables and dark clothes). The median of the last looks
    must fall smoothly, as light does. Slides and computed backgrounds are not judged.

    Args:
        material: of the same frames, asked before.
    """

    def __init__(self, material: Material) -> None:
        self._material = material
        self._spans = VotedSpans("uneven_light", min_s=LEAST_S, join_s=0.6)
        self._profiles: deque[NDArray[np.float32]] = deque(maxlen=_LOOKS)
        self._end_s = 0.0

    def process(self, frame: FrameView) -> None:
        """Take one frame."""
        self._end_s = frame.time_s + frame.duration_s
        if not frame.looks:
            return
        if self._material.cut:
            self._profiles.clear()
        self._profiles.append(_profile(frame))
        stops = _smooth_fall(np.sort(np.stack(self._profiles), axis=0)[len(self._profiles) // 2])
        bad = stops is not None and stops >= LEAST_STOPS
        cut = len(self._profiles) == 1
        self._spans.put(self._material.edge_s, stops if bad else None, cut=cut)
        if bad:
            self._spans.vote(counts=self._material.is_camera or self._lives_in_the_light())

    def _lives_in_the_light(self) -> bool:
        """Tell whether the brighter half is a camera's: coding leaves no noise in the dark."""
        columns, blocks = _COLUMNS // 2, GRID[0] // 2
        profile = self._profiles[-1]
        left = profile[:columns].mean() > profile[columns:].mean()
        half = self._material.live[:, :blocks] if left else self._material.live[:, blocks:]
        return float((half >= LIVE_PIXELS).mean()) >= CAMERA_SHARE

    def finish(self) -> Outcome:
        """Return the spans."""
        return Outcome(events=self._spans.events(self._end_s))


def _profile(frame: FrameView) -> NDArray[np.float32]:
    """Return the background's light per column in stops below white."""
    height, width = frame.small.shape
    rows = frame.small[: int(height * _PART) : _ROW_STEP, : width // _COLUMNS * _COLUMNS]
    columns = np.sort(rows.reshape(rows.shape[0], _COLUMNS, -1).mean(axis=2), axis=0)
    bright = columns[columns.shape[0] * 3 // 4]
    level = (bright - frame.black_code) / (frame.white_code - frame.black_code)
    return np.asarray(_GAMMA * np.log2(np.maximum(level, _LEAST_LEVEL)), np.float32)


def _smooth_fall(profile: NDArray[np.float32]) -> float | None:
    """Return by how many stops a smooth course through the profile falls, None where it is not smooth."""
    course = np.asarray(_COURSE @ profile)
    fall = float(course.max() - course.min())
    rest = float(np.sort(np.abs(profile - course))[_COLUMNS * 4 // 5])
    step = float(np.abs(np.diff(profile)).max())
    return fall if rest <= SMOOTH_RATIO * fall and step <= STEP_RATIO * fall else None
