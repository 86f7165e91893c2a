"""Ready texts from the course's own data: weekly messages, forum topics, questionnaires, the word on certificates."""

from PySide6.QtWidgets import QPlainTextEdit, QSplitter, QWidget

from app.model.views import text_length
from app.session.drafts import Draft, apply_drafts, drafts
from app.ui.author_tools.base import ToolContext, ToolDialog, action_button
from app.ui.author_tools.review_list import ReviewList, Row, plain
from app.ui.widgets import resize_within_screen


class DraftsDialog(ToolDialog):
    """Every draft beside what stands there now; those of empty places are ticked."""

    def __init__(self, tools: ToolContext, parent: QWidget) -> None:
        super().__init__(tools, "drafts", parent)
        ui = self.ui
        self._drafts: tuple[Draft, ...] = ()
        columns = (ui.t("tools.column.place"), ui.t("tools.column.before"), ui.t("tools.drafts.draft"))
        self._list = ReviewList(ui, ui.t("tools.drafts.list"), columns)
        self._list.ticks_changed.connect(self._show_able)
        self._list.currentItemChanged.connect(lambda *_: self._show_whole())
        self._whole = QPlainTextEdit()
        self._whole.setReadOnly(True)
        self._whole.setAccessibleName(ui.t("tools.drafts.whole"))
        splitter = QSplitter()
        splitter.addWidget(self._list)
        splitter.addWidget(self._whole)
        splitter.setSizes([600, 300])
        splitter.setChildrenCollapsible(False)
        self.ui.remember(splitter, "drafts_dialog")
        self.column.addWidget(splitter, 1)
        self._set = action_button(ui.t("tools.drafts.set"), self._apply, primary=True)
        self.add_foot(self._set)
        resize_within_screen(self, 980, 560)
        tools.open_course.changed.connect(self._look)
        self._look()

    def _look(self) -> None:
        opened = self.tools.open_course
        self._drafts = drafts(opened.course, opened.regulation, self.ui.texts)
        self._list.show_rows(
            Row(self._place(one), (plain(_line(one.before)), plain(_line(one.after))), one.path, not one.before)
            for one in self._drafts
        )
        empty = sum(not one.before for one in self._drafts)
        if empty:
            self.say(self.ui.t("tools.drafts.count", n=empty))
        else:
            self.say(self.ui.t("tools.drafts.all_there"), "good")
        self._list.choose(0)

    def _place(self, one: Draft) -> str:
        if one.path in ("surveys/entry", "surveys/exit"):
            when = one.path.partition("/")[2]
            return self.ui.t(f"choice.SurveyWhen.{when}")
        return self.tools.place(one.path)

    def _show_whole(self) -> None:
        row = self._list.current_row()
        if row is None:
            return
        text = self._drafts[row].after
        parts = text.split("; ") if self._drafts[row].path.startswith("surveys") else [text]
        self._whole.setPlainText("\n".join([*parts, "", self.ui.t("tools.drafts.length", n=text_length(text))]))

    def _show_able(self) -> None:
        self._set.setEnabled(bool(self._list.ticked()) and not self.tools.open_course.read_only)

    def _apply(self) -> None:
        chosen = [self._drafts[row] for row in self._list.ticked()]
        step = self.ui.t("tools.drafts.step")
        self.tools.open_course.apply(step, lambda course: apply_drafts(course, chosen))
        self.say(self.ui.t("tools.drafts.done", n=len(chosen)), "good")


def _line(text: str) -> str:
    return " ".join(text.split())
