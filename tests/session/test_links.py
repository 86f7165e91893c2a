"""Links are found wherever they stand and judged by what they answer; no test touches the network."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.base import TextItem
from app.model.course import Course
from app.model.papers import Material
from app.model.people import Author
from app.model.structure import Lesson, Module, SelfStudyItem
from app.session.links import GRACE_S, LinkResult, LinkState, check_links, links_of, note_results

Answer = Callable[[httpx.Request], httpx.Response]


def run(urls: list[str], answer: Answer, cancelled: threading.Event | None = None) -> dict[str, LinkResult]:
    results = check_links(
        urls,
        on_result=lambda _: None,
        cancelled=cancelled or threading.Event(),
        transport=httpx.MockTransport(answer),
    )
    return {result.url: result for result in results}


def test_links_of_fields_and_texts_are_found_in_the_order_of_the_course() -> None:
    item = SelfStudyItem(id="s", url="https://a.kz/1")
    course = Course(
        annotation="Қараңыз: https://b.kz/(x) (https://b.kz/y).",
        reference_materials=(TextItem(id="r", text="https://c.kz/z, http://d.kz"),),
        authors=(Author(id="a", email="x@y.kz"),),
        modules=(Module(id="m", lessons=(Lesson(id="l", self_study=(item,)),)),),
        materials_folder_url=" https://e.kz ",
    )
    assert [(place.path, place.url) for place in links_of(course)] == [
        ("annotation", "https://b.kz/(x)"),
        ("annotation", "https://b.kz/y"),
        ("reference_materials/r/text", "https://c.kz/z"),
        ("reference_materials/r/text", "http://d.kz"),
        ("modules/m/lessons/l/self_study/s/url", "https://a.kz/1"),
        ("materials_folder_url", "https://e.kz"),
    ]


def server(request: httpx.Request) -> httpx.Response:
    moved = {
        "/moved": "https://a.kz/new",
        "/slash": "https://a.kz/slash/",
        "/private": "https://accounts.google.com/ServiceLogin?x=1",
        "/moodle": "https://a.kz/login/index.php",
        "/round": "https://a.kz/round",
    }
    path = request.url.path
    if path in moved:
        return httpx.Response(302, headers={"location": moved[path]})
    if path == "/only-get":
        return httpx.Response(405 if request.method == "HEAD" else 200)
    if path == "/slow":
        raise httpx.ReadTimeout("slow", request=request)
    if path == "/nobody":
        raise httpx.ConnectError("no such host", request=request)
    if path == "/robots":  # a guard that lets only browsers pass
        return httpx.Response(403, headers={"cf-mitigated": "challenge"})
    codes = {"/gone": 404, "/old": 410, "/401": 401, "/403": 403, "/500": 500}
    return httpx.Response(codes.get(path, 200))


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("/", LinkState.REACHABLE),
        ("/slash", LinkState.REACHABLE),
        ("/only-get", LinkState.REACHABLE),
        ("/moved", LinkState.REDIRECTED),
        ("/gone", LinkState.DEAD),
        ("/old", LinkState.DEAD),
        ("/round", LinkState.DEAD),
        ("/nobody", LinkState.DEAD),
        ("/401", LinkState.SIGN_IN),
        ("/private", LinkState.SIGN_IN),
        ("/moodle", LinkState.SIGN_IN),
        ("/403", LinkState.SIGN_IN),
        ("/robots", LinkState.UNCLEAR),
        ("/500", LinkState.UNCLEAR),
        ("/slow", LinkState.UNCLEAR),
    ],
)
def test_what_an_answer_means(path: str, state: LinkState) -> None:
    url = f"https://a.kz{path}"
    assert run([url, "https://a.kz/other"], server)[url].state is state


def test_where_it_was_redirected_to_is_told() -> None:
    assert run(["https://a.kz/moved"], server)["https://a.kz/moved"].target == "https://a.kz/new"


def test_without_a_network_no_link_is_called_dead() -> None:
    def nothing(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no network", request=request)

    results = run(["https://a.kz", "https://b.kz", "not a link"], nothing)
    assert [result.state for result in results.values()] == [LinkState.OFFLINE, LinkState.OFFLINE, LinkState.NO_LINK]


def test_each_address_is_asked_once_and_progress_is_told() -> None:
    asked: list[str] = []
    told: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(200)

    check_links(
        ["https://a.kz/1", "https://a.kz/1", "https://b.kz/2"],
        on_result=lambda result: told.append(result.url),
        cancelled=threading.Event(),
        transport=httpx.MockTransport(answer),
    )
    assert sorted(asked) == sorted(told) == ["https://a.kz/1", "https://b.kz/2"]


def test_what_was_not_begun_is_not_tried_after_cancelling() -> None:
    cancelled = threading.Event()
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        cancelled.set()
        return httpx.Response(200)

    results = run([f"https://a.kz/{n}" for n in range(50)], answer, cancelled)
    assert 1 <= len(asked) == len(results) <= 2  # two of one host at a time


def test_a_stopped_check_waits_for_nobody_and_keeps_what_it_has() -> None:
    cancelled, answered_one, let_go = threading.Event(), threading.Event(), threading.Event()

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host != "a.kz":
            let_go.wait(20)
        return httpx.Response(200)

    def on_result(result: LinkResult) -> None:
        answered_one.set()
        cancelled.set()

    began_s = time.monotonic()
    urls = ["https://a.kz", *(f"https://b{n}.kz" for n in range(20))]
    transport = httpx.MockTransport(answer)
    results = check_links(urls, on_result=on_result, cancelled=cancelled, transport=transport)
    took_s = time.monotonic() - began_s
    let_go.set()
    assert answered_one.is_set()
    assert [one.url for one in results] == ["https://a.kz"]
    assert took_s < GRACE_S + 0.7


def test_notes_are_kept_with_the_materials_and_not_without_a_network() -> None:
    course = Course(
        materials=(
            Material(id="a", url="https://a.kz"),
            Material(id="b", url="https://b.kz", url_status="reachable"),
            Material(id="c", url="https://c.kz"),
        )
    )
    now = datetime(2027, 1, 1, 12, 0, tzinfo=UTC)
    results = {
        "https://a.kz": LinkResult("https://a.kz", LinkState.DEAD, 404),
        "https://b.kz": LinkResult("https://b.kz", LinkState.OFFLINE),
    }
    noted = note_results(course, results, now).materials
    assert [(m.url_status, m.url_checked_at) for m in noted] == [("dead", now), ("reachable", None), ("", None)]


@given(st.text(max_size=30))
def test_no_address_breaks_the_check(tail: str) -> None:
    results = run([f"https://a.kz/{tail}", f"http://{tail}"], lambda _: httpx.Response(200))
    assert len(results) >= 1
