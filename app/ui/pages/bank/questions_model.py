"""The rows of the question list: the questions that pass a filter, with the marks of their faults."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from app.formats.content import letter_of
from app.formats.problems import Problem, ProblemSeverity
from app.model.tasks import Question
from app.session.bank_index import Judgement, QuestionFilter, QuestionIndex
from app.ui.context import UiContext

_Index = QModelIndex | QPersistentModelIndex
_TIP_FAULTS = 6


class QuestionsModel(QAbstractListModel):
    """The questions that pass the filter, in the order of the bank.

    A question that is shown stays in sight until the filter is touched, also when it is changed so that it would not
    pass any more: nothing may vanish from under a writer's hands.
    """

    def __init__(self, ui: UiContext) -> None:
        super().__init__()
        self._ui = ui
        self._index = QuestionIndex()
        self._filter = QuestionFilter()
        self._judgement = Judgement()
        self._rejected: frozenset[str] = frozenset()
        self._bank: tuple[Question, ...] = ()
        self._places: list[int] = []
        self._rows: dict[str, int] = {}
        self._kept: set[str] = set()

    @property
    def is_filtered(self) -> bool:
        """Tell whether a filter is at work."""
        return not self._filter.is_open

    def keep(self, *ids: str) -> None:
        """Show questions that are about to be made, whatever the filter, until it is touched."""
        self._kept |= set(ids)

    def set_bank(self, bank: tuple[Question, ...]) -> None:
        """Show another bank; while the order stays only the changed rows are redrawn."""
        if bank is self._bank:
            return
        old, self._bank = self._bank, bank
        changed = [place for place, (was, now) in enumerate(zip(old, bank, strict=False)) if was is not now]
        if len(old) == len(bank) and all(old[place].id == bank[place].id for place in changed):
            for place in changed:
                row = self._rows.get(bank[place].id)
                if row is not None:
                    self.dataChanged.emit(self.index(row), self.index(row))
            return
        if self.is_filtered:
            self._kept |= {old[place].id for place in self._places}
        self._reset()

    def set_filter(self, wanted: QuestionFilter) -> None:
        """Show the questions that pass another filter."""
        if wanted != self._filter:
            self._filter = wanted
            self._kept.clear()
            self._reset()

    def set_judgement(self, judgement: Judgement) -> None:
        """Mark the questions that have faults; questions whose fault is looked for and was just found come in."""
        self._judgement = judgement
        if self._filter.problem is not None:
            self._kept |= {self._bank[place].id for place in self._places}
            if self._wanted_places() != self._places:
                self._reset()
                return
        self._redraw()

    def set_rejected(self, ids: frozenset[str]) -> None:
        """Mark the questions that a rule of the regulation rejects."""
        if ids != self._rejected:
            self._rejected = ids
            self._redraw()

    def row_of(self, question_id: str) -> int:
        """Return the row of a question, -1 where the filter hides it."""
        return self._rows.get(question_id, -1)

    def question(self, row: int) -> Question:
        """Return the question of a row."""
        return self._bank[self._places[row]]

    def number(self, row: int) -> int:
        """Return the number of a row's question in the bank, from 1."""
        return self._places[row] + 1

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return the number of rows."""
        return 0 if parent is not None and parent.isValid() else len(self._places)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return text, colour or tool tip of a row."""
        question = self.question(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            key = " ".join(letter_of(place) for place in question.correct) or "–"
            stem = " ".join(question.stem[:300].split()) or self._ui.t("bank.no_stem")
            return f"{self._sign(question.id)}{self.number(index.row())}. [{key}] {stem}"
        if role == Qt.ItemDataRole.ForegroundRole:
            sign = self._sign(question.id)
            return QColor(self._ui.theme.bad if sign.startswith("●") else self._ui.theme.warn) if sign else None
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            faults = self._judgement.faults(question.id)[:_TIP_FAULTS]
            return "\n".join((question.stem, *(f"– {self._text(problem)}" for problem in faults)))
        return None

    def _sign(self, question_id: str) -> str:
        faults = self._judgement.faults(question_id)
        if question_id in self._rejected or any(fault.severity is ProblemSeverity.ERROR for fault in faults):
            return "● "
        return "▲ " if faults else ""

    def _text(self, problem: Problem) -> str:
        return problem.text(self._ui.texts, self._ui.lang)

    def _wanted_places(self) -> list[int]:
        places = self._index.matching(self._bank, self._filter, self._judgement.faults)
        if not self._kept or not self.is_filtered:
            return list(places)
        kept = (place for place, question in enumerate(self._bank) if question.id in self._kept)
        return sorted({*places, *kept})

    def _reset(self) -> None:
        self.beginResetModel()
        self._places = self._wanted_places()
        self._rows = {self._bank[place].id: row for row, place in enumerate(self._places)}
        self.endResetModel()

    def _redraw(self) -> None:
        if self._places:
            self.dataChanged.emit(self.index(0), self.index(len(self._places) - 1))
