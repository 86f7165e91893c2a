"""Step 7: dates, announcements, platform, support, studio sessions: everything with a day."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.model.base import new_id
from app.model.finding import Finding
from app.model.papers import RecordingSession
from app.model.teaching import Announcement, AnnouncementKind, SupportEntry
from app.ui.context import UiContext
from app.ui.date_conflicts import DateConflicts
from app.ui.editing import CourseEditor
from app.ui.fields import ChoiceField, Field, LineField, TextField, enum_choices
from app.ui.file_field import FileField
from app.ui.item_list import ItemList
from app.ui.pages.base import ColumnPage
from app.ui.pages.checklists import form_07_fields
from app.ui.pages.days_off import DaysOff
from app.ui.timeline import Timeline
from app.ui.value_fields import DateField, DateTimeField, TextsField, TristateField


class SchedulePage(ColumnPage):
    """The course's dates."""

    def __init__(self, ui: UiContext, editor: CourseEditor, parent: QWidget) -> None:
        super().__init__(ui, editor, parent)
        self.column.title(ui.t("step.schedule"), ui.t("schedule.note"))
        self._timeline = Timeline(ui)
        self._timeline.path_chosen.connect(self.reveal)
        self.column.widget_at_end(self.ways_to("schedule"))
        self.column.widget_at_end(self._timeline)
        self._timeline.show_course(editor.course)
        self._conflicts = DateConflicts(ui)
        self._conflicts.path_chosen.connect(self.reveal)
        self.column.widget_at_end(self._conflicts)
        self._conflicts.show_course(editor.course)
        self._dates("schedule", ("start", "end", "enrol_open", "enrol_close", "enrol_hard_close"), "schedule.course")
        self.column.group(ui.t("schedule.working_days"), [], DaysOff(ui, editor))
        self.column.group(ui.t("schedule.sections"), [self._sections()])
        self.column.group(ui.t("schedule.announcements"), [self._announcements()])
        self._dates("deadlines", ("work_programme", "materials", "recording", "submission", "set_on"), "schedule.terms")
        self.column.group(ui.t("schedule.sessions"), [self._sessions()])
        self._platform()

    def refresh(self) -> None:
        """Show the course's current values and their picture."""
        super().refresh()
        self._timeline.show_course(self.editor.course)
        self._conflicts.show_course(self.editor.course)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Mark the fields and list what the rules say of the dates."""
        super().show_findings(findings)
        self._conflicts.show_findings(findings)

    def _dates(self, owner: str, names: Sequence[str], caption: str) -> None:
        fields: list[Field] = [
            DateField(self.ui, self.editor, f"{owner}/{name}", self.ui.t(f"field.{owner}.{name}")) for name in names
        ]
        if owner == "deadlines":
            fields.append(
                LineField(self.ui, self.editor, "deadlines/set_by", self.ui.t("field.deadlines.set_by"), prose=False)
            )
        self.column.group(self.ui.t(caption), fields)

    def _sections(self) -> ItemList:
        ui, editor = self.ui, self.editor

        def fields(item: str) -> Sequence[Field]:
            ids = [module.id for module in editor.course.modules]
            number = ids.index(item.rpartition("/")[2]) + 1
            return [
                DateField(ui, editor, f"{item}/opens_on", ui.t("field.module.opens_on", n=number)),
                DateField(ui, editor, f"{item}/closes_on", ui.t("field.module.closes_on", n=number)),
                DateField(ui, editor, f"{item}/weekly_message/send_on", ui.t("field.module.send_on", n=number)),
            ]

        return ItemList(ui, editor, "modules", ui.t("field.sections"), fields, None, empty=ui.t("empty.sections"))

    def _announcements(self) -> ItemList:
        ui, editor = self.ui, self.editor
        kinds = enum_choices(ui, AnnouncementKind)

        def fields(item: str) -> Sequence[Field]:
            return [
                ChoiceField(ui, editor, f"{item}/kind", ui.t("field.announcement.kind"), kinds, optional=False),
                DateField(ui, editor, f"{item}/planned_on", ui.t("field.announcement.planned_on")),
                DateField(ui, editor, f"{item}/done_on", ui.t("field.announcement.done_on")),
                LineField(ui, editor, f"{item}/url", ui.t("field.announcement.url"), prose=False),
            ]

        def make() -> Announcement:
            return Announcement(id=new_id("an"), kind=AnnouncementKind.LETTER)

        return ItemList(ui, editor, "announcements", ui.t("field.announcements"), fields, make)

    def _sessions(self) -> ItemList:
        ui, editor = self.ui, self.editor

        def fields(item: str) -> Sequence[Field]:
            return [
                LineField(ui, editor, f"{item}/room", ui.t("field.session.room"), prose=False),
                DateTimeField(ui, editor, f"{item}/starts_at", ui.t("field.session.starts_at")),
                DateTimeField(ui, editor, f"{item}/arrived_at", ui.t("field.session.arrived_at")),
                LineField(ui, editor, f"{item}/agreed_with", ui.t("field.session.agreed_with"), prose=False),
                DateField(ui, editor, f"{item}/materials_sent_on", ui.t("field.session.materials_sent_on")),
                TristateField(ui, editor, f"{item}/fullscreen_slideshow", ui.t("field.session.fullscreen_slideshow")),
                TristateField(ui, editor, f"{item}/edit_reviewed", ui.t("field.session.edit_reviewed")),
                FileField(ui, editor, f"{item}/test_clip", ui.t("field.session.test_clip")),
                *form_07_fields(ui, editor, item),
            ]

        def make() -> RecordingSession:
            return RecordingSession(id=new_id("se"), room=ui.regulation.settings.studio_room)

        return ItemList(ui, editor, "sessions", ui.t("field.sessions"), fields, make)

    def _platform(self) -> None:
        ui, editor = self.ui, self.editor
        self.column.group(
            ui.t("schedule.platform"),
            [
                LineField(ui, editor, "platform/name", ui.t("field.platform.name")),
                LineField(ui, editor, "platform/course_url", ui.t("field.platform.course_url"), prose=False),
                DateField(ui, editor, "platform/placed_on", ui.t("field.platform.placed_on")),
                DateField(ui, editor, "platform/access_opened_on", ui.t("field.platform.access_opened_on")),
                TextsField(ui, editor, "support/responsible", ui.t("field.support.responsible")),
                LineField(ui, editor, "support/assistant", ui.t("field.support.assistant"), prose=False),
                TextsField(ui, editor, "support/question_list", ui.t("field.support.question_list")),
                TextsField(ui, editor, "platform/author_accounts", ui.t("field.platform.author_accounts")),
                LineField(ui, editor, "platform/forum_url", ui.t("field.platform.forum_url"), prose=False),
                FileField(ui, editor, "analysis_report/file", ui.t("field.analysis_report.file")),
                self._support_log(),
                DateField(ui, editor, "analysis_report/submitted_on", ui.t("field.analysis_report.submitted_on")),
                TextField(ui, editor, "general_recommendations", ui.t("field.general_recommendations")),
            ],
        )

    def _support_log(self) -> ItemList:
        ui, editor = self.ui, self.editor

        def fields(item: str) -> Sequence[Field]:
            return [
                DateField(ui, editor, f"{item}/on", ui.t("field.support.on")),
                LineField(ui, editor, f"{item}/kind", ui.t("field.support.kind")),
                TextField(ui, editor, f"{item}/note", ui.t("field.support.note")),
            ]

        return ItemList(
            ui, editor, "support/log", ui.t("field.support.log"), fields, lambda: SupportEntry(id=new_id("su"))
        )
