"""Checklists: form 07 for a recording session, the check before launch (10.4), confirmations, sending, intake."""

from collections.abc import Sequence

from app.checks.form_07 import AIDS, ASKED
from app.model.base import new_id
from app.model.finding import Finding
from app.model.papers import PrelaunchItem, Submission
from app.session.edit import get_value, remove, set_value
from app.ui.context import UiContext
from app.ui.editing import CourseEditor
from app.ui.fields import CheckField, Field, LineField, TextField
from app.ui.file_field import FileField
from app.ui.item_list import ItemList
from app.ui.pages.papers import remark_list
from app.ui.value_fields import DateField, TextsField, TristateField

FORM_07_POINTS = tuple(sorted({*ASKED, *AIDS}))
_ASPECTS = ("quality", "copyright", "accessibility", "functional", "accuracy", "grammar")


class PointField(TristateField):
    """The answer to one point of a checklist that is kept as a dict: no answer is no entry."""

    def refresh(self) -> None:
        """Show the answer, none where there is no entry."""
        owner, _, point = self.path.rpartition("/")
        try:
            self.show_value(get_value(self.editor.course, owner).get(point))
        except KeyError:
            return  # the session was removed; the page that holds this field removes it next

    def commit(self, value: object, *, merge: bool) -> None:
        """Write the answer, or take the entry out."""
        del merge
        owner, _, point = self.path.rpartition("/")
        if get_value(self.editor.course, owner).get(point) == value:
            return
        step, path = self.ui.t("undo.edit", field=self.caption), self.path
        if value is None:
            self.editor.apply(step, lambda course: remove(course, path))
        else:
            self.editor.apply(step, lambda course: set_value(course, path, value))


class ReasonField(LineField):
    """The reason of a "no" on a prohibition, by the same id as the point (X46)."""

    def refresh(self) -> None:
        """Show the reason, nothing where there is none."""
        owner, _, point = self.path.rpartition("/")
        try:
            self.show_value(get_value(self.editor.course, owner).get(point, ""))
        except KeyError:
            return  # as above

    def commit(self, value: object, *, merge: bool) -> None:
        """Write the reason, or take the entry out."""
        owner, _, point = self.path.rpartition("/")
        entries = get_value(self.editor.course, owner)
        if entries.get(point, "") == value:
            return
        step, path = self.ui.t("undo.edit", field=self.caption), self.path
        if value:
            self.editor.apply(step, lambda course: set_value(course, path, value), path if merge else None)
        else:
            self.editor.apply(step, lambda course: remove(course, path), path if merge else None)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """A reason is judged with its point, which carries the findings."""


def form_07_fields(ui: UiContext, editor: CourseEditor, session: str) -> list[Field]:
    """Return the points of form 07 for one recording session."""
    fields: list[Field] = []
    for point in FORM_07_POINTS:
        caption = f"{point.removeprefix('F07.')}  {ui.t(f'checklist.{point}')}"
        fields.append(PointField(ui, editor, f"{session}/checklist/{point}", caption))
        if point in ("F07.1.1", "F07.1.2", "F07.1.3"):
            reason = ui.t("checklist.reason", point=point.removeprefix("F07."))
            fields.append(ReasonField(ui, editor, f"{session}/reasons/{point}", reason))
    return fields


def prelaunch(ui: UiContext, editor: CourseEditor) -> list[Field | ItemList]:
    """Return the check before launch: day, persons, and six answers for each element (10.4)."""

    def fields(item: str) -> Sequence[Field]:
        answers = [
            TristateField(ui, editor, f"{item}/{aspect}", ui.t(f"field.prelaunch.{aspect}")) for aspect in _ASPECTS
        ]
        return [LineField(ui, editor, f"{item}/title", ui.t("field.prelaunch.title")), *answers]

    items = ItemList(
        ui,
        editor,
        "prelaunch_check/items",
        ui.t("field.prelaunch.items"),
        fields,
        lambda: PrelaunchItem(id=new_id("pl")),
    )
    return [
        DateField(ui, editor, "prelaunch_check/checked_on", ui.t("field.prelaunch.checked_on")),
        TextsField(ui, editor, "prelaunch_check/by", ui.t("field.prelaunch.by")),
        items,
    ]


def attestations(ui: UiContext, editor: CourseEditor) -> ItemList:
    """Return what people confirmed: on what, who, when, with which note. New ones are given at their finding."""

    def fields(item: str) -> Sequence[Field]:
        word = get_value(editor.course, item)
        clause = f"{word.rule_id}  {ui.rule_title(word.rule_id)}" if word.rule_id in ui.regulation.rule_texts else ""
        return [
            CheckField(ui, editor, f"{item}/value", clause or word.rule_id),
            LineField(ui, editor, f"{item}/person", ui.t("field.attestation.person"), prose=False),
            LineField(ui, editor, f"{item}/role", ui.t("field.attestation.role")),
            DateField(ui, editor, f"{item}/made_on", ui.t("field.attestation.made_on")),
            TextField(ui, editor, f"{item}/note", ui.t("field.attestation.note")),
        ]

    caption, empty = ui.t("field.attestations"), ui.t("empty.attestations")
    return ItemList(ui, editor, "attestations", caption, fields, None, removable=True, empty=empty)


def submissions(ui: UiContext, editor: CourseEditor) -> ItemList:
    """Return the bundles that were sent (12.3)."""

    def fields(item: str) -> Sequence[Field]:
        return [
            LineField(ui, editor, f"{item}/to", ui.t("field.submission.to")),
            DateField(ui, editor, f"{item}/sent_on", ui.t("field.submission.sent_on")),
            LineField(ui, editor, f"{item}/sent_by", ui.t("field.submission.sent_by"), prose=False),
            TextsField(ui, editor, f"{item}/files", ui.t("field.submission.files")),
        ]

    def make() -> Submission:
        return Submission(id=new_id("sb"), to=ui.regulation.edition.mailbox)

    return ItemList(ui, editor, "submissions", ui.t("field.submissions"), fields, make)


def after_submission(ui: UiContext, editor: CourseEditor) -> list[Field | ItemList]:
    """Return what the office records: its check, the certificate of placement, papers of learners' certificates."""
    return [
        LineField(ui, editor, "intake_check/by", ui.t("field.intake.by"), prose=False),
        DateField(ui, editor, "intake_check/checked_on", ui.t("field.intake.checked_on")),
        TristateField(ui, editor, "intake_check/accepted", ui.t("field.intake.accepted")),
        remark_list(ui, editor, "intake_check/remarks", ui.t("field.intake.remarks")),
        LineField(ui, editor, "placement_certificate/number", ui.t("field.certificate.number"), prose=False),
        DateField(ui, editor, "placement_certificate/dated_on", ui.t("field.certificate.dated_on")),
        LineField(ui, editor, "placement_certificate/director", ui.t("field.certificate.director"), prose=False),
        FileField(ui, editor, "placement_certificate/file", ui.t("field.certificate.file"), kinds="*.pdf"),
        LineField(
            ui, editor, "learner_certificates/fee_estimate_ref", ui.t("field.learner.fee_estimate_ref"), prose=False
        ),
        TristateField(ui, editor, "learner_certificates/economics_agreed", ui.t("field.learner.economics_agreed")),
    ]
