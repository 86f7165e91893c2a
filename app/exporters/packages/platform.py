"""Everything that the learning platform imports, as files in one folder."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.exporters.packages.calendar import calendar_ics
from app.exporters.packages.cartridge import write_cartridge
from app.exporters.packages.course_cartridge import course_cartridge
from app.exporters.packages.moodle_files import bank_xml, glossary_xml, survey_xml
from app.exporters.packages.parts import LeftOutQuestion, left_out_questions
from app.formats import aiken
from app.model.attachment import AttachmentFacts
from app.model.course import Course
from app.model.regulation import Regulation
from app.model.texts import Lang
from app.model.views import form_05_questions
from app.storage.atomic import write_atomic
from app.storage.os_errors import write_error
from app.storage.question_pictures import load_pictures
from app.storage.texts_file import load_texts

COURSE = "course.imscc"
BANK = "questions_moodle.xml"
AIKEN = "questions_aiken.txt"
GLOSSARY = "glossary.xml"
SURVEY = "survey_{when}.xml"
CALENDAR = "calendar.ics"
README = "README.txt"

Progress = Callable[[int, int], None]
"""Told of each file written: how many are done, how many there are."""


@dataclass(frozen=True, slots=True)
class PlatformSummary:
    """What was written.

    Attributes:
        files: the files in order, the README last.
        left_out: questions that are not in a file, by its name; files that hold all questions are not in it.
    """

    files: tuple[Path, ...]
    left_out: Mapping[str, tuple[LeftOutQuestion, ...]]


def write_platform(
    course: Course,
    regulation: Regulation,
    folder: Path,
    *,
    generated_on: date,
    attachments: Mapping[str, AttachmentFacts],
    course_folder: Path,
    on_progress: Progress = lambda _done, _total: None,
) -> PlatformSummary:
    """Write the files for the platform; the same course on the same day gives the same bytes.

    Args:
        course: the course.
        regulation: the edition that it follows.
        folder: where to; it is made if it is not there.
        generated_on: the day on which they are made.
        attachments: facts of attached files by path.
        course_folder: where the attached files lie.
        on_progress: told of each file written.

    Raises:
        BundleError: the cartridge cannot be written, an attached file cannot be read.
        ProjectFileError: another file cannot be written.
    """
    lang = Lang(course.language) if course.language else Lang.KK
    cartridge, not_in_cartridge = course_cartridge(
        course, regulation, generated_on=generated_on, attachments=attachments, course_folder=course_folder
    )
    contents, left_out = _contents(course, lang, course_folder)
    left_out = {COURSE: not_in_cartridge, **left_out}
    contents[CALENDAR] = calendar_ics(course, regulation, load_texts(), lang, generated_on=generated_on)
    contents[README] = _readme(course, lang, (COURSE, *contents), left_out)
    steps = len(contents) + 1
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise write_error(error, folder) from error
    write_cartridge(folder / COURSE, cartridge)
    on_progress(1, steps)
    for done, (name, data) in enumerate(contents.items(), start=2):
        path = folder / name
        if path.is_symlink():  # the link would lead the writing out of the folder
            path.unlink()
        write_atomic(path, data)
        on_progress(done, steps)
    return PlatformSummary(
        tuple(folder / name for name in (COURSE, *contents)),
        {name: questions for name, questions in left_out.items() if questions},
    )


def _contents(
    course: Course, lang: Lang, course_folder: Path
) -> tuple[dict[str, bytes], dict[str, tuple[LeftOutQuestion, ...]]]:
    """Return the files beside the cartridge; one that would be empty is not made."""
    contents: dict[str, bytes] = {}
    left_out: dict[str, tuple[LeftOutQuestion, ...]] = {}
    if course.test_bank:
        contents[BANK], left_out[BANK] = bank_xml(course, lang, load_pictures(course_folder, course.test_bank))
    questions = form_05_questions(course)
    if questions:
        contents[AIKEN], problems = aiken.write_carriable(questions)
        left_out[AIKEN] = left_out_questions(questions, problems)
    if course.glossary:
        contents[GLOSSARY] = glossary_xml(course, lang)
    for survey in course.surveys:
        if survey.questions:
            contents.setdefault(SURVEY.format(when=survey.when.value), survey_xml(survey))
    return contents, left_out


def _readme(
    course: Course, lang: Lang, names: tuple[str, ...], left_out: Mapping[str, tuple[LeftOutQuestion, ...]]
) -> bytes:
    texts = load_texts()
    keys = {
        COURSE: "course",
        BANK: "bank",
        AIKEN: "aiken",
        GLOSSARY: "glossary",
        SURVEY.format(when="entry"): "survey_entry",
        SURVEY.format(when="exit"): "survey_exit",
        CALENDAR: "calendar",
    }
    lines = [texts.get("platform.readme.title", lang, title=" ".join(course.title.split())), ""]
    lines += [texts.get(f"platform.readme.{keys[name]}", lang, file=name) for name in names]
    for name, questions in left_out.items():
        if questions:
            problems = {problem.text(texts, lang): None for question in questions for problem in question.problems}
            values = {"file": name, "count": len(questions), "reasons": "; ".join(problems)}
            lines += ["", texts.get("platform.readme.left_out", lang, **values)]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")
