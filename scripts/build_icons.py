"""Build the program's icon as PNG and ICO from resources/icons/mooc-studio.svg.

The window takes the PNGs, Windows the ICO of the built program. Run it after changing the drawing; it needs no display.
"""

import os
import struct
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

from app.paths import resources_dir

PNG_SIZES_PX = (16, 24, 32, 48, 64, 128, 256)
NAME = "mooc-studio"


def png(drawing: QSvgRenderer, size_px: int) -> bytes:
    """Return the drawing as a square PNG with a transparent ground."""
    image = QImage(size_px, size_px, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    drawing.render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QImageWriter(buffer, b"png").write(image):
        raise SystemExit(f"no PNG of {size_px} pixels could be written")
    return bytes(buffer.data().data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """Return an ICO that holds PNGs, by their size in pixels; Windows reads such since Vista."""
    head = struct.pack("<HHH", 0, 1, len(pictures))
    offset = len(head) + 16 * len(pictures)
    entries = b""
    for size_px, data in pictures.items():
        side = size_px % 256  # 256 is written as 0
        entries += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(data), offset)
        offset += len(data)
    return head + entries + b"".join(pictures.values())


def main() -> None:
    """Write the icons beside the drawing."""
    application = QGuiApplication([])
    folder = resources_dir() / "icons"
    drawing = QSvgRenderer(str(folder / f"{NAME}.svg"))
    pictures = {size_px: png(drawing, size_px) for size_px in PNG_SIZES_PX}
    for size_px, data in pictures.items():
        (folder / f"{NAME}-{size_px}.png").write_bytes(data)
    (folder / f"{NAME}.ico").write_bytes(ico(pictures))
    application.shutdown()


if __name__ == "__main__":
    main()
