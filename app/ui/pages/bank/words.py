"""How the bank's widgets name lectures, outcomes, tests and faults."""

from app.formats.content import letter_of
from app.formats.problems import Problem
from app.model.course import Course
from app.model.structure import Lesson, Module, Outcome
from app.model.tasks import Question, Task, TaskKind
from app.session.bank_faults import QUESTION_CODES
from app.ui.context import UiContext

_SHORT = 60


def shortened(text: str, most: int = _SHORT) -> str:
    """Return a text as one line of at most so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def lesson_caption(ui: UiContext, number: int, lesson: Lesson) -> str:
    """Return the name of a lecture in a list."""
    return ui.t("programme.lesson_row", n=number, title=lesson.title)


def module_caption(ui: UiContext, course: Course, module: Module) -> str:
    """Return the name of a module in a list."""
    number = course.modules.index(module) + 1
    return ui.t("bank.module_row", n=number, title=shortened(module.title))


def outcome_caption(ui: UiContext, course: Course, outcome: Outcome) -> str:
    """Return the name of an outcome in a list."""
    number = course.outcomes.index(outcome) + 1
    return ui.t("bank.outcome_row", n=number, text=shortened(outcome.text))


def tests_of(course: Course) -> list[Task]:
    """Return the tasks that are tests."""
    return [task for task in course.tasks if task.kind is TaskKind.TEST]


def test_caption(ui: UiContext, course: Course, task: Task) -> str:
    """Return the name of a test in a list."""
    return shortened(task.title) or ui.t("bank.test_row", n=tests_of(course).index(task) + 1)


def problem_caption(ui: UiContext, code: str) -> str:
    """Return a short name of a fault."""
    name = code if code in QUESTION_CODES else "other"
    return ui.t(f"bank.problem.{name}")


def problem_text(ui: UiContext, problem: Problem) -> str:
    """Return a fault as a sentence."""
    return problem.text(ui.texts, ui.lang)


def extras_lines(ui: UiContext, question: Question) -> list[str]:
    """Return a question's feedback and tags as lines, none where it has neither."""
    lines = [f"{ui.t('bank.feedback')}: {question.feedback}"] if question.feedback else []
    lines += [
        f"{ui.t('bank.option_feedback_of', letter=letter_of(place))}: {text}"
        for place, text in enumerate(question.option_feedback)
        if text
    ]
    return [*lines, f"{ui.t('bank.tags')}: {', '.join(question.tags)}"] if question.tags else lines
