"""Recording reports in `.mooc/reports/`, one file for each fingerprint, so that nothing is measured twice."""

import hashlib
import logging
import re
from collections.abc import Callable
from pathlib import Path

from pydantic import ValidationError

from app.model.course import Course
from app.model.errors import ProjectFileError
from app.model.recording import RecordingReport
from app.storage.atomic import SYSTEM_CLOCK, Clock, write_atomic
from app.storage.os_errors import write_error

_log = logging.getLogger(__name__)
_PLAIN_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,120}")


def reports_folder(folder: Path) -> Path:
    """Return where a course folder keeps its recording reports."""
    return folder / ".mooc" / "reports"


def report_path(folder: Path, fingerprint: str) -> Path:
    """Return where the report of a recording lies; a fingerprint that is no plain file name is hashed."""
    plain = _PLAIN_NAME.fullmatch(fingerprint)
    name = fingerprint if plain else hashlib.sha256(fingerprint.encode("utf-8", "replace")).hexdigest()
    return reports_folder(folder) / f"{name}.json"


def save_report(folder: Path, report: RecordingReport, clock: Clock = SYSTEM_CLOCK) -> None:
    """Keep a report under its fingerprint.

    Args:
        folder: the course folder.
        report: the report; its fingerprint is not empty.
        clock: time.

    Raises:
        ValueError: the report has no fingerprint.
        ProjectFileError: the codes of `write_atomic`.
    """
    if not report.fingerprint:
        raise ValueError("a report without a fingerprint has no place")
    path = report_path(folder, report.fingerprint)
    try:
        path.parent.parent.mkdir(exist_ok=True)
        path.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise write_error(error, path.parent.parent) from error
    # A report lost in a power cut is measured again; waiting for the disk is not worth it.
    write_atomic(path, report.model_dump_json(exclude_defaults=True).encode(), durable=False, clock=clock)


def load_report(folder: Path, fingerprint: str) -> RecordingReport | None:
    """Return the report of a fingerprint, None if there is none.

    Raises:
        ProjectFileError: ``report_damaged``: there is a file, but it cannot be read or speaks of another recording.
    """
    path = report_path(folder, fingerprint)
    try:
        report = RecordingReport.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        raise ProjectFileError("report_damaged", path=path) from error
    if report.fingerprint != fingerprint:
        raise ProjectFileError("report_damaged", path=path)
    return report


def _log_problem(problem: ProjectFileError) -> None:
    _log.warning("recording report ignored: %s", problem)


def load_reports(
    course: Course, folder: Path, on_problem: Callable[[ProjectFileError], None] = _log_problem
) -> dict[str, RecordingReport]:
    """Return the kept reports of a course's recordings.

    Args:
        course: the course.
        folder: its folder.
        on_problem: is told of each damaged report, which counts as not there; it is logged by default.

    Returns:
        Reports by recording id; a recording that was not measured is missing.
    """
    reports = {}
    for recording in course.recordings:
        if not recording.fingerprint:
            continue
        try:
            report = load_report(folder, recording.fingerprint)
        except ProjectFileError as problem:
            on_problem(problem)
            continue
        if report is not None:
            reports[recording.id] = report
    return reports
