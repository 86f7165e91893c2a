"""The build of the program: what goes in, what is taken out, how the result is tried. The build is not run here."""

import ast
import json
import os
import shutil
import struct
import sys
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

import pytest

from app import __version__
from app.paths import resources_dir
from scripts.installer import build, first_start
from scripts.installer.first_start import Answer, Product, environment, processes_of, try_product
from scripts.installer.freeze import (
    UNUSED_QT_MODULES,
    command,
    mediainfo_libraries,
    runtime_distributions,
    version_details,
)
from scripts.installer.system import BuildError, System, system_named
from scripts.installer.trim import (
    ffmpeg_twins,
    is_binary,
    is_kept_translation,
    is_unused,
    linked_names,
    orphans,
    size_mb,
    trim,
)

CHECKOUT = Path(__file__).resolve().parent.parent
QT = "_internal/PySide6/Qt"


def option_values(call: list[str], option: str) -> list[str]:
    return [call[place + 1] for place, word in enumerate(call) if word == option]


# --- the system ---


@pytest.mark.parametrize(("platform", "executable"), [("linux", "mooc-studio"), ("win32", "mooc-studio.exe")])
def test_a_known_system_has_its_executable(platform: str, executable: str) -> None:
    assert system_named(platform).executable == executable


def test_an_unknown_system_is_refused_by_name() -> None:
    with pytest.raises(BuildError, match="'aix'"):
        system_named("aix")


