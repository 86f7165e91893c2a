"""A trial run of the test: set up, answer, see the score and what was right."""

import random
from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.model.tasks import Question
from app.session.bank_trial import NO_ANSWER, Answer, asked, candidates, drawn, marked
from app.storage.question_pictures import load_pictures
from app.ui.context import UiContext
from app.ui.open_course import OpenCourse
from app.ui.pages.bank.choice_box import ChoiceBox
from app.ui.pages.bank.question_view import QuestionView
from app.ui.pages.bank.words import module_caption
from app.ui.tab_order import OrderedDialog
from app.ui.widgets import label, resize_within_screen, set_role

_USUAL_COUNT = 10


class TrialDialog(OrderedDialog):
    """The learner's side of the test; nothing in the course changes."""

    def __init__(self, ui: UiContext, open_course: OpenCourse, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(ui.t("bank.trial_title"))
        resize_within_screen(self, 760, 600)
        self._ui = ui
        self._open = open_course
        self._questions: tuple[Question, ...] = ()
        self._answers: dict[str, Answer] = {}
        self._pictures: Mapping[str, bytes] = {}
        self._place = 0
        self._view: QuestionView | None = None
        self._pages = QStackedWidget()
        self._pages.addWidget(self._set_up())
        self._pages.addWidget(self._asking())
        self._result_scroll = QScrollArea()
        self._result_scroll.setWidgetResizable(True)
        self._pages.addWidget(self._ending())
        column = QVBoxLayout(self)
        column.addWidget(self._pages)
        self._offer_count()

    def _set_up(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.addWidget(label(self._ui.t("bank.trial_title"), "title"))
        column.addWidget(label(self._ui.t("bank.trial_note"), "muted"))
        course = self._open.course
        modules = [(module.id, module_caption(self._ui, course, module)) for module in course.modules]
        self._module = ChoiceBox(self._ui.t("bank.trial_module"), [(None, self._ui.t("bank.trial_whole")), *modules])
        self._module.currentIndexChanged.connect(lambda _: self._offer_count())
        self._count = QSpinBox()
        self._count.setAccessibleName(self._ui.t("bank.trial_count"))
        self._count.setMaximumWidth(140)
        self._available = label("", "muted")
        column.addWidget(label(self._ui.t("bank.trial_module"), "label"))
        column.addWidget(self._module)
        column.addWidget(label(self._ui.t("bank.trial_count"), "label"))
        column.addWidget(self._count)
        column.addWidget(self._available)
        column.addStretch(1)
        self._start = QPushButton(self._ui.t("bank.trial_start"))
        self._start.setProperty("primary", "true")
        self._start.setDefault(True)
        self._start.clicked.connect(self._begin)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._start)
        column.addLayout(row)
        return page

    def _asking(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setMaximumHeight(8)
        self._where = label("", "label")
        self._holder = QVBoxLayout()
        body = QWidget()
        body.setObjectName("page")
        inner = QVBoxLayout(body)
        inner.addLayout(self._holder)
        inner.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(body)
        self._back = QPushButton(self._ui.t("course.back"))
        self._back.setAutoDefault(False)
        self._back.clicked.connect(lambda: self._go(-1))
        self._next = QPushButton()
        self._next.setProperty("primary", "true")
        self._next.setDefault(True)
        self._next.clicked.connect(lambda: self._go(1))
        row = QHBoxLayout()
        row.addWidget(self._back)
        row.addStretch(1)
        row.addWidget(self._next)
        column.addWidget(self._where)
        column.addWidget(self._bar)
        column.addWidget(scroll, 1)
        column.addLayout(row)
        return page

    def _ending(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        self._score = QLabel()
        self._score.setProperty("role", "title")
        column.addWidget(self._score)
        column.addWidget(self._result_scroll, 1)
        again = QPushButton(self._ui.t("bank.trial_again"))
        again.clicked.connect(lambda: self._pages.setCurrentIndex(0))
        close = QPushButton(self._ui.t("bank.close"))
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(again)
        row.addStretch(1)
        row.addWidget(close)
        column.addLayout(row)
        return page

    def _candidates(self) -> tuple[Question, ...]:
        module_id = self._module.value
        return candidates(self._open.course, module_id if isinstance(module_id, str) else None)

    def _offer_count(self) -> None:
        most = len(self._candidates())
        self._count.setRange(min(1, most), most)
        self._count.setValue(min(_USUAL_COUNT, most))
        self._available.setText(self._ui.t("bank.trial_available", n=most) if most else self._ui.t("bank.trial_none"))
        set_role(self._available, "role", "muted" if most else "fail")
        self._start.setEnabled(most > 0)

    def _begin(self) -> None:
        seed = random.SystemRandom().randrange(2**32)
        self._questions = asked(drawn(self._candidates(), self._count.value(), seed), seed)
        self._answers = {}
        self._pictures = load_pictures(self._open.folder, self._questions)
        self._place = 0
        self._bar.setRange(0, len(self._questions))
        self._pages.setCurrentIndex(1)
        self._ask()

    def _ask(self) -> None:
        question = self._questions[self._place]
        if self._view is not None:
            self._holder.removeWidget(self._view)
            self._view.hide()
            self._view.deleteLater()
        self._view = QuestionView(self._ui, question, self._pictures)
        self._view.show_answer(self._answers.get(question.id, NO_ANSWER))
        self._holder.addWidget(self._view)
        self._view.focus_first()
        self._where.setText(self._ui.t("bank.trial_where", n=self._place + 1, total=len(self._questions)))
        self._bar.setValue(self._place)
        self._back.setEnabled(self._place > 0)
        last = self._place + 1 == len(self._questions)
        self._next.setText(self._ui.t("bank.trial_finish" if last else "course.next"))

    def _go(self, delta: int) -> None:
        if self._view is not None:
            self._answers[self._questions[self._place].id] = self._view.answer
        self._place += delta
        if self._place < len(self._questions):
            self._ask()
        else:
            self._finish()

    def _finish(self) -> None:
        score = marked(self._questions, self._answers)
        self._score.setText(
            self._ui.t("bank.trial_score", n=score.points, total=len(score.right), percent=score.percent)
        )
        set_role(self._score, "role", "title")
        body = QWidget()
        body.setObjectName("page")
        column = QVBoxLayout(body)
        for place, (question, right) in enumerate(zip(self._questions, score.right, strict=True), start=1):
            word = self._ui.t("bank.trial_right" if right else "bank.trial_wrong")
            column.addWidget(label(f"{place}. {word}", "good" if right else "fail"))
            view = QuestionView(self._ui, question, self._pictures)
            view.show_answer(self._answers.get(question.id, NO_ANSWER))
            view.show_key()
            column.addWidget(view)
        column.addStretch(1)
        self._result_scroll.setWidget(body)
        self._pages.setCurrentIndex(2)
