"""What is asked of the field in hand or by the chosen finding, in the user's language, and a person's answer to it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.model.finding import Finding, Severity, Status
from app.session.clauses import Clauses
from app.ui.context import UiContext
from app.ui.text_field import equip
from app.ui.widgets import label, set_role

_SHOWN = (Status.FAIL, Status.NOT_MEASURED, Status.ATTEST, Status.WARNING)
_SEVERITIES = {Severity.MUST: "clause.must", Severity.REC: "clause.rec", Severity.HINT: "clause.hint"}


class ClausePanel(QScrollArea):
    """A card for each clause: what it asks, how to keep it, what the form prints, what is wrong now.

    Signals:
        answered: finding, whether a person confirms it, and their note.
        deviated: finding, and the reason why the course deviates (8.7a).
    """

    answered = Signal(object, bool, str)
    deviated = Signal(object, str)

    def __init__(self, ui: UiContext, place_of: Callable[[Finding], str], *, read_only: bool) -> None:
        super().__init__()
        self._ui = ui
        self._place_of = place_of
        self._read_only = read_only
        self._clauses = Clauses(ui.regulation)
        self._findings: Sequence[Finding] = ()
        self._shown: tuple[str, str, tuple[str, ...]] | None = None
        self._how: Callable[[], None] | None = None
        self._cards: list[QFrame] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(ui.t("clause.name"))
        body = QWidget()
        self._column = QVBoxLayout(body)
        self._heading = label(ui.t("clause.none"), "muted")
        self._place = label("", "muted")
        self._nothing = label(ui.t("clause.no_rule"), "muted")
        for widget in (self._heading, self._place, self._nothing):
            self._column.addWidget(widget)
        self._nothing.setVisible(False)
        self._place.setVisible(False)
        self._column.addStretch(1)
        self.setWidget(body)

    def show_field(self, element: str, caption: str) -> None:
        """Explain the field in which the user works."""
        self._explain(lambda: self._show_field(element, caption))

    def show_finding(self, finding: Finding) -> None:
        """Explain a finding."""
        self._explain(lambda: self._show_finding(finding))

    def forget(self) -> None:
        """The user went to another page: what was explained is of the old one, unless they write about it."""
        if self._is_written_in():
            return
        self._how = None
        self._show(self._ui.t("clause.none"), "", ())
        set_role(self._heading, "role", "muted")
        self._nothing.setVisible(False)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """The rules have spoken: say of each card how it stands."""
        self._findings = findings
        if self._how is not None and not self._is_written_in():
            self._shown = None
            self._explain(self._how)

    def showEvent(self, event: QShowEvent) -> None:
        """Make the cards now: nobody waits for them while another tab is in front."""
        super().showEvent(event)
        if self._how is not None:
            self._shown = None
            self._how()

    def _explain(self, how: Callable[[], None]) -> None:
        self._how = how
        if self.isVisible():
            how()

    def _show_field(self, element: str, caption: str) -> None:
        own = [f.rule for f in self._findings if f.element == element and f.status in _SHOWN]
        self._show(caption, element, tuple(dict.fromkeys((*own, *self._clauses.of(element)))))

    def _show_finding(self, finding: Finding) -> None:
        self._show(self._ui.clause_name(finding.rule), finding.element, (finding.rule,))
        self._place.setText(self._place_of(finding))
        self._place.setVisible(True)

    def _is_written_in(self) -> bool:
        """Tell whether a note or reason is being typed: the cards are not replaced under the user's hands."""
        return any(edit.hasFocus() or edit.text() for edit in self.findChildren(QLineEdit))

    def _show(self, caption: str, element: str, rules: tuple[str, ...]) -> None:
        if self._shown == (caption, element, rules):
            return
        self._shown = (caption, element, rules)
        for card in self._cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._heading.setText(caption)
        set_role(self._heading, "role", "heading")
        self._place.setVisible(False)
        self._nothing.setVisible(not rules)
        self._cards = [self._card(rule, element) for rule in rules]
        for card in self._cards:
            self._column.insertWidget(self._column.count() - 1, card)

    def _card(self, rule: str, element: str) -> QFrame:
        ui, texts = self._ui, self._ui.regulation.rule_texts[rule]
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        strength = ui.t(_SEVERITIES[texts.severity])
        others = f" ({', '.join(texts.also)})" if texts.also else ""
        due = ui.t("clause.due", state=ui.t(f"state.{texts.due}"))
        column.addWidget(label(f"{rule}{others} · {strength} · {due}", "muted"))
        column.addWidget(label(ui.rule_title(rule), "label"))
        column.addWidget(label(ui.rule_hint(rule)))
        official = _official_label(ui, rule)
        if official:
            column.addWidget(label(ui.t("clause.official", label=official), "muted"))
        own = [f for f in self._findings if f.rule == rule and f.status in _SHOWN and (f.element == element)]
        if own:
            for finding in own:
                self._add_state(column, finding)
        elif self._findings:
            column.addWidget(label(ui.t("clause.kept"), "good"))
        return card

    def _add_state(self, column: QVBoxLayout, finding: Finding) -> None:
        ui = self._ui
        words = label(ui.finding_text(finding))
        set_role(words, "role", {Status.FAIL: "fail"}.get(finding.status, "warning"))
        column.addWidget(words)
        if self._read_only:
            return
        if finding.status is Status.ATTEST:
            note = self._edit(ui.t("clause.note"))
            yes, no = QPushButton(ui.t("findings.confirm")), QPushButton(ui.t("findings.deny"))
            yes.clicked.connect(lambda: self._answer(finding, note, word=True))
            no.clicked.connect(lambda: self._answer(finding, note, word=False))
            row = QHBoxLayout()
            row.addWidget(yes)
            row.addWidget(no)
            row.addStretch(1)
            column.addWidget(note)
            column.addLayout(row)
        elif finding.status is Status.FAIL and ui.regulation.rule_texts[finding.rule].deviation:
            column.addWidget(label(ui.t("clause.deviation"), "muted"))
            reason = self._edit(ui.t("clause.reason"))
            record = QPushButton(ui.t("clause.record"))
            record.setEnabled(False)
            reason.textChanged.connect(lambda text: record.setEnabled(bool(text.strip())))
            record.clicked.connect(lambda: self._deviate(finding, reason))
            column.addWidget(reason)
            column.addWidget(record, 0, Qt.AlignmentFlag.AlignLeft)

    def _edit(self, caption: str) -> QLineEdit:
        edit = QLineEdit()
        edit.setPlaceholderText(caption)
        edit.setAccessibleName(caption)
        equip(edit, self._ui, own_history=True)
        return edit

    def _answer(self, finding: Finding, note: QLineEdit, *, word: bool) -> None:
        text = note.text().strip()
        note.clear()
        self.answered.emit(finding, word, text)

    def _deviate(self, finding: Finding, reason: QLineEdit) -> None:
        text = reason.text().strip()
        reason.clear()
        self.deviated.emit(finding, text)


def _official_label(ui: UiContext, rule: str) -> str:
    """Return what the official form prints for a rule of a form, empty where it prints nothing of that number."""
    for name, form in ui.regulation.forms.items():
        if rule in form.labels:
            return ui.regulation.label(name, rule)
    return ""
