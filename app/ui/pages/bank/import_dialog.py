"""The import review: what would come in, what was repaired, what cannot come in, and what repeats the bank."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.formats.problems import Problem, ProblemSeverity
from app.model.course import Course
from app.model.views import numbered_lessons
from app.session.bank_import import Decision, ImportItem, ImportReview, ImportStatus
from app.ui.context import UiContext
from app.ui.pages.bank.choice_box import ChoiceBox
from app.ui.pages.bank.import_model import STATUS, TAKE, TEXT, ImportModel
from app.ui.pages.bank.words import extras_lines, lesson_caption, outcome_caption, problem_text
from app.ui.tab_order import OrderedDialog
from app.ui.widgets import Scrolled, label, resize_within_screen, set_role

_FILE_PROBLEMS_SHOWN = 4
_LEAST_PANE_PX = 96
"""Four lines of the question; what stands below is scrolled to where it has no room."""


class ImportDialog(OrderedDialog):
    """Nothing comes in before "import" is pressed; then all of it is one undo step.

    Signals:
        accepted_review: the decisions by number, the lecture's id or None, the outcomes' ids.
    """

    accepted_review = Signal(object, object, object)

    def __init__(self, ui: UiContext, course: Course, review: ImportReview, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(ui.t("bank.import_title", name=name))
        resize_within_screen(self, 1080, 680)
        self._ui = ui
        self._course = course
        self._review = review
        self._model = ImportModel(ui, review)
        self._model.decided.connect(self._count)
        self._summary = label("", "heading")
        self._table = self._make_table()
        self._before = self._text_pane(ui.t("bank.import_before"))
        self._after = self._text_pane(ui.t("bank.import_after"))
        self._problems = label("")
        self._twin = label("", "warning")
        self._choices = QButtonGroup(self)
        self._choice_row = QHBoxLayout()
        for place, decision in enumerate(Decision):
            choice = QRadioButton(ui.t(f"bank.import_decision.{decision.value}"))
            self._choices.addButton(choice, place)
            self._choice_row.addWidget(choice)
        self._choice_row.addStretch(1)
        self._choices.idClicked.connect(lambda place: self._decide(tuple(Decision)[place]))
        lessons = [(lesson.id, lesson_caption(ui, number, lesson)) for number, _, lesson in numbered_lessons(course)]
        self._lesson = ChoiceBox(ui.t("field.question.lesson"), [(None, ui.t("bank.no_lesson")), *lessons])
        outcomes = [(outcome.id, outcome_caption(ui, course, outcome)) for outcome in course.outcomes]
        self._outcome = ChoiceBox(ui.t("bank.outcomes"), [(None, ui.t("bank.no_outcome")), *outcomes])
        self._accept = QPushButton()
        self._accept.setProperty("primary", "true")
        self._accept.setDefault(True)
        self._accept.clicked.connect(self._take)
        self._build()
        self._count()
        if review.items:
            flags = QItemSelectionModel.SelectionFlag
            first = self._model.index(0, TEXT)
            self._table.selectionModel().setCurrentIndex(first, flags.ClearAndSelect | flags.Rows)

    def _build(self) -> None:
        t = self._ui.t
        column = QVBoxLayout(self)
        column.addWidget(self._summary)
        notes = [problem_text(self._ui, problem) for problem in self._review.file_problems]
        if notes:
            more = [t("bank.import_more", n=len(notes) - _FILE_PROBLEMS_SHOWN)] * (len(notes) > _FILE_PROBLEMS_SHOWN)
            column.addWidget(label("\n".join((*notes[:_FILE_PROBLEMS_SHOWN], *more)), "warning"))
        bulk = QHBoxLayout()
        for text, wanted in (
            (t("bank.import_take_suggested"), "suggested"),
            (t("bank.import_take_all"), "all"),
            (t("bank.import_take_none"), "none"),
        ):
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, wanted=wanted: self._decide_all(wanted))
            bulk.addWidget(button)
        bulk.addStretch(1)
        column.addLayout(bulk)
        shown = QWidget()
        detail = QVBoxLayout(shown)
        detail.setContentsMargins(0, 0, 0, 0)
        panes = QHBoxLayout()
        for caption, pane in ((t("bank.import_before"), self._before), (t("bank.import_after"), self._after)):
            half = QVBoxLayout()
            half.addWidget(label(caption, "label"))
            half.addWidget(pane, 1)
            panes.addLayout(half, 1)
        detail.addLayout(panes, 1)
        detail.addWidget(self._problems)
        detail.addWidget(self._twin)
        right = QWidget()
        beside = QVBoxLayout(right)
        beside.setContentsMargins(6, 0, 0, 0)
        beside.addWidget(Scrolled(shown), 1)
        beside.addLayout(self._choice_row)
        splitter = QSplitter()
        splitter.addWidget(self._table)
        splitter.addWidget(right)
        splitter.setSizes([460, 620])
        splitter.setCollapsible(0, False)
        splitter.setCollapsible(1, False)
        self._ui.remember(splitter, "bank_import_dialog")
        column.addWidget(splitter, 1)
        links = QHBoxLayout()
        link = label(t("bank.import_link"), "label")
        link.setWordWrap(False)
        links.addWidget(link)
        links.addWidget(self._lesson, 1)
        links.addWidget(self._outcome, 1)
        column.addLayout(links)
        cancel = QPushButton(t("bank.cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self._accept)
        column.addLayout(foot)

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self._model)
        table.setAccessibleName(self._ui.t("bank.import_list"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        heads = table.horizontalHeader()
        for section in (TAKE, STATUS):
            heads.setSectionResizeMode(section, QHeaderView.ResizeMode.ResizeToContents)
        heads.setSectionResizeMode(TEXT, QHeaderView.ResizeMode.Stretch)
        table.selectionModel().currentRowChanged.connect(lambda current, _: self._show(current.row()))
        return table

    @staticmethod
    def _text_pane(name: str) -> QPlainTextEdit:
        pane = QPlainTextEdit()
        pane.setReadOnly(True)
        pane.setTabChangesFocus(True)
        pane.setMinimumHeight(_LEAST_PANE_PX)
        pane.setAccessibleName(name)
        return pane

    def _show(self, row: int) -> None:
        if row < 0:
            return
        item = self._model.item(row)
        extras = extras_lines(self._ui, item.question) if item.question else []
        self._before.setPlainText("\n".join((item.before, *([] if item.as_in_file else extras))))
        self._after.setPlainText("\n".join((item.after, *extras)))
        self._problems.setText("\n".join(self._line(problem) for problem in item.problems))
        set_role(self._problems, "role", _role(item.problems))
        self._problems.setVisible(bool(item.problems))
        self._twin.setText(self._twin_text(item))
        self._twin.setVisible(bool(item.likeness))
        self._show_decision(item)

    def _show_decision(self, item: ImportItem) -> None:
        decision = self._model.decisions[item.number]
        for place, choice in enumerate(Decision):
            button = self._choices.button(place)
            button.setEnabled(choice in item.choices)
            button.setChecked(choice is decision)

    def _line(self, problem: Problem) -> str:
        text = problem_text(self._ui, problem)
        return f"{self._ui.t('bank.import_mended')}: {text}" if problem.fixable else text

    def _twin_text(self, item: ImportItem) -> str:
        if not item.likeness:
            return ""
        kind = self._ui.t(f"bank.problem.{item.likeness}")
        if item.twin_number:
            return self._ui.t("bank.import_twin_in_file", kind=kind, n=item.twin_number)
        number, twin = next((n, q) for n, q in enumerate(self._course.test_bank, 1) if q.id == item.twin_id)
        there, coming = extras_lines(self._ui, twin), extras_lines(self._ui, item.question) if item.question else []
        lines = [self._ui.t("bank.import_twin", kind=kind, n=number, stem=twin.stem)]
        if there != coming:
            lines.append(self._ui.t("bank.import_twin_extras") if there else self._ui.t("bank.import_twin_no_extras"))
        return "\n".join((*lines, *(there if there != coming else ())))

    def _decide(self, decision: Decision) -> None:
        row = self._table.currentIndex().row()
        if row >= 0:
            self._model.decide(row, decision)

    def _decide_all(self, wanted: str) -> None:
        self._model.decide_all(wanted)

    def _count(self) -> None:
        counts = Counter(item.status for item in self._review.items)
        repeats = sum(bool(item.likeness) for item in self._review.items)
        words = [
            self._ui.t("bank.import_count.ready", n=counts[ImportStatus.READY]),
            self._ui.t("bank.import_count.repaired", n=counts[ImportStatus.REPAIRED]),
            self._ui.t("bank.import_count.incomplete", n=counts[ImportStatus.INCOMPLETE]),
            self._ui.t("bank.import_count.impossible", n=counts[ImportStatus.IMPOSSIBLE]),
        ]
        if repeats:
            words.append(self._ui.t("bank.import_count.repeats", n=repeats))
        self._summary.setText(" · ".join(words) if self._review.items else self._ui.t("bank.import_nothing"))
        chosen = len(self._review.chosen(self._model.decisions))
        self._accept.setText(self._ui.t("bank.import_take", n=chosen))
        self._accept.setEnabled(chosen > 0)
        row = self._table.currentIndex().row()
        if row >= 0:
            self._show_decision(self._model.item(row))

    def _take(self) -> None:
        lesson_id = self._lesson.value if isinstance(self._lesson.value, str) else None
        outcome = self._outcome.value
        outcome_ids = (outcome,) if isinstance(outcome, str) else ()
        self.accepted_review.emit(dict(self._model.decisions), lesson_id, outcome_ids)
        self.accept()


def _role(problems: Sequence[Problem]) -> str:
    grave = any(problem.severity is ProblemSeverity.ERROR and not problem.fixable for problem in problems)
    return "fail" if grave else "warning"
