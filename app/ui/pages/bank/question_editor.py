"""One question: its kind, its text, its answers, what it belongs to, what is wrong with it."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.formats.problems import Problem
from app.model.finding import Finding, Status
from app.model.tasks import AnswerKind, Question
from app.model.views import numbered_lessons
from app.session.bank_faults import faults_of, repaired
from app.session.edit import set_value
from app.ui.background import Background
from app.ui.context import UiContext
from app.ui.editing import CourseEditor
from app.ui.fields import ChoiceField, Field, TextField, enum_choices
from app.ui.pages.bank.answers import Answers, NumberAnswers, OptionAnswers, answers_for, shape_of
from app.ui.pages.bank.calculation_editor import Examined, examine
from app.ui.pages.bank.clipboard import PicturePaste
from app.ui.pages.bank.extras import Extras
from app.ui.pages.bank.faults_panel import FaultsPanel
from app.ui.pages.bank.members_field import MembersField
from app.ui.pages.bank.picture_strip import PictureStrip
from app.ui.pages.bank.words import lesson_caption, outcome_caption, shortened, test_caption, tests_of
from app.ui.widgets import label

_STEM_SCALE = 1.2
_EXAMINE_AFTER_MS = 300
_OWN = (Status.FAIL, Status.WARNING)


class QuestionEditor(QWidget):
    """The editor of a question; it is made once and shows one after the other.

    Signals:
        pictures_lost: how many of the pictures that were pasted cannot be had.
    """

    pictures_lost = Signal(int)

    def __init__(self, ui: UiContext, editor: CourseEditor, background: Background, question: Question) -> None:
        super().__init__()
        self._ui = ui
        self._editor = editor
        self._limit = ui.regulation.limits["question_options"]
        self._findings: Sequence[Finding] = ()
        self._repeated: Problem | None = None
        self._background = background
        self._closed = False
        self._examine_timer = QTimer(self)
        self._examine_timer.setSingleShot(True)
        self._examine_timer.setInterval(_EXAMINE_AFTER_MS)
        self._examine_timer.timeout.connect(self._examine)
        self.question_id = question.id
        self.path = path = f"test_bank/{question.id}"
        kinds = enum_choices(ui, AnswerKind)
        self._kind = ChoiceField(ui, editor, f"{path}/kind", ui.t("bank.kind"), kinds, optional=False)
        self._stem = TextField(ui, editor, f"{path}/stem", ui.t("field.question.stem"))
        self._enlarge(self._stem.focusProxy())
        self._feedback = TextField(ui, editor, f"{path}/feedback", ui.t("bank.feedback"))
        self._pictures = PictureStrip(ui, editor, path)
        self._pictures.lost.connect(self.pictures_lost)
        PicturePaste(self, lambda data: self._pictures.take_mime(data, self._answers.option_in_focus()))
        self._extras = Extras(ui, editor, path)
        self._faults = FaultsPanel(ui)
        self._faults.repair_wanted.connect(self._repair)
        self._shape = shape_of(question)
        self._answers = self._new_answers()
        self._offered: tuple[object, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 6, 0)
        for widget in (self._stem, self._answers, self._faults):
            self._column.addWidget(widget)
        self._below = QVBoxLayout()
        self._column.addLayout(self._below)
        for part in (self._kind, self._feedback, label(ui.t("bank.pictures"), "label"), self._pictures, self._extras):
            self._column.addWidget(part)
        self._column.addStretch(1)
        self._make_belonging()
        self.refresh()

    def show_question(self, question: Question) -> None:
        """Edit another question."""
        self.question_id = question.id
        self.path = f"test_bank/{question.id}"
        for field in self._fields():
            field.path = f"{self.path}/{field.path.rpartition('/')[2]}"
        self._answers.bind(self.path)
        self._pictures.bind(self.path)
        self._extras.bind(self.path)
        self._findings, self._repeated = (), None
        self.refresh()

    @property
    def question(self) -> Question | None:
        """The question as the course has it now; None where it was removed."""
        return next((q for q in self._editor.course.test_bank if q.id == self.question_id), None)

    def refresh(self) -> None:
        """Show the question as the course has it now."""
        question = self.question
        if question is None:
            return  # the page closes this editor next
        self._make_belonging()
        if self._needs_other_answers(question):
            self._shape = shape_of(question)
            fresh = self._new_answers()
            self._column.replaceWidget(self._answers, fresh)
            self._answers.hide()
            self._answers.deleteLater()
            self._answers = fresh
        for field in self._fields():
            field.refresh()
        self._answers.show_question(question)
        self._pictures.show_question(question)
        self._extras.show_question(question)
        self._show_faults(question)

    def _fields(self) -> tuple[Field, ...]:
        return self._stem, self._kind, self._lesson, self._source, self._outcomes, self._tests, self._feedback

    def _make_belonging(self) -> None:
        """Offer the course's lectures, sources, outcomes and tests, again where they changed meanwhile."""
        ui, editor, course = self._ui, self._editor, self._editor.course
        offered = (course.modules, course.references, course.outcomes, course.tasks)
        if len(offered) == len(self._offered) and all(a is b for a, b in zip(offered, self._offered, strict=True)):
            return
        self._offered = offered
        while (item := self._below.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        lessons = [(lesson.id, lesson_caption(ui, number, lesson)) for number, _, lesson in numbered_lessons(course)]
        self._lesson = ChoiceField(ui, editor, f"{self.path}/lesson_id", ui.t("field.question.lesson"), lessons)
        sources = [(source.id, shortened(source.citation) or source.url) for source in course.references]
        self._source = ChoiceField(ui, editor, f"{self.path}/reference_id", ui.t("field.question.source"), sources)
        outcomes = [(outcome.id, outcome_caption(ui, course, outcome)) for outcome in course.outcomes]
        self._outcomes = MembersField(ui, editor, f"{self.path}/outcome_ids", ui.t("bank.outcomes"), outcomes)
        tests = [(task.id, test_caption(ui, course, task)) for task in tests_of(course)]
        self._tests = MembersField(ui, editor, f"{self.path}/task_ids", ui.t("bank.tests"), tests)
        for field in (self._lesson, self._source, self._outcomes, self._tests):
            self._below.addWidget(field)
        self._source.setVisible(bool(sources))
        self._outcomes.setVisible(bool(outcomes))
        self._tests.setVisible(bool(tests))

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Say what the rules reject in this question."""
        self._findings = [f for f in findings if _is_below(f.element, self.path) and f.status in _OWN]
        question = self.question
        if question is not None:
            self._show_faults(question)

    def show_repetition(self, problem: Problem | None) -> None:
        """Say that the question repeats another one."""
        self._repeated = problem
        question = self.question
        if question is not None:
            self._show_faults(question)

    def reveal(self, element: str) -> None:
        """Focus the part that an element path names."""
        part = element.removeprefix(self.path).strip("/")
        match part.partition("/")[0]:
            case "options" | "correct" | "answers" | "calculation" if self._shape[0] is not AnswerKind.FREE_FORM:
                self._answers.reveal(part)
            case "lesson_id":
                self._lesson.setFocus()
            case "reference_id" if self._source.isVisibleTo(self):
                self._source.setFocus()
            case "feedback":
                self._feedback.setFocus()
            case "option_feedback" | "tags":
                self._extras.reveal(part)
            case "pictures":
                self._pictures.setFocus()
            case "kind":
                self._kind.setFocus()
            case "outcome_ids" if self._outcomes.isVisibleTo(self):
                self._outcomes.setFocus()
            case "task_ids" if self._tests.isVisibleTo(self):
                self._tests.setFocus()
            case _:
                self._stem.setFocus()

    def focus_stem(self) -> None:
        """Begin writing."""
        self._stem.setFocus()

    def take_picture(self, data: QMimeData) -> bool:
        """Put a copied picture below the question's text; tell whether one was copied."""
        return self._pictures.take_mime(data)

    def mark(self, place: int) -> None:
        """Make an option the right one, where there are options."""
        if isinstance(self._answers, OptionAnswers):
            self._answers.mark(place)

    @staticmethod
    def _enlarge(widget: QWidget | None) -> None:
        if widget is not None:
            font = widget.font()
            font.setPointSizeF(font.pointSizeF() * _STEM_SCALE)
            widget.setFont(font)

    def _needs_other_answers(self, question: Question) -> bool:
        kind, had_options = self._shape
        now, has_options = shape_of(question)
        return now is not kind or (kind is AnswerKind.BINARY and has_options != had_options)

    def _new_answers(self) -> Answers:
        return answers_for(self._ui, self._editor, self.path, self._shape, int(self._limit.max or self._limit.min or 1))

    def close_down(self) -> None:
        """Hear no more of what was asked of the other thread."""
        self._closed = True
        self._examine_timer.stop()

    def _show_faults(self, question: Question) -> None:
        """Say what is wrong: at once, of a parameterised question after its range was evaluated."""
        if question.calculation is None:
            self._show_faults_now(question)
        else:
            self._examine_timer.start()

    def _examine(self) -> None:
        question = self.question
        if question is None or question.calculation is None:
            return
        stem, calculation, lang = question.stem, question.calculation, self._ui.lang
        self._background.submit(
            "bank_calculation",
            lambda: examine(stem, calculation, lang),
            lambda e: self._on_examined(question, e),
            _raise,
        )

    def _on_examined(self, question: Question, examined: Examined) -> None:
        if self._closed or self.question is not question:
            return
        if isinstance(self._answers, NumberAnswers):
            self._answers.show_examined(examined)
        self._show_faults_now(question)

    def _show_faults_now(self, question: Question) -> None:
        faults = faults_of(question, 0, self._limit)
        if self._repeated is not None:
            faults = (*faults, self._repeated)
        self._faults.show_faults(faults, self._findings, may_repair=not self._editor.read_only)

    def _repair(self, code: str) -> None:
        question = self.question
        mended = repaired(question, code, self._limit) if question else None
        if mended is not None:
            self._editor.apply(self._ui.t("undo.repair"), lambda course: set_value(course, self.path, mended))


def _raise(error: Exception) -> None:
    raise error


def _is_below(element: str, path: str) -> bool:
    return element == path or element.startswith(f"{path}/")
