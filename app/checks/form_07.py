"""Form 07: the checklist of a recording session. That it is filled in is 10.2's; here stands what the answers say.

A "yes" means that the point was kept, of a prohibition that nothing forbidden was worn (X46, X47).
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from app.checks.context import Context, Verdict, fail, not_applicable, rule
from app.checks.deadlines import day_text
from app.checks.wording import is_blank
from app.model.finding import Status
from app.model.papers import RecordingSession
from app.model.recording import RecordingRole, Stage

PROHIBITIONS = ("F07.1.1", "F07.1.2", "F07.1.3")
LANGUAGE_ADVICE = ("F07.4.1b", "F07.4.2", "F07.4.3", "F07.4.4", "F07.4.5", "F07.4.6")
OWN_COPIES = ("F07.3.5", "F07.3.7")
AIDS = ("F07.3.1", "F07.3.2", "F07.3.3", "F07.3.4")
"""What may be used; an answer is welcome and not asked for."""
ASKED = (
    "F07.1",
    *PROHIBITIONS,
    "F07.2.1",
    "F07.2.2",
    "F07.3.5",
    "F07.3.6",
    "F07.3.7",
    "F07.4.1a",
    *LANGUAGE_ADVICE,
    "F07.4.7",
    "F07.4.8",
)
"""Points of form 07 that need an answer, in its order."""
SECONDS_PER_MINUTE = 60


def answer(session: RecordingSession, point: str) -> bool | None:
    """Return the answer to a point of form 07, None while there is none.

    Fields of the session that answer a point by themselves stand in for the tick: the time of arrival, the trial
    fragment, the day on which the lectures were sent, the talk with the editor.
    """
    if point == "F07.2.1" and session.arrived_at is not None and session.starts_at is not None:
        return True
    if point == "F07.2.2" and session.test_clip is not None:
        return True
    if point == "F07.3.6" and session.materials_sent_on is not None:
        return True
    if point == "F07.4.8" and session.edit_reviewed is not None:
        return session.edit_reviewed
    return session.checklist.get(point)


def held_sessions(context: Context) -> tuple[RecordingSession, ...]:
    """Return the sessions that have begun by today; one without a time counts as begun."""
    return tuple(
        session
        for session in context.course.sessions
        if session.starts_at is None or session.starts_at.date() <= context.today
    )


def _denied(context: Context, *points: str) -> Iterator[Verdict]:
    """Yield a failure for each "no"; its message is the point's id."""
    sessions = held_sessions(context)
    if not sessions:
        yield not_applicable()
    for session in sessions:
        for point in points:
            if answer(session, point) is False:
                yield fail(point, f"sessions/{session.id}/checklist/{point}", session=_name(session), point=point)


def _name(session: RecordingSession) -> str:
    return day_text(session.starts_at.date()) if session.starts_at else session.id


@rule("F07.1")
def plain_clothes(context: Context) -> Iterable[Verdict]:
    """The author comes in clothes of plain tones.

    What: the answer to this point for each session that has begun.
    Why: plain tones do not draw the eye away from what is said.
    Passes: yes, or no answer yet (10.2).
    Fails: no. The form recommends, so this warns.
    Clause: F07.1.
    """
    yield from _denied(context, "F07.1")


@rule("F07.1.1")
def forbidden_clothes(context: Context) -> Iterable[Verdict]:
    """Nothing striped, checked, motley, white, black or of the colour of skin is worn.

    What: the answers to the three prohibitions for each session that has begun, and the reason of a "no" (X46); white
        and black are each of them forbidden (X47).
    Why: fine patterns flicker, white and black lose their folds, skin tones make the speaker look undressed.
    Passes: yes, or no answer yet (10.2).
    Fails: no without a reason. With a reason it warns and shows the reason.
    Clause: F07.1.1, F07.1.2, F07.1.3.
    """
    for verdict in _denied(context, *PROHIBITIONS):
        yield verdict if verdict.message == "" else _with_reason(context, verdict)


def _with_reason(context: Context, verdict: Verdict) -> Verdict:
    _, session_id, _, point = verdict.element.split("/")
    reasons = [session.reasons.get(point, "") for session in context.course.sessions if session.id == session_id]
    reason = next((text.strip() for text in reasons if not is_blank(text)), "")
    if not reason:
        return verdict
    return replace(verdict, status=Status.WARNING, message="reason", params=dict(verdict.params) | {"reason": reason})


@rule("F07.2.1")
def arrival(context: Context) -> Iterable[Verdict]:
    """The author arrives 30 minutes before the recording starts.

    What: minutes from arrival to start of each session; where a time is missing, the answer to this point.
    Why: light, sound and slides are set up with the author in the room.
    Passes: 30 minutes or more, or a yes.
    Fails: fewer minutes, or a no.
    Clause: F07.2.1.
    """
    limit = context.limit("arrival_min")
    for session in context.course.sessions:
        minutes = _minutes_before(session.arrived_at, session.starts_at)
        if minutes is not None and not limit.accepts(minutes):
            element = f"sessions/{session.id}/arrived_at"
            message = "late" if minutes >= 0 else "after"
            yield fail(message, element, measured=minutes, required=limit, session=_name(session))
    yield from _denied(context, "F07.2.1")


