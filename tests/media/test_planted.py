"""Faults planted at known times are found there, in 8 and 10 bits, in several codecs; clean material has none."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.media.analyse import analyse
from app.model.recording import RecordingReport
from app.sample.clips import ClipSpec, make_clip

FRAME_S = 1 / 25
PLANTED = ClipSpec(
    duration_s=10.0,
    width=480,
    height=270,
    bitrate_bps=900_000,
    black=((1.2, 3.6),),
    silence=((4.1, 6.5),),
    clipping=((7.5, 8.5),),
    seed=5,
)
FORMS = {
    "h264.mp4": PLANTED,
    "ten_bit.mkv": replace(PLANTED, pixel_format="yuv420p10le", audio_codec="flac"),
    "prores.mov": replace(PLANTED, video_codec="prores_ks", pixel_format="yuv422p10le", audio_codec="pcm_s24le"),
    "mpeg2.ts": replace(PLANTED, video_codec="mpeg2video", audio_codec="aac", bitrate_bps=8_000_000),
}


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, RecordingReport]:
    folder = tmp_path_factory.mktemp("planted")
    found = {}
    for name, spec in FORMS.items():
        make_clip(folder / name, spec)
        found[name] = analyse(folder / name)
    return found


@pytest.mark.parametrize("name", FORMS)
def test_black_is_found_within_two_frames(reports: dict[str, RecordingReport], name: str) -> None:
    (event,) = (event for event in reports[name].events if event.kind == "black")
    assert event.from_s == pytest.approx(1.2, abs=2 * FRAME_S)
    assert event.to_s == pytest.approx(3.6, abs=2 * FRAME_S)


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize(("kind", "from_s", "to_s"), [("silence", 4.1, 6.5), ("clipping", 7.5, 8.5)])
def test_faults_of_the_sound_are_found_within_50_ms(
    reports: dict[str, RecordingReport], name: str, kind: str, from_s: float, to_s: float
) -> None:
    events = [event for event in reports[name].events if event.kind == kind]
    assert {event.channel for event in events} == ({0, 1} if kind == "clipping" else {None})
    assert len(events) == (2 if kind == "clipping" else 1)
    for event in events:
        assert event.from_s == pytest.approx(from_s, abs=0.05)
        assert event.to_s == pytest.approx(to_s, abs=0.05)


@pytest.mark.parametrize("name", FORMS)
def test_nothing_else_is_found(reports: dict[str, RecordingReport], name: str) -> None:
    kinds = {event.kind for event in reports[name].events}
    assert kinds == {"black", "silence", "clipping", "shot_change"}  # the black begins and ends with a cut
    assert reports[name].error is None


def test_the_same_file_gives_the_same_report(tmp_path: Path) -> None:
    path = tmp_path / "twice.mp4"
    make_clip(path, replace(PLANTED, duration_s=4.0, silence=(), clipping=()))
    first, second = (
        analyse(path).model_copy(update={"wall_s": 0.0, "frames_per_s": 0.0}).model_dump_json() for _ in range(2)
    )
    assert first == second


def test_curves_have_a_value_for_every_second(reports: dict[str, RecordingReport]) -> None:
    series = reports["prores.mov"].series
    assert {name: len(values) for name, values in series.items()} == {
        "luma_mean_percent": 10,
        "sharpness_percent": 10,
        "peak_dbfs": 10,
        "momentary_lufs": 10,
        "short_term_lufs": 10,
    }
    assert series["luma_mean_percent"][2] == pytest.approx(0.0, abs=1.0)  # all of the third second is black
    assert series["peak_dbfs"][5] == -120.0  # all of the sixth is digital silence
