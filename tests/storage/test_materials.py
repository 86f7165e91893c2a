"""Attaching a file copies it into the course and never writes over another."""

from pathlib import Path

import pytest

from app.model.errors import ProjectFileError
from app.storage.materials import attach


def test_a_copy_goes_into_the_course_and_the_original_stays(tmp_path: Path) -> None:
    source = tmp_path / "1-дәріс.pdf"
    source.write_bytes(b"%PDF")
    folder = tmp_path / "course"
    folder.mkdir()
    file = attach(folder, source)
    assert (file.path, file.size_bytes) == ("materials/1-дәріс.pdf", 4)
    assert (folder / file.path).read_bytes() == source.read_bytes()


def test_a_second_file_of_the_same_name_gets_another_one(tmp_path: Path) -> None:
    folder = tmp_path / "course"
    folder.mkdir()
    for number in (1, 2):
        source = tmp_path / str(number) / "a.pdf"
        source.parent.mkdir()
        source.write_bytes(bytes([number]))
        attach(folder, source)
    contents = {path.name: path.read_bytes() for path in (folder / "materials").iterdir()}
    assert contents == {"a.pdf": b"\x01", "a (2).pdf": b"\x02"}


def test_a_file_that_lies_there_already_is_not_copied(tmp_path: Path) -> None:
    inside = tmp_path / "materials" / "a.pdf"
    inside.parent.mkdir()
    inside.write_bytes(b"x")
    assert attach(tmp_path, inside).path == "materials/a.pdf"
    assert [path.name for path in inside.parent.iterdir()] == ["a.pdf"]


def test_a_file_that_is_gone_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ProjectFileError) as caught:
        attach(tmp_path, tmp_path / "gone.pdf")
    assert caught.value.code == "attachment_unreadable"


def test_a_copy_that_fails_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "a.pdf"
    source.write_bytes(b"x")
    folder = tmp_path / "course"
    folder.mkdir()

    def full(_source: Path, target: Path) -> None:
        target.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.storage.materials.shutil.copyfile", full)
    with pytest.raises(ProjectFileError) as caught:
        attach(folder, source)
    assert caught.value.code == "disk_full"
    assert list((folder / "materials").iterdir()) == []
