"""Step 3: the test bank of form 05 as a list with an editor beside it."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QRadioButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.model.base import new_id
from app.model.finding import Finding, Status
from app.model.tasks import Question
from app.model.views import form_05_questions, numbered_lessons
from app.session.edit import get_value, insert, move, remove, set_value
from app.ui.context import UiContext
from app.ui.editing import CourseEditor
from app.ui.fields import ChoiceField, TextField
from app.ui.pages.base import Page
from app.ui.widgets import CourseUndoKeys, GrowingTextEdit, label, set_role, set_text

_Index = QModelIndex | QPersistentModelIndex
LETTERS = "ABCDEFGHIJ"


class QuestionsModel(QAbstractListModel):
    """The questions that match the filter."""

    def __init__(self, ui: UiContext) -> None:
        super().__init__()
        self._ui = ui
        self._bank: tuple[Question, ...] = ()
        self._shown: list[tuple[int, Question]] = []
        self._needle = ""
        self._faulty: frozenset[str] = frozenset()

    def set_bank(self, bank: tuple[Question, ...]) -> None:
        """Show another bank; while the order stays only the changed rows are redrawn."""
        if bank is self._bank:
            return
        same_order = [q.id for q in bank] == [q.id for q in self._bank]
        self._bank = bank
        if not same_order:
            self._refilter()
            return
        by_id = {question.id: question for question in bank}
        for row, (number, question) in enumerate(self._shown):
            if by_id[question.id] is not question:
                self._shown[row] = (number, by_id[question.id])
                self.dataChanged.emit(self.index(row), self.index(row))

    def set_needle(self, needle: str) -> None:
        """Show only questions in which a text occurs."""
        self._needle = needle.casefold()
        self._refilter()

    def set_faulty(self, ids: frozenset[str]) -> None:
        """Mark questions that a rule rejects."""
        if ids != self._faulty:
            self._faulty = ids
            self.dataChanged.emit(self.index(0), self.index(max(0, len(self._shown) - 1)))

    def row_of(self, question_id: str) -> int:
        """Return the row of a question, -1 where the filter hides it."""
        return next((row for row, (_, question) in enumerate(self._shown) if question.id == question_id), -1)

    def question_id(self, row: int) -> str:
        """Return the id of a row's question."""
        return self._shown[row][1].id

    def rowCount(self, parent: _Index | None = None) -> int:  # noqa: N802 - Qt's name
        """Return the number of rows."""
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return text or colour of a row."""
        number, question = self._shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            key = "".join(LETTERS[place] for place in question.correct if 0 <= place < len(LETTERS)) or "–"
            mark = "● " if question.id in self._faulty else ""
            return f"{mark}{number}. [{key}] {question.stem or self._ui.t('bank.no_stem')}"
        if role == Qt.ItemDataRole.ForegroundRole and question.id in self._faulty:
            return QColor(self._ui.theme.bad)
        if role == Qt.ItemDataRole.ToolTipRole:
            return question.stem
        return None

    def _refilter(self) -> None:
        self.beginResetModel()
        self._shown = [
            (number, question)
            for number, question in enumerate(self._bank, start=1)
            if not self._needle
            or self._needle in question.stem.casefold()
            or any(self._needle in option.casefold() for option in question.options)
        ]
        self.endResetModel()


class QuestionEditor(QWidget):
    """Stem, five options, the key, and the lesson of one question."""

    def __init__(self, ui: UiContext, editor: CourseEditor, question_id: str) -> None:
        super().__init__()
        self._ui = ui
        self._editor = editor
        self.path = f"test_bank/{question_id}"
        self._stem = TextField(ui, editor, f"{self.path}/stem", ui.t("field.question.stem"))
        lessons = [
            (lesson.id, ui.t("programme.lesson_row", n=number, title=lesson.title))
            for number, _, lesson in numbered_lessons(editor.course)
        ]
        self._lesson = ChoiceField(ui, editor, f"{self.path}/lesson_id", ui.t("field.question.lesson"), lessons)
        self._group = QButtonGroup(self)
        self._rows: list[tuple[QRadioButton, GrowingTextEdit]] = []
        self._showing = False
        self._note = label("", "fail")
        column = QVBoxLayout(self)
        column.addWidget(self._stem)
        column.addWidget(label(ui.t("field.question.options"), "label"))
        for place in range(int(ui.regulation.limits["question_options"].max or len(LETTERS))):
            column.addLayout(self._option_row(place))
        column.addWidget(self._note)
        column.addWidget(self._lesson)
        column.addStretch(1)
        self._group.idClicked.connect(self._set_key)
        self.refresh()

    def refresh(self) -> None:
        """Show the question as the course has it now."""
        self._stem.refresh()
        self._lesson.refresh()
        try:
            question = get_value(self._editor.course, self.path)
        except KeyError:
            return  # the question was removed; the page closes this editor next
        for place, (radio, edit) in enumerate(self._rows):
            text = question.options[place] if place < len(question.options) else ""
            if edit.toPlainText() != text:
                self._showing = True
                set_text(edit, text)
                self._showing = False
            radio.setChecked(place in question.correct)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Say what the rules reject in this question."""
        own = [f for f in findings if f.element.startswith(self.path) and f.status in (Status.FAIL, Status.WARNING)]
        self._stem.show_findings([f for f in own if f.element == f"{self.path}/stem"])
        others = [f for f in own if f.element != f"{self.path}/stem"]
        self._note.setText("\n".join(f"{f.rule}  {self._ui.finding_text(f)}" for f in others))
        self._note.setVisible(bool(others))
        set_role(self._note, "role", others[0].status.value if others else "fail")

    def reveal(self, element: str) -> None:
        """Focus the part that an element path names."""
        part = element.removeprefix(self.path).strip("/").partition("/")[0]
        if part == "options":
            self._rows[0][1].setFocus()
        elif part == "correct":
            self._rows[0][0].setFocus()
        elif part == "lesson_id":
            self._lesson.setFocus()
        else:
            self._stem.setFocus()

    def focus_stem(self) -> None:
        """Begin writing."""
        self._stem.setFocus()

    def _option_row(self, place: int) -> QHBoxLayout:
        row = QHBoxLayout()
        radio = QRadioButton(f"{LETTERS[place]}.")
        radio.setToolTip(self._ui.t("bank.mark_key"))
        radio.setMinimumWidth(44)
        radio.setAccessibleName(self._ui.t("bank.key_of", letter=LETTERS[place]))
        radio.setEnabled(not self._editor.read_only)
        self._group.addButton(radio, place)
        edit = GrowingTextEdit(min_lines=1, one_paragraph=True)
        edit.setAccessibleName(self._ui.t("bank.option", letter=LETTERS[place]))
        edit.setReadOnly(self._editor.read_only)
        edit.installEventFilter(CourseUndoKeys(edit))
        edit.textChanged.connect(lambda: self._set_option(place, edit.toPlainText()))
        edit.returned.connect(lambda: self._next_option(place))
        shortcut = QShortcut(QKeySequence(f"Alt+{place + 1}"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: self._set_key(place))
        row.addWidget(radio)
        row.addWidget(edit, 1)
        self._rows.append((radio, edit))
        return row

    def _next_option(self, place: int) -> None:
        if place + 1 < len(self._rows):
            self._rows[place + 1][1].setFocus()

    def _set_option(self, place: int, text: str) -> None:
        if self._showing:
            return
        texts = [edit.toPlainText() for _, edit in self._rows]
        texts[place] = text
        while texts and not texts[-1]:
            texts.pop()
        options = tuple(texts)
        self._editor.apply(
            self._ui.t("undo.edit", field=self._ui.t("bank.option", letter=LETTERS[place])),
            lambda course: set_value(course, f"{self.path}/options", options),
            f"{self.path}/options/{place}",
        )

    def _set_key(self, place: int) -> None:
        if not self._editor.read_only:
            self._editor.apply(
                self._ui.t("undo.key"), lambda course: set_value(course, f"{self.path}/correct", (place,))
            )


class TestBankPage(Page):
    """List on the left, the chosen question on the right."""

    def __init__(self, ui: UiContext, editor: CourseEditor) -> None:
        super().__init__(ui, editor)
        self._findings: Sequence[Finding] = ()
        self._form: QuestionEditor | None = None
        self._model = QuestionsModel(ui)
        self._counter = label("", "muted")
        self._needle = QLineEdit()
        self._needle.setPlaceholderText(ui.t("bank.filter"))
        self._needle.setAccessibleName(ui.t("bank.filter"))
        self._needle.setClearButtonEnabled(True)
        self._needle.textChanged.connect(self._model.set_needle)
        self._view = QListView()
        self._view.setModel(self._model)
        self._view.setUniformItemSizes(True)
        self._view.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setAccessibleName(ui.t("bank.list"))
        self._view.selectionModel().currentChanged.connect(lambda current, _: self._on_chosen(current))
        self._empty = label(ui.t("bank.empty"), "muted")
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(12, 12, 6, 12)
        column.addWidget(label(ui.t("step.test_bank"), "title"))
        column.addWidget(self._counter)
        column.addWidget(self._needle)
        column.addWidget(self._empty)
        column.addWidget(self._view, 1)
        column.addLayout(self._buttons(("add", self._add), ("duplicate", self._duplicate)))
        column.addLayout(
            self._buttons(("up", lambda: self._move(-1)), ("down", lambda: self._move(1)), ("remove", self._remove))
        )
        for keys, action in (
            ("Ctrl+Return", self._add),
            ("Alt+Up", lambda: self._move(-1)),
            ("Alt+Down", lambda: self._move(1)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)
        self._right = QWidget()
        self._right_layout = QVBoxLayout(self._right)
        self._right_layout.setContentsMargins(12, 12, 18, 12)
        splitter = QSplitter()
        splitter.addWidget(left)
        splitter.addWidget(self._right)
        splitter.setSizes([330, 460])
        splitter.setCollapsible(0, False)
        splitter.setCollapsible(1, False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)
        self.refresh()
        if editor.course.test_bank:
            self._view.setCurrentIndex(self._model.index(0))

    def refresh(self) -> None:
        """Show the bank as the course has it now."""
        course = self.editor.course
        chosen = self._chosen_id()
        self._model.set_bank(course.test_bank)
        least = int(self.ui.regulation.limits["test_bank_questions"].min or 0)
        self._counter.setText(self.ui.t("bank.counter", n=len(form_05_questions(course)), least=least))
        self._empty.setVisible(not course.test_bank)
        if self._form is not None and self._form.path.partition("/")[2] not in {q.id for q in course.test_bank}:
            self._close_form()
        if chosen and self._model.row_of(chosen) >= 0:
            self._view.setCurrentIndex(self._model.index(self._model.row_of(chosen)))
        if self._form is not None:
            self._form.refresh()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Mark the questions that a rule rejects."""
        self._findings = findings
        faulty = (f.element.split("/") for f in findings if f.status is Status.FAIL)
        self._model.set_faulty(frozenset(p[1] for p in faulty if p[0] == "test_bank" and len(p) > 1))
        if self._form is not None:
            self._form.show_findings(findings)

    def reveal(self, element: str) -> bool:
        """Choose a question and focus the part that an element path names."""
        parts = element.split("/")
        if parts[0] != "test_bank":
            return False
        if len(parts) == 1:
            self._view.setFocus()
            return True
        if self._model.row_of(parts[1]) < 0:
            self._needle.clear()
        row = self._model.row_of(parts[1])
        if row < 0:
            return False
        self._view.setCurrentIndex(self._model.index(row))
        self._view.scrollTo(self._model.index(row))
        if self._form is not None:
            self._form.reveal(element)
        return True

    def _buttons(self, *actions: tuple[str, object]) -> QHBoxLayout:
        row = QHBoxLayout()
        for name, action in actions:
            button = QPushButton(self.ui.t(f"bank.{name}"))
            button.setEnabled(not self.editor.read_only)
            button.clicked.connect(lambda _=False, action=action: action())
            row.addWidget(button, 1)
        return row

    def _chosen_id(self) -> str:
        index = self._view.currentIndex()
        return self._model.question_id(index.row()) if index.isValid() else ""

    def _on_chosen(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        question_id = self._model.question_id(index.row())
        if self._form is not None and self._form.path == f"test_bank/{question_id}":
            return
        self._close_form()
        self._form = QuestionEditor(self.ui, self.editor, question_id)
        self._form.show_findings(self._findings)
        self._right_layout.addWidget(self._form)

    def _close_form(self) -> None:
        if self._form is not None:
            self._right_layout.removeWidget(self._form)
            self._form.hide()
            self._form.deleteLater()
            self._form = None

    def _add(self) -> None:
        if self.editor.read_only:
            return
        bank = self.editor.course.test_bank
        chosen = self._chosen_id()
        place = next((row + 1 for row, question in enumerate(bank) if question.id == chosen), len(bank))
        lesson_id = next((question.lesson_id for question in bank if question.id == chosen), None)
        self._insert(Question(id=new_id("q"), lesson_id=lesson_id), place, "undo.add")

    def _duplicate(self) -> None:
        chosen = self._chosen_id()
        bank = self.editor.course.test_bank
        for place, question in enumerate(bank):
            if question.id == chosen:
                self._insert(question.model_copy(update={"id": new_id("q")}), place + 1, "undo.duplicate")

    def _insert(self, question: Question, place: int, step: str) -> None:
        self._needle.clear()
        self.editor.apply(
            self.ui.t(step, what=self.ui.t("word.question")),
            lambda course: insert(course, "test_bank", question, place),
        )
        self._view.setCurrentIndex(self._model.index(self._model.row_of(question.id)))
        if self._form is not None:
            self._form.focus_stem()

    def _remove(self) -> None:
        chosen = self._chosen_id()
        if not chosen:
            return
        row = self._view.currentIndex().row()
        self.editor.apply(
            self.ui.t("undo.remove", what=self.ui.t("word.question")),
            lambda course: remove(course, f"test_bank/{chosen}"),
        )
        if self._model.rowCount():
            self._view.setCurrentIndex(self._model.index(min(row, self._model.rowCount() - 1)))

    def _move(self, delta: int) -> None:
        chosen = self._chosen_id()
        place = self._view.currentIndex().row() + delta
        if chosen and not self.editor.read_only and 0 <= place < self._model.rowCount():
            step = self.ui.t("undo.move", what=self.ui.t("word.question"))
            self.editor.apply(step, lambda course: move(course, f"test_bank/{chosen}", delta))
