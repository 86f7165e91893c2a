"""What becomes of a file on the platform, in figures, whatever its format."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MoodleForecast:
    """What Moodle would do with the file, "stop on error" off.

    Attributes:
        lost: questions of the file that are not stored.
        wrong_key: stored questions whose key is another than the author's, or that take any answer for right.
        errors: errors that Moodle reports; with "stop on error" on, its default, one keeps everything out.
    """

    imported: int
    lost: int
    without_right_answer: int
    wrong_key: int
    errors: int
