"""Signed copies, extracts from minutes and rights contracts: papers that go into a submission."""

from collections.abc import Sequence

from app.checks.fingerprint import data_fingerprint
from app.model.base import new_id
from app.model.course import Course
from app.model.papers import DocumentKind, MinutesBody, MinutesExtract, Remark, SignedDocument
from app.session.edit import get_value, set_value
from app.ui.context import UiContext
from app.ui.editing import CourseEditor
from app.ui.fields import CheckField, ChoiceField, Field, LineField, TextField, enum_choices
from app.ui.file_field import FileField
from app.ui.item_list import ItemList
from app.ui.value_fields import DateField, TextsField


class SignedFileField(FileField):
    """The signed copy; with the file the fingerprint is kept of the data that it shows (decision 15)."""

    def commit(self, value: object, *, merge: bool) -> None:
        """Write file and fingerprint as one step."""
        del merge
        path = self.path.rpartition("/")[0]

        def change(course: Course) -> Course:
            document = get_value(course, path)
            taken = None if value is None else data_fingerprint(course, document.kind)
            return set_value(set_value(course, f"{path}/file", value), f"{path}/data_fingerprint", taken)

        self.editor.apply(self.ui.t("undo.edit", field=self.caption), change)


class SignedKindField(ChoiceField):
    """What was signed; said after the file was attached, it is from then on that the copy is one of it."""

    def commit(self, value: object, *, merge: bool) -> None:
        """Write kind and fingerprint as one step."""
        del merge
        path = self.path.rpartition("/")[0]
        before = get_value(self.editor.course, path)
        if before.kind == value:
            return

        def change(course: Course) -> Course:
            changed = set_value(course, self.path, value)
            taken = None if before.file is None else data_fingerprint(changed, DocumentKind(str(value)))
            return set_value(changed, f"{path}/data_fingerprint", taken)

        self.editor.apply(self.ui.t("undo.edit", field=self.caption), change)


def signed_documents(ui: UiContext, editor: CourseEditor) -> ItemList:
    """Return the list of signed copies (F01.16b)."""

    def fields(item: str) -> Sequence[Field]:
        return [
            SignedKindField(
                ui, editor, f"{item}/kind", ui.t("field.document.kind"), enum_choices(ui, DocumentKind), optional=False
            ),
            SignedFileField(ui, editor, f"{item}/file", ui.t("field.document.file"), kinds="*.pdf"),
            LineField(ui, editor, f"{item}/url", ui.t("field.document.url"), prose=False),
            TextsField(ui, editor, f"{item}/signed_by", ui.t("field.document.signed_by")),
            DateField(ui, editor, f"{item}/dated_on", ui.t("field.document.dated_on")),
            CheckField(ui, editor, f"{item}/stamped", ui.t("field.document.stamped")),
        ]

    def make() -> SignedDocument:
        return SignedDocument(id=new_id("d"), kind=DocumentKind.FORM_02)

    return ItemList(ui, editor, "documents", ui.t("field.documents"), fields, make)


def minutes(ui: UiContext, editor: CourseEditor) -> ItemList:
    """Return the list of extracts from minutes (10.7a, 13.DN.4)."""

    def fields(item: str) -> Sequence[Field]:
        return [
            ChoiceField(
                ui, editor, f"{item}/body", ui.t("field.minutes.body"), enum_choices(ui, MinutesBody), optional=False
            ),
            LineField(ui, editor, f"{item}/number", ui.t("field.minutes.number"), prose=False),
            DateField(ui, editor, f"{item}/dated_on", ui.t("field.minutes.dated_on")),
            FileField(ui, editor, f"{item}/file", ui.t("field.minutes.file"), kinds="*.pdf"),
        ]

    def make() -> MinutesExtract:
        return MinutesExtract(id=new_id("me"), body=MinutesBody.DEPARTMENT)

    return ItemList(ui, editor, "minutes", ui.t("field.minutes"), fields, make)


def contracts(ui: UiContext, editor: CourseEditor) -> list[ItemList]:
    """Return the rights contracts, one for each author (7.10b)."""

    def fields(item: str) -> Sequence[Field]:
        names = {author.id: author.full_name for author in editor.course.authors}
        who = names.get(item.rpartition("/")[2], "")
        return [
            LineField(ui, editor, f"{item}/contract/number", ui.t("field.contract.number", author=who), prose=False),
            DateField(ui, editor, f"{item}/contract/signed_on", ui.t("field.contract.signed_on")),
            FileField(ui, editor, f"{item}/contract/file", ui.t("field.contract.file"), kinds="*.pdf"),
        ]

    return [ItemList(ui, editor, "authors", ui.t("field.contracts"), fields, None, empty=ui.t("empty.contracts"))]


def remark_list(ui: UiContext, editor: CourseEditor, path: str, caption: str) -> ItemList:
    """Return a list of remarks with what became of each (13.AU.5)."""

    def fields(item: str) -> Sequence[Field]:
        return [
            TextField(ui, editor, f"{item}/text", ui.t("field.remark.text")),
            LineField(ui, editor, f"{item}/source", ui.t("field.remark.source")),
            CheckField(ui, editor, f"{item}/technical", ui.t("field.remark.technical")),
            TextField(ui, editor, f"{item}/resolution", ui.t("field.remark.resolution")),
            DateField(ui, editor, f"{item}/resolved_on", ui.t("field.remark.resolved_on")),
        ]

    return ItemList(ui, editor, path, caption, fields, lambda: Remark(id=new_id("rm")))
