"""Step 4: what goes with the lectures: links and licences, glossary, literature, reference materials."""

from collections.abc import Sequence

from app.model.base import TextItem, new_id
from app.model.papers import Material
from app.model.teaching import GlossaryEntry, GlossaryKind, Reference, ReferenceScope
from app.ui.context import UiContext
from app.ui.editing import CourseEditor
from app.ui.fields import CheckField, ChoiceField, Field, LineField, NumberField, TextField, enum_choices
from app.ui.file_field import FileField
from app.ui.item_list import ItemList
from app.ui.pages.base import ColumnPage


class MaterialsPage(ColumnPage):
    """Lists that are not tied to one lecture; the lectures' own materials stand with the lectures in step 2."""

    def __init__(self, ui: UiContext, editor: CourseEditor) -> None:
        super().__init__(ui, editor)
        self.column.title(ui.t("step.materials"), ui.t("materials.note"))
        folder = LineField(ui, editor, "materials_folder_url", ui.t("field.materials_folder_url"))
        self.column.group(ui.t("materials.links"), [folder, self._materials()])
        self.column.group(ui.t("materials.glossary"), [self._glossary()])
        self.column.group(ui.t("materials.references"), [self._references()])
        use_of_ai = TextField(ui, editor, "ai_use", ui.t("field.ai_use"))
        self.column.group(ui.t("materials.reference_materials"), [self._reference_materials(), use_of_ai])

    def _materials(self) -> ItemList:
        ui, editor = self.ui, self.editor

        def fields(item: str) -> Sequence[Field]:
            return [
                LineField(ui, editor, f"{item}/title", ui.t("field.material.title")),
                LineField(ui, editor, f"{item}/url", ui.t("field.material.url")),
                CheckField(ui, editor, f"{item}/third_party", ui.t("field.material.third_party")),
                LineField(ui, editor, f"{item}/source", ui.t("field.material.source")),
                LineField(ui, editor, f"{item}/licence", ui.t("field.material.licence")),
                FileField(ui, editor, f"{item}/file", ui.t("field.material.file")),
            ]

        return ItemList(ui, editor, "materials", ui.t("field.materials"), fields, lambda: Material(id=new_id("mt")))

    def _glossary(self) -> ItemList:
        ui, editor = self.ui, self.editor

        def fields(item: str) -> Sequence[Field]:
            kinds = enum_choices(ui, GlossaryKind)
            return [
                LineField(ui, editor, f"{item}/term", ui.t("field.glossary.term")),
                ChoiceField(ui, editor, f"{item}/kind", ui.t("field.glossary.kind"), kinds, optional=False),
                TextField(ui, editor, f"{item}/definition", ui.t("field.glossary.definition")),
            ]

        return ItemList(ui, editor, "glossary", ui.t("field.glossary"), fields, lambda: GlossaryEntry(id=new_id("g")))

    def _references(self) -> ItemList:
        ui, editor = self.ui, self.editor

        def fields(item: str) -> Sequence[Field]:
            scopes = enum_choices(ui, ReferenceScope)
            return [
                TextField(ui, editor, f"{item}/citation", ui.t("field.reference.citation")),
                LineField(ui, editor, f"{item}/url", ui.t("field.reference.url")),
                NumberField(ui, editor, f"{item}/year", ui.t("field.reference.year"), maximum=2100),
                ChoiceField(ui, editor, f"{item}/scope", ui.t("field.reference.scope"), scopes, optional=False),
            ]

        return ItemList(ui, editor, "references", ui.t("field.references"), fields, lambda: Reference(id=new_id("r")))

    def _reference_materials(self) -> ItemList:
        ui, editor = self.ui, self.editor
        return ItemList(
            ui,
            editor,
            "reference_materials",
            ui.t("field.reference_materials"),
            lambda item: [TextField(ui, editor, f"{item}/text", ui.t("field.reference_materials.one"))],
            lambda: TextItem(id=new_id("rm")),
        )
