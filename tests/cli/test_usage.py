"""The frame of the command line: exit statuses, languages, streams, what is imported."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import main, question_commands
from app.cli.call import Call
from app.cli.entry import spread
from app.cli.language import language_of, system_language
from app.model.texts import Lang
from tests.cli.command_runs import Run

COMMANDS = [
    ("check",),
    ("validate",),
    ("export",),
    ("bundle",),
    ("verify",),
    ("platform",),
    ("questions", "lint"),
    ("questions", "convert"),
    ("questions", "paper"),
    ("demo",),
]
ROOT = Path(__file__).resolve().parents[2]


def python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, env={**os.environ, **environment}, timeout=60
    )


def test_version(run: Run) -> None:
    ran = run("--version")
    assert (ran.status, ran.out, ran.err) == (0, "mooc-studio 0.1.0\n", "")


@pytest.mark.parametrize("command", COMMANDS)
def test_missing_arguments_are_wrong_usage(run: Run, command: tuple[str, ...]) -> None:
    ran = run(*command)
    assert (ran.status, ran.out) == (2, "")
    assert "is not given" in ran.err


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("nonsense",), "nonsense"),
        (("questions", "nonsense"), "nonsense"),
        (("questions",), "questions lint"),
        (("validate", "x", "--nonsense"), "--nonsense"),
        (("validate", "x", "y"), "y"),
        (("validate", "x", "--date", "01.09.2026"), "01.09.2026"),
        (("validate", "x", "--date", "2026-02-30"), "2026-02-30"),
        (("validate", "x", "--date", "20260901"), "20260901"),
        (("--date", "tomorrow", "validate", "x"), "tomorrow"),
        (("bundle", "x", "--out", "y.zip", "--kind", "gift"), "submission, publication"),
        (("bundle", "x", "--out", "y.zip", "--volume-mb", "0"), "--volume-mb"),
        (("bundle", "x"), "--out"),
        (("export", "x", "--out", "y", "--form", "12"), "12"),
        (("export", "x", "--out", "y", "--form", "04", "--format", "pdf"), "04"),
        (("export", "x", "--out", "y", "--format", "odt"), "odt"),
        (("export", "x", "--out", "y", "--form", "01", "--format", "pptx"), "pptx"),
        (("export", "x", "--out", "y", "--form", "01", "--format", "txt"), "txt"),
        (("questions", "lint", "x", "--from", "excel"), "aiken, gift, moodle-xml"),
        (("check", "x", "--stage", "raw"), "source, upload"),
        (("check", "x", "--role", "song"), "lecture, promo, greeting, closing, none"),
    ],
)
def test_wrong_usage_names_what_is_wrong(run: Run, arguments: tuple[str, ...], named: str) -> None:
    ran = run(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert named in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("gui",),
        ("gui", "course"),
    ],
)
def test_what_is_not_built_says_so(run: Run, arguments: tuple[str, ...]) -> None:
    ran = run(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert "not in this version" in ran.err


def test_window_gets_the_course_and_the_call() -> None:
    seen: list[tuple[Call, Path | None]] = []

    def open_window(call: Call, course: Path | None) -> int:
        seen.append((call, course))
        return 7

    assert main(["--lang", "kk", "--date", "2026-09-01"], open_window) == 7
    assert main(["gui", "folder/course.mooc"], open_window) == 7
    assert [course for _, course in seen] == [None, Path("folder/course.mooc")]
    assert (seen[0][0].lang, seen[0][0].today.isoformat()) == (Lang.KK, "2026-09-01")


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
@pytest.mark.parametrize("command", [(), ("questions",), ("gui",), *COMMANDS])
def test_help_in_every_language(run: Run, command: tuple[str, ...], lang: str) -> None:
    ran = run(*command, "--help", lang=lang)
    assert ran.status == 0
    assert {"kk": "Параметрлер", "ru": "Параметры", "en": "Options"}[lang] in ran.out


@pytest.mark.parametrize(
    ("lang", "words"), [("kk", "деген команда жоқ"), ("ru", "Команды «x» нет"), ("en", "There is no command")]
)
def test_errors_in_every_language(run: Run, lang: str, words: str) -> None:
    assert words in run("x", lang=lang).err


def test_common_options_before_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "ru", "validate", "/no/such/course"]) == 3
    before = capsys.readouterr().err
    assert main(["validate", "/no/such/course", "--lang=ru"]) == 3
    assert capsys.readouterr().err == before
    assert "не найден" in before


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"LANG": "kk_KZ.UTF-8"}, Lang.KK),
        ({"LANG": "ru_RU.UTF-8"}, Lang.RU),
        ({"LANG": "ru_RU.UTF-8", "LC_ALL": "kk_KZ.UTF-8"}, Lang.KK),
        ({"LANG": "de_DE.UTF-8"}, Lang.EN),
        ({"LANG": "C"}, Lang.EN),
        ({"LANG": "Russian_Kazakhstan.1251"}, Lang.RU),
        ({"LANG": "Kazakh_Kazakhstan.1251"}, Lang.KK),
    ],
)
def test_language_of_the_system(environment: dict[str, str], expected: Lang) -> None:
    assert system_language(environment) is expected
    assert language_of(["--lang", "en"], environment) is Lang.EN
    assert language_of(["--lang", "xx"], environment) is expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("export c --form 01 02 --out d", "export c --form 01 --form 02 --out d"),
        ("export --form 01 05 c --out d", "export --form 01 --form 05 c --out d"),
        ("export c --format pdf docx --form 01", "export c --format pdf --format docx --form 01"),
        ("export --out d --form 01 --form 02 c", "export --out d --form 01 --form 02 c"),
        ("validate 01", "validate 01"),
    ],
)
def test_several_values_after_one_option(arguments: str, expected: str) -> None:
    assert spread(arguments.split()) == expected.split()


def test_interrupt_is_quiet(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: Path) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(question_commands, "load_question_file", interrupt)
    ran = run("questions", "lint", "x")
    assert (ran.status, ran.out, ran.err) == (130, "", "")


def test_interrupt_while_the_program_still_loads_is_quiet() -> None:
    script = (
        "import sys\n"
        "class Interrupted:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'app.cli.entry':\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupted())\n"
        "from app.__main__ import main\n"
        "sys.exit(main())\n"
    )
    ran = python("-c", script)
    assert (ran.returncode, ran.stdout, ran.stderr) == (130, b"", b"")


def test_the_entry_itself_loads_next_to_nothing() -> None:
    """What it loads before `main` is where an interrupt still shows a traceback."""
    ran = python("-c", "import sys, app.__main__; print(*sys.modules, sep='\\n')")
    assert not {"app.cli", "pydantic", "typer", "multiprocessing", "numpy"} & set(ran.stdout.decode().split())


def test_error_of_the_system_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.cli.question_commands.write_atomic", full)
    monkeypatch.setattr(question_commands, "load_question_file", lambda _: b"Which?\nA. one\nB. two\nANSWER: A\n")
    ran = run("questions", "convert", "x", "y")
    assert ran.status == 3
    assert "No space left on device" in ran.err


def test_reader_that_leaves_early_gets_no_traceback(tmp_path: Path) -> None:
    file = tmp_path / "q.txt"
    file.write_text("Q?\nA. a\nB. b\nANSWER: A\n" * 2_000, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "questions", "lint", str(file)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert process.wait(60) == 3
    assert errors == b""


def test_command_line_does_not_load_the_window() -> None:
    code = (
        "import sys; import app.__main__; from app.cli import main\n"
        "main(['--help']); main(['questions', 'lint', 'x']); main(['validate', 'x'])\n"
        "bad = [name for name in sys.modules if name.startswith('PySide6')]\n"
        "sys.exit(str(bad) if bad else 0)"
    )
    assert python("-c", code).returncode == 0


def test_module_runs_and_writes_utf_8_whatever_the_console() -> None:
    ran = python("-m", "app", "--lang", "kk", "x", PYTHONIOENCODING="cp1251", PYTHONUTF8="0")
    assert ran.returncode == 2
    assert "«x» деген команда жоқ." in ran.stderr.decode("utf-8")


def test_light_command_loads_no_heavy_library() -> None:
    """Starting quickly is a promise: neither typst nor the decoders nor document libraries for a question file."""
    code = (
        "import sys; from app.cli import main; main(['questions', 'lint', 'x'])\n"
        "bad = [n for n in ('typst', 'docx', 'pypdf', 'av', 'cv2', 'numpy', 'rich') if n in sys.modules]\n"
        "sys.exit(str(bad) if bad else 0)"
    )
    ran = python("-c", code)
    assert ran.returncode == 0, ran.stderr.decode()
