"""What every widget is given: texts in the user's language, the regulation, the colours."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.model.errors import StudioError
from app.model.finding import Finding
from app.model.regulation import Regulation
from app.model.texts import Lang, Texts
from app.ui.theme import Theme

if TYPE_CHECKING:
    from app.ui.memory import Arranged, Memory
    from app.ui.spelling import SpellingService

_FORM_ITEM = re.compile(r"F(?P<form>\d\d)\.(?P<item>\d.*)")
"""The id of a rule on an item of an official form."""


@dataclass(frozen=True)
class UiContext:
    """Passed to each widget when it is made; a new language or theme makes new widgets with a new context."""

    texts: Texts
    lang: Lang
    regulation: Regulation
    theme: Theme
    spelling: "SpellingService | None" = None
    memory: "Memory | None" = None

    def t(self, key: str, **values: object) -> str:
        """Return a text of the window, key without its leading ``ui.``."""
        return self.texts.get(f"ui.{key}", self.lang, **values)

    def says(self, key: str, official: str, **values: object) -> bool:
        """Tell whether a text is a translation of an official one: its Kazakh is that, to the letter."""
        return f"ui.{key}" in self.texts and self.texts.get(f"ui.{key}", Lang.KK, **values) == official

    def remember(self, widget: "Arranged", name: str) -> None:
        """Arrange panes or tabs as the user left them, and remember them from now on."""
        if self.memory is not None:
            self.memory.keep(widget, name)

    def finding_text(self, finding: Finding) -> str:
        """Return a finding as one sentence."""
        return self.regulation.text(finding, self.lang)

    def clause_name(self, rule_id: str) -> str:
        """Return what a person calls the clause behind a rule."""
        item = _FORM_ITEM.fullmatch(rule_id)
        if item is not None:
            return self.t("clause.of_form", form=item["form"], item=item["item"])
        if rule_id.startswith("DR"):
            return self.t("clause.derived", rule=rule_id)
        return self.t("clause.indicator") if rule_id.startswith("Q.") else self.t("clause.of", clause=rule_id)

    def rule_title(self, rule_id: str) -> str:
        """Return what a rule asks for, its numbers filled in."""
        return self.regulation.fill_constants(self.regulation.rule_texts[rule_id].title.pick(self.lang), self.lang)

    def rule_hint(self, rule_id: str) -> str:
        """Return how to keep a rule, its numbers filled in."""
        return self.regulation.fill_constants(self.regulation.rule_texts[rule_id].hint.pick(self.lang), self.lang)

    def cause(self, error: StudioError) -> str:
        """Return what happened, in the user's language."""
        return self.texts.get(f"errors.{error.code}.cause", self.lang, **error.params)

    def remedy(self, error: StudioError) -> str:
        """Return what the user can do about it."""
        return self.texts.get(f"errors.{error.code}.remedy", self.lang, **error.params)
