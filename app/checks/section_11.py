"""Section 11: components of the course.

11.1b and 11.1c hold by construction (self-study items have no weight and belong to a lesson), 11.3a is carried by the
rules of form 05, 11.6b by DR9, 11.7 by DR8, 11.9 by F01.17.
"""

from collections.abc import Iterable, Iterator

from app.checks.context import Context, Verdict, fail, not_applicable, rule, warn
from app.checks.deadlines import day_text
from app.checks.wording import is_blank
from app.formats.calculated import check
from app.formats.problems import ProblemSeverity
from app.model.finding import Measure, Status
from app.model.structure import OutcomeKind, SelfStudyItem, SelfStudyKind
from app.model.tasks import AnswerKind, Calculation, Protection, Question, Task, TaskKind, TaskType
from app.model.views import NAMELESS, module_of_task, numbered_lessons, text_length, week_effort_min

CHOSEN_ANSWERS = frozenset({AnswerKind.CHOICE_SINGLE, AnswerKind.CHOICE_MULTI, AnswerKind.BINARY, AnswerKind.MATCHING})
"""Answers that are picked from what is shown: never unique to one learner (X26)."""
DONE_NOT_KNOWN = frozenset({OutcomeKind.SKILL, OutcomeKind.ABILITY, OutcomeKind.VALUE, OutcomeKind.ATTITUDE})
"""Kinds of outcomes that show in what a learner does."""


def task_name(task: Task) -> str:
    """Return a task as people call it: by its title."""
    return task.title.strip() or NAMELESS


@rule("11.1.1")
def self_study_tasks(context: Context) -> Iterable[Verdict]:
    """The self-study materials include study tasks.

    What: self-study items of the kind study task in the whole course (count).
    Why: reading alone does not practise; these tasks are not graded (11.1b).
    Passes: one or more in the course.
    Fails: none. A course without lessons is 8.3b's.
    Clause: 11.1.1.
    """
    yield from _has_kinds(context, SelfStudyKind.STUDY_TASK)


@rule("11.1.2")
def self_study_lectures(context: Context) -> Iterable[Verdict]:
    """The self-study materials include lectures and students' independent work.

    What: self-study items of both kinds in the whole course (count); graded independent work is a task (X69).
    Why: learners read the lecture again and go on alone.
    Passes: one or more of each in the course.
    Fails: one of the two kinds is missing.
    Clause: 11.1.2.
    """
    yield from _has_kinds(context, SelfStudyKind.LECTURE, SelfStudyKind.INDEPENDENT_WORK)


@rule("11.1.3")
def self_study_links(context: Context) -> Iterable[Verdict]:
    """The self-study materials include links to external sources.

    What: self-study items of the kind link with an address in the whole course (count); its form is 9.4's.
    Why: learners see where the knowledge comes from and what is new.
    Passes: one or more in the course.
    Fails: none.
    Clause: 11.1.3.
    """
    yield from _has_kinds(context, SelfStudyKind.LINK)


@rule("11.1.4")
def self_study_visuals(context: Context) -> Iterable[Verdict]:
    """The self-study materials include diagrams, charts or other visual aids.

    What: self-study items of the kind visual in the whole course (count).
    Why: a picture explains what paragraphs do not.
    Passes: one or more in the course.
    Fails: none.
    Clause: 11.1.4.
    """
    yield from _has_kinds(context, SelfStudyKind.VISUAL)


def _has_kinds(context: Context, *kinds: SelfStudyKind) -> Iterator[Verdict]:
    lessons = [lesson for _, _, lesson in numbered_lessons(context.course)]
    if not lessons:
        yield not_applicable()
        return
    there = {item.kind for lesson in lessons for item in lesson.self_study if _says_something(item)}
    yield from (fail(kind.value, "modules") for kind in kinds if kind not in there)


def _says_something(item: SelfStudyItem) -> bool:
    if item.kind is SelfStudyKind.LINK:
        return not is_blank(item.url)
    return item.file is not None or not is_blank(item.title) or not is_blank(item.url)


