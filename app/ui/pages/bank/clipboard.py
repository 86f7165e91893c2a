"""What was copied, as far as a question takes it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QMimeData, QObject
from PySide6.QtGui import QImage, QImageWriter, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from app.formats.pictures import suffix_of
from app.storage.pasted_pictures import load_pasted_picture
from app.ui.pages.bank.rich_lines import Clipped, clipped_html
from app.ui.text_field import FieldMenu

PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp")


@dataclass(frozen=True, slots=True)
class CopiedPictures:
    """The pictures of what was copied.

    Attributes:
        found: content and description of each.
        lost: how many others are named and cannot be had: they lie elsewhere, or are of a kind that nobody shows.
    """

    found: tuple[tuple[bytes, str], ...] = ()
    lost: int = 0


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


def has_words(data: QMimeData) -> bool:
    """Tell whether text was copied; the addresses of copied pictures are none."""
    if picture_files(data):
        return False
    return clipped_html(data.html()).has_text if data.hasHtml() else bool(data.text().strip())


def may_hold_pictures(data: QMimeData) -> bool:
    """Tell whether a picture seems to be there, without reading what would take time."""
    return data.hasImage() or bool(picture_files(data)) or "<img" in data.html().lower()


def copied_pictures(data: QMimeData) -> CopiedPictures:
    """Return the pictures of what was copied, files apart.

    Beside words an image is not asked: an office program puts a drawing of the words there.
    """
    clipped = clipped_html(data.html()) if data.hasHtml() else Clipped()
    named = list(clipped.pictures.values())
    image = b"" if has_words(data) else copied_picture(data)
    if image:
        return CopiedPictures(((image, named[0].alt if len(named) == 1 else ""),))
    found = [(load_pasted_picture(picture.source), picture.alt) for picture in named]
    kept = tuple(picture for picture in found if suffix_of(picture[0]) in PICTURE_SUFFIXES)
    return CopiedPictures(kept, len(found) - len(kept))


class PicturePaste(QObject):
    """Pasting into any text field of a widget brings the pictures of the clipboard along; words stay the field's.

    Args:
        within: the widget; its fields may come and go.
        take: keeps the pictures and tells whether there were any.
    """

    def __init__(self, within: QWidget, take: Callable[[QMimeData], bool]) -> None:
        super().__init__(within)
        self._within = within
        self._take = take
        application = QApplication.instance()
        assert isinstance(application, QApplication), "a widget exists only beside it"
        application.focusChanged.connect(self._follow)

    def _follow(self, _: QWidget | None, now: QWidget | None) -> None:
        field = now if isinstance(now, (QLineEdit, QPlainTextEdit)) and self._within.isAncestorOf(now) else None
        if field is not None:
            field.removeEventFilter(self)  # else a field that had the focus before would ask twice
            field.installEventFilter(self)
            for menu in field.findChildren(FieldMenu):
                menu.pasting = self

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the pictures; let the field paste only where there are words."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        return event.matches(QKeySequence.StandardKey.Paste) and self.paste()

    def can_paste(self) -> bool:
        """Tell whether a picture seems to be in the clipboard."""
        return may_hold_pictures(clipboard_data())

    def paste(self) -> bool:
        """Take the pictures; tell whether no words are left for the field."""
        data = clipboard_data()
        return self._take(data) and not has_words(data)
