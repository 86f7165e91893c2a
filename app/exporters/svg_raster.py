"""SVG to PNG, through Typst: for Word, which shows SVG only beside a bitmap, and for drawings of unknown origin."""

import typst

from app.exporters.fonts import typst_fonts
from app.model.errors import ExportError

_TEMPLATE = b"""#set page(width: auto, height: auto, margin: 0pt)
#let drawing = bytes(json(bytes(sys.inputs.data)))
#let width = float(sys.inputs.width) * 1mm
#let height = float(sys.inputs.height) * 1mm
#context {
  let natural = measure(image(drawing, format: "svg"))
  let grow = if sys.inputs.grow == "yes" { calc.inf } else { 1.0 }
  let share = calc.min(grow, width / natural.width, height / natural.height)
  image(drawing, format: "svg", width: natural.width * share)
}"""
_TALLEST_MM = 10_000.0


def svg_as_png(svg: bytes, width_mm: float, *, height_mm: float = _TALLEST_MM, ppi: float, grow: bool = True) -> bytes:
    """Return a drawing as PNG.

    Args:
        svg: the drawing.
        width_mm: its width, at most.
        height_mm: its height, at most.
        ppi: pixels for each inch.
        grow: make a smaller one larger.

    Raises:
        ExportError: ``pdf_not_made``: it cannot be read.
    """
    inputs = {"data": str(list(svg)), "width": str(width_mm), "height": str(height_mm), "grow": "yes" if grow else "no"}
    try:
        png = typst.compile(_TEMPLATE, sys_inputs=inputs, font_paths=typst_fonts(), format="png", ppi=ppi)
    except typst.TypstError as error:
        raise ExportError("pdf_not_made", problem=str(error).strip().splitlines()[0]) from error
    except BaseException as error:
        # A panic inside Typst arrives as pyo3_runtime.PanicException, a BaseException that nothing exports.
        if type(error).__name__ != "PanicException":
            raise
        raise ExportError("pdf_not_made", problem=str(error)) from error
    if not isinstance(png, bytes):
        raise ExportError("pdf_not_made", problem=f"{len(png or [])} pages")
    return png
