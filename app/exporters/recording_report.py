"""The written report on checked recordings: the verdict first, then what is wanting and when, then all facts."""

import base64
from collections.abc import Iterable, Sequence
from datetime import date
from os import fsencode
from pathlib import Path

from app.checks.places import SOUND_KINDS
from app.checks.recording import clock_text
from app.exporters.checked_recording import (
    NOTHING,
    CheckedRecording,
    RecordingWords,
    moment_text,
    or_nothing,
)
from app.exporters.document import (
    Align,
    Block,
    Cell,
    Document,
    Heading,
    PageBreak,
    PageField,
    PageLine,
    Paragraph,
    Picture,
    PictureFormat,
    Row,
    RowRole,
    Run,
    Table,
)
from app.exporters.forms.common import date_text
from app.exporters.recording_curves import curves
from app.exporters.recording_facts import all_facts
from app.model.finding import Finding, Status
from app.model.recording import RecordingEvent, RecordingReport
from app.model.regulation import Regulation
from app.model.texts import Lang
from app.storage.texts_file import load_texts

_WANTING = (Status.FAIL, Status.WARNING)
_UNKNOWN = (Status.ATTEST, Status.NOT_MEASURED)
_MOST_MOMENTS = 20
"""Moments listed of one finding; a recording that is overdriven throughout has hundreds."""
_MOST_EVENTS = 100
_THUMBNAIL_MM = 25.0
_FINDING_COLUMNS = (2.25, 3.05, 1.75, 2.05, 1.9)
"""Widths by each other: no cell is broken inside a word, the longest being «внутрикадровое»."""
_FINDING_PT = 10.0
"""Smaller than other tables: what was found is a sentence, and a report of one page is read."""


def recording_report(
    recordings: Sequence[CheckedRecording], regulation: Regulation, lang: Lang, *, generated_on: date
) -> Document:
    """Return the report on one recording or several; several have a summary in front.

    Args:
        recordings: at least one.
        regulation: the edition by which they were judged.
        lang: language of the report.
        generated_on: the day that it carries.
    """
    words = RecordingWords(regulation, lang)
    title = words.say("report.title")
    names = _names([recording.path for recording in recordings])
    blocks: list[Block] = [Heading(1, (Run(title),), Align.CENTRE)]
    if len(recordings) > 1:
        blocks += [Heading(2, (Run(words.say("report.summary")),)), _summary(recordings, names, words)]
    for number, (recording, name) in enumerate(zip(recordings, names, strict=True)):
        blocks += [PageBreak()] if number else []
        blocks += _recording(recording, name, words)
    edition, texts = regulation.edition, load_texts()
    day = date_text(edition.effective_date)
    return Document(
        title=title,
        lang=lang,
        generated_on=generated_on,
        blocks=tuple(blocks),
        regulation_code=edition.code,
        edition_date=edition.effective_date,
        header=PageLine(right=(Run(texts.get("forms.generated_on", lang, date=date_text(generated_on))),)),
        footer=PageLine(
            left=(Run(texts.get("forms.edition", lang, code=edition.code, date=day)),),
            right=(PageField.PAGE, Run(" / "), PageField.PAGES),
        ),
    )


def _names(paths: Sequence[Path]) -> list[str]:
    """Return the names of the files, with their folders where two files have the same name."""
    plain = [_printable(path.name) for path in paths]
    return plain if len(set(plain)) == len(plain) else [_printable(str(path)) for path in paths]


def _printable(name: str) -> str:
    return fsencode(name).decode("utf-8", "replace")


def _summary(recordings: Sequence[CheckedRecording], names: Sequence[str], words: RecordingWords) -> Table:
    titles = ("file", "length", "verdict", "faults", "warnings")
    rows = [_header(*(words.say(f"report.{title}") for title in titles))]
    for recording, name in zip(recordings, names, strict=True):
        length = or_nothing(recording.report.container.duration_s, clock_text)
        rules = (_rules(recording.of_status(status)) for status in _WANTING)
        rows.append(_row(name, length, words.say(f"verdict.{recording.verdict}"), *rules))
    return Table((2.15, 2.2, 2.3, 1.85, 2.5), tuple(rows))


def _rules(findings: Sequence[Finding]) -> str:
    return ", ".join(dict.fromkeys(finding.rule for finding in findings)) or NOTHING


