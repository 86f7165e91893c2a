"""The list itself: keys and looks of the view over the questions."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.ui.context import UiContext
from app.ui.pages.bank.questions_model import QuestionsModel
from app.ui.widgets import keep_state_colours

_PADDING_PX = 8


class QuestionList(QTableView):
    """A list of any length, of which several rows may be chosen.

    It is a table of one column: Qt's list would lay out all its rows again after every key typed into a question.

    Signals:
        remove_wanted: Delete was pressed.
        paste_wanted: the keys for pasting were pressed.
    """

    remove_wanted = Signal()
    paste_wanted = Signal()

    def __init__(self, ui: UiContext, model: QuestionsModel) -> None:
        super().__init__()
        self.setModel(model)
        keep_state_colours(self)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(ui.t("bank.list"))
        self.setMinimumWidth(200)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self.fontMetrics().lineSpacing() + _PADDING_PX)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the chosen questions away, Ctrl+V brings a test out of Word."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit()
            return
        if event.key() == Qt.Key.Key_Delete and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.remove_wanted.emit()
            return
        super().keyPressEvent(event)
