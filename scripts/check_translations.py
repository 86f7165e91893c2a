"""Fail on a text that is missing in one of the three languages, or whose translations differ in placeholders.

Loading is the check: every text of `resources/i18n` and of the regulation file is validated as `Trilingual`. On top of
that, a Kazakh text must not simply repeat the Russian or the English one, which is how a forgotten translation looks.
"""

import sys
from collections.abc import Iterator

from app.model.texts import Lang, Texts, Trilingual
from app.storage.regulation_file import load_regulation
from app.storage.texts_file import load_texts

_SAME_IN_ALL = 24
"""Texts up to this many characters may be the same in two languages: names, units, «Модуль», «PDF»."""


def trilinguals() -> Iterator[tuple[str, Trilingual]]:
    """Yield every text of the regulation with a name to report it by."""
    regulation = load_regulation()
    for unit, text in regulation.units.items():
        yield f"units.{unit}", text
    for rule_id, texts in regulation.rule_texts.items():
        yield f"{rule_id}.title", texts.title
        yield f"{rule_id}.hint", texts.hint
        for key, message in texts.messages.items():
            yield f"{rule_id}.{key}", message


def untranslated(name: str, text: Trilingual) -> Iterator[str]:
    """Yield a complaint for each pair of languages that share one longer text."""
    for one, other in ((Lang.KK, Lang.RU), (Lang.KK, Lang.EN), (Lang.RU, Lang.EN)):
        if text.pick(one) == text.pick(other) and len(text.pick(one)) > _SAME_IN_ALL:
            yield f"{name}: {one} and {other} are the same text: {text.pick(one)[:60]!r}"


def errors_without_text(texts: Texts) -> Iterator[str]:
    """Yield the error texts that have a cause and no remedy, or the other way round."""
    keys = texts.keys()
    for key in sorted(keys):
        if key.startswith("errors."):
            stem, _, part = key.rpartition(".")
            other = {"cause": "remedy", "remedy": "cause"}.get(part)
            if other is None or f"{stem}.{other}" not in keys:
                yield f"{key}: an error has both a cause and a remedy"


def main() -> int:
    """Print the complaints; 0 when there are none."""
    texts = load_texts()
    named = [*trilinguals(), *((key, texts.entry(key)) for key in sorted(texts.keys()))]
    complaints = [line for name, text in named for line in untranslated(name, text)]
    complaints += errors_without_text(texts)
    print("\n".join(complaints) or f"{len(named)} texts in kk, ru and en")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
