"""The measured video of a lesson: its lecture recordings for the platform, durations in whole seconds (decision 5)."""

import math
from dataclasses import dataclass

from app.checks.context import Context
from app.model.recording import Recording, RecordingReport, RecordingRole
from app.model.structure import Lesson

SECONDS_PER_MINUTE = 60


@dataclass(frozen=True, slots=True)
class LessonVideo:
    """The video of one lesson.

    Attributes:
        segments: each upload recording of the lecture with its whole seconds, None where it was not measured.
    """

    segments: tuple[tuple[Recording, int | None], ...]

    @property
    def measured(self) -> bool:
        """Tell whether there is a recording and every segment was measured."""
        return bool(self.segments) and all(duration_s is not None for _, duration_s in self.segments)

    @property
    def known_s(self) -> int:
        """Return the sum of the measured segments, whole seconds."""
        return sum(duration_s for _, duration_s in self.segments if duration_s is not None)


def lesson_video(context: Context, lesson: Lesson) -> LessonVideo:
    """Return what was measured of a lesson's lecture; several upload recordings are its segments (8.4c)."""
    pairs = context.recordings(RecordingRole.LECTURE, lesson_id=lesson.id)
    return LessonVideo(tuple((recording, whole_seconds(report)) for recording, report in pairs))


def whole_seconds(report: RecordingReport | None) -> int | None:
    """Return a recording's duration rounded to whole seconds, half up (decision 5); None where it is unknown."""
    duration_s = report.container.duration_s if report else None
    if duration_s is None or not math.isfinite(duration_s):
        return None
    return math.floor(duration_s + 0.5)


def minutes(duration_s: int) -> float:
    """Return seconds as minutes, the unit of the regulation's limits; two decimals tell every second from the next."""
    return round(duration_s / SECONDS_PER_MINUTE, 2)


def has_planned_video(lesson: Lesson) -> bool:
    """Tell whether the author planned minutes of video for the lesson."""
    return lesson.video.planned_min is not None and lesson.video.planned_min > 0


def has_any_video(context: Context, lesson: Lesson) -> bool:
    """Tell whether the lesson's lecture video is planned or recorded, in whatever stage."""
    return has_planned_video(lesson) or any(
        recording.role is RecordingRole.LECTURE and recording.lesson_id == lesson.id
        for recording in context.course.recordings
    )
