"""The history of backups: when, how large, what was different, and the way back."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSplitter, QVBoxLayout, QWidget

from app.model.course import Course
from app.model.errors import StudioError
from app.session.differences import Difference, differences
from app.storage.course_file import read
from app.storage.recovery import Backup, recoverable_backups
from app.ui.author_tools.base import ToolContext, ToolDialog, action_button
from app.ui.author_tools.difference_rows import difference_rows
from app.ui.author_tools.review_list import ReviewList
from app.ui.widgets import label, resize_within_screen

_MOST_ROWS = 1000


class BackupsDialog(ToolDialog):
    """Backups on the left, the newest first; on the right what restoring the chosen one would change."""

    def __init__(self, tools: ToolContext, parent: QWidget) -> None:
        super().__init__(tools, "backups", parent)
        self._backups: tuple[Backup, ...] = ()
        self._course: Course | None = None
        self._list = QListWidget()
        self._list.setAccessibleName(self.ui.t("tools.backups.list"))
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self._list.currentRowChanged.connect(self._compare)
        columns = (
            self.ui.t("tools.column.place"),
            self.ui.t("tools.column.before"),
            self.ui.t("tools.backups.restored"),
        )
        self._changes = ReviewList(self.ui, self.ui.t("tools.backups.changes"), columns)
        self._changes.path_chosen.connect(tools.reveal)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(6, 0, 0, 0)
        self._summary = label("", "heading")
        column.addWidget(self._summary)
        column.addWidget(self._changes, 1)
        splitter = QSplitter()
        splitter.addWidget(self._list)
        splitter.addWidget(right)
        splitter.setSizes([250, 650])
        splitter.setChildrenCollapsible(False)
        self.ui.remember(splitter, "backups_dialog")
        self.column.addWidget(splitter, 1)
        self._restore = action_button(self.ui.t("tools.backups.restore"), self._put_back, primary=True)
        self._restore.setEnabled(False)
        self.add_foot(self._restore)
        resize_within_screen(self, 960, 560)
        # A method, not a lambda: Qt lets go of it when the dialog is closed, while the course goes on changing.
        tools.open_course.changed.connect(self._compare_again)
        self.say(self.ui.t("tools.backups.reading"))
        folder = tools.open_course.folder
        self.run("backups", lambda: recoverable_backups(folder), self._show)

    def _show(self, backups: tuple[Backup, ...]) -> None:
        self._backups = backups
        self._list.clear()
        for backup in backups:
            when = f"{backup.saved_at.astimezone():%d.%m.%Y %H:%M}"
            item = QListWidgetItem(f"{when}\n{self._size(backup)}")
            item.setToolTip(f"{backup.path.name}\n{backup.title}")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{when}, {self._size(backup)}")
            self._list.addItem(item)
        if backups:
            self.say(self.ui.t("tools.backups.count", n=len(backups)))
            self._list.setCurrentRow(0)
        else:
            self.say(self.ui.t("tools.backups.none"))

    def _size(self, backup: Backup) -> str:
        kb = max(1, round(backup.size_bytes / 1000))
        return self.ui.t("tools.backups.size", kb=kb, questions=backup.question_count)

    def _compare_again(self) -> None:
        self._compare(self._list.currentRow())

    def _compare(self, row: int) -> None:
        self._restore.setEnabled(False)
        self._course = None
        if row < 0:
            return
        path, now = self._backups[row].path, self.tools.open_course.course

        def job() -> tuple[int, Course, tuple[Difference, ...]]:
            course = read(path).course
            return row, course, differences(now, course)

        self.run("backup", job, self._show_changes)

    def _show_changes(self, result: tuple[int, Course, tuple[Difference, ...]]) -> None:
        row, course, found = result
        if row != self._list.currentRow():
            return  # another backup was chosen meanwhile
        self._course = course
        self._changes.show_rows(difference_rows(self.tools, found[:_MOST_ROWS]))
        self._summary.setText(
            self.ui.t("tools.backups.differences", n=len(found)) if found else self.ui.t("tools.backups.same")
        )
        self._restore.setEnabled(bool(found) and not self.tools.open_course.read_only)

    def _put_back(self) -> None:
        course, backup = self._course, self._backups[self._list.currentRow()]
        if course is None:
            return
        when = f"{backup.saved_at.astimezone():%d.%m.%Y %H:%M}"
        step = self.ui.t("tools.backups.step", when=when)
        if self.tools.open_course.apply_kept(step, lambda _: course):
            self.tools.open_course.look_at_files()
            self._compare(self._list.currentRow())
            self.say(self.ui.t("tools.backups.done", when=when), "good")

    def on_error(self, error: StudioError) -> None:
        """Say what is wrong with a backup."""
        self._summary.setText(f"{self.ui.cause(error)}\n{self.ui.remedy(error)}")
        self._changes.show_rows(())
