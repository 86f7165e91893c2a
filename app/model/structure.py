"""The course's structure: outcomes, modules (= weeks = sections), lessons (= topics = lectures), blocks (X03)."""

from datetime import date
from enum import StrEnum

from app.model.base import ElementId, Model, TextItem
from app.model.people import FileRef


class OutcomeScope(StrEnum):
    """Whether an outcome belongs to the whole course or to one module (X10)."""

    COURSE = "course"
    MODULE = "module"


class OutcomeKind(StrEnum):
    """Kinds named in definition 5.5."""

    KNOWLEDGE = "knowledge"
    SKILL = "skill"
    ABILITY = "ability"
    VALUE = "value"
    ATTITUDE = "attitude"


class Outcome(Model):
    """A learning outcome (7.5, 8.2a).

    Attributes:
        module_id: the module, for scope ``module``.
        parent_id: the course outcome that a module outcome serves.
        competence: the key competence at which it aims (8.2b).
    """

    id: ElementId
    text: str = ""
    scope: OutcomeScope = OutcomeScope.COURSE
    module_id: str | None = None
    parent_id: str | None = None
    competence: str = ""
    kind: OutcomeKind | None = None


class Effort(Model):
    """Planned minutes of a week beside the lessons' own 30 minutes each (DR6, X07)."""

    reading_min: int = 0
    tasks_min: int = 0
    forum_min: int = 0
    assessment_min: int = 0


class ForumTopic(Model):
    """One exchange of opinions planned in the platform's forum (8.2d)."""

    id: ElementId
    topic: str = ""
    prompt: str = ""


class WeeklyMessage(Model):
    """The message to all registered learners at the start of a week (11.2, X58)."""

    text: str = ""
    send_on: date | None = None


class SelfStudyKind(StrEnum):
    """Kinds of self-study material (11.1.1–11.1.4)."""

    STUDY_TASK = "study_task"
    LECTURE = "lecture"
    INDEPENDENT_WORK = "independent_work"
    LINK = "link"
    VISUAL = "visual"


class SelfStudyItem(Model):
    """One item of self-study material of a lesson; never graded (11.1b)."""

    id: ElementId
    kind: SelfStudyKind = SelfStudyKind.LECTURE
    title: str = ""
    file: FileRef | None = None
    url: str = ""


class BlockKind(StrEnum):
    """The three blocks of a topic, in the order that 8.7b offers."""

    VIDEO = "video"
    READING = "reading"
    ASSESSMENT = "assessment"


class Block(Model):
    """One block of a lesson (8.7b)."""

    id: ElementId
    kind: BlockKind
    title: str = ""


class VideoFormat(StrEnum):
    """How a lecture is filmed; podcast and interview need two cameras (9.5.1)."""

    LECTURE = "lecture"
    PODCAST = "podcast"
    INTERVIEW = "interview"
    SCREENCAST = "screencast"
    OTHER = "other"


class VideoElements(Model):
    """Which of the four elements of finished material occur in a video (9.3)."""

    picture_sequence: bool = False
    photo: bool = False
    animation: bool = False
    infographic: bool = False


class Video(Model):
    """The plan of a lesson's lecture video; the recordings themselves are `Course.recordings`."""

    planned_min: float | None = None
    format: VideoFormat = VideoFormat.LECTURE
    camera_count: int | None = None
    annotation: str = ""
    elements: VideoElements = VideoElements()


class Lesson(Model):
    """A lesson, printed as «Дәріс N»; its number is its position in the course.

    Attributes:
        questions: the questions of the lecture (F04.2b).
        script: what the author says, for the teleprompter.
        planned_min: planned length of the lesson with everything in it (8.5a).
    """

    id: ElementId
    title: str = ""
    annotation: str = ""
    outcome_ids: tuple[str, ...] = ()
    planned_min: int = 30
    video: Video = Video()
    presentation: FileRef | None = None
    self_study: tuple[SelfStudyItem, ...] = ()
    questions: tuple[TextItem, ...] = ()
    script: str = ""
    blocks: tuple[Block, ...] = ()


class Module(Model):
    """A module: one week, one section (X01). Its number is its position."""

    id: ElementId
    title: str = ""
    annotation: str = ""
    effort: Effort = Effort()
    lessons: tuple[Lesson, ...] = ()
    forum: tuple[ForumTopic, ...] = ()
    weekly_message: WeeklyMessage = WeeklyMessage()
    task_sheet: FileRef | None = None
    opens_on: date | None = None
    closes_on: date | None = None
