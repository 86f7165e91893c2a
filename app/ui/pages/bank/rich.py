"""Text of a question as HTML for Qt: formulas drawn, pictures in their place, everything else to the letter."""

import html
from collections.abc import Mapping
from functools import lru_cache

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

from app.formats.formula_drawing import formula_svg
from app.formats.tex import pieces
from app.model.tasks import Question
from app.ui.context import UiContext

_SHARPNESS = 3
"""Pixels for each point, so that a formula is sharp on a screen of twice the density too."""
_WIDEST_PICTURE_PX = 420
_FORMULA_PT = 18.0


def rich_text(ui: UiContext, text: str) -> str:
    """Return a text with its formulas as pictures; one that cannot be drawn stays as it is written, in red."""
    parts: list[str] = []
    for piece in pieces(text):
        if not piece.formula:
            parts.append(html.escape(piece.text).replace("\n", "<br>"))
            continue
        drawn = _formula(piece.text, ui.theme.text)
        shown = drawn or f'<span style="color:{ui.theme.bad}">{html.escape(piece.text)}</span>'
        parts.append(f"<br>{shown}<br>" if piece.own_line else shown)
    return "".join(parts)


def with_pictures(ui: UiContext, question: Question, option: int | None, pictures: Mapping[str, bytes]) -> str:
    """Return the stem, or an option, with what belongs to it.

    Args:
        ui: texts and colours.
        question: the question.
        option: position of the option; None for the stem.
        pictures: contents of the course's pictures by their path.
    """
    text = question.stem if option is None else question.options[option]
    parts = [rich_text(ui, text)]
    for picture in question.pictures:
        if picture.option == option:
            drawn = _picture(pictures.get(picture.file.path, b""), picture.alt)
            parts.append(drawn or f"[{html.escape(picture.alt or ui.t('bank.picture_missing'))}]")
    return "<br>".join(part for part in parts if part)


@lru_cache(maxsize=500)
def _formula(latex: str, colour: str) -> str | None:
    svg = formula_svg(latex, _FORMULA_PT, colour)
    renderer = QSvgRenderer(QByteArray((svg or "").encode()))
    if svg is None or not renderer.isValid():
        return None
    size = renderer.defaultSize()
    image = QImage(size * _SHARPNESS, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(image.rect()))
    painter.end()
    return _tag(image, size.width(), size.height(), latex)


@lru_cache(maxsize=50)
def _picture(data: bytes, alt: str) -> str | None:
    image = QImage.fromData(QByteArray(data))
    if image.isNull():
        return None
    width = min(image.width(), _WIDEST_PICTURE_PX)
    return _tag(image, width, max(1, round(image.height() * width / image.width())), alt)


def _tag(image: QImage, width_px: int, height_px: int, alt: str) -> str:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    data = content.toBase64().toStdString()
    return (
        f'<img src="data:image/png;base64,{data}" width="{width_px}" height="{height_px}"'
        f' style="vertical-align:middle" alt="{html.escape(alt)}">'
    )
