"""Questions that repeat each other, side by side."""

import html
from collections.abc import Sequence
from difflib import SequenceMatcher

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.formats.content import letter_of
from app.model.course import Course
from app.model.tasks import Question
from app.session.bank_duplicates import DuplicateGroup, Likeness, duplicate_groups
from app.session.bank_edit import remove_questions
from app.ui.context import UiContext
from app.ui.open_course import OpenCourse
from app.ui.pages.bank.words import extras_lines, shortened
from app.ui.tab_order import OrderedDialog
from app.ui.widgets import label, resize_within_screen


class DuplicatesDialog(OrderedDialog):
    """Groups on the left, their questions beside each other on the right; each deletion is one undo step.

    Signals:
        open_wanted: the id of a question that shall be shown in the editor.
    """

    open_wanted = Signal(str)

    def __init__(
        self, ui: UiContext, open_course: OpenCourse, groups: Sequence[DuplicateGroup], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(ui.t("bank.duplicates_title"))
        resize_within_screen(self, 1080, 640)
        self._ui = ui
        self._open = open_course
        self._groups: Sequence[DuplicateGroup] = groups
        self._summary = label("", "heading")
        self._list = QListWidget()
        self._list.setAccessibleName(ui.t("bank.duplicates_list"))
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.currentRowChanged.connect(self._show)
        self._cards = QWidget()
        self._row = QHBoxLayout(self._cards)
        self._row.setAlignment(Qt.AlignmentFlag.AlignTop)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._cards)
        self._pairs = splitter = QSplitter()
        splitter.addWidget(self._list)
        splitter.addWidget(scroll)
        splitter.setSizes([320, 760])
        splitter.setCollapsible(0, False)
        splitter.setCollapsible(1, False)
        ui.remember(splitter, "duplicates_dialog")
        self._exact = QPushButton(ui.t("bank.duplicates_exact"))
        self._exact.setToolTip(ui.t("bank.duplicates_exact_tip"))
        self._exact.clicked.connect(self._remove_exact)
        close = QPushButton(ui.t("bank.close"))
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(self._exact)
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.addWidget(self._summary)
        column.addWidget(splitter, 1)
        column.addStretch(0)  # keeps the word at the top where nothing else is shown
        column.addLayout(foot)
        self._fill(0)

    def _fill(self, row: int) -> None:
        self._list.blockSignals(True)
        self._list.clear()
        numbers = {question.id: number for number, question in enumerate(self._open.course.test_bank, start=1)}
        for group in self._groups:
            places = ", ".join(f"№ {numbers[question_id]}" for question_id in group.ids)
            stem = shortened(self._question(group.ids[0]).stem, 50)
            self._list.addItem(f"{self._ui.t(f'bank.problem.{group.likeness.value}')}: {places}\n{stem}")
        self._list.blockSignals(False)
        self._summary.setText(
            self._ui.t("bank.duplicates_found", n=len(self._groups))
            if self._groups
            else self._ui.t("bank.duplicates_none")
        )
        self._pairs.setVisible(bool(self._groups))
        self._exact.setVisible(bool(self._groups))
        self._exact.setEnabled(bool(self._exact_ids()) and not self._open.read_only)
        self._list.setCurrentRow(min(row, len(self._groups) - 1))
        self._show(self._list.currentRow())

    def _show(self, row: int) -> None:
        while (item := self._row.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        if not 0 <= row < len(self._groups):
            return
        group = self._groups[row]
        first = self._question(group.ids[0])
        for question_id in group.ids:
            self._row.addWidget(self._card(self._question(question_id), first), 1)

    def _card(self, question: Question, first: Question) -> QWidget:
        card = QWidget()
        column = QVBoxLayout(card)
        number = self._number(question.id)
        column.addWidget(label(self._ui.t("bank.question_n", n=number), "label"))
        words = QLabel(_compared(question, first, self._ui.theme.warn_soft))
        words.setTextFormat(Qt.TextFormat.RichText)
        words.setWordWrap(True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(words)
        extras = extras_lines(self._ui, question)
        if extras:
            column.addWidget(label("\n".join(extras), "muted"))
        keep = QPushButton(self._ui.t("bank.duplicates_open"))
        keep.clicked.connect(lambda: self._open_question(question.id))
        drop = QPushButton(self._ui.t("bank.remove"))
        for button in (keep, drop):
            button.setAccessibleName(f"{button.text()} № {number}")
        drop.setEnabled(not self._open.read_only)
        drop.clicked.connect(lambda: self._remove([question.id]))
        column.addWidget(keep)
        column.addWidget(drop)
        column.addStretch(1)
        return card

    def _open_question(self, question_id: str) -> None:
        self.open_wanted.emit(question_id)
        self.accept()

    def _exact_ids(self) -> list[str]:
        return [
            twin.question_id for group in self._groups for twin in group.twins if twin.likeness is Likeness.QUESTION
        ]

    def _remove_exact(self) -> None:
        self._remove(self._exact_ids())

    def _remove(self, ids: Sequence[str]) -> None:
        row = self._list.currentRow()
        step = self._ui.t("undo.remove", what=self._ui.t("bank.questions", n=len(ids)))

        def change(course: Course) -> Course:
            return remove_questions(course, set(ids))

        self._open.apply(step, change)
        self._groups = duplicate_groups(self._open.course.test_bank)
        self._fill(max(0, row))

    def _question(self, question_id: str) -> Question:
        return next(question for question in self._open.course.test_bank if question.id == question_id)

    def _number(self, question_id: str) -> int:
        return next(n for n, question in enumerate(self._open.course.test_bank, 1) if question.id == question_id)


def _compared(question: Question, first: Question, colour: str) -> str:
    """Return a question as HTML, with the words that the first one of the group does not have on a ground of colour."""
    lines = [f"<b>{_marked(question.stem, first.stem, colour)}</b>"]
    others = {option.strip().casefold() for option in first.options}
    for place, option in enumerate(question.options):
        known = option.strip().casefold() in others
        text = html.escape(option) if known else f'<span style="background:{colour}">{html.escape(option)}</span>'
        key = " ✓" if place in question.correct else ""
        lines.append(f"{letter_of(place)}. {text}{key}")
    return "<br>".join(lines)


def _marked(text: str, other: str, colour: str) -> str:
    words, others = text.split(), other.split()
    parts: list[str] = []
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    for tag, start, end, _, _ in matcher.get_opcodes():
        part = html.escape(" ".join(words[start:end]))
        if part:
            parts.append(part if tag == "equal" else f'<span style="background:{colour}">{part}</span>')
    return " ".join(parts)
