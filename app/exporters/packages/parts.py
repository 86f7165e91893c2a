"""What a submission holds and what it still lacks: the union of the sets that the regulation names (X23, part B-b)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from app.exporters.packages.attached import Attached
from app.formats.problems import Problem
from app.model.course import Course
from app.model.recording import RecordingRole, Stage
from app.model.tasks import Question
from app.model.texts import Lang
from app.model.views import module_of_task
from app.storage.texts_file import load_texts


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a submission.

    Attributes:
        key: its name for programs.
        title: its name for people, in the language of the course.
        purpose: what it is for.
        who: who hands it over (X23).
        clause: where the regulation asks for it.
        have: how many pieces there are.
        need: how many a submission must have; 0 where it may be without.
        files: paths inside the bundle.
    """

    key: str
    title: str
    purpose: str
    who: str
    clause: str
    have: int
    need: int
    files: tuple[str, ...] = ()

    @property
    def missing(self) -> bool:
        """Whether pieces are lacking."""
        return self.have < self.need


@dataclass(frozen=True, slots=True)
class LeftOutQuestion:
    """A question that a question file cannot carry, so that it is not in it.

    Attributes:
        problems: why.
    """

    id: str
    stem: str
    problems: tuple[Problem, ...]


def left_out_questions(questions: Sequence[Question], problems: Sequence[Problem]) -> tuple[LeftOutQuestion, ...]:
    """Return the questions that a writer of question files left out.

    Args:
        questions: what was to be written.
        problems: what the writer said; their numbers count the questions from 1.
    """
    return tuple(
        LeftOutQuestion(question.id, question.stem, reasons)
        for number, question in enumerate(questions, start=1)
        if (reasons := tuple(problem for problem in problems if problem.question == number))
    )


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file that the program made for a bundle.

    Attributes:
        part: key of its part.
        title: what it is, as people call it.
    """

    part: str
    path: str
    title: str


_CLAUSES = {
    "form_01": ("12.3", "author"),
    "form_01_signed": ("F01.16b", "author"),
    "form_02": ("10.1a", "author"),
    "form_02_signed": ("F01.16a", "head"),
    "glossary": ("F01.17", "author"),
    "glossary_signed": ("F01.16b", "author"),
    "references": ("F01.18", "author"),
    "references_signed": ("F01.16b", "author"),
    "self_study": ("F01.19a", "author"),
    "form_03": ("F01.19b", "author"),
    "presentations": ("8.4d", "author"),
    "form_04": ("8.4d", "author"),
    "task_sheets": ("F01.21", "author"),
    "task_files": ("11.5a", "author"),
    "form_05": ("11.3a", "author"),
    "other_tests": ("11.3b", "author"),
    "question_bank": ("11.3b", "author"),
    "recordings": ("F01.20a", "operator"),
    "promo": ("F01.14a", "operator"),
    "greeting": ("F07.4.7", "operator"),
    "closing": ("F08.9a", "author"),
    "recording_reports": ("F01.20c", "operator"),
    "links": ("9.4", "author"),
    "form_07": ("10.2", "operator"),
    "form_08": ("12.7c", "author"),
    "annotations": ("F08.1", "author"),
    "messages": ("11.2", "author"),
    "surveys": ("12.10.1a", "author"),
    "schedule": ("12.1a", "author"),
    "link_list": ("9.4", "author"),
    "pilot": ("11.8", "author"),
    "minutes_department": ("10.7a", "author"),
    "minutes_faculty": ("13.DN.4", "dean"),
    "form_10": ("10.5d", "experts"),
    "form_10_signed": ("10.5d", "experts"),
    "form_11": ("10.6a", "experts"),
    "form_11_signed": ("10.7b", "experts"),
    "protocol": ("10.7b", "author"),
    "form_09_signed": ("12.9", "director"),
    "contracts": ("7.10b", "author"),
    "other_signed": ("", "author"),
    "other": ("", "author"),
}
"""Clause and who hands it over, in the order of the bundle's list (part B-b)."""


