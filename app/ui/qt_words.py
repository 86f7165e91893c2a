"""Qt's own menus and dialogs in the user's language: by Qt's translators, and by us where they have left a text out."""

from typing import Any

from PySide6.QtCore import QLibraryInfo, QObject, QTranslator
from PySide6.QtWidgets import QApplication

from app.model.texts import Lang, Texts

_PREFIX = "qt."


class _LeftOut(QTranslator):
    """Knows the texts ``qt.<context>.<name>`` by their English, which is Qt's source text."""

    def __init__(self, texts: Texts, parent: QObject) -> None:
        super().__init__(parent)
        keys = [key for key in sorted(texts.keys()) if key.startswith(_PREFIX)]
        entries = [(key.split(".")[1], texts.entry(key)) for key in keys]
        self._entries = {(context, entry.en): entry for context, entry in entries}
        self.lang = Lang.EN

    def isEmpty(self) -> bool:
        """Say that there is something to look up, though no file was loaded."""
        return False

    def translate(  # an empty text would be one: only None lets another translator be asked
        self, context: str, source: str, /, disambiguation: str | None = None, n: int = -1
    ) -> Any:  # noqa: ANN401 - Qt's null string is None here, which its stubs do not know
        """Return a text, None where there is none of ours."""
        del disambiguation, n
        entry = self._entries.get((context, source))
        return None if entry is None else entry.pick(self.lang)


class QtWords:
    """What Qt says by itself, in one language at a time.

    Args:
        texts: all texts.
        owner: the translators live as long as it does.
    """

    def __init__(self, texts: Texts, owner: QObject) -> None:
        self._left_out = _LeftOut(texts, owner)
        self._of_qt = QTranslator(owner)

    def speak(self, app: QApplication, lang: Lang) -> None:
        """Change the language; what was translated last is asked first."""
        for translator in (self._of_qt, self._left_out):
            app.removeTranslator(translator)
        if self._of_qt.load(f"qtbase_{lang}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            app.installTranslator(self._of_qt)
        self._left_out.lang = lang
        app.installTranslator(self._left_out)
