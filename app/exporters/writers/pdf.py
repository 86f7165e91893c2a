"""PDF/A-2a and PDF/UA-1 from a neutral document, through one Typst template that walks JSON."""

import hashlib
import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from app.exporters.document import (
    Align,
    Block,
    Cell,
    Document,
    Field,
    Heading,
    Inlines,
    KeepTogether,
    ListBlock,
    PageBreak,
    PageField,
    PageLine,
    Paragraph,
    Picture,
    Row,
    Run,
    SignatureLine,
    Table,
    TitlePage,
    may_hyphenate,
)
from app.exporters.fonts import typst_fonts
from app.exporters.look import document_look
from app.exporters.sanitise import ZERO_WIDTH_SPACE, sanitise
from app.formats.formula_drawing import Drawing, draw_formula
from app.formats.tex import formula_of
from app.model.errors import ExportError
from app.model.texts import Lang
from app.paths import resources_dir

_MAIN = "main.typ"

_KEEP_CHARS = 1200
_KEEP_LINES = 36
_KEEP_PICTURES_MM = 130.0
"""What is longer may break over pages: Typst cuts off what cannot break and is higher than a page."""

_CELL_CHARS = 30
_ROW_BORDER_LINES = 0.7
_LINE_MM = 5.0
"""For the estimate of a row's height: characters on a line of a narrow column; padding in lines; a line's height."""

_TALLEST_FORMULA_EM = 20.0
"""What is higher does not stand in a line of text any more."""

_LONG_WORD = {False: re.compile(r"\S{41,}"), True: re.compile(r"\S{25,}")}
"""Longer words (addresses, file names) may break inside; by whether they stand in a table."""

_BREAK = re.compile(r"([^\s/?&=_.-]{0,15}[/?&=_.-]+|\S{16})(?=\w|[!-~])")
"""Where: behind a sign that parts a name, else every 16 characters, never before a combining mark."""

_ADDRESS = re.compile(r"\S*://|www\.")
_ADDRESS_BREAK = re.compile(r"([^\W_]{24})(?=\w)")
"""Typst breaks addresses itself, but no long word in them; a sign of ours is copied with the address."""

_Json = dict[str, Any]


def write_pdf(document: Document) -> bytes:
    """Return the document as PDF/A-2a and PDF/UA-1; equal documents give equal bytes.

    Raises:
        ExportError: ``pdf_not_made``, with what Typst said.
    """
    clean = sanitise(document).document
    midnight = datetime.combine(clean.generated_on, time(), UTC)
    blocks = _Blocks(clean.lang)
    text = json.dumps(_document(clean, blocks), ensure_ascii=False)
    try:
        with TemporaryDirectory() as name:  # Typst takes pictures from files, or slowly as lists of numbers
            folder = Path(name)
            blocks.files[_MAIN] = (resources_dir() / "typst" / "document.typ").read_bytes()
            for file, data in blocks.files.items():
                (folder / file).write_bytes(data)
            pdf, warnings = typst.compile_with_warnings(
                folder / _MAIN,
                root=folder,
                sys_inputs={"doc": text, "look": document_look().model_dump_json()},
                font_paths=typst_fonts(),
                format="pdf",
                pdf_standards=["a-2a", "ua-1"],
                timestamp=int(midnight.timestamp()),
            )
    except OSError as error:
        raise ExportError("pdf_not_made", problem=error.strerror or str(error)) from error
    except typst.TypstError as error:
        raise ExportError("pdf_not_made", problem=str(error).strip().splitlines()[0]) from error
    except BaseException as error:
        # A panic inside Typst arrives as pyo3_runtime.PanicException, a BaseException that nothing exports.
        if type(error).__name__ != "PanicException":
            raise
        raise ExportError("pdf_not_made", problem=str(error)) from error
    if warnings:  # a font that is missing only warns, and the file would look different on another machine
        raise ExportError("pdf_not_made", problem=warnings[0].message)
    if not isinstance(pdf, bytes):
        raise ExportError("pdf_not_made", problem=f"{len(pdf or [])} parts")
    return pdf


