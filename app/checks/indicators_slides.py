"""Indicators of presentations: whether slides can be read on a screen. They warn and never fail.

The regulation gives no numbers (9.7); the defaults are settings of the edition.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from app.checks.context import Context, Verdict, attest, fail, not_applicable, rule
from app.model.attachment import AttachmentFacts
from app.model.views import lesson_path, numbered_lessons

_SCREEN_PX = 1920
_WIDE = 16 / 9
_LOGO_SLIDES = 3
"""A picture on so many slides is no content: a logo or an ornament."""


def _decks(context: Context) -> Iterator[tuple[int, AttachmentFacts, str]]:
    for number, module, lesson in numbered_lessons(context.course):
        facts = context.file_facts(lesson.presentation)
        if facts is not None and facts.slides:
            yield number, facts, lesson_path(module, lesson, "presentation")


@rule("Q.slide_text")
def slide_text(context: Context) -> Iterable[Verdict]:
    """Text on slides is large, stands out from its ground, and there is not too much of it.

    What: of each PPTX the smallest size (points on a slide 540 points high), the lowest contrast where text and ground
    are plain colours (WCAG), and the characters of each slide.
    Why: many learners watch on a telephone, and nobody reads a page while listening.
    Passes: sizes, contrasts and amounts within the settings.
    Fails: never; slides beyond a setting are named.
    Clause: 9.7.1; the numbers are ours.
    """
    settings = context.regulation.settings
    decks = list(_decks(context))
    if not decks:
        yield not_applicable()
    for number, facts, path in decks:
        slides = list(enumerate(facts.slides, start=1))
        small = [n for n, s in slides if s.smallest_pt is not None and s.smallest_pt < settings.indicator_slide_text_pt]
        pale = [
            n
            for n, s in slides
            if s.lowest_contrast is not None and s.lowest_contrast < settings.indicator_slide_contrast
        ]
        full = [n for n, s in slides if s.chars > settings.indicator_slide_chars]
        for message, found in (("small", small), ("pale", pale), ("full", full)):
            if found:
                yield fail(message, path, number=number, slides=_listed(found))


@rule("Q.slide_picture")
def slide_pictures(context: Context) -> Iterable[Verdict]:
    """Slides are 16:9, their pictures sharp, and their logos the university's own.

    What: width by height; how far each picture would be enlarged on a screen 1920 pixels wide; pictures that stand on
    three slides or more, which a person looks at.
    Why: other shapes leave black bars in the video, enlarged pictures blur, foreign logos touch other people's rights.
    Passes: 16:9, no picture enlarged beyond the setting, and a person said that no logo is foreign.
    Fails: never; what is beyond is named, recurring pictures wait for a person's word.
    Clause: F01.20f, 9.6.1; the numbers are ours.
    """
    decks = list(_decks(context))
    if not decks:
        yield not_applicable()
    for number, facts, path in decks:
        if facts.aspect is not None and abs(facts.aspect - _WIDE) > 0.02:
            yield fail("aspect", path, measured=round(facts.aspect, 2), number=number)
        blurred = [
            place
            for place, slide in enumerate(facts.slides, start=1)
            if any(
                picture.share * _SCREEN_PX > picture.width_px * context.regulation.settings.indicator_slide_enlarged
                for picture in slide.pictures
            )
        ]
        if blurred:
            yield fail("blurred", path, number=number, slides=_listed(blurred))
        yield from _logos(context, number, facts, path)


def _logos(context: Context, number: int, facts: AttachmentFacts, path: str) -> Iterator[Verdict]:
    seen = Counter(sha1 for slide in facts.slides for sha1 in {picture.sha1 for picture in slide.pictures} if sha1)
    logos = sum(count >= _LOGO_SLIDES for count in seen.values())
    word = context.attested("Q.slide_picture", path)
    if logos and word is None:
        yield attest("logos", path, number=number, count=logos)
    elif logos and not word:
        yield fail("foreign", path, number=number)


def _listed(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:12]))
    return f"{shown}, …" if len(numbers) > 12 else shown


RULES = (slide_text, slide_pictures)
