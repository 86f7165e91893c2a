"""Question files damaged at random, from one file of each format."""

import io
import random
import zipfile
from collections.abc import Iterator
from functools import cache

from app.formats.files import write_file
from app.formats.names import QuestionFormat
from app.model.tasks import AnswerKind, Question

SNIPPETS = (
    b"{",
    b"}",
    b"\\",
    b"=",
    b"~",
    b"#",
    b"\n\n",
    b"\r",
    b"\0",
    b"&",
    b"<",
    b">",
    b"]]>",
    b"<![CDATA[",
    b"<!--",
    b"-->",
    b"<question>",
    b"</question>",
    b"<!DOCTYPE quiz [<!ENTITY a 'b'>]>",
    b"&a;",
    b"[q]",
    b"[a][+]",
    b"<variant>",
    b"+ ",
    b"- ",
    b"ANSWER: ",
    b"A. ",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xe2\x80\x8b",
    b"%50%",
    b"->",
    b"::",
    b"//",
    b"PK\x03\x04",
    b"fraction='1e999'",
    b"fraction='nan'",
    b"9" * 50,
    b"1..",
    b"#..",
    b"<sub>",
    b"</sup>",
    b"\xd0",
    b"*",
)


@cache
def sources() -> tuple[tuple[QuestionFormat, bytes], ...]:
    """Return a good file of each format."""
    choice = [
        Question(
            id=f"q{n}", stem=f"{n}-сұрақ: қайсысы <b> дұрыс?", options=("бір", "екі", "үш", "төрт"), correct=(n % 4,)
        )
        for n in range(4)
    ]
    typed = [
        Question(id="a", kind=AnswerKind.CHOICE_MULTI, stem="Екеуі?", options=("а", "б", "в"), correct=(0, 2)),
        Question(id="b", kind=AnswerKind.SHORT_TEXT, stem="Астана?", answers=("Астана", "*")),
        Question(id="c", kind=AnswerKind.NUMBER, stem="Пи?", answers=("3.14±0.01",)),
        Question(id="d", kind=AnswerKind.BINARY, stem="Жер шар", correct=(0,)),
        Question(id="e", kind=AnswerKind.MATCHING, stem="Жұптар", options=("а", "б"), answers=("1", "2", "3")),
        Question(id="f", kind=AnswerKind.FREE_FORM, stem="Жазыңыз"),
    ]
    return tuple((name, write_file([*choice, *typed], name).data) for name in QuestionFormat)


def damaged_files(count: int, seed: int) -> Iterator[tuple[QuestionFormat, bytes]]:
    """Yield damaged files, all formats in turn; the same ones for a seed."""
    chance = random.Random(seed)
    good = sources()
    for number in range(count):
        name, data = good[number % len(good)]
        inside = name is QuestionFormat.WORD and chance.random() < 0.8
        yield name, damaged_document(data, chance) if inside else damaged(data, chance)


def damaged_document(data: bytes, chance: random.Random) -> bytes:
    """Return a sound package with a damaged document in it."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(content, "w") as new:
        part = old.read("word/document.xml")
        if chance.random() < 0.5:  # well-formed XML in a disorder
            blocks = part.split(b"<w:p>")
            middle = blocks[1:-1]
            chance.shuffle(middle)
            marks = (b"*", b"B) ", b"1. ", b"\t")
            middle = [block.replace(b"A)", chance.choice(marks)) for block in middle]
            part = b"<w:p>".join([blocks[0], *middle, blocks[-1]])
        else:
            part = damaged(part, chance)
        new.writestr("word/document.xml", part)
    return content.getvalue()


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return a file with one to eight places overwritten, cut, doubled or filled with marks."""
    content = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        start = chance.randrange(len(content) + 1)
        end = min(len(content), start + chance.choice((0, 1, 2, 5, 40, 400)))
        what = chance.random()
        if what < 0.5:
            content[start:end] = chance.choice(SNIPPETS)
        elif what < 0.7:
            content[start:end] = chance.randbytes(end - start)
        elif what < 0.85:
            content[start:end] = content[start:end] * chance.randint(0, 3)
        else:
            content[start:] = content[start : chance.randrange(start, len(content) + 1)]
    return bytes(content)
