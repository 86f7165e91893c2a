"""Form 01: the description of the course, items 1–13, 15 and 22; items 14, 16–21 stand in the neighbouring modules."""

from collections.abc import Iterable

from app.checks import form_01_files, form_01_video
from app.checks.context import Context, Verdict, fail, rule, warn
from app.checks.fields import any_text, filled
from app.checks.sentences import has_end_mark, sentence_count
from app.checks.wording import is_blank
from app.model.course import CourseContext
from app.model.people import Author
from app.model.views import course_effort_min, course_outcomes, form_05_questions, text_length


@rule("F01.1")
def title(context: Context) -> Iterable[Verdict]:
    """The course has a title of at most 150 characters.

    What: length of the title (characters as X35 counts them: NFC, trimmed, spaces and marks count).
    Why: the title stands in every form and on the platform, whose field is short.
    Passes: 1 to 150 characters.
    Fails: no title, or 151 characters and more.
    Clause: F01.1, F02.6, 7.4.
    """
    length = text_length(context.course.title)
    yield from context.within("title_chars", length, "length" if length else "empty", "title", length=length)


@rule("F01.2")
def university(context: Context) -> Iterable[Verdict]:
    """The university that developed the course is named.

    What: the name of the university.
    Why: forms 01 and 02 begin with the developer.
    Passes: any name.
    Fails: an empty field.
    Clause: F01.2, F02.1, 7.4.
    """
    yield from filled(context.course.university, "university")


@rule("F01.3")
def language(context: Context) -> Iterable[Verdict]:
    """The language of the course is chosen.

    What: the language, one of Kazakh, Russian, English.
    Why: learners choose by it, and exported texts carry it as their language.
    Passes: a language is chosen.
    Fails: none is.
    Clause: F01.3, 7.4.
    """
    if context.course.language is None:
        yield fail("empty", "language")


@rule("F01.4")
def audience(context: Context) -> Iterable[Verdict]:
    """The audience is named: educational programmes, and in words for whom the course is.

    What: names of educational programmes; the free description of the target audience (X66).
    Why: learners and experts must see for whom the course is made.
    Passes: at least one programme and a description.
    Fails: no programme; a missing description is only a warning, as 7.8a recommends it.
    Clause: F01.4, 7.8a, 7.4.
    """
    about = context.course.audience
    if all(map(is_blank, about.programmes)):
        yield fail("no_programme", "audience/programmes")
    if is_blank(about.description):
        yield warn("no_description", "audience/description")


@rule("F01.5")
def authors(context: Context) -> Iterable[Verdict]:
    """Each author has name, workplace, position, academic degree and title.

    What: five fields of each author; degree and title may be declared as "none".
    Why: they are printed in forms 01, 02, 04, 09 and 11 (X62).
    Passes: at least one author, everything filled in or declared.
    Fails: no author, or an empty field that is not declared as "none".
    Clause: F01.5, F02.5, 7.4.
    """
    if not context.course.authors:
        yield fail("no_author", "authors")
    for number, author in enumerate(context.course.authors, 1):
        for field in _open_fields(author):
            yield fail(field, f"authors/{author.id}/{field}", author=author.full_name.strip() or f"№ {number}")


def _open_fields(author: Author) -> Iterable[str]:
    texts = {
        "full_name": author.full_name,
        "workplace": author.workplace,
        "position": author.position,
        "degree": author.degree or "-" * author.no_degree,
        "title": author.title or "-" * author.no_title,
    }
    return (field for field, text in texts.items() if is_blank(text))


@rule("F01.6")
def level(context: Context) -> Iterable[Verdict]:
    """The difficulty is one of three levels.

    What: the level, one of beginner, intermediate, advanced.
    Why: learners choose by it, form 02 marks it.
    Passes: a level is chosen.
    Fails: none is.
    Clause: F01.6, F02.15, 7.4.
    """
    if context.course.level is None:
        yield fail("empty", "level")


@rule("F01.7")
def credits_and_duration(context: Context) -> Iterable[Verdict]:
    """The duration is known, within a programme the academic credits too.

    What: planned minutes of all weeks, from which weeks and academic hours are computed; academic credits (X65).
    Why: both stand in forms 01 and 02; the size of a credit is the programme's, so it cannot be computed.
    Passes: at least one planned week; in a programme also credits above 0.
    Fails: nothing planned, no credits in a programme, or credits of 0 and less.
    Clause: F01.7, F02.14, 7.4.
    """
    course = context.course
    if course_effort_min(course) <= 0:
        yield fail("no_duration", "modules")
    if course.credits is None:
        if CourseContext.PROGRAMME in course.contexts:
            yield fail("no_credits", "credits")
    elif not course.credits > 0:
        yield fail("credits", "credits", measured=course.credits, required="> 0")


@rule("F01.8")
def prerequisites(context: Context) -> Iterable[Verdict]:
    """What must be learned before is named, or said to be nothing.

    What: the list of prerequisites and the declaration that there are none.
    Why: a learner must know what the course builds on.
    Passes: at least one entry, or the declaration.
    Fails: neither; entries of blanks do not count.
    Clause: F01.8, F02.12, 7.8b, 7.4.
    """
    if not (context.course.no_prerequisites or any_text(context.course.prerequisites)):
        yield fail("empty", "prerequisites")


