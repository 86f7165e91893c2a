"""Every `--json` document, key by key and type by type, as the contract of the command line writes it.

The shapes below are the contract's own; what the commands print more than that is welcome.
"""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.sample.clips import ClipSpec, make_clip
from tests.cli.command_runs import Run

CODE = "АТУ-ЖИЦДО-ІӘЕ-7.5.1-2025-02"
STATUSES = ("pass", "fail", "warning", "not_measured", "not_applicable", "attest")
KINDS = (
    *("black", "freeze", "duplicate_frames", "dropped_frames", "overexposed", "underexposed", "illegal_range"),
    *("uneven_light", "colour_cast", "chroma_key", "blurred", "upscaled", "blocky", "flash", "flicker", "stripe"),
    *("border", "interlaced", "shot_change", "silence", "clipping", "hum", "noise", "click", "audio_gap"),
    *("dead_channel", "dual_mono", "out_of_phase", "imbalance", "dc_offset", "av_length_mismatch", "av_start_offset"),
)


@dataclass(frozen=True)
class OrNull:
    """A value that may be missing: a figure that could not be measured, a track that is not there."""

    shape: Any


@dataclass(frozen=True)
class MapOf:
    """An object whose keys the contract leaves open."""

    shape: Any


NUMBER = (int, float)
TEXT = str
FIGURE, WHOLE, FLAG = OrNull(NUMBER), OrNull(int), OrNull(bool)
MEASURED = OrNull((int, float, str, bool))
FINDING = {
    "rule": TEXT,
    "status": STATUSES,
    "measured": MEASURED,
    "required": OrNull(TEXT),
    "text": TEXT,
}
VIDEO = {
    "codec": TEXT,
    "width": WHOLE,
    "height": WHOLE,
    "fps": FIGURE,
    "vfr": FLAG,
    "scan": ("progressive", "interlaced", "unknown"),
    "bit_depth": WHOLE,
    "bitrate_bps": WHOLE,
    "intra_only": FLAG,
    "frames": WHOLE,
}
AUDIO = {
    "codec": TEXT,
    "sample_rate_hz": WHOLE,
    "channels": WHOLE,
    "bit_depth": WHOLE,
    "effective_bit_depth": WHOLE,
    "integrated_lufs": FIGURE,
    "loudness_range_lu": FIGURE,
    "max_momentary_lufs": FIGURE,
    "max_short_term_lufs": FIGURE,
    "true_peak_dbtp": FIGURE,
}
CHECK = {
    "regulation": OrNull(TEXT),
    "files": [
        {
            "path": TEXT,
            "stage": ("source", "upload"),
            "role": ("lecture", "promo", "greeting", "closing", "none"),
            "quick": bool,
            "verdict": ("pass", "fail", "error"),
            "error": OrNull(TEXT),
            "container": {"format": TEXT, "duration_s": FIGURE, "size_bytes": WHOLE},
            "video": OrNull(VIDEO),
            "audio": OrNull(AUDIO),
            "findings": [{**FINDING, "unit": TEXT}],
            "events": [
                {"kind": KINDS, "from_s": NUMBER, "to_s": NUMBER, "channel": WHOLE, "value": FIGURE},
            ],
            "timing": {"wall_s": NUMBER, "frames_per_s": NUMBER},
        }
    ],
}
VALIDATE = {
    "regulation": OrNull(TEXT),
    "ready": bool,
    "findings": [{**FINDING, "element": TEXT}],
    "counts": {"fail": int, "warning": int, "attest": int},
}
VERIFY = {
    "valid": bool,
    "problems": [{"kind": TEXT, "path": TEXT, "text": TEXT}],
    "documents": [TEXT],
    "course_findings": [{**FINDING, "element": TEXT}],
}
LINT = {
    "format": OrNull(("aiken", "gift", "moodle-xml", "platonus", "tamos", "mytestx", "word")),
    "encoding": OrNull(TEXT),
    "questions": int,
    "problems": [
        {
            "line": int,
            "question": int,
            "code": TEXT,
            "severity": ("error", "warning"),
            "text": TEXT,
            "fixable": bool,
        }
    ],
    "key_positions": MapOf(int),
    "moodle": {"imported": int, "lost": int, "without_right_answer": int, "wrong_key": int},
}


