"""Latin letters for file names (decision 17): Kazakh as names are written, Russian as in passports."""

import re
import unicodedata

_LETTERS = dict(zip("абвгдезийклмнопрстуфыэіёәғқңөұүһ", "abvgdeziiklmnoprstufyeieagqnouuh", strict=True))
_LETTERS |= {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya", "ь": "", "ъ": ""}


def ascii_name(text: str, *, max_chars: int = 60) -> str:
    """Return a name of lower-case ASCII letters, digits and single hyphens; empty where nothing is left."""
    letters = "".join(_LETTERS.get(letter, letter) for letter in text.lower())
    plain = unicodedata.normalize("NFKD", letters).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return words[:max_chars].rstrip("-")
