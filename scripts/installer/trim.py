"""Taking out of a product what the program never uses.

Three steps. First the files that a pattern names: plug-ins of Qt for devices, networks and desktops that this program
does not serve, Qt's own words in other languages. Then, on Linux, the FFmpeg of OpenCV's wheel, whose names become
links to the FFmpeg of PyAV. Then the libraries that only all those files needed: what links to what is read from the
binaries, so that nothing goes that something else still loads. Run on Linux; the patterns for Windows and macOS follow
the layout of their wheels and have not been run.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Final

from scripts.installer.system import System, system_named

LANGUAGES: Final = ("en", "kk", "ru")
"""Languages of the program; of Qt's own words no others are kept."""
UNUSED: Final = (
    # no Qt network, no devices without a window system, no 3D, no web
    "*/PySide6/*plugins/egldeviceintegrations/*",
    "*/PySide6/*plugins/generic/*",
    "*/PySide6/*plugins/networkinformation/*",
    "*/PySide6/*plugins/tls/*",
    "*/PySide6/*plugins/wayland-graphics-integration-server/*",
    "*/PySide6/*plugins/platforms/*direct2d*",
    "*/PySide6/*plugins/platforms/*eglfs*",
    "*/PySide6/*plugins/platforms/*linuxfb*",
    "*/PySide6/*plugins/platforms/*minimal*",
    "*/PySide6/*plugins/platforms/*vkkhrdisplay*",
    "*/PySide6/*plugins/platforms/*vnc*",
    # brings all of QML
    "*/PySide6/*plugins/platforminputcontexts/*virtualkeyboard*",
    # brings half of GTK, which quarrels with the GTK of the desktop; dialogs of the desktop come through its portal
    "*/PySide6/*plugins/platformthemes/*gtk3*",
    # PDF pages are drawn with QtPdf
    "*/PySide6/*plugins/imageformats/*qpdf*",
    # OpenGL in software, for Windows without a driver: only QML and 3D would need it
    "*/PySide6/opengl32sw.dll",
    "*/PySide6/*qml/*",
    "*/PySide6/*WebEngine*",
    "*/PySide6/*resources/*",
    # OpenCV loads its own FFmpeg on Windows to read films, which PyAV does here
    "*/cv2/opencv_videoio_ffmpeg*.dll",
)
"""Patterns of files, by their path inside the product; in a pattern ``*`` also stands for folders."""
UNUSED_ON_LINUX: Final = (
    # part of the C library, which must be the system's own in all its parts
    "*/libmvec.so.*",
)
_BINARY: Final = re.compile(r"\.(dll|pyd|dylib|exe)$|\.so(\.\w+)*$", re.IGNORECASE)
_FFMPEG: Final = re.compile(r"(lib(?:av|sw)[a-z]+)-[0-9a-f]{8}\.so\.(\d+)\.(\d+)\.(\d+)")
"""Name of a library of FFmpeg in a wheel for Linux: its own name, the wheel's mark, three numbers of version."""
_MB: Final = 1_000_000

Needs = Callable[[Path], Iterable[str]]
"""Returns the names of the libraries that a binary links to."""


@dataclass(frozen=True, slots=True)
class Trimmed:
    """What was taken out.

    Attributes:
        before_mb: size of the product before, in 10^6 bytes.
        after_mb: size after.
        files: how many files went.
    """

    before_mb: float
    after_mb: float
    files: int


def size_mb(folder: Path) -> float:
    """Return the size of all files in a folder in 10^6 bytes; a link counts nothing, what it leads to counts once."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink()) / _MB


def is_unused(inside: PurePosixPath, system: System) -> bool:
    """Tell whether a file goes, by its path inside the product."""
    path = f"/{inside}"
    if "/PySide6/" in path and inside.suffix == ".qm":
        return not is_kept_translation(inside.name)
    patterns = (*UNUSED, *UNUSED_ON_LINUX) if system is System.LINUX else UNUSED
    return any(fnmatchcase(path, pattern) for pattern in patterns)


def is_kept_translation(name: str) -> bool:
    """Tell whether a file of Qt's words is one of the program's languages and speaks of more than the help viewer."""
    return name.removesuffix(".qm") in {f"{part}_{lang}" for part in ("qt", "qtbase") for lang in LANGUAGES}


def is_binary(inside: PurePosixPath) -> bool:
    """Tell whether a file is a library or a program, by its name; on macOS a framework's library has no ending."""
    return _BINARY.search(inside.name) is not None or (inside.suffix == "" and ".framework" in str(inside))


