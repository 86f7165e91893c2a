"""`questions lint`, `questions convert` and `questions paper`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from app.cli.call import (
    FAILED,
    PASSED,
    Call,
    DateOption,
    JsonFlag,
    LangOption,
    RegulationOption,
    call_of,
    json_of_failure,
    print_json,
)
from app.formats.calculated import MOST_VARIANTS
from app.formats.convert import Conversion
from app.formats.convert import convert as convert_file
from app.formats.lint import LintReport
from app.formats.lint import lint as lint_file
from app.formats.names import QuestionFormat, of_suffix
from app.formats.problems import Problem, ProblemSeverity
from app.storage.atomic import write_atomic
from app.storage.question_file import load_question_file
from app.storage.regulation_file import load_regulation

FromOption = Annotated[QuestionFormat | None, typer.Option("--from")]
ToOption = Annotated[QuestionFormat | None, typer.Option("--to")]


def lint(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE")],
    as_json: JsonFlag = False,
    source: FromOption = None,
    regulation: RegulationOption = None,
    lang: LangOption = None,
    on: DateOption = None,
) -> int:
    """Say what is wrong with a question file."""
    call = call_of(context, regulation, lang, on)
    with json_of_failure(call, _unread, as_json=as_json):
        option_limit = load_regulation(call.regulation_path).limits["question_options"]
        report = lint_file(load_question_file(Path(file)), option_limit, source)
    if as_json:
        print_json(report.as_json(call.texts, call.lang))
    else:
        _print_report(call, report)
    return PASSED if report.clean else FAILED


def _unread(code: str, text: str) -> dict[str, object]:
    """Return the document of a file that cannot be read: nothing is known of its questions."""
    problem = {"line": 0, "question": 0, "code": code, "severity": "error", "text": text, "fixable": False}
    outcome = {"imported": 0, "lost": 0, "without_right_answer": 0, "wrong_key": 0, "errors": 0}
    return {
        "format": None,
        "encoding": None,
        "questions": 0,
        "problems": [problem],
        "key_positions": {},
        "moodle": outcome,
    }


def convert(
    context: typer.Context,
    source_file: Annotated[str, typer.Argument(metavar="IN")],
    target_file: Annotated[str, typer.Argument(metavar="OUT")],
    source: FromOption = None,
    target: ToOption = None,
    regulation: RegulationOption = None,
    lang: LangOption = None,
    on: DateOption = None,
) -> int:
    """Write a question file anew, mended."""
    call = call_of(context, regulation, lang, on)
    conversion = convert_file(
        load_question_file(Path(source_file)), source, target or of_suffix(Path(target_file).suffix)
    )
    _tell(call, conversion)
    if not conversion.written:  # an empty file must not replace the author's own
        call.say("convert.nothing")
        return FAILED
    write_atomic(Path(target_file), conversion.data)
    call.say("convert.written", count=conversion.written)
    print(target_file)
    return PASSED if conversion.complete else FAILED


def paper(
    context: typer.Context,
    course: Annotated[str, typer.Argument(metavar="COURSE")],
    target_file: Annotated[str, typer.Argument(metavar="OUT")],
    keys: Annotated[str | None, typer.Option("--keys", metavar="OUT")] = None,
    variants: Annotated[int, typer.Option("--variants", min=1, max=MOST_VARIANTS)] = 1,
    count: Annotated[int | None, typer.Option("--count", min=1)] = None,
    seed: Annotated[int, typer.Option("--seed")] = 1,
    in_order: Annotated[bool, typer.Option("--in-order")] = False,
    all_kinds: Annotated[bool, typer.Option("--all-kinds")] = False,
    regulation: RegulationOption = None,
    lang: LangOption = None,
    on: DateOption = None,
) -> int:
    """Print the test bank of a course as a question paper."""
    # The writers and the course take a fifth of a second to load, which the other two commands must not wait for.
    from app.cli.course_files import load_course
    from app.exporters.forms import write_document
    from app.exporters.forms.question_papers import key_sheet, question_paper
    from app.exporters.paper_variants import PaperPlan
    from app.storage.question_pictures import load_pictures

    call = call_of(context, regulation, lang, on)
    loaded = load_course(call, course)
    plan = PaperPlan(variants, count, seed, shuffled=not in_order, other_kinds=all_kinds)
    pictures = load_pictures(loaded.folder, loaded.course.test_bank)
    made = [
        (
            target_file,
            question_paper(loaded.course, loaded.regulation, plan, generated_on=call.today, pictures=pictures),
        )
    ]
    if keys:
        made.append((keys, key_sheet(loaded.course, loaded.regulation, plan, generated_on=call.today)))
    for name, document in made:
        write_atomic(Path(name), write_document(document, Path(name).suffix.lower().removeprefix(".")))
        print(name)
    return PASSED


def _print_report(call: Call, report: LintReport) -> None:
    for problem in report.problems:
        print(_line(call, problem))
    forecast = report.moodle
    print(call.text("lint.summary", format=report.format, encoding=report.encoding, questions=len(report.questions)))
    total = sum(report.key_positions.values()) or 1
    keys = (f"{letter} {count} ({count / total:.0%})" for letter, count in report.key_positions.items())
    print(call.text("lint.keys", keys=", ".join(keys)))
    print(
        call.text(
            "lint.moodle",
            imported=forecast.imported,
            lost=forecast.lost,
            keyless=forecast.without_right_answer,
            wrong=forecast.wrong_key,
        )
    )
    if forecast.errors:
        print(call.text("lint.stop_on_error", errors=forecast.errors))
    if any(problem.fixable for problem in report.problems):
        print(call.text("lint.fixable"))


def _line(call: Call, problem: Problem) -> str:
    name = "lint.error" if problem.severity is ProblemSeverity.ERROR else "lint.warning"
    place = "lint.place" if problem.question else "lint.file_place"
    where = call.text(place, line=problem.line, question=problem.question)
    return f"{where} {call.text(name)}: {problem.text(call.texts, call.lang)}"


def _tell(call: Call, conversion: Conversion) -> None:
    """Tell on stderr what was mended, what was not, and what is not in the new file."""
    for name, problems in (
        ("convert.repaired", conversion.repaired),
        ("convert.remaining", conversion.remaining),
        ("convert.left_out", conversion.left_out),
    ):
        if problems:
            call.say(name, count=len(problems))
        for problem in problems:
            print(f"  {_line(call, problem)}", file=sys.stderr)
