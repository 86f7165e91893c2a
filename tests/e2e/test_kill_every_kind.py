"""A program that edits data of every kind is killed at random moments: what opens is one of the states it went through.

Not an older one than the promise allows, and never a mix of two; files that were attached and reports that were kept
are there, whole, wherever the course speaks of them.
"""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import pytest

from app.model.course import Course
from app.model.errors import ProjectFileError
from app.session.store import CourseStore
from app.storage.course_folder import MATERIALS, CourseFolder
from app.storage.reports import load_reports
from tests.e2e.edit_every_kind import FIELDS, Edits, attached_bytes, attached_files
from tests.e2e.filled_courses import filled_course
from tests.e2e.test_kill import SCALE, must_be_there, victim, watch_and_kill
from tests.session.manual_scheduler import ManualScheduler

KILLS = 36
WORKERS = 2
MODULE = "tests.e2e.edit_every_kind"


def states_of(course: Course, seed: int, edits: int) -> Iterator[tuple[Course, str]]:
    """Yield the course after each of the edits that follow from a seed, and in which field each was."""
    store, again = CourseStore(course, ManualScheduler()), Edits(seed, None)
    for _ in range(edits):
        field = again.make(store)
        yield store.course, field


def assert_files_are_whole(folder: Path, course: Course) -> int:
    """Return how many files and reports were attached by the edits; those of the first course are names alone."""
    own = [file for file in attached_files(course).values() if file.path.endswith(".bin")]
    for file in own:
        content = (folder / file.path).read_bytes()
        assert content == attached_bytes(Path(file.path).name)
        assert len(content) == file.size_bytes
    problems: list[ProjectFileError] = []
    reports = load_reports(course, folder, on_problem=problems.append)
    assert problems == []
    kept = {one.id for one in course.recordings if (one.fingerprint or "").startswith("fp")}
    assert kept <= reports.keys()
    return len(own) + len(kept)


def kill_again_and_again(folder: Path, seed: int, kills: int) -> tuple[set[str], int, int, int]:
    """Return the fields in which saved edits were, how often it died in a save, how often something had to be there,
    and how many files and reports were found in the end."""
    chance = random.Random(seed)
    numbers = count(1)
    course = filled_course(lambda: f"мәтін {next(numbers)}")
    CourseFolder.create(folder, course, "atu-2025-02").close()
    fields: set[str] = set()
    in_saves = demands = found_files = 0
    with victim(MODULE) as one:
        for kill in range(kills):
            own_seed = seed * 1000 + kill
            one.start(folder, own_seed)
            killed_at_s, lines, in_save = watch_and_kill(one, chance)
            in_saves += in_save
            opened = CourseFolder.open(folder, holder="next")
            assert [notice.code for notice in opened.notices] == ["lock_taken_over"]
            opened.folder.close()
            made = max((line.number for line in lines if line.kind in ("applied", "saving")), default=0)
            told = list(states_of(course, own_seed, made))
            states = [course, *(state for state, _ in told)]
            saved = max((line.number for line in lines if line.kind == "saved"), default=0)
            least = max(must_be_there(lines, killed_at_s, SCALE), saved)
            place = next((n for n in range(least, len(states)) if states[n] == opened.course), None)
            assert place is not None, f"kill {kill} of seed {seed}: no state from {least} to {made}"
            demands += least > 0
            fields |= {field for _, field in told[:place]}
            found_files = max(found_files, assert_files_are_whole(folder, opened.course))
            assert not list((folder / MATERIALS).glob(".*")), "a half copied file is left lying about"
            course = opened.course
    return fields, in_saves, demands, found_files


@pytest.mark.timeout(120)
def test_whatever_was_being_edited_when_the_program_was_killed_a_whole_state_opens(tmp_path: Path) -> None:
    with ThreadPoolExecutor(WORKERS) as pool:
        tasks = [
            pool.submit(kill_again_and_again, tmp_path / f"{number}" / "course", number, KILLS // WORKERS)
            for number in range(1, WORKERS + 1)
        ]
        results = [task.result() for task in tasks]
    # The test would prove little if it left a kind of data alone, never hit a save, or nothing ever had to be there.
    assert set().union(*(fields for fields, *_ in results)) >= set(FIELDS)
    assert sum(in_saves for _, in_saves, _, _ in results) >= KILLS // 10
    assert sum(demands for _, _, demands, _ in results) >= KILLS // 4
    assert sum(files for *_, files in results) > 0
