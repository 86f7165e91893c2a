"""Step 2: the work programme: structure, outcomes and effort of the course."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from app.model.finding import Finding
from app.ui.context import UiContext
from app.ui.editing import CourseEditor
from app.ui.pages.base import ROOMY_PX, Page
from app.ui.pages.programme_effort import EffortView
from app.ui.pages.programme_outcomes import OutcomesView
from app.ui.pages.programme_structure import StructureView
from app.ui.widgets import Scrolled, label


class ProgrammePage(Page):
    """Three views of one programme; outcomes and effort are drawn when they are looked at."""

    def __init__(self, ui: UiContext, editor: CourseEditor, parent: QWidget) -> None:
        super().__init__(ui, editor, parent)
        self._findings: Sequence[Finding] = ()
        self.structure = StructureView(ui, editor)
        self.outcomes = OutcomesView(ui, editor)
        self.effort = EffortView(ui, editor)
        self._views = (self.structure, self.outcomes, self.effort)
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.tabBar().setDrawBase(False)
        self._tabs.addTab(self.structure, ui.t("builder.structure"))
        self._tabs.addTab(Scrolled(self.outcomes), ui.t("builder.outcomes"))  # table and fields need their height
        self._tabs.addTab(self.effort, ui.t("builder.effort"))
        ui.remember(self._tabs, "programme_view")
        self._tabs.currentChanged.connect(lambda _: self._show_current())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        title = label(ui.t("step.programme"), "title")
        title.setContentsMargins(14, 0, 12, 0)
        layout.addWidget(title)
        layout.addWidget(self._tabs, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the height to the tree where there is little."""
        super().resizeEvent(event)
        self.structure.set_roomy(roomy=event.size().height() >= ROOMY_PX)

    def show_view(self, view: StructureView | OutcomesView | EffortView) -> None:
        """Bring a view to the front."""
        self._tabs.setCurrentIndex(self._views.index(view))

    def refresh(self) -> None:
        """Show the course as it is now."""
        self._views[self._tabs.currentIndex()].refresh()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Mark fields and rows."""
        self._findings = findings
        self._views[self._tabs.currentIndex()].show_findings(findings)

    def reveal(self, element: str) -> bool:
        """Go to the view that holds an element and focus its field."""
        view = self.outcomes if element.partition("/")[0] == "outcomes" else self.structure
        self.show_view(view)
        return view.reveal(element)

    def _show_current(self) -> None:
        self.refresh()
        self.show_findings(self._findings)
