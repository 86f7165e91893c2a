"""Which clips prove which kind: each kind at three strengths in several forms, and clean material of any length."""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from tests.media.ground_truth import (
    AAC,
    FAULTS,
    H264,
    H264_10,
    H264_50,
    MPEG2,
    PICTURE_FORMS,
    PRORES,
    SOUND_FORMS,
    Clip,
    Extent,
    Fault,
    Form,
    Plant,
)

STRENGTHS: Final = ("weak", "clear", "strong")
_LEAD_S: Final = 2.0
_SOUND_LEAD_S: Final = 3.0
_FILE_S: Final = 6.0
_TOGETHER_S: Final = 3.2
_OWN_LENGTH: Final[Mapping[str, float]] = {"freeze": 1.0, "audio_gap": 0.001}
"""Kinds whose strength is their length, and the seconds of one unit."""
_CUTS: Final = ("camera", "slide", "inset", "camera", "keyed", "slide", "camera", "camera", "inset", "slide")


def registered_kinds() -> frozenset[str]:
    """Return the kinds that an analyser which takes part in the analysis can tell."""
    import app.media.analyse  # noqa: F401 - loads every analyser that takes part

    sources = [
        Path(str(module.__file__)).read_text(encoding="utf-8")
        for name, module in sys.modules.items()
        if name == "app.media" or name.startswith("app.media.")
    ]
    return frozenset(kind for kind in FAULTS if any(f'"{kind}"' in source for source in sources))


def forms_of(kind: str, *, quick: bool) -> tuple[Form, ...]:
    """Return the forms in which a kind is planted."""
    fault = FAULTS[kind]
    if kind in ("av_length_mismatch", "av_start_offset"):
        return (AAC,) if quick else (AAC, replace(PRORES, width=320, height=180))
    if fault.sound:
        return SOUND_FORMS[:1] if quick else SOUND_FORMS
    if kind == "upscaled":  # what is enlarged is enlarged to a usual size: 720, 540 or 480 lines to 1080
        forms = (H264,) if quick else (H264, PRORES)
        return tuple(replace(form, width=1920, height=1080, bitrate_bps=10_000_000) for form in forms)
    if kind == "dropped_frames":  # a transport stream has no gaps that FFmpeg would write
        return (H264,) if quick else tuple(_cheap(form) for form in (H264, H264_10, PRORES, H264_50))
    return (H264,) if quick else tuple(_cheap(form) for form in PICTURE_FORMS)


def _cheap(form: Form) -> Form:
    """Return a form of the table: half the frame size and no sound, but for the first."""
    return form if form == H264 else replace(_small(form), audio_codec="")


def clips_of(kind: str, form: Form, seed: int) -> Iterator[tuple[Clip, tuple[str, ...]]]:
    """Yield the clips of a kind in a form, and the names of the strengths of their plants of the kind in order."""
    fault = FAULTS[kind]
    if kind == "shot_change":
        shots = tuple((3.0 * place, shot) for place, shot in enumerate(_CUTS))
        yield Clip(form, 3.0 * len(_CUTS), shots=shots, seed=seed), ("clear",) * (len(_CUTS) - 1)
    elif fault.extent is Extent.FILE:
        for name, strength in zip(STRENGTHS, fault.strengths, strict=True):
            plants = (Plant(kind, 0.0, _FILE_S, strength),)
            yield Clip(form, _FILE_S, plants, ((0.0, fault.shot),), seed=seed), (name,)
    else:
        yield _in_a_row(fault, kind, form, seed), STRENGTHS


def length_s(kind: str, strength: float, form: Form) -> float:
    """Return how long a plant of a kind lasts."""
    if kind == "dropped_frames":
        return strength * form.frame_s
    return strength * _OWN_LENGTH[kind] if kind in _OWN_LENGTH else FAULTS[kind].length_s


def _in_a_row(fault: Fault, kind: str, form: Form, seed: int) -> Clip:
    """Return a clip with the three strengths one after the other, each in a shot of its own, a slide at the end."""
    lead_s = _SOUND_LEAD_S if fault.sound else _LEAD_S
    plants: list[Plant] = []
    shots: list[tuple[float, str]] = []
    place_s = 0.0
    for strength in fault.strengths:
        shots.append((place_s, fault.shot))
        until_s = place_s + lead_s + length_s(kind, strength, form)
        plants.append(Plant(kind, place_s + lead_s, until_s, strength))
        place_s = round(until_s + lead_s, 3)
    if not fault.sound:
        shots.append((place_s, "slide"))
    return Clip(form, round(place_s + lead_s), tuple(plants), tuple(shots), seed)


def together(kinds: tuple[str, ...], form: Form, seed: int, lead_s: float = 1.6) -> Clip:
    """Return one clip with a strong plant of each of several kinds, each in a shot of its own."""
    plants: list[Plant] = []
    shots: list[tuple[float, str]] = []
    place_s = 0.0
    for kind in kinds:
        fault = FAULTS[kind]
        shots.append((place_s, fault.shot))
        strength = fault.strengths[-1]
        long_s = 3.0 if kind == "freeze" else length_s(kind, strength, form)
        long_s = long_s if fault.sound else min(long_s, _TOGETHER_S)
        plants.append(Plant(kind, place_s + lead_s, place_s + lead_s + long_s, strength))
        place_s = round(place_s + 2 * lead_s + long_s, 3)
    return Clip(form, place_s, tuple(plants), tuple(shots) if form.video_codec else ((0.0, "camera"),), seed)


_CLEAN_FORMS: Final = (H264, H264_10, H264, PRORES, H264, MPEG2, H264, H264_50)
_CLEAN_SHOTS: Final = ("camera", "inset", "slide", "pan", "slide", "keyed", "inset", "camera", "slide")


def _small(form: Form) -> Form:
    """Return a form at half the frame size: an hour of clean material is made and measured in a third of the time."""
    return replace(form, width=form.width // 2, height=form.height // 2, bitrate_bps=form.bitrate_bps * 3 // 8)


def clean_clips(minutes: float) -> Iterator[Clip]:
    """Yield clean recordings of two minutes each, in turn in several forms, that make up the minutes."""
    done_s, number = 0.0, 0
    while done_s < minutes * 60 - 1e-6:
        long_s = min(120.0, minutes * 60 - done_s)
        form = _small(_CLEAN_FORMS[number % len(_CLEAN_FORMS)])
        shots: list[tuple[float, str]] = []
        place_s = 0.0
        while place_s < long_s - 2.0:
            place = len(shots)
            shots.append((place_s, _CLEAN_SHOTS[(place + number) % len(_CLEAN_SHOTS)]))
            place_s += 5.0 + (7 * place + 3 * number) % 11
        yield Clip(form, long_s, shots=tuple(shots), seed=500 + number)
        done_s, number = done_s + long_s, number + 1
