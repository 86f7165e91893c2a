"""The check of links in its window: what is said of every kind of answer; no test touches the network."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx
from PySide6.QtWidgets import QLabel, QWidget

from app.model.course import Course
from app.model.papers import Material
from app.model.texts import Lang
from app.storage.texts_file import load_texts
from app.ui.author_tools.links_dialog import LinksDialog
from app.ui.author_tools.menu import AuthorTools
from app.ui.course_screen import CourseScreen
from app.ui.main_window import MainWindow
from tests.ui.conftest import Until
from tests.ui.hands import button, press, say
from tests.ui.test_author_tools import opened, rows

Answer = Callable[[httpx.Request], httpx.Response]
SHORT_S = 1.0


def of_links(*urls: str) -> Course:
    return Course(materials=tuple(Material(id=f"m{number}", url=url) for number, url in enumerate(urls)))


def dialog_of(screen: CourseScreen, answer: Answer) -> LinksDialog:
    dialog = LinksDialog(screen.findChildren(AuthorTools)[0]._tools, screen, httpx.MockTransport(answer))
    dialog.show()
    return dialog


def check(dialog: LinksDialog, until: Until) -> None:
    press(dialog, say("tools.links.start"))
    until(lambda: button(dialog, say("tools.links.start")).isEnabled())


def said(parent: QWidget) -> list[str]:
    return [one.text() for one in parent.findChildren(QLabel) if one.isVisible()]


def test_without_a_network_the_window_says_so_and_blames_no_link(
    window: MainWindow, tmp_path: Path, until: Until
) -> None:
    screen, course = opened(window, tmp_path / "c", of_links("https://a.kz", "https://b.kz/1"))
    before = course.course

    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no network", request=request)

    dialog = dialog_of(screen, answer)
    check(dialog, until)
    assert say("tools.links.offline") in said(dialog)
    assert [line.rpartition(" | ")[2] for line in rows(dialog)] == [say("tools.links.state.offline")] * 2
    assert course.course == before
    dialog.close()


def test_each_answer_has_its_word_and_the_gravest_stand_first(window: MainWindow, tmp_path: Path, until: Until) -> None:
    paths = ("/here", "/moved", "/private", "/401", "/403", "/gone", "/elsewhere")
    screen, course = opened(window, tmp_path / "c", of_links(*(f"https://a.kz{path}" for path in paths)))
    targets = {
        "/moved": "https://a.kz/new",
        "/private": "/login?next=1",
        "/elsewhere": "https://login.microsoftonline.com/common",
    }
    codes = {"/401": 401, "/403": 403, "/gone": 404}

    def answer(request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if path in targets:
            return httpx.Response(302, headers={"location": targets[path]})
        return httpx.Response(codes.get(path, 200))

    dialog = dialog_of(screen, answer)
    check(dialog, until)
    words = {state: say(f"tools.links.state.{state}") for state in ("dead", "sign_in", "redirected", "reachable")}
    assert [line.partition(" | ")[2] for line in rows(dialog)] == [
        f"https://a.kz/gone | {words['dead']} (404)",
        f"https://a.kz/private | {words['sign_in']} → https://a.kz/login?next=1",
        f"https://a.kz/401 | {words['sign_in']} (401)",
        f"https://a.kz/403 | {words['sign_in']} (403)",
        f"https://a.kz/elsewhere | {words['sign_in']} → https://login.microsoftonline.com/common",
        f"https://a.kz/moved | {words['redirected']} → https://a.kz/new",
        f"https://a.kz/here | {words['reachable']}",
    ]
    assert load_texts().get("ui.tools.links.done", Lang.KK, n=7, bad=5) in said(dialog)
    assert [one.url_status for one in course.course.materials] == [
        *("reachable", "redirected", "sign_in", "sign_in", "sign_in", "dead", "sign_in")
    ]
    assert course.store.undo_label == say("tools.links.step")
    dialog.close()


def test_stopping_a_check_ends_it_at_once_and_keeps_what_was_answered(
    window: MainWindow, tmp_path: Path, until: Until
) -> None:
    urls = ["https://a.kz/gone", *(f"https://b{number}.kz" for number in range(8))]
    screen, course = opened(window, tmp_path / "c", of_links(*urls))
    asked, let_go = threading.Event(), threading.Event()

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == "a.kz":
            return httpx.Response(404)
        asked.set()
        let_go.wait(20)
        return httpx.Response(200)

    dialog = dialog_of(screen, answer)
    press(dialog, say("tools.links.start"))
    until(lambda: asked.is_set() and dialog.answered() == 1)
    began_s = time.monotonic()
    press(dialog, say("tools.links.stop"))
    until(lambda: button(dialog, say("tools.links.start")).isEnabled())
    took_s = time.monotonic() - began_s
    let_go.set()
    assert took_s < SHORT_S
    assert not button(dialog, say("tools.links.stop")).isEnabled()
    assert load_texts().get("ui.tools.links.stopped", Lang.KK, n=1, all=9) in said(dialog)
    assert rows(dialog)[0].endswith(f"https://a.kz/gone | {say('tools.links.state.dead')} (404)")
    assert [line for line in rows(dialog)[1:] if not line.endswith(" | ")] == []  # not tried, so nothing is said
    assert [one.url_status for one in course.course.materials] == ["dead", *[""] * 8]
    dialog.close()
    until(lambda: not [thread for thread in threading.enumerate() if thread.name.startswith("link")])
