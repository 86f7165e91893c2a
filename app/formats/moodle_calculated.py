"""The parts of Moodle XML that only parameterised questions have: the formula, its tolerance, unit and data sets.

The platform draws each variable between two ends with so many decimals and keeps the values drawn; it knows no step. So
the values are written as we draw them, all variables with the same number of them, each set of values one learner's.
"""

import math
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from html import escape
from xml.etree.ElementTree import Element

from app.formats.aiken_lines import ASCII_BLANK
from app.formats.calculated import MOST_VARIANTS, Variant, exact, value_text, variants
from app.formats.formula import NAME, from_platform, parse, platform_text
from app.formats.xml_tree import inner, own_text
from app.model.tasks import Calculation, ToleranceKind, Variable

_RELATIVE, _NOMINAL = "1", "2"
_MAX_NUMBER_CHARS = 40


def read(node: Element) -> Calculation | None:
    """Return the calculation of a question, None where our grammar or our kinds of tolerance cannot say it."""
    answer = max(node.findall("answer"), key=_share, default=None)
    if answer is None:
        return None
    formula = from_platform((inner(answer, "text") or own_text(answer)).strip(ASCII_BLANK))
    definitions = node.findall("dataset_definitions/dataset_definition")
    variables = [_variable(place, definition) for place, definition in enumerate(definitions, start=1)]
    tolerance = _number(inner(answer, "tolerance") or "0")
    decimals = _number(inner(answer, "correctanswerlength") or "2")
    kind = inner(answer, "tolerancetype").strip() or _RELATIVE
    if formula is None or not all(variables) or tolerance is None or decimals is None:
        return None
    if kind not in (_RELATIVE, _NOMINAL):
        return None
    units = (inner(unit, "unit_name").strip() for unit in node.findall("units/unit"))
    return Calculation(
        variables=tuple(variable for variable in variables if variable),
        formula=formula,
        tolerance=float(tolerance),
        tolerance_kind=ToleranceKind.RELATIVE if kind == _RELATIVE else ToleranceKind.ABSOLUTE,
        decimals=max(0, min(9, int(decimals))),
        unit=next(units, ""),
    )


def _share(answer: Element) -> Decimal:
    return _number(answer.get("fraction", "0")) or Decimal(0)


def _variable(place: int, definition: Element) -> Variable | None:
    name = inner(definition, "name", "text").strip()
    least, most = _number(inner(definition, "minimum", "text")), _number(inner(definition, "maximum", "text"))
    if not NAME.fullmatch(name) or least is None or most is None:
        return None
    step = _number(inner(definition, "step", "text")) or _step(definition, least)
    return Variable(id=f"v{place}", name=name, minimum=float(least), maximum=float(most), step=float(step))


def _step(definition: Element, least: Decimal) -> Decimal:
    """Return the widest step that reaches all values of a data set, or what its decimals say."""
    digits = max(0, min(9, int(_number(inner(definition, "decimals", "text")) or 0)))
    unit = Decimal(1).scaleb(-digits)
    values = [_number(inner(item, "value")) for holder in definition.findall("dataset_items") for item in holder]
    distances = [int((value - least) / unit) for value in values if value is not None and abs(value - least) < 10**12]
    return unit * (math.gcd(*distances) or 1) if distances else unit


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip()) if len(text) <= _MAX_NUMBER_CHARS else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() and abs(number.adjusted()) < 300 else None


def written(calculation: Calculation) -> Iterator[str]:
    """Yield the lines that belong to the kind of question; `app.formats.calculated.check` has found no error in it."""
    formula = parse(calculation.formula)
    names = frozenset(variable.name for variable in calculation.variables)
    relative = calculation.tolerance_kind is ToleranceKind.RELATIVE
    yield "    <synchronize>0</synchronize>"
    yield '    <answer fraction="100">'
    yield f"      <text>{escape(platform_text(formula, names), quote=False)}</text>"
    yield f"      <tolerance>{value_text(exact(calculation.tolerance))}</tolerance>"
    yield f"      <tolerancetype>{_RELATIVE if relative else _NOMINAL}</tolerancetype>"
    yield "      <correctanswerformat>1</correctanswerformat>"
    yield f"      <correctanswerlength>{calculation.decimals}</correctanswerlength>"
    yield "    </answer>"
    if calculation.unit.strip():
        yield "    <unitgradingtype>0</unitgradingtype>"
        yield "    <showunits>3</showunits>"
        unit = escape(calculation.unit.strip(), quote=False)
        yield f"    <units><unit><multiplier>1</multiplier><unit_name>{unit}</unit_name></unit></units>"
    drawn = variants(calculation, MOST_VARIANTS)
    yield "    <dataset_definitions>"
    for variable in calculation.variables:
        yield from _data_set(variable, drawn)
    yield "    </dataset_definitions>"


def _data_set(variable: Variable, drawn: Sequence[Variant]) -> Iterator[str]:
    ends = [exact(number) for number in (variable.minimum, variable.maximum, variable.step)]
    least, most, step = (value_text(number) for number in ends)
    values = [value_text(variant.values[variable.name]) for variant in drawn]
    decimals = max(len(value.partition(".")[2]) for value in values)
    yield "      <dataset_definition>"
    yield f"        <status><text>private</text></status><name><text>{variable.name}</text></name>"
    yield "        <type>calculated</type><distribution><text>uniform</text></distribution>"
    yield f"        <minimum><text>{least}</text></minimum><maximum><text>{most}</text></maximum>"
    yield f"        <step><text>{step}</text></step><decimals><text>{decimals}</text></decimals>"
    yield f"        <itemcount>{len(values)}</itemcount>"
    yield "        <dataset_items>"
    for number, value in enumerate(values, start=1):
        yield f"          <dataset_item><number>{number}</number><value>{value}</value></dataset_item>"
    yield "        </dataset_items>"
    yield f"        <number_of_items>{len(values)}</number_of_items>"
    yield "      </dataset_definition>"
