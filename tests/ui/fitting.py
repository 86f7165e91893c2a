"""Tells which texts and controls of a window a person cannot read or reach whole."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QRadioButton,
    QScrollArea,
    QTabBar,
    QTableView,
    QTreeView,
    QWidget,
)

from app.ui.widgets import ElidedButton

LEAST_TARGET_PX = 22
"""A button smaller than this is hard to hit."""
_COMBO_FRAME_PX, _GROUP_FRAME_PX, _ENTRY_FRAME_PX = 34, 18, 6
_REACHED = (
    *(QLabel, QAbstractButton, QLineEdit, QComboBox, QTabBar, QAbstractItemView, QPlainTextEdit, QAbstractSpinBox),
)


def faults_of(window: QWidget) -> list[str]:
    """Return what of a window's visible widgets is cut off, out of reach, too small to hit or without a name."""
    found: list[str] = []
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and not widget.size().isEmpty():
            found += [f"{type(widget).__name__} {fault}" for fault in _faults(widget)]
            if isinstance(widget, _REACHED) and _hidden_by_an_ancestor(widget):
                found.append(f"{type(widget).__name__} lies outside its parent: {_name(widget)!r}")
    return found


def _faults(widget: QWidget) -> Iterator[str]:
    match widget:
        case QLabel():
            yield from _label(widget)
        case QAbstractButton():
            yield from _button(widget)
        case QTabBar():
            yield from _tabs(widget)
        case QComboBox():
            yield from _combo(widget)
        case QHeaderView():
            yield from _header(widget)
        case QListView() | QTreeView() | QTableView():
            yield from _rows(widget)
        case QPlainTextEdit():
            yield from _text(widget)
        case QGroupBox():
            if widget.fontMetrics().horizontalAdvance(widget.title()) + _GROUP_FRAME_PX > widget.width():
                yield f"cuts its title {widget.title()!r}"
        case QScrollArea():
            body = widget.widget()
            if body is not None and body.width() > widget.viewport().width():
                yield f"has to be scrolled sideways: {body.width()} > {widget.viewport().width()} px, {_widest(body)}"


def _label(label: QLabel) -> Iterator[str]:
    text = label.text()
    if not text or label.toolTip():
        return
    if not label.wordWrap():
        if label.sizeHint().width() > label.width() + 1:
            yield f"cuts {text!r}"
        return
    if label.heightForWidth(label.width()) > label.height() + 1:
        yield f"is too low for {text!r}"
    if "<" not in text:
        longest = max(text.split(), key=label.fontMetrics().horizontalAdvance, default="")
        if label.fontMetrics().horizontalAdvance(longest) > label.width() + 1:
            yield f"is too narrow for {longest!r}"


def _button(button: QAbstractButton) -> Iterator[str]:
    needed = button.sizeHint()
    if button.text() and needed.width() > button.width() + 1 and not button.toolTip():
        yield f"cuts {button.text()!r}"
    if needed.height() > button.height():
        yield f"is too low for {button.text()!r}"
    if isinstance(button, ElidedButton) and needed.width() <= button.width() and button.shown_text() != button.text():
        yield f"cuts {button.text()!r} though there is room"
    ticks = isinstance(button, QCheckBox | QRadioButton)
    own = not isinstance(button.parentWidget(), QTabBar | QAbstractItemView | QLineEdit)
    if own and not ticks and min(button.width(), button.height()) < LEAST_TARGET_PX:
        yield f"is too small to hit: {button.width()} x {button.height()} {button.text()!r}"
    if own and not any(character.isalpha() for character in f"{button.text()}{button.accessibleName()}"):
        yield f"has no name a screen reader could say: {button.text()!r}"
    if own and not ticks and not any(character.isalnum() for character in f"{button.text()}{button.toolTip()}"):
        yield f"is a sign without a tip: {button.text()!r}"


def _tabs(bar: QTabBar) -> Iterator[str]:
    for place in range(bar.count()):
        text, room = bar.tabText(place), bar.tabRect(place).width()
        if bar.isTabVisible(place) and bar.fontMetrics().horizontalAdvance(text) > room and not bar.tabToolTip(place):
            yield f"cuts the tab {text!r}"


def _rows(view: QListView | QTreeView | QTableView) -> Iterator[str]:
    """Yield the entries of a list that end in an ellipsis and have no tip that says them whole."""
    model = view.model()
    for row in range(min(model.rowCount(), 40)):
        for column in range(1 if isinstance(view, QListView) else model.columnCount()):
            index = model.index(row, column)
            text, room = str(index.data() or ""), view.visualRect(index).width() - _ENTRY_FRAME_PX
            if not text or room <= 0 or (view.wordWrap() and not isinstance(view, QTableView)):
                continue
            widest = max(map(view.fontMetrics().horizontalAdvance, text.split("\n")))
            if widest > room and not index.data(Qt.ItemDataRole.ToolTipRole):
                yield f"cuts the entry {text[:40]!r}"


def _combo(box: QComboBox) -> Iterator[str]:
    text = box.currentText()
    if box.fontMetrics().horizontalAdvance(text) + _COMBO_FRAME_PX > box.width() and not box.toolTip():
        yield f"shows no room for {text!r}"


def _text(edit: QPlainTextEdit) -> Iterator[str]:
    """Yield a text whose lines run on under the scroll bar."""
    lines = edit.document().firstBlock().layout()
    if lines.lineCount() and lines.lineAt(0).width() > edit.viewport().width():
        yield f"runs {edit.toPlainText()[:40]!r} under its scroll bar"


def _header(header: QHeaderView) -> Iterator[str]:
    if header.orientation() is not Qt.Orientation.Horizontal:
        return
    for place in range(header.count()):
        text = str(header.model().headerData(place, Qt.Orientation.Horizontal) or "")
        tip = header.model().headerData(place, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
        widest = max(map(header.fontMetrics().horizontalAdvance, text.split("\n")))
        if not header.isSectionHidden(place) and widest > header.sectionSize(place) and not tip:
            yield f"cuts the caption {text!r}"


def _hidden_by_an_ancestor(widget: QWidget) -> bool:
    """Tell whether part of a widget lies outside an ancestor, where no scroll bar brings it into sight."""
    inside, parent = widget, widget.parentWidget()
    while parent is not None and not inside.isWindow():
        if isinstance(parent.parentWidget(), QAbstractScrollArea):
            return False
        place = QRect(inside.mapTo(parent, QPoint(0, 0)), inside.size())
        if not parent.rect().adjusted(-1, -1, 1, 1).contains(place):
            return True
        inside, parent = parent, parent.parentWidget()
    return False


def _widest(body: QWidget) -> str:
    """Return the chain of widgets that ask for the width."""
    chain: list[str] = []
    widget = body
    while True:
        inside = [child for child in widget.children() if isinstance(child, QWidget) and child.isVisible()]
        if widget.layout() is None or not inside:
            return " > ".join(chain)
        widget = max(inside, key=_least_width)
        chain.append(f"{type(widget).__name__} {_least_width(widget)} {_name(widget)!r}")


def _least_width(widget: QWidget) -> int:
    return widget.minimumWidth() or widget.minimumSizeHint().width()


def _name(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton | QLineEdit) else ""
    return text or widget.accessibleName()
