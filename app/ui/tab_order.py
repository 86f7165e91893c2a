"""The order in which Tab goes through a window: as it is read, whatever was made first.

Qt goes in the order in which widgets were made. Here lists grow, forms are replaced and bars are put above what was
there before, so that this order jumps about; the layouts know where each thing stands.
"""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QButtonGroup,
    QComboBox,
    QDialog,
    QGridLayout,
    QLayout,
    QLineEdit,
    QScrollArea,
    QSplitter,
    QTabWidget,
    QWidget,
)

_WHOLE = (QComboBox, QAbstractSpinBox, QLineEdit)
"""Controls whose parts are no stops of their own."""
_ROOM_PX = 24
"""So much of what stands around a stop is brought into sight with it."""


class OrderedDialog(QDialog):
    """A dialog through which Tab goes as it is read."""

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go to the next stop, or to the one before."""
        return go_on(self, forward=forward)


def go_on(window: QWidget, *, forward: bool) -> bool:
    """Move the focus to the next stop of a window, the first after the last; False where there is none."""
    walked = list(in_reading_order(window))
    here = focused_in(window)
    while here is not None and here not in walked:
        here = here.parentWidget()
    place = walked.index(here) if here is not None else -1
    after, before = walked[place + 1 :], walked[: max(place, 0)]
    candidates = (*after, *before) if forward else (*reversed(before), *reversed(after))
    target = next((widget for widget in candidates if is_stop(widget)), None)
    if target is None:
        return False
    target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    bring_into_sight(target)
    return True


def focus_first(inside: QWidget) -> None:
    """Focus the first stop inside a widget."""
    stop = next((widget for widget in in_reading_order(inside) if is_stop(widget)), None)
    if stop is not None:
        stop.setFocus(Qt.FocusReason.TabFocusReason)
        bring_into_sight(stop)


def is_stop(widget: QWidget) -> bool:
    """Tell whether Tab stops at a widget; of buttons of which one is chosen it is the chosen one."""
    if widget.focusProxy() is not None or not widget.isEnabled() or not widget.isVisible():
        return False
    chosen = chosen_in_group(widget)
    if chosen is not None:
        return chosen is widget
    return Qt.FocusPolicy.TabFocus in widget.focusPolicy()


def focused_in(window: QWidget) -> QWidget | None:
    """Return what has the focus in a window."""
    return window.focusWidget()


def chosen_in_group(widget: QWidget) -> QAbstractButton | None:
    """Return the chosen one of the buttons of which a widget is one; None where none is chosen, or there are none."""
    group: object = widget.group() if isinstance(widget, QAbstractButton) else None
    return group.checkedButton() if isinstance(group, QButtonGroup) and group.exclusive() else None


def bring_into_sight(widget: QWidget) -> None:
    """Scroll whatever is around a widget so that it can be seen."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget, 0, _ROOM_PX)
        around = around.parentWidget()


def in_reading_order(widget: QWidget) -> Iterator[QWidget]:
    """Yield a widget and what is seen in it, as one reads: line by line, what stands on the left first."""
    yield widget
    if isinstance(widget, _WHOLE):
        return
    for child in _children(widget):
        if child.isVisible() and not child.isWindow():
            yield from in_reading_order(child)


def _children(widget: QWidget) -> list[QWidget]:
    layout = widget.layout()
    placed: list[QWidget] = []
    if isinstance(widget, QTabWidget):
        return _those_there(widget.tabBar(), widget.cornerWidget(), widget.currentWidget())
    if isinstance(widget, QSplitter):
        return _those_there(*(widget.widget(place) for place in range(widget.count())))
    if isinstance(widget, QScrollArea):
        return _those_there(widget.widget())
    if isinstance(widget, QAbstractScrollArea):
        return _by_place(widget.viewport())  # editors in the cells
    if layout is not None:
        placed = list(_in_layout(layout, _by_place(widget)))
    return placed + [child for child in _by_place(widget) if child not in placed]


def _in_layout(layout: QLayout, widgets: Sequence[QWidget]) -> Iterator[QWidget]:
    """Yield those of some widgets that stand in a layout, in its order.

    The layout is asked where each stands, never for its items: Python would keep an item that Qt deletes with the
    widget in it, and take what Qt makes next in the same place for that item.
    """
    parts: list[QWidget | QLayout] = [widget for widget in widgets if layout.indexOf(widget) >= 0]
    parts += [inner for inner in layout.children() if isinstance(inner, QLayout)]
    if isinstance(layout, QGridLayout):  # its parts stand in the order in which they were put there
        parts.sort(key=lambda part: (part.geometry().y(), part.geometry().x()))
    else:
        parts.sort(key=layout.indexOf)
    for part in parts:
        if isinstance(part, QWidget):
            yield part
        else:
            yield from _in_layout(part, widgets)


def _those_there(*widgets: QWidget | None) -> list[QWidget]:
    return [widget for widget in widgets if widget is not None]


def _by_place(widget: QWidget) -> list[QWidget]:
    inside = [child for child in widget.children() if isinstance(child, QWidget)]
    return sorted(inside, key=lambda child: (child.y(), child.x()))
