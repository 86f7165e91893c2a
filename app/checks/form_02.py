"""Form 02: what the work programme asks beyond form 01; what both ask stands in `also` of the rules of form 01."""

import re
from collections.abc import Iterable, Iterator

from app.checks.context import Context, Verdict, fail, not_applicable, rule
from app.checks.fields import filled
from app.checks.naming import same_person
from app.checks.papers import newest_copy
from app.checks.wording import is_blank
from app.model.papers import DocumentKind, SignedDocument
from app.model.people import Author
from app.model.views import course_final_controls, item_count, lesson_path, lesson_tasks, numbered_lessons

_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+)"
)
"""Address as RFC 5321 has it without quoted parts: a dot-string, @, a domain of two labels or more."""
_FIRST_YEAR, _LAST_YEAR = 2000, 2099
"""The form prints the century."""


@rule("F02.2")
def faculty(context: Context) -> Iterable[Verdict]:
    """The faculty is named.

    What: the name of the faculty.
    Why: forms 02, 04 and 11 print it.
    Passes: any name.
    Fails: an empty field.
    Clause: F02.2, 10.1a.
    """
    yield from filled(context.course.faculty, "faculty")


@rule("F02.3")
def department(context: Context) -> Iterable[Verdict]:
    """The department is named.

    What: the name of the department.
    Why: forms 02, 04, 09 and 11 print it, and it approves the work programme.
    Passes: any name.
    Fails: an empty field.
    Clause: F02.3, 10.1a.
    """
    yield from filled(context.course.department.name, "department/name")


@rule("F02.5")
def corporate_email(context: Context) -> Iterable[Verdict]:
    """Each author has a corporate e-mail address.

    What: the address of each author and its domain; the other parts of the line are F01.5's.
    Why: the office and learners write to it.
    Passes: a well-formed address of the university's domain; any domain where the edition names none.
    Fails: no address, a malformed one, another domain.
    Clause: F02.5, 10.1a.
    """
    for number, author in enumerate(context.course.authors, 1):
        message = _email_fault(author, context.regulation.settings.corporate_mail_domain)
        if message:
            name = author.full_name.strip() or f"№ {number}"
            yield fail(message, f"authors/{author.id}/email", author=name, email=author.email.strip())


def _email_fault(author: Author, domain: str) -> str:
    address = _EMAIL.fullmatch(author.email.strip())
    if is_blank(author.email):
        return "empty"
    if address is None:
        return "malformed"
    return "domain" if domain and address[1].casefold() != domain.casefold() else ""


@rule("F02.7")
def year(context: Context) -> Iterable[Verdict]:
    """The year of the work programme is set; the city comes from the edition of the regulation.

    What: the year (calendar year).
    Why: the title page prints city and year.
    Passes: a year from 2000 to 2099, as the form prints the century.
    Fails: none, or another one.
    Clause: F02.7, 10.1a.
    """
    value = context.course.approval.year
    if value is None:
        yield fail("empty", "approval/year")
    elif not _FIRST_YEAR <= value <= _LAST_YEAR:
        yield fail("year", "approval/year", measured=value, required=f"{_FIRST_YEAR}..{_LAST_YEAR}")


@rule("F02.8")
def description(context: Context) -> Iterable[Verdict]:
    """The course is described.

    What: the description, of any length, beside the short annotation of F01.10 (X31).
    Why: the work programme begins with it.
    Passes: any text.
    Fails: an empty field.
    Clause: F02.8, 10.1a.
    """
    yield from filled(context.course.description, "description")


@rule("F02.17")
def module_titles(context: Context) -> Iterable[Verdict]:
    """Each module has a title.

    What: the title of each module; its number is its position.
    Why: the structure table prints a row with it.
    Passes: any title.
    Fails: an empty field.
    Clause: F02.17, 10.1a.
    """
    for number, module in enumerate(context.course.modules, 1):
        if is_blank(module.title):
            yield fail("empty", f"modules/{module.id}/title", number=number)


