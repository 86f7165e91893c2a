"""Section 9: technical requirements for a recording, judged from its report."""

from collections.abc import Iterable

from app.checks.context import Verdict, fail, not_applicable, not_measured, passed, warn
from app.checks.places import places_of
from app.checks.recording import RecordingContext, against, clock_text, recording_rule
from app.model.finding import Status
from app.model.recording import Stage, VideoFacts

NTSC_SLOWDOWN = 1000 / 1001
"""What television of 60 Hz countries makes of a frame rate: 24 becomes 23.976."""


@recording_rule("9.1.1")
def colour_depth(context: RecordingContext) -> Iterable[Verdict]:
    """The picture has 8 bits or more per colour component.

    What: bits per component of the decoded picture (bit), not per pixel (X37); source and upload.
    Why: fewer steps show as bands in skies, walls and faces.
    Passes: 8, 10 or 12 bits.
    Fails: fewer than 8; a depth that cannot be told is not measured. Without a picture 9.3.1 speaks.
    Clause: 9.1.1.
    """
    video = context.report.video
    yield against(context.limit("color_depth_bit"), video.bit_depth, "depth") if video else not_applicable()


@recording_rule("9.1.2")
def intra_frame(context: RecordingContext) -> Iterable[Verdict]:
    """The source is compressed frame by frame.

    What: whether every packet of the picture is a key frame; source only (decision 7).
    Why: a frame that stands alone can be cut and corrected without loss.
    Passes: intra-frame source (ProRes, DNxHD, XAVC-I, All-Intra); an upload is never asked.
    Fails: long-GOP source, a warning until the office sets ``source_intra_frame_blocks``.
    Clause: 9.1.2, X38.
    """
    video = context.report.video
    if video is None or context.stage is not Stage.SOURCE:
        yield not_applicable()
    elif video.intra_only is None:
        yield not_measured("unknown", required="intra")
    elif video.intra_only:
        yield Verdict(Status.PASS, measured="intra", required="intra")
    else:
        say = fail if context.regulation.settings.source_intra_frame_blocks else warn
        yield say("long_gop", measured="long_gop", required="intra")


@recording_rule("9.1.3")
def source_rate(context: RecordingContext) -> Iterable[Verdict]:
    """The source from the camera carries 50 Mbit/s or more.

    What: average rate of the picture's packets (Mbit/s of 1,000,000 bits); source only.
    Why: what the camera throws away no editing brings back.
    Passes: 50 Mbit/s and above.
    Fails: below 50; a rate that cannot be told is not measured.
    Clause: 9.1.3, X39.
    """
    yield _rate(context, Stage.SOURCE, "source_bitrate_mbps")


@recording_rule("9.1.4")
def upload_rate(context: RecordingContext) -> Iterable[Verdict]:
    """The file for the platform carries 8 Mbit/s or more.

    What: average rate of the picture's packets (Mbit/s of 1,000,000 bits); upload only.
    Why: text and faces stay sharp after the platform has compressed them once more.
    Passes: 8 Mbit/s and above.
    Fails: below 8; a rate that cannot be told is not measured.
    Clause: 9.1.4, X39.
    """
    yield _rate(context, Stage.UPLOAD, "upload_bitrate_mbps")


