"""Forms 01 and 02 read back from a Word document in the form's own layout.

What our own program wrote is read exactly. A document made by hand, with other fonts, merged cells, missing rows or
labels with other spacing, gives what can be told with certainty; every line that has no place is named.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.formats.form_items import ITEMS, LISTS, SAME, STRUCTURE, TEXTS
from app.formats.form_labels import Label, label_in, labels_of
from app.formats.form_structure import ReadModule, StructureReader
from app.formats.form_words import FormWords, ReadAuthor, ReadTask, item_text, value_of
from app.formats.word_lines import WordLine, WordRow, word_blocks
from app.formats.word_package import WordFileError
from app.model.course import CourseLanguage, Difficulty
from app.model.errors import StudioError
from app.model.regulation import Regulation
from app.model.texts import Texts


class FormFileError(StudioError):
    """A document that is no form of a course."""


@dataclass(slots=True)
class ReadForm:
    """What a form says.

    Attributes:
        form: ``form_01`` or ``form_02``.
        values: simple values by element path.
        lists: texts of a list by its path: objectives, prerequisites, postrequisites, audience/programmes, outcomes.
        module_outcomes: outcomes of a module by its number from 1.
        final_tasks: the final control of the course; None where the document has no such row.
        computed: lines that say what the program counts itself: they are compared, never set.
        unplaced: lines that could not be placed.
    """

    form: str
    values: dict[str, object] = field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    module_outcomes: dict[int, tuple[str, ...]] = field(default_factory=dict)
    authors: list[ReadAuthor] = field(default_factory=list)
    modules: list[ReadModule] = field(default_factory=list)
    final_tasks: tuple[ReadTask, ...] | None = None
    rubric: tuple[tuple[int, str], ...] = ()
    computed: list[str] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)


def read_form(data: bytes, regulation: Regulation, texts: Texts) -> ReadForm:
    """Read form 01 or 02.

    Args:
        data: a .docx file.
        regulation: the edition whose labels are looked for.
        texts: all texts of the program, for our own words in the document.

    Raises:
        FormFileError: ``form_broken`` (no Word document), ``form_unknown`` (neither form is recognised).
    """
    try:
        blocks = word_blocks(data)
    except WordFileError as error:
        raise FormFileError("form_broken") from error
    form = _which(blocks, regulation)
    if form is None:
        raise FormFileError("form_unknown")
    return _Reader(form, regulation, texts).run(blocks)


def _which(blocks: Sequence[WordLine | WordRow], regulation: Regulation) -> str | None:
    """Return the form whose labels the document has; of two, that of which it has the larger part."""
    shares = {}
    for form, items in ITEMS.items():
        labels = labels_of(regulation, form, items)
        found = {hit.key for line in _flat(blocks) if (hit := label_in(line.text, labels)) is not None}
        shares[form] = len(found) / len(labels)
    best = max(shares, key=lambda form: shares[form])
    return best if shares[best] >= 0.25 else None


def _flat(blocks: Sequence[WordLine | WordRow]) -> Iterator[WordLine]:
    for block in blocks:
        if isinstance(block, WordLine):
            yield block
        else:
            yield from (line for cell in block.cells for line in cell)


class _Reader:
    def __init__(self, form: str, regulation: Regulation, texts: Texts) -> None:
        self._form = form
        self._regulation = regulation
        self._words = FormWords(texts)
        self._labels = labels_of(regulation, form, ITEMS[form])
        self._left: tuple[Label, ...] = self._labels
        self._out = ReadForm(form)
        self._key = ""
        self._named = ""
        self._structure = StructureReader(self._words)

    def run(self, blocks: Sequence[WordLine | WordRow]) -> ReadForm:
        for block in blocks:
            if isinstance(block, WordLine):
                self._line(block)
            else:
                self._row(block)
        self._out.modules = self._structure.modules
        self._out.final_tasks = self._structure.final_tasks
        self._out.unplaced += self._structure.unplaced
        self._join()
        return self._out

    def _line(self, line: WordLine) -> None:
        if not line.text.strip() or self._is_frame(line.text):
            return
        hit = label_in(line.text, self._left)
        if hit is not None:
            self._begin(hit.key)
            if value_of(hit.rest):
                self._value(WordLine(0, hit.rest, b""))
        else:
            self._value(line)

    def _row(self, row: WordRow) -> None:
        """A row of a table: of a form made as a table its label and its value, else of the item's own table."""
        cells = [cell for cell in row.cells if any(line.text.strip() for line in cell)]
        if not cells:
            return
        if self._begins_structure(row):
            self._begin(STRUCTURE)
        if self._form == "form_02" and self._key == STRUCTURE:
            self._structure.row([[line.text for line in cell] for cell in row.cells])
            return
        if len(cells) > 1 and value_of(cells[0][0].text).rstrip(".)").isdigit() and not self._is_own_table():
            cells = cells[1:]
        hit = label_in(" ".join(line.text for line in cells[0]), self._left)
        if hit is not None:
            self._begin(hit.key)
            for line in (line for cell in cells[1:] for line in cell):
                if line.text.strip():
                    self._value(line)
        elif self._is_own_table():
            self._table_row([" ".join(line.text.strip() for line in cell) for cell in cells])
        else:
            for line in (line for cell in cells for line in cell):
                self._line(line)

    def _begins_structure(self, row: WordRow) -> bool:
        """Tell whether the table of modules begins though nobody wrote its heading; outcomes too stand by module."""
        if self._form != "form_02" or self._key == "F02.11" or all(label.key != STRUCTURE for label in self._left):
            return False
        texts = (value_of(" ".join(line.text for line in cell)) for cell in row.cells)
        return any(self._structure.module_heading(text) is not None for text in texts)

    def _is_own_table(self) -> bool:
        return self._key == "F01.15a"

    def _begin(self, key: str) -> None:
        self._key = key
        self._named = ""
        place = next(number for number, label in enumerate(self._labels) if label.key == key)
        self._left = self._labels[place + 1 :]

    def _is_frame(self, text: str) -> bool:
        """Tell whether a line is a heading or lead of the form, which says nothing of the course."""
        letters = " ".join(text.split()).casefold()
        labels = self._regulation.forms[self._form]
        frame = [labels.title, labels.code]
        if self._form == "form_01":
            frame += [self._regulation.label("form_01", key) for key in ("appendix", "lead", "lead_elements")]
        return letters in {" ".join(line.split()).casefold() for line in frame}

    def _value(self, line: WordLine) -> None:
        text = value_of(line.text)
        if not text:
            return
        key = SAME.get(self._key, self._key)
        if not key:
            self._before_items(text)
        elif key in LISTS:
            self._list_item(LISTS[key], line)
        elif key in TEXTS:
            self._append(TEXTS[key], text)
        else:
            _PARSERS.get(key, _Reader.leave)(self, text)

    def _before_items(self, text: str) -> None:
        """The title page of form 02, and whatever stands before the first item of form 01."""
        folded = text.casefold()
        if self._form == "form_02" and folded.startswith(("факультет", "кафедра")):
            path = "faculty" if folded.startswith("факультет") else "department/name"
            name = text.split(None, 1)[1].strip() if " " in text else ""
            if name.startswith("«") and name.endswith("»"):
                name = name[1:-1]
            self._put(path, value_of(name))
        elif self._form == "form_02" and ("@" in text or " – " in text):
            self._out.authors.append(self._words.author_of_form_02(text))
        elif self._form == "form_02" and "university" not in self._out.values and "faculty" not in self._out.values:
            self._put("university", text)
        else:
            self.leave(text)

    def title(self, text: str) -> None:
        """The title; behind it on the title page of form 02 stand city and year."""
        city = self._regulation.settings.city.casefold()
        if self._form == "form_02" and text.casefold().startswith(city):
            year = text.rpartition(",")[2].strip()
            if year.isdigit() and len(year) == 4:
                self._put("approval/year", int(year))
        elif self._form == "form_02" and "title" in self._out.values:
            self.leave(text)
        else:
            self._append("title", text)

    def language(self, text: str) -> None:
        folded = text.casefold()
        for language in CourseLanguage:
            if any(word in folded for word in self._words.all(f"language.in_{language.value}")):
                self._put("language", language)
                return
        self.leave(text)

    def _audience(self, line: WordLine) -> None:
        named = self._words.named(line.text, ("target_audience",))
        if named is not None:
            self._named = "audience/description"
            self._append(self._named, named[1])
        elif self._named:
            self._append(self._named, value_of(line.text))
        else:
            self._add("audience/programmes", item_text(line.text, listed=bool(line.listed)))

    def author(self, text: str) -> None:
        self._out.authors.append(self._words.author_of_form_01(item_text(text, listed=False)))

    def level(self, text: str) -> None:
        folded = text.casefold()
        said = [
            level for level in Difficulty if any(word in folded for word in self._words.all(f"level.{level.value}"))
        ]
        if len(said) == 1:
            self._put("level", said[0])
        elif len(said) < len(Difficulty):
            self.leave(text)

    def duration(self, text: str) -> None:
        for part in text.split(";"):
            number = part.strip().replace(",", ".")
            folded = part.casefold()
            if "кредит" in folded or "credit" in folded:
                digits = "".join(c if c.isdigit() or c == "." else " " for c in number).split()
                if len(digits) == 1 and digits[0].count(".") < 2:
                    self._put("credits", float(digits[0]))
                    continue
            self._out.computed.append(part.strip())

    def descriptions(self, text: str) -> None:
        named = self._words.named(text, ("description", "annotation"))
        if named is not None:
            self._named = named[0]
            text = named[1]
        if text:
            self._append(self._named or "description", text)

    def _outcome(self, line: WordLine) -> None:
        if self._words.is_said(line.text, "course_outcomes"):
            self._named = ""
            return
        module = self._structure.module_heading(value_of(line.text))
        if module is not None and not line.listed:
            self._named = str(module)
        elif self._named:
            number = int(self._named)
            kept = self._out.module_outcomes.get(number, ())
            self._out.module_outcomes[number] = (*kept, item_text(line.text, listed=bool(line.listed)))
        else:
            self._add("outcomes", item_text(line.text, listed=bool(line.listed)))

    def promo(self, text: str) -> None:
        answers = ("features", "difficulties", "skills", "benefit")
        named = self._words.named(text, [f"promo.{name}" for name in ("booking", "agreed_with", "recording", *answers)])
        name, value = named or ("", text)
        short = name.removeprefix("promo.")
        if short == "booking":
            self._structure.booking(value, self._put)
        elif short == "agreed_with":
            self._put("promo/booking/agreed_with", value)
        elif short in answers:
            if value:
                self._put(f"promo/checklist/{short}", self._words.is_said(value, "yes"))
        elif short == "recording":
            if value:
                self._out.computed.append(text)
        else:
            self.leave(text)

    def assessment(self, text: str) -> None:
        names = ("certificate_info", "description", "checking_terms", "indicators", "criteria", "scales", "procedures")
        named = self._words.named(text, [f"assessment.{name}" for name in names])
        if named is not None:
            self._named = f"assessment/{named[0].removeprefix('assessment.')}"
            text = named[1]
        if text:
            self._append(self._named or "assessment/description", text)

    def _table_row(self, cells: list[str]) -> None:
        """Rubric and progress table; the latter is compared, its bands are the regulation's own."""
        if len(cells) == 2 and cells[0].strip().isdigit():
            self._out.rubric = (*self._out.rubric, (int(cells[0]), cells[1]))
        elif "%" in cells[0]:
            self._out.computed.append(" | ".join(cells))
        elif not any(self._words.is_said(cells[0], f"assessment.{name}") for name in ("points", "progress")):
            self.leave(" | ".join(cells))

    def folder(self, text: str) -> None:
        named = self._words.named(text, ("materials_folder",))
        if named is not None:
            self._put("materials_folder_url", named[1])
        else:
            self.count(text)

    def video(self, text: str) -> None:
        self._structure.video(item_text(text, listed=False), self._out.computed)

    def count(self, text: str) -> None:
        self._out.computed.append(text)

    def questions(self, text: str) -> None:
        """The last item: the number of questions; behind it a person writes whatever the form has no place for."""
        if self._words.counts(text, "count.questions"):
            self._out.computed.append(text)
        else:
            self.leave(text)

    def after_table(self, text: str) -> None:
        if not self._structure.signature(text, self._put):
            self.leave(text)

    def _list_item(self, path: str, line: WordLine) -> None:
        if path == "audience/programmes":
            self._audience(line)
        elif path == "outcomes":
            self._outcome(line)
        elif path in ("prerequisites", "postrequisites") and self._words.is_said(line.text, f"no_{path}"):
            self._put(f"no_{path}", value=True)
        else:
            self._add(path, item_text(line.text, listed=bool(line.listed)))

    def _put(self, path: str, value: object) -> None:
        if value != "":
            self._out.values[path] = value

    def _append(self, path: str, text: str) -> None:
        before = self._out.values.get(path)
        if text:
            self._out.values[path] = f"{before}\n{text}" if before else text

    def _add(self, path: str, text: str) -> None:
        if text:
            self._out.lists[path] = (*self._out.lists.get(path, ()), text)

    def leave(self, text: str) -> None:
        self._out.unplaced.append(text)

    def _join(self) -> None:
        """A title is one line; where the document breaks it, the break means nothing."""
        title = self._out.values.get("title")
        if isinstance(title, str):
            self._out.values["title"] = " ".join(title.split("\n"))


_PARSERS = {
    "F01.1": _Reader.title,
    "F01.3": _Reader.language,
    "F01.5": _Reader.author,
    "F01.6": _Reader.level,
    "F01.7": _Reader.duration,
    "F01.10": _Reader.descriptions,
    "F01.14a": _Reader.promo,
    "F01.15a": _Reader.assessment,
    "F01.16a": _Reader.count,
    "F01.17": _Reader.count,
    "F01.18": _Reader.count,
    "F01.19a": _Reader.folder,
    "F01.20a": _Reader.video,
    "F01.21": _Reader.count,
    "F01.22a": _Reader.questions,
    "F02.16": _Reader.after_table,
}
