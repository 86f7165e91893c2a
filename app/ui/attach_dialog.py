"""To which lesson of which course a checked recording belongs: asked in the studio, where no course is open."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.model.course import Course
from app.model.errors import StudioError
from app.model.views import numbered_lessons
from app.session.analysis_queue import QueueItem
from app.session.attaching import attach_to_course
from app.storage.course_folder import read_course
from app.ui.background import Background
from app.ui.context import UiContext
from app.ui.open_course import holder_name
from app.ui.tab_order import OrderedDialog
from app.ui.widgets import QuietComboBox, label, resize_within_screen, set_role


class AttachDialog(OrderedDialog):
    """Choose a course and a lesson; the course is read and changed beside the window's thread.

    Args:
        item: a recording that was measured.
        recent: course folders to choose from.
        on_done: told what was attached to what.
        on_error: told why nothing was attached.
    """

    def __init__(
        self,
        ui: UiContext,
        background: Background,
        item: QueueItem,
        recent: Sequence[Path],
        on_done: Callable[[str], None],
        on_error: Callable[[StudioError], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._ui, self._background, self._item = ui, background, item
        self._on_done, self._on_error = on_done, on_error
        self.setWindowTitle(ui.t("attach.title"))
        self._courses, self._lessons = QuietComboBox(), QuietComboBox()
        self._courses.setAccessibleName(ui.t("attach.course"))
        self._lessons.setAccessibleName(ui.t("attach.lesson"))
        self._state = label("", "fail")
        other, close = QPushButton(ui.t("attach.other")), QPushButton(ui.t("attach.cancel"))
        self._attach = QPushButton(ui.t("attach.do"))
        self._attach.setProperty("primary", "true")
        self._attach.setDefault(True)
        other.setAutoDefault(False)
        other.clicked.connect(self._ask_folder)
        self._attach.clicked.connect(self._do)
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self._courses, 1)
        row.addWidget(other)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._attach)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addWidget(label(ui.t("attach.note", name=item.path.name), "muted"))
        column.addWidget(label(ui.t("attach.course"), "label"))
        column.addLayout(row)
        column.addWidget(label(ui.t("attach.lesson"), "label"))
        column.addWidget(self._lessons)
        column.addWidget(self._state)
        column.addStretch(1)
        column.addLayout(foot)
        resize_within_screen(self, 560, 300)
        for folder in recent:
            self._courses.addItem(folder.name, folder)
        self._courses.currentIndexChanged.connect(lambda _: self._show_lessons())
        self._show_lessons()

    def offer(self, folder: Path) -> None:
        """Choose a course folder, put into the list where it is not there yet."""
        place = next((n for n in range(self._courses.count()) if self._courses.itemData(n) == folder), -1)
        with QSignalBlocker(self._courses):  # the course is read once, not at each step
            if place < 0:
                self._courses.insertItem(0, folder.name, folder)
            self._courses.setCurrentIndex(max(place, 0))
        self._show_lessons()

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self._ui.t("start.open"), str(Path.home()))
        if chosen:
            self.offer(Path(chosen))

    def _show_lessons(self) -> None:
        """Have the chosen course read; its lessons are offered when it is."""
        self._lessons.clear()
        self._attach.setEnabled(False)
        folder = self._courses.currentData()
        if folder is None:
            self._say(self._ui.t("attach.no_course"), "fail")
            return
        self._say(self._ui.t("attach.reading"), "muted")

        def job() -> tuple[Path, Course | StudioError]:
            try:
                return folder, read_course(folder).course
            except StudioError as error:
                return folder, error

        self._background.submit("attach_lessons", job, self._on_read, _raise)

    def _on_read(self, told: tuple[Path, Course | StudioError]) -> None:
        folder, course = told
        if not isValid(self) or folder != self._courses.currentData():
            return  # closed, or another course was chosen meanwhile
        self._lessons.clear()
        self._say("", "fail")
        if isinstance(course, StudioError):
            self._say(f"{self._ui.cause(course)} {self._ui.remedy(course)}", "fail")
            return
        for number, _, lesson in numbered_lessons(course):
            row = self._ui.t("programme.lesson_row", n=number, title=lesson.title)
            self._lessons.addItem(row, lesson.id)
        if not self._lessons.count():
            self._say(self._ui.t("attach.no_lesson"), "fail")
        self._attach.setEnabled(self._lessons.count() > 0)

    def _say(self, text: str, role: str) -> None:
        self._state.setText(text)
        set_role(self._state, "role", role)

    def _do(self) -> None:
        item, report = self._item, self._item.report
        if report is None:
            return
        folder, lesson_id = Path(self._courses.currentData()), str(self._lessons.currentData())
        done = self._ui.t("attach.done", name=item.path.name, course=folder.name, lesson=self._lessons.currentText())
        on_done, on_error = self._on_done, self._on_error

        def job() -> None:
            attach_to_course(folder, lesson_id, item.path, item.stage, report, holder=holder_name())

        def failed(error: Exception) -> None:
            if not isinstance(error, StudioError):
                raise error
            on_error(error)

        self._background.submit("attach", job, lambda _: on_done(done), failed)
        self.accept()


def _raise(error: Exception) -> None:
    raise error
