"""What a person says of the video lectures (9.5 to 9.7): no number decides, indicators only say where to look."""

from collections.abc import Iterable

from app.checks.context import Context, Verdict, rule


@rule("9.5.2")
def lighting(context: Context) -> Iterable[Verdict]:
    """The studio light suffices and is spread evenly.

    What: a person's word for all video lectures; the indicators of light (Q.uneven_light and others) say where to look.
    Why: a face half in shadow tires the learner; no number of the regulation decides it.
    Passes: a person said yes, or there is no video lecture yet.
    Fails: a person said no. Waits for a person while nobody answered.
    Clause: 9.5.2.
    """
    yield from context.ask_once_recorded("9.5.2")


@rule("9.5.3")
def colours(context: Context) -> Iterable[Verdict]:
    """Colours are right, and a chroma key is clean.

    What: a person's word for all video lectures; the indicators of colour cast and chroma key say where to look.
    Why: green fringes and a wrong white balance look careless; no number of the regulation decides it.
    Passes: a person said yes, or there is no video lecture yet.
    Fails: a person said no. Waits for a person while nobody answered.
    Clause: 9.5.3.
    """
    yield from context.ask_once_recorded("9.5.3")


@rule("9.5.4")
def clean_frame(context: Context) -> Iterable[Verdict]:
    """Nothing superfluous is in the frame.

    What: a person's word for all video lectures; no measurement sees what is superfluous.
    Why: things lying about draw the eye away from the lecture.
    Passes: a person said yes, or there is no video lecture yet.
    Fails: a person said no. Waits for a person while nobody answered.
    Clause: 9.5.4.
    """
    yield from context.ask_once_recorded("9.5.4")


@rule("9.6.1")
def visual_quality(context: Context) -> Iterable[Verdict]:
    """Video, illustrations, graphics and lettering are of good quality.

    What: a person's word for all video lectures; the indicators of sharpness, upscaling and blocking say where to look.
    Why: what cannot be made out cannot be learned.
    Passes: a person said yes, or there is no video lecture yet.
    Fails: a person said no. Waits for a person while nobody answered.
    Clause: 9.6.1.
    """
    yield from context.ask_once_recorded("9.6.1")


@rule("9.6.2a")
def delivery(context: Context) -> Iterable[Verdict]:
    """Diction is clear and the tempo considered.

    What: a person's word for all video lectures; the indicators of pace, pauses and loudness say where to look.
    Why: a lecture is listened to first of all.
    Passes: a person said yes, or there is no video lecture yet.
    Fails: a person said no. Waits for a person while nobody answered.
    Clause: 9.6.2a.
    """
    yield from context.ask_once_recorded("9.6.2a")


@rule("9.6.2b")
def background(context: Context) -> Iterable[Verdict]:
    """Background and music do not distract.

    What: a person's word for all video lectures; the indicators of noise and hum say where to look.
    Why: music that is too loud covers the words.
    Passes: a person said yes, or there is no video lecture yet.
    Fails: a person said no. Waits for a person while nobody answered.
    Clause: 9.6.2b.
    """
    yield from context.ask_once_recorded("9.6.2b")


@rule("9.7.1")
def text_layout(context: Context) -> Iterable[Verdict]:
    """Text in the frame is well placed and legible.

    What: a person's word for all video lectures; the indicator of small text says where to look.
    Why: many learners watch on a telephone.
    Passes: a person said yes, or there is no video lecture yet.
    Fails: a person said no. Waits for a person while nobody answered.
    Clause: 9.7.1.
    """
    yield from context.ask_once_recorded("9.7.1")


@rule("9.7.2a")
def calm_colours(context: Context) -> Iterable[Verdict]:
    """There are no superfluous colours, and the frame is not over-bright.

    What: a person's word for all video lectures; the indicator of overexposure says where to look.
    Why: glaring frames tire the eye; the sentence recommends (X45).
    Passes: a person said yes, or there is no video lecture yet.
    Fails: never; it warns when a person said no. Waits for a person while nobody answered.
    Clause: 9.7.2a.
    """
    yield from context.ask_once_recorded("9.7.2a")


@rule("9.7.2b")
def bright_accents(context: Context) -> Iterable[Verdict]:
    """Bright colours are kept for what matters most.

    What: a person's word for all video lectures; no measurement knows what matters.
    Why: an accent works only where there are few; the sentence recommends (X45).
    Passes: a person said yes, or there is no video lecture yet.
    Fails: never; it warns when a person said no. Waits for a person while nobody answered.
    Clause: 9.7.2b.
    """
    yield from context.ask_once_recorded("9.7.2b")


RULES = (
    lighting,
    colours,
    clean_frame,
    visual_quality,
    delivery,
    background,
    text_layout,
    calm_colours,
    bright_accents,
)
