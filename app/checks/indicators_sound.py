"""Indicators of the sound: noise, hum, clicks, drop-outs, the two channels, bandwidth, pace, sound against picture.

They warn and never fail (principle 6). Where a WAV of the sound recorder is paired, it is judged (decision 6).
"""

from collections.abc import Iterable
from typing import Final

from app.checks.context import Verdict, not_applicable, not_measured, warn
from app.checks.places import events_of, found, judge_count, judge_spans, places_of
from app.checks.recording import RecordingContext, clock_text, recording_rule
from app.model.finding import Status
from app.model.recording import AudioFacts, RecordingRole, Stage
from app.model.regulation import Limit, Number

_OF_ITS_RATE: Final = 0.94
"""Sound recorded at its rate reaches so far towards half of it; a converter's filter begins at 0.907 and falls gently,
but what was 44.1 kHz ends at 0.919 of 24 kHz."""


@recording_rule("Q.noise")
def noise(context: RecordingContext) -> Iterable[Verdict]:
    """The words stand out of the noise of the room.

    What: noise floor in the pauses (dBFS RMS) of an upload, by the pauses of five seconds and more together; speech
        above it or above a background that never stops (dB), of a source, too.
    Why: noise and music tire the ear, and hide the ends of words on small loudspeakers.
    Passes: floor of at most the setting ``indicator_noise_floor_dbfs``, -60 dBFS (ACX); ratio of at least the setting
        ``indicator_speech_to_noise_db``, 20 dB (WCAG 1.4.7); speech without pauses over silence.
    Fails: never; more noise warns. Not measured after a quick check.
    Clause: ours, informs 9.6.2b and F10.1.
    """
    settings, sound = context.regulation.settings, context.sound
    floor = Limit(max=settings.indicator_noise_floor_dbfs, unit="dbfs", clause="Q.noise")
    ratio = Limit(min=settings.indicator_speech_to_noise_db, unit="db", clause="Q.noise")
    if sound is None:
        yield not_applicable()
        return
    if context.report.quick:
        yield not_measured("unknown", required=ratio)
        return
    ratio_db, floor_dbfs = sound.speech_to_noise_db, sound.noise_floor_dbfs
    if ratio_db is not None and not ratio.accepts(ratio_db):
        yield warn("ratio", measured=ratio_db, required=ratio)
        return
    if context.stage is Stage.UPLOAD:
        noisy = [event for event in events_of(context, "noise") if not floor.accepts(event.value or 0.0)]
        levels = [event.value for event in noisy if event.value is not None]
        if floor_dbfs is not None and not floor.accepts(floor_dbfs):
            yield warn("floor", measured=floor_dbfs, required=floor)
            return
        if levels:
            first = clock_text(min(event.from_s for event in noisy))
            yield warn("found", measured=max(levels), required=floor, places=len(noisy), first=first)
            return
    yield Verdict(Status.PASS, measured=ratio_db, required=ratio)


@recording_rule("Q.hum")
def hum(context: RecordingContext) -> Iterable[Verdict]:
    """The sound does not hum with the mains.

    What: level of steady lines at 50, 100, 150 Hz or 60, 120, 180 Hz for three seconds and more (dBFS RMS).
    Why: hum tells of a bad cable or earth; it spoils every later minute until somebody hears it.
    Passes: no hum above the setting ``indicator_hum_dbfs``, -60 dBFS (ACX's noise floor).
    Fails: never; louder hum warns with its frequency and time. Not measured after a quick check.
    Clause: ours, informs 9.6.2b and F10.1.
    """
    limit = Limit(max=context.regulation.settings.indicator_hum_dbfs, unit="dbfs", clause="Q.hum")
    sound = context.sound
    if sound is None:
        yield not_applicable()
        return
    if context.report.quick:
        yield not_measured("unknown", required=limit)
        return
    loud = [event for event in events_of(context, "hum") if event.value is not None and not limit.accepts(event.value)]
    if not loud:
        yield Verdict(Status.PASS, measured=sound.hum_dbfs, required=limit)
        return
    first = clock_text(min(event.from_s for event in loud))
    measured = max(event.value for event in loud if event.value is not None)
    yield warn("found", measured=measured, required=limit, places=len(loud), first=first, hz=sound.hum_hz)