def _rate(context: RecordingContext, stage: Stage, limit_name: str) -> Verdict:
    video = context.report.video
    if video is None or context.stage is not stage:
        return not_applicable()
    limit, bps = context.limit(limit_name), video.bitrate_bps
    if not bps:
        return not_measured("unknown", required=limit)
    # Shown rounded down: 7.9999 must not read as "8, at least 8 required".
    return against(limit, bps / 1e6, "rate", shown=bps // 10_000 / 100)


@recording_rule("9.1.5")
def frame_size(context: RecordingContext) -> Iterable[Verdict]:
    """The frame has 1920 x 1080 pixels or more and lies.

    What: width and height of the frame as it is shown (px); source and upload (X40).
    Why: slides and handwriting stay legible on a full screen.
    Passes: 1920 x 1080, 3840 x 2160, 2048 x 1080.
    Fails: a smaller side; a frame that is no wider than high (a telephone held upright), with its own message.
    Clause: 9.1.5.
    """
    video = context.report.video
    width_limit, height_limit = context.limit("frame_width_px"), context.limit("frame_height_px")
    required = f">= {width_limit.min}x{height_limit.min}"
    if video is None:
        yield not_applicable()
    elif not video.width or not video.height:
        yield Verdict(Status.NOT_MEASURED, message="unknown", required=required, unit="px")
    else:
        landscape = video.width > video.height
        large = width_limit.accepts(video.width) and height_limit.accepts(video.height)
        yield Verdict(
            Status.PASS if landscape and large else Status.FAIL,
            message="" if landscape and large else "small" if landscape else "upright",
            measured=f"{video.width}x{video.height}",
            required=required,
            unit="px",
        )


@recording_rule("9.1.6")
def progressive(context: RecordingContext) -> Iterable[Verdict]:
    """The picture is progressive with 1080 lines or more.

    What: scan of the picture and its lines (written 1080p, 1080i); source and upload.
    Why: interlaced pictures show combs at every movement on a computer screen.
    Passes: 1080p, 2160p.
    Fails: interlaced; fewer than 1080 lines; a scan that cannot be told is not measured. Combed places in a progressive
        picture, as an interlaced insert leaves them, warn.
    Clause: 9.1.6.
    """
    video = context.report.video
    limit = context.limit("frame_height_px")
    required = f">= {limit.min}p"
    if video is None:
        yield not_applicable()
    elif video.scan == "interlaced":
        yield fail("interlaced", measured=f"{video.height}i", required=required)
    elif video.height and not limit.accepts(video.height):
        yield fail("lines", measured=_lines(video), required=required)
    elif video.scan != "progressive" or not video.height:
        yield not_measured("unknown", required=required)
    elif combed := places_of(context, "interlaced"):
        first = clock_text(combed[0][0])
        yield warn("combed", measured=_lines(video), required=required, places=len(combed), first=first)
    else:
        yield Verdict(Status.PASS, measured=_lines(video), required=required)


def _lines(video: VideoFacts) -> str:
    return f"{video.height}p" if video.scan == "progressive" else str(video.height)


@recording_rule("9.1.7")
def frame_rate(context: RecordingContext) -> Iterable[Verdict]:
    """The picture has 24 frames a second or more.

    What: average frame rate (frames/s), compared to three decimals; source and upload.
    Why: below 24 speech and gestures look jerky.
    Passes: 24, 25, 29.97, 30, 50, 60 at a constant rate.
    Fails: below 23.976. Warns: 23.976 up to 24; a variable rate whose average keeps the limit.
    Clause: 9.1.7, X41.
    """
    video = context.report.video
    limit = context.limit("frame_rate_fps")
    if video is None:
        yield not_applicable()
        return
    if not video.fps:
        yield not_measured("unknown", required=limit)
        return
    fps = round(video.fps, 3)
    if limit.accepts(fps):
        if not video.vfr:
            yield Verdict(Status.PASS, measured=fps, required=limit)
    elif limit.accepts(round(fps / NTSC_SLOWDOWN, 3)):
        yield warn("ntsc", measured=fps, required=limit)
    else:
        yield fail("rate", measured=fps, required=limit)
        return
    if video.vfr:
        yield warn("variable", measured=fps, required=limit)


@recording_rule("9.2.1")
def sampling_rate(context: RecordingContext) -> Iterable[Verdict]:
    """The sound is sampled 48,000 times a second or more.

    What: sampling rate (kHz) of the sound recorder's WAV where one is paired, else of the file's own sound.
    Why: 48 kHz is the rate of video; another one drifts or is converted.
    Passes: 48 and 96 kHz.
    Fails: 44.1 kHz and below; no sound at all.
    Clause: 9.2.1.
    """
    sound = context.sound
    limit = context.limit("sample_rate_khz")
    yield against(limit, sound.sample_rate_hz / 1000, "rate") if sound else fail("no_sound", required=limit)


@recording_rule("9.2.2")
def quantisation(context: RecordingContext) -> Iterable[Verdict]:
    """The sound has 20 bits a sample or more.

    What: bits really used (bit), on lossless sound of a source or of the paired WAV; 16 bits in a 24-bit file count
        as 16.
    Why: quiet speech keeps its detail when it is made louder.
    Passes: 24 bits; an upload without a paired WAV is not asked (decision 6).
    Fails: fewer than 20 bits; no sound in a source. Attest: a lossy source, where only the recorder's setting tells.
    Clause: 9.2.2, X42.
    """
    sound = context.sound
    limit = context.limit("quantisation_bit")
    if context.stage is Stage.UPLOAD and context.report.sound is None:
        yield not_applicable()
    elif sound is None:
        yield fail("no_sound", required=limit)
    elif not sound.lossless:
        yield context.ask("9.2.2", "attest")
    elif sound.bit_depth and not limit.accepts(sound.bit_depth):
        yield fail("depth", measured=sound.bit_depth, required=limit)
    else:
        # 0 used bits are digital silence: it says nothing of the recorder.
        yield against(limit, sound.effective_bit_depth, "padded", file_bit=sound.bit_depth or "?")


@recording_rule("9.2.3")
def channels(context: RecordingContext) -> Iterable[Verdict]:
    """The sound has two channels or more.

    What: number of channels of the paired WAV, else of the file's own sound.
    Why: a single channel plays in one ear only on many devices.
    Passes: stereo and more.
    Fails: mono; no sound at all.
    Clause: 9.2.3.
    """
    sound = context.sound
    limit = context.limit("channels")
    yield against(limit, sound.channels, "count") if sound else fail("no_sound", measured=0, required=limit)


@recording_rule("9.3.1")
def picture(context: RecordingContext) -> Iterable[Verdict]:
    """The recording has a picture.

    What: whether the file has a video track; the one rule that answers for a recording that was not measured or
        could not be read to its end.
    Why: the finished material is a sequence of pictures, not sound alone.
    Passes: a video track.
    Fails: sound only. Not measured: no report yet, or a damaged file.
    Clause: 9.3.1.
    """
    yield fail("no_picture") if context.report.video is None else passed()


RULES = (
    colour_depth,
    intra_frame,
    source_rate,
    upload_rate,
    frame_size,
    progressive,
    frame_rate,
    sampling_rate,
    quantisation,
    channels,
    picture,
)
