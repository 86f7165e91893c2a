"""Everything on paper around a course: approvals, minutes, signed copies, terms, sessions, review, submission."""

from datetime import date, datetime
from enum import StrEnum

from app.model.base import ElementId, Model
from app.model.people import FileRef


class Approval(Model):
    """Approval of the work programme at the department (10.1b, F02.7, F02.23)."""

    approved_on: date | None = None
    minutes_no: str = ""
    year: int | None = None
    dated_on: date | None = None


class MinutesBody(StrEnum):
    """Whose minutes an extract is taken from."""

    DEPARTMENT = "department"
    FACULTY = "faculty"


class MinutesExtract(Model):
    """An extract from minutes (10.7a, 13.DN.4)."""

    id: ElementId
    body: MinutesBody
    number: str = ""
    dated_on: date | None = None
    file: FileRef | None = None


class DocumentKind(StrEnum):
    """Documents of which the course keeps a signed or attached copy."""

    FORM_01 = "form_01"
    FORM_02 = "form_02"
    FORM_09 = "form_09"
    FORM_10 = "form_10"
    FORM_11 = "form_11"
    GLOSSARY = "glossary"
    REFERENCES = "references"
    OTHER = "other"


class SignedDocument(Model):
    """A copy that people signed (F01.16b, X34).

    Attributes:
        data_fingerprint: fingerprint of the course data that the copy shows (decision 15).
        stamped: a person says that the stamp is there.
    """

    id: ElementId
    kind: DocumentKind
    file: FileRef | None = None
    url: str = ""
    signed_by: tuple[str, ...] = ()
    dated_on: date | None = None
    stamped: bool = False
    data_fingerprint: str | None = None


class DeanTerms(Model):
    """Terms that the dean sets (13.DN.3, X68)."""

    work_programme: date | None = None
    materials: date | None = None
    recording: date | None = None
    submission: date | None = None
    set_by: str = ""
    set_on: date | None = None


class StudioBooking(Model):
    """The agreed time in the video studio (F01.14b)."""

    room: str = ""
    starts_at: datetime | None = None
    agreed_with: str = ""


class PromoChecklist(Model):
    """What the promo video says (F01.14c–e, X32); None = nobody has said yet."""

    features: bool | None = None
    difficulties: bool | None = None
    skills: bool | None = None
    benefit: bool | None = None


class Promo(Model):
    """The promo video's booking and content; its file is a recording with the role promo."""

    booking: StudioBooking = StudioBooking()
    checklist: PromoChecklist = PromoChecklist()


class RecordingSession(Model):
    """One session in the studio with the checklist of form 07.

    Attributes:
        checklist: answers by id of form 07, e.g. ``F07.1.2``.
        reasons: reason of a "no" on a prohibition, by the same id (X46).
    """

    id: ElementId
    room: str = ""
    starts_at: datetime | None = None
    arrived_at: datetime | None = None
    agreed_with: str = ""
    materials_sent_on: date | None = None
    fullscreen_slideshow: bool | None = None
    test_clip: FileRef | None = None
    checklist: dict[str, bool] = {}
    reasons: dict[str, str] = {}
    edit_reviewed: bool | None = None
    recording_ids: tuple[str, ...] = ()


class FirstRecording(Model):
    """The first recording, sent to the office beforehand (F01.20g, X70)."""

    recording_id: str | None = None
    sent_on: date | None = None
    checked_on: date | None = None
    accepted: bool | None = None
    remarks: tuple[str, ...] = ()


class Material(Model):
    """A material with its link and, for what others made, source and licence (9.4, 10.4b)."""

    id: ElementId
    title: str = ""
    url: str = ""
    url_checked_at: datetime | None = None
    url_status: str = ""
    third_party: bool = False
    source: str = ""
    licence: str = ""
    lesson_id: str | None = None
    file: FileRef | None = None


