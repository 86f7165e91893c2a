"""Terms for the glossary: suggested from the author's own texts, or taken from a table."""

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPlainTextEdit, QTabWidget, QVBoxLayout, QWidget

from app.formats.form_reader import FormFileError
from app.formats.tables import Rows, rows_of_csv, rows_of_docx, rows_of_text, terms_of
from app.formats.word_package import WordFileError
from app.session.glossary_terms import TermSuggestion, add_table, add_terms, suggest_terms
from app.ui.author_tools.base import ToolContext, ToolDialog, action_button
from app.ui.author_tools.review_list import ReviewList, Row, plain
from app.ui.widgets import label, resize_within_screen

_AFTER_MS = 250


class GlossaryDialog(ToolDialog):
    """Two ways to terms, each with boxes to tick; what is ticked is added in one step."""

    def __init__(self, tools: ToolContext, parent: QWidget) -> None:
        super().__init__(tools, "glossary", parent)
        ui = self.ui
        self._suggestions: tuple[TermSuggestion, ...] = ()
        self._pairs: tuple[tuple[str, str], ...] = ()
        self._found = ReviewList(
            ui,
            ui.t("tools.glossary.suggestions"),
            (ui.t("tools.glossary.term"), ui.t("tools.glossary.count"), ui.t("tools.glossary.context")),
        )
        self._found.keep_narrow(1)
        self._found.path_chosen.connect(tools.reveal)
        self._table = ReviewList(
            ui, ui.t("tools.glossary.table"), (ui.t("tools.glossary.term"), ui.t("tools.glossary.definition"))
        )
        self._text = QPlainTextEdit()
        self._text.setAccessibleName(ui.t("tools.glossary.paste"))
        self._text.setPlaceholderText(ui.t("tools.glossary.paste"))
        self._text.setTabChangesFocus(False)
        self._text.setMaximumHeight(120)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AFTER_MS)
        self._timer.timeout.connect(self._read_text)
        self._text.textChanged.connect(self._timer.start)
        self._tabs = QTabWidget()
        self._tabs.addTab(self._found, ui.t("tools.glossary.suggestions"))
        self._tabs.addTab(self._table_tab(), ui.t("tools.glossary.table"))
        self.ui.remember(self._tabs, "glossary_dialog")
        self._tabs.currentChanged.connect(lambda _: self._show_current())
        self.column.addWidget(self._tabs, 1)
        self._add = action_button(ui.t("tools.glossary.add"), self._apply, primary=True)
        self.add_foot(self._add)
        for view in (self._found, self._table):
            view.ticks_changed.connect(self._show_able)
        resize_within_screen(self, 860, 600)
        self._show_able()
        self._look()

    def read_file(self, path: Path) -> None:
        """Read a table of terms from a document or a CSV file."""

        def job() -> Rows:
            try:
                data = path.read_bytes()
                return rows_of_docx(data) if path.suffix.lower() == ".docx" else rows_of_csv(data)
            except WordFileError as error:
                raise FormFileError("form_broken") from error
            except OSError as error:
                raise FormFileError("form_unreadable", path=path, problem=error.strerror or error) from error

        self.run("glossary table", job, self._show_table)

    def _table_tab(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        row = QHBoxLayout()
        row.addWidget(label(self.ui.t("tools.glossary.table_note"), "muted"), 1)
        row.addWidget(action_button(self.ui.t("tools.glossary.choose"), self._ask_file))
        column.addLayout(row)
        column.addWidget(self._text)
        column.addWidget(self._table, 1)
        return page

    def _look(self) -> None:
        course = self.tools.open_course.course
        self.say(self.ui.t("tools.glossary.looking"))
        self.run("glossary", lambda: suggest_terms(course), self._show_suggestions)

    def _show_suggestions(self, found: tuple[TermSuggestion, ...]) -> None:
        self._suggestions = found
        self._found.show_rows(
            Row(one.term, (plain(str(one.count)), plain(one.definition or one.context)), one.path, ticked=False)
            for one in found
        )
        self.say(
            self.ui.t("tools.glossary.found", n=len(found)) if found else self.ui.t("tools.glossary.nothing_found")
        )

    def _read_text(self) -> None:
        self._show_table(rows_of_text(self._text.toPlainText()))

    def _show_table(self, rows: Rows) -> None:
        self._pairs = terms_of(rows)
        self._table.show_rows(Row(term, (plain(definition),)) for term, definition in self._pairs)
        self.say(self.ui.t("tools.glossary.found", n=len(self._pairs)))

    def _current(self) -> ReviewList:
        return self._found if self._tabs.currentIndex() == 0 else self._table

    def _show_current(self) -> None:
        if self._current() is self._table:
            self.say(self.ui.t("tools.glossary.found", n=len(self._pairs)))
        elif self._suggestions:
            self.say(self.ui.t("tools.glossary.found", n=len(self._suggestions)))
        self._show_able()

    def _show_able(self) -> None:
        self._add.setEnabled(bool(self._current().ticked()) and not self.tools.open_course.read_only)

    def _apply(self) -> None:
        rows = self._current().ticked()
        step = self.ui.t("tools.glossary.step")
        before = len(self.tools.open_course.course.glossary)
        if self._current() is self._found:
            chosen = [self._suggestions[row] for row in rows]
            self.tools.open_course.apply(step, lambda course: add_terms(course, chosen))
            left = tuple(one for one in self._suggestions if one not in chosen)
            self._show_suggestions(left)
        else:
            pairs = [self._pairs[row] for row in rows]
            self.tools.open_course.apply(step, lambda course: add_table(course, pairs))
            with QSignalBlocker(self._text):  # reading the empty field would wipe out what is said below
                self._text.clear()
            self._show_table(())
        added = len(self.tools.open_course.course.glossary) - before
        self.say(self.ui.t("tools.glossary.done", n=added), "good")

    def _ask_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self,
            self.ui.t("tools.glossary.choose"),
            str(self.tools.open_course.folder.parent),
            "(*.docx *.csv *.tsv *.txt)",
        )
        if chosen:
            self.read_file(Path(chosen))
