"""check: what is measured of files that others made, verdicts and statuses, bad input, the report, the progress bar."""

import io
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader

from app.cli import main
from app.sample.clips import ClipSpec, make_clip
from tests.cli.command_runs import Run

ROOT = Path(__file__).resolve().parents[2]
CODE = "АТУ-ЖИЦДО-ІӘЕ-7.5.1-2025-02"
SMALL = ClipSpec(duration_s=1.0, width=320, height=180, bitrate_bps=500_000)
ENTRY_KEYS = {
    "path", "stage", "role", "quick", "verdict", "error", "container", "video", "audio", "findings", "events", "timing",
}  # fmt: skip

Folder = Callable[..., Path]


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a recording that passes, and below it one that fails and has planted faults; never written to."""
    folder = tmp_path_factory.mktemp("дәріс жазбалары")
    make_clip(folder / "good.mp4", ClipSpec(duration_s=2.0))
    (folder / "2-апта видео").mkdir()
    faulty = ClipSpec(duration_s=5.0, width=320, height=180, bitrate_bps=500_000, black=((1.0, 3.4),))
    make_clip(folder / "2-апта видео" / "нашар дәріс.MP4", faulty)
    (folder / "notes.txt").write_text("no recording", encoding="utf-8")
    (folder / ".hidden.mp4").write_bytes(b"")
    return folder


def findings_of(entry: dict[str, Any], status: str) -> dict[str, dict[str, Any]]:
    return {finding["rule"]: finding for finding in entry["findings"] if finding["status"] == status}


# Facts of files that a separate ffmpeg made


PICTURE = ("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25:duration=2")
SOUND = ("-f", "lavfi", "-i", "aevalsrc=0.2*sin(2*PI*440*t)|0.1*sin(2*PI*880*t):s=48000:d=2")
X264 = ("-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p")
INTRA = ("-c:v", "libx264", "-preset", "veryfast", "-profile:v", "high422", "-pix_fmt", "yuv422p10le", "-g", "1")
PRORES = ("-c:v", "prores_ks", "-profile:v", "3", "-pix_fmt", "yuv422p10le", "-vendor", "apl0")
FIELDS = ("-vf", "tinterlace=interleave_top", "-c:v", "mpeg2video", "-b:v", "4M", "-flags", "+ildct+ilme")
SCREEN = ("-vf", "select='lt(mod(n,10),3)+eq(mod(n,10),7)'", "-vsync", "vfr", *X264)
VP8 = ("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "1M")
FAST_PICTURE = ("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=50:duration=2")

VIDEO_FILES: dict[str, tuple[tuple[str, ...], dict[str, object]]] = {
    "h264.mp4": (
        (*PICTURE, *SOUND, *X264, "-c:a", "aac"),
        {"codec": "h264", "scan": "progressive", "bit_depth": 8, "fps": 25.0, "vfr": False, "intra_only": False},
    ),
    "h264.mkv": (
        (*PICTURE, *SOUND, *X264, "-c:a", "flac"),
        {"codec": "h264", "scan": "progressive", "bit_depth": 8, "fps": 25.0, "vfr": False, "intra_only": False},
    ),
    "intra.mov": (
        (*PICTURE, *SOUND, *INTRA, "-c:a", "pcm_s24le"),
        {"codec": "h264", "scan": "progressive", "bit_depth": 10, "fps": 25.0, "vfr": False, "intra_only": True},
    ),
    "prores.mov": (
        (*PICTURE, *SOUND, *PRORES, "-c:a", "pcm_s16le"),
        {"codec": "prores", "scan": "progressive", "bit_depth": 10, "fps": 25.0, "vfr": False, "intra_only": True},
    ),
    "fields.mpg": (
        (*FAST_PICTURE, *SOUND, *FIELDS, "-c:a", "mp2"),
        {"codec": "mpeg2video", "scan": "interlaced", "bit_depth": 8, "fps": 25.0, "vfr": False, "intra_only": False},
    ),
    "screen.mp4": (
        (*FAST_PICTURE, *SOUND, *SCREEN, "-c:a", "aac"),
        {"codec": "h264", "scan": "progressive", "bit_depth": 8, "fps": 20.0, "vfr": True, "intra_only": False},
    ),
    "vp8.webm": (
        (*PICTURE, *SOUND, *VP8, "-c:a", "libopus"),
        {"codec": "vp8", "scan": "progressive", "bit_depth": 8, "fps": 25.0, "vfr": False, "intra_only": False},
    ),
}  # fmt: skip
SOUND_FILES: dict[str, tuple[tuple[str, ...], tuple[str, int, int]]] = {
    "pcm16.wav": ((*SOUND, "-c:a", "pcm_s16le"), ("pcm_s16le", 16, 16)),
    "pcm24.wav": ((*SOUND, "-c:a", "pcm_s24le"), ("pcm_s24le", 24, 24)),
    "padded.wav": (("-i", "pcm16.wav", "-c:a", "pcm_s24le"), ("pcm_s24le", 24, 16)),
    "lossless.flac": ((*SOUND, "-c:a", "flac", "-sample_fmt", "s16"), ("flac", 16, 16)),
}


@pytest.fixture(scope="module")
def made_by_ffmpeg(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with files that a separate ffmpeg process made."""
    if shutil.which("ffmpeg") is None or shutil.which("ffprobe") is None:
        pytest.skip("ffmpeg and ffprobe are not installed")
    folder = tmp_path_factory.mktemp("ffmpeg")
    for name, (arguments, _) in (*VIDEO_FILES.items(), *SOUND_FILES.items()):
        command = ["ffmpeg", "-v", "error", "-y", *arguments, name]
        subprocess.run(command, check=True, capture_output=True, timeout=60, cwd=folder)
    return folder


