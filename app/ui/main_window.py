"""The one window: a frame that is given its screens. It opens, closes and replaces them, nothing else."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QMessageBox
from shiboken6 import delete

from app.model.course import Course
from app.model.errors import ProjectFileError, StudioError
from app.model.regulation import Regulation
from app.model.texts import Lang, Texts
from app.sample import sample_course
from app.session.wizard import Step
from app.storage.course_copy import copy_files
from app.storage.course_file import FILE_NAME
from app.storage.course_folder import CourseFolder, OpenedCourse, folder_of
from app.ui.analysis_thread import RecordingService
from app.ui.background import Background
from app.ui.context import UiContext
from app.ui.editing import commit_focused
from app.ui.memory import Memory
from app.ui.open_course import OpenCourse, holder_name
from app.ui.preferences import Preferences
from app.ui.qt_words import QtWords
from app.ui.spelling import SpellingService
from app.ui.start_screen import StartScreen
from app.ui.studio_screen import StudioScreen
from app.ui.tab_order import go_on
from app.ui.theme import Theme, ThemeChoice, install, resolve
from app.ui.tools import Tools
from app.ui.verify_screen import VerifyScreen
from app.ui.widgets import resize_within_screen

_SMALLEST = QSize(600, 300)
"""A panel of 1366 x 768 at 200 % has 683 x 384, and taskbar and title bar take their part of it."""

if TYPE_CHECKING:
    from app.ui.course_screen import CourseScreen

    Screen = StartScreen | StudioScreen | VerifyScreen | CourseScreen


class MainWindow(QMainWindow):
    """Start screen, studio screen or course screen, in the user's language and theme."""

    def __init__(
        self,
        texts: Texts,
        regulation: Regulation,
        preferences: Preferences,
        spelling: SpellingService | None = None,
    ) -> None:
        super().__init__()
        self._spelling = spelling
        self._texts = texts
        self._regulation = regulation
        self._preferences = preferences
        self._memory = Memory(preferences)
        self._background = Background()
        self._recordings = RecordingService(regulation)
        self._open: OpenCourse | None = None
        self._screen: Screen | None = None
        self._course_screen: CourseScreen | None = None
        self._closed = False
        self._qt_words = QtWords(texts, self)
        self.setMinimumSize(_SMALLEST)
        resize_within_screen(self, 1240, 720)
        geometry = preferences.bytes_of("geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)
        self._theme: Theme | None = None
        self._ui = self._new_context()
        self.show_start()

    @property
    def screen_shown(self) -> "Screen":
        """The screen that is shown."""
        assert self._screen is not None
        return self._screen

    @property
    def open_course(self) -> OpenCourse | None:
        """The course that is open."""
        return self._open

    @property
    def recordings(self) -> RecordingService:
        """The queue of recordings."""
        return self._recordings

    def show_start(self) -> None:
        """Show the start screen."""
        screen = StartScreen(self._ui, self._preferences.recent(), self._tools())
        screen.new_wanted.connect(self._ask_new)
        screen.open_wanted.connect(self._ask_open)
        screen.recent_chosen.connect(self.open_folder)
        screen.studio_wanted.connect(self.show_studio)
        screen.review_wanted.connect(self.show_review)
        screen.sample_wanted.connect(self._ask_sample)
        self._replace(screen)

    def show_studio(self) -> None:
        """Show the studio screen."""
        screen = StudioScreen(self._ui, self._recordings, self._tools(), self._preferences.recent())
        screen.home_wanted.connect(self.show_start)
        self._replace(screen)

    def show_review(self) -> None:
        """Show the screen on which a received bundle is reviewed."""
        screen = VerifyScreen(self._ui, self._background, self._tools())
        screen.home_wanted.connect(self.show_start)
        self._replace(screen)

    def open_folder(self, folder: Path) -> None:
        """Open a course."""
        try:
            opened = CourseFolder.open(folder, holder=holder_name())
        except StudioError as error:
            self.screen_shown.messages.show_error(error)
            return
        self._show_opened(opened)

    def create_course(self, folder: Path, course: Course) -> None:
        """Make a course folder and open it."""
        try:
            CourseFolder.create(folder, course, self._regulation.id, holder=holder_name()).close()
        except StudioError as error:
            self.screen_shown.messages.show_error(error)
            return
        self.open_folder(folder)

    def save_copy(self, folder: Path) -> None:
        """Save the open course in another folder and go on there; its files are copied beside the window's thread."""
        opened = self._open
        assert opened is not None
        if folder_of(folder) == opened.folder:
            return

        def done(lost: tuple[str, ...]) -> None:
            try:
                # The course as it is now: it may have been written on while its files were copied.
                CourseFolder.create(folder, opened.course, self._regulation.id, holder=holder_name()).close()
            except StudioError as error:
                failed(error)
                return
            if self._open is not opened:
                return
            if not opened.close():  # what its own folder did not take is in the copy
                opened.abandon()
            self._open = None
            self.open_folder(folder)
            missing = sorted({*lost, *(name for name in opened.attachments if not (folder / name).is_file())})
            self.screen_shown.messages.show_info(
                self._ui.t("copy.lost", files=", ".join(missing)) if missing else self._ui.t("copy.done", path=folder)
            )

        def failed(error: Exception) -> None:
            if not isinstance(error, StudioError):
                raise error
            self.screen_shown.messages.show_error(error)

        def job() -> tuple[str, ...]:
            if (folder / FILE_NAME).exists():
                raise ProjectFileError("course_exists", path=folder)
            return copy_files(opened.folder, folder)

        self.screen_shown.messages.show_info(self._ui.t("copy.running"))
        self._background.submit("copy", job, done, failed)

    def set_language(self, lang: Lang) -> None:
        """Show everything in another language, at once."""
        self._preferences.language = lang
        self._redraw()

    def set_theme(self, theme: ThemeChoice) -> None:
        """Show everything in another theme, at once."""
        self._preferences.theme = theme
        self._redraw()

    def leave_course(self) -> bool:
        """Save and close the open course; False when it could not be saved and the user wants to stay."""
        if self._open is None:
            return True
        commit_focused()
        if not self._open.close() and not self._give_up_unsaved():
            return False
        self._open = None
        return True

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save, cancel, join, remember; stay where saving failed."""
        if self._closed:
            event.accept()
            return
        if not self.leave_course():
            event.ignore()
            return
        self._closed = True
        self._detach_screen()
        self._recordings.close()
        self._background.close()
        if self._spelling is not None:
            self._preferences.spelling = self._spelling.enabled or bool(self._spelling.problem)
            self._spelling.close()
        self._preferences.store_bytes("geometry", self.saveGeometry())
        self._preferences.sync()
        event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go with Tab to what is read next."""
        return go_on(self, forward=forward)

    def _new_context(self) -> UiContext:
        theme = resolve(self._preferences.theme)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        if theme != self._theme:
            self._take_screen_away()
            install(app, theme)
            self._theme = theme
        self._qt_words.speak(app, self._preferences.language)
        ui = UiContext(self._texts, self._preferences.language, self._regulation, theme, self._spelling, self._memory)
        self.setWindowTitle(ui.t("app.name"))
        return ui

    def _take_screen_away(self) -> None:
        """Delete the screen at once: a new theme would dress each of its thousands of widgets, only to see them go."""
        old = self._screen
        if old is not None:
            self._detach_screen()
            self.takeCentralWidget()
            old.hide()
            delete(old)

    def _tools(self) -> Tools:
        tools = Tools(self._ui, self._preferences.theme)
        # The screen with these buttons is replaced by their own click: let the click end first.
        tools.language_chosen.connect(lambda lang: QTimer.singleShot(0, lambda: self.set_language(lang)))
        tools.theme_chosen.connect(lambda theme: QTimer.singleShot(0, lambda: self.set_theme(theme)))
        return tools

    def _redraw(self) -> None:
        commit_focused()  # what was just typed, before its field goes
        shown, step = type(self._screen), self._course_screen.step if self._course_screen is not None else None
        self._ui = self._new_context()
        if self._open is not None and step is not None:
            self._show_course(step)
        elif shown is StudioScreen:
            self.show_studio()
        elif shown is VerifyScreen:
            self.show_review()
        else:
            self.show_start()

    def _show_opened(self, opened: OpenedCourse) -> None:
        if not self.leave_course():
            opened.folder.close()
            return
        self._open = OpenCourse(opened, self._regulation, self._background)
        self._preferences.remember(opened.folder.path)
        self._show_course(Step.DESCRIPTION)

    def _show_course(self, step: Step) -> None:
        # With all its pages the screen takes longer to load than the rest of the window (see `application.preload`).
        from app.ui.course_screen import CourseScreen

        assert self._open is not None
        screen = CourseScreen(self._ui, self._open, self._background, self._recordings, self._tools(), step, self)
        screen.home_wanted.connect(self._go_home)
        screen.copy_wanted.connect(self._ask_copy)
        self._replace(screen)
        self._course_screen = screen

    def _go_home(self) -> None:
        if self.leave_course():
            self.show_start()

    def _replace(self, screen: "Screen") -> None:
        self._detach_screen()
        self._screen = screen
        self.setCentralWidget(screen)

    def _detach_screen(self) -> None:
        if self._screen is not None and not isinstance(self._screen, StartScreen):
            self._screen.detach()
        self._screen = self._course_screen = None

    def _ask_new(self) -> None:
        folder = self._ask_folder("start.new_folder", self._ui.t("start.new_folder_name"))
        if folder is not None:
            self.create_course(folder, Course(university=self._regulation.settings.university))

    def _ask_sample(self) -> None:
        folder = self._ask_folder("start.sample_folder", self._ui.t("start.sample_folder_name"))
        if folder is not None:
            self.create_course(folder, sample_course())

    def _ask_copy(self) -> None:
        commit_focused()
        if self._open is None:
            return
        folder = self._ask_folder("copy.folder", self._ui.t("copy.name", name=self._open.folder.name))
        if folder is not None:
            self.save_copy(folder)

    def _ask_open(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self._ui.t("start.open"), str(Path.home()))
        if chosen:
            self.open_folder(Path(chosen))

    def _ask_folder(self, caption: str, name: str) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(self, self._ui.t(caption), str(Path.home() / name))
        return Path(chosen) if chosen else None

    def _give_up_unsaved(self) -> bool:
        assert self._open is not None
        error = self._open.save_mark.error
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(self._ui.t("app.name"))
        box.setText(self._ui.t("close.unsaved"))
        if error is not None:
            box.setInformativeText(f"{self._ui.cause(error)}\n{self._ui.remedy(error)}")
        stay = box.addButton(self._ui.t("close.stay"), QMessageBox.ButtonRole.RejectRole)
        leave = box.addButton(self._ui.t("close.leave"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(stay)
        box.exec()
        if box.clickedButton() is not leave:
            return False
        self._open.abandon()
        return True
