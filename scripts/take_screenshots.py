"""Make the pictures of `docs/screenshots`: every page, in three languages, light and dark, at 1366 x 768.

    xvfb-run -s "-screen 0 1366x768x24" uv run python scripts/take_screenshots.py

The sample course is opened in a temporary folder with two short synthetic recordings. Look at the pictures: cut-off
text, an empty grey page or an unexplained sign is a defect.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from PySide6.QtWidgets import QApplication, QTabWidget

from app.model.texts import Lang
from app.sample import sample_course
from app.sample.clips import CLEAN, FAULTY, make_clip
from app.session.analysis_queue import ItemState
from app.session.wizard import STEPS, Step
from app.storage.regulation_file import load_regulation
from app.storage.texts_file import load_texts
from app.ui.course_screen import CourseScreen
from app.ui.findings_panel import FindingsPanel
from app.ui.main_window import MainWindow
from app.ui.pages.assessment import AssessmentPage
from app.ui.pages.base import ColumnPage, Page
from app.ui.pages.materials import MaterialsPage
from app.ui.pages.programme import ProgrammePage
from app.ui.preferences import Preferences
from app.ui.preview_panel import PreviewPanel
from app.ui.studio_screen import StudioScreen
from app.ui.theme import ThemeChoice

_FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
_WAIT_S = 120.0


def main() -> int:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=_FOLDER)
    parser.add_argument("--only", help="one language and theme, e.g. kk-light")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clips = [folder / "1-дәріс.mp4", folder / "2-дәріс.mp4"]
        for clip, spec in zip(clips, (CLEAN, FAULTY), strict=True):
            make_clip(clip, spec)
        preferences = Preferences(folder / "settings")
        preferences.theme = ThemeChoice.LIGHT
        window = MainWindow(load_texts(), load_regulation(), preferences)
        window.resize(1366, 768)
        window.show()
        camera = Camera(app, window, arguments.out)
        for lang in Lang:
            for theme in (ThemeChoice.LIGHT, ThemeChoice.DARK):
                if arguments.only in (None, f"{lang}-{theme}"):
                    window.set_language(lang)
                    window.set_theme(theme)
                    camera.suffix = f"{lang}-{theme}"
                    take_round(camera, window, folder, clips)
        window.close()
    return 0


class Camera:
    """Waits until the window has settled, then takes its picture.

    Attributes:
        suffix: language and theme, part of the file names.
    """

    def __init__(self, app: QApplication, window: MainWindow, folder: Path) -> None:
        self._app = app
        self._window = window
        self._folder = folder
        self.suffix = ""

    def until(self, condition: Callable[[], bool]) -> None:
        """Run the event loop until something holds."""
        end_s = time.monotonic() + _WAIT_S
        while not condition():
            if time.monotonic() > end_s:
                raise SystemExit("the window did not settle")
            self._app.processEvents()
            time.sleep(0.01)

    def shoot(self, name: str, settle_s: float = 0.4) -> None:
        """Take a picture called ``name-lang-theme.png``."""
        end_s = time.monotonic() + settle_s
        self.until(lambda: time.monotonic() > end_s)
        path = self._folder / f"{name}-{self.suffix}.png"
        self._window.grab().save(str(path))
        shrink(path)


def shrink(path: Path) -> None:
    """Keep a picture in 256 colours, a third of its size: rare colours, such as the green of a state, stay as well."""
    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(
            256, method=Image.Quantize.MAXCOVERAGE, kmeans=3, dither=Image.Dither.NONE
        )
    small.save(path, optimize=True)


def take_round(camera: Camera, window: MainWindow, folder: Path, clips: list[Path]) -> None:
    """Take every page in the window's language and theme."""
    window.show_start()
    camera.shoot("start")
    window.show_review()
    camera.shoot("bundle")
    window.show_studio()
    studio = window.screen_shown
    assert isinstance(studio, StudioScreen)
    queue = window.recordings.queue
    if not queue.items:
        studio.add_files(clips)
    camera.until(lambda: all(item.state in (ItemState.DONE, ItemState.FAILED) for item in queue.items))
    studio.panel.choose(queue.items[-1].id)
    camera.shoot("studio")
    course_folder = folder / f"course-{camera.suffix}"
    window.create_course(course_folder, sample_course())
    screen = window.screen_shown
    assert isinstance(screen, CourseScreen)
    camera.until(lambda: window.open_course is not None and bool(window.open_course.findings))
    findings = screen.findChildren(FindingsPanel)[0]
    for tabs in screen.findChildren(QTabWidget):  # the window remembers the tab of the round before
        if tabs.indexOf(findings) >= 0:
            tabs.setCurrentWidget(findings)
    for step in STEPS:
        screen.go_to(step)
        page = screen.page(step)
        if isinstance(page, ProgrammePage):
            page.reveal("modules/m2/lessons/l5/title")
        camera.shoot(step.value)
        take_views(camera, page)
    screen.go_to(Step.DESCRIPTION)
    screen.page(Step.DESCRIPTION).reveal("annotation")
    screen.show_clause()
    camera.shoot("clause")
    screen.show_preview()
    preview = screen.findChildren(PreviewPanel)[0]
    camera.until(lambda: preview.page_count > 0)
    camera.shoot("preview")
    window.show_start()


def take_views(camera: Camera, page: Page) -> None:
    """Take the views of a page that has more than one."""
    if isinstance(page, ProgrammePage):
        page.reveal("outcomes/o2-2/text")
        camera.shoot("programme-outcomes")
        page.show_view(page.effort)
        camera.shoot("programme-effort")
        page.show_view(page.structure)
    elif isinstance(page, MaterialsPage):
        page.show_view(page.common)
        camera.shoot("materials-common")
        page.show_view(page.lectures)
    elif isinstance(page, AssessmentPage):
        page.reveal("tasks/t-p1/title")
        camera.shoot("assessment-task")
    elif isinstance(page, ColumnPage):
        bar = page.column.verticalScrollBar()
        bar.setValue(bar.maximum())
        camera.shoot(f"{type(page).__name__.removesuffix('Page').lower()}-end")
        bar.setValue(0)


if __name__ == "__main__":
    sys.exit(main())
