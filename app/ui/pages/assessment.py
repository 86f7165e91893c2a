"""Step 6: every task of the course, the sum of their weights, the progress table, the trial, the surveys."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QPushButton, QSplitter, QVBoxLayout, QWidget

from app.model.base import TextItem, new_id
from app.model.course import Course
from app.model.finding import Finding, Status
from app.model.regulation import number_text
from app.model.tasks import AnswerKind, Criterion, Placement, Protection, Task, TaskRole
from app.model.teaching import ProgressBand
from app.model.views import module_of_task
from app.session.edit import insert
from app.session.effort import Span
from app.session.structure import remove_task
from app.ui.context import UiContext
from app.ui.editing import CourseEditor
from app.ui.fields import CheckField, ChoiceField, Field, LineField, NumberField, TextField, enum_choices
from app.ui.file_field import FileField
from app.ui.item_list import ItemList
from app.ui.pages.base import FORM_MIN_WIDTH_PX, ROOMY_PX, FieldColumn, Page
from app.ui.pages.grading import RubricView, TaskTypeNote, bands_button, kind_fields
from app.ui.pages.programme_effort import EffortBar
from app.ui.pages.surveys import SurveyQuestions, survey_list
from app.ui.value_fields import DateField, TextsField
from app.ui.widgets import label, set_role, show_row

_GENERAL = ""


class AssessmentPage(Page):
    """The tasks on the left with the course's own part on top, the chosen one's fields on the right.

    Where the height is small the bars make room for the list; the words above them say the same.
    """

    def __init__(self, ui: UiContext, editor: CourseEditor, parent: QWidget) -> None:
        super().__init__(ui, editor, parent)
        self._findings: Sequence[Finding] = ()
        self._ids: list[str] = []
        self._shown: str | None = None
        self._form: FieldColumn | None = None
        self._weights = label("", "muted")
        self._protection = label("", "muted")
        self._weight_bar, self._protection_bar = EffortBar(ui), EffortBar(ui)
        self._list = QListWidget()
        self._list.setAccessibleName(ui.t("assessment.list"))
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.currentRowChanged.connect(self._on_row)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(12, 12, 6, 12)
        column.addWidget(label(ui.t("step.assessment"), "title"))
        column.addWidget(self._weights)
        column.addWidget(self._weight_bar)
        column.addWidget(self._protection)
        column.addWidget(self._protection_bar)
        column.addWidget(self._list, 1)
        column.addLayout(self._buttons())
        self._right_pane = right = QWidget()
        self._right = QHBoxLayout(right)
        right.setMinimumWidth(FORM_MIN_WIDTH_PX)
        self._right.setContentsMargins(0, 0, 0, 0)
        splitter = QSplitter()
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setSizes([280, 500])
        splitter.setCollapsible(0, False)
        splitter.setCollapsible(1, False)
        ui.remember(splitter, "assessment")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)
        self.refresh()
        self._list.setCurrentRow(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the bars where they leave room for the list."""
        super().resizeEvent(event)
        for bar in (self._weight_bar, self._protection_bar):
            bar.setVisible(event.size().height() >= ROOMY_PX)

    def refresh(self) -> None:
        """Show tasks, weights and the form as the course has them now."""
        course = self.editor.course
        total = sum(task.weight_pct for task in course.tasks)
        protected = sum(task.weight_pct for task in course.tasks if task.protection is not Protection.NONE)
        share = self.ui.regulation.limits["protected_share_pct"]
        least = share.min or 0
        weights = self.ui.t("assessment.weight_bar", total=number_text(total, self.ui.lang))
        protection = self.ui.t(
            "assessment.protection_bar",
            share=number_text(protected, self.ui.lang),
            least=number_text(least, self.ui.lang),
        )
        for words, text, kept in (
            (self._weights, weights, abs(total - 100) < 1e-9),
            (self._protection, protection, share.accepts(protected)),
        ):
            words.setText(text)
            set_role(words, "role", "good" if kept else "fail")
        theme = self.ui.theme
        colours = (theme.accent_soft, theme.warn_soft)
        graded = [task for task in course.tasks if task.weight_pct > 0]
        parts = [(task.weight_pct, colours[place % 2]) for place, task in enumerate(graded)]
        self._weight_bar.show_parts(parts, Span(100, 100), max(110, total), weights)
        self._protection_bar.show_parts(
            [(protected, theme.accent_soft)], Span(least, least), max(110, total), protection
        )
        rows = [(_GENERAL, self.ui.t("assessment.general")), *((t.id, _row(self.ui, course, t)) for t in course.tasks)]
        self._show_rows(rows)
        if self._form is not None:
            self._form.refresh()

    def _buttons(self) -> QHBoxLayout:
        add, self._delete = QPushButton(self.ui.t("assessment.add")), QPushButton(self.ui.t("assessment.remove"))
        add.setEnabled(not self.editor.read_only)
        add.clicked.connect(self._add)
        self._delete.clicked.connect(self._remove)
        row = QHBoxLayout()
        row.addWidget(add)
        row.addWidget(self._delete)
        return row

    def _add(self) -> None:
        """Add a task where the chosen one stands, at the course's end where none is chosen."""
        tasks = self.editor.course.tasks
        chosen = next((task for task in tasks if task.id == self._shown), None)
        fresh = Task(id=new_id("t"), placement=Placement.COURSE_END, role=TaskRole.SUMMATIVE)
        if chosen is not None:
            place = {"placement": chosen.placement, "target_id": chosen.target_id, "role": chosen.role}
            fresh = fresh.model_copy(update=place)
        index = tasks.index(chosen) + 1 if chosen is not None else len(tasks)
        step = self.ui.t("undo.add", what=self.ui.t("word.task"))
        self.editor.apply(step, lambda course: insert(course, "tasks", fresh, index))
        self.refresh()
        self.reveal(f"tasks/{fresh.id}/title")

    def _remove(self) -> None:
        gone = self._shown
        if gone:
            step = self.ui.t("undo.remove", what=self.ui.t("word.task"))
            self.editor.apply(step, lambda course: remove_task(course, f"tasks/{gone}"))
            self.refresh()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Mark fields and rows."""
        self._findings = findings
        bad = {f.element.split("/")[1] for f in findings if f.status is Status.FAIL and f.element.startswith("tasks/")}
        for row, task_id in enumerate(self._ids):
            font = self._list.item(row).font()
            font.setBold(task_id in bad)
            self._list.item(row).setFont(font)
        if self._form is not None:
            self._form.show_findings(findings)

    def reveal(self, element: str) -> bool:
        """Choose the element's task and focus its field."""
        parts = element.split("/")
        chosen = parts[1] if parts[0] == "tasks" and len(parts) > 1 else _GENERAL
        if chosen not in self._ids:
            return False
        self._list.setCurrentRow(self._ids.index(chosen))
        if self._form is None:
            return False
        return self._form.reveal(element) or self._form.reveal_first()

    def _show_rows(self, rows: list[tuple[str, str]]) -> None:
        ids = [task_id for task_id, _ in rows]
        if ids != self._ids:
            self._ids = ids
            self._list.blockSignals(True)
            self._list.clear()
            self._list.addItems([text for _, text in rows])
            self._list.setCurrentRow(ids.index(self._shown) if self._shown in ids else 0)
            self._list.blockSignals(False)
            self._on_row(self._list.currentRow())
        for row, (_, text) in enumerate(rows):
            show_row(self._list, row, text)

    def _on_row(self, row: int) -> None:
        if row < 0 or self._ids[row] == self._shown:
            return
        self._shown = self._ids[row]
        self._delete.setEnabled(bool(self._shown) and not self.editor.read_only)
        if self._shown:
            form = task_form(self.ui, self.editor, self._shown, self._right_pane)
        else:
            form = general_form(self.ui, self.editor, self._right_pane)
        form.show_findings(self._findings)
        old, self._form = self._form, form
        self._right.addWidget(form)
        if old is not None:
            self._right.removeWidget(old)
            old.hide()
            old.deleteLater()


