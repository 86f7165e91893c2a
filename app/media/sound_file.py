"""Files of the sound recorder (WAV, FLAC, AIFF, CAF) through soundfile: exact samples, block by block."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import soundfile

from app.media.analysers.loudness import default_layout
from app.media.progress import ProgressMeter
from app.media.quick import SAMPLES, SOUND_S, proven_sound
from app.media.sound import BLOCK_S, SoundMeter, SoundResult, make_block
from app.model.errors import MediaError
from app.model.recording import AudioFacts

_BITS: Final = {
    "PCM_S8": 8,
    "PCM_U8": 8,
    "PCM_16": 16,
    "PCM_24": 24,
    "PCM_32": 32,
    "FLOAT": 32,
    "DOUBLE": 64,
    "ALAC_16": 16,
    "ALAC_20": 20,
    "ALAC_24": 24,
    "ALAC_32": 32,
}
_CONTAINERS: Final = {
    "WAV": "Wave",
    "WAVEX": "Wave",
    "RF64": "RF64",
    "W64": "Wave64",
    "AIFF": "AIFF",
    "FLAC": "FLAC",
    "CAF": "CAF",
}
_FLOATS: Final = frozenset({"FLOAT", "DOUBLE"})
_RIFF_OPEN_SIZES: Final = frozenset({0, 0xFFFFFFFF})  # written by recorders that did not know the size yet


@dataclass(frozen=True)
class SoundFileResult:
    """What was measured of a sound file.

    Attributes:
        container: ``Wave``, ``FLAC`` and the like.
        duration_s: length that the header states, seconds.
        error: ``media_truncated`` or ``media_damaged`` where the file ends early, else None.
    """

    container: str
    duration_s: float
    result: SoundResult
    error: str | None


def is_sound_file(path: Path) -> bool:
    """Tell whether soundfile reads this file as one of the recorder's lossless formats."""
    try:
        with soundfile.SoundFile(str(path)) as file:
            return file.format in _CONTAINERS and file.subtype in _BITS
    except (soundfile.LibsndfileError, OSError):
        return False


def measure_sound_file(path: Path, meter: ProgressMeter, *, quick: bool = False) -> SoundFileResult:
    """Measure a sound file that `is_sound_file` accepts.

    Args:
        path: the file.
        meter: told of the progress.
        quick: header facts and samples alone.

    Raises:
        MediaError: ``media_unreadable``, ``media_truncated`` (not one sample), ``media_cancelled``.
    """
    try:
        with soundfile.SoundFile(str(path)) as file:
            return _measure(path, file, meter, quick=quick)
    except (soundfile.LibsndfileError, OSError) as error:
        raise MediaError("media_unreadable", name=path.name) from error


def _measure(path: Path, file: soundfile.SoundFile, meter: ProgressMeter, *, quick: bool) -> SoundFileResult:
    rate_hz, channels = int(file.samplerate), int(file.channels)
    stated_s = file.frames / rate_hz
    facts = AudioFacts(
        codec=_codec(file.format, file.subtype),
        lossless=True,
        sample_rate_hz=rate_hz,
        channels=channels,
        bit_depth=_BITS[file.subtype],
        duration_s=round(stated_s, 4),
    )
    error = "media_truncated" if _riff_is_cut(path) else None
    container = _CONTAINERS[file.format]
    sound = SoundMeter(facts, default_layout(channels))
    frames = round(BLOCK_S * rate_hz)
    dtype = "float64" if file.subtype in _FLOATS else "int32"
    if quick:
        for place in range(SAMPLES):
            first = max(file.frames * place // SAMPLES, file.tell())
            file.seek(first)
            block = np.asarray(file.read(round(SOUND_S * rate_hz), dtype=dtype, always_2d=True))
            if block.size:
                sound.process(make_block(first / rate_hz, rate_hz, block.reshape(-1), channels))
            meter.tick(first / rate_hz, 0)
        proven, events = proven_sound(facts, sound.finish())
        return SoundFileResult(container, stated_s, SoundResult(proven, events, {}), error)
    meter.total_s = stated_s
    while True:
        try:
            block = np.asarray(file.read(frames, dtype=dtype, always_2d=True))
        except soundfile.LibsndfileError:
            error = error or "media_damaged"
            break
        if not block.size:
            break
        sound.process(make_block(sound.samples / rate_hz, rate_hz, block.reshape(-1), channels))
        meter.tick(sound.samples / rate_hz, 0)
    if not sound.samples:
        raise MediaError("media_truncated", name=path.name)
    if sound.samples < file.frames:
        error = error or "media_damaged"
    return SoundFileResult(container, stated_s, sound.finish(), error)


def _codec(container: str, subtype: str) -> str:
    """Return the codec's name as PyAV would say it, e.g. ``pcm_s24le``."""
    if container == "FLAC":
        return "flac"
    if subtype.startswith("ALAC"):
        return "alac"
    bits = _BITS[subtype]
    sign = "f" if subtype in _FLOATS else "u" if subtype == "PCM_U8" else "s"
    order = "" if bits == 8 else "be" if container in ("AIFF", "CAF") else "le"
    return f"pcm_{sign}{bits}{order}"


def _riff_is_cut(path: Path) -> bool:
    """Tell whether a WAV is shorter than its own header says; libsndfile takes such a file as it is."""
    with path.open("rb") as file:
        head = file.read(8)
        size_bytes = file.seek(0, 2)
    stated_bytes = int.from_bytes(head[4:8], "little")
    return head[:4] == b"RIFF" and stated_bytes not in _RIFF_OPEN_SIZES and stated_bytes + 8 > size_bytes + 1
