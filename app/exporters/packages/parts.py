"""What a submission holds and what it still lacks: the union of the sets that the regulation names (X23)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from app.formats.problems import Problem
from app.model.attachment import AttachmentFacts
from app.model.course import Course
from app.model.papers import DocumentKind, MinutesBody
from app.model.people import FileRef
from app.model.recording import RecordingRole, Stage
from app.model.tasks import Question


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a submission.

    Attributes:
        key: its name in the texts, ``bundle.part.<key>``.
        clause: where the regulation asks for it.
        have: how many pieces there are.
        need: how many there should be.
        files: paths inside the bundle.
    """

    key: str
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
    """A question that the test file of form 05 cannot carry, so that it is not in it.

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


MATERIALS_FOLDER = "materials"
OTHER_FOLDER = "other"
"""For files that lie elsewhere in the course folder, so that no two files claim one place."""


def bundle_path(file: FileRef) -> str:
    """Return where an attached file of the course stands below the bundle's ``data/``."""
    path = PurePosixPath(file.path)  # without "." and empty parts, which no reader would let pass
    return str(path if path.parts[:1] == (MATERIALS_FOLDER,) else PurePosixPath(OTHER_FOLDER, path))


def attached_files(course: Course) -> tuple[FileRef, ...]:
    """Return every file that the course attaches and that a bundle may carry; recordings never (X70)."""
    files: list[FileRef | None] = [document.file for document in course.documents]
    files += [extract.file for extract in course.minutes]
    files += [author.contract.file for author in course.authors]
    files += [course.protocol.file, course.placement_certificate.file, course.analysis_report.file]
    files += [material.file for material in course.materials]
    files += [task.file for task in course.tasks]
    for module in course.modules:
        files.append(module.task_sheet)
        for lesson in module.lessons:
            files.append(lesson.presentation)
            files += [item.file for item in lesson.self_study]
    unique = {file.path: file for file in files if file is not None}
    return tuple(unique[path] for path in sorted(unique))


def inventory(
    course: Course, attachments: Mapping[str, AttachmentFacts], made: Mapping[str, tuple[str, ...]]
) -> tuple[Part, ...]:
    """Return the parts of a submission in the order of the regulation's list of deliverables.

    Args:
        course: the course.
        attachments: facts of attached files; one that is not there does not count.
        made: paths of the documents that the program made, by key of their part.
    """

    def there(file: FileRef | None) -> bool:
        return file is not None and attachments.get(file.path, AttachmentFacts(path="")).exists

    def files(refs: list[FileRef | None]) -> tuple[str, ...]:
        return tuple(bundle_path(ref) for ref in refs if ref is not None and there(ref))

    def attached(key: str, clause: str, need: int, refs: list[FileRef | None]) -> Part:
        found = files(refs)
        return Part(key, clause, len(found), need, found)

    lessons = [lesson for module in course.modules for lesson in module.lessons]
    uploads = [r for r in course.recordings if r.role is RecordingRole.LECTURE and r.stage is Stage.UPLOAD]
    recorded = {recording.lesson_id for recording in uploads}
    promo = [r for r in course.recordings if r.role is RecordingRole.PROMO]
    linked = [recording for recording in course.recordings if recording.url.strip() or course.materials_folder_url]

    def extract(body: MinutesBody) -> list[FileRef | None]:
        return [item.file for item in course.minutes if item.body is body]

    def signed(kind: DocumentKind) -> list[FileRef | None]:
        return [document.file for document in course.documents if document.kind is kind]

    def produced(key: str, clause: str) -> Part:
        return Part(key, clause, int(key in made), 1, made.get(key, ()))

    sheets: list[FileRef | None] = [module.task_sheet for module in course.modules]
    studies: list[FileRef | None] = [item.file for lesson in lessons for item in lesson.self_study]
    return (
        produced("form_01", "12.3"),
        produced("form_02", "10.1a"),
        attached("form_02_signed", "F01.16a", 1, signed(DocumentKind.FORM_02)),
        produced("form_05", "11.3a"),
        produced("glossary", "F01.17"),
        produced("references", "F01.18"),
        attached("self_study", "F01.19a", max(1, len(course.modules)), studies),
        attached("task_sheets", "F01.21", max(1, len(course.modules)), sheets),
        attached("presentations", "8.4d", max(1, len(lessons)), [lesson.presentation for lesson in lessons]),
        Part("recordings", "F01.20a", sum(lesson.id in recorded for lesson in lessons), max(1, len(lessons))),
        Part("promo", "F01.14a", len(promo), 1),
        Part("links", "9.4", len(linked), max(1, len(course.recordings))),
        attached("minutes_department", "10.7a", 1, extract(MinutesBody.DEPARTMENT)),
        attached("minutes_faculty", "13.DN.4", 1, extract(MinutesBody.FACULTY)),
        attached("protocol", "10.7b", 1, [course.protocol.file]),
        attached("contracts", "7.10b", max(1, len(course.authors)), [a.contract.file for a in course.authors]),
    )
