"""Paths named by a course stay in its folder."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.model.errors import ProjectFileError
from app.storage.inside import resolve_inside


@pytest.mark.parametrize("relative", ["materials/Дәріс 1.pdf", "a", "materials/./x", "materials//x", "..x/y", "a..b"])
def test_a_path_in_the_folder_is_resolved(tmp_path: Path, relative: str) -> None:
    path = resolve_inside(tmp_path, relative)
    assert path == tmp_path.resolve().joinpath(*(part for part in relative.split("/") if part not in ("", ".")))


@pytest.mark.parametrize(
    "relative",
    [
        "",
        ".",
        "/",
        "/etc/passwd",
        "..",
        "../x",
        "materials/../../x",
        "a/..",
        "C:/x",
        "c:x",
        "a\\..\\b",
        "//host/x",
        "a\0",
    ],
)
def test_a_path_out_of_the_folder_is_refused(tmp_path: Path, relative: str) -> None:
    with pytest.raises(ProjectFileError) as caught:
        resolve_inside(tmp_path, relative)
    assert (caught.value.code, caught.value.params["path"]) == ("path_outside_folder", relative)


@given(st.lists(st.sampled_from(["..", ".", "", "a", "C:", "\\", "~", "x y"]) | st.text(max_size=4), max_size=5))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_path_ever_leaves_the_folder(tmp_path: Path, parts: list[str]) -> None:
    try:
        path = resolve_inside(tmp_path, "/".join(parts))
    except ProjectFileError:
        return
    assert tmp_path.resolve() in path.parents


@pytest.mark.skipif(os.name != "posix", reason="symbolic links need rights on Windows")
def test_symbolic_links_are_followed_before_the_decision(tmp_path: Path) -> None:
    folder, outside = tmp_path / "course", tmp_path / "secret"
    (folder / "materials").mkdir(parents=True)
    outside.mkdir()
    (folder / "out").symlink_to(outside)
    (folder / "in").symlink_to(folder / "materials")
    (folder / "circle").symlink_to(folder / "circle")
    (tmp_path / "alias").symlink_to(folder)
    assert resolve_inside(folder, "in/x.pdf") == folder.resolve() / "materials" / "x.pdf"
    assert resolve_inside(tmp_path / "alias", "a") == folder.resolve() / "a"
    with pytest.raises(ProjectFileError):
        resolve_inside(folder, "out/x.pdf")
