"""The official labels of forms 01-11 print letter for letter as in the regulation."""

import re
import tomllib
from copy import deepcopy
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

REGULATION = Path(__file__).resolve().parents[2] / "resources" / "regulation"
EDITION: dict[str, Any] = tomllib.loads((REGULATION / "atu-2025-02.toml").read_text(encoding="utf-8"))
LABELS: dict[str, Any] = tomllib.loads((REGULATION / "atu-2025-02" / "labels.toml").read_text(encoding="utf-8"))
FORMS = [f"form_{number:02}" for number in range(1, 12)]
VARIABLES = {
    "n", "title", "abbr", "name", "blank", "date", "day", "month", "year", "number", "from_year", "to_year",
}  # fmt: skip


def known_values(edition: dict[str, Any]) -> dict[str, str]:
    """What the edition itself puts into a label: limits, settings, facts of the edition, codes of the forms."""
    values = {
        f"{name}.{end}": str(limit[end])
        for name, limit in edition["limits"].items()
        for end in ("min", "max")
        if end in limit
    }
    values |= {
        f"{table}.{key}": str(value) for table in ("settings", "edition") for key, value in edition[table].items()
    }
    return values | {f"code.{form}": LABELS["forms"][form]["code"] for form in FORMS}


def render(form: str, key: str, *, edition: dict[str, Any] = EDITION, given: dict[str, str] | None = None) -> str:
    """The label as printed; a variable without a value prints the blank of the form."""
    labels = LABELS["forms"][form]["labels"]
    blanks = {name: labels.get(f"{key}.blank.{name}", "_____") for name in VARIABLES}
    return fill(labels[key], known_values(edition) | blanks | (given or {}))


