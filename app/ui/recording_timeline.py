"""A recording over time: brightness, loudness and level as lanes, the faults marked in them; a click picks a moment."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.checks.places import SOUND_KINDS
from app.checks.recording import clock_text
from app.exporters.checked_recording import CheckedRecording, moment_text
from app.model.finding import Status
from app.model.recording import EventTrack
from app.ui.context import UiContext

Values = Sequence[float | None]
_STEP_S = 1.0
_LEAP_S = 10.0
_LANE_PX = 42
_GAP_PX = 4
_LEAST_MARK_PX = 3.0
_TICKS = 5
_TENTHS_BELOW_S = 60.0
_QUIET_KINDS = frozenset({"shot_change"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A span in which something is wrong; `bad` where a rule fails or warns, else merely noted."""

    from_s: float
    to_s: float
    bad: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """One curve with one value per second, its range, the band where it should lie, and marks."""

    title: str
    values: Values
    low: float
    high: float
    band: tuple[float, float] | None = None
    marks: tuple[Mark, ...] = ()


def lanes_of(recording: CheckedRecording, ui: UiContext) -> tuple[Lane, ...]:
    """Return the lanes for which a report has something to show: none of a file that was not measured."""
    settings, report = ui.regulation.settings, recording.report
    sound = "" if report.sound is None else f"{EventTrack.SOUND}."
    target, tolerance = settings.indicator_integrated_lufs, settings.indicator_integrated_tolerance_lu
    heard = _marks(recording, of_sound=True)
    lanes = (
        Lane(
            ui.t("studio_details.lane_picture"),
            report.series.get("luma_mean_percent", ()),
            0.0,
            100.0,
            marks=_marks(recording, of_sound=False),
        ),
        Lane(
            ui.t("studio_details.lane_loudness"),
            report.series.get(f"{sound}short_term_lufs", ()),
            -50.0,
            0.0,
            (target - tolerance, target + tolerance),
            heard,
        ),
        Lane(
            ui.t("studio_details.lane_level"),
            report.series.get(f"{sound}peak_dbfs", ()),
            -60.0,
            3.0,
            (-60.0, settings.indicator_true_peak_dbtp),
            heard,
        ),
    )
    return tuple(lane for lane in lanes if any(value is not None for value in lane.values))


def _marks(recording: CheckedRecording, *, of_sound: bool) -> tuple[Mark, ...]:
    told = {e for f in recording.of_status(Status.FAIL, Status.WARNING) for e in recording.events_of(f)}
    events = (event for event in recording.report.events if event.kind not in _QUIET_KINDS)
    return tuple(
        Mark(event.from_s, event.to_s, event in told) for event in events if (event.kind in SOUND_KINDS) is of_sound
    )


