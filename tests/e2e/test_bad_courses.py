"""Bad input through the command line: one message with cause and remedy, the right status, nothing written."""

import errno
import json
import os
import stat
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from app.model.course import Course
from app.model.texts import Lang
from app.storage.course_file import MAX_BYTES
from app.storage.course_folder import CourseFolder
from tests.cli.command_runs import Ran, Run
from tests.e2e.explanations import code_of

LANGS = [lang.value for lang in Lang]


def tree(folder: Path) -> dict[str, bytes | None]:
    """Everything below a folder, with its content."""
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def check_refusal(ran: Ran, lang: str, code: str) -> None:
    """Expect an explained refusal; with ``--json`` the one document says the same."""
    assert ran.status == 3
    if ran.out:
        assert (ran.json["error_code"], ran.json["error"]) == (code, " ".join(ran.err.split("\n")).strip())
        assert ran.json.get("ready") in (None, False)
        assert ran.json.get("valid") in (None, False)
    assert code_of(ran.err, lang) == code


# Course files


def course(**fields: Any) -> bytes:
    envelope = {"format": "mooc-studio-course", "schema": 1, "regulation": "atu-2025-02", "course": fields}
    return json.dumps(envelope).encode()


BAD_COURSES: dict[str, tuple[bytes, str, str]] = {
    "empty": (b"", "course_empty", "course.mooc"),
    "lost in a power cut": (b"\0" * 100, "course_empty", "course.mooc"),
    "no JSON": (b'{"format": ', "course_not_json", "course.mooc"),
    "nested without end": (b"[" * 100_000, "course_not_json", "course.mooc"),
    "another encoding": ("{«".encode("cp1251"), "course_not_utf8", "course.mooc"),
    "JSON of something else": (b'{"a": 1}', "course_wrong_format", "course.mooc"),
    "unknown field": (course(modules=[{"id": "m1", "lesons": []}]), "course_unknown_field", "modules/m1/lesons"),
    "wrong type": (course(modules=[{"id": "m1", "title": 5}]), "course_wrong_value", "modules/m1/title"),
    "a field without which it is none": (course(modules=[{"title": "x"}]), "course_missing_field", "modules/0/id"),
    "two with one id": (course(objectives=[{"id": "o"}, {"id": "o"}]), "course_repeated_id", "objectives/o"),
    "newer schema": (b'{"format": "mooc-studio-course", "schema": 99, "kurs": 1}', "course_newer", "99"),
    "a field that rewrites the terminal": (course(**{"\x1b[2J\nOK": 1}), "course_unknown_field", "\\x1b[2J OK"),
}


@pytest.fixture
def commands(tmp_path: Path) -> list[tuple[str | Path, ...]]:
    """Every command that reads a course, with targets that must stay unwritten."""
    folder = tmp_path / "course"
    return [
        ("validate", folder),
        ("validate", folder, "--json"),
        ("export", folder, "--out", tmp_path / "out"),
        ("bundle", folder, "--out", tmp_path / "b.zip", "--draft"),
    ]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("content", "code", "named"), BAD_COURSES.values(), ids=BAD_COURSES.keys())
def test_a_bad_course_file(
    run: Run,
    tmp_path: Path,
    commands: list[tuple[str | Path, ...]],
    content: bytes,
    code: str,
    named: str,
    lang: str,
) -> None:
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "course.mooc").write_bytes(content)
    before = tree(tmp_path)
    for command in commands:
        ran = run(*command, lang=lang)
        check_refusal(ran, lang, code)
        assert named in ran.err
    assert tree(tmp_path) == before


@pytest.mark.parametrize("lang", LANGS)
def test_a_course_that_is_not_there(
    run: Run, tmp_path: Path, commands: list[tuple[str | Path, ...]], lang: str
) -> None:
    for command in commands:
        check_refusal(run(*command, lang=lang), lang, "course_missing")
    (tmp_path / "course").mkdir()
    for command in commands:
        check_refusal(run(*command, lang=lang), lang, "course_missing")
    (tmp_path / "course" / "course.mooc").mkdir()
    for command in commands:
        check_refusal(run(*command, lang=lang), lang, "course_unreadable")
    assert list(tree(tmp_path)) == ["course", "course/course.mooc"]


