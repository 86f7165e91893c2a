"""The page of the test bank: filters, list, and the editor of what is chosen in it."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from app.model.base import new_id
from app.model.finding import Finding, Status
from app.model.tasks import Question
from app.session.bank_duplicates import DuplicateGroup, duplicate_groups
from app.session.bank_edit import add_questions, copies_of, copy_questions, remove_questions, replace_questions
from app.session.bank_export import Target
from app.session.bank_faults import repaired
from app.session.bank_index import Judgement, QuestionFilter, judge_bank
from app.session.edit import move
from app.ui.background import Background
from app.ui.context import UiContext
from app.ui.messages import MessageArea
from app.ui.open_course import OpenCourse
from app.ui.pages.bank.clipboard import clipboard_data
from app.ui.pages.bank.detail import DetailPane
from app.ui.pages.bank.duplicates_dialog import DuplicatesDialog
from app.ui.pages.bank.even_dialog import EvenDialog
from app.ui.pages.bank.exporting import Exporter
from app.ui.pages.bank.filter_bar import FilterBar
from app.ui.pages.bank.importing import Importer
from app.ui.pages.bank.planner import Planner
from app.ui.pages.bank.question_list import QuestionList
from app.ui.pages.bank.questions_model import QuestionsModel
from app.ui.pages.bank.statistics_dialog import StatisticsDialog
from app.ui.pages.bank.tool_row import ToolRow
from app.ui.pages.bank.trial_dialog import TrialDialog
from app.ui.pages.base import Page
from app.ui.widgets import label

_JUDGE_AFTER_MS = 500
_SHORTCUT_KEYS = 9


class BankPage(Page):
    """Filters above, the list on the left, the chosen question on the right."""

    def __init__(
        self, ui: UiContext, open_course: OpenCourse, background: Background, messages: MessageArea, parent: QWidget
    ) -> None:
        super().__init__(ui, open_course, parent)
        self._open = open_course
        self._background = background
        self._messages = messages
        self._findings: Sequence[Finding] = ()
        self._judgement = Judgement()
        self._judged: tuple[Question, ...] | None = None
        self._closed = False
        self._model = QuestionsModel(ui)
        self._filter = FilterBar(ui)
        self._filter.changed.connect(self._on_filter)
        self._counter = label("", "muted")
        self._view = QuestionList(ui, self._model)
        self._view.selectionModel().selectionChanged.connect(self._on_selection)
        self._view.remove_wanted.connect(self._remove)
        self._view.paste_wanted.connect(self._paste)
        self._empty = label(ui.t("bank.empty"), "muted")
        self._nothing = label(ui.t("bank.nothing_found"), "muted")
        self._detail = DetailPane(ui, open_course, background)
        self._detail.pictures_lost.connect(lambda n: messages.show_info(ui.t("bank.pictures_lost", n=n)))
        bulk = self._detail.bulk
        bulk.remove_wanted.connect(self._remove)
        bulk.copy_wanted.connect(self._duplicate)
        bulk.repair_wanted.connect(self._repair_chosen)
        bulk.even_wanted.connect(lambda: EvenDialog(ui, open_course, self._chosen_ids(), self).open())
        self._planner = Planner(ui)
        self._judge_timer = QTimer(self)
        self._judge_timer.setSingleShot(True)
        self._judge_timer.setInterval(_JUDGE_AFTER_MS)
        self._judge_timer.timeout.connect(self._judge)
        self._importer = Importer(ui, open_course, background, messages, self)
        self.exporter = Exporter(ui, open_course, background, messages, self)
        self.tools = ToolRow(ui, read_only=open_course.read_only)
        self._connect_tools()
        self.setAcceptDrops(not open_course.read_only)
        self._build()
        self._shortcuts()
        self.refresh()
        if open_course.course.test_bank:
            self._choose_row(0)

    def refresh(self) -> None:
        """Show the bank as the course has it now."""
        course = self.editor.course
        chosen, row = self._chosen_id(), self._view.currentIndex().row()
        self._filter.show_course(course)
        self._model.set_bank(course.test_bank)
        self._choose_again(chosen, row)
        self._detail.refresh()
        if course.test_bank is not self._judged:
            self._judge_timer.start(0 if self._judged is None else _JUDGE_AFTER_MS)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Mark the questions that a rule rejects."""
        self._findings = findings
        rejected = (f.element.split("/") for f in findings if f.status is Status.FAIL)
        self._model.set_rejected(frozenset(p[1] for p in rejected if p[0] == "test_bank" and len(p) > 1))
        self._detail.show_findings(findings)

    def reveal(self, element: str) -> bool:
        """Choose a question and focus the part that an element path names."""
        parts = element.split("/")
        if parts[0] != "test_bank":
            return False
        if len(parts) == 1:
            self._view.setFocus()
            return True
        if self._model.row_of(parts[1]) < 0:
            self._filter.clear()
        row = self._model.row_of(parts[1])
        if row < 0:
            return False
        self._choose_row(row)
        self._detail.reveal(element)
        return True

    def detach(self) -> None:
        """Hear no more of the judge."""
        self._closed = True
        self._judge_timer.stop()
        self._importer.close()
        self._detail.close_down()
        self.exporter.close()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files of questions."""
        if self._importer.files_of(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Review the files that were dropped."""
        event.acceptProposedAction()
        self._importer.take_files(self._importer.files_of(event.mimeData()))

    def _connect_tools(self) -> None:
        tools, opened = self.tools, self._open
        tools.import_wanted.connect(self._importer.ask_files)
        tools.paste_wanted.connect(self._paste)
        tools.export_wanted.connect(self._export)
        tools.papers_wanted.connect(lambda: self.exporter.ask_papers(self._ids_to_write()))
        tools.statistics_wanted.connect(lambda: StatisticsDialog(self.ui, opened.course, self).open())
        tools.even_wanted.connect(lambda: EvenDialog(self.ui, opened, None, self).open())
        tools.trial_wanted.connect(lambda: TrialDialog(self.ui, opened, self).open())
        tools.duplicates_wanted.connect(self._find_duplicates)

    def _paste(self) -> None:
        """Review the questions of the clipboard; a picture alone goes to the question that is open."""
        data = clipboard_data()
        if not self._importer.take_mime(data) and not self._detail.take_picture(data):
            self._messages.show_info(self.ui.t("bank.paste_nothing"))

    def _export(self, target: Target) -> None:
        self.exporter.ask_path(target, self._ids_to_write())

    def _ids_to_write(self) -> frozenset[str] | None:
        """Return the chosen questions where several are chosen, else None for all."""
        chosen = self._chosen_ids()
        return chosen if len(chosen) > 1 else None

    def _find_duplicates(self) -> None:
        bank = self._open.course.test_bank
        self._background.submit(
            "bank_duplicates", lambda: duplicate_groups(bank), self._show_duplicates, self._on_judging_failed
        )

    def _show_duplicates(self, groups: Sequence[DuplicateGroup]) -> None:
        if not self._closed:
            dialog = DuplicatesDialog(self.ui, self._open, groups, self)
            dialog.open_wanted.connect(lambda question_id: self.reveal(f"test_bank/{question_id}/stem"))
            dialog.open()

    def _build(self) -> None:
        ui = self.ui
        head = QHBoxLayout()
        head.addWidget(label(ui.t("step.test_bank"), "title"), 1)
        head.addWidget(self.tools)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 6, 0)
        column.addWidget(self._empty)
        column.addWidget(self._nothing)
        column.addWidget(self._view, 1)
        column.addLayout(self._button_row((ui.t("bank.add"), self._add), (ui.t("bank.duplicate"), self._duplicate)))
        column.addLayout(
            self._button_row(
                (ui.t("bank.up"), lambda: self._move(-1)),
                (ui.t("bank.down"), lambda: self._move(1)),
                (ui.t("bank.remove"), self._remove),
            )
        )
        splitter = QSplitter()
        splitter.addWidget(left)
        splitter.addWidget(self._detail)
        splitter.setSizes([330, 460])
        splitter.setStretchFactor(1, 1)
        splitter.setCollapsible(0, False)
        splitter.setCollapsible(1, False)
        ui.remember(splitter, "bank")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.addLayout(head)
        layout.addWidget(self._counter)
        layout.addWidget(self._filter)
        layout.addWidget(splitter, 1)

    def _shortcuts(self) -> None:
        for keys, action in (
            ("Ctrl+Return", self._next_or_new),
            ("Ctrl+Enter", self._next_or_new),
            ("Alt+Up", lambda: self._move(-1)),
            ("Alt+Down", lambda: self._move(1)),
        ):
            self._shortcut(keys).activated.connect(action)
        for place in range(_SHORTCUT_KEYS):
            self._shortcut(f"Alt+{place + 1}").activated.connect(lambda place=place: self._detail.mark(place))

    def _shortcut(self, keys: str) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return shortcut

    def _button_row(self, *actions: tuple[str, object]) -> QHBoxLayout:
        row = QHBoxLayout()
        for text, action in actions:
            button = QPushButton(text)
            button.setEnabled(not self.editor.read_only)
            button.clicked.connect(lambda _=False, action=action: action())
            row.addWidget(button, 1)
        return row

    def _chosen_id(self) -> str:
        index = self._view.currentIndex()
        return self._model.question(index.row()).id if index.isValid() else ""

    def _chosen_ids(self) -> frozenset[str]:
        rows = self._view.selectionModel().selectedRows()
        return frozenset(self._model.question(index.row()).id for index in rows)

    def _choose_row(self, row: int) -> None:
        index = self._model.index(row)
        flags = QItemSelectionModel.SelectionFlag
        self._view.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self._view.scrollTo(index)

    def _choose_again(self, question_id: str, row: int) -> None:
        """Choose a question, or its neighbour where it is gone, after the rows were made anew."""
        self._show_emptiness()
        if not self._view.currentIndex().isValid() and self._model.rowCount():
            again = self._model.row_of(question_id)
            self._choose_row(again if again >= 0 else min(max(row, 0), self._model.rowCount() - 1))
        self._show_plan()

    def _on_selection(self, _chosen: QItemSelection, _left: QItemSelection) -> None:
        ids = self._chosen_ids()
        if len(ids) == 1:
            question_id = next(iter(ids))
            if self._detail.show_question(self._model.question(self._model.row_of(question_id))):
                self._detail.show_findings(self._findings)
                self._detail.show_repetition(self._judgement.repeated.get(question_id))
        elif ids:
            self._detail.show_bulk(ids)
        else:
            self._detail.show_nothing()
        self._show_plan()

    def _on_filter(self, wanted: QuestionFilter) -> None:
        chosen = self._chosen_id()
        self._model.set_filter(wanted)
        self._choose_again(chosen, 0)

    def _show_emptiness(self) -> None:
        empty = not self.editor.course.test_bank
        self._empty.setVisible(empty)
        self._nothing.setVisible(not empty and not self._model.rowCount())
        if not self._model.rowCount():
            self._detail.show_nothing()

    def _show_plan(self) -> None:
        text = self._planner.text(self.editor.course, self._chosen_id())
        if self._model.is_filtered:
            text = f"{text} · {self.ui.t('bank.filtered', n=self._model.rowCount())}"
        self._counter.setText(text)

    def _judge(self) -> None:
        """Look for faults beside the window's thread."""
        bank, known, limit = (
            self.editor.course.test_bank,
            self._judgement,
            self.ui.regulation.limits["question_options"],
        )
        self._judged = bank
        self._background.submit(
            "bank_faults", lambda: judge_bank(bank, known, limit), self._on_judged, self._on_judging_failed
        )

    def _on_judged(self, judgement: Judgement) -> None:
        if self._closed:
            return
        self._judgement = judgement
        chosen, row = self._chosen_id(), self._view.currentIndex().row()
        self._model.set_judgement(judgement)
        self._choose_again(chosen, row)
        self._filter.show_problems(judgement.counts())
        self._detail.show_repetition(judgement.repeated.get(self._detail.question_id))

    def _on_judging_failed(self, error: Exception) -> None:
        raise error

    def _next_or_new(self) -> None:
        """Go to the next question and write; behind the last one begin a new one."""
        row = self._view.currentIndex().row() + 1
        if 0 < row < self._model.rowCount():
            self._choose_row(row)
            self._detail.focus_stem()
        else:
            self._add()

    def _add(self) -> None:
        if self.editor.read_only:
            return
        bank, chosen = self.editor.course.test_bank, self._chosen_id()
        place = next((row + 1 for row, question in enumerate(bank) if question.id == chosen), len(bank))
        lesson_id = bank[place - 1].lesson_id if chosen else None
        question = Question(id=new_id("q"), lesson_id=lesson_id)
        self._model.keep(question.id)
        self.editor.apply(
            self.ui.t("undo.add", what=self.ui.t("word.question")),
            lambda course: add_questions(course, (question,), place),
        )
        self._choose_row(self._model.row_of(question.id))
        self._detail.focus_stem()

    def _duplicate(self) -> None:
        ids = self._chosen_ids()
        if not ids or self.editor.read_only:
            return
        copies = copies_of(self.editor.course, ids)
        self._model.keep(*(copy.id for copy in copies.values()))
        self.editor.apply(self._step("duplicate", len(ids)), lambda course: copy_questions(course, copies))
        if len(copies) == 1:
            self._choose_row(self._model.row_of(next(iter(copies.values())).id))
            self._detail.focus_stem()

    def _remove(self) -> None:
        ids = self._chosen_ids()
        if ids and not self.editor.read_only:
            self.editor.apply(self._step("remove", len(ids)), lambda course: remove_questions(course, ids))

    def _repair_chosen(self) -> None:
        ids, limit = self._chosen_ids(), self.ui.regulation.limits["question_options"]
        changed = {}
        for question in self.editor.course.test_bank:
            if question.id not in ids:
                continue
            better = question
            for fault in self._judgement.faults(question.id):
                better = repaired(better, fault.code, limit) or better
            if better != question:
                changed[question.id] = better
        if changed:
            step = self.ui.t("undo.of_many", step=self.ui.t("undo.repair"), n=len(changed))
            self.editor.apply(step, lambda course: replace_questions(course, changed))
        self._messages.show_info(self.ui.t("bank.repaired", n=len(changed), total=len(ids)))

    def _step(self, deed: str, count: int) -> str:
        what = self.ui.t("word.question") if count == 1 else self.ui.t("bank.questions", n=count)
        return self.ui.t("undo.remove" if deed == "remove" else "undo.duplicate", what=what)

    def _move(self, delta: int) -> None:
        """Move past the neighbour that is shown; questions that the filter hides do not count."""
        row = self._view.currentIndex().row()
        target = row + delta
        if self.editor.read_only or row < 0 or not 0 <= target < self._model.rowCount():
            return
        chosen = self._chosen_id()
        places = self._model.number(target) - self._model.number(row)
        step = self.ui.t("undo.move", what=self.ui.t("word.question"))
        self.editor.apply(step, lambda course: move(course, f"test_bank/{chosen}", places))