def probed_bps(path: Path) -> float:
    """Return the average rate of the picture's packets over their time, as ffprobe reads both."""
    entries = ("-show_entries", "packet=size,pts_time", "-of", "json", "-select_streams", "v:0")
    out = subprocess.run(["ffprobe", "-v", "error", *entries, str(path)], check=True, capture_output=True).stdout
    packets = json.loads(out)["packets"]
    times = sorted(float(packet["pts_time"]) for packet in packets)
    length_s = (times[-1] - times[0]) * len(times) / (len(times) - 1)
    return sum(int(packet["size"]) for packet in packets) * 8 / length_s


@pytest.fixture(scope="module")
def facts(made_by_ffmpeg: Path) -> dict[str, dict[str, Any]]:
    """What one call says of all of them, by file name; the document comes from the report that it writes."""
    report = made_by_ffmpeg / "report.json"
    arguments = ["check", str(made_by_ffmpeg), "--jobs", "2", "--lang", "en", "--report", str(report)]
    assert main(arguments) == 1  # all are smaller than Full HD
    files = json.loads(report.read_text(encoding="utf-8"))["files"]
    assert [Path(entry["path"]).name for entry in files] == sorted((*VIDEO_FILES, *SOUND_FILES))
    return {Path(entry["path"]).name: entry for entry in files}


@pytest.mark.parametrize("name", VIDEO_FILES)
def test_picture_as_made(facts: dict[str, dict[str, Any]], made_by_ffmpeg: Path, name: str) -> None:
    entry, expected = facts[name], VIDEO_FILES[name][1]
    video = entry["video"]
    assert (video["width"], video["height"]) == (320, 180)
    assert {key: video[key] for key in expected if key != "fps"} == {k: v for k, v in expected.items() if k != "fps"}
    assert video["fps"] == pytest.approx(expected["fps"], rel=0.05 if video["vfr"] else 1e-6)
    assert video["bitrate_bps"] == pytest.approx(probed_bps(made_by_ffmpeg / name), rel=0.05)
    assert (entry["audio"]["sample_rate_hz"], entry["audio"]["channels"]) == (48_000, 2)
    assert entry["container"]["duration_s"] == pytest.approx(2.0, abs=0.1)
    assert entry["container"]["size_bytes"] == (made_by_ffmpeg / name).stat().st_size


@pytest.mark.parametrize("name", SOUND_FILES)
def test_sound_as_made(facts: dict[str, dict[str, Any]], name: str) -> None:
    entry, (codec, bits, used_bits) = facts[name], SOUND_FILES[name][1]
    audio = entry["audio"]
    assert entry["video"] is None
    assert (audio["codec"], audio["bit_depth"], audio["effective_bit_depth"]) == (codec, bits, used_bits)
    assert (audio["sample_rate_hz"], audio["channels"]) == (48_000, 2)
    assert "9.3.1" in findings_of(entry, "fail")  # sound alone is no recording


def test_file_without_picture_and_sound(run: Run, made_by_ffmpeg: Path, tmp_path: Path) -> None:
    (tmp_path / "words.srt").write_text("1\n00:00:00,000 --> 00:00:01,000\nx\n", encoding="utf-8")
    path = tmp_path / "words.mkv"
    subprocess.run(["ffmpeg", "-v", "error", "-i", tmp_path / "words.srt", path], check=True, timeout=60)
    ran = run("check", path, "--json")
    assert ran.status == 3
    assert ran.json["files"][0]["error_code"] == "media_no_streams"


# The document and the exit status