def _minutes_before(arrived_at: datetime | None, starts_at: datetime | None) -> float | None:
    """Return minutes between two times; where only one has a time zone, both are read as the clock on the wall."""
    if arrived_at is None or starts_at is None:
        return None
    if (arrived_at.tzinfo is None) is not (starts_at.tzinfo is None):
        arrived_at, starts_at = arrived_at.replace(tzinfo=None), starts_at.replace(tzinfo=None)
    return round((starts_at - arrived_at).total_seconds() / SECONDS_PER_MINUTE, 2)


@rule("F07.2.2")
def trial_fragment(context: Context) -> Iterable[Verdict]:
    """A fragment is recorded on trial before the recording.

    What: the trial fragment, else the answer to this point, for each session that has begun.
    Why: the frame, the light and the sound are seen as the learner will see them.
    Passes: a fragment is attached, yes, or no answer yet (10.2).
    Fails: no. The form recommends, so this warns.
    Clause: F07.2.2.
    """
    yield from _denied(context, "F07.2.2")


@rule("F07.3.5")
def copies_at_hand(context: Context) -> Iterable[Verdict]:
    """The author has the lectures on a flash drive and in the own mailbox.

    What: the answers to both points for each session that has begun.
    Why: a file that does not open in the studio costs the session.
    Passes: yes, or no answer yet (10.2).
    Fails: no. The form recommends, so this warns.
    Clause: F07.3.5, F07.3.7.
    """
    yield from _denied(context, *OWN_COPIES)


@rule("F07.3.6")
def lectures_sent(context: Context) -> Iterable[Verdict]:
    """The lectures are sent to the office one day before the recording.

    What: days from sending to the session; where a day is missing, the answer to this point.
    Why: the operator prepares teleprompter and slides.
    Passes: one day or more, or a yes.
    Fails: on the day itself or later, or a no. The form recommends, so this warns.
    Clause: F07.3.6.
    """
    limit = context.limit("lectures_sent_days")
    for session in context.course.sessions:
        sent, starts = session.materials_sent_on, session.starts_at
        if sent is not None and starts is not None and not limit.accepts((starts.date() - sent).days):
            element, days = f"sessions/{session.id}/materials_sent_on", (starts.date() - sent).days
            message = "late" if days >= 0 else "after"
            yield fail(message, element, measured=days, required=limit, session=_name(session))
    yield from _denied(context, "F07.3.6")


@rule("F07.4.1a")
def clear_language(context: Context) -> Iterable[Verdict]:
    """The lectures are read in plain, clear, spoken but literary language.

    What: the answer to this point for each session that has begun.
    Why: a lecture is heard once and cannot be read again.
    Passes: yes, or no answer yet (10.2).
    Fails: no.
    Clause: F07.4.1a.
    """
    yield from _denied(context, "F07.4.1a")


@rule("F07.4.1b")
def style_of_speech(context: Context) -> Iterable[Verdict]:
    """Speech and examples are made for listening.

    What: the answers on popular style, terms, sentences, enumerations, examples and dialogue for each session that has
        begun.
    Why: what is easy to hear is easier to remember, and to read from a teleprompter.
    Passes: yes, or no answer yet (10.2).
    Fails: no. The form recommends, so this warns.
    Clause: F07.4.1b, F07.4.2, F07.4.3, F07.4.4, F07.4.5, F07.4.6.
    """
    yield from _denied(context, *LANGUAGE_ADVICE)


@rule("F07.4.7")
def greeting(context: Context) -> Iterable[Verdict]:
    """After the last lecture a video greeting is recorded.

    What: a recording with the role greeting or promo, which may be one file (X32), else the answer to this point.
    Why: after the lectures the author knows best what is interesting in them.
    Passes: such a recording, yes, or no answer yet (10.2).
    Fails: no, and there is no such recording. The form recommends, so this warns.
    Clause: F07.4.7.
    """
    greetings = (RecordingRole.GREETING, RecordingRole.PROMO)
    if not any(each.role in greetings and each.stage is Stage.UPLOAD for each in context.course.recordings):
        yield from _denied(context, "F07.4.7")


@rule("F07.4.8")
def talk_with_the_editor(context: Context) -> Iterable[Verdict]:
    """Author and editor go through the lecture before the final cut.

    What: the answer to this point for each session that has begun.
    Why: dates and names that belong on the screen are known to the author alone.
    Passes: yes, or no answer yet (10.2).
    Fails: no. The form recommends, so this warns.
    Clause: F07.4.8.
    """
    yield from _denied(context, "F07.4.8")


RULES = (
    plain_clothes,
    forbidden_clothes,
    arrival,
    trial_fragment,
    copies_at_hand,
    lectures_sent,
    clear_language,
    style_of_speech,
    greeting,
    talk_with_the_editor,
)
