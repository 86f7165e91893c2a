"""The written report on checked recordings: the verdict first, then what is wanting and when, then all facts."""

from collections.abc import Iterable, Sequence
from datetime import date
from os import fsencode
from pathlib import Path

from app.checks.recording import clock_text
from app.exporters.checked_recording import (
    NOTHING,
    CheckedRecording,
    RecordingWords,
    fps_text,
    khz_text,
    level_text,
    mbps_text,
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
    Row,
    RowRole,
    Run,
    Table,
)
from app.exporters.forms.common import date_text
from app.exporters.recording_curves import curves
from app.model.finding import Finding, Status
from app.model.recording import AudioFacts, RecordingReport, VideoFacts
from app.model.regulation import Regulation
from app.model.texts import Lang
from app.storage.texts_file import load_texts

_WANTING = (Status.FAIL, Status.WARNING)
_UNKNOWN = (Status.ATTEST, Status.NOT_MEASURED)
_MOST_MOMENTS = 20
"""Moments listed of one finding; a recording that is overdriven throughout has hundreds."""
_MOST_EVENTS = 100
_COMPRESSION = {True: "value.intra", False: "value.long_gop"}

_Facts = list[tuple[str, str]]


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
    return Table((2.7, 1.4, 2.7, 2.0, 2.2), tuple(rows))


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
            _cut(words.moments(recording.events_of(finding)), _MOST_MOMENTS, words) or (NOTHING,),
        )
        rows.append(Row(tuple(Cell(tuple((Run(text),) for text in texts)) for texts in lines)))
    return Table((1.9, 3.5, 1.6, 1.7, 2.3), tuple(rows))


def _unknown(findings: Iterable[Finding], words: RecordingWords) -> Table:
    """List briefly what only a person can tell, and what was not measured."""
    rows = [_header(words.say("report.clause"), words.say("report.text"))]
    for finding in findings:
        status = (Run(words.say(f"status.{finding.status.value}")),)
        rows.append(Row((Cell((status, (Run(finding.rule),))), Cell(((Run(words.finding(finding)),),)))))
    return Table((1.9, 9.1), tuple(rows))


def _events(recording: CheckedRecording, words: RecordingWords) -> Table:
    moments = words.moments(recording.other_events, with_kind=True)
    rows = [_header(words.say("report.event")), *map(_row, _cut(moments, _MOST_EVENTS, words))]
    return Table((1.0,), tuple(rows))


def _cut(texts: tuple[str, ...], most: int, words: RecordingWords) -> tuple[str, ...]:
    if len(texts) <= most:
        return texts
    return (*texts[:most], words.say("report.more", count=len(texts) - most))


def all_facts(recording: CheckedRecording, words: RecordingWords) -> _Facts:
    """Return every fact of a recording as name and value, in the user's language."""
    report = recording.report
    container = report.container
    facts = [
        ("stage", words.say(f"stage.{recording.stage.value}")),
        ("role", words.say(f"role.{recording.role.value}")),
        ("quick", words.say("value.quick_check" if report.quick else "value.full_check")),
        ("format", container.format or NOTHING),
        ("duration", or_nothing(container.duration_s, moment_text)),
        ("size", f"{container.size_bytes / 1e6:.1f} MB" if container.size_bytes else NOTHING),
    ]
    if report.video is not None:
        facts += _picture(report.video, words)
    if report.audio is not None:
        facts += _sound(report.audio, words)
    named = [(words.say(f"fact.{key}"), value) for key, value in facts]
    if report.sound is not None:
        base = words.say("value.separate_sound")
        named += [(f"{base}: {words.say(f'fact.{key}')}", value) for key, value in _sound(report.sound, words)]
    return [*named, *_checksum(report, words)]


def _checksum(report: RecordingReport, words: RecordingWords) -> _Facts:
    return [(words.say("fact.sha256"), report.sha256)] if report.sha256 else []


def _picture(video: VideoFacts, words: RecordingWords) -> _Facts:
    fps = words.united(video.fps, "fps", fps_text)
    return [
        ("video_codec", f"{video.codec} ({video.profile})" if video.profile else video.codec),
        ("frame_size", words.united((video.width, video.height), "px", lambda size: f"{size[0]}x{size[1]}")),
        ("fps", words.say("value.variable_rate", fps=fps) if video.vfr else fps),
        ("scan", words.say(f"facts.scan.{video.scan}")),
        ("color_depth", words.united(video.bit_depth, "bit", str)),
        ("video_rate", words.united(video.bitrate_bps, "mbps", mbps_text)),
        ("compression", or_nothing(video.intra_only, lambda intra: words.say(_COMPRESSION[intra]))),
        ("frames", or_nothing(video.frames, str)),
    ]


def _sound(sound: AudioFacts, words: RecordingWords) -> _Facts:
    return [
        ("audio_codec", sound.codec),
        ("sample_rate", words.united(sound.sample_rate_hz, "khz", khz_text)),
        ("channels", str(sound.channels)),
        ("quantisation", words.united(sound.bit_depth, "bit", str)),
        ("effective_quantisation", words.united(sound.effective_bit_depth, "bit", str)),
        ("integrated", words.united(sound.integrated_lufs, "lufs", level_text)),
        ("loudness_range", words.united(sound.loudness_range_lu, "lu", level_text)),
        ("max_momentary", words.united(sound.max_momentary_lufs, "lufs", level_text)),
        ("max_short_term", words.united(sound.max_short_term_lufs, "lufs", level_text)),
        ("true_peak", words.united(sound.true_peak_dbtp, "dbtp", level_text)),
    ]


def _header(*texts: str) -> Row:
    return Row(_row(*texts).cells, RowRole.HEADER)


def _row(*texts: str) -> Row:
    return Row(tuple(Cell(((Run(text),),)) for text in texts))
