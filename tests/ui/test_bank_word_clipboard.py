"""A test of twenty questions as Word puts it into the clipboard: lists, tables, bold keys, pictures, odd blanks."""

import base64
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTableView

from app.ui.main_window import MainWindow
from app.ui.pages.bank.import_dialog import ImportDialog
from tests.ui.conftest import Until
from tests.ui.hands import named, press, say
from tests.ui.test_bank_page import Bank
from tests.ui.test_bank_windows import dialog, small

HEAD = (
    '<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"><head>'
    "<meta http-equiv=Content-Type content='text/html; charset=utf-8'><meta name=Generator content='Microsoft Word 15'>"
    "<!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]-->"
    "<style><!-- @font-face {font-family:Calibri;} p.MsoNormal {margin:0cm;} --></style></head>"
    "<body lang=RU style='tab-interval:35.4pt'><!--StartFragment-->"
)
TAIL = "<!--EndFragment--></body></html>"
LETTERS = "ABCDE"
ENDINGS = ("өседі", "төмендейді", "екі есе", "тұрақты", "қымбат")


def picture(colour: str) -> bytes:
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(content.data())


def listed(level: int, number: str, words: str) -> str:
    """Return a paragraph of an automatic list as Word writes it."""
    return (
        f"<p class=MsoListParagraphCxSpMiddle style='margin-left:{36 * level}.0pt;text-indent:-18.0pt;"
        f"mso-list:l0 level{level} lfo1'><![if !supportLists]><span style='mso-bidi-font-family:Calibri'>"
        f"<span style='mso-list:Ignore'>{number}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp;&nbsp;"
        f"</span></span></span><![endif]><span lang=RU>{words}<o:p></o:p></span></p>"
    )


def plain(words: str) -> str:
    return f"<p class=MsoNormal><span lang=RU style='font-size:12.0pt'>{words}<o:p></o:p></span></p>"


def question(number: int, stem: str, options: list[str], key: int, style: str) -> str:
    """Return a question in one of the ways in which people type it."""
    if style == "list":
        marked = [f"<b>{option}</b>" if place == key else option for place, option in enumerate(options)]
        return listed(1, f"{number}.", stem) + "".join(
            listed(2, f"{LETTERS[place]})", option) for place, option in enumerate(marked)
        )
    if style == "nbsp":
        return plain(f"{number}.&nbsp;{stem}") + "".join(
            plain(f"{'*' if place == key else ''}{LETTERS[place]})&nbsp;{option}")
            for place, option in enumerate(options)
        )
    if style == "table":
        marked = [f"<b>{option}</b>" if place == key else option for place, option in enumerate(options)]
        rows = "".join(
            f"<tr><td>{plain(LETTERS[place] + ')')}</td><td>{plain(option)}</td></tr>"
            for place, option in enumerate(marked)
        )
        return plain(f"{number}. {stem}") + f"<table class=MsoTableGrid border=1>{rows}</table>"
    lines = "<br>".join(
        f"{LETTERS[place]}. {f'<u>{option}</u>' if place == key else option}" for place, option in enumerate(options)
    )
    return plain(f"{number}. {stem}<br>{lines}")


def test_twenty_questions_come_out_of_word(window: MainWindow, tmp_path: Path, until: Until) -> None:
    stored = tmp_path / "image001.png"
    stored.write_bytes(picture("red"))
    inline = base64.b64encode(picture("blue")).decode()
    stems = [f"Баға {number} қалай өзгереді?" for number in range(1, 21)]
    shown = list(stems)
    shown[2] = stems[2].replace("өзгереді", "өзге\u00adреді")
    shown[4] += f'<![if !vml]><img width=40 height=20 src="{stored.as_uri()}" v:shapes="_x0000_i1025"><![endif]>'
    shown[9] += f'<img src="data:image/png;base64,{inline}" alt="blue">'
    shown[14] += '<img src="file:///C:/Users/lecturer/AppData/Local/Temp/msohtmlclip1/01/clip_image002.png">'
    shown[6] = stems[6].replace("Баға 7", "Баға&nbsp;7 (x<sup>2</sup>)")
    styles = ["list", "nbsp", "table", "breaks"]
    body = []
    for place, stem in enumerate(shown):
        options = [f"{place + 1}-баға {letter}" for letter in ENDINGS]
        key = place % 5
        text = question(place + 1, stem, options, key, styles[place // 5])
        if place == 7:
            text = text.replace("*", "")  # no key
        if place == 12:
            text = text.replace("13-баға қымбат", "13-баға тұрақты")  # two equal options
        body.append(text)
    note = plain("&nbsp;") + plain("Құрастырған: Ахметов А.") + plain("Кафедра меңгерушісі: Омарова Б.")
    html = (
        HEAD
        + plain("<b>Экономика пәнінен тест</b>")
        + "".join(body[:10])
        + plain("2-нұсқа")
        + "".join(body[10:])
        + note
        + TAIL
    )
    bank = Bank(window, tmp_path / "course", small())
    data = QMimeData()
    data.setHtml(html)
    data.setText("Экономика пәнінен тест")
    QApplication.clipboard().setMimeData(data)
    bank.view.setFocus()
    QTest.keyClick(bank.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QApplication.clipboard().clear()
    review = dialog(bank, ImportDialog, until)
    told = " ".join(words.text() for words in review.findChildren(QLabel))
    for line in ("2-нұсқа", "Құрастырған: Ахметов А.", "Кафедра меңгерушісі: Омарова Б.", "Экономика пәнінен тест"):
        assert f"«{line}»" in told
    table = named(review, QTableView, say("bank.import_list"))
    states = [str(table.model().index(row, 1).data()) for row in range(table.model().rowCount())]
    wanted = dict.fromkeys(range(20), "ready") | {2: "repaired", 7: "incomplete", 14: "incomplete"}
    assert states == [say(f"bank.import_status.{wanted[row]}") for row in range(20)]
    table.selectRow(7)
    take_all = next(b for b in review.findChildren(QPushButton) if b.text() == say("bank.import_take_all"))
    QTest.mouseClick(take_all, Qt.MouseButton.LeftButton)
    press(review, say("bank.import_take", n=20))
    until(lambda: len(bank.questions) == 20)
    wanted_options = [tuple(f"{number}-баға {letter}" for letter in ENDINGS) for number in range(1, 21)]
    wanted_options[12] = (*wanted_options[12][:4], wanted_options[12][3])
    assert [q.options for q in bank.questions] == wanted_options
    assert [q.correct for q in bank.questions] == [(place % 5,) if place != 7 else () for place in range(20)]
    wanted_stems = list(stems)
    wanted_stems[6] = "Баға\u00a07 (x²) қалай өзгереді?"
    assert [q.stem for q in bank.questions] == wanted_stems
    assert [len(q.pictures) for q in bank.questions] == [int(place in (4, 9)) for place in range(20)]
    assert bank.questions[9].pictures[0].alt == "blue"
    bank.open.store.undo()
    assert bank.questions == ()
