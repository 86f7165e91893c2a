"""What is wrong with the question in the editor, each with its one-step repair where there is one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.formats.problems import Problem, ProblemSeverity
from app.model.finding import Finding
from app.session.bank_faults import RULE_OF_CODE
from app.ui.context import UiContext
from app.ui.pages.bank.words import problem_text
from app.ui.widgets import label


class FaultsPanel(QWidget):
    """A line for each fault; nothing where there is none.

    Signals:
        repair_wanted: the code of a fault that a button shall mend.
    """

    repair_wanted = Signal(str)

    def __init__(self, ui: UiContext) -> None:
        super().__init__()
        self._ui = ui
        self._shown: tuple[object, ...] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)

    def show_faults(self, faults: Sequence[Problem], findings: Sequence[Finding], *, may_repair: bool) -> None:
        """Show other faults; a finding of a rule that a fault already speaks for is not said twice.

        Args:
            faults: found by the linter, at once.
            findings: of the rules, a moment later.
            may_repair: whether the course may be changed.
        """
        said = {RULE_OF_CODE.get(fault.code) for fault in faults}
        others = [finding for finding in findings if finding.rule not in said]
        shown = (tuple((f.code, problem_text(self._ui, f), f.fixable) for f in faults), tuple(others), may_repair)
        if shown == self._shown:
            return  # a button that is about to be pressed is not replaced by its twin
        self._shown = shown
        while (item := self._layout.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for fault in faults:
            self._layout.addWidget(self._line(fault, may_repair=may_repair))
        for finding in others:
            self._layout.addWidget(label(f"{finding.rule}  {self._ui.finding_text(finding)}", finding.status.value))

    def _line(self, fault: Problem, *, may_repair: bool) -> QWidget:
        rule = RULE_OF_CODE.get(fault.code, "")
        text = problem_text(self._ui, fault)
        words = label(f"{rule}  {text}" if rule else text, _role(fault))
        if not fault.fixable:
            return words
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(words, 1)
        button = QPushButton(self._ui.t("bank.repair"))
        button.setAccessibleName(f"{self._ui.t('bank.repair')}: {text}")
        button.setEnabled(may_repair)
        button.clicked.connect(lambda: self.repair_wanted.emit(fault.code))
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return holder


def _role(fault: Problem) -> str:
    return "fail" if fault.severity is ProblemSeverity.ERROR else "warning"