@rule("11.2")
def weekly_message(context: Context) -> Iterable[Verdict]:
    """Each module has a message of 400 to 600 characters to all registered learners.

    What: length of each message (characters as X35 counts them) and the day of sending (X58).
    Why: a letter at the beginning of the week brings learners back.
    Passes: 400 to 600 characters, sent on the day on which the module opens.
    Fails: no message, 399 characters and fewer, 601 and more. Another day warns, from the opening of registration on
        (S19) a missing day too.
    Clause: 11.2.
    """
    for number, module in enumerate(context.course.modules, start=1):
        message, path = module.weekly_message, f"modules/{module.id}/weekly_message"
        length = text_length(message.text)
        kind = "length" if length else "none"
        yield from context.within("weekly_message_chars", length, kind, f"{path}/text", module=number)
        if message.send_on is None:
            if context.reached("S19"):
                yield warn("no_day", f"{path}/send_on", module=number)
        elif module.opens_on is not None and message.send_on != module.opens_on:
            sent, opens = day_text(message.send_on), day_text(module.opens_on)
            yield warn("other_day", f"{path}/send_on", measured=sent, required=opens, module=number)


@rule("11.5a")
def task_types(context: Context) -> Iterable[Verdict]:
    """Each task is of a type of form 06, or of one for which a new component was made.

    What: the type of each task; of a type of its own, the description of the component (11.5b).
    Why: the platform can run only what it has a component for.
    Passes: one of the five types, or another one with its component described.
    Fails: no type, or another one without a component. What each type asks is F06.1 to F06.5.
    Clause: 11.5a, 11.5b.
    """
    for task in context.course.tasks:
        if task.type is None:
            yield fail("none", f"tasks/{task.id}/type", task=task_name(task))
        elif task.type is TaskType.CUSTOM and is_blank(task.custom_component):
            yield fail("component", f"tasks/{task.id}/custom_component", task=task_name(task))


@rule("11.6a")
def tasks_spare_time(context: Context) -> Iterable[Verdict]:
    """The set of tasks spares the learners' time and the cost of support.

    What: minutes of a week's tasks against all planned minutes of the week (min), and a person's word that nothing is
        asked twice.
    Why: learners give up where tasks eat the week; each open task has to be read by somebody.
    Passes: a person confirms.
    Fails: the person denies; it waits for the person's word. Tasks longer than the week warn.
    Clause: 11.6a.
    """
    minutes: dict[str, int] = {}
    for task in context.course.tasks:
        module = module_of_task(context.course, task)
        if module is not None:
            minutes[module.id] = minutes.get(module.id, 0) + task.minutes
    for number, module in enumerate(context.course.modules, start=1):
        planned_min, tasks_min = week_effort_min(module), minutes.get(module.id, 0)
        if tasks_min > planned_min > 0:
            params: dict[str, Measure] = {"module": number, "planned": planned_min}
            element, required = f"modules/{module.id}/effort", f"<= {planned_min}"
            yield Verdict(Status.WARNING, element, "minutes", tasks_min, required, params, "min")
    yield from context.ask("11.6a")


@rule("11.6c")
def type_suits_outcome(context: Context) -> Iterable[Verdict]:
    """The type of a task suits the kind of outcome that it checks.

    What: a person's word; as an advice, outcomes that show in what learners do (skill, ability, value, attitude) and
        that only tests check.
    Why: a test shows what somebody knows, not what somebody can do.
    Passes: a person confirms.
    Fails: the person denies; it waits for the person's word. An outcome of doing with tests alone warns.
    Clause: 11.6c.
    """
    kinds: dict[str, set[TaskKind]] = {}
    for task in context.course.tasks:
        for outcome_id in task.outcome_ids:
            kinds.setdefault(outcome_id, set()).add(task.kind)
    for outcome in context.course.outcomes:
        if outcome.kind in DONE_NOT_KNOWN and kinds.get(outcome.id) == {TaskKind.TEST}:
            yield warn("tests_only", f"outcomes/{outcome.id}", outcome=outcome.text.strip() or NAMELESS)
    yield from context.ask("11.6c")


