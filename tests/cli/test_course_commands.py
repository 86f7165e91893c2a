"""validate, export, bundle, verify: statuses and JSON documents as the contract has them."""

import hashlib
import io
import json
import sys
import zipfile
from pathlib import Path

import pytest

from app.exporters.forms import FORMS, form_files
from app.formats import aiken
from app.model.course import Course
from app.model.people import FileRef
from app.model.views import form_05_questions
from app.sample import sample_course
from app.storage.course_file import encode
from app.storage.course_folder import CourseFolder
from tests.cli.command_runs import Run

CODE = "АТУ-ЖИЦДО-ІӘЕ-7.5.1-2025-02"
STATUSES = {"pass", "fail", "warning", "not_measured", "not_applicable", "attest"}
FINDING_KEYS = {"rule", "status", "severity", "element", "measured", "required", "text"}


def check_findings(findings: list[dict[str, object]]) -> None:
    assert findings
    for finding in findings:
        assert finding.keys() >= FINDING_KEYS
        assert finding["status"] in STATUSES
        assert finding["severity"] in {"must", "rec", "hint"}
        assert isinstance(finding["element"], str)
        assert finding["text"]


# Unreadable input


@pytest.mark.parametrize("command", [("validate",), ("export", "--out", "x"), ("bundle", "--out", "x.zip")])
@pytest.mark.parametrize("content", [None, b"", b"{", b"[1, 2]", b'{"format": "mooc-studio-course", "schema": 99}'])
def test_course_that_cannot_be_read(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], content: bytes | None
) -> None:
    monkeypatch.chdir(tmp_path)
    if content is not None:
        (tmp_path / "course.mooc").write_bytes(content)
    before = sorted(tmp_path.iterdir())
    ran = run(command[0], tmp_path, *command[1:])
    assert (ran.status, ran.out) == (3, "")
    assert ran.err
    assert sorted(tmp_path.iterdir()) == before


def test_missing_regulation_file(run: Run, course_folder: Path) -> None:
    ran = run("validate", course_folder, "--regulation", "none.toml")
    assert (ran.status, ran.out) == (3, "")
    assert "none.toml" in ran.err


def test_unknown_edition_is_told(run: Run, tmp_path: Path) -> None:
    CourseFolder.create(tmp_path / "c", sample_course(), "atu-2031-01").close()
    ran = run("validate", tmp_path / "c", "--json")
    assert "atu-2031-01" in ran.err
    assert ran.json["regulation"] == CODE


# validate


def test_validate_json(run: Run, course_folder: Path) -> None:
    ran = run("validate", course_folder, "--json", "--date", "2026-03-02")
    assert (ran.status, ran.err) == (1, "")
    document = ran.json
    assert document["regulation"] == CODE
    assert document["ready"] is False
    check_findings(document["findings"])
    statuses = [finding["status"] for finding in document["findings"]]
    assert {name: document["counts"][name] for name in STATUSES} == {name: statuses.count(name) for name in STATUSES}
    assert any(finding["status"] == "pass" and finding["rule"] == "8.1" for finding in document["findings"])


def test_validate_takes_the_file_or_the_folder(run: Run, course_folder: Path) -> None:
    arguments = ("--json", "--date", "2026-03-02")
    by_folder = run("validate", course_folder, *arguments)
    assert run("validate", course_folder / "course.mooc", *arguments) == by_folder


def test_validate_ready(run: Run, course_folder: Path, lenient: Path) -> None:
    assert run("validate", course_folder, "--json", "--regulation", lenient).json["ready"] is True
    ran = run("validate", course_folder, "--regulation", lenient)
    assert ran.status == 0
    assert "ready for submission" in ran.out


@pytest.mark.parametrize(
    ("lang", "group", "verdict"),
    [
        ("kk", "Міндетті талаптар", "тапсыруға дайын емес"),
        ("ru", "обязательные требования", "не готов к сдаче"),
        ("en", "Requirements not met", "not ready for submission"),
    ],
)
def test_validate_for_people(run: Run, course_folder: Path, lang: str, group: str, verdict: str) -> None:
    ran = run("validate", course_folder, lang=lang)
    assert ran.status == 1
    assert group in ran.out
    assert verdict in ran.out
    assert "F01.16a" in ran.out


def test_validate_leaves_no_trace(run: Run, course_folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in course_folder.rglob("*")}
    run("validate", course_folder)
    assert {path: path.stat().st_mtime_ns for path in course_folder.rglob("*")} == before


def test_validate_text_of_the_course_is_no_markup(run: Run, tmp_path: Path) -> None:
    course = sample_course()
    author = course.authors[0].model_copy(update={"full_name": "[bold red]Аты[/bold red] [/oops]", "email": "x"})
    CourseFolder.create(tmp_path / "c", course.model_copy(update={"authors": (author,)}), "atu-2025-02").close()
    assert "[/oops]" in run("validate", tmp_path / "c").out


# export


