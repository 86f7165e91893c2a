"""From a file, a drop or the clipboard to the import review, and from there into the course."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from app.formats.files import QuestionFile, read_file
from app.formats.pasted import read_pasted
from app.formats.word_package import WordPicture
from app.model.errors import StudioError
from app.session.bank_import import Decision, ImportReview, review_file
from app.storage.pasted_pictures import load_pasted_picture
from app.storage.question_file import load_question_file
from app.storage.question_pictures import store_pictures
from app.ui.background import Background
from app.ui.context import UiContext
from app.ui.messages import MessageArea
from app.ui.open_course import OpenCourse
from app.ui.pages.bank.import_dialog import ImportDialog
from app.ui.pages.bank.rich_lines import Clipped, clipped_html, clipped_text

SUFFIXES = frozenset({".txt", ".gift", ".xml", ".docx", ".qst", ".csv", ".aiken"})


class Importer(QObject):
    """Reads beside the window's thread, shows one review after the other, makes one undo step of each."""

    def __init__(
        self, ui: UiContext, open_course: OpenCourse, background: Background, messages: MessageArea, page: QWidget
    ) -> None:
        super().__init__(page)
        self._ui = ui
        self._open = open_course
        self._background = background
        self._messages = messages
        self._page = page
        self._waiting: list[Path] = []
        self._busy = False
        self._closed = False
        self.dialog: ImportDialog | None = None

    @staticmethod
    def files_of(data: QMimeData) -> list[Path]:
        """Return the question files among what is dragged or was copied."""
        paths = (Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
        return [path for path in paths if path.suffix.lower() in SUFFIXES]

    def ask_files(self) -> None:
        """Let the user choose files."""
        patterns = " ".join(f"*{suffix}" for suffix in sorted(SUFFIXES))
        names, _ = QFileDialog.getOpenFileNames(
            self._page, self._ui.t("bank.import_choose"), "", f"{self._ui.t('bank.import_files')} ({patterns})"
        )
        self.take_files([Path(name) for name in names])

    def take_files(self, paths: Sequence[Path]) -> None:
        """Review files, one after the other."""
        self._waiting += paths
        self._next()

    def take_mime(self, data: QMimeData) -> bool:
        """Review what is in the clipboard: files, a piece of a Word document, or plain text; False without any."""
        files = self.files_of(data)
        if files:
            self.take_files(files)
            return True
        plain = "" if data.hasUrls() else data.text()  # of other files Qt would say the addresses
        clipped = clipped_html(data.html()) if data.hasHtml() else clipped_text(plain)
        if not clipped.has_text:
            return False
        self._review(self._ui.t("bank.clipboard"), lambda: read_pasted(clipped.lines, _pictures_of(clipped)))
        return True

    def close(self) -> None:
        """Show nothing any more."""
        self._closed = True
        self._waiting.clear()

    def _next(self) -> None:
        if self._waiting and not self._busy:
            path = self._waiting.pop(0)
            self._review(path.name, lambda: read_file(load_question_file(path)))

    def _review(self, name: str, read: Callable[[], QuestionFile]) -> None:
        if self._open.read_only or self._busy:
            return
        self._busy = True
        bank, limit = self._open.course.test_bank, self._ui.regulation.limits["question_options"]
        self._background.submit(
            "bank_import",
            lambda: review_file(read(), bank, limit),
            lambda review: self._show(name, review),
            self._on_failed,
        )

    def _show(self, name: str, review: ImportReview) -> None:
        if self._closed:
            return
        dialog = ImportDialog(self._ui, self._open.course, review, name, self._page)
        dialog.accepted_review.connect(
            lambda decisions, lesson_id, outcome_ids: self._apply(name, review, decisions, lesson_id, outcome_ids)
        )
        dialog.finished.connect(self._on_closed)
        self.dialog = dialog
        dialog.open()

    def _on_closed(self) -> None:
        self.dialog = None
        self._busy = False
        self._next()

    def _on_failed(self, error: Exception) -> None:
        self._busy = False
        if not isinstance(error, StudioError):
            raise error
        self._messages.show_error(error)
        self._next()

    def _apply(
        self,
        name: str,
        review: ImportReview,
        decisions: Mapping[int, Decision],
        lesson_id: str | None,
        outcome_ids: tuple[str, ...],
    ) -> None:
        try:
            store_pictures(self._open.folder, review.pictures(decisions))
        except StudioError as error:
            self._messages.show_error(error)
            return
        chosen = len(review.chosen(decisions))
        self._open.apply(
            self._ui.t("undo.import", n=chosen),
            lambda course: review.applied(course, decisions, lesson_id=lesson_id, outcome_ids=outcome_ids),
        )
        left = len(review.items) - chosen
        self._messages.show_info(self._ui.t("bank.imported", name=name, n=chosen, left=left))


def _pictures_of(clipped: Clipped) -> dict[str, WordPicture]:
    """Return the pictures that lie on this machine; a program that copied them may delete them soon."""
    return {
        character: WordPicture(load_pasted_picture(picture.source), picture.alt)
        for character, picture in clipped.pictures.items()
    }
