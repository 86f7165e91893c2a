"""All rules of the program, listed by hand so that nothing is in force by accident of an import."""

from functools import cache

from app.checks import (
    attached_forms,
    derived,
    derived_dates,
    form_01,
    form_02,
    form_05,
    form_06,
    form_07,
    form_08,
    indicators,
    indicators_content,
    indicators_picture,
    indicators_slides,
    indicators_sound,
    materials,
    recording_durations,
    section_7,
    section_8,
    section_9,
    section_9_attested,
    section_10,
    section_11,
    section_12,
    section_14,
)
from app.checks.context import Rule
from app.checks.recording import over_recordings


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule in the order of the regulation."""
    return (
        *attached_forms.RULES_OF_FRONT_MATTER,
        *section_7.RULES,
        *section_8.RULES,
        *map(over_recordings, section_9.RULES),
        *section_9_attested.RULES,
        *indicators_content.COURSE_RULES,
        *materials.RULES,
        *section_10.RULES,
        *section_11.RULES,
        *section_12.RULES,
        *materials.RULES_OF_SECTION_13,
        *section_14.RULES,
        *form_01.RULES,
        *form_02.RULES,
        *attached_forms.RULES_OF_FORMS,
        *form_05.RULES,
        *form_06.RULES,
        *form_07.RULES,
        *form_08.RULES,
        over_recordings(recording_durations.closing_length),
        *derived.RULES,
        *derived_dates.RULES,
        *attached_forms.RULES_DERIVED,
        *indicators_slides.RULES,
        *map(over_recordings, indicators.RULES),
        *map(over_recordings, indicators_picture.RULES),
        *map(over_recordings, indicators_content.RULES),
        *map(over_recordings, indicators_sound.RULES),
    )
