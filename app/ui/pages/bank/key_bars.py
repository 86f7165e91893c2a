"""How often each letter is the key, as bars with their figures."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.context import UiContext

_BAR_PX = 22
_GAP_PX = 6
_LETTER_PX = 28
_FIGURE_PX = 96
_UNEVEN_SHARE = 0.4
"""Twice the fifth that each of five letters has by chance."""


class KeyBars(QWidget):
    """A bar for each letter, with count and share beside it."""

    def __init__(self, ui: UiContext, name: str) -> None:
        super().__init__()
        self._ui = ui
        self._name = name
        self._counts: dict[str, int] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_counts({})

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show other counts."""
        self._counts = dict(counts)
        self.setAccessibleName(f"{self._name}: {', '.join(f'{key} {count}' for key, count in counts.items())}")
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def sizeHint(self) -> QSize:
        """Return a height for all bars."""
        return QSize(260, max(1, len(self._counts)) * (_BAR_PX + _GAP_PX))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw letters, bars and figures."""
        theme = self._ui.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        total, most = sum(self._counts.values()), max([1, *self._counts.values()])
        width = self.width() - _LETTER_PX - _FIGURE_PX
        for row, (letter, count) in enumerate(self._counts.items()):
            top = row * (_BAR_PX + _GAP_PX)
            share = count / total if total else 0.0
            painter.setPen(QColor(theme.text))
            painter.drawText(QRectF(0, top, _LETTER_PX, _BAR_PX), Qt.AlignmentFlag.AlignVCenter, letter)
            painter.fillRect(QRectF(_LETTER_PX, top, width, _BAR_PX), QColor(theme.raised))
            colour = theme.warn if share > _UNEVEN_SHARE else theme.accent
            painter.fillRect(QRectF(_LETTER_PX, top, width * count / most, _BAR_PX), QColor(colour))
            figure = QRectF(_LETTER_PX + width + 8, top, _FIGURE_PX - 8, _BAR_PX)
            painter.drawText(figure, Qt.AlignmentFlag.AlignVCenter, f"{count} · {share:.0%}")