def test_recording_that_passes(run: Run, clips: Path) -> None:
    ran = run("check", clips / "good.mp4", "--json")
    assert (ran.status, ran.err) == (0, "")
    assert ran.json.keys() >= {"regulation", "files"}
    assert ran.json["regulation"] == CODE
    [entry] = ran.json["files"]
    assert entry.keys() >= ENTRY_KEYS
    assert (entry["path"], entry["stage"], entry["role"]) == (str(clips / "good.mp4"), "upload", "none")
    assert (entry["verdict"], entry["error"], entry["quick"]) == ("pass", None, False)
    assert (entry["video"]["width"], entry["video"]["height"], entry["video"]["frames"]) == (1920, 1080, 50)
    assert entry["audio"]["integrated_lufs"] == pytest.approx(-18.0, abs=1.0)
    assert "9.1.5" in findings_of(entry, "pass")
    assert entry["timing"]["wall_s"] > 0


def test_folder_for_people(run: Run, clips: Path) -> None:
    """A folder is searched to the bottom; by default only what is wanting is told, with its moment."""
    ran = run("check", clips)
    assert ran.status == 1
    good, bad = clips / "good.mp4", clips / "2-апта видео" / "нашар дәріс.MP4"
    assert [line for line in ran.out.splitlines() if line.startswith(str(clips))] == [str(bad), str(good)]
    assert "Not met 9.1.5" in ran.out
    assert "measured: 320x180 px; required: ≥ 1920x1080 px" in ran.out
    assert "moment: 0:01.0–0:03.4" in ran.out
    assert "9.1.1" not in ran.out  # met by both
    assert "Files checked: 2. They meet the requirements: 1, do not: 1, errors: 0." in ran.out
    assert "notes" not in ran.out


@pytest.mark.parametrize(
    ("lang", "words"),
    [("kk", "Жазба талаптарға сай емес"), ("ru", "Запись не соответствует"), ("en", "does not meet")],
)
def test_languages(run: Run, clips: Path, lang: str, words: str) -> None:
    ran = run("check", clips / "2-апта видео", "--quick", lang=lang)
    assert ran.status == 1
    assert words in ran.out


def test_stage_and_role_and_quick_are_judged(run: Run, clips: Path) -> None:
    ran = run("check", clips / "good.mp4", "--stage", "source", "--role", "lecture", "--quick", "--json")
    assert ran.status == 1
    [entry] = ran.json["files"]
    assert (entry["stage"], entry["role"], entry["quick"]) == ("source", "lecture", True)
    assert findings_of(entry, "fail").keys() == {"9.1.3"}  # 10 of 50 Mbit/s
    assert entry["audio"]["integrated_lufs"] is None


def test_sound_of_the_recorder_is_judged(run: Run, clips: Path, tmp_path: Path) -> None:
    wav = tmp_path / "recorder.wav"
    make_clip(wav, ClipSpec(duration_s=2.0, video_codec=None, audio_codec="pcm_s16le", sample_rate_hz=44_100))
    ran = run("check", clips / "good.mp4", "--sound", wav, "--json")
    assert ran.status == 1
    [entry] = ran.json["files"]
    assert entry["sound"]["bit_depth"] == 16
    assert findings_of(entry, "fail").keys() == {"9.2.1", "9.2.2"}


def test_bad_files_do_not_stop_the_others(run: Run, clips: Path, tmp_path: Path) -> None:
    whole = tmp_path / "жақсы.mp4"
    make_clip(whole, SMALL)
    (tmp_path / "cut.mp4").write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    (tmp_path / "empty.mp4").write_bytes(b"")
    (tmp_path / "letter.mp4").write_text("Құрметті әріптестер! " * 500, encoding="utf-8")
    names = ["cut.mp4", "empty.mp4", "letter.mp4", "missing.mp4", whole.name]
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    ran = run("check", *(tmp_path / name for name in names), "--json", "--jobs", "2")
    assert ran.status == 3
    files = ran.json["files"]
    assert [Path(entry["path"]).name for entry in files] == names
    assert [entry["verdict"] for entry in files] == ["error"] * 4 + ["fail"]
    codes = ["media_truncated", "media_empty", "media_not_a_recording", "media_missing", None]
    assert [entry["error_code"] for entry in files] == codes
    for entry in files[:4]:
        assert Path(entry["path"]).name in entry["error"]
        assert not findings_of(entry, "fail")
    assert files[4]["error"] is None
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_error_for_people_names_cause_and_remedy(run: Run, tmp_path: Path) -> None:
    ran = run("check", tmp_path / "жоқ\x1b[31m.mp4")
    assert ran.status == 3
    assert "was not found" in ran.out
    assert "whether its drive is connected" in ran.out
    assert "\x1b" not in ran.out


def test_folder_without_recordings(run: Run, clips: Path, tmp_path: Path) -> None:
    ran = run("check", tmp_path)
    assert (ran.status, ran.out) == (3, "")
    assert str(tmp_path) in ran.err
    ran = run("check", tmp_path, clips / "2-апта видео", "--quick")
    assert ran.status == 3
    assert str(tmp_path) in ran.err
    assert "Not met 9.1.5" in ran.out


