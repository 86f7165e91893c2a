"""Formulas of parameterised questions: a grammar of its own, no program text, nothing that can be run (11.7a).

    sum     = product { ("+" | "-") product }
    product = sign { ("*" | "/") sign }
    sign    = ("+" | "-") sign | power
    power   = atom [ ("^" | "**") sign ]
    atom    = number | name | "{" name "}" | function "(" sum { "," sum } ")" | "(" sum ")"

Numbers have a decimal point; ``pi`` and ``e`` are constants where no variable has that name; angles are in radians.
``×``, ``·``, ``÷``, ``:`` and ``−`` are read as what they mean. Formulas are evaluated in double precision, as the
learning platform does.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

MAX_CHARS = 500
_MAX_DEPTH = 50
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,19}")
"""Names of variables; the platform demands a Latin letter in front."""
_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?P<name>[A-Za-z][A-Za-z0-9_]{0,19})"
    r"|\{\s*(?P<held>[A-Za-z][A-Za-z0-9_]{0,19})\s*\}|(?P<mark>\*\*|[-+*/^(),]))",
    re.ASCII,
)
_SAME = str.maketrans({"×": "*", "·": "*", "⋅": "*", "÷": "/", ":": "/", "−": "-", "–": "-"})
CONSTANTS: Mapping[str, float] = MappingProxyType({"pi": math.pi, "e": math.e})


class FormulaError(Exception):
    """A formula that cannot be read.

    Attributes:
        code: ``formula_empty``, ``formula_syntax``, ``formula_incomplete``, ``formula_function``,
            ``formula_arguments`` or ``formula_too_long``; a key of ``questions.problem``.
        place: which character is in the way, from 1.
        text: what stands there.
    """

    def __init__(self, code: str, place: int = 0, text: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.place = place
        self.text = text


class ValueFaultError(Exception):
    """A formula has no value at a point; ``code`` is ``division_by_zero``, ``out_of_domain`` or ``overflow``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written."""

    text: str


@dataclass(frozen=True, slots=True)
class Name:
    """A variable or a constant."""

    name: str


@dataclass(frozen=True, slots=True)
class Negated:
    """What follows a minus."""

    of: "Formula"


@dataclass(frozen=True, slots=True)
class Operation:
    """Two values and ``+ - * / ^`` between them."""

    mark: str
    left: "Formula"
    right: "Formula"


@dataclass(frozen=True, slots=True)
class Call:
    """A function and its arguments."""

    function: str
    arguments: tuple["Formula", ...]


Formula = Number | Name | Negated | Operation | Call


@dataclass(frozen=True, slots=True)
class _Function:
    """What a function does, how many arguments it takes, and how the platform calls it."""

    run: Callable[..., float]
    least: int
    most: int
    platform_name: str


def _rounded(value: float, digits: float = 0) -> float:
    """Round halves away from zero, as the platform does."""
    shift = 10.0 ** int(digits)
    return math.copysign(math.floor(abs(value) * shift + 0.5) / shift, value)


def _functions() -> dict[str, _Function]:
    one: dict[str, Callable[[float], float]] = {
        "abs": abs, "sqrt": math.sqrt, "exp": math.exp, "log10": math.log10, "sin": math.sin, "cos": math.cos,
        "tan": math.tan, "asin": math.asin, "acos": math.acos, "atan": math.atan, "sinh": math.sinh,
        "cosh": math.cosh, "tanh": math.tanh, "floor": math.floor, "ceil": math.ceil, "deg2rad": math.radians,
        "rad2deg": math.degrees,
    }  # fmt: skip
    functions = {name: _Function(run, 1, 1, name) for name, run in one.items()}
    functions["ln"] = _Function(math.log, 1, 1, "log")
    functions["lg"] = _Function(math.log10, 1, 1, "log10")
    functions["round"] = _Function(_rounded, 1, 2, "round")
    functions["pow"] = _Function(math.pow, 2, 2, "pow")
    functions["atan2"] = _Function(math.atan2, 2, 2, "atan2")
    functions["min"] = _Function(min, 2, 9, "min")
    functions["max"] = _Function(max, 2, 9, "max")
    return functions


FUNCTIONS: Mapping[str, _Function] = MappingProxyType(_functions())
"""By the name that is written; ``ln`` is the natural logarithm, ``lg`` the one to base ten."""


def parse(text: str) -> Formula:
    """Read a formula.

    Raises:
        FormulaError: see there.
    """
    if not text.strip():
        raise FormulaError("formula_empty")
    if len(text) > MAX_CHARS:
        raise FormulaError("formula_too_long")
    return _Parser(text).run()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    place: int


def _tokens(text: str) -> Iterator[_Token]:
    source = text.translate(_SAME)
    at = 0
    while source[at:].strip():
        found = _TOKEN.match(source, at)
        if found is None or found.lastgroup is None:
            blank = len(source[at:]) - len(source[at:].lstrip())
            raise FormulaError("formula_syntax", at + blank + 1, text[at + blank])
        kind = "name" if found.lastgroup == "held" else found.lastgroup
        yield _Token(kind, found[found.lastgroup], found.start(found.lastgroup) + 1)
        at = found.end()
    yield _Token("end", "", len(source) + 1)


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(_tokens(text))
        self._at = 0
        self._depth = 0

    def run(self) -> Formula:
        formula = self._sum()
        if self._next.kind != "end":
            self._refuse()
        return formula

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at]

    def _take(self, *marks: str) -> str:
        """Go past one of some marks and return it, or stay and return nothing."""
        token = self._next
        if token.kind == "mark" and token.text in marks:
            self._at += 1
            return token.text
        return ""

    def _refuse(self) -> None:
        token = self._next
        code = "formula_incomplete" if token.kind == "end" else "formula_syntax"
        raise FormulaError(code, token.place, token.text)

    def _sum(self) -> Formula:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise FormulaError("formula_too_long")
        left = self._product()
        while mark := self._take("+", "-"):
            left = Operation(mark, left, self._product())
        self._depth -= 1
        return left

    def _product(self) -> Formula:
        left = self._sign()
        while mark := self._take("*", "/"):
            left = Operation(mark, left, self._sign())
        return left

    def _sign(self) -> Formula:
        negative = False
        while mark := self._take("+", "-"):
            negative ^= mark == "-"
        power = self._power()
        return Negated(power) if negative else power

    def _power(self) -> Formula:
        base = self._atom()
        if not self._take("^", "**"):
            return base
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise FormulaError("formula_too_long")
        exponent = self._sign()
        self._depth -= 1
        return Operation("^", base, exponent)

    def _atom(self) -> Formula:
        token = self._next
        if token.kind == "number":
            self._at += 1
            return Number(token.text)
        if token.kind == "name":
            self._at += 1
            return self._call(token) if self._take("(") else Name(token.text)
        if self._take("("):
            inner = self._sum()
            if not self._take(")"):
                self._refuse()
            return inner
        self._refuse()
        raise AssertionError("refusing raises")

    def _call(self, token: _Token) -> Formula:
        function = FUNCTIONS.get(token.text)
        if function is None:
            raise FormulaError("formula_function", token.place, token.text)
        arguments = [self._sum()]
        while self._take(","):
            arguments.append(self._sum())
        if not self._take(")"):
            self._refuse()
        if not function.least <= len(arguments) <= function.most:
            raise FormulaError("formula_arguments", token.place, token.text)
        return Call(token.text, tuple(arguments))


def names_in(formula: Formula) -> frozenset[str]:
    """Return all names in a formula, constants among them."""
    match formula:
        case Name(name):
            return frozenset({name})
        case Negated(of):
            return names_in(of)
        case Operation(_, left, right):
            return names_in(left) | names_in(right)
        case Call(_, arguments):
            return frozenset().union(*map(names_in, arguments))
        case _:
            return frozenset()


def evaluate(formula: Formula, values: Mapping[str, float]) -> float:
    """Return the value of a formula.

    Args:
        formula: the formula.
        values: of all its variables.

    Raises:
        ValueFaultError: see there.
        KeyError: a name has no value.
    """
    try:
        result = _value(formula, values)
    except ZeroDivisionError:
        raise ValueFaultError("division_by_zero") from None
    except OverflowError:
        raise ValueFaultError("overflow") from None
    except ValueError:
        raise ValueFaultError("out_of_domain") from None
    if math.isnan(result):
        raise ValueFaultError("out_of_domain")
    if math.isinf(result):
        raise ValueFaultError("overflow")
    return result


def _value(formula: Formula, values: Mapping[str, float]) -> float:
    match formula:
        case Number(text):
            return float(text)
        case Name(name):
            return values[name] if name in values else CONSTANTS[name]
        case Negated(of):
            return -_value(of, values)
        case Operation(mark, left, right):
            return _operated(mark, _value(left, values), _value(right, values))
        case Call(function, arguments):
            return float(FUNCTIONS[function].run(*(_value(argument, values) for argument in arguments)))


def _operated(mark: str, left: float, right: float) -> float:
    match mark:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left / right
        case _:
            if left == 0 and right < 0:
                raise ZeroDivisionError
            return math.pow(left, right)


def platform_text(formula: Formula, variables: frozenset[str]) -> str:
    """Return a formula as the learning platform reads it: ``{a}``, ``pow()`` for powers, every operation in brackets.

    Args:
        formula: the formula.
        variables: names that are variables; others are constants.
    """
    match formula:
        case Number(text):
            return text
        case Name(name):
            return f"{{{name}}}" if name in variables else "pi()" if name == "pi" else "exp(1)"
        case Negated(of):
            return f"(-{platform_text(of, variables)})"
        case Operation("^", left, right):
            return f"pow({platform_text(left, variables)}, {platform_text(right, variables)})"
        case Operation(mark, left, right):
            return f"({platform_text(left, variables)} {mark} {platform_text(right, variables)})"
        case Call(function, arguments):
            inner = ", ".join(platform_text(argument, variables) for argument in arguments)
            return f"{FUNCTIONS[function].platform_name}({inner})"


_PLATFORM_FORM = re.compile(r"\blog\s*\(|\bpi\s*\(\s*\)")


def from_platform(text: str) -> str | None:
    """Return the platform's formula in our grammar, None where it uses what that has no place for.

    There ``log`` with one argument is the natural logarithm, ``pi()`` a call, and ``^`` no power.
    """
    if re.search(r"[\^:?<>=&|!~%]", text):
        return None
    ours = _PLATFORM_FORM.sub(lambda found: "ln(" if found[0].startswith("log") else "pi", text)
    try:
        parse(ours)
    except FormulaError:
        return None
    return ours.strip()
