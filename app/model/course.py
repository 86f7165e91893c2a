"""The course: everything that one course folder says. An empty course is valid; what is missing is a finding."""

from enum import StrEnum

from app.model.base import Model, TextItem
from app.model.papers import (
    Approval,
    Attestation,
    AuditEntry,
    DeanTerms,
    Deviation,
    Expert,
    FirstRecording,
    IntakeCheck,
    Material,
    MinutesExtract,
    Pilot,
    PlacementCertificate,
    Platform,
    PrelaunchCheck,
    Promo,
    Protocol,
    RecordingSession,
    Remark,
    Review,
    SignedDocument,
    Submission,
)
from app.model.people import Audience, Author, Department
from app.model.recording import Recording
from app.model.structure import Module, Outcome
from app.model.tasks import Question, Task
from app.model.teaching import (
    AnalysisReport,
    Announcement,
    Assessment,
    GlossaryEntry,
    LearnerCertificates,
    Reference,
    Schedule,
    Support,
    Survey,
)


class CourseLanguage(StrEnum):
    """Language in which the course is taught."""

    KK = "kk"
    RU = "ru"
    EN = "en"


class CourseContext(StrEnum):
    """Within what the course is developed (7.2)."""

    PROGRAMME = "programme"
    NON_FORMAL = "non_formal"


class ProgrammeKind(StrEnum):
    """Kind of educational programme (7.3a)."""

    HIGHER = "higher"
    ADDITIONAL_PROFESSIONAL = "additional_professional"


class EducationLevel(StrEnum):
    """Levels of form 11, item 5."""

    BACHELOR = "bachelor"
    MASTER = "master"
    DOCTORATE = "doctorate"


class Difficulty(StrEnum):
    """Difficulty of the course (F01.6)."""

    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


class Series(Model):
    """The series of specialised courses to which the course belongs (5.3, 8.6b)."""

    title: str = ""
    course_titles: tuple[str, ...] = ()


class Course(Model):
    """One course.

    Attributes:
        no_prerequisites: the author says that none are needed, which is different from not answering.
        no_postrequisites: the same for what follows.
        general_education_curriculum: name of the typical curriculum that permits more than 100 hours (8.6c).
        state: the workflow state reached, ``S00`` … ``S27``.
    """

    title: str = ""
    university: str = ""
    faculty: str = ""
    department: Department = Department()
    dean: str = ""
    language: CourseLanguage | None = None
    contexts: tuple[CourseContext, ...] = ()
    programme_kind: ProgrammeKind | None = None
    audience: Audience = Audience()
    education_levels: tuple[EducationLevel, ...] = ()
    level: Difficulty | None = None
    credits: float | None = None
    general_education_curriculum: str = ""
    series: Series = Series()
    prerequisites: tuple[TextItem, ...] = ()
    no_prerequisites: bool = False
    postrequisites: tuple[TextItem, ...] = ()
    no_postrequisites: bool = False
    annotation: str = ""
    description: str = ""
    goal: str = ""
    objectives: tuple[TextItem, ...] = ()
    reference_materials: tuple[TextItem, ...] = ()
    uses: tuple[str, ...] = ()
    authors: tuple[Author, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    modules: tuple[Module, ...] = ()
    tasks: tuple[Task, ...] = ()
    test_bank: tuple[Question, ...] = ()
    assessment: Assessment = Assessment()
    glossary: tuple[GlossaryEntry, ...] = ()
    references: tuple[Reference, ...] = ()
    recordings: tuple[Recording, ...] = ()
    sessions: tuple[RecordingSession, ...] = ()
    first_recording: FirstRecording = FirstRecording()
    promo: Promo = Promo()
    materials: tuple[Material, ...] = ()
    materials_folder_url: str = ""
    approval: Approval = Approval()
    documents: tuple[SignedDocument, ...] = ()
    minutes: tuple[MinutesExtract, ...] = ()
    deadlines: DeanTerms = DeanTerms()
    experts: tuple[Expert, ...] = ()
    reviews: tuple[Review, ...] = ()
    protocol: Protocol = Protocol()
    pilot: Pilot = Pilot()
    submissions: tuple[Submission, ...] = ()
    intake_check: IntakeCheck = IntakeCheck()
    platform: Platform = Platform()
    prelaunch_check: PrelaunchCheck = PrelaunchCheck()
    placement_certificate: PlacementCertificate = PlacementCertificate()
    schedule: Schedule = Schedule()
    announcements: tuple[Announcement, ...] = ()
    support: Support = Support()
    surveys: tuple[Survey, ...] = ()
    analysis_report: AnalysisReport = AnalysisReport()
    general_recommendations: str = ""
    learner_certificates: LearnerCertificates = LearnerCertificates()
    ai_use: str = ""
    attestations: tuple[Attestation, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    remarks: tuple[Remark, ...] = ()
    audit_log: tuple[AuditEntry, ...] = ()
    state: str = "S00"
