"""One fault of the sound, one event: what one analyser names is not told once more by another."""

from collections.abc import Iterable
from typing import Final

from app.model.recording import RecordingEvent

_CLICK_S: Final = 0.03
_HUM_DB: Final = 3.0
_SHARE: Final = 0.8


def told_once(events: Iterable[RecordingEvent]) -> tuple[RecordingEvent, ...]:
    """Return the events without noise that is mains hum, and without clicks where sound is cut off or sets in."""
    events = tuple(events)
    hum = [event for event in events if event.kind == "hum"]
    edges_s = [edge_s for event in events if event.kind in ("silence", "audio_gap") for edge_s in _edges_s(event)]
    return tuple(
        event
        for event in events
        if not (event.kind == "noise" and any(_is_hum(event, each) for each in hum))
        and not (event.kind == "click" and any(_is_near(event, edge_s) for edge_s in edges_s))
    )


def _edges_s(event: RecordingEvent) -> tuple[float, float]:
    return event.from_s, event.to_s


def _is_near(click: RecordingEvent, edge_s: float) -> bool:
    return click.from_s - _CLICK_S <= edge_s <= click.to_s + _CLICK_S


def _is_hum(noise: RecordingEvent, hum: RecordingEvent) -> bool:
    shared_s = min(noise.to_s, hum.to_s) - max(noise.from_s, hum.from_s)
    as_loud = (hum.value or 0.0) >= (noise.value or 0.0) - _HUM_DB
    return as_loud and shared_s >= _SHARE * (noise.to_s - noise.from_s)
