"""Step 4: materials of each lecture; links and licences, glossary, literature, reference materials of the course."""

from collections.abc import Sequence

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from app.model.base import TextItem, new_id
from app.model.finding import Finding
from app.model.papers import Material
from app.model.teaching import GlossaryEntry, GlossaryKind, Reference
from app.model.views import numbered_lessons
from app.ui.context import UiContext
from app.ui.editing import CourseEditor
from app.ui.fields import CheckField, ChoiceField, Field, LineField, NumberField, TextField, enum_choices
from app.ui.file_field import FileField
from app.ui.item_list import ItemList
from app.ui.pages.base import ColumnPage, Page
from app.ui.pages.lecture_materials import LectureMaterials
from app.ui.pages.reference_place import ReferencePlaceField
from app.ui.widgets import label


class CommonMaterials(ColumnPage):
    """Lists that are not tied to one lecture."""

    def __init__(self, ui: UiContext, editor: CourseEditor, parent: QWidget) -> None:
        super().__init__(ui, editor, parent)
        self.column.widget_at_end(label(ui.t("materials.note"), "muted"))
        folder = LineField(ui, editor, "materials_folder_url", ui.t("field.materials_folder_url"), prose=False)
        self.column.group(ui.t("materials.links"), [folder, self._materials()], self.ways_to("links"))
        self.column.group(ui.t("materials.glossary"), [self._glossary()], self.ways_to("glossary"))
        self.column.group(ui.t("materials.references"), [self._references()], self.ways_to("literature"))
        use_of_ai = TextField(ui, editor, "ai_use", ui.t("field.ai_use"))
        self.column.group(ui.t("materials.reference_materials"), [self._reference_materials(), use_of_ai])

    def _materials(self) -> ItemList:
        ui, editor = self.ui, self.editor

        def fields(item: str) -> Sequence[Field]:
            lessons: list[tuple[object, str]] = [
                (lesson.id, ui.t("programme.lesson_row", n=number, title=lesson.title))
                for number, _, lesson in numbered_lessons(editor.course)
            ]
            return [
                LineField(ui, editor, f"{item}/title", ui.t("field.material.title")),
                LineField(ui, editor, f"{item}/url", ui.t("field.material.url"), prose=False),
                CheckField(ui, editor, f"{item}/third_party", ui.t("field.material.third_party")),
                LineField(ui, editor, f"{item}/source", ui.t("field.material.source")),
                LineField(ui, editor, f"{item}/licence", ui.t("field.material.licence")),
                ChoiceField(ui, editor, f"{item}/lesson_id", ui.t("field.material.lesson_id"), lessons),
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
            return [
                TextField(ui, editor, f"{item}/citation", ui.t("field.reference.citation")),
                LineField(ui, editor, f"{item}/url", ui.t("field.reference.url"), prose=False),
                NumberField(ui, editor, f"{item}/year", ui.t("field.reference.year"), maximum=2100),
                ReferencePlaceField(ui, editor, item),
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


class MaterialsPage(Page):
    """The materials of each lecture, and the lists that belong to the whole course."""

    def __init__(self, ui: UiContext, editor: CourseEditor, parent: QWidget) -> None:
        super().__init__(ui, editor, parent)
        self._findings: Sequence[Finding] = ()
        self._common: CommonMaterials | None = None
        self._common_place = QWidget()
        self._common_column = QVBoxLayout(self._common_place)
        self._common_column.setContentsMargins(0, 0, 0, 0)
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.tabBar().setDrawBase(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        title = label(ui.t("step.materials"), "title")
        title.setContentsMargins(14, 0, 12, 0)
        layout.addWidget(title)
        layout.addWidget(self._tabs, 1)
        self.lectures = LectureMaterials(ui, editor)
        self.lectures.chose.connect(self.part_chosen)
        self._tabs.addTab(self.lectures, ui.t("materials.lectures"))
        self._tabs.addTab(self._common_place, ui.t("materials.common"))
        ui.remember(self._tabs, "materials_view")
        self._tabs.currentChanged.connect(lambda _: self._show_current())

    @property
    def common(self) -> CommonMaterials:
        """The course's own lists; with all their entries they are made when they are first looked at."""
        if self._common is None:
            self._common = CommonMaterials(self.ui, self.editor, self._common_place)
            self._common.tool_wanted.connect(self.tool_wanted)
            self._common_column.addWidget(self._common)
        return self._common

    @property
    def part(self) -> str:
        """The id of the lecture that is chosen."""
        return self.lectures.chosen.rpartition("/")[2]

    def show_view(self, view: LectureMaterials | CommonMaterials) -> None:
        """Bring a view to the front."""
        self._tabs.setCurrentWidget(self.lectures if view is self.lectures else self._common_place)

    def refresh(self) -> None:
        """Show the course as it is now."""
        self._view().refresh()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Mark fields and rows."""
        self._findings = findings
        self._view().show_findings(findings)

    def reveal(self, element: str) -> bool:
        """Go to the view that holds an element and focus its field."""
        view = self.lectures if element.startswith("modules") else self.common
        self.show_view(view)
        return view.reveal(element)

    def _view(self) -> LectureMaterials | CommonMaterials:
        return self.lectures if self._tabs.currentWidget() is self.lectures else self.common

    def _show_current(self) -> None:
        self.refresh()
        self.show_findings(self._findings)
