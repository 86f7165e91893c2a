"""What the builder shows while the course has no modules: structures to begin with."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.session.templates import TEMPLATES, Template, from_template
from app.ui.context import UiContext
from app.ui.editing import CourseEditor
from app.ui.pages.base import FieldColumn
from app.ui.widgets import ElidedButton, label

_OF_THE_FORM = Template(5, 3)


def template_text(ui: UiContext, template: Template) -> str:
    """Return a template's name, e.g. "5 × 3 as in the form"."""
    key = "builder.template_form" if template == _OF_THE_FORM else "builder.template"
    return ui.t(key, modules=template.modules, lessons=template.lessons)


def add_templates(column: FieldColumn, ui: UiContext, editor: CourseEditor) -> None:
    """Put a choice of templates at the end of a column."""
    column.title(ui.t("builder.start"), ui.t("builder.start_note"))
    holder = QWidget()
    rows = QVBoxLayout(holder)
    rows.setContentsMargins(0, 0, 0, 0)
    for template in TEMPLATES:
        button = ElidedButton(template_text(ui, template))
        button.setEnabled(not editor.read_only)
        button.clicked.connect(lambda _=False, template=template: _apply(ui, editor, template))
        rows.addWidget(button)
        note = ui.t("builder.template_note", lectures=template.modules * template.lessons)
        rows.addWidget(label(note, "muted"))
    column.group(ui.t("builder.templates"), [], holder)


def _apply(ui: UiContext, editor: CourseEditor, template: Template) -> None:
    step = ui.t("undo.template", name=template_text(ui, template))
    editor.apply(step, lambda course: from_template(course, template, ui.regulation))
