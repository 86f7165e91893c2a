"""Sources from their fields in the short form of GOST 7.1 and 7.0.100 that Kazakh universities ask for, in order."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.model.course import Course
from app.model.teaching import Reference
from app.model.texts import Lang, Texts

_MOST_IN_HEADING = 3
"""GOST 7.1: up to three authors stand before the title, with four and more the title comes first."""
_KAZAKH = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
_ORDER = {letter: number for number, letter in enumerate(_KAZAKH)}
_INITIALS = re.compile(r"(?:[^\W\d_]\.\s*-?\s*){1,3}")


class SourceKind(StrEnum):
    """What a source is; its description differs by kind."""

    BOOK = "book"
    ARTICLE = "article"
    CHAPTER = "chapter"
    LAW = "law"
    WEB = "web"


@dataclass(frozen=True, slots=True)
class SourceFields:
    """Fields of a source, all of them free to be empty.

    Attributes:
        authors: one name each, family name first: full or with initials.
        remainder: what kind of book it is or the subtitle: «оқулық».
        container: journal of an article, book of a chapter, site of a page.
        pages: number of pages of a book (320), span of an article (45-52).
        accessed_on: when a page was looked at.
    """

    kind: SourceKind = SourceKind.BOOK
    authors: tuple[str, ...] = ()
    title: str = ""
    remainder: str = ""
    container: str = ""
    city: str = ""
    publisher: str = ""
    year: int | None = None
    volume: str = ""
    number: str = ""
    pages: str = ""
    url: str = ""
    doi: str = ""
    accessed_on: date | None = None


def citation(source: SourceFields, texts: Texts, lang: Lang) -> str:
    """Return the description of a source; what is empty leaves no sign behind.

    Args:
        source: the fields.
        texts: all texts of the program, for «б.», «[Электрондық ресурс]» and the like.
        lang: language of the source.
    """
    names = [short_name(name) for name in source.authors if name.strip()]
    heading = ", ".join(names) if len(names) <= _MOST_IN_HEADING else ""
    title = source.title.strip().rstrip(".")
    if source.remainder.strip():
        title = f"{title}: {source.remainder.strip().rstrip('.')}"
    if source.kind is SourceKind.WEB:
        title = f"{title} [{texts.get('citation.electronic', lang)}]"
    if len(names) > _MOST_IN_HEADING:
        others = texts.get("citation.others", lang)
        title = f"{title} / {', '.join(_initials_first(name) for name in names[:_MOST_IN_HEADING])} [{others}]"
    if source.container.strip() and source.kind is not SourceKind.LAW:
        title = f"{title} // {source.container.strip().rstrip('.')}"
    parts = [f"{heading} {title}".strip(), *_imprint(source), *_extent(source, texts, lang)]
    if source.doi.strip():
        parts.append(f"DOI: {source.doi.strip().removeprefix('https://doi.org/').removeprefix('doi:').strip()}")
    if source.url.strip():
        seen = source.accessed_on
        when = f" ({texts.get('citation.accessed', lang, date=f'{seen:%d.%m.%Y}')})" if seen else ""
        parts.append(f"URL: {source.url.strip()}{when}")
    text = ". – ".join(part.strip().rstrip(".") for part in parts if part.strip())
    return f"{text}." if text else ""


def _imprint(source: SourceFields) -> list[str]:
    """Return place, publisher and year as they stand together."""
    city, publisher, year = source.city.strip(), source.publisher.strip(), str(source.year or "")
    if source.kind is SourceKind.ARTICLE:
        return [year]
    place = f"{city}: {publisher}" if city and publisher else city or publisher
    return [", ".join(part for part in (place, year) if part)]


def _extent(source: SourceFields, texts: Texts, lang: Lang) -> list[str]:
    """Return volume, number and pages."""
    parts = []
    if source.volume.strip():
        parts.append(texts.get("citation.volume", lang, n=source.volume.strip()))
    if source.number.strip():
        parts.append(texts.get("citation.number", lang, n=source.number.strip()))
    pages = re.sub(r"\s*[-–—]\s*", "–", source.pages.strip())
    if pages:
        key = "citation.page_count" if pages.isdigit() and source.kind is SourceKind.BOOK else "citation.pages"
        parts.append(texts.get(key, lang, n=pages))
    return parts


def short_name(name: str) -> str:
    """Return a name as a heading has it: family name, initials without a blank between."""
    words = name.replace(",", " ").split()
    if len(words) < 2:
        return name.strip()
    rest = " ".join(words[1:])
    if _INITIALS.fullmatch(f"{rest} ".strip()):
        return f"{words[0]} {rest.replace(' ', '')}"
    return f"{words[0]} {''.join(f'{word[0].upper()}.' for word in words[1:])}"


def _initials_first(name: str) -> str:
    family, _, initials = name.partition(" ")
    return f"{initials} {family}".strip()


def ordered_references(course: Course) -> Course:
    """Return the course with its literature in order: laws, then Cyrillic by the Kazakh alphabet, then Latin."""
    ordered = tuple(sorted(course.references, key=_place))
    return course if ordered == course.references else course.model_copy(update={"references": ordered})


_LAW = re.compile(
    r"қазақстан республикасы|ққ?р\s+(?:кодекс|заң)|закон\b|кодекс|ср рк|гост|приказ|бұйрық|қаулы|стандарт|постановлен",
    re.IGNORECASE,
)


def _place(reference: Reference) -> tuple[int, list[tuple[int, int]]]:
    letters = [letter for letter in reference.citation.casefold() if letter.isalnum()]
    first = letters[0] if letters else ""
    group = 1 if first in _ORDER else 2 if letters else 3
    if _LAW.match(reference.citation.strip()):
        group = 0
    return group, [(_ORDER.get(letter, 100), ord(letter)) for letter in letters[:80]]
