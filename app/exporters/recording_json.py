"""A judged recording as the command `check --json` prints it (contract of the command line)."""

from collections.abc import Iterable
from math import isfinite
from typing import Any

from app.checks import verdict
from app.model.base import Model
from app.model.finding import Finding
from app.model.recording import RecordingReport, RecordingRole, Stage
from app.model.regulation import Regulation
from app.model.texts import Lang

CONTAINER_KEYS = ("format", "duration_s", "size_bytes")
VIDEO_KEYS = ("codec", "width", "height", "fps", "vfr", "scan", "bit_depth", "bitrate_bps", "intra_only", "frames")
AUDIO_KEYS = (
    "codec",
    "sample_rate_hz",
    "channels",
    "bit_depth",
    "effective_bit_depth",
    "integrated_lufs",
    "loudness_range_lu",
    "max_momentary_lufs",
    "max_short_term_lufs",
    "true_peak_dbtp",
    "noise_floor_dbfs",
    "speech_to_noise_db",
    "hum_hz",
    "hum_dbfs",
    "bandwidth_hz",
    "syllables_per_min",
    "pause_share",
    "longest_pause_s",
)
EVENT_KEYS = ("kind", "from_s", "to_s", "channel", "value")
_NEVER_ZERO = frozenset({"size_bytes", "width", "height", "sample_rate_hz", "channels"})
"""Figures that no recording has as 0: there it means that nothing could be measured."""
_EMPTY_FILE = "media_empty"


def recording_entry(
    report: RecordingReport,
    findings: Iterable[Finding],
    regulation: Regulation,
    lang: Lang,
    *,
    stage: Stage,
    role: RecordingRole,
    error_text: str | None = None,
) -> dict[str, Any]:
    """Return one entry of ``files``, ready for `json.dumps` with ``allow_nan=False``.

    Args:
        report: what was measured; for a file that could not be opened an empty report with path and error.
        findings: what `app.checks.judge_recording` said of it.
        regulation: the edition that gives the texts of the findings.
        lang: their language.
        stage: the stage by which it was judged.
        role: the role by which it was judged.
        error_text: the report's error in the user's language, its code where None.

    Returns:
        The keys of the contract. Where a WAV of the sound recorder is paired, also ``sound`` (as ``audio``), and each
        event says its ``track``: ``recording`` or ``sound``. A track that the file does not have, and a figure that
        could not be measured, is None.
    """
    findings = tuple(findings)
    container = _facts(report.container, CONTAINER_KEYS)
    if container is not None and report.error == _EMPTY_FILE:
        container["size_bytes"] = 0
    entry: dict[str, Any] = {
        "path": report.path,
        "stage": stage.value,
        "role": role.value,
        "quick": report.quick,
        "verdict": "error" if report.error else verdict(findings),
        "error": (error_text or report.error) if report.error else None,
        "container": container,
        "video": _facts(report.video, VIDEO_KEYS),
        "audio": _facts(report.audio, AUDIO_KEYS),
        "findings": [_finding(finding, regulation, lang) for finding in findings],
        "events": [_facts(event, EVENT_KEYS) for event in report.events],
        "timing": {"wall_s": report.wall_s, "frames_per_s": report.frames_per_s},
    }
    if report.sound is not None:
        entry["sound"] = _facts(report.sound, AUDIO_KEYS)
        entry["events"] = [_facts(event, (*EVENT_KEYS, "track")) for event in report.events]
    return entry


def _finding(finding: Finding, regulation: Regulation, lang: Lang) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "status": finding.status.value,
        "measured": _finite(finding.measured),
        "required": finding.required,
        "unit": finding.unit,
        "text": regulation.text(finding, lang),
    }


def _facts(facts: Model | None, keys: Iterable[str]) -> dict[str, Any] | None:
    return None if facts is None else {key: _measured(key, getattr(facts, key)) for key in keys}


def _measured(key: str, value: object) -> object:
    return None if key in _NEVER_ZERO and value == 0 else _finite(value)


def _finite(value: object) -> object:
    """Return a value as JSON can hold it: minus infinity, the level of digital silence, is no number there."""
    return None if isinstance(value, float) and not isfinite(value) else value
