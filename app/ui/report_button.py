"""The button that writes the report on checked recordings as PDF or DOCX."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton

from app.exporters.checked_recording import CheckedRecording
from app.model.errors import MediaError, StudioError
from app.model.recording import RecordingReport
from app.session.analysis_queue import ItemState, QueueItem
from app.storage.atomic import write_atomic
from app.ui.background import Background
from app.ui.context import UiContext
from app.ui.widgets import label, set_role

_ENDED = (ItemState.DONE, ItemState.FAILED)
_KINDS = "PDF (*.pdf);;DOCX (*.docx)"


class ReportButton(QPushButton):
    """Asks whether on one recording or on all, asks where to, and writes in the background.

    Attributes:
        outcome: a label that tells what became of it, for the owner to place.

    Args:
        background: writes the report.
        current: gives the chosen item.
        items: gives all items of the list.
    """

    def __init__(
        self,
        ui: UiContext,
        background: Background,
        current: Callable[[], QueueItem | None],
        items: Callable[[], Sequence[QueueItem]],
    ) -> None:
        super().__init__(ui.t("studio_details.report"))
        self._ui, self._background, self._current, self._items = ui, background, current, items
        self._gone = False
        self.outcome = label("", "muted")
        self.outcome.setVisible(False)
        self.setToolTip(ui.t("studio_details.report_tip"))
        menu = QMenu(self)
        self._this = menu.addAction(ui.t("studio_details.report_this"), lambda: self._ask(_ended(current())))
        self._all = menu.addAction(ui.t("studio_details.report_all"), lambda: self._ask(_ended(*items())))
        self.setMenu(menu)

    def detach(self) -> None:
        """Tell no more: the widget is about to be replaced."""
        self._gone = True

    def refresh(self) -> None:
        """Offer what there is to report."""
        self._this.setEnabled(bool(_ended(self._current())))
        self._all.setEnabled(len(_ended(*self._items())) > 1)
        self.setEnabled(bool(_ended(*self._items())))

    def write(self, path: Path, items: Sequence[QueueItem]) -> None:
        """Write the report on some recordings; `outcome` tells when it is there."""
        ui = self._ui
        recordings = [_checked(item) for item in items]
        self._tell(ui.t("studio_details.report_making"), "muted")

        def job() -> Path:
            from app.exporters.forms import write_document
            from app.exporters.recording_report import recording_report

            today = datetime.now().astimezone().date()  # of the user's own calendar, late in the evening, too
            document = recording_report(recordings, ui.regulation, ui.lang, generated_on=today)
            write_atomic(path, write_document(document, path.suffix.lower().removeprefix(".")))
            return path

        self._background.submit("recording_report", job, self._on_written, self._on_error)

    def _ask(self, items: Sequence[QueueItem]) -> None:
        ui = self._ui
        name = items[0].path.stem if len(items) == 1 else ui.t("studio_details.report_name")
        start = items[0].path.parent / f"{name}.pdf"
        chosen, kind = QFileDialog.getSaveFileName(self, ui.t("studio_details.report_save"), str(start), _KINDS)
        if chosen:
            path = Path(chosen)
            if path.suffix.lower() not in (".pdf", ".docx"):
                path = path.with_name(path.name + (".docx" if "docx" in kind else ".pdf"))
            self.write(path, items)

    def _on_written(self, path: Path) -> None:
        self._tell(self._ui.t("studio_details.report_done", path=path), "good")

    def _on_error(self, error: Exception) -> None:
        if not isinstance(error, StudioError):
            raise error
        self._tell(f"{self._ui.cause(error)} {self._ui.remedy(error)}", "fail")

    def _tell(self, text: str, role: str) -> None:
        if self._gone:
            return
        self.outcome.setText(text)
        self.outcome.setVisible(True)
        set_role(self.outcome, "role", role)


def _ended(*items: QueueItem | None) -> tuple[QueueItem, ...]:
    return tuple(item for item in items if item is not None and item.state in _ENDED)


def _checked(item: QueueItem) -> CheckedRecording:
    error = item.error if isinstance(item.error, MediaError) else None
    report = item.report or RecordingReport(path=str(item.path), error=None if error is None else error.code)
    return CheckedRecording(item.path, item.stage, item.role, report, item.findings, error)
