"""The facts of a recording as lines that a studio operator reads at a glance."""

from app.checks.recording import clock_text
from app.model.recording import AudioFacts, RecordingReport, VideoFacts
from app.ui.context import UiContext


def fact_lines(ui: UiContext, report: RecordingReport) -> list[str]:
    """Return one line on the file, one on the picture, one on the sound."""
    container = report.container
    duration = clock_text(container.duration_s) if container.duration_s is not None else "–"
    lines = [ui.t("facts.file", format=container.format, duration=duration, size=f"{container.size_bytes / 1e6:.1f}")]
    lines.append(_picture(ui, report.video) if report.video else ui.t("facts.no_picture"))
    sound = report.sound or report.audio
    lines.append(_sound(ui, sound) if sound else ui.t("facts.no_sound"))
    return lines


def _picture(ui: UiContext, video: VideoFacts) -> str:
    rate = f"{video.bitrate_bps / 1e6:.1f}" if video.bitrate_bps is not None else "–"
    fps = f"{video.fps:.3f}".rstrip("0").rstrip(".") if video.fps is not None else "–"
    return ui.t(
        "facts.picture",
        codec=video.codec,
        width=video.width,
        height=video.height,
        fps=fps,
        scan=ui.t(f"facts.scan.{video.scan}"),
        depth=video.bit_depth if video.bit_depth is not None else "–",
        rate=rate,
    )


def _sound(ui: UiContext, sound: AudioFacts) -> str:
    depth = sound.effective_bit_depth or sound.bit_depth
    return ui.t(
        "facts.sound",
        codec=sound.codec,
        rate=f"{sound.sample_rate_hz / 1000:g}",
        channels=sound.channels,
        depth=depth if depth is not None else "–",
        loudness=f"{sound.integrated_lufs:.1f}" if sound.integrated_lufs is not None else "–",
        peak=f"{sound.true_peak_dbtp:.1f}" if sound.true_peak_dbtp is not None else "–",
    )