def _document(document: Document, writer: "_Blocks") -> _Json:
    on = document.generated_on
    return {
        "title": document.title,
        "author": [document.author] if document.author else [],
        "keywords": [word for word in (document.form_code, document.regulation_code) if word],
        "lang": document.lang.value,
        "date": [on.year, on.month, on.day],
        "header": writer.page_line(document.header),
        "footer": writer.page_line(document.footer),
        "blocks": [writer.block(block) for block in document.blocks],
    }


class _Blocks:
    """Turns blocks into what the template walks; only what differs from plain is named, to keep the JSON small.

    Attributes:
        files: contents of pictures and drawn formulas by the names that the JSON has for them.
    """

    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        self.files: dict[str, bytes] = {}

    def file(self, data: bytes, suffix: str) -> str:
        """Keep the content of a picture, once however often it is shown, and return its name."""
        name = f"{hashlib.sha256(data).hexdigest()}.{suffix}"
        self.files[name] = data
        return name

    def run(self, run: Run, *, in_table: bool = False, running: bool = False) -> _Json:
        drawn = self.formula(run) if run.formula and not in_table else None
        return self.text(run, in_table=in_table, running=running) if drawn is None else drawn

    def formula(self, run: Run) -> _Json | None:
        """Return a formula drawn in the line, None where it has to stay text."""
        piece = formula_of(run.text)
        drawing = None if piece is None else draw_formula(piece.text, own_line=piece.own_line)
        if piece is None or drawing is None or not _fits(drawing):
            return None
        return {
            "formula": self.file(drawing.svg.encode(), "svg"),
            "text": piece.text,
            "width": round(drawing.width_em, 4),
            "depth": round(drawing.depth_em, 4),
        }

    def text(self, run: Run, *, in_table: bool, running: bool) -> _Json:
        out: _Json = {"text": _LONG_WORD[in_table].sub(_breakable, run.text)}
        if running and may_hyphenate(run, self.lang):
            out["hyphenate"] = True
        for look in ("bold", "italic", "underline"):
            if getattr(run, look):
                out[look] = True
        if run.lang is not None and run.lang is not self.lang:
            out["lang"] = run.lang.value
        if run.link is not None:
            out["link"] = run.link
        return out

    def inlines(self, inlines: Inlines, *, running: bool = False) -> list[_Json | str]:
        return [i.value if isinstance(i, PageField) else self.run(i, running=running) for i in inlines]

    def page_line(self, line: PageLine) -> _Json:
        return {
            "left": self.inlines(line.left),
            "centre": self.inlines(line.centre),
            "right": self.inlines(line.right),
        }

    def paragraph(self, runs: Inlines, align: Align, *, keep: bool, fill: bool, size_pt: float | None = None) -> _Json:
        out: _Json = {
            "kind": "paragraph",
            "runs": self.inlines(runs, running=align is Align.JUSTIFY),
            "align": align.value,
            "keep": keep,
            "fill": fill,
        }
        return out if size_pt is None else {**out, "size": size_pt}

    def block(self, block: Block) -> _Json:
        match block:
            case Heading():
                return {
                    "kind": "heading",
                    "level": block.level,
                    "align": block.align.value,
                    "runs": self.inlines(block.runs),
                }
            case Paragraph():
                return self.paragraph(
                    block.runs, block.align, keep=block.keep_with_next, fill=block.fill_line, size_pt=block.size_pt
                )
            case Field():
                runs = (*block.label, Run(" "), *block.value)
                return self.paragraph(runs, block.align, keep=block.keep_with_next, fill=block.fill_line)
            case ListBlock():
                return {
                    "kind": "list",
                    "numbers": [item.number for item in block.items] if block.numbered else None,
                    "items": [{"runs": self.inlines(item.runs)} for item in block.items],
                }
            case Table():
                return self.table(block)
            case SignatureLine():
                return {
                    "kind": "signature",
                    "before": self.inlines(block.before),
                    "blank": block.blank,
                    "after": self.inlines(block.after),
                    "stamp": block.stamp,
                }
            case _:
                return self.container(block)

    def container(self, block: Picture | PageBreak | KeepTogether | TitlePage) -> _Json:
        match block:
            case Picture():
                return self.picture(block)
            case PageBreak():
                return {"kind": "break"}
            case KeepTogether():
                blocks = [self.block(inner) for inner in block.blocks]
                return {"kind": "together", "keep": _has_room(block, blocks), "blocks": blocks}
            case TitlePage():
                return {"kind": "title-page", "groups": [[self.block(b) for b in group] for group in block.groups]}

    def picture(self, picture: Picture) -> _Json:
        return {
            "kind": "picture",
            "file": self.file(picture.data, picture.format.value),
            "format": picture.format.value,
            "alt": picture.alt,
            "width": picture.width_mm,
            "align": picture.align.value,
        }

    def table(self, table: Table) -> _Json:
        heights = [_height_lines(row) for row in table.rows]
        rows = [
            {
                "role": row.role.value,
                "cells": [self.cell(cell, heights[index : index + cell.rowspan]) for cell in row.cells],
            }
            for index, row in enumerate(table.rows)
        ]
        out: _Json = {"kind": "table", "widths": list(table.widths), "rows": rows, "framed": table.framed}
        out["whole"] = table.whole and sum(heights) <= _KEEP_LINES
        out["keep"] = table.keep_with_next
        return out if table.size_pt is None else {**out, "size": table.size_pt}

    def cell(self, cell: Cell, heights: Sequence[float]) -> _Json:
        """Return a cell; ``heights`` are those of the rows that it covers, which stay on one page where they fit."""
        out: _Json = {
            "colspan": cell.colspan,
            "rowspan": cell.rowspan,
            "align": cell.align.value,
            "keep": sum(heights) <= _KEEP_LINES,
            "lines": [[self.run(run, in_table=True) for run in line] for line in cell.lines],
        }
        return out if cell.picture is None else {**out, "picture": self.picture(cell.picture)}


