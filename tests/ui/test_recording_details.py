"""The chosen recording: faults lead to the picture of their moment, the timeline to any other, the report to disk."""

import base64
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QSplitter

from app.checks import judge_recording
from app.model.errors import MediaError
from app.model.finding import Status
from app.model.recording import (
    AudioFacts,
    ContainerFacts,
    RecordingEvent,
    RecordingReport,
    RecordingRole,
    Stage,
    Thumbnail,
    VideoFacts,
)
from app.model.texts import Lang
from app.session.analysis_queue import ItemState, QueueItem
from app.storage.regulation_file import load_regulation
from app.storage.texts_file import load_texts
from app.ui.analysis_thread import Stills
from app.ui.background import Background
from app.ui.context import UiContext
from app.ui.recording_details import RecordingDetails, Still
from app.ui.recording_timeline import RecordingTimeline
from app.ui.report_button import ReportButton
from app.ui.theme import LIGHT
from tests.ui.conftest import Until

LENGTH_S = 100.0
REGULATION = load_regulation()


def jpeg(shade: int) -> bytes:
    done, data = cv2.imencode(".jpg", np.full((90, 160, 3), shade, np.uint8))
    assert done
    return bytes(data.tobytes())


REPORT = RecordingReport(
    container=ContainerFacts(format="MPEG-4", duration_s=LENGTH_S, size_bytes=1_000),
    video=VideoFacts(codec="h264", width=1920, height=1080, duration_s=LENGTH_S),
    audio=AudioFacts(codec="aac", sample_rate_hz=48_000, channels=2, duration_s=LENGTH_S, integrated_lufs=-18.0),
    events=(RecordingEvent(kind="black", from_s=40.0, to_s=46.0), RecordingEvent(kind="black", from_s=70.0, to_s=73.0)),
    series={"luma_mean_percent": (50.0,) * 100, "short_term_lufs": (None, None, None) + (-18.0,) * 97},
    thumbnails=(Thumbnail(time_s=0.0, jpeg=base64.b64encode(jpeg(200)).decode()),),
)


