"""The written report on recordings: verdict first, what is wanting with its moment, curves, then all facts."""

import base64
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtPdf import QPdfDocument

from app.exporters.checked_recording import CheckedRecording, RecordingWords, checked
from app.exporters.document import Block, Cell, Document, Heading, Paragraph, Picture, Table
from app.exporters.forms import write_document
from app.exporters.recording_facts import all_facts
from app.exporters.recording_report import recording_report
from app.model.base import Model
from app.model.finding import Status
from app.model.recording import (
    AudioFacts,
    ContainerFacts,
    EventTrack,
    RecordingEvent,
    RecordingReport,
    RecordingRole,
    Stage,
    Thumbnail,
    VideoFacts,
)
from app.model.texts import Lang
from tests.exporters.document_texts import ON, REGULATION, docx_text, pdf_text, squeezed


def jpeg(shade: int) -> str:
    done, data = cv2.imencode(".jpg", np.full((90, 160, 3), shade, np.uint8))
    assert done
    return base64.b64encode(data.tobytes()).decode()


SERIES: dict[str, tuple[float | None, ...]] = {
    "luma_mean_percent": (50.0,) * 40 + (0.0,) * 6 + (50.0,) * 14,
    "peak_dbfs": (-6.0,) * 60,
    "momentary_lufs": (-18.0,) * 60,
    "short_term_lufs": (None, None, *(-18.2,) * 57, -16.4),
}
REPORT = RecordingReport(
    path="лекция 1.mp4",
    sha256="ab" * 32,
    container=ContainerFacts(format="MPEG-4", duration_s=60.0, size_bytes=70_000_000, video_tracks=1, audio_tracks=1),
    video=VideoFacts(
        codec="h264",
        width=1920,
        height=1080,
        fps=25.0,
        vfr=False,
        scan="progressive",
        bit_depth=8,
        bitrate_bps=9_000_000,
        intra_only=False,
        frames=1_500,
        duration_s=60.0,
    ),
    audio=AudioFacts(
        codec="aac",
        sample_rate_hz=48_000,
        channels=2,
        integrated_lufs=-18.1,
        loudness_range_lu=4.0,
        max_momentary_lufs=-15.0,
        max_short_term_lufs=-16.4,
        true_peak_dbtp=-3.0,
        sample_peak_dbfs=-3.2,
        clipped_samples=0,
        duration_s=60.0,
    ),
    events=(
        RecordingEvent(kind="shot_change", from_s=12.0, to_s=12.04),
        RecordingEvent(kind="silence", from_s=20.0, to_s=23.5),
        RecordingEvent(kind="shot_change", from_s=33.0, to_s=33.04),
        RecordingEvent(kind="black", from_s=40.2, to_s=46.0),
    ),
    series=SERIES,
    thumbnails=(
        Thumbnail(time_s=0.0, jpeg=jpeg(130)),
        Thumbnail(time_s=40.5, jpeg=jpeg(0)),
        Thumbnail(time_s=46.5, jpeg=jpeg(140)),
    ),
)


def judged(report: RecordingReport = REPORT, name: str = "лекция 1.mp4") -> CheckedRecording:
    return checked(Path(name), report, REGULATION, stage=Stage.UPLOAD, role=RecordingRole.NONE)


def made(*recordings: CheckedRecording, lang: Lang = Lang.EN) -> Document:
    return recording_report(recordings, REGULATION, lang, generated_on=ON)


def text_of(block: Block) -> str:
    return "".join(run.text for run in block.runs) if isinstance(block, Heading | Paragraph) else ""


def after(document: Document, heading: str) -> Block:
    """Return what follows a heading."""
    place = next(number for number, block in enumerate(document.blocks) if text_of(block) == heading)
    return document.blocks[place + 1]


def cells_of(table: Block) -> list[list[str]]:
    assert isinstance(table, Table)
    return [
        ["\n".join("".join(r.text for r in line) for line in cell.lines) for cell in row.cells] for row in table.rows
    ]


def row_of(table: Block, rule: str) -> tuple[Cell, ...]:
    assert isinstance(table, Table)
    (row,) = (row for row in table.rows if any(run.text == rule for line in row.cells[0].lines for run in line))
    return row.cells


def pictures(document: Document) -> list[Picture]:
    return [block for block in document.blocks if isinstance(block, Picture)]


