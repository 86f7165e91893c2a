"""Whether the links of a course lead somewhere: collected, tried, and noted with the materials.

Trying runs in threads of its own and knows neither window nor disk; a transport can be given, so that a test needs no
network. Nothing is sent but the request itself, without cookies; what comes back is not kept.
"""

import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from app.checks.links import is_link
from app.model.course import Course
from app.session.course_texts import TextKind, course_texts
from app.session.edit import set_value

if TYPE_CHECKING:
    import httpx

TIMEOUT_S = 15.0
GRACE_S = 0.3
"""For so long answers that are under way are waited for when a check is stopped."""
WORKERS = 6
MAX_REDIRECTS = 10
_PER_HOST = 2
_LOOK_S = 0.05
"""Time between two looks whether the check was stopped."""
_HEADERS = {"User-Agent": "Mozilla/5.0 (compatible; MOOC Studio link check)", "Accept": "*/*"}
_IN_TEXT = re.compile(r"https?://[^\s<>\"«»“”]+")
_SIGN_IN = re.compile(
    r"(?:^|[./_-])(?:login|signin|sign-in|log-in|auth|oauth2?|sso|cas|servicelogin|accounts)(?:[./_-]|$)", re.IGNORECASE
)
_TRY_GET = frozenset({400, 403, 404, 405, 406, 409, 410, 415, 429, 500, 501, 503})
"""Answers to HEAD after which GET is tried: many servers know only the latter."""


class LinkState(StrEnum):
    """What became of trying a link; the value is what `Material.url_status` keeps."""

    REACHABLE = "reachable"
    REDIRECTED = "redirected"
    DEAD = "dead"
    SIGN_IN = "sign_in"
    UNCLEAR = "unclear"
    OFFLINE = "offline"
    NO_LINK = "no_link"


@dataclass(frozen=True, slots=True)
class LinkPlace:
    """A link and the text in which it stands."""

    path: str
    url: str


@dataclass(frozen=True, slots=True)
class LinkResult:
    """What one address answered.

    Attributes:
        status_code: the last answer's; None where there was none.
        target: where it was redirected to, empty where it was not.
        problem: the network's own word where there was no answer.
    """

    url: str
    state: LinkState
    status_code: int | None = None
    target: str = ""
    problem: str = ""


def links_of(course: Course) -> tuple[LinkPlace, ...]:
    """Return all links of a course in its order: fields that hold an address, and addresses inside texts."""
    return tuple(place for place in _links(course) if place.url)


def _links(course: Course) -> Iterator[LinkPlace]:
    for placed in course_texts(course):
        field = placed.path.rpartition("/")[2]
        if placed.kind is TextKind.EXACT and field.endswith("url"):
            yield LinkPlace(placed.path, placed.text.strip())
        elif placed.kind is TextKind.PROSE:
            for match in _IN_TEXT.finditer(placed.text):
                yield LinkPlace(placed.path, _without_stop(match[0]))


def _without_stop(url: str) -> str:
    """Return an address without the full stop or bracket of the sentence around it."""
    url = url.rstrip(".,;:!?…")
    while url.endswith(")") and url.count(")") > url.count("("):
        url = url[:-1].rstrip(".,;:!?…")
    return url


def check_links(
    urls: Iterable[str],
    *,
    on_result: Callable[[LinkResult], None],
    cancelled: threading.Event,
    transport: "httpx.BaseTransport | None" = None,
) -> tuple[LinkResult, ...]:
    """Try addresses, each once, several at a time but no more than two of one host.

    Args:
        urls: the addresses.
        on_result: called in this thread as each answer comes; where all fail for want of a network, what was told
            before as dead is corrected by the result of this function.
        cancelled: once set, what was not begun is not tried, and what does not answer within `GRACE_S` is left alone.
        transport: instead of the network.

    Returns:
        The results in the order of the addresses, those left out that were not tried to the end.
    """
    wanted = list(dict.fromkeys(urls))
    check = _Check(wanted, cancelled, transport)
    found: dict[str, LinkResult] = {}
    for result in check.answers():
        found[result.url] = result
        on_result(result)
    results = [found[url] for url in wanted if url in found]
    return tuple(_offline(results))


