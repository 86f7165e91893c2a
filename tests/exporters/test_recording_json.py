"""`check --json`: one entry of ``files`` key by key as the contract of the command line gives it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.checks import judge_recording
from app.exporters.recording_json import recording_entry
from app.model.recording import (
    AudioFacts,
    ContainerFacts,
    EventTrack,
    RecordingEvent,
    RecordingReport,
    RecordingRole,
    Stage,
    VideoFacts,
)
from app.model.texts import Lang
from app.storage.regulation_file import load_regulation

AUDIO = AudioFacts(
    codec="aac",
    sample_rate_hz=48000,
    channels=2,
    integrated_lufs=-18.0,
    loudness_range_lu=5.0,
    max_momentary_lufs=-12.5,
    max_short_term_lufs=-14.0,
    true_peak_dbtp=-1.0,
)
REPORT = RecordingReport(
    path="дәріс 1.mp4",
    container=ContainerFacts(format="MPEG-4", duration_s=1200.04, size_bytes=1_400_000_000),
    video=VideoFacts(
        codec="h264",
        width=1280,
        height=720,
        fps=25.0,
        vfr=False,
        scan="progressive",
        bit_depth=8,
        bitrate_bps=9_000_000,
        intra_only=False,
        frames=30001,
    ),
    audio=AUDIO,
    events=(RecordingEvent(kind="black", from_s=10.0, to_s=14.0),),
    wall_s=200.5,
    frames_per_s=149.6,
)


def entry(report: RecordingReport, **changes: Any) -> dict[str, Any]:
    stage, role = changes.pop("stage", Stage.UPLOAD), changes.pop("role", RecordingRole.NONE)
    lang = changes.pop("lang", Lang.EN)
    regulation = load_regulation()
    findings = judge_recording(report, stage, role, regulation)
    result = recording_entry(report, findings, regulation, lang, stage=stage, role=role, **changes)
    json.dumps(result, allow_nan=False)
    return result


AUDIO_KEYS = (
    *("codec", "sample_rate_hz", "channels", "bit_depth", "effective_bit_depth", "integrated_lufs"),
    *("loudness_range_lu", "max_momentary_lufs", "max_short_term_lufs", "true_peak_dbtp"),
)


def test_entry_key_by_key() -> None:
    result = entry(REPORT)
    findings = result.pop("findings")
    contract = result["audio"].keys() & set(AUDIO_KEYS)
    result["audio"] = {key: result["audio"][key] for key in contract}  # more keys are welcome
    assert result == {
        "path": "дәріс 1.mp4",
        "stage": "upload",
        "role": "none",
        "quick": False,
        "verdict": "fail",
        "error": None,
        "container": {"format": "MPEG-4", "duration_s": 1200.04, "size_bytes": 1_400_000_000},
        "video": {
            "codec": "h264",
            "width": 1280,
            "height": 720,
            "fps": 25.0,
            "vfr": False,
            "scan": "progressive",
            "bit_depth": 8,
            "bitrate_bps": 9_000_000,
            "intra_only": False,
            "frames": 30001,
        },
        "audio": {
            "codec": "aac",
            "sample_rate_hz": 48000,
            "channels": 2,
            "bit_depth": None,
            "effective_bit_depth": None,
            "integrated_lufs": -18.0,
            "loudness_range_lu": 5.0,
            "max_momentary_lufs": -12.5,
            "max_short_term_lufs": -14.0,
            "true_peak_dbtp": -1.0,
        },
        "events": [{"kind": "black", "from_s": 10.0, "to_s": 14.0, "channel": None, "value": None}],
        "timing": {"wall_s": 200.5, "frames_per_s": 149.6},
    }
    assert [each for each in findings if each["rule"] in ("9.1.4", "9.1.5", "9.2.2", "Q.black")] == [
        {
            "rule": "9.1.4",
            "status": "pass",
            "measured": 9.0,
            "required": ">= 8",
            "unit": "mbps",
            "text": "The video for the platform carries 8 Mbit/s or more",
        },
        {
            "rule": "9.1.5",
            "status": "fail",
            "measured": "1280x720",
            "required": ">= 1920x1080",
            "unit": "px",
            "text": "The frame is 1280x720 px, at least 1920 x 1080 are needed",
        },
        {
            "rule": "9.2.2",
            "status": "not_applicable",
            "measured": None,
            "required": None,
            "unit": "",
            "text": "The source sound has 20 bits a sample or more",
        },
        {
            "rule": "Q.black",
            "status": "warning",
            "measured": 4.0,
            "required": "< 2",
            "unit": "s",
            "text": "Black picture. Places: 1, the first at 0:10, the longest lasts 4 s",
        },
    ]


def test_keys_stand_in_the_order_of_the_contract() -> None:
    assert list(entry(REPORT)) == [
        "path",
        "stage",
        "role",
        "quick",
        "verdict",
        "error",
        "container",
        "video",
        "audio",
        "findings",
        "events",
        "timing",
    ]


def test_stage_role_and_language_are_those_asked_for() -> None:
    result = entry(REPORT, stage=Stage.SOURCE, role=RecordingRole.LECTURE, lang=Lang.KK)
    assert (result["stage"], result["role"]) == ("source", "lecture")
    texts = {each["rule"]: each["text"] for each in result["findings"]}
    assert texts["9.1.3"] == "Бастапқы бейненің деректер ағымы – 9 Мбит/с, ал кемі 50 Мбит/с керек"


def test_missing_tracks_are_null() -> None:
    result = entry(REPORT.model_copy(update={"video": None, "audio": None}))
    assert (result["video"], result["audio"]) == (None, None)


def test_unreadable_file_is_an_error_with_its_text() -> None:
    unread = RecordingReport(path="empty.mp4", error="media_empty")
    result = entry(unread, error_text="The file is empty.")
    assert (result["verdict"], result["error"]) == ("error", "The file is empty.")
    assert result["container"] == {"format": "", "duration_s": None, "size_bytes": 0}
    assert "pass" not in {each["status"] for each in result["findings"]}
    assert entry(unread)["error"] == "media_empty"


def test_error_text_of_a_readable_file_is_not_printed() -> None:
    assert entry(REPORT, error_text="nothing")["error"] is None


def test_paired_sound_stands_beside_the_camera_sound() -> None:
    wav = AUDIO.model_copy(update={"codec": "pcm_s24le", "bit_depth": 24, "effective_bit_depth": 24, "lossless": True})
    clipped = RecordingEvent(kind="clipping", from_s=1.0, to_s=1.2, channel=1, value=12.0, track=EventTrack.SOUND)
    result = entry(REPORT.model_copy(update={"sound": wav, "events": (clipped,)}))
    assert result["audio"]["codec"] == "aac"
    assert (result["sound"]["codec"], result["sound"]["effective_bit_depth"]) == ("pcm_s24le", 24)
    assert result["sound"].keys() == result["audio"].keys()
    assert result["events"] == [
        {"kind": "clipping", "from_s": 1.0, "to_s": 1.2, "channel": 1, "value": 12.0, "track": "sound"}
    ]


@pytest.mark.parametrize("level", [float("-inf"), float("nan")])
def test_level_of_digital_silence_is_null(level: float) -> None:
    silent = AUDIO.model_copy(update={"integrated_lufs": level, "true_peak_dbtp": level})
    result = entry(REPORT.model_copy(update={"audio": silent}))
    assert result["audio"]["integrated_lufs"] is None
    said = [each for each in result["findings"] if each["rule"] == "Q.loudness"]
    assert [each["measured"] for each in said] == [None]
    assert "pass" not in {each["status"] for each in said}


figures = st.none() | st.integers(0, 10**12)
levels = st.none() | st.floats()
video_facts = st.none() | st.builds(
    VideoFacts,
    width=st.integers(0, 10000),
    height=st.integers(0, 10000),
    fps=st.none() | st.floats(0, 1000),
    vfr=st.none() | st.booleans(),
    scan=st.sampled_from(["progressive", "interlaced", "unknown"]),
    bit_depth=figures,
    bitrate_bps=figures,
    intra_only=st.none() | st.booleans(),
)
audio_facts = st.none() | st.builds(
    AudioFacts,
    lossless=st.booleans(),
    sample_rate_hz=st.integers(0, 400_000),
    channels=st.integers(0, 64),
    bit_depth=figures,
    effective_bit_depth=figures,
    integrated_lufs=levels,
    true_peak_dbtp=levels,
)
reports = st.builds(
    RecordingReport,
    quick=st.booleans(),
    container=st.builds(ContainerFacts, duration_s=levels),
    video=video_facts,
    audio=audio_facts,
    sound=audio_facts,
    events=st.lists(
        st.builds(
            RecordingEvent,
            kind=st.sampled_from(["black", "silence", "clipping", "freeze"]),
            from_s=st.floats(0, 1e5),
            to_s=st.floats(0, 1e5),
            track=st.sampled_from(EventTrack),
        ),
        max_size=4,
    ).map(tuple),
    error=st.sampled_from([None, "media_truncated"]),
)


@given(report=reports, stage=st.sampled_from(Stage), role=st.sampled_from(RecordingRole), lang=st.sampled_from(Lang))
def test_whatever_was_measured_is_judged_and_printed(
    report: RecordingReport, stage: Stage, role: RecordingRole, lang: Lang
) -> None:
    result = entry(report, stage=stage, role=role, lang=lang)
    assert all(each["text"] for each in result["findings"])
    assert (result["verdict"] == "error") == (report.error is not None)