def test_the_verdict_stands_first() -> None:
    blocks = made(judged()).blocks
    assert [text_of(block) for block in blocks[:4]] == [
        "Report on the check of recordings",
        "лекция 1.mp4",
        "The recording meets the requirements",
        "Not met: 0. Warnings: 2.",
    ]


def test_the_first_table_holds_failures_and_warnings_alone() -> None:
    recording = judged(
        REPORT.model_copy(update={"video": REPORT.video and REPORT.video.model_copy(update={"bitrate_bps": None})})
    )
    document = made(recording)
    wanting = cells_of(after(document, "Not met, and warnings"))
    assert [row[0].split("\n")[1] for row in wanting[1:]] == ["Q.black", "Q.silence"]
    unknown = [row[0].split("\n")[1] for row in cells_of(after(document, "To be confirmed, or not measured"))[1:]]
    assert unknown == [finding.rule for finding in recording.of_status(Status.ATTEST, Status.NOT_MEASURED)]


def test_a_recording_without_faults_says_so() -> None:
    document = made(judged(REPORT.model_copy(update={"events": ()})))
    assert text_of(after(document, "Not met, and warnings")) == "Nothing was found wanting."


def test_a_finding_of_the_picture_has_moment_and_thumbnail_of_that_moment() -> None:
    table = after(made(judged()), "Not met, and warnings")
    *_, moment = row_of(table, "Q.black")
    assert [run.text for line in moment.lines for run in line] == ["0:40.2–0:46.0"]
    assert moment.picture is not None
    assert moment.picture.data == base64.b64decode(jpeg(0))
    assert moment.picture.alt == "The picture at 0:40.5"
    *_, moment = row_of(table, "Q.silence")
    assert [run.text for line in moment.lines for run in line] == ["0:20.0–0:23.5"]
    assert moment.picture is None  # silence cannot be seen


def test_an_event_between_two_thumbnails_shows_its_scene() -> None:
    events = (RecordingEvent(kind="black", from_s=30.0, to_s=33.0),)
    table = after(made(judged(REPORT.model_copy(update={"events": events}))), "Not met, and warnings")
    *_, moment = row_of(table, "Q.black")
    assert moment.picture is not None
    assert moment.picture.data == base64.b64decode(jpeg(130))


def test_cuts_are_counted_and_no_events() -> None:
    video = REPORT.video and REPORT.video.model_copy(update={"shot_changes": 2})
    document = made(judged(REPORT.model_copy(update={"video": video})))
    assert "Other events" not in [text_of(block) for block in document.blocks]
    assert ["Changes of shot", "2"] in cells_of(after(document, "Facts of the file"))


@pytest.mark.parametrize("lang", Lang)
def test_curves_are_told_in_words(lang: Lang) -> None:
    loudness, peaks, brightness = pictures(made(judged(), lang=lang))
    levels = [level.replace(".", "." if lang is Lang.EN else ",") for level in ("-18.1", "-18.2", "-16.4")]
    for word in (*levels, "0:59", "−21 … −15 LUFS", "0:20"):
        assert word in loudness.alt
    assert "≤ −1 dBTP" in peaks.alt
    assert "0:40" in brightness.alt
    for picture in (loudness, peaks, brightness):
        assert b"<polyline" in picture.data
        assert "{" not in picture.alt


def test_the_target_in_the_curve_is_the_office_s_own() -> None:
    settings = REGULATION.settings.model_copy(update={"indicator_integrated_lufs": -23.0})
    other = REGULATION.model_copy(update={"settings": settings})
    recording = checked(Path("a.mp4"), REPORT, other, stage=Stage.UPLOAD, role=RecordingRole.NONE)
    loudness, *_ = pictures(recording_report([recording], other, Lang.EN, generated_on=ON))
    assert "−26 … −20 LUFS" in loudness.alt


def test_with_a_recorder_s_file_the_curves_of_the_sound_are_its_own() -> None:
    series = {**SERIES, "sound.peak_dbfs": (-9.0,) * 60, "sound.short_term_lufs": (-20.0,) * 60}
    silence = RecordingEvent(kind="silence", from_s=50.0, to_s=55.0, track=EventTrack.SOUND)
    update = {"sound": REPORT.audio, "series": series, "events": (*REPORT.events, silence)}
    loudness, peaks, _ = pictures(made(judged(REPORT.model_copy(update=update))))
    assert "-20.0" in loudness.alt
    assert "at 0:50" in loudness.alt
    assert "-9.0" in peaks.alt


