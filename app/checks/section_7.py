"""Section 7: general provisions.

7.1b, 7.1d, 7.1e, 7.4, 7.6c, 7.7 and 7.8 are carried by the rules that report the same fault.
"""

from collections.abc import Iterable, Iterator

from app.checks.context import Context, Verdict, fail, rule, warn
from app.checks.videos import has_any_video
from app.checks.wording import is_blank
from app.model.people import Author
from app.model.structure import OutcomeScope
from app.model.tasks import TaskRole
from app.model.views import lesson_path, numbered_lessons

CONTRACT_DUE = "S15"
"""State by which the rights contract must be there (decision 1, X53)."""


@rule("7.1a")
def video_lectures(context: Context) -> Iterable[Verdict]:
    """Every lesson has a video lecture, and the lectures are linked by their topics.

    What: planned minutes of video (min) or a lecture recording of each lesson; for the link, the word of a person.
    Why: a MOOC is built of video lectures; a lesson without one was forgotten in planning.
    Passes: a video is planned or recorded, and a person confirms the link. How long the recordings are is 8.4c's.
    Fails: a lesson without either, or the person denies the link; it waits for the person's word.
    Clause: 7.1a.
    """
    lessons = tuple(numbered_lessons(context.course))
    for number, module, lesson in lessons:
        if not has_any_video(context, lesson):
            yield fail("no_video", lesson_path(module, lesson, "video/planned_min"), lesson=number)
    if lessons:
        yield from context.ask("7.1a")


@rule("7.1c")
def presentations(context: Context) -> Iterable[Verdict]:
    """Every lesson has a presentation.

    What: the attached presentation (file) of each lesson. What stands in it is 8.4d's.
    Why: the lecture is recorded with it, and learners download it.
    Passes: a file is attached.
    Fails: none is attached.
    Clause: 7.1c.
    """
    for number, module, lesson in numbered_lessons(context.course):
        if lesson.presentation is None:
            yield fail("none", lesson_path(module, lesson, "presentation"), lesson=number)


@rule("7.2")
def context_of_the_course(context: Context) -> Iterable[Verdict]:
    """The course is developed within an educational programme, non-formal education, or both.

    What: the contexts chosen (one or both).
    Why: it decides on credits, level of education and the learners' certificate.
    Passes: at least one is chosen.
    Fails: none is; the clause informs, so this is a hint.
    Clause: 7.2.
    """
    if not context.course.contexts:
        yield fail("none", "contexts")


@rule("7.3a")
def kind_of_programme(context: Context) -> Iterable[Verdict]:
    """The course follows an educational programme of a named kind.

    What: the kind of programme, higher or additional professional. The programme's name is F01.4's; that volume and
        parameters follow it, a person confirms at 7.3b.
    Why: volume and parameters of the course come from the programme.
    Passes: the kind is chosen.
    Fails: it is not.
    Clause: 7.3a.
    """
    if context.course.programme_kind is None:
        yield fail("none", "programme_kind")


@rule("7.3b")
def goals_of_the_discipline(context: Context) -> Iterable[Verdict]:
    """The course follows the programme in volume and parameters and aims at the goals of the discipline.

    What: the word of the author or of the head of department; no data can decide it.
    Why: a course that misses the discipline's goals cannot replace a part of it.
    Passes: a person confirms.
    Fails: the person denies; it waits for the person's word.
    Clause: 7.3b, 7.3a.
    """
    yield from context.ask("7.3b")


@rule("7.5")
def outcomes_have_text_and_scope(context: Context) -> Iterable[Verdict]:
    """An outcome says what learners can do at the end of a module or of the course.

    What: text of every outcome, and the module to which a module's outcome belongs.
    Why: outcomes without words, or of a module that does not exist, can be neither taught nor tested.
    Passes: the text is there, and the module exists.
    Fails: the text is empty, or the module does not exist.
    Clause: 7.5.
    """
    module_ids = {module.id for module in context.course.modules}
    for outcome in context.course.outcomes:
        if is_blank(outcome.text):
            yield fail("no_text", f"outcomes/{outcome.id}/text")
        if outcome.scope is OutcomeScope.MODULE and outcome.module_id not in module_ids:
            yield fail("no_module", f"outcomes/{outcome.id}/module_id")


@rule("7.6a")
def formative_tasks(context: Context) -> Iterable[Verdict]:
    """Assessment includes formative tasks.

    What: number of formative tasks of the course (count).
    Why: learners practise before they are judged.
    Passes: 1 or more.
    Fails: none.
    Clause: 7.6a.
    """
    if not any(task.role is TaskRole.FORMATIVE for task in context.course.tasks):
        yield fail("none", "tasks")


@rule("7.6b")
def feedback_of_the_teacher(context: Context) -> Iterable[Verdict]:
    """Assessment includes the teacher's feedback.

    What: the plan of feedback (text): how and within which time the teacher answers.
    Why: learners at a distance need to know when and where they get an answer.
    Passes: the plan is written.
    Fails: it is empty.
    Clause: 7.6b.
    """
    if is_blank(context.course.assessment.feedback_plan):
        yield fail("none", "assessment/feedback_plan")


@rule("7.9")
def author_answers_for_the_content(context: Context) -> Iterable[Verdict]:
    """The authors answer for the content of the course.

    What: the authors' statement; no data can decide it.
    Why: the regulation lays the responsibility on the author, who ought to have said so before the submission.
    Passes: a person confirms.
    Fails: the person denies; it waits for the person's word.
    Clause: 7.9.
    """
    yield from context.ask("7.9")


@rule("7.10b")
def rights_contract(context: Context) -> Iterable[Verdict]:
    """Each author has handed the exclusive property rights to the university by a contract of their own.

    What: number, date and file of every author's contract; an attached file must exist.
    Why: without it the university may not publish the course.
    Passes: all three are there.
    Fails: one is missing from the placement on (S15); before that it warns, so that a submission is not held up by
        it (X53, decision 1).
    Clause: 7.10b.
    """
    judge = fail if context.reached(CONTRACT_DUE) else warn
    for number, author in enumerate(context.course.authors, start=1):
        name = author.full_name.strip() or f"№ {number}"
        for message, element in _contract_faults(context, author):
            yield judge(message, element, author=name)


def _contract_faults(context: Context, author: Author) -> Iterator[tuple[str, str]]:
    """Yield message and element of each missing part; one for a contract of which nothing is there."""
    contract, element = author.contract, f"authors/{author.id}/contract"
    lacks = {
        "number": is_blank(contract.number),
        "signed_on": contract.signed_on is None,
        "file": contract.file is None,
    }
    if all(lacks.values()):
        yield "none", element
        return
    yield from ((part, f"{element}/{part}") for part, lacking in lacks.items() if lacking)
    facts = context.file_facts(contract.file)
    if facts is not None and not facts.exists:
        yield "lost", f"{element}/file"


RULES = (
    video_lectures,
    presentations,
    context_of_the_course,
    kind_of_programme,
    goals_of_the_discipline,
    outcomes_have_text_and_scope,
    formative_tasks,
    feedback_of_the_teacher,
    author_answers_for_the_content,
    rights_contract,
)
