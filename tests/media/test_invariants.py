"""Cutting, joining, wrapping anew and reading in other portions keep what they must keep."""

from collections.abc import Iterable
from dataclasses import replace
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import numpy as np
import pytest
import soundfile
from av.stream import Stream
from hypothesis import given, settings
from hypothesis import strategies as st

from app.media.analyse import analyse
from app.media.sound import SoundMeter, SoundResult, make_block
from app.model.recording import AudioFacts, RecordingEvent, RecordingReport
from tests.media.ground_truth import H264, PRORES, WAV, Clip, Plant, write_clip
from tests.media.truth_speech import RATE_HZ, Sound, speech

FEW = settings(max_examples=6, deadline=None, derandomize=True)
PLANTS = (
    Plant("black", 1.0, 3.2, 0.0),
    Plant("silence", 1.3, 3.6, -120.0),
    Plant("click", 4.4, 4.401, 0.8),
)
FACTS = AudioFacts(codec="pcm_s24le", lossless=True, sample_rate_hz=RATE_HZ, channels=2, bit_depth=24)
LEVELS = ("sample_peak_dbfs", "clipped_samples", "integrated_lufs", "true_peak_dbtp", "max_short_term_lufs")


def timeless(report: RecordingReport) -> str:
    """Return a report without what a second run may change."""
    return report.model_copy(update={"wall_s": 0.0, "frames_per_s": 0.0}).model_dump_json()


def told(events: Iterable[RecordingEvent]) -> list[tuple[str, int | None, float, float]]:
    return sorted((event.kind, event.channel or 0, event.from_s, event.to_s) for event in events)


def assert_same_events(one: Iterable[RecordingEvent], other: Iterable[RecordingEvent], off_s: float) -> None:
    for mine, theirs in zip(told(one), told(other), strict=True):
        assert mine[:2] == theirs[:2]
        assert mine[2:] == pytest.approx(theirs[2:], abs=off_s)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("invariants")


@pytest.fixture(scope="module")
def whole(folder: Path) -> Path:
    path = folder / "whole.mp4"
    write_clip(path, Clip(replace(H264, width=480, height=270, bitrate_bps=900_000), 6.0, PLANTS, seed=31))
    return path


@pytest.fixture(scope="module")
def sound() -> Sound:
    path_sound = speech(6.0, 5, hold_at_s=(2.0, 4.4))
    path_sound[:, round(1.3 * RATE_HZ) : round(3.6 * RATE_HZ)] = 0.0
    return np.round(path_sound * 2**23).astype(np.float32) / np.float32(2**23)


def wrapped(source: Path, target: Path, from_s: float = 0.0, to_s: float = inf) -> Path:
    """Write the packets of a recording into another container without encoding anew; what is cut begins at 0."""
    with av.open(str(source)) as reader, av.open(str(target), "w") as writer:
        tracks: dict[int, Stream] = {s.index: writer.add_stream_from_template(s) for s in reader.streams}
        for packet in reader.demux():
            if packet.dts is None or packet.pts is None or not packet.time_base:
                continue
            time_s = float(packet.pts * packet.time_base)
            if (from_s and time_s < from_s - 1e-6) or time_s >= to_s - 1e-6:
                continue
            shift = round(from_s / packet.time_base)
            packet.pts, packet.dts = packet.pts - shift, packet.dts - shift
            packet.stream = tracks[packet.stream_index]
            writer.mux(packet)
    return target


@pytest.mark.parametrize("ending", ["mkv", "mov", "ts"])
def test_another_container_keeps_picture_and_sound(whole: Path, folder: Path, ending: str) -> None:
    before, after = analyse(whole), analyse(wrapped(whole, folder / f"wrapped.{ending}"))
    assert after.error is None
    for report in (before, after):
        assert report.video is not None
        assert report.audio is not None
    assert before.video is not None
    assert after.video is not None
    same = ("codec", "width", "height", "fps", "vfr", "scan", "bit_depth", "intra_only", "frames", "full_range")
    assert {name: getattr(before.video, name) for name in same} == {name: getattr(after.video, name) for name in same}
    # headers that each frame carries in a transport stream count as picture
    assert after.video.bitrate_bps == pytest.approx(before.video.bitrate_bps, rel=0.02)
    assert before.audio is not None
    assert after.audio is not None
    # MP4's edit list drops the encoder's 1024 primed samples, Matroska and transport streams keep them: all is 21 ms
    # later there, and the blocks of 400 ms that loudness is summed over fall elsewhere
    for name in LEVELS:
        assert getattr(after.audio, name) == pytest.approx(getattr(before.audio, name), abs=0.11, rel=0.01), name
    assert_same_events(before.events, after.events, 0.05)


