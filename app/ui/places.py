"""Names of places in a course as people read them: a module, a lecture, the whole course."""

from app.model.course import Course
from app.model.views import numbered_lessons
from app.ui.context import UiContext


def place_name(ui: UiContext, course: Course, element: str) -> str:
    """Return where an element path lies; what lies in no module belongs to the whole course."""
    parts = element.split("/")
    if parts[0] == "modules" and len(parts) > 3 and parts[2] == "lessons":
        for number, _, lesson in numbered_lessons(course):
            if lesson.id == parts[3]:
                return ui.t("place.lesson", n=number)
    if parts[0] == "modules" and len(parts) > 1:
        for number, module in enumerate(course.modules, start=1):
            if module.id == parts[1]:
                return ui.t("place.module", n=number)
    return ui.t("place.course")