@pytest.mark.parametrize("lang", LANGS)
def test_a_course_file_that_would_fill_the_memory(
    run: Run, tmp_path: Path, commands: list[tuple[str | Path, ...]], lang: str
) -> None:
    (tmp_path / "course").mkdir()
    with (tmp_path / "course" / "course.mooc").open("wb") as stream:
        stream.truncate(MAX_BYTES + 2**20)
    for command in commands:
        check_refusal(run(*command, lang=lang), lang, "course_too_large")


@pytest.mark.parametrize("lang", LANGS)
def test_a_course_that_may_not_be_read(
    run: Run,
    tmp_path: Path,
    commands: list[tuple[str | Path, ...]],
    monkeypatch: pytest.MonkeyPatch,
    lang: str,
) -> None:
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "course.mooc").write_bytes(course(title="x"))
    real = Path.read_bytes

    def refuse(path: Path) -> bytes:  # permissions do not bind the administrator, under whom tests may run
        if path.name == "course.mooc":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    for command in commands:
        check_refusal(run(*command, lang=lang), lang, "course_unreadable")


# Targets


def failing_sync(number: int) -> Callable[[int], None]:
    """What the last step of every writing says when the disk refuses."""

    def sync(_: int) -> None:
        raise OSError(number, os.strerror(number))

    return sync