class AskedStills(Stills):
    """Notes what is asked for and decodes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[Path, float]] = []

    def want(self, path: Path, time_s: float) -> None:
        self.asked.append((path, time_s))


@pytest.fixture
def ui() -> UiContext:
    return UiContext(load_texts(), Lang.KK, REGULATION, LIGHT)


@pytest.fixture
def details(application: QApplication, ui: UiContext) -> Iterator[tuple[RecordingDetails, AskedStills]]:
    stills = AskedStills()
    made = RecordingDetails(ui, stills)
    made.resize(1000, 600)
    made.show_item(item(REPORT))
    made.show()
    application.processEvents()
    yield made, stills
    made.close()


def item(report: RecordingReport | None, state: ItemState = ItemState.DONE) -> QueueItem:
    findings = () if report is None else judge_recording(report, Stage.UPLOAD, RecordingRole.NONE, REGULATION)
    return QueueItem(
        1, Path("дәріс.mp4"), Stage.UPLOAD, RecordingRole.NONE, state=state, report=report, findings=findings
    )


def rows(details: RecordingDetails) -> QListWidget:
    (found,) = details.findChildren(QListWidget)
    return found


def timeline(details: RecordingDetails) -> RecordingTimeline:
    (found,) = details.findChildren(RecordingTimeline)
    return found


def test_a_fault_leads_to_the_picture_of_its_moment(details: tuple[RecordingDetails, AskedStills]) -> None:
    shown, stills = details
    faults = rows(shown)
    second = next(row for row in range(faults.count()) if "1:10,0" in faults.item(row).text())
    QTest.mouseClick(faults.viewport(), Qt.MouseButton.LeftButton, pos=_middle(faults, second))
    assert stills.asked
    assert {asked for asked, _ in stills.asked} == {Path("дәріс.mp4")}
    assert 70.0 <= stills.asked[-1][1] <= 73.0  # with the focus the first row may have been asked for as well
    assert timeline(shown).time_s == stills.asked[-1][1]


def _middle(faults: QListWidget, row: int) -> QPoint:
    faults.scrollToItem(faults.item(row))
    return faults.visualItemRect(faults.item(row)).center()


def test_the_kept_scene_is_there_at_once_and_the_frame_replaces_it(
    details: tuple[RecordingDetails, AskedStills], ui: UiContext
) -> None:
    shown, stills = details
    (still,) = shown.findChildren(Still)
    QTest.keyClick(timeline(shown), Qt.Key.Key_End)
    assert still.has_picture
    assert still.accessibleName() == ui.t("studio_details.scene", time="1:40,0")
    stills.ready.emit(Path("another.mp4"), LENGTH_S, jpeg(0))
    stills.ready.emit(Path("дәріс.mp4"), 3.0, jpeg(0))  # of a moment that is not wanted any more
    assert still.accessibleName() == ui.t("studio_details.scene", time="1:40,0")
    stills.ready.emit(Path("дәріс.mp4"), LENGTH_S, jpeg(0))
    assert still.accessibleName() == ui.t("studio_details.frame", time="1:40,0")
    stills.failed.emit(Path("дәріс.mp4"), MediaError("media_unreadable", name="дәріс.mp4"))
    assert not still.has_picture


def test_the_timeline_is_reached_by_mouse_and_keyboard(details: tuple[RecordingDetails, AskedStills]) -> None:
    shown, stills = details
    lanes = timeline(shown)
    QTest.mouseClick(lanes, Qt.MouseButton.LeftButton, pos=QPoint(lanes.width() // 4, 10))
    assert stills.asked[-1][1] == pytest.approx(25.0, abs=0.2)
    at_s = lanes.time_s
    for key, expected_s in (
        (Qt.Key.Key_Right, at_s + 1.0),
        (Qt.Key.Key_PageDown, at_s + 11.0),
        (Qt.Key.Key_Left, at_s + 10.0),
        (Qt.Key.Key_PageUp, at_s),
        (Qt.Key.Key_Home, 0.0),
        (Qt.Key.Key_Left, 0.0),
        (Qt.Key.Key_End, LENGTH_S),
        (Qt.Key.Key_Right, LENGTH_S),
    ):
        QTest.keyClick(lanes, key)
        assert lanes.time_s == pytest.approx(expected_s)
        assert stills.asked[-1][1] == pytest.approx(expected_s)
    assert lanes.accessibleDescription() == "1:40,0"


def test_what_was_not_measured_shows_no_empty_lanes(details: tuple[RecordingDetails, AskedStills]) -> None:
    shown, _ = details
    assert timeline(shown).isVisible()
    for nothing in (None, item(None, ItemState.WAITING), item(REPORT.model_copy(update={"series": {}, "quick": True}))):
        shown.show_item(nothing)
        assert not timeline(shown).isVisible()
    shown.show_item(item(REPORT.model_copy(update={"video": None})))
    assert not shown.findChildren(Still)[0].isVisible()


def test_why_nothing_was_measured_is_said_whole_in_a_low_pane(
    details: tuple[RecordingDetails, AskedStills], application: QApplication
) -> None:
    shown, _ = details
    panes = QSplitter(Qt.Orientation.Vertical)
    panes.addWidget(QListWidget())
    panes.addWidget(shown)
    panes.resize(420, 120)
    panes.show()
    for width in (420, 300):
        shown.show_item(replace(item(None, ItemState.FAILED), error=MediaError("media_truncated", name="дәріс.mp4")))
        panes.resize(width, 120)
        for _ in range(3):
            application.processEvents()
        said = [words for words in shown.findChildren(QLabel) if words.text() and words.isVisible()]
        assert said
        assert all(words.heightForWidth(words.width()) <= words.height() + 1 for words in said), width
    shown.setParent(None)  # it belongs to the fixture
    panes.close()


def test_what_passes_with_warnings_is_said_with_their_number(
    details: tuple[RecordingDetails, AskedStills], ui: UiContext
) -> None:
    shown, _ = details
    warnings = tuple(finding for finding in item(REPORT).findings if finding.status is Status.WARNING)
    assert warnings  # black pictures are advice for an upload
    shown.show_item(replace(item(REPORT), findings=warnings))
    words = ui.t("studio.verdict_warned", verdict=ui.t("studio.outcome.pass"), n=len(warnings))
    assert [one.property("role") for one in shown.findChildren(QLabel) if one.text() == words] == ["warning"]


def test_a_recording_that_nobody_measured_says_so(details: tuple[RecordingDetails, AskedStills], ui: UiContext) -> None:
    shown, _ = details
    shown.show_item(item(None, ItemState.CANCELLED))
    words = ui.t("looks.not_measured", again=ui.t("studio.again"))
    assert any(one.isVisible() for one in shown.findChildren(QLabel) if one.text() == words)


@pytest.mark.parametrize(("ending", "magic"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_the_report_is_written_beside_the_window(
    application: QApplication, ui: UiContext, tmp_path: Path, until: Until, ending: str, magic: bytes
) -> None:
    background = Background()
    done, broken = item(REPORT), replace(item(None, ItemState.FAILED), error=MediaError("media_empty", name="a.mp4"))
    button = ReportButton(ui, background, lambda: done, lambda: (done, broken))
    path = tmp_path / f"есеп.{ending}"
    button.write(path, (done, broken))
    until(lambda: str(path) in button.outcome.text())
    assert path.read_bytes().startswith(magic)
    button.write(tmp_path / "none" / f"r.{ending}", (done,))
    until(lambda: button.outcome.property("role") == "fail")
    background.close()
    button.close()


def test_the_report_is_offered_only_where_there_is_something(application: QApplication, ui: UiContext) -> None:
    background = Background()
    items: list[QueueItem] = [item(None, ItemState.RUNNING)]
    button = ReportButton(ui, background, lambda: items[0], lambda: items)
    this, everything = button.menu().actions()
    for state, count, expected in (
        (ItemState.RUNNING, 1, (False, False, False)),
        (ItemState.DONE, 1, (True, True, False)),
        (ItemState.DONE, 2, (True, True, True)),
    ):
        items[:] = [item(REPORT, state)] * count
        button.refresh()
        assert (button.isEnabled(), this.isEnabled(), everything.isEnabled()) == expected
    background.close()
    button.close()
