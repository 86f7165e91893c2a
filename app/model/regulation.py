"""The regulation as data: edition, limits, settings, texts of rules, labels of forms."""

import re
from datetime import date
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from app.model.base import Model
from app.model.finding import Finding, Severity
from app.model.texts import Lang, Trilingual, fill, placeholders, with_decimal_sign

Number = int | float
BLANK = "_____"
"""How the forms print a place that is filled in by hand."""


class Edition(Model):
    """Which edition of the regulation this is (FM.1)."""

    code: str
    effective_date: date
    replaces: str = ""
    owner: str = ""
    mailbox: str


class Limit(Model):
    """A span of allowed numbers; ``min`` and ``max`` belong to it, ``min_exclusive`` does not."""

    model_config = ConfigDict(strict=True, allow_inf_nan=False)

    min: Number | None = None
    max: Number | None = None
    min_exclusive: Number | None = None
    unit: str
    clause: str

    @model_validator(mode="after")
    def _sane(self) -> Self:
        if self.min is None and self.max is None and self.min_exclusive is None:
            raise ValueError("a limit needs min, max or min_exclusive")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("min is above max")
        if self.min_exclusive is not None and self.max is not None and self.min_exclusive >= self.max:
            raise ValueError("min_exclusive is not below max")
        return self

    def accepts(self, value: Number) -> bool:
        """Tell whether the value keeps the limit."""
        return not (
            (self.min is not None and value < self.min)
            or (self.max is not None and value > self.max)
            or (self.min_exclusive is not None and value <= self.min_exclusive)
        )

    def __str__(self) -> str:
        """Return ``4..6``, ``30``, ``>= 4``, ``> 10`` or ``<= 150``."""
        if self.min is not None and self.max is not None:
            return (
                plain_number(self.min)
                if self.min == self.max
                else f"{plain_number(self.min)}..{plain_number(self.max)}"
            )
        if self.min is not None:
            return f">= {plain_number(self.min)}"
        if self.min_exclusive is not None:
            return f"> {plain_number(self.min_exclusive)}"
        assert self.max is not None
        return f"<= {plain_number(self.max)}"


def plain_number(value: Number) -> str:
    """Return a number in the notation of limits: at most two decimals, none where it is whole, always with a point."""
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"


def number_text(value: Number, lang: Lang) -> str:
    """Return a number as `plain_number` writes it, with the decimal sign of the language."""
    return with_decimal_sign(plain_number(value), lang)


class Settings(Model):
    """Readings of what the regulation leaves open, with the defaults of the shipped edition.

    Attributes:
        holidays: days off of Kazakhstan that fall on Monday to Friday (14.2.2).
        holiday_names: what a day off is called: the text ``calendar.holiday.<name>``, or the name itself.
        extra_holidays: days off that the office adds.
        moved_working_days: Saturdays and Sundays, or holidays, that the office made working days.
        template_url: where the university keeps its templates of forms 03 and 04 (F03.5, F04.10); empty = no link.
    """

    model_config = ConfigDict(strict=True, allow_inf_nan=False)

    academic_hour_min: int = Field(gt=0)
    university: str
    city: str
    studio_room: str
    corporate_mail_domain: str
    template_url: str = ""
    section_mode: Literal["step", "window"]
    source_intra_frame_blocks: bool
    indicator_integrated_lufs: float
    indicator_integrated_tolerance_lu: float = Field(ge=0)
    indicator_true_peak_dbtp: float
    indicator_black_s: float
    indicator_silence_s: float
    indicator_clipping_events: int
    indicator_freeze_s: float
    indicator_duplicate_places: int
    indicator_dropped_places: int
    indicator_overexposed_s: float
    indicator_underexposed_s: float
    indicator_illegal_range_s: float
    indicator_uneven_light_s: float
    indicator_colour_cast_s: float
    indicator_border_s: float
    indicator_stripe_s: float
    indicator_blurred_s: float
    indicator_blocky_s: float
    indicator_flash_places: int
    indicator_flicker_s: float
    indicator_chroma_key_s: float
    indicator_small_text_pct: float
    indicator_noise_floor_dbfs: float
    indicator_speech_to_noise_db: float
    indicator_hum_dbfs: float
    indicator_click_places: int
    indicator_gap_places: int
    indicator_dead_channel_s: float
    indicator_out_of_phase_s: float
    indicator_imbalance_s: float
    indicator_dual_mono: bool
    indicator_dc_offset_pct: float
    indicator_bandwidth_khz: float
    indicator_slide_text_pt: float
    indicator_slide_contrast: float
    indicator_slide_chars: int
    indicator_slide_enlarged: float
    indicator_syllables_min: int
    indicator_syllables_max: int
    indicator_pause_s: float
    indicator_sound_early_s: float
    indicator_sound_late_s: float
    indicator_sound_shorter_s: float
    indicator_sound_longer_s: float
    submission_state: str
    holidays: tuple[date, ...] = Field(default=(), strict=False)
    holiday_names: dict[Annotated[date, Field(strict=False)], str] = Field(default_factory=dict)
    extra_holidays: tuple[date, ...] = Field(default=(), strict=False)
    moved_working_days: tuple[date, ...] = Field(default=(), strict=False)


class RuleTexts(Model):
    """What the regulation file says of one rule.

    Attributes:
        severity: must, rec or hint.
        due: state by which the rule must hold.
        also: other ids of the contract that the same fault touches.
        deviation: a written reason turns a failure into a warning (8.7a).
        title: what the rule asks, one line.
        hint: how to mend it and why it is asked.
        messages: texts of the faults by key.
    """

    severity: Severity
    due: str
    also: tuple[str, ...] = ()
    deviation: bool = False
    title: Trilingual
    hint: Trilingual
    messages: dict[str, Trilingual] = {}


