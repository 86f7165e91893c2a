"""The list of findings; a click goes to the field."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QListView, QPushButton, QVBoxLayout, QWidget

from app.model.finding import Finding, Severity, Status
from app.ui.context import UiContext
from app.ui.widgets import label

_OPEN = frozenset({Status.FAIL, Status.WARNING, Status.ATTEST, Status.NOT_MEASURED})
_Index = QModelIndex | QPersistentModelIndex


def group_of(finding: Finding) -> str:
    """Return the group under which a finding is filtered: ``must``, ``attest`` or ``advice``."""
    if finding.status in (Status.ATTEST, Status.NOT_MEASURED):
        return "attest"
    return "must" if finding.status is Status.FAIL and finding.severity is Severity.MUST else "advice"


class FindingsModel(QAbstractListModel):
    """The open findings, the gravest first."""

    def __init__(self, ui: UiContext) -> None:
        super().__init__()
        self._ui = ui
        self._all: tuple[Finding, ...] = ()
        self._shown: tuple[Finding, ...] = ()
        self._group = ""

    def set_findings(self, findings: Sequence[Finding]) -> None:
        """Show other findings; nothing is redrawn where they are the same."""
        order = ("must", "attest", "advice")
        fresh = tuple(sorted((f for f in findings if f.status in _OPEN), key=lambda f: order.index(group_of(f))))
        if fresh != self._all:
            self._all = fresh
            self._refilter()

    def set_group(self, group: str) -> None:
        """Show one group only; empty = all."""
        self._group = group
        self._refilter()

    def count(self, group: str) -> int:
        """Return how many findings a group has."""
        return sum(group_of(finding) == group for finding in self._all)

    def finding(self, row: int) -> Finding:
        """Return the finding of a row."""
        return self._shown[row]

    def rowCount(self, parent: _Index | None = None) -> int:  # noqa: N802 - Qt's name
        """Return the number of rows."""
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return text, colour or tool tip of a row."""
        finding = self._shown[index.row()]
        group = group_of(finding)
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{finding.rule} · {self._ui.t(f'findings.group.{group}')}\n{self._ui.finding_text(finding)}"
        if role == Qt.ItemDataRole.ForegroundRole:
            theme = self._ui.theme
            return QColor({"must": theme.bad, "attest": theme.warn, "advice": theme.text}[group])
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._ui.regulation.rule_texts[finding.rule].title.pick(self._ui.lang)
        return None

    def _refilter(self) -> None:
        self.beginResetModel()
        self._shown = tuple(f for f in self._all if not self._group or group_of(f) == self._group)
        self.endResetModel()


class FindingsPanel(QWidget):
    """Filter, list, and the explanation of the chosen finding.

    Signals:
        chosen: the user wants to go to a finding's field.
        answered: a person gave their word on a finding, yes or no.
    """

    chosen = Signal(object)
    answered = Signal(object, bool)

    def __init__(self, ui: UiContext) -> None:
        super().__init__()
        self._ui = ui
        self._model = FindingsModel(ui)
        self._filter = QComboBox()
        self._filter.setAccessibleName(ui.t("findings.filter"))
        for group in ("", "must", "attest", "advice"):
            self._filter.addItem("", group)
        self._filter.currentIndexChanged.connect(lambda _: self._model.set_group(self._filter.currentData()))
        self._view = QListView()
        self._view.setModel(self._model)
        self._view.setWordWrap(True)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setResizeMode(QListView.ResizeMode.Adjust)
        self._view.setAccessibleName(ui.t("findings.name"))
        self._view.clicked.connect(self._choose)
        self._view.activated.connect(self._choose)
        self._view.selectionModel().currentChanged.connect(lambda current, _: self._explain(current))
        self._empty = label(ui.t("findings.empty"), "good")
        self._hint = QLabel()
        self._hint.setWordWrap(True)
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setProperty("role", "muted")
        self._yes = QPushButton(ui.t("findings.confirm"))
        self._no = QPushButton(ui.t("findings.deny"))
        self._yes.clicked.connect(lambda: self._answer(word=True))
        self._no.clicked.connect(lambda: self._answer(word=False))
        self._words = QWidget()
        words = QHBoxLayout(self._words)
        words.setContentsMargins(0, 0, 0, 0)
        words.addWidget(self._yes)
        words.addWidget(self._no)
        words.addStretch(1)
        self._words.setVisible(False)
        head = QHBoxLayout()
        head.addWidget(self._filter, 1)
        layout = QVBoxLayout(self)
        layout.addLayout(head)
        layout.addWidget(self._empty)
        layout.addWidget(self._view, 1)
        layout.addWidget(self._hint)
        layout.addWidget(self._words)
        self._empty.setVisible(False)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show the findings of the course and the counts in the filter."""
        self._model.set_findings(findings)
        total = sum(self._model.count(group) for group in ("must", "attest", "advice"))
        for row in range(self._filter.count()):
            group = self._filter.itemData(row)
            count = self._model.count(group) if group else total
            name = self._ui.t(f"findings.filter.{group or 'all'}")
            self._filter.setItemText(row, f"{name} ({count})")
        self._empty.setVisible(total == 0)
        self._view.setVisible(total > 0)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self._model.finding(index.row()))

    def _explain(self, index: QModelIndex) -> None:
        if index.isValid():
            finding = self._model.finding(index.row())
            self._hint.setText(self._ui.regulation.rule_texts[finding.rule].hint.pick(self._ui.lang))
            self._words.setVisible(finding.status is Status.ATTEST)

    def _answer(self, *, word: bool) -> None:
        index = self._view.currentIndex()
        if index.isValid():
            self.answered.emit(self._model.finding(index.row()), word)
            self._words.setVisible(False)