def test_the_same_file_gives_the_same_report_here_and_in_a_copy(whole: Path, folder: Path) -> None:
    copy = folder / "copy.mp4"
    copy.write_bytes(whole.read_bytes())
    first, second, third = analyse(whole), analyse(whole), analyse(copy)
    assert timeless(first) == timeless(second)
    renamed = third.model_copy(update={"path": first.path, "fingerprint": first.fingerprint})
    assert timeless(first) == timeless(renamed)  # the fingerprint holds the file's time


def test_joining_two_recordings_keeps_the_faults_of_both(folder: Path) -> None:
    form = replace(H264, width=480, height=270, bitrate_bps=900_000, audio_codec="pcm_s24le")
    single, joined = folder / "single.mov", folder / "joined.mov"
    write_clip(single, Clip(form, 6.0, PLANTS, seed=31))
    with av.open(str(joined), "w") as writer:
        tracks: dict[int, Stream] = {}
        for number in range(2):
            with av.open(str(single)) as reader:
                for stream in reader.streams:
                    if stream.index not in tracks:
                        tracks[stream.index] = writer.add_stream_from_template(stream)
                for packet in reader.demux():
                    if packet.dts is not None and packet.pts is not None and packet.time_base:
                        shift = round(number * 6.0 / packet.time_base)
                        packet.pts, packet.dts = packet.pts + shift, packet.dts + shift
                        packet.stream = tracks[packet.stream_index]
                        writer.mux(packet)
    one, two = analyse(single), analyse(joined)
    for kind in ("black", "silence"):
        spans = [(e.from_s, e.to_s) for e in one.events if e.kind == kind]
        later = [(from_s + 6.0, to_s + 6.0) for from_s, to_s in spans]
        found = [(e.from_s, e.to_s) for e in two.events if e.kind == kind]
        assert len(found) == 2
        for mine, theirs in zip(found, [*spans, *later], strict=True):
            assert mine == pytest.approx(theirs, abs=0.06)
    assert one.video is not None
    assert two.video is not None
    assert two.video.frames == 2 * (one.video.frames or 0)


@pytest.fixture(scope="module")
def intra(folder: Path) -> Path:
    path = folder / "intra.mov"
    write_clip(path, Clip(replace(PRORES, width=320, height=180), 6.0, PLANTS, seed=32))
    return path


@settings(FEW, max_examples=4)
@given(cut_frame=st.integers(8, 142))
def test_cutting_intra_frame_picture_in_two_keeps_the_frames_and_shifts_the_faults(intra: Path, cut_frame: int) -> None:
    cut_s = cut_frame / 25
    with TemporaryDirectory() as temporary:
        first = analyse(wrapped(intra, Path(temporary) / "first.mov", to_s=cut_s))
        second = analyse(wrapped(intra, Path(temporary) / "second.mov", from_s=cut_s))
    assert first.video is not None
    assert second.video is not None
    assert (first.video.frames, second.video.frames) == (cut_frame, 150 - cut_frame)
    assert (first.video.codec, first.video.fps, first.video.intra_only) == ("prores", 25.0, True)
    from_s, to_s = 1.0, 3.2  # as planted
    parts = [(first, from_s, min(to_s, cut_s), 0.0), (second, max(from_s, cut_s), to_s, cut_s)]
    for report, part_from_s, part_to_s, shift_s in parts:
        black = [(event.from_s + shift_s, event.to_s + shift_s) for event in report.events if event.kind == "black"]
        assert len(black) == (part_to_s - part_from_s >= 2.0 - 1e-6)
        for span in black:
            assert span == pytest.approx((part_from_s, part_to_s), abs=0.041)


