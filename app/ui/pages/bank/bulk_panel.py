"""What can be done with several questions at once; each deed is one undo step."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGroupBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.model.course import Course
from app.model.views import numbered_lessons
from app.session.bank_edit import assign_lesson, assign_outcome, assign_task
from app.ui.context import UiContext
from app.ui.editing import CourseEditor
from app.ui.pages.bank.choice_box import ChoiceBox, Choices
from app.ui.pages.bank.words import lesson_caption, outcome_caption, test_caption, tests_of
from app.ui.widgets import label


class BulkPanel(QWidget):
    """Shown instead of the editor while several questions are chosen.

    Signals:
        remove_wanted: the chosen questions shall be deleted.
        copy_wanted: they shall be duplicated.
        repair_wanted: everything in them that can be mended without a guess shall be.
        even_wanted: their keys shall be spread evenly over the letters.
    """

    remove_wanted = Signal()
    copy_wanted = Signal()
    repair_wanted = Signal()
    even_wanted = Signal()

    def __init__(self, ui: UiContext, editor: CourseEditor) -> None:
        super().__init__()
        self._ui = ui
        self._editor = editor
        self._ids: frozenset[str] = frozenset()
        self._title = label("", "heading")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 6, 0)
        column.addWidget(self._title)
        column.addWidget(label(ui.t("bank.bulk_note"), "muted"))
        course = editor.course
        lessons = [(lesson.id, lesson_caption(ui, number, lesson)) for number, _, lesson in numbered_lessons(course)]
        outcomes = [(outcome.id, outcome_caption(ui, course, outcome)) for outcome in course.outcomes]
        tests = [(task.id, test_caption(ui, course, task)) for task in tests_of(course)]
        column.addWidget(self._lesson_group(((None, ui.t("bank.no_lesson")), *lessons)))
        if outcomes:
            column.addWidget(self._member_group(ui.t("bank.outcomes"), outcomes, assign_outcome))
        if tests:
            column.addWidget(self._member_group(ui.t("bank.tests"), tests, assign_task))
        deeds = QHBoxLayout()
        for text, signal in (
            (ui.t("bank.repair_all"), self.repair_wanted),
            (ui.t("bank.even_keys"), self.even_wanted),
        ):
            deeds.addWidget(self._button(text, signal.emit))
        column.addLayout(deeds)
        ends = QHBoxLayout()
        for text, signal in ((ui.t("bank.duplicate"), self.copy_wanted), (ui.t("bank.remove"), self.remove_wanted)):
            ends.addWidget(self._button(text, signal.emit))
        column.addLayout(ends)
        column.addStretch(1)

    def show_chosen(self, ids: frozenset[str]) -> None:
        """Work on other questions."""
        self._ids = ids
        self._title.setText(self._ui.t("bank.chosen", n=len(ids)))

    def _lesson_group(self, choices: Choices) -> QGroupBox:
        caption = self._ui.t("field.question.lesson")
        box = ChoiceBox(caption, choices)

        def assign() -> None:
            lesson_id = box.value if isinstance(box.value, str) else None
            self._apply(self._ui.t("undo.assign_lesson"), lambda course: assign_lesson(course, self._ids, lesson_id))

        return self._group(caption, box, (self._button(self._ui.t("bank.assign"), assign),))

    def _member_group(self, caption: str, choices: Choices, change: Callable[..., Course]) -> QGroupBox:
        box = ChoiceBox(caption, choices)

        def assign(*, present: bool) -> None:
            member = box.value
            step = self._ui.t("undo.edit", field=caption)
            self._apply(step, lambda course: change(course, self._ids, member, present=present))

        add = self._button(self._ui.t("bank.member_add"), lambda: assign(present=True))
        take = self._button(self._ui.t("bank.member_take"), lambda: assign(present=False))
        return self._group(caption, box, (add, take))

    def _group(self, caption: str, box: ChoiceBox, buttons: Sequence[QPushButton]) -> QGroupBox:
        group = QGroupBox(caption)
        row = QHBoxLayout(group)
        row.addWidget(box, 1)
        for button in buttons:
            button.setAccessibleName(f"{caption}: {button.text()}")
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return group

    def _button(self, text: str, action: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setEnabled(not self._editor.read_only)
        button.clicked.connect(lambda _checked=False: action())
        return button

    def _apply(self, step: str, change: Callable[[Course], Course]) -> None:
        self._editor.apply(self._ui.t("undo.of_many", step=step, n=len(self._ids)), change)
