"""Hostile text in every field of a course goes all the way: judged, printed, bundled, verified, never obeyed."""

import json
import zipfile
from collections.abc import Callable, Collection, Sequence
from itertools import cycle
from pathlib import Path

import pytest

from app.exporters.forms import EXPORTED, FORMS, form_files
from app.exporters.packages.payload import DOCUMENTS, EDITABLE, submission_forms
from app.model.course import Course
from app.model.papers import Material
from app.model.people import FileRef
from app.model.recording import Recording
from app.model.texts import Lang
from app.sample import sample_course
from app.storage.course_folder import CourseFolder, read_course
from tests.cli.command_runs import Run
from tests.e2e.filled_courses import filled_course, texts_in, with_texts
from tests.exporters.document_texts import docx_text, pdf_text, squeezed

COPIED = {
    "typst": '#import "@preview/x:1.0.0": * #read("/etc/passwd") #panic("x") *a* _b_ $c$ `d` @e <f> \\u{41} = g',
    "xml": '</w:t></w:r><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;&amp; ]]> <script>x</script>',
    "template": "{{ 7*7 }} {measured} {title_chars.max} {nothing} {0} %s %(x)s ${HOME} [bold red]x[/bold red] [/oops]",
    "formula": "=cmd|' /C calc'!A0",
    "path": "../../x",
    "aiken": "A. x ANSWER: B",
    "command": "$(touch owned) `touch owned`; rm -rf .",
}
"""What a writer must copy letter for letter."""
SHOWN_OTHERWISE = {
    "control characters": "a\x00\x01\x1b[31m\x07\x7f\x85b",
    "breaks": "a\r\nb\tc\u2028d\x0be\x1cf",
    "emoji and far writing": "👩\u200d🚀🇰🇿 漢字かな 한국어 नमस्ते",
    "right to left": "\u202egnp.exe\u2066 עברית",
    "marks": "e" + "\u0301" * 500,
    "no character": "\ufffe\uffff\ue000\ufeff\u00ad\u200b",
    "one word": "Ұ" * 2000,
    "blank": " \n\t ",
    "an absolute path": "/etc/passwd",
    "a path of another system": "C:\\Windows\\x\x00.pdf",
}
HOSTILE = COPIED | SHOWN_OTHERWISE
AFTER_ONE_ANOTHER = {
    "markup": ("typst", "xml", "template", "command"),
    "odd characters": ("control characters", "breaks", "emoji and far writing", "right to left", "no character"),
}
"""Texts that are as hostile in the middle of a text as alone: they share a course, for each course costs seconds."""
TEXTS = AFTER_ONE_ANOTHER | {
    name: (name,) for name in HOSTILE if not any(name in names for names in AFTER_ONE_ANOTHER.values())
}
WITH_EVERYTHING = ("form_01", "form_02", "form_05", "glossary", "references")
"""Documents that print some text of every hostile course."""


def exported_names(course: Course, forms: Collection[str]) -> set[str]:
    """Return the names of all files that `export` writes of the forms, form 05 among them."""
    documents = [file.name for form in FORMS if form in forms for file in form_files(course, form)]
    lectures = {f"{file.name}.pptx" for file in form_files(course, "04") if "04" in forms}
    return {f"{name}.{ending}" for name in documents for ending in ("pdf", "docx")} | lectures | {"form_05.txt"}


def outside_the_bundle(course: Course) -> list[str]:
    """Return the forms that only `export` makes, and form 05, whose questions it writes as text too."""
    bundled = {file.form for file in submission_forms(course)}
    return [form for form in EXPORTED if form not in bundled or form == "05"]


def small_sample() -> Course:
    """The sample course with less of everything, so that many runs are quick."""
    sample = sample_course()
    first = ("modules", "test_bank", "tasks", "outcomes", "references", "glossary", "objectives", "surveys")
    modules = tuple(m.model_copy(update={"lessons": m.lessons[:1]}) for m in sample.modules[:2])
    return sample.model_copy(update={name: getattr(sample, name)[:2] for name in first} | {"modules": modules})


