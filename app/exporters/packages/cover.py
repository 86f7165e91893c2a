"""The cover list of a bundle: what is inside and what is missing, for people (PDF) and for programs (JSON)."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Protocol

from app.exporters.document import Align, Block, Cell, Document, Heading, Paragraph, Row, RowRole, Run, Table
from app.exporters.forms.common import Sheet
from app.exporters.packages.parts import LeftOutQuestion, Part
from app.model.course import Course
from app.model.finding import Finding
from app.model.recording import Recording
from app.model.regulation import Regulation
from app.model.texts import Lang
from app.storage.texts_file import load_texts


class Say(Protocol):
    """Gives a text of the bundle in the language of the course."""

    def __call__(self, key: str, **values: object) -> str:
        """Return the filled text; ``key`` without its leading ``bundle.``."""
        ...


def cover_document(
    course: Course,
    regulation: Regulation,
    parts: Sequence[Part],
    open_findings: Sequence[Finding],
    left_out: Sequence[LeftOutQuestion],
    *,
    generated_on: date,
    draft: bool,
) -> Document:
    """Return the cover list in the language of the course.

    Args:
        course: the course.
        regulation: the edition that it follows.
        parts: the inventory.
        open_findings: what would keep the course from submission.
        left_out: questions that the test file does not hold.
        generated_on: the day that it carries.
        draft: print the draft mark.
    """
    sheet = Sheet(course, regulation, "", generated_on, draft)

    def say(key: str, **values: object) -> str:
        return load_texts().get(f"bundle.{key}", sheet.lang, **values)

    blocks: list[Block] = [
        Heading(1, (Run(say("cover.title")),), Align.CENTRE),
        Paragraph((Run(course.title, bold=True, element="title"),), Align.CENTRE),
        Heading(2, (Run(say("cover.inside")),)),
        _table(say, [part for part in parts if part.have], with_files=True),
        Heading(2, (Run(say("cover.missing")),)),
    ]
    lacking = [part for part in parts if part.missing]
    blocks.append(
        _table(say, lacking, with_files=False) if lacking else Paragraph((Run(say("cover.nothing_missing")),))
    )
    if left_out:
        blocks += [Heading(2, (Run(say("cover.left_out")),)), _left_out(say, left_out, sheet.lang)]
    if course.recordings:
        blocks += [Heading(2, (Run(say("cover.recordings")),)), _recordings(say, course.recordings)]
    if open_findings:
        blocks.append(Heading(2, (Run(say("cover.open")),)))
        blocks.append(_findings(say, open_findings, regulation, sheet.lang))
    return sheet.document(say("cover.title"), blocks)


def contents_json(
    parts: Sequence[Part],
    left_out: Sequence[LeftOutQuestion],
    *,
    draft: bool,
    regulation_code: str,
    generated_on: date,
) -> bytes:
    """Return the cover list for programs."""
    entries = [{**asdict(part), "missing": part.missing} for part in parts]
    questions = [
        {"id": question.id, "stem": question.stem, "problems": [problem.code for problem in question.problems]}
        for question in left_out
    ]
    data = {
        "regulation": regulation_code,
        "generated_on": generated_on.isoformat(),
        "draft": draft,
        "parts": entries,
        "left_out_questions": questions,
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def recordings_json(recordings: Sequence[Recording]) -> bytes:
    """Return links, sizes and checksums of the recordings, which a bundle never embeds (X70)."""
    fields = {"id", "title", "role", "stage", "lesson_id", "url", "size_bytes", "sha256"}
    data = [recording.model_dump(mode="json", include=fields) for recording in recordings]
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _cells(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(((Run(text),),)) for text in texts)


def _table(say: Say, parts: Sequence[Part], *, with_files: bool) -> Table:
    last = say("cover.files") if with_files else say("cover.still_needed")
    rows = [Row(_cells(say("cover.part"), say("cover.clause"), say("cover.count"), last), RowRole.HEADER)]
    for part in parts:
        detail = ", ".join(part.files) if with_files else str(part.need - part.have)
        rows.append(Row(_cells(say(f"part.{part.key}"), part.clause, f"{part.have} / {part.need}", detail or "–")))
    return Table((4.0, 1.4, 1.4, 4.2), tuple(rows))


def _left_out(say: Say, questions: Sequence[LeftOutQuestion], lang: Lang) -> Table:
    rows = [Row(_cells(say("cover.question"), say("cover.reason")), RowRole.HEADER)]
    for question in questions:
        stem = Run(question.stem.strip() or question.id, element=f"test_bank/{question.id}/stem")
        reasons = tuple((Run(problem.text(load_texts(), lang)),) for problem in question.problems)
        rows.append(Row((Cell(((stem,),)), Cell(reasons))))
    return Table((5.0, 6.0), tuple(rows))


def _recordings(say: Say, recordings: Sequence[Recording]) -> Table:
    rows = [Row(_cells(say("cover.part"), say("cover.link"), say("cover.size"), "SHA-256"), RowRole.HEADER)]
    for recording in recordings:
        size = f"{recording.size_bytes / 1e6:.1f} MB" if recording.size_bytes else "–"
        url = recording.url.strip()
        link = Run(url, link=url) if url.startswith(("http://", "https://")) else Run(url or "–")
        title = Cell(((Run(recording.title or recording.id, element=f"recordings/{recording.id}/title"),),))
        rows.append(Row((title, Cell(((link,),)), *_cells(size, recording.sha256 or "–"))))
    return Table((3.0, 3.6, 1.4, 3.0), tuple(rows))


def _findings(say: Say, findings: Sequence[Finding], regulation: Regulation, lang: Lang) -> Table:
    rows = [Row(_cells(say("cover.clause"), say("cover.finding")), RowRole.HEADER)]
    rows += [Row(_cells(finding.rule, regulation.text(finding, lang))) for finding in findings]
    return Table((1.4, 9.6), tuple(rows))
