"""Texts in the three languages of the program. A text is data; this module only fills and picks."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Self

from pydantic import model_validator

from app.model.base import Model


class Lang(StrEnum):
    """The languages of the program."""

    KK = "kk"
    RU = "ru"
    EN = "en"


class Trilingual(Model):
    """One text in all three languages; the three use the same placeholders."""

    kk: str
    ru: str
    en: str

    @model_validator(mode="after")
    def _complete(self) -> Self:
        texts = (self.kk, self.ru, self.en)
        if not all(text.strip() for text in texts):
            raise ValueError("a translation is empty")
        if len({frozenset(placeholders(text)) for text in texts}) != 1:
            raise ValueError(f"the translations use different placeholders: {self.en!r}")
        return self

    def pick(self, lang: Lang) -> str:
        """Return the text in one language."""
        return {Lang.KK: self.kk, Lang.RU: self.ru, Lang.EN: self.en}[lang]


_PLACEHOLDER = re.compile(r"\{([A-Za-z_][A-Za-z0-9_.]*)\}")


def placeholders(template: str) -> list[str]:
    """Return the names of the ``{name}`` placeholders in order."""
    return _PLACEHOLDER.findall(template)


def fill(template: str, values: Mapping[str, object]) -> str:
    """Replace each ``{name}`` once by its value; values are never read as templates themselves.

    Raises:
        KeyError: a placeholder has no value.
    """
    return _PLACEHOLDER.sub(lambda match: str(values[match[1]]), template)


def with_decimal_sign(number: str, lang: Lang) -> str:
    """Return a number as its readers write it: with a decimal comma in Kazakh and Russian, a point in English."""
    return number if lang is Lang.EN else number.replace(".", ",")


def megabytes_text(size_bytes: int, lang: Lang) -> str:
    """Return the size of a file in megabytes (10^6 bytes), one decimal, without the unit."""
    return with_decimal_sign(f"{size_bytes / 1e6:.1f}", lang)


class Texts:
    """All texts that live outside the window and the regulation, by key."""

    def __init__(self, entries: Mapping[str, Trilingual]) -> None:
        self._entries = dict(entries)

    def get(self, key: str, lang: Lang, **values: object) -> str:
        """Return the filled text; a value that is no whole number gets the decimal sign of the language.

        Raises:
            KeyError: there is no such text or a placeholder has no value.
        """
        written = {
            name: with_decimal_sign(str(value), lang) if isinstance(value, float) else value
            for name, value in values.items()
        }
        return fill(self._entries[key].pick(lang), written)

    def entry(self, key: str) -> Trilingual:
        """Return a text in all three languages.

        Raises:
            KeyError: there is no such text.
        """
        return self._entries[key]

    def __contains__(self, key: object) -> bool:
        """Tell whether there is a text of a key."""
        return key in self._entries

    def keys(self) -> frozenset[str]:
        """Return all keys."""
        return frozenset(self._entries)