def _row(ui: UiContext, course: Course, task: Task) -> str:
    module = module_of_task(course, task)
    place = course.modules.index(module) + 1 if module is not None else 0
    where = ui.t("assessment.in_module", n=place) if place else ui.t("assessment.in_course")
    return f"{where} · {task.title or ui.t('assessment.untitled')} · {number_text(task.weight_pct, ui.lang)} %"


def task_form(ui: UiContext, editor: CourseEditor, task_id: str, parent: QWidget) -> FieldColumn:
    """Return the fields of one task that step 2 does not have."""
    path = f"tasks/{task_id}"
    task = next(task for task in editor.course.tasks if task.id == task_id)
    column = FieldColumn(ui, parent)
    column.title(task.title or ui.t("assessment.untitled"), ui.t(f"choice.Placement.{task.placement.value}"))
    column.group(ui.t("assessment.what"), kind_fields(ui, editor, path), TaskTypeNote(ui, editor, path))
    answers, protections = enum_choices(ui, AnswerKind), enum_choices(ui, Protection)
    minutes = ui.t("unit.min")
    column.group(
        ui.t("assessment.task"),
        [
            LineField(ui, editor, f"{path}/title", ui.t("field.task.title")),
            TextField(ui, editor, f"{path}/instruction", ui.t("field.task.instruction")),
            ChoiceField(ui, editor, f"{path}/answer_kind", ui.t("field.task.answer_kind"), answers),
            NumberField(
                ui, editor, f"{path}/minutes", ui.t("field.task.minutes"), maximum=6000, suffix=minutes, optional=False
            ),
            NumberField(
                ui,
                editor,
                f"{path}/weight_pct",
                ui.t("field.task.weight_pct"),
                maximum=100,
                decimals=1,
                suffix="%",
                optional=False,
            ),
            DateField(ui, editor, f"{path}/deadline", ui.t("field.task.deadline")),
            NumberField(ui, editor, f"{path}/deadline_days", ui.t("field.task.deadline_days"), maximum=365),
            FileField(ui, editor, f"{path}/file", ui.t("field.task.file"), kinds="*.pdf *.docx"),
        ],
    )
    criteria = ItemList(
        ui,
        editor,
        f"{path}/criteria",
        ui.t("field.task.criteria"),
        lambda item: [
            TextField(ui, editor, f"{item}/text", ui.t("field.criterion.text")),
            NumberField(
                ui, editor, f"{item}/points", ui.t("field.criterion.points"), maximum=1000, decimals=1, optional=False
            ),
        ],
        lambda: Criterion(id=new_id("cr")),
    )
    column.group(ui.t("assessment.criteria"), [criteria])
    parameters = ItemList(
        ui,
        editor,
        f"{path}/parameters",
        ui.t("field.task.parameters"),
        lambda item: [LineField(ui, editor, f"{item}/text", ui.t("field.task.parameter"))],
        lambda: TextItem(id=new_id("pa")),
    )
    column.group(
        ui.t("assessment.protection"),
        [
            ChoiceField(ui, editor, f"{path}/protection", ui.t("field.task.protection"), protections, optional=False),
            parameters,
            TextField(ui, editor, f"{path}/identical_answer_check", ui.t("field.task.identical_answer_check")),
        ],
    )
    column.group(
        ui.t("assessment.form_06"),
        [
            CheckField(ui, editor, f"{path}/anonymous", ui.t("field.task.anonymous")),
            TextField(ui, editor, f"{path}/aggregation", ui.t("field.task.aggregation")),
            CheckField(ui, editor, f"{path}/answers_confirmed", ui.t("field.task.answers_confirmed")),
            NumberField(ui, editor, f"{path}/group/min_learners", ui.t("field.task.min_learners"), maximum=100),
            NumberField(ui, editor, f"{path}/group/max_learners", ui.t("field.task.max_learners"), maximum=100),
            LineField(ui, editor, f"{path}/environment", ui.t("field.task.environment")),
            TextField(ui, editor, f"{path}/custom_component", ui.t("field.task.custom_component")),
        ],
    )
    return column


