"""A spin box that writes numbers as the user's language does, and takes comma and point alike."""

from PySide6.QtCore import QLocale
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDoubleSpinBox

from app.model.texts import Lang, with_decimal_sign


class DecimalSpin(QDoubleSpinBox):
    """A number with the decimal sign of a language; the other sign is taken for it as it is typed."""

    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self._sign = with_decimal_sign(".", lang)
        self.setLocale(QLocale(lang.value))

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Judge what is typed, the decimal sign put right."""
        nothing = self.specialValueText()
        if nothing and text != nothing and nothing in text:  # typed before or behind the sign that stands for no number
            text, position = text.replace(nothing, ""), len(text) - len(nothing)
        return super().validate(self._put_right(text), position)

    def valueFromText(self, text: str) -> float:
        """Return the number of a text."""
        return super().valueFromText(self._put_right(text))

    def textFromValue(self, number: float) -> str:
        """Return a number as people write it: without zeros behind the last decimal."""
        text = super().textFromValue(number)
        return text.rstrip("0").removesuffix(self._sign) if self._sign in text else text

    def _put_right(self, text: str) -> str:
        number = text.removeprefix(self.prefix()).removesuffix(self.suffix())
        return text.replace(number, number.replace("," if self._sign == "." else ".", self._sign), 1)
