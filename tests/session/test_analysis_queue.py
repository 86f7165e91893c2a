"""The queue of recordings: order, profiles, and verdicts that follow the limits without a new measurement."""

from pathlib import Path

import pytest

from app.model.errors import MediaError
from app.model.recording import AudioFacts, ContainerFacts, RecordingReport, RecordingRole, Stage, VideoFacts
from app.model.regulation import Regulation
from app.session.analysis_queue import AnalysisQueue, ItemState, recordings_in
from app.storage.regulation_file import load_regulation

GOOD = RecordingReport(
    fingerprint="fp",
    container=ContainerFacts(format="MPEG-4", duration_s=960.0, size_bytes=1_000_000_000),
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
        frames=24_000,
    ),
    audio=AudioFacts(codec="aac", sample_rate_hz=48_000, channels=2, integrated_lufs=-18.0, true_peak_dbtp=-3.0),
)


def queue_of(*names: str, regulation: Regulation | None = None) -> AnalysisQueue:
    queue = AnalysisQueue(regulation or load_regulation())
    for name in names:
        queue.add(Path(name), stage=Stage.UPLOAD, role=RecordingRole.NONE)
    return queue


def test_recordings_wait_in_the_order_in_which_they_came() -> None:
    queue = queue_of("1.mp4", "2.mp4")
    first = queue.next_waiting()
    assert first is not None
    assert first.path.name == "1.mp4"
    queue.started(first.id)
    second = queue.next_waiting()
    assert second is not None
    assert second.path.name == "2.mp4"
    queue.cancelled(second.id)
    assert queue.next_waiting() is None


def test_a_recording_that_waits_is_not_doubled_but_may_come_again_when_done() -> None:
    queue = queue_of("1.mp4", "1.mp4")
    (item,) = queue.items
    queue.finished(item.id, GOOD)
    queue.add(item.path, stage=Stage.UPLOAD, role=RecordingRole.NONE)
    assert len(queue.items) == 2


def test_the_verdict_follows_role_and_stage_without_a_new_measurement() -> None:
    queue = queue_of("1.mp4")
    (item,) = queue.items
    queue.finished(item.id, GOOD)
    assert queue.items[0].verdict == "pass"
    queue.set_profile(item.id, Stage.UPLOAD, RecordingRole.PROMO)
    assert queue.items[0].verdict == "fail"  # 16 minutes are no promo video
    queue.set_profile(item.id, Stage.UPLOAD, RecordingRole.LECTURE)
    assert queue.items[0].verdict == "pass"
    queue.set_profile(item.id, Stage.SOURCE, RecordingRole.LECTURE)
    assert queue.items[0].verdict == "fail"  # 9 Mbit/s are no source


def test_the_verdict_of_a_kept_report_follows_a_changed_limit() -> None:
    regulation = load_regulation()
    limits = {
        **regulation.limits,
        "upload_bitrate_mbps": regulation.limits["upload_bitrate_mbps"].model_copy(update={"min": 10}),
    }
    stricter = regulation.model_copy(update={"limits": limits})
    for edition, verdict in ((regulation, "pass"), (stricter, "fail")):
        queue = AnalysisQueue(edition)
        item = queue.add_kept(
            Path("1.mp4"), stage=Stage.UPLOAD, role=RecordingRole.NONE, recording_id="rec1", report=GOOD
        )
        assert item.verdict == verdict


def test_a_failure_is_told_and_can_be_tried_again() -> None:
    queue = queue_of("1.mp4")
    (item,) = queue.items
    queue.failed(item.id, MediaError("media_empty", name="1.mp4"))
    assert queue.items[0].verdict == "error"
    queue.again(item.id)
    assert queue.items[0].state is ItemState.WAITING
    assert queue.items[0].verdict == ""


def test_a_report_that_stops_early_is_no_pass() -> None:
    queue = queue_of("1.mp4")
    (item,) = queue.items
    queue.finished(item.id, GOOD.model_copy(update={"error": "media_truncated"}))
    assert queue.items[0].verdict == "error"
    assert queue.items[0].error is not None


def test_what_was_taken_off_may_still_end() -> None:
    queue = queue_of("1.mp4")
    (item,) = queue.items
    queue.remove(item.id)
    queue.finished(item.id, GOOD)
    assert queue.items == ()
    assert queue.item(item.id) is None


def test_a_dropped_folder_gives_its_recordings_and_a_dropped_file_is_always_taken(tmp_path: Path) -> None:
    for name in ("b.MP4", "a.mov", "notes.txt", ".hidden.mp4", "sub/c.wav"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    odd = tmp_path / "notes.txt"
    found = recordings_in([tmp_path, odd, tmp_path / "a.mov"])
    assert [path.name for path in found] == ["a.mov", "b.MP4", "c.wav", "notes.txt"]


@pytest.mark.parametrize("report", [None, GOOD])
def test_a_course_recording_is_done_only_with_its_kept_report(report: RecordingReport | None) -> None:
    queue = queue_of()
    item = queue.add_kept(Path("1.mp4"), stage=Stage.UPLOAD, role=RecordingRole.NONE, recording_id="r", report=report)
    assert (item.state is ItemState.DONE) == (report is not None)
    assert queue.next_waiting() is None