def general_form(ui: UiContext, editor: CourseEditor, parent: QWidget) -> FieldColumn:
    """Return the course's own part: progress table, trial of the tasks, surveys."""
    column = FieldColumn(ui, parent)
    column.title(ui.t("assessment.general"), ui.t("assessment.general_note"))

    def band_fields(item: str) -> Sequence[Field]:
        return [
            *(
                NumberField(
                    ui,
                    editor,
                    f"{item}/{name}",
                    ui.t(f"field.band.{name}"),
                    maximum=100,
                    decimals=1,
                    suffix="%",
                    optional=False,
                )
                for name in ("from_pct", "to_pct")
            ),
            LineField(ui, editor, f"{item}/text", ui.t("field.band.text")),
            CheckField(ui, editor, f"{item}/certificate", ui.t("field.band.certificate")),
        ]

    column.group(ui.t("assessment.rubric"), [], RubricView(ui, editor))
    bands = ItemList(
        ui,
        editor,
        "assessment/progress_scale",
        ui.t("field.progress_scale"),
        band_fields,
        lambda: ProgressBand(id=new_id("b"), from_pct=0, to_pct=100),
    )
    dropped = NumberField(
        ui, editor, "assessment/drop_lowest", ui.t("field.assessment.drop_lowest"), maximum=50, optional=False
    )
    column.group(ui.t("assessment.progress"), [bands, dropped], bands_button(ui, editor))
    column.group(
        ui.t("assessment.pilot"),
        [
            DateField(ui, editor, "pilot/from_on", ui.t("field.pilot.from_on")),
            DateField(ui, editor, "pilot/to_on", ui.t("field.pilot.to_on")),
            NumberField(ui, editor, "pilot/sample_size", ui.t("field.pilot.sample_size"), maximum=100_000),
            TextField(ui, editor, "pilot/sample_description", ui.t("field.pilot.sample_description")),
            TextField(ui, editor, "pilot/results", ui.t("field.pilot.results")),
            TextsField(ui, editor, "pilot/fixes", ui.t("field.pilot.fixes")),
        ],
    )
    column.group(ui.t("assessment.surveys"), [survey_list(ui, editor)], SurveyQuestions(ui, editor))
    return column
