"""Whether the course's links lead somewhere: tried beside the window's thread, with progress, to be stopped."""

import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from app.session.links import LinkPlace, LinkResult, LinkState, check_links, links_of, note_results
from app.ui.author_tools.base import ToolContext, ToolDialog, action_button
from app.ui.author_tools.review_list import ReviewList, Row, plain
from app.ui.widgets import resize_within_screen

if TYPE_CHECKING:
    import httpx

_GRAVEST_FIRST = (
    LinkState.DEAD,
    LinkState.NO_LINK,
    LinkState.SIGN_IN,
    LinkState.UNCLEAR,
    LinkState.REDIRECTED,
    LinkState.OFFLINE,
    LinkState.REACHABLE,
)


class _Relay(QObject):
    """Carries results from the checking thread to the window's."""

    told = Signal(object)
    done = Signal(object)


class LinksDialog(ToolDialog):
    """Every link with its place and what became of trying it.

    Args:
        tools: what a tool is given.
        parent: the course screen.
        transport: instead of the network, for tests.
    """

    def __init__(self, tools: ToolContext, parent: QWidget, transport: "httpx.BaseTransport | None" = None) -> None:
        super().__init__(tools, "links", parent)
        ui = self.ui
        self._transport = transport
        self._places: tuple[LinkPlace, ...] = ()
        self._results: dict[str, LinkResult] = {}
        self._cancelled = threading.Event()
        self._running = False
        columns = (ui.t("tools.column.place"), ui.t("tools.links.address"), ui.t("tools.links.answer"))
        self._list = ReviewList(ui, ui.t("tools.links.list"), columns)
        self._list.path_chosen.connect(tools.reveal)
        self._bar = QProgressBar()
        self._bar.setVisible(False)
        self.column.addWidget(self._list, 1)
        self.column.addWidget(self._bar)
        self._start = action_button(ui.t("tools.links.start"), self.start, primary=True)
        self._stop = action_button(ui.t("tools.links.stop"), self._cancel)
        self._stop.setEnabled(False)
        self.add_foot(self._stop, self._start)
        resize_within_screen(self, 960, 600)
        tools.open_course.changed.connect(self._look)
        self._look()
        self._say_count()

    def start(self) -> None:
        """Try all links."""
        self._cancelled = threading.Event()
        self._results = {}
        self._look()
        urls = list(dict.fromkeys(place.url for place in self._places))
        self._bar.setRange(0, len(urls))
        self._bar.setValue(0)
        self._set_running(running=True)
        self.say(self.ui.t("tools.links.running"))
        relay, cancelled, transport = _Relay(), self._cancelled, self._transport
        relay.told.connect(self._on_result)
        relay.done.connect(self._on_done)

        def work() -> None:
            relay.done.emit(check_links(urls, on_result=relay.told.emit, cancelled=cancelled, transport=transport))

        self._relay = relay
        threading.Thread(target=work, name="link check", daemon=True).start()

    def answered(self) -> int:
        """Return how many links of the last check have answered."""
        return len(self._results)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop trying; answers under way come to nobody."""
        self._cancelled.set()
        super().closeEvent(event)

    def _cancel(self) -> None:
        self._cancelled.set()
        self._stop.setEnabled(False)
        self.say(self.ui.t("tools.links.stopping"))

    def _set_running(self, *, running: bool) -> None:
        self._running = running
        self._bar.setVisible(running)
        self._stop.setEnabled(running)
        self._start.setEnabled(not running and bool(self._places))

    def _on_result(self, result: LinkResult) -> None:
        self._results[result.url] = result
        self._bar.setValue(len(self._results))

    def _on_done(self, results: tuple[LinkResult, ...]) -> None:
        self._results = {result.url: result for result in results}
        now = datetime.now(UTC).replace(microsecond=0)
        found = self._results
        self.tools.open_course.apply(self.ui.t("tools.links.step"), lambda course: note_results(course, found, now))
        self._set_running(running=False)
        self._look()
        if results and all(one.state in (LinkState.OFFLINE, LinkState.NO_LINK) for one in results):
            self.say(self.ui.t("tools.links.offline"), "fail")
            return
        if self._cancelled.is_set():
            self.say(self.ui.t("tools.links.stopped", n=len(results), all=self._bar.maximum()))
            return
        bad = sum(one.state in (LinkState.DEAD, LinkState.NO_LINK, LinkState.SIGN_IN) for one in results)
        self.say(self.ui.t("tools.links.done", n=len(results), bad=bad), "fail" if bad else "good")

    def _look(self) -> None:
        """Show the links as the course has them now, the gravest answers first."""
        self._places = links_of(self.tools.open_course.course)
        order = {state: number for number, state in enumerate(_GRAVEST_FIRST)}

        def rank(place: LinkPlace) -> int:
            result = self._results.get(place.url)
            return len(order) if result is None else order[result.state]

        shown = sorted(self._places, key=rank)
        self._list.show_rows(
            Row(self.tools.place(place.path), (plain(place.url), self._answer(place.url)), place.path, None)
            for place in shown
        )
        self._start.setEnabled(not self._running and bool(self._places))

    def _answer(self, url: str) -> tuple[tuple[str, bool], ...]:
        result = self._results.get(url)
        if result is None:
            return plain("")
        words = self.ui.t(f"tools.links.state.{result.state.value}")
        more = result.target or (str(result.status_code) if result.status_code and result.status_code >= 400 else "")
        grave = result.state in (LinkState.DEAD, LinkState.NO_LINK, LinkState.SIGN_IN)
        return ((words, grave), (f" → {more}" if result.target else f" ({more})" if more else "", False))

    def _say_count(self) -> None:
        count = len({place.url for place in self._places})
        self.say(self.ui.t("tools.links.count", n=count) if count else self.ui.t("tools.links.none"))