def names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def goes_all_the_way(run: Run, folder: Path, course: Course, shown_in: Lang, forms: Sequence[str] = EXPORTED) -> Path:
    """Run every command on a course, three floors down in a folder where nothing else may appear.

    Args:
        run: runs a command.
        folder: where the three floors stand.
        course: what the commands read.
        shown_in: the language of the findings for people; as JSON they are told in every language.
        forms: what `export` writes; the bundle holds whatever it holds.

    Returns:
        The folder with ``out`` and ``b.zip``.
    """
    home = folder / "a" / "b" / "c"
    CourseFolder.create(home / "course", course, "atu-2025-02").close()
    assert read_course(home / "course").course == course
    before = names(folder)
    for lang in Lang:
        judged = run("validate", home / "course", "--json", lang=lang.value)
        assert judged.status in (0, 1), judged.err
        assert judged.err == ""
        assert all(finding["text"].strip() for finding in judged.json["findings"])
    shown = run("validate", home / "course", lang=shown_in.value)
    assert shown.status == judged.status
    assert "Traceback" not in shown.err
    assert not set(shown.out) & set("\x00\x01\x07\x1b\x7f\x85\u2028\u202e\u2066")
    exported = run("export", home / "course", "--out", home / "out", *(f"--form={form}" for form in forms))
    assert exported.status == 0, exported.err
    assert "Traceback" not in exported.err
    bundled = run("bundle", home / "course", "--out", home / "b.zip", "--draft")
    assert bundled.status == 0, bundled.err
    assert "Traceback" not in bundled.err
    verified = run("verify", home / "b.zip", "--json")
    assert (verified.status, verified.err) == (0, "")
    assert verified.json["valid"] is True
    assert verified.json["course_findings"]
    assert run("verify", home / "b.zip").status == 0
    assert names(folder) - before == {
        f"a/b/c/{name}" for name in ("out", "b.zip", *(f"out/{n}" for n in exported_names(course, forms)))
    }
    return home


@pytest.mark.parametrize(("name", "shown_in"), list(zip(TEXTS, cycle(Lang), strict=False)))
def test_the_same_text_in_every_field(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, shown_in: Lang
) -> None:
    """A text alone is printed once in each document, by the bundle or by `export`; several together by both."""
    monkeypatch.chdir(tmp_path)
    course = with_texts(small_sample(), lambda _: " ".join(HOSTILE[part] for part in TEXTS[name]))
    forms = EXPORTED if name in AFTER_ONE_ANOTHER else outside_the_bundle(course)
    payload = payload_of(goes_all_the_way(run, tmp_path, course, shown_in, forms) / "b.zip")
    wanted = squeezed(" ".join(COPIED[part] for part in TEXTS[name] if part in COPIED))
    for form in WITH_EVERYTHING if wanted else ():
        assert wanted in pdf_text(payload[f"{DOCUMENTS}/{form}.pdf"]), form
        assert wanted in docx_text(payload[f"{EDITABLE}/{form}.docx"]), form


@pytest.mark.parametrize(("turn", "shown_in"), list(enumerate(Lang)))
def test_every_field_of_every_model(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, turn: int, shown_in: Lang
) -> None:
    """Names of files, references of other elements and keys of tables too, with another text in each field."""
    monkeypatch.chdir(tmp_path)
    texts = cycle(list(HOSTILE.values())[turn:])
    course = filled_course(lambda: next(texts))
    assert set(HOSTILE.values()) - set(list(HOSTILE.values())[:turn]) <= set(texts_in(course))
    goes_all_the_way(run, tmp_path, course, shown_in)


