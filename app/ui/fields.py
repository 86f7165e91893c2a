"""Fields bound to an element path of the course: they show its value, change it, and carry its findings."""

from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.model.course import Course
from app.model.finding import Finding, Status
from app.model.regulation import Limit
from app.model.structure import Outcome
from app.model.views import text_length
from app.session.edit import get_value, set_value
from app.ui.context import UiContext
from app.ui.decimal_spin import DecimalSpin
from app.ui.editing import CourseEditor
from app.ui.quiet_wheel import quieten_wheel
from app.ui.text_field import equip
from app.ui.widgets import GrowingTextEdit, QuietComboBox, WrappingCheckBox, label, set_role, set_text

SPIN_MARGIN_PX = 5
"""Left of a number in its box, as far as the text of other fields stands from their border."""
_SHOWN = (Status.FAIL, Status.WARNING)


class Field(QWidget):
    """A label, an editor, a counter where there is a limit, and the findings of the path.

    Attributes:
        path: element path of the value.
    """

    def __init__(
        self, ui: UiContext, editor: CourseEditor, path: str, caption: str, *, limit: Limit | None = None
    ) -> None:
        super().__init__()
        self.ui = ui
        self.editor = editor
        self.path = path
        self.caption = caption
        self._limit = limit
        self._counter: QLabel | None = None
        self._note: QLabel | None = None  # a page has some hundred fields: what most never show is made when it is
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(3)
        if limit is None:
            if caption:
                self._layout.addWidget(label(caption, "label"))
            return
        self._counter = label("", "muted")
        self._counter.setWordWrap(False)
        head = QHBoxLayout()
        head.addWidget(label(caption, "label"), 1)
        head.addWidget(self._counter)
        self._layout.addLayout(head)

    def place(self, widget: QWidget) -> None:
        """Put the editor widget under the caption and give it the caption as its accessible name."""
        widget.setAccessibleName(self.caption)
        self._widget = widget
        self._layout.addWidget(widget)
        self.setFocusProxy(widget)
        widget.setEnabled(not self.editor.read_only)

    def refresh(self) -> None:
        """Show the course's current value."""
        try:
            value = get_value(self.editor.course, self.path)
        except KeyError:
            return  # the element was removed; the page that holds this field removes it next
        self.show_value(value)
        self._count(value)

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - the value's type is the field's own matter
        """Show a value without reporting it back as an edit."""
        raise NotImplementedError

    def commit(self, value: object, *, merge: bool) -> None:
        """Write a value into the course; unchanged values change nothing."""
        if get_value(self.editor.course, self.path) == value:
            return
        step = self.ui.t("undo.edit", field=self.caption)
        self.editor.apply(step, lambda course: set_value(course, self.path, value), self.path if merge else None)
        self._count(value)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Mark the field with the worst finding of its own path."""
        own = [f for f in findings if f.element == self.path and f.status in _SHOWN]
        worst = min(own, key=lambda f: _SHOWN.index(f.status), default=None)
        set_role(self._widget, "fault", worst.status.value if worst else "")
        if worst is not None:
            if self._note is None:
                self._note = label("")
                self._layout.addWidget(self._note)
            self._note.setText(f"{worst.rule}  {self.ui.finding_text(worst)}")
            set_role(self._note, "role", worst.status.value)
        if self._note is not None:
            self._note.setVisible(worst is not None)

    def _count(self, value: object) -> None:
        if self._limit is None or self._counter is None or not isinstance(value, str):
            return
        length = text_length(value)
        bounds = f"{self._limit.min}–{self._limit.max}" if (self._limit.min or 0) > 1 else f"{self._limit.max}"
        self._counter.setText(f"{length} / {bounds}")
        set_role(self._counter, "role", "muted" if self._limit.accepts(length) or not length else "fail")


class LineField(Field):
    """One line of text.

    Args:
        prose: whether words are written there; an address, a number, a formula or a name has nothing to spell.
    """

    def __init__(
        self,
        ui: UiContext,
        editor: CourseEditor,
        path: str,
        caption: str,
        *,
        limit: Limit | None = None,
        prose: bool = True,
    ) -> None:
        super().__init__(ui, editor, path, caption, limit=limit)
        self._edit = QLineEdit()
        self._edit.textEdited.connect(lambda text: self.commit(text, merge=True))
        self.place(self._edit)
        equip(self._edit, ui, prose=prose)
        self.refresh()

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - see Field
        """Show the text and keep the cursor."""
        text = str(value)
        if self._edit.text() != text:
            cursor = self._edit.cursorPosition()
            self._edit.setText(text)
            self._edit.setCursorPosition(min(cursor, len(text)))


class TextField(Field):
    """Several lines of text."""

    def __init__(
        self, ui: UiContext, editor: CourseEditor, path: str, caption: str, *, limit: Limit | None = None
    ) -> None:
        super().__init__(ui, editor, path, caption, limit=limit)
        self._edit = GrowingTextEdit()
        self._edit.textChanged.connect(self._edited)
        self._showing = False
        self.place(self._edit)
        equip(self._edit, ui)
        self.refresh()

    def _edited(self) -> None:
        if not self._showing:
            self.commit(self._edit.toPlainText(), merge=True)

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - see Field
        """Show the text and keep the cursor."""
        text = str(value)
        if self._edit.toPlainText() == text:
            return
        self._showing = True
        set_text(self._edit, text)
        self._showing = False


class ChoiceField(Field):
    """One of several values, or none yet."""

    def __init__(
        self,
        ui: UiContext,
        editor: CourseEditor,
        path: str,
        caption: str,
        choices: Sequence[tuple[object, str]],
        *,
        optional: bool = True,
    ) -> None:
        super().__init__(ui, editor, path, caption)
        self._optional = optional
        self._choices: list[tuple[object, str]] = []
        self._values: list[object] = []
        self._box = QuietComboBox()
        self._fill(choices)
        self._box.activated.connect(lambda index: self.commit(self._values[index], merge=False))
        self.place(self._box)
        self.refresh()

    def offer(self, choices: Sequence[tuple[object, str]]) -> None:
        """Offer other values to choose from; nothing is drawn anew where they are the same."""
        if list(choices) != self._choices:
            self._fill(choices)

    def _fill(self, choices: Sequence[tuple[object, str]]) -> None:
        self._choices = list(choices)
        self._values = [None] if self._optional else []
        self._values += [value for value, _ in choices]
        self._box.clear()
        if self._optional:
            self._box.addItem(self.ui.t("field.not_chosen"))
        self._box.addItems([text for _, text in choices])

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - see Field
        """Show the chosen value."""
        index = self._values.index(value) if value in self._values else -1
        if self._box.currentIndex() != index:
            self._box.setCurrentIndex(index)


def enum_choices(ui: UiContext, kind: type[StrEnum]) -> list[tuple[object, str]]:
    """Return the members of an enumeration with their texts ``ui.choice.<enum>.<value>``."""
    return [(member, ui.t(f"choice.{kind.__name__}.{member.value}")) for member in kind]


def outcome_choices(ui: UiContext, course: Course, chosen: Collection[Outcome]) -> list[tuple[object, str]]:
    """Return some of a course's outcomes; one without a text goes by its number."""
    numbers = {outcome.id: number for number, outcome in enumerate(course.outcomes, start=1)}
    return [(one.id, one.text.strip() or f"{ui.t('word.outcome')} {numbers[one.id]}") for one in chosen]


