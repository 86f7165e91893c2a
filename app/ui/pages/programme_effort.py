"""The effort planner: each week's minutes as a bar with numbers, what is allowed, and the course's hours."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from app.model.finding import Finding, Status
from app.model.regulation import number_text
from app.model.texts import Lang
from app.model.views import numbered_lessons
from app.session.effort import CoursePlan, Part, Span, WeekPlan, course_plan
from app.ui.context import UiContext
from app.ui.editing import CourseEditor
from app.ui.fields import Field, NumberField
from app.ui.widgets import label, set_role

_ADVICE = frozenset({"8.3a", "8.3b", "8.4b", "8.6a", "DR3", "DR4", "DR5", "DR6"})
_PARTS = ("reading_min", "tasks_min", "forum_min", "assessment_min")
_COLUMNS = 4
_ROLES = {Status.PASS: "good", Status.WARNING: "warning", Status.FAIL: "fail"}


class EffortBar(QWidget):
    """A bar of parts on a scale, with the allowed span marked; the numbers stand in it and in its description."""

    def __init__(self, ui: UiContext) -> None:
        super().__init__()
        self._ui = ui
        self._parts: list[tuple[float, str]] = []
        self._span = Span(0, 0)
        self._scale = 1.0
        self.setMinimumHeight(30)

    def sizeHint(self) -> QSize:
        """Return the size that shows the numbers."""
        return QSize(400, 30)

    def show_parts(self, parts: Sequence[tuple[float, str]], span: Span, scale: float, words: str) -> None:
        """Show values in order.

        Args:
            parts: value and colour of each.
            span: what is allowed, drawn as two lines.
            scale: the value at the bar's right end.
            words: the same in words, for tool tip and screen reader.
        """
        self._parts, self._span, self._scale = list(parts), span, max(scale, 1.0)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, parts with their numbers, and the two lines."""
        del event
        theme = self._ui.theme
        painter = QPainter(self)
        ground = QRectF(0.5, 4.5, self.width() - 1, self.height() - 9)
        painter.setPen(QPen(QColor(theme.border)))
        painter.setBrush(QColor(theme.raised))
        painter.drawRect(ground)
        left = ground.left()
        for value, colour in self._parts:
            width = min(value / self._scale, 1.0) * ground.width()
            box = QRectF(left, ground.top(), min(width, ground.right() - left), ground.height())
            painter.setPen(QPen(QColor(theme.surface)))
            painter.setBrush(QColor(colour))
            painter.drawRect(box)
            text = number_text(value, self._ui.lang)
            if value and painter.fontMetrics().horizontalAdvance(text) + 6 <= box.width():
                painter.setPen(QPen(QColor(theme.text)))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
            left += width
        painter.setPen(QPen(QColor(theme.text), 2))
        for bound in (self._span.low, self._span.high):
            x = ground.left() + min(bound / self._scale, 1.0) * ground.width()
            painter.drawLine(round(x), 0, round(x), self.height())
        painter.end()


