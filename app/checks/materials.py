"""Materials of the course: elements of the videos (9.3), links (9.4), what others made (13.AU.7).

9.3.1, the picture itself, is judged on each recording.
"""

from collections.abc import Iterable, Iterator

from app.checks.context import Context, Verdict, fail, not_applicable, rule, warn
from app.checks.links import is_link
from app.checks.wording import is_blank
from app.model.course import Course
from app.model.recording import Stage
from app.model.views import lesson_path, numbered_lessons

DEAD = "dead"
"""`Material.url_status` of a link that was tried and leads nowhere."""


@rule("9.3.2")
def photographs(context: Context) -> Iterable[Verdict]:
    """The finished material has photographs.

    What: the tag "photo" of the lessons' videos; one video of the course is enough (X43).
    Why: the regulation lists four elements of which finished material consists.
    Passes: a lesson has the tag, or a person confirms.
    Fails: a person denies. Without tag and word it warns.
    Clause: 9.3.2.
    """
    yield from _element(context, "9.3.2", "photo")


@rule("9.3.3")
def animation(context: Context) -> Iterable[Verdict]:
    """The finished material has animation.

    What: the tag "animation" of the lessons' videos; one video of the course is enough (X43).
    Why: the regulation lists four elements of which finished material consists.
    Passes: a lesson has the tag, or a person confirms.
    Fails: a person denies. Without tag and word it warns.
    Clause: 9.3.3.
    """
    yield from _element(context, "9.3.3", "animation")


@rule("9.3.4")
def infographics(context: Context) -> Iterable[Verdict]:
    """The finished material has infographics.

    What: the tag "infographic" of the lessons' videos; one video of the course is enough (X43).
    Why: the regulation lists four elements of which finished material consists.
    Passes: a lesson has the tag, or a person confirms.
    Fails: a person denies. Without tag and word it warns.
    Clause: 9.3.4.
    """
    yield from _element(context, "9.3.4", "infographic")


def _element(context: Context, rule_id: str, element: str) -> Iterator[Verdict]:
    lessons = [lesson for _, _, lesson in numbered_lessons(context.course)]
    word = context.attested(rule_id)
    if not lessons:
        yield not_applicable()
    elif not any(getattr(lesson.video.elements, element) for lesson in lessons):
        if word is None:
            yield warn("none", "modules")
        elif not word:
            yield fail("denied", "modules")


@rule("9.4")
def links(context: Context) -> Iterable[Verdict]:
    """Every learning material can be reached by a link.

    What: the link to the folder of all materials (decision 11), or one for each material and recording; the form of
        every link of the course, and what trying the links gave (X44).
    Why: the office loads the course from there; videos do not fit into a mail (X70).
    Passes: the folder or each material has a link, all links are well formed, none of those tried is dead.
    Fails: materials without a link, a link that is no web address, a dead link.
    Clause: 9.4.
    """
    course = context.course
    unlinked = _without_link(course)
    if is_blank(course.materials_folder_url):
        if unlinked:
            yield fail("none", "materials_folder_url", measured=unlinked, required="0")
        elif not course.materials and not course.recordings:
            yield not_applicable()
    for element, url in _urls(course):
        if not is_blank(url) and not is_link(url):
            yield fail("malformed", element, url=url.strip())
    for material in course.materials:
        if is_link(material.url) and material.url_status == DEAD:
            yield fail("dead", f"materials/{material.id}/url", url=material.url.strip())


def _without_link(course: Course) -> int:
    """Count what only a folder could lead to: files of lessons, materials and recordings without a link."""
    count = sum(is_blank(material.url) for material in course.materials)
    count += sum(is_blank(recording.url) for recording in course.recordings if recording.stage is Stage.UPLOAD)
    for _, _, lesson in numbered_lessons(course):
        count += lesson.presentation is not None
        count += sum(item.file is not None and is_blank(item.url) for item in lesson.self_study)
    return count


def _urls(course: Course) -> Iterator[tuple[str, str]]:
    yield "materials_folder_url", course.materials_folder_url
    yield from ((f"materials/{material.id}/url", material.url) for material in course.materials)
    for _, module, lesson in numbered_lessons(course):
        for item in lesson.self_study:
            yield lesson_path(module, lesson, f"self_study/{item.id}/url"), item.url
    yield from ((f"references/{reference.id}/url", reference.url) for reference in course.references)
    yield from ((f"recordings/{recording.id}/url", recording.url) for recording in course.recordings)


@rule("13.AU.7")
def rights_of_others(context: Context) -> Iterable[Verdict]:
    """Nothing in the course infringes the rights of others.

    What: source and licence of each material that others made; the author's word for the whole course.
    Why: the university answers for what it publishes.
    Passes: source and licence are noted for each of them, and the author confirms.
    Fails: one of them is empty, or the author denies; it waits for the author's word.
    Clause: 13.AU.7, 10.4b.
    """
    for material in context.course.materials:
        name, element = material.title.strip() or material.id, f"materials/{material.id}"
        if material.third_party and is_blank(material.source):
            yield fail("source", f"{element}/source", material=name)
        if material.third_party and is_blank(material.licence):
            yield fail("licence", f"{element}/licence", material=name)
    yield from context.ask("13.AU.7")


RULES = (photographs, animation, infographics, links)
RULES_OF_SECTION_13 = (rights_of_others,)
