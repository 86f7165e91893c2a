"""What the bank holds and what it still needs."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.model.course import Course
from app.model.tasks import AnswerKind
from app.session.bank_statistics import BankStatistics, bank_statistics
from app.ui.context import UiContext
from app.ui.fields import enum_choices
from app.ui.pages.bank.key_bars import KeyBars
from app.ui.pages.bank.words import module_caption, outcome_caption
from app.ui.tab_order import OrderedDialog
from app.ui.widgets import label, resize_within_screen, set_role

_Cell = tuple[str, bool]
"""A text, and whether something is missing there."""


class StatisticsDialog(OrderedDialog):
    """Weeks with the planner's counts, outcomes, kinds, and how often each letter is the key."""

    def __init__(self, ui: UiContext, course: Course, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(ui.t("bank.statistics_title"))
        resize_within_screen(self, 860, 680)
        self._ui = ui
        counted = bank_statistics(course, ui.regulation)
        body = QWidget()
        body.setObjectName("page")
        column = QVBoxLayout(body)
        head = label(ui.t("bank.statistics_form_05", n=counted.form_05, least=counted.needed), "heading")
        set_role(head, "role", "heading")
        column.addWidget(head)
        column.addWidget(self._missing(counted))
        column.addWidget(label(ui.t("bank.statistics_weeks"), "label"))
        column.addWidget(self._weeks(course, counted))
        column.addWidget(label(ui.t("bank.statistics_keys"), "label"))
        bars = KeyBars(ui, ui.t("bank.statistics_keys"))
        bars.show_counts(counted.key_positions)
        column.addWidget(bars)
        if counted.without_key:
            column.addWidget(label(ui.t("bank.statistics_without_key", n=counted.without_key), "fail"))
        if counted.outcomes:
            column.addWidget(label(ui.t("bank.statistics_outcomes"), "label"))
            column.addWidget(self._outcomes(course, counted))
        column.addWidget(label(ui.t("bank.statistics_kinds"), "label"))
        column.addWidget(self._kinds(counted))
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(body)
        close = QPushButton(ui.t("bank.close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.addWidget(scroll, 1)
        layout.addLayout(foot)

    def _missing(self, counted: BankStatistics) -> QWidget:
        if counted.missing:
            return label(self._ui.t("bank.statistics_missing", n=counted.missing), "fail")
        return label(self._ui.t("bank.statistics_enough"), "good")

    def _weeks(self, course: Course, counted: BankStatistics) -> QTableWidget:
        rows: list[Sequence[_Cell]] = []
        for module, week in zip(course.modules, counted.modules, strict=True):
            rows.append(
                (
                    (module_caption(self._ui, course, module), False),
                    (f"{week.questions} / {week.needed}", week.missing > 0),
                    (f"{week.form_05} / {week.share}", week.form_05 < week.share and counted.missing > 0),
                )
            )
        if counted.without_lesson:
            rows.append(((self._ui.t("bank.no_lesson"), False), (str(counted.without_lesson), True), ("", False)))
        t = self._ui.t
        heads = (t("bank.statistics_module"), t("bank.statistics_of_week"), t("bank.statistics_of_form"))
        return self._table(t("bank.statistics_weeks"), heads, rows)

    def _outcomes(self, course: Course, counted: BankStatistics) -> QTableWidget:
        rows: list[Sequence[_Cell]] = [
            ((outcome_caption(self._ui, course, outcome), False), (str(count.questions), count.questions == 0))
            for outcome, count in zip(course.outcomes, counted.outcomes, strict=True)
        ]
        if counted.without_outcome:
            rows.append(((self._ui.t("bank.no_outcome"), False), (str(counted.without_outcome), False)))
        heads = (self._ui.t("bank.filter_outcome"), self._ui.t("bank.statistics_count"))
        return self._table(self._ui.t("bank.statistics_outcomes"), heads, rows)

    def _kinds(self, counted: BankStatistics) -> QTableWidget:
        names = dict(enum_choices(self._ui, AnswerKind))
        rows: list[Sequence[_Cell]] = [
            ((names[kind], False), (str(counted.by_kind[kind]), False))
            for kind in AnswerKind
            if counted.by_kind.get(kind)
        ]
        heads = (self._ui.t("bank.kind"), self._ui.t("bank.statistics_count"))
        return self._table(self._ui.t("bank.statistics_kinds"), heads, rows)

    def _table(self, name: str, heads: Sequence[str], rows: Sequence[Sequence[_Cell]]) -> QTableWidget:
        """Return a table as high as its rows."""
        table = QTableWidget(len(rows), len(heads))
        table.setAccessibleName(name)
        table.setHorizontalHeaderLabels(list(heads))
        table.verticalHeader().hide()
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        for row, cells in enumerate(rows):
            for place, (text, missing) in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                if missing:
                    item.setForeground(QColor(self._ui.theme.bad))
                if place:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                table.setItem(row, place, item)
        headers = table.horizontalHeader()
        headers.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        headers.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setFixedHeight(headers.sizeHint().height() + table.verticalHeader().length() + 6)
        return table
