"""Every text that the window asks for exists, with the placeholders that it fills, and no text is left over.

The window is read as source, not run, so that no text hides behind a dialog that no test opens. A key that stands
literally in ``ui.t("…")`` is found by itself. A key that is built (an f-string, a variable) is declared in `BUILT` with
all keys that it can become; a built key that is not declared fails.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import pytest

import app.ui
from app.model import course, papers, recording, structure, tasks, teaching
from app.model.finding import Severity, Status
from app.model.scores import Decision
from app.model.texts import Lang, placeholders
from app.session.analysis_queue import ItemState
from app.session.autosave import SaveState
from app.session.bank_duplicates import Likeness
from app.session.bank_export import Target
from app.session.bank_faults import QUESTION_CODES
from app.session.bank_import import Decision as ImportDecision
from app.session.bank_import import ImportStatus
from app.session.citation import SourceKind
from app.session.completeness import FactKind
from app.session.days_off import DayNote
from app.session.effort import Part
from app.session.links import LinkState
from app.session.outcome_matrix import MatrixKind
from app.session.wizard import Step
from app.storage.regulation_file import load_regulation
from app.storage.texts_file import load_texts
from app.ui.author_tools.literature_dialog import LITERATURE_FIELDS
from app.ui.author_tools.menu import TOOL_NAMES
from app.ui.pages.attached_view import COUNTED
from app.ui.pages.checklists import FORM_07_POINTS

LETTERS = ("submission", "booking", "first", "texts")
UI_FOLDER = Path(app.ui.__path__[0])
TEXTS = load_texts()
DUE_STATES = frozenset(texts.due for texts in load_regulation().rule_texts.values())
"""The states of the contract by which some rule must hold."""

EVENT_KINDS = (
    *("black", "freeze", "duplicate_frames", "dropped_frames", "overexposed", "underexposed", "illegal_range"),
    *("uneven_light", "colour_cast", "chroma_key", "blurred", "upscaled", "blocky", "flash", "flicker", "stripe"),
    *("border", "interlaced", "shot_change", "silence", "clipping", "hum", "noise", "click", "audio_gap"),
    *("dead_channel", "dual_mono", "out_of_phase", "imbalance", "dc_offset", "av_length_mismatch", "av_start_offset"),
)
"""The kinds of events of the command-line contract."""


@dataclass(frozen=True)
class Use:
    """One place that asks for a text.

    Attributes:
        place: file and line, to find it by.
        keys: all keys that it can ask for, without the leading ``ui.``; None where it is built and not declared.
        values: names of the values that it gives; None where that cannot be seen (``**values``).
    """

    place: str
    keys: frozenset[str] | None
    values: frozenset[str] | None


@cache
def sources() -> Mapping[str, ast.Module]:
    """Return the syntax trees of the window's files by path within `app.ui`."""
    files = sorted(UI_FOLDER.rglob("*.py"))
    return {f.relative_to(UI_FOLDER).as_posix(): ast.parse(f.read_text(encoding="utf-8")) for f in files}


def source_of(node: ast.expr) -> str:
    """Return the source of an expression with single quotes, which Python's versions choose differently."""
    return ast.unparse(node).replace("\\", "").replace('"', "'")


def calls(tree: ast.Module, name: str) -> Sequence[ast.Call]:
    """Return the calls of a function or method by its name."""
    return calls_by_name(tree).get(name, ())


