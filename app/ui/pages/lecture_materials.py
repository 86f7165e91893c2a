"""The materials of each lecture: presentation, how the video is made, self-study items by kind (11.1.1–11.1.4)."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QSplitter, QVBoxLayout, QWidget

from app.model.base import Model, TextItem, new_id
from app.model.finding import Finding, Status
from app.model.structure import SelfStudyItem, SelfStudyKind, VideoElements, VideoFormat
from app.model.views import lesson_path, numbered_lessons
from app.session.edit import get_value
from app.ui.context import UiContext
from app.ui.editing import CourseEditor
from app.ui.fields import CheckField, ChoiceField, Field, LineField, NumberField, TextField, enum_choices
from app.ui.file_field import FileField
from app.ui.item_list import ItemList
from app.ui.pages.base import FORM_MIN_WIDTH_PX, FieldColumn
from app.ui.widgets import label, show_row


class LectureMaterials(QWidget):
    """Lectures on the left, the chosen one's materials on the right.

    Signals:
        chose: another lecture is chosen.
    """

    chose = Signal()

    def __init__(self, ui: UiContext, editor: CourseEditor) -> None:
        super().__init__()
        self.ui = ui
        self.editor = editor
        self._findings: Sequence[Finding] = ()
        self._paths: list[str] = []
        self._shown: str | None = None
        self._form: FieldColumn | None = None
        self._empty = label(ui.t("lecture.empty"), "muted")
        self._empty.setContentsMargins(14, 14, 14, 14)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._list = QListWidget()
        self._list.setAccessibleName(ui.t("lecture.list"))
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.currentRowChanged.connect(self._on_row)
        right = QWidget()
        self._right = QHBoxLayout(right)
        right.setMinimumWidth(FORM_MIN_WIDTH_PX)
        self._right.setContentsMargins(0, 0, 0, 0)
        self._splitter = QSplitter()
        self._splitter.addWidget(self._list)
        self._splitter.addWidget(right)
        self._splitter.setSizes([220, 540])
        for place in range(2):
            self._splitter.setCollapsible(place, False)
        ui.remember(self._splitter, "lecture_materials")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 0, 0)
        layout.addWidget(self._empty)
        layout.addWidget(self._splitter, 1)
        self.refresh()

    @property
    def chosen(self) -> str:
        """The element path of the chosen lecture, empty where there is none."""
        return self._shown or ""

    def refresh(self) -> None:
        """Show lectures and fields as the course has them now."""
        lessons = list(numbered_lessons(self.editor.course))
        paths = [lesson_path(module, lesson) for _, module, lesson in lessons]
        untitled = self.ui.t("programme.untitled")
        texts = [self.ui.t("programme.lesson_row", n=n, title=lesson.title or untitled) for n, _, lesson in lessons]
        self._empty.setVisible(not paths)
        self._splitter.setVisible(bool(paths))
        if paths != self._paths:
            self._paths = paths
            self._list.blockSignals(True)
            self._list.clear()
            self._list.addItems(texts)
            row = paths.index(self._shown) if self._shown in paths else 0
            self._list.setCurrentRow(row)
            self._list.blockSignals(False)
            self._on_row(row if paths else -1)
            self._mark()
        for row, text in enumerate(texts):
            show_row(self._list, row, text)
        if self._form is not None:
            self._form.refresh()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Mark lectures and fields."""
        self._findings = findings
        self._mark()
        if self._form is not None:
            self._form.show_findings(findings)

    def reveal(self, element: str) -> bool:
        """Choose the lecture of an element and focus its field."""
        path = "/".join(element.split("/")[:4])
        if path not in self._paths:  # the whole course, or a module: its first lecture
            row = next((n for n, known in enumerate(self._paths) if known.startswith(f"{path}/")), 0)
            self._list.setCurrentRow(row)
            self._list.setFocus()
            return True
        self._list.setCurrentRow(self._paths.index(path))
        return self._form is not None and (self._form.reveal(element) or self._form.reveal_first())

    def _mark(self) -> None:
        bad = {
            "/".join(f.element.split("/")[:4])
            for f in self._findings
            if f.status is Status.FAIL and is_material(f.element)
        }
        for row, path in enumerate(self._paths):
            font = self._list.item(row).font()
            font.setBold(path in bad)
            self._list.item(row).setFont(font)

    def _on_row(self, row: int) -> None:
        path = self._paths[row] if 0 <= row < len(self._paths) else None
        if path == self._shown:
            return
        self._shown = path
        old, self._form = self._form, None
        if path is not None:
            self._form = lecture_form(self.ui, self.editor, path)
            self._form.show_findings(self._findings)
            self._right.addWidget(self._form)
        if old is not None:
            self._right.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.chose.emit()


