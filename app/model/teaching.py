"""Assessment, glossary, literature, schedule, support and surveys."""

from datetime import date
from enum import StrEnum

from app.model.base import ElementId, Model
from app.model.people import FileRef


class RubricRow(Model):
    """One row of the rubric 0–5 (F08.5)."""

    points: int
    text: str = ""


class ProgressBand(Model):
    """One band of the progress table (F08.8); ``from_pct`` belongs to it, ``to_pct`` only in the last band (X27)."""

    id: ElementId
    from_pct: float
    to_pct: float
    text: str = ""
    certificate: bool = False


class Assessment(Model):
    """Item 15 of form 01 and the settings of form 08 (X33)."""

    certificate_info: str = ""
    certificate_from_pct: float | None = None
    description: str = ""
    checking_terms: str = ""
    indicators: str = ""
    criteria: str = ""
    scales: str = ""
    procedures: str = ""
    feedback_plan: str = ""
    rubric: tuple[RubricRow, ...] = ()
    progress_scale: tuple[ProgressBand, ...] = ()
    drop_lowest: int = 0


class GlossaryKind(StrEnum):
    """What the glossary lists (11.9)."""

    TERM = "term"
    ABBREVIATION = "abbreviation"
    CONCEPT = "concept"


class GlossaryEntry(Model):
    """One entry of the glossary (11.9)."""

    id: ElementId
    term: str = ""
    kind: GlossaryKind = GlossaryKind.TERM
    definition: str = ""


class ReferenceScope(StrEnum):
    """For what a source is meant (F08.3.1)."""

    LESSON = "lesson"
    MODULE = "module"
    COURSE = "course"


class Reference(Model):
    """One source of the list of literature (F01.18, F08.3)."""

    id: ElementId
    citation: str = ""
    url: str = ""
    year: int | None = None
    scope: ReferenceScope = ReferenceScope.COURSE
    target_id: str | None = None


class CalendarDay(Model):
    """A day on which the university works otherwise than the official calendar says, and why."""

    id: ElementId
    day: date | None = None
    title: str = ""


class Schedule(Model):
    """First and last day and the dates of registration (section 12).

    Attributes:
        days_off: days off beside weekends and public holidays (14.2.2).
        working_days: weekend days and holidays that are worked.
        calendar_id: by what calendars know the course's events; set with the first plan or calendar file, so that a
            later file moves them.
    """

    start: date | None = None
    end: date | None = None
    enrol_open: date | None = None
    enrol_close: date | None = None
    enrol_hard_close: date | None = None
    days_off: tuple[CalendarDay, ...] = ()
    working_days: tuple[CalendarDay, ...] = ()
    calendar_id: str = ""


class AnnouncementKind(StrEnum):
    """What is published before the start (12.6, 14.2.2)."""

    NEWS_UNIVERSITY = "news_university"
    NEWS_CENTRE = "news_centre"
    LETTER = "letter"
    SOCIAL = "social"


class Announcement(Model):
    """One announcement."""

    id: ElementId
    kind: AnnouncementKind
    planned_on: date | None = None
    done_on: date | None = None
    url: str = ""


class SupportEntry(Model):
    """One line of the support log (12.7b)."""

    id: ElementId
    on: date | None = None
    kind: str = ""
    note: str = ""


class Support(Model):
    """Who supports the running course (12.7, F08.0)."""

    responsible: tuple[str, ...] = ()
    assistant: str = ""
    log: tuple[SupportEntry, ...] = ()
    question_list: tuple[str, ...] = ()


class SurveyWhen(StrEnum):
    """The two questionnaires (X22)."""

    ENTRY = "entry"
    EXIT = "exit"


class SurveyTopic(StrEnum):
    """What a survey question is about (12.10.1c)."""

    CONTENT = "content"
    DESIGN = "design"
    PROPOSALS = "proposals"
    OTHER = "other"


class SurveyQuestion(Model):
    """One question of a survey."""

    id: ElementId
    text: str = ""
    topic: SurveyTopic = SurveyTopic.OTHER
    options: tuple[str, ...] = ()


class Survey(Model):
    """One questionnaire."""

    id: ElementId
    when: SurveyWhen
    questions: tuple[SurveyQuestion, ...] = ()
    ready_on: date | None = None


class AnalysisReport(Model):
    """The authors' analysis after the course (12.10.2)."""

    submitted_on: date | None = None
    file: FileRef | None = None


class LearnerCertificates(Model):
    """Papers for the learners' certificates (12.8)."""

    fee_estimate_ref: str = ""
    economics_agreed: bool | None = None
