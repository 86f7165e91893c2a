"""The font of drawn formulas: that of the library, and PT Serif for Cyrillic, of which it has no Kazakh letters.

Loading this module loads the drawing library (0.8 s): import it where a formula is drawn.
"""

from functools import cache
from pathlib import Path

import fontpkg_pt_serif
from ziafont.font import Font
from ziafont.glyph import SimpleGlyph
from ziamath.mathfont import MathFont
from ziamath.styles import MathVariant
from ziamath.zmath import fontname, loadedfonts

FONT_NAME = "formulas"
"""Name under which the library knows the font once `formula_font` was called."""

_CYRILLIC = range(0x0400, 0x0530)
_APART = 1_000_000
"""Added to a glyph's number, so that the library finds none of the other font's substitutes and kerning for it."""


class _TextGlyph(SimpleGlyph):
    """A glyph of another font than that of the formula."""

    def __init__(self, glyph: SimpleGlyph) -> None:
        super().__init__(glyph.index + _APART, glyph.operators, glyph.bbox, glyph.font)
        self._advance = glyph.advance()

    def advance(self, nextchr: SimpleGlyph | None = None) -> int:  # noqa: ARG002 - the library's signature
        return self._advance


class FormulaFont(MathFont):
    """The library's font with letters of PT Serif."""

    def __init__(self) -> None:
        super().__init__(fontname)
        files = Path(fontpkg_pt_serif.ROOT) / "files"
        self._regular = Font(files / "PT_Serif-Web-Regular.ttf")
        self._bold = Font(files / "PT_Serif-Web-Bold.ttf")

    def shows(self, letter: str) -> bool:
        """Tell whether there is a shape for a letter."""
        return bool(self.glyphindex(letter) or self._regular.glyphindex(letter))

    def findglyph(self, char: str, variant: MathVariant) -> SimpleGlyph:
        """Return the glyph of a letter in the wanted look."""
        if ord(char) in _CYRILLIC or not self.glyphindex(char):
            font = self._bold if variant.bold else self._regular
            if font.glyphindex(char):
                return _TextGlyph(font.glyph(char))
        return super().findglyph(char, variant)

    def advance(self, glyph: int, glyph2: int | None) -> int:
        """Return how far the next letter stands; a letter of the other font stands without kerning."""
        return super().advance(glyph, None if glyph2 is not None and glyph2 >= _APART else glyph2)


@cache
def formula_font() -> FormulaFont:
    """Return the font, loaded and known to the library by `FONT_NAME`."""
    font = FormulaFont()
    loadedfonts[FONT_NAME] = font
    return font
