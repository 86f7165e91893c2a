"""The submission page: a bundle in volumes, stopping it, files for the platform, letters; as a person does it."""

import email
import zipfile
from email.policy import default
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QProgressBar, QPushButton

from app.exporters.packages.bundle import BundleKind
from app.sample import sample_course
from app.session.wizard import Step
from app.ui.course_screen import CourseScreen
from app.ui.main_window import MainWindow
from app.ui.pages.submission import SubmissionPage
from tests.exporters.test_bundle import small_course
from tests.ui.conftest import Until
from tests.ui.hands import button, press, say


@pytest.fixture
def page(window: MainWindow, tmp_path: Path, until: Until) -> SubmissionPage:
    window.create_course(tmp_path / "course", small_course())
    screen = window.screen_shown
    assert isinstance(screen, CourseScreen)
    until(lambda: window.open_course is not None and bool(window.open_course.findings))
    screen.go_to(Step.SUBMISSION)
    made = screen.page(Step.SUBMISSION)
    assert isinstance(made, SubmissionPage)
    return made


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[QUrl]:
    urls: list[QUrl] = []

    def open_url(url: QUrl) -> bool:
        urls.append(url)
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return urls


def is_shown(page: SubmissionPage, text: str) -> bool:
    return any(b.text() == text and b.isVisible() for b in page.findChildren(QPushButton))


def test_the_bundle_goes_into_a_letter(page: SubmissionPage, tmp_path: Path, until: Until, opened: list[QUrl]) -> None:
    assert not button(page, say("letters.submission")).isEnabled(), "there is no bundle yet"
    page.make_bundle(tmp_path / "b.zip", draft=True)
    until(lambda: button(page, say("letters.submission")).isEnabled())
    press(page, say("letters.submission"))
    until((tmp_path / "letters" / "submission.eml").exists)
    until(lambda: is_shown(page, say("letters.open")))
    message = email.message_from_bytes((tmp_path / "letters" / "submission.eml").read_bytes(), policy=default)
    [part] = message.iter_attachments()
    assert part.get_content() == (tmp_path / "b.zip").read_bytes()
    press(page, say("letters.open"))
    press(page, say("letters.mailto"))
    assert opened[0].toLocalFile() == str(tmp_path / "letters" / "submission.eml")
    assert opened[1].scheme() == "mailto"


def test_making_a_bundle_can_be_stopped_and_nothing_is_left(page: SubmissionPage, tmp_path: Path, until: Until) -> None:
    page.make_bundle(tmp_path / "b.zip", draft=True)
    press(page, say("packages.stop"))
    until(lambda: button(page, say("submission.draft")).isEnabled())
    assert not any(bar.isVisible() for bar in page.findChildren(QProgressBar))
    assert list(tmp_path.glob("*.zip*")) == []
    assert list(tmp_path.glob(".*.part")) == []


def test_files_for_the_platform_and_for_publication(page: SubmissionPage, tmp_path: Path, until: Until) -> None:
    page.bundle.make_platform(tmp_path / "platform")
    until(lambda: button(page, say("packages.platform")).isEnabled())
    assert zipfile.is_zipfile(tmp_path / "platform" / "course.imscc")
    page.bundle.make_bundle(tmp_path / "p.zip", draft=True, kind=BundleKind.PUBLICATION)
    until(lambda: button(page, say("packages.platform")).isEnabled())
    with zipfile.ZipFile(tmp_path / "p.zip") as archive:
        assert all(name.endswith(".pdf") for name in archive.namelist() if "/data/" in name)


@pytest.mark.parametrize("kind", ["booking", "first", "texts"])
def test_a_letter_is_drafted_in_the_course_folder(
    page: SubmissionPage, tmp_path: Path, until: Until, kind: str
) -> None:
    press(page, say(f"letters.{kind}"))
    path = tmp_path / "course" / "letters" / f"{kind}.eml"
    until(path.exists)
    until(lambda: button(page, say(f"letters.{kind}")).isEnabled())
    message = email.message_from_bytes(path.read_bytes(), policy=default)
    assert message["To"] == "mooc@atu.edu.kz"
    assert sample_course().title in message["Subject"]


def test_no_mail_program_is_said(
    page: SubmissionPage, until: Until, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    press(page, say("letters.booking"))
    until(lambda: is_shown(page, say("letters.open")))
    press(page, say("letters.open"))
    screen = window.screen_shown
    assert isinstance(screen, CourseScreen)
    assert any("пошта бағдарламасына" in text for text in screen.messages.texts())
