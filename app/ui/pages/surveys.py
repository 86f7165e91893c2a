"""The questionnaires before and after the course, each with its questions."""

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QVBoxLayout

from app.model.base import new_id
from app.model.teaching import Survey, SurveyQuestion, SurveyTopic, SurveyWhen
from app.ui.context import UiContext
from app.ui.editing import CourseEditor
from app.ui.fields import ChoiceField, Field, TextField, enum_choices
from app.ui.item_list import ItemList
from app.ui.pages.base import Companion
from app.ui.value_fields import DateField, TextsField
from app.ui.widgets import label, set_role


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


class SurveyQuestions(Companion):
    """The questions of each questionnaire with their number and the largest allowed (12.10.1b)."""

    def __init__(self, ui: UiContext, editor: CourseEditor) -> None:
        super().__init__()
        self._ui = ui
        self._editor = editor
        self._lists: dict[tuple[str, SurveyWhen], tuple[ItemList, QLabel]] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self.refresh()

    def refresh(self) -> None:
        """Show the questions of the questionnaires that there are now."""
        limit = self._ui.regulation.limits["survey_questions"]
        surveys = {(survey.id, survey.when): survey for survey in self._editor.course.surveys}
        for gone in self._lists.keys() - surveys.keys():
            for widget in self._lists.pop(gone):
                self._column.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        for place, (key, survey) in enumerate(surveys.items()):
            if key not in self._lists:
                self._lists[key] = self._questions(survey), label("")
            questions, count = self._lists[key]
            if self._column.indexOf(questions) != 2 * place:
                self._column.insertWidget(2 * place, questions)
                self._column.insertWidget(2 * place + 1, count)
            number = len(survey.questions)
            count.setText(self._ui.t("surveys.count", n=number, most=int(limit.max or 0)))
            set_role(count, "role", "muted" if limit.accepts(number) else "fail")
            questions.refresh()

    def fields(self) -> list[Field]:
        """Return the fields of all questions."""
        return [field for questions in self.lists() for field in questions.fields()]

    def lists(self) -> list[ItemList]:
        """Return the list of each questionnaire."""
        return [questions for questions, _ in self._lists.values()]

    def _questions(self, survey: Survey) -> ItemList:
        ui, editor = self._ui, self._editor
        topics = enum_choices(ui, SurveyTopic)
        return ItemList(
            ui,
            editor,
            f"surveys/{survey.id}/questions",
            ui.t("field.survey.questions", when=ui.t(f"choice.SurveyWhen.{survey.when.value}")),
            lambda item: [
                TextField(ui, editor, f"{item}/text", ui.t("field.survey.question")),
                ChoiceField(ui, editor, f"{item}/topic", ui.t("field.survey.topic"), topics, optional=False),
                TextsField(ui, editor, f"{item}/options", ui.t("field.survey.options")),
            ],
            lambda: SurveyQuestion(id=new_id("sq")),
        )
