"""A number of any size, typed as people type it."""

from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from app.model.texts import Lang, with_decimal_sign
from app.ui.text_field import FieldMenu
from app.ui.widgets import set_role


class NumberEdit(QLineEdit):
    """A line for a decimal number, with a comma or a full stop.

    Signals:
        typed: the number, whenever the text is one.
    """

    typed = Signal(float)

    def __init__(self, name: str, lang: Lang, *, read_only: bool) -> None:
        super().__init__()
        self._lang = lang
        self.setAccessibleName(name)
        self.setReadOnly(read_only)
        FieldMenu(self)
        self.textEdited.connect(self._edited)

    def show_value(self, value: float) -> None:
        """Show a number unless the text says it already."""
        if self._number() != value:
            self.setText(with_decimal_sign(format(Decimal(repr(value)).normalize(), "f"), self._lang))
            set_role(self, "fault", "")

    def _edited(self) -> None:
        number = self._number()
        set_role(self, "fault", "fail" if number is None else "")
        if number is not None:
            self.typed.emit(number)

    def _number(self) -> float | None:
        try:
            number = Decimal(self.text().strip().replace(",", ".").replace("−", "-"))
        except InvalidOperation:
            return None
        return float(number) if number.is_finite() else None
