"""The neutral document refuses what a reader's software or PDF/UA-1 would refuse."""

from datetime import date

import pytest

from app.exporters.document import (
    Block,
    Cell,
    Document,
    Heading,
    KeepTogether,
    Paragraph,
    Picture,
    PictureFormat,
    Row,
    RowRole,
    Run,
    Table,
    TitlePage,
)
from app.model.texts import Lang


def document(*blocks: Block) -> Document:
    return Document("t", Lang.KK, date(2026, 1, 1), blocks)


def heading(level: int) -> Heading:
    return Heading(level, (Run("x"),))


@pytest.mark.parametrize("levels", [(2,), (1, 3), (1, 2, 2, 4), (0,)])
def test_heading_levels_start_at_one_and_skip_none(levels: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="heading"):
        document(*(heading(level) for level in levels))


def test_heading_levels_may_go_back_up() -> None:
    document(*(heading(level) for level in (1, 2, 3, 1, 2)))


def test_headings_inside_other_blocks_count() -> None:
    document(TitlePage(((heading(1),),)), heading(2))
    with pytest.raises(ValueError, match="level 3"):
        document(TitlePage(((heading(1),),)), KeepTogether((heading(3),)))


@pytest.mark.parametrize(
    "rows",
    [
        (Row((Cell(),)),),
        (Row((Cell(), Cell(), Cell())),),
        (Row((Cell(colspan=3),)),),
        (Row((Cell(rowspan=2), Cell())),),
        (Row((Cell(), Cell(rowspan=2))), Row((Cell(colspan=2),))),
    ],
    ids=["short", "long", "wide", "below", "overlap"],
)
def test_cells_fill_the_grid_exactly(rows: tuple[Row, ...]) -> None:
    with pytest.raises(ValueError, match="table"):
        Table((1.0, 1.0), rows)


def test_a_cell_over_two_rows_is_seen_in_both() -> None:
    tall, first, second = Cell(rowspan=2), Cell(), Cell()
    table = Table((1.0, 1.0), (Row((tall, first)), Row((second,))))
    assert [cells for _, cells in table.grid()] == [
        ((0, tall, True), (1, first, True)),
        ((0, tall, False), (1, second, True)),
    ]


def test_column_headers_stand_above_all_rows() -> None:
    with pytest.raises(ValueError, match="header"):
        Table((1.0,), (Row((Cell(),)), Row((Cell(),), RowRole.HEADER)))


def test_a_picture_needs_an_alternative_text() -> None:
    with pytest.raises(ValueError, match="alternative"):
        Picture(b"", PictureFormat.PNG, " ", 10)


def test_paragraphs_alone_are_a_document() -> None:
    assert document(Paragraph((Run("x"),))).blocks
