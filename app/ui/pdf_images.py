"""Drawing a PDF's pages as images, in whatever thread asks for them."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument


def page_images(pdf: bytes, width_px: int, *, max_pages: int = 40) -> tuple[QImage, ...]:
    """Return the pages of a PDF as images.

    Args:
        pdf: the file's bytes.
        width_px: width of every image in device pixels; the height follows the page.
        max_pages: pages beyond are left out, which keeps a long test bank from filling the memory.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    images = []
    for page in range(min(document.pageCount(), max_pages)):
        points = document.pagePointSize(page)
        height_px = round(width_px * points.height() / points.width())
        drawn = document.render(page, QSize(width_px, height_px))
        image = QImage(drawn.size(), QImage.Format.Format_RGB32)
        image.fill(0xFFFFFFFF)
        _paint_over(image, drawn)
        images.append(image)
    document.close()
    return tuple(images)


def _paint_over(ground: QImage, picture: QImage) -> None:
    """Lay a transparent page on white paper."""
    painter = QPainter(ground)
    painter.drawImage(0, 0, picture)
    painter.end()
