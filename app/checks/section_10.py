"""Section 10: approval, shooting by form 07, pre-launch check, examinations and extracts from minutes.

10.1a is carried by the rules of form 02.
"""

from collections.abc import Iterable, Iterator

from app.checks.context import Context, Verdict, fail, not_applicable, rule, warn
from app.checks.form_07 import ASKED, answer, held_sessions
from app.checks.papers import is_damaged
from app.checks.wording import folded, is_blank
from app.model.papers import MinutesBody, MinutesExtract
from app.model.recording import RecordingRole

CHECKERS = 2
"""The author and the office check together (X49)."""


@rule("10.1b")
def approved_at_the_department(context: Context) -> Iterable[Verdict]:
    """The department has approved the work programme.

    What: day of the approval and number of the minutes (X34). The signed copy is F01.16a's and F01.16b's.
    Why: recording begins only with an approved programme.
    Passes: both are there.
    Fails: one of them, or both, are missing.
    Clause: 10.1b.
    """
    approval = context.course.approval
    no_minutes = is_blank(approval.minutes_no)
    if approval.approved_on is None and no_minutes:
        yield fail("none", "approval/approved_on")
    elif approval.approved_on is None:
        yield fail("no_day", "approval/approved_on")
    elif no_minutes:
        yield fail("no_number", "approval/minutes_no")


@rule("10.2")
def form_07_filled_in(context: Context) -> Iterable[Verdict]:
    """The checklist of form 07 is filled in for every recording session.

    What: answers to the points of form 07 of each session that has begun (count); the aids of F07.3.1 to F07.3.4 may
        be left open. What the answers say is judged by the rules of form 07 (X46).
    Why: what spoils a recording shows afterwards, what prevents it is done before.
    Passes: every point has an answer; a session that is still ahead is not asked.
    Fails: open points; lectures were recorded, but no session is noted that has begun.
    Clause: 10.2.
    """
    sessions = held_sessions(context)
    if not sessions:
        recorded = any(recording.role is RecordingRole.LECTURE for recording in context.course.recordings)
        yield fail("no_session", "sessions") if recorded else not_applicable()
    for session in sessions:
        answered = sum(answer(session, point) is not None for point in ASKED)
        if answered < len(ASKED):
            yield fail("open", f"sessions/{session.id}/checklist", measured=answered, required=str(len(ASKED)))


@rule("10.4a")
def launch_quality(context: Context) -> Iterable[Verdict]:
    """Before the launch all uploaded elements are checked against the quality standards, by author and office.

    What: the record of the pre-launch check: elements, day, persons (X49), and the answer on quality for each element.
        That the check comes after the placement and before the first day is DR11's.
    Why: after the launch every fault has an audience.
    Passes: elements, day and two persons are recorded, the answer is yes for each; or there is no placement
        certificate yet.
    Fails: something of it is missing from then on (S16); an answer is no. Fewer elements than the course has lectures
        warn: all that was uploaded is checked.
    Clause: 10.4a.
    """
    check = context.course.prelaunch_check
    persons = len({folded(person) for person in check.by} - {""})
    if not check.items:
        yield context.missing("10.4a", "prelaunch_check/items")
        return
    if check.checked_on is None and context.expected("10.4a"):
        yield fail("no_day", "prelaunch_check/checked_on")
    if persons < CHECKERS and context.expected("10.4a"):
        yield fail("persons", "prelaunch_check/by", measured=persons, required=f">= {CHECKERS}")
    lessons = sum(len(module.lessons) for module in context.course.modules)
    if len(check.items) < lessons and context.expected("10.4a"):
        counts, required = len(check.items), f">= {lessons}"
        yield warn("few", "prelaunch_check/items", measured=counts, required=required, lessons=lessons)
    yield from _aspect(context, "10.4a", "quality")


@rule("10.4b")
def launch_copyright(context: Context) -> Iterable[Verdict]:
    """Before the launch all uploaded elements are checked for copyright.

    What: the answer on copyright for each element of the pre-launch check; source and licence of what others made are
        13.AU.7's.
    Why: the university answers for what it publishes.
    Passes: yes for each, or there is no placement certificate yet. A check that was not recorded is 10.4a's.
    Fails: no answer from then on (S16); an answer is no.
    Clause: 10.4b.
    """
    yield from _aspect(context, "10.4b", "copyright")


@rule("10.4c")
def launch_accessibility(context: Context) -> Iterable[Verdict]:
    """Before the launch all uploaded elements are checked for accessibility and function.

    What: both answers for each element of the pre-launch check: it opens and works, everybody can use it.
    Why: a link that does not open stops a learner for days.
    Passes: yes for each, or there is no placement certificate yet. A check that was not recorded is 10.4a's.
    Fails: no answer from then on (S16); an answer is no.
    Clause: 10.4c.
    """
    yield from _aspect(context, "10.4c", "accessibility", "functional")


