"""Pages of a course for learners, as HTML: what the platform shows beside files, links and tests."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from app.exporters.forms.common import Sheet, date_text
from app.exporters.packages.markup import clean, element, escaped, one_line, text_element
from app.model.course import Course
from app.model.people import Author
from app.model.regulation import Regulation, number_text
from app.model.structure import Lesson, Module, Outcome
from app.model.tasks import Task
from app.model.teaching import Reference
from app.model.views import course_outcomes, module_outcomes, week_effort_min
from app.storage.texts_file import load_texts


@dataclass(frozen=True)
class Pages:
    """Makes the pages in the language of the course; a page of which nothing is known is empty.

    Attributes:
        sheet: words that the forms have as well.
    """

    course: Course
    regulation: Regulation
    sheet: Sheet

    def say(self, key: str, **values: object) -> str:
        """Return a text in the course's language; ``key`` without the leading ``platform.page.``."""
        return load_texts().get(f"platform.page.{key}", self.sheet.lang, **values)

    @cached_property
    def _outcomes(self) -> dict[str, Outcome]:
        return {outcome.id: outcome for outcome in self.course.outcomes}

    def page(self, title: str, body: Iterable[str]) -> bytes:
        """Return a whole page."""
        inner = "\n".join(part for part in body if part)
        head = element("head", '<meta charset="utf-8">' + text_element("title", one_line(title)))
        html = element("html", f"\n{head}\n" + element("body", f"\n{inner}\n"), {"lang": self.sheet.lang.value})
        return f"<!DOCTYPE html>\n{html}\n".encode()

    def about(self) -> list[str]:
        """Return what form 01 says of the course to learners."""
        course = self.course
        facts = [self._fact("duration", self._duration()), self._fact("level", self._level())]
        return [
            self._text("description", course.description or course.annotation),
            self._text("goal", course.goal),
            self._list("objectives", (item.text for item in course.objectives)),
            self._list("outcomes", (outcome.text for outcome in course_outcomes(course))),
            self._text("audience", course.audience.description),
            self._list("prerequisites", (item.text for item in course.prerequisites)),
            "".join(facts),
            self._list("authors", map(_author, course.authors)),
        ]

    def assessment(self) -> list[str]:
        """Return the assessment system and the certificate (F01.15)."""
        given = self.course.assessment
        names = ("description", "checking_terms", "criteria", "scales", "procedures", "certificate_info")
        return [
            self._headed(self.sheet.say(f"assessment.{name}").rstrip(":"), _paragraphs(getattr(given, name)))
            for name in names
        ]

    def glossary(self) -> list[str]:
        """Return the glossary as a definition list."""
        rows = (
            text_element("dt", one_line(entry.term)) + text_element("dd", entry.definition)
            for entry in self.course.glossary
            if entry.term.strip()
        )
        inner = "\n".join(rows)
        return [element("dl", inner)] if inner else []

    def references(self) -> list[str]:
        """Return the list of literature with its links."""
        items = [_reference(reference) for reference in self.course.references if reference.citation.strip()]
        return [element("ol", "\n".join(element("li", item) for item in items))] if items else []

    def module(self, module: Module) -> list[str]:
        """Return what a week is about."""
        dates = ""
        if module.opens_on is not None:
            dates = self._fact("opens_on", date_text(module.opens_on))
        hours = week_effort_min(module) / self.regulation.settings.academic_hour_min
        return [
            _paragraphs(module.annotation),
            self._list("outcomes", (outcome.text for outcome in module_outcomes(self.course, module))),
            self._list("lessons", (lesson.title for lesson in module.lessons)),
            dates
            + (self._fact("effort", self.say("hours", hours=number_text(hours, self.sheet.lang))) if hours else ""),
        ]

    def lesson(self, lesson: Lesson) -> list[str]:
        """Return what a lecture is about; items of self-study without file or link stand here as text."""
        outcomes = (self._outcomes[ident].text for ident in lesson.outcome_ids if ident in self._outcomes)
        study = (item.title for item in lesson.self_study if item.file is None and not item.url.strip())
        return [
            _paragraphs(lesson.annotation),
            self._list("outcomes", outcomes),
            self._list("questions", (question.text for question in lesson.questions)),
            self._list("self_study", study),
        ]

    def task(self, task: Task) -> list[str]:
        """Return a task: what is to be done, how it is judged, by when."""
        facts = [self._fact("kind", self.sheet.task(task, graded=task.weight_pct > 0))]
        if task.minutes:
            facts.append(self._fact("time", self.sheet.say("planned_min", min=task.minutes)))
        criteria = (
            f"{criterion.text} ({number_text(criterion.points, self.sheet.lang)})"
            if criterion.points
            else criterion.text
            for criterion in task.criteria
        )
        return [_paragraphs(task.instruction), "".join(facts), self._list("criteria", criteria)]

    def _duration(self) -> str:
        hours = sum(map(week_effort_min, self.course.modules)) / self.regulation.settings.academic_hour_min
        return (
            self.sheet.say("duration", weeks=len(self.course.modules), hours=number_text(hours, self.sheet.lang))
            if hours
            else ""
        )

    def _level(self) -> str:
        return self.sheet.say(f"level.{self.course.level.value}") if self.course.level else ""

    def _text(self, name: str, text: str) -> str:
        return self._headed(self.say(name), _paragraphs(text))

    def _list(self, name: str, texts: Iterable[str]) -> str:
        rows = [text_element("li", one_line(text)) for text in texts if text.strip()]
        return self._headed(self.say(name), element("ul", "\n".join(rows)) if rows else "")

    def _fact(self, name: str, value: str) -> str:
        return element("p", text_element("strong", self.say(name)) + f" {escaped(value)}") if value.strip() else ""

    def _headed(self, heading: str, inner: str) -> str:
        return text_element("h3", heading) + "\n" + inner if inner else ""


def _paragraphs(text: str) -> str:
    return "\n".join(text_element("p", line) for line in clean(text).split("\n") if line.strip())


def _author(author: Author) -> str:
    parts = (author.full_name, author.position, author.degree, author.title, author.workplace)
    return ", ".join(part.strip() for part in parts if part.strip())


def _reference(reference: Reference) -> str:
    url = reference.url.strip()
    shown = escaped(one_line(reference.citation))
    if not url.startswith(("http://", "https://")) or url in reference.citation:
        return shown
    return f"{shown} " + text_element("a", url, {"href": url})
