"""The picture of the schedule: lanes over a line of days, weekends and holidays shaded."""

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.checks.deadlines import day_text
from app.checks.working_days import WorkCalendar, is_working_day, work_calendar
from app.exporters.course_events import CourseEvent
from app.exporters.packages.calendar import event_text
from app.model.course import Course
from app.session.timeline import Lane, lanes, month_starts, span
from app.ui.context import UiContext

_LANE_PX = 26
_HEAD_PX = 26
_MARK_PX = 6.0
_MOST_SHADED_DAYS = 500
"""Beyond this many days single days off are thinner than a pixel."""


class Timeline(QWidget):
    """Bars for spans, diamonds for single days; what they are stands in tool tips and in the accessible text.

    Signals:
        path_chosen: the user clicked a bar or a diamond: the element path of its date.
    """

    path_chosen = Signal(str)

    def __init__(self, ui: UiContext) -> None:
        super().__init__()
        self._ui = ui
        self._lanes: tuple[Lane, ...] = ()
        self._calendar = WorkCalendar(frozenset(), frozenset())
        self._places: list[tuple[QRectF, str, str]] = []
        self.setAccessibleName(ui.t("tools.schedule.picture"))
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_course(self, course: Course) -> None:
        """Show another value of the course."""
        shown, calendar = lanes(course, self._ui.regulation), work_calendar(course, self._ui.regulation)
        if shown == self._lanes and calendar == self._calendar and shown:
            return
        self._lanes, self._calendar = shown, calendar
        self.setAccessibleDescription("\n".join(self.spoken()))
        self.updateGeometry()
        self.update()

    def spoken(self) -> list[str]:
        """Return everything that the picture shows as lines of text."""
        return [self._event_line(event) for lane in self._lanes for event in lane.events]

    def sizeHint(self) -> QSize:
        """Return the height that the lanes need."""
        return QSize(520, _HEAD_PX + _LANE_PX * max(2, len(self._lanes)) + 8)

    def minimumSizeHint(self) -> QSize:
        """Return the same height, half the width."""
        return QSize(320, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the picture."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._ui.theme
        painter.fillRect(self.rect(), QColor(theme.surface))
        self._places.clear()
        days = span(self._lanes)
        if days is None:
            painter.setPen(QColor(theme.muted))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(12, 0, -12, 0), flags, self._ui.t("tools.schedule.empty"))
            return
        captions = [self._caption(lane) for lane in self._lanes]
        metrics = QFontMetricsF(self.font())
        left = min(self.width() * 0.4, max(metrics.horizontalAdvance(text) for text in captions) + 24)
        self._scale = _Scale(days[0], days[1], left, self.width() - 14.0)
        self._draw_ground(painter, left)
        for row, (lane, caption) in enumerate(zip(self._lanes, captions, strict=True)):
            self._draw_lane(painter, lane, caption, left, _HEAD_PX + row * _LANE_PX)

    def event(self, event: QEvent) -> bool:
        """Say what is under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            texts = [text for area, text, _ in self._places if area.contains(QPointF(event.pos()))]
            QToolTip.showText(event.globalPos(), "\n".join(dict.fromkeys(texts)), self)
            return True
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the date that was clicked."""
        hit = [path for area, _, path in self._places if area.contains(event.position())]
        if hit:
            self.path_chosen.emit(hit[-1])

    def _caption(self, lane: Lane) -> str:
        key = f"calendar.lane.{lane.name}"
        values = {"n": lane.number} if lane.number else {}
        return self._ui.texts.get(key, self._ui.lang, **values)

    def _event_line(self, event: CourseEvent) -> str:
        return f"{day_text(event.first)} – {event_text(event, self._ui.texts, self._ui.lang)}"

    def _draw_ground(self, painter: QPainter, left: float) -> None:
        theme, scale = self._ui.theme, self._scale
        bottom = self.height() - 4.0
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.raised))
        if scale.days <= _MOST_SHADED_DAYS:
            for number in range(scale.days):
                day = scale.first + timedelta(days=number)
                if not is_working_day(day, self._calendar):
                    painter.drawRect(QRectF(scale.x(day), _HEAD_PX, scale.day_px, bottom - _HEAD_PX))
        painter.setPen(QPen(QColor(theme.border)))
        end_of_text = left
        for month in [scale.first, *month_starts(scale.first, scale.last)]:
            at = scale.x(month)
            painter.drawLine(QPointF(at, _HEAD_PX - 4), QPointF(at, bottom))
            text = f"{month:%m.%Y}" if month.day == 1 else f"{month:%d.%m.%Y}"
            if at >= end_of_text:
                painter.setPen(QColor(theme.muted))
                painter.drawText(QPointF(at + 3, _HEAD_PX - 9), text)
                end_of_text = at + painter.fontMetrics().horizontalAdvance(text) + 10
                painter.setPen(QPen(QColor(theme.border)))

    def _draw_lane(self, painter: QPainter, lane: Lane, caption: str, left: float, top: float) -> None:
        theme, scale = self._ui.theme, self._scale
        metrics = painter.fontMetrics()
        middle = top + _LANE_PX / 2
        painter.setPen(QColor(theme.text))
        shown = metrics.elidedText(caption, Qt.TextElideMode.ElideRight, int(left - 16))
        painter.drawText(QRectF(8, top, left - 12, _LANE_PX), Qt.AlignmentFlag.AlignVCenter, shown)
        for bar in lane.bars:
            area = QRectF(scale.x(bar.first), top + 5, scale.x_end(bar.last) - scale.x(bar.first), _LANE_PX - 10)
            painter.setPen(QPen(QColor(theme.accent)))
            painter.setBrush(QColor(theme.accent_soft))
            painter.drawRoundedRect(area, 4, 4)
            text = f"{bar.first:%d.%m} – {bar.last:%d.%m}"
            if metrics.horizontalAdvance(text) + 24 < area.width():
                painter.setPen(QColor(theme.text))
                painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
            self._places.append((area, f"{caption}: {day_text(bar.first)} – {day_text(bar.last)}", bar.element))
        painter.setPen(QPen(QColor(theme.surface)))
        painter.setBrush(QColor(theme.accent))
        for event in lane.events:
            at = QPointF(scale.x(event.first) + scale.day_px / 2, middle)
            painter.drawPolygon(_diamond(at))
            area = QRectF(at.x() - _MARK_PX - 2, top, 2 * _MARK_PX + 4, _LANE_PX)
            self._places.append((area, self._event_line(event), event.element))


class _Scale:
    """Days to pixels."""

    def __init__(self, first: date, last: date, left: float, right: float) -> None:
        self.first = first
        self.last = last
        self.days = (last - first).days + 1
        self.day_px = max(0.01, (right - left) / self.days)
        self._left = left

    def x(self, day: date) -> float:
        """Return where a day begins."""
        return self._left + (day - self.first).days * self.day_px

    def x_end(self, day: date) -> float:
        """Return where a day ends."""
        return self.x(day) + self.day_px


def _diamond(at: QPointF) -> QPolygonF:
    size = _MARK_PX
    return QPolygonF(
        [
            QPointF(at.x(), at.y() - size),
            QPointF(at.x() + size, at.y()),
            QPointF(at.x(), at.y() + size),
            QPointF(at.x() - size, at.y()),
        ]
    )