@rule("11.7a")
def parameterised_tasks(context: Context) -> Iterable[Verdict]:
    """A parameterised task gives each learner conditions of their own and asks for an answer of their own.

    What: the parameters and the kind of answer of each task that is protected in this way; the formulas of its
        parameterised questions, evaluated over the range of their variables.
    Why: an answer from a base fits nobody else; shuffled options are no protection (X26).
    Passes: at least one parameter is named or a question of the task has variables, the answer is typed in.
    Fails: no parameter; an answer that is picked from options, also in a test of which every question is (X26); a
        formula that cannot be evaluated or gives every learner the same answer.
    Clause: 11.7a, 11.7.
    """
    for task in _protected(context, Protection.PARAMETERISED):
        calculations = _calculations(context, task)
        if not calculations and all(is_blank(parameter.text) for parameter in task.parameters):
            yield fail("parameters", f"tasks/{task.id}/parameters", task=task_name(task))
        for number, question, calculation in calculations:
            if any(p.severity is ProblemSeverity.ERROR for p in check(question.stem, calculation).problems):
                element = f"test_bank/{question.id}/calculation"
                yield fail("calculation", element, task=task_name(task), question=number)
        yield from _open_answer(context, task)


def _calculations(context: Context, task: Task) -> list[tuple[int, Question, Calculation]]:
    """Return the parameterised questions of a task with their numbers in the bank."""
    return [
        (number, question, question.calculation)
        for number, question in enumerate(context.course.test_bank, start=1)
        if task.id in question.task_ids and question.calculation is not None
    ]


@rule("11.7b")
def open_unique_tasks(context: Context) -> Iterable[Verdict]:
    """An open task asks for an answer of the learner's own, and identical answers are looked for.

    What: the kind of answer of each task that is protected in this way, and the measure against identical answers.
    Why: an open answer protects only while somebody compares the answers.
    Passes: the answer is open, the measure is described.
    Fails: no measure; an answer that is picked from options, also in a test of which every question is.
    Clause: 11.7b, 11.7.
    """
    for task in _protected(context, Protection.OPEN_UNIQUE):
        if is_blank(task.identical_answer_check):
            yield fail("measure", f"tasks/{task.id}/identical_answer_check", task=task_name(task))
        yield from _open_answer(context, task)


def _protected(context: Context, protection: Protection) -> tuple[Task, ...]:
    return tuple(task for task in context.course.tasks if task.protection is protection)


def _open_answer(context: Context, task: Task) -> Iterator[Verdict]:
    if task.answer_kind in CHOSEN_ANSWERS:
        yield fail("picked", f"tasks/{task.id}/answer_kind", task=task_name(task))
    elif task.kind is TaskKind.TEST:
        questions = [question for question in context.course.test_bank if task.id in question.task_ids]
        if questions and all(each.kind in CHOSEN_ANSWERS and each.calculation is None for each in questions):
            yield fail("picked", f"tasks/{task.id}/protection", task=task_name(task))


@rule("11.8")
def pilot(context: Context) -> Iterable[Verdict]:
    """The tasks were tried on a representative sample before the start.

    What: days of the trial, size and description of the sample, results. No size is asked for (X60); that the trial
        ended before the start is DR11's.
    Why: misleading tasks show when somebody tries them.
    Passes: everything is recorded, or there is no placement certificate yet.
    Fails: nothing or not everything is recorded from then on (S16); the trial ends before it begins; a sample of 0.
    Clause: 11.8.
    """
    trial = context.course.pilot
    lacks = {
        "from_on": trial.from_on is None,
        "to_on": trial.to_on is None,
        "sample_size": trial.sample_size is None,
        "sample_description": is_blank(trial.sample_description),
        "results": is_blank(trial.results),
    }
    if all(lacks.values()):
        yield context.missing("11.8", "pilot")
        return
    if context.expected("11.8"):
        yield from (fail(part, f"pilot/{part}") for part, lacking in lacks.items() if lacking)
    if trial.from_on is not None and trial.to_on is not None and trial.to_on < trial.from_on:
        began, ended = day_text(trial.from_on), day_text(trial.to_on)
        yield fail("order", "pilot/to_on", measured=ended, required=f">= {began}")
    if trial.sample_size is not None and trial.sample_size <= 0:
        yield fail("size", "pilot/sample_size", measured=trial.sample_size, required=">= 1")


RULES = (
    self_study_tasks,
    self_study_lectures,
    self_study_links,
    self_study_visuals,
    weekly_message,
    task_types,
    tasks_spare_time,
    type_suits_outcome,
    parameterised_tasks,
    open_unique_tasks,
    pilot,
)
