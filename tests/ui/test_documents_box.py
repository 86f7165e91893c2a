"""Saving documents from the submission page, and the forms that the preview shows."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QComboBox, QLabel

from app.exporters.forms import EXPORTED, form_files
from app.model.views import numbered_lessons
from app.sample import sample_course
from app.session.wizard import STEPS, Step
from app.ui import preview as preview_module
from app.ui.course_screen import CourseScreen
from app.ui.main_window import MainWindow
from app.ui.pages.documents_box import DocumentsBox
from app.ui.pdf_images import page_images
from app.ui.preview import FORM_OF_STEP
from app.ui.preview_panel import PreviewPanel
from tests.ui.hands import button, say

Until = Callable[[Callable[[], bool]], None]


@pytest.fixture
def screen(window: MainWindow, tmp_path: Path) -> CourseScreen:
    window.create_course(tmp_path / "course", sample_course())
    QApplication.processEvents()
    shown = window.screen_shown
    assert isinstance(shown, CourseScreen)
    return shown


@pytest.fixture
def box(screen: CourseScreen) -> DocumentsBox:
    screen.go_to(Step.SUBMISSION)
    return screen.page(Step.SUBMISSION).findChildren(DocumentsBox)[0]


def choose(box: DocumentsBox, form: str) -> None:
    combo = box.findChildren(QComboBox)[0]
    combo.setCurrentIndex(combo.findData(form))


def said(box: DocumentsBox) -> str:
    return " ".join(text.text() for text in box.findChildren(QLabel) if not text.isHidden())


def test_every_document_can_be_chosen_by_its_name(box: DocumentsBox) -> None:
    combo = box.findChildren(QComboBox)[0]
    assert combo.accessibleName() == say("documents.which")
    assert [combo.itemData(index) for index in range(combo.count())] == ["", *EXPORTED]
    assert all(combo.itemText(index).strip() for index in range(combo.count()))
    assert combo.itemText(combo.findData("02")) == "02. ЖАОК жұмыс бағдарламасы"


def test_the_chosen_form_is_saved_and_told(box: DocumentsBox, tmp_path: Path, until: Until) -> None:
    choose(box, "06")
    box.save(tmp_path)
    until(lambda: button(box, say("documents.save")).isEnabled())
    names = {f"{file.name}.{fmt}" for file in form_files(sample_course(), "06") for fmt in ("pdf", "docx")}
    assert {path.name for path in tmp_path.iterdir() if path.suffix in (".pdf", ".docx")} == names
    assert say("documents.done", count=10, path=tmp_path) in said(box)
    assert not button(box, say("documents.show")).isHidden()


def test_saving_can_be_stopped(box: DocumentsBox, tmp_path: Path, until: Until) -> None:
    choose(box, "")
    folder = tmp_path / "out"
    folder.mkdir()
    box.save(folder)
    button(box, say("documents.cancel")).click()
    until(lambda: button(box, say("documents.save")).isEnabled())
    count = len(list(folder.iterdir()))
    assert count < 20
    assert say("documents.stopped", count=count, path=folder) in said(box)


def test_a_folder_that_is_gone_is_told(box: DocumentsBox, screen: CourseScreen, tmp_path: Path, until: Until) -> None:
    choose(box, "09")
    box.save(tmp_path / "gone")
    until(lambda: button(box, say("documents.save")).isEnabled())
    assert say("documents.done", count=2, path=tmp_path / "gone") not in said(box)
    assert screen.messages.isVisible() or not screen.isVisible()


def test_the_preview_shows_the_form_of_each_step(screen: CourseScreen, until: Until) -> None:
    assert set(FORM_OF_STEP) == set(STEPS) - {Step.SUBMISSION}
    preview = screen.findChildren(PreviewPanel)[0]
    screen.go_to(Step.MATERIALS)
    screen.show_preview()
    until(lambda: preview.page_count == 2)  # the first lecture alone has two pages


def test_the_preview_shows_the_lecture_in_hand(
    screen: CourseScreen, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def note(pdf: bytes, width_px: int) -> tuple[QImage, ...]:
        drawn.append(" ".join(PdfReader(BytesIO(pdf)).pages[0].extract_text().split()))
        return page_images(pdf, width_px)

    monkeypatch.setattr(preview_module, "page_images", note)
    screen.go_to(Step.MATERIALS)
    screen.show_preview()
    until(lambda: bool(drawn))
    first, _, _, _, fifth = (lesson for _, _, lesson in list(numbered_lessons(sample_course()))[:5])
    assert first.title in drawn[-1]
    screen.page(Step.MATERIALS).reveal("modules/m2/lessons/l5/presentation")
    until(lambda: len(drawn) > 1)
    assert fifth.title in drawn[-1]
    assert first.title not in drawn[-1]