def test_a_failed_build_ends_with_1_and_a_plain_message(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(checkout: Path, system: System) -> Path:
        raise BuildError("The window did not open.")

    monkeypatch.setattr(build, "build", fail)
    assert build.main() == 1
    said = capsys.readouterr().err
    assert "The window did not open." in said
    assert "Traceback" not in said


# --- the call of PyInstaller ---


def test_the_call_brings_what_the_program_looks_up_at_run_time(tmp_path: Path) -> None:
    library = Path("libmediainfo.so.0")
    call = command(CHECKOUT, tmp_path, System.LINUX, [library])
    assert option_values(call, "--add-data") == [f"{CHECKOUT / 'resources'}:resources"]
    assert option_values(call, "--add-binary") == ["libmediainfo.so.0:pymediainfo"]
    assert "fontpkg_pt_serif" in option_values(call, "--collect-data")
    assert call[-1] == str(CHECKOUT / "app" / "__main__.py")
    assert "--onedir" in call


def test_everything_is_made_below_the_work_folder(tmp_path: Path) -> None:
    call = command(CHECKOUT, tmp_path, System.LINUX, [])
    for option in ("--distpath", "--workpath", "--specpath"):
        (folder,) = option_values(call, option)
        assert Path(folder).is_relative_to(tmp_path)


def test_icon_and_details_are_for_windows_alone(tmp_path: Path) -> None:
    windows = command(CHECKOUT, tmp_path, System.WINDOWS, [])
    (icon,) = option_values(windows, "--icon")
    assert Path(icon).is_file()
    assert option_values(windows, "--version-file")
    for system in (System.LINUX, System.MACOS):
        assert not {"--icon", "--version-file", "--hide-console"} & set(command(CHECKOUT, tmp_path, system, []))


def test_no_module_that_the_program_imports_is_shut_out(tmp_path: Path) -> None:
    imported: set[str] = set()
    for path in (CHECKOUT / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module is not None:
                imported |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    assert "PySide6.QtWidgets" in imported
    assert not imported & set(option_values(command(CHECKOUT, tmp_path, System.LINUX, []), "--exclude-module"))
    assert "PySide6.QtWebEngineCore" in UNUSED_QT_MODULES


def test_licences_go_along_of_direct_and_of_indirect_packages_but_not_of_tools() -> None:
    names = runtime_distributions(CHECKOUT)
    assert {"pyside6-essentials", "shiboken6", "python-docx", "lxml", "pydantic-core", "fontpkg"} <= set(names)
    assert not {"pytest", "hypothesis", "pyinstaller", "bagit"} & set(names)


def test_a_package_that_is_not_installed_ends_the_build(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\ndependencies = ["no-such-package-of-ours==1"]', "utf-8")
    with pytest.raises(BuildError, match="no-such-package-of-ours"):
        runtime_distributions(tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere PyInstaller's own hook finds the library")
def test_mediainfo_of_the_wheel_is_found() -> None:
    assert [path.name for path in mediainfo_libraries(System.LINUX)] == ["libmediainfo.so.0"]


def test_windows_shows_the_version_in_four_numbers() -> None:
    details = version_details("2.14.3")
    assert "filevers=(2, 14, 3, 0)" in details
    assert "StringStruct('ProductVersion', '2.14.3')" in details
    ast.parse(details)


def test_the_windows_icon_holds_pngs_of_the_sizes_it_names() -> None:
    data = (resources_dir() / "icons" / "mooc-studio.ico").read_bytes()
    reserved, kind, count = struct.unpack_from("<HHH", data)
    assert (reserved, kind) == (0, 1)
    sizes_px = []
    for number in range(count):
        width, height, _, _, _, bits, length, offset = struct.unpack_from("<BBBBHHII", data, 6 + 16 * number)
        picture = data[offset : offset + length]
        assert picture.startswith(b"\x89PNG\r\n\x1a\n")
        assert struct.unpack_from(">II", picture, 16) == (width or 256, height or 256)
        assert bits == 32
        sizes_px.append(width or 256)
    assert {16, 32, 48, 256} <= set(sizes_px)


# --- trimming ---


@pytest.mark.parametrize(
    "inside",
    [
        f"{QT}/plugins/egldeviceintegrations/libqeglfs-x11-integration.so",
        f"{QT}/plugins/platforms/libqeglfs.so",
        f"{QT}/plugins/platforms/libqvnc.so",
        f"{QT}/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so",
        f"{QT}/plugins/platformthemes/libqgtk3.so",
        f"{QT}/plugins/tls/libqopensslbackend.so",
        f"{QT}/qml/QtQuick/qmldir",
        f"{QT}/lib/libQt6WebEngineCore.so.6",
        f"{QT}/resources/icudtl.dat",
        f"{QT}/translations/qtbase_de.qm",
        f"{QT}/translations/qt_help_ru.qm",
        "_internal/PySide6/plugins/tls/qschannelbackend.dll",
        "_internal/PySide6/plugins/platforms/qdirect2d.dll",
        "_internal/PySide6/translations/qtbase_zh_CN.qm",
        "_internal/PySide6/opengl32sw.dll",
        "_internal/PySide6/Qt/lib/QtWebEngineCore.framework/Versions/A/QtWebEngineCore",
        "_internal/cv2/opencv_videoio_ffmpeg500_64.dll",
    ],
)
@pytest.mark.parametrize("system", System)
def test_what_the_program_does_not_use_goes(inside: str, system: System) -> None:
    assert is_unused(PurePosixPath(inside), system)


@pytest.mark.parametrize(
    "inside",
    [
        "mooc-studio",
        f"{QT}/plugins/platforms/libqxcb.so",
        f"{QT}/plugins/platforms/libqwayland.so",
        f"{QT}/plugins/platforms/libqoffscreen.so",
        f"{QT}/plugins/platforms/libqcocoa.dylib",
        "_internal/PySide6/plugins/platforms/qwindows.dll",
        f"{QT}/plugins/platformthemes/libqxdgdesktopportal.so",
        f"{QT}/plugins/imageformats/libqjpeg.so",
        f"{QT}/plugins/iconengines/libqsvgicon.so",
        f"{QT}/lib/libQt6Pdf.so.6",
        f"{QT}/translations/qtbase_ru.qm",
        "_internal/resources/i18n/ui.toml",
        "_internal/resources/sample/course.json",
        "_internal/av.libs/libavcodec-5e6b81c2.so.62.28.102",
        "_internal/cv2/cv2.abi3.so",
    ],
)
@pytest.mark.parametrize("system", System)
def test_what_the_program_uses_stays(inside: str, system: System) -> None:
    assert not is_unused(PurePosixPath(inside), system)


def test_a_part_of_the_c_library_stays_with_the_system() -> None:
    assert is_unused(PurePosixPath("_internal/libmvec.so.1"), System.LINUX)
    assert not is_unused(PurePosixPath("_internal/libstdc++.so.6"), System.LINUX)


def test_words_of_qt_stay_in_the_three_languages_alone() -> None:
    kept = {f"qtbase_{lang}.qm" for lang in ("kk", "ru", "en")}
    assert all(is_kept_translation(name) for name in kept)
    assert not any(is_kept_translation(name) for name in ("qtbase_uk.qm", "qt_help_kk.qm", "qtwebengine_ru.qm"))


@pytest.mark.parametrize(
    ("name", "binary"),
    [
        ("libQt6Core.so.6", True),
        ("QtCore.abi3.so", True),
        ("libssl-81259c47.so.1.1.1k", True),
        ("av.sorted", False),
        ("Qt6Core.dll", True),
        ("_socket.pyd", True),
        ("libsndfile.dylib", True),
        ("QtCore.framework/Versions/A/QtCore", True),
        ("Solution.toml", False),
        ("base_library.zip", False),
        ("README", False),
    ],
)
def test_binaries_are_told_by_their_names(name: str, binary: bool) -> None:
    assert is_binary(PurePosixPath(name)) is binary


LINKS = {
    "plugin.so": ["libQuick.so.6", "libGui.so.6"],
    "libQuick.so.6": ["libQml.so.6", "libGui.so.6"],
    "libQml.so.6": ["libQuick.so.6", "libNetwork.so.6"],  # in a circle
    "libNetwork.so.6": [],
    "QtPdf.so": ["libPdf.so.6", "libc.so.6"],
    "libPdf.so.6": ["libnetwork.so.6", "libGui.so.6"],  # Windows does not mind how a name is written
    "libGui.so.6": [],
    "libopened-by-name.so": ["libits-own.so"],
    "libits-own.so": [],
}


def links(binary: Path) -> Iterable[str]:
    return LINKS[binary.name]


def test_only_libraries_go_that_just_removed_files_needed() -> None:
    binaries = [Path(name) for name in LINKS]
    gone = orphans(binaries, [Path("plugin.so"), Path("words.qm")], links)
    # both of the circle go; what QtPdf needs too stays, and so does what nothing links to but someone may open by name
    assert gone == {Path("libQuick.so.6"), Path("libQml.so.6")}


def test_what_a_removed_library_needs_goes_even_where_its_name_is_still_asked_for() -> None:
    needs = {"cv2.so": ["libavcodec.so"], "libavcodec.so": ["libvpx.so"], "libvpx.so": []}
    gone = orphans([Path(name) for name in needs], [Path("libavcodec.so")], lambda path: needs[path.name])
    assert gone == {Path("libvpx.so")}


def test_pyav_stands_in_for_the_ffmpeg_of_opencv_where_the_binary_interface_is_the_same() -> None:
    ours = [Path("av.libs") / name for name in ("libavcodec-5e6b81c2.so.62.28.102", "libswscale-88e9f973.so.9.5.102")]
    same, newer, other_interface, unknown = (
        Path("opencv_python_headless.libs") / name
        for name in (
            "libavcodec-c4204469.so.62.28.101",
            "libswscale-fe215b0b.so.9.6.100",
            "libavcodec-c4204469.so.61.19.101",
            "libpng16-529cb57a.so.16.58.0",
        )
    )
    assert ffmpeg_twins([*ours, same, newer, other_interface, unknown]) == {same: ours[0]}


def test_a_twin_is_replaced_by_a_link_that_moves_with_the_product(tmp_path: Path) -> None:
    place = tmp_path / "here"
    ours = place / "_internal" / "av.libs" / "libavutil-5809ad29.so.60.26.102"
    theirs = place / "_internal" / "opencv_python_headless.libs" / "libavutil-befbbc48.so.60.26.101"
    for path in (ours, theirs):
        path.parent.mkdir(parents=True)
        path.write_text(path.name)
    trim(place, System.LINUX, lambda _: [])
    moved = theirs.relative_to(tmp_path)
    place.rename(tmp_path / "there")
    assert (tmp_path / "there" / moved.relative_to("here")).read_text() == ours.name


@pytest.mark.skipif(sys.platform != "linux", reason="asks for a library of Linux")
def test_links_are_read_from_a_binary_and_there_are_none_in_a_text(tmp_path: Path) -> None:
    text = tmp_path / "text.so"
    text.write_text("INPUT(libc.so)")
    assert "libc.so.6" in linked_names(Path("/bin/sh"))
    assert linked_names(text) == []


def test_nothing_is_an_orphan_where_nothing_was_removed() -> None:
    assert orphans([Path(name) for name in LINKS], [], links) == set()


def test_trimming_takes_files_orphans_links_and_empty_folders(tmp_path: Path) -> None:
    theme = tmp_path / QT / "plugins" / "platformthemes" / "libqgtk3.so"
    words = tmp_path / QT / "translations" / "qtbase_de.qm"
    cairo, module = tmp_path / "_internal" / "libcairo.so.2", tmp_path / "_internal" / "PySide6" / "QtGui.abi3.so"
    for path in (theme, words, cairo, module):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes(500_000))
    link = tmp_path / "_internal" / "libqgtk3.so"
    link.symlink_to(theme)
    trimmed = trim(tmp_path, System.LINUX, lambda path: ["libcairo.so.2"] if path == theme else [])
    assert [path for path in tmp_path.rglob("*") if not path.is_dir()] == [module]
    assert not (tmp_path / QT).exists()
    assert not link.is_symlink()
    assert (trimmed.before_mb, trimmed.after_mb, trimmed.files) == (2.0, 0.5, 3)


def test_size_counts_what_a_link_leads_to_once(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b").write_bytes(bytes(1_500_000))
    (tmp_path / "c").write_bytes(bytes(250_000))
    (tmp_path / "link").symlink_to(tmp_path / "a" / "b")
    assert size_mb(tmp_path) == 1.75


# --- the first start ---


def test_the_product_sees_nothing_of_the_builders_settings(tmp_path: Path) -> None:
    ours = {"PATH": "/usr/bin", "PYTHONPATH": "/somewhere", "QT_PLUGIN_PATH": "/qt", "SYSTEMROOT": "C:\\Windows"}
    for system in System:
        theirs = environment(tmp_path, system, ours)
        assert not Path(theirs["PATH"]).exists()
        assert not {"PYTHONPATH", "QT_PLUGIN_PATH"} & set(theirs)
    assert environment(tmp_path, System.WINDOWS, ours)["SYSTEMROOT"] == "C:\\Windows"


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Product:
    """A shell in the product's place, so that a test may say what the product does."""
    if sys.platform != "linux":
        pytest.skip("reads the list of processes as Linux shows it")
    folder = tmp_path / "product"
    folder.mkdir()
    shutil.copy("/bin/sh", folder / "mooc-studio")
    home = tmp_path / "home"
    home.mkdir()
    os.mkfifo(home / "for-ever")
    monkeypatch.setattr(first_start, "_LAST_CHILD_S", 0.05)
    return Product(folder.resolve(), home, System.LINUX)


def test_a_run_gives_status_and_words(shell: Product) -> None:
    answer = shell.run("-c", 'echo "$GREETING"; echo no >&2; exit 7', GREETING="Сәлем")
    assert (answer.status, answer.stdout, answer.stderr) == (7, "Сәлем\n", "no\n")


def test_a_child_that_is_left_behind_fails_the_build_and_is_ended(shell: Product, tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="left a child process"):
        shell.run("-c", "read line <>for-ever & exit 0")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(first_start, "_LAST_CHILD_S", 5.0)
        shell.run("-c", "exit 0")  # would be told of the first one's child
    assert processes_of(tmp_path / "product", System.LINUX) == []


def test_a_product_that_does_not_end_fails_the_build(
    shell: Product, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_start, "_LONGEST_S", 0.3)
    with pytest.raises(BuildError, match="did not end"):
        shell.run("-c", "read line <>for-ever")
    assert processes_of(tmp_path / "product", System.LINUX) == []


GOOD_REPORT = {"verdict": "pass", "video": {"codec": "h264", "width": 1920}, "audio": {"sample_rate_hz": 48_000}}


@pytest.mark.parametrize(
    ("command_name", "answer", "complaint"),
    [
        ("--version", Answer(0, "mooc-studio 0.0.0\n", "", 0.5), "0.0.0"),
        ("--version", Answer(127, "", "no libpython\n", 0.5), "ended with 127; it said:\nno libpython"),
        ("check", Answer(0, "all is well", "", 0.5), "did not print"),
        ("check", Answer(0, json.dumps({"files": [GOOD_REPORT | {"video": None}]}), "", 0.5), "did not print"),
        ("check", Answer(0, json.dumps({"files": [GOOD_REPORT | {"verdict": "fail"}]}), "", 0.5), "measured"),
        ("export", Answer(0, "", "", 0.5), "wrote no PDF"),
        ("gui", Answer(0, "", "", 0.5), "before its time"),
    ],
)
def test_a_product_that_does_not_do_its_work_fails_the_build(
    command_name: str, answer: Answer, complaint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(product: Product, *arguments: str, **variables: str) -> Answer:
        if arguments[0] == command_name:
            return answer
        if arguments[0] == "export":
            forms = Path(arguments[arguments.index("--out") + 1])
            forms.mkdir()
            (forms / "form_01.pdf").write_bytes(b"%PDF-1.7")
            (forms / "form_01.docx").write_bytes(b"PK")
        good = {"--version": f"mooc-studio {__version__}\n", "check": json.dumps({"files": [GOOD_REPORT]})}
        return Answer(0, good.get(arguments[0], ""), "", first_start.WINDOW_OPEN_S + 1)

    monkeypatch.setattr(Product, "run", run)
    monkeypatch.setattr(first_start, "make_clip", lambda *_: None)
    told: list[str] = []
    with pytest.raises(BuildError) as caught:
        try_product(tmp_path, System.LINUX, told.append)
    assert complaint in str(caught.value)
    assert len(told) == ["--version", "check", "export", "gui"].index(command_name)
