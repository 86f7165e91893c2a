"""`validate`, `export`, `bundle`, `verify`: what is done with a course and with a bundle.

The rules and the writers of documents are imported in the commands that use them: they take a third of a second to
load, which `--version` or `questions lint` must not wait for.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.call import (
    FAILED,
    PASSED,
    Call,
    DateOption,
    JsonFlag,
    LangOption,
    RegulationOption,
    WrongUsageError,
    call_of,
    edition_code,
    json_of_failure,
    print_json,
)
from app.cli.printable import printable
from app.model.errors import BundleError
from app.storage.regulation_file import load_regulation

if TYPE_CHECKING:
    from app.exporters.packages.bundle import BundleKind
    from app.exporters.packages.verify import VerifyResult
    from app.model.regulation import Regulation

CourseArgument = Annotated[str, typer.Argument(metavar="COURSE")]
KINDS = ("submission", "publication")
_SHOWN_PROBLEMS = 8
"""How many of a bundle's problems the message on stderr names; all of them stand in the result."""


def validate(
    context: typer.Context,
    course: CourseArgument,
    as_json: JsonFlag = False,
    regulation: RegulationOption = None,
    lang: LangOption = None,
    on: DateOption = None,
) -> int:
    """Judge a course by all rules."""
    from app.cli.course_files import load_course
    from app.cli.findings_view import finding_json, group_of, print_findings, status_counts

    call = call_of(context, regulation, lang, on)

    def unread(_code: str, _text: str) -> dict[str, object]:
        return {"regulation": edition_code(call), "ready": False, "findings": [], "counts": status_counts(())}

    with json_of_failure(call, unread, as_json=as_json):
        loaded = load_course(call, course)
        findings, edition = loaded.findings, loaded.regulation
    if as_json:
        print_json(
            {
                "regulation": edition.edition.code,
                "ready": loaded.ready,
                "findings": [finding_json(finding, edition, call) for finding in findings],
                "counts": status_counts(findings),
            }
        )
    else:
        print_findings(findings, edition, call)
        faults = sum(group_of(finding, edition) in ("must", "attest") for finding in findings)
        print(call.text("validate.ready") if loaded.ready else call.text("validate.not_ready", faults=faults))
    return PASSED if loaded.ready else FAILED


def export(
    context: typer.Context,
    course: CourseArgument,
    out: Annotated[str, typer.Option("--out", metavar="DIR")],
    forms: Annotated[list[str] | None, typer.Option("--form", metavar="01")] = None,
    formats: Annotated[list[str] | None, typer.Option("--format", metavar="pdf|docx|pptx|txt")] = None,
    regulation: RegulationOption = None,
    lang: LangOption = None,
    on: DateOption = None,
) -> int:
    """Write the forms of a course."""
    from app.cli.course_files import load_course
    from app.cli.export_files import planned_files, write_files

    call = call_of(context, regulation, lang, on)
    plan = planned_files(forms or (), formats or ())
    loaded = load_course(call, course)
    for path in write_files(plan, loaded, Path(out)):
        print(path)
    return PASSED


def bundle(
    context: typer.Context,
    course: CourseArgument,
    out: Annotated[str, typer.Option("--out", metavar="FILE.zip")],
    draft: Annotated[bool, typer.Option("--draft")] = False,
    kind: Annotated[str, typer.Option("--kind", metavar="|".join(KINDS))] = KINDS[0],
    volume_mb: Annotated[int | None, typer.Option("--volume-mb", min=1, metavar="N")] = None,
    regulation: RegulationOption = None,
    lang: LangOption = None,
    on: DateOption = None,
) -> int:
    """Write the bundle that goes to the MOOC office."""
    from app.cli.course_files import load_course
    from app.cli.findings_view import print_findings
    from app.cli.progress_bars import step_bar
    from app.exporters.packages.bundle import BundleNotReadyError, write_bundle

    call = call_of(context, regulation, lang, on)
    bundle_kind = _bundle_kind(kind)
    loaded = load_course(call, course)
    try:
        with step_bar(call, "bundle.progress") as told:
            summary = write_bundle(
                loaded.course,
                loaded.regulation,
                Path(out),
                generated_on=call.today,
                draft=draft,
                kind=bundle_kind,
                reports=loaded.reports,
                attachments=loaded.attachments,
                course_folder=loaded.folder,
                volume_mb=volume_mb,
                on_progress=told,
            )
    except BundleNotReadyError as refusal:
        print_findings(refusal.findings, loaded.regulation, call, to_stderr=True)
        call.say("bundle.refused")
        return FAILED
    if summary.left_out:
        call.say("export.left_out", count=len(summary.left_out))
    for path in summary.volumes:
        print(path)
    return PASSED


def _bundle_kind(name: str) -> "BundleKind":
    from app.exporters.packages.bundle import BundleKind

    if name not in KINDS:
        raise WrongUsageError("cli_bad_choice", name="--kind", choices=", ".join(KINDS))
    return BundleKind(name)


def verify(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE.zip")],
    as_json: JsonFlag = False,
    regulation: RegulationOption = None,
    lang: LangOption = None,
    on: DateOption = None,
) -> int:
    """Check a bundle that was received; what the rules say of the course inside never changes the exit status.

    Raises:
        BundleError: ``bundle_incomplete``, after the result was printed: files are missing, files were added, or the
            manifests cannot be used, so that the bundle was not read whole (exit status 3, a changed file gives 1).
    """
    from app.cli.findings_view import finding_json
    from app.exporters.packages.verify import verify_bundle

    call = call_of(context, regulation, lang, on)

    def unread(code: str, text: str) -> dict[str, object]:
        problem = {"kind": code, "path": file, "text": text}
        return {"valid": False, "problems": [problem], "documents": [], "volumes": [], "course_findings": []}

    with json_of_failure(call, unread, as_json=as_json):
        edition = load_regulation(call.regulation_path)
        result = verify_bundle(Path(file), today=call.today, regulation=edition)
    problems = [
        call.texts.get(f"bundle.problem.{problem.kind}", call.lang, path=printable(problem.path))
        for problem in result.problems
    ]
    if as_json:
        print_json(
            {
                "valid": result.valid,
                "problems": [
                    {"kind": problem.kind.value, "path": problem.path, "text": text}
                    for problem, text in zip(result.problems, problems, strict=True)
                ],
                "documents": list(result.documents),
                "volumes": [path.name for path in result.volumes],
                "course_findings": [finding_json(finding, edition, call) for finding in result.findings],
            }
        )
    else:
        _print_verdict(call, result, edition, problems)
    if result.valid:
        return PASSED
    shown = "; ".join([*problems[:_SHOWN_PROBLEMS], *("…" for _ in problems[_SHOWN_PROBLEMS : _SHOWN_PROBLEMS + 1])])
    if not result.complete:
        raise BundleError("bundle_incomplete", path=file, problems=shown)
    call.explain(BundleError("bundle_altered", path=file, problems=shown))
    return FAILED


def _print_verdict(call: Call, result: "VerifyResult", edition: "Regulation", problems: list[str]) -> None:
    print(call.text("verify.valid") if result.valid else call.text("verify.invalid", count=len(problems)))
    for problem in problems:
        print(f"  {problem}")
    print(call.text("verify.documents", count=len(result.documents)))
    for document in result.documents:
        print(f"  {printable(document)}")
    if result.findings:
        from app.cli.findings_view import print_findings

        print(call.text("verify.course"))
        print_findings(result.findings, edition, call)
