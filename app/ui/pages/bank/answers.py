"""The part of the editor in which the answers stand, one kind of widget for each kind of answer."""

from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.formats.content import letter_of
from app.model.tasks import AnswerKind, Calculation, Question
from app.session.edit import set_value
from app.ui.context import UiContext
from app.ui.editing import CourseEditor
from app.ui.pages.bank.calculation_editor import CalculationEditor, Examined
from app.ui.text_field import equip
from app.ui.value_fields import TextsField
from app.ui.widgets import GrowingTextEdit, label, set_text

_LEAST_PAIRS = 4


class Answers(QWidget):
    """The answers of one question.

    Args:
        path: element path of the question.
    """

    def __init__(self, ui: UiContext, editor: CourseEditor, path: str) -> None:
        super().__init__()
        self.ui = ui
        self.editor = editor
        self.path = path
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(6)

    def bind(self, path: str) -> None:
        """Show another question from now on."""
        self.path = path

    def show_question(self, question: Question) -> None:
        """Show the question as the course has it now."""
        raise NotImplementedError

    def reveal(self, part: str) -> None:
        """Focus the widget of ``options``, ``options/2``, ``correct`` or ``answers``."""
        raise NotImplementedError

    def option_in_focus(self) -> int | None:
        """Return the position of the option that is being written, None where none is."""
        return None

    def write(self, step: str, field: str, value: object, merge_key: str | None = None) -> None:
        """Put a value into a field of the question."""
        self.editor.apply(step, lambda course: set_value(course, f"{self.path}/{field}", value), merge_key)


class OptionAnswers(Answers):
    """Options to choose from; one or several of them are right."""

    def __init__(self, ui: UiContext, editor: CourseEditor, path: str, least_rows: int, *, several: bool) -> None:
        super().__init__(ui, editor, path)
        self._several = several
        self._least_rows = least_rows
        self._showing = False
        self._group = QButtonGroup(self)
        self._group.setExclusive(not several)
        self._rows: list[tuple[QAbstractButton, GrowingTextEdit]] = []
        self.column.addWidget(label(ui.t("bank.options_several" if several else "field.question.options"), "label"))
        self._group.idClicked.connect(self.mark)

    def show_question(self, question: Question) -> None:
        """Show the options and mark the right ones."""
        self._showing = True
        wanted = len(question.options) + self._several  # of several there may always be one more
        for place in range(len(self._rows), max(self._least_rows, wanted)):
            self.column.addLayout(self._row(place))
        wanted = max(self._least_rows, wanted)
        for place, (mark, edit) in enumerate(self._rows):
            for widget in (mark, edit):
                if widget.isHidden() == (place < wanted):
                    widget.setVisible(place < wanted)
            text = question.options[place] if place < len(question.options) else ""
            if edit.toPlainText() != text:
                set_text(edit, text)
        self._group.setExclusive(False)  # an exclusive group refuses to have none marked
        for place, (mark, _) in enumerate(self._rows):
            mark.setChecked(place in question.correct)
        self._group.setExclusive(not self._several)
        self._showing = False

    def reveal(self, part: str) -> None:
        """Focus an option, or the first mark."""
        field, _, place = part.partition("/")
        row = self._rows[min(int(place), len(self._rows) - 1) if place.isdecimal() else 0]
        row[0 if field == "correct" else 1].setFocus()

    def option_in_focus(self) -> int | None:
        """Return the position of the option that is being written; a row that is still empty is none."""
        question = self._question()
        count = len(question.options) if question else 0
        return next((place for place, (_, edit) in enumerate(self._rows) if edit.hasFocus() and place < count), None)

    def mark(self, place: int) -> None:
        """Make an option the right one; of several, add it to the right ones or take it away."""
        if self.editor.read_only or place >= len(self._rows):
            return
        marked = {place}
        if self._several:
            question = self._question()
            marked = set(question.correct) ^ {place} if question else marked
        self.write(self.ui.t("undo.key"), "correct", tuple(sorted(marked)))

    def _question(self) -> Question | None:
        question_id = self.path.partition("/")[2]
        return next((q for q in self.editor.course.test_bank if q.id == question_id), None)

    def _row(self, place: int) -> QHBoxLayout:
        letter = letter_of(place)
        mark = QCheckBox(f"{letter}.") if self._several else QRadioButton(f"{letter}.")
        mark.setToolTip(self.ui.t("bank.mark_key"))
        mark.setMinimumSize(44, 24)  # Qt's own height cuts the styled circle
        mark.setAccessibleName(self.ui.t("bank.key_of", letter=letter))
        mark.setEnabled(not self.editor.read_only)
        self._group.addButton(mark, place)
        edit = GrowingTextEdit(min_lines=1, one_paragraph=True)
        edit.setAccessibleName(self.ui.t("bank.option", letter=letter))
        edit.setReadOnly(self.editor.read_only)
        equip(edit, self.ui)
        edit.textChanged.connect(lambda: self._typed(place, edit.toPlainText()))
        edit.returned.connect(lambda: self._go_below(place))
        row = QHBoxLayout()
        row.addWidget(mark)
        row.addWidget(edit, 1)
        self._rows.append((mark, edit))
        return row

    def _go_below(self, place: int) -> None:
        if place + 1 < len(self._rows):
            self._rows[place + 1][1].setFocus()

    def _typed(self, place: int, text: str) -> None:
        if self._showing:
            return
        texts = [edit.toPlainText() for _, edit in self._rows]
        texts[place] = text
        while texts and not texts[-1]:
            texts.pop()  # an empty last field is no option
        step = self.ui.t("undo.edit", field=self.ui.t("bank.option", letter=letter_of(place)))
        self.write(step, "options", tuple(texts), f"{self.path}/options/{place}")