def differences(shape: Any, value: Any, place: str = "") -> list[str]:
    """Return where a document differs from a shape: a type or several, words, a list of one shape, an object."""
    if isinstance(shape, OrNull):
        return [] if value is None else differences(shape.shape, value, place)
    if isinstance(shape, MapOf):
        shape = dict.fromkeys(value, shape.shape) if isinstance(value, dict) else {}
    if isinstance(shape, Mapping):
        if not isinstance(value, dict):
            return [f"{place}: no object"]
        lacking = [f"{place}.{key}: missing" for key in shape.keys() - value.keys()]
        return lacking + [
            fault
            for key in shape.keys() & value.keys()
            for fault in differences(shape[key], value[key], f"{place}.{key}")
        ]
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [f"{place}: no list"]
        return [fault for n, one in enumerate(value) for fault in differences(shape[0], one, f"{place}[{n}]")]
    if isinstance(shape, tuple) and isinstance(shape[0], str):
        return [] if value in shape else [f"{place}: {value!r}"]
    types = shape if isinstance(shape, tuple) else (shape,)
    fits = isinstance(value, types) and (bool in types or not isinstance(value, bool))
    return [] if fits else [f"{place}: {value!r} is no {types}"]


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ({"valid": 1}, ".valid: 1 is no"),
        ({"valid": True, "problems": {}}, ".problems: no list"),
        ({"course_findings": [{"status": "good"}]}, ".course_findings[0].status: 'good'"),
        ({"documents": [None]}, ".documents[0]: None is no"),
        ({}, ".valid: missing"),
    ],
)
def test_the_comparison_sees_faults(value: Any, fault: str) -> None:
    assert any(line.startswith(fault) for line in differences(VERIFY, value))


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A short recording with a black picture and a silence, too small for the regulation."""
    path = tmp_path_factory.mktemp("json") / "дәріс.mp4"
    spec = ClipSpec(
        duration_s=5.0, width=320, height=180, bitrate_bps=500_000, black=((1.0, 3.4),), silence=((1.0, 3.4),)
    )
    make_clip(path, spec)
    return path


@pytest.mark.parametrize(
    ("options", "status"),
    [
        (("--stage", "source", "--role", "lecture"), 1),
        (("--role", "promo", "--quick"), 1),
    ],
)
def test_check(run: Run, clip: Path, options: tuple[str, ...], status: int) -> None:
    ran = run("check", clip, "--json", *options)
    assert ran.status == status
    assert differences(CHECK, ran.json) == []
    [entry] = ran.json["files"]
    assert ran.json["regulation"] == CODE
    assert entry["verdict"] == "fail"
    assert entry["stage"] == ("source" if "source" in options else "upload")
    assert entry["quick"] is ("--quick" in options)
    if not entry["quick"]:
        assert {"black", "silence"} <= {event["kind"] for event in entry["events"]}
        assert all(0 <= event["from_s"] <= event["to_s"] <= 5.1 for event in entry["events"])


def test_check_with_a_file_that_cannot_be_read(run: Run, clip: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.mp4").write_bytes(b"")
    (tmp_path / "text.mp4").write_bytes(b"no recording")
    files = [tmp_path / "none.mp4", tmp_path / "empty.mp4", tmp_path / "text.mp4", clip]
    ran = run("check", *files, "--json", "--quick")
    assert ran.status == 3
    assert differences(CHECK, ran.json) == []
    entries = {Path(entry["path"]).name: entry for entry in ran.json["files"]}
    assert {name: entry["verdict"] for name, entry in entries.items()} == {
        "none.mp4": "error",
        "empty.mp4": "error",
        "text.mp4": "error",
        "дәріс.mp4": "fail",
    }
    sizes = {name: entry["container"]["size_bytes"] for name, entry in entries.items()}
    assert sizes == {"none.mp4": None, "empty.mp4": 0, "text.mp4": 12, "дәріс.mp4": clip.stat().st_size}
    for name in ("none.mp4", "empty.mp4", "text.mp4"):
        entry = entries[name]
        assert (entry["video"], entry["audio"], entry["events"], entry["container"]["duration_s"]) == (
            None, None, [], None,
        )  # fmt: skip
        assert entry["error"]


def test_check_of_sound_alone(run: Run, tmp_path: Path) -> None:
    make_clip(tmp_path / "s.wav", ClipSpec(duration_s=1.0, video_codec=None, audio_codec="pcm_s24le"))
    ran = run("check", tmp_path / "s.wav", "--json")
    assert differences(CHECK, ran.json) == []
    assert ran.json["files"][0]["video"] is None


def test_validate(run: Run, course_folder: Path, lenient: Path) -> None:
    ran = run("validate", course_folder, "--json")
    assert (ran.status, ran.json["ready"]) == (1, False)
    assert differences(VALIDATE, ran.json) == []
    counted = dict.fromkeys(STATUSES, 0)
    for finding in ran.json["findings"]:
        counted[finding["status"]] += 1
    assert ran.json["counts"] == counted
    ready = run("validate", course_folder, "--json", "--regulation", lenient)
    assert (ready.status, ready.json["ready"]) == (0, True)
    assert differences(VALIDATE, ready.json) == []


def changed_copy(bundle: Path, target: Path, *, drop: str = "", change: str = "", add: str = "") -> Path:
    """Pack a bundle anew without one file, with one changed or with one more."""
    with zipfile.ZipFile(bundle) as source, zipfile.ZipFile(target, "w") as copy:
        for info in source.infolist():
            data = source.read(info)
            if not (drop and info.filename.endswith(drop)):
                copy.writestr(info, data + b" " if change and info.filename.endswith(change) else data)
        if add:
            copy.writestr(f"{source.namelist()[0].split('/')[0]}/{add}", b"x")
    return target


def test_verify(run: Run, bundle: Path) -> None:
    ran = run("verify", bundle, "--json")
    assert (ran.status, ran.err, ran.json["valid"], ran.json["problems"]) == (0, "", True, [])
    assert differences(VERIFY, ran.json) == []
    assert "documents/form_01.pdf" in ran.json["documents"]
    # The rules say that the sample course is not ready, which changes neither `valid` nor the exit status.
    assert any(finding["status"] == "fail" for finding in ran.json["course_findings"])


@pytest.mark.parametrize(
    ("how", "status", "kind", "path"),
    [
        ({"change": "editable/form_05.txt"}, 1, "changed", "data/editable/form_05.txt"),
        ({"change": "course.json"}, 1, "changed", "data/course.json"),
        ({"drop": "documents/form_02.pdf"}, 3, "missing", "data/documents/form_02.pdf"),
        ({"add": "data/documents/more.pdf"}, 3, "extra", "data/documents/more.pdf"),
        ({"drop": "/manifest-sha256.txt"}, 3, "structure", "manifest-sha256.txt"),
    ],
)
def test_verify_of_a_tampered_bundle(
    run: Run, bundle: Path, tmp_path: Path, how: dict[str, str], status: int, kind: str, path: str
) -> None:
    ran = run("verify", changed_copy(bundle, tmp_path / "b.zip", **how), "--json")
    assert (ran.status, ran.json["valid"]) == (status, False)
    assert differences(VERIFY, ran.json) == []
    assert [(problem["kind"], problem["path"]) for problem in ran.json["problems"]] == [(kind, path)]
    assert path in ran.err


@pytest.mark.parametrize("part", [0.0, 0.5, 0.999])
def test_verify_of_a_truncated_bundle(run: Run, bundle: Path, tmp_path: Path, part: float) -> None:
    whole = bundle.read_bytes()
    cut = tmp_path / "cut.zip"
    cut.write_bytes(whole[: int(len(whole) * part)])
    ran = run("verify", cut, "--json")
    assert (ran.status, ran.json["valid"], ran.json["error_code"]) == (3, False, "bundle_not_zip")
    assert differences(VERIFY, ran.json) == []
    assert [problem["kind"] for problem in ran.json["problems"]] == ["bundle_not_zip"]
    assert str(cut) in ran.err


AIKEN = "Сұрақ\nA) бір\nB) екі\nC) үш\nD) төрт\nE) бес\nANSWER: {}\n"


@pytest.mark.parametrize(("key", "status", "codes"), [("B", 0, set()), ("В", 1, {"cyrillic_answer"})])
def test_lint(run: Run, tmp_path: Path, key: str, status: int, codes: set[str]) -> None:
    (tmp_path / "q.txt").write_text(AIKEN.format(key), encoding="utf-8")
    ran = run("questions", "lint", tmp_path / "q.txt", "--json")
    assert ran.status == status
    assert differences(LINT, ran.json) == []
    assert (ran.json["format"], ran.json["questions"]) == ("aiken", 1)
    assert {problem["code"] for problem in ran.json["problems"] if problem["severity"] == "error"} == codes
    assert ran.json["moodle"] == {
        "imported": 1, "lost": 0, "without_right_answer": len(codes), "wrong_key": 0, "errors": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("command", "shape"),
    [
        (("check", "{}"), CHECK),
        (("validate", "{}/none"), VALIDATE),
        (("verify", "{}/none.zip"), VERIFY),
        (("verify", "{}"), VERIFY),
        (("questions", "lint", "{}/none.txt"), LINT),
        (("validate", "{}", "--regulation", "{}/none.toml"), VALIDATE),
    ],
)
def test_what_cannot_be_read_gives_its_one_document_too(
    run: Run, tmp_path: Path, command: tuple[str, ...], shape: dict[str, Any]
) -> None:
    """A folder without recordings, a course, a bundle, a question file, an edition that are not there."""
    ran = run(*(part.format(tmp_path) for part in command), "--json")
    assert ran.status == 3
    assert differences(shape, ran.json) == []
    assert " ".join(ran.err.split()) == " ".join(ran.json["error"].split())
    assert not ran.json.get("ready")
    assert not ran.json.get("valid")
    if "regulation" in shape:
        assert ran.json["regulation"] == (None if "--regulation" in command else CODE)


@pytest.mark.parametrize("command", [("check",), ("validate",), ("verify",), ("questions", "lint")])
def test_wrong_usage_prints_no_document(run: Run, command: tuple[str, ...]) -> None:
    ran = run(*command, "--json")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err
