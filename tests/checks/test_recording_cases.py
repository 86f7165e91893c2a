"""Rules on a single recording, case by case: `tests/cases_recordings/<rule>.toml`.

A case starts from a good recording of its stage and changes what it names (``report``, merged; ``"null"`` stands
for None, which TOML cannot say). It states status, measured, required and unit of every finding of its rule, in
``others`` every other rule that is no pass either, and by ``text`` what the user reads. After a quick check no
indicator (``Q.…``) is measured: they are not listed among the others.
"""

import copy
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from app.checks import judge_recording
from app.checks.judge import RECORDING_RULES
from app.checks.recording import RecordingRule, over_recordings
from app.model.finding import Finding, Status
from app.model.recording import RecordingReport, RecordingRole, Stage
from app.model.regulation import Regulation
from app.model.texts import Lang
from app.storage.regulation_file import load_regulation

FOLDER = Path(__file__).resolve().parents[1] / "cases_recordings"
PAGE_PARTS = ["What", "Why", "Passes", "Fails", "Clause"]
QUIET = (Status.PASS, Status.NOT_APPLICABLE)

GOOD_AUDIO: dict[str, Any] = {
    "codec": "aac",
    "sample_rate_hz": 48000,
    "channels": 2,
    "integrated_lufs": -18.0,
    "loudness_range_lu": 5.0,
    "true_peak_dbtp": -2.0,
}
GOOD_SOUND = GOOD_AUDIO | {"codec": "pcm_s24le", "lossless": True, "bit_depth": 24, "effective_bit_depth": 24}
GOOD_VIDEO: dict[str, Any] = {
    "codec": "h264",
    "width": 1920,
    "height": 1080,
    "fps": 25.0,
    "vfr": False,
    "scan": "progressive",
    "bit_depth": 8,
    "bitrate_bps": 10_000_000,
    "intra_only": False,
    "frames": 30000,
}
GOOD: dict[Stage, dict[str, Any]] = {
    Stage.UPLOAD: {
        "path": "lecture.mp4",
        "container": {"format": "MPEG-4", "duration_s": 1200.0, "size_bytes": 1_500_000_000},
        "video": GOOD_VIDEO,
        "audio": GOOD_AUDIO,
    },
    Stage.SOURCE: {
        "path": "camera.mov",
        "container": {"format": "MPEG-4", "duration_s": 1200.0, "size_bytes": 22_000_000_000},
        "video": GOOD_VIDEO | {"codec": "prores", "bit_depth": 10, "bitrate_bps": 147_000_000, "intra_only": True},
        "audio": GOOD_SOUND,
    },
}


def merged(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    result = dict(copy.deepcopy(base))
    for key, value in changes.items():
        if isinstance(value, dict) and isinstance(result.get(key), dict):
            result[key] = merged(result[key], value)
        else:
            result[key] = None if value == "null" else value
    return result


def load_cases() -> list[tuple[str, dict[str, Any]]]:
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        assert content["rule"] == path.stem
        assert content.keys() <= {"rule", "case"}
        found += [(content["rule"], case) for case in content["case"]]
    return found


CASES = load_cases()


def case_id(value: object) -> str:
    return value if isinstance(value, str) else str(value["name"]) if isinstance(value, dict) else ""


def judged(rule_id: str, case: Mapping[str, Any], regulation: Regulation) -> tuple[Finding, ...]:
    stage = Stage(case.get("stage", "upload"))
    report = RecordingReport.model_validate(merged(GOOD[stage], case.get("report", {})))
    settings = regulation.settings.model_copy(update=case.get("settings", {}))
    word = case.get("attested")

    def attested(asked_rule_id: str, element: str) -> bool | None:
        return word if (asked_rule_id, element) == (rule_id, "recordings/r1") else None

    return judge_recording(
        report,
        stage,
        RecordingRole(case.get("role", "none")),
        regulation.model_copy(update={"settings": settings}),
        element="recordings/r1",
        attested=attested,
    )


EXPECTED_KEYS = ("status", "measured", "required", "unit", "text")


@pytest.mark.parametrize(("rule_id", "case"), CASES, ids=case_id)
def test_case(rule_id: str, case: dict[str, Any]) -> None:
    regulation = load_regulation()
    findings = judged(rule_id, case, regulation)
    own = [finding for finding in findings if finding.rule == rule_id]
    expected = case.get("findings", [{key: case[key] for key in EXPECTED_KEYS if key in case} or {"status": "pass"}])
    assert len(own) == len(expected)
    for finding, wanted in zip(own, expected, strict=True):
        assert wanted.keys() <= set(EXPECTED_KEYS)
        assert finding.status.value == wanted["status"]
        assert finding.element == "recordings/r1"
        if finding.status is not Status.PASS or "required" in wanted:
            assert (finding.measured, finding.required, finding.unit) == (
                wanted.get("measured"),
                wanted.get("required"),
                wanted.get("unit", ""),
            )
        texts = {lang.value: regulation.text(finding, lang) for lang in Lang}
        assert "text" not in wanted or texts == wanted["text"]
    loud = [finding for finding in findings if finding.status not in QUIET]
    if case.get("report", {}).get("quick"):
        loud = [each for each in loud if not (each.rule.startswith("Q.") and each.status is Status.NOT_MEASURED)]
    others = {finding.rule for finding in loud} - {rule_id}
    assert others == set(case.get("others", ()))


@pytest.mark.parametrize("rule_id", [rule.id for rule in RECORDING_RULES])
def test_rule_has_cases_inside_and_outside(rule_id: str) -> None:
    """A rule without a passing and a failing case is not tested; each message is read once in all languages."""
    own = [case for case_rule_id, case in CASES if case_rule_id == rule_id]
    statuses = {finding["status"] for case in own for finding in case.get("findings", [case]) if "status" in finding}
    assert statuses & {"fail", "warning"}
    assert any(case.get("status", "pass") == "pass" for case in own if "findings" not in case)


def test_every_message_is_read_in_three_languages() -> None:
    regulation = load_regulation()
    read: set[tuple[str, str]] = set()
    for rule_id, case in CASES:
        wanted = case.get("findings", [case])
        own = [finding for finding in judged(rule_id, case, regulation) if finding.rule == rule_id]
        read |= {(rule_id, finding.message) for finding, one in zip(own, wanted, strict=True) if "text" in one}
    all_of_recordings = {
        (rule.id, message)
        for rule in RECORDING_RULES
        for message in regulation.rule_texts[rule.id].messages
        if rule.id not in ("8.4c", "8.5a", "F01.14a")  # shared with the course's rules, which say more
    }
    assert all_of_recordings - read == {("9.3.1", "unmeasured")}  # only a course knows of an unmeasured recording


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("role", [RecordingRole.NONE, RecordingRole.GREETING, RecordingRole.LECTURE])
def test_good_recording_has_nothing_to_say(stage: Stage, role: RecordingRole) -> None:
    findings = judged("", {"stage": stage, "role": role}, load_regulation())
    assert {finding.rule for finding in findings if finding.status not in QUIET} == set()
    assert [finding.rule for finding in findings] == [rule.id for rule in RECORDING_RULES]


@pytest.mark.parametrize("rule", RECORDING_RULES, ids=lambda rule: rule.id)
def test_rule_documents_itself_alone_and_in_a_course(rule: RecordingRule) -> None:
    page = rule.check.__doc__ or ""
    parts = [line.strip().partition(":")[0] for line in page.splitlines()]
    assert [part for part in parts if part in PAGE_PARTS] == PAGE_PARTS
    assert over_recordings(rule).check.__doc__ == page
