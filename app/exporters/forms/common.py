"""What the forms have in common: labels, values, blanks, page lines, the words for tasks and authors."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import PurePosixPath

from app.exporters.document import (
    Align,
    Block,
    Cell,
    Document,
    Field,
    Heading,
    ListBlock,
    ListItem,
    PageField,
    PageLine,
    Paragraph,
    Row,
    RowRole,
    Run,
    Runs,
    SignatureLine,
    Table,
)
from app.model.base import TextItem
from app.model.course import Course
from app.model.people import Author, FileRef
from app.model.regulation import BLANK, FormLabels, Regulation, number_text
from app.model.structure import Lesson, Module, Outcome
from app.model.tasks import Task, TaskKind, TaskType
from app.model.texts import Lang
from app.model.views import course_effort_min, item_count, lesson_path
from app.storage.texts_file import load_texts

_BLANK_MARK = "\x00"


def date_text(day: date) -> str:
    """Return a date as office documents write it."""
    return f"{day:%d.%m.%Y}"


def file_name(file: FileRef | None) -> str:
    """Return the name of an attached file, empty where none is attached."""
    return "" if file is None else PurePosixPath(file.path.replace("\\", "/")).name


def blank_line() -> Paragraph:
    """Return a line to write on, in place of a value that is missing."""
    return Paragraph((Run(BLANK),), Align.LEFT, fill_line=True)


def plain_table(widths: tuple[float, ...], header: Runs, rows: Iterable[Runs], *, whole: bool = False) -> Table:
    """Return a table of one run a cell below its column headers."""
    head = Row(tuple(Cell(((run,),)) for run in header), RowRole.HEADER)
    return Table(widths, (head, *(Row(tuple(Cell(((run,),)) for run in row)) for row in rows)), whole=whole)


def facts_table(facts: Iterable[tuple[str, Runs]], *, of_next: bool = False) -> Table:
    """Return a table of names on the left and values on the right; ``of_next``: of the text that follows."""
    rows = (Row((Cell(((Run(name, bold=True),),)), Cell((value,)))) for name, value in facts)
    return Table((3.6, 6.4), tuple(rows), whole=True, keep_with_next=of_next)


def signature_line(role: str, name: str, element: str = "", *, stamp: bool = False) -> SignatureLine:
    """Return a line to sign on of a paper without an official form: role, blank, name."""
    return SignatureLine((Run(f"{role} "),), BLANK, (Run(f" {name.strip()}", element=element),), stamp)


def or_blank(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return the blocks, a line to write on where there are none."""
    return tuple(blocks) or (blank_line(),)