@FEW
@given(cut_s=st.floats(0.3, 5.7))
def test_cutting_sound_in_two_keeps_peaks_and_shifts_the_faults(sound: Sound, cut_s: float) -> None:
    at = round(cut_s * RATE_HZ)
    with TemporaryDirectory() as temporary:
        parts = []
        for name, samples in (("whole", sound), ("first", sound[:, :at]), ("second", sound[:, at:])):
            path = Path(temporary) / f"{name}.wav"
            soundfile.write(path, samples.T, RATE_HZ, subtype="PCM_24")
            parts.append(analyse(path))
    whole, first, second = parts
    audio = [part.audio for part in parts]
    peaks = [facts.sample_peak_dbfs for facts in audio if facts is not None and facts.sample_peak_dbfs is not None]
    assert peaks[0] == max(peaks[1:])
    lengths_s = [facts.duration_s or 0.0 for facts in audio if facts is not None]
    assert lengths_s[0] == pytest.approx(lengths_s[1] + lengths_s[2], abs=0.001)
    (silence,) = (event for event in whole.events if event.kind == "silence")
    shift_s = at / RATE_HZ
    rest = [
        max(min(silence.to_s, shift_s) - silence.from_s, 0.0),
        max(silence.to_s - max(silence.from_s, shift_s), 0.0),
    ]
    for part, left_s, move_s in ((first, rest[0], 0.0), (second, rest[1], shift_s)):
        found = [(e.from_s + move_s, e.to_s + move_s) for e in part.events if e.kind == "silence"]
        assert len(found) == (left_s >= 2.0)
        for from_s, to_s in found:
            assert (from_s, to_s) == pytest.approx((max(silence.from_s, move_s), from_s + left_s), abs=0.01)


@FEW
@given(sizes=st.lists(st.integers(500, 40_000), min_size=1, max_size=8))
def test_the_size_of_the_blocks_does_not_matter(sound: Sound, sizes: list[int]) -> None:
    usual, other = metered(sound, [RATE_HZ // 2]), metered(sound, sizes)
    for name in LEVELS:
        mine, theirs = getattr(usual.facts, name), getattr(other.facts, name)
        assert mine == pytest.approx(theirs, abs=0.02), name
    assert usual.facts.effective_bit_depth == other.facts.effective_bit_depth
    assert_same_events(usual.events, other.events, 0.05)


@FEW
@given(gain_db=st.floats(-20.0, 2.0))
def test_louder_sound_is_louder_by_so_much(sound: Sound, gain_db: float) -> None:
    part = sound[:, : round(1.3 * RATE_HZ)]
    before, after = metered(part, [24_000]), metered((part * 10 ** (gain_db / 20)).astype(np.float32), [24_000])
    assert before.facts.integrated_lufs is not None
    assert after.facts.integrated_lufs == pytest.approx(before.facts.integrated_lufs + gain_db, abs=0.06)
    assert before.facts.sample_peak_dbfs is not None
    assert after.facts.sample_peak_dbfs == pytest.approx(before.facts.sample_peak_dbfs + gain_db, abs=0.02)


@FEW
@given(swap=st.booleans(), turn=st.booleans())
def test_swapped_or_both_turned_channels_are_as_loud(sound: Sound, swap: bool, turn: bool) -> None:
    part = sound[:, :RATE_HZ]
    other = (part[::-1] if swap else part) * (-1.0 if turn else 1.0)
    before, after = metered(part, [24_000]), metered(np.ascontiguousarray(other, np.float32), [24_000])
    assert after.facts.integrated_lufs == pytest.approx(before.facts.integrated_lufs, abs=0.02)
    assert after.facts.sample_peak_dbfs == before.facts.sample_peak_dbfs


def test_more_bits_keep_the_figures(tmp_path: Path, sound: Sound) -> None:
    reports = {}
    for subtype in ("PCM_24", "PCM_32", "FLOAT"):
        path = tmp_path / f"{subtype}.wav"
        soundfile.write(path, sound.T, RATE_HZ, subtype=subtype)
        reports[subtype] = analyse(path)
    kept = reports["PCM_24"]
    assert kept.audio is not None
    for report in reports.values():
        assert report.audio is not None
        assert report.audio.effective_bit_depth == 24
        for name in LEVELS:
            assert getattr(report.audio, name) == pytest.approx(getattr(kept.audio, name), abs=0.011)
        assert_same_events(report.events, kept.events, 0.001)


def metered(sound: Sound, sizes: list[int]) -> SoundResult:
    """Measure sound in blocks of the sizes in turn."""
    meter, start, number = SoundMeter(FACTS, "stereo"), 0, 0
    while start < sound.shape[1]:
        stop = min(start + sizes[number % len(sizes)], sound.shape[1])
        packed = np.round(sound[:, start:stop].T.ravel() * 2**23).astype(np.int32) * 256
        meter.process(make_block(start / RATE_HZ, RATE_HZ, packed, 2))
        start, number = stop, number + 1
    return meter.finish()


def test_a_wav_of_the_generator_is_the_sound_that_was_made(folder: Path) -> None:
    path = folder / "made.wav"
    write_clip(path, Clip(WAV, 2.0, seed=5))
    samples, rate_hz = soundfile.read(path, always_2d=True)
    assert rate_hz == RATE_HZ
    assert pytest.approx(speech(2.0, 5), abs=2**-22) == samples.T
