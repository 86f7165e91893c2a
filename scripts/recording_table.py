"""Prove the analysis: plant every fault in clean recordings, measure them, compare; write docs/recording-checks.md.

    python scripts/recording_table.py                       # all kinds, strengths and forms; about half an hour
    python scripts/recording_table.py --quick               # one form a kind, nothing written
    python scripts/recording_table.py --kinds black freeze  # some kinds, nothing written
    python scripts/recording_table.py --clean-minutes 60    # false events on clean material; with the table or alone
    python scripts/recording_table.py --keep answers.pickle # an interrupted run goes on where it stopped
    python scripts/recording_table.py --keep answers.pickle --kept-only --note "..."  # the page of what is kept so far

Misses stand in the table as they are. The clips are made anew each time, the same ones on every machine.
"""

import argparse
import json
import pickle
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.media.analyse import analyse
from app.model.recording import RecordingEvent
from tests.media.ground_truth import FAULTS, Clip, Extent, Form, write_clip
from tests.media.truth_match import Found, false_events, found
from tests.media.truth_plans import STRENGTHS, clean_clips, clips_of, forms_of, registered_kinds

TARGET = Path(__file__).resolve().parent.parent / "docs" / "recording-checks.md"
_MOST_FALSE = 40


@dataclass(frozen=True)
class Job:
    """One clip to make and measure; ``kind`` is empty for clean material."""

    kind: str
    clip: Clip
    strengths: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What came of a job: the plants as they were found by strength, what was told beside them."""

    kind: str
    form: str
    seconds: float
    plants: tuple[tuple[str, Found], ...]
    false: tuple[RecordingEvent, ...]
    own_events: int
    shots: tuple[tuple[float, str], ...]


@dataclass
class Row:
    """The figures of one kind."""

    found: dict[str, list[Found]] = field(default_factory=lambda: defaultdict(list))
    true_events: int = 0
    false_events: int = 0
    forms: set[str] = field(default_factory=set)


def run(job: Job) -> Answer:
    """Make the clip, measure it, compare, drop it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"clip{job.clip.form.ending}"
        write_clip(path, job.clip)
        report = analyse(path)
    if report.error:
        raise RuntimeError(f"{job.kind} in {job.clip.form.name}: {report.error}")
    plants = job.clip.planted(job.kind) if job.kind else ()
    named = tuple(
        (name, found(job.clip, plant, report.events)) for name, plant in zip(job.strengths, plants, strict=True)
    )
    false = tuple(false_events(job.clip, report.events))
    own = sum(event.kind == job.kind for event in report.events)
    return Answer(job.kind, job.clip.form.name, job.clip.duration_s, named, false, own, job.clip.shots)


def jobs_of(kinds: Iterable[str], *, quick: bool) -> list[Job]:
    """Return the clips that prove the kinds."""
    return [
        Job(kind, clip, strengths)
        for kind in kinds
        for number, form in enumerate(forms_of(kind, quick=quick))
        for clip, strengths in clips_of(kind, form, seed=1 + number)
    ]


