"""Step 1: form 01, description and structure of the course."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.model.base import TextItem, new_id
from app.model.course import CourseContext, CourseLanguage, Difficulty, EducationLevel, ProgrammeKind
from app.model.finding import Finding
from app.model.people import Author
from app.model.structure import Outcome, OutcomeScope
from app.session.structure import remove_outcome
from app.ui.context import UiContext
from app.ui.fields import CheckField, ChoiceField, Field, LineField, NumberField, TextField, enum_choices
from app.ui.file_field import FileField
from app.ui.item_list import ItemList
from app.ui.open_course import OpenCourse
from app.ui.pages.attached_view import AttachedView
from app.ui.pages.base import ColumnPage
from app.ui.value_fields import DateField, DateTimeField, RecordingField, SetField, TextsField, TristateField


class DescriptionPage(ColumnPage):
    """The items of form 01 that the author writes, and the files that it asks for.

    Signals:
        wanted: element path of a field, here or on another page, to which the user wants to go.
    """

    wanted = Signal(str)

    def __init__(self, ui: UiContext, open_course: OpenCourse, parent: QWidget) -> None:
        super().__init__(ui, open_course, parent)
        self._open = open_course
        self._attached: AttachedView | None = None
        self.column.title(ui.t("step.description"), ui.t("description.note"))
        self.column.widget_at_end(self.ways_to("import"))
        self._identity()
        for make in (
            self._length, self._authors, self._content, self._outcomes, self._requisites,
            self._promo, self._first_recording, self._assessment, self._attached_files,
        ):  # fmt: skip
            self.column.later(make)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Mark the fields; files are looked at again when the rules are."""
        super().show_findings(findings)
        if self._attached is not None:
            self._attached.refresh()

    def _line(self, path: str, limit: str = "", *, prose: bool = True) -> LineField:
        return LineField(
            self.ui,
            self.editor,
            path,
            self.ui.t(f"field.{_key(path)}"),
            limit=self.ui.regulation.limits[limit] if limit else None,
            prose=prose,
        )

    def _text(self, path: str) -> TextField:
        return TextField(self.ui, self.editor, path, self.ui.t(f"field.{_key(path)}"))

    def _identity(self) -> None:
        ui, editor = self.ui, self.editor
        self.column.group(
            ui.t("description.identity"),
            [
                self._line("title", "title_chars"),
                self._line("university"),
                self._line("faculty"),
                self._line("department/name"),
                self._line("department/abbr", prose=False),
                self._line("department/head", prose=False),
                self._line("dean", prose=False),
                ChoiceField(ui, editor, "language", ui.t("field.language"), enum_choices(ui, CourseLanguage)),
                SetField(ui, editor, "contexts", ui.t("field.contexts"), enum_choices(ui, CourseContext)),
                ChoiceField(
                    ui, editor, "programme_kind", ui.t("field.programme_kind"), enum_choices(ui, ProgrammeKind)
                ),
                TextsField(ui, editor, "audience/programmes", ui.t("field.audience.programmes")),
                self._text("audience/description"),
                ChoiceField(ui, editor, "level", ui.t("field.level"), enum_choices(ui, Difficulty)),
                NumberField(ui, editor, "credits", ui.t("field.credits"), maximum=60, decimals=1),
                SetField(
                    ui,
                    editor,
                    "education_levels",
                    ui.t("field.education_levels"),
                    enum_choices(ui, EducationLevel),
                ),
                TextsField(ui, editor, "uses", ui.t("field.uses")),
            ],
        )

    def _length(self) -> None:
        ui, editor = self.ui, self.editor
        self.column.group(
            ui.t("description.length"),
            [
                self._line("general_education_curriculum"),
                self._line("series/title"),
                TextsField(ui, editor, "series/course_titles", ui.t("field.series.course_titles")),
            ],
        )

    def _authors(self) -> None:
        ui, editor = self.ui, self.editor

        def fields(path: str) -> Sequence[Field]:
            names = ("full_name", "workplace", "position", "degree", "title", "email")
            names_only = ("full_name", "email")
            lines = [
                LineField(ui, editor, f"{path}/{name}", ui.t(f"field.author.{name}"), prose=name not in names_only)
                for name in names
            ]
            declared = [
                CheckField(ui, editor, f"{path}/{name}", ui.t(f"field.author.{name}"))
                for name in ("no_degree", "no_title")
            ]
            photo = FileField(ui, editor, f"{path}/photo", ui.t("field.author.photo"), kinds="*.jpg *.jpeg *.png")
            return [*lines[:4], declared[0], lines[4], declared[1], lines[5], photo]

        authors = ItemList(ui, editor, "authors", ui.t("field.authors"), fields, lambda: Author(id=new_id("a")))
        self.column.group(ui.t("description.authors"), [authors])

    def _text_items(self, path: str, prefix: str) -> ItemList:
        ui, editor = self.ui, self.editor
        caption = ui.t(f"field.{path}")
        return ItemList(
            ui,
            editor,
            path,
            caption,
            lambda item: [TextField(ui, editor, f"{item}/text", ui.t(f"field.{path}.one"))],
            lambda: TextItem(id=new_id(prefix)),
        )

    def _content(self) -> None:
        self._content_box = self.column.group(
            self.ui.t("description.content"),
            [
                self._line("annotation", "annotation_chars"),
                self._text("description"),
                self._text("goal"),
                self._text_items("objectives", "ob"),
            ],
        )

    def _outcomes(self) -> None:
        ui, editor = self.ui, self.editor
        outcomes = ItemList(
            ui,
            editor,
            "outcomes",
            ui.t("field.course_outcomes"),
            lambda item: [
                TextField(ui, editor, f"{item}/text", ui.t("field.outcome.text")),
                LineField(ui, editor, f"{item}/competence", ui.t("field.outcome.competence")),
            ],
            lambda: Outcome(id=new_id("oc"), scope=OutcomeScope.COURSE),
            lambda item: isinstance(item, Outcome) and item.scope is OutcomeScope.COURSE,
            remove_outcome,
        )
        self.column.fill(self._content_box, [outcomes])

    def _requisites(self) -> None:
        ui, editor = self.ui, self.editor
        self.column.fill(
            self._content_box,
            [
                self._text_items("prerequisites", "pr"),
                CheckField(ui, editor, "no_prerequisites", ui.t("field.no_prerequisites")),
                self._text_items("postrequisites", "po"),
                CheckField(ui, editor, "no_postrequisites", ui.t("field.no_postrequisites")),
            ],
        )

    def _promo(self) -> None:
        ui, editor = self.ui, self.editor
        ticks = [
            TristateField(ui, editor, f"promo/checklist/{name}", ui.t(f"field.promo.{name}"))
            for name in ("features", "difficulties", "skills", "benefit")
        ]
        self.column.group(
            ui.t("description.promo"),
            [
                self._line("promo/booking/room", prose=False),
                DateTimeField(ui, editor, "promo/booking/starts_at", ui.t("field.promo.booking.starts_at")),
                self._line("promo/booking/agreed_with", prose=False),
                *ticks,
            ],
        )

    def _first_recording(self) -> None:
        ui, editor = self.ui, self.editor
        self.column.group(
            ui.t("description.first_recording"),
            [
                RecordingField(ui, editor, "first_recording/recording_id", ui.t("field.first_recording.recording_id")),
                DateField(ui, editor, "first_recording/sent_on", ui.t("field.first_recording.sent_on")),
                DateField(ui, editor, "first_recording/checked_on", ui.t("field.first_recording.checked_on")),
                TristateField(ui, editor, "first_recording/accepted", ui.t("field.first_recording.accepted")),
                TextsField(ui, editor, "first_recording/remarks", ui.t("field.first_recording.remarks")),
            ],
        )

    def _assessment(self) -> None:
        names = ("certificate_info", "description", "checking_terms", "indicators", "criteria", "scales", "procedures")
        texts = [self._text(f"assessment/{name}") for name in (*names, "feedback_plan")]
        threshold = NumberField(
            self.ui,
            self.editor,
            "assessment/certificate_from_pct",
            self.ui.t("field.assessment.certificate_from_pct"),
            maximum=100,
            decimals=1,
            suffix="%",
        )
        self.column.group(self.ui.t("description.assessment"), [texts[0], threshold, *texts[1:]])

    def _attached_files(self) -> None:
        self._attached = AttachedView(self.ui, self._open)
        self._attached.wanted.connect(self.wanted)
        self.column.group(self.ui.t("description.attached"), [], self._attached)
        self._attached.refresh()


def _key(path: str) -> str:
    return path.replace("/", ".")
