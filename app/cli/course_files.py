"""A course from the disk with everything that the rules look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from app.attachments import probe_attachments
from app.checks import is_ready, run
from app.cli.call import Call
from app.model.attachment import AttachmentFacts
from app.model.course import Course
from app.model.errors import ProjectFileError
from app.model.finding import Finding
from app.model.recording import RecordingReport
from app.model.regulation import Regulation
from app.paths import resources_dir
from app.storage.course_folder import folder_of, read_course
from app.storage.regulation_file import load_regulation
from app.storage.reports import load_reports


@dataclass(frozen=True)
class CourseOnDisk:
    """A course, read without opening it: nothing is locked and nothing written.

    Attributes:
        reports: recording reports by recording id.
    """

    call: Call
    course: Course
    folder: Path
    regulation: Regulation
    reports: Mapping[str, RecordingReport]

    @cached_property
    def attachments(self) -> Mapping[str, AttachmentFacts]:
        """Facts of the attached files by path."""
        return probe_attachments(self.course, self.folder)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the rules say of the course today."""
        return run(self.course, self.reports, self.attachments, self.regulation, self.call.today)

    @property
    def ready(self) -> bool:
        """Whether the course may be submitted."""
        return is_ready(self.findings, self.regulation)


def load_course(call: Call, argument: str) -> CourseOnDisk:
    """Read the course that a COURSE argument names.

    Raises:
        ProjectFileError: the course cannot be read.
        RegulationFileError: the edition cannot be read.
    """
    path = Path(argument)
    file = read_course(path)
    folder = folder_of(path)

    def tell(problem: ProjectFileError) -> None:
        call.say("report_ignored", path=problem.params.get("path", ""))

    reports = load_reports(file.course, folder, tell)
    return CourseOnDisk(call, file.course, folder, _edition(call, file.regulation_id), reports)


def _edition(call: Call, regulation_id: str) -> Regulation:
    """Return the edition of ``--regulation``, else the one that the course names, else the newest one with a word."""
    if call.regulation_path is not None:
        return load_regulation(call.regulation_path)
    shipped = load_regulation()
    if regulation_id == shipped.id:
        return shipped
    named = resources_dir() / "regulation" / f"{regulation_id}.toml"
    if named.is_file():
        return load_regulation(named)
    call.say("edition_unknown", named=regulation_id, used=shipped.id)
    return shipped
