"""From the bank to a file, with a word on what is in it and what is not."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from app.exporters.paper_variants import PaperPlan
from app.exporters.transliteration import ascii_name
from app.model.errors import StudioError
from app.session.bank_export import SUFFIX, BankFile, Target, bank_file, chosen_questions, paper_files
from app.storage.atomic import write_atomic
from app.storage.question_pictures import load_pictures
from app.ui.background import Background
from app.ui.context import UiContext
from app.ui.editing import commit_focused
from app.ui.messages import MessageArea
from app.ui.open_course import OpenCourse
from app.ui.pages.bank.paper_dialog import PaperDialog
from app.ui.pages.bank.words import problem_text


@dataclass(frozen=True, slots=True)
class _Made:
    path: Path
    file: BankFile


class Exporter(QObject):
    """Asks for a name, writes beside the window's thread, tells what came of it."""

    def __init__(
        self, ui: UiContext, open_course: OpenCourse, background: Background, messages: MessageArea, page: QWidget
    ) -> None:
        super().__init__(page)
        self._ui = ui
        self._open = open_course
        self._background = background
        self._messages = messages
        self._page = page
        self._closed = False

    def ask_path(self, target: Target, ids: Collection[str] | None) -> None:
        """Let the user choose where to."""
        suffix = SUFFIX[target]
        name = f"{ascii_name(self._open.course.title) or 'tests'}-{target.value}{suffix}"
        chosen, _ = QFileDialog.getSaveFileName(
            self._page, self._ui.t("bank.export_choose"), str(self._open.folder.parent / name), f"*{suffix}"
        )
        if chosen:
            self.write(target, ids, Path(chosen))

    def write(self, target: Target, ids: Collection[str] | None, path: Path) -> None:
        """Write a file of all questions, or of the chosen ones."""
        commit_focused()
        course, folder, regulation = self._open.course, self._open.folder, self._ui.regulation
        today = date.today()  # noqa: DTZ011 - the user's own calendar day

        def job() -> _Made:
            pictures = load_pictures(folder, chosen_questions(course, ids))
            made = bank_file(course, regulation, target, ids, pictures, today)
            write_atomic(path, made.data)
            return _Made(path, made)

        self._background.submit("bank_export", job, self._on_done, self._on_failed)

    def ask_papers(self, ids: Collection[str] | None) -> None:
        """Let the user say which variants of a paper shall be printed, and where to."""
        most = len(chosen_questions(self._open.course, ids))
        dialog = PaperDialog(self._ui, most, self._page)
        dialog.wanted.connect(lambda plan, suffix: self._ask_paper_path(plan, suffix, ids))
        dialog.open()

    def _ask_paper_path(self, plan: PaperPlan, suffix: str, ids: Collection[str] | None) -> None:
        name = f"{ascii_name(self._open.course.title) or 'tests'}-variants{suffix}"
        chosen, _ = QFileDialog.getSaveFileName(
            self._page, self._ui.t("bank.export_choose"), str(self._open.folder.parent / name), f"*{suffix}"
        )
        if chosen:
            self.write_papers(plan, ids, Path(chosen))

    def write_papers(self, plan: PaperPlan, ids: Collection[str] | None, path: Path) -> None:
        """Write the variants, and their keys beside them under a name that ends in ``-keys``."""
        commit_focused()
        course, folder, regulation = self._open.course, self._open.folder, self._ui.regulation
        keys_path = path.with_stem(f"{path.stem}-keys")
        today = date.today()  # noqa: DTZ011 - the user's own calendar day

        def job() -> None:
            files = paper_files(
                course, regulation, plan, path.suffix, ids, today, load_pictures(folder, chosen_questions(course, ids))
            )
            write_atomic(path, files.paper)
            write_atomic(keys_path, files.keys)

        def done(_result: None) -> None:
            if not self._closed:
                self._messages.show_info(
                    self._ui.t("bank.papers_written", n=plan.variants, path=path, keys=keys_path.name)
                )

        self._background.submit("bank_export", job, done, self._on_failed)

    def close(self) -> None:
        """Tell nothing any more."""
        self._closed = True

    def _on_done(self, made: _Made) -> None:
        if self._closed:
            return
        parts = [self._ui.t("bank.exported", path=made.path, n=made.file.written)]
        parts += [
            self._ui.t("bank.export_left_out", n=count, reason=problem_text(self._ui, problem))
            for problem, count in made.file.left_out
        ]
        parts += [
            self._ui.t("bank.export_loses", n=count, reason=problem_text(self._ui, problem))
            for problem, count in made.file.losses
        ]
        self._messages.show_info("\n".join(parts))

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, StudioError):
            raise error
        if not self._closed:
            self._messages.show_error(error)