def fill(text: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    return text


# Form, key, values given, and the line of the official form.
OFFICIAL: list[tuple[str, str, dict[str, str], str]] = [
    ("form_01", "F01.1", {}, "1. ЖАОК атауы (150 таңбадан аспауы керек)"),
    ("form_01", "F01.2", {}, "2. Университеттің атауы (әзірлеуші)"),
    (
        "form_01",
        "F01.10",
        {},
        "10. ЖАОК сипаттамасы. Курстың қысқаша аннотациясы (1 сөйлем, 100 таңбаға дейін)",
    ),
    ("form_01", "F01.14a", {}, "14. Промовидео немесе курс трейлері (3 минутқа дейін)."),
    (
        "form_01",
        "F01.14b",
        {},
        "Бейнежазба студиясында жазу керек (204-2Б, кездесу күні мен уақытын алдын-ала келісу керек).",
    ),
    ("form_01", "F01.16a", {}, "16. Курстың жұмыс бағдарламасы Ү.ЖИЦДО-7.5.1-2025-02-02 – .pdf форматында"),
    ("form_01", "F01.20d", {}, "Бейненің ұзақтығы кемінде 15 минут болуы тиіс."),
    (
        "form_01",
        "F01.20g",
        {},
        "Алғашқы бейнежазбаны ЖИЦДО тексеру үшін алдын ала mooc@atu.edu.kz электронды почтаға жіберу керек.",
    ),
    ("form_02", "F02.1", {}, "«Алматы технологиялық университеті» АҚ"),
    ("form_02", "F02.2", {}, "Факультет «_____»"),
    ("form_02", "F02.7", {}, "Алматы, 20_"),
    ("form_02", "F02.10", {}, "1.4 Оқудың міндеттері:"),
    ("form_02", "F02.11", {}, "1.4 Оқу нәтижелері:"),
    ("form_02", "F02.16", {}, "ЖАОК құрылымы (кемінде 4-6 модуль)"),
    ("form_02", "F02.18", {"n": "5"}, "Модуль №5"),
    ("form_02", "F02.19", {"n": "15"}, "Дәріс 15. Дәрістің атауы"),
    ("form_02", "F02.21", {"n": "5"}, "№5 модуль бойынша қорытынды бақылау"),
    ("form_02", "F02.22", {}, "ЖАОК бойынша қорытынды бақылау"),
    ("form_02", "F02.23", {}, "« ____ » _____ 20__ ж."),
    ("form_02", "F02.24", {}, "Кафедра меңгерушісі (аббревиатура) _____ Т.А.Ә."),
    ("form_02", "F02.25", {}, "Курс авторы _____ Т.А.Ә."),
    ("form_03", "F03.1", {}, "Наименование МООК"),
    ("form_03", "F03.2", {}, "Лекция №"),
    ("form_03", "F03.3", {}, "Тема:"),
    ("form_04", "F04.1a", {}, "АО «АЛМАТИНСКИЙ ТЕХНОЛОГИЧЕСКИЙ УНИВЕРСИТЕТ»"),
    ("form_04", "F04.1c", {}, "Факультет «Наименование полностью»"),
    ("form_04", "F04.1e", {}, "Наименование курса: « _____ »"),
    (
        "form_04",
        "F04.9b",
        {},
        "Кратко перечислите, что узнаете узнать в этой теме. Не что нужно сделать особое внимание.",
    ),
    ("form_05", "F05.1", {}, "Сұрақ мәтіні?"),
    ("form_05", "F05.2.A", {}, "A. Жауап"),
    ("form_05", "F05.3.first", {}, "ANSWER: D"),
    ("form_05", "F05.4", {}, "Ескерту: бір жауап нұсқасы бар тест сұрағы"),
    ("form_06", "F06.T.type", {}, "Тапсырмалардың түрлері"),
    ("form_06", "F06.T.implementation", {}, "Іске асыру мүмкіндіктері"),
    ("form_07", "F07.1.2", {}, "2. Ақ және қара түсті киімдер;"),
    ("form_07", "F07.2.1", {}, "1. Бейнелекцияны жазуды бастауға 30 минут қалғанда келіңіз."),
    (
        "form_07",
        "F07.3.5",
        {},
        "эрқашан өзіңізбен бірге флэш-дискіні алып жүріңіз (жазылған бейне дәріс материалымен);",
    ),
    (
        "form_07",
        "F07.3.6",
        {},
        "дәрістерді бір күн бұрын/алдын ала пошта арқылы ЦДБ маманына (mooc@atu.edu.kz) жіберу;",
    ),
    ("form_08", "F08.4c", {}, "Тексеру тапсырмалары үшін оларды орындау мерзімдерін белгілеу қажет."),
    ("form_08", "F08.5.points", {"n": "5"}, "5 ұпай"),
    ("form_08", "F08.9a", {}, "Тыңдаушыларға ұзақтығы 1-2 минут болатын бейне үндеу ұсыну,"),
    ("form_09", "F09.H1.kk", {}, "ҚАЗАҚСТАН РЕСПУБЛИКАСЫ ҒЫЛЫМ ЖӘНЕ ЖОҒАРЫ БІЛІМ МИНИСТРЛІГІ"),
    ("form_09", "F09.H1.ru", {}, "МИНИСТЕРСТВО НАУКИ И ВЫСШЕГО ОБРАЗОВАНИЯ РЕСПУБЛИКИ КАЗАХСТАН"),
    ("form_09", "F09.H3.ru.number", {}, "№ _____ от _____"),
    ("form_09", "F09.1", {}, "Курстың авторы (лары), лауазымы, оқу дәрежесі, атағы"),
    ("form_09", "F09.9.3", {}, "3. Ү.ЖИЦДО-7.5.1-2025-02-11 Сараптамалық қорытындысы."),
    ("form_09", "F09.S", {}, "ЖИЦДО директоры _____ Т.А.Ә."),
    ("form_10", "F10.T.low", {}, "0 - 1 ұпай"),
    (
        "form_10",
        "F10.10",
        {},
        "22-24 ұпай – ЖАОК техникалық ақаулар болмаған жағдайда, білім беру платформасында қарауға және "
        "орналастыруға ұсынылады.",
    ),
    (
        "form_10",
        "F10.11",
        {},
        "19-21 ұпай – ЖАОК пысықтауды талап етеді және көрсетілген ескертулерді жойған кезде білім беру "
        "платформасында қарауға және орналастыруға ұсынылады.",
    ),
    (
        "form_10",
        "F10.12",
        {},
        "18 балл және одан аз – білім беру платформасында қараудан және орналастырудан бас тарту.",
    ),
    ("form_11", "F11.H2", {}, "№ _____ от _____ 20 ____ ж."),
    ("form_11", "F11.5", {}, "5. Білім деңгейі: _бакалавриат_ _магистратура_ _докторантура"),
    ("form_11", "F11.6a", {}, "6. Мақсатты аудитория:"),
    ("form_11", "F11.6b", {}, "6. Автордың Т.А.Ә."),
    (
        "form_11",
        "F11.7",
        {},
        "7. ЖАОК сапасын бағалау сараптамасының нәтижелері және 20 __ - 20 __ оқу жылында пайдалануға ұсынымдар:",
    ),
    ("form_11", "F11.T.full", {}, "Толық сәйкестік"),
    ("form_11", "F11.11", {}, "Түзету әрекеттері процедурасын жүзеге асыру орынды ма? (иә / жоқ)"),
    ("form_11", "F11.S3", {}, "Сарапшылар (кемінде 3): _____ Т.А.Ә."),
]

TITLES = {
    "form_01": "ЖАОК СИПАТТАМАСЫ МЕН ҚҰРЫЛЫМЫ",
    "form_02": "ЖАОК ЖҰМЫС БАҒДАРЛАМАСЫ",
    "form_03": "ӨЗІНДІК ОҚУҒА АРНАЛҒАН МАТЕРИАЛДАРДЫҢ ШАБЛОНЫ",
    "form_04": "БЕЙНЕ ДӘРИСТІ ЖАЗУҒА АРНАЛҒАН ПРЕЗЕНТАЦИЯ ҮЛГІСІ",
    "form_05": "ТЕСТ ТАПСЫРМАЛАРЫНЫҢ ҮЛГІСІ",
    "form_06": "ТАПСЫРМАЛАРДЫҢ ТҮРЛЕРІ",
    "form_07": "ЖАОК БЕЙНЕЖАЗБАСЫ БОЙЫНША ҰСЫНЫСТАР",
    "form_08": "ЖАОК СҮЙЕМЕЛДЕУ",
    "form_09": "АНЫҚТАМА",
    "form_10": "ЖАОК МАЗМҰНЫНА ҚОЙЫЛАТЫН ТАЛАПТАРҒА СӘЙКЕСТІК КРИТЕРИЙЛЕРІ",
    "form_11": "ЖАОК САПАСЫН БАҒАЛАУ САРАПТАМАСЫ ХАТТАМАСЫНЫҢ НЫСАНЫ",
}

# Items of form 01 that the contract splits, as printed.
SPLIT_ITEMS = {
    15: "15. Сертификаттар беру туралы ақпарат, бағалау жүйесінің сипаттамасы (жұмыстарды тексеру мерзімдерін қоса "
    "алғанда), бағалау жүйесінің сипаттамасы, курстың мазмұны мен тапсырмалардың байланысын көрсететін көрсеткіштер "
    "мен бағалау критерийлерін, бағалау шкалаларын және процедураларын қоса алғанда.",
    16: "16. Курстың жұмыс бағдарламасы Ү.ЖИЦДО-7.5.1-2025-02-02 – .pdf форматында (барлық құжаттар қол қойылған, "
    "күндері қойылған және мөр басылған болуы тиіс).",
    19: "19. Өзіндік оқуға арналған материалдар (дәрістер) әр аптаға .pdf форматында ұсынылуы тиіс. Дәрістер "
    "Ү.ЖИЦДО-7.5.1-2025-02-03 сәйкес рәсімделуі керек, .pdf файлында дәрістің нөмірі және тақырыбы көрсетілген.",
    22: "22. Тест тапсырмалары Ү.ЖИЦДО-7.5.1-2025-02-05 сәйкес рәсімделуі керек – ең аз тест саны 100.",
}


@pytest.mark.parametrize(("form", "key", "given", "printed"), OFFICIAL, ids=[row[1] for row in OFFICIAL])
def test_label_prints_as_in_the_official_form(form: str, key: str, given: dict[str, str], printed: str) -> None:
    assert render(form, key, given=given) == printed


def test_every_form_is_present_with_its_code_and_title() -> None:
    assert list(LABELS["forms"]) == FORMS
    for number, form in enumerate(FORMS, start=1):
        assert LABELS["forms"][form]["code"] == f"Ү.ЖИЦДО-7.5.1-2025-02-{number:02}"
        assert LABELS["forms"][form]["title"] == TITLES[form]


def test_languages_of_the_labels() -> None:
    languages = {form: LABELS["forms"][form]["language"] for form in FORMS}
    assert languages.pop("form_03") == languages.pop("form_04") == "ru"
    assert languages.pop("form_09") == "kk-ru"
    assert set(languages.values()) == {"kk"}


@pytest.mark.parametrize("form", FORMS)
def test_labels_are_filled_and_their_placeholders_are_known(form: str) -> None:
    known = set(known_values(EDITION)) | VARIABLES
    for key, text in LABELS["forms"][form]["labels"].items():
        inner = text.strip() if ".blank." in key else text  # spaces around a blank are the blank's
        assert inner == " ".join(inner.split()), key
        assert text, key
        assert set(re.findall(r"\{([^{}]*)\}", text)) <= known, key
        assert not re.search(r"[{}]|\*\*|<", render(form, key)), key


@pytest.mark.parametrize("form", FORMS)
def test_keys_belong_to_their_form(form: str) -> None:
    labels = LABELS["forms"][form]["labels"]
    prefix = "F" + form.removeprefix("form_")
    assert all(key.startswith((prefix + ".", "lead", "appendix")) for key in labels)
    assert set(LABELS["forms"][form].get("placeholders", [])) <= set(labels)


def test_prompts_that_stand_for_values_are_listed() -> None:
    """Decision 14: a filled form prints the course's values in their place."""
    assert set(LABELS["forms"]["form_02"]["placeholders"]) == {
        "F02.5", "F02.17", "F02.19", "F02.20.first", "F02.20.other",
    }  # fmt: skip
    assert {"F05.1", "F05.2.A", "F05.2.E", "F05.3.first"} <= set(LABELS["forms"]["form_05"]["placeholders"])
    assert {"F04.3", "F04.9b", "F04.9c", "F04.9d"} <= set(LABELS["forms"]["form_04"]["placeholders"])


@pytest.mark.parametrize("item", SPLIT_ITEMS)
def test_pieces_of_a_split_item_join_to_the_printed_item(item: int) -> None:
    keys = [key for key in LABELS["forms"]["form_01"]["labels"] if re.fullmatch(rf"F01\.{item}[a-g]", key)]
    assert " ".join(render("form_01", key) for key in keys) == SPLIT_ITEMS[item]


def test_form_01_has_its_22_items() -> None:
    numbers = {int(found[1]) for key in LABELS["forms"]["form_01"]["labels"] if (found := re.match(r"F01\.(\d+)", key))}
    assert numbers == set(range(1, 23))


@pytest.mark.parametrize(
    ("form", "key", "limit", "end", "printed"),
    [
        ("form_01", "F01.1", "title_chars", "max", "1. ЖАОК атауы (777 таңбадан аспауы керек)"),
        ("form_01", "F01.22b", "test_bank_questions", "min", "ең аз тест саны 777."),
        ("form_02", "F02.16", "modules_per_course", "max", "ЖАОК құрылымы (кемінде 4-777 модуль)"),
        ("form_11", "F11.S3", "experts", "min", "Сарапшылар (кемінде 777): _____ Т.А.Ә."),
    ],
)
def test_another_limit_changes_the_printed_form(form: str, key: str, limit: str, end: str, printed: str) -> None:
    edition = deepcopy(EDITION)
    edition["limits"][limit][end] = 777
    assert render(form, key, edition=edition) == printed


def test_form_02_takes_values() -> None:
    assert render("form_02", "F02.19", given={"n": "3", "title": "Май мен су"}) == "Дәріс 3. Май мен су"
    assert render("form_02", "F02.23", given={"day": "03", "month": "11", "year": "26"}) == "« 03 » 11 2026 ж."


def test_form_06_has_five_kinds_of_tasks() -> None:
    rows = LABELS["task_types"]
    assert [row["id"] for row in rows] == [f"F06.{number}" for number in range(1, 6)]
    assert [row["key"] for row in rows] == [
        "auto_checked_set", "peer_assessed", "process_controlled", "joint_auto_checked", "joint_peer_assessed",
    ]  # fmt: skip
    assert rows[2]["type"] == "Орындалу барысын бақылау міндеті"
    assert all(row[part] for row in rows for part in ("type", "description", "implementation"))
    group = fill(rows[3]["description"], known_values(EDITION))
    assert "(тапсырманы орындауға жіберілген білім алушылар қатарынан 3-7 адам)" in group


def test_form_08_has_six_rows_of_criteria() -> None:
    rows = LABELS["rubric"]
    assert [row["points"] for row in rows] == [5, 4, 3, 2, 1, 0]
    assert all(row["id"] == f"F08.5.{row['points']}" and row["text"] for row in rows)
    assert rows[0]["text"] == "Тапсырма дұрыс орындалды, тақырып толығымен ашылды, грамматикалық қателер жоқ."
    assert rows[5]["text"] == "Тапсырмаға жауап жоқ"


def test_form_08_has_its_progress_table_without_gaps() -> None:
    rows = LABELS["progress_bands"]
    printed = [fill(row["text"], {"from_pct": str(row["from_pct"]), "to_pct": str(row["to_pct"])}) for row in rows]
    assert printed == [
        "барлық курстың 0% - 40% - курс аяқталмады;",
        "барлық курстың 40% - 85% - курс аяқталды, бірақ сертификат берілмейді",
        "барлық курстың 85% - 100% - курс аяқталды және сертификат беріледі;",
    ]
    assert rows[0]["from_pct"] == 0
    assert rows[-1]["to_pct"] == 100
    assert all(below["to_pct"] == above["from_pct"] for below, above in pairwise(rows))


def test_forms_10_and_11_share_eight_criteria_with_three_descriptors() -> None:
    rows = LABELS["criteria"]
    assert [row["id"] for row in rows] == [f"F10.{number}" for number in range(1, 9)]
    assert all(len({row["low"], row["mid"], row["high"]} - {""}) == 3 for row in rows)
    assert [row["name"] for row in rows] == [render("form_11", f"F11.T{number}") for number in range(1, 9)]
    assert [row["name"] for row in rows] == [
        "Дыбыс сапасы",
        "Бейне кескін сапасы",
        "ЖАОК құрылымы және ұйымдастырылуы",
        "Мазмұн сапасы",
        "Өзін-өзі зерттеуге арналған материалдар",
        "Тапсырмалар мен тест материалдары",
        "Спикердің материалды беру сапасы",
        "Бағалау және кері байланыс",
    ]
    assert rows[7]["low"] == "Тапсырмаларды орындау үшін нұсқаулардың болмауы"
