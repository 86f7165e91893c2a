"""Questions as blocks of a document: number, stem, options, what is to be filled in."""

from collections.abc import Callable, Sequence

from app.exporters.document import Align, Field, FlowBlock, KeepTogether, Paragraph, Run
from app.exporters.forms.form_05 import letter
from app.exporters.forms.formula_runs import formula_runs
from app.model.regulation import BLANK
from app.model.tasks import AnswerKind, Question

Say = Callable[[str], str]


def question_block(number: int, question: Question, stem: str, partners: Sequence[str], say: Say) -> KeepTogether:
    """Return a question as a learner gets it.

    Args:
        number: of the question on the paper.
        question: with its options in the order of the paper.
        stem: its text, with the values of a parameterised question.
        partners: of a matching question the right side.
        say: texts of ours by their keys below ``forms.paper``.
    """
    path = f"test_bank/{question.id}"
    text = f"{number}. {' '.join(stem.split()) or BLANK}"
    lines: list[FlowBlock] = [Paragraph(formula_runs(text, bold=True, element=f"{path}/stem"), Align.LEFT)]
    if question.kind is AnswerKind.CHOICE_MULTI:
        lines.append(Paragraph((Run(say("several"), italic=True),), Align.LEFT))
    for index, option in enumerate(question.options):
        runs = formula_runs(f"{letter(index)}. {option.strip() or BLANK}", element=f"{path}/options/{index}")
        lines.append(Paragraph(runs, Align.LEFT))
    for index, partner in enumerate(partners, start=1):
        runs = formula_runs(f"{index}) {partner.strip() or BLANK}", element=f"{path}/answers")
        lines.append(Paragraph(runs, Align.LEFT))
    if question.kind is AnswerKind.BINARY and not question.options:
        lines.append(Paragraph((Run(f"{say('yes')} / {say('no')}"),), Align.LEFT))
    elif question.kind not in (AnswerKind.CHOICE_SINGLE, AnswerKind.CHOICE_MULTI, AnswerKind.BINARY):
        lines.append(Field((Run(say("answer")),), (Run(" "),), fill_line=True))
    return KeepTogether(tuple(lines))
