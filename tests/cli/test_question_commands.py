"""questions lint and questions convert: statuses, the JSON document, what is told where."""

from pathlib import Path

import pytest

from tests.cli.command_runs import Run

OPTIONS = "A. бір\nB. екі\nC. үш\nD. төрт\nE. бес\n"
GOOD = f"Қайсысы дұрыс?\n{OPTIONS}ANSWER: D\n"
CYRILLIC_KEY = GOOD.replace("ANSWER: D", "ANSWER: С")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "questions.txt"


def test_clean_file(run: Run, file: Path) -> None:
    file.write_text(GOOD, encoding="utf-8")
    ran = run("questions", "lint", file, "--json")
    assert (ran.status, ran.err) == (0, "")
    assert ran.json == {
        "format": "aiken",
        "encoding": "utf-8",
        "questions": 1,
        "problems": [],
        "key_positions": {"A": 0, "B": 0, "C": 0, "D": 1, "E": 0},
        "moodle": {"imported": 1, "lost": 0, "without_right_answer": 0, "wrong_key": 0, "errors": 0},
    }


def test_faulty_file(run: Run, file: Path) -> None:
    file.write_text(f"{GOOD}\n{CYRILLIC_KEY.replace('Қайсысы дұрыс', 'Байт деген не')}", encoding="utf-8")
    ran = run("questions", "lint", file, "--json", "--from", "aiken")
    assert ran.status == 1
    [problem] = ran.json["problems"]
    assert (problem["line"], problem["question"], problem["code"]) == (15, 2, "cyrillic_answer")
    assert (problem["severity"], problem["fixable"]) == ("error", True)
    assert ran.json["moodle"]["without_right_answer"] == 1


def test_warning_alone_is_no_failure(run: Run, file: Path) -> None:
    file.write_text(GOOD.replace("A. ", "A."), encoding="utf-8")
    ran = run("questions", "lint", file, "--json")
    assert ran.status == 0
    assert ran.json["problems"][0]["severity"] == "warning"


@pytest.mark.parametrize(("lang", "words"), [("kk", "кирилл"), ("ru", "кириллицей"), ("en", "Cyrillic")])
def test_problems_in_every_language(run: Run, file: Path, lang: str, words: str) -> None:
    file.write_text(CYRILLIC_KEY, encoding="utf-8")
    assert words in run("questions", "lint", file, lang=lang).out
    assert words in run("questions", "lint", file, "--json", lang=lang).json["problems"][0]["text"]


def test_number_of_options_comes_from_the_regulation(run: Run, file: Path, tmp_path: Path) -> None:
    file.write_text(GOOD.replace("E. бес\n", ""), encoding="utf-8")
    assert run("questions", "lint", file).status == 1
    edition = tmp_path / "four.toml"
    limit = 'question_options = { min = 4, max = 4, unit = "count", clause = "F05.2" }'
    edition.write_text(f'extends = "atu-2025-02"\nid = "four"\n[limits]\n{limit}\n', encoding="utf-8")
    assert run("questions", "lint", file, "--regulation", edition).status == 0


