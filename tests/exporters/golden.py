"""Golden documents: what every document of the golden course says, page by page, and what chosen pages look like.

The text of a page is compared letter for letter with ``tests/golden/<language>/<document>.txt``; the picture of a page
with ``<document>-<page>.png`` beside it, grey and small, by the means of squares of eight pixels, so that another
smoothing of edges is no difference and a shifted line is one. Whoever changes a document on purpose looks at it
(``python scripts/build_golden.py FOLDER``) and then keeps it (``--update``).
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pptx import Presentation
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtPdf import QPdfDocument

from app.exporters.document import Document
from app.exporters.forms import EXPORTED, PRESENTATION, FormFile, build_form, export_form, form_files, write_document
from app.exporters.forms.question_papers import key_sheet, question_paper
from app.exporters.paper_variants import PaperPlan
from app.model.texts import Lang
from app.storage.regulation_file import load_regulation
from app.ui.pdf_images import page_images
from tests.exporters.golden_course import golden_course

ON = date(2027, 1, 25)
FOLDER = Path(__file__).resolve().parent.parent / "golden"
REGULATION = load_regulation()
PLAN = PaperPlan(variants=2, questions=6, other_kinds=True)

WIDTH_PX = 496
"""A4 at 60 dots an inch."""
_GREYS = 16
_SQUARE_PX = 8
_MEAN_LIMIT = 3.0
_SQUARE_LIMIT = 40.0
"""Of 255: how far the means of the page and of a square may differ."""

PAGES: dict[tuple[Lang, str], tuple[int, ...]] = {
    (Lang.KK, "form_01"): (1, 3, 4, 5),
    (Lang.KK, "form_02"): (1, 2, 4, 6),
    (Lang.KK, "form_03_01"): (1, 2),
    (Lang.KK, "form_05"): (1,),
    (Lang.KK, "form_06_01"): (1, 2, 3),
    (Lang.KK, "form_07_01"): (1, 2),
    (Lang.KK, "form_08"): (1, 2, 3),
    (Lang.KK, "form_09"): (1,),
    (Lang.KK, "form_10"): (1, 2),
    (Lang.KK, "form_10_01"): (1,),
    (Lang.KK, "form_11"): (1, 2),
    **{
        (Lang.KK, name): (1,)
        for name in (
            *("annotations", "glossary", "intake", "key_sheet", "link_list", "messages", "other_tests", "pilot"),
            *("prelaunch", "question_paper", "references", "schedule", "surveys"),
        )
    },
    (Lang.RU, "form_07_01"): (1,),
    (Lang.RU, "form_08"): (2,),
    (Lang.RU, "schedule"): (1,),
    (Lang.EN, "form_07_01"): (1,),
    (Lang.EN, "prelaunch"): (1,),
}
"""Pages that are kept as pictures, counted from 1."""

Grey = NDArray[np.uint8]


@dataclass(frozen=True)
class Golden:
    """One document.

    Attributes:
        name: of its files; form and number of the part.
        file: what it is of the course's documents; None = a paper that only the window makes.
    """

    lang: Lang
    name: str
    file: FormFile | None = None

    @property
    def suffix(self) -> str:
        return "pptx" if self.file is not None and self.file.form == PRESENTATION else "pdf"

    @property
    def text_path(self) -> Path:
        return FOLDER / self.lang.value / f"{self.name}.txt"

    def picture_path(self, page: int) -> Path:
        return FOLDER / self.lang.value / f"{self.name}-{page}.png"

    @property
    def pages(self) -> tuple[int, ...]:
        return PAGES.get((self.lang, self.name), ())

    def document(self) -> Document:
        """Return it before it is written."""
        course = golden_course(self.lang)
        if self.file is None:
            builder = {"question_paper": question_paper, "key_sheet": key_sheet}[self.name]
            return builder(course, REGULATION, PLAN, generated_on=ON)
        return build_form(course, REGULATION, self.file.form, generated_on=ON, draft=False, part=self.file.part)

    def data(self, fmt: str) -> bytes:
        """Return it as a file."""
        if fmt == "pptx":
            assert self.file is not None
            course = golden_course(self.lang)
            return export_form(course, REGULATION, PRESENTATION, fmt, generated_on=ON, draft=False, part=self.file.part)
        return write_document(self.document(), fmt)


@cache
def golden_documents() -> tuple[Golden, ...]:
    """Return all documents in Kazakh; in Russian and English those in which our own words stand, one of each kind."""
    return tuple(golden for lang in Lang for golden in _of(lang))


def _of(lang: Lang) -> Iterator[Golden]:
    for form in EXPORTED:
        files = form_files(golden_course(lang), form)
        if lang is not Lang.KK:
            if form == "05":  # it has no word of ours
                continue
            files = files[:1]
        for file in files:
            number = file.name.removeprefix(f"form_{form}").lstrip("_").partition("-")[0]
            stem = f"form_{form}" if form.isdigit() else form
            yield Golden(lang, f"{stem}_{number}" if file.part else stem, file)
    yield Golden(lang, "question_paper")
    yield Golden(lang, "key_sheet")


def text_of(golden: Golden, data: bytes) -> str:
    """Return the text of a PDF or a presentation, each page below its number."""
    pages = _slides(data) if golden.suffix == "pptx" else _pages(data)
    return "".join(f"=== {number} ===\n{_tidy(page)}\n" for number, page in enumerate(pages, start=1))


def _tidy(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().replace("\x02", "-").splitlines())


def _pages(pdf: bytes) -> list[str]:
    """Return the text of each page; PDFium is ten times as fast as pypdf, which compares with the model elsewhere."""
    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    texts = [document.getAllText(page).text() for page in range(document.pageCount())]
    document.close()
    return texts


def _slides(data: bytes) -> Iterator[str]:
    for slide in Presentation(io.BytesIO(data)).slides:
        yield "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def greys(pdf: bytes, width_px: int = WIDTH_PX) -> list[Grey]:
    """Return the pages as grey pictures, shape (height, width)."""
    return [grey_of(image) for image in page_images(pdf, width_px)]


def grey_of(image: QImage) -> Grey:
    """Return a picture's greys."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    return rows[:, : grey.width()].copy()


def save(picture: Grey, path: Path) -> None:
    """Write a picture in few greys, which compress well."""
    step = 255 / (_GREYS - 1)
    few = np.ascontiguousarray(np.rint(np.rint(picture / step) * step).astype(np.uint8))
    height, width = few.shape
    image = QImage(few.tobytes(), width, height, width, QImage.Format.Format_Grayscale8)
    writer = QImageWriter(str(path))
    writer.setQuality(0)  # compressed as far as it goes
    assert writer.write(image), path


def difference(kept: Grey, made: Grey) -> str:
    """Return in what two pictures differ, empty where they show the same."""
    if kept.shape != made.shape:
        return f"size {kept.shape} became {made.shape}"
    height, width = (side // _SQUARE_PX for side in kept.shape)
    apart = made.astype(np.float64) - kept
    squares = apart[: height * _SQUARE_PX, : width * _SQUARE_PX].reshape(height, _SQUARE_PX, width, _SQUARE_PX)
    worst = np.abs(squares.mean(axis=(1, 3)))
    row, column = np.unravel_index(int(worst.argmax()), worst.shape)
    if worst.max() > _SQUARE_LIMIT or np.abs(apart).mean() > _MEAN_LIMIT:
        where = f"{row * _SQUARE_PX} px down, {column * _SQUARE_PX} px right"
        return f"mean {np.abs(apart).mean():.1f}, worst square {worst.max():.0f} at {where}"
    return ""