class _Check:
    """Threads that try addresses and hand over the answers.

    They are daemons with a client each: who stops a check, or the program, waits for no server that does not answer.
    """

    def __init__(
        self, urls: Sequence[str], cancelled: threading.Event, transport: "httpx.BaseTransport | None"
    ) -> None:
        import httpx

        self._cancelled = cancelled
        self._transport = transport
        self._verify = True if transport is not None else httpx.create_ssl_context()
        self._hosts = {_host(url): threading.Semaphore(_PER_HOST) for url in urls}
        self._waiting: SimpleQueue[str] = SimpleQueue()
        for url in urls:
            self._waiting.put(url)
        self._answers: SimpleQueue[LinkResult | None] = SimpleQueue()
        self._running = min(WORKERS, len(urls))
        for _ in range(self._running):
            threading.Thread(target=self._work, name="link", daemon=True).start()

    def answers(self) -> Iterator[LinkResult]:
        """Yield the answers as they come; once cancelled, those that come within `GRACE_S`."""
        end_s: float | None = None
        while self._running:
            if end_s is None and self._cancelled.is_set():
                end_s = time.monotonic() + GRACE_S
            if end_s is not None and time.monotonic() >= end_s:
                return
            try:
                answer = self._answers.get(timeout=_LOOK_S)
            except Empty:
                continue
            if answer is None:
                self._running -= 1
            else:
                yield answer

    def _work(self) -> None:
        import httpx

        try:
            with httpx.Client(
                transport=self._transport,
                verify=self._verify,
                timeout=TIMEOUT_S,
                follow_redirects=True,
                max_redirects=MAX_REDIRECTS,
                headers=_HEADERS,
            ) as client:
                self._try_waiting(client)
        finally:
            self._answers.put(None)

    def _try_waiting(self, client: "httpx.Client") -> None:
        while not self._cancelled.is_set():
            try:
                url = self._waiting.get_nowait()
            except Empty:
                return
            with self._hosts[_host(url)]:
                if not self._cancelled.is_set():
                    self._answers.put(_answer(client, url) if is_link(url) else LinkResult(url, LinkState.NO_LINK))


def _offline(results: list[LinkResult]) -> list[LinkResult]:
    """Where no address at all answered, it is the network that is missing and not every page."""
    tried = [one for one in results if one.state is not LinkState.NO_LINK]
    if not tried or any(one.status_code is not None for one in tried):
        return results
    return [
        one if one.state is LinkState.NO_LINK else LinkResult(one.url, LinkState.OFFLINE, problem=one.problem)
        for one in results
    ]


def _answer(client: "httpx.Client", url: str) -> LinkResult:
    import httpx

    try:
        response = client.head(url)
        if response.status_code in _TRY_GET:
            with client.stream("GET", url) as response:
                pass  # the first bytes tell enough
    except httpx.TooManyRedirects:
        return LinkResult(url, LinkState.DEAD, problem="too many redirects")
    except (httpx.TimeoutException, httpx.RemoteProtocolError) as error:
        return LinkResult(url, LinkState.UNCLEAR, problem=str(error) or type(error).__name__)
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, ValueError) as error:
        return LinkResult(url, LinkState.DEAD, problem=str(error) or type(error).__name__)
    target = str(response.url)
    kept_out = response.status_code == 403 and "cf-mitigated" not in response.headers  # a guard against robots
    state = LinkState.SIGN_IN if kept_out else _state(url, target, response.status_code)
    return LinkResult(url, state, response.status_code, _moved(url, target))


def _state(url: str, target: str, status_code: int) -> LinkState:
    if status_code in (401, 407) or (_asks_to_sign_in(target) and not _asks_to_sign_in(url)):
        return LinkState.SIGN_IN
    if status_code in (404, 410):
        return LinkState.DEAD
    if status_code >= 400:
        return LinkState.UNCLEAR
    return LinkState.REDIRECTED if _moved(url, target) else LinkState.REACHABLE


def _asks_to_sign_in(url: str) -> bool:
    parts = urlsplit(url)
    return bool(_SIGN_IN.search(parts.hostname or "") or _SIGN_IN.search(parts.path))


def _moved(url: str, target: str) -> str:
    """Return the target where it is another page: a slash at the end or the safe scheme alone is none."""
    return "" if _bare(url) == _bare(target) else target


def _bare(url: str) -> str:
    import httpx

    same = str(httpx.URL(url))
    return same.partition("://")[2].partition("#")[0].rstrip("/").removeprefix("www.")


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def note_results(course: Course, results: Mapping[str, LinkResult], checked_at: datetime) -> Course:
    """Keep what the materials' links answered; what was not tried, or not without a network, keeps its old note."""
    for material in course.materials:
        result = results.get(material.url.strip())
        if result is None or result.state is LinkState.OFFLINE:
            continue
        path = f"materials/{material.id}"
        course = set_value(course, f"{path}/url_status", result.state.value)
        course = set_value(course, f"{path}/url_checked_at", checked_at)
    return course
