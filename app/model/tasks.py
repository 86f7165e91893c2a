"""Tasks and test questions.

One list of tasks holds everything that a learner does (decision 4): check tasks of a lesson, practical tasks, the
weekly summative task, the final control. What the rules ask about are views of that list, `app.model.views`.
"""

from datetime import date
from enum import StrEnum

from app.model.base import ElementId, Model, TextItem
from app.model.people import FileRef


class TaskRole(StrEnum):
    """Why the task is there (7.6)."""

    FORMATIVE = "formative"
    SUMMATIVE = "summative"


class Placement(StrEnum):
    """Where the task stands: within a lesson, after a module's last lesson, at the end of the course."""

    LESSON = "lesson"
    MODULE_END = "module_end"
    COURSE_END = "course_end"


class TaskKind(StrEnum):
    """What the learner is given; printed in the structure table of form 02 (F02.20)."""

    TEST = "test"
    PRACTICAL = "practical"
    ESSAY = "essay"
    PROJECT = "project"
    INTERACTIVE = "interactive"
    LABORATORY = "laboratory"
    SEMINAR = "seminar"
    INDEPENDENT_WORK = "independent_work"
    STUDY_TASK = "study_task"
    OTHER = "other"


class TaskType(StrEnum):
    """The five types of form 06, and the sixth of 11.5b."""

    AUTO_CHECKED_SET = "auto_checked_set"
    PEER_ASSESSED = "peer_assessed"
    PROCESS_CONTROLLED = "process_controlled"
    JOINT_AUTO_CHECKED = "joint_auto_checked"
    JOINT_PEER_ASSESSED = "joint_peer_assessed"
    CUSTOM = "custom"


class AnswerKind(StrEnum):
    """Kinds of answers (11.4)."""

    CHOICE_SINGLE = "choice_single"
    CHOICE_MULTI = "choice_multi"
    BINARY = "binary"
    SHORT_TEXT = "short_text"
    NUMBER = "number"
    MATCHING = "matching"
    FREE_FORM = "free_form"


class Protection(StrEnum):
    """Which of the two conditions against answer bases a task fulfils (11.7)."""

    NONE = "none"
    PARAMETERISED = "parameterised"
    OPEN_UNIQUE = "open_unique"


class Criterion(Model):
    """One criterion of an assessed task."""

    id: ElementId
    text: str = ""
    points: float = 0


class Group(Model):
    """Size of the group of a joint task (F06.4)."""

    min_learners: int | None = None
    max_learners: int | None = None


class Task(Model):
    """One task of the course.

    Attributes:
        target_id: id of the lesson or module at which it is placed; None at the end of the course.
        count: how many items it has; of a test, the number of its questions counts instead (`views.item_count`).
        weight_pct: share of the final grade in percent; 0 for an ungraded task.
        deadline_days: days after the opening of the section, where no date is fixed.
        identical_answer_check: the measure by which identical answers are found (11.7b).
    """

    id: ElementId
    title: str = ""
    role: TaskRole = TaskRole.FORMATIVE
    placement: Placement = Placement.LESSON
    target_id: str | None = None
    kind: TaskKind = TaskKind.TEST
    type: TaskType | None = None
    answer_kind: AnswerKind | None = None
    count: int = 1
    minutes: int = 0
    weight_pct: float = 0
    outcome_ids: tuple[str, ...] = ()
    instruction: str = ""
    criteria: tuple[Criterion, ...] = ()
    deadline: date | None = None
    deadline_days: int | None = None
    protection: Protection = Protection.NONE
    parameters: tuple[TextItem, ...] = ()
    identical_answer_check: str = ""
    group: Group = Group()
    anonymous: bool = False
    answers_confirmed: bool = False
    aggregation: str = ""
    environment: str = ""
    custom_component: str = ""
    file: FileRef | None = None


class QuestionPicture(Model):
    """A picture of a question; it stands below the text that it belongs to.

    Attributes:
        file: the picture in the course folder.
        option: position of its option from 0; None for a picture of the stem.
        alt: what it shows, for those who cannot see it.
    """

    id: ElementId
    file: FileRef
    option: int | None = None
    alt: str = ""


class Variable(Model):
    """A quantity of a parameterised question, drawn anew for each learner (11.7a).

    Attributes:
        name: how stem and formula call it: ``{v}`` in the stem, ``v`` or ``{v}`` in the formula.
        minimum: its least value.
        maximum: its greatest value.
        step: distance between two of its values, counted from the least.
    """

    id: ElementId
    name: str = ""
    minimum: float = 1
    maximum: float = 10
    step: float = 1


class ToleranceKind(StrEnum):
    """What an answer's tolerance counts in."""

    ABSOLUTE = "absolute"
    RELATIVE = "relative"


class Calculation(Model):
    """How the answer of a parameterised question follows from its variables (11.7a).

    Attributes:
        formula: the answer, in the grammar of `app.formats.formula`.
        tolerance: what an answer may be off: in the answer's own unit, or as a share of it.
        decimals: digits of the printed answer behind the point.
        unit: unit of the answer, empty for none.
    """

    variables: tuple[Variable, ...] = ()
    formula: str = ""
    tolerance: float = 0.01
    tolerance_kind: ToleranceKind = ToleranceKind.ABSOLUTE
    decimals: int = 2
    unit: str = ""


class Question(Model):
    r"""A question of the test bank; single-choice ones with five options are form 05's (X13).

    Attributes:
        stem: the question's text, formulas between ``\(`` and ``\)``.
        options: texts of the options in order; the letter of an option is its position.
        correct: positions of the right options, counted from 0.
        answers: accepted answers of a text or number question; none where ``calculation`` gives them.
        feedback: what a learner reads after answering, whatever the answer was.
        option_feedback: what a learner reads who chose the option of the same position; empty or shorter for none.
        tags: words by which a learning platform finds it.
        calculation: makes a number question a parameterised one.
        lesson_id: the lesson whose material it asks about.
        task_ids: the tests in which it is used.
        reference_id: the source in the list of literature, where it asks about that.
    """

    id: ElementId
    kind: AnswerKind = AnswerKind.CHOICE_SINGLE
    stem: str = ""
    options: tuple[str, ...] = ()
    correct: tuple[int, ...] = ()
    answers: tuple[str, ...] = ()
    lesson_id: str | None = None
    task_ids: tuple[str, ...] = ()
    outcome_ids: tuple[str, ...] = ()
    reference_id: str | None = None
    feedback: str = ""
    option_feedback: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    pictures: tuple[QuestionPicture, ...] = ()
    calculation: Calculation | None = None
