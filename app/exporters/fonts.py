"""Which characters the documents can show: the character maps of the fonts that Typst is given.

PT Serif comes as a package and is read from its files. The fallback fonts are built into the Typst library, which gives
no way to read them, so their characters are listed in ``resources/typst/fallback-coverage.json``
(`scripts/build_font_coverage.py`).
"""

import json
import struct
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import fontpkg_pt_serif

from app.paths import resources_dir

if TYPE_CHECKING:
    import typst

PRIMARY_FAMILY: str = fontpkg_pt_serif.FAMILY
COVERAGE_FILE = "fallback-coverage.json"

_UNSHOWABLE = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
_FORMAT_SEGMENTS = 4
_FORMAT_GROUPS = 12


def font_dir() -> Path:
    """Return the folder with the font files of PT Serif."""
    return Path(fontpkg_pt_serif.ROOT) / "files"


@cache
def typst_fonts() -> "typst.Fonts":
    """Return PT Serif and the fonts built into Typst, found once: finding them takes as long as a short document."""
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[font_dir()])


@dataclass(frozen=True, slots=True)
class Coverage:
    """Characters that each family shows in all of its styles, in the order in which they are tried.

    Attributes:
        families: (name, code points), the first is `PRIMARY_FAMILY`.
        union: code points that any family shows.
    """

    families: tuple[tuple[str, frozenset[int]], ...]
    union: frozenset[int]

    def shows_cluster(self, cluster: str) -> bool:
        """Tell whether one family has every character of a base letter with its marks; families are not mixed."""
        points = {ord(char) for char in cluster}
        return any(points <= covered for _, covered in self.families)


@cache
def load_coverage() -> Coverage:
    """Return what the fonts can show; read once."""
    primary = frozenset.intersection(
        *(frozenset(character_map(path.read_bytes(), 0)) for path in sorted(font_dir().glob("*.ttf")))
    )
    path = resources_dir() / "typst" / COVERAGE_FILE
    fallback = json.loads(path.read_text(encoding="utf-8"))["families"]
    families = [(PRIMARY_FAMILY, showable(primary))]
    for name, ranges in fallback.items():
        points = (point for first, last in ranges for point in range(int(first, 16), int(last, 16) + 1))
        families.append((name, frozenset(points)))
    return Coverage(tuple(families), frozenset().union(*(covered for _, covered in families)))


def showable(points: frozenset[int]) -> frozenset[int]:
    """Leave out what no document may hold, whatever the font says: control, format, private use, unassigned."""
    return frozenset(point for point in points if unicodedata.category(chr(point)) not in _UNSHOWABLE)


def font_tables(data: bytes, start: int) -> dict[str, int]:
    """Return the offsets of the tables of the font that begins at ``start`` of ``data``.

    Raises:
        ValueError: there is no font.
    """
    try:
        count = int(struct.unpack_from(">H", data, start + 4)[0])
        records = [struct.unpack_from(">4sLLL", data, start + 12 + 16 * index) for index in range(count)]
    except struct.error as error:
        raise ValueError("no font") from error
    tables = {bytes(tag).decode("latin-1"): start + int(offset) for tag, _, offset, _ in records}
    if not {"cmap", "head", "name"} <= tables.keys():
        raise ValueError("no font")
    return tables


def character_map(data: bytes, start: int) -> set[int]:
    """Return the code points to which a font gives a glyph (OpenType, table ``cmap``, formats 4 and 12).

    Args:
        data: the bytes that hold the font.
        start: where the font begins in them.

    Raises:
        ValueError: there is no font.
    """
    base = font_tables(data, start)["cmap"]
    points: set[int] = set()
    for index in range(struct.unpack_from(">H", data, base + 2)[0]):
        platform, _, offset = struct.unpack_from(">HHL", data, base + 4 + 8 * index)
        subtable = base + offset
        (kind,) = struct.unpack_from(">H", data, subtable)
        if kind == _FORMAT_GROUPS:
            points |= _groups(data, subtable)
        elif kind == _FORMAT_SEGMENTS and platform in (0, 3):
            points |= _segments(data, subtable)
    return points


def _groups(data: bytes, at: int) -> set[int]:
    (count,) = struct.unpack_from(">L", data, at + 12)
    points: set[int] = set()
    for index in range(count):
        first, last, glyph = struct.unpack_from(">LLL", data, at + 16 + 12 * index)
        points.update(range(first + (glyph == 0), last + 1))
    return points


def _segments(data: bytes, at: int) -> set[int]:
    count = struct.unpack_from(">H", data, at + 6)[0] // 2

    def column(number: int) -> tuple[int, ...]:
        return struct.unpack_from(f">{count}H", data, at + 14 + 2 * count * number + (2 if number else 0))

    ends, starts, deltas, range_offsets = (column(number) for number in range(4))
    offsets_at = at + 14 + 2 * count * 3 + 2
    points: set[int] = set()
    for index, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for point in range(first, min(last, 0xFFFE) + 1):
            glyph = point
            if range_offsets[index]:
                place = offsets_at + 2 * index + range_offsets[index] + 2 * (point - first)
                (glyph,) = struct.unpack_from(">H", data, place)
                if glyph == 0:
                    continue
            if (glyph + deltas[index]) & 0xFFFF:
                points.add(point)
    return points
