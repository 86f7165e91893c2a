"""Form 01, items 16–19 and 21: papers and materials as PDF."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from app.checks.context import Context, Verdict, fail, not_applicable, not_measured, rule, warn
from app.checks.naming import holds_label, holds_lecture_number, holds_text
from app.checks.papers import is_damaged, is_outdated, is_pdf, newest_copy
from app.checks.wording import is_blank
from app.model.attachment import AttachmentFacts
from app.model.papers import DocumentKind, SignedDocument
from app.model.structure import Lesson, SelfStudyItem, SelfStudyKind
from app.model.views import lesson_path, module_of_task, numbered_lessons


@rule("F01.16a")
def work_programme_attached(context: Context) -> Iterable[Verdict]:
    """The signed work programme is attached as PDF.

    What: a document of the kind form 02 with a PDF file that opens.
    Why: the programme prints form 02 for signature; what people signed comes back as a PDF.
    Passes: such a PDF is attached.
    Fails: no file, a file of another kind, a file that is missing or does not open.
    Clause: F01.16a, 7.4.
    """
    copy = newest_copy(context.course, DocumentKind.FORM_02)
    if copy is None:
        others = [d for d in context.course.documents if d.kind is DocumentKind.FORM_02 and d.file is not None]
        yield fail("no_pdf", f"documents/{others[-1].id}/file") if others else fail("missing", "documents")
    elif is_damaged(context, copy.file):
        yield fail("damaged", f"documents/{copy.id}/file")


@rule("F01.16b")
def papers_signed(context: Context) -> Iterable[Verdict]:
    """The papers are signed, dated and stamped.

    What: signatures, date and stamp that people noted for the attached copies; of each paper the newest copy counts.
        The fingerprint that was taken when the copy was attached, against the course data of today (decision 15).
    Why: an unsigned paper has no force, and a signed one none for what was changed later. Whose signatures form 02
        needs, F02.24 and F02.25 judge.
    Passes: the copy of form 02 has all three, and what it shows is what the course says.
    Fails: one of them is missing on form 02, or the course was changed since; on glossary and list of literature it
        only warns (X34).
    Clause: F01.16b, 7.4.
    """
    work_programme = newest_copy(context.course, DocumentKind.FORM_02)
    copies = [newest_copy(context.course, kind) for kind in (DocumentKind.GLOSSARY, DocumentKind.REFERENCES)]
    if work_programme is None and not any(copies):
        yield not_applicable("documents")
    if work_programme is not None:
        for message, field in _missing_marks(work_programme):
            yield fail(message, f"documents/{work_programme.id}/{field}")
        if is_outdated(context.course, work_programme):
            yield fail("outdated", f"documents/{work_programme.id}/file")
    for copy in filter(None, copies):
        if is_outdated(context.course, copy):
            yield warn(f"{copy.kind.value}_outdated", f"documents/{copy.id}/file")
        for message, field in _missing_marks(copy):
            yield warn(f"{copy.kind.value}_{message}", f"documents/{copy.id}/{field}")


def _missing_marks(copy: SignedDocument) -> Iterator[tuple[str, str]]:
    if all(map(is_blank, copy.signed_by)):
        yield "not_signed", "signed_by"
    if copy.dated_on is None:
        yield "not_dated", "dated_on"
    if not copy.stamped:
        yield "not_stamped", "stamped"


@rule("F01.17")
def glossary(context: Context) -> Iterable[Verdict]:
    """There is a glossary, each entry with its definition.

    What: the entries from which the program makes the PDF.
    Why: learners look terms, abbreviations and concepts up in it.
    Passes: at least one entry, each with term and definition.
    Fails: no entry, or one without term or definition.
    Clause: F01.17, 11.9, 7.4.
    """
    if not context.course.glossary:
        yield fail("missing", "glossary")
    for number, entry in enumerate(context.course.glossary, 1):
        if is_blank(entry.term):
            yield fail("no_term", f"glossary/{entry.id}/term", number=number)
        elif is_blank(entry.definition):
            yield fail("no_definition", f"glossary/{entry.id}/definition", term=entry.term.strip())


@rule("F01.18")
def literature(context: Context) -> Iterable[Verdict]:
    """There is a list of literature, each source with its citation.

    What: the sources from which the program makes the PDF.
    Why: learners find the sources by it, test questions may name them.
    Passes: at least one source, each with a citation.
    Fails: no source, or one without a citation.
    Clause: F01.18, 7.4, F08.3.
    """
    if not context.course.references:
        yield fail("missing", "references")
    for number, reference in enumerate(context.course.references, 1):
        if is_blank(reference.citation):
            yield fail("no_citation", f"references/{reference.id}/citation", number=number)


@rule("F01.19a")
def self_study_each_week(context: Context) -> Iterable[Verdict]:
    """Each week has self-study materials as PDF.

    What: PDF files among the self-study items of each module's lessons.
    Why: learners read them beside the videos, also without a connection.
    Passes: at least one PDF in each module, and all attached PDFs open.
    Fails: a module without one; an attached PDF that is missing or does not open.
    Clause: F01.19a, 7.4.
    """
    for number, module in enumerate(context.course.modules, 1):
        if not any(is_pdf(item.file) for lesson in module.lessons for item in lesson.self_study):
            yield fail("missing", f"modules/{module.id}/lessons", number=number)
    for pdf in _self_study_pdfs(context):
        if is_damaged(context, pdf.item.file):
            yield fail("damaged", pdf.path, number=pdf.number)


@rule("F01.19b")
def lectures_on_form_03(context: Context) -> Iterable[Verdict]:
    """The lectures for self-study are laid out on form 03.

    What: the labels for number and topic of a lecture in the text of each lecture PDF.
    Why: all lectures of the university look alike.
    Passes: both labels are there. A PDF without readable text (a scan) waits for a person's word.
    Fails: a label is missing. Not measured: the file was not read yet.
    Clause: F01.19b, 7.4.
    """
    labels = [context.regulation.label("form_03", key) for key in ("F03.2", "F03.3")]

    def judge(pdf: _SelfStudyPdf, text: str) -> Iterator[Verdict]:
        missing = [f"«{label}»" for label in labels if not holds_label(text, label)]
        if missing:
            yield fail("label", pdf.path, number=pdf.number, labels=", ".join(missing))

    yield from _judge_lectures(context, "F01.19b", lambda facts: facts.text, judge)


@rule("F01.19c")
def lectures_show_number_and_topic(context: Context) -> Iterable[Verdict]:
    """The first page of each lecture PDF shows the lecture's number and topic.

    What: number (counted through the course) and title of the lesson in the text of page 1.
    Why: a lecture without them is put into the wrong week.
    Passes: both are there; case, spaces and quotation marks do not count. A scan waits for a person's word.
    Fails: number or title is missing or another lecture's. Not measured: the file was not read yet.
    Clause: F01.19c, 7.4.
    """

    def judge(pdf: _SelfStudyPdf, text: str) -> Iterator[Verdict]:
        title = pdf.lesson.title.strip()
        if not holds_lecture_number(text, pdf.number):
            yield fail("number", pdf.path, number=pdf.number)
        if not holds_text(text, title):
            yield fail("title", pdf.path, number=pdf.number, title=title)

    yield from _judge_lectures(context, "F01.19c", lambda facts: facts.first_page_text, judge)


class _SelfStudyPdf(NamedTuple):
    """A PDF of self-study material with the number of its lesson in the course."""

    number: int
    lesson: Lesson
    item: SelfStudyItem
    path: str


def _self_study_pdfs(context: Context) -> Iterator[_SelfStudyPdf]:
    for number, module, lesson in numbered_lessons(context.course):
        for item in lesson.self_study:
            if is_pdf(item.file):
                path = lesson_path(module, lesson, f"self_study/{item.id}/file")
                yield _SelfStudyPdf(number, lesson, item, path)


def _judge_lectures(
    context: Context,
    rule_id: str,
    text_of: Callable[[AttachmentFacts], str],
    judge: Callable[[_SelfStudyPdf, str], Iterable[Verdict]],
) -> Iterator[Verdict]:
    """Judge the text of each lecture PDF; damaged files are a matter of F01.19a alone."""
    pdfs = [pdf for pdf in _self_study_pdfs(context) if pdf.item.kind is SelfStudyKind.LECTURE]
    if not pdfs:
        yield not_applicable()
    for pdf in pdfs:
        facts = context.file_facts(pdf.item.file)
        if facts is None:
            yield not_measured("not_read", pdf.path, number=pdf.number)
        elif is_damaged(context, pdf.item.file):
            continue
        elif is_blank(text_of(facts)):
            yield from context.ask(rule_id, pdf.path, number=pdf.number)
        else:
            yield from judge(pdf, text_of(facts))


@rule("F01.21")
def task_sheet_each_week(context: Context) -> Iterable[Verdict]:
    """Each week has its tasks as PDF.

    What: the attached task sheet of each module, or tasks in its week from which the program makes the sheet.
    Why: learners need the week's tasks, seminars, practical and laboratory work on paper as well.
    Passes: a PDF that opens, or at least one task in the module's week.
    Fails: a module with neither.
    Clause: F01.21, 7.4.
    """
    course = context.course
    with_tasks = {module.id for module in (module_of_task(course, task) for task in course.tasks) if module}
    for number, module in enumerate(course.modules, 1):
        sheet = module.task_sheet
        if module.id not in with_tasks and (not is_pdf(sheet) or is_damaged(context, sheet)):
            yield fail("missing", f"modules/{module.id}/task_sheet", number=number)


RULES_BEFORE_VIDEO = (
    work_programme_attached,
    papers_signed,
    glossary,
    literature,
    self_study_each_week,
    lectures_on_form_03,
    lectures_show_number_and_topic,
)
RULES_AFTER_VIDEO = (task_sheet_each_week,)
