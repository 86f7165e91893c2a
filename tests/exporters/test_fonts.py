"""The list of characters promises no more than the fonts show."""

import importlib.metadata
import json

from app.exporters.document import Align, Document, Paragraph, Run
from app.exporters.fonts import COVERAGE_FILE, load_coverage
from app.exporters.writers.pdf import write_pdf
from app.model.texts import Lang
from app.paths import resources_dir
from tests.exporters.document_texts import ON


def test_kazakh_is_set_in_pt_serif() -> None:
    family, covered = load_coverage().families[0]
    assert family == "PT Serif"
    assert set(map(ord, "ӘәҒғҚқҢңӨөҰұҮүҺһІі")) <= covered


def test_every_listed_character_can_be_written_in_every_style() -> None:
    points = sorted(load_coverage().union)
    texts = [" ".join(map(chr, points[first : first + 200])) for first in range(0, len(points), 200)]
    styles = ((False, False), (True, False), (False, True), (True, True))
    blocks = tuple(
        Paragraph((Run(text, bold=bold, italic=italic),), Align.LEFT) for text in texts for bold, italic in styles
    )
    assert write_pdf(Document("t", Lang.KK, ON, blocks)).startswith(b"%PDF")


def test_the_list_is_of_the_pinned_typst() -> None:
    listed = json.loads((resources_dir() / "typst" / COVERAGE_FILE).read_text(encoding="utf-8"))["typst"]
    assert listed == importlib.metadata.version("typst")
