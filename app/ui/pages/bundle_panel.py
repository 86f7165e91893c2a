"""Making the bundle and the platform's files: buttons, a bar, a way to stop, and where the files are."""

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.exporters.packages.bundle import BundleKind, BundleSummary, write_bundle
from app.exporters.packages.platform import PlatformSummary, write_platform
from app.exporters.packages.volumes import MAIL_VOLUME_MB
from app.exporters.transliteration import ascii_name
from app.model.errors import BundleError, StudioError
from app.model.regulation import number_text
from app.ui.background import Background
from app.ui.context import UiContext
from app.ui.editing import commit_focused
from app.ui.messages import MessageArea
from app.ui.open_course import OpenCourse
from app.ui.widgets import WrappingCheckBox, label


class BundlePanel(QWidget):
    """Buttons for what is made of the course; one piece of work at a time, beside the window's thread.

    Signals:
        made: a bundle was made; carries its `BundleSummary`.
    """

    made = Signal(object)
    _progressed = Signal(int, int)

    def __init__(self, ui: UiContext, open_course: OpenCourse, background: Background, messages: MessageArea) -> None:
        super().__init__()
        self.ui = ui
        self._open = open_course
        self._background = background
        self._messages = messages
        self._stop = threading.Event()
        self._ready = False
        self._busy = False
        self._shown: Path | None = None
        self._build()
        self._progressed.connect(self._on_progress)

    def set_ready(self, *, ready: bool) -> None:
        """Say whether the course may be submitted."""
        self._ready = ready
        self._enable()

    def make_bundle(self, path: Path, *, draft: bool, kind: BundleKind = BundleKind.SUBMISSION) -> None:
        """Write the bundle."""
        commit_focused()
        opened, today = self._open, _today()
        course, reports, attachments = opened.course, dict(opened.reports), dict(opened.attachments)
        volume_mb = MAIL_VOLUME_MB if self._volumes.box.isChecked() and kind is BundleKind.SUBMISSION else None
        told = self._progress()

        def job() -> BundleSummary:
            return write_bundle(
                course, opened.regulation, path, generated_on=today, draft=draft, kind=kind, reports=reports,
                attachments=attachments, course_folder=opened.folder, volume_mb=volume_mb, on_progress=told,
            )  # fmt: skip

        self._start()
        self._background.submit("bundle", job, self._on_bundle, self._on_failed)

    def make_platform(self, folder: Path) -> None:
        """Write the files for the platform into a folder."""
        commit_focused()
        opened, today = self._open, _today()
        course, attachments = opened.course, dict(opened.attachments)
        told = self._progress()

        def job() -> PlatformSummary:
            return write_platform(
                course, opened.regulation, folder, generated_on=today, attachments=attachments,
                course_folder=opened.folder, on_progress=told,
            )  # fmt: skip

        self._start()
        self._background.submit("bundle", job, self._on_platform, self._on_failed)

    def _build(self) -> None:
        t = self.ui.t
        self._draft = self._button("submission.draft", lambda: self._ask_bundle(draft=True))
        self._final = self._button("submission.final", lambda: self._ask_bundle(draft=False))
        self._final.setProperty("primary", "true")
        self._public = self._button("packages.publication", self._ask_publication)
        self._public.setToolTip(t("packages.publication_tip"))
        self._platform = self._button("packages.platform", self._ask_platform)
        self._platform.setToolTip(t("packages.platform_tip"))
        self._volumes = WrappingCheckBox(t("packages.volumes", limit=MAIL_VOLUME_MB))
        self._bar = QProgressBar()
        self._bar.setAccessibleName(t("packages.progress"))
        self._halt = self._button("packages.stop", self._stop.set)
        self._result = label("", "good")
        self._result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._show = self._button("submission.show_in_folder", self._show_in_folder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for buttons in ((self._draft, self._final), (self._public, self._platform)):
            row = QHBoxLayout()
            for button in buttons:
                row.addWidget(button)
            row.addStretch(1)
            column.addLayout(row)
        column.insertWidget(1, self._volumes)
        running = QHBoxLayout()
        running.addWidget(self._bar, 1)
        running.addWidget(self._halt)
        column.addLayout(running)
        column.addWidget(self._result)
        column.addWidget(self._show, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self._bar, self._halt, self._result, self._show):
            widget.setVisible(False)
        self._enable()

    def _button(self, key: str, pressed: Callable[[], None]) -> QPushButton:
        button = QPushButton(self.ui.t(key))
        button.clicked.connect(pressed)
        return button

    def _ask_bundle(self, *, draft: bool) -> None:
        path = self._ask_path("-draft" if draft else "")
        if path is not None:
            self.make_bundle(path, draft=draft)

    def _ask_publication(self) -> None:
        path = self._ask_path("-public")
        if path is not None:
            self.make_bundle(path, draft=not self._ready, kind=BundleKind.PUBLICATION)

    def _ask_path(self, ending: str) -> Path | None:
        name = f"{ascii_name(self._open.course.title) or 'mooc'}{ending}.zip"
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.ui.t("submission.choose_file"), str(self._open.folder.parent / name), "ZIP (*.zip)"
        )
        return Path(chosen) if chosen else None

    def _ask_platform(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self.ui.t("packages.choose_folder"), str(self._open.folder.parent)
        )
        if chosen:
            name = f"{ascii_name(self._open.course.title) or 'mooc'}-platform"
            self.make_platform(Path(chosen, name))

    def _progress(self) -> Callable[[int, int], None]:
        """Return what the work calls at each step: it shows the bar and ends the work where the user stops it."""
        stop = self._stop

        def told(done: int, total: int) -> None:
            if stop.is_set():
                raise BundleError("bundle_cancelled")
            self._progressed.emit(done, total)

        return told

    def _start(self) -> None:
        self._stop.clear()
        self._busy = True
        self._bar.setRange(0, 0)
        self._result.setText("")
        self._result.setVisible(False)
        self._show.setVisible(False)
        self._bar.setVisible(True)
        self._halt.setVisible(True)
        self._enable()

    def _end(self) -> None:
        self._busy = False
        for widget in (self._bar, self._halt):
            widget.setVisible(False)
        self._enable()

    def _enable(self) -> None:
        for button in (self._draft, self._public, self._platform):
            button.setEnabled(not self._busy)
        self._volumes.box.setEnabled(not self._busy)
        self._final.setEnabled(self._ready and not self._busy)
        self._final.setToolTip("" if self._ready else self.ui.t("submission.final_tip"))

    def _on_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _on_bundle(self, summary: BundleSummary) -> None:
        t = self.ui.t
        size_mb = sum(path.stat().st_size for path in summary.volumes) / 1e6
        size = number_text(round(size_mb, 1), self.ui.lang)
        lines = [t("submission.done", path=summary.path, size=size, files=len(summary.files))]
        if len(summary.volumes) > 1:
            lines.append(t("packages.volumes_made", count=len(summary.volumes)))
        missing = sum(part.missing for part in summary.parts)
        if missing:
            lines.append(t("submission.done_missing", count=missing))
        self._tell("\n".join(lines), summary.path.parent)
        self.made.emit(summary)

    def _on_platform(self, summary: PlatformSummary) -> None:
        t = self.ui.t
        folder = summary.files[0].parent
        lines = [t("packages.platform_made", path=folder, files=len(summary.files))]
        lines += [
            t("packages.left_out", file=name, count=len(questions)) for name, questions in summary.left_out.items()
        ]
        self._tell("\n".join(lines), folder)

    def _tell(self, text: str, folder: Path) -> None:
        self._end()
        self._shown = folder
        self._result.setText(text)
        self._result.setVisible(True)
        self._show.setVisible(True)

    def _on_failed(self, error: Exception) -> None:
        self._end()
        if not isinstance(error, StudioError):
            raise error
        if error.code == "bundle_cancelled":
            self._messages.show_info(self.ui.cause(error))
        else:
            self._messages.show_error(error)

    def _show_in_folder(self) -> None:
        if self._shown is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._shown)))


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the user's own calendar day
