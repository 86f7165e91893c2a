"""Step 9: what is missing, the bundle, the letters to the office, and the papers that go along."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.checks import blocks, is_ready
from app.exporters.packages.bundle import BundleSummary
from app.model.finding import Finding, Status
from app.session.wizard import STEPS, step_of
from app.ui.background import Background
from app.ui.context import UiContext
from app.ui.messages import MessageArea
from app.ui.open_course import OpenCourse
from app.ui.pages.base import ColumnPage
from app.ui.pages.bundle_panel import BundlePanel
from app.ui.pages.checklists import after_submission, attestations, prelaunch, submissions
from app.ui.pages.documents_box import DocumentsBox
from app.ui.pages.letters_panel import LettersPanel
from app.ui.pages.papers import contracts, signed_documents
from app.ui.widgets import label, set_role


class SubmissionPage(ColumnPage):
    """Readiness and the bundle on top, then letters and the lists that go into the bundle."""

    def __init__(
        self, ui: UiContext, open_course: OpenCourse, background: Background, messages: MessageArea, parent: QWidget
    ) -> None:
        super().__init__(ui, open_course, parent)
        self.bundle = BundlePanel(ui, open_course, background, messages)
        self.letters = LettersPanel(ui, open_course, background, messages)
        self.bundle.made.connect(self._on_bundle)
        self.column.title(ui.t("step.submission"), ui.t("submission.note"))
        self.column.group(ui.t("submission.readiness"), [], self._readiness())
        documents = DocumentsBox(ui, open_course, background, messages)
        self.column.group(ui.t("documents.title"), [], documents)
        self.column.group(ui.t("letters.title"), [], self.letters)
        self.column.group(ui.t("submission.papers"), [signed_documents(ui, open_course)])
        self.column.group(ui.t("submission.contracts"), contracts(ui, open_course))
        self.column.group(ui.t("submission.attestations"), [attestations(ui, open_course)])
        self.column.group(ui.t("submission.sent"), [submissions(ui, open_course)])
        self.column.group(ui.t("submission.prelaunch"), prelaunch(ui, open_course))
        self.column.group(ui.t("submission.after"), after_submission(ui, open_course))

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Say what is missing, step by step."""
        super().show_findings(findings)
        open_ones = [finding for finding in findings if blocks(finding, self.ui.regulation)]
        ready = bool(findings) and is_ready(findings, self.ui.regulation)
        self._state.setText(
            self.ui.t("submission.ready") if ready else self.ui.t("submission.not_ready", count=len(open_ones))
        )
        set_role(self._state, "role", "good" if ready else "fail")
        lines = []
        for step in STEPS:
            own = [finding for finding in open_ones if step_of(finding) is step]
            failing = sum(finding.status is Status.FAIL for finding in own)
            name = self.ui.t(f"step.{step.value}")
            parts = [self.ui.t("submission.not_met", n=failing)] if failing else []
            if len(own) > failing:
                parts.append(self.ui.t("submission.waiting", n=len(own) - failing))
            if parts:
                lines.append(f"{name}: {', '.join(parts)}")
        self._missing.setText("\n".join(lines))
        self.bundle.set_ready(ready=ready)

    def make_bundle(self, path: Path, *, draft: bool) -> None:
        """Write the bundle beside the window's thread."""
        self.bundle.make_bundle(path, draft=draft)

    def _readiness(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        self._state = label("", "heading")
        self._missing = label("")
        column.addWidget(self._state)
        column.addWidget(self._missing)
        column.addWidget(self.bundle)
        return box

    def _on_bundle(self, summary: BundleSummary) -> None:
        self.letters.set_volumes(summary.volumes)
