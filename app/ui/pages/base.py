"""What all pages share: a column of bound fields in a scroll area, and the way to a field."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QGroupBox, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.model.finding import Finding
from app.ui.context import UiContext
from app.ui.editing import CourseEditor
from app.ui.fields import Field
from app.ui.flow_layout import FlowLayout
from app.ui.item_list import ItemList
from app.ui.widgets import ElidedButton, label

Part = Field | ItemList
_TURNS = 4
"""Field, column, view and page each hear a turn after the other that there is more to show."""
_LATER_MS = 25
"""So long after what is in sight, and after each other, the parts of a column are made that were left for later."""
FORM_MIN_WIDTH_PX = 310
"""So wide is a form in which nothing is cut off; lists beside it give way first."""


ROOMY_PX = 400
"""With less height, as on a laptop at 200 %, a page leaves out what is said or done elsewhere too."""


class Page(QWidget):
    """A page of the course window.

    Args:
        parent: where it is shown. What is in a window from the beginning is styled once; a page that is put there when
            it is ready is styled all over again, which takes as long as making it.

    Signals:
        tool_wanted: name of an author's tool that the user wants to use for this page.
        part_chosen: another lecture is worked at, see `part`.
    """

    tool_wanted = Signal(str)
    part_chosen = Signal()

    def __init__(self, ui: UiContext, editor: CourseEditor, parent: QWidget) -> None:
        super().__init__(parent)
        self.ui = ui
        self.editor = editor

    @property
    def part(self) -> str:
        """The part of the step's form that is worked at: a lecture's id; empty where the form has no parts."""
        return ""

    def refresh(self) -> None:
        """The course has a new value: show it."""
        raise NotImplementedError

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """The rules have spoken: mark the fields."""
        raise NotImplementedError

    def reveal(self, element: str) -> bool:
        """Bring an element's field into sight and focus; False where this page has none for it."""
        raise NotImplementedError

    def complete(self) -> None:
        """Make what was left for later."""

    def detach(self) -> None:
        """Stop listening to anything but the course; called before the page is replaced."""

    def ways_to(self, *tools: str) -> QWidget:
        """Return buttons that open the author's tools that save work on this page."""
        buttons = [ElidedButton(self.ui.t(f"tools.{name}.menu")) for name in tools]
        for button, name in zip(buttons, tools, strict=True):
            button.setAutoDefault(False)
            button.clicked.connect(partial(self.tool_wanted.emit, name))
        row = QWidget()
        row.setLayout(FlowLayout(*buttons))
        return row


class Companion(QWidget):
    """A widget among the fields that follows the course, and may hold fields of its own."""

    def refresh(self) -> None:
        """The course has a new value: show it."""
        raise NotImplementedError

    def fields(self) -> list[Field]:
        """Return the fields in it."""
        return []

    def lists(self) -> list[ItemList]:
        """Return the lists in it."""
        return []


