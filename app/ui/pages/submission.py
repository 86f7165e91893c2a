"""Step 5: what is missing, glossary and literature, and the bundle."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.checks import blocks, is_ready
from app.exporters.packages.bundle import BundleKind, BundleSummary, write_bundle
from app.exporters.transliteration import ascii_name
from app.model.errors import StudioError
from app.model.finding import Finding, Status
from app.session.wizard import STEPS, step_of
from app.ui.background import Background
from app.ui.context import UiContext
from app.ui.editing import commit_focused
from app.ui.messages import MessageArea
from app.ui.open_course import OpenCourse
from app.ui.pages.base import ColumnPage
from app.ui.pages.checklists import after_submission, attestations, prelaunch, submissions
from app.ui.pages.papers import contracts, signed_documents
from app.ui.widgets import label, set_role


class SubmissionPage(ColumnPage):
    """Readiness and the bundle on top, then the lists that go into it."""

    _progressed = Signal(int, int)

    def __init__(self, ui: UiContext, open_course: OpenCourse, background: Background, messages: MessageArea) -> None:
        super().__init__(ui, open_course)
        self._open = open_course
        self._background = background
        self._messages = messages
        self._last_bundle: Path | None = None
        self.column.title(ui.t("step.submission"), ui.t("submission.note"))
        self.column.group(ui.t("submission.readiness"), [], self._readiness())
        self.column.group(ui.t("submission.papers"), [signed_documents(ui, open_course)])
        self.column.group(ui.t("submission.contracts"), contracts(ui, open_course))
        self.column.group(ui.t("submission.attestations"), [attestations(ui, open_course)])
        self.column.group(ui.t("submission.sent"), [submissions(ui, open_course)])
        self.column.group(ui.t("submission.prelaunch"), prelaunch(ui, open_course))
        self.column.group(ui.t("submission.after"), after_submission(ui, open_course))
        self._progressed.connect(self._on_progress)

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
            if failing:
                lines.append(self.ui.t("submission.step_line", step=name, fail=failing))
            if len(own) > failing:
                lines.append(self.ui.t("submission.step_waiting", step=name, waiting=len(own) - failing))
        self._missing.setText("\n".join(lines))
        self._final.setEnabled(ready)
        self._final.setToolTip("" if ready else self.ui.t("submission.final_tip"))

    def make_bundle(self, path: Path, *, draft: bool) -> None:
        """Write the bundle beside the window's thread."""
        commit_focused()
        opened = self._open
        course, reports, attachments = opened.course, dict(opened.reports), dict(opened.attachments)
        today = date.today()  # noqa: DTZ011 - the user's own calendar day

        def job() -> BundleSummary:
            return write_bundle(
                course,
                opened.regulation,
                path,
                generated_on=today,
                draft=draft,
                kind=BundleKind.SUBMISSION,
                reports=reports,
                attachments=attachments,
                course_folder=opened.folder,
                on_progress=self._progressed.emit,
            )

        self._set_busy(busy=True)
        self._background.submit("bundle", job, self._on_bundle, self._on_bundle_failed)

    def _readiness(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        self._state = label("", "heading")
        self._missing = label("")
        self._draft = QPushButton(self.ui.t("submission.draft"))
        self._final = QPushButton(self.ui.t("submission.final"))
        self._final.setProperty("primary", "true")
        self._final.setEnabled(False)
        self._draft.clicked.connect(lambda: self._ask_path(draft=True))
        self._final.clicked.connect(lambda: self._ask_path(draft=False))
        self._bar = QProgressBar()
        self._bar.setVisible(False)
        self._result = label("", "good")
        self._result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._show = QPushButton(self.ui.t("submission.show_in_folder"))
        self._show.setVisible(False)
        self._show.clicked.connect(self._show_in_folder)
        buttons = QHBoxLayout()
        for button in (self._draft, self._final):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addWidget(self._state)
        column.addWidget(self._missing)
        column.addLayout(buttons)
        column.addWidget(self._bar)
        column.addWidget(self._result)
        column.addWidget(self._show, 0, Qt.AlignmentFlag.AlignLeft)
        return box

    def _ask_path(self, *, draft: bool) -> None:
        name = f"{ascii_name(self._open.course.title) or 'mooc'}{'-draft' if draft else ''}.zip"
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.ui.t("submission.choose_file"), str(self._open.folder.parent / name), "ZIP (*.zip)"
        )
        if chosen:
            self.make_bundle(Path(chosen), draft=draft)

    def _set_busy(self, *, busy: bool) -> None:
        self._bar.setVisible(busy)
        self._bar.setRange(0, 0)
        self._draft.setEnabled(not busy)
        if busy:
            self._final.setEnabled(False)
            self._result.setText("")
            self._show.setVisible(False)

    def _on_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _on_bundle(self, summary: BundleSummary) -> None:
        self._set_busy(busy=False)
        self._last_bundle = summary.path
        size_mb = summary.path.stat().st_size / 1e6
        missing = sum(part.missing for part in summary.parts)
        self._result.setText(
            self.ui.t("submission.done", path=summary.path, size=f"{size_mb:.1f}", files=len(summary.files))
            + ("\n" + self.ui.t("submission.done_missing", count=missing) if missing else "")
        )
        self._show.setVisible(True)
        self.show_findings(self._open.findings)

    def _on_bundle_failed(self, error: Exception) -> None:
        self._set_busy(busy=False)
        self.show_findings(self._open.findings)
        if not isinstance(error, StudioError):
            raise error
        self._messages.show_error(error)

    def _show_in_folder(self) -> None:
        if self._last_bundle is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._last_bundle.parent)))