class ExpertKind(StrEnum):
    """Experts of the university and from outside (10.6b)."""

    INTERNAL = "internal"
    EXTERNAL = "external"


class Expert(Model):
    """An expert who examines the course."""

    id: ElementId
    full_name: str = ""
    kind: ExpertKind = ExpertKind.INTERNAL
    workplace: str = ""
    position: str = ""


class Remark(Model):
    """A remark and what became of it (13.AU.5)."""

    id: ElementId
    source: str = ""
    text: str = ""
    resolution: str = ""
    resolved_on: date | None = None
    technical: bool = False


class Review(Model):
    """One expert's score sheet, form 10; scores in the order of the eight criteria, None = not yet."""

    id: ElementId
    expert_id: str
    body: MinutesBody = MinutesBody.DEPARTMENT
    scores: tuple[int | None, ...] = (None,) * 8
    remarks: tuple[Remark, ...] = ()
    dated_on: date | None = None


class Conformity(StrEnum):
    """The three marks of form 11."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


class Protocol(Model):
    """The protocol of examination, form 11."""

    number: str = ""
    dated_on: date | None = None
    from_year: int | None = None
    results: tuple[Conformity | None, ...] = (None,) * 8
    recommendations: str = ""
    conclusion: str = ""
    decision: str = ""
    reason: str = ""
    platform: str = ""
    actions: str = ""
    cause: str = ""
    corrective_procedure: bool | None = None
    fix_due: date | None = None
    expert_ids: tuple[str, ...] = ()
    signed_by: tuple[str, ...] = ()
    file: FileRef | None = None


class Pilot(Model):
    """Trial of the tasks on a representative sample (11.8, X60)."""

    from_on: date | None = None
    to_on: date | None = None
    sample_size: int | None = None
    sample_description: str = ""
    results: str = ""
    fixes: tuple[str, ...] = ()


class Submission(Model):
    """A bundle that was sent (12.3)."""

    id: ElementId
    to: str = ""
    sent_on: date | None = None
    sent_by: str = ""
    files: tuple[str, ...] = ()


class IntakeCheck(Model):
    """The office's check of a received bundle (13.DIR.4)."""

    by: str = ""
    checked_on: date | None = None
    accepted: bool | None = None
    remarks: tuple[Remark, ...] = ()


class Platform(Model):
    """Where the course is placed (12.4, F09.4–8, F08.0)."""

    name: str = ""
    course_url: str = ""
    placed_on: date | None = None
    access_opened_on: date | None = None
    author_accounts: tuple[str, ...] = ()
    forum_url: str = ""


class PrelaunchItem(Model):
    """The pre-launch check of one uploaded element (10.4)."""

    id: ElementId
    title: str = ""
    quality: bool | None = None
    copyright: bool | None = None
    accessibility: bool | None = None
    functional: bool | None = None
    accuracy: bool | None = None
    grammar: bool | None = None


class PrelaunchCheck(Model):
    """The pre-launch check (10.4, X49)."""

    checked_on: date | None = None
    by: tuple[str, ...] = ()
    items: tuple[PrelaunchItem, ...] = ()


class PlacementCertificate(Model):
    """The certificate of placement, form 09."""

    number: str = ""
    dated_on: date | None = None
    director: str = ""
    file: FileRef | None = None


class Attestation(Model):
    """A person's word where no data can decide.

    Attributes:
        rule_id: the rule that it answers.
        element: path of the element it speaks of; empty for the course.
        value: True = holds, False = does not hold.
    """

    id: ElementId
    rule_id: str
    element: str = ""
    value: bool
    person: str = ""
    role: str = ""
    made_on: date | None = None
    note: str = ""


class Deviation(Model):
    """A justified deviation (8.7a, decision 2)."""

    id: ElementId
    rule_id: str
    element: str = ""
    reason: str = ""


class AuditEntry(Model):
    """One line of the log of what left the program."""

    at: datetime
    person: str = ""
    action: str = ""
    detail: str = ""