@rule("F01.9")
def postrequisites(context: Context) -> Iterable[Verdict]:
    """What builds on the course is named, or said to be nothing.

    What: the list of postrequisites and the declaration that there are none.
    Why: it shows the place of the course in the programme.
    Passes: at least one entry, or the declaration.
    Fails: neither; entries of blanks do not count.
    Clause: F01.9, F02.13, 7.4.
    """
    if not (context.course.no_postrequisites or any_text(context.course.postrequisites)):
        yield fail("empty", "postrequisites")


@rule("F01.10")
def annotation(context: Context) -> Iterable[Verdict]:
    """The short annotation is one sentence of at most 100 characters.

    What: length (characters as X35 counts them) and number of sentences; the closing mark.
    Why: catalogues show it in one line.
    Passes: 1 to 100 characters, one sentence with its mark at the end.
    Fails: nothing, or 101 characters and more; several sentences or a missing mark only warn (decision 12, X31).
    Clause: F01.10, 7.4.
    """
    text = context.course.annotation
    length = text_length(text)
    message = "length" if length else "empty"
    yield from context.within("annotation_chars", length, message, "annotation", length=length)
    if not length:
        return
    limit, sentences = context.limit("annotation_sentences"), sentence_count(text)
    if not limit.accepts(sentences):
        yield warn("sentences", "annotation", measured=sentences, required=limit)
    elif not has_end_mark(text):
        yield warn("no_end_mark", "annotation")


@rule("F01.11")
def goal(context: Context) -> Iterable[Verdict]:
    """The goal of study is stated.

    What: the text of the goal.
    Why: forms 01 and 02 print it, experts judge the content by it.
    Passes: any text.
    Fails: an empty field.
    Clause: F01.11, F02.9, 7.4.
    """
    yield from filled(context.course.goal, "goal")


@rule("F01.12")
def objectives(context: Context) -> Iterable[Verdict]:
    """The objectives of study are listed.

    What: the list of objectives.
    Why: forms 01 and 02 print them.
    Passes: at least one objective.
    Fails: none; entries of blanks do not count.
    Clause: F01.12, F02.10, 7.4.
    """
    if not any_text(context.course.objectives):
        yield fail("empty", "objectives")


@rule("F01.13")
def outcomes(context: Context) -> Iterable[Verdict]:
    """The learning outcomes of the whole course are listed.

    What: outcomes of the course; those of the modules serve them and are judged by 8.2a (X10).
    Why: forms 01 and 02 print them, tasks and lessons are tied to them.
    Passes: at least one outcome of the course with a text.
    Fails: none.
    Clause: F01.13, F02.11, 7.8c, 7.4.
    """
    if all(is_blank(outcome.text) for outcome in course_outcomes(context.course)):
        yield fail("empty", "outcomes")


@rule("F01.15a")
def certificate_info(context: Context) -> Iterable[Verdict]:
    """It is said how certificates are issued.

    What: the text on certificates.
    Why: learners decide by it whether to take part.
    Passes: any text.
    Fails: an empty field.
    Clause: F01.15a, 7.4.
    """
    yield from filled(context.course.assessment.certificate_info, "assessment/certificate_info", "certificate_info")


@rule("F01.15b")
def assessment_system(context: Context) -> Iterable[Verdict]:
    """The assessment system is described, with the terms for checking work.

    What: the description and the checking terms (X33).
    Why: learners must know how and when their work is assessed.
    Passes: both texts are there.
    Fails: one of them is empty.
    Clause: F01.15b, 7.4.
    """
    yield from _assessment_texts(context, "description", "checking_terms")


@rule("F01.15c")
def assessment_parts(context: Context) -> Iterable[Verdict]:
    """Indicators, criteria, scales and procedures of assessment are described.

    What: the four texts (X33).
    Why: they show how the tasks follow from the content.
    Passes: all four are there.
    Fails: one of them is empty.
    Clause: F01.15c, 7.4.
    """
    yield from _assessment_texts(context, "indicators", "criteria", "scales", "procedures")


def _assessment_texts(context: Context, *fields: str) -> Iterable[Verdict]:
    for field in fields:
        yield from filled(getattr(context.course.assessment, field), f"assessment/{field}", field)


@rule("F01.22b")
def question_count(context: Context) -> Iterable[Verdict]:
    """The test bank holds at least 100 questions of form 05.

    What: number of single-choice questions, the only ones that form 05 can hold (count; X12, X13).
    Why: with fewer the tests of a course repeat themselves.
    Passes: 100 questions and more.
    Fails: 99 and fewer.
    Clause: F01.22b, F05.5, 7.4.
    """
    yield from context.within("test_bank_questions", len(form_05_questions(context.course)), "count", "test_bank")


RULES = (
    title,
    university,
    language,
    audience,
    authors,
    level,
    credits_and_duration,
    prerequisites,
    postrequisites,
    annotation,
    goal,
    objectives,
    outcomes,
    *form_01_video.PROMO_RULES,
    certificate_info,
    assessment_system,
    assessment_parts,
    *form_01_files.RULES_BEFORE_VIDEO,
    *form_01_video.LECTURE_RULES,
    *form_01_files.RULES_AFTER_VIDEO,
    question_count,
)
