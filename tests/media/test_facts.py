"""Facts of files that a separate ffmpeg made: what it was told to make is what the report says."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from app.media.analyse import analyse
from app.model.recording import AudioFacts, RecordingReport, VideoFacts

pytestmark = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")

Make = Callable[..., Path]
PICTURE = ("-f", "lavfi", "-i", "testsrc2=size=640x360:rate=25:duration=2")
SOUND = ("-f", "lavfi", "-i", "aevalsrc=0.2*sin(2*PI*440*t)|0.1*sin(2*PI*880*t):s=48000:d=2")


def video_of(report: RecordingReport) -> VideoFacts:
    assert report.video is not None
    return report.video


def audio_of(report: RecordingReport) -> AudioFacts:
    assert report.audio is not None
    return report.audio


def packet_bytes(path: Path) -> int:
    """Return the bytes of all picture packets, as ffprobe counts them."""
    command = ["ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", "packet=size", "-of", "csv=p=0"]
    lines = subprocess.run([*command, str(path)], check=True, capture_output=True, text=True).stdout.split()
    return sum(int(line.strip(",")) for line in lines)


H264 = ("-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p")
AAC = ("-c:a", "aac", "-b:a", "128k")
# in .mov ffmpeg would call this AVC-Intra, leave the parameter sets out, and nobody could decode it
INTRA_422 = (
    "-c:v",
    "libx264",
    "-preset",
    "veryfast",
    "-profile:v",
    "high422",
    "-pix_fmt",
    "yuv422p10le",
    "-g",
    "1",
    "-tag:v",
    "avc1",
)
PRORES = ("-c:v", "prores_ks", "-profile:v", "3", "-pix_fmt", "yuv422p10le", "-vendor", "apl0")
VP8 = ("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "2M")


@pytest.mark.parametrize(
    ("name", "arguments", "codec", "bit_depth", "intra_only", "container"),
    [
        ("h264.mp4", (*H264, *AAC), "h264", 8, False, "MPEG-4"),
        ("h264.mov", (*H264, *AAC), "h264", 8, False, "MPEG-4 / QuickTime"),
        ("h264.mkv", (*H264, *AAC), "h264", 8, False, "Matroska"),
        ("intra.mkv", (*INTRA_422, "-c:a", "pcm_s24le"), "h264", 10, True, "Matroska"),
        ("prores.mov", (*PRORES, "-c:a", "pcm_s16le"), "prores", 10, True, "MPEG-4 / QuickTime"),
        ("vp8.webm", (*VP8, "-c:a", "libopus"), "vp8", 8, False, "WebM"),
        ("ffv1.mkv", ("-c:v", "ffv1", "-g", "1", "-pix_fmt", "yuv420p", "-c:a", "flac"), "ffv1", 8, True, "Matroska"),
        ("hevc.mp4", ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=0", "-pix_fmt", "yuv420p10le", *AAC), "hevc", 10, False, "MPEG-4"),  # noqa: E501 - one case, one line
    ],
)  # fmt: skip
def test_picture_facts(
    ffmpeg: Make, name: str, arguments: tuple[str, ...], codec: str, bit_depth: int, intra_only: bool, container: str
) -> None:
    path = ffmpeg(name, *PICTURE, *SOUND, *arguments)
    report = analyse(path)
    video = video_of(report)
    assert report.error is None
    assert report.container.format == container
    assert report.container.duration_s == pytest.approx(2.0, abs=0.1)
    assert report.container.size_bytes == path.stat().st_size
    assert (video.codec, video.bit_depth, video.intra_only) == (codec, bit_depth, intra_only)
    assert (video.width, video.height, video.fps, video.vfr) == (640, 360, 25.0, False)
    assert (video.scan, video.frames, video.damaged_frames) == ("progressive", 50, 0)
    assert video.bitrate_bps == pytest.approx(packet_bytes(path) * 8 / 2.0, rel=0.01)
    assert (audio_of(report).sample_rate_hz, audio_of(report).channels) == (48_000, 2)


def test_profiles_are_named(ffmpeg: Make) -> None:
    assert video_of(analyse(ffmpeg("hq.mov", *PICTURE, *PRORES))).profile == "HQ"
    assert video_of(analyse(ffmpeg("high.mp4", *PICTURE, *H264))).profile == "High"


@pytest.mark.parametrize(("name", "top"), [("top.ts", "1"), ("bottom.ts", "0")])
def test_interlaced_mpeg_2(ffmpeg: Make, name: str, top: str) -> None:
    weave = "tinterlace=interleave_top" if top == "1" else "tinterlace=interleave_bottom"
    path = ffmpeg(
        name,
        *("-f", "lavfi", "-i", "testsrc2=size=720x576:rate=50:duration=3", "-vf", weave),
        *("-c:v", "mpeg2video", "-b:v", "8M", "-flags", "+ildct+ilme", "-top", top),
    )
    video = video_of(analyse(path))
    assert (video.codec, video.scan, video.fps, video.intra_only) == ("mpeg2video", "interlaced", 25.0, False)
    assert video.frames == 75


def test_interlaced_picture_in_a_file_that_says_progressive(ffmpeg: Make) -> None:
    path = ffmpeg(
        "hidden.mp4",
        *("-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=50:duration=4"),
        *("-vf", "tinterlace=interleave_top,setfield=prog", *H264),
    )
    report = analyse(path)
    assert video_of(report).scan == "interlaced"
    assert [event.kind for event in report.events] == ["interlaced"]


def test_variable_rate_screen_capture(ffmpeg: Make) -> None:
    path = ffmpeg(
        "screen.mp4",
        *("-f", "lavfi", "-i", "testsrc2=size=640x360:rate=30:duration=4"),
        *("-vf", "select='lt(mod(n,10),3)+eq(mod(n,10),7)'", "-vsync", "vfr", *H264),
    )
    video = video_of(analyse(path))
    assert video.vfr is True
    assert video.frames == 48  # 4 of 10 in 120
    assert video.fps == pytest.approx(48 / 4.0, rel=0.05)


@pytest.mark.parametrize(("rate", "fps"), [("24000/1001", 23.976), ("30000/1001", 29.97), ("50", 50.0)])
@pytest.mark.parametrize("ending", ["mp4", "mkv"])
def test_usual_rates(ffmpeg: Make, rate: str, fps: float, ending: str) -> None:
    picture = ("-f", "lavfi", "-i", f"testsrc2=size=320x180:rate={rate}:duration=2")
    video = video_of(analyse(ffmpeg(f"rate{round(fps)}.{ending}", *picture, *H264)))
    assert (video.fps, video.vfr) == (fps, False)


def test_a_turned_phone_video_is_measured_as_it_is_shown(ffmpeg: Make) -> None:
    lying = ffmpeg("lying.mp4", *PICTURE, *H264)
    turned = ffmpeg("turned.mp4", "-i", str(lying), "-c", "copy", "-metadata:s:v", "rotate=90")
    video = video_of(analyse(turned))
    if video.rotation_deg == 0:
        pytest.skip("this ffmpeg writes no rotation")
    assert (video.width, video.height) == (360, 640)


def test_full_range_is_told(ffmpeg: Make) -> None:
    assert video_of(analyse(ffmpeg("full.mov", *PICTURE, "-c:v", "mjpeg", "-pix_fmt", "yuvj422p"))).full_range is True
    assert video_of(analyse(ffmpeg("legal.mp4", *PICTURE, *H264))).full_range is False


def test_rgb_picture_is_measured_by_its_luma(ffmpeg: Make) -> None:
    picture = ("-f", "lavfi", "-i", "color=white:size=320x180:rate=25:duration=1")
    report = analyse(ffmpeg("rgb.mov", *picture, "-c:v", "qtrle", "-pix_fmt", "rgb24"))
    (level_percent,) = report.series["luma_mean_percent"]
    assert level_percent == pytest.approx(100.0, abs=1.0)


@pytest.mark.parametrize(
    ("name", "arguments", "codec", "bit_depth", "effective"),
    [
        ("pcm16.wav", ("-c:a", "pcm_s16le"), "pcm_s16le", 16, 16),
        ("pcm24.wav", ("-c:a", "pcm_s24le"), "pcm_s24le", 24, 24),
        ("pcm32.wav", ("-c:a", "pcm_s32le"), "pcm_s32le", 32, 32),
        ("pcm16.flac", ("-c:a", "flac", "-sample_fmt", "s16"), "flac", 16, 16),
        ("pcm24.flac", ("-c:a", "flac", "-sample_fmt", "s32"), "flac", 24, 24),
        ("pcm24.m4a", ("-c:a", "alac", "-sample_fmt", "s32p"), "alac", 24, 24),
        ("pcm24.mov", (*PICTURE, "-c:a", "pcm_s24le", *H264), "pcm_s24le", 24, 24),
        ("pcm16.mkv", ("-c:a", "pcm_s16le"), "pcm_s16le", 16, 16),
        ("pcm24.aiff", ("-c:a", "pcm_s24be"), "pcm_s24be", 24, 24),
        ("lossy.m4a", AAC, "aac", None, None),
        ("lossy.mp3", ("-c:a", "libmp3lame"), "mp3", None, None),
    ],
)
def test_sound_facts(
    ffmpeg: Make, name: str, arguments: tuple[str, ...], codec: str, bit_depth: int | None, effective: int | None
) -> None:
    picture = [argument for argument in arguments if argument in PICTURE][:4]
    rest = arguments[len(picture) :]
    audio = audio_of(analyse(ffmpeg(name, *picture, *SOUND, *rest)))
    assert (audio.codec, audio.bit_depth, audio.effective_bit_depth) == (codec, bit_depth, effective)
    assert (audio.sample_rate_hz, audio.channels, audio.lossless) == (48_000, 2, bit_depth is not None)
    assert audio.duration_s == pytest.approx(2.0, abs=0.06)


def test_16_bit_sound_in_a_24_bit_file_is_unmasked(ffmpeg: Make) -> None:
    narrow = ffmpeg("narrow.wav", *SOUND, "-c:a", "pcm_s16le")
    padded = audio_of(analyse(ffmpeg("padded.wav", "-i", str(narrow), "-c:a", "pcm_s24le")))
    assert (padded.bit_depth, padded.effective_bit_depth) == (24, 16)
    in_mov = audio_of(analyse(ffmpeg("padded.mov", *PICTURE, "-i", str(narrow), *H264, "-c:a", "pcm_s24le")))
    assert (in_mov.bit_depth, in_mov.effective_bit_depth) == (24, 16)


def test_loudness_agrees_with_ffmpegs_own_meter(ffmpeg: Make, tmp_path: Path) -> None:
    random = np.random.default_rng(7)
    swell = np.repeat(random.uniform(0.02, 0.3, 12), 48_000)[:, np.newaxis]
    path = tmp_path / "speech.wav"
    soundfile.write(path, random.standard_normal((swell.size, 2)) * swell * 0.5, 48_000, subtype="PCM_24")
    meter = subprocess.run(
        ["ffmpeg", "-nostats", "-i", str(path), "-af", "ebur128=peak=true", "-f", "null", "-"],
        capture_output=True,
        check=True,
        text=True,
    ).stderr
    summary = meter[meter.rindex("Summary:") :].split()
    audio = audio_of(analyse(path))
    assert audio.integrated_lufs == pytest.approx(float(summary[summary.index("I:") + 1]), abs=0.1)
    assert audio.loudness_range_lu == pytest.approx(float(summary[summary.index("LRA:") + 1]), abs=0.2)
    assert audio.true_peak_dbtp == pytest.approx(float(summary[summary.index("Peak:") + 1]), abs=0.1)


def test_twelve_sound_tracks_are_counted_and_the_first_is_measured(ffmpeg: Make) -> None:
    tracks = [argument for number in range(12) for argument in ("-f", "lavfi", "-i", f"sine=frequency={400 + number}:duration=2")]  # noqa: E501 - one row per track  # fmt: skip
    maps = [argument for number in range(13) for argument in ("-map", str(number))]
    path = ffmpeg("tracks.mov", *PICTURE, *tracks, *maps, *H264, "-c:a", "pcm_s16le", "-ar", "48000")
    report = analyse(path)
    assert (report.container.video_tracks, report.container.audio_tracks, report.error) == (1, 12, None)
    assert (audio_of(report).channels, audio_of(report).codec) == (1, "pcm_s16le")


def test_surround_sound_and_eight_channels_are_measured(ffmpeg: Make) -> None:
    for layout, channels in (("5.1", 6), ("7.1", 8)):
        source = ("-f", "lavfi", "-i", f"anoisesrc=a=0.1:d=2:r=48000,aformat=channel_layouts={layout}")
        audio = audio_of(analyse(ffmpeg(f"surround{channels}.mka", *source, "-c:a", "flac")))
        assert audio.channels == channels
        assert audio.integrated_lufs is not None


def test_picture_alone_and_sound_alone(ffmpeg: Make) -> None:
    silent = analyse(ffmpeg("mute.mp4", *PICTURE, *H264))
    assert silent.audio is None
    assert video_of(silent).frames == 50
    blind = analyse(ffmpeg("blind.mp4", *SOUND, *AAC))
    assert blind.video is None
    assert audio_of(blind).integrated_lufs is not None


def test_a_cover_picture_is_no_video(ffmpeg: Make) -> None:
    cover = ffmpeg("cover.png", "-f", "lavfi", "-i", "testsrc2=size=64x64:rate=1:duration=1", "-frames:v", "1")
    path = ffmpeg("covered.m4a", *SOUND, "-i", str(cover), "-map", "0", "-map", "1", *AAC, "-c:v", "png", "-disposition:v", "attached_pic")  # noqa: E501 - one command  # fmt: skip
    report = analyse(path)
    assert report.video is None
    assert report.container.video_tracks == 0


def test_the_separate_sound_of_the_recorder_stands_beside_the_picture(ffmpeg: Make) -> None:
    picture = ffmpeg("take.mp4", *PICTURE, *SOUND, *H264, *AAC)
    sound = ffmpeg("take.wav", "-f", "lavfi", "-i", "anullsrc=r=96000:cl=stereo:d=3", "-c:a", "pcm_s24le")
    report = analyse(picture, sound_path=sound)
    assert report.sound is not None
    assert (report.sound.sample_rate_hz, report.sound.bit_depth) == (96_000, 24)
    assert audio_of(report).sample_rate_hz == 48_000
    assert [(event.kind, event.track, event.to_s) for event in report.events] == [("silence", "sound", 3.0)]
    assert report.fingerprint != analyse(picture).fingerprint


@pytest.mark.parametrize("name", ["h264.mp4", "intra.mkv"])
def test_the_quick_check_tells_the_header_and_leaves_open_what_it_cannot_prove(ffmpeg: Make, name: str) -> None:
    arguments = (*H264, *AAC) if name == "h264.mp4" else (*INTRA_422, "-c:a", "pcm_s24le")
    path = ffmpeg(f"quick_{name}", *PICTURE, *SOUND, *arguments)
    quick, full = analyse(path, quick=True), analyse(path)
    assert quick.quick is True
    assert (quick.sha256, quick.events, quick.series) == (None, (), {})
    seen, known = video_of(quick), video_of(full)
    assert (seen.codec, seen.width, seen.height, seen.fps, seen.bit_depth) == (
        known.codec,
        known.width,
        known.height,
        known.fps,
        known.bit_depth,
    )
    assert seen.bitrate_bps == pytest.approx(known.bitrate_bps, rel=0.05)
    assert seen.intra_only is (None if name == "intra.mkv" else False)
    assert audio_of(quick).integrated_lufs is None
