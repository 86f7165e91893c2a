"""What Moodle 4.5 makes of an Aiken file, byte by byte, so that nobody has to upload a file to find out.

A model of the importer's observable behaviour with "stop on error" off: which questions it stores, with which key,
and at which lines it reports an error. It is deliberately as strict and as careless as Moodle is.
"""

import re
from dataclasses import dataclass

_BOM = b"\xef\xbb\xbf"
_TRIM = b" \t\n\r\0\x0b"
_OPTION = re.compile(rb"[A-Z][).]")
_ANSWER = b"ANSWER:"
_MIN_LINE_BYTES = 2
_MIN_OPTIONS = 2


@dataclass(frozen=True, slots=True)
class StoredQuestion:
    """A question in Moodle's question bank.

    Attributes:
        line: line of its ANSWER in the file, from 1.
        options: texts that are stored; an empty one is dropped.
        right: position of the right option among ``options``; None where the question has no right answer.
        wrong_key: the option stored as right does not carry the letter that the ANSWER line names.
    """

    line: int
    stem: str
    options: tuple[str, ...]
    right: int | None
    wrong_key: bool


@dataclass(frozen=True, slots=True)
class ImportFault:
    """An error that Moodle reports.

    Attributes:
        line: line in the file, from 1 (Moodle itself counts a CR LF twice).
        code: ``not_utf8``, ``question_not_started``, ``question_not_complete`` or ``missing_options``.
    """

    line: int
    code: str


@dataclass(frozen=True, slots=True)
class MoodleImport:
    """The outcome of an import.

    Attributes:
        faults: errors that Moodle reports; with its default "stop on error" one of them keeps every question out.
    """

    stored: tuple[StoredQuestion, ...]
    faults: tuple[ImportFault, ...]

    @property
    def imported(self) -> int:
        """Return how many questions are stored."""
        return len(self.stored)

    @property
    def without_right_answer(self) -> int:
        """Return how many stored questions nobody can answer rightly."""
        return sum(question.right is None for question in self.stored)

    @property
    def wrong_key(self) -> int:
        """Return how many stored questions have a wrong option as their key."""
        return sum(question.wrong_key for question in self.stored)


@dataclass(slots=True)
class _Open:
    stem: bytes
    labels: list[bytes]
    bodies: list[bytes]


def predict(data: bytes) -> MoodleImport:
    """Return what Moodle stores of a file and what it complains about."""
    if not _is_utf8(data):
        return MoodleImport((), (ImportFault(1, "not_utf8"),))
    stored: list[StoredQuestion] = []
    faults: list[ImportFault] = []
    current: _Open | None = None
    for number, raw in enumerate(re.split(rb"\r\n|\n|\r", data.removeprefix(_BOM)), start=1):
        line = raw.strip(_TRIM)
        if len(line) < _MIN_LINE_BYTES:
            continue
        is_answer = line.startswith(_ANSWER)
        if current is None and (is_answer or _OPTION.match(line)):
            faults.append(ImportFault(number, "question_not_started"))
        elif current is not None and _OPTION.match(line):
            current.labels.append(line[:1])
            current.bodies.append(line[2:].strip(_TRIM))
        elif current is not None and is_answer:
            if len(current.bodies) < _MIN_OPTIONS:
                faults.append(ImportFault(number, "missing_options"))
            else:
                stored.append(_stored(current, line[len(_ANSWER) :].strip(_TRIM)[:1], number))
            current = None
        else:
            if current is not None:
                faults.append(ImportFault(number, "question_not_complete"))
            current = _Open(line, [], [])
    return MoodleImport(tuple(stored), tuple(faults))


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _stored(question: _Open, key: bytes, line: int) -> StoredQuestion:
    """Return the question as it is saved: the key is a position, counted with the empty options that are dropped."""
    position = key[0] - ord("A") if key else -1
    exists = 0 <= position < len(question.bodies) and question.bodies[position] != b""
    kept = [place for place, body in enumerate(question.bodies) if body]
    return StoredQuestion(
        line,
        question.stem.decode(),
        tuple(question.bodies[place].decode() for place in kept),
        right=kept.index(position) if exists else None,
        wrong_key=exists and question.labels[position] != key,
    )
