"""Form 07: the recording checklist of a session, filled; a "yes" means that the point was kept (X46, X47)."""

from collections.abc import Iterator
from datetime import date, datetime

from app.checks.form_07 import answer
from app.exporters.document import Align, Block, Cell, Document, Heading, PageBreak, Row, RowRole, Run, Runs, Table
from app.exporters.forms.common import Sheet, facts_table, separated
from app.exporters.forms.parts import FormPart, find_part
from app.model.course import Course
from app.model.papers import RecordingSession
from app.model.regulation import BLANK, Regulation
from app.model.views import numbered_lessons

_WIDTHS = (62.0, 15.0, 23.0)
_TABLE_PT = 10.5
"""So the checklist stands on two pages."""

_SECTIONS: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...] = (
    ("F07.1.heading", (("", ("F07.1",)), ("F07.1.0", ("F07.1.1", "F07.1.2", "F07.1.3")))),
    ("F07.2", (("", ("F07.2.1", "F07.2.2")),)),
    (
        "F07.3",
        (
            ("F07.3.0", ("F07.3.1", "F07.3.2", "F07.3.3", "F07.3.4")),
            ("F07.3.R", ("F07.3.5", "F07.3.6", "F07.3.7")),
        ),
    ),
    ("F07.4", (("", ("F07.4.1a", "F07.4.1b", *(f"F07.4.{number}" for number in range(2, 9)))),)),
)
"""The form's headings, below them the lines above a group of points (empty = none) and the points."""


def parts(course: Course) -> tuple[FormPart, ...]:
    """Return one checklist for each session."""
    return tuple(
        FormPart(session.id, f"{number:02}" + (f"-{session.starts_at:%Y-%m-%d}" if session.starts_at else ""))
        for number, session in enumerate(course.sessions, start=1)
    )


def build(course: Course, regulation: Regulation, *, generated_on: date, draft: bool) -> Document:
    """Return the checklists of all sessions; an empty one where there is no session."""
    sheet = Sheet(course, regulation, "form_07", generated_on, draft)
    blocks: list[Block] = []
    for session in course.sessions or (RecordingSession(id="empty"),):
        blocks += [PageBreak()] if blocks else []
        blocks += _checklist(sheet, session)
    return sheet.document(sheet.labels.title, blocks)


def build_part(course: Course, regulation: Regulation, part: str, *, generated_on: date, draft: bool) -> Document:
    """Return the checklist of the session with the id ``part``.

    Raises:
        ExportError: ``export_part_unknown``.
    """
    sheet = Sheet(course, regulation, "form_07", generated_on, draft)
    session = find_part("07", part, course.sessions, lambda entry: entry.id)
    return sheet.document(sheet.labels.title, _checklist(sheet, session))


def _checklist(sheet: Sheet, session: RecordingSession) -> Iterator[Block]:
    yield Heading(1, (sheet.heading_text(),), Align.CENTRE)
    yield sheet.course_line()
    yield facts_table(_facts(sheet, session))
    lang = sheet.label_lang
    header = tuple(Cell(((Run(sheet.say(f"recording.{key}")),),)) for key in ("point", "kept", "remark"))
    rows = [Row(header, RowRole.HEADER)]
    for heading, groups in _SECTIONS:
        rows.append(Row((Cell(((Run(sheet.label_text(heading), lang),),), colspan=3),), RowRole.GROUP))
        for lead, points in groups:
            if lead:
                rows.append(Row((Cell(((Run(sheet.label_text(lead), lang, italic=True),),), colspan=3),)))
            rows += [_point(sheet, session, point) for point in points]
    yield Table(_WIDTHS, tuple(rows), size_pt=_TABLE_PT)


def _point(sheet: Sheet, session: RecordingSession, point: str) -> Row:
    said = answer(session, point)
    word = "" if said is None else sheet.say("yes" if said else "no")
    reason = Run(session.reasons.get(point, ""), element=f"sessions/{session.id}/reasons/{point}")
    label = Run(sheet.label_text(point), sheet.label_lang)
    return Row((Cell(((label,),)), Cell(((Run(word, bold=True),),), align=Align.CENTRE), Cell(((reason,),))))


def _facts(sheet: Sheet, session: RecordingSession) -> Iterator[tuple[str, Runs]]:
    path = f"sessions/{session.id}"
    yield sheet.say("recording.lectures"), _lectures(sheet, session)
    yield sheet.say("recording.room"), (Run(session.room.strip() or BLANK, element=f"{path}/room"),)
    yield sheet.say("recording.starts_at"), (Run(_moment(session.starts_at)),)
    yield sheet.say("recording.arrived_at"), (Run(_moment(session.arrived_at)),)
    yield (
        sheet.say("recording.agreed_with"),
        (Run(session.agreed_with.strip() or BLANK, element=f"{path}/agreed_with"),),
    )
    shown = session.fullscreen_slideshow
    yield sheet.say("recording.slideshow"), (Run(BLANK if shown is None else sheet.say("yes" if shown else "no")),)


def _lectures(sheet: Sheet, session: RecordingSession) -> Runs:
    """Return the lectures that were recorded, number and title."""
    recorded = {r.lesson_id for r in sheet.course.recordings if r.id in session.recording_ids}
    names = [
        sheet.lesson_name(n, module, lesson)
        for n, module, lesson in numbered_lessons(sheet.course)
        if lesson.id in recorded
    ]
    return separated(names, "; ") or (Run(BLANK),)


def _moment(moment: datetime | None) -> str:
    return BLANK if moment is None else f"{moment:%d.%m.%Y %H:%M}"
