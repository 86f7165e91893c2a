"""What a test question should not look like, whatever file it stands in."""

import pytest

from app.formats.lint import lint
from app.formats.names import QuestionFormat
from app.formats.phrases import speaks_of_options
from app.formats.problems import SEVERITY_OF_CODE, ProblemSeverity
from app.model.regulation import Limit

FIVE = Limit(min=5, max=5, unit="count", clause="F05.2")
OPTIONS = ("бірінші", "екінші", "үшінші", "төртінші", "бесінші")
STEM = "Осылардың қайсысы дұрыс?"


def aiken(stem: str = STEM, options: tuple[str, ...] = OPTIONS, key: str = "D") -> str:
    lines = [f"{letter}. {option}" for letter, option in zip("ABCDEFG", options, strict=False)]
    return "\n".join([stem, *lines, f"ANSWER: {key}", ""])


def codes(*questions: str) -> list[str]:
    report = lint("\n".join(questions).encode(), FIVE, QuestionFormat.AIKEN)
    return [problem.code for problem in report.problems]


def with_option(text: str, place: int = 1) -> str:
    return aiken(options=(*OPTIONS[:place], text, *OPTIONS[place + 1 :]))


@pytest.mark.parametrize(
    ("question", "code"),
    [
        (with_option("төртінші"), "right_answer_repeated"),
        (with_option("үшінші"), "duplicate_options"),
        (with_option("Үшінші."), "near_duplicate_options"),
        (with_option("«үшінші»"), "near_duplicate_options"),
        (with_option("жоғарыда аталғандардың барлығы"), "all_of_the_above"),
        (with_option("осы сөзде т\u200bаңба бар"), "invisible_characters"),
        (with_option("Cәлем"), "mixed_letters"),
        (aiken(options=("в доме", "на улице", "это не так", "для чего", "что это")), "language_mix"),
        (with_option("бұл өте ұзақ әрі толық жазылған дұрыс жауап, басқалары қысқа", 3), "length_giveaway"),
        (aiken("ұзақ " * 51 + "?"), "long_stem"),
        (aiken("Ба?дарлама деген не?"), "letters_lost"),
    ],
)
def test_fault_of_one_question(question: str, code: str) -> None:
    assert codes(question) == [code]


@pytest.mark.parametrize(
    "question",
    [
        aiken(),
        with_option("SQLде"),
        with_option("pH-қа"),
        with_option("👩\u200d🔬"),
        with_option("50\u00a0%"),
        aiken(options=("mW", "MW", "kW", "W", "GW")),
        aiken(options=("A", "B", "C", "D", "E")),
        aiken(options=("+5", "-5", "±5", "0", "1")),
        aiken("x" * 255),
        aiken("Электр дегеніміз не?", ("ток", "заряд", "поле", "сила", "энергия")),
    ],
)
def test_what_is_no_fault(question: str) -> None:
    assert codes(question) == []


@pytest.mark.parametrize(
    "option",
    [
        "Барлық жауап дұрыс",
        "Барлығы дұрыс",
        "Дұрыс жауап жоқ",
        "Жоғарыда аталғандардың бәрі",
        "A және B",
        "Аталғандардың ешқайсысы",
        "Все ответы верны",
        "Всё вышеперечисленное",
        "Все перечисленные",
        "Нет правильного ответа",
        "Ни один из перечисленных",
        "А и В",
        "All of the above",
        "None of these",
        "Both A and C",
        "All the above",
    ],
)
def test_options_that_speak_of_the_others(option: str) -> None:
    assert speaks_of_options(option)


@pytest.mark.parametrize(
    "option",
    [
        "барлық элементтер",
        "все атомы",
        "all atoms",
        "ақын және жазушы",
        "вода и соль",
        "both sides",
        "дұрыс бөлшек",
        "верно",
    ],
)
def test_options_that_speak_of_the_subject(option: str) -> None:
    assert not speaks_of_options(option)


FRUIT = ("алма", "өрік", "жүзім", "алмұрт", "шие", "қауын", "қарбыз", "лимон", "анар", "шабдалы")


