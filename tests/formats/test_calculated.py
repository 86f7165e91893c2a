"""Parameterised questions: grids, faults, ambiguity, variants, and the platform's calculated questions (11.7a)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.calculated import MAX_POINTS, check, filled, placeholders, tolerance_text, value_at, variants
from app.formats.files import read_file, write_file
from app.formats.lint import lint
from app.formats.names import QuestionFormat
from app.model.regulation import Limit
from app.model.tasks import AnswerKind, Calculation, Question, ToleranceKind, Variable

FIVE = Limit(min=5, max=5, unit="count", clause="F05.2")


def variable(name: str, minimum: float = 1, maximum: float = 10, step: float = 1) -> Variable:
    return Variable(id="v1", name=name, minimum=minimum, maximum=maximum, step=step)


def calculation(formula: str, *variables: Variable, **more: object) -> Calculation:
    return Calculation.model_validate({"formula": formula, "variables": variables, "tolerance": 0.005, **more})


def codes(stem: str, given: Calculation) -> list[str]:
    return [problem.code for problem in check(stem, given).problems]


WIDE = (variable("a", 1, 100, 0.37), variable("b", 1, 50, 0.53))


def test_a_good_question_has_no_fault() -> None:
    result = check("{a} кг дене {b} м/с² үдеумен қозғалады", calculation("a*1000 + b*3.137", *WIDE))
    assert result.problems == ()
    assert (result.points, result.checked) == (268 * 93, MAX_POINTS)  # (100 - 1) / 0.37 and (50 - 1) / 0.53
    assert result.sampled


def test_a_small_grid_is_evaluated_whole() -> None:
    result = check("{a}", calculation("a * 7", variable("a", 1, 20)))
    assert (result.points, result.checked, result.answers, result.sampled) == (20, 20, 20, False)
    assert result.problems == ()


@pytest.mark.parametrize(
    ("stem", "given", "expected"),
    [
        ("{a}", calculation("1000/(a-5)", variable("a", 0, 40)), ["division_by_zero"]),
        ("{a}", calculation("sqrt(a-5) * 100", variable("a", 0, 40)), ["out_of_domain"]),
        ("{a}", calculation("10^a", variable("a", 290, 320)), ["overflow"]),
        ("{a}", calculation("a - a + 4", variable("a")), ["answer_constant"]),
        ("{a}", calculation("a", variable("a", 1, 4)), ["few_answers"]),
        ("{a} {b}", calculation("a + b", variable("a"), variable("b")), ["equal_answers"]),
        ("{a}", calculation("a", variable("a", 1, 20), tolerance=1), ["equal_answers"]),
        ("{a}", calculation("a", variable("a", 10, 30), tolerance=0.2, tolerance_kind="relative"), ["equal_answers"]),
        ("{a}", calculation("a / 10000", variable("a", 1, 20)), ["answer_constant"]),
        ("{a}", calculation("a", variable("a", 1, 20), tolerance=0.001), ["tolerance_below_rounding"]),
        ("{a}", calculation("a", variable("a", 1, 20), tolerance=-1), ["tolerance_bad"]),
        ("{a}", calculation("a", variable("a", 1, 20), decimals=12), ["tolerance_bad"]),
        ("{a}", calculation("a + x", variable("a")), ["variable_unknown"]),
        ("{a}", calculation("a * 7", variable("a", 1, 20), variable("b")), ["variable_unused", "equal_answers"]),
        ("мәтін", calculation("a * 7", variable("a", 1, 20)), ["variable_not_shown"]),
        ("{a} {b}", calculation("a*b", variable("a", 1, 20), variable("b", 3, 3)), ["variable_constant"]),
        ("{a}", calculation("a", variable("a"), variable("a")), ["variable_twice"]),
        ("{a}", calculation("a", variable("a", 5, 1)), ["variable_range"]),
        ("{a}", calculation("a", variable("a", 1, 5, 0)), ["variable_range"]),
        ("{a}", calculation("a", variable("a", 1, float("inf"))), ["variable_range"]),
        ("{a}", calculation("a", variable("a", 0, 1e300, 1e-300)), ["variable_range"]),
        ("{a}", calculation("1", variable("масса")), ["variable_name", "variable_unused"]),
        ("{a}", calculation("2", ), ["no_variables"]),
        ("{a}", calculation("a +", variable("a")), ["formula_incomplete"]),
    ],
)  # fmt: skip
def test_faults(stem: str, given: Calculation, expected: list[str]) -> None:
    assert codes(stem, given) == expected


def test_faults_say_how_often_and_where() -> None:
    [problem] = check("{a} {b}", calculation("1000*a/(a-b) + a*7.77", variable("a"), variable("b", 5, 9))).problems[:1]
    assert dict(problem.params) == {"count": 5, "checked": 50, "example": "a = 5, b = 5"}


def test_values_are_exact() -> None:
    tenth = variable("a", 0.1, 1, 0.1)
    assert [value_at(tenth, place) for place in range(10)] == [Decimal(n) / 10 for n in range(1, 11)]


def test_variants_are_the_same_for_the_same_seed_and_differ_among_each_other() -> None:
    given = calculation("a * b", *WIDE)
    first = variants(given)
    assert first == variants(given)
    assert first != variants(given, seed=2)
    assert len(first) == 10
    assert len({variant.answer_text for variant in first}) == 10
    for variant in first:
        assert variant.answer == pytest.approx(float(variant.values["a"]) * float(variant.values["b"]))
        assert variant.answer_text == f"{variant.answer:.2f}"


def test_variants_avoid_points_without_a_value_and_end_where_the_grid_ends() -> None:
    drawn = variants(calculation("1/(a-2)", variable("a", 1, 4)), 10)
    assert sorted(variant.values["a"] for variant in drawn) == [1, 3, 4]


@pytest.mark.parametrize(
    "given", [calculation("a+", variable("a")), calculation("x", variable("a")), calculation("a", variable("a", 2, 1))]
)
def test_a_question_that_cannot_be_evaluated_has_no_variants(given: Calculation) -> None:
    assert variants(given) == ()


def test_the_stem_takes_the_values() -> None:
    values = {"a": Decimal("2.5"), "b": Decimal(7)}
    assert filled("{a} және {b}, {c}, \\(x^{2}\\)", values, ",") == "2,5 және 7, {c}, \\(x^{2}\\)"
    assert placeholders("{a} \\(\\frac{{b}}{2}\\)") == {"a", "b"}


def test_there_and_back_through_moodle_xml() -> None:
    given = calculation(
        "a^2 * sin(pi/b) + ln(a)", variable("a", 0.5, 9.5, 0.25), variable("b", 2, 9), tolerance=0.02,
        tolerance_kind=ToleranceKind.RELATIVE, decimals=3, unit="м/с² & <b>",
    )  # fmt: skip
    question = Question(id="q", kind=AnswerKind.NUMBER, stem="Тапсырма {a}, {b} & <i>", calculation=given)
    written = write_file([question], QuestionFormat.MOODLE_XML)
    assert (written.left_out, written.notes) == ((), ())
    report = lint(written.data, FIVE)
    assert (report.moodle.imported, report.moodle.lost, report.moodle.errors) == (1, 0, 0)
    [read] = report.questions
    assert (read.stem, read.kind) == (question.stem, AnswerKind.NUMBER)
    assert read.calculation is not None
    plain = {"formula": "", "variables": ()}
    assert read.calculation.model_copy(update=plain) == given.model_copy(update=plain)
    assert [(v.name, v.minimum, v.maximum, v.step) for v in read.calculation.variables] == [
        ("a", 0.5, 9.5, 0.25),
        ("b", 2, 9, 1),
    ]
    same = [(v.values, v.answer_text) for v in variants(given, 30)]
    assert [(v.values, v.answer_text) for v in variants(read.calculation, 30)] == same


def test_data_sets_hold_one_learners_values_under_one_number() -> None:
    given = calculation("a * b", variable("a", 1, 9), variable("b", 11, 19))
    question = Question(id="q", kind=AnswerKind.NUMBER, stem="{a} {b}", calculation=given)
    file = read_file(write_file([question], QuestionFormat.MOODLE_XML).data)
    assert file.xml is not None
    assert file.xml.tree.root is not None
    sets = list(file.xml.tree.root.iter("dataset_definition"))
    assert [node.findtext("name/text") for node in sets] == ["a", "b"]
    columns = [[int(item.findtext("value", "")) for item in node.iter("dataset_item")] for node in sets]
    assert [node.findtext("itemcount") for node in sets] == ["81", "81"]  # the whole grid of 9 by 9
    assert len(set(zip(*columns, strict=True))) == 81


def test_the_step_of_the_platforms_own_data_set_is_found() -> None:
    items = "".join(
        f"<dataset_item><number>{n}</number><value>{v}</value></dataset_item>" for n, v in [(1, 2.5), (2, 4)]
    )
    xml = (
        '<quiz><question type="calculatedsimple"><name><text>x</text></name>'
        "<questiontext><text>{a}</text></questiontext>"
        '<answer fraction="100"><text>{a}*2</text><tolerance>0.01</tolerance><tolerancetype>2</tolerancetype>'
        "<correctanswerformat>1</correctanswerformat><correctanswerlength>1</correctanswerlength></answer>"
        "<dataset_definitions><dataset_definition><name><text>a</text></name><minimum><text>1</text></minimum>"
        f"<maximum><text>9</text></maximum><decimals><text>1</text></decimals><dataset_items>{items}</dataset_items>"
        "</dataset_definition></dataset_definitions></question></quiz>"
    )
    [read] = read_file(xml.encode()).result.questions
    assert read.calculation is not None
    assert read.calculation.variables == (Variable(id="v1", name="a", minimum=1, maximum=9, step=1.5),)
    assert (read.calculation.formula, read.calculation.decimals) == ("{a}*2", 1)
    assert read.calculation.tolerance_kind is ToleranceKind.ABSOLUTE


@pytest.mark.parametrize("name", [name for name in QuestionFormat if name is not QuestionFormat.MOODLE_XML])
def test_other_formats_name_it(name: QuestionFormat) -> None:
    given = calculation("a * 7", variable("a", 1, 20))
    question = Question(id="q", kind=AnswerKind.NUMBER, stem="{a}", calculation=given)
    [problem] = write_file([question], name).left_out
    assert problem.code in {"calculation_not_carried", "kind_not_carried", "not_single_choice"}


def test_a_broken_calculation_is_not_written() -> None:
    question = Question(id="q", kind=AnswerKind.NUMBER, stem="{a}", calculation=calculation("a/0", variable("a")))
    assert [p.code for p in write_file([question], QuestionFormat.MOODLE_XML).left_out] == ["calculation_broken"]


NAMES = st.sampled_from(["a", "b", "x1", "", "я"])
ANY_FLOAT = st.floats() | st.sampled_from([0.0, -0.0, 1e-300, 1e300, 5e-324])


@given(
    st.text(max_size=20) | st.sampled_from(["a", "1/a", "a^a", "sqrt(a)-b"]),
    st.lists(
        st.builds(variable, st.sampled_from(["a", "b", "x1", "", "я"]), ANY_FLOAT, ANY_FLOAT, ANY_FLOAT), max_size=2
    ),
    ANY_FLOAT,
    st.integers(-3, 12),
)
def test_nothing_breaks_the_check(formula: str, drawn: list[Variable], tolerance: float, decimals: int) -> None:
    given = Calculation(formula=formula, variables=tuple(drawn), tolerance=tolerance, decimals=decimals)
    check("{a}", given)
    variants(given)


@pytest.mark.parametrize(
    ("tolerance", "digits", "shown"),
    [(0.01, 6, "0,01"), (12_345.6, 3, "12300"), (0.0000001, 3, "0,0000001"), (1 / 3, 3, "0,333"), (0.0, 3, "0")],
)
def test_a_tolerance_is_shown_without_an_exponent(tolerance: float, digits: int, shown: str) -> None:
    assert tolerance_text(tolerance, digits, ",") == shown
