"""The product starts by itself: in another folder, without Python on the path, with nothing of this machine's settings.

Run on Linux. The parts for Windows and macOS (environment, list of processes) are written from documentation and have
not been run; on Windows the user's own settings and log cannot be put aside, as the system names their folders.
"""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from app import __version__
from app.sample import sample_course
from app.sample.clips import CLEAN, make_clip
from app.storage.course_folder import CourseFolder
from app.storage.regulation_file import load_regulation
from app.ui.application import CLOSE_AFTER
from scripts.installer.system import PROGRAM, BuildError, System

WINDOW_OPEN_S: Final = 3.0
_LONGEST_S: Final = 240.0
_LAST_CHILD_S: Final = 5.0
_WINDOWS_KEEPS: Final = ("SYSTEMROOT", "SYSTEMDRIVE", "TEMP", "TMP")
_POWERSHELL: Final = 'Get-Process | Where-Object Path | ForEach-Object { "$($_.Id) $($_.Path)" }'


@dataclass(frozen=True, slots=True)
class Answer:
    """What one run of the product gave.

    Attributes:
        wall_s: seconds from start to end.
    """

    status: int
    stdout: str
    stderr: str
    wall_s: float


class Product:
    """A built product in a folder of its own.

    Args:
        folder: the product's folder.
        home: an empty folder that stands in for the user's.
    """

    def __init__(self, folder: Path, home: Path, system: System) -> None:
        self._folder, self._home, self._system = folder, home, system

    def run(self, *arguments: str, **variables: str) -> Answer:
        """Run a command of the product and wait for its end.

        Raises:
            BuildError: it does not end, or leaves a child behind.
        """
        call = [str(self._folder / self._system.executable), *arguments]
        said = f"{PROGRAM} {' '.join(arguments)}"
        started_s = time.monotonic()
        # Its output goes to files: a child left behind would hold a pipe open.
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            process = subprocess.Popen(
                call,
                cwd=self._home,
                env=environment(self._home, self._system, os.environ) | variables,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
            )
            try:
                status = process.wait(_LONGEST_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                self._end_children()
                raise BuildError(f"`{said}` did not end within {_LONGEST_S:.0f} s.\n{_read(err)}") from None
            wall_s = time.monotonic() - started_s
            answer = Answer(status, _read(out), _read(err), wall_s)
        if self._end_children():
            raise BuildError(f"`{said}` left a child process behind.")
        return answer

    def log(self) -> str:
        """Return what the window logged."""
        return "".join(path.read_text(encoding="utf-8") for path in self._home.rglob(f"{PROGRAM}.log"))

    def _end_children(self) -> bool:
        """Give children a moment to end, then end them; tell whether that was needed."""
        until_s = time.monotonic() + _LAST_CHILD_S
        while (children := processes_of(self._folder, self._system)) and time.monotonic() < until_s:
            time.sleep(0.1)
        for pid in children:
            os.kill(pid, signal.SIGTERM)
        return bool(children)


def try_product(product: Path, system: System, tell: Callable[[str], None]) -> None:
    """Start the product in a new folder and try what its users will do first.

    Args:
        product: the product's folder; it is copied, what is tried is the copy.
        system: the system that runs.
        tell: shows a line to the person who builds.

    Raises:
        BuildError: something does not work.
    """
    with tempfile.TemporaryDirectory(prefix=f"{PROGRAM}-", ignore_cleanup_errors=True) as name:
        place = Path(name).resolve() / "Студия жұмысы"  # a blank, and letters that no old code page has all of
        home = place / "home"
        home.mkdir(parents=True)
        copy = place / PROGRAM
        shutil.copytree(product, copy, symlinks=True)
        clip, course, forms = place / "clip.mp4", place / "course", place / "forms"
        make_clip(clip, CLEAN)
        CourseFolder.create(course, sample_course(), load_regulation().id).close()
        tried = Product(copy, home, system)
        _try_version(tried, tell)
        _try_check(tried, clip, tell)
        _try_export(tried, course, forms, tell)
        _try_window(tried, course, tell)


def _try_version(product: Product, tell: Callable[[str], None]) -> None:
    answer = _succeed(product, "--version")
    if answer.stdout.strip() != f"{PROGRAM} {__version__}":
        raise BuildError(f"The product says {answer.stdout.strip()!r} and should say {PROGRAM} {__version__}.")
    tell(f"says its version ({answer.wall_s:.1f} s)")


def _try_check(product: Product, clip: Path, tell: Callable[[str], None]) -> None:
    answer = _succeed(product, "check", str(clip), "--json")
    try:
        file = json.loads(answer.stdout)["files"][0]
        facts = (file["verdict"], file["video"]["codec"], file["video"]["width"], file["audio"]["sample_rate_hz"])
    except (ValueError, LookupError, TypeError) as error:
        raise BuildError(f"`check --json` did not print what it should: {answer.stdout[:500]!r}") from error
    expected = ("pass", "h264", CLEAN.width, CLEAN.sample_rate_hz)
    if facts != expected:
        raise BuildError(f"`check` measured {facts} and should have measured {expected}.")
    tell(f"checks a recording of {CLEAN.duration_s:.0f} s ({answer.wall_s:.1f} s)")


def _try_export(product: Product, course: Path, forms: Path, tell: Callable[[str], None]) -> None:
    answer = _succeed(product, "export", str(course), "--out", str(forms), "--form", "01")
    for ending, begins in ((".pdf", b"%PDF-"), (".docx", b"PK")):
        written = [path for path in forms.rglob(f"*{ending}") if path.read_bytes().startswith(begins)]
        if not written:
            raise BuildError(f"`export` wrote no {ending[1:].upper()} of form 01.")
    tell(f"writes form 01 as PDF and DOCX ({answer.wall_s:.1f} s)")


def _try_window(product: Product, course: Path, tell: Callable[[str], None]) -> None:
    variables = {"QT_QPA_PLATFORM": "offscreen", CLOSE_AFTER: str(WINDOW_OPEN_S)}
    answer = _succeed(product, "gui", str(course), **variables)
    if answer.wall_s < WINDOW_OPEN_S:
        raise BuildError(f"The window closed after {answer.wall_s:.1f} s, before its time.")
    if " ERROR " in (log := product.log()):
        raise BuildError(f"The window logged an error:\n{log}")
    tell(f"opens the window with a course and closes it ({answer.wall_s:.1f} s, {WINDOW_OPEN_S:.0f} of them open)")


def _succeed(product: Product, *arguments: str, **variables: str) -> Answer:
    answer = product.run(*arguments, **variables)
    if answer.status != 0:
        said = f"{PROGRAM} {' '.join(arguments)}"
        words = (answer.stderr or answer.stdout).strip()
        raise BuildError(f"`{said}` ended with {answer.status}; it said:\n{words}")
    return answer


def environment(home: Path, system: System, ours: Mapping[str, str]) -> dict[str, str]:
    """Return the variables for the product: nothing on the path, an empty home, no setting of the builder's.

    Args:
        home: folder that stands in for the user's.
        system: the system that runs.
        ours: the builder's variables; only those without which Windows starts no program are taken from them.
    """
    nothing = home / "nothing-on-the-path"
    if system is System.WINDOWS:
        kept = {name: ours[name] for name in _WINDOWS_KEEPS if name in ours}
        folders = {name: str(home) for name in ("USERPROFILE", "APPDATA", "LOCALAPPDATA")}
        return {**kept, **folders, "PATH": str(nothing)}
    return {"HOME": str(home), "PATH": str(nothing), "LANG": "C.UTF-8"}


def processes_of(folder: Path, system: System) -> list[int]:
    """Return the ids of the running processes whose program lies in a folder."""
    if system is System.LINUX:
        return [int(link.parent.name) for link in Path("/proc").glob("[0-9]*/exe") if _leads_into(link, folder)]
    listing = ["ps", "-Ao", "pid=,comm="] if system is System.MACOS else ["powershell", "-NoProfile", "-C", _POWERSHELL]
    lines = subprocess.run(listing, capture_output=True, encoding="utf-8", check=True).stdout.splitlines()
    pairs = [line.strip().partition(" ") for line in lines]
    return [int(pid) for pid, _, program in pairs if Path(program.strip()).is_relative_to(folder)]


def _leads_into(link: Path, folder: Path) -> bool:
    try:
        return link.readlink().is_relative_to(folder)
    except OSError:
        return False  # it has ended since, or belongs to another user


def _read(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")
