"""Checking recordings without any course: the studio operator's screen."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from app.model.recording import RecordingRole, Stage
from app.session.analysis_queue import QueueItem
from app.ui.analysis_thread import RecordingService
from app.ui.attach_dialog import AttachDialog
from app.ui.context import UiContext
from app.ui.messages import MessageArea
from app.ui.recordings_panel import RecordingsPanel
from app.ui.screen_head import screen_head
from app.ui.widgets import Scrolled, label


class StudioScreen(QWidget):
    """The queue on a screen of its own.

    Signals:
        home_wanted: the user goes back to the start screen.
    """

    home_wanted = Signal()

    def __init__(self, ui: UiContext, service: RecordingService, tools: QWidget, recent: Sequence[Path] = ()) -> None:
        super().__init__()
        self._ui = ui
        self._service = service
        self._recent = recent
        self.messages = MessageArea(ui)
        self.panel = RecordingsPanel(ui, service, lambda item: item.recording_id is None, self.ask_to_attach)
        self.panel.files_dropped.connect(self.add_files)
        inside = QWidget()
        body = QVBoxLayout(inside)
        body.setContentsMargins(18, 6, 18, 18)
        body.addWidget(label(ui.t("studio.note"), "muted"))
        body.addWidget(self.panel, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(screen_head(ui, ui.t("studio.title"), self.home_wanted, tools))
        layout.addWidget(self.messages)
        layout.addWidget(Scrolled(inside), 1)

    def add_files(self, paths: Sequence[Path]) -> None:
        """Measure recordings as uploads without a role; both can be changed in the list."""
        for path in paths:
            item = self._service.add(path, stage=Stage.UPLOAD, role=RecordingRole.NONE)
            self.panel.choose(item.id)

    def ask_to_attach(self, item: QueueItem) -> AttachDialog:
        """Ask to which lesson of which course a recording belongs."""
        messages = self.messages
        dialog = AttachDialog(
            self._ui,
            self._service.background,
            item,
            self._recent,
            lambda text: messages.show_info(text) if isValid(messages) else None,
            lambda error: messages.show_error(error) if isValid(messages) else None,
            self,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def detach(self) -> None:
        """Stop listening to the queue."""
        self.panel.detach()
