"""Indicators of quality: figures that the regulation does not give, with published defaults (principle 6).

They warn and never fail. Their ids ``Q.…`` are ours; `also` names the criterion of form 10 that they inform.
"""

from collections.abc import Iterable
from math import isnan

from app.checks.context import Verdict, not_applicable, not_measured, warn
from app.checks.places import judge_count, judge_spans
from app.checks.recording import RecordingContext, recording_rule
from app.model.finding import Status
from app.model.recording import Stage
from app.model.regulation import Limit


@recording_rule("Q.loudness")
def loudness(context: RecordingContext) -> Iterable[Verdict]:
    """The lecture is about as loud as other lectures on the web.

    What: integrated loudness (LUFS, EBU R128), compared to one decimal; upload only, a source is levelled later.
    Why: learners should not reach for the volume between two videos.
    Passes: -18 ± 3 LUFS, the settings ``indicator_integrated_lufs`` and ``…_tolerance_lu`` (AES TD1008, speech).
    Fails: never; quieter and louder warn, so does a sound that is too quiet or too short to have a loudness. Not
        measured after a quick check.
    Clause: ours, informs F10.1.
    """
    settings = context.regulation.settings
    target, tolerance = settings.indicator_integrated_lufs, settings.indicator_integrated_tolerance_lu
    limit = Limit(min=target - tolerance, max=target + tolerance, unit="lufs", clause="Q.loudness")
    if context.sound is None or context.stage is not Stage.UPLOAD:
        yield not_applicable()
        return
    level = context.sound.integrated_lufs
    if level is None and not context.report.quick:
        yield warn("silent", required=limit)
    else:
        yield _level(limit, level, below="quiet", above="loud")


@recording_rule("Q.true_peak")
def true_peak(context: RecordingContext) -> Iterable[Verdict]:
    """The loudest moment leaves headroom.

    What: true peak between the samples (dBTP), compared to one decimal; source and upload.
    Why: what is louder distorts when the platform converts it.
    Passes: -1 dBTP and below, the setting ``indicator_true_peak_dbtp`` (EBU R128); digital silence.
    Fails: never; above warns. Not measured after a quick check.
    Clause: ours, informs F10.1.
    """
    limit = Limit(max=context.regulation.settings.indicator_true_peak_dbtp, unit="dbtp", clause="Q.true_peak")
    if context.sound is None:
        yield not_applicable()
        return
    level = context.sound.true_peak_dbtp
    if level is None and not context.report.quick:
        yield Verdict(Status.PASS, required=limit)
    else:
        yield _level(limit, level, below="peak", above="peak")


def _level(limit: Limit, level: float | None, *, below: str, above: str) -> Verdict:
    """Judge a level as a meter shows it, to one decimal."""
    if level is None or isnan(level):
        return not_measured("unknown", required=limit)
    shown = round(level, 1)
    if limit.accepts(shown):
        return Verdict(Status.PASS, measured=shown, required=limit)
    too_low = limit.min is not None and shown < limit.min
    return warn(below if too_low else above, measured=shown, required=limit)


@recording_rule("Q.black")
def black(context: RecordingContext) -> Iterable[Verdict]:
    """The picture is nowhere black for long.

    What: spans of black picture (s): 98 % of the pixels within 10 % of black; source and upload.
    Why: a black picture is mostly a forgotten cover, a gap in the edit or a lost signal.
    Passes: no span as long as the setting ``indicator_black_s``, 2 s (FFmpeg blackdetect).
    Fails: never; a longer span warns with its time. Not measured after a quick check.
    Clause: ours, informs F10.2.
    """
    if context.report.video is None:
        yield not_applicable()
        return
    yield judge_spans(context, "black", context.regulation.settings.indicator_black_s)


@recording_rule("Q.silence")
def silence(context: RecordingContext) -> Iterable[Verdict]:
    """The sound is nowhere gone for long.

    What: spans of silence (s): sound below -60 dBFS, quieter than a silent room; source and upload.
    Why: such a silence is no pause of the speaker but a lost microphone or a gap in the edit.
    Passes: no span as long as the setting ``indicator_silence_s``, 2 s (FFmpeg silencedetect).
    Fails: never; a longer span warns with its time. Not measured after a quick check.
    Clause: ours, informs F10.1.
    """
    if context.sound is None:
        yield not_applicable()
        return
    yield judge_spans(context, "silence", context.regulation.settings.indicator_silence_s)


@recording_rule("Q.clipping")
def clipping(context: RecordingContext) -> Iterable[Verdict]:
    """The sound is not clipped.

    What: number of places with clipped sound (count): neighbouring samples cut off at full level; source and upload.
    Why: clipped speech crackles, and nothing repairs it afterwards.
    Passes: fewer places than the setting ``indicator_clipping_events``, 1.
    Fails: never; as many places or more warn with the time of the first. A quick check hears samples: where
        they show none, it is not measured.
    Clause: ours, informs F10.1.
    """
    if context.sound is None:
        yield not_applicable()
        return
    yield judge_count(context, "clipping", context.regulation.settings.indicator_clipping_events)


RULES = (loudness, true_peak, black, silence, clipping)
