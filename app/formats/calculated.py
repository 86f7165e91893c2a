"""Parameterised questions: the values of their variables, their answers, and what is wrong with them (11.7a).

A variable takes ``minimum``, ``minimum + step``, … up to ``maximum``; all combinations make the grid. A grid of up to
`MAX_POINTS` points is evaluated whole, of a larger one so many points drawn under a fixed seed and its corners.
"""

import hashlib
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import count, islice, pairwise, product

from app.formats.formula import CONSTANTS, NAME, Formula, FormulaError, ValueFaultError, evaluate, names_in, parse
from app.formats.problems import Problem
from app.model.tasks import Calculation, ToleranceKind, Variable

MAX_POINTS = 20_000
PREVIEW_VARIANTS = 10
MOST_VARIANTS = 100
"""The platform holds no more items of a data set."""
_MAX_VALUES = 10**12
_MAX_CORNERS = 1024
_PLACEHOLDER = re.compile(r"\{([A-Za-z][A-Za-z0-9_]{0,19})\}")
Values = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What came of a check.

    Attributes:
        problems: codes of ``questions.problem`` with their values; none where a learner can be given any variant.
        points: combinations of values that there are.
        checked: combinations that were evaluated.
        answers: different answers among them, as they are printed.
    """

    problems: tuple[Problem, ...]
    points: int = 0
    checked: int = 0
    answers: int = 0

    @property
    def sampled(self) -> bool:
        """Tell whether only a sample was evaluated."""
        return self.checked < self.points


@dataclass(frozen=True, slots=True)
class Variant:
    """One learner's question.

    Attributes:
        values: of the variables, exact.
        answer: the formula's value.
        answer_text: the same with the question's number of decimals, a decimal point and without its unit.
    """

    values: Values
    answer: float
    answer_text: str


def placeholders(text: str) -> frozenset[str]:
    """Return the names that a stem has in braces; an argument of a LaTeX command counts as one."""
    return frozenset(_PLACEHOLDER.findall(text))


def filled(text: str, values: Values, decimal_mark: str = ".") -> str:
    """Return a stem with the values in the place of its variables, as the platform does.

    Args:
        text: the stem.
        values: of the variables.
        decimal_mark: what stands before the decimals: a comma in Kazakh and Russian print.
    """
    return _PLACEHOLDER.sub(
        lambda found: value_text(values[found[1]], decimal_mark) if found[1] in values else found[0], text
    )


def value_text(value: Decimal, decimal_mark: str = ".") -> str:
    """Return a value without an exponent."""
    return format(value, "f").replace(".", decimal_mark)


def tolerance_text(tolerance: float, digits: int, decimal_mark: str = ".") -> str:
    """Return a tolerance with so many significant digits and without an exponent."""
    return value_text(exact(float(f"{tolerance:.{digits}g}")), decimal_mark)


def tolerance_at(calculation: Calculation, answer: float) -> float:
    """Return what an answer may be off, in its own unit."""
    relative = calculation.tolerance_kind is ToleranceKind.RELATIVE
    return calculation.tolerance * abs(answer) if relative else calculation.tolerance


@lru_cache(maxsize=1024)  # rules and the list of questions ask again after every change of the course
def check(stem: str, calculation: Calculation) -> CheckResult:
    """Judge a parameterised question; never raises.

    Formula, variables and stem are checked first; where they hold, the formula is evaluated over the grid.

    Args:
        stem: the question's text, with ``{name}`` in the place of each value.
        calculation: what its answer follows from.
    """
    return _checked(placeholders(stem), calculation)


@lru_cache(maxsize=256)
def _checked(shown: frozenset[str], calculation: Calculation) -> CheckResult:
    """Return what `check` does; 20,000 points take half a second, and an editor asks again and again."""
    problems = list(_variable_problems(calculation.variables))
    try:
        formula = parse(calculation.formula)
    except FormulaError as error:
        problems.append(Problem(error.code, params={"place": error.place, "text": error.text}))
        return CheckResult(tuple(problems))
    problems += _name_problems(shown, calculation, formula)
    problems += _answer_form_problems(calculation)
    if any(problem.severity == "error" for problem in problems):
        return CheckResult(tuple(problems))
    return _evaluated(calculation, formula, problems)


def _variable_problems(variables: Sequence[Variable]) -> Iterator[Problem]:
    if not variables:
        yield Problem("no_variables")
    seen: set[str] = set()
    for variable in variables:
        params = {"name": variable.name or "?"}
        if not NAME.fullmatch(variable.name):
            yield Problem("variable_name", params=params)
        elif variable.name in seen:
            yield Problem("variable_twice", params=params)
        seen.add(variable.name)
        numbers = (variable.minimum, variable.maximum, variable.step)
        if not all(map(math.isfinite, numbers)) or variable.step <= 0 or not 0 <= _steps(variable) <= _MAX_VALUES:
            yield Problem("variable_range", params=params)
        elif count_of(variable) == 1:
            yield Problem("variable_constant", params=params)


def _name_problems(shown: frozenset[str], calculation: Calculation, formula: Formula) -> Iterator[Problem]:
    variables = {variable.name for variable in calculation.variables}
    used = names_in(formula)
    for name in sorted(used - variables - set(CONSTANTS)):
        yield Problem("variable_unknown", params={"name": name})
    for name in sorted(variables - used):
        yield Problem("variable_unused", params={"name": name})
    for name in sorted((used & variables) - shown):
        yield Problem("variable_not_shown", params={"name": name})


def _answer_form_problems(calculation: Calculation) -> Iterator[Problem]:
    tolerance = calculation.tolerance
    if not math.isfinite(tolerance) or tolerance < 0 or not 0 <= calculation.decimals <= 9:
        yield Problem("tolerance_bad")
    elif calculation.tolerance_kind is ToleranceKind.ABSOLUTE and tolerance < 0.5 * 10**-calculation.decimals:
        yield Problem("tolerance_below_rounding", params={"decimals": calculation.decimals})


def _steps(variable: Variable) -> float:
    return (variable.maximum - variable.minimum) / variable.step


def count_of(variable: Variable) -> int:
    """Return how many values a variable takes."""
    low, high, step = (exact(number) for number in (variable.minimum, variable.maximum, variable.step))
    return int((high - low) // step) + 1


def value_at(variable: Variable, place: int) -> Decimal:
    """Return a value of a variable, exactly: 0.1 three times is 0.3."""
    return exact(variable.minimum) + place * exact(variable.step)


def exact(number: float) -> Decimal:
    """Return a number as people wrote it: 0.1 is a tenth, 20.0 is 20."""
    return Decimal(repr(float(number))).normalize() + 0


def _point(variables: Sequence[Variable], places: Sequence[int]) -> dict[str, Decimal]:
    return {variable.name: value_at(variable, place) for variable, place in zip(variables, places, strict=True)}


def _points(variables: Sequence[Variable], counts: Sequence[int]) -> Iterator[dict[str, Decimal]]:
    """Yield the whole grid, or its corners and a sample of it."""
    size = math.prod(counts)
    if size <= MAX_POINTS:
        columns = [[value_at(v, place) for place in range(n)] for v, n in zip(variables, counts, strict=True)]
        names = [variable.name for variable in variables]
        for values in product(*columns):
            yield dict(zip(names, values, strict=True))
        return
    drawn = dict.fromkeys(islice(product(*({0, n - 1} for n in counts)), _MAX_CORNERS))
    for number in _chance(seed=1, below=size):
        drawn[_places(number, counts)] = None
        if len(drawn) >= MAX_POINTS:
            break
    for places in drawn:
        yield _point(variables, places)


def _chance(seed: int, below: int) -> Iterator[int]:
    """Yield numbers from 0 that look like chance and are the same on every machine and version of Python."""
    width = below.bit_length() // 8 + 8
    for number in count():
        yield int.from_bytes(hashlib.shake_128(f"{seed}:{number}".encode()).digest(width), "big") % below


def _places(number: int, counts: Sequence[int]) -> tuple[int, ...]:
    """Return the place of each variable's value at a point of the grid."""
    places: list[int] = []
    for values in reversed(counts):
        number, place = divmod(number, values)
        places.append(place)
    return tuple(reversed(places))


