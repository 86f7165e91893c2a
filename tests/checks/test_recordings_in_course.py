"""A course judges its recordings by the same rules as the command `check`; nothing is judged twice or forgotten."""

from datetime import date
from typing import Any

import pytest

from app.checks import blocks, judge_recording, run, verdict
from app.checks.judge import RECORDING_RULES
from app.model.course import Course
from app.model.finding import Finding, Severity, Status
from app.model.papers import Attestation
from app.model.recording import (
    AudioFacts,
    ContainerFacts,
    Recording,
    RecordingReport,
    RecordingRole,
    Stage,
    VideoFacts,
)
from app.model.texts import Lang
from app.storage.regulation_file import load_regulation

OF_COURSE = {"8.4c", "8.5a", "F01.14a"}  # judged there by rules over the recordings of a lesson
RULE_IDS = {rule.id for rule in RECORDING_RULES} - OF_COURSE
QUIET = (Status.PASS, Status.NOT_APPLICABLE)

AUDIO = AudioFacts(codec="aac", sample_rate_hz=48000, channels=2, integrated_lufs=-18.0, true_peak_dbtp=-2.0)
VIDEO = VideoFacts(
    codec="h264", width=1920, height=1080, fps=25.0, vfr=False, scan="progressive", bit_depth=8, bitrate_bps=9_000_000
)
QUIET_AUDIO = AUDIO.model_copy(update={"integrated_lufs": -30.0})
GOOD = RecordingReport(container=ContainerFacts(duration_s=1200.0), video=VIDEO, audio=AUDIO)
POOR = GOOD.model_copy(
    update={
        "container": ContainerFacts(duration_s=600.0),
        "video": VIDEO.model_copy(update={"width": 1280, "height": 720, "bitrate_bps": 3_000_000}),
        "audio": QUIET_AUDIO.model_copy(update={"channels": 1}),
    }
)


def recording(recording_id: str = "r1", **fields: Any) -> Recording:
    return Recording(id=recording_id, path=f"{recording_id}.mp4", **fields)


def findings_in_course(
    recordings: tuple[Recording, ...], reports: dict[str, RecordingReport], **fields: Any
) -> list[Finding]:
    course = Course(recordings=recordings, **fields)
    return [each for each in run(course, reports, {}, load_regulation(), date(2026, 1, 15)) if each.rule in RULE_IDS]


def test_course_without_recordings_has_nothing_to_judge() -> None:
    findings = findings_in_course((), {})
    assert {finding.rule for finding in findings} == RULE_IDS
    assert {finding.status for finding in findings} == {Status.NOT_APPLICABLE}


def test_unmeasured_recording_is_one_finding_and_blocks() -> None:
    findings = findings_in_course((recording("r1"), recording("r2", stage=Stage.SOURCE)), {})
    said = [finding for finding in findings if finding.status is not Status.NOT_APPLICABLE]
    assert [(each.rule, each.status, each.element, each.message) for each in said] == [
        ("9.3.1", Status.NOT_MEASURED, "recordings/r1", "unmeasured"),
        ("9.3.1", Status.NOT_MEASURED, "recordings/r2", "unmeasured"),
    ]
    regulation = load_regulation()
    assert all(blocks(finding, regulation) for finding in said)
    assert regulation.text(said[0], Lang.EN) == "The recording has not been checked yet. Start the check"
    assert regulation.text(said[0], Lang.RU) == "Запись ещё не проверена. Запустите проверку"
    assert regulation.text(said[0], Lang.KK) == "Жазба әлі тексерілген жоқ. Тексерісті іске қосыңыз"


def test_damaged_recording_is_one_finding() -> None:
    report = POOR.model_copy(update={"error": "media_truncated"})
    said = [each for each in findings_in_course((recording(),), {"r1": report}) if each.status not in QUIET]
    assert [(each.rule, each.status, each.message) for each in said] == [("9.3.1", Status.NOT_MEASURED, "unreadable")]


@pytest.mark.parametrize("stage", list(Stage))
def test_course_and_command_say_the_same(stage: Stage) -> None:
    in_course = findings_in_course((recording("r0"), recording("r1", stage=stage)), {"r0": GOOD, "r1": POOR})
    alone = judge_recording(POOR, stage, RecordingRole.LECTURE, load_regulation(), element="recordings/r1")
    faults = [each for each in in_course if each.status not in QUIET]
    assert faults == [each for each in alone if each.status not in QUIET and each.rule in RULE_IDS]
    assert {"9.1.5", "9.1.6", "9.2.3"} <= {each.rule for each in faults}


def test_good_recordings_pass_each_rule_once() -> None:
    findings = findings_in_course((recording("r1"), recording("r2")), {"r1": GOOD, "r2": GOOD})
    assert [each.rule for each in findings if each.rule == "9.1.5"] == ["9.1.5"]
    by_status = {status: {each.rule for each in findings if each.status is status} for status in Status}
    # of a source, of a closing address, and what the office has not asked for
    assert by_status[Status.NOT_APPLICABLE] == {"9.1.2", "9.1.3", "9.2.2", "F08.9a", "Q.dual_mono"}
    assert by_status[Status.PASS] == RULE_IDS - by_status[Status.NOT_APPLICABLE]


def test_word_of_a_person_counts_for_its_recording_only() -> None:
    source = GOOD.model_copy(update={"video": VIDEO.model_copy(update={"bitrate_bps": 90_000_000, "intra_only": True})})
    said = Attestation(id="at1", rule_id="9.2.2", element="recordings/r1", value=True)
    findings = findings_in_course(
        (recording("r1", stage=Stage.SOURCE), recording("r2", stage=Stage.SOURCE)),
        {"r1": source, "r2": source},
        attestations=(said,),
    )
    waiting = [each.element for each in findings if each.rule == "9.2.2" and each.status is Status.ATTEST]
    assert waiting == ["recordings/r2"]


def test_long_closing_address_warns_in_the_course() -> None:
    findings = findings_in_course((recording(role=RecordingRole.CLOSING),), {"r1": GOOD})
    found = [each for each in findings if each.rule == "F08.9a"]
    assert [(each.status, each.measured, each.required) for each in found] == [(Status.WARNING, 20, "1..2")]


def test_only_a_failed_must_rule_fails_a_file() -> None:
    regulation = load_regulation()

    def of(report: RecordingReport, stage: Stage = Stage.UPLOAD) -> str:
        return verdict(judge_recording(report, stage, RecordingRole.NONE, regulation))

    assert of(GOOD) == "pass"
    assert of(POOR) == "fail"
    assert of(GOOD.model_copy(update={"audio": None})) == "fail"
    # loudness only warns; a lossy source waits for a person; a quick check leaves much unmeasured
    assert of(GOOD.model_copy(update={"audio": QUIET_AUDIO})) == "pass"
    source = VIDEO.model_copy(update={"bitrate_bps": 60_000_000, "intra_only": False})
    assert of(GOOD.model_copy(update={"video": source}), Stage.SOURCE) == "pass"
    unknown = VideoFacts(codec="h264", width=1920, height=1080)
    assert of(GOOD.model_copy(update={"quick": True, "video": unknown})) == "pass"


def test_indicators_never_fail_whatever_the_severity_of_their_texts() -> None:
    regulation = load_regulation()
    texts = {key: each.model_copy(update={"severity": Severity.MUST}) for key, each in regulation.rule_texts.items()}
    strict = regulation.model_copy(update={"rule_texts": texts})
    findings = judge_recording(POOR, Stage.UPLOAD, RecordingRole.NONE, strict)
    assert [each.status for each in findings if each.rule == "Q.loudness"] == [Status.WARNING]
