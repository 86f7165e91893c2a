"""The list of attached files says what items 16 to 19 and 21 of form 01 ask for and what was found in the files."""

from app.checks.fingerprint import data_fingerprint
from app.model.attachment import AttachmentFacts
from app.model.course import Course
from app.model.finding import Status
from app.model.papers import DocumentKind, SignedDocument
from app.model.people import FileRef
from app.model.structure import SelfStudyItem, SelfStudyKind
from app.sample import sample_course
from app.session.completeness import AttachedItem, Fact, FactKind, attached_items
from app.session.edit import set_value
from app.storage.regulation_file import load_regulation

REGULATION = load_regulation()
PDF = "materials/lecture.pdf"
ELEMENT = "modules/m2/lessons/l5/self_study/s/file"


def with_lecture(kind: SelfStudyKind = SelfStudyKind.LECTURE) -> Course:
    item = SelfStudyItem(id="s", kind=kind, file=FileRef(path=PDF))
    return set_value(sample_course(), "modules/m2/lessons/l5/self_study", (item,))


def item(course: Course, facts: AttachmentFacts | None, element: str = ELEMENT) -> AttachedItem:
    known = {} if facts is None else {facts.path: facts}
    return next(i for i in attached_items(course, known, REGULATION) if i.element == element)


def kinds(of: AttachedItem) -> set[FactKind]:
    return {fact.kind for fact in of.facts}


def test_an_empty_course_lacks_the_three_papers() -> None:
    items = attached_items(Course(), {}, REGULATION)
    assert [(i.clause, i.element, i.status) for i in items] == [
        ("F01.16", "documents", Status.FAIL),
        ("F01.17", "glossary", Status.FAIL),
        ("F01.18", "references", Status.FAIL),
    ]


def test_each_lesson_and_each_module_has_its_rows() -> None:
    clauses = [i.clause for i in attached_items(sample_course(), {}, REGULATION)]
    assert clauses.count("F01.21") == 5
    assert clauses.count("F01.19") >= 15


def test_what_the_program_makes_is_not_missing() -> None:
    course = sample_course()
    assert kinds(item(course, None, "glossary")) == {FactKind.MADE}
    assert item(course, None, "modules/m1/task_sheet").status is Status.PASS
    assert item(course.model_copy(update={"tasks": ()}), None, "modules/m1/task_sheet").status is Status.FAIL


def test_a_file_is_gone_broken_or_not_yet_read() -> None:
    course = with_lecture()
    assert kinds(item(course, None)) == {FactKind.NOT_READ}
    assert kinds(item(course, AttachmentFacts(path=PDF))) == {FactKind.GONE}
    assert kinds(item(course, AttachmentFacts(path=PDF, exists=True))) == {FactKind.BROKEN}


def test_a_good_lecture_shows_number_topic_pages_images_and_links() -> None:
    title = sample_course().modules[1].lessons[1].title
    text = f"Лекция № 5 Тема: {title}\nhttps://atu.edu.kz https://adilet.zan.kz https://atu.edu.kz"
    facts = AttachmentFacts(
        path=PDF, exists=True, opens=True, kind="pdf", pages=12, first_page_text=text, text=text, image_count=3
    )
    found = item(with_lecture(), facts)
    assert found.status is Status.PASS
    assert found.file_name == "lecture.pdf"
    assert set(found.facts) == {
        Fact(FactKind.PAGES, 12),
        Fact(FactKind.IMAGES, 3),
        Fact(FactKind.LINKS, 2),
        Fact(FactKind.NUMBER, 5),
        Fact(FactKind.TOPIC),
    }


def test_another_lectures_number_and_topic_are_told() -> None:
    text = "Лекция № 6 Тема: Something else"
    facts = AttachmentFacts(path=PDF, exists=True, opens=True, pages=1, first_page_text=text, text=text)
    found = item(with_lecture(), facts)
    assert {FactKind.NO_NUMBER, FactKind.NO_TOPIC} <= kinds(found)
    assert found.status is Status.FAIL
    assert not {FactKind.NO_NUMBER, FactKind.NO_TOPIC} & kinds(item(with_lecture(SelfStudyKind.VISUAL), facts))


def test_a_scan_and_a_left_over_prompt_want_a_look() -> None:
    scan = AttachmentFacts(path=PDF, exists=True, opens=True, pages=1)
    assert (kinds(item(with_lecture(), scan)), item(with_lecture(), scan).status) == (
        {FactKind.PAGES, FactKind.NO_TEXT},
        Status.WARNING,
    )
    text = "Замените этот текст информацией по теме курса."
    facts = AttachmentFacts(path=PDF, exists=True, opens=True, text=text)
    assert FactKind.PROMPTS in kinds(item(with_lecture(), facts))


def test_a_signed_copy_grows_old_when_the_course_is_changed() -> None:
    file = FileRef(path="materials/02.pdf")
    facts = AttachmentFacts(path=file.path, exists=True, opens=True, text="x", pages=4)
    course = sample_course()
    taken = data_fingerprint(course, DocumentKind.FORM_02)
    copy = SignedDocument(id="d1", kind=DocumentKind.FORM_02, file=file, data_fingerprint=taken)
    course = course.model_copy(update={"documents": (copy,)})
    assert item(course, facts, "documents/d1/file").status is Status.PASS
    changed = set_value(course, "modules/m1/title", "Another")
    assert FactKind.OUTDATED in kinds(item(changed, facts, "documents/d1/file"))
