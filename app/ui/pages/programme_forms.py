"""The fields of a module, of a lesson and of the course's own part of the work programme."""

from collections.abc import Sequence

from app.model.base import Model, new_id
from app.model.papers import Deviation
from app.model.structure import (
    BlockKind,
    ForumTopic,
    Outcome,
    OutcomeKind,
    OutcomeScope,
)
from app.model.tasks import Placement, Protection, Task, TaskKind, TaskRole, TaskType
from app.model.views import course_outcomes, module_outcomes
from app.session.edit import get_value
from app.session.place_names import place_name
from app.session.structure import remove_outcome, remove_task
from app.ui.context import UiContext
from app.ui.editing import CourseEditor
from app.ui.fields import ChoiceField, Field, LineField, NumberField, TextField, enum_choices, outcome_choices
from app.ui.file_field import FileField
from app.ui.item_list import ItemList
from app.ui.pages.base import FieldColumn
from app.ui.pages.programme_start import add_templates
from app.ui.pages.task_outcomes import TaskOutcomesField
from app.ui.value_fields import DateField, SetField
from app.ui.widgets import label


def course_form(ui: UiContext, editor: CourseEditor) -> FieldColumn:
    """Return the fields of the programme that belong to the whole course."""
    column = FieldColumn(ui)
    if not editor.course.modules:
        add_templates(column, ui, editor)
    column.title(ui.t("programme.course_row"), ui.t("programme.course_note"))
    approval = [
        NumberField(ui, editor, "approval/year", ui.t("field.approval.year"), maximum=2100),
        DateField(ui, editor, "approval/approved_on", ui.t("field.approval.approved_on")),
        LineField(ui, editor, "approval/minutes_no", ui.t("field.approval.minutes_no"), prose=False),
        DateField(ui, editor, "approval/dated_on", ui.t("field.approval.dated_on")),
    ]
    column.group(ui.t("programme.final_control"), [task_list(ui, editor, Placement.COURSE_END, None)])
    column.group(ui.t("programme.approval"), approval)
    column.group(ui.t("builder.deviations"), [deviation_list(ui, editor)])
    return column


def deviation_list(ui: UiContext, editor: CourseEditor) -> ItemList:
    """Return the justified deviations (8.7a); one that belongs to an element is made from its finding."""
    clauses: list[tuple[object, str]] = [
        (rule_id, f"{rule_id}  {ui.rule_title(rule_id)}")
        for rule_id, texts in ui.regulation.rule_texts.items()
        if texts.deviation
    ]

    def fields(item: str) -> Sequence[Field]:
        deviation = get_value(editor.course, item)
        place = place_name(editor.course, deviation.element, ui.texts, ui.lang)
        return [
            ChoiceField(ui, editor, f"{item}/rule_id", ui.t("field.deviation.rule_id"), clauses, optional=False),
            TextField(ui, editor, f"{item}/reason", ui.t("field.deviation.reason", place=place)),
        ]

    def make() -> Deviation:
        return Deviation(id=new_id("dv"), rule_id=str(clauses[0][0]) if clauses else "")

    return ItemList(ui, editor, "deviations", ui.t("field.deviations"), fields, make)


def block_form(ui: UiContext, editor: CourseEditor, path: str) -> FieldColumn:
    """Return the fields of a block (8.7b)."""
    column = FieldColumn(ui)
    column.title(ui.t("word.block"), ui.t("builder.block_note"))
    kinds = enum_choices(ui, BlockKind)
    column.group(
        ui.t("programme.general"),
        [
            ChoiceField(ui, editor, f"{path}/kind", ui.t("field.block.kind"), kinds, optional=False),
            LineField(ui, editor, f"{path}/title", ui.t("field.block.title")),
        ],
    )
    return column


