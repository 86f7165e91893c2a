"""The editor of a parameterised question: variables, formula, tolerance, a check over the whole range, variants."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.formats.calculated import (
    PREVIEW_VARIANTS,
    CheckResult,
    check,
    filled,
    tolerance_at,
    tolerance_text,
    value_text,
    variants,
)
from app.formats.problems import ProblemSeverity
from app.model.base import new_id
from app.model.tasks import Calculation, Question, ToleranceKind, Variable
from app.model.texts import Lang, with_decimal_sign
from app.session.edit import insert, remove, set_value
from app.ui.context import UiContext
from app.ui.editing import CourseEditor
from app.ui.fields import ChoiceField, Field, LineField, NumberField, enum_choices
from app.ui.pages.bank.number_edit import NumberEdit
from app.ui.text_field import equip
from app.ui.widgets import label

_LEAST_FIELD_PX = 42
"""A short number; four fields stand side by side in a pane of 250."""
_LEAST_HALF_PX = 100
"""A number with six decimals and its arrows; two fields stand side by side."""
_MOST_DECIMALS = 9


@dataclass(frozen=True, slots=True)
class Examined:
    """What a look at a parameterised question took time to find.

    Attributes:
        variants: ten of them, a line each; empty where there are none.
    """

    result: CheckResult
    variants: str


class CalculationEditor(QWidget):
    """Everything that makes the answer of one question.

    Args:
        path: element path of the question.
    """

    def __init__(self, ui: UiContext, editor: CourseEditor, path: str) -> None:
        super().__init__()
        self._ui = ui
        self._editor = editor
        self._path = path
        self._rows: list[tuple[str, QLineEdit, list[NumberEdit]]] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(2)
        self._formula = LineField(ui, editor, f"{path}/calculation/formula", ui.t("bank.calc_formula"), prose=False)
        self._tolerance = NumberField(
            ui,
            editor,
            f"{path}/calculation/tolerance",
            ui.t("bank.calc_tolerance"),
            maximum=1e9,
            decimals=6,
            optional=False,
        )
        kinds = enum_choices(ui, ToleranceKind)
        self._tolerance_kind = ChoiceField(
            ui, editor, f"{path}/calculation/tolerance_kind", ui.t("bank.calc_tolerance_kind"), kinds, optional=False
        )
        self._decimals = NumberField(
            ui,
            editor,
            f"{path}/calculation/decimals",
            ui.t("bank.calc_decimals"),
            maximum=_MOST_DECIMALS,
            optional=False,
        )
        self._unit = LineField(ui, editor, f"{path}/calculation/unit", ui.t("bank.calc_unit"), prose=False)
        self._verdict = label("", "good")
        self._variants = QLabel()
        self._variants.setTextFormat(Qt.TextFormat.PlainText)
        self._variants.setWordWrap(True)
        self._variants.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._build()

    def bind(self, path: str) -> None:
        """Edit another question from now on."""
        self._path = path
        for field in self._fields():
            field.path = f"{path}/calculation/{field.path.rpartition('/')[2]}"

    def show_question(self, question: Question) -> None:
        """Show the calculation as the course has it now."""
        if question.calculation is None:
            return
        self._show_variables(question.calculation.variables)
        for field in self._fields():
            field.refresh()

    def reveal(self) -> None:
        """Focus the formula."""
        self._formula.setFocus()

    def _fields(self) -> tuple[Field, ...]:
        return self._formula, self._tolerance, self._tolerance_kind, self._decimals, self._unit

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label(self._ui.t("bank.calc_note", example="{v}"), "muted"))
        column.addWidget(label(self._ui.t("bank.calc_variables"), "label"))
        for place, key in enumerate(("name", "minimum", "maximum", "step")):
            self._grid.addWidget(label(self._ui.t(f"bank.calc_{key}"), "muted"), 0, place)
        column.addLayout(self._grid)
        add = QPushButton(self._ui.t("bank.calc_add"))
        add.setEnabled(not self._editor.read_only)
        add.clicked.connect(self._add)
        column.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._formula)
        for pair in ((self._tolerance, self._tolerance_kind), (self._decimals, self._unit)):
            row = QHBoxLayout()
            for field in pair:
                row.addWidget(field, 1)
                shown = field.focusProxy()
                if shown is not None:
                    shown.setMinimumWidth(_LEAST_HALF_PX)
            column.addLayout(row)
        column.addWidget(self._verdict)
        column.addWidget(label(self._ui.t("bank.calc_variants"), "label"))
        column.addWidget(self._variants)

    def _show_variables(self, wanted: Sequence[Variable]) -> None:
        if [variable.id for variable in wanted] != [row[0] for row in self._rows]:
            self._make_rows(wanted)
        for variable, (_, name, numbers) in zip(wanted, self._rows, strict=True):
            if name.text() != variable.name:
                name.setText(variable.name)
            for edit, value in zip(numbers, (variable.minimum, variable.maximum, variable.step), strict=True):
                edit.show_value(value)

    def _make_rows(self, wanted: Sequence[Variable]) -> None:
        while self._grid.count() > len(("name", "minimum", "maximum", "step")):
            item = self._grid.takeAt(self._grid.count() - 1)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        self._rows = []
        for place, variable in enumerate(wanted, start=1):
            name = QLineEdit()
            name.setAccessibleName(f"{self._ui.t('bank.calc_name')} {place}")
            name.setReadOnly(self._editor.read_only)
            name.setMinimumWidth(_LEAST_FIELD_PX)
            equip(name, self._ui, prose=False)
            name.textEdited.connect(partial(self._write, variable.id, "name"))
            self._grid.addWidget(name, place, 0)
            numbers = []
            for column, key in enumerate(("minimum", "maximum", "step"), start=1):
                edit = NumberEdit(
                    f"{self._ui.t(f'bank.calc_{key}')} {place}", self._ui.lang, read_only=self._editor.read_only
                )
                edit.setMinimumWidth(_LEAST_FIELD_PX)
                edit.typed.connect(partial(self._write, variable.id, key))
                self._grid.addWidget(edit, place, column)
                numbers.append(edit)
            gone = QToolButton()
            gone.setText("×")
            gone.setToolTip(self._ui.t("list.remove"))
            gone.setAccessibleName(f"{self._ui.t('list.remove')}: {variable.name or place}")
            gone.setEnabled(not self._editor.read_only)
            gone.clicked.connect(partial(self._remove, variable.id))
            self._grid.addWidget(gone, place, 4)
            self._rows.append((variable.id, name, numbers))

    def _write(self, variable_id: str, field: str, value: object) -> None:
        path = f"{self._path}/calculation/variables/{variable_id}/{field}"
        step = self._ui.t("undo.edit", field=self._ui.t("bank.calc_variables"))
        self._editor.apply(step, lambda course: set_value(course, path, value), path)

    def _add(self) -> None:
        taken = {row[1].text() for row in self._rows}
        letters = (f"{letter}{number}" for number in ("", *range(2, 100)) for letter in "abcdfghijklmnopqrstuvwxyz")
        name = next(name for name in letters if name not in taken)
        variable = Variable(id=new_id("v"), name=name)
        step = self._ui.t("undo.add", what=self._ui.t("bank.calc_variables"))
        self._editor.apply(step, lambda course: insert(course, f"{self._path}/calculation/variables", variable))

    def _remove(self, variable_id: str) -> None:
        step = self._ui.t("undo.remove", what=self._ui.t("bank.calc_variables"))
        path = f"{self._path}/calculation/variables/{variable_id}"
        self._editor.apply(step, lambda course: remove(course, path))

    def show_examined(self, examined: Examined) -> None:
        """Say whether the formula holds over the whole range, and show variants; what is wrong is said elsewhere."""
        result = examined.result
        key = "bank.calc_sampled" if result.sampled else "bank.calc_holds"
        self._verdict.setText(self._ui.t(key, points=result.points, checked=result.checked, answers=result.answers))
        self._verdict.setVisible(not any(problem.severity is ProblemSeverity.ERROR for problem in result.problems))
        self._variants.setText(examined.variants or self._ui.t("bank.calc_no_variants"))


def examine(stem: str, calculation: Calculation, lang: Lang) -> Examined:
    """Evaluate a question over its range; half a second at most, so the window's thread leaves it to another."""
    return Examined(check(stem, calculation), _variants_text(stem, calculation, lang))


def _variants_text(stem: str, calculation: Calculation, lang: Lang) -> str:
    lines = []
    mark = with_decimal_sign(".", lang)
    for number, variant in enumerate(variants(calculation, PREVIEW_VARIANTS), start=1):
        values = "; ".join(f"{name} = {value_text(value, mark)}" for name, value in variant.values.items())
        tolerance = tolerance_text(tolerance_at(calculation, variant.answer), 6, mark)
        answer = f"{with_decimal_sign(variant.answer_text, lang)} ± {tolerance} {calculation.unit}".rstrip()
        lines.append(f"{number}. {values} → {answer}")
        if number == 1:
            lines.append(f"    {' '.join(filled(stem, variant.values, mark).split())}")
    return "\n".join(lines)