class YesNoAnswers(Answers):
    """A statement that is true or false."""

    def __init__(self, ui: UiContext, editor: CourseEditor, path: str) -> None:
        super().__init__(ui, editor, path)
        self._group = QButtonGroup(self)
        self.column.addWidget(label(ui.t("field.question.options"), "label"))
        for place, text in enumerate((ui.t("bank.true"), ui.t("bank.false"))):
            button = QRadioButton(text)
            button.setEnabled(not editor.read_only)
            self._group.addButton(button, place)
            self.column.addWidget(button)
        self._group.idClicked.connect(lambda place: self.write(ui.t("undo.key"), "correct", (place,)))

    def show_question(self, question: Question) -> None:
        """Mark what is right."""
        self._group.setExclusive(False)
        for place, button in enumerate(self._group.buttons()):
            button.setChecked(place in question.correct)
        self._group.setExclusive(True)

    def reveal(self, _part: str) -> None:
        """Focus the first of the two."""
        self._group.buttons()[0].setFocus()


class TypedAnswers(Answers):
    """A text or a number that the learner types."""

    def __init__(self, ui: UiContext, editor: CourseEditor, path: str, kind: AnswerKind) -> None:
        super().__init__(ui, editor, path)
        caption = ui.t("bank.accepted_numbers" if kind is AnswerKind.NUMBER else "bank.accepted_texts")
        self._field = TextsField(ui, editor, f"{path}/answers", caption)
        self.column.addWidget(self._field)

    def bind(self, path: str) -> None:
        """Show another question from now on."""
        super().bind(path)
        self._field.path = f"{path}/answers"

    def show_question(self, _question: Question) -> None:
        """Show the accepted answers."""
        self._field.refresh()

    def reveal(self, _part: str) -> None:
        """Focus the accepted answers."""
        self._field.setFocus()


class NumberAnswers(Answers):
    """A number: given, or calculated anew for each learner (11.7a)."""

    def __init__(self, ui: UiContext, editor: CourseEditor, path: str) -> None:
        super().__init__(ui, editor, path)
        self._given = TypedAnswers(ui, editor, path, AnswerKind.NUMBER)
        self._calculated = QCheckBox(ui.t("bank.calc"))
        self._calculated.setToolTip(ui.t("bank.calc_tip"))
        self._calculated.setEnabled(not editor.read_only)
        self._calculated.clicked.connect(self._switch)
        self._calculation: CalculationEditor | None = None
        self.column.addWidget(self._calculated)
        self.column.addWidget(self._given)

    def bind(self, path: str) -> None:
        """Show another question from now on."""
        super().bind(path)
        self._given.bind(path)
        if self._calculation is not None:
            self._calculation.bind(path)

    def show_question(self, question: Question) -> None:
        """Show the accepted numbers, or how the number is calculated."""
        calculated = question.calculation is not None
        self._calculated.setChecked(calculated)
        self._given.setVisible(not calculated)
        if self._calculation is None and calculated:
            self._calculation = CalculationEditor(self.ui, self.editor, self.path)
            self.column.addWidget(self._calculation)
        if self._calculation is not None:
            self._calculation.setVisible(calculated)
            self._calculation.show_question(question)
        self._given.show_question(question)

    def reveal(self, part: str) -> None:
        """Focus the accepted numbers, or the formula."""
        if self._calculation is not None and self._calculated.isChecked():
            self._calculation.reveal()
        else:
            self._given.reveal(part)

    def show_examined(self, examined: Examined) -> None:
        """Show what came of evaluating the formula."""
        if self._calculation is not None:
            self._calculation.show_examined(examined)

    def _switch(self, calculated: bool) -> None:
        fresh = Calculation() if calculated else None
        self.write(self.ui.t("undo.edit", field=self.ui.t("bank.calc")), "calculation", fresh)


