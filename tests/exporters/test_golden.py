"""Every document of the golden course says and shows what somebody looked at and kept (`tests.exporters.golden`)."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from tests.exporters.golden import FOLDER, Golden, difference, golden_documents, grey_of, greys, save, text_of

ALL = golden_documents()


@pytest.mark.parametrize("golden", ALL, ids=lambda golden: f"{golden.lang.value}-{golden.name}")
def test_text_and_pages_are_those_that_were_kept(golden: Golden, tmp_path: Path) -> None:
    data = golden.data(golden.suffix)
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


@pytest.mark.parametrize("golden", ALL, ids=lambda golden: f"{golden.lang.value}-{golden.name}")
def test_no_page_shows_what_is_no_text(golden: Golden) -> None:
    text = golden.text_path.read_text(encoding="utf-8")
    marks = () if golden.name == "other_tests" else ("{", "}")  # there stand the names of a question's variables
    for leak in ("None", "forms.", "\ufffd", "<", "1970", *marks):
        assert leak not in text


def test_a_line_that_moves_is_seen_and_smoothing_is_not() -> None:
    page = np.full((701, 496), 255, np.uint8)
    page[100:108, 60:420] = 90
    moved = np.roll(page, 8, axis=0)
    softer = page.copy()
    softer[99, 60:420] = softer[108, 60:420] = 215
    assert difference(page, moved)
    assert not difference(page, softer)
    assert difference(page, page[:, :-1])
