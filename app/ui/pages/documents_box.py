"""Saving the course's documents into a folder, one form or all of them, beside the window's thread."""

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.exporters.forms import EXPORTED, FormFile, export_form, form_files, formats_of
from app.model.errors import StudioError
from app.storage.atomic import write_atomic
from app.ui.background import Background
from app.ui.context import UiContext
from app.ui.editing import commit_focused
from app.ui.messages import MessageArea
from app.ui.open_course import OpenCourse
from app.ui.widgets import label


class DocumentsBox(QWidget):
    """Choice of the document, the button, progress with a stop, and what was saved."""

    _progressed = Signal(int, int)

    def __init__(self, ui: UiContext, open_course: OpenCourse, background: Background, messages: MessageArea) -> None:
        super().__init__()
        self._ui = ui
        self._open = open_course
        self._background = background
        self._messages = messages
        self._stop = threading.Event()
        self._folder: Path | None = None
        self._which = QComboBox()
        self._which.setAccessibleName(ui.t("documents.which"))
        self._which.addItem(ui.t("documents.all"), "")
        for form in EXPORTED:
            self._which.addItem(self._name(form), form)
        self._which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._which.setMinimumContentsLength(30)
        self._save = QPushButton(ui.t("documents.save"))
        self._cancel = QPushButton(ui.t("documents.cancel"))
        self._bar = QProgressBar()
        self._bar.setAccessibleName(ui.t("documents.progress"))
        self._result = label("", "good")
        self._show = QPushButton(ui.t("documents.show"))
        self._save.clicked.connect(self._ask_folder)
        self._cancel.clicked.connect(self._stop.set)
        self._show.clicked.connect(self._show_in_folder)
        self._progressed.connect(self._on_progress)
        self._lay_out()

    def save(self, folder: Path) -> None:
        """Write the chosen documents into the folder."""
        commit_focused()
        opened, stop, told = self._open, self._stop, self._progressed.emit
        form = self._which.currentData()
        files = [file for wanted in ([form] if form else EXPORTED) for file in form_files(opened.course, wanted)]
        job = _writer(opened, files, folder, stop, told)
        stop.clear()
        self._folder = folder
        self._set_busy(busy=True)
        self._background.submit("documents", job, self._on_saved, self._on_failed)

    def _name(self, form: str) -> str:
        """Return what a document is called: the official title, of a paper without one ours."""
        if not form.isdigit():
            return self._ui.texts.get(f"forms.{form}.title", self._ui.lang)
        labels = self._ui.regulation.forms[f"form_{form}"]
        return f"{form}. {labels.contents_title or labels.title}"

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.addWidget(self._which, 1)
        for button in (self._save, self._cancel):
            row.addWidget(button)
        column.addWidget(label(self._ui.t("documents.note"), "muted"))
        column.addLayout(row)
        column.addWidget(self._bar)
        column.addWidget(self._result)
        shown = QHBoxLayout()
        shown.addWidget(self._show)
        shown.addStretch(1)
        column.addLayout(shown)
        for widget in (self._cancel, self._bar, self._result, self._show):
            widget.setVisible(False)

    def _ask_folder(self) -> None:
        start = str(self._folder or self._open.folder.parent)
        chosen = QFileDialog.getExistingDirectory(self, self._ui.t("documents.choose_folder"), start)
        if chosen:
            self.save(Path(chosen))

    def _set_busy(self, *, busy: bool) -> None:
        self._save.setEnabled(not busy)
        self._which.setEnabled(not busy)
        self._cancel.setVisible(busy)
        self._bar.setVisible(busy)
        self._bar.setRange(0, 0)
        if busy:
            self._result.setVisible(False)
            self._show.setVisible(False)

    def _on_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _on_saved(self, count: int) -> None:
        self._set_busy(busy=False)
        stopped = self._stop.is_set()
        self._result.setText(
            self._ui.t("documents.stopped", count=count, path=self._folder)
            if stopped
            else self._ui.t("documents.done", count=count, path=self._folder)
        )
        self._result.setVisible(True)
        self._show.setVisible(count > 0)

    def _on_failed(self, error: Exception) -> None:
        self._set_busy(busy=False)
        if not isinstance(error, StudioError):
            raise error
        self._messages.show_error(error)

    def _show_in_folder(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


def _writer(
    opened: OpenCourse, files: list[FormFile], folder: Path, stop: threading.Event, told: Callable[[int, int], None]
) -> Callable[[], int]:
    """Return the job: it writes file after file until it is told to stop, and gives their number."""
    course, regulation = opened.course, opened.regulation
    course_folder = opened.folder
    today = date.today()  # noqa: DTZ011 - the user's own calendar day
    planned = [(file, fmt) for file in files for fmt in formats_of(file.form)]

    def job() -> int:
        for done, (file, fmt) in enumerate(planned):
            if stop.is_set():
                return done
            data = export_form(
                course,
                regulation,
                file.form,
                fmt,
                generated_on=today,
                draft=False,
                part=file.part,
                course_folder=course_folder,
            )
            write_atomic(folder / f"{file.name}.{fmt}", data)
            told(done + 1, len(planned))
        return len(planned)

    return job