# The report


@pytest.fixture(scope="module")
def reports(clips: Path, tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """Write a report on both clips and return its path."""

    def make(ending: str, lang: str, *options: str) -> Path:
        path = tmp_path_factory.mktemp("reports") / f"есеп 1{ending}"
        arguments = ["check", str(clips), "--report", str(path), "--lang", lang, "--date", "2026-03-02", *options]
        assert main(arguments) == 1
        return path

    return make


def test_report_in_pdf(reports: Folder) -> None:
    reader = PdfReader(reports(".PDF", "ru"))
    text = " ".join("\n".join(page.extract_text() for page in reader.pages).split())
    for words in ("Отчёт о проверке видеозаписей", "Итог", "good.mp4", "нашар дәріс.MP4", CODE, "02.03.2026"):
        assert words in text
    for words in ("9.1.5", "320x180 пикс.", "≥ 1920x1080", "0:01,0–0:03,4", "48 кГц", "320x180"):
        assert words in text
    assert text.index("Запись не соответствует требованиям") < text.index("Данные о файле")


def test_report_in_docx(reports: Folder) -> None:
    document = Document(str(reports(".docx", "kk", "--quick")))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "Бейнежазбаларды тексеру есебі" in text
    assert "Жазба талаптарға сай емес" in text
    assert {"good.mp4", "320x180 пиксель", "≥ 1920x1080 пиксель", "жылдам (тақырып пен үзінділер бойынша)"} <= set(
        cells
    )


def test_report_in_json_is_the_document_on_stdout(run: Run, clips: Path, tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    ran = run("check", clips / "good.mp4", "--quick", "--json", "--report", path)
    assert ran.status == 0
    assert path.read_text(encoding="utf-8") == ran.out
    assert str(path) in ran.err


def test_report_on_an_unreadable_file_says_why(run: Run, tmp_path: Path) -> None:
    report = tmp_path / "r.pdf"
    assert run("check", tmp_path / "none.mp4", "--report", report).status == 3
    assert "was not found" in " ".join(PdfReader(report).pages[0].extract_text().split())


def test_report_without_a_place_is_refused_before_measuring(run: Run, clips: Path, tmp_path: Path) -> None:
    ran = run("check", clips, "--report", tmp_path / "none" / "r.pdf")
    assert (ran.status, ran.out) == (3, "")
    assert str(tmp_path / "none") in ran.err


def test_report_that_cannot_be_written(run: Run, clips: Path, tmp_path: Path) -> None:
    (tmp_path / "r.json").mkdir()
    ran = run("check", clips / "good.mp4", "--quick", "--report", tmp_path / "r.json")
    assert ran.status == 3
    assert "meets the requirements" in ran.out  # the verdict is not lost with the report
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.json"]


def test_wrong_usage(run: Run, clips: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.pdf"
    letter.write_text("mine", encoding="utf-8")
    for arguments, named in (
        ((clips, "--report", "r.txt"), ".pdf, .docx, .json"),
        ((clips, "--sound", "a.wav"), "--sound"),
        ((letter, "--report", letter), "letter.pdf"),
        ((clips, "--jobs", "0"), "--jobs"),
    ):
        ran = run("check", *arguments)
        assert (ran.status, ran.out) == (2, "")
        assert named in ran.err
    assert letter.read_text(encoding="utf-8") == "mine"


# Terminal and interrupt


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_shown_on_a_terminal_alone(
    run: Run, clips: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    piped = run("check", clips / "good.mp4", "--quick")
    assert piped.err == ""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert main(["check", str(clips / "good.mp4"), "--quick", "--lang", "en"]) == 0
    assert capsys.readouterr().out == piped.out
    assert "1 of 1 done: good.mp4" in terminal.getvalue()
    assert "time left" in terminal.getvalue()


@pytest.fixture
def heard_interrupt() -> Iterator[None]:
    """A shell lets its jobs in the background ignore the interrupt, and all that they start would ignore it too."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heard_interrupt")
@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_interrupt_ends_the_children_at_once(clips: Path, tmp_path: Path) -> None:
    for number in range(30):
        shutil.copy(clips / "good.mp4", tmp_path / f"{number:02}.mp4")
    command = [sys.executable, "-m", "app", "check", str(tmp_path), "--jobs", "2"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == str(tmp_path / "00.mp4").encode()
        process.send_signal(signal.SIGINT)
        # The pipes close when the last child has gone; thirty files take a multiple of this.
        _, errors = process.communicate(timeout=15)
    assert process.returncode == 130
    assert errors == b""