class FieldColumn(QScrollArea):
    """Bound fields one below the other, in groups.

    Groups far down can be left for later: the page is there sooner. They are made one after the other when what is in
    sight has been drawn, or at once where somebody asks for all fields or for one that is not there yet.
    """

    def __init__(self, ui: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = ui
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields scroll it
        body = QWidget()
        body.setObjectName("page")
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(18, 12, 18, 18)
        self._column.setSpacing(12)
        self._column.addStretch(1)
        self.setWidget(body)
        self._parts: list[Part] = []
        self._companions: list[Companion] = []
        self._waiting: list[Callable[[], object]] = []
        self._findings: Sequence[Finding] = ()
        self._later = QTimer(self)
        self._later.setInterval(_LATER_MS)
        self._later.timeout.connect(self._make_next)

    def stand_whole(self) -> None:
        """Take the height of what is in it, where the view around is scrolled."""
        self.setMinimumHeight(self._column.sizeHint().height())

    def title(self, text: str, note: str = "") -> None:
        """Put a page title at the end of the column."""
        self.widget_at_end(label(text, "title"))
        if note:
            self.widget_at_end(label(note, "muted"))

    def group(self, caption: str, parts: Sequence[Part], *others: QWidget) -> QGroupBox:
        """Put a captioned group of fields (and other widgets below them) at the end of the column."""
        box = QGroupBox(caption)
        self.widget_at_end(box)  # before it is filled: see Page
        QVBoxLayout(box).setSpacing(10)
        self.fill(box, parts, *others)
        return box

    def fill(self, box: QGroupBox, parts: Sequence[Part], *others: QWidget) -> None:
        """Put more fields (and other widgets below them) into a group."""
        layout = box.layout()
        assert layout is not None
        for part in parts:
            layout.addWidget(part)
            self._parts.append(part)
            if isinstance(part, ItemList):
                part.stand_under(box.title())
        for widget in others:
            layout.addWidget(widget)
            if isinstance(widget, Companion):
                self._companions.append(widget)

    def later(self, make: Callable[[], object]) -> None:
        """Have the next part of the column made when what is in sight is drawn."""
        self._waiting.append(make)
        self._later.start()

    def complete(self) -> None:
        """Make everything now."""
        while self._waiting:
            self._make_next()

    def _make_next(self) -> None:
        before = len(self._parts)
        self._waiting.pop(0)()
        for field in _fields_of(self._parts[before:]):
            field.show_findings(self._findings)
        if not self._waiting:
            self._later.stop()
        # What is there already would be squeezed for a moment, until the column has heard that it is to be higher.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)

    def widget_at_end(self, widget: QWidget) -> None:
        """Put any widget at the end of the column."""
        self._column.insertWidget(self._column.count() - 1, widget)

    def refresh(self) -> None:
        """Show the course's current values."""
        for part in (*self._parts, *self._companions):
            part.refresh()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Mark the fields."""
        self._findings = findings
        for field in self._made_fields():
            field.show_findings(findings)

    def fields(self) -> list[Field]:
        """Return all fields, those inside lists too."""
        self.complete()
        return self._made_fields()

    def _made_fields(self) -> list[Field]:
        return _fields_of(self._parts) + [field for companion in self._companions for field in companion.fields()]

    def reveal(self, element: str) -> bool:
        """Focus the field of a path, the nearest below it, or the list that it names."""
        target: Part | None = best_match(element, self.fields(), lambda field: field.path)
        if target is None:
            lists = [part for part in self._parts if isinstance(part, ItemList)]
            lists += [one for companion in self._companions for one in companion.lists()]
            target = best_match(element, lists, lambda part: part.path)
        if target is None:
            return False
        self._bring_into_sight(target)
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, lambda: self._settle_on(target, _TURNS))  # fields just made have their places only then
        return True

    def _settle_on(self, target: QWidget, turns: int) -> None:
        """Bring a field into sight, again for a few turns: what is around it hears one by one how high it is to be."""
        self._bring_into_sight(target)
        if turns > 1:
            QTimer.singleShot(0, lambda: self._settle_on(target, turns - 1))

    def _bring_into_sight(self, target: QWidget) -> None:
        if not (isValid(self) and isValid(target)):
            return
        around: QWidget | None = self
        while around is not None:  # a view that is scrolled as a whole goes along
            if isinstance(around, QScrollArea):
                around.ensureWidgetVisible(target, 0, 80)
            around = around.parentWidget()

    def reveal_first(self) -> bool:
        """Focus the first field; False where there is none."""
        fields = self.fields()
        if fields:
            fields[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(fields)


def _fields_of(parts: Sequence[Part]) -> list[Field]:
    """Return fields and those inside lists."""
    return [field for part in parts for field in (part.fields() if isinstance(part, ItemList) else [part])]


class ColumnPage(Page):
    """A page that is one column of fields."""

    def __init__(self, ui: UiContext, editor: CourseEditor, parent: QWidget) -> None:
        super().__init__(ui, editor, parent)
        self.column = FieldColumn(ui, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.column)

    def refresh(self) -> None:
        """Show the course's current values."""
        self.column.refresh()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Mark the fields."""
        self.column.show_findings(findings)

    def reveal(self, element: str) -> bool:
        """Focus the field of an element."""
        return self.column.reveal(element)

    def complete(self) -> None:
        """Make what was left for later."""
        self.column.complete()


T = TypeVar("T")


def best_match(element: str, candidates: Sequence[T], path_of: Callable[[T], str]) -> T | None:
    """Return the candidate whose path is the element, lies nearest above it, or is the first below it."""
    above = [c for c in candidates if element == path_of(c) or element.startswith(f"{path_of(c)}/")]
    if above:
        return max(above, key=lambda c: len(path_of(c)))
    return next((c for c in candidates if path_of(c).startswith(f"{element}/")), None)
