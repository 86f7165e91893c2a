"""Files that one activity of Moodle imports each: question bank, glossary, questionnaires."""

from collections.abc import Iterator, Sequence

from app.exporters.packages.markup import clean, element, html_in_xml, one_line, text_element
from app.exporters.packages.parts import LeftOutQuestion, left_out_questions
from app.formats.html_text import to_html
from app.formats.moodle_xml_write import write_carriable
from app.formats.pictures import NO_PICTURES, Pictures
from app.model.course import Course
from app.model.tasks import Question
from app.model.teaching import GlossaryEntry, Survey, SurveyQuestion
from app.model.texts import Lang
from app.storage.texts_file import load_texts

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" ?>\n'
"""With the blank before its end: the importer of questionnaires looks for one and refuses the file without it."""
_BANK_OPEN, _BANK_CLOSE = b"<quiz>\n", b"</quiz>\n"
_MAX_CATEGORY_CHARS = 240


def bank_xml(course: Course, lang: Lang, pictures: Pictures = NO_PICTURES) -> tuple[bytes, tuple[LeftOutQuestion, ...]]:
    """Return the test bank as Moodle XML, a category for each module and each lecture, and what is not in it.

    Args:
        course: the course.
        lang: language of the names that are ours.
        pictures: contents of the questions' pictures by their path in the course folder.
    """
    parts = [b'<?xml version="1.0" encoding="UTF-8"?>\n', _BANK_OPEN]
    left_out: list[LeftOutQuestion] = []
    for path, questions in _categories(course, lang):
        written = write_carriable(questions, pictures)
        left_out += left_out_questions(questions, written.left_out)
        _, _, body = written.data.partition(_BANK_OPEN)
        parts += [_category(path), body.removesuffix(_BANK_CLOSE)]
    return b"".join([*parts, _BANK_CLOSE]), tuple(left_out)


def _categories(course: Course, lang: Lang) -> Iterator[tuple[tuple[str, ...], Sequence[Question]]]:
    """Yield the categories that have questions, as a path of names, in the order of the course."""
    root = one_line(course.title) or "–"
    number = 0
    known: set[str] = set()
    for place, module in enumerate(course.modules, start=1):
        upper = f"{place:02} {one_line(module.title)}".strip()
        for lesson in module.lessons:
            number += 1
            known.add(lesson.id)
            own = [question for question in course.test_bank if question.lesson_id == lesson.id]
            if own:
                yield (root, upper, f"{number:02} {one_line(lesson.title)}".strip()), own
    rest = [question for question in course.test_bank if question.lesson_id not in known]
    if rest:
        yield (root, load_texts().get("platform.bank.no_lesson", lang)), rest


def _category(path: Sequence[str]) -> bytes:
    """Return the mark by which the importer makes a category; a slash in a name is written twice."""
    names = (name[:_MAX_CATEGORY_CHARS].rstrip().replace("/", "//") for name in path)
    text = text_element("text", "/".join(("$course$", "top", *names)))
    return f'  <question type="category">\n    {element("category", text)}\n  </question>\n'.encode()


def glossary_xml(course: Course, lang: Lang) -> bytes:
    """Return the glossary; an entry without term or definition would be rejected and is left out."""
    entries = [entry for entry in course.glossary if entry.term.strip() and entry.definition.strip()]
    terms = [one_line(entry.term).casefold() for entry in entries]
    settings = {
        "NAME": load_texts().get("platform.page.glossary", lang),
        "INTRO": one_line(course.title),
        "INTROFORMAT": "1",
        "ALLOWDUPLICATEDENTRIES": "1" if len(set(terms)) < len(terms) else "0",
        "DISPLAYFORMAT": "dictionary",
        "SHOWSPECIAL": "1",
        "SHOWALPHABET": "1",
        "SHOWALL": "1",
        "ALLOWCOMMENTS": "0",
        "USEDYNALINK": "1",
        "DEFAULTAPPROVAL": "1",
        "GLOBALGLOSSARY": "0",
        "ENTBYPAGE": "10",
    }
    info = "\n".join(text_element(name, value) for name, value in settings.items())
    inner = f"\n{info}\n" + element("ENTRIES", "".join(map(_entry, entries))) + "\n"
    return f"{_DECLARATION}{element('GLOSSARY', element('INFO', inner))}\n".encode()


def _entry(entry: GlossaryEntry) -> str:
    parts = [
        text_element("CONCEPT", one_line(entry.term)),
        html_in_xml("DEFINITION", entry.definition),
        text_element("FORMAT", "1"),
        text_element("USEDYNALINK", "1"),
        text_element("CASESENSITIVE", "0"),
        text_element("FULLMATCH", "1"),
        text_element("TEACHERENTRY", "1"),
    ]
    return "\n" + element("ENTRY", "".join(parts))


def survey_xml(survey: Survey) -> bytes:
    """Return a questionnaire for the activity Feedback: options as one choice, a question without them as free text."""
    asked = [question for question in survey.questions if question.text.strip()]
    items = "".join(_survey_item(number, question) for number, question in enumerate(asked, start=1))
    attributes = {"VERSION": "200701", "COMMENT": "XML-Importfile for mod/feedback"}
    return f"{_DECLARATION}{element('FEEDBACK', element('ITEMS', items), attributes)}\n".encode()


def _survey_item(number: int, question: SurveyQuestion) -> str:
    options = [option for option in question.options if option.strip()]
    # The bar parts the options; what stands before them says: one of them, as radio buttons.
    presentation = "r>>>>>" + "|".join(map(_option, options)) if options else "60|5"
    parts = {
        "ITEMID": str(number),
        "ITEMTEXT": to_html(clean(question.text)),
        "ITEMLABEL": "",
        "PRESENTATION": presentation,
        "OPTIONS": "",
        "DEPENDITEM": "0",
        "DEPENDVALUE": "",
    }
    inner = "".join(text_element(name, value) for name, value in parts.items())
    return "\n" + element("ITEM", inner, {"TYPE": "multichoice" if options else "textarea", "REQUIRED": "0"})


def _option(text: str) -> str:
    return to_html(one_line(text)).replace("|", "&#124;")
