"""A source from its fields, described as GOST asks, for a lecture, a module or the whole course; the list in order."""

from datetime import date

from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from app.model.base import new_id
from app.model.teaching import Reference
from app.model.texts import Lang
from app.session.citation import SourceFields, SourceKind, citation, ordered_references
from app.session.edit import insert
from app.ui.author_tools.base import ToolContext, ToolDialog, action_button
from app.ui.pages.reference_place import reference_places
from app.ui.widgets import QuietComboBox, label, resize_within_screen

_FIELDS: dict[SourceKind, tuple[str, ...]] = {
    SourceKind.BOOK: ("authors", "title", "remainder", "city", "publisher", "year", "volume", "pages", "url", "doi"),
    SourceKind.ARTICLE: ("authors", "title", "container", "year", "volume", "number", "pages", "url", "doi"),
    SourceKind.CHAPTER: ("authors", "title", "container", "city", "publisher", "year", "pages", "url", "doi"),
    SourceKind.LAW: ("title", "remainder", "year", "number", "url"),
    SourceKind.WEB: ("authors", "title", "container", "year", "url"),
}
"""Fields that a kind of source has; the others are hidden and not used."""
LITERATURE_FIELDS = (
    *("authors", "title", "remainder", "container", "city", "publisher"),
    *("year", "volume", "number", "pages", "url", "doi"),
)
"""All fields in the order in which they are asked."""


class LiteratureDialog(ToolDialog):
    """Fields on top, the description as it will stand below them."""

    def __init__(self, tools: ToolContext, parent: QWidget) -> None:
        super().__init__(tools, "literature", parent)
        ui = self.ui
        self._kind = QuietComboBox()
        for kind in SourceKind:
            self._kind.addItem(ui.t(f"tools.literature.kind.{kind.value}"), kind)
        self._lang = QuietComboBox()
        for lang in Lang:
            self._lang.addItem(ui.t(f"choice.CourseLanguage.{lang.value}"), lang)
        course_lang = tools.open_course.course.language
        if course_lang is not None:
            self._lang.setCurrentIndex(self._lang.findData(Lang(course_lang)))
        self._scope = QuietComboBox()
        self._fill_scopes()
        self._edits: dict[str, QLineEdit] = {}
        self._rows: dict[str, tuple[QWidget, QWidget]] = {}
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        for row, (caption, box) in enumerate(
            (
                (ui.t("tools.literature.kind_of"), self._kind),
                (ui.t("tools.literature.language"), self._lang),
                (ui.t("tools.literature.scope"), self._scope),
            )
        ):
            self._add_row(grid, row, caption, box)
        for row, name in enumerate(LITERATURE_FIELDS, start=3):
            edit = QLineEdit()
            edit.textChanged.connect(lambda _: self._draw())
            edit.returnPressed.connect(self._add_by_key)
            self._edits[name] = edit
            self._rows[name] = self._add_row(grid, row, ui.t(f"tools.literature.field.{name}"), edit)
        self._edits["authors"].setPlaceholderText(ui.t("tools.literature.authors_hint"))
        self.column.addLayout(grid)
        self.column.addStretch(1)
        self.column.addWidget(label(ui.t("tools.literature.result"), "label"))
        self._shown = QPlainTextEdit()
        self._shown.setReadOnly(True)
        self._shown.setAccessibleName(ui.t("tools.literature.result"))
        self._shown.setMaximumHeight(76)
        self.column.addWidget(self._shown)
        self._add = action_button(ui.t("tools.literature.add"), self._append, primary=True)
        self._order = action_button(ui.t("tools.literature.order"), self._sort)
        self.add_foot(self._order, self._add)
        resize_within_screen(self, 760, 660)
        self._kind.currentIndexChanged.connect(lambda _: self._show_fields())
        self._lang.currentIndexChanged.connect(lambda _: self._draw())
        tools.open_course.changed.connect(self._show_order)
        self._show_fields()
        self._show_order()

    def _add_row(self, grid: QGridLayout, row: int, caption: str, widget: QWidget) -> tuple[QWidget, QWidget]:
        words = label(caption, "label")
        words.setWordWrap(False)
        widget.setAccessibleName(caption)
        grid.addWidget(words, row, 0)
        grid.addWidget(widget, row, 1)
        return words, widget

    def _fill_scopes(self) -> None:
        for place, name in reference_places(self.ui, self.tools.open_course.course):
            self._scope.addItem(name, place)

    def _show_fields(self) -> None:
        own = _FIELDS[_chosen(self._kind)]
        for name, widgets in self._rows.items():
            for widget in widgets:
                widget.setVisible(name in own)
        self._draw()

    def _source(self) -> SourceFields:
        own = _FIELDS[_chosen(self._kind)]
        texts = {name: self._edits[name].text().strip() if name in own else "" for name in LITERATURE_FIELDS}
        year = texts.pop("year")
        authors = tuple(name.strip() for name in texts.pop("authors").split(";") if name.strip())
        today = date.today()  # noqa: DTZ011 - the user's own calendar day
        return SourceFields(
            _chosen(self._kind),
            authors,
            title=texts["title"],
            remainder=texts["remainder"],
            container=texts["container"],
            city=texts["city"],
            publisher=texts["publisher"],
            year=int(year) if year.isdigit() and len(year) == 4 else None,
            volume=texts["volume"],
            number=texts["number"],
            pages=texts["pages"],
            url=texts["url"],
            doi=texts["doi"],
            accessed_on=today if texts["url"] else None,
        )

    def _draw(self) -> None:
        source = self._source()
        self._shown.setPlainText(citation(source, self.ui.texts, Lang(self._lang.currentData())))
        self._add.setEnabled(bool(source.title) and not self.tools.open_course.read_only)

    def _add_by_key(self) -> None:
        """Add the source by Enter, as the button does where there is something to add."""
        self._add.click()

    def _append(self) -> None:
        source = self._source()
        scope, target_id = self._scope.currentData()
        made = Reference(
            id=new_id("r"),
            citation=self._shown.toPlainText(),
            url=source.url,
            year=source.year,
            scope=scope,
            target_id=target_id,
        )
        step = self.ui.t("tools.literature.step_add")
        self.tools.open_course.apply(step, lambda course: insert(course, "references", made))
        for edit in self._edits.values():
            edit.clear()
        self._edits["authors" if "authors" in _FIELDS[source.kind] else "title"].setFocus()
        self.say(self.ui.t("tools.literature.added", n=len(self.tools.open_course.course.references)), "good")

    def _show_order(self) -> None:
        course = self.tools.open_course.course
        ordered = ordered_references(course) is course
        self._order.setEnabled(not ordered and not self.tools.open_course.read_only)
        self._order.setToolTip(self.ui.t("tools.literature.is_ordered" if ordered else "tools.literature.order_tip"))

    def _sort(self) -> None:
        self.tools.open_course.apply(self.ui.t("tools.literature.step_order"), ordered_references)
        self.say(self.ui.t("tools.literature.ordered"), "good")


def _chosen(box: QComboBox) -> SourceKind:
    return SourceKind(box.currentData())