class NumberField(Field):
    """A number, or nothing yet.

    Args:
        decimals: 0 for whole numbers.
        suffix: unit shown behind the number.
    """

    def __init__(
        self,
        ui: UiContext,
        editor: CourseEditor,
        path: str,
        caption: str,
        *,
        maximum: float,
        decimals: int = 0,
        suffix: str = "",
        optional: bool = True,
    ) -> None:
        super().__init__(ui, editor, path, caption)
        self._optional = optional
        self._whole = decimals == 0
        self._spin = DecimalSpin(ui.lang)
        self._spin.setDecimals(decimals)
        self._spin.setRange(-1 if optional else 0, maximum)
        self._spin.setSpecialValueText("—" if optional else "")
        self._spin.setKeyboardTracking(True)
        quieten_wheel(self._spin)
        self._spin.setMaximumWidth(180)
        self._spin.setMinimumHeight(28)
        self._spin.lineEdit().setTextMargins(SPIN_MARGIN_PX, 0, 0, 0)
        if suffix:
            self._spin.setSuffix(f" {suffix}")
        self._spin.valueChanged.connect(self._edited)
        self._spin.lineEdit().textEdited.connect(self._rubbed_out)
        self._spin.editingFinished.connect(self.refresh)
        self._showing = False
        self.place(self._spin)
        self.refresh()

    def _edited(self, number: float) -> None:
        if self._showing:
            return
        value: float | int | None = int(number) if self._whole else number
        self.commit(None if self._optional and number < 0 else value, merge=True)

    def _rubbed_out(self, text: str) -> None:
        """A number that is rubbed out is none; Qt would bring it back."""
        if self._optional and not text.removesuffix(self._spin.suffix()).strip():
            self.commit(None, merge=True)

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - see Field
        """Show the number, a dash where there is none."""
        number = -1.0 if value is None else float(value)
        if self._spin.value() == number:
            return  # setting it again would write the text anew between "7" and "7,5"
        self._showing = True
        self._spin.setValue(number)
        self._showing = False


class CheckField(Field):
    """Yes or no; the caption stands beside the box."""

    def __init__(self, ui: UiContext, editor: CourseEditor, path: str, caption: str) -> None:
        super().__init__(ui, editor, path, "")
        self.caption = caption
        wrapping = WrappingCheckBox(caption)
        self._box = wrapping.box
        self._box.clicked.connect(lambda checked: self.commit(checked, merge=False))
        self.place(wrapping)
        self.refresh()

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - see Field
        """Show the tick; nothing said counts as no tick."""
        self._box.setChecked(bool(value))
