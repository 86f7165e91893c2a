"""The regulation is data: another edition file changes verdicts, messages and printed forms, no code is touched."""

import re
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.checks import run as run_rules
from app.exporters.forms import export_form
from app.model.course import Course
from app.model.errors import RegulationFileError
from app.model.finding import Finding, Status
from app.model.recording import ContainerFacts, Recording, RecordingReport, RecordingRole
from app.model.structure import Lesson
from app.model.texts import Lang
from app.sample import sample_course
from app.storage import regulation_file
from app.storage.course_folder import CourseFolder
from app.storage.regulation_file import load_regulation
from tests.cli.command_runs import Run
from tests.e2e.explanations import code_of
from tests.exporters.document_texts import docx_text, pdf_pages, squeezed

EDITION_FILE = Path(__file__).with_name("edition-2027.toml")
OLD, NEW = load_regulation(), load_regulation(EDITION_FILE)
DAY = date(2027, 3, 2)
SAMPLE = sample_course()
LANGS = [lang.value for lang in Lang]

REPORTS = {"promo": RecordingReport(container=ContainerFacts(duration_s=150.0))}


def with_promo(course: Course) -> Course:
    """A promo video of two and a half minutes."""
    return course.model_copy(update={"recordings": (Recording(id="promo", role=RecordingRole.PROMO),)})


def with_title(chars: int) -> Callable[[Course], Course]:
    return lambda course: course.model_copy(update={"title": "Ә" * chars})


def with_annotation(chars: int) -> Callable[[Course], Course]:
    return lambda course: course.model_copy(update={"annotation": "Ә" * (chars - 1) + "."})


def with_modules(count: int) -> Callable[[Course], Course]:
    def change(course: Course) -> Course:
        copies = (course.modules[0].model_copy(update={"id": f"more{number}"}) for number in range(count))
        return course.model_copy(update={"modules": (*course.modules, *copies)[:count]})

    return change


def with_questions(count: int) -> Callable[[Course], Course]:
    def change(course: Course) -> Course:
        copies = (course.test_bank[0].model_copy(update={"id": f"more{number}"}) for number in range(count))
        return course.model_copy(update={"test_bank": (*course.test_bank, *copies)[:count]})

    return change


def with_lessons(count: int) -> Callable[[Course], Course]:
    def change(course: Course) -> Course:
        lessons = tuple(Lesson(id=f"n{number}") for number in range(count))
        modules = (course.modules[0].model_copy(update={"lessons": lessons}), *course.modules[1:])
        return course.model_copy(update={"modules": modules})

    return change


def first(course: Course, rule: str, edition_file: Path | None) -> Finding:
    findings = run_rules(course, REPORTS, {}, load_regulation(edition_file), DAY)
    return next(finding for finding in findings if finding.rule == rule)


PASS, FAIL, WARNING = Status.PASS, Status.FAIL, Status.WARNING


@pytest.mark.parametrize(
    ("rule", "change", "before", "after"),
    [
        ("F01.1", with_title(60), PASS, PASS),
        ("F01.1", with_title(61), PASS, FAIL),
        ("F01.10", with_annotation(80), PASS, PASS),
        ("F01.10", with_annotation(81), PASS, FAIL),
        ("8.1", with_modules(2), FAIL, FAIL),
        ("8.1", with_modules(3), FAIL, PASS),
        ("8.1", with_modules(5), PASS, PASS),
        ("8.1", with_modules(6), PASS, FAIL),
        ("8.3b", with_lessons(5), FAIL, PASS),
        ("F01.14a", with_promo, PASS, FAIL),
        ("F01.22b", with_questions(100), PASS, FAIL),
        ("F01.22b", with_questions(129), PASS, FAIL),
        ("F01.22b", with_questions(130), PASS, PASS),
    ],
)
def test_another_limit_is_another_verdict(
    rule: str, change: Callable[[Course], Course], before: Status, after: Status
) -> None:
    course = change(SAMPLE)
    assert first(course, rule, None).status is before
    assert first(course, rule, EDITION_FILE).status is after


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+", text))


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize(
    ("rule", "change", "new", "old"),
    [
        ("F01.1", with_title(151), {"60"}, {"150"}),
        ("F01.10", with_annotation(101), {"80"}, {"100"}),
        ("8.1", with_modules(7), {"3", "5"}, {"4", "6"}),
        ("F01.22b", with_questions(90), {"130"}, {"100"}),
    ],
)
def test_the_message_says_the_new_number(
    rule: str, change: Callable[[Course], Course], new: set[str], old: set[str], lang: Lang
) -> None:
    course = change(SAMPLE)
    said_before, said_after = (
        OLD.text(first(course, rule, None), lang),
        NEW.text(first(course, rule, EDITION_FILE), lang),
    )
    assert old <= numbers(said_before)
    assert new <= numbers(said_after)
    assert not old & numbers(said_after)
    title = NEW.fill_constants(NEW.rule_texts[rule].title.pick(lang), lang)
    assert new <= numbers(title)
    assert not old & numbers(title)