def test_a_text_never_fills_a_placeholder_of_a_message(run: Run, tmp_path: Path) -> None:
    course = sample_course()
    author = course.authors[0].model_copy(update={"full_name": "{measured} {title_chars.max} {}", "position": ""})
    CourseFolder.create(tmp_path, course.model_copy(update={"authors": (author,)}), "atu-2025-02").close()
    for lang in Lang:
        findings = run("validate", tmp_path, "--json", lang=lang.value).json["findings"]
        said = [finding["text"] for finding in findings if finding["element"] == "authors/a1/position"]
        assert any("{measured} {title_chars.max} {}" in text for text in said)


# Files that a course names

SECRET = b"%PDF-1.4 this file is none of the course's"


def attached(*paths: str) -> Course:
    materials = tuple(
        Material(id=f"f{number}", file=FileRef(path=path, size_bytes=1)) for number, path in enumerate(paths)
    )
    return Course(title="x", materials=materials)


def payload_of(bundle: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(bundle) as archive:
        return {name.partition("/data/")[2]: archive.read(name) for name in archive.namelist() if "/data/" in name}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A course folder, a secret beside it, and links that lead to the secret."""
    folder = tmp_path / "course"
    (folder / "materials" / "more").mkdir(parents=True)
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "secret.pdf").write_bytes(SECRET)
    (tmp_path / "secret.pdf").write_bytes(SECRET)
    (folder / "materials" / "own.pdf").write_bytes(b"%PDF-1.4 own")
    (folder / "materials" / "more" / "own.pdf").write_bytes(b"%PDF-1.4 more")
    (folder / "materials" / "link.pdf").symlink_to(tmp_path / "secret.pdf")
    (folder / "materials" / "short.pdf").symlink_to(Path("..", "..", "secret.pdf"))
    (folder / "materials" / "away").symlink_to(tmp_path / "secrets", target_is_directory=True)
    (folder / "materials" / "circle.pdf").symlink_to("circle.pdf")
    (folder / "materials" / "inside.pdf").symlink_to("own.pdf")
    return folder


OUTSIDE: dict[str, Callable[[Path], str]] = {
    "upwards": lambda _: "../secret.pdf",
    "upwards from inside": lambda _: "materials/../../secret.pdf",
    "far upwards": lambda _: "../" * 30 + "etc/passwd",
    "absolute": lambda folder: str(folder.parent / "secret.pdf"),
    "absolute, though inside": lambda folder: str(folder / "materials" / "own.pdf"),
    "out and in again": lambda _: "../course/materials/own.pdf",
    "up and down inside": lambda _: "materials/../materials/own.pdf",
    "of the system": lambda _: "/etc/passwd",
    "a link": lambda _: "materials/link.pdf",
    "a relative link": lambda _: "materials/short.pdf",
    "a linked folder": lambda _: "materials/away/secret.pdf",
    "links in a circle": lambda _: "materials/circle.pdf",
    "backslashes": lambda _: "..\\secret.pdf",
    "a drive": lambda _: "C:/secret.pdf",
    "an address": lambda folder: f"file://{folder.parent}/secret.pdf",
    "home": lambda _: "~/secret.pdf",
    "the folder itself": lambda _: ".",
    "a folder": lambda _: "materials",
    "nothing": lambda _: "",
    "a zero": lambda _: "materials/own.pdf\x00/../../secret.pdf",
}


def originals(payload: dict[str, bytes]) -> dict[str, str]:
    """Paths in the bundle of the attached files, by their names in the course."""
    files = json.loads(payload["contents.json"])["files"]
    return {entry["original"]: entry["path"] for entry in files if "original" in entry}


def test_a_file_outside_never_gets_into_the_bundle(run: Run, folder: Path) -> None:
    """By whatever name: of all of them together with one of its own, the course's own alone gets in."""
    outside = [path(folder) for path in OUTSIDE.values()]
    CourseFolder.create(folder, attached(*outside, "materials/own.pdf"), "atu-2025-02").close()
    out = folder.parent / "b.zip"
    assert run("bundle", folder, "--out", out, "--draft").status == 0
    payload = payload_of(out)
    assert originals(payload) == {"materials/own.pdf": "materials/material.pdf"}
    assert [name for name in payload if name.startswith("materials/")] == ["materials/material.pdf"]
    assert payload["materials/material.pdf"] == b"%PDF-1.4 own"
    assert SECRET not in payload.values()
    assert not [name for name, content in payload.items() if b"root:" in content or SECRET in content]
    assert run("verify", out).status == 0


INSIDE = {
    "materials/own.pdf": b"%PDF-1.4 own",
    "materials/more/own.pdf": b"%PDF-1.4 more",
    "materials/inside.pdf": b"%PDF-1.4 own",
    "./materials/own.pdf": b"%PDF-1.4 own",
    "materials//more/./own.pdf": b"%PDF-1.4 more",
}


@pytest.mark.parametrize("path", INSIDE)
def test_a_file_inside_gets_in_by_whatever_way(run: Run, folder: Path, path: str) -> None:
    CourseFolder.create(folder, attached(path), "atu-2025-02").close()
    out = folder.parent / "b.zip"
    assert run("bundle", folder, "--out", out, "--draft").status == 0
    found = [content for name, content in payload_of(out).items() if name.startswith("materials/")]
    assert found == [INSIDE[path]]
    assert run("verify", out).status == 0


def test_two_files_of_one_name_both_get_in(run: Run, folder: Path) -> None:
    (folder / "own.pdf").write_bytes(b"%PDF-1.4 beside the materials")
    CourseFolder.create(folder, attached("own.pdf", "materials/own.pdf"), "atu-2025-02").close()
    out = folder.parent / "b.zip"
    assert run("bundle", folder, "--out", out, "--draft").status == 0
    assert {b"%PDF-1.4 own", b"%PDF-1.4 beside the materials"} <= set(payload_of(out).values())


ODD_NAMES = (
    "a\nb.pdf",
    "a\rb.pdf",
    "a\u2028b.pdf",
    "a\x1cb.pdf",
    "100%0A.pdf",
    " a .pdf",
    "=cmd.pdf",
    "* a.pdf",
    "Ә ғ.pdf",
    "a:b.pdf",
)


def test_files_of_odd_names_get_plain_ones_and_the_list_tells_the_old(run: Run, folder: Path) -> None:
    for name in ODD_NAMES:
        (folder / "materials" / name).write_bytes(b"%PDF-1.4 " + name.encode())
    CourseFolder.create(folder, attached(*(f"materials/{name}" for name in ODD_NAMES)), "atu-2025-02").close()
    out = folder.parent / "b.zip"
    assert run("bundle", folder, "--out", out, "--draft").status == 0
    payload = payload_of(out)
    paths = originals(payload)
    assert list(paths) == [f"materials/{name}" for name in ODD_NAMES]
    plain = ["materials/material.pdf", *(f"materials/material_{number}.pdf" for number in range(2, 11))]
    assert list(paths.values()) == plain
    for name, path in zip(ODD_NAMES, plain, strict=True):
        assert payload[path] == b"%PDF-1.4 " + name.encode()
    ran = run("verify", out, "--json")
    assert (ran.status, ran.json["problems"]) == (0, [])


def test_a_recording_is_named_and_never_packed(run: Run, folder: Path) -> None:
    path = str(folder.parent / "secret.pdf")
    recording = Recording(id="r1", title="1", path=path, sound_path=path, url="file:///etc/passwd")
    course = Course(title="x", recordings=(recording,))
    CourseFolder.create(folder, course, "atu-2025-02").close()
    out = folder.parent / "b.zip"
    assert run("bundle", folder, "--out", out, "--draft").status == 0
    payload = payload_of(out)
    assert not [name for name, content in payload.items() if SECRET in content or b"root:" in content]
    (entry,) = json.loads(payload["recordings.json"])
    assert "path" not in entry