def test_a_quick_check_and_an_unreadable_file_have_no_curves() -> None:
    quick = REPORT.model_copy(update={"quick": True, "series": {}, "events": (), "thumbnails": ()})
    broken = RecordingReport(path="b.mp4", error="media_damaged")
    assert pictures(made(judged(quick), judged(broken, "b.mp4"))) == []


def test_a_batch_has_one_table_in_front_and_a_page_for_each() -> None:
    small = REPORT.model_copy(update={"video": REPORT.video and REPORT.video.model_copy(update={"bitrate_bps": 10})})
    document = made(judged(), judged(small, "b.mp4"))
    assert cells_of(after(document, "Summary")) == [
        ["File", "Length", "Verdict", "Not met", "Warnings"],
        ["лекция 1.mp4", "1:00", "The recording meets the requirements", "–", "Q.black, Q.silence"],
        ["b.mp4", "1:00", "The recording does not meet the requirements", "9.1.4", "Q.black, Q.silence"],
    ]
    assert "Summary" not in [text_of(block) for block in made(judged()).blocks]


@pytest.mark.parametrize("lang", Lang)
def test_both_formats_can_be_written_and_say_the_same(lang: Lang) -> None:
    document = made(judged(), replace(judged(), path=Path("b.mp4")), lang=lang)
    pdf, docx = write_document(document, "pdf"), write_document(document, "docx")
    texts = pdf_text(pdf), docx_text(docx)
    for block in document.blocks:
        for text in texts:
            assert squeezed(text_of(block)) in text
    assert write_document(document, "pdf") == pdf
    assert docx.count(b"word/media/image") >= 8  # each name stands twice: three curves, one thumbnail (shared)


@pytest.mark.parametrize("lang", Lang)
def test_every_figure_that_was_measured_is_among_the_facts(lang: Lang) -> None:
    assert REPORT.video is not None
    assert REPORT.audio is not None
    picture = {**_filled(REPORT.video), "rotation_deg": 90, "full_range": False}
    video, audio = VideoFacts.model_validate(picture), AudioFacts.model_validate(_filled(REPORT.audio))
    recording = judged(REPORT.model_copy(update={"video": video, "audio": audio}))
    names = [name for name, _ in all_facts(recording, RecordingWords(REGULATION, lang))]
    # both durations stand with the file's, the width with the height; the profile stands with the codec
    told_together = {"duration_s", "height", "vfr", "profile", "lossless"}
    fields = {*VideoFacts.model_fields} - told_together, {*AudioFacts.model_fields} - told_together
    file = 6  # stage, role, kind of check, format, duration, size
    assert len(names) == len(set(names)) == file + sum(map(len, fields)) + 1


def _filled(facts: Model) -> dict[str, object]:
    """Return the fields with a figure where there was none."""
    return {name: 7 if value is None and name != "profile" else value for name, value in facts.model_dump().items()}


def test_no_cell_of_a_finding_runs_into_the_next() -> None:
    """The Russian words are the longest: a warning's, and those for how pictures are compressed."""
    lang = Lang.RU
    recording = checked(Path("a.mp4"), REPORT, REGULATION, stage=Stage.SOURCE, role=RecordingRole.NONE)
    words = RecordingWords(REGULATION, lang)
    document = recording_report([recording], REGULATION, lang, generated_on=ON)
    pdf = QPdfDocument()
    data = QBuffer()
    data.setData(write_document(document, "pdf"))
    data.open(QIODevice.OpenModeFlag.ReadOnly)
    pdf.load(data)
    text = pdf.getAllText(0).text()
    places, begin = [], 0
    for word in (words.say("status.warning"), "Исходное", words.say("value.long_gop"), words.say("value.intra")):
        begin = text.index(word, begin)
        places.append(pdf.getSelectionAtIndex(0, begin, len(word)).boundingRectangle())
    status, found, measured, required = places
    assert abs(measured.top() - required.top()) < 2.0  # in one row of the table
    assert required.left() - measured.right() > 4.0  # points: the padding of two cells
    assert abs(status.top() - found.top()) < 2.0
    assert found.left() - status.right() > 4.0
