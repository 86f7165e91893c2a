"""The course window: rail on the left, the step's page in the middle, findings and preview on the right."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.model.errors import StudioError
from app.model.finding import Finding, Status
from app.session.autosave import SaveState
from app.session.place_names import place_name
from app.session.wizard import STEPS, Step, progress, step_of, step_of_element
from app.ui.analysis_thread import RecordingService
from app.ui.author_tools.base import ToolContext
from app.ui.author_tools.menu import AuthorTools
from app.ui.background import Background
from app.ui.clause_panel import ClausePanel
from app.ui.context import UiContext
from app.ui.course_head import CourseHead
from app.ui.editing import commit_focused, keys_of
from app.ui.fields import Field
from app.ui.findings_panel import FindingsPanel
from app.ui.messages import MessageArea
from app.ui.open_course import OpenCourse
from app.ui.pages.base import Page
from app.ui.pages.description import DescriptionPage
from app.ui.person_words import attest, deviate
from app.ui.preview import FORM_OF_STEP, draw_preview
from app.ui.preview_panel import PreviewPanel
from app.ui.rail import Rail
from app.ui.screen_head import home_button
from app.ui.step_pages import make_page
from app.ui.tab_order import focus_first
from app.ui.tools import Tools
from app.ui.widgets import Scrolled

_PREVIEW_AFTER_MS = 150
"""A pause in typing after which the form is drawn; with the drawing it is there within 300 ms."""
NARROW_PX = 900
"""Below this width, as at 200 % on a small panel, the page and the panel beside it take turns in one place."""


class CourseScreen(QWidget):
    """Everything around one open course.

    Signals:
        home_wanted: the user goes back to the start screen.
        copy_wanted: the course is to be saved in another folder.
    """

    home_wanted = Signal()
    copy_wanted = Signal()

    def __init__(
        self,
        ui: UiContext,
        open_course: OpenCourse,
        background: Background,
        recordings: RecordingService,
        tools: Tools,
        step: Step = Step.DESCRIPTION,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ui = ui
        self._open = open_course
        self._background = background
        self._recordings = recordings
        self._step = step
        self._narrow = False
        self._save_error: StudioError | None = None
        self._wide_sizes = QByteArray()
        self._pages: dict[Step, Page] = {}
        self._holders: dict[Step, QScrollArea] = {}
        self.messages = MessageArea(ui)
        self._tabs = QTabWidget()
        self._author_tools = AuthorTools(
            ToolContext(ui, open_course, background, self.reveal_element), self, self.copy_wanted.emit
        )
        self._head = CourseHead(ui, open_course, home_button(ui, self.home_wanted), self._author_tools, tools)
        self._rail = Rail(ui)
        self._stack = QStackedWidget()
        self._findings = FindingsPanel(ui, self._place_of)
        self._clause = ClausePanel(ui, self._place_of, read_only=open_course.read_only)
        self._preview = PreviewPanel(ui)
        self._preview_timer = QTimer(self)
        self._preview_timer.setSingleShot(True)
        self._preview_timer.setInterval(_PREVIEW_AFTER_MS)
        self._preview_timer.timeout.connect(self._draw_preview)
        self._build()
        self._rail.chosen.connect(self.go_to)
        self._findings.chosen.connect(self.reveal)
        self._findings.looked_at.connect(self._clause.show_finding)
        self._clause.answered.connect(partial(attest, open_course, ui))
        self._clause.deviated.connect(partial(deviate, open_course, ui))
        self._app().focusChanged.connect(self._on_focus)
        open_course.changed.connect(self._on_changed)
        open_course.findings_changed.connect(self._on_findings)
        open_course.save_state_changed.connect(self._on_save_state)
        open_course.problem.connect(self.messages.show_error)
        open_course.noticed.connect(self.messages.show_notice)
        for notice in open_course.opened.notices:
            self.messages.show_notice(notice)
        self.go_to(step)
        self._show_course()
        self._show_findings()
        self._on_save_state()

    @property
    def step(self) -> Step:
        """The step whose page is shown."""
        return self._step

    def page(self, step: Step) -> Page:
        """Return a step's page with everything on it."""
        page = self._page(step)
        page.complete()
        return page

    def _page(self, step: Step) -> Page:
        """Return a step's page; it is made when it is first asked for."""
        if step not in self._pages:
            holder = Scrolled()
            self._stack.addWidget(holder)
            page = make_page(
                step,
                self._ui,
                self._open,
                self._background,
                self._recordings,
                self.messages,
                holder.viewport(),
            )
            if isinstance(page, DescriptionPage):
                page.wanted.connect(self.reveal_element)
            page.part_chosen.connect(self._preview_timer.start)
            page.tool_wanted.connect(self._author_tools.show_named)
            page.show_findings(self._open.findings)
            holder.hold(page)
            self._holders[step] = holder
            self._pages[step] = page
        return self._pages[step]

    def go_to(self, step: Step) -> None:
        """Show a step's page."""
        if step is not self._step:
            self._clause.forget()
        self._step = step
        page = self._page(step)
        page.refresh()
        self._stack.setCurrentWidget(self._holders[step])
        self._rail.show_step(step)
        place = STEPS.index(step)
        self._back.setEnabled(place > 0)
        self._next.setEnabled(place + 1 < len(STEPS))
        self._tabs.setTabVisible(1, step in FORM_OF_STEP)
        self._findings.show_step(step)
        self._preview_timer.start(0)
        self._front(self._middle)

    def reveal_element(self, element: str) -> None:
        """Go to the field of an element path."""
        self.go_to(step_of_element(element))
        if not self._pages[self._step].reveal(element):
            self._pages[self._step].setFocus()

    def reveal(self, finding: Finding) -> None:
        """Go to the field of a finding."""
        self.go_to(step_of(finding))
        if not self._pages[self._step].reveal(finding.element):
            self._pages[self._step].setFocus()
        self._clause.show_finding(finding)
        if finding.status is Status.ATTEST:
            self.show_clause()  # there a person gives their word

    def show_clause(self) -> None:
        """Bring the explanation to the front."""
        self._tabs.setCurrentWidget(self._clause)
        self._front(self._tabs)

    def show_preview(self) -> None:
        """Bring the form's preview to the front."""
        self._tabs.setCurrentWidget(self._preview)
        self._front(self._tabs)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show page and panel beside each other where there is room, else one in place of the other."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW_PX
        if narrow == self._narrow:
            return
        if narrow:
            self._wide_sizes = self._splitter.saveState()
        self._narrow = narrow
        self._rail.set_narrow(narrow=narrow)
        self._head.set_narrow(narrow=narrow)
        for button in (self._to_panel, self._to_page):
            button.setVisible(narrow)
        self._middle.setVisible(True)
        self._tabs.setVisible(not narrow)
        if not narrow:
            self._splitter.restoreState(self._wide_sizes)

    def detach(self) -> None:
        """Stop listening; called before the screen is replaced."""
        self._preview_timer.stop()
        self._app().focusChanged.disconnect(self._on_focus)
        self._open.changed.disconnect(self._on_changed)
        self._open.findings_changed.disconnect(self._on_findings)
        self._open.save_state_changed.disconnect(self._on_save_state)
        self._open.problem.disconnect(self.messages.show_error)
        self._open.noticed.disconnect(self.messages.show_notice)
        for page in self._pages.values():
            page.detach()

    def _build(self) -> None:
        ui = self._ui
        for key, action in (
            (QKeySequence.StandardKey.Undo, self._open.store.undo),
            (QKeySequence.StandardKey.Redo, self._open.store.redo),
            (QKeySequence.StandardKey.Save, self._save),
        ):
            self._add_keys(keys_of(key), action)
        for place, step in enumerate(STEPS, start=1):
            self._add_keys([QKeySequence(f"Ctrl+{place}")], partial(self.go_to, step))
        self._add_keys([QKeySequence("F6")], self._next_pane)
        self._add_keys([QKeySequence("F8")], self._findings.go_to_next)
        self._add_keys([QKeySequence("F1")], self.show_clause)
        self._back = QPushButton(ui.t("course.back"))
        self._next = QPushButton(ui.t("course.next"))
        self._next.setProperty("primary", "true")
        self._back.clicked.connect(lambda: self.go_to(STEPS[STEPS.index(self._step) - 1]))
        self._next.clicked.connect(lambda: self.go_to(STEPS[STEPS.index(self._step) + 1]))
        foot = QHBoxLayout()
        foot.setContentsMargins(18, 4, 18, 8)
        self._to_panel = QPushButton(ui.t("screens.to_panel"))
        self._to_panel.setToolTip(ui.t("screens.to_panel_tip"))
        self._to_panel.clicked.connect(lambda: self._front(self._tabs))
        foot.addWidget(self._back)
        foot.addStretch(1)
        foot.addWidget(self._to_panel)
        foot.addStretch(1)
        foot.addWidget(self._next)
        self._middle = QWidget()
        column = QVBoxLayout(self._middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack, 1)
        column.addLayout(foot)
        self._tabs.setMinimumWidth(200)  # a narrow window, or one at 200 %, leaves the room to the page
        self._tabs.tabBar().setElideMode(Qt.TextElideMode.ElideRight)
        self._tabs.addTab(self._findings, ui.t("course.tab_findings"))
        self._tabs.addTab(self._preview, ui.t("course.tab_preview"))
        self._tabs.addTab(self._clause, ui.t("course.tab_clause"))
        for place, tip in enumerate(("course.tab_findings_tip", "course.tab_preview_tip", "course.tab_clause_tip")):
            self._tabs.setTabToolTip(place, ui.t(tip))
        ui.remember(self._tabs, "course_panel")
        self._tabs.currentChanged.connect(lambda _: self._preview_timer.start(0))
        self._to_page = QPushButton(ui.t("screens.to_page"))
        self._to_page.setProperty("role", "corner")  # Qt gives a corner no more height than the tabs have
        self._to_page.setMinimumHeight(24)
        self._to_page.setToolTip(ui.t("screens.to_page_tip"))
        self._to_page.clicked.connect(lambda: self._front(self._middle))
        corner = QWidget()
        beside = QHBoxLayout(corner)
        beside.setContentsMargins(0, 0, 8, 2)
        beside.addWidget(self._to_page)
        self._tabs.setCornerWidget(corner)
        for button in (self._to_panel, self._to_page):
            button.setVisible(False)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.addWidget(self._middle)
        self._splitter.addWidget(self._tabs)
        self._splitter.setSizes([760, 380])
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setCollapsible(0, False)
        ui.remember(self._splitter, "course")
        body = QHBoxLayout()
        body.addWidget(self._rail)
        body.addWidget(self._splitter, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._head)
        layout.addWidget(self.messages)
        layout.addLayout(body, 1)

    def _show_course(self) -> None:
        if self._ui.spelling is not None:
            self._ui.spelling.set_course(self._open.course)
        self._head.show_course()

    def _on_changed(self) -> None:
        self._show_course()
        self._pages[self._step].refresh()
        self._preview_timer.start()

    def _front(self, pane: QWidget) -> None:
        """Bring the page or the panel to the front where only one of them has room."""
        if self._narrow:
            self._middle.setVisible(pane is self._middle)
            self._tabs.setVisible(pane is self._tabs)
            self._preview_timer.start(0)

    def _on_findings(self) -> None:
        self._show_findings()
        for page in self._pages.values():
            page.show_findings(self._open.findings)

    def _show_findings(self) -> None:
        if not self._open.judged:
            return
        findings = self._open.findings
        self._findings.show_findings(findings)
        self._clause.show_findings(findings)
        self._rail.show_progress(progress(findings, self._open.regulation))

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Explain the field in which the user works, and have it in sight on a page lower than its contents."""
        owner = now
        if now is not None and self._pages[self._step].isAncestorOf(now):
            self._holders[self._step].ensureWidgetVisible(now, 0, 8)
        while owner is not None and not isinstance(owner, Field):
            owner = owner.parentWidget()
        if isinstance(owner, Field) and self.isAncestorOf(owner):
            self._clause.show_field(owner.path, owner.caption)

    def _place_of(self, finding: Finding) -> str:
        return place_name(self._open.course, finding.element, self._ui.texts, self._ui.lang)

    def _save(self) -> None:
        commit_focused()
        self._open.save_now()

    def _add_keys(self, keys: list[QKeySequence], action: Callable[[], object]) -> None:
        shortcut = QAction(self)
        shortcut.setShortcuts(keys)
        shortcut.triggered.connect(lambda _=False: action())
        self.addAction(shortcut)

    def _next_pane(self) -> None:
        """Go from the rail to the page, to the panel on the right, and back to the rail (F6)."""
        panes: tuple[QWidget, ...] = (self._rail, self._stack, self._tabs)
        focused = self._app().focusWidget()
        here = next((n for n, p in enumerate(panes) if focused is not None and p.isAncestorOf(focused)), -1)
        here = 0 if focused is self._rail else here
        match (here + 1) % len(panes):
            case 1:
                self._front(self._middle)
                focus_first(self._pages[self._step])
            case 2:
                self._front(self._tabs)
                focus_first(self._tabs)
            case _:
                self._rail.setFocus()

    @staticmethod
    def _app() -> QApplication:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        return app

    def _on_save_state(self) -> None:
        self._head.show_save_state()
        mark = self._open.save_mark
        if mark.error is not None:
            self.messages.show_error(mark.error)
            self._save_error = mark.error
        elif mark.state is SaveState.SAVED and self._save_error is not None:
            self.messages.put_away(self._save_error)
            self._save_error = None

    def _draw_preview(self) -> None:
        if self._tabs.currentWidget() is self._preview and self._preview.isVisible():
            draw_preview(
                self._background,
                self._open.course,
                self._open.folder,
                self._open.regulation,
                self._step,
                self._pages[self._step].part,
                self._preview.page_width_px(),
                self._preview.show_pages,
                lambda error: self._preview.show_problem(f"{self._ui.cause(error)}\n{self._ui.remedy(error)}"),
            )