def orphans(binaries: Iterable[Path], removed: Iterable[Path], needs: Needs) -> set[Path]:
    """Return the libraries that the removed files brought along and that nothing needs any more.

    Args:
        binaries: all binaries of the product, before anything was removed, without links.
        removed: files that go.
        needs: what a binary links to.
    """
    by_name = {path.name.casefold(): path for path in binaries}
    gone = set(removed)
    brought = _reached(gone & set(by_name.values()), by_name, needs) - gone
    staying = {name: path for name, path in by_name.items() if path not in gone}
    return brought - _reached(set(staying.values()) - brought, staying, needs)


def ffmpeg_twins(binaries: Iterable[Path]) -> dict[Path, Path]:
    """Return the libraries of OpenCV's FFmpeg, each with that of PyAV which can stand in for it.

    Libraries of FFmpeg with the same first number of version speak the same binary interface, and a later one has all
    that an earlier one has. OpenCV would only read films with it, which the program never lets it do.
    """
    ours: dict[tuple[str, int], tuple[tuple[int, ...], Path]] = {}
    theirs: dict[Path, tuple[tuple[str, int], tuple[int, ...]]] = {}
    for path in binaries:
        match = _FFMPEG.fullmatch(path.name)
        if match is not None:
            name, *numbers = match.groups()
            version = tuple(int(number) for number in numbers)
            if path.parent.name == "av.libs":
                ours[name, version[0]] = version, path
            elif path.parent.name.startswith("opencv"):
                theirs[path] = (name, version[0]), version
    return {path: ours[key][1] for path, (key, version) in theirs.items() if key in ours and version <= ours[key][0]}


def _reached(start: set[Path], by_name: dict[str, Path], needs: Needs) -> set[Path]:
    """Return the given binaries and all of the product that they load, over any number of steps."""
    reached, waiting = set(start), list(start)
    while waiting:
        linked = {by_name.get(name.casefold()) for name in needs(waiting.pop())}
        new = {path for path in linked if path is not None} - reached
        reached |= new
        waiting += new
    return reached


def trim(product: Path, system: System, needs: Needs) -> Trimmed:
    """Take out of a product what is not used."""
    before_mb = size_mb(product)
    files = [path for path in product.rglob("*") if path.is_file() and not path.is_symlink()]
    inside = {path: PurePosixPath(path.relative_to(product).as_posix()) for path in files}
    removed = {path for path in files if is_unused(inside[path], system)}
    binaries = [path for path in files if is_binary(inside[path]) or path.parent == product]
    twins = ffmpeg_twins(binaries)
    removed |= twins.keys()
    removed |= orphans(binaries, removed, needs)
    for path in removed:
        path.unlink()
    for path, twin in twins.items():
        path.symlink_to(os.path.relpath(twin, path.parent))
    _remove_leftovers(product)
    return Trimmed(before_mb, size_mb(product), len(removed))


def linked_names(binary: Path) -> list[str]:
    """Return the names of the libraries that a binary itself links to; nothing for what is no binary."""
    if system_named(sys.platform) is System.LINUX:
        # PyInstaller asks ldd here, which also names what those libraries need; objdump is there, PyInstaller needs it.
        said = subprocess.run(["objdump", "-p", binary], capture_output=True, encoding="utf-8", check=False).stdout
        return [words[1] for line in said.splitlines() if (words := line.split())[:1] == ["NEEDED"]]
    # Imported here: the rest of this module must work where only the tests run.
    from PyInstaller.depend.bindepend import get_imports

    return [PurePosixPath(name.replace("\\", "/")).name for name, _ in get_imports(str(binary))]


def _remove_leftovers(product: Path) -> None:
    """Remove links that lead nowhere any more, then folders that are empty."""
    for path in product.rglob("*"):
        if path.is_symlink() and not path.exists():
            path.unlink()
    for folder in sorted(
        (path for path in product.rglob("*") if path.is_dir() and not path.is_symlink()), reverse=True
    ):
        if not any(folder.iterdir()):
            folder.rmdir()
