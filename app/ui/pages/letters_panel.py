"""Letters to the MOOC office: made as drafts beside the window's thread, opened in the user's own mail program."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.exporters.packages.letters import Letters
from app.exporters.packages.mail import Letter, eml, mailto
from app.model.errors import BundleError, StudioError
from app.storage.atomic import write_atomic
from app.ui.background import Background
from app.ui.context import UiContext
from app.ui.editing import commit_focused
from app.ui.messages import MessageArea
from app.ui.open_course import OpenCourse
from app.ui.tab_order import bring_into_sight
from app.ui.widgets import label

FOLDER = "letters"
"""Where drafts lie in the course folder; they may be thrown away at any time."""
_KINDS = ("submission", "booking", "first", "texts")


@dataclass(frozen=True, slots=True)
class _Draft:
    letter: Letter
    path: Path


class LettersPanel(QWidget):
    """One button a letter; below them the drafts just made, each with its ways to the mail program."""

    def __init__(self, ui: UiContext, open_course: OpenCourse, background: Background, messages: MessageArea) -> None:
        super().__init__()
        self.ui = ui
        self._open = open_course
        self._background = background
        self._messages = messages
        self._volumes: tuple[Path, ...] = ()
        self._drafts: tuple[_Draft, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label(ui.t("letters.note", address=open_course.regulation.edition.mailbox)))
        grid = QGridLayout()
        self._buttons: dict[str, QPushButton] = {}
        for row, kind in enumerate(_KINDS):
            button = QPushButton(ui.t(f"letters.{kind}"))
            button.clicked.connect(lambda _checked, chosen=kind: self.make(chosen))
            self._buttons[kind] = button
            grid.addWidget(button, row, 0)
            grid.addWidget(label(ui.t(f"letters.{kind}_note")), row, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        self._made = QVBoxLayout()
        column.addLayout(self._made)
        self.set_volumes(())

    def set_volumes(self, volumes: tuple[Path, ...]) -> None:
        """Say which files the letter with the bundle carries; without any it cannot be made."""
        self._volumes = volumes
        self._buttons["submission"].setEnabled(bool(volumes))
        self._buttons["submission"].setToolTip("" if volumes else self.ui.t("letters.submission_tip"))

    def make(self, kind: str) -> None:
        """Make a letter's drafts and show them."""
        commit_focused()
        opened, volumes, reports = self._open, self._volumes, dict(self._open.reports)
        today = date.today()  # noqa: DTZ011 - the user's own calendar day
        letters = Letters(opened.course, opened.regulation, self.ui.lang, today)
        makers: dict[str, Callable[[], Sequence[Letter]]] = {
            "submission": lambda: letters.submission(volumes),
            "booking": lambda: (letters.booking(),),
            "first": lambda: (letters.first_recording(reports),),
            "texts": lambda: (letters.lecture_texts(),),
        }
        folder = (volumes[0].parent if kind == "submission" else opened.folder) / FOLDER

        def job() -> tuple[_Draft, ...]:
            try:
                folder.mkdir(exist_ok=True)
                return tuple(_written(folder, kind, place, letter) for place, letter in enumerate(makers[kind](), 1))
            except OSError as error:
                raise BundleError("bundle_not_written", path=folder, problem=error.strerror or error) from error

        self._buttons[kind].setEnabled(False)
        self._background.submit("letter", job, lambda drafts: self._on_made(kind, drafts), self._on_failed)

    def _on_made(self, kind: str, drafts: tuple[_Draft, ...]) -> None:
        self._buttons[kind].setEnabled(True)
        self._drafts = drafts
        while self._made.count():
            item = self._made.takeAt(0)
            widget = None if item is None else item.widget()
            if widget is not None:
                widget.deleteLater()
        rows = [self._row(draft) for draft in drafts]
        for row in rows:
            self._made.addWidget(row)
        if rows:  # they stand below the buttons, where the page may end
            QTimer.singleShot(0, lambda: self._bring_into_sight(rows[-1]))

    def _bring_into_sight(self, row: QWidget) -> None:
        if isValid(row):
            bring_into_sight(row)

    def _row(self, draft: _Draft) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 8, 0, 0)
        words = label(self.ui.t("letters.made", subject=draft.letter.subject, path=draft.path), "good")
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(words)
        row = QHBoxLayout()
        ways = (
            ("letters.open", QUrl.fromLocalFile(str(draft.path)), draft.path.name),
            ("letters.mailto", QUrl(mailto(draft.letter), QUrl.ParsingMode.TolerantMode), draft.letter.to),
            ("submission.show_in_folder", QUrl.fromLocalFile(str(draft.path.parent)), ""),
        )
        for key, target, about in ways:
            button = QPushButton(self.ui.t(key))
            button.setAccessibleName(f"{self.ui.t(key)} {about}".strip())
            button.clicked.connect(lambda _checked, url=target: self._open_url(url))
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        if draft.letter.files:
            column.addWidget(label(self.ui.t("letters.mailto_note")))
        return box

    def _open_url(self, url: QUrl) -> None:
        if not QDesktopServices.openUrl(url):
            self._messages.show_error(BundleError("mail_program_missing"))

    def _on_failed(self, error: Exception) -> None:
        for kind in _KINDS:
            self._buttons[kind].setEnabled(kind != "submission" or bool(self._volumes))
        if not isinstance(error, StudioError):
            raise error
        self._messages.show_error(error)


def _written(folder: Path, kind: str, place: int, letter: Letter) -> _Draft:
    path = folder / (f"{kind}.eml" if place == 1 else f"{kind}-{place}.eml")
    write_atomic(path, eml(letter))
    return _Draft(letter, path)
