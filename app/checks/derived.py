"""Rules (being written)."""

from app.checks.context import Rule

RULES: tuple[Rule, ...] = ()