@recording_rule("Q.click")
def click(context: RecordingContext) -> Iterable[Verdict]:
    """The sound does not click.

    What: number of places with an impulse of a few milliseconds that stands out of its neighbourhood (count).
    Why: clicks come of cuts without a fade, of bad clocks and cables.
    Passes: fewer places than the setting ``indicator_click_places``, 3: one or two may be the speaker's own.
    Fails: never; as many or more warn with the time of the first. Not measured after a quick check.
    Clause: ours, informs F10.1.
    """
    least = context.regulation.settings.indicator_click_places
    yield not_applicable() if context.sound is None else judge_count(context, "click", least)


@recording_rule("Q.audio_gap")
def audio_gap(context: RecordingContext) -> Iterable[Verdict]:
    """The sound does not drop out.

    What: number of places where the sound is cut off and set in again, 5 ms to 2 s of digital silence (count).
    Why: radio microphones and overloaded computers lose syllables that way.
    Passes: fewer places than the setting ``indicator_gap_places``, 1.
    Fails: never; as many or more warn with the time of the first. Not measured after a quick check.
    Clause: ours, informs F10.1.
    """
    least = context.regulation.settings.indicator_gap_places
    yield not_applicable() if context.sound is None else judge_count(context, "audio_gap", least)


@recording_rule("Q.dead_channel")
def dead_channel(context: RecordingContext) -> Iterable[Verdict]:
    """Both channels carry the speech.

    What: spans in which one of two channels is 30 dB and more below the other, which speaks (s).
    Why: who listens with one earphone hears nothing.
    Passes: no span as long as the setting ``indicator_dead_channel_s``, 2 s.
    Fails: never; a longer span warns with its time. Not measured after a quick check.
    Clause: ours, informs F10.1.
    """
    yield _of_two_channels(context, "dead_channel", context.regulation.settings.indicator_dead_channel_s)


@recording_rule("Q.out_of_phase")
def out_of_phase(context: RecordingContext) -> Iterable[Verdict]:
    """The two channels are not out of phase.

    What: spans in which the correlation of the channels over two seconds is below -0.2 (s).
    Why: a telephone plays both channels as one, and what is out of phase cancels: the voice is gone.
    Passes: no span as long as the setting ``indicator_out_of_phase_s``, 2 s.
    Fails: never; a longer span warns with its time. Not measured after a quick check.
    Clause: ours, informs F10.1.
    """
    yield _of_two_channels(context, "out_of_phase", context.regulation.settings.indicator_out_of_phase_s)


@recording_rule("Q.imbalance")
def imbalance(context: RecordingContext) -> Iterable[Verdict]:
    """The two channels are about equally loud.

    What: spans in which one channel is more than 6 dB below the other without a word from its side (s).
    Why: the speaker seems to sit in the listener's ear.
    Passes: no span as long as the setting ``indicator_imbalance_s``, 10 s.
    Fails: never; a longer span warns with its time. Not measured after a quick check.
    Clause: ours, informs F10.1.
    """
    yield _of_two_channels(context, "imbalance", context.regulation.settings.indicator_imbalance_s)


@recording_rule("Q.dual_mono")
def dual_mono(context: RecordingContext) -> Iterable[Verdict]:
    """The two channels are not one and the same, where the office wants true stereo.

    What: whether both channels carry the same sound, equally loud, from beginning to end.
    Why: usual and right for one speaker at one microphone; the event in the report is for information.
    Passes: always while the setting ``indicator_dual_mono`` is false, as shipped; two channels that differ.
    Fails: never; with the setting on, the same sound in both warns. Not measured after a quick check.
    Clause: ours, informs F10.1.
    """
    if context.sound is None or context.sound.channels != 2 or not context.regulation.settings.indicator_dual_mono:
        yield not_applicable()
    elif context.report.quick:
        yield not_measured("unknown")
    elif places_of(context, "dual_mono"):
        yield warn("found")
    else:
        yield Verdict(Status.PASS)