@rule("F02.19")
def lecture_titles(context: Context) -> Iterable[Verdict]:
    """Each lecture has a title.

    What: the title of each lesson; its number is its position in the course.
    Why: the structure table, files and videos are named by it.
    Passes: any title.
    Fails: an empty field.
    Clause: F02.19, 10.1a.
    """
    for number, module, lesson in numbered_lessons(context.course):
        if is_blank(lesson.title):
            yield fail("empty", lesson_path(module, lesson, "title"), number=number)


@rule("F02.20")
def check_tasks(context: Context) -> Iterable[Verdict]:
    """Each lecture has check tasks, of a kind and of a number.

    What: tasks placed at each lesson and how many items they have together (count); of a test its questions count.
    Why: learners consolidate a lecture at once; the structure table prints kind and number.
    Passes: at least one item.
    Fails: no task, or only tasks without a single item.
    Clause: F02.20, 8.5d, 7.1d, 10.1a.
    """
    course, limit = context.course, context.limit("lesson_questions")
    for number, module, lesson in numbered_lessons(course):
        tasks = lesson_tasks(course, lesson)
        items = sum(item_count(course, task) for task in tasks)
        if not limit.accepts(items):
            message = "no_items" if tasks else "no_task"
            yield fail(message, lesson_path(module, lesson), measured=items, required=limit, number=number)


@rule("F02.22")
def final_control(context: Context) -> Iterable[Verdict]:
    """The course closes with a final control.

    What: summative tasks at the end of the course (X15).
    Why: the last row of the structure table is the final control of the course.
    Passes: at least one.
    Fails: none.
    Clause: F02.22, 8.7e, 10.1a.
    """
    if not course_final_controls(context.course):
        yield fail("missing", "tasks")


@rule("F02.23")
def dated(context: Context) -> Iterable[Verdict]:
    """The work programme carries a date.

    What: the date above the signatures. The date of a signed copy is F01.16b's.
    Why: without a date nobody knows which version was signed.
    Passes: a date.
    Fails: none.
    Clause: F02.23, 10.1a.
    """
    if context.course.approval.dated_on is None:
        yield fail("empty", "approval/dated_on")


@rule("F02.24")
def head_signature(context: Context) -> Iterable[Verdict]:
    """The head of the department is named and has signed the work programme.

    What: abbreviation of the department and name of its head; the head among those who signed the newest copy.
    Why: the signature of the head approves the work programme.
    Passes: both are filled in and the head signed; initials in place of given names are enough.
    Fails: an empty field, or a copy that others signed. A missing or unsigned copy is F01.16a's or F01.16b's.
    Clause: F02.24, 10.1a.
    """
    unit = context.course.department
    yield from filled(unit.abbr, "department/abbr", "no_abbreviation")
    yield from filled(unit.head, "department/head", "no_head")
    if not is_blank(unit.head):
        yield from _signed_by(context, unit.head)


@rule("F02.25")
def author_signatures(context: Context) -> Iterable[Verdict]:
    """Each author has signed the work programme.

    What: the authors among those who signed the newest copy.
    Why: the authors answer for the content.
    Passes: every author signed; initials in place of given names are enough.
    Fails: an author is missing among the names. A missing or unsigned copy is F01.16a's or F01.16b's.
    Clause: F02.25, 10.1a.
    """
    for author in context.course.authors:
        if not is_blank(author.full_name):
            yield from _signed_by(context, author.full_name)
    if _signed_copy(context) is None:
        yield not_applicable()


def _signed_copy(context: Context) -> SignedDocument | None:
    copy = newest_copy(context.course, DocumentKind.FORM_02)
    return copy if copy is not None and not all(map(is_blank, copy.signed_by)) else None


def _signed_by(context: Context, name: str) -> Iterator[Verdict]:
    copy = _signed_copy(context)
    if copy is not None and not any(same_person(name, signer) for signer in copy.signed_by):
        yield fail("not_signed", f"documents/{copy.id}/signed_by", name=name.strip())


RULES = (
    faculty,
    department,
    corporate_email,
    year,
    description,
    module_titles,
    lecture_titles,
    check_tasks,
    final_control,
    dated,
    head_signature,
    author_signatures,
)
