"""Which files `export` writes, and writing them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.cli.call import WrongUsageError
from app.cli.course_files import CourseOnDisk
from app.exporters.forms import EXPORTED, export_form, form_files, formats_of
from app.formats import aiken
from app.model.views import form_05_questions
from app.storage.atomic import write_atomic
from app.storage.os_errors import write_error

KNOWN_FORMS = (*(f"{number:02}" for number in range(1, 12)), *(form for form in EXPORTED if not form.isdigit()))
KNOWN_FORMATS = ("pdf", "docx", "pptx", "txt")
_AIKEN = ("05", "txt")


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A form in one format: form 05 as ``txt`` is the Aiken file of its questions (F05.6)."""

    form: str
    format: str

    @property
    def name(self) -> str:
        """Name of the file of the whole form: ASCII, and nothing that a course could choose."""
        return f"form_{self.form}.{self.format}" if self.form.isdigit() else f"{self.form}.{self.format}"


def planned_files(forms: Sequence[str], formats: Sequence[str]) -> tuple[PlannedFile, ...]:
    """Return the files for the forms and formats that were asked for; all that exist where none were.

    Raises:
        WrongUsageError: ``cli_unknown_form``, ``cli_unknown_format``; ``cli_form_not_built``: a form that was asked for
            cannot be written in any of the formats.
    """
    buildable = [PlannedFile(form, name) for form in EXPORTED for name in formats_of(form)] + [PlannedFile(*_AIKEN)]
    wanted_forms = dict.fromkeys(_form(text) for text in forms) or dict.fromkeys(EXPORTED)
    wanted_formats = dict.fromkeys(_format(text) for text in formats) or dict.fromkeys(KNOWN_FORMATS)
    plan = [file for form in wanted_forms for file in buildable if file.form == form and file.format in wanted_formats]
    known = ", ".join(file.name for file in buildable)
    for form in wanted_forms if forms else ():
        if all(file.form != form for file in plan):
            raise WrongUsageError("cli_form_not_built", form=form, format=", ".join(wanted_formats), known=known)
    for name in wanted_formats if formats else ():
        if all(file.format != name for file in plan):
            raise WrongUsageError("cli_form_not_built", form=", ".join(wanted_forms), format=name, known=known)
    return tuple(plan)


def _form(text: str) -> str:
    number = text.removeprefix("form_")
    form = number.zfill(2) if number.isdigit() and number.isascii() else number
    if form not in KNOWN_FORMS:
        raise WrongUsageError("cli_unknown_form", form=text, known=", ".join(KNOWN_FORMS))
    return form


def _format(text: str) -> str:
    if text not in KNOWN_FORMATS:
        raise WrongUsageError("cli_unknown_format", format=text, known=", ".join(KNOWN_FORMATS))
    return text


def write_files(plan: Sequence[PlannedFile], loaded: CourseOnDisk, folder: Path) -> Iterator[Path]:
    """Write the files into a folder, each in one step, and yield their paths.

    Args:
        plan: which files.
        loaded: the course.
        folder: where to; it is made if it is not there.

    Raises:
        ProjectFileError: a file cannot be written.
        ExportError: a form cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise write_error(error, folder) from error
    for file in plan:
        for path, data in _made(file, loaded, folder):
            if path.is_symlink():  # the link would lead the writing out of the folder
                path.unlink()
            write_atomic(path, data)
            yield path


def _made(file: PlannedFile, loaded: CourseOnDisk, folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Make the files of a form: one for each of its parts where it has any."""
    if (file.form, file.format) == _AIKEN:
        yield folder / file.name, _aiken(loaded)
        return
    for wanted in form_files(loaded.course, file.form):
        data = export_form(
            loaded.course,
            loaded.regulation,
            file.form,
            file.format,
            generated_on=loaded.call.today,
            draft=False,
            part=wanted.part,
            course_folder=loaded.folder,
        )
        yield folder / f"{wanted.name}.{file.format}", data


def _aiken(loaded: CourseOnDisk) -> bytes:
    """Return the questions as Aiken and tell which ones it cannot hold."""
    call, questions = loaded.call, form_05_questions(loaded.course)
    data, problems = aiken.write_carriable(questions)
    if problems:
        call.say("export.left_out", count=len({problem.question for problem in problems}))
    for problem in problems:
        element = f"test_bank/{questions[problem.question - 1].id}"
        call.say("export.question", number=problem.question, element=element, text=problem.text(call.texts, call.lang))
    return data
