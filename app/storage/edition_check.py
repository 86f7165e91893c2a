"""What a type cannot say of another edition: it holds what the program looks up in it, and its texts can be filled.

The shipped edition is the measure: the rules ask for its limits by name and fill its texts. Without this check a name
with a typing error would have no effect in silence, and a bound that a text prints would be missed only in that text.
"""

import re
from collections.abc import Iterator, Mapping

from app.model.regulation import Regulation
from app.model.texts import Trilingual, placeholders

_STATE = re.compile(r"S[0-9]{2}[abc]?")
_OF_EVERY_FINDING = frozenset({"measured", "required"})
Fault = tuple[str, str]
"""Place in the file and what is wrong there."""


def first_fault(edition: Regulation, shipped: Regulation) -> Fault | None:
    """Return the first fault of an edition that fits the model, None where there is none.

    Args:
        edition: the edition to look at.
        shipped: the one that the rules and forms of this program are written for.
    """
    for faults in (_names(edition, shipped), _values(edition), _texts(edition, shipped)):
        for fault in faults:
            return fault
    return None


def _names(edition: Regulation, shipped: Regulation) -> Iterator[Fault]:
    yield from _same("limits", edition.limits, shipped.limits)
    yield from _same("rule_texts", edition.rule_texts, shipped.rule_texts)
    for rule_id, texts in shipped.rule_texts.items():
        yield from _same(f"rule_texts.{rule_id}.messages", edition.rule_texts[rule_id].messages, texts.messages)
    yield from _same("forms", edition.forms, shipped.forms)
    for name, form in shipped.forms.items():
        own = edition.forms[name].labels
        # What stands on a line to fill in by hand is the edition's own matter.
        yield from _same(f"forms.{name}.labels", _without_blanks(own), _without_blanks(form.labels))


def _without_blanks(labels: Mapping[str, str]) -> dict[str, str]:
    return {key: label for key, label in labels.items() if ".blank." not in key}


def _same(place: str, own: Mapping[str, object], wanted: Mapping[str, object]) -> Iterator[Fault]:
    for name in sorted(wanted.keys() - own.keys()):
        yield f"{place}.{name}", "missing"
    for name in sorted(own.keys() - wanted.keys()):
        yield f"{place}.{name}", "unknown"


def _values(edition: Regulation) -> Iterator[Fault]:
    for name, limit in edition.limits.items():
        if limit.unit not in edition.units:
            yield f"limits.{name}.unit", limit.unit
    for rule_id, texts in edition.rule_texts.items():
        if not _STATE.fullmatch(texts.due):
            yield f"rule_texts.{rule_id}.due", texts.due
    if not _STATE.fullmatch(edition.settings.submission_state):
        yield "settings.submission_state", edition.settings.submission_state


def _texts(edition: Regulation, shipped: Regulation) -> Iterator[Fault]:
    """Yield placeholders for which the edition has no value: a limit without that bound, a parameter of no rule."""
    known = edition.constant_names
    for rule_id, texts in edition.rule_texts.items():
        place, model = f"rule_texts.{rule_id}", shipped.rule_texts[rule_id]
        yield from _unfilled(f"{place}.title", texts.title, known | _parameters(model.title))
        yield from _unfilled(f"{place}.hint", texts.hint, known | _parameters(model.hint))
        for key, message in texts.messages.items():
            values = known | _OF_EVERY_FINDING | _parameters(model.messages[key])
            yield from _unfilled(f"{place}.messages.{key}", message, values)
    for name, form in edition.forms.items():
        for key, label in form.labels.items():
            # A name without a dot is a place of the form: what has no value there is printed as a line.
            for missing in (found for found in placeholders(label) if "." in found and found not in known):
                yield f"forms.{name}.labels.{key}", f"{{{missing}}}"


def _parameters(text: Trilingual) -> set[str]:
    """Return the placeholders of a shipped text that its rule fills, limits and settings left out."""
    return {name for name in placeholders(text.en) if "." not in name}


def _unfilled(place: str, text: Trilingual, known: frozenset[str] | set[str]) -> Iterator[Fault]:
    for name in placeholders(text.en):
        if name not in known:
            yield place, f"{{{name}}}"
