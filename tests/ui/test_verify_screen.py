"""Reviewing a received bundle in the window: whole, tampered with, and no bundle at all."""

import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QListWidget, QProgressBar, QPushButton, QTabWidget

from app.exporters.packages.bag import BagProblem, BagReader
from app.exporters.packages.payload import COURSE_FILE
from app.model.texts import Lang
from app.storage.texts_file import load_texts
from app.ui.main_window import MainWindow
from app.ui.verify_screen import VerifyScreen
from tests.exporters.test_bundle import small_course, write
from tests.ui.conftest import Until
from tests.ui.hands import press, say

NAME = "бума мен жоба.zip"


@pytest.fixture
def screen(window: MainWindow) -> VerifyScreen:
    press(window, say("start.review"))
    made = window.screen_shown
    assert isinstance(made, VerifyScreen)
    return made


def says(screen: VerifyScreen, text: str) -> bool:
    return any(words.isVisible() and words.text().startswith(text) for words in screen.findChildren(QLabel))


def rows(screen: VerifyScreen, caption: str) -> list[str]:
    tabs = screen.findChildren(QTabWidget)[0]
    (place,) = (n for n in range(tabs.count()) if tabs.tabText(n).startswith(caption))
    page = tabs.widget(place)
    assert page is not None
    return [shown.item(row).text() for shown in page.findChildren(QListWidget) for row in range(shown.count())]


def test_a_whole_bundle_shows_its_documents_and_what_the_rules_say(
    screen: VerifyScreen, tmp_path: Path, until: Until
) -> None:
    bundle = tmp_path / NAME
    write(bundle, small_course())
    assert says(screen, say("verify.none"))
    screen.verify(bundle)
    until(lambda: says(screen, say("verify.valid", name=NAME)))
    with zipfile.ZipFile(bundle) as archive:
        inside = {name for name in archive.namelist() if "/data/" in name and not name.endswith("/")}
    assert len(rows(screen, say("verify.documents", n="").rstrip(" ()"))) == len(inside)
    assert rows(screen, say("verify.problems", n="").rstrip(" ()")) == []
    assert any("7.1" in row for row in rows(screen, say("verify.findings", n="").rstrip(" ()")))


def test_a_changed_file_is_named(screen: VerifyScreen, tmp_path: Path, until: Until) -> None:
    bundle, altered = tmp_path / "b.zip", tmp_path / NAME
    write(bundle, small_course())
    with zipfile.ZipFile(bundle) as archive, zipfile.ZipFile(altered, "w") as copy:
        for entry in archive.infolist():
            changed = b" " if entry.filename.endswith(COURSE_FILE) else b""
            copy.writestr(entry, archive.read(entry) + changed)
    screen.verify(altered)
    until(lambda: says(screen, say("verify.invalid", name=NAME)))
    (problem,) = rows(screen, say("verify.problems", n="").rstrip(" ()"))
    assert COURSE_FILE in problem


def test_a_file_that_is_no_bundle_is_told(screen: VerifyScreen, tmp_path: Path, until: Until) -> None:
    text = tmp_path / NAME
    text.write_text("no archive", encoding="utf-8")
    screen.verify(text)
    until(lambda: not says(screen, say("verify.running", name=NAME)))
    assert not screen.findChildren(QTabWidget)[0].isVisible()
    assert any(words.isVisible() and words.property("role") == "fail" for words in screen.findChildren(QLabel))


def test_a_long_check_shows_how_far_it_is_and_can_be_stopped_and_begun_again(
    screen: VerifyScreen, tmp_path: Path, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = tmp_path / NAME
    write(bundle, small_course())
    with zipfile.ZipFile(bundle) as archive:
        whole_bytes = sum(entry.file_size for entry in archive.infolist())
    bar = screen.findChildren(QProgressBar)[0]
    go_on, told = threading.Event(), BagReader.problems

    def slowly(bag: BagReader, on_bytes: Callable[[int], None]) -> tuple[BagProblem, ...]:
        on_bytes(whole_bytes // 2)
        assert go_on.wait(10)
        return told(bag, on_bytes)

    monkeypatch.setattr(BagReader, "problems", slowly)
    screen.verify(bundle)
    until(lambda: bar.isVisible() and bar.maximum() > 0 and bar.value() * 2 == pytest.approx(bar.maximum(), rel=0.01))
    press(screen, say("packages.stop"))
    go_on.set()
    stopped = load_texts().get("errors.verify_cancelled.cause", Lang.KK, name=NAME)
    until(lambda: says(screen, stopped))
    assert not bar.isVisible()
    assert not any(one.isVisible() for one in screen.findChildren(QPushButton) if one.text() == say("packages.stop"))
    assert not screen.findChildren(QTabWidget)[0].isVisible()
    screen.verify(bundle)
    until(lambda: says(screen, say("verify.valid", name=NAME)))


def test_leaving_the_screen_ends_the_check(
    screen: VerifyScreen, window: MainWindow, tmp_path: Path, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = tmp_path / NAME
    write(bundle, small_course())
    begun, left, ended = threading.Event(), threading.Event(), threading.Event()

    def slowly(_bag: BagReader, on_bytes: Callable[[int], None]) -> tuple[BagProblem, ...]:
        begun.set()
        assert left.wait(10)
        try:
            on_bytes(1)
        finally:
            ended.set()
        raise AssertionError("the check went on")

    monkeypatch.setattr(BagReader, "problems", slowly)
    screen.verify(bundle)
    until(begun.is_set)
    window.show_start()
    left.set()
    until(ended.is_set)
