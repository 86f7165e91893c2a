"""A question as the learner sees it: to look at, or to answer."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
)

from app.formats.content import letter_of
from app.model.tasks import AnswerKind, Question
from app.session.bank_trial import Answer
from app.ui.context import UiContext
from app.ui.pages.bank.choice_box import ChoiceBox
from app.ui.pages.bank.rich import rich_text, with_pictures
from app.ui.widgets import label, set_role


class QuestionView(QFrame):
    """Stem and answers, with formulas and pictures.

    Signals:
        answered: the learner chose or typed something.

    Args:
        pictures: contents of the course's pictures by their path.
    """

    answered = Signal()

    def __init__(self, ui: UiContext, question: Question, pictures: Mapping[str, bytes]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._ui = ui
        self._question = question
        self._group = QButtonGroup(self)
        self._marks: list[QAbstractButton] = []
        self._notes: list[QLabel] = []
        self._typed: QLineEdit | None = None
        self._partners: list[ChoiceBox] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 12, 14, 12)
        self._column.setSpacing(8)
        stem = _text(with_pictures(ui, question, None, pictures) or ui.t("bank.no_stem"))
        font = stem.font()
        font.setPointSizeF(font.pointSizeF() * 1.15)
        stem.setFont(font)
        self._column.addWidget(stem)
        self._build(pictures)

    @property
    def answer(self) -> Answer:
        """What was answered so far."""
        chosen = frozenset(place for place, mark in enumerate(self._marks) if mark.isChecked())
        pairs = tuple(box.value if isinstance(box.value, str) else "" for box in self._partners)
        return Answer(chosen, self._typed.text() if self._typed is not None else "", pairs)

    def show_answer(self, answer: Answer) -> None:
        """Show what was answered before."""
        for place, mark in enumerate(self._marks):
            mark.setChecked(place in answer.chosen)
        if self._typed is not None:
            self._typed.setText(answer.text)
        for box, partner in zip(self._partners, answer.pairs, strict=False):
            box.choose(partner)

    def show_key(self) -> None:
        """Show which options are right and take no more answers."""
        for place, mark in enumerate(self._marks):
            mark.setEnabled(False)
            right = place in self._question.correct
            self._notes[place].setText(self._ui.t("bank.right_mark") if right else "")
            set_role(self._notes[place], "role", "good")
        if self._typed is not None:
            self._typed.setReadOnly(True)
            self._accepted("; ".join(self._question.answers))
        for box in self._partners:
            box.setEnabled(False)
        if self._partners:
            pairs = zip(self._question.options, self._question.answers, strict=False)
            self._accepted("; ".join(f"{left} → {right}" for left, right in pairs))

    def focus_first(self) -> None:
        """Begin to answer."""
        target = self._marks[0] if self._marks else self._typed or (self._partners[0] if self._partners else None)
        if target is not None:
            target.setFocus()

    def _accepted(self, text: str) -> None:
        self._column.addWidget(label(self._ui.t("bank.accepted", answers=text), "good"))

    def _build(self, pictures: Mapping[str, bytes]) -> None:
        question, t = self._question, self._ui.t
        match question.kind:
            case AnswerKind.CHOICE_SINGLE | AnswerKind.CHOICE_MULTI:
                self._options(pictures)
            case AnswerKind.BINARY if question.options:
                self._options(pictures)
            case AnswerKind.BINARY:
                for place, text in enumerate((t("bank.true"), t("bank.false"))):
                    self._option(place, text, html=text, several=False)
            case AnswerKind.SHORT_TEXT | AnswerKind.NUMBER:
                self._typed = QLineEdit()
                self._typed.setAccessibleName(t("bank.your_answer"))
                self._typed.setPlaceholderText(t("bank.your_answer"))
                self._typed.setMaximumWidth(320)
                self._typed.textEdited.connect(lambda _: self.answered.emit())
                self._column.addWidget(self._typed)
            case AnswerKind.MATCHING:
                self._pairs()
            case AnswerKind.FREE_FORM:
                self._column.addWidget(label(t("bank.free_note"), "muted"))

    def _options(self, pictures: Mapping[str, bytes]) -> None:
        several = self._question.kind is AnswerKind.CHOICE_MULTI
        self._column.addWidget(label(self._ui.t("bank.choose_several" if several else "bank.choose_single"), "muted"))
        for place, option in enumerate(self._question.options):
            self._option(place, option, html=with_pictures(self._ui, self._question, place, pictures), several=several)

    def _option(self, place: int, name: str, *, html: str, several: bool) -> None:
        letter = letter_of(place)
        mark = QCheckBox(f"{letter}.") if several else QRadioButton(f"{letter}.")
        mark.setAccessibleName(f"{letter}. {name}")
        mark.setMinimumHeight(20)
        self._group.setExclusive(not several)
        self._group.addButton(mark, place)
        mark.clicked.connect(lambda _=False: self.answered.emit())
        words = _Clickable(html, mark)
        note = label("", "muted")
        note.setWordWrap(False)
        row = QHBoxLayout()
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)
        row.addWidget(note, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(row)
        self._marks.append(mark)
        self._notes.append(note)

    def _pairs(self) -> None:
        partners = sorted({answer for answer in self._question.answers if answer})
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for row, item in enumerate(self._question.options):
            choices = [("", self._ui.t("field.not_chosen")), *((partner, partner) for partner in partners)]
            box = ChoiceBox(item, choices)
            box.activated.connect(lambda _: self.answered.emit())
            grid.addWidget(_text(rich_text(self._ui, item)), row, 0)
            grid.addWidget(box, row, 1)
            self._partners.append(box)
        self._column.addLayout(grid)


class _Clickable(QLabel):
    """The words of an option; a click on them is a click on its mark."""

    def __init__(self, html: str, mark: QAbstractButton) -> None:
        super().__init__(html)
        self._mark = mark
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)

    def mouseReleaseEvent(self, _event: object) -> None:
        """Press the mark."""
        if self._mark.isEnabled():
            self._mark.click()


def _text(html: str) -> QLabel:
    words = label(html)
    words.setTextFormat(Qt.TextFormat.RichText)
    return words
