"""A template gives a course whose structure the rules accept; what they still ask for is the author's own text."""

from datetime import date

import pytest

from app.checks import run
from app.model.base import TextItem
from app.model.course import Course
from app.model.finding import Status
from app.sample import sample_course
from app.session.templates import TEMPLATES, Template, from_template
from app.storage.regulation_file import load_regulation

REGULATION = load_regulation()
STRUCTURE = {
    *("8.1", "8.2a", "8.2c", "8.3a", "8.3b", "8.3c", "8.4a", "8.5a", "8.6a", "8.7b"),
    *("DR3", "DR4", "DR6", "DR7", "DR9", "7.6a", "7.6c", "F02.20", "F02.22", "7.1a", "7.1d"),
}


def test_the_templates_are_the_three_of_the_builder() -> None:
    assert (Template(4, 3), Template(5, 3), Template(6, 2)) == TEMPLATES


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_keeps_the_rules_of_structure(template: Template) -> None:
    course = from_template(Course(), template, REGULATION)
    assert [len(module.lessons) for module in course.modules] == [template.lessons] * template.modules
    findings = run(course, {}, {}, REGULATION, date(2026, 11, 23))
    # The course outcomes behind a module's own and the questions of its tests are the author's.
    open_ones = {
        (f.rule, f.message) for f in findings if f.rule in STRUCTURE and f.status in (Status.FAIL, Status.WARNING)
    }
    assert open_ones == {("8.2a", "parent"), ("F02.20", "no_items")}


def test_a_template_touches_nothing_that_the_course_has() -> None:
    described = Course(title="Food safety", objectives=(TextItem(id="ob1", text="know"),))
    course = from_template(described, TEMPLATES[0], REGULATION)
    assert (course.title, course.objectives) == (described.title, described.objectives)
    with pytest.raises(ValueError, match="structure"):
        from_template(sample_course(), TEMPLATES[0], REGULATION)
