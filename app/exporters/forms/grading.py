"""What several forms say of grading: the term of a task, the progress table."""

from app.exporters.document import Run, Table
from app.exporters.forms.common import Sheet, date_text, plain_table
from app.model.regulation import BLANK, number_text
from app.model.tasks import Task


def deadline(sheet: Sheet, task: Task) -> str:
    """Return the term of a task: a day, days after the section opens, or a blank."""
    if task.deadline is not None:
        return date_text(task.deadline)
    return BLANK if task.deadline_days is None else sheet.say("tasks.days", n=task.deadline_days)


def progress_table(sheet: Sheet) -> Table:
    """Return the progress table of the course (F08.8)."""
    header = tuple(Run(sheet.say(f"assessment.{key}")) for key in ("progress", "result", "certificate"))
    rows = (
        (
            Run(f"{number_text(band.from_pct, sheet.lang)}–{number_text(band.to_pct, sheet.lang)} %"),
            Run(band.text, element=f"assessment/progress_scale/{band.id}/text"),
            Run(sheet.say("yes" if band.certificate else "no")),
        )
        for band in sheet.course.assessment.progress_scale
    )
    return plain_table((2.0, 6.0, 2.0), header, rows, whole=True)
