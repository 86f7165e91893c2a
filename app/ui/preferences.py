"""What the window remembers between two starts: language, theme, recent courses, sizes."""

import locale
from pathlib import Path

import platformdirs
from PySide6.QtCore import QByteArray, QSettings

from app.model.texts import Lang
from app.ui.theme import ThemeChoice

_RECENT_MAX = 8


class Preferences:
    """A small settings file in the user's configuration folder.

    Attributes:
        personal_words: file of the personal spelling dictionary.
    """

    def __init__(self, folder: Path | None = None) -> None:
        base = folder or Path(platformdirs.user_config_dir("MOOC Studio", appauthor=False))
        self.personal_words = base / "personal-words.txt"
        self._settings = QSettings(str(base / "settings.ini"), QSettings.Format.IniFormat)

    @property
    def language(self) -> Lang:
        """The chosen language, the system's where none was chosen, English where the system's is another."""
        stored = str(self._settings.value("language", ""))
        return Lang(stored) if stored in set(Lang) else system_language()

    @language.setter
    def language(self, lang: Lang) -> None:
        self._settings.setValue("language", lang.value)

    @property
    def theme(self) -> ThemeChoice:
        """The chosen theme."""
        stored = str(self._settings.value("theme", ""))
        return ThemeChoice(stored) if stored in set(ThemeChoice) else ThemeChoice.SYSTEM

    @theme.setter
    def theme(self, theme: ThemeChoice) -> None:
        self._settings.setValue("theme", theme.value)

    @property
    def spelling(self) -> bool:
        """Whether spelling hints are wanted."""
        return str(self._settings.value("spelling", "true")).lower() != "false"

    @spelling.setter
    def spelling(self, wanted: bool) -> None:
        self._settings.setValue("spelling", "true" if wanted else "false")

    def recent(self) -> tuple[Path, ...]:
        """Return the recent course folders that still exist, newest first."""
        raw = self._settings.value("recent", [])
        paths = [raw] if isinstance(raw, str) else list(raw) if isinstance(raw, list | tuple) else []
        return tuple(Path(str(path)) for path in paths if path and Path(str(path)).is_dir())

    def remember(self, folder: Path) -> None:
        """Put a course folder on top of the recent ones."""
        others = [str(path) for path in self.recent() if path != folder]
        self._settings.setValue("recent", [str(folder), *others][:_RECENT_MAX])

    def bytes_of(self, key: str) -> QByteArray | None:
        """Return a remembered geometry or state."""
        value = self._settings.value(key)
        return value if isinstance(value, QByteArray) else None

    def store_bytes(self, key: str, value: QByteArray) -> None:
        """Remember a geometry or state."""
        self._settings.setValue(key, value)

    def number_of(self, key: str) -> int | None:
        """Return a remembered number; None where there is none."""
        text = str(self._settings.value(key, ""))
        return int(text) if text.isascii() and text.isdecimal() else None

    def store_number(self, key: str, value: int) -> None:
        """Remember a number."""
        self._settings.setValue(key, value)

    def sync(self) -> None:
        """Write everything to disk now."""
        self._settings.sync()


def system_language() -> Lang:
    """Return the language of the system where the program speaks it, English elsewhere."""
    name = (locale.getlocale()[0] or "").lower()
    for lang, starts in ((Lang.KK, ("kk", "kazakh")), (Lang.RU, ("ru",))):
        if name.startswith(starts):
            return lang
    return Lang.EN
