"""The row above the list: what to look for."""

from collections import Counter

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from app.model.course import Course
from app.model.tasks import AnswerKind
from app.model.views import numbered_lessons
from app.session.bank_index import ANY, NONE, QuestionFilter
from app.ui.context import UiContext
from app.ui.fields import enum_choices
from app.ui.pages.bank.choice_box import ChoiceBox
from app.ui.pages.bank.words import lesson_caption, module_caption, outcome_caption, problem_caption

_Choices = list[tuple[object, str]]
_NO_LESSON: frozenset[str | None] = frozenset({None})


class FilterBar(QWidget):
    """A text and four choices.

    Signals:
        changed: another `QuestionFilter` is wanted.
    """

    changed = Signal(object)

    def __init__(self, ui: UiContext) -> None:
        super().__init__()
        self._ui = ui
        self._course: Course | None = None
        self._counts: Counter[str] = Counter()
        self._quiet = False
        self._needle = QLineEdit()
        self._needle.setPlaceholderText(ui.t("bank.filter_short"))
        self._needle.setAccessibleName(ui.t("bank.filter"))
        self._needle.setToolTip(ui.t("bank.filter_tip"))
        self._needle.setClearButtonEnabled(True)
        self._needle.textChanged.connect(lambda _: self._emit())
        self._lesson = self._box(ui.t("bank.filter_lesson"))
        self._outcome = self._box(ui.t("bank.filter_outcome"))
        self._problem = self._box(ui.t("bank.filter_problem"))
        self._kind = self._box(ui.t("bank.filter_kind"))
        self._clear = QPushButton(ui.t("bank.filter_clear"))
        self._clear.clicked.connect(self.clear)
        self._clear.setEnabled(False)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(self._needle.setFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._needle, 3)
        for box in (self._lesson, self._outcome, self._problem, self._kind):
            row.addWidget(box, 2)
        row.addWidget(self._clear)
        self._kind.offer([(None, ui.t("bank.all_kinds")), *enum_choices(ui, AnswerKind)])
        self._lesson.offer([(None, ui.t("bank.all_lessons"))])
        self._outcome.offer([(None, ui.t("bank.all_outcomes"))])
        self._problem.offer(self._problem_choices())
        for box in (self._lesson, self._outcome, self._problem, self._kind):
            _leave_room_for_caption(box)

    @property
    def wanted(self) -> QuestionFilter:
        """The filter that the bar shows."""
        return QuestionFilter(
            self._needle.text(),
            self._lesson_ids(),
            self._text(self._outcome),
            self._text(self._problem),
            self._chosen_kind(),
        )

    def clear(self) -> None:
        """Let every question pass."""
        if self.wanted.is_open:
            return
        self._quiet = True  # one change, not five
        self._needle.clear()
        for box in (self._lesson, self._outcome, self._problem, self._kind):
            box.setCurrentIndex(0)
        self._quiet = False
        self._emit()

    def show_course(self, course: Course) -> None:
        """Offer the course's lectures and outcomes."""
        old, self._course = self._course, course
        if old is None or old.modules is not course.modules:
            self._fill(self._lesson, self._lessons(course))
        if old is None or old.outcomes is not course.outcomes:
            choices: _Choices = [(None, self._ui.t("bank.all_outcomes")), (NONE, self._ui.t("bank.no_outcome"))]
            choices += [(outcome.id, outcome_caption(self._ui, course, outcome)) for outcome in course.outcomes]
            self._fill(self._outcome, choices)

    def show_problems(self, counts: Counter[str]) -> None:
        """Offer the faults that the bank has, with how many questions have each."""
        if counts == self._counts:
            return
        self._counts = counts
        self._fill(self._problem, self._problem_choices())

    def _problem_choices(self) -> _Choices:
        t, chosen = self._ui.t, self._text(self._problem)
        choices: _Choices = [(None, t("bank.all_problems")), (ANY, t("bank.any_problem")), (NONE, t("bank.no_problem"))]
        codes = {*self._counts, *([chosen] if chosen else [])} - {ANY}
        named = ((code, f"{problem_caption(self._ui, code)} ({self._counts[code]})") for code in codes)
        return choices + sorted(named, key=lambda choice: choice[1])

    def _box(self, name: str) -> ChoiceBox:
        box = ChoiceBox(name)
        box.setMinimumContentsLength(1)
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        box.currentIndexChanged.connect(lambda _: self._emit())
        return box

    def _fill(self, box: ChoiceBox, choices: _Choices) -> None:
        """Offer other choices; where the chosen one is gone, the filter changes."""
        if not box.offer(choices):
            self._emit()

    def _lessons(self, course: Course) -> _Choices:
        choices: _Choices = [
            (None, self._ui.t("bank.all_lessons")),
            (_NO_LESSON, self._ui.t("bank.no_lesson")),
        ]
        shown = ""
        for number, module, lesson in numbered_lessons(course):
            if module.id != shown:
                shown = module.id
                ids = [other.id for other in module.lessons]
                choices.append((frozenset(ids), module_caption(self._ui, course, module)))
            choices.append((frozenset({lesson.id}), f"    {lesson_caption(self._ui, number, lesson)}"))
        return choices

    def _lesson_ids(self) -> frozenset[str | None] | None:
        value = self._lesson.value
        return value if isinstance(value, frozenset) else None

    def _chosen_kind(self) -> AnswerKind | None:
        value = self._kind.value
        return value if isinstance(value, AnswerKind) else None

    @staticmethod
    def _text(box: ChoiceBox) -> str | None:
        value = box.value
        return value if isinstance(value, str) else None

    def _emit(self) -> None:
        if self._quiet:
            return
        self._clear.setEnabled(not self.wanted.is_open)
        self.changed.emit(self.wanted)


def _leave_room_for_caption(box: ChoiceBox) -> None:
    """Let the word for "all" never be cut: it says what the box filters by; longer choices may be."""
    box.ensurePolished()
    metrics = box.fontMetrics()
    frame_px = box.minimumSizeHint().width() - metrics.horizontalAdvance("X") * box.minimumContentsLength()
    box.setMinimumWidth(frame_px + metrics.horizontalAdvance(box.itemText(0)))
