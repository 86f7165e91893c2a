"""The call of PyInstaller: what goes into the product, and what must not be looked at.

Run on Linux. The parts for Windows (icon, version details, console) and macOS follow PyInstaller's documentation and
have not been run.
"""

import subprocess
import sys
import tomllib
from collections.abc import Iterable
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts.installer.system import PROGRAM, BuildError, System

UNUSED_QT_MODULES: Final = tuple(
    f"PySide6.{name}"
    for name in (
        *("Qt3DAnimation", "Qt3DCore", "Qt3DExtras", "Qt3DInput", "Qt3DLogic", "Qt3DRender"),
        *(
            "QtAsyncio",
            "QtBluetooth",
            "QtCanvasPainter",
            "QtCharts",
            "QtConcurrent",
            "QtDataVisualization",
            "QtDesigner",
        ),
        *("QtGraphs", "QtGraphsWidgets", "QtHelp", "QtHttpServer", "QtLocation", "QtNetworkAuth", "QtNfc"),
        *("QtPositioning", "QtQml", "QtQuick", "QtQuick3D", "QtQuickControls2", "QtQuickTest", "QtQuickWidgets"),
        *("QtRemoteObjects", "QtScxml", "QtSensors", "QtSerialBus", "QtSerialPort", "QtSpatialAudio", "QtSql"),
        *("QtStateMachine", "QtTest", "QtTextToSpeech", "QtUiTools", "QtWebChannel", "QtWebEngineCore"),
        *("QtWebEngineQuick", "QtWebEngineWidgets", "QtWebSockets", "QtWebView", "QtXml"),
    )
)
"""Modules of Qt that the program does not import; WebEngine alone would be 200 MB."""
UNUSED_MODULES: Final = (
    *("tkinter", "pytest", "_pytest", "hypothesis", "mypy", "setuptools", "yaml", "PyInstaller"),
    *("pydantic.mypy", "numpy.f2py", "numpy.testing"),
)
"""Tools of development that libraries import where they find them."""


def command(checkout: Path, work: Path, system: System, mediainfo: Iterable[Path]) -> list[str]:
    """Return the call of PyInstaller, which leaves the product in ``work/product/mooc-studio``.

    Args:
        checkout: the project's folder.
        work: folder for everything that the build makes.
        system: the system that builds.
        mediainfo: libraries of pymediainfo that are to be put into its folder.
    """
    call = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--onedir", "--noupx"]
    call += ["--log-level", "WARN", "--name", PROGRAM, "--paths", str(checkout)]
    call += ["--distpath", str(product_parent(work)), "--workpath", str(work / "cache"), "--specpath", str(work)]
    call += ["--collect-submodules", "app", "--collect-data", "fontpkg_pt_serif"]
    call += ["--add-data", f"{checkout / 'resources'}:resources"]
    for library in mediainfo:
        call += ["--add-binary", f"{library}:pymediainfo"]
    for name in runtime_distributions(checkout):
        call += ["--copy-metadata", name]
    for module in (*UNUSED_QT_MODULES, *UNUSED_MODULES):
        call += ["--exclude-module", module]
    if system is System.WINDOWS:
        icon = checkout / "resources" / "icons" / f"{PROGRAM}.ico"
        # One program for window and command line: a console that was opened only for it is hidden at once.
        call += ["--hide-console", "hide-early", "--icon", str(icon), "--version-file", str(version_file(work))]
    return [*call, str(checkout / "app" / "__main__.py")]


def product_parent(work: Path) -> Path:
    """Return the folder in which PyInstaller makes the product's folder."""
    return work / "product"


def version_file(work: Path) -> Path:
    """Return where the version details of the Windows program are."""
    return work / "version.txt"


def freeze(checkout: Path, work: Path, system: System, version: str) -> Path:
    """Build the product and return its folder.

    Raises:
        BuildError: PyInstaller is not installed or fails.
    """
    if find_spec("PyInstaller") is None:
        raise BuildError("PyInstaller is not installed: it belongs to the development tools, `uv sync` brings it.")
    work.mkdir(parents=True, exist_ok=True)
    if system is System.WINDOWS:
        version_file(work).write_text(version_details(version), encoding="utf-8")
    ended = subprocess.run(command(checkout, work, system, mediainfo_libraries(system)), cwd=work, check=False)
    if ended.returncode != 0:
        raise BuildError(f"PyInstaller ended with {ended.returncode}; its own messages stand above.")
    product = product_parent(work) / PROGRAM
    if not (product / system.executable).is_file():
        raise BuildError(f"PyInstaller made no program {system.executable}.")
    return product


def mediainfo_libraries(system: System) -> list[Path]:
    """Return the libraries in pymediainfo's wheel that PyInstaller's hook does not find.

    On Linux the wheel's library is called ``libmediainfo.so.0``, and the hook looks for names that end in ``.so``.

    Raises:
        BuildError: there is none.
    """
    if system is not System.LINUX:
        return []
    spec = find_spec("pymediainfo")
    places = spec.submodule_search_locations if spec is not None else None
    found = [path for place in places or () for path in sorted(Path(place).glob("libmediainfo.so*"))]
    if not found:
        raise BuildError("The wheel of pymediainfo carries no MediaInfo library for this machine.")
    return found


def runtime_distributions(checkout: Path) -> list[str]:
    """Return the names of all installed packages that the program stands on, sorted; their licences go along.

    Raises:
        BuildError: one of them is not installed.
    """
    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))
    waiting = [Requirement(line) for line in project["project"]["dependencies"]]
    names: set[str] = set()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in names or not _applies(requirement):
            continue
        try:
            needed = metadata.requires(name) or []
        except metadata.PackageNotFoundError as error:
            raise BuildError(f"The package {name} is not installed; `uv sync` brings it.") from error
        names.add(name)
        waiting += [Requirement(line) for line in needed]
    return sorted(names)


def _applies(requirement: Requirement) -> bool:
    """Tell whether it is needed here; an extra, which the marker of its packages names, is not."""
    return requirement.marker is None or requirement.marker.evaluate({"extra": ""})


def version_details(version: str) -> str:
    """Return what Windows shows as the program's details, in the form that PyInstaller reads."""
    numbers = [int(part) for part in version.split(".")[:4]]
    four = tuple(numbers + [0] * (4 - len(numbers)))
    strings = {
        "CompanyName": "MOOC Studio team",
        "FileDescription": "MOOC Studio",
        "FileVersion": version,
        "InternalName": PROGRAM,
        "LegalCopyright": "MIT licence; see THIRD_PARTY_NOTICES.md",
        "OriginalFilename": f"{PROGRAM}.exe",
        "ProductName": "MOOC Studio",
        "ProductVersion": version,
    }
    lines = ", ".join(f"StringStruct({name!r}, {value!r})" for name, value in strings.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={four}, prodvers={four}, mask=0x3f, flags=0x0, OS=0x40004, "
        "fileType=0x1, subtype=0x0, date=(0, 0)), "
        f"kids=[StringFileInfo([StringTable('040904B0', [{lines}])]), "
        "VarFileInfo([VarStruct('Translation', [1033, 1200])])])\n"
    )
