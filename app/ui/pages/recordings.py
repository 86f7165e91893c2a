"""Step 4: the course's recordings: drop, measure, attach to a lesson."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.model.base import new_id
from app.model.course import Course
from app.model.finding import Finding, Status
from app.model.recording import Recording, RecordingRole, Stage
from app.model.views import numbered_lessons
from app.session.analysis_queue import QueueItem
from app.session.edit import insert
from app.session.recordings import attach_to_lesson, recording_path, with_measured_file
from app.ui.analysis_thread import RecordingService
from app.ui.context import UiContext
from app.ui.open_course import OpenCourse
from app.ui.pages.base import Page
from app.ui.recordings_panel import RecordingsPanel
from app.ui.widgets import QuietComboBox, label


class RecordingsPage(Page):
    """The shared queue with, below it, the lesson that the chosen recording belongs to."""

    def __init__(self, ui: UiContext, open_course: OpenCourse, service: RecordingService, parent: QWidget) -> None:
        super().__init__(ui, open_course, parent)
        self._open = open_course
        self._service = service
        self._dropped: set[int] = set()
        self._panel = RecordingsPanel(ui, service, self._is_ours)
        self._panel.files_dropped.connect(self.add_files)
        self._panel.chosen.connect(lambda _: self._show_lesson())
        self._lesson = QuietComboBox()
        self._lesson.setAccessibleName(ui.t("recordings.lesson"))
        self._lesson.activated.connect(lambda _: self._attach())
        self._count = label("", "muted")
        self._faults = label("", "fail")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 12, 18, 12)
        layout.addWidget(label(ui.t("step.recordings"), "title"))
        layout.addWidget(self._count)
        layout.addWidget(self._panel, 1)
        self._attachment = QWidget()
        row = QHBoxLayout(self._attachment)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(ui.t("recordings.lesson"), "label"))
        row.addWidget(self._lesson, 1)
        layout.addWidget(self._attachment)
        layout.addWidget(self._faults)
        service.reported.connect(self._on_reported)
        self._load_kept()
        self.refresh()

    def detach(self) -> None:
        """Stop listening to the queue."""
        self._panel.detach()
        self._service.reported.disconnect(self._on_reported)

    def refresh(self) -> None:
        """Show lessons and counts as the course has them now."""
        course = self.editor.course
        lessons = list(numbered_lessons(course))
        recorded = {r.lesson_id for r in course.recordings if r.role is RecordingRole.LECTURE}
        have = sum(lesson.id in recorded for _, _, lesson in lessons)
        self._count.setText(self.ui.t("recordings.count", have=have, need=len(lessons)))
        self._lesson.clear()
        self._lesson.addItem(self.ui.t("recordings.no_lesson"), None)
        for number, _, lesson in lessons:
            self._lesson.addItem(self.ui.t("programme.lesson_row", n=number, title=lesson.title), lesson.id)
        self._show_lesson()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Say what the rules reject in the recordings as a whole."""
        own = [f for f in findings if f.status is Status.FAIL and f.element == "recordings"]
        self._faults.setText("\n".join(f"{f.rule}  {self.ui.finding_text(f)}" for f in own))
        self._faults.setVisible(bool(own))

    def reveal(self, element: str) -> bool:
        """Choose the recording that an element path names."""
        parts = element.split("/")
        if parts[0] == "recordings" and len(parts) > 1:
            for item in self._service.queue.items:
                if item.recording_id == parts[1]:
                    self._panel.choose(item.id)
                    return True
        self._panel.setFocus()
        return True

    def add_files(self, paths: Sequence[Path]) -> None:
        """Add recordings to the course and measure them."""
        for path in paths:
            if self.editor.read_only:
                self._dropped.add(self._service.add(path, stage=Stage.UPLOAD, role=RecordingRole.LECTURE).id)
                self._panel.refresh()
                continue
            recording = self._known(path)
            if recording is None:
                recording = Recording(id=new_id("rec"), title=path.stem, path=recording_path(self._open.folder, path))
                self._insert(recording)
            item = self._service.add(path, stage=recording.stage, role=recording.role, recording_id=recording.id)
            self._panel.choose(item.id)

    def _insert(self, recording: Recording) -> None:
        place = len(self.editor.course.recordings)
        step = self.ui.t("undo.add", what=self.ui.t("word.recording"))
        self.editor.apply(step, lambda course: insert(course, "recordings", recording, place))

    def _known(self, path: Path) -> Recording | None:
        wanted = recording_path(self._open.folder, path)
        return next((r for r in self.editor.course.recordings if r.path == wanted), None)

    def _load_kept(self) -> None:
        """Show the course's recordings with the reports that are kept; nothing is measured again."""
        shown = {item.recording_id for item in self._service.queue.items}
        for recording in self.editor.course.recordings:
            if recording.path and recording.id not in shown:
                path = self._open.folder / recording.path
                report = self._open.reports.get(recording.id)
                self._service.add_kept(
                    path, stage=recording.stage, role=recording.role, recording_id=recording.id, report=report
                )

    def _on_reported(self, item: QueueItem) -> None:
        report = item.report
        if report is None or item.recording_id is None:
            return
        recording_id = item.recording_id
        if any(recording.id == recording_id for recording in self.editor.course.recordings):
            self.editor.apply(
                self.ui.t("undo.measure"),
                lambda course: with_measured_file(course, recording_id, report, item.path),
            )
            self._open.add_report(recording_id, report)

    def _is_ours(self, item: QueueItem) -> bool:
        """Tell whether an item is a recording of this course, or was dropped here while it may only be looked at."""
        if item.recording_id is None:
            return item.id in self._dropped
        return _recording(self.editor.course, item.recording_id) is not None

    def _current(self) -> Recording | None:
        item = self._panel.current()
        return _recording(self.editor.course, item.recording_id) if item is not None else None

    def _show_lesson(self) -> None:
        recording = self._current()
        self._lesson.setEnabled(recording is not None and not self.editor.read_only)
        self._attachment.setVisible(recording is not None)
        index = self._lesson.findData(recording.lesson_id) if recording is not None else 0
        self._lesson.setCurrentIndex(max(0, index))

    def _attach(self) -> None:
        recording = self._current()
        if recording is not None:
            lesson_id = self._lesson.currentData()
            step = self.ui.t("undo.attach")
            self.editor.apply(step, lambda course: attach_to_lesson(course, recording.id, lesson_id))


def _recording(course: Course, recording_id: str | None) -> Recording | None:
    return next((recording for recording in course.recordings if recording.id == recording_id), None)