LABELS = {
    "01": (
        ("1. ЖАОК атауы (60 таңбадан аспауы керек)", "1. ЖАОК атауы (150 таңбадан аспауы керек)"),
        ("(1 сөйлем, 80 таңбаға дейін)", "(1 сөйлем, 100 таңбаға дейін)"),
        ("14. Промовидео немесе курс трейлері (2 минутқа дейін).", "курс трейлері (3 минутқа дейін)"),
        ("(301-1А,", "(204-2Б,"),
        ("ең аз тест саны 130.", "ең аз тест саны 100."),
        ("Ү.ЖИЦДО-7.5.1-2027-01-01", "Ү.ЖИЦДО-7.5.1-2025-02-01"),
        ("Ү.ЖИЦДО-7.5.1-2027-01-05", "Ү.ЖИЦДО-7.5.1-2025-02-05"),
    ),
    "02": (
        ("ЖАОК құрылымы (кемінде 3-5 модуль)", "ЖАОК құрылымы (кемінде 4-6 модуль)"),
        ("Ү.ЖИЦДО-7.5.1-2027-01-02", "Ү.ЖИЦДО-7.5.1-2025-02-02"),
    ),
}


def docx_with_page_lines(docx: bytes) -> str:
    import io
    import zipfile

    from tests.exporters.document_texts import docx_blocks

    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        parts = [name for name in archive.namelist() if re.search(r"word/(document|header\d*|footer\d*)\.xml$", name)]
    return "".join("".join(docx_blocks(docx, part)) for part in parts)


@pytest.mark.parametrize("fmt", ["pdf", "docx"])
@pytest.mark.parametrize("form", ["01", "02"])
def test_the_printed_form_changes(form: str, fmt: str) -> None:
    def printed(edition_file: Path | None) -> str:
        data = export_form(SAMPLE, load_regulation(edition_file), form, fmt, generated_on=DAY, draft=False)
        return "".join(pdf_pages(data)) if fmt == "pdf" else docx_with_page_lines(data)

    before, after = printed(None), printed(EDITION_FILE)
    for new, old in LABELS[form]:
        assert squeezed(old) in before
        assert squeezed(old) not in after
        assert squeezed(new) in after
        assert squeezed(new) not in before
    assert NEW.edition.code in after
    assert OLD.edition.code not in after


def test_a_label_of_a_form_that_comes_later_changes_too() -> None:
    assert "(кемінде 3)" in OLD.label("form_11", "F11.S3")
    assert "(кемінде 5)" in NEW.label("form_11", "F11.S3")


# Through the command line


def test_validate_by_another_edition(run: Run, course_folder: Path) -> None:
    ran = run("validate", course_folder, "--json", "--regulation", EDITION_FILE)
    assert ran.status == 1
    assert ran.json["regulation"] == "АТУ-ЖИЦДО-ІӘЕ-7.5.1-2027-01"
    found = {finding["rule"]: finding for finding in ran.json["findings"]}
    assert (found["F01.22b"]["status"], found["F01.22b"]["measured"]) == ("fail", 120)
    assert found["F01.22b"]["required"] == ">= 130"
    assert found["F01.1"]["status"] == "fail"
    shipped = {f["rule"]: f for f in run("validate", course_folder, "--json").json["findings"]}
    assert shipped["F01.22b"]["status"] == shipped["F01.1"]["status"] == "pass"