class RecordingTimeline(QWidget):
    """The lanes, a time axis and a cursor.

    Arrow keys move the cursor by a second, Page Up and Page Down by ten, Home and End to the ends.

    Signals:
        moved: the cursor passes a time, seconds.
        picked: the cursor was set to a time and stays there.
    """

    moved = Signal(float)
    picked = Signal(float)

    def __init__(self, ui: UiContext) -> None:
        super().__init__()
        self._ui = ui
        self._lanes: tuple[Lane, ...] = ()
        self._duration_s = 0.0
        self._time_s = 0.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(ui.t("studio_details.timeline"))
        self.setToolTip(ui.t("studio_details.timeline_tip"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def time_s(self) -> float:
        """Where the cursor stands, seconds."""
        return self._time_s

    def show_lanes(self, lanes: tuple[Lane, ...], duration_s: float) -> None:
        """Show other lanes; the cursor goes to the start."""
        self._lanes, self._duration_s, self._time_s = lanes, duration_s, 0.0
        self.setVisible(bool(lanes) and duration_s > 0.0)
        self.updateGeometry()
        self.update()

    def set_time(self, time_s: float) -> None:
        """Put the cursor at a time without a signal."""
        self._time_s = min(max(time_s, 0.0), self._duration_s)
        self.setAccessibleDescription(moment_text(self._time_s, self._ui.lang))
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its lanes and the axis."""
        return QSize(400, len(self._lanes) * (_LANE_PX + _GAP_PX) + self.fontMetrics().height() + 4)

    def minimumSizeHint(self) -> QSize:
        """Return the same height at any width."""
        return QSize(200, self.sizeHint().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the cursor."""
        self._pass(self._time_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull the cursor."""
        self._pass(self._time_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the cursor go."""
        self._pick(self._time_at(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cursor by keys."""
        places = {
            Qt.Key.Key_Left: self._time_s - _STEP_S,
            Qt.Key.Key_Right: self._time_s + _STEP_S,
            Qt.Key.Key_PageUp: self._time_s - _LEAP_S,
            Qt.Key.Key_PageDown: self._time_s + _LEAP_S,
            Qt.Key.Key_Home: 0.0,
            Qt.Key.Key_End: self._duration_s,
        }
        place_s = places.get(Qt.Key(event.key()))
        if place_s is None:
            super().keyPressEvent(event)
        else:
            self._pick(place_s)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw lanes, axis and cursor."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, lane in enumerate(self._lanes):
            area = QRectF(0.0, number * (_LANE_PX + _GAP_PX), self.width(), _LANE_PX)
            self._paint_lane(painter, lane, area)
        self._paint_axis(painter)
        bottom = len(self._lanes) * (_LANE_PX + _GAP_PX)
        painter.setPen(QPen(QColor(self._ui.theme.accent), 2.0))
        painter.drawLine(QPointF(self._x(self._time_s), 0.0), QPointF(self._x(self._time_s), bottom))
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._ui.theme.accent), 1.0))
            painter.drawRect(QRectF(0.5, 0.5, self.width() - 1.0, bottom - 1.0))

    def _paint_lane(self, painter: QPainter, lane: Lane, area: QRectF) -> None:
        theme = self._ui.theme
        painter.fillRect(area, QColor(theme.raised))
        if lane.band is not None:
            low, high = (self._y(lane, area, value) for value in lane.band)
            painter.fillRect(QRectF(0.0, high, area.width(), low - high), _faint(theme.good))
        for mark in lane.marks:
            left = self._x(mark.from_s)
            wide = max(self._x(mark.to_s) - left, _LEAST_MARK_PX)
            painter.fillRect(QRectF(left, area.top(), wide, area.height()), _faint(theme.bad, 90 if mark.bad else 40))
        painter.setPen(QPen(QColor(theme.accent), 1.4))
        for run in _runs(lane.values):
            points = [QPointF(self._x(second + 0.5), self._y(lane, area, value)) for second, value in run]
            painter.drawPolyline(QPolygonF(points if len(points) > 1 else [points[0], points[0] + QPointF(2.0, 0.0)]))
        place = area.adjusted(6.0, 2.0, -6.0, -2.0)
        ground = painter.boundingRect(place, Qt.AlignmentFlag.AlignLeft, lane.title).adjusted(-3.0, 0.0, 3.0, 0.0)
        painter.fillRect(ground, _faint(theme.raised, 215))  # the curve must not strike the title through
        painter.setPen(QColor(theme.text))
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft, lane.title)

    def _paint_axis(self, painter: QPainter) -> None:
        metrics = QFontMetrics(self.font())
        top = len(self._lanes) * (_LANE_PX + _GAP_PX)
        painter.setPen(QColor(self._ui.theme.muted))
        for tick in range(_TICKS + 1):
            tick_s = self._duration_s * tick / _TICKS
            short = self._duration_s < _TENTHS_BELOW_S
            text = moment_text(tick_s, self._ui.lang) if short else clock_text(tick_s)
            wide = metrics.horizontalAdvance(text)
            left = min(max(self.width() * tick / _TICKS - wide / 2, 0.0), self.width() - wide)
            painter.drawText(QPointF(left, top + metrics.ascent()), text)

    def _x(self, time_s: float) -> float:
        return self.width() * min(time_s, self._duration_s) / self._duration_s if self._duration_s else 0.0

    @staticmethod
    def _y(lane: Lane, area: QRectF, value: float) -> float:
        share = (min(max(value, lane.low), lane.high) - lane.low) / (lane.high - lane.low)
        return area.bottom() - share * area.height()

    def _time_at(self, x: float) -> float:
        return self._duration_s * min(max(x / max(self.width(), 1), 0.0), 1.0)

    def _pass(self, time_s: float) -> None:
        self.set_time(time_s)
        self.moved.emit(self._time_s)

    def _pick(self, time_s: float) -> None:
        self._pass(time_s)
        self.picked.emit(self._time_s)


def _faint(colour: str, alpha: int = 45) -> QColor:
    made = QColor(colour)
    made.setAlpha(alpha)
    return made


def _runs(values: Values) -> list[list[tuple[int, float]]]:
    """Return the values in runs without a gap, each with its second."""
    runs: list[list[tuple[int, float]]] = []
    for second, value in enumerate(values):
        if value is None:
            continue
        if runs and runs[-1][-1][0] == second - 1:
            runs[-1].append((second, value))
        else:
            runs.append([(second, value)])
    return runs
