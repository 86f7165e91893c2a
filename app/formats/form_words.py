"""Words of the forms read back: lists, tasks, authors, dates, in any of the three languages."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.model.tasks import TaskKind
from app.model.texts import Lang, Texts

_BLANK = re.compile(r"[_\s\u2026.]*")
_TAB_NUMBER = re.compile(r"\d+(?:\.\d+)*[.)]?\t\s*")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*[.)]\s+")
_BULLET = re.compile(r"(?:[•·▪◦●‣∙\uf0b7\uf02d]\s*|[-–—*]\s+)")
_DATE = re.compile(r"(?<!\d)(\d{1,2})[.\-/](\d{1,2})[.\-/](\d{4})(?!\d)")
_COUNT = re.compile(r"(?<![\d.,])(\d{1,4})(?![\d.,]*\s*%)")
_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*%")
_DAYS = re.compile(r"(\d{1,3})\s*(?:күн|дн|day)|(?:күн|дн\w*|days?)\D{0,4}(\d{1,3})", re.IGNORECASE)
_PEER = re.compile(r"өзара|взаимн|peer", re.IGNORECASE)


def value_of(text: str) -> str:
    """Return a printed value: ends trimmed, nothing where a line to write on stands."""
    line = text.strip()
    return "" if _BLANK.fullmatch(line) else line.rstrip("\t").strip()


def item_text(text: str, *, listed: bool) -> str:
    """Return an item of a list without its number or bullet.

    Args:
        text: the line.
        listed: Word counts the list itself, so that a number in the text is the author's own.
    """
    line = text.strip()
    if match := _TAB_NUMBER.match(line):
        return value_of(line[match.end() :])
    for pattern in () if listed else (_NUMBER, _BULLET):
        if match := pattern.match(line):
            line = line[match.end() :]
            break
    return value_of(line)


def date_in(text: str) -> date | None:
    """Return the first day written in figures, None where there is none that the calendar has."""
    for match in _DATE.finditer(text):
        day, month, year = map(int, match.groups())
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return None


@dataclass(frozen=True, slots=True)
class ReadTask:
    """A task as a cell of form 02 names it.

    Attributes:
        line: the printed line.
        weight_pct: None where none is printed.
    """

    line: str
    kind: TaskKind
    peer: bool
    count: int | None
    weight_pct: float | None
    deadline: date | None
    deadline_days: int | None


@dataclass(frozen=True, slots=True)
class ReadAuthor:
    """An author's line; the fields are a reading of it, as commas may stand inside a value too."""

    line: str
    full_name: str
    workplace: str = ""
    position: str = ""
    degree: str = ""
    no_degree: bool = False
    title: str = ""
    no_title: bool = False
    email: str = ""


class FormWords:
    """Our own words of the generated documents, read the other way."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._kinds = sorted(
            ((word, kind) for kind in TaskKind for word in self.all(f"task_kind.{kind.value}")),
            key=lambda pair: -len(pair[0]),
        )

    def all(self, key: str) -> frozenset[str]:
        """Return a text of the documents in all languages, in small letters."""
        return frozenset(self._texts.get(f"forms.{key}", lang).casefold() for lang in Lang)

    def is_said(self, line: str, key: str) -> bool:
        """Tell whether a line says just one of our texts."""
        return line.strip().rstrip(".").casefold() in self.all(key)

    def counts(self, line: str, key: str) -> bool:
        """Tell whether a line says one of our texts with a number in it, in figures."""
        text = " ".join(line.split()).rstrip(".;").casefold()
        parts = (text_of.split("{n}") for text_of in self._counting(key))
        return any(
            text.startswith(before) and text.endswith(after) and text[len(before) : len(text) - len(after)].isdecimal()
            for before, after in parts
        )

    def _counting(self, key: str) -> list[str]:
        return [self._texts.entry(f"forms.{key}").pick(lang).casefold() for lang in Lang]

    def named(self, line: str, names: Iterable[str]) -> tuple[str, str] | None:
        """Return which of some names a line begins with and what follows it; the names end in a colon."""
        folded = line.strip().casefold()
        for name in names:
            for word in self.all(name):
                if folded.startswith(word):
                    return name, value_of(line.strip()[len(word) :])
        return None

    def task(self, line: str) -> ReadTask | None:
        """Return the task that a line names, None where it names none."""
        folded = line.strip().casefold()
        kind = next((kind for word, kind in self._kinds if folded.startswith(word)), None)
        if kind is None:
            kind = next((kind for word, kind in self._kinds if word.split("(")[0].strip() in folded), None)
        if kind is None:
            return None
        head, _, rest = line.partition(",")
        count = _COUNT.search(head.split("–")[-1] if "–" in head else head)
        weight = _PERCENT.search(rest) or _PERCENT.search(line)
        day = date_in(rest)
        days = None if day else _DAYS.search(rest)
        return ReadTask(
            line.strip(),
            kind,
            bool(_PEER.search(head)),
            int(count[1]) if count else None,
            float(weight[1].replace(",", ".")) if weight else None,
            day,
            int(days[1] or days[2]) if days else None,
        )

    def author_of_form_01(self, line: str) -> ReadAuthor:
        """Read name, place of work, position, degree, title; a comma inside belongs to the place of work."""
        parts = [part.strip() for part in line.split(",")]
        name, rest = parts[0], parts[1:]
        title = rest.pop() if len(rest) >= 4 else ""
        degree = rest.pop() if len(rest) >= 3 else ""
        position = rest.pop() if len(rest) >= 2 else ""
        return self._author(line, name, ", ".join(rest), position, degree, title, "")

    def author_of_form_02(self, line: str) -> ReadAuthor:
        """Read name – degree, title, position, e-mail."""
        name, _, rest = _dash_parted(line)
        parts = [part.strip() for part in rest.split(",") if part.strip()]
        email = next((part for part in parts if "@" in part), "")
        parts = [part for part in parts if (part != email and value_of(part)) or part == "_____"]
        if len(parts) > 3:
            parts = [parts[0], parts[1], ", ".join(parts[2:])]
        degree, title, position = [*parts, "", "", ""][:3] if len(parts) != 1 else ["", "", parts[0]]
        return self._author(line, name, "", position, degree, title, email)

    def _author(
        self, line: str, name: str, workplace: str, position: str, degree: str, title: str, email: str
    ) -> ReadAuthor:
        no_degree, no_title = self.is_said(degree, "no_degree"), self.is_said(title, "no_title")
        return ReadAuthor(
            line.strip(),
            value_of(name),
            value_of(workplace),
            value_of(position),
            "" if no_degree else value_of(degree),
            no_degree,
            "" if no_title else value_of(title),
            no_title,
            value_of(email),
        )


def _dash_parted(line: str) -> tuple[str, str, str]:
    for dash in (" – ", " — ", " - ", "–", "—"):
        if dash in line:
            return line.partition(dash)
    return line.partition(",")
