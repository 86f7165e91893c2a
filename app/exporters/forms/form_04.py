"""Form 04: the presentation of a lecture, filled with all that the course knows; the rest are prompts (decision 14)."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import cycle

from app.exporters.deck import Deck, Photo, Slide, SlideKind, Slot
from app.exporters.document import Run, Runs
from app.exporters.forms.common import Sheet, separated
from app.exporters.forms.parts import FormPart, find_part, numbered_name
from app.model.course import Course
from app.model.people import FileRef
from app.model.regulation import Regulation
from app.model.structure import Lesson, Module
from app.model.views import lesson_path, numbered_lessons

PhotoReader = Callable[[FileRef], bytes | None]
"""Gives the bytes of an attached picture, None where it is not there or no picture."""

NumberedLesson = tuple[int, Module, Lesson]

EMPTY_QUESTIONS = 3
"""So many slides for questions has a lecture of which none are known (F04.2b)."""

MANY_AUTHORS = 4
"""More authors than this are named without post and degree, so that they fit on the slide."""

_PROCESS_AFTER = 2
_QUESTION_KINDS = (SlideKind.TEXT_AND_PICTURE, SlideKind.PICTURE_AND_TEXT, SlideKind.PICTURE)


def parts(course: Course) -> tuple[FormPart, ...]:
    """Return one presentation for each lecture."""
    return tuple(FormPart(lesson.id, numbered_name(n, lesson.title)) for n, _, lesson in numbered_lessons(course))


def build_deck(
    course: Course, regulation: Regulation, part: str, *, generated_on: date, read_photo: PhotoReader
) -> Deck:
    """Return the presentation of a lecture.

    Args:
        course: the course.
        regulation: edition with labels.
        part: id of the lecture; empty = a presentation for any lecture of the course.
        generated_on: the date that the file carries.
        read_photo: gives the authors' photographs.

    Raises:
        ExportError: ``export_part_unknown``.
    """
    sheet = Sheet(course, regulation, "form_04", generated_on, draft=False)
    lessons = list(numbered_lessons(course))
    entry = find_part("04", part, lessons, lambda item: item[2].id) if part else None
    following = next((item for item in lessons if entry is not None and item[0] == entry[0] + 1), None)
    slides = (
        _title(sheet, entry, read_photo),
        *_questions(sheet, entry),
        _summary(sheet, entry, following),
    )
    name = sheet.lesson_name(*entry).text if entry is not None else sheet.labels.title
    return Deck(
        title=name,
        lang=sheet.lang,
        generated_on=generated_on,
        slides=slides,
        form_code=sheet.labels.code,
        regulation_code=regulation.edition.code,
        author=", ".join(author.full_name for author in course.authors if author.full_name.strip()),
        note=f"{sheet.label_text('F04.10')}: {regulation.settings.template_url}",
    )


def _slide(kind: SlideKind, texts: Mapping[Slot, tuple[Runs, ...]], photo: Photo | None = None) -> Slide:
    """Return a slide whose empty texts are left to their prompts."""
    lines = {
        slot: tuple(line for line in given if any(run.text.strip() for run in line)) for slot, given in texts.items()
    }
    return Slide(kind, {slot: given for slot, given in lines.items() if given}, photo)


def _title(sheet: Sheet, entry: NumberedLesson | None, read_photo: PhotoReader) -> Slide:
    """Slide 1: university, units, course, lecture (F01.20b), authors."""
    course, lang = sheet.course, sheet.label_lang

    def named(key: str, value: str, element: str) -> tuple[Runs, ...]:
        return ((Run(sheet.label_text(key, blank=value.strip()), lang, element=element),),) if value.strip() else ()

    photo = None
    for author in course.authors:
        data = read_photo(author.photo) if author.photo is not None else None
        if data is not None:
            photo = Photo(data, author.full_name.strip() or sheet.label_text("F04.1f"))
            break
    return _slide(
        SlideKind.TITLE,
        {
            Slot.UNIVERSITY: ((Run(sheet.label_text("F04.1a"), lang),),),
            Slot.SITE: ((Run(sheet.label_text("F04.1b"), lang),),),
            Slot.FACULTY: named("F04.1c", course.faculty, "faculty"),
            Slot.DEPARTMENT: named("F04.1d", course.department.name, "department/name"),
            Slot.TITLE: named("F04.1e", course.title, "title"),
            Slot.LECTURE: () if entry is None else ((sheet.lesson_name(*entry),),),
            Slot.AUTHORS: tuple(_authors(sheet)),
            Slot.EMAIL: (separated([sheet.author_value(a, "email") for a in course.authors if a.email.strip()]),),
        },
        photo,
    )


def _authors(sheet: Sheet) -> Iterator[Runs]:
    """Name – position, degree, title; of a large team the names alone (F04.1g)."""
    authors = [author for author in sheet.course.authors if author.full_name.strip()]
    if len(authors) > MANY_AUTHORS:
        yield separated([sheet.author_value(author, "full_name") for author in authors])
        return
    for author in authors:
        rest = [Run(text) for text in (author.position.strip(), author.degree.strip(), author.title.strip()) if text]
        yield (sheet.author_value(author, "full_name"), *((Run(" – "), *separated(rest)) if rest else ()))


def _questions(sheet: Sheet, entry: NumberedLesson | None) -> Iterator[Slide]:
    """Slides 2 to 8: contents, a slide for each question, the process behind the second."""
    lang = sheet.label_lang
    titles: list[Run] = []
    if entry is not None:
        _, module, lesson = entry
        path = lesson_path(module, lesson, "questions")
        titles = [Run(q.text.strip(), element=f"{path}/{q.id}/text") for q in lesson.questions if q.text.strip()]
    listed = tuple(
        (Run(sheet.label_text("F04.2b", n=number, title=title.text), lang, element=title.element),)
        for number, title in enumerate(titles, start=1)
    )
    yield _slide(SlideKind.CONTENTS, {Slot.TITLE: ((Run(sheet.label_text("F04.2a"), lang),),), Slot.BODY: listed})
    shown: list[tuple[Runs, ...]] = [((title,),) for title in titles] or [()] * EMPTY_QUESTIONS
    process = _slide(SlideKind.PROCESS, {Slot.TITLE: ((Run(sheet.label_text("F04.7"), lang),),)})
    for number, (heading, kind) in enumerate(zip(shown, cycle(_QUESTION_KINDS), strict=False), start=1):
        yield _slide(kind, {Slot.TITLE: heading})
        if number == min(_PROCESS_AFTER, len(shown)):
            yield process


def _summary(sheet: Sheet, entry: NumberedLesson | None, following: NumberedLesson | None) -> Slide:
    """Slide 9: what was learned, what it is good for, what comes next."""
    texts: dict[Slot, tuple[Runs, ...]] = {Slot.TITLE: ((Run(sheet.label_text("F04.9a"), sheet.label_lang),),)}
    if entry is not None:
        _, module, lesson = entry
        texts[Slot.LEARNED] = ((Run(lesson.annotation.strip(), element=lesson_path(module, lesson, "annotation")),),)
        texts[Slot.SKILLS] = tuple(
            (Run(outcome.text, element=f"outcomes/{outcome.id}/text"),)
            for outcome in sheet.course.outcomes
            if outcome.id in lesson.outcome_ids
        )
    if following is not None:
        texts[Slot.NEXT] = ((sheet.lesson_name(*following),),)
    return _slide(SlideKind.SUMMARY, texts)
