"""What a question may have besides: a word for each option, tags; folded away, as most questions have neither."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from app.formats.content import letter_of
from app.model.tasks import AnswerKind, Question
from app.session.edit import set_value
from app.ui.context import UiContext
from app.ui.editing import CourseEditor
from app.ui.text_field import equip
from app.ui.value_fields import TextsField
from app.ui.widgets import GrowingTextEdit, label, set_text

_WITH_OPTIONS = frozenset({AnswerKind.CHOICE_SINGLE, AnswerKind.CHOICE_MULTI, AnswerKind.BINARY})

_TO_FIRST_LINE_PX = 8


class Extras(QWidget):
    """A button that unfolds the fields and says how much stands in them.

    Args:
        path: element path of the question.
    """

    def __init__(self, ui: UiContext, editor: CourseEditor, path: str) -> None:
        super().__init__()
        self._ui = ui
        self._editor = editor
        self._path = path
        self._question = Question(id="none")
        self._showing = False
        self._edits: list[GrowingTextEdit] = []
        self._rows: list[QWidget] = []
        self._toggle = QToolButton()
        self._toggle.setCheckable(True)
        self._toggle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._toggle.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._toggle.setToolTip(ui.t("bank.extras_tip"))
        self._toggle.toggled.connect(self._unfold)
        self._caption = label(ui.t("bank.option_feedback"), "label")
        self._tags = TextsField(ui, editor, f"{path}/tags", ui.t("bank.tags"))
        self._options = QVBoxLayout()
        self._options.setSpacing(6)
        self._body = QWidget()
        inside = QVBoxLayout(self._body)
        inside.setContentsMargins(0, 6, 0, 0)
        inside.addWidget(self._caption)
        inside.addLayout(self._options)
        inside.addWidget(self._tags)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._toggle, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._body)
        self.setFocusProxy(self._toggle)
        self._unfold(False)

    def bind(self, path: str) -> None:
        """Show another question from now on."""
        self._path = path
        self._tags.path = f"{path}/tags"

    def show_question(self, question: Question) -> None:
        """Show the question as the course has it now."""
        self._question = question
        self._say()
        if self._toggle.isChecked():
            self._fill()

    def reveal(self, part: str) -> None:
        """Unfold and focus ``tags``, ``option_feedback`` or ``option_feedback/2``."""
        self._toggle.setChecked(True)
        field, _, place = part.partition("/")
        if field == "option_feedback" and self._rows and not self._rows[0].isHidden():
            chosen = int(place) if place.isdecimal() else 0
            self._edits[chosen if chosen < len(self._question.options) else 0].setFocus()
        else:
            self._tags.setFocus()

    def _unfold(self, opened: bool) -> None:
        self._toggle.setArrowType(Qt.ArrowType.DownArrow if opened else Qt.ArrowType.RightArrow)
        self._body.setVisible(opened)
        if opened:
            self._fill()

    def _say(self) -> None:
        count = sum(bool(text.strip()) for text in (*self._question.option_feedback, *self._question.tags))
        text = self._ui.t("bank.extras")
        self._toggle.setText(f"{text} ({count})" if count else text)

    def _fill(self) -> None:
        question = self._question
        count = len(question.options) if question.kind in _WITH_OPTIONS else 0
        self._showing = True
        for place in range(len(self._rows), count):
            self._options.addWidget(self._row(place))
        for place, (row, edit) in enumerate(zip(self._rows, self._edits, strict=True)):
            row.setVisible(place < count)
            text = question.option_feedback[place] if place < len(question.option_feedback) else ""
            if edit.toPlainText() != text:
                set_text(edit, text)
        self._showing = False
        self._caption.setVisible(count > 0)
        if question.id == self._path.rpartition("/")[2]:
            self._tags.refresh()

    def _row(self, place: int) -> QWidget:
        letter = letter_of(place)
        mark = label(f"{letter}.")
        mark.setMinimumWidth(28)
        mark.setContentsMargins(0, _TO_FIRST_LINE_PX, 0, 0)
        edit = GrowingTextEdit(min_lines=1)
        edit.setAccessibleName(self._ui.t("bank.option_feedback_of", letter=letter))
        edit.setReadOnly(self._editor.read_only)
        equip(edit, self._ui)
        edit.textChanged.connect(lambda: self._typed(place, edit.toPlainText()))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(edit, 1)
        self._rows.append(holder)
        self._edits.append(edit)
        return holder

    def _typed(self, place: int, text: str) -> None:
        if self._showing:
            return
        texts = [*self._question.option_feedback, *[""] * (place + 1 - len(self._question.option_feedback))]
        texts[place] = text
        while texts and not texts[-1]:
            texts.pop()  # none is said of the last options
        step = self._ui.t("undo.edit", field=self._ui.t("bank.option_feedback_of", letter=letter_of(place)))
        field = f"{self._path}/option_feedback"
        self._editor.apply(step, lambda course: set_value(course, field, tuple(texts)), f"{field}/{place}")
