"""Spreading the keys evenly over the letters, seen before it is done."""

from collections.abc import Collection

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.formats.content import key_positions
from app.formats.problems import ParsedQuestion
from app.model.tasks import AnswerKind, Question
from app.session.bank_shuffle import shuffle
from app.ui.context import UiContext
from app.ui.open_course import OpenCourse
from app.ui.pages.bank.key_bars import KeyBars
from app.ui.tab_order import OrderedDialog
from app.ui.widgets import label, resize_within_screen


class EvenDialog(OrderedDialog):
    """The key positions before and after; applying is one undo step."""

    def __init__(self, ui: UiContext, open_course: OpenCourse, ids: Collection[str] | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(ui.t("bank.even_title"))
        resize_within_screen(self, 680, 340)
        self._ui = ui
        self._open = open_course
        bank = open_course.course.test_bank
        self._shuffle = shuffle(bank, ids)
        self._ids = ids
        letters = int(ui.regulation.limits["question_options"].max or 1)
        column = QVBoxLayout(self)
        column.addWidget(label(ui.t("bank.even_note"), "muted"))
        halves = QHBoxLayout()
        for caption, questions in (
            (ui.t("bank.even_before"), bank),
            (ui.t("bank.even_after"), self._shuffle.questions),
        ):
            half = QVBoxLayout()
            half.addWidget(label(caption, "label"))
            bars = KeyBars(ui, caption)
            bars.show_counts(key_positions(self._single(questions), letters))
            half.addWidget(bars)
            half.addStretch(1)
            halves.addLayout(half, 1)
        column.addLayout(halves)
        changed = self._shuffle.changed
        column.addWidget(label(ui.t("bank.even_changed", n=changed) if changed else ui.t("bank.even_nothing"), "label"))
        if self._shuffle.left_alone:
            column.addWidget(label(ui.t("bank.even_left_alone", n=len(self._shuffle.left_alone)), "warning"))
        column.addStretch(1)
        cancel = QPushButton(ui.t("bank.cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        apply = QPushButton(ui.t("bank.even_apply"))
        apply.setProperty("primary", "true")
        apply.setDefault(True)
        apply.setEnabled(changed > 0 and not open_course.read_only)
        apply.clicked.connect(self._apply)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(apply)
        column.addLayout(foot)

    def _single(self, questions: Collection[Question]) -> list[ParsedQuestion]:
        return [
            ParsedQuestion.of(question, number)
            for number, question in enumerate(questions, start=1)
            if question.kind is AnswerKind.CHOICE_SINGLE and (self._ids is None or question.id in self._ids)
        ]

    def _apply(self) -> None:
        self._open.apply(self._ui.t("undo.even_keys", n=self._shuffle.changed), self._shuffle.applied)
        self.accept()
