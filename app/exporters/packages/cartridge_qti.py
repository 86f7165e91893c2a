"""Questions of a Common Cartridge 1.1: QTI 1.2.1 in the profile of the cartridge.

A test is an ``assessment`` with one section, the bank an ``objectbank``; every item names its ``cc_profile``. What the
profile has no place for (matching, numbers with a tolerance, single choice of two) stays out and is named; the Moodle
XML beside the cartridge holds it.
"""

from collections.abc import Iterator, Sequence

from app.exporters.packages.markup import element, html_in_xml, one_line, text_element
from app.formats.carrying import as_choice, carried_text, has_several, obstacles_of
from app.formats.problems import Problem
from app.model.tasks import AnswerKind, Question

NAMESPACE = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_FORMAT = "Common Cartridge"
_KINDS = frozenset(
    {AnswerKind.CHOICE_SINGLE, AnswerKind.CHOICE_MULTI, AnswerKind.BINARY, AnswerKind.SHORT_TEXT, AnswerKind.FREE_FORM}
)
_FEWEST_LABELS = 3
"""Options of a single choice that the profile asks for at least."""
_MAX_NAME_CHARS = 80
_RESPONSE = "R"
_HTML = {"texttype": "text/html"}


def obstacles(questions: Sequence[Question]) -> tuple[Problem, ...]:
    """Return why questions are not in the cartridge; `Problem.question` is the place in the sequence, from 1."""
    return tuple(
        Problem(code, question=number, params={"format": _FORMAT})
        for number, question in enumerate(questions, start=1)
        for code in _obstacles(question)
    )


def _obstacles(question: Question) -> Iterator[str]:
    codes = list(obstacles_of(question, _KINDS))
    yield from codes
    if not codes and _profile(question) == "multiple_choice" and len(question.options) < _FEWEST_LABELS:
        yield "kind_not_carried"


def assessment(ident: str, title: str, questions: Sequence[Question]) -> bytes:
    """Return a test as a file; every question must be one without `obstacles`, and there is at least one."""
    metadata = _metadata({"cc_profile": "cc.exam.v0p1", "qmd_assessmenttype": "Examination"})
    section = element("section", "".join(map(_item, questions)), {"ident": f"{ident}_S"})
    return _file(element("assessment", metadata + section, {"ident": ident, "title": one_line(title) or ident}))


def question_bank(ident: str, questions: Sequence[Question]) -> bytes:
    """Return the bank as a file, under the same conditions."""
    return _file(element("objectbank", "".join(map(_item, questions)), {"ident": ident}))


def _file(inner: str) -> bytes:
    root = element("questestinterop", f"\n{inner}\n", {"xmlns": NAMESPACE})
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root}\n'.encode()


def _metadata(fields: dict[str, str]) -> str:
    rows = (
        element("qtimetadatafield", text_element("fieldlabel", label) + text_element("fieldentry", entry))
        for label, entry in fields.items()
    )
    return element("qtimetadata", "".join(rows))


def _profile(question: Question) -> str:
    if as_choice(question):
        return "multiple_response" if has_several(question) else "multiple_choice"
    return {AnswerKind.BINARY: "true_false", AnswerKind.SHORT_TEXT: "fib"}.get(question.kind, "essay")


def _item(question: Question) -> str:
    profile = _profile(question)
    fields = {"cc_profile": f"cc.{profile}.v0p1"}
    if profile == "essay":
        fields["qmd_computerscored"] = "No"
    stem = carried_text(question.stem)
    presentation = _material(stem) + (_typed() if profile in ("fib", "essay") else _choice(question))
    parts = element("itemmetadata", _metadata(fields)) + element("presentation", presentation)
    if profile != "essay":
        parts += _scoring(question, profile)
    return "\n" + element("item", parts, {"ident": f"Q_{question.id}", "title": _name(stem)})


def _name(stem: str) -> str:
    line = one_line(stem)
    return line if len(line) <= _MAX_NAME_CHARS else f"{line[: _MAX_NAME_CHARS - 1]}…"


def _material(text: str) -> str:
    return element("material", html_in_xml("mattext", carried_text(text), _HTML))


def _choice(question: Question) -> str:
    labels = "".join(
        element("response_label", _material(text), {"ident": ident}) for ident, text in _labels(question).items()
    )
    choice = element("render_choice", labels, {"shuffle": "Yes"} if as_choice(question) else {})
    several = as_choice(question) and has_several(question)
    return element("response_lid", choice, {"ident": _RESPONSE, "rcardinality": "Multiple" if several else "Single"})


def _labels(question: Question) -> dict[str, str]:
    if not as_choice(question):  # the platform shows its own words for these two
        return {"true": "True", "false": "False"}
    return {f"O{place}": option for place, option in enumerate(question.options, start=1)}


def _typed() -> str:
    return element("response_str", element("render_fib"), {"ident": _RESPONSE, "rcardinality": "Single"})


def _scoring(question: Question, profile: str) -> str:
    declared = {"varname": "SCORE", "vartype": "Decimal", "minvalue": "0", "maxvalue": "100"}
    outcomes = element("outcomes", element("decvar", attributes=declared))
    right = element("setvar", "100", {"action": "Set", "varname": "SCORE"})
    condition = element("conditionvar", _condition(question, profile))
    return element("resprocessing", outcomes + element("respcondition", condition + right, {"continue": "No"}))


def _condition(question: Question, profile: str) -> str:
    if profile == "fib":
        return "".join(_equal(carried_text(answer), case="No") for answer in question.answers)
    idents = list(_labels(question))
    right = set(question.correct)
    if profile != "multiple_response":
        return "".join(_equal(idents[place]) for place in sorted(right))
    ticked = (_equal(ident) for place, ident in enumerate(idents) if place in right)
    left = (element("not", _equal(ident)) for place, ident in enumerate(idents) if place not in right)
    return element("and", "".join([*ticked, *left]))


def _equal(value: str, **attributes: str) -> str:
    return text_element("varequal", value, {"respident": _RESPONSE, **attributes})