class MatchingAnswers(Answers):
    """Pairs: an item on the left, its partner on the right; a partner without an item is a distractor."""

    def __init__(self, ui: UiContext, editor: CourseEditor, path: str) -> None:
        super().__init__(ui, editor, path)
        self._showing = False
        self._rows: list[tuple[QLineEdit, QLineEdit]] = []
        self._grid = QGridLayout()
        self.column.addWidget(label(ui.t("bank.pairs"), "label"))
        self.column.addLayout(self._grid)
        self.column.addWidget(label(ui.t("bank.pairs_note"), "muted"))

    def show_question(self, question: Question) -> None:
        """Show the pairs."""
        self._showing = True
        wanted = max(_LEAST_PAIRS, len(question.options) + 1, len(question.answers) + 1)
        for place in range(len(self._rows), wanted):
            self._add_row(place)
        for place, pair in enumerate(self._rows):
            for edit, texts in zip(pair, (question.options, question.answers), strict=True):
                text = texts[place] if place < len(texts) else ""
                if edit.text() != text:
                    edit.setText(text)
        self._showing = False

    def reveal(self, part: str) -> None:
        """Focus the first pair."""
        self._rows[0][1 if part.startswith("answers") else 0].setFocus()

    def _add_row(self, place: int) -> None:
        left = self._edit(self.ui.t("bank.pair_left", n=place + 1), "options", place)
        right = self._edit(self.ui.t("bank.pair_right", n=place + 1), "answers", place)
        self._grid.addWidget(left, place, 0)
        self._grid.addWidget(right, place, 1)
        self._rows.append((left, right))

    def _edit(self, name: str, field: str, place: int) -> QLineEdit:
        edit = QLineEdit()
        edit.setAccessibleName(name)
        edit.setPlaceholderText(name)
        edit.setReadOnly(self.editor.read_only)
        equip(edit, self.ui)
        edit.textEdited.connect(lambda _: self._typed(name, field, place))
        return edit

    def _typed(self, name: str, field: str, place: int) -> None:
        if self._showing:
            return
        texts = [pair[0 if field == "options" else 1].text() for pair in self._rows]
        while texts and not texts[-1]:
            texts.pop()
        self.write(self.ui.t("undo.edit", field=name), field, tuple(texts), f"{self.path}/{field}/{place}")


class FreeAnswers(Answers):
    """What the learner writes is read by a person."""

    def __init__(self, ui: UiContext, editor: CourseEditor, path: str) -> None:
        super().__init__(ui, editor, path)
        self._note = label(ui.t("bank.free_note"), "muted")
        self.column.addWidget(self._note)

    def show_question(self, question: Question) -> None:
        """Nothing of the answer is kept."""

    def reveal(self, part: str) -> None:
        """Focus nothing: there is no field."""


Shape = tuple[AnswerKind, bool]


def shape_of(question: Question) -> Shape:
    """Return what decides which widget shows the answers: their kind, and whether it has options."""
    return question.kind, bool(question.options)


def answers_for(ui: UiContext, editor: CourseEditor, path: str, shape: Shape, form_05_options: int) -> Answers:
    """Return the widget for answers of a shape.

    Args:
        ui: texts and colours.
        editor: the open course.
        path: element path of the question.
        shape: see `shape_of`.
        form_05_options: how many options form 05 has.
    """
    kind, has_options = shape
    match kind:
        case AnswerKind.CHOICE_SINGLE:
            return OptionAnswers(ui, editor, path, form_05_options, several=False)
        case AnswerKind.CHOICE_MULTI:
            return OptionAnswers(ui, editor, path, form_05_options, several=True)
        case AnswerKind.BINARY if has_options:
            return OptionAnswers(ui, editor, path, 2, several=False)
        case AnswerKind.BINARY:
            return YesNoAnswers(ui, editor, path)
        case AnswerKind.NUMBER:
            return NumberAnswers(ui, editor, path)
        case AnswerKind.SHORT_TEXT:
            return TypedAnswers(ui, editor, path, kind)
        case AnswerKind.MATCHING:
            return MatchingAnswers(ui, editor, path)
        case _:
            return FreeAnswers(ui, editor, path)
