"""Find and replace over the whole course."""

from functools import cache

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from app.session.replace import Hit, Query, find, replace
from app.ui.author_tools.base import ToolContext, ToolDialog, action_button
from app.ui.author_tools.review_list import ReviewList, Row
from app.ui.widgets import label

_AFTER_MS = 150
MOST_SHOWN = 2000
"""Hits shown at once; the count names them all, and replacing all replaces all that are ticked or not shown."""


class FindDialog(ToolDialog):
    """What is looked for, what takes its place, and every hit with its place."""

    def __init__(self, tools: ToolContext, parent: QWidget) -> None:
        super().__init__(tools, "find", parent)
        self._hits: tuple[Hit, ...] = ()
        self._needle = QLineEdit()
        self._replacement = QLineEdit()
        self._case = QCheckBox(self.ui.t("tools.find.case"))
        self._word = QCheckBox(self.ui.t("tools.find.word"))
        grid = QGridLayout()
        words = (self.ui.t("tools.find.needle"), self.ui.t("tools.find.replacement"))
        for row, (caption, edit) in enumerate(zip(words, (self._needle, self._replacement), strict=True)):
            edit.setAccessibleName(caption)
            grid.addWidget(label(caption, "label"), row, 0)
            grid.addWidget(edit, row, 1)
        grid.setColumnStretch(1, 1)
        self.column.addLayout(grid)
        options = QHBoxLayout()
        options.addWidget(self._case)
        options.addWidget(self._word)
        options.addStretch(1)
        self.column.addLayout(options)
        self._list = ReviewList(
            tools.ui, self.ui.t("tools.find.hits"), (self.ui.t("tools.column.place"), self.ui.t("tools.column.text"))
        )
        self._list.header().resizeSection(0, 300)
        self.column.addWidget(self._list, 1)
        self._one = action_button(self.ui.t("tools.find.replace_one"), self._replace_one)
        self._all = action_button(self.ui.t("tools.find.replace_all"), self._replace_ticked, primary=True)
        self.add_foot(self._one, self._all)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AFTER_MS)
        self._timer.timeout.connect(self._look)
        self._needle.textChanged.connect(lambda _: self._wait())
        self._needle.returnPressed.connect(self._look)
        self._case.toggled.connect(lambda _: self._look())
        self._word.toggled.connect(lambda _: self._look())
        self._list.path_chosen.connect(tools.reveal)
        self._list.ticks_changed.connect(self._show_able)
        tools.open_course.changed.connect(self._timer.start)
        self._look()
        self._needle.setFocus()

    def _wait(self) -> None:
        """Replace nothing until the hits of the words that stand there now are shown."""
        for button in (self._one, self._all):
            button.setEnabled(False)
        self._timer.start()

    def _look(self) -> None:
        """Search again, after a pause in typing; the ticks of hits that stayed are kept."""
        self._timer.stop()
        row = self._list.current_row()
        unticked = self._unticked()
        query = Query(self._needle.text(), self._case.isChecked(), self._word.isChecked())
        self._hits = find(self.tools.open_course.course, query)
        name = cache(self.tools.place)  # a text with many hits is named once
        self._list.show_rows(
            Row(
                name(hit.path),
                (((hit.before, False), (hit.found, True), (hit.after, False)),),
                hit.path,
                (hit.path, hit.before) not in unticked,
            )
            for hit in self._hits[:MOST_SHOWN]
        )
        if row is not None:
            self._list.choose(min(row, len(self._hits) - 1))
        self._say_count()

    def _unticked(self) -> set[tuple[str, str]]:
        ticked = set(self._list.ticked())
        shown = self._hits[:MOST_SHOWN]
        return {(hit.path, hit.before) for row, hit in enumerate(shown) if row not in ticked}

    def _say_count(self) -> None:
        if not self._needle.text():
            self.say(self.ui.t("tools.find.begin"))
        elif not self._hits:
            self.say(self.ui.t("tools.find.none"))
        else:
            places = len({hit.path for hit in self._hits})
            count = len(self._hits)
            if count <= MOST_SHOWN:
                self.say(self.ui.t("tools.find.count", n=count, places=places))
            else:
                self.say(self.ui.t("tools.find.count_first", n=count, places=places, shown=MOST_SHOWN))

    def _show_able(self) -> None:
        able = bool(self._hits) and not self.tools.open_course.read_only
        self._one.setEnabled(able)
        self._all.setEnabled(able and bool(self._list.ticked()))

    def _replace_one(self) -> None:
        row = self._list.current_row() or 0
        self._put([self._hits[row]])

    def _replace_ticked(self) -> None:
        chosen = [self._hits[row] for row in self._list.ticked()]
        self._put([*chosen, *self._hits[MOST_SHOWN:]])

    def _put(self, hits: list[Hit]) -> None:
        text = self._replacement.text()
        step = self.ui.t("tools.find.step", old=hits[0].found, new=text)
        self.tools.open_course.apply(step, lambda course: replace(course, hits, text))
        self._look()
        self.say(self.ui.t("tools.find.done", n=len(hits)), "good")
