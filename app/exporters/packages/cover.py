"""The README of a bundle: what is inside, what it is for, what is missing; for people (PDF) and programs (JSON)."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from app.exporters.document import (
    Align,
    Block,
    Cell,
    Document,
    Field,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Row,
    RowRole,
    Run,
    Runs,
    Table,
)
from app.exporters.forms.common import Sheet, date_text
from app.exporters.packages.parts import Part
from app.exporters.packages.payload import Payload, Source, json_bytes, titles
from app.exporters.packages.signatures import Signature, signatures
from app.model.finding import Finding
from app.model.recording import Recording
from app.model.texts import megabytes_text
from app.storage.texts_file import load_texts

Volumes = Sequence[Sequence[str]]
"""Which paths stand in which volume."""
_FOLDERS = ("documents", "signed", "materials", "editable", "reports", "other", "data")
_MOST_SHOWN = 4
"""Files of one part, folder and kind that are named one by one."""
_DATA_FILES = ("course.json", "contents.json", "attachments.json", "recordings.json")


@dataclass(frozen=True)
class Cover:
    """What the README tells.

    Attributes:
        parts: the inventory.
        open_findings: what would keep the course from submission.
        public: it lies in a publication, where nothing is said of what is missing.
    """

    source: Source
    parts: tuple[Part, ...]
    payload: Payload
    open_findings: tuple[Finding, ...]
    public: bool

    def say(self, key: str, **values: object) -> str:
        """Return a text of the bundle in the language of the course; ``key`` without the leading ``bundle.``."""
        return load_texts().get(f"bundle.{key}", self.source.lang, **values)


def cover_document(cover: Cover, volumes: Volumes) -> Document:
    """Return the README in the language of the course.

    Args:
        cover: what it tells.
        volumes: the volumes, none as long as they are not known.
    """
    source = cover.source
    sheet = Sheet(source.course, source.regulation, "", source.generated_on, source.draft)
    say = cover.say
    title = say("cover.title_public" if cover.public else "cover.title")
    blocks: list[Block] = [
        Heading(1, (Run(title),), Align.CENTRE),
        Paragraph((Run(source.course.title, bold=True, element="title"),), Align.CENTRE),
        *_facts(cover),
        Heading(2, (Run(say("cover.folders")),)),
        _folders(cover),
        Heading(2, (Run(say("cover.inside")),)),
        _inside(cover, [part for part in cover.parts if part.have]),
    ]
    if not cover.public:
        blocks += _missing(cover)
    signed = signatures(source.course, cover.payload.attached)
    if signed:
        blocks += [Heading(2, (Run(say("cover.signed")),)), _signed(cover, signed)]
    if len(volumes) > 1:
        blocks += [Heading(2, (Run(say("cover.volumes")),)), _volumes(cover, volumes)]
    if not cover.public:
        blocks += _rest(cover)
    return sheet.document(title, blocks)


def _facts(cover: Cover) -> Iterator[Block]:
    source = cover.source
    authors = ", ".join(author.full_name.strip() for author in source.course.authors if author.full_name.strip())
    yield _fact(cover, "authors", authors)
    if not cover.public:
        yield _fact(cover, "to", source.regulation.edition.mailbox)
    yield _fact(cover, "edition", source.regulation.edition.code)
    if source.draft:
        yield Paragraph((Run(cover.say("cover.draft_note"), italic=True),), Align.LEFT)
    if not cover.public:
        yield Paragraph((Run(cover.say("cover.check_note")),), Align.LEFT)


def _fact(cover: Cover, key: str, value: str) -> Field:
    return Field((Run(f"{cover.say(f'cover.{key}')} ", bold=True),), (Run(value or "–"),))


def _folders(cover: Cover) -> ListBlock:
    """Return what each folder is for, of those that the bundle has."""
    present = {path.partition("/")[0] for path in cover.payload.files}
    if present & set(_DATA_FILES):
        present.add("data")
    names = [folder for folder in _FOLDERS if folder in present]
    return ListBlock(
        tuple(
            ListItem((Run(_folder_name(name), bold=True), Run(f" – {cover.say(f'folder.{name}')}"))) for name in names
        )
    )


def _folder_name(name: str) -> str:
    return ", ".join(_DATA_FILES) if name == "data" else f"{name}/"


def _inside(cover: Cover, parts: Sequence[Part]) -> Table:
    say = cover.say
    rows = [_header(say("cover.part"), say("cover.clause"), say("cover.who"), say("cover.count"), say("cover.files"))]
    for part in parts:
        count = f"{part.have} / {part.need}" if part.need else str(part.have)
        name: list[Runs] = [(Run(part.title, bold=True),)]
        if part.purpose:
            name.append((Run(part.purpose),))
        files = tuple((Run(text),) for text in _shown_files(part.files)) or ((Run("–"),),)
        rows.append(Row((Cell(tuple(name)), *_cells(part.clause or "–", part.who, count), Cell(files))))
    return Table((3.9, 1.3, 2.0, 1.1, 3.7), tuple(rows))


def _shown_files(paths: Sequence[str]) -> Iterator[str]:
    """Yield the paths as a person reads them: many of one folder and kind as one line with their number.

    `contents.json` lists every one.
    """
    groups: dict[tuple[str, str], list[str]] = {}
    for path in paths:
        groups.setdefault((path.rpartition("/")[0], path.rpartition(".")[2]), []).append(path)
    for group in groups.values():
        if len(group) <= _MOST_SHOWN:
            yield from group
        else:
            yield f"{group[0]} … ({len(group)})"


def _missing(cover: Cover) -> Iterator[Block]:
    say = cover.say
    yield Heading(2, (Run(say("cover.missing")),))
    lacking = [part for part in cover.parts if part.missing]
    if not lacking:
        yield Paragraph((Run(say("cover.nothing_missing")),))
        return
    rows = [_header(say("cover.part"), say("cover.clause"), say("cover.who"), say("cover.still_needed"))]
    rows += [Row(_cells(part.title, part.clause, part.who, str(part.need - part.have))) for part in lacking]
    yield Table((5.4, 1.6, 2.4, 1.6), tuple(rows))


def _signed(cover: Cover, signed: Sequence[Signature]) -> Table:
    say = cover.say
    rows = [
        _header(say("cover.part"), say("cover.signed_by"), say("cover.dated"), say("cover.stamp"), say("cover.file"))
    ]
    for copy in signed:
        name = say(f"part.{copy.part}") + (f" № {copy.number}" if copy.number else "")
        names = tuple((Run(person),) for person in copy.people) or ((Run("–"),),)
        day = date_text(copy.dated_on) if copy.dated_on else "–"
        stamp = "–" if copy.stamped is None else say("cover.yes" if copy.stamped else "cover.no")
        rows.append(Row((*_cells(name), Cell(names), *_cells(day, stamp, copy.path))))
    return Table((3.1, 2.4, 1.6, 1.3, 3.1), tuple(rows))


def _volumes(cover: Cover, volumes: Volumes) -> Table:
    say = cover.say
    rows = [_header(say("cover.volume"), say("cover.files"))]
    for number, paths in enumerate(volumes, start=1):
        name = say("cover.volume_of", number=number, count=len(volumes))
        rows.append(Row((*_cells(name), Cell(tuple((Run(path),) for path in paths)))))
    return Table((2.4, 8.6), tuple(rows))


def _rest(cover: Cover) -> Iterator[Block]:
    """Yield what keeps the bundle from being whole, and the recordings, which come by link."""
    say = cover.say
    if cover.payload.left_out:
        yield Heading(2, (Run(say("cover.left_out")),))
        yield _left_out(cover)
    if cover.source.course.recordings:
        yield Heading(2, (Run(say("cover.recordings")),))
        yield _recordings(cover, cover.source.course.recordings)
    if cover.open_findings:
        yield Heading(2, (Run(say("cover.open")),))
        rows = [_header(say("cover.clause"), say("cover.finding"))]
        for finding in cover.open_findings:
            rows.append(Row(_cells(finding.rule, cover.source.regulation.text(finding, cover.source.lang))))
        yield Table((1.4, 9.6), tuple(rows))


def _left_out(cover: Cover) -> Table:
    rows = [_header(cover.say("cover.question"), cover.say("cover.reason"))]
    for question in cover.payload.left_out:
        stem = Run(question.stem.strip() or question.id, element=f"test_bank/{question.id}/stem")
        reasons = tuple((Run(problem.text(load_texts(), cover.source.lang)),) for problem in question.problems)
        rows.append(Row((Cell(((stem,),)), Cell(reasons))))
    return Table((5.0, 6.0), tuple(rows))


def _recordings(cover: Cover, recordings: Sequence[Recording]) -> Table:
    say = cover.say
    rows = [_header(say("cover.part"), say("cover.link"), say("cover.size"), "SHA-256")]
    for recording in recordings:
        size = f"{megabytes_text(recording.size_bytes, cover.source.lang)} MB" if recording.size_bytes else "–"
        url = recording.url.strip()
        link = Run(url, link=url) if url.startswith(("http://", "https://")) else Run(url or "–")
        title = Cell(((Run(recording.title or recording.id, element=f"recordings/{recording.id}/title"),),))
        rows.append(Row((title, Cell(((link,),)), *_cells(size, recording.sha256 or "–"))))
    return Table((3.0, 3.6, 1.4, 3.0), tuple(rows))


def _cells(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(((Run(text),),)) for text in texts)


def _header(*texts: str) -> Row:
    return Row(_cells(*texts), RowRole.HEADER)


def contents_json(cover: Cover, volumes: Volumes) -> bytes:
    """Return the cover list for programs, with the titles of all files (decision 17)."""
    source = cover.source
    questions = [
        {"id": question.id, "stem": question.stem, "problems": [problem.code for problem in question.problems]}
        for question in cover.payload.left_out
    ]
    return json_bytes({
        "regulation": source.regulation.edition.code,
        "generated_on": source.generated_on.isoformat(),
        "draft": source.draft,
        "title": source.course.title,
        "parts": [{**asdict(part), "missing": part.missing} for part in cover.parts],
        "files": titles(cover.payload, source.lang),
        "signed": [asdict(copy) for copy in signatures(source.course, cover.payload.attached)],
        "volumes": [list(paths) for paths in volumes],
        "left_out_questions": questions,
    })  # fmt: skip
