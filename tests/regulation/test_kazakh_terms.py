"""The Kazakh texts use the regulation's terms and one word for one thing."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

RESOURCES = Path(__file__).parents[2] / "resources"
TEXTS = [*sorted((RESOURCES / "i18n").glob("*.toml")), *sorted((RESOURCES / "regulation").glob("*/rules/*.toml"))]

TERMS = {
    "дискреттеу": "дискретизация (9.2.1)",
    "(?<!ң )тереңдігі(?= [–{]|$)": "түстің тереңдігі (9.1.1)",
    "битрейт": "деректер ағымы (9.1.3)",
    "суфлёр|телепромптер": "телепромтер (F07.3.4)",
    "бейнедәріс": "бейне дәріс (8.7)",
    "монтаждаушы": "монтажер (F07.4.8)",
    "регламент(тің|ке|те|ті)? ": "ереже",
    r"\bбалл": "ұпай (F10)",
    "қалта": "бума",
    "кодировка": "кодтау",
    "рекордер": "дыбыс жазғыш",
    "аккаунт": "тіркелгі",
    "сессия": "түсірілім",
}
"""What must not be said, as a pattern, and what is said instead, with the place in the regulation where it has one."""


def kazakh(node: dict[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for key, value in node.items():
        if key == "kk" and isinstance(value, str):
            yield path, value
        elif isinstance(value, dict):
            yield from kazakh(value, f"{path}.{key}")


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.stem)
def test_one_word_for_one_thing(file: Path) -> None:
    texts = list(kazakh(tomllib.loads(file.read_text(encoding="utf-8"))))
    wrong = [
        f"{path}: {text!r} – {said}"
        for path, text in texts
        for pattern, said in TERMS.items()
        if re.search(pattern, text, re.IGNORECASE)
    ]
    assert not wrong, "\n".join(wrong)