def inventory(course: Course, lang: Lang, attached: Sequence[Attached], made: Sequence[MadeFile]) -> tuple[Part, ...]:
    """Return the parts of a submission, those that must be there in any case.

    Args:
        course: the course.
        lang: language of titles and purposes.
        attached: the attached files that are there.
        made: the files that the program made; a part that is not known here is called as its file.
    """
    files: dict[str, list[str]] = {}
    titles: dict[str, str] = {}
    for entry in attached:
        files.setdefault(entry.part, []).append(entry.path)
    for document in made:
        files.setdefault(document.part, []).append(document.path)
        titles.setdefault(document.part, document.title)
    # A document in several formats is one piece.
    counts = {key: len({PurePosixPath(path).stem for path in paths}) for key, paths in files.items()}
    counts |= _recordings(course)
    counts["task_sheets"] = _weeks_with_tasks(course, made, attached)
    counts["self_study"] = _weeks_with_lectures(course, attached)
    needs = _needs(course)
    keys = dict.fromkeys([*_CLAUSES, *files])
    texts = load_texts()
    named = texts.keys()
    parts = []
    for key in keys:
        clause, who = _CLAUSES.get(key, ("", "program"))
        have, need = counts.get(key, 0), needs.get(key, 0)
        if not have and not need:
            continue
        known = f"bundle.part.{key}" in named
        parts.append(
            Part(
                key,
                texts.get(f"bundle.part.{key}", lang) if known else titles.get(key, key),
                texts.get(f"bundle.purpose.{key}", lang) if known else "",
                texts.get(f"bundle.who.{who}", lang),
                clause,
                have,
                need,
                tuple(files.get(key, ())),
            )
        )
    return tuple(parts)


def _needs(course: Course) -> dict[str, int]:
    lessons = sum(len(module.lessons) for module in course.modules)
    always = ("form_01", "form_02", "form_02_signed", "form_05", "glossary", "references", "promo", "protocol")
    return {
        **dict.fromkeys((*always, "minutes_department", "minutes_faculty"), 1),
        "self_study": max(1, len(course.modules)),
        "task_sheets": max(1, len(course.modules)),
        "presentations": max(1, lessons),
        "recordings": max(1, lessons),
        "links": max(1, len(course.recordings)),
        "contracts": max(1, len(course.authors)),
    }


def _recordings(course: Course) -> dict[str, int]:
    """Count recordings, which a bundle names and never embeds (X70)."""

    def of(role: RecordingRole) -> int:
        return sum(recording.role is role for recording in course.recordings)

    lessons = {lesson.id for module in course.modules for lesson in module.lessons}
    lectures = (r for r in course.recordings if r.role is RecordingRole.LECTURE and r.stage is Stage.UPLOAD)
    return {
        "recordings": len(lessons & {recording.lesson_id for recording in lectures}),
        "promo": of(RecordingRole.PROMO),
        "greeting": of(RecordingRole.GREETING),
        "closing": of(RecordingRole.CLOSING),
        "links": sum(bool(r.url.strip() or course.materials_folder_url.strip()) for r in course.recordings),
    }


def _weeks_with_lectures(course: Course, attached: Iterable[Attached]) -> int:
    """Count the weeks that have self-study material as PDF (F01.19a)."""
    texts = {entry.file.path for entry in attached if entry.part == "self_study" and entry.path.endswith(".pdf")}
    return sum(
        any(
            item.file is not None and item.file.path in texts for lesson in module.lessons for item in lesson.self_study
        )
        for module in course.modules
    )


def _weeks_with_tasks(course: Course, made: Iterable[MadeFile], attached: Iterable[Attached]) -> int:
    """Count the weeks that have their tasks on paper: attached, or made of the tasks of the week (F01.21)."""
    sheets = {entry.file.path for entry in attached if entry.part == "task_sheets"}
    weeks = {module.id for module in course.modules if module.task_sheet and module.task_sheet.path in sheets}
    if any(document.part == "task_sheets" for document in made):
        weeks |= {module.id for task in course.tasks if (module := module_of_task(course, task))}
    return len(weeks)
