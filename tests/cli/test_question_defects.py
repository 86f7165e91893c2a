"""`questions lint` on a file for each row of the measured table of Moodle's importers, through the real command.

The figures of each row are what Moodle 4.5 did with it: imported, lost, without a right answer, with a wrong key.
"""

from pathlib import Path

import pytest

from tests.cli.command_runs import Run
from tests.formats.test_moodle_aiken import GOOD, LOUD, OTHER, SILENT

AIKEN_CODES = {
    "Cyrillic key": "cyrillic_answer",
    "lower-case key": "lowercase_answer",
    "letter beyond the options": "answer_beyond_options",
    "empty key option": "empty_key_option",
    "missing label": "missing_label",
    "labels out of order": "labels_out_of_order",
    "last question without ANSWER": "missing_answer",
    "empty option beside the key": "empty_option",
    "several keys": "several_answers",
    "duplicate options": "duplicate_options",
    "Cyrillic labels": "cyrillic_label",
    "Answer:": "answer_word",
    "ОТВЕТ:": "answer_word",
    "ANSWER :": "answer_word",
    "lower-case labels": "lowercase_label",
    "two-line stem": "multi_line_stem",
    "NBSP before the labels": "invisible_before_label",
    "ZWSP before the labels": "invisible_before_label",
    "second ANSWER line": "second_answer",
    "stem that begins with an initial": "stem_like_option",
}
"""What the command calls each row of Aiken's two tables."""
OPTIONS = "{=бірінші ~екінші ~үшінші ~төртінші ~бесінші}"
XML_OPTIONS = tuple(OPTIONS.strip("{}=").replace("~", "").split())

GIFT: dict[str, tuple[str, str, tuple[int, int, int, int], bool]] = {
    "as it should be": (f"Дұрысы қайсысы? {OPTIONS}", "", (1, 0, 0, 0), False),
    "escaped braces": (rf"\(x^\{{2\}}\) деген не? {OPTIONS}", "", (1, 0, 0, 0), False),
    "unescaped braces": (rf"\(x^{{2}}\) деген не? {OPTIONS}", "gift_unescaped_braces", (1, 0, 0, 1), False),
    "blank line inside": (f"Дұрысы қайсысы? {OPTIONS.replace(' ~', chr(10) * 2 + '~', 1)}", "gift_blank_line",
                          (0, 1, 0, 0), True),
    "no option is right": (f"Дұрысы қайсысы? {OPTIONS.replace('=', '~')}", "no_right_answer", (1, 0, 1, 0), False),
    "comment inside": (f"Басы\n// оның ортасы\nДұрысы қайсысы? {OPTIONS}", "gift_comment", (1, 0, 0, 0), False),
    "comment above": (f"// мұғалімге\nДұрысы қайсысы? {OPTIONS}", "", (1, 0, 0, 0), False),
    "backslash and semicolon": (rf"Сөз\; тағы сөз қайсысы? {OPTIONS}", "", (1, 0, 0, 0), False),
}  # fmt: skip
"""Text, the code (none for what is no defect), Moodle's figures, whether Moodle complains."""


def question(shares: tuple[int, ...], stem: str = "Дұрысы қайсысы?") -> str:
    answers = "".join(
        f'<answer fraction="{share}" format="html"><text>{text}</text></answer>\n'
        for share, text in zip(shares, XML_OPTIONS, strict=True)
    )
    return (
        f'<question type="multichoice"><name><text>аты</text></name><questiontext format="html"><text>{stem}</text>'
        f"</questiontext><single>true</single>\n{answers}</question>\n"
    )


XML: dict[str, tuple[str, str, tuple[int, int, int, int], bool]] = {
    "as it should be": (question((100, 0, 0, 0, 0)), "", (1, 0, 0, 0), False),
    "raw ampersand": (question((100, 0, 0, 0, 0), "A & B деген не?"), "raw_ampersand", (0, 1, 0, 0), True),
    "no full mark": (question((0, 0, 0, 0, 0)), "no_right_answer", (1, 0, 1, 0), False),
    "half a mark": (question((50, 0, 0, 0, 0)), "no_right_answer", (1, 0, 1, 0), False),
}


def check(
    run: Run, path: Path, data: bytes, name: str, code: str, figures: tuple[int, int, int, int], complains: bool
) -> None:
    path.write_bytes(data)
    ran = run("questions", "lint", path, "--json")
    report = ran.json
    moodle = report["moodle"]
    assert report["format"] == name
    found = [problem["code"] for problem in report["problems"]]
    assert (code in found) if code else not found
    errors = [problem for problem in report["problems"] if problem["severity"] == "error"]
    assert ran.status == (1 if errors else 0)
    assert (moodle["imported"], moodle["lost"], moodle["without_right_answer"], moodle["wrong_key"]) == figures
    assert (moodle["errors"] > 0) is complains


def test_every_row_is_walked() -> None:
    assert AIKEN_CODES.keys() == {*SILENT, *LOUD}


@pytest.mark.parametrize("row", SILENT)
def test_what_moodle_swallows_in_aiken(run: Run, tmp_path: Path, row: str) -> None:
    text, figures = SILENT[row]
    check(run, tmp_path / "bank.txt", text.encode(), "aiken", AIKEN_CODES[row], figures, complains=False)


@pytest.mark.parametrize("row", LOUD)
def test_what_moodle_refuses_in_aiken(run: Run, tmp_path: Path, row: str) -> None:
    text, lost = LOUD[row]
    data = (text + OTHER).encode()
    check(run, tmp_path / "bank.txt", data, "aiken", AIKEN_CODES[row], (2 - lost, lost, 0, 0), complains=True)


@pytest.mark.parametrize("label", ["C:", "C -"])
def test_a_wrong_separator_begins_a_question_of_its_own(run: Run, tmp_path: Path, label: str) -> None:
    """The stem and two options are discarded; what is left has two options, and no fourth one to be the key."""
    data = (GOOD.replace("C.", label) + OTHER).encode()
    check(run, tmp_path / "bank.txt", data, "aiken", "label_separator", (2, 0, 1, 0), complains=True)


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16"])
def test_another_encoding_is_refused_whole(run: Run, tmp_path: Path, encoding: str) -> None:
    data = "Какой ответ верен?\nA. первый\nB. второй\nC. третий\nD. пятый\nE. шестой\nANSWER: D\n".encode(encoding)
    check(run, tmp_path / "bank.txt", data, "aiken", "not_utf8", (0, 1, 0, 0), complains=True)


@pytest.mark.parametrize("row", GIFT)
def test_gift(run: Run, tmp_path: Path, row: str) -> None:
    text, code, figures, complains = GIFT[row]
    check(run, tmp_path / "bank.gift", text.encode(), "gift", code, figures, complains=complains)


@pytest.mark.parametrize("row", XML)
def test_moodle_xml(run: Run, tmp_path: Path, row: str) -> None:
    text, code, figures, complains = XML[row]
    data = f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{text}</quiz>\n'.encode()
    check(run, tmp_path / "bank.xml", data, "moodle-xml", code, figures, complains=complains)