@pytest.mark.parametrize("command", [("lint",), ("convert",)])
def test_missing_file(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    target = [] if command == ("lint",) else [tmp_path / "out.txt"]
    ran = run("questions", *command, tmp_path / "none.txt", *target)
    assert (ran.status, ran.out) == (3, "")
    assert "none.txt" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_folder_instead_of_a_file(run: Run, tmp_path: Path) -> None:
    assert run("questions", "lint", tmp_path).status == 3


@pytest.mark.parametrize("name", ["gift", "moodle-xml", "platonus", "tamos", "mytestx", "word"])
def test_every_format_there_and_back(run: Run, file: Path, tmp_path: Path, name: str) -> None:
    file.write_text(GOOD, encoding="utf-8")
    assert run("questions", "convert", file, tmp_path / "out", "--to", name).status == 0
    linted = run("questions", "lint", tmp_path / "out", "--json")
    assert (linted.status, linted.json["format"], linted.json["problems"]) == (0, name, [])
    assert linted.json["moodle"] == {"imported": 1, "lost": 0, "without_right_answer": 0, "wrong_key": 0, "errors": 0}
    assert run("questions", "convert", tmp_path / "out", tmp_path / "back.txt").status == 0
    assert (tmp_path / "back.txt").read_text("utf-8") == GOOD


def test_format_of_the_new_file_is_told_from_its_name(run: Run, file: Path, tmp_path: Path) -> None:
    file.write_text(GOOD, encoding="utf-8")
    assert run("questions", "convert", file, tmp_path / "out.xml").status == 0
    assert run("questions", "lint", tmp_path / "out.xml", "--json").json["format"] == "moodle-xml"


def test_what_a_format_cannot_carry_is_named_with_the_format(run: Run, file: Path, tmp_path: Path) -> None:
    file.write_text("Байтта неше бит бар? {#8}\n\nҚала? {=Астана ~Алматы}\n", encoding="utf-8")
    ran = run("questions", "convert", file, tmp_path / "out.txt", "--to", "tamos")
    assert ran.status == 1
    assert "TAMOS has no place for a question of this kind" in ran.err


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"<quiz><question", b""])
def test_a_file_without_questions_does_not_replace_another(run: Run, file: Path, content: bytes) -> None:
    file.write_bytes(content)
    ran = run("questions", "convert", file, file)
    assert (ran.status, ran.out) == (1, "")
    assert file.read_bytes() == content


def test_convert_mends_and_tells(run: Run, file: Path, tmp_path: Path) -> None:
    file.write_bytes(CYRILLIC_KEY.replace("A.", "А.").encode("utf-16"))
    target = tmp_path / "mended.txt"
    ran = run("questions", "convert", file, target)
    assert (ran.status, ran.out) == (0, f"{target}\n")
    assert target.read_bytes() == GOOD.replace("ANSWER: D", "ANSWER: C").encode()
    assert "Mended (3)" in ran.err
    assert run("questions", "lint", target).status == 0


def test_convert_names_what_it_leaves_out(run: Run, file: Path, tmp_path: Path) -> None:
    file.write_text(f"{GOOD}\n{GOOD.replace('ANSWER: D', 'ANSWER: D, E')}", encoding="utf-8")
    ran = run("questions", "convert", file, tmp_path / "out.txt")
    assert ran.status == 1
    assert "Line 9, question 2" in ran.err
    assert (tmp_path / "out.txt").read_text("utf-8") == GOOD


def test_convert_in_place(run: Run, file: Path) -> None:
    file.write_text(CYRILLIC_KEY, encoding="utf-8")
    assert run("questions", "convert", file, file).status == 0
    assert file.read_text("utf-8") == GOOD.replace("ANSWER: D", "ANSWER: C")


def test_convert_into_a_folder_that_is_not_there(run: Run, file: Path, tmp_path: Path) -> None:
    file.write_text(GOOD, encoding="utf-8")
    ran = run("questions", "convert", file, tmp_path / "none" / "out.txt")
    assert (ran.status, ran.out) == (3, "")


def test_papers_and_their_keys_go_to_files_of_their_own(run: Run, course_folder: Path, tmp_path: Path) -> None:
    paper, keys = tmp_path / "paper.pdf", tmp_path / "keys.docx"
    ran = run("questions", "paper", course_folder, paper, "--keys", keys, "--variants", "3", "--count", "10")
    assert (ran.status, ran.out.splitlines()) == (0, [str(paper), str(keys)])
    assert paper.read_bytes().startswith(b"%PDF")
    assert keys.read_bytes().startswith(b"PK")
    assert run("questions", "paper", course_folder, paper, "--variants", "0").status == 2
    assert run("questions", "paper", course_folder, tmp_path / "paper.odt").status == 3