def bank(count: int = 10, longest: int = 0) -> list[str]:
    """Return questions of which the first ones have the longest option as their key."""
    found = []
    for number in range(count):
        key = number % 5
        options = [f"нұсқа {place}{number}" for place in range(5)]
        long_one = key if number < longest else (key + 1) % 5
        options[long_one] += " сөз"
        stem = f"{FRUIT[number]} деген қандай жеміс болады?"
        found.append(aiken(stem, tuple(options), "ABCDE"[key]))
    return found


@pytest.mark.parametrize(("longest", "named"), [(5, False), (6, True)])
def test_the_longest_option_is_right_too_often(longest: int, named: bool) -> None:
    assert ("longest_is_right" in codes(*bank(longest=longest))) is named


def test_a_question_in_another_language() -> None:
    questions = [*bank(9), aiken("Что является главным признаком этого?", ("1 а", "2 б", "3 в", "4 г", "5 д"))]
    assert "other_language" in codes(*questions)
    assert "other_language" not in codes(*bank(10))


def test_near_repetition() -> None:
    other = aiken("Фотосинтез процесі қай жерде өтеді?", ("жапырақ", "тамыр", "сабақ", "гүл", "жеміс"))
    assert codes(aiken("Фотосинтез процесі қай жерде жүреді?"), other) == ["near_repeated"]


@pytest.mark.parametrize("letters", [100, 300])
def test_near_repetition_whatever_the_count_of_letters_in_the_bank(letters: int) -> None:
    """Up to 255 letters, each is compared as one byte; a bank with more is compared as it stands."""
    many = aiken("".join(chr(0x4E00 + place) for place in range(letters)) + " деген не?", ("1", "2", "3", "4", "5"))
    other = aiken("Фотосинтез процесі қай жерде өтеді?", ("жапырақ", "тамыр", "сабақ", "гүл", "жеміс"))
    found = codes(many, aiken("Фотосинтез процесі қай жерде жүреді?"), other)
    assert [code for code in found if code != "long_stem"] == ["near_repeated"]


def test_other_figures_are_another_question() -> None:
    first, second = (aiken(f"17 + {n} қосындысы қанша болады?", tuple(f"{n}{m}" for m in "12345")) for n in (25, 26))
    assert codes(first, second) == []


def test_same_options_and_key_under_another_stem() -> None:
    other = aiken("Мүлде басқа сұрақ осында тұр ма?")
    assert codes(aiken(), other) == ["repeated_option_set"]
    assert codes(aiken(), aiken("Мүлде басқа сұрақ осында тұр ма?", key="A")) == []


def test_manner_of_asking_warns_and_lost_keys_fail() -> None:
    warnings = {
        "all_of_the_above",
        "length_giveaway",
        "longest_is_right",
        "near_repeated",
        "language_mix",
        "mixed_letters",
    }
    assert {SEVERITY_OF_CODE[code] for code in warnings} == {ProblemSeverity.WARNING}
    assert SEVERITY_OF_CODE["right_answer_repeated"] is ProblemSeverity.ERROR


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("gift", "Сұрақ? {=а ~а}"),
        ("platonus", "<question>Сұрақ?\n<variant>а\n<variant>а"),
        ("tamos", "[q]3:1: Сұрақ?\n[a][+]а\n[a]а"),
        ("mytestx", "# Сұрақ?\n+ а\n- а"),
        (
            "moodle-xml",
            '<quiz><question type="multichoice"><name><text>а</text></name>'
            "<questiontext><text>Сұрақ?</text></questiontext>"
            '<answer fraction="100"><text>а</text></answer>'
            '<answer fraction="0"><text>а</text></answer></question></quiz>',
        ),
    ],
)
def test_content_is_judged_in_every_format(name: str, text: str) -> None:
    report = lint(text.encode(), FIVE)
    assert report.format == name
    assert [problem.code for problem in report.problems] == ["option_count", "right_answer_repeated"]
