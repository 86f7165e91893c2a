"""How fast the editor of the test bank is with many questions.

    uv run python benchmarks/bank_window.py [questions]

Prints milliseconds: opening the page, the longest turn while scrolling through the whole list, while typing into the
filter, while typing into a question, and while holding the arrow key; then choosing and deleting a thousand questions
at once. The faults of the bank are looked for beside the window's thread; how long that takes is printed too. A turn
under 100 ms is not felt as a pause. The processor time of the window's own thread is told apart: on a busy machine the
rest is waiting for others.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTableView, QWidget

from app.model.texts import Lang
from app.sample import sample_course
from app.session.bank_index import Judgement, judge_bank
from app.session.wizard import Step
from app.storage.regulation_file import load_regulation
from app.storage.texts_file import load_texts
from app.ui.course_screen import CourseScreen
from app.ui.main_window import MainWindow
from app.ui.preferences import Preferences
from benchmarks.questions import bank

_TEXTS = load_texts()
_LANG = Lang.EN


def main() -> int:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    questions = tuple(bank(count))
    regulation = load_regulation()
    start_s = time.process_time()
    judge_bank(questions, Judgement(), regulation.limits["question_options"])
    print(f"{count} questions")
    print(f"looking for faults, repetitions too, processor time: {(time.process_time() - start_s) * 1000:.0f} ms")
    with tempfile.TemporaryDirectory() as name:
        preferences = Preferences(Path(name) / "settings")
        preferences.language = _LANG
        window = MainWindow(_TEXTS, regulation, preferences)
        window.resize(1366, 768)
        window.show()
        window.create_course(Path(name) / "course", sample_course().model_copy(update={"test_bank": questions}))
        screen = window.screen_shown
        assert isinstance(screen, CourseScreen)
        app.processEvents()
        start_s = time.perf_counter()
        screen.go_to(Step.TEST_BANK)
        app.processEvents()
        print(f"opening the page: {_since_ms(start_s):.0f} ms")
        _settle(app, 12.0)
        _work(app, screen.page(Step.TEST_BANK))
        window.close()
    return 0


def _work(app: QApplication, page: QWidget) -> None:
    view = _named(page, QTableView, "bank.list")
    bar = view.verticalScrollBar()

    def scroll_to(place: int) -> None:
        bar.setValue(bar.maximum() * place // 200)

    _told("scrolling through the list", app, [lambda place=place: scroll_to(place) for place in range(201)])
    view.setFocus()
    _told("holding the arrow key", app, [lambda: QTest.keyClick(view, Qt.Key.Key_Down)] * 60)
    needle = _named(page, QLineEdit, "bank.filter")
    _told("typing into the filter", app, [lambda letter=letter: needle.insert(letter) for letter in "нат ма те"])
    _told("clearing the filter", app, [needle.clear])
    option = _named(page, QPlainTextEdit, "bank.option", letter="A")
    _told("typing into a question", app, [lambda: option.insertPlainText("x")] * 40)
    model = view.model()
    thousand = QItemSelection(model.index(0, 0), model.index(999, 0))
    flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
    _told("choosing a thousand", app, [lambda: view.selectionModel().select(thousand, flag)])
    view.setFocus()
    _told("deleting a thousand", app, [lambda: QTest.keyClick(view, Qt.Key.Key_Delete)])


def _named(page: QWidget, kind: type, key: str, **values: object):  # noqa: ANN202 - the kind that was asked for
    name = _TEXTS.get(f"ui.{key}", _LANG, **values)
    return next(w for w in page.findChildren(kind) if w.accessibleName() == name and w.isVisible())


def _told(what: str, app: QApplication, deeds: list[Callable[[], object]]) -> None:
    turns_ms: list[float] = []
    own_ms: list[float] = []
    for deed in deeds:
        start_s, own_s = time.perf_counter(), time.thread_time()
        deed()
        app.processEvents()
        turns_ms.append(_since_ms(start_s))
        own_ms.append((time.thread_time() - own_s) * 1000)
    turns_ms.sort()
    own_ms.sort()
    middle = len(turns_ms) // 2
    print(
        f"{what}: longest {turns_ms[-1]:.0f} ms, median {turns_ms[middle]:.0f} ms of {len(turns_ms)};"
        f" of that the window's thread itself {own_ms[-1]:.0f} ms, median {own_ms[middle]:.0f} ms"
    )


def _settle(app: QApplication, seconds: float) -> None:
    end_s = time.perf_counter() + seconds
    while time.perf_counter() < end_s:
        app.processEvents()
        time.sleep(0.005)


def _since_ms(start_s: float) -> float:
    return (time.perf_counter() - start_s) * 1000


if __name__ == "__main__":
    sys.exit(main())
