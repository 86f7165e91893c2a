"""Saving beside the window's thread, the crash dialog, what the window remembers."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

from app.model.texts import Lang
from app.storage.texts_file import load_texts
from app.ui.crash import CrashHandler
from app.ui.disk_thread import DiskThread
from app.ui.preferences import Preferences
from app.ui.theme import DARK, LIGHT, Theme, ThemeChoice

Until = Callable[[Callable[[], bool]], None]


def test_a_save_runs_in_another_thread_and_its_end_is_told_in_this_one(application: QApplication, until: Until) -> None:
    disk = DiskThread()
    threads: list[int] = []
    told: list[tuple[int, BaseException | None]] = []
    disk.run(lambda: threads.append(threading.get_ident()), lambda error: told.append((threading.get_ident(), error)))
    until(lambda: bool(told))
    assert told == [(threading.get_ident(), None)]
    assert threads != [threading.get_ident()]
    disk.close()


def test_waiting_tells_each_end_once(application: QApplication) -> None:
    disk = DiskThread()
    told: list[BaseException | None] = []

    def fail() -> None:
        raise OSError("no disk")

    disk.run(fail, told.append)
    disk.wait()
    application.processEvents()
    assert [str(error) for error in told] == ["no disk"]
    disk.close()


def boxes_shown(monkeypatch: pytest.MonkeyPatch) -> list[QMessageBox]:
    """Note the dialogs instead of waiting for an answer."""
    shown: list[QMessageBox] = []

    def note(box: QMessageBox) -> int:
        shown.append(box)
        return 0

    monkeypatch.setattr(QMessageBox, "exec", note)
    return shown


@pytest.mark.parametrize(("saved", "key"), [(True, "saved"), (False, "not_saved")])
def test_a_fault_saves_and_says_so_in_the_users_language(
    application: QApplication, monkeypatch: pytest.MonkeyPatch, saved: bool, key: str
) -> None:
    shown = boxes_shown(monkeypatch)
    handler = CrashHandler(load_texts(), lambda: saved, lambda: Lang.RU, lambda: None)
    error = ZeroDivisionError("on purpose")
    handler.handle(ZeroDivisionError, error, None)
    (box,) = shown
    assert box.text() == load_texts().get("ui.crash.text", Lang.RU)
    assert load_texts().get(f"ui.crash.{key}", Lang.RU) in box.informativeText()
    assert "on purpose" in box.detailedText()


def test_a_save_that_fails_itself_does_not_hide_the_fault(
    application: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = boxes_shown(monkeypatch)

    def save() -> bool:
        raise RuntimeError("the disk is on fire")

    CrashHandler(load_texts(), save, lambda: Lang.EN, lambda: None).handle(ValueError, ValueError("first"), None)
    (box,) = shown
    assert load_texts().get("ui.crash.not_saved", Lang.EN) in box.informativeText()
    assert "first" in box.detailedText()


def test_the_window_remembers(application: QApplication, tmp_path: Path) -> None:
    preferences = Preferences(tmp_path)
    preferences.language = Lang.KK
    preferences.theme = ThemeChoice.DARK
    folders = [tmp_path / f"курс {number}" for number in range(10)]
    for folder in folders:
        folder.mkdir()
        preferences.remember(folder)
    preferences.remember(folders[5])
    preferences.sync()
    again = Preferences(tmp_path)
    assert (again.language, again.theme) == (Lang.KK, ThemeChoice.DARK)
    assert again.recent()[:3] == (folders[5], folders[9], folders[8])
    assert len(again.recent()) == 8
    folders[9].rmdir()
    assert folders[9] not in again.recent()


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.1)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_every_text_can_be_read(theme: Theme) -> None:
    for text, grounds in (
        (theme.text, (theme.window, theme.surface, theme.raised, theme.accent_soft, theme.bad_soft, theme.warn_soft)),
        (theme.muted, (theme.window, theme.surface, theme.raised)),
        (theme.bad, (theme.window, theme.surface)),
        (theme.warn, (theme.window, theme.surface)),
        (theme.good, (theme.window, theme.surface)),
        (theme.on_accent, (theme.accent,)),
    ):
        for ground in grounds:
            light, dark = sorted((_luminance(text), _luminance(ground)), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (text, ground)
