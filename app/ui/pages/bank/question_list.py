"""The list itself: keys and looks of the view over the questions."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from app.ui.context import UiContext
from app.ui.pages.bank.questions_model import QuestionsModel


class QuestionList(QListView):
    """A list of any length, of which several rows may be chosen.

    Signals:
        remove_wanted: Delete was pressed.
    """

    remove_wanted = Signal()

    def __init__(self, ui: UiContext, model: QuestionsModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(ui.t("bank.list"))
        self.setMinimumWidth(200)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Delete takes the chosen questions away."""
        if event.key() == Qt.Key.Key_Delete and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.remove_wanted.emit()
            return
        super().keyPressEvent(event)