@recording_rule("Q.dc_offset")
def dc_offset(context: RecordingContext) -> Iterable[Verdict]:
    """The wave is centred.

    What: mean of the samples over a second, for two seconds and more (% of full scale, without its sign).
    Why: an offset tells of a faulty interface, costs headroom and clicks at every cut.
    Passes: no offset above the setting ``indicator_dc_offset_pct``, 0.5 %.
    Fails: never; more warns with its time. Not measured after a quick check.
    Clause: ours, informs F10.1.
    """
    most_pct = context.regulation.settings.indicator_dc_offset_pct
    limit = Limit(max=most_pct, unit="pct", clause="Q.dc_offset")
    if context.sound is None:
        yield not_applicable()
        return
    if context.report.quick:
        yield not_measured("unknown", required=limit)
        return
    offsets_pct = [abs(event.value or 0.0) for event in events_of(context, "dc_offset")]
    largest_pct = round(max(offsets_pct, default=0.0), 2)
    places = places_of(context, "dc_offset", lambda event: abs(event.value or 0.0) > most_pct)
    if places:
        yield found(places, largest_pct, str(limit), limit.unit)
    else:
        yield Verdict(Status.PASS, measured=largest_pct, required=limit)


@recording_rule("Q.bandwidth")
def bandwidth(context: RecordingContext) -> Iterable[Verdict]:
    """The sound reaches as high as its sampling rate lets it.

    What: frequency at which the spectrum is cut off (kHz, to a tenth).
    Why: sound converted up from a telephone or a web call has the numbers of 9.2.1 but stays dull.
    Passes: an upload from the setting ``indicator_bandwidth_khz`` on, 14 kHz (super-wideband speech of the ITU-T); a
        lossless source where nothing is cut off: what ends at 22 kHz in a 48 kHz file was recorded at 44.1 kHz.
    Fails: never; less warns. Not measured after a quick check.
    Clause: ours, informs F10.1.
    """
    sound = context.sound
    if sound is None:
        yield not_applicable()
        return
    native = context.stage is Stage.SOURCE and sound.lossless
    least_khz = (
        sound.sample_rate_hz / 2000 * _OF_ITS_RATE if native else context.regulation.settings.indicator_bandwidth_khz
    )
    limit = Limit(min=round(least_khz, 1), unit="khz", clause="Q.bandwidth")
    figure_khz = None if sound.bandwidth_hz is None else round(sound.bandwidth_hz / 1000, 1)
    yield _within(context, limit, figure_khz, "converted" if native else "narrow", "")


@recording_rule("Q.pace")
def pace(context: RecordingContext) -> Iterable[Verdict]:
    """The speaker is neither hurried nor slow.

    What: syllables a minute, estimated from the level of the sound, pauses of two seconds and more left out (count);
        uploads other than promo.
    Why: a lecture in a foreign language is lost at a newsreader's pace.
    Passes: between the settings ``indicator_syllables_min`` and ``…_max``, 120 to 360, about 50 to 150 words of the
        Kazakh and Russian languages; less than ten seconds of speech.
    Fails: never; slower and faster warn. Not measured after a quick check.
    Clause: ours, informs 9.6.2a and F10.7.
    """
    settings = context.regulation.settings
    limit = Limit(
        min=settings.indicator_syllables_min, max=settings.indicator_syllables_max, unit="count", clause="Q.pace"
    )
    sound = _speech(context)
    yield not_applicable() if sound is None else _within(context, limit, sound.syllables_per_min, "slow", "fast")


