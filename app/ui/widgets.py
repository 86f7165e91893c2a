"""Small widgets and helpers that know nothing of courses."""

from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPaintEvent, QPalette, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QStylePainter,
    QWidget,
)

_FRAME = QSize(8, 40)
"""What title bar and borders of a window usually take."""
_HISTORY_KEYS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


def set_role(widget: QWidget, name: str, value: str) -> None:
    """Give a widget a style role; the style sheet looks again where it has looked at the widget before."""
    if (widget.property(name) or "") != value:
        widget.setProperty(name, value)
        if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            widget.style().unpolish(widget)
            widget.style().polish(widget)


def label(text: str, role: str = "") -> QLabel:
    """Return a word-wrapping label with a style role."""
    made = QLabel(text)
    made.setWordWrap(True)
    if role:
        made.setProperty("role", role)
    return made


class ElidedLabel(QLabel):
    """One line that ends in an ellipsis where there is no room; the tool tip has it whole."""

    def __init__(self, role: str = "") -> None:
        super().__init__()
        self._text = ""
        self.setMinimumWidth(80)
        if role:
            self.setProperty("role", role)

    def show_text(self, text: str) -> None:
        """Show a text."""
        self._text = " ".join(text.split())
        self.setToolTip(self._text)
        self.setAccessibleName(self._text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the text anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, self.width()))


class ElidedButton(QPushButton):
    """A button whose text ends in an ellipsis where there is no room; the tool tip has it whole."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setToolTip(text)
        self.setMinimumWidth(90)

    def shown_text(self) -> str:
        """Return as much of the text as fits."""
        lacking = self.sizeHint().width() - self.width()
        if lacking <= 0:
            return self.text()
        room = self.fontMetrics().horizontalAdvance(self.text()) - lacking
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button with as much of the text as fits."""
        del event
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = self.shown_text()
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)


class Scrolled(QScrollArea):
    """A frameless scroll area: what has no room is scrolled to, never cut off.

    Qt's own gives its widget the height that it would like; this one the room there is, as long as nothing is cut off.
    """

    def __init__(self, inside: QWidget | None = None) -> None:
        super().__init__()
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if inside is not None:
            self.hold(inside)

    def hold(self, inside: QWidget) -> None:
        """Scroll a widget, best one whose parent is the viewport already: it is not styled again then."""
        self.setWidget(inside)
        inside.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the widget the new room."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit anew when something inside needs more room, or less."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        inside, room = self.widget(), self.maximumViewportSize()
        layout = inside.layout() if inside is not None else None
        if inside is None or layout is None:
            return
        narrowest = max(layout.minimumSize().width(), inside.minimumWidth())

        def least_height(width: int) -> int:
            own = layout.minimumHeightForWidth(width) if layout.hasHeightForWidth() else layout.minimumSize().height()
            return max(own, inside.minimumHeight())

        width = max(room.width(), narrowest)
        if least_height(width) > room.height():
            width = max(room.width() - self.verticalScrollBar().sizeHint().width(), narrowest)
        height = room.height() - (self.horizontalScrollBar().sizeHint().height() if width > room.width() else 0)
        inside.resize(width, max(height, least_height(width)))


def resize_within_screen(window: QWidget, width: int, height: int) -> None:
    """Give a window a size, or the room of its screen where that is less; the frame is allowed for."""
    room = window.screen().availableGeometry().size() - _FRAME
    window.resize(QSize(width, height).boundedTo(room))


class _StateDelegate(QStyledItemDelegate):
    """Draws a chosen row in the colour that its state gives it; Qt's own has one colour for all chosen rows."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Take the row's own colour for the chosen row too."""
        super().initStyleOption(option, index)
        option.palette.setBrush(QPalette.ColorRole.HighlightedText, option.palette.brush(QPalette.ColorRole.Text))
        if option.state & QStyle.StateFlag.State_Selected:  # the frame of the focus would dim the words it covers
            option.state &= ~QStyle.StateFlag.State_HasFocus


def keep_state_colours(view: QAbstractItemView) -> None:
    """Let rows keep the colour of their state while they are chosen."""
    view.setItemDelegate(_StateDelegate(view))


def show_row(view: QListWidget, row: int, text: str) -> None:
    """Show a text in a row of a list; the tool tip has it whole where it is cut off."""
    item = view.item(row)
    if item.text() != text:
        item.setText(text)
    item.setToolTip(text)


def set_text(edit: QPlainTextEdit, text: str) -> None:
    """Replace an editor's text and keep the cursor's place."""
    position = edit.textCursor().position()
    edit.setPlainText(text)
    cursor = edit.textCursor()
    cursor.setPosition(min(position, len(edit.toPlainText())))
    edit.setTextCursor(cursor)


class CourseUndoKeys(QObject):
    """Sends the undo and redo keys to the course instead of to a single line edit's own history."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the window's undo action see the key."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            is_history = any(event.matches(key) for key in _HISTORY_KEYS)
            if is_history:
                event.ignore()
            return is_history
        return super().eventFilter(watched, event)


class GrowingTextEdit(QPlainTextEdit):
    """A text editor as high as its text, up to twelve lines; Tab leaves it.

    Signals:
        returned: Enter was pressed in an editor of a single paragraph.
    """

    returned = Signal()

    def __init__(self, *, min_lines: int = 2, one_paragraph: bool = False) -> None:
        super().__init__()
        self._min_lines = min_lines
        self._one_paragraph = one_paragraph
        self.setUndoRedoEnabled(False)  # the course has the one history
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Report Enter where a line break has no place."""
        if self._one_paragraph and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.returned.emit()
            return
        super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste; a text of several lines becomes one paragraph where only one has a place."""
        if self._one_paragraph and source.hasText():
            self.insertPlainText(" ".join(source.text().split("\n")))
        else:
            super().insertFromMimeData(source)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew and take the height they need."""
        super().resizeEvent(event)
        self._fit()
        now = self.viewport().size()
        if now.width() != event.size().width():  # Qt drops this second resize while a window opens
            super().resizeEvent(QResizeEvent(now, event.size()))
            self._fit()

    def _fit(self) -> None:
        lines = max(self._min_lines, min(12, int(self.document().size().height()) or 1))
        needed = int(self.document().size().height())
        show_bar = Qt.ScrollBarPolicy.ScrollBarAlwaysOn if needed > 12 else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(show_bar)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 22)


class WrappingCheckBox(QWidget):
    """A box to tick whose text breaks into lines, which Qt's own does not.

    Signals:
        clicked: the user ticked or unticked it.
    """

    clicked = Signal()

    def __init__(self, text: str) -> None:
        super().__init__()
        self.box = QCheckBox()
        self.box.setAccessibleName(text)
        self.box.clicked.connect(self.clicked)
        words = label(text)
        words.installEventFilter(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)
        self.setFocusProxy(self.box)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tick by a click on the text too."""
        if event.type() is QEvent.Type.MouseButtonRelease and self.box.isEnabled():
            self.box.click()
            return True
        return super().eventFilter(watched, event)


class QuietComboBox(QComboBox):
    """A combo box that the mouse wheel changes only while it has the focus, and that long items do not widen.

    Where nobody gives it a tool tip, that is the chosen item, which may be cut off in the box.
    """

    def __init__(self) -> None:
        super().__init__()
        self._said = ""
        self.currentTextChanged.connect(self._say_whole)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page unless focused."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _say_whole(self, text: str) -> None:
        if self.toolTip() == self._said:
            self._said = text
            self.setToolTip(text)
