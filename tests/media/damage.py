"""Recordings damaged at random, the same ones for the same seed, and what the program makes of them."""

import json
import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from app.checks import judge_recording
from app.exporters.recording_json import recording_entry
from app.media.child import Request, analyse_many
from app.model.errors import MediaError
from app.model.recording import RecordingReport, RecordingRole, Stage
from app.model.texts import Lang
from app.sample.clips import ClipSpec, make_clip
from app.storage.regulation_file import load_regulation

STALL_S: Final = 30.0
_SMALL: Final = ClipSpec(duration_s=2.0, width=320, height=180, bitrate_bps=500_000)
SOURCES: Final[dict[str, ClipSpec]] = {
    "h264.mp4": _SMALL,
    "h264.mkv": replace(_SMALL, audio_codec="flac"),
    "mpeg2.ts": replace(_SMALL, video_codec="mpeg2video"),
    "prores.mov": replace(_SMALL, video_codec="prores_ks", pixel_format="yuv422p10le", audio_codec="pcm_s24le"),
    "sound.wav": replace(_SMALL, video_codec=None, audio_codec="pcm_s24le"),
    "sound.flac": replace(_SMALL, video_codec=None, audio_codec="flac"),
}
"""Small recordings by name; what is damaged."""


@dataclass(frozen=True)
class Damaged:
    """What came of a damaged recording.

    Attributes:
        how: the kind of damage.
        outcome: ``measured`` (as if whole), ``report: <code>``, ``error: <code>``; ``bug: …`` is what must not be.
    """

    name: str
    how: str
    outcome: str


def flip_bits(content: bytearray, chance: random.Random) -> None:
    """Flip from one to some ten thousand bits anywhere."""
    for _ in range(_few_or_many(chance, 10_000)):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def flip_bits_of_an_end(content: bytearray, chance: random.Random) -> None:
    """Flip bits where header and index are: in the first or last two kilobytes."""
    start = chance.choice((0, max(len(content) - 2048, 0)))
    for _ in range(_few_or_many(chance, 200)):
        content[start + chance.randrange(min(2048, len(content)))] ^= 1 << chance.randrange(8)


def cut_off(content: bytearray, chance: random.Random) -> None:
    """End the file early."""
    del content[chance.randrange(1, len(content)) :]


def zero_a_part(content: bytearray, chance: random.Random) -> None:
    """Overwrite a part by zeros, as a failing card does."""
    start = chance.randrange(len(content))
    stop = min(start + _few_or_many(chance, 65_536), len(content))
    content[start:stop] = bytes(stop - start)


def lose_a_part(content: bytearray, chance: random.Random) -> None:
    """Lose a part from the middle: all that follows moves forward."""
    start = chance.randrange(len(content))
    del content[start : start + _few_or_many(chance, 65_536)]


def repeat_a_part(content: bytearray, chance: random.Random) -> None:
    """Hold a part twice."""
    start = chance.randrange(len(content))
    stop = start + _few_or_many(chance, 65_536)
    content[stop:stop] = content[start:stop]


def _few_or_many(chance: random.Random, most: int) -> int:
    return max(1, round(math.exp(chance.uniform(0.0, math.log(most)))))


WAYS: Final[tuple[Callable[[bytearray, random.Random], None], ...]] = (
    flip_bits,
    flip_bits,
    flip_bits_of_an_end,
    flip_bits,
    cut_off,
    zero_a_part,
    flip_bits_of_an_end,
    lose_a_part,
    repeat_a_part,
)
"""The ways of damage in turn; mostly flipped bits."""


def make_sources(folder: Path) -> dict[str, bytes]:
    """Make the small recordings that are damaged."""
    for name, spec in SOURCES.items():
        make_clip(folder / name, spec)
    return {name: (folder / name).read_bytes() for name in SOURCES}


def damaged_files(folder: Path, sources: dict[str, bytes], files: int, seed: int) -> dict[Path, str]:
    """Write damaged recordings; return the damage of each."""
    made: dict[Path, str] = {}
    for number in range(files):
        chance = random.Random(f"{seed} {number}")
        name = list(sources)[number % len(sources)]
        way = WAYS[number // len(sources) % len(WAYS)]
        content = bytearray(sources[name])
        way(content, chance)
        path = folder / f"{number:03}_{name}"
        path.write_bytes(bytes(content))
        made[path] = way.__name__
    return made


def measure_all(made: dict[Path, str], jobs: int) -> Iterator[Damaged]:
    """Measure damaged recordings in children, judge them and write their JSON, as the command `check` does."""
    for request, outcome in analyse_many([Request(path) for path in made], jobs=jobs, stall_s=STALL_S):
        yield Damaged(request.path.name, made[request.path], _outcome(outcome))


def _outcome(outcome: RecordingReport | MediaError) -> str:
    if isinstance(outcome, MediaError):
        if details := outcome.params.get("details"):
            return f"bug: {str(details).strip().splitlines()[-1]}"
        return f"error: {outcome.code}"
    if outcome.video is None and outcome.audio is None:
        return "bug: a report without picture and sound"
    try:
        _json_text(outcome)
    except ValueError as error:
        return f"bug: {error}"
    return f"report: {outcome.error}" if outcome.error else "measured"


def _json_text(report: RecordingReport) -> str:
    regulation, stage, role = load_regulation(), Stage.UPLOAD, RecordingRole.LECTURE
    findings = judge_recording(report, stage, role, regulation)
    entry = recording_entry(report, findings, regulation, Lang.EN, stage=stage, role=role)
    return json.dumps(entry, allow_nan=False)
