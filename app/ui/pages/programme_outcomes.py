"""Outcomes on two levels: ticked against lessons, tasks and course outcomes, with the chosen one's fields below."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QPushButton, QSplitter, QTableView, QVBoxLayout, QWidget

from app.model.base import new_id
from app.model.finding import Finding
from app.model.structure import Outcome, OutcomeKind, OutcomeScope
from app.model.views import course_outcomes
from app.session.edit import insert
from app.session.outcome_matrix import Line, MatrixKind, OutcomeMatrix, outcome_matrix, with_tick
from app.session.structure import remove_outcome
from app.ui.context import UiContext
from app.ui.editing import CourseEditor
from app.ui.fields import ChoiceField, Field, LineField, TextField, enum_choices, outcome_choices
from app.ui.pages.base import FieldColumn
from app.ui.widgets import QuietComboBox, label

_Index = QModelIndex | QPersistentModelIndex
_MOST_LETTERS = 60
_LEAST_TEXT_PX, _TEXT_SHARE = 120, 0.44
_MARGIN_PX = 12
_LEAST_TABLE_PX = 170
"""Head, four rows and the scroll bar; where there is less room the view is scrolled."""


class MatrixModel(QAbstractTableModel):
    """Cells to tick; rows and columns without a tick stand out in colour, and their header says so."""

    def __init__(self, ui: UiContext, editor: CourseEditor) -> None:
        super().__init__()
        self._ui = ui
        self._editor = editor
        self._kind = MatrixKind.LESSONS
        self.matrix: OutcomeMatrix = outcome_matrix(editor.course, self._kind)

    def show(self, kind: MatrixKind) -> None:
        """Show another table, or the same as the course has it now."""
        fresh = outcome_matrix(self._editor.course, kind)
        if fresh == self.matrix:
            return
        same_shape = kind is self._kind and [[line.id for line in lines] for lines in (fresh.rows, fresh.columns)] == [
            [line.id for line in lines] for lines in (self.matrix.rows, self.matrix.columns)
        ]
        if same_shape:
            self.matrix = fresh
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
            return
        self.beginResetModel()
        self._kind, self.matrix = kind, fresh
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return the number of outcomes."""
        return 0 if parent is not None and parent.isValid() else len(self.matrix.rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        """Return the number of lessons, tasks or course outcomes."""
        return 0 if parent is not None and parent.isValid() else len(self.matrix.columns)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let open cells be ticked."""
        row, column = self._lines(index)
        flags = Qt.ItemFlag.ItemIsSelectable
        if self.matrix.is_open(row, column):
            flags |= Qt.ItemFlag.ItemIsEnabled
            if not self._editor.read_only:
                flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        """Return a cell's tick, colour and words."""
        row, column = self._lines(index)
        ticked = (row.id, column.id) in self.matrix.ticked
        if role == Qt.ItemDataRole.CheckStateRole:
            if not ticked and not self.matrix.is_open(row, column):
                return None
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.BackgroundRole:
            empty = not self.matrix.row_count(row) or not self.matrix.column_count(column)
            if not self.matrix.is_open(row, column):
                return QColor(self._ui.theme.raised)
            return QColor(self._ui.theme.warn_soft) if empty else None
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.number} {row.text}\n{column.number} {column.text}"
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ANN401
        """Tick or clear a cell; one undo step."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        row, column = self._lines(index)
        ticked = Qt.CheckState(value) is Qt.CheckState.Checked
        kind = self._kind
        self._editor.apply(
            self._ui.t("undo.tick", outcome=row.number, column=column.number),
            lambda course: with_tick(course, kind, row.id, column.id, ticked=ticked),
        )
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        """Return number and text; the colour of what has no tick."""
        across = orientation is Qt.Orientation.Horizontal
        lines = self.matrix.columns if across else self.matrix.rows
        if section >= len(lines):
            return None
        line = lines[section]
        count = self.matrix.column_count(line) if across else self.matrix.row_count(line)
        if role == Qt.ItemDataRole.DisplayRole:
            return line.number if across else f"{line.number}  {_shortened(line.text)}"
        if role == Qt.ItemDataRole.ForegroundRole:
            return None if count else QColor(self._ui.theme.warn)
        if role == Qt.ItemDataRole.ToolTipRole:
            words = line.text or self._ui.t("programme.untitled")
            return f"{line.number}  {words}\n{self._ui.t('matrix.count', count=count)}"
        if role == Qt.ItemDataRole.TextAlignmentRole and not across:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def _lines(self, index: _Index) -> tuple[Line, Line]:
        return self.matrix.rows[index.row()], self.matrix.columns[index.column()]


class OutcomesView(QWidget):
    """The table above, the chosen outcome's fields below."""

    def __init__(self, ui: UiContext, editor: CourseEditor) -> None:
        super().__init__()
        self.ui = ui
        self.editor = editor
        self._findings: Sequence[Finding] = ()
        self._chosen: str | None = None
        self._form: FieldColumn | None = None
        self._kind = QuietComboBox()
        self._kind.setAccessibleName(ui.t("matrix.kind"))
        for kind in MatrixKind:
            self._kind.addItem(ui.t(f"matrix.{kind.value}"), kind.value)
        self._kind.activated.connect(lambda _: self._show_matrix())
        self._model = MatrixModel(ui, editor)
        self._table = QTableView()
        self._table.setModel(self._model)
        self._table.setAccessibleName(ui.t("matrix.name"))
        self._table.setTabKeyNavigation(False)
        self._table.setMinimumHeight(_LEAST_TABLE_PX)
        across, down = self._table.horizontalHeader(), self._table.verticalHeader()
        across.setDefaultSectionSize(44)
        across.setMinimumSectionSize(44)
        for header in (across, down):
            header.setHighlightSections(False)
        down.setTextElideMode(Qt.TextElideMode.ElideRight)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.sectionClicked.connect(self._choose_row)
        self._table.selectionModel().currentChanged.connect(lambda current, _: self._choose_row(current.row()))
        self._sum = label("", "muted")
        self._add_course = QPushButton(ui.t("matrix.add_course"))
        self._add_module = QPushButton(ui.t("matrix.add_module"))
        self._delete = QPushButton(ui.t("matrix.remove"))
        self._add_course.clicked.connect(lambda: self._add(OutcomeScope.COURSE))
        self._add_module.clicked.connect(lambda: self._add(OutcomeScope.MODULE))
        self._delete.clicked.connect(self._remove)
        head = QHBoxLayout()
        head.addWidget(label(ui.t("matrix.kind"), "label"))
        head.addWidget(self._kind, 1)
        buttons = QHBoxLayout()
        for button in (self._add_module, self._add_course, self._delete):
            buttons.addWidget(button)
        buttons.addStretch(1)
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(_MARGIN_PX, 8, _MARGIN_PX, 0)
        column.addLayout(head)
        column.addWidget(self._sum)
        column.addWidget(self._table, 1)
        column.addLayout(buttons)
        lower = QWidget()
        self._below = QVBoxLayout(lower)
        self._below.setContentsMargins(0, 0, 0, 0)
        self._hint = label(ui.t("matrix.choose"), "muted")
        self._hint.setContentsMargins(14, 10, 14, 10)
        self._below.addWidget(self._hint, 0, Qt.AlignmentFlag.AlignTop)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(upper)
        splitter.addWidget(lower)
        splitter.setSizes([340, 220])
        splitter.setCollapsible(0, False)
        ui.remember(splitter, "programme_outcomes")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the greater part of the width to the cells."""
        super().resizeEvent(event)
        self._table.verticalHeader().setMaximumWidth(max(_LEAST_TEXT_PX, round(self.width() * _TEXT_SHARE)))
        self._keep_sum_whole()

    def refresh(self) -> None:
        """Show the table and the fields as the course has them now."""
        self._show_matrix()
        known = {outcome.id for outcome in self.editor.course.outcomes}
        if self._chosen not in known:
            self._show_fields(None)
        if self._form is not None:
            self._form.refresh()
        writable = not self.editor.read_only
        self._add_course.setEnabled(writable)
        self._add_module.setEnabled(writable and bool(self.editor.course.modules))
        self._delete.setEnabled(writable and self._chosen is not None)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Mark the fields of the chosen outcome."""
        self._findings = findings
        if self._form is not None:
            self._form.show_findings(findings)

    def reveal(self, element: str) -> bool:
        """Choose an outcome's row and focus its field; the table itself where no outcome is named."""
        parts = element.split("/")
        if len(parts) > 1 and any(outcome.id == parts[1] for outcome in self.editor.course.outcomes):
            self._select(parts[1])
            if self._form is not None:
                return self._form.reveal(element) or self._form.reveal_first()
        (self._table if self.editor.course.outcomes else self._add_course).setFocus()
        return True

    def show_kind(self, kind: MatrixKind) -> None:
        """Show another table."""
        self._kind.setCurrentIndex(list(MatrixKind).index(kind))
        self._show_matrix()

    def _show_matrix(self) -> None:
        kind = MatrixKind(self._kind.currentData())
        self._model.show(kind)
        matrix = self._model.matrix
        rows = sum(not matrix.row_count(line) for line in matrix.rows)
        columns = sum(not matrix.column_count(line) for line in matrix.columns)
        if matrix.rows and matrix.columns:
            self._sum.setText(self.ui.t("matrix.sum", rows=rows, columns=columns))
        else:
            self._sum.setText(self.ui.t("matrix.empty"))
        self._keep_sum_whole()

    def _keep_sum_whole(self) -> None:
        """Say how high the words are in their width: a splitter does not ask and cuts the buttons below."""
        self._sum.setMinimumHeight(self._sum.heightForWidth(max(1, self.width() - 2 * _MARGIN_PX)))

    def _choose_row(self, row: int) -> None:
        if 0 <= row < len(self._model.matrix.rows):
            self._show_fields(self._model.matrix.rows[row].id)

    def _select(self, outcome_id: str) -> None:
        ids = [line.id for line in self._model.matrix.rows]
        if outcome_id in ids:
            row = ids.index(outcome_id)
            self._table.selectRow(row)
            if self._model.columnCount():
                self._table.setCurrentIndex(self._model.index(row, 0))
        self._show_fields(outcome_id)

    def _show_fields(self, outcome_id: str | None) -> None:
        if outcome_id == self._chosen and self._form is not None:
            return
        self._chosen = outcome_id
        self._delete.setEnabled(outcome_id is not None and not self.editor.read_only)
        self._hint.setVisible(outcome_id is None)
        old, self._form = self._form, None
        if outcome_id is not None:
            self._form = self._fields(outcome_id)
            self._form.show_findings(self._findings)
            self._below.addWidget(self._form)
            self._form.stand_whole()
        if old is not None:
            self._below.removeWidget(old)
            old.hide()
            old.deleteLater()

    def _fields(self, outcome_id: str) -> FieldColumn:
        ui, editor, path = self.ui, self.editor, f"outcomes/{outcome_id}"
        outcome = next(outcome for outcome in editor.course.outcomes if outcome.id == outcome_id)
        fields: list[Field] = [
            TextField(ui, editor, f"{path}/text", ui.t("field.outcome.text")),
            LineField(ui, editor, f"{path}/competence", ui.t("field.outcome.competence")),
            ChoiceField(ui, editor, f"{path}/kind", ui.t("field.outcome.kind"), enum_choices(ui, OutcomeKind)),
        ]
        if outcome.scope is OutcomeScope.MODULE:
            served = outcome_choices(ui, editor.course, course_outcomes(editor.course))
            fields.append(ChoiceField(ui, editor, f"{path}/parent_id", ui.t("field.outcome.parent_id"), served))
        column = FieldColumn(ui)
        column.group(ui.t("matrix.chosen"), fields)
        return column

    def _add(self, scope: OutcomeScope) -> None:
        course = self.editor.course
        module_id = None
        if scope is OutcomeScope.MODULE:
            chosen = next((o for o in course.outcomes if o.id == self._chosen), None)
            own = chosen.module_id if chosen is not None else None
            module_id = own or course.modules[-1].id
        outcome = Outcome(id=new_id("o"), scope=scope, module_id=module_id)
        step = self.ui.t("undo.add", what=self.ui.t("word.outcome"))
        self.editor.apply(step, lambda course: insert(course, "outcomes", outcome))
        self.refresh()
        self._select(outcome.id)
        if self._form is not None:
            self._form.reveal_first()

    def _remove(self) -> None:
        chosen = self._chosen
        if chosen is not None:
            step = self.ui.t("undo.remove", what=self.ui.t("word.outcome"))
            self.editor.apply(step, lambda course: remove_outcome(course, f"outcomes/{chosen}"))
            self.refresh()


def _shortened(text: str) -> str:
    return text if len(text) <= _MOST_LETTERS else f"{text[: _MOST_LETTERS - 1]}…"