@pytest.fixture(scope="session")
def small_course_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of a title alone, which is written at once; tests only read it."""
    folder = tmp_path_factory.mktemp("e2e-small") / "course"
    CourseFolder.create(folder, Course(title="x"), "atu-2025-02").close()
    return folder


@pytest.fixture(scope="session")
def draft_bundle(tmp_path_factory: pytest.TempPathFactory, small_course_folder: Path) -> Path:
    """Its draft bundle, which is spoilt and read at once; tests only read it."""
    path = tmp_path_factory.mktemp("e2e-small-bundle") / "draft.zip"
    assert main(["bundle", str(small_course_folder), "--out", str(path), "--draft", "--date", "2026-03-02"]) == 0
    return path


WRITING = {
    "export": ("disk_full", "folder_read_only"),
    "bundle": ("bundle_not_written", "bundle_not_written"),
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("command", WRITING)
@pytest.mark.parametrize(("number", "which"), [(errno.ENOSPC, 0), (errno.EROFS, 1)], ids=["full disk", "no permission"])
def test_a_target_that_cannot_be_written(
    run: Run,
    small_course_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    number: int,
    which: int,
    lang: str,
) -> None:
    out = tmp_path / "out"
    arguments: dict[str, tuple[str | Path, ...]] = {
        "export": (small_course_folder, "--out", out, "--form", "01", "--format", "docx"),
        "bundle": (small_course_folder, "--out", tmp_path / "b.zip", "--draft"),
    }
    before = tree(small_course_folder)
    monkeypatch.setattr(os, "fsync", failing_sync(number))
    check_refusal(run(command, *arguments[command], lang=lang), lang, WRITING[command][which])
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert tree(small_course_folder) == before


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, "disk_full"), (errno.EROFS, "folder_read_only")])
def test_a_demonstration_that_finds_no_room(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str, lang: str
) -> None:
    def refuse(path: Path, *_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr(Path, "mkdir", refuse)
    ran = run("demo", tmp_path / "demo", lang=lang)
    monkeypatch.undo()
    check_refusal(ran, lang, code)
    assert str(tmp_path) in ran.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("lang", LANGS)
def test_an_older_result_survives_a_full_disk(
    run: Run, small_course_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    (tmp_path / "form_01.docx").write_bytes(b"the older form")
    (tmp_path / "b.zip").write_bytes(b"the older bundle")
    before = tree(tmp_path)
    monkeypatch.setattr(os, "fsync", failing_sync(errno.ENOSPC))
    run("export", small_course_folder, "--out", tmp_path, "--form", "01", "--format", "docx", lang=lang)
    run("bundle", small_course_folder, "--out", tmp_path / "b.zip", "--draft", lang=lang)
    assert tree(tmp_path) == before


# Bundles

Change = Callable[[Path, Path], None]


def root_of(bundle: Path) -> str:
    with zipfile.ZipFile(bundle) as archive:
        return archive.namelist()[0].partition("/")[0]


def rezipped(change: Callable[[str, bytes], bytes | None], add: dict[str, bytes] | None = None) -> Change:
    """Copy a bundle with contents changed, files left out (None) or files added; names below its folder."""

    def make(source: Path, target: Path) -> None:
        root = root_of(source)
        with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
            for info in old.infolist():
                content = change(info.filename.removeprefix(f"{root}/"), old.read(info))
                if content is not None:
                    new.writestr(info, content)
            for name, content in (add or {}).items():
                new.writestr(name.replace("ROOT", root), content)

    return make


def same(_: str, content: bytes) -> bytes:
    return content


def without(name: str) -> Callable[[str, bytes], bytes | None]:
    return lambda found, content: None if found == name else content


def spoilt(name: str) -> Callable[[str, bytes], bytes | None]:
    """Flip one bit of the last byte but one."""
    return lambda found, content: content[:-2] + bytes([content[-2] ^ 1]) + content[-1:] if found == name else content


def with_link(source: Path, target: Path) -> None:
    target.write_bytes(source.read_bytes())
    link = zipfile.ZipInfo(f"{root_of(source)}/data/link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(link, "/etc/passwd")


def twice(source: Path, target: Path) -> None:
    target.write_bytes(source.read_bytes())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # "duplicate name", which is the point
        with zipfile.ZipFile(target, "a") as archive:
            archive.writestr(f"{root_of(source)}/data/course.json", "{}")


def truncated(source: Path, target: Path) -> None:
    target.write_bytes(source.read_bytes()[:-40])


def plain_zip(_: Path, target: Path) -> None:
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("folder/readme.txt", "hello")


def void(_: object) -> None:
    """Forget a result that a lambda has no use for."""


REFUSED: dict[str, tuple[Change, str, str]] = {
    "a path upwards": (rezipped(same, {"ROOT/data/../../../evil": b"x"}), "bundle_hostile", "../../../evil"),
    "an absolute path": (rezipped(same, {"/tmp/evil-of-a-test": b"x"}), "bundle_hostile", "/tmp/evil-of-a-test"),
    "a drive": (rezipped(same, {"C:/evil": b"x"}), "bundle_hostile", "C:/evil"),
    "a link": (with_link, "bundle_hostile", "data/link"),
    "a bomb": (rezipped(same, {"ROOT/data/bomb": bytes(2**26)}), "bundle_hostile", "data/bomb"),
    "a name twice": (twice, "bundle_hostile", "data/course.json"),
    "a name that rewrites the terminal": (rezipped(same, {"../\x1b]0;x\n": b""}), "bundle_hostile", "../\\x1b]0;x "),
    "no ZIP": (lambda _, target: void(target.write_bytes(b"%PDF-1.7")), "bundle_not_zip", "x.zip"),
    "nothing in it": (lambda _, target: void(target.write_bytes(b"")), "bundle_not_zip", "x.zip"),
    "a folder": (lambda _, target: target.mkdir(), "bundle_not_zip", "x.zip"),
    "cut short": (truncated, "bundle_not_zip", "x.zip"),
    "a ZIP of something else": (plain_zip, "bundle_not_bag", "x.zip"),
    "not there": (lambda _, __: None, "bundle_missing", "x.zip"),
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("make", "code", "named"), REFUSED.values(), ids=REFUSED.keys())
def test_a_bundle_that_is_refused(
    run: Run,
    draft_bundle: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    make: Change,
    code: str,
    named: str,
    lang: str,
) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    path = inner / "x.zip"
    make(draft_bundle, path)
    before = tree(tmp_path)
    for arguments in ((path,), (path, "--json")):
        ran = run("verify", *arguments, lang=lang)
        check_refusal(ran, lang, code)
        assert named in ran.err
    assert tree(tmp_path) == before
    assert not Path("/tmp/evil-of-a-test").exists()


FORM = "data/documents/form_01.pdf"
INCOMPLETE: dict[str, tuple[Change, str, str]] = {
    "a missing document": (rezipped(without(FORM)), "missing", FORM),
    "a missing course": (rezipped(without("data/course.json")), "missing", "data/course.json"),
    "an added file": (rezipped(same, {"ROOT/data/virus.exe": b"MZ"}), "extra", "data/virus.exe"),
    "an added tag file": (rezipped(same, {"ROOT/more.txt": b"x"}), "extra", "more.txt"),
    "no manifest": (rezipped(without("manifest-sha256.txt")), "structure", "manifest-sha256.txt"),
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("make", "kind", "named"), INCOMPLETE.values(), ids=INCOMPLETE.keys())
def test_a_bundle_that_is_not_complete(
    run: Run, draft_bundle: Path, tmp_path: Path, make: Change, kind: str, named: str, lang: str
) -> None:
    path = tmp_path / "x.zip"
    make(draft_bundle, path)
    ran = run("verify", path, "--json", lang=lang)
    assert ran.status == 3
    assert code_of(ran.err, lang) == "bundle_incomplete"
    assert named in ran.err
    assert ran.json["valid"] is False
    assert (kind, named) in [(problem["kind"], problem["path"]) for problem in ran.json["problems"]]
    people = run("verify", path, lang=lang)
    assert people.status == 3
    assert named in people.out
    assert code_of(people.err, lang) == "bundle_incomplete"
    assert [entry.name for entry in tmp_path.iterdir()] == ["x.zip"]


def flipped_in_the_packed_data(source: Path, target: Path) -> None:
    """Flip one bit of the file itself, in the middle of a document, as a bad disk does."""
    data = bytearray(source.read_bytes())
    with zipfile.ZipFile(source) as archive:
        info = archive.getinfo(f"{root_of(source)}/{FORM}")
        data[info.header_offset + 30 + len(info.filename.encode()) + info.compress_size // 2] ^= 1
    target.write_bytes(data)


ALTERED = {
    "a document": (rezipped(spoilt(FORM)), FORM),
    "the course": (rezipped(spoilt("data/course.json")), "data/course.json"),
    "a fact about the bundle": (rezipped(spoilt("bag-info.txt")), "bag-info.txt"),
    "a bit on the disk": (flipped_in_the_packed_data, FORM),
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("make", "named"), ALTERED.values(), ids=ALTERED.keys())
def test_one_changed_byte_is_found_and_the_file_named(
    run: Run, draft_bundle: Path, tmp_path: Path, make: Change, named: str, lang: str
) -> None:
    path = tmp_path / "x.zip"
    make(draft_bundle, path)
    ran = run("verify", path, "--json", lang=lang)
    assert ran.status == 1
    assert code_of(ran.err, lang) == "bundle_altered"
    assert named in ran.err
    assert [(problem["kind"], problem["path"]) for problem in ran.json["problems"]] == [("changed", named)]
    people = run("verify", path, lang=lang)
    assert people.status == 1
    assert named in people.out
    assert code_of(people.err, lang) == "bundle_altered"


@pytest.mark.parametrize("lang", LANGS)
def test_a_flood_of_problems_does_not_flood_the_message(
    run: Run, draft_bundle: Path, tmp_path: Path, lang: str
) -> None:
    path = tmp_path / "x.zip"
    rezipped(same, {f"ROOT/data/{number:04}.txt": b"" for number in range(500)})(draft_bundle, path)
    ran = run("verify", path, "--json", lang=lang)
    assert len(ran.json["problems"]) == 500
    assert code_of(ran.err, lang) == "bundle_incomplete"
    assert ran.err.count(".txt") < 20