def module_form(ui: UiContext, editor: CourseEditor, path: str) -> FieldColumn:
    """Return the fields of a module."""
    module_id = path.rpartition("/")[2]
    column = FieldColumn(ui)
    column.title(ui.t("word.module"))
    column.group(
        ui.t("programme.general"),
        [
            LineField(ui, editor, f"{path}/title", ui.t("field.module.title")),
            TextField(ui, editor, f"{path}/annotation", ui.t("field.module.annotation")),
        ],
    )
    served = outcome_choices(ui, editor.course, course_outcomes(editor.course))

    def outcome_fields(item: str) -> Sequence[Field]:
        return [
            TextField(ui, editor, f"{item}/text", ui.t("field.outcome.text")),
            LineField(ui, editor, f"{item}/competence", ui.t("field.outcome.competence")),
            ChoiceField(ui, editor, f"{item}/kind", ui.t("field.outcome.kind"), enum_choices(ui, OutcomeKind)),
            ChoiceField(ui, editor, f"{item}/parent_id", ui.t("field.outcome.parent_id"), served),
        ]

    outcomes = ItemList(
        ui,
        editor,
        "outcomes",
        ui.t("field.module_outcomes"),
        outcome_fields,
        lambda: Outcome(id=new_id("o"), scope=OutcomeScope.MODULE, module_id=module_id),
        lambda item: isinstance(item, Outcome) and item.module_id == module_id,
        remove_outcome,
    )
    column.group(ui.t("programme.outcomes"), [outcomes])
    effort = [
        NumberField(
            ui,
            editor,
            f"{path}/effort/{name}",
            ui.t(f"field.effort.{name}"),
            maximum=2000,
            suffix=ui.t("unit.min"),
            optional=False,
        )
        for name in ("reading_min", "tasks_min", "forum_min", "assessment_min")
    ]
    column.group(ui.t("programme.effort"), effort)
    sheet = FileField(ui, editor, f"{path}/task_sheet", ui.t("field.module.task_sheet"), kinds="*.pdf")
    column.group(ui.t("programme.module_tasks"), [sheet, task_list(ui, editor, Placement.MODULE_END, module_id)])
    forum = ItemList(
        ui,
        editor,
        f"{path}/forum",
        ui.t("field.forum"),
        lambda item: [
            LineField(ui, editor, f"{item}/topic", ui.t("field.forum.topic")),
            TextField(ui, editor, f"{item}/prompt", ui.t("field.forum.prompt")),
        ],
        lambda: ForumTopic(id=new_id("f")),
    )
    message = TextField(
        ui,
        editor,
        f"{path}/weekly_message/text",
        ui.t("field.weekly_message"),
        limit=ui.regulation.limits["weekly_message_chars"],
    )
    column.group(ui.t("programme.communication"), [forum, message])
    return column


def lesson_form(ui: UiContext, editor: CourseEditor, path: str) -> FieldColumn:
    """Return the fields of a lesson."""
    lesson_id = path.rpartition("/")[2]
    module_id = path.split("/")[1]
    module = next(module for module in editor.course.modules if module.id == module_id)
    outcomes = outcome_choices(ui, editor.course, module_outcomes(editor.course, module))
    minutes = ui.t("unit.min")
    column = FieldColumn(ui)
    column.title(ui.t("word.lesson"))
    column.group(
        ui.t("programme.general"),
        [
            LineField(ui, editor, f"{path}/title", ui.t("field.lesson.title")),
            TextField(ui, editor, f"{path}/annotation", ui.t("field.lesson.annotation")),
            SetField(ui, editor, f"{path}/outcome_ids", ui.t("field.lesson.outcome_ids"), outcomes),
        ],
    )
    column.group(
        ui.t("programme.video"),
        [
            NumberField(
                ui,
                editor,
                f"{path}/planned_min",
                ui.t("field.lesson.planned_min"),
                maximum=600,
                suffix=minutes,
                optional=False,
            ),
            NumberField(
                ui,
                editor,
                f"{path}/video/planned_min",
                ui.t("field.video.planned_min"),
                maximum=600,
                decimals=1,
                suffix=minutes,
            ),
            TextField(ui, editor, f"{path}/video/annotation", ui.t("field.video.annotation")),
        ],
    )
    column.group(ui.t("programme.lesson_tasks"), [task_list(ui, editor, Placement.LESSON, lesson_id)])
    column.widget_at_end(label(ui.t("lecture.elsewhere"), "muted"))
    return column


def task_list(ui: UiContext, editor: CourseEditor, placement: Placement, target_id: str | None) -> ItemList:
    """Return the tasks of one place: a lesson, a module's end, the course's end."""
    summative = placement is not Placement.LESSON

    def fields(item: str) -> Sequence[Field]:
        return [
            LineField(ui, editor, f"{item}/title", ui.t("field.task.title")),
            ChoiceField(
                ui, editor, f"{item}/kind", ui.t("field.task.kind"), enum_choices(ui, TaskKind), optional=False
            ),
            ChoiceField(
                ui, editor, f"{item}/role", ui.t("field.task.role"), enum_choices(ui, TaskRole), optional=False
            ),
            ChoiceField(ui, editor, f"{item}/type", ui.t("field.task.type"), enum_choices(ui, TaskType)),
            NumberField(ui, editor, f"{item}/count", ui.t("field.task.count"), maximum=1000, optional=False),
            NumberField(
                ui,
                editor,
                f"{item}/weight_pct",
                ui.t("field.task.weight_pct"),
                maximum=100,
                decimals=1,
                suffix="%",
                optional=False,
            ),
            NumberField(ui, editor, f"{item}/deadline_days", ui.t("field.task.deadline_days"), maximum=365),
            ChoiceField(
                ui,
                editor,
                f"{item}/protection",
                ui.t("field.task.protection"),
                enum_choices(ui, Protection),
                optional=False,
            ),
            TaskOutcomesField(ui, editor, f"{item}/outcome_ids", ui.t("field.task.outcome_ids")),
        ]

    def make() -> Task:
        role = TaskRole.SUMMATIVE if summative else TaskRole.FORMATIVE
        return Task(id=new_id("t"), placement=placement, target_id=target_id, role=role)

    def belongs(item: Model) -> bool:
        return isinstance(item, Task) and item.placement is placement and item.target_id == target_id

    return ItemList(ui, editor, "tasks", ui.t("field.tasks"), fields, make, belongs, remove_task)