def _fits(drawing: Drawing) -> bool:
    """Tell whether a drawn formula has room on a line; what is wider is broken over lines only as text."""
    look = document_look()
    em_twip = look.body_pt * 20
    return drawing.width_em * em_twip <= look.text_width_twip and drawing.height_em <= _TALLEST_FORMULA_EM


def _breakable(word: re.Match[str]) -> str:
    breaks = _ADDRESS_BREAK if _ADDRESS.match(word[0]) else _BREAK
    return breaks.sub(rf"\1{ZERO_WIDTH_SPACE}", word[0])


def _height_lines(row: Row) -> float:
    """Return about how many lines of text a row is high, its borders included; cells over several rows aside."""
    lines = (
        sum(1 + sum(len(run.text) for run in line) // _CELL_CHARS for line in cell.lines)
        + (cell.picture.width_mm / _LINE_MM if cell.picture is not None else 0.0)  # about square at most
        for cell in row.cells
        if cell.rowspan == 1
    )
    return max(lines, default=1) + _ROW_BORDER_LINES


def _has_room(block: KeepTogether, blocks: Sequence[_Json]) -> bool:
    """Tell whether blocks have room on one page for sure."""
    pictures_mm = sum(inner.height_mm for inner in block.blocks if isinstance(inner, Picture))
    return _length(list(blocks)) <= _KEEP_CHARS and pictures_mm <= _KEEP_PICTURES_MM


def _length(value: object) -> int:
    """Return how many characters of text stand anywhere inside."""
    if isinstance(value, dict):
        return sum(len(inner) if key == "text" else _length(inner) for key, inner in value.items())
    return sum(_length(inner) for inner in value) if isinstance(value, list) else 0
