"""The question through the learner's eyes, and what the platform makes of it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.formats.content import letter_of
from app.model.tasks import Question
from app.session.bank_preview import Fate, PlatformView, platform_view
from app.session.bank_trial import variant_of
from app.storage.question_pictures import load_pictures
from app.ui.context import UiContext
from app.ui.editing import CourseEditor
from app.ui.pages.bank.question_view import QuestionView
from app.ui.pages.bank.words import problem_text
from app.ui.widgets import label, set_role

_SHOWN_SEED = 1
"""That of the first of the ten variants below the formula."""


class PreviewPane(QWidget):
    """A word on the question's fate, and the question as it is shown."""

    def __init__(self, ui: UiContext, editor: CourseEditor) -> None:
        super().__init__()
        self._ui = ui
        self._editor = editor
        self._question: Question | None = None
        self._view: QuestionView | None = None
        self._fate = label("")
        self._variant = label(ui.t("bank.preview_variant"), "muted")
        self._reasons = label("", "fail")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 6, 0)
        self._column.addWidget(label(ui.t("bank.preview_title"), "heading"))
        self._column.addWidget(self._fate)
        self._column.addWidget(self._variant)
        self._column.addWidget(self._reasons)
        self._column.addStretch(1)

    def show_question(self, question: Question) -> None:
        """Show a question as the platform will."""
        if question is self._question:
            return
        self._question = question
        pictures = load_pictures(self._editor.folder, [question])
        seen = platform_view(question, pictures)
        self._say(seen)
        self._variant.setVisible(question.calculation is not None)
        if self._view is not None:
            self._column.removeWidget(self._view)
            self._view.hide()
            self._view.deleteLater()
        self._view = QuestionView(self._ui, variant_of(seen.question, _SHOWN_SEED), pictures)
        self._column.insertWidget(self._column.count() - 1, self._view)

    def _say(self, seen: PlatformView) -> None:
        if seen.fate is Fate.FORM_05:
            letters = ", ".join(letter_of(place) for place in seen.question.correct)
            text, role = self._ui.t("bank.fate_form_05", count=len(seen.question.options), letter=letters), "good"
        elif seen.fate is Fate.MOODLE_XML:
            text, role = self._ui.t("bank.fate_xml"), "good"
        else:
            text, role = self._ui.t("bank.fate_kept_back"), "fail"
        self._fate.setText(text)
        set_role(self._fate, "role", role)
        self._reasons.setText("\n".join(problem_text(self._ui, problem) for problem in seen.reasons))
        set_role(self._reasons, "role", "fail" if seen.fate is Fate.KEPT_BACK else "warning")
        self._reasons.setVisible(bool(seen.reasons))