def test_forms_and_bundle_by_another_edition(run: Run, tmp_path: Path) -> None:
    edition = ("--regulation", EDITION_FILE)
    course_folder = tmp_path / "course"
    one_week = SAMPLE.model_copy(update={"modules": SAMPLE.modules[:1]})
    CourseFolder.create(course_folder, one_week, "atu-2025-02").close()
    assert run("export", course_folder, "--out", tmp_path, "--form", "01", *edition).status == 0
    assert squeezed("(60 таңбадан аспауы керек)") in "".join(pdf_pages((tmp_path / "form_01.pdf").read_bytes()))
    assert squeezed("(60 таңбадан аспауы керек)") in docx_text((tmp_path / "form_01.docx").read_bytes())
    bundle = tmp_path / "b.zip"
    assert run("bundle", course_folder, "--out", bundle, "--draft", *edition).status == 0
    ran = run("verify", bundle, "--json", *edition)
    assert ran.status == 0
    failed = {finding["rule"] for finding in ran.json["course_findings"] if finding["status"] == "fail"}
    assert {"F01.1", "F01.22b"} <= failed


# Editions that are none

EXTENDS = 'extends = "atu-2025-02"\n'
LIMIT = EXTENDS + "[limits]\ntitle_chars = { "
UNREADABLE = {
    "no TOML": b"id = ",
    "no UTF-8": 'id = "ереже"'.encode("cp1251"),
    "a key twice": b'id = "a"\nid = "b"',
    "a number without end": b"format = " + b"9" * 5000,
    "a table without end": b"a = " + b"[" * 5000,
}
INVALID = {
    "empty": ("", "id"),
    "a newer format": ("format = 2\n" + EXTENDS, "format"),
    "another edition that is not there": ('extends = "atu-1999"', "extends"),
    "another edition by its path": ('extends = "/etc/passwd"', "extends"),
    "another edition outside": ('extends = ".."', "extends"),
    "another edition that is no name": ("extends = 5", "extends"),
    "parts that are none": (EXTENDS + "parts = 5", "parts"),
    "parts elsewhere": (EXTENDS + 'parts = ["/etc/*.toml"]', "parts"),
    "parts above": (EXTENDS + 'parts = ["../*.toml"]', "parts"),
    "parts without a name": (EXTENDS + 'parts = [""]', "parts"),
    "an unknown key": (EXTENDS + "academic_hour = 45", "academic_hour"),
    "an unknown setting": (EXTENDS + "[settings]\nacademic_hour = 45", "settings.academic_hour"),
    "an unknown limit": (EXTENDS + '[limits]\ntitel = { max = 6, unit = "char", clause = "x" }', "limits.titel"),
    "an unknown label": (EXTENDS + '[forms.form_01.labels]\n"F01.99" = "x"', "forms.form_01.labels.F01.99"),
    "no unit": (LIMIT + 'max = 60, clause = "F01.1" }', "limits.title_chars.unit"),
    "a unit that is none": (LIMIT + 'unit = "furlong" }', "limits.title_chars.unit"),
    "no bound": (LIMIT + 'unit = "char", clause = "F01.1" }', "limits.title_chars"),
    "min above max": (LIMIT + "min = 61, max = 60 }", "limits.title_chars"),
    "a text for a number": (LIMIT + 'max = "60" }', "limits.title_chars.max"),
    "yes for a number": (LIMIT + "max = true }", "limits.title_chars.max"),
    "no number": (LIMIT + "max = nan }", "limits.title_chars.max"),
    "infinity": (LIMIT + "max = inf }", "limits.title_chars.max"),
    "a bound that a text prints is gone": (LIMIT + 'min = 1, unit = "char", clause = "x" }', "rule_texts.F01.1.title"),
    "limits that are no table": (EXTENDS + "limits = 5", "limits"),
    "an hour of no minutes": (EXTENDS + "[settings]\nacademic_hour_min = 0", "settings.academic_hour_min"),
    "a state that is none": (EXTENDS + '[settings]\nsubmission_state = "later"', "settings.submission_state"),
    "a date that is none": (EXTENDS + '[edition]\neffective_date = "soon"', "edition.effective_date"),
    "a translation is gone": (EXTENDS + '[rule_texts."8.1"]\ntitle = { kk = "" }', "rule_texts.8.1.title"),
    "a label asks for what is not there": (
        EXTENDS + '[forms.form_01.labels]\n"F01.1" = "{titel.max}"',
        "forms.form_01.labels.F01.1",
    ),
    "a message asks for what is not there": (
        EXTENDS + '[rule_texts."8.1".messages]\ncount = { kk = "{a}", ru = "{a}", en = "{a}" }',
        "rule_texts.8.1.messages.count",
    ),
}


