"""The bank as files: what is in them, what is not, and why."""

import io
from datetime import date

import pytest
from docx import Document
from PIL import Image

from app.exporters.paper_variants import PaperPlan
from app.formats.files import read_file
from app.formats.names import QuestionFormat
from app.formats.pictures import ParsedPicture, contents
from app.model.course import Course
from app.model.tasks import AnswerKind, Question
from app.session.bank_export import SUFFIX, Target, bank_file, paper_files
from app.storage.regulation_file import load_regulation

DAY = date(2026, 3, 2)
REGULATION = load_regulation()
FRUIT = ("Apple", "Beet", "Carrot", "Dill", "Endive")
BANK = tuple(Question(id=f"q{n}", stem=f"Which fruit {n}?", options=FRUIT, correct=(n,)) for n in range(3))
NUMBER = Question(id="n", kind=AnswerKind.NUMBER, stem="How much is 2 + 2?", answers=("4",))
COURSE = Course(test_bank=(*BANK, NUMBER))


@pytest.mark.parametrize("target", [t for t in Target if t.value in set(QuestionFormat)])
def test_a_question_file_holds_what_it_says(target: Target) -> None:
    made = bank_file(COURSE, REGULATION, target, None, {}, DAY)
    read = read_file(made.data, QuestionFormat(target.value)).result.questions
    assert len(read) == made.written
    assert [q.stem for q in read[:3]] == [q.stem for q in BANK]
    assert made.written + sum(count for _, count in made.left_out) == len(COURSE.test_bank)


def test_chosen_questions_alone_are_written() -> None:
    made = bank_file(COURSE, REGULATION, Target.AIKEN, {"q1"}, {}, DAY)
    assert made.data.decode() == ("Which fruit 1?\nA. Apple\nB. Beet\nC. Carrot\nD. Dill\nE. Endive\nANSWER: B\n")


@pytest.mark.parametrize(
    ("target", "keys"),
    [(Target.FORM_DOCX, 3), (Target.PAPER_DOCX, 0), (Target.FORM_PDF, None), (Target.PAPER_PDF, None)],
)
def test_forms_hold_single_choice_questions_and_say_what_they_leave_out(target: Target, keys: int | None) -> None:
    made = bank_file(COURSE, REGULATION, target, None, {}, DAY)
    assert made.written == 3
    assert [(problem.code, count) for problem, count in made.left_out] == [("not_single_choice", 1)]
    assert made.data.startswith(b"%PDF" if SUFFIX[target] == ".pdf" else b"PK")
    if keys is not None:
        text = "\n".join(p.text for p in Document(io.BytesIO(made.data)).paragraphs)
        assert text.count("ANSWER:") == keys
        assert text.count("A. Apple") == 3


def test_other_kinds_leave_as_a_document_of_their_own() -> None:
    made = bank_file(COURSE, REGULATION, Target.OTHERS_DOCX, None, {}, DAY)
    text = "\n".join(p.text for p in Document(io.BytesIO(made.data)).paragraphs)
    assert made.written == 1
    assert NUMBER.stem in text
    assert BANK[0].stem not in text


def test_variants_are_printed_without_keys_and_the_keys_apart() -> None:
    files = paper_files(COURSE, REGULATION, PaperPlan(variants=2, questions=2), ".docx", {"q0", "q1"}, DAY)
    paper = "\n".join(p.text for p in Document(io.BytesIO(files.paper)).paragraphs)
    assert paper.count(BANK[0].stem) == 2
    assert BANK[2].stem not in paper
    assert "ANSWER" not in paper
    assert files.keys.startswith(b"PK")


def test_pictures_are_in_every_document_of_questions() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 20), "navy").save(buffer, "PNG")
    parsed = ParsedPicture(buffer.getvalue(), None, "An apple")
    pictured = {"pictures": (parsed.as_picture("p"),)}
    course = Course(test_bank=(BANK[0].model_copy(update=pictured), NUMBER.model_copy(update=pictured)))
    pictures = contents([parsed])
    for target in (Target.FORM_DOCX, Target.PAPER_DOCX, Target.OTHERS_DOCX):
        assert (
            len(Document(io.BytesIO(bank_file(course, REGULATION, target, None, pictures, DAY).data)).inline_shapes)
            == 1
        )
    files = paper_files(course, REGULATION, PaperPlan(), ".docx", None, DAY, pictures)
    assert len(Document(io.BytesIO(files.paper)).inline_shapes) == 1
    assert len(Document(io.BytesIO(files.keys)).inline_shapes) == 0