@rule("10.4d")
def launch_accuracy(context: Context) -> Iterable[Verdict]:
    """Before the launch all uploaded elements are checked for accuracy of content.

    What: the answer on accuracy for each element of the pre-launch check.
    Why: mistakes in content undo the trust in the whole course.
    Passes: yes for each, or there is no placement certificate yet. A check that was not recorded is 10.4a's.
    Fails: no answer from then on (S16); an answer is no.
    Clause: 10.4d.
    """
    yield from _aspect(context, "10.4d", "accuracy")


@rule("10.4e")
def launch_grammar(context: Context) -> Iterable[Verdict]:
    """Before the launch all uploaded elements are checked for grammar and spelling.

    What: the answer on grammar for each element of the pre-launch check.
    Why: learners take the language of a course for its quality.
    Passes: yes for each, or there is no placement certificate yet. A check that was not recorded is 10.4a's.
    Fails: no answer from then on (S16); an answer is no.
    Clause: 10.4e.
    """
    yield from _aspect(context, "10.4e", "grammar")


def _aspect(context: Context, rule_id: str, *aspects: str) -> Iterator[Verdict]:
    items = context.course.prelaunch_check.items
    if not items:
        yield not_applicable()
    for item in items:
        for aspect in aspects:
            word: bool | None = getattr(item, aspect)
            name, element = item.title.strip() or item.id, f"prelaunch_check/items/{item.id}/{aspect}"
            if word is None and context.expected(rule_id):
                yield fail(f"{aspect}_open", element, item=name)
            elif word is False:
                yield fail(f"{aspect}_no", element, item=name)


@rule("10.5a")
def examined_at_the_department(context: Context) -> Iterable[Verdict]:
    """The course was examined at the department.

    What: the newest extract from the minutes of the department: its number and day. Its file is 10.7a's.
    Why: the examination comes before the submission.
    Passes: number and day are there.
    Fails: no extract; number or day is missing.
    Clause: 10.5a.
    """
    yield from _examined(_extract(context, MinutesBody.DEPARTMENT))


@rule("10.5b")
def examined_at_the_faculty(context: Context) -> Iterable[Verdict]:
    """The course was examined at the faculty.

    What: the newest extract from the minutes of the faculty: its number, day and file; both extracts are asked (X24).
    Why: the examination comes before the submission.
    Passes: all three are there, the file opens.
    Fails: no extract; number, day or file is missing; the file does not open.
    Clause: 10.5b.
    """
    extract = _extract(context, MinutesBody.FACULTY)
    yield from _examined(extract)
    if extract is not None:
        yield from _attached(context, extract)


@rule("10.7a")
def department_extract(context: Context) -> Iterable[Verdict]:
    """The extract from the minutes of the department is attached.

    What: the file of the newest extract. Number and day are 10.5a's.
    Why: it goes to the office with the bundle.
    Passes: a file that opens. A course without an extract is 10.5a's.
    Fails: no file, or one that is missing or does not open.
    Clause: 10.7a.
    """
    extract = _extract(context, MinutesBody.DEPARTMENT)
    if extract is None:
        yield not_applicable()
    else:
        yield from _attached(context, extract)


def _extract(context: Context, body: MinutesBody) -> MinutesExtract | None:
    extracts = [extract for extract in context.course.minutes if extract.body is body]
    return extracts[-1] if extracts else None


def _examined(extract: MinutesExtract | None) -> Iterator[Verdict]:
    if extract is None:
        yield fail("none", "minutes")
        return
    if is_blank(extract.number):
        yield fail("number", f"minutes/{extract.id}/number")
    if extract.dated_on is None:
        yield fail("dated_on", f"minutes/{extract.id}/dated_on")


def _attached(context: Context, extract: MinutesExtract) -> Iterator[Verdict]:
    element = f"minutes/{extract.id}/file"
    if extract.file is None:
        yield fail("no_file", element)
    elif is_damaged(context, extract.file):
        yield fail("damaged", element)


@rule("10.7b")
def expert_conclusion(context: Context) -> Iterable[Verdict]:
    """The expert conclusion gives a reasoned decision that the course is ready for a named platform.

    What: decision, reason and platform in the protocol of form 11, and the file of the signed protocol.
    Why: without it the office may not place the course.
    Passes: all four are there, the file opens.
    Fails: nothing of it, or one of them is missing; the file does not open.
    Clause: 10.7b.
    """
    protocol = context.course.protocol
    lacks = {name: is_blank(getattr(protocol, name)) for name in ("decision", "reason", "platform")}
    lacks["file"] = protocol.file is None
    if all(lacks.values()):
        yield fail("none", "protocol")
        return
    yield from (fail(name, f"protocol/{name}") for name, lacking in lacks.items() if lacking)
    if is_damaged(context, protocol.file):
        yield fail("damaged", "protocol/file")


RULES = (
    approved_at_the_department,
    form_07_filled_in,
    launch_quality,
    launch_copyright,
    launch_accessibility,
    launch_accuracy,
    launch_grammar,
    examined_at_the_department,
    examined_at_the_faculty,
    department_extract,
    expert_conclusion,
)
