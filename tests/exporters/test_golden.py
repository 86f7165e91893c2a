"""Every document of the golden course says and shows what somebody looked at and kept (`tests.exporters.golden`)."""

import io
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, NameObject
from PySide6.QtGui import QImage

from app.model.texts import Lang
from tests.exporters.document_texts import reader
from tests.exporters.golden import FOLDER, Golden, difference, golden_documents, grey_of, greys, save, text_of
from tests.exporters.ooxml_order import slide_faults, word_faults
from tests.exporters.pdf_structure import faults

ALL = golden_documents()
KAZAKH = [golden for golden in ALL if golden.lang is Lang.KK]


def named(golden: Golden) -> str:
    return f"{golden.lang.value}-{golden.name}"


@cache
def data_of(golden: Golden, fmt: str) -> bytes:
    return golden.data(fmt)


@pytest.mark.parametrize("golden", ALL, ids=named)
def test_text_and_pages_are_those_that_were_kept(golden: Golden, tmp_path: Path) -> None:
    data = data_of(golden, golden.suffix)
    assert text_of(golden, data) == golden.text_path.read_text(encoding="utf-8")
    pages = greys(data) if golden.pages else []
    for page in golden.pages:
        kept = grey_of(QImage(str(golden.picture_path(page))))
        told = difference(kept, pages[page - 1])
        if told:
            save(pages[page - 1], tmp_path / "made.png")
        assert not told, f"page {page}: {told}; as it is now: {tmp_path / 'made.png'}"


def test_nothing_is_kept_that_is_not_made() -> None:
    made = {golden.text_path for golden in ALL}
    made |= {golden.picture_path(page) for golden in ALL for page in golden.pages}
    assert set(FOLDER.glob("*/*")) == made


@pytest.mark.parametrize("golden", [golden for golden in KAZAKH if golden.suffix == "pdf"], ids=named)
def test_every_pdf_is_tagged_from_end_to_end(golden: Golden) -> None:
    assert faults(reader(data_of(golden, "pdf"))) == []


def test_what_a_pdf_lacks_is_seen() -> None:
    [golden] = [golden for golden in KAZAKH if golden.name == "form_09"]
    bare = PdfWriter(clone_from=reader(data_of(golden, "pdf")))
    root: Any = bare.root_object
    root["/MarkInfo"][NameObject("/Marked")] = BooleanObject(False)
    del root["/Lang"], root["/OutputIntents"]
    page: Any = bare.pages[0]
    del page["/StructParents"]
    for link in page["/Annots"]:
        del link.get_object()["/Contents"]
    contents = page.get_contents()
    contents.set_data(b"0 0 m 9 9 l S " + contents.get_data())
    page[NameObject("/Contents")] = contents
    buffer = io.BytesIO()
    bare.write(buffer)
    assert faults(PdfReader(buffer)) == [
        "not marked as tagged",
        "no language",
        "no output intent",
        "page 1: not in the structure's parent tree",
        "page 1: a link without a description",
        "page 1: S outside marked content",
    ]


@pytest.mark.parametrize("golden", KAZAKH, ids=named)
def test_every_editable_copy_keeps_the_order_of_the_schema(golden: Golden) -> None:
    fmt = "pptx" if golden.suffix == "pptx" else "docx"
    found, seen = (slide_faults if fmt == "pptx" else word_faults)(data_of(golden, fmt))
    assert found == []
    assert {"p", "r"} <= seen


@pytest.mark.parametrize("golden", ALL, ids=named)
def test_no_page_shows_what_is_no_text(golden: Golden) -> None:
    text = golden.text_path.read_text(encoding="utf-8")
    marks = () if golden.name == "other_tests" else ("{", "}")  # there stand the names of a question's variables
    for leak in ("None", "forms.", "\ufffd", "<", "1970", *marks):
        assert leak not in text


def test_a_kept_picture_shows_what_was_drawn(tmp_path: Path) -> None:
    page = np.full((701, 496), 255, np.uint8)
    page[100:108, 60:420] = 90
    save(page, tmp_path / "page.png")
    assert not difference(grey_of(QImage(str(tmp_path / "page.png"))), page)


def test_a_line_that_moves_is_seen_and_smoothing_is_not() -> None:
    page = np.full((701, 496), 255, np.uint8)
    page[100:108, 60:420] = 90
    moved = np.roll(page, 8, axis=0)
    softer = page.copy()
    softer[99, 60:420] = softer[108, 60:420] = 215
    assert difference(page, moved)
    assert not difference(page, softer)
    assert difference(page, page[:, :-1])