@dataclass(frozen=True)
class Sheet:
    """One form of one course: labels in the form's language, everything else in the course's (X55).

    Attributes:
        form: key of the form in the regulation, empty for a document without an official form.
    """

    course: Course
    regulation: Regulation
    form: str
    generated_on: date
    draft: bool

    @cached_property
    def lang(self) -> Lang:
        """Language of the course's values; Kazakh until it is chosen."""
        return Lang(self.course.language) if self.course.language else Lang.KK

    @cached_property
    def labels(self) -> FormLabels:
        """The form's official labels."""
        return self.regulation.forms[self.form]

    @cached_property
    def label_lang(self) -> Lang:
        """Language of the labels; of a form in two languages the first."""
        return Lang(self.labels.language.partition("-")[0])

    def say(self, key: str, **values: object) -> str:
        """Return a text of ours in the course's language; ``key`` without the leading ``forms.``."""
        return load_texts().get(f"forms.{key}", self.lang, **values)

    def label_text(self, *keys: str, **values: object) -> str:
        """Return official labels as one text; pieces of one printed item are joined by a space."""
        return " ".join(self.regulation.label(self.form, key, **values) for key in keys)

    def label(self, *keys: str, bold: bool = True, **values: object) -> Run:
        """Return official labels as one run."""
        return Run(self.label_text(*keys, **values), self.label_lang, bold=bold)

    def heading_text(self) -> Run:
        """Return the form's heading."""
        return Run(self.labels.title, self.label_lang)

    def heading(self, level: int, key: str, **values: object) -> Heading:
        """Return a heading with a text of ours."""
        return Heading(level, (Run(self.say(key, **values)),))

    def course_line(self) -> Paragraph:
        """Return the course's title as the line below the heading of a document."""
        return Paragraph((Run(self.course.title.strip() or BLANK, bold=True, element="title"),), Align.CENTRE)

    def lesson_name(self, number: int, module: Module, lesson: Lesson) -> Run:
        """Return number and title of a lecture in the course's language."""
        text = self.say("lesson", n=number, title=lesson.title.strip() or BLANK)
        return Run(text, element=lesson_path(module, lesson, "title"))

    def language_name(self) -> str:
        """Return the language of the course as a word, empty until it is chosen."""
        return "" if self.course.language is None else self.say(f"language.in_{self.course.language.value}")

    def signature(
        self, key: str, values: Mapping[str, str], element: str = "", *, stamp: bool = False
    ) -> SignatureLine:
        """Return a line to sign on.

        Args:
            key: label with the placeholder ``blank`` where one signs.
            values: values of its other placeholders.
            element: where the name was taken from.
            stamp: leave room for a stamp (X34).
        """
        text = self.label_text(key, **values, blank=_BLANK_MARK)
        before, _, after = text.partition(_BLANK_MARK)
        return SignatureLine(
            (Run(before, self.label_lang, element=element),),
            BLANK,
            (Run(after, self.label_lang, element=element),),
            stamp,
        )

    def item(self, *keys: str, values: Iterable[Block]) -> tuple[Block, ...]:
        """Return an item of a form: its label, then its values or a line to write on."""
        return (Paragraph((self.label(*keys),), Align.LEFT, keep_with_next=True), *or_blank(values))

    def text(self, text: str, element: str) -> tuple[Paragraph, ...]:
        """Return a text of the course, a paragraph a line; nothing where it is empty."""
        lines = (line.strip() for line in text.splitlines())
        return tuple(Paragraph((Run(line, element=element),)) for line in lines if line)

    def named_text(self, name_key: str, text: str, element: str) -> tuple[Block, ...]:
        """Return a text of the course behind its name, with a line to write on where it is empty."""
        name = (Run(self.say(name_key), italic=True),)
        paragraphs = self.text(text, element)
        if not paragraphs:
            return (Field(name, (Run(BLANK),), fill_line=True),)
        return (Field(name, paragraphs[0].runs, Align.JUSTIFY), *paragraphs[1:])

    def bullets(self, items: Iterable[Runs]) -> tuple[Block, ...]:
        """Return a bulleted list, nothing where there are no items."""
        entries = tuple(ListItem(runs) for runs in items)
        return (ListBlock(entries),) if entries else ()

    def numbered(self, items: Iterable[TextItem | Outcome], path: str, prefix: str = "") -> tuple[Block, ...]:
        """Return a list with printed numbers of what has a text; nothing where nothing has.

        Args:
            items: the items.
            path: element path of the list that holds them.
            prefix: printed before each number, e.g. ``2.``.
        """
        filled = [item for item in items if item.text.strip()]
        entries = (
            ListItem((Run(item.text, element=f"{path}/{item.id}/text"),), f"{prefix}{number}.")
            for number, item in enumerate(filled, start=1)
        )
        return (ListBlock(tuple(entries)),) if filled else ()

    def duration(self) -> tuple[Block, ...]:
        """Return credits and duration (X65): weeks and academic hours, credits where given."""
        parts: list[str] = []
        if self.course.credits is not None:
            parts.append(self.say("credits", credits=number_text(self.course.credits, self.lang)))
        if self.course.modules:
            hours = course_effort_min(self.course) / self.regulation.settings.academic_hour_min
            parts.append(self.say("duration", weeks=len(self.course.modules), hours=number_text(hours, self.lang)))
        return (Paragraph((Run("; ".join(parts)),), Align.LEFT),) if parts else ()

    def level_label(self, key: str) -> Runs:
        """Return the label of the level, which lists the three, with the chosen one underlined."""
        text = self.label_text(key)
        if self.course.level is None:
            return (self.label(key),)
        chosen = self.label_text(f"{key}.{self.course.level.value}")
        before, found, after = text.rpartition(chosen)
        pieces = ((before, False), (found, True), (after, False)) if found else ((text, False),)
        return tuple(Run(piece, self.label_lang, bold=True, underline=mark) for piece, mark in pieces if piece)

    def level_value(self) -> tuple[Block, ...]:
        """Return the chosen level as a word."""
        if self.course.level is None:
            return ()
        return (Paragraph((Run(self.say(f"level.{self.course.level.value}")),), Align.LEFT),)

    def degrees(self, author: Author) -> list[Run]:
        """Return degree and title of an author; "none" is an answer, silence is a blank."""
        degree = author.degree or (self.say("no_degree") if author.no_degree else BLANK)
        title = author.title or (self.say("no_title") if author.no_title else BLANK)
        return [Run(degree, element=f"authors/{author.id}/degree"), Run(title, element=f"authors/{author.id}/title")]

    def author_value(self, author: Author, field: str) -> Run:
        """Return one field of an author or a blank."""
        return Run(getattr(author, field).strip() or BLANK, element=f"authors/{author.id}/{field}")

    def module_name(self, number: int, module: Module) -> Run:
        """Return number and title of a module in the course's language."""
        text = self.say("module", n=number, title=module.title.strip() or BLANK)
        return Run(text, element=f"modules/{module.id}/title")

    def task(self, task: Task, *, graded: bool = False) -> str:
        """Return a task as form 02 lists it: kind and number; weight and term where ``graded`` (F02.20, F02.21)."""
        kind = self.say(f"task_kind.{task.kind.value}")
        if task.type in (TaskType.PEER_ASSESSED, TaskType.JOINT_PEER_ASSESSED):
            kind = self.say("task.peer", kind=kind)
        key = "task.questions" if task.kind is TaskKind.TEST else "task.items"
        parts = [self.say(key, kind=kind, n=item_count(self.course, task))]
        if graded:
            parts.append(self.say("task.weight", pct=number_text(task.weight_pct, self.lang)))
            if task.deadline is not None:
                parts.append(self.say("task.deadline", date=date_text(task.deadline)))
            elif task.deadline_days is not None:
                parts.append(self.say("task.deadline_days", n=task.deadline_days))
        return ", ".join(parts)

    def document(self, title: str, blocks: Iterable[Block]) -> Document:
        """Return the document with the lines that stand on every page."""
        edition = self.regulation.edition
        code = self.labels.code if self.form else ""
        mark = " / ".join(load_texts().get("forms.draft", lang) for lang in Lang) if self.draft else ""
        authors = ", ".join(author.full_name for author in self.course.authors if author.full_name.strip())
        return Document(
            title=title,
            lang=self.lang,
            generated_on=self.generated_on,
            blocks=tuple(blocks),
            form_code=code,
            regulation_code=edition.code,
            edition_date=edition.effective_date,
            draft=self.draft,
            author=authors,
            header=PageLine(
                left=(Run(code),) if code else (),
                centre=(Run(mark, bold=True),) if mark else (),
                right=(Run(self.say("generated_on", date=date_text(self.generated_on))),),
            ),
            footer=PageLine(
                left=(Run(self.say("edition", code=edition.code, date=date_text(edition.effective_date))),),
                right=(PageField.PAGE, Run(" / "), PageField.PAGES),
            ),
        )


def separated(runs: Iterable[Run], separator: str = ", ") -> Runs:
    """Return runs with a separator between them."""
    out: list[Run] = []
    for run in runs:
        if out:
            out.append(Run(separator))
        out.append(run)
    return tuple(out)
