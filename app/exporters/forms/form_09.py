"""Form 09: the certificate of placement, its head in two languages, for the director's signature (12.9)."""

from collections.abc import Iterator
from datetime import date

from app.exporters.document import Align, Block, Cell, Document, Heading, Row, RowRole, Run, Runs, Table
from app.exporters.forms.common import Sheet, date_text, separated
from app.model.course import Course
from app.model.regulation import BLANK, Regulation
from app.model.texts import Lang

_WIDTHS = (1.0, 6.0, 9.0)


def build(course: Course, regulation: Regulation, *, generated_on: date, draft: bool) -> Document:
    """Return the certificate; what is missing is a blank to fill in by hand (decision 14)."""
    sheet = Sheet(course, regulation, "form_09", generated_on, draft)
    director = course.placement_certificate.director.strip()
    blocks: tuple[Block, ...] = (
        _head(sheet),
        Heading(1, (sheet.label("F09.H4", bold=False),), Align.CENTRE),
        Table(_WIDTHS, (_header(sheet), *_rows(sheet))),
        sheet.signature("F09.S", {"name": director} if director else {}, "placement_certificate/director", stamp=True),
    )
    return sheet.document(sheet.labels.title, blocks)


def _head(sheet: Sheet) -> Table:
    """Kazakh on the left, Russian on the right; the date stands in the Russian half only (X51)."""
    certificate = sheet.course.placement_certificate
    number = {"number": certificate.number.strip()} if certificate.number.strip() else {}
    day = {} if certificate.dated_on is None else {"date": date_text(certificate.dated_on)}
    halves = ((Lang.KK, number), (Lang.RU, number | day))
    rows = []
    for key in ("H1", "H2", "H3"):
        texts = (Run(sheet.label_text(f"F09.{key}.{lang}"), lang, bold=True) for lang, _ in halves)
        rows.append(Row(tuple(Cell(((text,),), align=Align.CENTRE) for text in texts)))
    numbers = (Run(sheet.label_text(f"F09.H3.{lang}.number", **values), lang) for lang, values in halves)
    rows.append(Row(tuple(Cell(((text,),), align=Align.CENTRE) for text in numbers)))
    return Table((1.0, 1.0), tuple(rows), framed=False)


def _header(sheet: Sheet) -> Row:
    labels = (sheet.label_text(f"F09.T.{key}") for key in ("no", "name", "description"))
    return Row(tuple(Cell(((Run(text, sheet.label_lang),),), align=Align.CENTRE) for text in labels), RowRole.HEADER)


def _rows(sheet: Sheet) -> Iterator[Row]:
    for number, value in enumerate(_values(sheet), start=1):
        label = (sheet.label(f"F09.{number}", bold=False),)
        yield Row((Cell(((Run(str(number)),),), align=Align.CENTRE), Cell((label,)), Cell(value)))


def _values(sheet: Sheet) -> Iterator[tuple[Runs, ...]]:
    """Yield the lines of each row's value in the order of the form."""
    course, platform = sheet.course, sheet.course.platform
    authors = tuple(
        separated([sheet.author_value(a, "full_name"), sheet.author_value(a, "position"), *sheet.degrees(a)])
        for a in course.authors
    )
    blank = ((Run(BLANK),),)

    def one(text: str, element: str, link: str | None = None) -> tuple[Runs, ...]:
        return ((Run(text.strip(), link=link, element=element),),) if text.strip() else blank

    unit = (one(course.department.name, "department/name") if course.department.name.strip() else ()) + (
        one(course.faculty, "faculty") if course.faculty.strip() else ()
    )
    yield authors or blank
    yield unit or blank
    yield one(course.title, "title")
    yield one(platform.name, "platform/name")
    yield one(sheet.language_name(), "language")
    yield one(course.audience.description, "audience/description")
    yield one("" if platform.placed_on is None else date_text(platform.placed_on), "platform/placed_on")
    yield one(platform.course_url, "platform/course_url", platform.course_url)
    yield tuple((sheet.label(f"F09.9.{number}", bold=False),) for number in (1, 2, 3))
