"""What is known of one recording: verdict, facts, faults as a list, the picture of a moment, the timeline."""

import base64
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QSizePolicy, QVBoxLayout, QWidget

from app.exporters.checked_recording import CheckedRecording, RecordingWords, moment_text
from app.model.finding import Status
from app.model.recording import RecordingEvent, RecordingReport
from app.session.analysis_queue import ItemState, QueueItem
from app.ui.analysis_thread import Stills
from app.ui.context import UiContext
from app.ui.recording_timeline import RecordingTimeline, lanes_of
from app.ui.widgets import label, set_role

_MOMENTS_SHOWN = 12
_LEAST_FAULTS_PX = 80
_STILL_SIZE = QSize(320, 180)
_INSIDE_S = 0.2
"""So far inside a span its picture is taken: the first frame of a fault may still be half of the scene before."""
_TIME = Qt.ItemDataRole.UserRole


class Still(QWidget):
    """The picture of a moment with its time below: at once the nearest scene kept, then the very frame."""

    def __init__(self, ui: UiContext) -> None:
        super().__init__()
        self._ui = ui
        self._image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._caption = label("", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(1)
        column.addWidget(self._caption)

    @property
    def has_picture(self) -> bool:
        """Whether a picture is shown."""
        return not self._image.isNull()

    def sizeHint(self) -> QSize:
        """Ask for room for a small picture."""
        return _STILL_SIZE + QSize(0, self._caption.sizeHint().height())

    def show_picture(self, jpeg: bytes, caption: str) -> None:
        """Show a picture; an empty one leaves the caption alone."""
        self._image = QImage.fromData(jpeg)
        self._caption.setText(caption)
        self.setAccessibleName(caption)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture as large as it fits."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        room = QRectF(0.0, 0.0, self.width(), self._caption.y() - 2.0)
        painter.fillRect(room, QColor(self._ui.theme.raised))
        if self._image.isNull():
            return
        size = self._image.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (room.width() - size.width()) / 2, (room.height() - size.height()) / 2
        painter.drawImage(QRectF(left, top, size.width(), size.height()), self._image)


class RecordingDetails(QWidget):
    """Everything about the chosen recording.

    Args:
        stills: gives the frames of moments that are asked for.
    """

    def __init__(self, ui: UiContext, stills: Stills) -> None:
        super().__init__()
        self._ui = ui
        self._stills = stills
        self._item: QueueItem | None = None
        self._wanted_s = 0.0
        self._verdict = label("", "heading")
        self._facts = label("")
        self._faults = QListWidget()
        self._faults.setWordWrap(True)
        self._faults.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._faults.setMinimumHeight(_LEAST_FAULTS_PX)
        self._faults.setAccessibleName(ui.t("studio.faults"))
        self._faults.currentItemChanged.connect(lambda row, _: self._on_fault(row))
        self._faults.itemClicked.connect(self._on_fault)
        self._nothing = label("", "muted")
        self._legend = label(ui.t("screens.timeline_legend"), "muted")
        self._still = Still(ui)
        self._timeline = RecordingTimeline(ui)
        self._timeline.moved.connect(self._show_scene)
        self._timeline.picked.connect(self._want)
        stills.ready.connect(self._on_ready)
        stills.failed.connect(self._on_failed)
        middle = QHBoxLayout()
        middle.addWidget(self._faults, 3)
        middle.addWidget(self._nothing, 3, Qt.AlignmentFlag.AlignTop)
        middle.addWidget(self._still, 2)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        for widget in (self._verdict, self._facts):
            column.addWidget(widget)
        column.addLayout(middle, 1)
        column.addWidget(self._timeline)
        column.addWidget(self._legend)
        self.show_item(None)

    def detach(self) -> None:
        """Stop listening for pictures."""
        self._stills.ready.disconnect(self._on_ready)
        self._stills.failed.disconnect(self._on_failed)

    def minimumSizeHint(self) -> QSize:
        """Ask for the height that the texts need at this width: a splitter would squeeze what breaks into lines."""
        least = super().minimumSizeHint()
        return QSize(least.width(), max(least.height(), self._column.minimumHeightForWidth(self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask anew at another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def show_item(self, item: QueueItem | None) -> None:
        """Show a recording as it is now; None shows nothing."""
        self._item = item
        self._faults.clear()
        self._facts.setText("")
        self._verdict.setText("")
        report = item.report if item is not None else None
        self._still.setVisible(report is not None and report.video is not None)
        if item is not None and item.error is not None:
            self._verdict.setText(f"{self._ui.cause(item.error)} {self._ui.remedy(item.error)}")
            set_role(self._verdict, "role", "fail")
        self._legend.setVisible(report is not None)
        if item is None or report is None:
            self._timeline.show_lanes((), 0.0)
            self._say_nothing(self._before_a_report(item))
            return
        if item.state is ItemState.DONE and item.error is None:
            self._show_outcome(item)
        recording = CheckedRecording(item.path, item.stage, item.role, report, item.findings)
        self._list_faults(recording)
        self._timeline.show_lanes(lanes_of(recording, self._ui), _length_s(report))
        self._show_scene(0.0)

    def _before_a_report(self, item: QueueItem | None) -> str:
        """Return what is said in place of the faults while there is no report."""
        match item.state if item is not None else None:
            case ItemState.WAITING | ItemState.RUNNING:
                return self._ui.t("screens.faults_to_come")
            case ItemState.CANCELLED:
                return self._ui.t("looks.not_measured", again=self._ui.t("studio.again"))
            case _:
                return ""

    def _show_outcome(self, item: QueueItem) -> None:
        """Say the verdict; what passes with warnings is no plain good."""
        words, warnings = self._ui.t(f"studio.outcome.{item.verdict}"), warnings_of(item)
        if warnings:
            words = self._ui.t("studio.verdict_warned", verdict=words, n=warnings)
        self._verdict.setText(words)
        passed = "warning" if warnings else "good"
        set_role(self._verdict, "role", passed if item.verdict == "pass" else "fail")

    def _say_nothing(self, words: str) -> None:
        """Show the list, or where it is empty words in its place: an empty box says nothing."""
        self._nothing.setText(words)
        self._nothing.setVisible(not self._faults.count())
        self._faults.setVisible(bool(self._faults.count()))

    def _list_faults(self, recording: CheckedRecording) -> None:
        words = RecordingWords(self._ui.regulation, self._ui.lang)
        self._facts.setText("\n".join(words.short_facts(recording.report)))
        for finding in recording.of_status(Status.FAIL, Status.WARNING, Status.ATTEST, Status.NOT_MEASURED):
            status = self._ui.t(f"studio.finding.{finding.status.value}")
            events = recording.events_of(finding)
            first = events[0] if events else None
            clause = "" if finding.rule.startswith("Q.") else f" {finding.rule}"  # an indicator is no clause
            self._add(f"{status}{clause}: {self._ui.finding_text(finding)}", first)
            for event in events[:_MOMENTS_SHOWN]:
                self._add(f"    {words.moments((event,))[0]}", event)
            if len(events) > _MOMENTS_SHOWN:
                self._add(f"    {words.say('report.more', count=len(events) - _MOMENTS_SHOWN)}", None)
        for event in recording.other_events:
            self._add(words.moments((event,), with_kind=True)[0], event)
        self._say_nothing(words.say("report.nothing_open"))

    def _add(self, text: str, event: RecordingEvent | None) -> None:
        row = QListWidgetItem(text)
        if event is not None:
            row.setData(_TIME, min(event.from_s + _INSIDE_S, (event.from_s + event.to_s) / 2))
            row.setToolTip(self._ui.t("studio_details.fault_tip"))
        self._faults.addItem(row)

    def _on_fault(self, row: QListWidgetItem | None) -> None:
        time_s = None if row is None else row.data(_TIME)
        if time_s is not None:
            self._timeline.set_time(time_s)
            self._show_scene(time_s)
            self._want(time_s)

    def _want(self, time_s: float) -> None:
        item = self._item
        if item is not None and item.report is not None and item.report.video is not None:
            self._wanted_s = time_s
            self._stills.want(item.path, time_s)

    def _show_scene(self, time_s: float) -> None:
        """Show the scene that the report keeps of a time, for the moment until the frame is there."""
        thumbnails = self._item.report.thumbnails if self._item is not None and self._item.report is not None else ()
        begun = [thumbnail for thumbnail in thumbnails if thumbnail.time_s <= time_s + _INSIDE_S]
        jpeg = base64.b64decode(begun[-1].jpeg) if begun else b""
        self._still.show_picture(jpeg, self._ui.t("studio_details.scene", time=moment_text(time_s, self._ui.lang)))

    def _on_ready(self, path: Path, time_s: float, jpeg: bytes) -> None:
        if self._is_awaited(path) and time_s == self._wanted_s:
            self._still.show_picture(jpeg, self._ui.t("studio_details.frame", time=moment_text(time_s, self._ui.lang)))

    def _on_failed(self, path: Path, error: object) -> None:
        del error
        if self._is_awaited(path):
            moment = moment_text(self._wanted_s, self._ui.lang)
            self._still.show_picture(b"", self._ui.t("studio_details.no_frame", time=moment))

    def _is_awaited(self, path: Path) -> bool:
        return self._item is not None and self._item.path == path


def warnings_of(item: QueueItem) -> int:
    """Return the number of warnings on a recording."""
    return sum(finding.status is Status.WARNING for finding in item.findings)


def _length_s(report: RecordingReport) -> float:
    tracks = (report.video, report.sound or report.audio)
    lengths = [track.duration_s for track in tracks if track is not None and track.duration_s]
    return max(lengths, default=report.container.duration_s or 0.0)
