"""Options that speak of the other options, in the three languages: "all of the above", "A and B", "no right answer"."""

import re

_LABEL = "[A-EА-Е]"
_KAZAKH = (
    r"жоғары\w* (?:аталған\w*|көрсетілген\w*|айтылған\w*)?\s?(?:жауаптардың |нұсқалардың )?(?:барлығы|бәрі|ешқайсысы)",
    r"жоғарыда\w*ның (?:барлығы|бәрі|ешқайсысы)",
    r"(?:аталған|берілген|көрсетілген)\w* (?:жауаптардың |нұсқалардың )?(?:барлығы|бәрі|ешқайсысы)",
    r"(?:барлық|бар) (?:жауап|нұсқа)\w*(?: да)? дұрыс",
    r"(?:барлығы|бәрі|екеуі|үшеуі)(?: да| де)? (?:дұрыс|бірдей)",
    r"(?:жауаптардың|нұсқалардың) (?:барлығы|бәрі|ешқайсысы)",
    r"дұрыс (?:жауап|жауабы|нұсқа) (?:жоқ|берілмеген)",
    rf"\b{_LABEL} (?:және|мен) {_LABEL}\b",
)
_RUSSIAN = (
    r"(?:все|всё) (?:выше)?(?:перечисленн|указанн|названн)\w+",
    r"(?:все|оба) (?:ответы|ответа|варианты|варианта)(?: ответов| ответа)? (?:верн|правильн)\w+",
    r"(?:все|всё) (?:верно|правильно)",
    r"нет (?:правильного|верного) (?:ответа|варианта)",
    r"(?:правильного|верного) (?:ответа|варианта) нет",
    r"ни один из (?:(?:выше)?перечисленных|вариантов|ответов)",
    r"ничего из (?:выше)?перечисленного",
    rf"\b{_LABEL} и {_LABEL}\b",
)
_ENGLISH = (
    r"(?:all|none|both|any|neither)(?: of)? (?:the )?(?:above|these|those|options|answers)",
    rf"both {_LABEL} and {_LABEL}\b",
    rf"^{_LABEL} and {_LABEL}\b",
    r"no (?:right|correct) answer",
)
_WHOLE = re.compile("|".join((*_KAZAKH, *_RUSSIAN, *_ENGLISH)), re.IGNORECASE)
_HINT = re.compile(
    "барлы|бәрі|ешқайсысы|екеуі|үшеуі|дұрыс| және | мен |перечисл|указан|назван|верн|правильн|ни один| и "
    "|above|all |none|both|any |neither|answer| and "
)
"""One of these stands in every phrase; looking for them first is ten times faster."""
_MAX_CHARS = 60
"""A longer option is a sentence of the subject, not a reference to the others."""


_LETTERS = re.compile(
    rf"\b{_LABEL}(?:\s*,\s*{_LABEL})*\s*(?:және|мен|и|and|,|or|или|немесе|не)\s*{_LABEL}\b|^{_LABEL}(?:\s*,\s*{_LABEL})+$"
    rf"|\b(?:option|answer|вариант|ответ|жауап|нұсқа)\w*\s+{_LABEL}\b"
)


def names_letters(option: str) -> bool:
    """Tell whether an option names others by their letters ("A and C"), so that none of them may move."""
    return len(option) <= _MAX_CHARS and _LETTERS.search(option) is not None


def speaks_of_options(option: str) -> bool:
    """Tell whether an option makes sense only beside the others, so that it must not be shuffled."""
    if len(option) > _MAX_CHARS:
        return False
    return _HINT.search(option.lower()) is not None and _WHOLE.search(option) is not None
