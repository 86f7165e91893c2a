"""The table of form 02 and what stands around it: modules, lectures, tasks, signatures, days."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from app.formats.form_words import FormWords, ReadTask, date_in, value_of

_LESSON = re.compile(
    r"(?:дәріс|лекция|lecture|сабақ|тақырып|тема|занятие)\s*№?\s*(\d{1,3})\s*[.:)–—-]?\s*(.*)", re.I | re.S
)
_MODULE = re.compile(r"(?:модуль|module)\s*№?\s*(\d{1,2})\s*[.:)–—-]?\s*(.*)", re.I | re.S)
_FINAL = re.compile(r"қорытынды\s+бақылау|итоговый\s+контроль|final\s+control", re.I)
_OF_MODULE = re.compile(r"№\s*(\d{1,2})\s*модуль|модул\w*\s*№?\s*(\d{1,2})|module\s*№?\s*(\d{1,2})", re.I)
_PLANNED = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)\s*(?:мин|min)\b")
_BOOKED = re.compile(r"(\d{1,2}[.]\d{1,2}[.]\d{4})\s+(\d{1,2}):(\d{2})")
_HEAD = re.compile(r"кафедра(?:ның)?\s+меңгерушісі\s*(?:\(([^)]*)\))?\s*[_\s\t]*(.*)", re.I)
_AUTHOR = re.compile(r"курс(?:тың)?\s+авторы\s*[_\s\t]*(.*)", re.I)
_SIGNED = re.compile(r"«\s*(\d{1,2})\s*»\s*(\S+)\s*20(\d\d)")

Put = Callable[[str, object], None]
"""Sets the value of an element path."""


@dataclass(slots=True)
class ReadLesson:
    """A lecture.

    Attributes:
        number: as printed, through the whole course.
        planned_min: planned minutes of its video, None where not said.
        tasks: its check tasks; None where the document has no row for them.
    """

    number: int
    title: str
    planned_min: float | None = None
    tasks: tuple[ReadTask, ...] | None = None


@dataclass(slots=True)
class ReadModule:
    """A module.

    Attributes:
        tasks: tasks after its last lecture beside the final control.
        finals: its final control; None where the document has no such row.
    """

    title: str = ""
    lessons: list[ReadLesson] = field(default_factory=list)
    tasks: tuple[ReadTask, ...] = ()
    finals: tuple[ReadTask, ...] | None = None


class StructureReader:
    """Reads rows by what their cells say, not by where they stand: merged cells differ from one hand to the next."""

    def __init__(self, words: FormWords) -> None:
        self._words = words
        self.modules: list[ReadModule] = []
        self.final_tasks: tuple[ReadTask, ...] | None = None
        self.unplaced: list[str] = []
        self._titled = False
        self._whole_title = ""
        self._in_module_tasks = False

    def row(self, cells: Sequence[Sequence[str]]) -> None:
        """Take a row: the lines of each of its cells, of which the first may go on a merged one and be empty."""
        filled = [cell for cell in cells if any(value_of(line) for line in cell)]
        if not filled:
            return
        first = " ".join(line.strip() for line in filled[0]).strip()
        begins = any(line.strip() for line in cells[0])
        if len(cells) == 1:
            self._group(first)
            return
        if _FINAL.search(first):
            self._final(first, [line for cell in filled[1:] for line in cell])
            return
        module = _MODULE.fullmatch(first) if begins else None
        beside_its_title = module is not None and self._titled
        if len(filled) == 1 and begins and not beside_its_title and (module or not self._is_content(filled[0])):
            self._group(first)
        else:
            if module is not None:
                self._number(value_of(module[2]))
                filled = filled[1:]
            for line in (line for cell in filled for line in cell):
                self._content(line.strip())

    def module_heading(self, text: str) -> int | None:
        """Return the number of the module that a heading names, None where it names none."""
        match = _MODULE.fullmatch(text)
        return int(match[1]) if match else None

    def video(self, text: str, computed: list[str]) -> None:
        """Take a line of item 20 of form 01: «Дәріс 3. Title – 18 мин – link»."""
        match = _LESSON.fullmatch(text)
        if match is None:
            computed.append(text)
            return
        if not self.modules:
            self.modules.append(ReadModule())
        parts = match[2].split(" – ")
        planned = None
        if len(parts) > 1 and "://" in parts[-1]:
            computed.append(text)
            parts.pop()
        if len(parts) > 1 and (minutes := _PLANNED.fullmatch(parts[-1].strip())):
            planned = float(minutes[1].replace(",", "."))
            parts.pop()
        self.modules[-1].lessons.append(ReadLesson(int(match[1]), value_of(" – ".join(parts)), planned))

    def booking(self, text: str, put: Put) -> None:
        """Take place and time of the promo video."""
        match = _BOOKED.search(text)
        day = date_in(match[1]) if match else None
        if match and day and int(match[2]) < 24 and int(match[3]) < 60:
            put("promo/booking/starts_at", datetime(day.year, day.month, day.day, int(match[2]), int(match[3])))  # noqa: DTZ001 - the studio's clock
            text = text[: match.start()]
        put("promo/booking/room", value_of(text.rstrip(" ,")))

    def signature(self, text: str, put: Put) -> bool:
        """Take a line below the table: date, head of department, author; False where it is none of these."""
        if match := _SIGNED.search(text):
            months = [self._words.all(f"month.{number}") for number in range(1, 13)]
            month = next((n for n, names in enumerate(months, start=1) if match[2].casefold() in names), None)
            try:
                put("approval/dated_on", date(2000 + int(match[3]), month or 0, int(match[1])))
            except ValueError:
                return False
            return True
        if match := _HEAD.fullmatch(text):
            put("department/abbr", "" if match[1] in (None, "аббревиатура") else value_of(match[1]))
            put("department/head", "" if match[2] == "Т.А.Ә." else value_of(match[2]))
            return True
        return bool(_AUTHOR.fullmatch(text)) or text.startswith("«")

    def _is_content(self, lines: Sequence[str]) -> bool:
        return any(_LESSON.fullmatch(line.strip()) or self._words.task(line) for line in lines if line.strip())

    def _group(self, title: str) -> None:
        """A row with a module's name above its lectures."""
        module = _MODULE.fullmatch(title)
        self.modules.append(ReadModule(value_of(module[2] if module else title)))
        self._whole_title = value_of(title)
        self._titled = True
        self._in_module_tasks = False

    def _number(self, title: str) -> None:
        """The cell «Модуль №1», which stands beside the lectures or begins a module without a row of its name."""
        if not self._titled:
            self.modules.append(ReadModule(title))
        else:  # the number has a cell of its own: what looks like one in the name is part of the name
            self.modules[-1].title = self._whole_title or title
        self._titled = False
        self._in_module_tasks = False

    def _content(self, line: str) -> None:
        if not value_of(line):
            return
        if not self.modules:
            self.modules.append(ReadModule())
        module = self.modules[-1]
        lesson = _LESSON.fullmatch(line)
        if lesson is not None:
            self._titled = self._in_module_tasks = False
            module.lessons.append(ReadLesson(int(lesson[1]), value_of(lesson[2]), tasks=()))
        elif self._words.is_said(line, "module_tasks"):
            self._in_module_tasks = True
        elif (task := self._words.task(line)) is None:
            self.unplaced.append(line)
        elif self._in_module_tasks:
            module.tasks = (*module.tasks, task)
        elif module.lessons:
            module.lessons[-1].tasks = (*(module.lessons[-1].tasks or ()), task)
        else:
            self.unplaced.append(line)

    def _final(self, label: str, lines: Sequence[str]) -> None:
        tasks = []
        for line in lines:
            task = self._words.task(line)
            if task is not None:
                tasks.append(task)
            elif value_of(line):
                self.unplaced.append(line.strip())
        if _OF_MODULE.search(label) and self.modules:
            self.modules[-1].finals = tuple(tasks)
            self._titled = self._in_module_tasks = False
        else:
            self.final_tasks = tuple(tasks)