def measured(jobs: Sequence[Job], workers: int, keep: Path | None) -> list[Answer]:
    """Run the jobs in processes of their own, telling how far it is; answers that are kept already are taken."""
    answers = _kept(keep)
    missing = [job for job in jobs if job not in answers]
    with ProcessPoolExecutor(workers) as pool:
        for number, (job, answer) in enumerate(zip(missing, pool.map(run, missing), strict=True), 1):
            answers[job] = answer
            if keep is not None:
                with keep.open("ab") as file:
                    pickle.dump((job, answer), file)
            print(f"\r{number}/{len(missing)} {answer.kind or 'clean':20}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return [answers[job] for job in jobs]


def _kept(keep: Path | None) -> dict[Job, Answer]:
    """Return the answers of an earlier run of the same analysers; the file is this script's own."""
    answers: dict[Job, Answer] = {}
    if keep is not None and keep.exists():
        with keep.open("rb") as file, suppress(EOFError):
            while True:
                job, answer = pickle.load(file)
                answers[job] = answer
    return answers


def rows_of(answers: Iterable[Answer]) -> dict[str, Row]:
    """Sum up the answers by kind; a false event counts against the kind that it claims."""
    rows: dict[str, Row] = defaultdict(Row)
    for answer in answers:
        for event in answer.false:
            rows[event.kind].false_events += 1
        if answer.kind:
            row = rows[answer.kind]
            row.forms.add(answer.form)
            row.true_events += answer.own_events - sum(event.kind == answer.kind for event in answer.false)
            for strength, each in answer.plants:
                row.found[strength].append(each)
    return rows


def table(rows: dict[str, Row], kinds: Sequence[str]) -> list[str]:
    """Return the table in Markdown."""
    lines = [
        "| kind | weak / clear / strong | planted | seen | exact (by strength) | precision | worst start | worst end |",
        "|---|---|---|---|---|---|---|---|",
    ]
    return lines + [_line(kind, rows[kind]) for kind in kinds if kind in rows and rows[kind].found]


def _line(kind: str, row: Row) -> str:
    fault = FAULTS[kind]
    every = [each for name in STRENGTHS for each in row.found[name]]
    by_strength = " / ".join(_share(row.found[name], exact=True) for name in STRENGTHS)
    strengths = " / ".join(f"{strength:g}" for strength in fault.strengths)
    unit = "s" if fault.sound else "frames"
    told = row.true_events + row.false_events
    precision = f"{100 * row.true_events / told:.0f} %" if told else "–"
    starts = [each.start_off_s for each in every if each.start_off_s is not None]
    ends = [each.end_off_s for each in every if each.end_off_s is not None]
    cells = (
        f"`{kind}`",
        f"{strengths} {fault.unit}" if fault.unit else "–",
        str(len(every)),
        _share(every, exact=False),
        by_strength,
        precision,
        _worst(starts, unit) if fault.extent is not Extent.FILE else "whole file",
        _worst(ends, unit) if fault.extent is Extent.SPAN else "–",
    )
    return "| " + " | ".join(cells) + " |"


def _share(results: Sequence[Found], *, exact: bool) -> str:
    if not results:
        return "–"
    return f"{sum(each.exact if exact else each.seen for each in results)}/{len(results)}"


def _worst(offsets_s: Sequence[float], unit: str) -> str:
    """Return the largest offset; frames are counted at 25 a second."""
    if not offsets_s:
        return "–"
    worst_s = max(offsets_s, key=abs)
    return f"{worst_s:+.3f} s" if unit == "s" else f"{worst_s * 25:+.1f} frames"


def misses(answers: Iterable[Answer]) -> list[str]:
    """Return every plant that was not found exactly, one line each."""
    lines = []
    for answer in answers:
        for strength, each in answer.plants:
            if each.exact:
                continue
            plant = each.plant
            what = "not found"
            if each.seen:
                offsets = (each.start_off_s or 0.0, each.end_off_s or 0.0)
                what = f"start {offsets[0]:+.3f} s, end {offsets[1]:+.3f} s, in {each.pieces} piece(s)"
            span = f"{plant.from_s:.2f}–{plant.to_s:.2f} s"
            lines.append(f"- `{answer.kind}` {strength} ({plant.strength:g}) at {span} in {answer.form}: {what}")
    return lines


def false_lines(answers: Iterable[Answer]) -> list[str]:
    """Return the events that nothing explains, one line each, at most some dozens."""
    lines = [
        f"- `{event.kind}` {event.from_s:.2f}–{event.to_s:.2f} s in {answer.form}"
        + (f", planted: {answer.kind}" if answer.kind else f", clean, shot: {_shot_at(answer, event.from_s)}")
        for answer in answers
        for event in answer.false
    ]
    if len(lines) > _MOST_FALSE:
        lines = [*lines[:_MOST_FALSE], f"- and {len(lines) - _MOST_FALSE} more"]
    return lines


def _shot_at(answer: Answer, time_s: float) -> str:
    return [kind for from_s, kind in answer.shots if from_s <= time_s + 1e-6][-1]


def page(
    planted: Sequence[Answer], clean: Sequence[Answer], kinds: Sequence[str], missing: Sequence[str], note: str = ""
) -> str:
    """Return docs/recording-checks.md; the note says what was run where that is not all."""
    minutes = sum(answer.seconds for answer in clean) / 60
    counts = Counter(event.kind for answer in clean for event in answer.false)
    forms: set[Form | str] = {answer.form for answer in planted}
    parts = [
        "# What the recording analysis finds",
        "",
        "Written by `python scripts/recording_table.py --clean-minutes 60`; do not edit. `--quick` is a subset,"
        " `--kinds black hum` are single kinds; `tests/media/test_ground_truth.py` has a strong plant of each kind.",
        "",
        "Into clean synthetic lectures (`tests/media/ground_truth.py`: slides, a presenter under sensor noise before a"
        " set, both together, a keyed background; speech-like stereo sound in a quiet room) each fault is planted at"
        " known times at three strengths: *weak* lies near the threshold, *clear* and *strong* must be found. Seen: an"
        " event of the kind overlaps the plant. Exact: its start and end are within 2 frames (sound: 50 ms). Precision:"
        " of all events of the kind in all these clips, the share that a planted fault explains. Worst start and end:"
        " over all plants that were seen, weak ones too; frames are counted at 25 a second.",
        "",
        f"Forms: {', '.join(sorted(str(form) for form in forms))}.",
        "",
        *([note, ""] if note else []),
        *table(rows_of(planted), kinds),
        "",
    ]
    if missing:
        parts += [f"No analyser tells yet: {', '.join(f'`{kind}`' for kind in missing)}.", ""]
    parts += ["## Misses", "", *(misses(planted) or ["None."]), ""]
    parts += ["## False events beside planted faults", "", *(false_lines(planted) or ["None."]), ""]
    if clean:
        told = ", ".join(f"{count} × `{kind}`" for kind, count in sorted(counts.items())) or "none"
        parts += [
            f"## Clean material, {minutes:.0f} minutes",
            "",
            f"False events: {told}.",
            "",
            *false_lines(clean),
            "",
        ]
    return "\n".join(parts).rstrip() + "\n"


def main() -> None:
    """Read the options and run."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--quick", action="store_true", help="one form a kind; nothing is written")
    options.add_argument("--kinds", nargs="*", choices=sorted(FAULTS), help="these kinds alone; nothing is written")
    options.add_argument("--clean-minutes", type=float, default=0.0, help="also measure so much clean material")
    options.add_argument("--clean-only", action="store_true", help="clean material alone; nothing is written")
    options.add_argument("--jobs", type=int, default=2, help="processes at a time")
    options.add_argument("--keep", type=Path, help="answers are kept there and taken from there")
    options.add_argument("--kept-only", action="store_true", help="nothing is measured: the page of what is kept")
    options.add_argument("--note", default="", help="a paragraph for the page: what was run and what not")
    options.add_argument("--json", type=Path, help="also write every plant and event there")
    chosen = options.parse_args()
    began_s = time.monotonic()
    registered = registered_kinds()
    wanted = [] if chosen.clean_only else chosen.kinds or list(FAULTS)
    kinds = [kind for kind in wanted if kind in registered]
    missing = [kind for kind in wanted if kind not in registered]
    wanted_jobs = jobs_of(kinds, quick=chosen.quick)
    clean_jobs = [Job("", clip) for clip in clean_clips(chosen.clean_minutes)]
    note = chosen.note
    if chosen.kept_only:
        kept = _kept(chosen.keep)
        left = [job for job in wanted_jobs if job not in kept]
        wanted_jobs, clean_jobs = ([job for job in jobs if job in kept] for jobs in (wanted_jobs, clean_jobs))
        names = dict.fromkeys(f"`{job.kind}` in {job.clip.form.name}" for job in left)
        note += f" Not run: {', '.join(names)}." if left else ""
    planted = measured(wanted_jobs, chosen.jobs, chosen.keep)
    clean = measured(clean_jobs, chosen.jobs, chosen.keep)
    text = page(planted, clean, kinds, missing, note)
    print(text)
    print(f"{time.monotonic() - began_s:.0f} s", file=sys.stderr)
    if chosen.json is not None:
        chosen.json.write_text(json.dumps([_plain(answer) for answer in (*planted, *clean)], indent=1))
    if not (chosen.quick or chosen.kinds or chosen.clean_only):
        TARGET.write_text(text, encoding="utf-8")


def _plain(answer: Answer) -> dict[str, object]:
    return {
        "kind": answer.kind,
        "form": answer.form,
        "plants": [
            {"strength": name, "from_s": each.plant.from_s, "to_s": each.plant.to_s, "seen": each.seen}
            | {"exact": each.exact, "start_off_s": each.start_off_s, "end_off_s": each.end_off_s}
            for name, each in answer.plants
        ],
        "false": [event.model_dump() for event in answer.false],
    }


if __name__ == "__main__":
    main()
