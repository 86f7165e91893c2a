"""A recording that was checked, and how it is told to people: in the terminal, in the report, in the demonstration."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from app.checks import judge_recording
from app.checks import verdict as verdict_of
from app.checks.places import SOUND_KINDS
from app.checks.recording import clock_text
from app.model.errors import MediaError
from app.model.finding import Finding, Status
from app.model.recording import (
    AudioFacts,
    EventTrack,
    RecordingEvent,
    RecordingReport,
    RecordingRole,
    Stage,
    VideoFacts,
)
from app.model.regulation import Regulation, plain_number
from app.model.texts import Lang, megabytes_text, with_decimal_sign
from app.storage.texts_file import load_texts

_Value = TypeVar("_Value")

NOTHING = "–"
"""Stands for a figure that could not be measured."""

_INDICATOR = "Q."
_NO_FAULTS = frozenset({"shot_change"})
_EVENTS_OF_RULE = {"9.1.6": "interlaced"}
"""Kind of the events that a clause judges; an indicator has its kind in its name: ``Q.black``."""


@dataclass(frozen=True, slots=True)
class CheckedRecording:
    """One recording, measured and judged.

    Attributes:
        path: as it was asked for.
        report: what was measured; of a file that could not be opened an empty report with its error.
        findings: what the rules say of it, passes included.
        error: why it was not measured, or not to its end.
    """

    path: Path
    stage: Stage
    role: RecordingRole
    report: RecordingReport
    findings: tuple[Finding, ...]
    error: MediaError | None = None

    @property
    def verdict(self) -> Literal["pass", "fail", "error"]:
        """The verdict of the command-line contract."""
        return "error" if self.error is not None else verdict_of(self.findings)

    def of_status(self, *statuses: Status) -> tuple[Finding, ...]:
        """Return the findings of some statuses, in the order of the statuses."""
        return tuple(finding for status in statuses for finding in self.findings if finding.status is status)

    def events_of(self, finding: Finding) -> tuple[RecordingEvent, ...]:
        """Return what happens in the recording where a finding has its fault."""
        kind = _EVENTS_OF_RULE.get(finding.rule, finding.rule.removeprefix(_INDICATOR))
        return tuple(event for event in self.report.events if event.kind == kind and self._is_judged(event))

    @property
    def other_events(self) -> tuple[RecordingEvent, ...]:
        """What happens in the recording and belongs to no failure and no warning; cuts are no matter of interest."""
        told = [self.events_of(finding) for finding in self.of_status(Status.FAIL, Status.WARNING)]
        events = (event for event in self.report.events if event.kind not in _NO_FAULTS)
        return tuple(event for event in events if not any(event in others for others in told))

    def _is_judged(self, event: RecordingEvent) -> bool:
        """Of sound only the paired WAV is judged where there is one (decision 6)."""
        paired = event.kind in SOUND_KINDS and self.report.sound is not None
        return event.track is (EventTrack.SOUND if paired else EventTrack.RECORDING)


def checked(
    path: Path,
    outcome: RecordingReport | MediaError,
    regulation: Regulation,
    *,
    stage: Stage,
    role: RecordingRole,
    quick: bool = False,
) -> CheckedRecording:
    """Judge the outcome of a measurement.

    Args:
        path: the recording as it was asked for.
        outcome: what `app.media` says of it.
        regulation: the edition to judge by.
        stage: source or upload.
        role: what the recording is for.
        quick: whether a quick check was asked for.
    """
    if isinstance(outcome, MediaError):
        error: MediaError | None = outcome
        report = RecordingReport(path=str(path), quick=quick, error=outcome.code)
    else:
        report = outcome
        error = MediaError(report.error, name=path.name) if report.error else None
    findings = judge_recording(report, stage, role, regulation)
    return CheckedRecording(path, stage, role, report, findings, error)


@dataclass(frozen=True, slots=True)
class RecordingWords:
    """What is said of a recording, in one language."""

    regulation: Regulation
    lang: Lang

    def say(self, key: str, **values: object) -> str:
        """Return a text; ``key`` without the leading ``recording.``."""
        return load_texts().get(f"recording.{key}", self.lang, **values)

    def error(self, error: MediaError) -> tuple[str, str]:
        """Return cause and remedy of an error."""
        texts, base = load_texts(), f"errors.{error.code}"
        return (
            texts.get(f"{base}.cause", self.lang, **error.params),
            texts.get(f"{base}.remedy", self.lang, **error.params),
        )

    def finding(self, finding: Finding) -> str:
        """Return a finding as a sentence."""
        return self.regulation.text(finding, self.lang)

    def measured(self, finding: Finding) -> str:
        """Return what was measured with its unit, empty where there is no figure."""
        return self._figure(finding.measured, finding.unit)

    def required(self, finding: Finding) -> str:
        """Return what is required with its unit, empty where there is no limit."""
        return self._figure(finding.required, finding.unit)

    def _figure(self, value: object, unit: str) -> str:
        named = {"intra": "value.intra", "long_gop": "value.long_gop"}
        if isinstance(value, str) and value in named:
            return self.say(named[value])
        return self.regulation.with_unit(value, unit, self.lang)

    def moments(self, events: Iterable[RecordingEvent], *, with_kind: bool = False) -> tuple[str, ...]:
        """Return when events happen, e.g. ``0:02.0–0:04.6``, short ones ``0:02.0``; two channels are one moment.

        Args:
            events: the events.
            with_kind: name what happens as well.
        """
        channels: dict[str, list[str]] = {}
        for event in events:
            ends = (moment_text(time_s, self.lang) for time_s in (event.from_s, event.to_s))
            parts = ["–".join(dict.fromkeys(ends))]
            if with_kind:
                parts.append(self.say(f"event.{event.kind}"))
            if event.track is EventTrack.SOUND:
                parts.append(f"({self.say('value.recorder')})")
            names = channels.setdefault(" ".join(parts), [])
            if event.channel is not None:
                names.append(self.say("value.channel", n=event.channel + 1))
        return tuple(
            f"{moment} ({', '.join(sorted(names))})" if names else moment for moment, names in channels.items()
        )

    def short_facts(self, report: RecordingReport) -> tuple[str, str]:
        """Return one line on file and picture, one on the sound that is judged."""
        container, video, sound = report.container, report.video, report.sound or report.audio
        file = self.say(
            "facts.file",
            format=container.format or NOTHING,
            duration=or_nothing(container.duration_s, clock_text),
            size=megabytes_text(container.size_bytes, self.lang),
        )
        picture = self._short_picture(video) if video is not None else self.say("facts.no_picture")
        return f"{file}; {picture}", self._short_sound(sound) if sound is not None else self.say("facts.no_sound")

    def _short_picture(self, video: VideoFacts) -> str:
        return self.say(
            "facts.picture",
            codec=video.codec,
            width=video.width,
            height=video.height,
            fps=self.united(video.fps, "fps", fps_text),
            scan=self.say(f"facts.scan.{video.scan}"),
            depth=self.united(video.bit_depth, "bit", str),
            rate=self.united(video.bitrate_bps, "mbps", mbps_text),
        )

    def _short_sound(self, sound: AudioFacts) -> str:
        return self.say(
            "facts.sound",
            codec=sound.codec,
            rate=self.united(sound.sample_rate_hz, "khz", khz_text),
            channels=sound.channels,
            depth=self.united(sound.effective_bit_depth or sound.bit_depth, "bit", str),
            loudness=self.united(sound.integrated_lufs, "lufs", level_text),
            peak=self.united(sound.true_peak_dbtp, "dbtp", level_text),
        )

    def united(self, value: _Value | None, unit: str, text: Callable[[_Value], str]) -> str:
        """Return a figure with its unit, a dash where it could not be measured."""
        return NOTHING if value is None else self.regulation.with_unit(text(value), unit, self.lang)


def moment_text(time_s: float, lang: Lang) -> str:
    """Return a place in a recording to a tenth of a second: ``2:05.4``, with the decimal sign of the language."""
    tenths = round(time_s * 10)
    return with_decimal_sign(f"{clock_text(tenths // 10)}.{tenths % 10}", lang)


def khz_text(rate_hz: int) -> str:
    """Return a sampling rate in kHz: ``44.1``."""
    return plain_number(rate_hz / 1000)


def fps_text(fps: float) -> str:
    """Return a frame rate: ``25``, ``29.97``, ``23.976``."""
    return f"{fps:.3f}".rstrip("0").rstrip(".")


def mbps_text(bitrate_bps: int) -> str:
    """Return a rate in Mbit/s, rounded down: 7.9999 must not read as the 8 that is required."""
    return plain_number(bitrate_bps // 10_000 / 100)


def level_text(level: float) -> str:
    """Return a level as a meter shows it, to one decimal."""
    return f"{level:.1f}"


def or_nothing(value: _Value | None, text: Callable[[_Value], str]) -> str:
    """Return a figure as text, a dash where it could not be measured."""
    return NOTHING if value is None else text(value)