def refusal(path: Path) -> RegulationFileError:
    with pytest.raises(RegulationFileError) as caught:
        load_regulation(path)
    assert caught.value.params["path"] == path
    return caught.value


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_an_edition_that_cannot_be_read(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "e.toml"
    path.write_bytes(content)
    assert refusal(path).code == "regulation_unreadable"


@pytest.mark.parametrize(("content", "place"), INVALID.values(), ids=INVALID.keys())
def test_an_edition_that_contradicts_itself_names_the_place(tmp_path: Path, content: str, place: str) -> None:
    path = tmp_path / "e.toml"
    path.write_text(content, encoding="utf-8")
    error = refusal(path)
    assert (error.code, error.params["place"]) == ("regulation_invalid", place)


def test_an_edition_that_lacks_a_limit_of_its_own(tmp_path: Path) -> None:
    """A file that extends nothing has to say everything."""
    source = EDITION_FILE.parents[2] / "resources" / "regulation"
    path = tmp_path / "atu-2025-02.toml"
    text = (source / path.name).read_text(encoding="utf-8")
    (tmp_path / path.stem).symlink_to(source / path.stem, target_is_directory=True)
    path.write_text(text, encoding="utf-8")
    assert load_regulation(path) == OLD
    path.write_text(re.sub(r"(?m)^title_chars.*$", "", text), encoding="utf-8")
    assert refusal(path).params["place"] == "limits.title_chars"


def test_editions_that_extend_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "regulation").mkdir()
    one, other = (tmp_path / "regulation" / f"{name}.toml" for name in ("one", "other"))
    one.write_text('extends = "other"', encoding="utf-8")
    other.write_text('extends = "one"', encoding="utf-8")
    monkeypatch.setattr(regulation_file, "resources_dir", lambda: tmp_path)
    error = refusal(one)
    assert (error.code, error.params["place"]) == ("regulation_invalid", "extends")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("content", "code", "named"),
    [
        (None, "regulation_unreadable", "e.toml"),
        ("id = ", "regulation_unreadable", "e.toml"),
        (LIMIT + "min = 61, max = 60 }", "regulation_invalid", "limits.title_chars"),
        (EXTENDS + "[settings]\nacademic_hour = 45", "regulation_invalid", "settings.academic_hour"),
        (LIMIT + 'max = "60" }', "regulation_invalid", "limits.title_chars.max"),
    ],
)
def test_the_command_line_says_cause_and_remedy(
    run: Run, course_folder: Path, tmp_path: Path, content: str | None, code: str, named: str, lang: str
) -> None:
    path = tmp_path / "e.toml"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    for command in (("validate", course_folder), ("export", course_folder, "--out", tmp_path / "out")):
        ran = run(*command, "--regulation", path, lang=lang)
        assert (ran.status, ran.out) == (3, "")
        assert code_of(ran.err, lang) == code
        assert named in ran.err
    assert sorted(tmp_path.iterdir()) == before


def test_the_edition_of_the_tests_is_an_extension_of_data_alone() -> None:
    data = tomllib.loads(EDITION_FILE.read_text(encoding="utf-8"))
    assert data["extends"] == OLD.id
    assert NEW.limits["experts"].min == 5
    assert NEW.limits["title_chars"].min == OLD.limits["title_chars"].min