def is_material(element: str) -> bool:
    """Tell whether an element path belongs to a lecture's materials."""
    parts = element.split("/")
    if len(parts) < 5 or parts[0] != "modules" or parts[2] != "lessons":
        return False
    return parts[4] in ("presentation", "self_study", "questions") or (
        parts[4] == "video" and len(parts) > 5 and parts[5] in ("format", "camera_count", "elements")
    )


def lecture_form(ui: UiContext, editor: CourseEditor, path: str) -> FieldColumn:
    """Return the fields of a lecture's materials."""
    column = FieldColumn(ui)
    lesson = get_value(editor.course, path)
    column.title(lesson.title or ui.t("programme.untitled"), ui.t("lecture.note"))
    questions = ItemList(
        ui,
        editor,
        f"{path}/questions",
        ui.t("field.lesson.questions"),
        lambda item: [LineField(ui, editor, f"{item}/text", ui.t("field.lesson.question"))],
        lambda: TextItem(id=new_id("lq")),
    )
    slides = FileField(ui, editor, f"{path}/presentation", ui.t("field.lesson.presentation"), kinds="*.pptx *.pdf")
    column.group(ui.t("lecture.presentation"), [slides, questions])
    formats = enum_choices(ui, VideoFormat)
    elements = [
        CheckField(ui, editor, f"{path}/video/elements/{name}", ui.t(f"field.video.element.{name}"))
        for name in VideoElements.model_fields
    ]
    column.group(
        ui.t("lecture.video"),
        [
            ChoiceField(ui, editor, f"{path}/video/format", ui.t("field.video.format"), formats, optional=False),
            NumberField(ui, editor, f"{path}/video/camera_count", ui.t("field.video.camera_count"), maximum=20),
            *elements,
        ],
    )
    for kind in SelfStudyKind:
        column.group(ui.t(f"choice.SelfStudyKind.{kind.value}"), [_of_kind(ui, editor, path, kind)])
    script = TextField(ui, editor, f"{path}/script", ui.t("field.lesson.script"))
    column.group(ui.t("lecture.script"), [script])
    return column


def _of_kind(ui: UiContext, editor: CourseEditor, path: str, kind: SelfStudyKind) -> ItemList:
    """Return the self-study items of one kind; a link has an address, the others a file or an address."""

    def fields(item: str) -> Sequence[Field]:
        file = FileField(ui, editor, f"{item}/file", ui.t("field.self_study.file"), kinds="*.pdf")
        return [
            LineField(ui, editor, f"{item}/title", ui.t("field.self_study.title")),
            *([] if kind is SelfStudyKind.LINK else [file]),
            LineField(ui, editor, f"{item}/url", ui.t("field.self_study.url"), prose=False),
        ]

    def belongs(item: Model) -> bool:
        return isinstance(item, SelfStudyItem) and item.kind is kind

    def make() -> SelfStudyItem:
        return SelfStudyItem(id=new_id("s"), kind=kind)

    caption = ui.t(f"choice.SelfStudyKind.{kind.value}")
    return ItemList(ui, editor, f"{path}/self_study", caption, fields, make, belongs)
