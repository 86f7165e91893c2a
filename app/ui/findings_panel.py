"""The list of findings, in groups; a click goes to the field."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QListView, QVBoxLayout, QWidget

from app.model.finding import Finding, Severity, Status
from app.session.wizard import Step, step_of
from app.ui.context import UiContext
from app.ui.widgets import keep_state_colours, label

_OPEN = frozenset({Status.FAIL, Status.WARNING, Status.ATTEST, Status.NOT_MEASURED})
_Index = QModelIndex | QPersistentModelIndex
GROUPS = ("must", "attest", "advice")


def group_of(finding: Finding) -> str:
    """Return the group of a finding: ``must``, ``attest`` or ``advice``."""
    if finding.status in (Status.ATTEST, Status.NOT_MEASURED):
        return "attest"
    return "must" if finding.status is Status.FAIL and finding.severity is Severity.MUST else "advice"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user wants to see; empty means all."""

    group: str = ""
    step: Step | None = None
    text: str = ""


class FindingsModel(QAbstractListModel):
    """The open findings under the headings of their groups, the gravest first."""

    def __init__(self, ui: UiContext, place_of: Callable[[Finding], str]) -> None:
        super().__init__()
        self._ui = ui
        self._place_of = place_of
        self._all: tuple[Finding, ...] = ()
        self._rows: tuple[Finding | str, ...] = ()
        self._wanted = Wanted()

    def set_findings(self, findings: Sequence[Finding]) -> bool:
        """Show other findings; nothing is redrawn where they are the same. Return whether they are others."""
        fresh = tuple(f for f in findings if f.status in _OPEN)
        if fresh == self._all:
            return False
        self._all = fresh
        self._refilter()
        return True

    def want(self, wanted: Wanted) -> None:
        """Show a part of the findings."""
        if wanted != self._wanted:
            self._wanted = wanted
            self._refilter()

    def count(self, group: str) -> int:
        """Return how many findings a group has; the empty group is all."""
        return sum(not group or group_of(finding) == group for finding in self._all)

    def finding(self, row: int) -> Finding | None:
        """Return the finding of a row, None for a heading."""
        shown = self._rows[row] if 0 <= row < len(self._rows) else ""
        return shown if isinstance(shown, Finding) else None

    def row_of(self, finding: Finding) -> int:
        """Return the row of a finding, -1 where it is not shown."""
        return self._rows.index(finding) if finding in self._rows else -1

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return the number of rows, headings among them."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let findings be chosen, headings not."""
        if self.finding(index.row()) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return text, colour, weight or tool tip of a row."""
        row = self._rows[index.row()]
        if isinstance(row, str):
            return self._heading(row, role)
        theme = self._ui.theme
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{row.rule} · {self._place_of(row)}\n{self._ui.finding_text(row)}"
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor({"must": theme.bad, "attest": theme.warn, "advice": theme.text}[group_of(row)])
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{self._ui.clause_name(row.rule)}: {self._ui.rule_title(row.rule)}"
        return None

    def _heading(self, group: str, role: int) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            shown = sum(isinstance(row, Finding) and group_of(row) == group for row in self._rows)
            return f"{self._ui.t(f'findings.filter.{group}')} ({shown})"
        if role == Qt.ItemDataRole.FontRole:
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.BackgroundRole:
            return QColor(self._ui.theme.raised)
        return None

    def _refilter(self) -> None:
        wanted, text = self._wanted, self._wanted.text.casefold()
        shown = [
            finding
            for finding in self._all
            if (not wanted.group or group_of(finding) == wanted.group)
            and (wanted.step is None or step_of(finding) is wanted.step)
            and (not text or text in f"{finding.rule} {self._ui.finding_text(finding)}".casefold())
        ]
        rows: list[Finding | str] = []
        for group in GROUPS:
            own = [finding for finding in shown if group_of(finding) == group]
            rows += [group, *own] if own else []
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()


class FindingsPanel(QWidget):
    """Filters and list.

    Signals:
        chosen: the user wants to go to a finding's field.
        looked_at: the user has a finding before them, which the clause tab explains.
    """

    chosen = Signal(object)
    looked_at = Signal(object)

    def __init__(self, ui: UiContext, place_of: Callable[[Finding], str]) -> None:
        super().__init__()
        self._ui = ui
        self._step = Step.DESCRIPTION
        self._model = FindingsModel(ui, place_of)
        self._filter = QComboBox()
        self._filter.setAccessibleName(ui.t("findings.filter"))
        for group in ("", *GROUPS):
            self._filter.addItem(ui.t(f"findings.filter.{group or 'all'}"), group)
        self._scope = QComboBox()
        self._scope.setAccessibleName(ui.t("findings.scope"))
        self._scope.addItems([ui.t("findings.scope_all"), ui.t("findings.scope_step")])
        self._text = QLineEdit()
        self._text.setPlaceholderText(ui.t("findings.text"))
        self._text.setAccessibleName(ui.t("findings.text"))
        self._text.setClearButtonEnabled(True)
        for box in (self._filter, self._scope):  # else their longest entry would widen the whole panel
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(6)
        for signal in (self._filter.currentIndexChanged, self._scope.currentIndexChanged, self._text.textChanged):
            signal.connect(lambda _: self._refilter())
        self._view = QListView()
        self._view.setModel(self._model)
        keep_state_colours(self._view)
        self._view.setWordWrap(True)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setResizeMode(QListView.ResizeMode.Adjust)
        self._view.setAccessibleName(ui.t("findings.name"))
        self._view.clicked.connect(self._choose)
        self._view.activated.connect(self._choose)
        self._view.selectionModel().currentChanged.connect(lambda current, _: self._look_at(current))
        self._empty = label(ui.t("findings.empty"), "good")
        self._nothing = label(ui.t("findings.nothing"), "muted")
        self._unjudged = label(ui.t("findings.unjudged"), "muted")
        head = QHBoxLayout()
        head.addWidget(self._filter, 1)
        head.addWidget(self._scope, 1)
        layout = QVBoxLayout(self)
        layout.addLayout(head)
        layout.addWidget(self._text)
        layout.addWidget(self._empty)
        layout.addWidget(self._nothing)
        layout.addWidget(self._unjudged)
        layout.addWidget(self._view, 1)
        self._judged = False  # until the rules have spoken an empty list does not say that all is well
        self._show_emptiness()
        self.setFocusProxy(self._view)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show the findings of the course and the counts in the filter; the chosen one stays chosen."""
        self._judged = True
        kept = self.current()
        if self._model.set_findings(findings) and kept is not None:
            row = self._model.row_of(kept)
            if row >= 0:
                self._view.setCurrentIndex(self._model.index(row, 0))
        for row in range(self._filter.count()):
            group = self._filter.itemData(row)
            name = self._ui.t(f"findings.filter.{group or 'all'}")
            self._filter.setItemText(row, f"{name} ({self._model.count(group)})")
        self._show_emptiness()

    def show_step(self, step: Step) -> None:
        """The user is at another step; where the list is of the step only, it follows."""
        self._step = step
        self._refilter()

    def current(self) -> Finding | None:
        """Return the finding that is chosen."""
        index = self._view.currentIndex()
        return self._model.finding(index.row()) if index.isValid() else None

    def go_to_next(self) -> None:
        """Choose the finding behind the chosen one, the first after the last, and go to its field."""
        rows = [row for row in range(self._model.rowCount()) if self._model.finding(row) is not None]
        if not rows:
            return
        current = self._view.currentIndex().row()
        row = next((row for row in rows if row > current), rows[0])
        self._view.setCurrentIndex(self._model.index(row, 0))
        self._choose(self._model.index(row, 0))

    def _refilter(self) -> None:
        step = self._step if self._scope.currentIndex() else None
        self._model.want(Wanted(self._filter.currentData() or "", step, self._text.text().strip()))
        self._show_emptiness()

    def _show_emptiness(self) -> None:
        total = self._model.count("")
        shown = self._model.rowCount()
        self._unjudged.setVisible(not self._judged)
        self._empty.setVisible(self._judged and total == 0)
        self._nothing.setVisible(total > 0 and shown == 0)
        self._view.setVisible(shown > 0)

    def _choose(self, index: QModelIndex) -> None:
        finding = self._model.finding(index.row()) if index.isValid() else None
        if finding is not None:
            self.chosen.emit(finding)

    def _look_at(self, index: QModelIndex) -> None:
        finding = self._model.finding(index.row()) if index.isValid() else None
        if finding is not None:
            self.looked_at.emit(finding)
