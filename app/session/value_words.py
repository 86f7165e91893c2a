"""A value of the course in a few words, for previews."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import Enum

from app.model.base import Model
from app.model.texts import Lang, Texts, with_decimal_sign

_SPEAKING = ("title", "text", "term", "stem", "citation", "full_name", "topic", "name", "path", "number", "reason")
"""Fields by which an element is recognised, the most telling first."""

_ID_ENDINGS = ("id", "_ids")
"""Fields that name other elements by what no person reads."""


def value_words(value: object, texts: Texts, lang: Lang) -> str:
    """Return a value as a person reads it; a dash where there is none.

    Args:
        value: of any field of the course, or an element.
        texts: all texts of the program.
        lang: the user's language.
    """
    words = _words(value, texts, lang)
    return words if words.strip() else "—"


def _words(value: object, texts: Texts, lang: Lang) -> str:
    if isinstance(value, bool):
        return texts.get("ui.choice.yes" if value else "ui.choice.no", lang)
    if isinstance(value, Enum):
        return texts.get(_key(value), lang) if _key(value) in texts else str(value.value)
    if isinstance(value, datetime):
        return f"{value:%d.%m.%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, float):
        return with_decimal_sign(f"{value:g}", lang)
    if isinstance(value, Model):
        return _element(value, texts, lang)
    if isinstance(value, dict):
        return _joined(value.values(), texts, lang)
    if isinstance(value, tuple):
        return _joined(value, texts, lang)
    return "" if value is None else str(value)


def _key(value: Enum) -> str:
    return f"ui.choice.{type(value).__name__}.{value.value}"


def _element(value: Model, texts: Texts, lang: Lang) -> str:
    for name in _SPEAKING:
        spoken = getattr(value, name, None)
        if isinstance(spoken, str) and spoken:
            return spoken
    rest = (getattr(value, name) for name in type(value).model_fields if not name.endswith(_ID_ENDINGS))
    return _joined((one for one in rest if not isinstance(one, Enum) or _key(one) in texts), texts, lang)


def _joined(values: Iterable[object], texts: Texts, lang: Lang) -> str:
    return "; ".join(words for value in values if (words := _words(value, texts, lang)).strip())