class WeekCard(QFrame):
    """One week: heading, bar, what each part is, minutes to plan, advice."""

    def __init__(self, ui: UiContext, editor: CourseEditor, module_id: str) -> None:
        super().__init__()
        self._ui = ui
        self.setProperty("role", "card")
        self._heading = label("", "heading")
        self._bar = EffortBar(ui)
        self._legend = label("", "muted")
        self._room = label("", "muted")
        self._advice = label("", "warning")
        self.fields: list[Field] = []
        column = QVBoxLayout(self)
        for widget in (self._heading, self._bar, self._legend, self._room, self._advice):
            column.addWidget(widget)
        grid = QGridLayout()
        column.addLayout(grid)
        path, minutes = f"modules/{module_id}", ui.t("unit.min")
        module = next(module for module in editor.course.modules if module.id == module_id)
        for name in _PARTS:
            caption = ui.t(f"effort.part.{name.removesuffix('_min')}")
            self.fields.append(
                NumberField(ui, editor, f"{path}/effort/{name}", caption, maximum=2000, suffix=minutes, optional=False)
            )
        numbers = {lesson.id: number for number, _, lesson in numbered_lessons(editor.course)}
        for lesson in module.lessons:
            self.fields.append(
                NumberField(
                    ui,
                    editor,
                    f"{path}/lessons/{lesson.id}/video/planned_min",
                    ui.t("effort.video_of", n=numbers[lesson.id]),
                    maximum=600,
                    decimals=1,
                    suffix=minutes,
                )
            )
        for place, field in enumerate(self.fields):
            grid.addWidget(field, place // _COLUMNS, place % _COLUMNS, Qt.AlignmentFlag.AlignBottom)
        for place in range(_COLUMNS):
            grid.setColumnStretch(place, 1)

    def show_week(self, week: WeekPlan, title: str) -> None:
        """Show a week's numbers."""
        ui = self._ui
        good, allowed = _span(week.good_min, ui.lang), _span(week.allowed_min, ui.lang)
        heading = ui.t("effort.week", n=week.number, title=title, total=week.total_min, good=good)
        self._heading.setText(heading)
        set_role(self._heading, "tone", _ROLES[week.status])
        colours = part_colours(ui)
        parts = [(minutes, colours[part]) for part, minutes in week.minutes.items()]
        legend = legend_text(ui, week)
        verdict = ui.t(f"effort.verdict.{week.status.value}", good=good, allowed=allowed)
        scale = max(week.allowed_min.high * 1.1, week.total_min)
        self._bar.show_parts(parts, week.good_min, scale, f"{heading}. {legend}. {verdict}")
        self._legend.setText(f"{legend}. {verdict}")
        each = "—" if week.video_each_min is None else _span(week.video_each_min, ui.lang)
        self._room.setText(
            ui.t(
                "effort.room",
                video=number_text(week.video_min, ui.lang),
                video_week=_span(week.video_week_min, ui.lang),
                each=each,
                outcomes=week.outcome_count,
                outcome_room=_span(week.outcomes, ui.lang),
                questions=week.question_count,
                share=week.question_share,
                beside=_span(week.beside_min, ui.lang),
            )
        )
        for field in self.fields:
            field.refresh()

    def show_findings(self, findings: Sequence[Finding], module_id: str) -> None:
        """Show the advice on this week and mark its fields."""
        path = f"modules/{module_id}"
        own = [f for f in findings if f.element == path or f.element.startswith(f"{path}/")]
        self._advice.setText(advice_text(self._ui, own))
        self._advice.setVisible(bool(self._advice.text()))
        for field in self.fields:
            field.show_findings(findings)


class EffortView(QScrollArea):
    """The course's hours on top, a card for each week below."""

    def __init__(self, ui: UiContext, editor: CourseEditor) -> None:
        super().__init__()
        self.ui = ui
        self.editor = editor
        self._findings: Sequence[Finding] = ()
        self._shape: list[tuple[str, ...]] | None = None
        self._cards: dict[str, WeekCard] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields scroll it
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(ui.t("builder.effort"))
        body = QWidget()
        body.setObjectName("page")
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(14, 10, 14, 14)
        self._total = label("", "heading")
        self._bar = EffortBar(ui)
        self._advice = label("", "warning")
        self._empty = label(ui.t("effort.empty"), "muted")
        for widget in (self._total, self._bar, self._advice, self._empty):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        self.setWidget(body)

    def refresh(self) -> None:
        """Show the course's numbers as they are now."""
        course = self.editor.course
        shape = [(module.id, *(lesson.id for lesson in module.lessons)) for module in course.modules]
        if shape != self._shape:
            self._shape = shape
            self._rebuild()
        plan = course_plan(course, self.ui.regulation)
        self._show_course(plan)
        for week, module in zip(plan.weeks, course.modules, strict=True):
            self._cards[module.id].show_week(week, module.title or self.ui.t("programme.untitled"))

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show the advice of the rules beside the numbers."""
        self._findings = findings
        own = [f for f in findings if f.element in ("modules", "test_bank")]
        self._advice.setText(advice_text(self.ui, own))
        self._advice.setVisible(bool(self._advice.text()))
        for module_id, card in self._cards.items():
            card.show_findings(findings, module_id)

    def _show_course(self, plan: CoursePlan) -> None:
        hours, most = (number_text(hours, self.ui.lang) for hours in (plan.hours, plan.most_hours))
        words = self.ui.t("effort.course", hours=hours, most=most, total=plan.total_min)
        self._total.setText(words)
        set_role(self._total, "tone", _ROLES[plan.status])
        each = self.ui.regulation.settings.academic_hour_min
        colours = (self.ui.theme.accent_soft, self.ui.theme.warn_soft)
        parts = [(round(week.total_min / each, 1), colours[place % 2]) for place, week in enumerate(plan.weeks)]
        self._bar.show_parts(parts, Span(0, plan.most_hours), max(plan.most_hours * 1.1, plan.hours), words)
        for widget in (self._total, self._bar):
            widget.setVisible(bool(plan.weeks))
        self._empty.setVisible(not plan.weeks)

    def _rebuild(self) -> None:
        for card in self._cards.values():
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = {}
        for module in self.editor.course.modules:
            card = WeekCard(self.ui, self.editor, module.id)
            self._cards[module.id] = card
            self._column.insertWidget(self._column.count() - 1, card)
        self.show_findings(self._findings)


def part_colours(ui: UiContext) -> dict[Part, str]:
    """Return a soft colour for each part; neighbours differ, and each carries its number."""
    dark = ui.theme.dark
    hues = {
        Part.VIDEO: 212,
        Part.LESSON: 190,
        Part.READING: 140,
        Part.TASKS: 45,
        Part.FORUM: 285,
        Part.ASSESSMENT: 15,
    }
    return {part: QColor.fromHsl(hue, 95 if dark else 140, 75 if dark else 208).name() for part, hue in hues.items()}


def legend_text(ui: UiContext, week: WeekPlan) -> str:
    """Return all parts with their minutes."""
    return " · ".join(
        f"{ui.t(f'effort.part.{part.value}')} {number_text(minutes, ui.lang)}" for part, minutes in week.minutes.items()
    )


def advice_text(ui: UiContext, findings: Sequence[Finding]) -> str:
    """Return what the rules of planning say of these findings, a line each."""
    shown = [f for f in findings if f.rule in _ADVICE and f.status in (Status.FAIL, Status.WARNING)]
    return "\n".join(f"{f.rule}  {ui.finding_text(f)}" for f in shown)


def _span(span: Span, lang: Lang) -> str:
    low, high = (number_text(round(bound, 1), lang) for bound in (span.low, span.high))
    return low if low == high else f"{low}–{high}"
