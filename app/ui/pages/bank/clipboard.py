"""What was copied, as far as a question takes it."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QApplication

PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp")


def clipboard_data() -> QMimeData:
    """Return what is in the clipboard; an empty piece where Qt has none."""
    data: object = QApplication.clipboard().mimeData()
    return data if isinstance(data, QMimeData) else QMimeData()


def picture_files(data: QMimeData) -> list[Path]:
    """Return the picture files among what was copied or is dragged."""
    paths = (Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    return [path for path in paths if path.suffix.lower() in PICTURE_SUFFIXES]


def copied_picture(data: QMimeData) -> bytes:
    """Return a copied picture as PNG, empty where none was copied."""
    image = data.imageData() if data.hasImage() else None
    if not isinstance(image, QImage) or image.isNull():
        return b""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(content.data())
