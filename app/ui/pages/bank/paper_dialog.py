"""Which variants of a paper shall be printed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QPushButton, QSpinBox, QVBoxLayout, QWidget

from app.exporters.paper_variants import PaperPlan
from app.ui.context import UiContext
from app.ui.pages.bank.choice_box import ChoiceBox
from app.ui.tab_order import OrderedDialog
from app.ui.widgets import label, resize_within_screen

_MOST_VARIANTS = 100
_USUAL_VARIANTS = 4
_USUAL_QUESTIONS = 25
_MOST_SEED = 9999


class PaperDialog(OrderedDialog):
    """Number of variants, of questions, order, and the kind of file.

    Signals:
        wanted: a `PaperPlan` and the ending of the file's name.
    """

    wanted = Signal(object, str)

    def __init__(self, ui: UiContext, questions: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(ui.t("bank.papers_title"))
        resize_within_screen(self, 520, 300)
        self._variants = self._spin(ui.t("bank.papers_variants"), 1, _MOST_VARIANTS, _USUAL_VARIANTS)
        self._count = self._spin(ui.t("bank.papers_count"), 1, max(1, questions), _USUAL_QUESTIONS)
        self._seed = self._spin(ui.t("bank.papers_seed"), 1, _MOST_SEED, 1)
        self._seed.setToolTip(ui.t("bank.papers_seed_tip"))
        self._shuffled = QCheckBox(ui.t("bank.papers_shuffled"))
        self._shuffled.setChecked(True)
        self._others = QCheckBox(ui.t("bank.papers_others"))
        self._format = ChoiceBox(ui.t("bank.papers_format"), [(".pdf", "PDF"), (".docx", "Word (DOCX)")])
        form = QFormLayout()
        for caption, widget in (
            (ui.t("bank.papers_variants"), self._variants),
            (ui.t("bank.papers_count"), self._count),
            (ui.t("bank.papers_seed"), self._seed),
            (ui.t("bank.papers_format"), self._format),
        ):
            form.addRow(caption, widget)
        cancel = QPushButton(ui.t("bank.cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        save = QPushButton(ui.t("bank.papers_save"))
        save.setProperty("primary", "true")
        save.setDefault(True)
        save.setEnabled(questions > 0)
        save.clicked.connect(self._save)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(save)
        column = QVBoxLayout(self)
        column.addWidget(label(ui.t("bank.papers_note"), "muted"))
        column.addLayout(form)
        column.addWidget(self._shuffled)
        column.addWidget(self._others)
        column.addStretch(1)
        column.addLayout(foot)

    @staticmethod
    def _spin(name: str, least: int, most: int, usual: int) -> QSpinBox:
        spin = QSpinBox()
        spin.setAccessibleName(name)
        spin.setRange(least, most)
        spin.setValue(min(usual, most))
        return spin

    def _save(self) -> None:
        plan = PaperPlan(
            variants=self._variants.value(),
            questions=self._count.value(),
            seed=self._seed.value(),
            shuffled=self._shuffled.isChecked(),
            other_kinds=self._others.isChecked(),
        )
        suffix = self._format.value
        self.accept()
        self.wanted.emit(plan, suffix if isinstance(suffix, str) else ".pdf")
