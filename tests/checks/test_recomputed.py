"""Verdicts come from the kept figures: other limits, another stage or role need no second decode (principle 5)."""

import sys

import pytest

from app.checks import judge_recording
from app.checks.judge import verdict
from app.model.finding import Status
from app.model.recording import (
    AudioFacts,
    ContainerFacts,
    RecordingEvent,
    RecordingReport,
    RecordingRole,
    Stage,
    VideoFacts,
)
from app.model.regulation import Regulation
from app.storage.regulation_file import load_regulation

REPORT = RecordingReport(
    container=ContainerFacts(format="MPEG-4", duration_s=200.0, size_bytes=1),
    video=VideoFacts(
        codec="h264",
        width=1920,
        height=1080,
        fps=25.0,
        vfr=False,
        scan="progressive",
        bit_depth=8,
        bitrate_bps=9_000_000,
        intra_only=False,
        frames=5_000,
        duration_s=200.0,
    ),
    audio=AudioFacts(codec="aac", sample_rate_hz=48_000, channels=2, integrated_lufs=-22.0, duration_s=200.0),
    events=(RecordingEvent(kind="black", from_s=10.0, to_s=13.0),),
)


@pytest.fixture(autouse=True)
def no_decoder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever tries to load the decoder now fails."""
    for name in ("av", "app.media.analyse", "app.media.picture", "app.media.sound"):
        monkeypatch.setitem(sys.modules, name, None)


def status(rule: str, regulation: Regulation, stage: Stage = Stage.UPLOAD) -> Status:
    findings = judge_recording(REPORT, stage, RecordingRole.NONE, regulation)
    return next(finding.status for finding in findings if finding.rule == rule)


def with_settings(**values: float) -> Regulation:
    regulation = load_regulation()
    return regulation.model_copy(update={"settings": regulation.settings.model_copy(update=values)})


@pytest.mark.parametrize(
    ("rule", "setting", "warns_at", "passes_at"),
    [
        ("Q.loudness", "indicator_integrated_lufs", -18.0, -23.0),
        ("Q.loudness", "indicator_integrated_tolerance_lu", 3.0, 5.0),
        ("Q.black", "indicator_black_s", 2.0, 4.0),
    ],
)
def test_an_indicator_follows_the_setting_of_the_office(
    rule: str, setting: str, warns_at: float, passes_at: float
) -> None:
    assert status(rule, with_settings(**{setting: warns_at})) is Status.WARNING
    assert status(rule, with_settings(**{setting: passes_at})) is Status.PASS


def test_a_limit_of_the_regulation_decides_anew() -> None:
    regulation = load_regulation()
    limit = regulation.limits["upload_bitrate_mbps"]
    stricter = regulation.model_copy(
        update={"limits": {**regulation.limits, "upload_bitrate_mbps": limit.model_copy(update={"min": 10})}}
    )
    assert status("9.1.4", regulation) is Status.PASS
    assert status("9.1.4", stricter) is Status.FAIL


@pytest.mark.parametrize(
    ("role", "faults", "expected"),
    [
        (RecordingRole.NONE, 0, "pass"),  # no rule on the duration
        (RecordingRole.PROMO, 1, "fail"),  # 3 min 20 s of three minutes
        (RecordingRole.CLOSING, 1, "pass"),  # one to two minutes are recommended
        (RecordingRole.LECTURE, 1, "fail"),  # of fifteen minutes and more
    ],
)
def test_the_role_decides_which_duration_counts(role: RecordingRole, faults: int, expected: str) -> None:
    findings = judge_recording(REPORT, Stage.UPLOAD, role, load_regulation())
    broken = [f for f in findings if f.status in (Status.FAIL, Status.WARNING) and not f.rule.startswith("Q.")]
    assert len(broken) == faults
    assert verdict(findings) == expected


def test_the_stage_decides_which_clauses_count() -> None:
    regulation = load_regulation()
    assert status("9.1.4", regulation, Stage.SOURCE) is Status.NOT_APPLICABLE
    assert status("9.1.2", regulation, Stage.UPLOAD) is Status.NOT_APPLICABLE
    assert status("9.1.2", regulation, Stage.SOURCE) is Status.WARNING  # long GOP (decision 7)
