"""A second implementation as judge: FFmpeg's own filters and ffprobe say the same of planted faults and of facts."""

import json
import re
import shutil
import subprocess
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from app.media.analyse import analyse
from app.model.recording import RecordingReport
from tests.media.ground_truth import AAC, H264, H264_10, MPEG2, PRORES, WAV, Clip, Form, Plant, write_clip
from tests.media.truth_plans import registered_kinds

pytestmark = pytest.mark.skipif(
    shutil.which("ffmpeg") is None or shutil.which("ffprobe") is None, reason="ffmpeg is not installed"
)

Span = tuple[float, float]
Made = tuple[Path, RecordingReport]
FORMS = {
    form.ending: replace(form, width=480, height=270, bitrate_bps=form.bitrate_bps // 4)
    for form in (H264, H264_10, PRORES, MPEG2)
}
PLANTS = (
    Plant("black", 1.0, 3.4, 0.0),
    Plant("freeze", 5.0, 7.8, 3.0),
    Plant("silence", 1.4, 3.7, -120.0),
    Plant("clipping", 5.0, 5.5, 12.0),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Made]:
    folder = tmp_path_factory.mktemp("second")
    clips = {}
    for number, (ending, form) in enumerate(FORMS.items()):
        path = folder / f"planted{ending}"
        write_clip(path, Clip(form, 9.0, PLANTS, ((0.0, "camera"), (3.8, "camera")), seed=20 + number))
        clips[ending] = (path, analyse(path))
    return clips


def said(path: Path, *filters: str) -> str:
    """Return what FFmpeg prints while it reads a file through filters."""
    command = ["ffmpeg", "-hide_banner", "-nostats", "-i", str(path), *filters, "-f", "null", "-"]
    return subprocess.run(command, capture_output=True, check=True, text=True, timeout=120).stderr


def spans(text: str, kind: str) -> list[Span]:
    """Return the spans that a detecting filter names, e.g. ``black_start:1 black_end:3.4``."""
    starts, ends = (re.findall(rf"{kind}_{edge}: ?(-?[\d.]+)", text) for edge in ("start", "end"))
    return [(float(start), float(end)) for start, end in zip(starts, ends, strict=True)]


def ours(report: RecordingReport, kind: str) -> list[Span]:
    return [(event.from_s, event.to_s) for event in report.events if event.kind == kind]


def assert_same(mine: list[Span], theirs: list[Span], off_s: float) -> None:
    assert len(mine) == len(theirs) > 0
    for one, other in zip(mine, theirs, strict=True):
        assert one == pytest.approx(other, abs=off_s)


@pytest.mark.parametrize("ending", FORMS)
def test_black_agrees_with_blackdetect(made: dict[str, Made], ending: str) -> None:
    path, report = made[ending]
    theirs = spans(said(path, "-vf", "blackdetect=d=2:pic_th=0.98:pix_th=0.10", "-an"), "black")
    start_s = first_stamp_s(path)
    assert_same(ours(report, "black"), [(one - start_s, other - start_s) for one, other in theirs], 1.1 / 25)


@pytest.mark.parametrize("ending", FORMS)
def test_freeze_agrees_with_freezedetect(made: dict[str, Made], ending: str) -> None:
    if "freeze" not in registered_kinds():
        pytest.skip("no analyser tells it yet")
    path, report = made[ending]
    theirs = [
        (one, other)
        for one, other in spans(said(path, "-vf", "freezedetect=n=0.002:d=2", "-an"), "freeze")
        if one > 4.0  # black is frozen for FFmpeg as well
    ]
    if not theirs:
        pytest.skip("FFmpeg's mean difference does not tell this one")
    start_s = first_stamp_s(path)
    for one, other in theirs:
        middle_s = (one + other) / 2 - start_s
        assert any(from_s <= middle_s <= to_s for from_s, to_s in ours(report, "freeze"))


@pytest.mark.parametrize("ending", FORMS)
def test_silence_agrees_with_silencedetect(made: dict[str, Made], ending: str) -> None:
    path, report = made[ending]
    theirs = spans(said(path, "-af", "silencedetect=noise=-60dB:d=2", "-vn"), "silence")
    assert_same(ours(report, "silence"), theirs, 0.05)


@pytest.mark.parametrize("ending", FORMS)
def test_loudness_agrees_with_ebur128(made: dict[str, Made], ending: str) -> None:
    path, report = made[ending]
    text = said(path, "-af", "ebur128=peak=true:framelog=info", "-vn")
    summary = text[text.rindex("Summary:") :].split()
    audio = report.audio
    assert audio is not None
    assert audio.integrated_lufs == pytest.approx(float(summary[summary.index("I:") + 1]), abs=0.1)
    assert audio.loudness_range_lu == pytest.approx(float(summary[summary.index("LRA:") + 1]), abs=0.3)
    assert audio.true_peak_dbtp == pytest.approx(float(summary[summary.index("Peak:") + 1]), abs=0.2)
    # FFmpeg looks every 100 ms, ours more often: ours may be higher, hardly lower
    for mine, letter, above in ((audio.max_momentary_lufs, "M", 1.0), (audio.max_short_term_lufs, "S", 0.3)):
        theirs = max(float(level) for level in re.findall(rf" {letter}: *(-?[\d.]+)", text))
        assert mine is not None
        assert -0.15 <= mine - theirs <= above


@pytest.mark.parametrize("ending", FORMS)
def test_facts_agree_with_ffprobe(made: dict[str, Made], ending: str) -> None:
    path, report = made[ending]
    command = ["ffprobe", "-v", "error", "-count_frames", "-show_streams", "-show_format", "-of", "json", str(path)]
    probed = json.loads(subprocess.run(command, capture_output=True, check=True, text=True, timeout=120).stdout)
    picture, sound = (next(s for s in probed["streams"] if s["codec_type"] == kind) for kind in ("video", "audio"))
    video, audio = report.video, report.audio
    assert video is not None
    assert audio is not None
    assert (video.codec, video.width, video.height) == (picture["codec_name"], picture["width"], picture["height"])
    assert video.frames == int(picture["nb_read_frames"])
    assert video.fps == pytest.approx(float(Fraction(picture["avg_frame_rate"])), rel=0.001)
    assert video.bit_depth == (10 if "10" in picture["pix_fmt"] else 8)
    assert (audio.codec, audio.channels) == (sound["codec_name"], sound["channels"])
    assert audio.sample_rate_hz == int(sound["sample_rate"])
    assert report.container.size_bytes == int(probed["format"]["size"])
    assert report.container.duration_s == pytest.approx(float(probed["format"]["duration"]), abs=0.15)


@pytest.mark.parametrize("form", [WAV, AAC], ids=lambda form: form.name)
def test_levels_agree_with_astats(tmp_path: Path, form: Form) -> None:
    path = tmp_path / f"speech{form.ending}"
    write_clip(path, Clip(form, 6.0, seed=8))
    audio = analyse(path).audio
    assert audio is not None
    (overall,) = re.findall(r"Overall.*", said(path, "-af", "astats", "-vn"), re.DOTALL)
    peak_dbfs = max(float(level) for level in re.findall(r"Peak level dB: *(-?[\d.]+)", overall))
    assert audio.sample_peak_dbfs == pytest.approx(peak_dbfs, abs=0.05)


def first_stamp_s(path: Path) -> float:
    """Return where FFmpeg's clock starts: a transport stream does not start at zero, the filters count from there."""
    command = ["ffprobe", "-v", "error", "-show_entries", "format=start_time", "-of", "csv=p=0", str(path)]
    start_s = float(subprocess.run(command, capture_output=True, check=True, text=True, timeout=60).stdout)
    return start_s if path.suffix == ".ts" and _filters_keep_the_clock(path) else 0.0


def _filters_keep_the_clock(path: Path) -> bool:
    text = said(path, "-vf", "showinfo", "-frames:v", "1", "-an")
    (first,) = re.findall(r"pts_time:(-?[\d.]+)", text)[:1]
    return float(first) > 0.5
