"""A work programme or description in .docx is read back into the course, after a look at what it would set."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QListWidget, QSplitter, QVBoxLayout, QWidget

from app.formats.form_reader import FormFileError, read_form
from app.session.differences import Difference, apply_differences, differences
from app.session.form_import import FormImport, import_form
from app.ui.author_tools.base import ToolContext, ToolDialog, action_button
from app.ui.author_tools.difference_rows import difference_rows
from app.ui.author_tools.review_list import ReviewList
from app.ui.widgets import label, resize_within_screen

_MOST_BYTES = 50 * 2**20
_ANY_HEIGHT_PX = 16_777_215
"""Qt's own largest height."""


class ImportDialog(ToolDialog):
    """The file, what it would set with a box for each value, and what it says that has no place."""

    def __init__(self, tools: ToolContext, parent: QWidget) -> None:
        super().__init__(tools, "import", parent)
        ui = self.ui
        self._result: FormImport | None = None
        self._differences: tuple[Difference, ...] = ()
        self._file = label(ui.t("tools.import.no_file"), "heading")
        self.column.addWidget(self._file)
        columns = (ui.t("tools.column.place"), ui.t("tools.column.before"), ui.t("tools.column.after"))
        self._list = ReviewList(ui, ui.t("tools.import.list"), columns)
        self._list.path_chosen.connect(tools.reveal)
        self._list.ticks_changed.connect(self._show_able)
        self._unplaced = QListWidget()
        self._unplaced.setAccessibleName(ui.t("tools.import.unplaced"))
        self._unplaced.setWordWrap(True)
        self._unplaced_title = label("", "label")
        self._below = below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._unplaced_title)
        column.addWidget(self._unplaced, 1)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self._list)
        splitter.addWidget(below)
        splitter.setSizes([340, 140])
        splitter.setChildrenCollapsible(False)
        self.ui.remember(splitter, "import_dialog")
        self.column.addWidget(splitter, 1)
        self._set = action_button(ui.t("tools.import.set"), self._apply, primary=True)
        self._set.setEnabled(False)
        self.add_foot(action_button(ui.t("tools.import.choose"), self._ask_file), self._set)
        resize_within_screen(self, 960, 640)
        self._show_unplaced(())

    def read_file(self, path: Path) -> None:
        """Read a document beside the window's thread and show what it would set."""
        self._file.setText(path.name)
        self._set.setEnabled(False)
        opened, texts = self.tools.open_course, self.ui.texts
        course, regulation = opened.course, opened.regulation

        def job() -> tuple[FormImport, tuple[Difference, ...]]:
            result = import_form(course, read_form(_content(path), regulation, texts), regulation, texts)
            return result, differences(course, result.course)

        self.say(self.ui.t("tools.import.reading"))
        self.run("import", job, self._show)

    def _show(self, read: tuple[FormImport, tuple[Difference, ...]]) -> None:
        self._result, self._differences = read
        self._list.show_rows(difference_rows(self.tools, self._differences, ticked=True))
        counted = (self.ui.t("tools.import.counted", line=line) for line in self._result.counted_otherwise)
        self._show_unplaced((*self._result.unplaced, *counted))
        if self._differences:
            self.say(self.ui.t("tools.import.count", n=len(self._differences)))
        else:
            self.say(self.ui.t("tools.import.same"), "good")

    def _show_unplaced(self, lines: tuple[str, ...]) -> None:
        self._unplaced.clear()
        self._unplaced.addItems(list(lines))
        self._unplaced.setVisible(bool(lines))
        self._below.setVisible(self._result is not None)
        if lines:
            self._unplaced_title.setText(self.ui.t("tools.import.unplaced_count", n=len(lines)))
        else:
            self._unplaced_title.setText("" if self._result is None else self.ui.t("tools.import.all_placed"))
        # One line needs no pane of its own: the rows above get the room.
        self._below.setMaximumHeight(_ANY_HEIGHT_PX if lines else self._unplaced_title.sizeHint().height())

    def _show_able(self) -> None:
        self._set.setEnabled(bool(self._list.ticked()) and not self.tools.open_course.read_only)

    def _apply(self) -> None:
        result = self._result
        if result is None:
            return
        chosen = [self._differences[row] for row in self._list.ticked()]
        # What is inside an element that is not wanted goes with it: `apply_differences` leaves it out.
        step = self.ui.t("tools.import.step", name=self._file.text())
        done = self.tools.open_course.apply_kept(step, lambda course: apply_differences(course, chosen, result.course))
        if done:
            left = [one for one in self._differences if one not in chosen]
            self._differences = tuple(left)
            self._list.show_rows(difference_rows(self.tools, left, ticked=False))
            self.say(self.ui.t("tools.import.done", n=len(chosen)), "good")

    def _ask_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.ui.t("tools.import.choose"), str(self.tools.open_course.folder.parent), "Word (*.docx)"
        )
        if chosen:
            self.read_file(Path(chosen))


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise FormFileError("form_broken")
        return path.read_bytes()
    except OSError as error:
        raise FormFileError("form_unreadable", path=path, problem=error.strerror or error) from error
