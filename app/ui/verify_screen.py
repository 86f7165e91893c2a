"""Reviewing a bundle that was received: the MOOC office's screen."""

import threading
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QProgressBar,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.model.errors import BundleError, StudioError
from app.model.finding import Status
from app.session.place_names import place_name
from app.ui.background import Background
from app.ui.context import UiContext
from app.ui.drop_zone import DropZone
from app.ui.messages import MessageArea
from app.ui.screen_head import screen_head
from app.ui.widgets import Scrolled, label, set_role

if TYPE_CHECKING:
    from app.exporters.packages.verify import VerifyResult

_Outcome = tuple[threading.Event, Path, "VerifyResult | StudioError"]
_LEAST_LISTS_PX = 220
_WHOLE = 1000
"""Steps of the bar."""
_OPEN = (Status.FAIL, Status.NOT_MEASURED, Status.ATTEST, Status.WARNING)


class VerifyScreen(QWidget):
    """Choose a bundle, see whether it is whole and what the rules say of the course inside.

    Signals:
        home_wanted: the user goes back to the start screen.
    """

    home_wanted = Signal()
    _progressed = Signal(object, float)

    def __init__(self, ui: UiContext, background: Background, tools: QWidget) -> None:
        super().__init__()
        self._ui, self._background = ui, background
        self._stop = threading.Event()
        """Ends the check that was begun last, and tells its reports from those of an earlier one."""
        self.messages = MessageArea(ui)
        self._outcome = label(ui.t("verify.none"), "muted")
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(ui.t("verify.title"))
        self._halt = QPushButton(ui.t("packages.stop"))
        self._halt.clicked.connect(self.stop)
        self._progressed.connect(self._on_progress)
        self._lists = QTabWidget()
        self._lists.setMinimumHeight(_LEAST_LISTS_PX)
        drop = DropZone(ui.t("verify.drop_here"), ui.t("verify.choose"), self._ask)
        drop.dropped.connect(lambda paths: self.verify(paths[0]))
        inside = QWidget()
        body = QVBoxLayout(inside)
        body.setContentsMargins(18, 6, 18, 18)
        for widget in (label(ui.t("verify.note"), "muted"), drop, self._outcome):
            body.addWidget(widget)
        running = QHBoxLayout()
        running.addWidget(self._bar, 1)
        running.addWidget(self._halt)
        body.addLayout(running)
        body.addWidget(self._lists, 1)
        body.addStretch(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(screen_head(ui, ui.t("verify.title"), self.home_wanted, tools))
        layout.addWidget(self.messages)
        layout.addWidget(Scrolled(inside), 1)
        self._show_running(running=False)
        self._lists.setVisible(False)

    def verify(self, path: Path) -> None:
        """Check a bundle beside the window's thread; the last one that was asked for is shown."""
        self._stop.set()
        self._stop = stop = threading.Event()
        self._lists.setVisible(False)
        self._bar.setRange(0, 0)
        self._show_running(running=True)
        self._say(self._ui.t("verify.running", name=path.name), "muted")
        regulation, today = self._ui.regulation, date.today()  # noqa: DTZ011 - the user's own calendar day

        def told(done_bytes: int, total_bytes: int) -> None:
            if stop.is_set():
                raise BundleError("verify_cancelled", name=path.name)
            self._progressed.emit(stop, done_bytes / max(total_bytes, 1))

        def job() -> _Outcome:
            from app.exporters.packages.verify import verify_bundle

            try:
                return stop, path, verify_bundle(path, today=today, regulation=regulation, on_progress=told)
            except StudioError as error:
                return stop, path, error

        self._background.submit("verify", job, self._on_result, _raise)

    def stop(self) -> None:
        """End the check that is under way; that it was stopped is told."""
        self._stop.set()

    def detach(self) -> None:
        """End what is still being checked and show nothing more of it."""
        self._stop.set()
        self._stop = threading.Event()

    def _ask(self, above: QWidget) -> list[Path]:
        kinds = f"{self._ui.t('verify.kinds')} (*.zip);;{self._ui.t('studio.all_files')} (*)"
        name, _ = QFileDialog.getOpenFileName(above, self._ui.t("verify.title"), "", kinds)
        return [Path(name)] if name else []

    def _show_running(self, *, running: bool) -> None:
        self._bar.setVisible(running)
        self._halt.setVisible(running)

    def _on_progress(self, stop: threading.Event, share: float) -> None:
        if stop is self._stop:
            self._bar.setRange(0, _WHOLE)
            self._bar.setValue(round(share * _WHOLE))

    def _on_result(self, told: _Outcome) -> None:
        stop, path, result = told
        if stop is not self._stop:
            return
        self._show_running(running=False)
        if isinstance(result, StudioError):
            cancelled = result.code == "verify_cancelled"
            self._say(f"{self._ui.cause(result)} {self._ui.remedy(result)}", "muted" if cancelled else "fail")
            return
        key = "verify.valid" if result.valid else "verify.invalid"
        self._say(self._ui.t(key, name=path.name), "good" if result.valid else "fail")
        self._show(result)

    def _say(self, text: str, role: str) -> None:
        self._outcome.setText(text)
        set_role(self._outcome, "role", role)

    def _show(self, result: "VerifyResult") -> None:
        ui, course = self._ui, result.course
        problems = [ui.texts.get(f"bundle.problem.{one.kind}", ui.lang, path=one.path) for one in result.problems]
        findings: list[str] = []
        if course is not None:
            for finding in sorted(
                (f for f in result.findings if f.status in _OPEN), key=lambda f: _OPEN.index(f.status)
            ):
                place = place_name(course, finding.element, ui.texts, ui.lang)
                status = ui.t(f"studio.finding.{finding.status.value}")
                findings.append(f"{status} · {finding.rule} · {place}\n{ui.finding_text(finding)}")
        while (page := self._lists.widget(0)) is not None:
            self._lists.removeTab(0)
            page.deleteLater()
        self._add_list(ui.t("verify.problems", n=len(problems)), problems, ui.t("verify.no_problems"))
        nothing = ui.t("verify.no_findings" if course is not None else "verify.no_course")
        self._add_list(ui.t("verify.findings", n=len(findings)), findings, nothing)
        documents = list(result.documents)
        self._add_list(ui.t("verify.documents", n=len(documents)), documents, ui.t("verify.no_documents"))
        self._lists.setVisible(True)

    def _add_list(self, caption: str, rows: Sequence[str], nothing: str) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        if rows:
            shown = QListWidget()
            shown.setWordWrap(True)
            shown.setAccessibleName(caption)
            shown.addItems(list(rows))
            column.addWidget(shown)
        else:
            column.addWidget(label(nothing, "muted"))
            column.addStretch(1)
        self._lists.addTab(page, caption)


def _raise(error: Exception) -> None:
    raise error
