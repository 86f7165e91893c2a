"""Reading the program's messages back: which error is explained, and with both cause and remedy."""

import re

from app.model.texts import Lang, placeholders
from app.storage.texts_file import load_texts


def code_of(told: str, lang: str) -> str:
    """Return the code of the one error that a text explains: its cause, its remedy and not a word more.

    Raises:
        AssertionError: the text is anything else, a second message or a traceback for instance.
    """
    codes = {key.split(".")[1] for key in sorted(load_texts().keys()) if key.startswith("errors.")}
    fitting = [code for code in sorted(codes) if re.fullmatch(_pattern(code, Lang(lang)), told, re.DOTALL)]
    assert fitting, told
    # A cause that is nothing but a placeholder would fit everything: the longest pattern is the one that was printed.
    return max(fitting, key=lambda code: len(_pattern(code, Lang(lang))))


def _pattern(code: str, lang: Lang) -> str:
    lines = (load_texts().entry(f"errors.{code}.{part}").pick(lang) for part in ("cause", "remedy"))
    return "".join(f"{_fillable(line)}\n" for line in lines)


def _fillable(template: str) -> str:
    pattern = re.escape(template)
    for name in placeholders(template):
        pattern = pattern.replace(re.escape("{" + name + "}"), r"[^\n]*")
    return pattern
