"""The child process: results, errors, crash, hang, cancel, and that nothing is left of it."""

import multiprocessing
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.media.analyse import analyse
from app.media.child import AnalysisJob, Failed, Finished, Request, analyse_in_child, analyse_many
from app.media.progress import Progress
from app.model.errors import MediaError
from app.model.recording import RecordingReport
from tests.media.child_work import (
    PATIENCE_S,
    Tell,
    break_down,
    crash,
    crash_on_bad_names,
    hang,
    hang_and_ignore_the_signal,
    messages_until,
    refuse,
    work,
)

ROOT = Path(__file__).resolve().parents[2]


def test_a_report_from_the_child_is_the_report(small_clip: Path) -> None:
    told: list[Progress] = []
    report = analyse_in_child(Request(small_clip), on_progress=told.append)
    timing = {"wall_s": 0.0, "frames_per_s": 0.0}
    assert report.model_copy(update=timing) == analyse(small_clip).model_copy(update=timing)
    assert told
    assert multiprocessing.active_children() == []


def test_an_error_of_the_child_arrives_with_its_code(tmp_path: Path) -> None:
    with pytest.raises(MediaError) as raised:
        analyse_in_child(Request(tmp_path / "none.mp4"))
    assert (raised.value.code, raised.value.params) == ("media_missing", {"name": "none.mp4"})


def test_messages_come_in_order_and_end_with_the_last_word() -> None:
    with AnalysisJob(Request(Path("a.mp4")), worker=work) as job:
        messages = messages_until(job, Finished)
        assert [type(message) for message in messages] == [Progress, Finished]
        assert job.finished
        assert job.poll() == []


def test_a_child_that_crashes_is_told() -> None:
    with AnalysisJob(Request(Path("a.mp4")), worker=crash) as job:
        (*_, last) = messages_until(job, Failed)
    assert isinstance(last, Failed)
    assert last.code == "media_child_crashed"
    assert last.params["exit_code"] == 42


def test_a_fault_of_the_program_in_the_child_is_told_with_its_traceback() -> None:
    with AnalysisJob(Request(Path("a.mp4")), worker=break_down) as job:
        (last,) = messages_until(job, Failed)
    assert isinstance(last, Failed)
    assert last.code == "media_child_crashed"
    assert "ZeroDivisionError" in str(last.params["details"])


def test_the_watchdog_ends_a_child_without_progress() -> None:
    now_s = [0.0]
    with AnalysisJob(Request(Path("a.mp4")), worker=hang, stall_s=60.0, clock=lambda: now_s[0]) as job:
        messages_until(job, Progress)
        now_s[0] = 59.0
        assert job.poll() == []
        now_s[0] = 61.0
        (last,) = job.poll()
        assert isinstance(last, Failed)
        assert (last.code, last.params["seconds"]) == ("media_stalled", 60)
        assert job.pid is None
    assert multiprocessing.active_children() == []


def test_progress_calms_the_watchdog() -> None:
    now_s = [0.0]
    with AnalysisJob(Request(Path("a.mp4")), worker=hang, stall_s=60.0, clock=lambda: now_s[0]) as job:
        now_s[0] = 50.0
        messages_until(job, Progress)  # a sign of life at 50 s
        now_s[0] = 100.0
        assert job.poll() == []


@pytest.mark.parametrize("worker", [hang, hang_and_ignore_the_signal])
def test_cancel_takes_less_than_a_second_and_leaves_nothing(worker: Callable[[Request, Tell], RecordingReport]) -> None:
    job = AnalysisJob(Request(Path("a.mp4")), worker=worker)
    job.start()
    messages_until(job, Progress)
    began_s = time.monotonic()
    job.cancel()
    assert time.monotonic() - began_s < 1.0
    (last,) = job.poll()
    assert isinstance(last, Failed)
    assert last.code == "media_cancelled"
    assert multiprocessing.active_children() == []


def test_cancel_before_the_child_has_begun_and_after_the_end() -> None:
    job = AnalysisJob(Request(Path("a.mp4")), worker=work)
    job.start()
    job.cancel()
    assert [type(message) for message in job.poll()] == [Failed]
    with AnalysisJob(Request(Path("a.mp4")), worker=work) as done:
        messages_until(done, Finished)
        done.cancel()
        assert done.poll() == []
    assert multiprocessing.active_children() == []


def test_no_thread_and_no_child_is_left_after_many_jobs() -> None:
    threads = threading.active_count()
    for _ in range(3):
        with AnalysisJob(Request(Path("a.mp4")), worker=hang):
            pass
    assert threading.active_count() == threads
    assert multiprocessing.active_children() == []


def test_the_queue_goes_on_when_one_child_crashes() -> None:
    names = ["good1.mp4", "bad.mp4", "good2.mp4", "good3.mp4"]
    told: list[str] = []
    outcomes = list(
        analyse_many(
            [Request(Path(name)) for name in names],
            jobs=2,
            worker=crash_on_bad_names,
            on_progress=lambda request, _: told.append(request.path.name),
        )
    )
    assert [request.path.name for request, _ in outcomes] == names
    kinds = [outcome.code if isinstance(outcome, MediaError) else outcome.path for _, outcome in outcomes]
    assert kinds == ["good1.mp4", "media_child_crashed", "good2.mp4", "good3.mp4"]
    assert sorted(told) == sorted(names)


def test_leaving_the_queue_early_ends_its_children() -> None:
    queue = analyse_many([Request(Path(f"{number}.mp4")) for number in range(4)], jobs=2, worker=work)
    next(queue)
    queue.close()
    assert multiprocessing.active_children() == []


def test_a_refusal_keeps_its_name() -> None:
    ((_, outcome),) = analyse_many([Request(Path("a.mp4"))], worker=refuse)
    assert isinstance(outcome, MediaError)
    assert (outcome.code, outcome.params) == ("media_empty", {"name": "a.mp4"})


@pytest.mark.skipif(sys.platform == "win32", reason="watches the child through an inherited pipe")
def test_the_child_ends_when_the_parent_dies() -> None:
    script = (
        "import os, sys\n"
        f"sys.path.insert(0, {str(ROOT)!r})\n"
        "from pathlib import Path\n"
        "from tests.media.child_work import AnalysisJob, Progress, Request, hang, messages_until\n"
        "if __name__ == '__main__':\n"
        "    job = AnalysisJob(Request(Path('a.mp4')), worker=hang)\n"
        "    job.start()\n"
        "    messages_until(job, Progress)\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    # the child inherits the standard output: reading it comes to an end only when parent and child are gone
    ended = subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, timeout=PATIENCE_S * 2)
    assert ended.returncode == -signal.SIGKILL
