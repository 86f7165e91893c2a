"""List the characters of Typst's built-in fallback fonts in resources/typst/fallback-coverage.json.

The fonts lie uncompressed in the extension module of the typst wheel. Run it once after each change of the pinned typst
version; tests/exporters/test_fonts.py sets every listed character and fails where the list promises too much.
"""

import importlib.metadata
import json
import re
import struct
from itertools import pairwise
from pathlib import Path

import typst

from app.exporters.fonts import COVERAGE_FILE, character_map, font_tables, showable
from app.paths import resources_dir

# Tried in this order after PT Serif; the template names the same. The mono face brings the tenge sign.
FAMILIES = {
    "Libertinus Serif": "Libertinus Serif",
    "NewComputerModernMath": "New Computer Modern Math",
    "DejaVu Sans Mono": "DejaVu Sans Mono",
}
_FAMILY_NAME_ID = 1


def family_name(data: bytes, at: int) -> str:
    """Return the family name of the font whose ``name`` table begins at ``at``."""
    count, strings = struct.unpack_from(">HH", data, at + 2)
    for index in range(count):
        platform, _, _, name_id, length, offset = struct.unpack_from(">6H", data, at + 6 + 12 * index)
        if name_id == _FAMILY_NAME_ID:
            raw = data[at + strings + offset : at + strings + offset + length]
            return raw.decode("latin-1" if platform == 1 else "utf-16-be")
    return ""


def ranges(points: frozenset[int]) -> list[list[str]]:
    """Return [first, last] of each unbroken span, in hexadecimal."""
    ordered = sorted(points)
    firsts = [ordered[0], *(b for a, b in pairwise(ordered) if b != a + 1)]
    lasts = [*(a for a, b in pairwise(ordered) if b != a + 1), ordered[-1]]
    return [[f"{first:04X}", f"{last:04X}"] for first, last in zip(firsts, lasts, strict=True)]


def main() -> None:
    """Write the file."""
    module = next(Path(typst.__file__).parent.glob("_typst*"))
    data = module.read_bytes()
    covered: dict[str, frozenset[int]] = {}
    for match in re.finditer(rb"OTTO\x00|\x00\x01\x00\x00\x00", data):
        try:
            tables = font_tables(data, match.start())
            name = FAMILIES.get(family_name(data, tables["name"]))
            if name is None:
                continue
            points = showable(frozenset(character_map(data, match.start())))
        except (ValueError, struct.error):
            continue  # bytes that only look like the head of a font
        covered[name] = covered.get(name, points) & points
    families = {name: ranges(covered[name]) for name in FAMILIES.values()}
    version = importlib.metadata.version("typst")
    path = resources_dir() / "typst" / COVERAGE_FILE
    path.write_text(json.dumps({"typst": version, "families": families}, indent=None) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