class FormLabels(Model):
    """Official labels of one form.

    Attributes:
        placeholders: ids of labels that stand for the course's values and are not printed (decision 14).
    """

    code: str
    language: str
    title: str
    contents_title: str = ""
    placeholders: tuple[str, ...] = ()
    labels: dict[str, str] = {}


class TaskTypeText(Model):
    """One of the five kinds of tasks of form 06."""

    id: str
    key: str
    type: str
    description: str
    implementation: str


class RubricText(Model):
    """One row of the rubric of form 08."""

    id: str
    points: int
    text: str


class BandText(Model):
    """One band of the progress table of form 08."""

    id: str
    from_pct: float
    to_pct: float
    text: str


class CriterionText(Model):
    """One criterion of form 10."""

    id: str
    name: str
    low: str
    mid: str
    high: str


class Regulation(Model):
    """One edition of the regulation, complete."""

    id: str
    edition: Edition
    settings: Settings
    limits: dict[str, Limit]
    units: dict[str, Trilingual]
    rule_texts: dict[str, RuleTexts]
    forms: dict[str, FormLabels]
    task_types: tuple[TaskTypeText, ...]
    rubric: tuple[RubricText, ...]
    progress_bands: tuple[BandText, ...]
    criteria: tuple[CriterionText, ...]

    def label(self, form: str, key: str, **values: object) -> str:
        """Return an official label, its numbers taken from the limits.

        Args:
            form: e.g. ``form_01``.
            key: the label's id, e.g. ``F01.1``.
            **values: values of the label's own placeholders, e.g. ``n`` or ``blank``; what is not given is printed as
                the form prints it, a line to fill in by hand.

        Raises:
            KeyError: no such form or label.
        """
        labels = self.forms[form].labels
        template = labels[key]
        blanks = {name: labels.get(f"{key}.blank.{name}", BLANK) for name in placeholders(template)}
        return fill(template, {**blanks, **self._written_constants[Lang.KK], **values})

    @property
    def constant_names(self) -> frozenset[str]:
        """Names of the placeholders that any text may use: bounds of limits, settings, edition, codes of forms."""
        return frozenset(self._constants)

    def fill_constants(self, template: str, lang: Lang, /, **values: object) -> str:
        """Fill a template of the regulation (rubric, band, criterion) with limits, settings and edition."""
        return fill(template, {**self._written_constants[lang], **values})

    def text(self, finding: Finding, lang: Lang) -> str:
        """Return a finding as one sentence in the user's language.

        Placeholders: the finding's own ``params``, ``measured`` and ``required`` (with their unit), limits, settings.
        """
        texts = self.rule_texts[finding.rule]
        template = (texts.messages[finding.message] if finding.message else texts.title).pick(lang)
        sentence = fill(
            template,
            {
                **self._written_constants[lang],
                **{name: measure_text(value, lang) for name, value in finding.params.items()},
                "measured": self.with_unit(finding.measured, finding.unit, lang),
                "required": self.with_unit(finding.required, finding.unit, lang),
            },
        )
        return f"{sentence} — {finding.reason}" if finding.reason else sentence

    def with_unit(self, value: object, unit: str, lang: Lang) -> str:
        """Return a measured or required value with its unit as people read it, empty where there is none."""
        text = typeset(measure_text(value, lang), lang)
        return f"{text} {self.units[unit].pick(lang)}" if unit and unit != "count" and text else text

    @cached_property
    def _written_constants(self) -> dict[Lang, dict[str, object]]:
        """The constants as each language writes numbers."""
        return {
            lang: {
                name: number_text(value, lang)
                if isinstance(value, int | float) and not isinstance(value, bool)
                else value
                for name, value in self._constants.items()
            }
            for lang in Lang
        }

    @cached_property
    def _constants(self) -> dict[str, object]:
        values: dict[str, object] = {f"code.{name}": form.code for name, form in self.forms.items()}
        for name, limit in self.limits.items():
            for bound in ("min", "max", "min_exclusive"):
                number = getattr(limit, bound)
                if number is not None:
                    values[f"{name}.{bound}"] = number
        values.update({f"settings.{name}": value for name, value in self.settings})
        values.update({f"edition.{name}": value for name, value in self.edition})
        return values


_LIMIT = re.compile(r"(?:[<>]=? )?-?\d+(?:\.\d+)?(?:\.\.-?\d+(?:\.\d+)?)?")
_SPAN = re.compile(r"(-?\d+(?:[.,]\d+)?)\.\.(-?\d+(?:[.,]\d+)?)")


def typeset(limit: str, lang: Lang) -> str:
    """Return a limit as people write it: ``≥ 1,5``, ``4–6``, ``-21 … -15`` for ``>= 1.5``, ``4..6``, ``-21..-15``."""
    if _LIMIT.fullmatch(limit):
        limit = "..".join(with_decimal_sign(bound, lang) for bound in limit.split(".."))
    span = _SPAN.fullmatch(limit)
    if span is not None:
        return " … ".join(span.groups()) if "-" in limit else "–".join(span.groups())
    for plain, sign in ((">= ", "≥ "), ("<= ", "≤ ")):
        if limit.startswith(plain):
            return sign + limit.removeprefix(plain)
    return limit


def measure_text(value: object, lang: Lang) -> str:
    """Return a measured value as text; numbers as `number_text` writes them, None as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return number_text(value, lang) if isinstance(value, int | float) else str(value)
