"""Step 8: examination: experts, score sheets of form 10, protocol of form 11, extracts, remarks."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.model.base import new_id
from app.model.course import Course
from app.model.papers import Conformity, Expert, ExpertKind, MinutesBody, Review
from app.model.scores import Outcome, conformity_of, joint_outcome, sheet_outcome
from app.session.edit import get_value, set_value
from app.ui.context import UiContext
from app.ui.editing import CourseEditor
from app.ui.fields import ChoiceField, Field, LineField, NumberField, TextField, enum_choices
from app.ui.file_field import FileField
from app.ui.item_list import ItemList
from app.ui.pages.base import ColumnPage
from app.ui.pages.nested_lists import NestedLists
from app.ui.pages.papers import minutes, remark_list
from app.ui.value_fields import DateField, SetField, TextsField, TristateField
from app.ui.widgets import ElidedButton, label, set_role


class ReviewPage(ColumnPage):
    """Who examined the course, what they found, what was decided, what became of it."""

    def __init__(self, ui: UiContext, editor: CourseEditor, parent: QWidget) -> None:
        super().__init__(ui, editor, parent)
        self.column.title(ui.t("step.review"), ui.t("review.note"))
        self.column.group(ui.t("review.experts"), [self._experts()])
        signing = ui.t("field.protocol.expert_ids")
        self._signing = SetField(ui, editor, "protocol/expert_ids", signing, self._expert_choices())
        self._sheets = self._reviews()
        self._joint = label("", "label")
        self._joint_note = label("", "muted")
        self._summary = QWidget()
        rows = QVBoxLayout(self._summary)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self._joint)
        rows.addWidget(self._joint_note)
        self.column.group(ui.t("review.sheets"), [self._sheets], self._summary)
        self.column.group(ui.t("review.minutes"), [minutes(ui, editor)])
        self._take = ElidedButton(ui.t("review.take_marks"))
        self._take.clicked.connect(self._take_marks)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._take, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.group(ui.t("review.protocol"), self._protocol())
        self.column.group(ui.t("review.marks"), self._marks(), holder)
        self.column.group(ui.t("review.nonconformity"), self._nonconformity())
        remarks = remark_list(ui, editor, "remarks", ui.t("field.remarks"))
        self.column.group(ui.t("review.remarks"), [remarks], SheetRemarks(ui, editor))
        self._experts_shown = self._expert_names()
        self.refresh()

    def refresh(self) -> None:
        """Show values, totals and what they lead to."""
        names = self._expert_names()
        if names != self._experts_shown:
            self._experts_shown = names
            self._sheets.rebuild()
            self._signing.offer(self._expert_choices())
        super().refresh()
        course = self.editor.course
        joint = joint_outcome(course, self.ui.regulation)
        lines = [
            self.ui.t("review.sheet_line", expert=dict(names).get(review.expert_id) or "—", result=self._result(one))
            for review in course.reviews
            for one in (sheet_outcome(review, course, self.ui.regulation),)
        ]
        self._summary.setVisible(bool(course.reviews))  # empty words would leave an empty place
        self._joint.setText(self.ui.t("review.joint", result=self._result(joint)) if course.reviews else "")
        roles = {"recommend": "good", "rework": "warning", "refuse": "fail"}
        set_role(self._joint, "tone", roles[joint.decision.value] if joint.decision is not None else "")
        self._joint_note.setText("\n".join(lines))
        self._take.setEnabled(not self.editor.read_only and any(score is not None for score in joint.scores))

    def _result(self, outcome: Outcome) -> str:
        if outcome.total is None or outcome.decision is None:
            given = sum(score is not None for score in outcome.scores)
            return self.ui.t("review.open", given=given, count=len(self.ui.regulation.criteria))
        words = self.ui.t("review.total", total=outcome.total, decision=self._decision(outcome))
        if outcome.low:
            words += " " + self.ui.t("review.low", criteria=", ".join(str(place + 1) for place in outcome.low))
        return words

    def _decision(self, outcome: Outcome) -> str:
        assert outcome.decision is not None
        return self.ui.t(f"review.decision.{outcome.decision.value}")

    def _expert_names(self) -> list[tuple[str, str]]:
        return [(expert.id, expert.full_name) for expert in self.editor.course.experts]

    def _expert_choices(self) -> list[tuple[object, str]]:
        return [(expert_id, name or expert_id) for expert_id, name in self._expert_names()]

    def _experts(self) -> ItemList:
        ui, editor = self.ui, self.editor
        kinds = enum_choices(ui, ExpertKind)

        def fields(item: str) -> Sequence[Field]:
            return [
                LineField(ui, editor, f"{item}/full_name", ui.t("field.expert.full_name"), prose=False),
                ChoiceField(ui, editor, f"{item}/kind", ui.t("field.expert.kind"), kinds, optional=False),
                LineField(ui, editor, f"{item}/workplace", ui.t("field.expert.workplace")),
                LineField(ui, editor, f"{item}/position", ui.t("field.expert.position")),
            ]

        return ItemList(ui, editor, "experts", ui.t("field.experts"), fields, lambda: Expert(id=new_id("ex")))

    def _reviews(self) -> ItemList:
        ui, editor = self.ui, self.editor
        bodies = enum_choices(ui, MinutesBody)

        def fields(item: str) -> Sequence[Field]:
            experts = self._expert_choices()
            return [
                ChoiceField(ui, editor, f"{item}/expert_id", ui.t("field.review.expert"), experts, optional=False),
                ChoiceField(ui, editor, f"{item}/body", ui.t("field.review.body"), bodies, optional=False),
                DateField(ui, editor, f"{item}/dated_on", ui.t("field.review.dated_on")),
                *self._scores(item),
            ]

        def make() -> Review:
            used = {review.expert_id for review in editor.course.reviews}
            free = [expert.id for expert in editor.course.experts if expert.id not in used]
            return Review(id=new_id("rv"), expert_id=free[0] if free else "")

        return ItemList(ui, editor, "reviews", ui.t("field.reviews"), fields, make)

    def _scores(self, item: str) -> list[Field]:
        """Return a choice of points for each criterion, each with the descriptor that the form prints."""
        ui, editor = self.ui, self.editor
        limit = ui.regulation.limits["criterion_points"]
        points = range(int(limit.min or 0), int(limit.max or 0) + 1)
        fields: list[Field] = []
        for place in range(len(ui.regulation.criteria)):
            words = {points[-1]: _descriptor(ui, place, "high"), points[-1] - 1: _descriptor(ui, place, "mid")}
            low = _descriptor(ui, place, "low")
            choices: list[tuple[object, str]] = [(p, f"{p}: {words.get(p, low)}") for p in points]
            caption = _criterion_name(ui, place)
            fields.append(ChoiceField(ui, editor, f"{item}/scores/{place}", caption, choices))
        return fields

    def _protocol(self) -> list[Field]:
        ui, editor = self.ui, self.editor
        return [
            LineField(ui, editor, "protocol/number", ui.t("field.protocol.number"), prose=False),
            DateField(ui, editor, "protocol/dated_on", ui.t("field.protocol.dated_on")),
            NumberField(ui, editor, "protocol/from_year", ui.t("field.protocol.from_year"), maximum=2100),
            TextField(ui, editor, "protocol/recommendations", ui.t("field.protocol.recommendations")),
            TextField(ui, editor, "protocol/conclusion", ui.t("field.protocol.conclusion")),
            LineField(ui, editor, "protocol/decision", ui.t("field.protocol.decision")),
            TextField(ui, editor, "protocol/reason", ui.t("field.protocol.reason")),
            LineField(ui, editor, "protocol/platform", ui.t("field.protocol.platform")),
            self._signing,
            TextsField(ui, editor, "protocol/signed_by", ui.t("field.protocol.signed_by")),
            FileField(ui, editor, "protocol/file", ui.t("field.protocol.file"), kinds="*.pdf"),
        ]

    def _marks(self) -> list[Field]:
        ui, editor = self.ui, self.editor
        choices = enum_choices(ui, Conformity)
        return [
            ChoiceField(ui, editor, f"protocol/results/{place}", _criterion_name(ui, place), choices)
            for place in range(len(ui.regulation.criteria))
        ]

    def _nonconformity(self) -> list[Field]:
        ui, editor = self.ui, self.editor
        return [
            TextField(ui, editor, "protocol/actions", ui.t("field.protocol.actions")),
            TextField(ui, editor, "protocol/cause", ui.t("field.protocol.cause")),
            TristateField(ui, editor, "protocol/corrective_procedure", ui.t("field.protocol.corrective_procedure")),
            DateField(ui, editor, "protocol/fix_due", ui.t("field.protocol.fix_due")),
        ]

    def _take_marks(self) -> None:
        """Fill the marks of form 11 from the points of form 10; what has no points keeps its mark."""

        def change(course: Course) -> Course:
            scores = joint_outcome(course, self.ui.regulation).scores
            old = get_value(course, "protocol/results")
            marks = tuple(
                conformity_of(score, self.ui.regulation) or mark for score, mark in zip(scores, old, strict=True)
            )
            return set_value(course, "protocol/results", marks)

        self.editor.apply(self.ui.t("review.take_marks"), change)


class SheetRemarks(NestedLists[tuple[str, str]]):
    """What each expert remarked on the own sheet; form 10 prints it (F10.9)."""

    def owners(self) -> Sequence[tuple[str, str]]:
        """Return the sheets with the names of their experts."""
        names = {expert.id: expert.full_name for expert in self.editor.course.experts}
        return [(review.id, names.get(review.expert_id) or "—") for review in self.editor.course.reviews]

    def make(self, owner: tuple[str, str]) -> ItemList:
        """Return the remarks of one sheet."""
        caption = self.ui.t("field.review.remarks", expert=owner[1])
        return remark_list(self.ui, self.editor, f"reviews/{owner[0]}/remarks", caption)


def _criterion_name(ui: UiContext, place: int) -> str:
    """Return a criterion's number and name in the user's language; as the form has it where the office changed it."""
    official = ui.regulation.criteria[place].name
    known = ui.says(f"review.criterion.{place + 1}", official)
    return f"{place + 1}. {ui.t(f'review.criterion.{place + 1}') if known else official}"


def _descriptor(ui: UiContext, place: int, level: Literal["low", "mid", "high"]) -> str:
    """Return what the points of a criterion stand for, in the user's language; see `_criterion_name`."""
    official: str = getattr(ui.regulation.criteria[place], level)
    known = ui.says(f"review.descriptor.{place + 1}.{level}", official)
    return ui.t(f"review.descriptor.{place + 1}.{level}") if known else official