def _evaluated(calculation: Calculation, formula: Formula, problems: list[Problem]) -> CheckResult:
    variables = calculation.variables
    counts = [count_of(variable) for variable in variables]
    answers: list[float] = []
    faults: dict[str, tuple[int, dict[str, Decimal]]] = {}
    checked = 0
    for point in _points(variables, counts):
        checked += 1
        try:
            answers.append(evaluate(formula, _floats(point)))
        except ValueFaultError as fault:
            times, first = faults.get(fault.code, (0, point))
            faults[fault.code] = times + 1, first
    for code, (times, first) in faults.items():
        problems.append(Problem(code, params={"count": times, "checked": checked, "example": point_text(first)}))
    different = len({_answer_text(answer, calculation.decimals) for answer in answers})
    problems += _likeness_problems(calculation, answers, different)
    return CheckResult(tuple(problems), math.prod(counts), checked, different)


def _likeness_problems(calculation: Calculation, answers: Sequence[float], different: int) -> Iterator[Problem]:
    """Yield whether learners with other values get an answer of their own."""
    if len(answers) < 2:
        return
    if different == 1:
        yield Problem("answer_constant", params={"answer": _answer_text(answers[0], calculation.decimals)})
        return
    if different < PREVIEW_VARIANTS:
        yield Problem("few_answers", params={"count": different})
    touching = _touching(calculation, sorted(answers))
    alike = sum(map(any, zip([False, *touching], [*touching, False], strict=True)))
    if alike:
        yield Problem("equal_answers", params={"share": round(100 * alike / len(answers))})
    if all(abs(answer) < 0.5 * 10**-calculation.decimals for answer in answers):
        yield Problem("answer_rounds_to_zero", params={"decimals": calculation.decimals})


