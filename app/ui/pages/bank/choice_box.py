"""A combo box over values of any type."""

from collections.abc import Sequence

from app.ui.widgets import QuietComboBox

Choices = Sequence[tuple[object, str]]
_WIDEST_LIST = 560


class ChoiceBox(QuietComboBox):
    """Offers values by their texts; Qt would turn enumerations into plain texts, so the values stay beside it."""

    def __init__(self, name: str, choices: Choices = ()) -> None:
        super().__init__()
        self._values: list[object] = []
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.offer(choices)

    @property
    def value(self) -> object:
        """The chosen value; None where nothing is offered."""
        return self._values[self.currentIndex()] if self.currentIndex() >= 0 else None

    def offer(self, choices: Choices) -> bool:
        """Offer other values; what was chosen stays chosen where it still is one. Return whether it does."""
        chosen = self.value
        self._values = [value for value, _ in choices]
        blocked = self.blockSignals(True)
        self.clear()
        self.addItems([text for _, text in choices])
        stays = chosen in self._values
        self.setCurrentIndex(self._values.index(chosen) if stays else 0)
        self.blockSignals(blocked)
        longest = max((self.fontMetrics().horizontalAdvance(text) for _, text in choices), default=0)
        self.view().setMinimumWidth(min(longest + 40, _WIDEST_LIST))
        return stays

    def choose(self, value: object) -> None:
        """Choose a value that is offered."""
        self.setCurrentIndex(self._values.index(value))
