"""The open course in the window: the store, saving, judging, all on the window's thread except the judging itself."""

import getpass
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.attachments import probe_attachments, probe_file
from app.checks import run
from app.model.attachment import AttachmentFacts
from app.model.course import Course
from app.model.errors import StudioError
from app.model.finding import Finding
from app.model.people import FileRef
from app.model.recording import RecordingReport
from app.model.regulation import Regulation
from app.session.autosave import Autosaver, SaveMark
from app.session.heartbeat import Heartbeat
from app.session.store import CourseStore
from app.storage.course_folder import OpenedCourse
from app.storage.materials import attach
from app.storage.reports import load_reports, save_report
from app.ui.background import Background
from app.ui.disk_thread import DiskThread
from app.ui.scheduler import QtScheduler

_JUDGE_AFTER_MS = 120
"""A pause in typing after which the rules look; they run beside the window's thread."""

_LOOK_AFTER_MS = 40
"""The page of a course that was opened is drawn before: two threads that run Python would keep each other waiting."""


def holder_name() -> str:
    """Return the name under which this user holds a course, shown to whoever opens it meanwhile."""
    return getpass.getuser()


class OpenCourse(QObject):
    """One open course; also the `CourseEditor` of all fields.

    Signals:
        changed: the course has a new value.
        findings_changed: the rules have spoken.
        save_state_changed: the saved mark changed.
        problem: an expected error that the user should see.
        noticed: a `Notice` that a save left.
    """

    changed = Signal()
    findings_changed = Signal()
    save_state_changed = Signal()
    problem = Signal(object)
    noticed = Signal(object)

    def __init__(self, opened: OpenedCourse, regulation: Regulation, background: Background) -> None:
        super().__init__()
        self.regulation = regulation
        self.findings: tuple[Finding, ...] = ()
        self.judged = False
        """The rules have spoken once; before, no findings does not mean no faults."""
        self.reports: dict[str, RecordingReport] = {}
        self.attachments: dict[str, AttachmentFacts] = {}
        self._opened = opened
        self._background = background
        self._scheduler = QtScheduler(self)
        self.store = CourseStore(opened.course, self._scheduler)
        self._disk = DiskThread(self)
        self._autosaver = Autosaver(self.store, self._save, self._scheduler, disk=self._disk)
        self._unsubscribe = self.store.subscribe(lambda _before, _after: self._on_changed())
        self._autosaver.subscribe(lambda _: self.save_state_changed.emit())
        self._judge_timer = QTimer(self)
        self._judge_timer.setSingleShot(True)
        self._judge_timer.setInterval(_JUDGE_AFTER_MS)
        self._judge_timer.timeout.connect(self.judge)
        self._look_timer = QTimer(self)
        self._look_timer.setSingleShot(True)
        self._look_timer.setInterval(_LOOK_AFTER_MS)
        self._look_timer.timeout.connect(self._probe_files)
        self._heart = Heartbeat(self._beat, self._scheduler, on_failure=self.problem.emit)
        self.look_at_files()

    @property
    def folder(self) -> Path:
        """The course folder."""
        return self._opened.folder.path

    @property
    def opened(self) -> OpenedCourse:
        """What opening told: read-only, who holds it, notices."""
        return self._opened

    @property
    def course(self) -> Course:
        """The current value."""
        return self.store.course

    @property
    def read_only(self) -> bool:
        """Whether somebody else holds the course."""
        return self._opened.read_only

    @property
    def save_mark(self) -> SaveMark:
        """Saved, waiting, or failed and why."""
        return self._autosaver.mark

    def apply(self, label: str, change: Callable[[Course], Course], merge_key: str | None = None) -> None:
        """Replace the course; one undo step."""
        if not self.read_only:
            self.store.apply(label, change, merge_key)

    def attach_file(self, source: Path) -> FileRef | None:
        """Copy a file into the course folder; what is wrong with it is told as a problem."""
        try:
            file = attach(self.folder, source)
        except StudioError as error:
            self.problem.emit(error)
            return None
        self.attachments[file.path] = probe_file(self.folder, file.path)
        return file

    def save_now(self) -> bool:
        """Write what is not written yet; False when that failed."""
        try:
            self._autosaver.flush()
        except StudioError:
            return False  # the saved mark and its message say why
        return True

    def apply_kept(self, label: str, change: Callable[[Course], Course]) -> bool:
        """Make a large change after putting the present state on the disk, where it is kept for good.

        Returns:
            False where the present state could not be saved; nothing is changed then.
        """
        if self.read_only or not self.save_now():
            return False
        self._opened.folder.keep_next()
        self.store.apply(label, change)
        return True

    def look_at_files(self) -> None:
        """Read kept reports and, beside the window's thread, facts of attached files again; then judge."""
        self.reports = load_reports(self.course, self.folder, on_problem=self.problem.emit)
        self._look_timer.start()

    def _probe_files(self) -> None:
        course, folder = self.course, self.folder
        self._background.submit("files", lambda: probe_attachments(course, folder), self._on_files, _raise)

    def add_report(self, recording_id: str, report: RecordingReport) -> None:
        """Keep the report of a recording and judge anew."""
        self.reports[recording_id] = report
        if report.fingerprint and not self.read_only:
            try:
                save_report(self.folder, report)
            except StudioError as error:
                self.problem.emit(error)
        self.judge()

    def judge(self) -> None:
        """Ask the rules, beside the window's thread."""
        course, reports, attachments = self.course, dict(self.reports), dict(self.attachments)
        regulation, today = self.regulation, date.today()  # noqa: DTZ011 - the user's own calendar day
        self._background.submit(
            "judge", lambda: run(course, reports, attachments, regulation, today), self._on_judged, _raise
        )

    def close(self) -> bool:
        """Save, give the lock back, stop all timers; False when saving failed and nothing was closed."""
        if not self.read_only and not self.save_now():
            return False
        self.abandon()
        return True

    def abandon(self) -> None:
        """Give the lock back and stop all timers, whatever is not saved."""
        self._judge_timer.stop()
        self._look_timer.stop()
        self._heart.close()
        self._unsubscribe()
        self._autosaver.close()
        self._disk.close()
        self._opened.folder.close()

    def _save(self, course: Course) -> None:
        """Write the course; runs in the disk's thread, as everything does that touches the open folder's lock."""
        try:
            self._opened.folder.save(course)
        finally:
            for notice in self._opened.folder.take_notices():
                self.noticed.emit(notice)

    def _beat(self) -> None:
        self._disk.run(self._opened.folder.beat, self._on_beat)

    def _on_beat(self, error: BaseException | None) -> None:
        if isinstance(error, StudioError):
            self.problem.emit(error)
        elif error is not None:
            raise error

    def _on_changed(self) -> None:
        self._judge_timer.start()
        self.changed.emit()

    def _on_files(self, facts: dict[str, AttachmentFacts]) -> None:
        self.attachments = {**self.attachments, **facts}  # a file attached meanwhile keeps its facts
        self.judge()

    def _on_judged(self, findings: tuple[Finding, ...]) -> None:
        if findings != self.findings or not self.judged:
            self.findings, self.judged = findings, True
            self.findings_changed.emit()


def _raise(error: Exception) -> None:
    raise error