def test_export_everything(run: Run, course_folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "documents"
    ran = run("export", course_folder, "--out", out)
    assert (ran.status, ran.err) == (0, "")
    names = {Path(line).name for line in ran.out.splitlines()}
    documents = {file.name for form in FORMS for file in form_files(sample_course(), form)}
    lectures = {f"{file.name}.pptx" for file in form_files(sample_course(), "04")}
    made = {f"{name}.{ending}" for name in documents for ending in ("pdf", "docx")}
    assert names == made | lectures | {"form_05.txt"}
    assert len(lectures) == 15
    wanted = {f"form_{number:02}" for number in (1, 2, 5, 7, 8, 9, 10, 11)} | {"glossary", "references"}
    assert wanted <= documents
    assert [sum(name.startswith(f"form_{form}_") for name in documents) for form in ("03", "06")] == [15, 5]
    assert {path.name for path in out.iterdir()} == names
    assert all(name.isascii() for name in names)
    for path in out.iterdir():
        assert path.read_bytes().startswith({".pdf": b"%PDF", ".docx": b"PK"}.get(path.suffix, b""))


def test_export_chosen_forms_and_formats(run: Run, course_folder: Path, tmp_path: Path) -> None:
    ran = run("export", course_folder, "--out", tmp_path / "a", "--form", "01", "5", "--format", "docx", "txt")
    assert ran.status == 0
    assert {path.name for path in (tmp_path / "a").iterdir()} == {"form_01.docx", "form_05.docx", "form_05.txt"}


def test_exported_questions_come_back(run: Run, course_folder: Path, tmp_path: Path) -> None:
    run("export", course_folder, "--out", tmp_path, "--form", "05", "--format", "txt")
    read = aiken.read((tmp_path / "form_05.txt").read_text("utf-8"))
    assert read.problems == ()
    expected = [(q.stem, q.options, q.correct) for q in form_05_questions(sample_course())]
    assert [(q.stem, q.options, q.correct) for q in read.questions] == expected


def test_export_names_questions_that_aiken_cannot_hold(run: Run, tmp_path: Path) -> None:
    course = sample_course()
    bad = course.test_bank[0].model_copy(update={"stem": "бір\nекі"})
    changed = course.model_copy(update={"test_bank": (bad, *course.test_bank[1:])})
    CourseFolder.create(tmp_path / "c", changed, "atu-2025-02").close()
    ran = run("export", tmp_path / "c", "--out", tmp_path / "out", "--form", "05", "--format", "txt")
    assert ran.status == 0
    assert "test_bank/q001" in ran.err
    assert len(aiken.read((tmp_path / "out/form_05.txt").read_text("utf-8")).questions) == 119


def test_export_never_writes_outside(run: Run, course_folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("mine", encoding="utf-8")
    out = tmp_path / "out"
    out.mkdir()
    (out / "form_05.txt").symlink_to(outside)
    assert run("export", course_folder, "--out", out, "--form", "05", "--format", "txt").status == 0
    assert outside.read_text(encoding="utf-8") == "mine"
    assert not (out / "form_05.txt").is_symlink()


def test_export_into_a_file(run: Run, course_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x", encoding="utf-8")
    ran = run("export", course_folder, "--out", tmp_path / "out")
    assert (ran.status, ran.out) == (3, "")


def test_export_carries_the_date(run: Run, course_folder: Path, tmp_path: Path) -> None:
    for day, folder in (("2026-03-02", "a"), ("2026-03-02", "b"), ("2026-03-03", "c")):
        run("export", course_folder, "--out", tmp_path / folder, "--form", "01", "--format", "pdf", "--date", day)
    first, same, other = ((tmp_path / folder / "form_01.pdf").read_bytes() for folder in "abc")
    assert first == same
    assert first != other


# bundle and verify


def test_bundle_of_a_course_that_is_not_ready(run: Run, course_folder: Path, tmp_path: Path) -> None:
    ran = run("bundle", course_folder, "--out", tmp_path / "b.zip")
    assert (ran.status, ran.out) == (1, "")
    assert "F01.16a" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_bundle_of_a_ready_course(run: Run, course_folder: Path, tmp_path: Path, lenient: Path) -> None:
    out = tmp_path / "b.zip"
    ran = run("bundle", course_folder, "--out", out, "--regulation", lenient, "--kind", "publication")
    assert (ran.status, ran.out) == (0, f"{out}\n")
    assert zipfile.is_zipfile(out)


@pytest.fixture(scope="module")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of a title and one question that Aiken cannot hold, bundled at once; tests only read it."""
    folder = tmp_path_factory.mktemp("small") / "course"
    question = sample_course().test_bank[0].model_copy(update={"stem": "бір\nекі"})
    CourseFolder.create(folder, Course(title="x", test_bank=(question,)), "atu-2025-02").close()
    return folder


def test_bundle_into_a_folder_that_is_not_there(run: Run, small_folder: Path, tmp_path: Path) -> None:
    ran = run("bundle", small_folder, "--out", tmp_path / "none" / "b.zip", "--draft")
    assert (ran.status, ran.out) == (3, "")


def test_bundle_tells_what_aiken_cannot_hold(run: Run, small_folder: Path, tmp_path: Path) -> None:
    ran = run("bundle", small_folder, "--out", tmp_path / "b.zip", "--draft")
    assert ran.status == 0
    assert "not in form_05.txt: 1" in ran.err


def test_bundle_shows_a_bar_on_a_terminal(
    run: Run, small_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    out = tmp_path / "b.zip"
    ran = run("bundle", small_folder, "--out", out, "--draft")
    assert (ran.status, ran.out) == (0, f"{out}\n")
    assert "Making the bundle" in terminal.getvalue()
    assert "100%" in terminal.getvalue()


def test_bundle_in_volumes(run: Run, tmp_path: Path) -> None:
    """The course has a presentation for each of two lectures; together they are more than one mail of 1 MB takes."""
    folder = tmp_path / "c"
    CourseFolder.create(folder, sample_course(), "atu-2025-02").close()
    (folder / "materials").mkdir(exist_ok=True)
    course = sample_course()
    module, *others = course.modules
    lessons = []
    for number, lesson in enumerate(module.lessons):
        (folder / "materials" / f"{number}.pptx").write_bytes(hashlib.shake_256(bytes([number])).digest(500_000))
        lessons.append(lesson.model_copy(update={"presentation": FileRef(path=f"materials/{number}.pptx")}))
    changed = course.model_copy(update={"modules": (module.model_copy(update={"lessons": tuple(lessons)}), *others)})
    (folder / "course.mooc").write_bytes(encode(changed, "atu-2025-02"))
    ran = run("bundle", folder, "--out", tmp_path / "b.zip", "--draft", "--volume-mb", "1")
    assert ran.status == 0
    paths = [Path(line) for line in ran.out.splitlines()]
    assert len(paths) >= 3
    assert paths == [tmp_path / f"b-{number}-of-{len(paths)}.zip" for number in range(1, len(paths) + 1)]
    whole = run("verify", paths[-1], "--json")
    assert (whole.status, whole.json["valid"]) == (0, True)
    assert whole.json["volumes"] == [path.name for path in paths]
    paths[1].unlink()
    ran = run("verify", paths[0], "--json")
    assert ran.status == 3
    assert [problem["kind"] for problem in ran.json["problems"]] == ["missing_volume"]
    assert f"2 of {len(paths)}" in ran.err


def test_verify_json(run: Run, bundle: Path) -> None:
    ran = run("verify", bundle, "--json")
    assert (ran.status, ran.err) == (0, "")
    document = ran.json
    assert document["valid"] is True
    assert document["problems"] == []
    assert "documents/form_01.pdf" in document["documents"]
    check_findings(document["course_findings"])


def test_verify_for_people(run: Run, bundle: Path) -> None:
    ran = run("verify", bundle, lang="ru")
    assert ran.status == 0
    assert "Комплект цел" in ran.out


def test_verify_tells_a_changed_file(run: Run, bundle: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed.zip"
    with zipfile.ZipFile(bundle) as source, zipfile.ZipFile(changed, "w") as target:
        for info in source.infolist():
            data = source.read(info)
            target.writestr(info, data + b" " if info.filename.endswith("form_05.txt") else data)
    ran = run("verify", changed, "--json")
    assert ran.status == 1
    assert ran.json["valid"] is False
    [problem] = ran.json["problems"]
    assert problem["kind"] == "changed"
    assert problem["path"].endswith("form_05.txt")
    assert run("verify", changed).status == 1


def test_json_is_utf_8_and_one_document(run: Run, course_folder: Path) -> None:
    out = run("validate", course_folder, "--json", lang="kk").out
    _, end = json.JSONDecoder().raw_decode(out)
    assert out[end:].strip() == ""
    assert "ұ" in out


# platform


def test_platform_names_the_files_that_it_wrote(run: Run, course_folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "folder"
    ran = run("platform", course_folder, "--out", out)
    assert (ran.status, ran.err) == (0, "")
    assert sorted(map(Path, ran.out.splitlines())) == sorted(out.iterdir())
    assert zipfile.is_zipfile(out / "course.imscc")


def test_platform_tells_what_is_left_out(run: Run, tmp_path: Path) -> None:
    course = sample_course()
    keyless = course.test_bank[0].model_copy(update={"correct": ()})
    changed = course.model_copy(update={"test_bank": (keyless, *course.test_bank[1:])})
    CourseFolder.create(tmp_path / "c", changed, "atu-2025-02").close()
    ran = run("platform", tmp_path / "c", "--out", tmp_path / "out")
    assert ran.status == 0
    assert "Questions that are not in course.imscc: 1" in ran.err


def test_platform_into_a_place_that_is_a_file(run: Run, course_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"")
    ran = run("platform", course_folder, "--out", tmp_path / "out")
    assert (ran.status, ran.out) == (3, "")
    assert ran.err
