"""Form 01, items 14 and 20: the promo video and the video lectures."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import PureWindowsPath

from app.checks.context import Context, Verdict, fail, not_applicable, not_measured, rule
from app.checks.deadlines import day_text
from app.checks.naming import names_lecture
from app.checks.recording import RecordingContext
from app.checks.recording_durations import promo_short_enough
from app.checks.wording import is_blank
from app.model.recording import Recording, RecordingRole, Stage
from app.model.views import numbered_lessons


@rule("F01.14a")
def promo_duration(context: Context) -> Iterable[Verdict]:
    """There is a promo video of at most 3 minutes.

    What: measured duration of the promo recordings for upload (minutes, compared after rounding to whole seconds).
    Why: the trailer introduces the course to those who choose.
    Passes: up to 3:00.
    Fails: 3:01 and longer. Not measured: no promo recording yet, or none whose duration is known.
    Clause: F01.14a, 7.4.
    """
    promos = context.recordings(RecordingRole.PROMO)
    if not promos:
        yield not_measured("no_recording", "promo", required=context.limit("promo_min"))
    for recording, report in promos:
        element = f"recordings/{recording.id}"
        if report is None:
            yield not_measured("unmeasured", element, required=context.limit("promo_min"))
        else:
            single = RecordingContext(
                recording.stage, recording.role, report, context.regulation, element, context.attested
            )
            yield from promo_short_enough.judge(single)


@rule("F01.14b")
def promo_booking(context: Context) -> Iterable[Verdict]:
    """The promo video is recorded in the studio at a time agreed beforehand.

    What: room, date and time, and with whom they were agreed.
    Why: the studio serves all courses.
    Passes: the room of the studio, a time, a name.
    Fails: nothing agreed, another room, or a missing part.
    Clause: F01.14b, 7.4.
    """
    booking, element = context.course.promo.booking, "promo/booking"
    if is_blank(booking.room) and booking.starts_at is None and is_blank(booking.agreed_with):
        yield fail("missing", element)
        return
    if is_blank(booking.room):
        yield fail("no_room", f"{element}/room")
    elif _room(context.regulation.settings.studio_room) not in _room(booking.room):
        yield fail("other_room", f"{element}/room", room=booking.room.strip())
    if booking.starts_at is None:
        yield fail("no_time", f"{element}/starts_at")
    if is_blank(booking.agreed_with):
        yield fail("not_agreed", f"{element}/agreed_with")


def _room(text: str) -> str:
    """Return a room number as it is compared: people write 204-2Б, 204–2б, 204 2B."""
    return re.sub(r"[\W_]", "", text).casefold().replace("b", "б")


@rule("F01.14c")
def promo_features(context: Context) -> Iterable[Verdict]:
    """The promo video shows what the course is known for and what is special about it.

    What: the answer of the promo checklist (X32).
    Why: viewers learn what they will find here only.
    Passes: a person said yes.
    Fails: a person said no. Waits for a person while nobody answered.
    Clause: F01.14c, 7.4.
    """
    yield from _answered(context, "F01.14c", context.course.promo.checklist.features, "promo/checklist/features")


@rule("F01.14d")
def promo_difficulties(context: Context) -> Iterable[Verdict]:
    """The promo video says what may be difficult and how to finish successfully.

    What: the answer of the promo checklist (X32).
    Why: learners who know the difficulties give up less often.
    Passes: a person said yes.
    Fails: a person said no. Waits for a person while nobody answered.
    Clause: F01.14d, 7.4.
    """
    checklist = context.course.promo.checklist
    yield from _answered(context, "F01.14d", checklist.difficulties, "promo/checklist/difficulties")


@rule("F01.14e")
def promo_benefit(context: Context) -> Iterable[Verdict]:
    """The promo video says which skills are gained and where they help.

    What: two answers of the promo checklist: skills, and their use in life, study and career (X32).
    Why: viewers decide by it.
    Passes: a person said yes to both.
    Fails: a person said no. Waits for a person while nobody answered.
    Clause: F01.14e, 7.4.
    """
    checklist = context.course.promo.checklist
    yield from _answered(context, "F01.14e", checklist.skills, "promo/checklist/skills")
    yield from _answered(context, "F01.14e", checklist.benefit, "promo/checklist/benefit")


def _answered(context: Context, rule_id: str, answer: bool | None, element: str) -> Iterable[Verdict]:
    """Yield nothing on yes, a failure on no; without an answer an attestation on the same element may stand in."""
    if answer is None:
        yield from context.ask(rule_id, element)
    elif not answer:
        yield fail("denied", element)


@rule("F01.20a")
def recorded_after_approval(context: Context) -> Iterable[Verdict]:
    """Video lectures are recorded after the approved work programme and for its lectures.

    What: day of each lecture recording against the day of approval; the lecture to which a recording belongs.
        That each lecture has a recording, 7.1a and 8.4c judge.
    Why: what is filmed before the approval may have to be filmed again.
    Passes: recorded on the day of approval or later, for a lecture of the course; a day that nobody noted passes.
    Fails: no approval while recordings exist, a recording of an earlier day, a recording for no lecture.
    Clause: F01.20a, 7.4.
    """
    course = context.course
    lectures = _lecture_recordings(context)
    if not lectures:
        yield not_applicable()
        return
    if course.approval.approved_on is None:
        yield fail("not_approved", "approval/approved_on")
    lesson_ids = {lesson.id for _, _, lesson in numbered_lessons(course)}
    for recording in lectures:
        yield from _before_approval(recording, course.approval.approved_on)
        if recording.lesson_id not in lesson_ids:
            yield fail("no_lecture", f"recordings/{recording.id}/lesson_id", name=_name(recording))


def _before_approval(recording: Recording, approved_on: date | None) -> Iterator[Verdict]:
    day = _day(recording)
    if approved_on is not None and day is not None and day < approved_on:
        approved = day_text(approved_on)
        yield fail(
            "too_early",
            f"recordings/{recording.id}/recorded_at",
            measured=day_text(day),
            required=f">= {approved}",
            name=_name(recording),
            approved=approved,
        )


@rule("F01.20b")
def recordings_named(context: Context) -> Iterable[Verdict]:
    """Each video lecture is named by the lecture's number and title.

    What: title and file name of each lecture recording for upload.
    Why: the office places about fifteen files of a course and must not guess.
    Passes: number and title in one of the two, in the file name also in Latin letters (decision 17).
    Fails: neither holds both.
    Clause: F01.20b, 7.4.
    """
    lessons = {lesson.id: (number, lesson.title.strip()) for number, _, lesson in numbered_lessons(context.course)}
    uploads = context.recordings(RecordingRole.LECTURE)
    if not uploads:
        yield not_applicable()
    for recording, _ in uploads:
        number, title = lessons.get(recording.lesson_id or "", (0, ""))
        file_name = PureWindowsPath(recording.path).stem  # understands both kinds of slashes
        if number and not any(names_lecture(name, number, title) for name in (recording.title, file_name)):
            yield fail("name", f"recordings/{recording.id}/title", number=number, title=title)


@rule("F01.20c")
def recording_quality(context: Context) -> Iterable[Verdict]:
    """Sound and picture of the videos are good.

    What: a person's word for the whole course; section 9 gives the figures for it.
    Why: quality as a viewer perceives it is no number.
    Passes: a person said yes, or there is no video lecture yet.
    Fails: a person said no. Waits for a person while nobody answered.
    Clause: F01.20c, 7.4.
    """
    yield from context.ask_once_recorded("F01.20c")


@rule("F01.20e")
def slide_show(context: Context) -> Iterable[Verdict]:
    """The presentation of form 04 is shown full-screen while recording.

    What: the answer of each recording session; where no session is noted, a person's word for the course.
    Why: menus and notes of the editor do not belong into a lecture.
    Passes: yes for each session, or there is neither a session nor a video lecture yet.
    Fails: no for a session. Waits for a person while nobody answered.
    Clause: F01.20e, 7.4.
    """
    sessions = context.course.sessions
    if not sessions:
        yield from context.ask_once_recorded("F01.20e")
    for session in sessions:
        element = f"sessions/{session.id}/fullscreen_slideshow"
        yield from _answered(context, "F01.20e", session.fullscreen_slideshow, element)


@rule("F01.20f")
def no_foreign_pictures(context: Context) -> Iterable[Verdict]:
    """The videos show no logos of other authors and no poor pictures or screenshots.

    What: a person's word for the whole course; own sharp screenshots are allowed (X48).
    Why: foreign logos touch other people's rights, poor pictures cannot be read.
    Passes: a person said yes, or there is no video lecture yet.
    Fails: a person said no. Waits for a person while nobody answered.
    Clause: F01.20f, 7.4.
    """
    yield from context.ask_once_recorded("F01.20f")


@rule("F01.20g")
def first_recording(context: Context) -> Iterable[Verdict]:
    """The first recording was sent to the office beforehand and accepted.

    What: which recording was sent, when, and the result of the check (X70: the mail carries a link).
    Why: a fault of the first recording must not be repeated in all of them.
    Passes: sent before the day of the next lecture's recording, checked and accepted.
    Fails: not sent, sent on the day of the next recording or later, no result, or not accepted.
    Clause: F01.20g, 7.4.
    """
    first, lectures = context.course.first_recording, _lecture_recordings(context)
    if not lectures:
        yield not_applicable()
        return
    if first.sent_on is None:
        yield fail("not_sent", "first_recording/sent_on")
        return
    sent = next((recording for recording in lectures if recording.id == first.recording_id), None)
    if sent is None:
        yield fail("not_named", "first_recording/recording_id")
    else:
        yield from _sent_in_time(sent, lectures, first.sent_on)
    if first.accepted is None:
        yield fail("no_result", "first_recording/accepted")
    elif not first.accepted:
        yield fail("not_accepted", "first_recording/accepted")


def _sent_in_time(first: Recording, lectures: Iterable[Recording], sent_on: date) -> Iterator[Verdict]:
    """Compare with the recordings of other lectures; those of the first one's lecture are further takes of it."""
    days = [day for each in lectures if each.lesson_id != first.lesson_id and (day := _day(each)) is not None]
    if days and sent_on >= min(days):
        second = day_text(min(days))
        element = "first_recording/sent_on"
        yield fail("too_late", element, measured=day_text(sent_on), required=f"< {second}", second=second)


def _lecture_recordings(context: Context) -> tuple[Recording, ...]:
    """Return the lecture recordings of both stages."""
    return tuple(
        recording for stage in Stage for recording, _ in context.recordings(RecordingRole.LECTURE, stage=stage)
    )


def _day(recording: Recording) -> date | None:
    return recording.recorded_at.date() if recording.recorded_at else None


def _name(recording: Recording) -> str:
    return recording.title.strip() or recording.id


PROMO_RULES = (promo_duration, promo_booking, promo_features, promo_difficulties, promo_benefit)
LECTURE_RULES = (
    recorded_after_approval,
    recordings_named,
    recording_quality,
    slide_show,
    no_foreign_pictures,
    first_recording,
)
