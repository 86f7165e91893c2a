"""The pictures of a question: what they are, where they stand, what they show in words."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.formats.content import letter_of
from app.formats.pictures import suffix_of
from app.model.base import new_id
from app.model.course import Course
from app.model.people import FileRef
from app.model.tasks import Question, QuestionPicture
from app.session.edit import insert, remove
from app.storage.question_pictures import load_pictures
from app.ui.context import UiContext
from app.ui.editing import CourseEditor
from app.ui.fields import ChoiceField, Field, LineField
from app.ui.flow_layout import FlowLayout
from app.ui.pages.bank.clipboard import (
    PICTURE_SUFFIXES,
    clipboard_data,
    copied_pictures,
    may_hold_pictures,
    picture_files,
)
from app.ui.widgets import label

_PATTERNS = " ".join(f"*{suffix}" for suffix in PICTURE_SUFFIXES)
_THUMB_PX = 88
_COPIED_NAME = "clipboard"


class PictureStrip(QWidget):
    """A row for each picture, and a button for another one.

    Signals:
        lost: how many of the pictures that were pasted cannot be had.

    Args:
        path: element path of the question.
    """

    lost = Signal(int)

    def __init__(self, ui: UiContext, editor: CourseEditor, path: str) -> None:
        super().__init__()
        self._ui = ui
        self._editor = editor
        self._path = path
        self._shown: tuple[object, ...] = ()
        self._fields: list[Field] = []
        self._rows = QVBoxLayout()
        self._add = QPushButton(ui.t("bank.picture_add"))
        self._add.setEnabled(not editor.read_only)
        self._add.clicked.connect(self._ask)
        self._paste_button = QPushButton(ui.t("bank.picture_paste"))
        self._paste_button.setToolTip(ui.t("bank.picture_paste_tip"))
        self._paste_button.clicked.connect(self._paste)
        QApplication.clipboard().dataChanged.connect(self._see_clipboard)
        self._see_clipboard()
        self.setFocusProxy(self._add)
        buttons = QWidget()
        buttons.setLayout(FlowLayout(self._add, self._paste_button))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._rows)
        column.addWidget(buttons)

    def bind(self, path: str) -> None:
        """Show another question from now on."""
        self._path = path

    def show_question(self, question: Question) -> None:
        """Show the question's pictures; rows stay while only their words change."""
        shown = (question.id, len(question.options), tuple(picture.id for picture in question.pictures))
        if shown != self._shown:
            self._shown = shown
            self._make_rows(question)
        for field in self._fields:
            field.refresh()

    def take_file(self, source: Path) -> None:
        """Copy a picture into the course folder and put it below the question's text."""
        self._insert([(self._editor.attach_file(source), "")], None)

    def take_mime(self, data: QMimeData, option: int | None = None) -> bool:
        """Take copied picture files or copied pictures, as one step of the history; tell whether there are any.

        A picture file that cannot be read is told as a problem.

        Args:
            data: what was copied.
            option: position of the option that they shall stand at; None for below the question's text.
        """
        if self._editor.read_only:
            return False
        files = picture_files(data)
        taken = [(self._editor.attach_file(source), "") for source in files]
        if files:
            self._insert(taken, option)
            return True
        copied = copied_pictures(data)
        with TemporaryDirectory() as folder:
            for place, (content, alt) in enumerate(copied.found, start=1):
                source = Path(folder) / f"{_COPIED_NAME}-{place}{suffix_of(content)}"
                source.write_bytes(content)
                taken.append((self._editor.attach_file(source), alt))
        self._insert(taken, option)
        if copied.lost:
            self.lost.emit(copied.lost)
        return bool(copied.found or copied.lost)

    def _insert(self, files: Sequence[tuple[FileRef | None, str]], option: int | None) -> None:
        pictures = [
            QuestionPicture(id=new_id("p"), file=file, option=option, alt=alt)
            for file, alt in files
            if file is not None
        ]
        if not pictures:
            return

        def change(course: Course) -> Course:
            for picture in pictures:
                course = insert(course, f"{self._path}/pictures", picture)
            return course

        self._editor.apply(self._ui.t("undo.add", what=self._ui.t("bank.picture")), change)

    def _paste(self) -> None:
        self.take_mime(clipboard_data())

    def _see_clipboard(self) -> None:
        self._paste_button.setEnabled(not self._editor.read_only and may_hold_pictures(clipboard_data()))

    def _ask(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self._ui.t("bank.picture_add"), "", f"{self._ui.t('bank.picture')} ({_PATTERNS})"
        )
        if name:
            self.take_file(Path(name))

    def _make_rows(self, question: Question) -> None:
        self._fields = []
        while (item := self._rows.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        contents = load_pictures(self._editor.folder, [question])
        for picture in question.pictures:
            self._rows.addWidget(self._row(question, picture, contents.get(picture.file.path, b"")))

    def _row(self, question: Question, picture: QuestionPicture, data: bytes) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._thumb(data), 0, Qt.AlignmentFlag.AlignTop)
        path = f"{self._path}/pictures/{picture.id}"
        alt = LineField(self._ui, self._editor, f"{path}/alt", self._ui.t("bank.picture_alt"))
        places = [(place, self._ui.t("bank.option", letter=letter_of(place))) for place in range(len(question.options))]
        where = ChoiceField(
            self._ui,
            self._editor,
            f"{path}/option",
            self._ui.t("bank.picture_place"),
            [(None, self._ui.t("field.question.stem")), *places],
            optional=False,
        )
        words = QVBoxLayout()
        for field in (alt, where):
            words.addWidget(field)
            self._fields.append(field)
        row.addLayout(words, 1)
        gone = QToolButton()
        gone.setText("×")
        gone.setToolTip(self._ui.t("list.remove"))
        gone.setAccessibleName(f"{self._ui.t('list.remove')}: {picture.alt or self._ui.t('bank.picture')}")
        gone.setEnabled(not self._editor.read_only)
        gone.clicked.connect(partial(self._remove, path))
        row.addWidget(gone, 0, Qt.AlignmentFlag.AlignTop)
        return holder

    def _thumb(self, data: bytes) -> QLabel:
        pixmap = QPixmap()
        if not pixmap.loadFromData(data):
            missing = label(self._ui.t("bank.picture_missing"), "fail")
            missing.setFixedWidth(_THUMB_PX)
            return missing
        thumb = QLabel()
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        thumb.setPixmap(pixmap.scaled(_THUMB_PX, _THUMB_PX, keep, smooth))
        return thumb

    def _remove(self, path: str) -> None:
        step = self._ui.t("undo.remove", what=self._ui.t("bank.picture"))
        self._editor.apply(step, lambda course: remove(course, path))