@recording_rule("Q.pause")
def pause(context: RecordingContext) -> Iterable[Verdict]:
    """The speaker does not fall silent for long.

    What: longest pause, 22 dB and more below the loud parts of the speech (s); uploads other than promo.
    Why: a long pause is mostly a forgotten cut; learners think that the video has stopped.
    Passes: shorter than the setting ``indicator_pause_s``, 10 s (Opencast's default for lectures).
    Fails: never; a longer one warns. Not measured after a quick check.
    Clause: ours, informs 9.6.2a and F10.7.
    """
    least_s = context.regulation.settings.indicator_pause_s
    required = f"< {least_s:g}"
    sound = _speech(context)
    if sound is None:
        yield not_applicable()
        return
    longest_s = sound.longest_pause_s
    if context.report.quick:
        yield Verdict(Status.NOT_MEASURED, message="unknown", required=required, unit="s")
    elif longest_s is not None and longest_s >= least_s:
        yield Verdict(Status.WARNING, message="found", measured=longest_s, required=required, unit="s")
    else:
        yield Verdict(Status.PASS, measured=longest_s, required=required, unit="s")


@recording_rule("Q.av_start_offset")
def av_start_offset(context: RecordingContext) -> Iterable[Verdict]:
    """Picture and sound start together.

    What: start of the sound track after that of the picture (s), by the time stamps of the file.
    Why: tracks that start apart are what players and platforms put out of sync.
    Passes: from 40 ms early to 60 ms late (EBU R37), the settings ``indicator_sound_early_s`` and ``…_late_s``.
    Fails: never; more warns. Not measured after a quick check.
    Clause: ours, informs F10.1 and F10.2.
    """
    settings = context.regulation.settings
    yield _of_both_tracks(
        context, "av_start_offset", -settings.indicator_sound_early_s, settings.indicator_sound_late_s
    )


@recording_rule("Q.av_length_mismatch")
def av_length_mismatch(context: RecordingContext) -> Iterable[Verdict]:
    """Picture and sound end together.

    What: end of the sound after that of the picture (s).
    Why: sound that ends early is a cut-off word, sound that goes on a black picture.
    Passes: at most two frames earlier and at most 2 s later (Telestream FC-108), the settings
        ``indicator_sound_shorter_s`` and ``…_longer_s``.
    Fails: never; more warns. Not measured after a quick check.
    Clause: ours, informs F10.1 and F10.2.
    """
    settings = context.regulation.settings
    yield _of_both_tracks(
        context, "av_length_mismatch", -settings.indicator_sound_shorter_s, settings.indicator_sound_longer_s
    )


def _of_two_channels(context: RecordingContext, kind: str, least_s: float) -> Verdict:
    applies = context.sound is not None and context.sound.channels == 2
    return judge_spans(context, kind, least_s) if applies else not_applicable()


def _speech(context: RecordingContext) -> AudioFacts | None:
    """Return the sound where its pace is to be judged: takes are cut later, and a promo has music."""
    return context.sound if context.stage is Stage.UPLOAD and context.role is not RecordingRole.PROMO else None


def _within(context: RecordingContext, limit: Limit, figure: Number | None, below: str, above: str) -> Verdict:
    """Judge a figure; sound that is too short or too quiet to have it has nothing to answer for."""
    if context.report.quick:
        return not_measured("unknown", required=limit)
    if figure is None or limit.accepts(figure):
        return Verdict(Status.PASS, measured=figure, required=limit)
    return warn(below if limit.min is not None and figure < limit.min else above, measured=figure, required=limit)


def _of_both_tracks(context: RecordingContext, kind: str, least_s: float, most_s: float) -> Verdict:
    """Judge by how much the file's own sound is later than its picture; a paired WAV has its own clock."""
    limit = Limit(min=least_s, max=most_s, unit="s", clause=f"Q.{kind}")
    report = context.report
    if report.video is None or report.audio is None or report.sound is not None:
        return not_applicable()
    values = [event.value for event in events_of(context, kind) if event.value is not None]
    if report.quick:
        return not_measured("unknown", required=limit)
    late_s = max(values, key=abs, default=None)
    if late_s is None or limit.accepts(late_s):
        return Verdict(Status.PASS, measured=late_s, required=limit)
    return warn("early" if late_s < least_s else "late", measured=round(late_s, 2), required=limit)


RULES = (
    noise,
    hum,
    click,
    audio_gap,
    dead_channel,
    out_of_phase,
    imbalance,
    dual_mono,
    dc_offset,
    bandwidth,
    pace,
    pause,
    av_start_offset,
    av_length_mismatch,
)
