"""All rules of the program, listed by hand so that nothing is in force by accident of an import."""

from functools import cache

from app.checks import (
    derived,
    form_01,
    form_02,
    form_05,
    form_06,
    form_08,
    indicators,
    recording_durations,
    section_11,
    section_7,
    section_8,
    section_9,
)
from app.checks.context import Rule
from app.checks.recording import over_recordings


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule in the order of the regulation."""
    return (
        *section_7.RULES,
        *section_8.RULES,
        *map(over_recordings, section_9.RULES),
        *section_11.RULES,
        *form_01.RULES,
        *form_02.RULES,
        *form_05.RULES,
        *form_06.RULES,
        *form_08.RULES,
        over_recordings(recording_durations.closing_length),
        *derived.RULES,
        *map(over_recordings, indicators.RULES),
    )
