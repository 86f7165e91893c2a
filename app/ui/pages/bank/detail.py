"""The right half of the page: the editor of one question, the deeds for several, or a word why neither is there."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.formats.problems import Problem
from app.model.finding import Finding
from app.model.tasks import Question
from app.ui.background import Background
from app.ui.context import UiContext
from app.ui.editing import CourseEditor
from app.ui.pages.bank.bulk_panel import BulkPanel
from app.ui.pages.bank.preview_pane import PreviewPane
from app.ui.pages.bank.question_editor import QuestionEditor
from app.ui.widgets import label


class DetailPane(QWidget):
    """What is chosen in the list: to edit, or as a learner sees it.

    Signals:
        pictures_lost: how many of the pictures that were pasted cannot be had.
    """

    pictures_lost = Signal(int)

    def __init__(self, ui: UiContext, editor: CourseEditor, background: Background) -> None:
        super().__init__()
        self._ui = ui
        self._editor = editor
        self._background = background
        self._form: QuestionEditor | None = None
        self._tabs = QTabBar()
        self._tabs.setAccessibleName(ui.t("bank.tabs"))
        self._tabs.addTab(ui.t("bank.tab_edit"))
        self._tabs.addTab(ui.t("bank.tab_preview"))
        ui.remember(self._tabs, "bank_view")
        self._tabs.currentChanged.connect(lambda _: self._show_tab())
        self._stack = QStackedWidget()
        self._preview = PreviewPane(ui, editor)
        self._preview_scroll = _scroll()
        self._preview_scroll.setWidget(_padded(self._preview))
        self._nothing = label(ui.t("bank.choose_one"), "muted")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._nothing.setContentsMargins(12, 12, 12, 12)
        self._scroll = _scroll()
        self.bulk = BulkPanel(ui, editor)
        self._bulk_scroll = _scroll()
        self._bulk_scroll.setWidget(_padded(self.bulk))
        for page in (self._nothing, self._scroll, self._preview_scroll, self._bulk_scroll):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 0, 0, 0)
        column.addWidget(self._tabs)
        column.addWidget(self._stack, 1)

    @property
    def question_id(self) -> str:
        """Id of the question in the editor; empty where there is none."""
        return self._form.question_id if self._form is not None else ""

    def show_question(self, question: Question) -> bool:
        """Edit a question; return whether it is another one than before."""
        if self.question_id == question.id:
            self._show_tab()
            return False
        if self._form is None:
            self._form = QuestionEditor(self._ui, self._editor, self._background, question)
            self._form.pictures_lost.connect(self.pictures_lost)
            self._scroll.setWidget(_padded(self._form))
        else:
            self._form.show_question(question)
        self._scroll.verticalScrollBar().setValue(0)
        self._show_tab()
        return True

    def show_bulk(self, ids: frozenset[str]) -> None:
        """Offer what can be done with several questions."""
        self.bulk.show_chosen(ids)
        self._tabs.hide()
        self._stack.setCurrentWidget(self._bulk_scroll)

    def show_nothing(self) -> None:
        """Say that no question is chosen."""
        if self._form is not None:
            self._form.close_down()
            self._form = None
            self._scroll.takeWidget().deleteLater()
        self._tabs.hide()
        self._stack.setCurrentWidget(self._nothing)

    def close_down(self) -> None:
        """Hear no more of what was asked of the other thread."""
        if self._form is not None:
            self._form.close_down()

    def refresh(self) -> None:
        """Show the course's current values."""
        if self._form is not None:
            self._form.refresh()
            if self._stack.currentWidget() is self._preview_scroll:
                self._show_tab()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Say what the rules reject in the question."""
        if self._form is not None:
            self._form.show_findings(findings)

    def show_repetition(self, problem: Problem | None) -> None:
        """Say that the question repeats another one."""
        if self._form is not None:
            self._form.show_repetition(problem)

    def reveal(self, element: str) -> None:
        """Focus the part of the question that an element path names."""
        if self._form is not None:
            self._tabs.setCurrentIndex(0)
            self._form.reveal(element)
            focused = self._form.focusWidget()
            if focused is not None:
                self._scroll.ensureWidgetVisible(focused, 20, 80)

    def focus_stem(self) -> None:
        """Begin writing."""
        if self._form is not None:
            self._tabs.setCurrentIndex(0)
            self._form.focus_stem()

    def mark(self, place: int) -> None:
        """Make an option of the question the right one."""
        if self._form is not None and self._stack.currentWidget() in (self._scroll, self._preview_scroll):
            self._form.mark(place)

    def take_picture(self, data: QMimeData) -> bool:
        """Put a copied picture below the text of the question that is shown; tell whether there are both."""
        shown = self._stack.currentWidget() in (self._scroll, self._preview_scroll)
        return shown and self._form is not None and self._form.take_picture(data)

    def _show_tab(self) -> None:
        """Show the editor or the preview of the chosen question."""
        if self._form is None:
            return
        self._tabs.show()
        question = self._form.question
        if self._tabs.currentIndex() == 0 or question is None:
            self._stack.setCurrentWidget(self._scroll)
        else:
            self._preview.show_question(question)
            self._stack.setCurrentWidget(self._preview_scroll)


def _scroll() -> QScrollArea:
    area = QScrollArea()
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it scrolls it
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    return area


def _padded(widget: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(12, 0, 6, 0)
    column.addWidget(widget)
    return holder