@cache
def calls_by_name(tree: ast.Module) -> Mapping[str, Sequence[ast.Call]]:
    """Return the calls in a file by the name of what is called; a file is walked once for all names."""
    found = defaultdict(list)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            found[called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")].append(node)
    return found


def literals(node: ast.expr) -> frozenset[str] | None:
    """Return the strings that an expression can be when it is a literal or a choice of two; None where it is built."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return frozenset({node.value})
    if isinstance(node, ast.IfExp):
        one, other = literals(node.body), literals(node.orelse)
        return one | other if one is not None and other is not None else None
    return None


def passed(file: str, function: str, position: int = 0) -> list[str]:
    """Return the literal strings that a file passes to one of its own functions, which builds keys of them.

    Args:
        file: path within `app.ui`.
        function: name of the function.
        position: which argument; of an argument that is a tuple, its first member counts, and all that follow too.
    """
    found: list[str] = []
    for call in calls(sources()[file], function):
        for argument in call.args[position:]:
            head = argument.elts[0] if isinstance(argument, ast.Tuple) else argument
            found += sorted(literals(head) or ())
            if head is argument:
                break
    return found


def chosen_enumerations() -> Iterator[str]:
    """Yield the keys of the values of each enumeration that a file offers with ``enum_choices``."""
    modules = (course, papers, structure, tasks, teaching, recording)
    known = {n: kind for m in modules for n, kind in vars(m).items() if isinstance(kind, type)}
    for tree in sources().values():
        for call in calls(tree, "enum_choices"):
            kind = known[ast.unparse(call.args[1])]
            assert issubclass(kind, StrEnum)
            yield from keys_of(f"choice.{kind.__name__}", kind)


def keys_of(prefix: str, names: Iterable[str], suffix: str = "") -> list[str]:
    """Return ``prefix.name`` for each name; members of an enumeration are their values."""
    return [f"{prefix}.{name}{suffix}" for name in names]


def paths(names: Iterable[str]) -> list[str]:
    """Return keys of captions for element paths."""
    return keys_of("field", (name.replace("/", ".") for name in names))


_ASSESSMENT = (
    *("certificate_info", "description", "checking_terms", "indicators", "criteria", "scales", "procedures"),
    "feedback_plan",
)
_AUTHOR = ("full_name", "workplace", "position", "degree", "title", "email", "no_degree", "no_title")
_DESCRIPTION, _BANK = "pages/description.py", "pages/bank"
_VARIABLE = ("calc_name", "calc_minimum", "calc_maximum", "calc_step")
_STRUCTURE = "pages/programme_structure.py"

BUILT: dict[tuple[str, str], Iterable[str]] = {
    ("author_tools/base.py", "f'tools.{name}.title'"): keys_of("tools", TOOL_NAMES, ".title"),
    ("author_tools/base.py", "f'tools.{name}.note'"): keys_of("tools", TOOL_NAMES, ".note"),
    ("author_tools/links_dialog.py", "f'tools.links.state.{result.state.value}'"): keys_of(
        "tools.links.state", LinkState
    ),
    ("author_tools/drafts_dialog.py", "f'choice.SurveyWhen.{when}'"): keys_of("choice.SurveyWhen", teaching.SurveyWhen),
    ("author_tools/literature_dialog.py", "f'tools.literature.kind.{kind.value}'"): keys_of(
        "tools.literature.kind", SourceKind
    ),
    ("author_tools/literature_dialog.py", "f'tools.literature.field.{name}'"): keys_of(
        "tools.literature.field", LITERATURE_FIELDS
    ),
    ("author_tools/literature_dialog.py", "f'choice.CourseLanguage.{lang.value}'"): keys_of(
        "choice.CourseLanguage", Lang
    ),
    ("pages/base.py", "f'tools.{name}.menu'"): keys_of("tools", TOOL_NAMES, ".menu"),
    ("author_tools/menu.py", "f'tools.{name}.menu'"): keys_of("tools", TOOL_NAMES, ".menu"),
    ("pages/assessment.py", "f'choice.Placement.{task.placement.value}'"): keys_of("choice.Placement", tasks.Placement),
    ("pages/surveys.py", "f'choice.SurveyWhen.{when.value}'"): keys_of("choice.SurveyWhen", teaching.SurveyWhen),
    ("pages/surveys.py", "f'surveys.add.{when.value}'"): keys_of("surveys.add", teaching.SurveyWhen),
    ("pages/assessment.py", "f'field.band.{name}'"): keys_of("field.band", ("from_pct", "to_pct")),
    ("pages/schedule.py", "f'field.{owner}.{name}'"): (
        *keys_of("field.schedule", ("start", "end", "enrol_open", "enrol_close", "enrol_hard_close")),
        *keys_of("field.deadlines", ("work_programme", "materials", "recording", "submission", "set_on")),
    ),
    ("pages/days_off.py", "f'days_off.remark.{note.value}'"): keys_of("days_off.remark", DayNote),
    ("pages/schedule.py", "caption"): ("schedule.course", "schedule.terms"),
    ("course_head.py", "'saved.read_only' if self._open.read_only else f'saved.{state.value}'"): keys_of(
        "saved", ("read_only", *SaveState)
    ),
    ("fields.py", "f'choice.{kind.__name__}.{member.value}'"): chosen_enumerations(),
    ("findings_panel.py", "f'findings.filter.{group}'"): keys_of("findings.filter", ("must", "attest", "advice")),
    ("clause_panel.py", "_SEVERITIES[texts.severity]"): keys_of("clause", Severity),
    ("clause_panel.py", "f'state.{texts.due}'"): keys_of("state", DUE_STATES),
    ("verify_screen.py", "key"): ("verify.valid", "verify.invalid"),
    ("verify_screen.py", "f'studio.finding.{finding.status.value}'"): keys_of(
        "studio.finding", (Status.FAIL, Status.WARNING, Status.NOT_MEASURED, Status.ATTEST)
    ),
    ("course_screen.py", "tip"): keys_of("course", ("tab_findings_tip", "tab_preview_tip", "tab_clause_tip")),
    ("pages/attached_view.py", "key"): keys_of("attached", ("place", "file", "facts")),
    ("pages/attached_view.py", "f'attached.count.{fact.kind.value}'"): keys_of("attached.count", COUNTED),
    ("pages/attached_view.py", "f'attached.fact.{fact.kind.value}'"): keys_of(
        "attached.fact", [kind for kind in FactKind if kind not in COUNTED]
    ),
    ("pages/lecture_materials.py", "f'field.video.element.{name}'"): keys_of(
        "field.video.element", structure.VideoElements.model_fields
    ),
    ("pages/lecture_materials.py", "f'choice.SelfStudyKind.{kind.value}'"): keys_of(
        "choice.SelfStudyKind", structure.SelfStudyKind
    ),
    ("pages/checklists.py", "f'checklist.{point}'"): keys_of("checklist", FORM_07_POINTS),
    ("pages/checklists.py", "f'field.prelaunch.{aspect}'"): keys_of(
        "field.prelaunch", ("quality", "copyright", "accessibility", "functional", "accuracy", "grammar")
    ),
    ("pages/review.py", "f'review.criterion.{place + 1}'"): keys_of("review.criterion", "12345678"),
    ("pages/review.py", "f'review.descriptor.{place + 1}.{level}'"): [
        f"review.descriptor.{number}.{level}" for number in range(1, 9) for level in ("low", "mid", "high")
    ],
    ("pages/grading.py", "f'task_type.{found.key}'"): keys_of(
        "task_type", [kind.key for kind in load_regulation().task_types]
    ),
    ("pages/review.py", "f'review.decision.{outcome.decision.value}'"): keys_of("review.decision", Decision),
    ("findings_panel.py", "f'findings.filter.{group or 'all'}'"): keys_of(
        "findings.filter", ("all", "must", "attest", "advice")
    ),
    ("item_list.py", "tip"): keys_of("list", ("up", "down", "remove")),
    ("main_window.py", "caption"): passed("main_window.py", "_ask_folder"),
    (f"{_BANK}/calculation_editor.py", "f'bank.calc_{key}'"): keys_of("bank", _VARIABLE),
    (f"{_BANK}/duplicates_dialog.py", "f'bank.problem.{group.likeness.value}'"): keys_of("bank.problem", Likeness),
    (f"{_BANK}/import_dialog.py", "f'bank.import_decision.{decision.value}'"): keys_of(
        "bank.import_decision", ImportDecision
    ),
    (f"{_BANK}/import_dialog.py", "f'bank.problem.{item.likeness}'"): keys_of("bank.problem", Likeness),
    (f"{_BANK}/import_model.py", "f'bank.import_head.{_HEADS[section]}'"): keys_of(
        "bank.import_head", ("take", "status", "text")
    ),
    (f"{_BANK}/import_model.py", "f'bank.import_status.{item.status.value}'"): keys_of(
        "bank.import_status", ImportStatus
    ),
    (f"{_BANK}/tool_row.py", "f'bank.export_target.{target.value}'"): keys_of("bank.export_target", Target),
    (f"{_BANK}/calculation_editor.py", "key"): ("bank.calc_sampled", "bank.calc_holds"),
    (f"{_BANK}/words.py", "f'bank.problem.{name}'"): keys_of("bank.problem", (*QUESTION_CODES, "other")),
    (_DESCRIPTION, "f'field.{_key(path)}'"): paths(
        [*passed(_DESCRIPTION, "_line"), *passed(_DESCRIPTION, "_text"), *keys_of("assessment", _ASSESSMENT)]
    ),
    (_DESCRIPTION, "f'field.{path}'"): paths(passed(_DESCRIPTION, "_text_items")),
    (_DESCRIPTION, "f'field.{path}.one'"): keys_of("field", passed(_DESCRIPTION, "_text_items"), ".one"),
    (_DESCRIPTION, "f'field.author.{name}'"): keys_of("field.author", _AUTHOR),
    (_DESCRIPTION, "f'field.promo.{name}'"): keys_of("field.promo", ("features", "difficulties", "skills", "benefit")),
    (_STRUCTURE, "f'programme.{name}'"): keys_of(
        "programme", ("add_module", "add_lesson", "up", "down", "duplicate", "remove")
    ),
    (_STRUCTURE, "f'programme.{key}'"): keys_of(
        "programme",
        ("up", "down", "insert_before", "add_block", "split_module", "split_lesson", "merge", "duplicate", "remove"),
    ),
    (_STRUCTURE, "step"): passed(_STRUCTURE, "_change"),
    (_STRUCTURE, "words[len(path.split('/'))]"): ("word.module", "word.lesson", "word.block"),
    (_STRUCTURE, "word"): passed(_STRUCTURE, "_put", position=3),
    ("pages/programme_tree.py", "f'choice.BlockKind.{block.kind.value}'"): keys_of(
        "choice.BlockKind", structure.BlockKind
    ),
    ("pages/programme_start.py", "key"): ("builder.template_form", "builder.template"),
    ("pages/programme_outcomes.py", "f'matrix.{kind.value}'"): keys_of("matrix", MatrixKind),
    ("pages/programme_effort.py", "f'effort.part.{name.removesuffix('_min')}'"): keys_of(
        "effort.part", ("reading", "tasks", "forum", "assessment")
    ),
    ("pages/programme_effort.py", "f'effort.part.{part.value}'"): keys_of("effort.part", Part),
    ("pages/programme_effort.py", "f'effort.verdict.{week.status.value}'"): keys_of(
        "effort.verdict", (Status.PASS, Status.WARNING, Status.FAIL)
    ),
    ("pages/programme_forms.py", "f'field.effort.{name}'"): keys_of("field.effort", structure.Effort.model_fields),
    ("pages/submission.py", "f'step.{step.value}'"): keys_of("step", Step),
    ("pages/letters_panel.py", "f'letters.{kind}'"): keys_of("letters", LETTERS),
    ("pages/letters_panel.py", "f'letters.{kind}_note'"): keys_of("letters", [f"{kind}_note" for kind in LETTERS]),
    ("pages/letters_panel.py", "key"): ("letters.open", "letters.mailto", "submission.show_in_folder"),
    ("pages/bundle_panel.py", "key"): (
        "submission.draft",
        "submission.final",
        "submission.show_in_folder",
        "packages.publication",
        "packages.platform",
        "packages.stop",
    ),
    ("rail.py", "f'step.{step.value}'"): keys_of("step", Step),
    ("rail.py", "f'rail.mark.{state.worst.value}'"): keys_of(
        "rail.mark", (Status.PASS, Status.WARNING, Status.ATTEST, Status.FAIL)
    ),
    ("recordings_panel.py", "f'choice.Stage.{s.value}'"): keys_of("choice.Stage", recording.Stage),
    ("recordings_panel.py", "f'choice.RecordingRole.{r.value}'"): keys_of(
        "choice.RecordingRole", recording.RecordingRole
    ),
    ("recordings_panel.py", "name"): passed("recordings_panel.py", "_combo"),
    ("recordings_panel.py", "f'{name}_tip'"): [f"{name}_tip" for name in passed("recordings_panel.py", "_combo")],
    ("recordings_panel.py", "f'studio.column.{_COLUMNS[section]}'"): keys_of(
        "studio.column", ("file", "state", "verdict", "duration", "loudness")
    ),
    ("recordings_panel.py", "f'studio.state.{item.state.value}'"): keys_of("studio.state", ItemState),
    ("recordings_panel.py", "f'studio.verdict.{item.verdict}'"): keys_of("studio.verdict", ("pass", "fail", "error")),
    ("recording_details.py", "f'studio.outcome.{item.verdict}'"): keys_of("studio.outcome", ("pass", "fail")),
    ("recording_details.py", "f'studio.finding.{finding.status.value}'"): keys_of(
        "studio.finding", (Status.FAIL, Status.WARNING, Status.NOT_MEASURED, Status.ATTEST)
    ),
    ("calendar.py", "key"): ("date.month_before", "date.month_after"),
    ("start_screen.py", "f'start.steps.{name}'"): keys_of("start.steps", ("try", "create", "fill", "record", "submit")),
    ("start_screen.py", "f'start.{name}'"): keys_of("start", ("new", "open", "studio", "review", "sample")),
    ("start_screen.py", "f'start.{name}_note'"): keys_of(
        "start", ("new", "open", "studio", "review", "sample"), "_note"
    ),
    ("tools.py", "f'theme.{choice.value}'"): keys_of("theme", ("system", "light", "dark")),
}
"""File and source of each key that is built, with all keys that it can become."""

BUILT_KEYS = {place: frozenset(keys) for place, keys in BUILT.items()}


def requests(tree: ast.Module) -> Iterator[tuple[ast.Call, ast.expr]]:
    """Yield the calls that ask for a text of the window, with their key: ``.t(key)`` and ``texts.get("ui.…")``."""
    for call in calls(tree, "t"):
        yield call, call.args[0]
    for call in calls(tree, "get"):
        if call.args and any(key.startswith("ui.") for key in literals(call.args[0]) or ()):
            yield call, call.args[0]


@cache
def uses() -> tuple[Use, ...]:
    """Return all places that ask for a text of the window."""
    found = []
    for file, tree in sources().items():
        for call, key in requests(tree):
            literal = literals(key)
            keys = BUILT_KEYS.get((file, source_of(key))) if literal is None else literal
            names = [keyword.arg for keyword in call.keywords]
            given = None if None in names else frozenset(name for name in names if name is not None)
            bare = keys and frozenset(key.removeprefix("ui.") for key in keys)
            found.append(Use(f"{file}:{call.lineno}: {source_of(key)}", bare, given))
    return tuple(found)


def window_keys() -> frozenset[str]:
    """Return the keys of all texts of the window, without the leading ``ui.``."""
    keys = TEXTS.keys()
    return frozenset(key.removeprefix("ui.") for key in keys if key.startswith("ui."))


def test_every_built_key_is_declared() -> None:
    assert [use.place for use in uses() if not use.keys] == []


def test_every_declared_key_is_built_somewhere() -> None:
    built = {(file, source_of(key)) for file, tree in sources().items() for _, key in requests(tree)}
    assert sorted(BUILT.keys() - built) == []


@pytest.mark.parametrize("use", uses(), ids=lambda use: use.place)
def test_a_text_that_is_asked_for_exists_with_the_values_that_it_gets(use: Use) -> None:
    for key in sorted(use.keys or ()):
        assert key in window_keys()
        if use.values is not None:
            assert frozenset(placeholders(TEXTS.entry(f"ui.{key}").en)) == use.values, key


def test_no_text_is_left_over() -> None:
    asked = {key for use in uses() for key in use.keys or ()}
    said_of_changes = keys_of("choice.ReferenceScope", teaching.ReferenceScope)  # by `value_words`, nowhere else
    assert sorted(window_keys() - asked - set(said_of_changes)) == []


def test_events_that_recordings_are_searched_for_have_a_name() -> None:
    media = UI_FOLDER.parent / "media"
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in media.rglob("*.py")]
    spans = [call for tree in trees for call in calls(tree, "Spans")]
    assert spans
    assert {key for call in spans for key in literals(call.args[0]) or ()} <= set(EVENT_KINDS)


def test_kazakh_glues_no_ending_to_a_value() -> None:
    """An ending depends on the word before it, which is not known; a hyphen and a whole word may follow a value."""
    glued = re.compile(r"\}(\w|-(ға|ге|қа|ке|да|де|та|те|ны|ні|ды|ді|ты|ті|ның|нің|дың|дің|тың|тің|нан|нен|дан|ден)\b)")
    assert [key for key in sorted(window_keys()) if glued.search(TEXTS.entry(f"ui.{key}").pick(Lang.KK))] == []


def test_a_per_cent_sign_is_not_parted_from_its_number() -> None:
    parted = re.compile(r"[0-9}] %")
    said = ((key, TEXTS.entry(f"ui.{key}").pick(lang)) for key in sorted(window_keys()) for lang in Lang)
    assert [key for key, text in said if parted.search(text)] == []


def test_the_criteria_have_a_name_in_each_language() -> None:
    official = [criterion.name for criterion in load_regulation().criteria]
    assert [TEXTS.get(f"ui.review.criterion.{number}", Lang.KK) for number in range(1, 9)] == official


def test_what_points_and_kinds_of_tasks_stand_for_is_said_in_each_language() -> None:
    """Where the Kazakh were not the form's own wording, the window would show that instead of the translation."""
    regulation = load_regulation()
    said = [
        [TEXTS.get(f"ui.review.descriptor.{number}.{level}", Lang.KK) for level in ("low", "mid", "high")]
        for number in range(1, 9)
    ]
    assert said == [[one.low, one.mid, one.high] for one in regulation.criteria]
    size = {"least": 3, "most": 7}  # learners in a group by form 06
    kinds = {one.key: regulation.fill_constants(one.description, Lang.KK) for one in regulation.task_types}
    assert {key: TEXTS.get(f"ui.task_type.{key}", Lang.KK, **size) for key in kinds} == kinds