def _touching(calculation: Calculation, ordered: Sequence[float]) -> list[bool]:
    """Tell for each pair of neighbours whether the answer of one is accepted from the other."""
    return [
        high - low <= max(tolerance_at(calculation, low), tolerance_at(calculation, high))
        for low, high in pairwise(ordered)
    ]


def _floats(point: Values) -> dict[str, float]:
    return {name: float(value) for name, value in point.items()}


def point_text(values: Values) -> str:
    """Return values for reading: ``a = 2, b = 0.5``."""
    return ", ".join(f"{name} = {value_text(value)}" for name, value in values.items())


def _answer_text(answer: float, decimals: int) -> str:
    text = f"{answer:.{decimals}f}"
    return text.removeprefix("-") if not text.strip("-0.") else text


def variants(calculation: Calculation, most: int = PREVIEW_VARIANTS, seed: int = 1) -> tuple[Variant, ...]:
    """Return different variants of a question, the same for the same seed on every machine.

    As far as there are enough, no two have the same printed answer, and none lies where the formula has no value.

    Args:
        calculation: of the question; one that cannot be evaluated has no variants.
        most: how many at most.
        seed: another seed gives other variants.
    """
    if any(_variable_problems_that_block(calculation.variables)):
        return ()
    try:
        formula = parse(calculation.formula)
    except FormulaError:
        return ()
    names = {variable.name for variable in calculation.variables}
    if names_in(formula) - names - set(CONSTANTS):
        return ()
    first: list[Variant] = []
    second: list[Variant] = []
    texts: set[str] = set()
    for point in _drawn(calculation.variables, seed, 50 * most + 500):
        try:
            answer = evaluate(formula, _floats(point))
        except ValueFaultError:
            continue
        variant = Variant(point, answer, _answer_text(answer, max(0, min(9, calculation.decimals))))
        (second if variant.answer_text in texts else first).append(variant)
        texts.add(variant.answer_text)
        if len(first) >= most:
            break
    return tuple([*first, *second][:most])


def _variable_problems_that_block(variables: Sequence[Variable]) -> Iterator[Problem]:
    return (problem for problem in _variable_problems(variables) if problem.severity == "error")


def _drawn(variables: Sequence[Variable], seed: int, most: int) -> Iterator[dict[str, Decimal]]:
    """Yield points of the grid in an order that looks like chance, each once, at most so many."""
    counts = [count_of(variable) for variable in variables]
    size = math.prod(counts)
    if size <= 4 * most:
        numbers = sorted(range(size), key=lambda number: hashlib.sha256(f"{seed}:{number}".encode()).digest())
    else:
        numbers = list(dict.fromkeys(islice(_chance(seed, size), most)))
    for number in numbers[:most]:
        yield _point(variables, _places(number, counts))
