"""Attached files of forms 03 and 04 and signed copies: what a reader finds in them.

Damaged files, files that nobody has read and scans are told by F01.19a–c and 8.4d; here only readable text is judged.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.checks.context import Context, Verdict, fail, not_applicable, rule, warn
from app.checks.file_places import file_element
from app.checks.naming import holds_text
from app.checks.papers import is_pdf
from app.checks.wording import is_blank
from app.model.attachment import AttachmentFacts
from app.model.papers import DocumentKind
from app.model.people import FileRef
from app.model.structure import Lesson, SelfStudyKind
from app.model.views import lesson_path, numbered_lessons

_SITE = "atu.edu.kz"
_FORM_CODE = re.compile(r"[ҮУYU]\.[А-ЯӘҒҚҢӨҰҮҺІЁ]{2,12}-7\.5\.1-\d{4}-\d{2}(?:-\d{2})?")
_PROMPTS = (
    "F04.2b.1", "F04.2b.2", "F04.2b.3", "F04.3", "F04.3.prompt.1", "F04.3.prompt.2", "F04.4.prompt.2", "F04.7.prompt",
    "F04.7.caption", "F04.8.prompt", "F04.9a.prompt", "F04.9b", "F04.9c", "F04.9d", "F04.1f", "F04.1g", "F04.1h",
    "F04.1c.blank.blank",
)  # fmt: skip
_FORM_OF_KIND = {
    DocumentKind.FORM_01: "form_01",
    DocumentKind.FORM_02: "form_02",
    DocumentKind.FORM_09: "form_09",
    DocumentKind.FORM_10: "form_10",
    DocumentKind.FORM_11: "form_11",
}


class _File(NamedTuple):
    """A readable file of a lecture with the number of the lecture and its place in the course."""

    number: int
    lesson: Lesson
    facts: AttachmentFacts
    path: str


def _presentations(context: Context) -> Iterator[_File]:
    """Yield the presentations that a reader of slides or pages read; it always knows how many there are."""
    for number, module, lesson in numbered_lessons(context.course):
        facts = context.file_facts(lesson.presentation)
        if facts is not None and facts.opens and facts.pages is not None and not is_blank(facts.text):
            yield _File(number, lesson, facts, lesson_path(module, lesson, "presentation"))


def _lectures(context: Context) -> Iterator[_File]:
    for number, module, lesson in numbered_lessons(context.course):
        for item in lesson.self_study:
            facts = context.file_facts(item.file)
            if facts is not None and facts.opens and item.kind is SelfStudyKind.LECTURE and not is_blank(facts.text):
                yield _File(number, lesson, facts, lesson_path(module, lesson, f"self_study/{item.id}/file"))


@rule("F03.1")
def lecture_names_the_course(context: Context) -> Iterable[Verdict]:
    """The first page of each lecture names the course.

    What: the course's title in the text of page 1 of each lecture PDF; case, spaces and marks do not count.
    Why: a sheet that was printed or passed on must say to which course it belongs.
    Passes: the title is there. A page without readable text is a matter of F01.19c.
    Fails: it is not.
    Clause: F03.1.
    """
    title = context.course.title.strip()
    files = [file for file in _lectures(context) if is_pdf(FileRef(path=file.facts.path)) and title]
    if not files:
        yield not_applicable()
    for file in files:
        if not is_blank(file.facts.first_page_text) and not holds_text(file.facts.first_page_text, title):
            yield fail("course", file.path, number=file.number, title=title)


@rule("F04.1a")
def title_slide(context: Context) -> Iterable[Verdict]:
    """The first slide says whose lecture it is.

    What: university, site, faculty, department, course, author and corporate e-mail in the text of slide 1, as far as
    the course has them.
    Why: the recording opens with this slide.
    Passes: all of them are there; case, spaces and marks do not count. A slide without text (a picture) waits for a
    person's word.
    Fails: one is missing; all that are missing make one fault.
    Clause: F04.1a, F04.1b, F04.1c, F04.1d, F04.1e, F04.1g, F04.1h.
    """
    files = list(_presentations(context))
    if not files:
        yield not_applicable()
    for file in files:
        if is_blank(file.facts.first_page_text):
            yield from context.ask("F04.1a", file.path, number=file.number)
            continue
        missing = [label for label, texts in _title_items(context) if not _holds_one(file.facts.first_page_text, texts)]
        if missing:
            yield fail("missing", file.path, number=file.number, labels=", ".join(f"«{label}»" for label in missing))


def _title_items(context: Context) -> Iterator[tuple[str, list[str]]]:
    """Yield the label of each item of the title slide with the texts of which one must stand there."""
    course, regulation = context.course, context.regulation

    def label(key: str, **values: object) -> str:
        return regulation.label("form_04", key, **values)

    university = label("F04.1a")
    yield university, [university, course.university, regulation.settings.university]
    yield label("F04.1b"), [_SITE]
    for key, text in (("F04.1c", course.faculty), ("F04.1d", course.department.name), ("F04.1e", course.title)):
        if not is_blank(text):
            yield label(key, blank="…"), [text]
    for key, texts in (
        ("F04.1g", [author.full_name for author in course.authors]),
        ("F04.1h", [author.email for author in course.authors]),
    ):
        if any(not is_blank(text) for text in texts):
            yield label(key), texts


def _holds_one(text: str, wanted: Iterable[str]) -> bool:
    return any(not is_blank(each) and holds_text(text, each) for each in wanted)


@rule("F04.1f")
def photograph(context: Context) -> Iterable[Verdict]:
    """The first slide shows the author.

    What: a picture on slide 1 of a PPTX; of a presentation as PDF a person's word.
    Why: learners want to see who teaches them.
    Passes: a picture is there, or a person said so.
    Fails: no picture, or a person said no.
    Clause: F04.1f.
    """
    files = list(_presentations(context))
    if not files:
        yield not_applicable()
    for file in files:
        if file.facts.slides:
            if not file.facts.slides[0].pictures:
                yield fail("none", file.path, number=file.number)
        elif file.facts.path.lower().endswith(".pdf"):
            yield from context.ask("F04.1f", file.path, number=file.number)


@rule("F04.2b")
def lecture_questions(context: Context) -> Iterable[Verdict]:
    """The presentation names the questions of the lecture.

    What: the lecture's questions, as the course has them, in the text of its presentation.
    Why: the slide of contents tells the learner what the lecture answers.
    Passes: each question is there; case, spaces and marks do not count. A lecture without questions is not judged.
    Fails: one is missing.
    Clause: F04.2b.
    """
    files = [file for file in _presentations(context) if file.lesson.questions]
    if not files:
        yield not_applicable()
    for file in files:
        wanted = [question.text.strip() for question in file.lesson.questions if not is_blank(question.text)]
        missing = [text for text in wanted if not holds_text(file.facts.text, text)]
        if missing:
            yield fail("missing", file.path, number=file.number, questions="; ".join(missing))


@rule("DR16")
def leftover_prompts(context: Context) -> Iterable[Verdict]:
    """No prompt of the templates remains in a finished file.

    What: the prompts of form 04 in the text of lecture files and presentations; case, spaces and marks do not count.
    Why: "enter the heading of the slide" in a recording shows that nobody looked at it.
    Passes: none is there.
    Fails: one is; all of one file make one fault.
    Clause: DR16, F04.3, F04.4, F04.7, F04.8, F04.9b, F04.9c, F04.9d.
    """
    files = [*_lectures(context), *_presentations(context)]
    if not files:
        yield not_applicable()
    prompts = dict.fromkeys(context.regulation.label("form_04", key) for key in _PROMPTS)
    for file in files:
        lines = [_squeezed(line) for line in file.facts.text.splitlines()]
        whole = "".join(lines)
        # A short prompt counts as a line of its own alone: its words may stand in a sentence of the author's.
        found = [text for text in prompts if _squeezed(text) in (whole if len(text) > 40 else lines)]
        if found:
            yield fail("prompt", file.path, number=file.number, prompts=", ".join(f"«{text}»" for text in found))


def _squeezed(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())


@rule("DR17")
def signed_copies_carry_the_code(context: Context) -> Iterable[Verdict]:
    """A signed copy carries the code of its form.

    What: the form's code of this edition in the text of the attached signed copy; generated documents always carry it.
    Why: the code tells by which edition the paper was drawn up.
    Passes: the code is there, or the copy is a scan without text.
    Fails: it is not: this warns, as a paper may be signed on a sheet of the office's own.
    Clause: DR17, 13.DN.1, 14.2.1a.
    """
    for document in context.course.documents:
        form, facts = _FORM_OF_KIND.get(document.kind), context.file_facts(document.file)
        if form is None or facts is None or not facts.opens or is_blank(facts.text):
            continue
        code = context.regulation.forms[form].code
        # An old code is FM.7's fault, one fault is told once.
        if _squeezed(code) not in _squeezed(facts.text) and not _old_codes(context, facts.text):
            yield warn("no_code", f"documents/{document.id}/file", code=code)


@rule("FM.7")
def old_codes(context: Context) -> Iterable[Verdict]:
    """No attached file carries a code of an earlier edition.

    What: codes of forms and of the regulation in the text of all attached PDF, DOCX and PPTX files; of DOCX headers,
        footers, notes and text boxes too.
    Why: the earlier regulation is void, a paper drawn up by it has no force.
    Passes: only codes of this edition, or none.
    Fails: another code of a form, or the code of the edition that this one replaced.
    Clause: FM.7.
    """
    for path, facts in sorted(context.attachments.items()):
        found = _old_codes(context, facts.text)
        if found:
            yield fail("old", file_element(context.course, path), file=path.rpartition("/")[2], codes=", ".join(found))


def _old_codes(context: Context, text: str) -> list[str]:
    plain = "".join(unicodedata.normalize("NFKC", text).upper().split())
    own = {form.code.upper() for form in context.regulation.forms.values()}
    series = {code.rpartition("-")[0] for code in own}
    found = [code for code in _FORM_CODE.findall(plain) if _same_letter(code) not in own | series]
    replaced = context.regulation.edition.replaces
    if replaced and replaced.upper() in plain:
        found.append(replaced)
    return list(dict.fromkeys(found))


def _same_letter(code: str) -> str:
    """Return a code with its first letter as the regulation has it: Ү is often typed as У or Y."""
    return f"Ү{code[1:]}"


RULES_OF_FORMS = (lecture_names_the_course, title_slide, photograph, lecture_questions)
RULES_DERIVED = (leftover_prompts, signed_copies_carry_the_code)
RULES_OF_FRONT_MATTER = (old_codes,)
