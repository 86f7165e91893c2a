"""Questions as blocks of a document: number, stem, options, what is to be filled in."""

from collections.abc import Sequence

from app.exporters.document import Align, Field, FlowBlock, KeepTogether, Paragraph, Picture, Run
from app.exporters.forms.form_05 import letter
from app.exporters.forms.formula_runs import formula_paragraphs
from app.exporters.question_pictures import Say, pictures_below
from app.formats.pictures import NO_PICTURES, Pictures
from app.model.regulation import BLANK
from app.model.tasks import AnswerKind, Question


def question_block(
    number: int, question: Question, stem: str, partners: Sequence[str], say: Say, pictures: Pictures = NO_PICTURES
) -> KeepTogether:
    """Return a question as a learner gets it.

    Args:
        number: of the question on the paper.
        question: with its options in the order of the paper.
        stem: its text, with the values of a parameterised question.
        partners: of a matching question the right side.
        say: texts of ours by their keys below ``forms.paper``.
        pictures: contents of the course's pictures by their path.
    """
    path = f"test_bank/{question.id}"
    text = f"{number}. {' '.join(stem.split()) or BLANK}"
    lines: list[FlowBlock | Picture] = [*formula_paragraphs(text, bold=True, element=f"{path}/stem")]
    lines += pictures_below(question, None, pictures, say)
    if question.kind is AnswerKind.CHOICE_MULTI:
        lines.append(Paragraph((Run(say("several"), italic=True),), Align.LEFT))
    for index, option in enumerate(question.options):
        lines += formula_paragraphs(f"{letter(index)}. {option.strip() or BLANK}", element=f"{path}/options/{index}")
        lines += pictures_below(question, index, pictures, say)
    for index, partner in enumerate(partners, start=1):
        lines += formula_paragraphs(f"{index}) {partner.strip() or BLANK}", element=f"{path}/answers")
    if question.kind is AnswerKind.BINARY and not question.options:
        lines.append(Paragraph((Run(f"{say('yes')} / {say('no')}"),), Align.LEFT))
    elif question.kind not in (AnswerKind.CHOICE_SINGLE, AnswerKind.CHOICE_MULTI, AnswerKind.BINARY):
        lines.append(Field((Run(say("answer")),), (Run(" "),), fill_line=True))
    return KeepTogether(tuple(lines))
