"""A field for an attached file: choose it or drop it; a copy goes into the course folder."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QToolButton, QWidget

from app.model.people import FileRef
from app.session.edit import get_value
from app.ui.context import UiContext
from app.ui.editing import CourseEditor
from app.ui.fields import Field
from app.ui.widgets import label


class FileField(Field):
    """An attached file, or none yet."""

    def __init__(self, ui: UiContext, editor: CourseEditor, path: str, caption: str, *, kinds: str = "*") -> None:
        super().__init__(ui, editor, path, caption)
        self._kinds = kinds
        self._name = label("", "muted")
        self._choose = QPushButton(ui.t("file.choose"))
        self._choose.clicked.connect(self._ask)
        self._open = QPushButton(ui.t("file.open"))
        self._open.clicked.connect(self._show_file)
        self._remove = QToolButton()
        self._remove.setText("×")
        self._remove.setToolTip(ui.t("file.remove"))
        self._remove.setAccessibleName(f"{ui.t('file.remove')}: {caption}")
        self._remove.clicked.connect(lambda: self.commit(None, merge=False))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._name, 1)
        for widget in (self._choose, self._open, self._remove):
            row.addWidget(widget)
        self.place(holder)
        self.setFocusProxy(self._choose)
        self.setAcceptDrops(not editor.read_only)
        self.refresh()

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - see Field
        """Show the file's name."""
        name = Path(value.path).name if isinstance(value, FileRef) else ""
        self._name.setText(name or self.ui.t("file.none"))
        self._open.setVisible(bool(name))
        self._remove.setVisible(bool(name))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach what was dropped."""
        for url in event.mimeData().urls()[:1]:
            if url.isLocalFile():
                self.attach(Path(url.toLocalFile()))
        event.acceptProposedAction()

    def attach(self, source: Path) -> None:
        """Copy a file into the course and note it."""
        file = self.editor.attach_file(source)
        if file is not None:
            self.commit(file, merge=False)
            self.refresh()

    def _ask(self) -> None:
        kinds = f"{self.caption} ({self._kinds});;{self.ui.t('studio.all_files')} (*)"
        name, _ = QFileDialog.getOpenFileName(self, self.caption, "", kinds)
        if name:
            self.attach(Path(name))

    def _show_file(self) -> None:
        file = get_value(self.editor.course, self.path)
        if isinstance(file, FileRef):
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.editor.folder / file.path)))