def _recording(recording: CheckedRecording, name: str, words: RecordingWords) -> list[Block]:
    blocks: list[Block] = [
        Heading(2, (Run(name),)),
        Paragraph((Run(words.say(f"verdict.{recording.verdict}"), bold=True),), Align.LEFT),
        Paragraph((Run(words.say("report.counts", **_counts(recording))),), Align.LEFT),
    ]
    if recording.error is not None:
        blocks += [Paragraph((Run(text),), Align.LEFT) for text in words.error(recording.error)]
    blocks.append(Heading(3, (Run(words.say("report.open")),)))
    findings = recording.of_status(*_WANTING)
    if findings:
        blocks.append(_findings(recording, findings, words))
    else:
        blocks.append(Paragraph((Run(words.say("report.nothing_open")),), Align.LEFT))
    if unknown := recording.of_status(*_UNKNOWN):
        blocks += [Heading(3, (Run(words.say("report.unknown")),)), _unknown(unknown, words)]
    if pictures := curves(recording, words):
        blocks += [Heading(3, (Run(words.say("curve.heading")),)), *pictures]
    if recording.other_events:
        blocks += [Heading(3, (Run(words.say("report.events")),)), _events(recording, words)]
    rows = [_header(words.say("report.fact"), words.say("report.value"))]
    rows += [_row(*fact) for fact in all_facts(recording, words)]
    return [*blocks, Heading(3, (Run(words.say("report.facts")),)), Table((4.0, 7.0), tuple(rows))]


def _counts(recording: CheckedRecording) -> dict[str, int]:
    return {"faults": len(recording.of_status(Status.FAIL)), "warnings": len(recording.of_status(Status.WARNING))}


def _findings(recording: CheckedRecording, findings: Iterable[Finding], words: RecordingWords) -> Table:
    titles = ("clause", "text", "measured", "required", "moment")
    rows = [_header(*(words.say(f"report.{title}") for title in titles))]
    for finding in findings:
        lines = (
            (words.say(f"status.{finding.status.value}"), finding.rule),
            (words.finding(finding),),
            (words.measured(finding) or NOTHING,),
            (words.required(finding) or NOTHING,),
        )
        cells = [Cell(tuple((Run(text),) for text in texts)) for texts in lines]
        rows.append(Row((*cells, _moment(recording, finding, words))))
    return Table(_FINDING_COLUMNS, tuple(rows), size_pt=_FINDING_PT)


def _moment(recording: CheckedRecording, finding: Finding, words: RecordingWords) -> Cell:
    """Return when a finding has its fault, and a picture of the first such moment."""
    events = recording.events_of(finding)
    moments = _cut(words.moments(events), _MOST_MOMENTS, words) or (NOTHING,)
    picture = _thumbnail(recording.report, events[0], words) if events else None
    return Cell(tuple((Run(moment),) for moment in moments), picture=picture)


def _thumbnail(report: RecordingReport, event: RecordingEvent, words: RecordingWords) -> Picture | None:
    """Return the picture of what is seen during an event: one from its middle, else of the scene it falls in."""
    if event.kind in SOUND_KINDS:
        return None
    begun = [thumbnail for thumbnail in report.thumbnails if thumbnail.time_s < max(event.to_s, event.from_s + 0.001)]
    if not begun:
        return None
    inside = [thumbnail for thumbnail in begun if thumbnail.time_s >= event.from_s]
    shown = inside[0] if inside else begun[-1]
    alt = words.say("report.thumbnail_alt", time=moment_text(shown.time_s, words.lang))
    return Picture(base64.b64decode(shown.jpeg), PictureFormat.JPEG, alt, _THUMBNAIL_MM)


def _unknown(findings: Iterable[Finding], words: RecordingWords) -> Table:
    """List briefly what only a person can tell, and what was not measured."""
    rows = [_header(words.say("report.clause"), words.say("report.text"))]
    for finding in findings:
        status = (Run(words.say(f"status.{finding.status.value}")),)
        rows.append(Row((Cell((status, (Run(finding.rule),))), Cell(((Run(words.finding(finding)),),)))))
    return Table((2.75, 8.25), tuple(rows), size_pt=_FINDING_PT)


def _events(recording: CheckedRecording, words: RecordingWords) -> Table:
    moments = words.moments(recording.other_events, with_kind=True)
    rows = [_header(words.say("report.event")), *map(_row, _cut(moments, _MOST_EVENTS, words))]
    return Table((1.0,), tuple(rows))


def _cut(texts: tuple[str, ...], most: int, words: RecordingWords) -> tuple[str, ...]:
    if len(texts) <= most:
        return texts
    return (*texts[:most], words.say("report.more", count=len(texts) - most))


def _header(*texts: str) -> Row:
    return Row(_row(*texts).cells, RowRole.HEADER)


def _row(*texts: str) -> Row:
    return Row(tuple(Cell(((Run(text),),)) for text in texts))
