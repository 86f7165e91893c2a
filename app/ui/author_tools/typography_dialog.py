"""Quotes and dashes of one kind, in one step."""

from PySide6.QtWidgets import QWidget

from app.session.differences import excerpts
from app.session.typography import Repair, apply_repairs, repairs
from app.ui.author_tools.base import ToolContext, ToolDialog, action_button
from app.ui.author_tools.review_list import ReviewList, Row, plain


class TypographyDialog(ToolDialog):
    """Every text that would change, before and after."""

    def __init__(self, tools: ToolContext, parent: QWidget) -> None:
        super().__init__(tools, "typography", parent)
        columns = (self.ui.t("tools.column.place"), self.ui.t("tools.column.before"), self.ui.t("tools.column.after"))
        self._repairs: tuple[Repair, ...] = ()
        self._list = ReviewList(tools.ui, self.ui.t("tools.typography.list"), columns)
        self._list.path_chosen.connect(tools.reveal)
        self._list.ticks_changed.connect(self._show_able)
        self.column.addWidget(self._list, 1)
        self._do = action_button(self.ui.t("tools.typography.do"), self._repair, primary=True)
        self.add_foot(self._do)
        tools.open_course.changed.connect(self._look)
        self._look()

    def _look(self) -> None:
        self._repairs = repairs(self.tools.open_course.course)
        rows = []
        for repair in self._repairs:
            before, after = excerpts(repair.before, repair.after)
            rows.append(Row(self.tools.place(repair.path), (plain(before), plain(after)), repair.path))
        self._list.show_rows(rows)
        if self._repairs:
            self.say(self.ui.t("tools.typography.count", n=len(self._repairs)))
        else:
            self.say(self.ui.t("tools.typography.none"), "good")

    def _show_able(self) -> None:
        self._do.setEnabled(bool(self._list.ticked()) and not self.tools.open_course.read_only)

    def _repair(self) -> None:
        chosen = [self._repairs[row] for row in self._list.ticked()]
        self.tools.open_course.apply(self.ui.t("tools.typography.step"), lambda course: apply_repairs(course, chosen))
