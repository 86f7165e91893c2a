"""The sample course: invented people, real subject; for the demonstration, the self-test and the tests."""

from functools import cache

from app.model.course import Course
from app.paths import resources_dir


@cache
def sample_course() -> Course:
    """Return the sample course of `resources/sample/course.json`, read once (the value is frozen).

    Raises:
        OSError: the file is missing from the installation.
        pydantic.ValidationError: the file does not hold a course.
    """
    text = (resources_dir() / "sample" / "course.json").read_text(encoding="utf-8")
    return Course.model_validate_json(text)
