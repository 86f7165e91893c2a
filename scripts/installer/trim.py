"""Taking out of a product what the program never uses.

Two steps. First the files that a pattern names: plug-ins of Qt for devices, networks and desktops that this program
does not serve, Qt's own words in other languages. Then the libraries that only those files needed: what links to what
is read from the binaries, so that nothing goes that something else still loads. Run on Linux; the patterns for Windows
and macOS follow the layout of their wheels and have not been run.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Final

from scripts.installer.system import System

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
    "*/PySide6/*QtWebEngine*",
    "*/PySide6/*resources/*",
    # OpenCV loads its own FFmpeg on Windows to read films, which PyAV does here
    "*/cv2/opencv_videoio_ffmpeg*.dll",
)
"""Patterns of files, by their path inside the product; in a pattern ``*`` also stands for folders."""
UNUSED_ON_LINUX: Final = (
    # part of the C library, which must be the system's own in all its parts
    "*/libmvec.so.*",
)
_BINARY: Final = re.compile(r"\.(dll|pyd|dylib|exe)$|\.so(\.\d+)*$", re.IGNORECASE)
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
    return brought - _reached(set(by_name.values()) - gone - brought, by_name, needs)


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
    removed |= orphans(binaries, removed, needs)
    for path in removed:
        path.unlink()
    _remove_leftovers(product)
    return Trimmed(before_mb, size_mb(product), len(removed))


def linked_names(binary: Path) -> list[str]:
    """Return the names of the libraries that a binary links to, as PyInstaller reads them on each system."""
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
