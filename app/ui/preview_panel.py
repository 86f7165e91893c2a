"""The official form as it will be printed, redrawn while one types; the scroll position stays."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from app.ui.context import UiContext
from app.ui.widgets import label


class PreviewPanel(QScrollArea):
    """Page images one below the other. Swapped when they are ready, so nothing flickers and nothing jumps."""

    def __init__(self, ui: UiContext) -> None:
        super().__init__()
        self._ui = ui
        self.setWidgetResizable(True)
        self.setAccessibleName(ui.t("preview.name"))
        self._pages: list[QLabel] = []
        self._note = label(ui.t("preview.none"), "muted")
        body = QWidget()
        self._layout = QVBoxLayout(body)
        self._layout.setSpacing(8)
        self._layout.addWidget(self._note)
        self._layout.addStretch(1)
        self.setWidget(body)

    @property
    def page_count(self) -> int:
        """How many pages are shown."""
        return sum(not page.isHidden() for page in self._pages)

    def page_width_px(self) -> int:
        """Return the width in device pixels at which pages should be drawn."""
        bar = 0 if self.verticalScrollBar().isVisible() else self.verticalScrollBar().sizeHint().width()
        return max(200, round((self.viewport().width() - bar - 28) * self.devicePixelRatioF()))

    def show_pages(self, images: Sequence[QImage]) -> None:
        """Show other pages in place of the present ones."""
        self._note.setVisible(not images)
        if not images:
            self._note.setText(self._ui.t("preview.none"))
        while len(self._pages) < len(images):
            page = QLabel()
            page.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            page.setFrameShape(QLabel.Shape.Box)
            self._layout.insertWidget(self._layout.count() - 1, page)
            self._pages.append(page)
        for number, page in enumerate(self._pages, start=1):
            page.setVisible(number <= len(images))
            if number <= len(images):
                pixmap = QPixmap.fromImage(images[number - 1])
                pixmap.setDevicePixelRatio(self.devicePixelRatioF())
                page.setPixmap(pixmap)
                page.setAccessibleName(self._ui.t("preview.page", number=number, total=len(images)))

    def show_problem(self, text: str) -> None:
        """Say why there is no preview."""
        self.show_pages(())
        self._note.setText(text)
