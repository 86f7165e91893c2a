"""The questionnaires before and after the course, each with its questions."""

from collections.abc import Sequence

from app.model.base import new_id
from app.model.teaching import Survey, SurveyQuestion, SurveyTopic, SurveyWhen
from app.ui.context import UiContext
from app.ui.editing import CourseEditor
from app.ui.fields import ChoiceField, Field, TextField, enum_choices
from app.ui.item_list import ItemList
from app.ui.pages.nested_lists import NestedLists
from app.ui.value_fields import DateField, TextsField


def survey_list(ui: UiContext, editor: CourseEditor) -> ItemList:
    """Return the list of the questionnaires themselves."""
    whens = enum_choices(ui, SurveyWhen)

    def fields(item: str) -> Sequence[Field]:
        return [
            ChoiceField(ui, editor, f"{item}/when", ui.t("field.survey.when"), whens, optional=False),
            DateField(ui, editor, f"{item}/ready_on", ui.t("field.survey.ready_on")),
        ]

    def fresh() -> Survey:
        """Return the questionnaire that is not there yet."""
        taken = {survey.when for survey in editor.course.surveys}
        missing = next((when for when in SurveyWhen if when not in taken), SurveyWhen.ENTRY)
        return Survey(id=new_id("s"), when=missing)

    return ItemList(ui, editor, "surveys", ui.t("field.surveys"), fields, fresh)


class SurveyQuestions(NestedLists[tuple[str, SurveyWhen]]):
    """The questions of each questionnaire with their number and the largest allowed (12.10.1b)."""

    def owners(self) -> Sequence[tuple[str, SurveyWhen]]:
        """Return the questionnaires."""
        return [(survey.id, survey.when) for survey in self.editor.course.surveys]

    def make(self, owner: tuple[str, SurveyWhen]) -> ItemList:
        """Return the questions of one questionnaire."""
        ui, editor = self.ui, self.editor
        survey_id, when = owner
        topics = enum_choices(ui, SurveyTopic)
        said = ui.t(f"choice.SurveyWhen.{when.value}")
        return ItemList(
            ui,
            editor,
            f"surveys/{survey_id}/questions",
            ui.t("field.survey.questions", when=said[:1].lower() + said[1:]),
            lambda item: [
                TextField(ui, editor, f"{item}/text", ui.t("field.survey.question")),
                ChoiceField(ui, editor, f"{item}/topic", ui.t("field.survey.topic"), topics, optional=False),
                TextsField(ui, editor, f"{item}/options", ui.t("field.survey.options")),
            ],
            lambda: SurveyQuestion(id=new_id("sq")),
            add=ui.t(f"surveys.add.{when.value}"),
        )

    def note(self, owner: tuple[str, SurveyWhen]) -> tuple[str, str]:
        """Say how many questions there are of how many."""
        limit = self.ui.regulation.limits["survey_questions"]
        number = next(len(survey.questions) for survey in self.editor.course.surveys if survey.id == owner[0])
        words = self.ui.t("surveys.count", n=number, most=int(limit.max or 0))
        return words, "muted" if limit.accepts(number) else "fail"
