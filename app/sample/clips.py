"""Short synthetic recordings: a lecture-like scene with speech-like sound, and faults planted at known times.

For the demo, the program's own start test and the tests. The picture is a slide with lines of text beside a moving
figure, under sensor noise; the sound is a buzz with the rhythm of syllables.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from pathlib import Path
from typing import Final

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from app.media.analysers.loudness import LoudnessAnalyser, default_layout
from app.media.views import SoundBlock

Span = tuple[float, float]
Picture = NDArray[np.uint8]

_BLACK: Final = 16
_SYLLABLES_PER_S: Final = 4.2
_PAUSE_EVERY_S: Final = 3.1
_PAUSE_S: Final = 0.35
_ONSET_S: Final = 0.02
_ROOM_DBFS: Final = -63.0
_OFF_CENTRE_DB: Final = 0.3
_OVERDRIVE: Final = 30.0
_NOISE_CODES: Final = 3.0
_NOISE_PICTURES: Final = 3


@dataclass(frozen=True)
class ClipSpec:
    """What to make.

    Attributes:
        video_codec: FFmpeg's name of the encoder, None for sound alone.
        pixel_format: FFmpeg's name; the scene is drawn in 8 bits, 4:2:0, and converted.
        preset: how hard x264 works; slower ones make files like those of cameras and editors.
        bitrate_bps: of the picture; H.264 keeps it exactly, also while the picture is black.
        audio_codec: FFmpeg's name of the encoder, None for no sound.
        loudness_lufs: integrated loudness of the sound before faults are planted.
        black: spans of black picture, seconds, from the first black frame to the first that is not.
        silence: spans of digital silence, seconds.
        clipping: spans of overdriven sound, seconds.
        seed: of the noise; the same spec gives the same clip.
    """

    duration_s: float = 8.0
    width: int = 1920
    height: int = 1080
    fps: int = 25
    video_codec: str | None = "libx264"
    pixel_format: str = "yuv420p"
    preset: str = "ultrafast"
    bitrate_bps: int = 10_000_000
    audio_codec: str | None = "aac"
    sample_rate_hz: int = 48_000
    channels: int = 2
    loudness_lufs: float = -18.0
    black: tuple[Span, ...] = ()
    silence: tuple[Span, ...] = ()
    clipping: tuple[Span, ...] = ()
    seed: int = 1


CLEAN: Final = ClipSpec()
FAULTY: Final = ClipSpec(duration_s=12.0, black=((2.0, 4.6),), silence=((5.4, 7.8),), clipping=((9.0, 10.0),), seed=2)


def make_clip(path: Path, spec: ClipSpec = CLEAN) -> None:
    """Write a clip; the ending of its name decides the container (.mp4, .mov, .mkv, .wav).

    Raises:
        OSError: the file cannot be written.
    """
    with av.open(str(path), "w") as container:
        # the file's head is written with the first packet: all tracks must stand by then
        picture, sound = _add_picture(container, spec), _add_sound(container, spec)
        scene = _Scene(spec) if picture is not None else None
        samples = speech_like(spec) if sound is not None else None
        for second in range(ceil(spec.duration_s)):
            if picture is not None and scene is not None:
                _encode_pictures(container, picture, scene, second, spec)
            if sound is not None and samples is not None:
                _encode_sound(container, sound, samples, second, spec)
        for track in (picture, sound):
            if track is not None:
                container.mux(track.encode(None))


def speech_like(spec: ClipSpec) -> NDArray[np.float32]:
    """Return the sound of a clip, shape (channels, samples), 1.0 = full scale, faults planted."""
    count = round(spec.duration_s * spec.sample_rate_hz)
    times_s = np.arange(count) / spec.sample_rate_hz
    random = np.random.default_rng(spec.seed)
    pitch_hz = 135.0 + 18.0 * np.sin(2 * np.pi * 0.31 * times_s) + 6.0 * np.sin(2 * np.pi * 1.7 * times_s)
    phase = 2 * np.pi * np.cumsum(pitch_hz) / spec.sample_rate_hz
    voice = sum(np.sin(number * phase + number * number) / number**1.2 for number in range(1, 16))
    voiced = np.asarray(voice) * _syllables(times_s, (*spec.silence, *spec.clipping), spec.sample_rate_hz)
    voiced *= _gain_to(spec, voiced)
    balance_db = np.linspace(_OFF_CENTRE_DB, -_OFF_CENTRE_DB, spec.channels) if spec.channels > 1 else (0.0,)
    channels = []
    for gain_db in balance_db:
        room = random.standard_normal(count) * 10 ** (_ROOM_DBFS / 20)
        channels.append(_with_faults(spec, times_s, voiced * 10 ** (gain_db / 20) + room, np.sign(room)))
    return np.stack(channels).astype(np.float32)


def _with_faults(
    spec: ClipSpec, times_s: NDArray[np.float64], sound: NDArray[np.float64], signs: NDArray[np.float64]
) -> NDArray[np.float64]:
    for from_s, to_s in spec.clipping:
        inside = (times_s >= from_s) & (times_s < to_s)
        sound[inside] = np.clip((sound[inside] + 0.002 * signs[inside]) * _OVERDRIVE, -1.0, 1.0)
    for from_s, to_s in spec.silence:
        sound[(times_s >= from_s) & (times_s < to_s)] = 0.0
    return sound


def _syllables(times_s: NDArray[np.float64], planted: tuple[Span, ...], rate_hz: int) -> NDArray[np.float64]:
    """Return the loudness of the voice over time; around planted faults it speaks, so that their edges are sharp."""
    envelope = 0.25 + 0.75 * np.abs(np.sin(np.pi * _SYLLABLES_PER_S / 2 * times_s))
    envelope[times_s % _PAUSE_EVERY_S > _PAUSE_EVERY_S - _PAUSE_S] = 0.0
    for span in planted:
        for edge_s in span:
            envelope[np.abs(times_s - edge_s) < 0.15] = 0.7
    onset = np.hanning(round(_ONSET_S * rate_hz) + 2)
    return np.convolve(envelope, onset / onset.sum(), "same")


def _gain_to(spec: ClipSpec, voiced: NDArray[np.float64]) -> float:
    """Return the gain that brings the voice on all channels to the wanted integrated loudness."""
    layout = default_layout(spec.channels)
    assert layout is not None, "clips have up to eight channels"
    meter = LoudnessAnalyser(spec.sample_rate_hz, layout)
    quiet = np.tile((voiced * 0.1).astype(np.float32), (spec.channels, 1))
    meter.process(SoundBlock(0.0, spec.sample_rate_hz, quiet, None))
    measured_lufs = meter.finish().figures["integrated_lufs"]
    assert isinstance(measured_lufs, float), "the voice is louder than the gate"
    return float(0.1 * 10 ** ((spec.loudness_lufs - measured_lufs) / 20))


class _Scene:
    """The lecture: what does not change is drawn once."""

    def __init__(self, spec: ClipSpec) -> None:
        self._spec = spec
        random = np.random.default_rng(spec.seed)
        self._set = _draw_set(spec.width, spec.height, random)
        self._figure = _draw_figure(spec.width // 4, spec.height * 3 // 4)
        self._noise = [_draw_noise(spec.width, spec.height, random) for _ in range(_NOISE_PICTURES)]

    def picture(self, number: int) -> Picture:
        """Return the luma of one frame, shape (height, width), limited range."""
        time_s = number / self._spec.fps
        if any(from_s <= time_s + 1e-9 < to_s for from_s, to_s in self._spec.black):
            return np.full((self._spec.height, self._spec.width), _BLACK, np.uint8)
        luma = self._set.copy()
        rows, columns = self._figure.shape
        sway = self._spec.width // 40
        left = self._spec.width * 17 // 24 + round(sway * np.sin(2 * np.pi * 0.4 * time_s))
        bottom = round(sway / 2 * (1 + np.sin(2 * np.pi * 0.9 * time_s)))
        place = luma[self._spec.height - rows + bottom :, left : left + columns]
        figure = self._figure[: place.shape[0], : place.shape[1]]
        np.copyto(place, figure, where=figure > 0)
        noise = np.roll(self._noise[number % _NOISE_PICTURES], (number * 37, number * 101), (0, 1))
        noisy: Picture = np.clip(luma + noise, 16, 235).astype(np.uint8)
        return noisy


def _draw_set(width: int, height: int, random: np.random.Generator) -> NDArray[np.int16]:
    across, down = np.linspace(0.0, 1.0, width), np.linspace(0.0, 1.0, height)
    luma = (70.0 + 30.0 * across[np.newaxis, :] + 25.0 * (1.0 - down[:, np.newaxis])).astype(np.int16)
    top, left, bottom, right = height // 10, width // 20, height * 9 // 10, width * 2 // 3
    luma[top:bottom, left:right] = 205
    line = max(height // 60, 2)
    for row in range(top + 3 * line, bottom - 3 * line, 4 * line):
        column = left + 2 * line
        while column < right - 8 * line:
            word = int(random.integers(2, 7)) * line
            luma[row : row + line * 3 // 2, column : min(column + word, right - 2 * line)] = 60
            column += word + line
    return luma


def _draw_noise(width: int, height: int, random: np.random.Generator) -> NDArray[np.int16]:
    noise = random.standard_normal((height, width), np.float32)
    noise *= _NOISE_CODES
    np.rint(noise, out=noise)
    return np.clip(noise, -4 * _NOISE_CODES, 4 * _NOISE_CODES, out=noise).astype(np.int16)


def _draw_figure(width: int, height: int) -> NDArray[np.int16]:
    """Return head and shoulders; 0 is outside."""
    down, across = np.mgrid[0:height, 0:width]
    head = ((across - width / 2) / (width / 4.5)) ** 2 + ((down - height / 4) / (height / 4.5)) ** 2 < 1
    body = ((across - width / 2) / (width / 2)) ** 2 + ((down - height) / (height / 1.9)) ** 2 < 1
    figure = np.zeros((height, width), np.int16)
    figure[body] = (45 + 25 * across / width)[body].astype(np.int16)
    figure[head] = (135 + 30 * across / width)[head].astype(np.int16)
    return figure


def _add_picture(container: OutputContainer, spec: ClipSpec) -> VideoStream | None:
    if spec.video_codec is None:
        return None
    stream = container.add_stream(spec.video_codec, rate=spec.fps, options=_encoder_options(spec))
    assert isinstance(stream, VideoStream), "an encoder of pictures"
    stream.width, stream.height, stream.pix_fmt = spec.width, spec.height, spec.pixel_format
    stream.bit_rate = spec.bitrate_bps
    stream.thread_type = "AUTO"
    return stream


def _add_sound(container: OutputContainer, spec: ClipSpec) -> AudioStream | None:
    if spec.audio_codec is None:
        return None
    stream = container.add_stream(spec.audio_codec, rate=spec.sample_rate_hz, layout=default_layout(spec.channels))
    assert isinstance(stream, AudioStream), "an encoder of sound"
    return stream


def _encode_pictures(
    container: OutputContainer, stream: VideoStream, scene: _Scene, second: int, spec: ClipSpec
) -> None:
    frames = round(spec.duration_s * spec.fps)
    for number in range(second * spec.fps, min((second + 1) * spec.fps, frames)):
        container.mux(stream.encode(_frame(scene.picture(number), number, spec)))


def _encode_sound(
    container: OutputContainer, stream: AudioStream, samples: NDArray[np.float32], second: int, spec: ClipSpec
) -> None:
    part = samples[:, second * spec.sample_rate_hz : (second + 1) * spec.sample_rate_hz]
    layout = default_layout(spec.channels)
    assert layout is not None, "clips have up to eight channels"
    frame = AudioFrame.from_ndarray(np.ascontiguousarray(part.T).reshape(1, -1), format="flt", layout=layout)
    frame.sample_rate = spec.sample_rate_hz
    frame.pts, frame.time_base = second * spec.sample_rate_hz, Fraction(1, spec.sample_rate_hz)
    container.mux(stream.encode(frame))


def _encoder_options(spec: ClipSpec) -> dict[str, str]:
    if spec.video_codec != "libx264":
        return {}
    rate_kbps = spec.bitrate_bps // 1000
    hrd = f"nal-hrd=cbr:force-cfr=1:vbv-maxrate={rate_kbps}:vbv-bufsize={rate_kbps // 2}"
    return {"preset": spec.preset, "g": str(2 * spec.fps), "x264-params": hrd}


def _frame(luma: Picture, number: int, spec: ClipSpec) -> VideoFrame:
    planes = np.full((spec.height * 3 // 2, spec.width), 128, np.uint8)
    planes[: spec.height] = luma
    frame = VideoFrame.from_ndarray(planes, format="yuv420p")
    if spec.pixel_format != "yuv420p":
        frame = frame.reformat(format=spec.pixel_format)
    frame.pts, frame.time_base = number, Fraction(1, spec.fps)
    return frame
