"""Form 06: what each of the five types of tasks asks. Shuffling (F06.1) is information on the platform (decision 9)."""

from collections import Counter
from collections.abc import Iterable, Iterator

from app.checks.context import Context, Verdict, fail, rule
from app.checks.section_11 import task_name
from app.checks.wording import is_blank
from app.model.tasks import AnswerKind, Placement, Task, TaskKind, TaskType

EXACT_ANSWERS = frozenset({AnswerKind.NUMBER, AnswerKind.SHORT_TEXT})


def _of_type(context: Context, task_type: TaskType) -> tuple[Task, ...]:
    return tuple(task for task in context.course.tasks if task.type is task_type)


@rule("F06.1")
def auto_checked_set(context: Context) -> Iterable[Verdict]:
    """A set that is checked automatically has items, and a program can check their answers.

    What: number of items (count), of a test its questions; the kind of answer. Tests of a lesson that has no items at
        all are F02.20's.
    Why: each item is graded by itself, by an algorithm.
    Passes: one item or more, answers of a kind that can be compared.
    Fails: no item; free-form answers.
    Clause: F06.1.
    """
    course = context.course
    asked = Counter(task_id for question in course.test_bank for task_id in question.task_ids)
    items = {task.id: asked[task.id] if task.kind is TaskKind.TEST else task.count for task in course.tasks}
    of_lessons: Counter[str | None] = Counter()
    for task in course.tasks:
        if task.placement is Placement.LESSON:
            of_lessons[task.target_id] += items[task.id]
    for task in _of_type(context, TaskType.AUTO_CHECKED_SET):
        told_already = task.placement is Placement.LESSON and of_lessons[task.target_id] <= 0
        if items[task.id] <= 0 and not told_already:
            yield fail("items", f"tasks/{task.id}", task=task_name(task))
        if task.answer_kind is AnswerKind.FREE_FORM:
            yield fail("free_form", f"tasks/{task.id}/answer_kind", task=task_name(task))


@rule("F06.2")
def peer_assessed(context: Context) -> Iterable[Verdict]:
    """A task with peer or assessor assessment has criteria, anonymity and a way to the grade.

    What: criteria with text and points, anonymity of the learner, the description of how points become a grade.
    Why: peers judge fairly when they know by what and do not know whom.
    Passes: one criterion or more, all with a text and together above 0 points; anonymous; the way is described.
    Fails: one of these is missing.
    Clause: F06.2.
    """
    for task in _of_type(context, TaskType.PEER_ASSESSED):
        yield from _criteria(task)
        if not task.anonymous:
            yield fail("anonymous", f"tasks/{task.id}/anonymous", task=task_name(task))
        if is_blank(task.aggregation):
            yield fail("aggregation", f"tasks/{task.id}/aggregation", task=task_name(task))


def _criteria(task: Task) -> Iterator[Verdict]:
    element = f"tasks/{task.id}/criteria"
    if not task.criteria:
        yield fail("criteria", element, task=task_name(task))
        return
    for number, criterion in enumerate(task.criteria, start=1):
        if is_blank(criterion.text):
            yield fail("criterion", f"{element}/{criterion.id}/text", task=task_name(task), number=number)
    if not sum(criterion.points for criterion in task.criteria) > 0:
        yield fail("points", element, task=task_name(task))


@rule("F06.3")
def process_controlled(context: Context) -> Iterable[Verdict]:
    """A task that controls the process names its virtual environment.

    What: the environment or application of each such task.
    Why: it is a separate application that has to be built into the course.
    Passes: it is named.
    Fails: it is not.
    Clause: F06.3.
    """
    for task in _of_type(context, TaskType.PROCESS_CONTROLLED):
        if is_blank(task.environment):
            yield fail("environment", f"tasks/{task.id}/environment", task=task_name(task))


@rule("F06.4")
def joint_auto_checked(context: Context) -> Iterable[Verdict]:
    """A joint task with automatic check is for a group of three to seven and an exact answer.

    What: least and greatest size of the group (count), the kind of answer.
    Why: all members have to enter the same answer, which only an exact number or text allows.
    Passes: sizes from 3 to 7, the least not above the greatest; an answer that is a number or a short text.
    Fails: a size is missing or outside; another kind of answer, or none.
    Clause: F06.4.
    """
    for task in _of_type(context, TaskType.JOINT_AUTO_CHECKED):
        yield from _group(context, task)
        if task.answer_kind not in EXACT_ANSWERS:
            yield fail("answer", f"tasks/{task.id}/answer_kind", task=task_name(task))


@rule("F06.5")
def joint_peer_assessed(context: Context) -> Iterable[Verdict]:
    """A joint task with assessment has a group, criteria, and an answer that the group confirms.

    What: size of the group (count), criteria with text and points, confirmation by the other members.
    Why: the group hands in one answer for which all of them stand.
    Passes: a group of 3 to 7, one criterion or more, confirmation.
    Fails: one of these is missing.
    Clause: F06.5.
    """
    for task in _of_type(context, TaskType.JOINT_PEER_ASSESSED):
        yield from _group(context, task)
        yield from _criteria(task)
        if not task.answers_confirmed:
            yield fail("confirmed", f"tasks/{task.id}/answers_confirmed", task=task_name(task))


def _group(context: Context, task: Task) -> Iterator[Verdict]:
    limit, element = context.limit("group_learners"), f"tasks/{task.id}/group"
    low, high = task.group.min_learners, task.group.max_learners
    if low is None or high is None:
        yield fail("no_group", element, required=limit, task=task_name(task))
    elif not (limit.accepts(low) and limit.accepts(high) and low <= high):
        yield fail("group", element, measured=f"{low}..{high}", required=limit, task=task_name(task))


RULES = (auto_checked_set, peer_assessed, process_controlled, joint_auto_checked, joint_peer_assessed)
