"""What Qt says by itself is in the user's language: everything that a person can meet in this program."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QAbstractButton, QDialog, QFileDialog, QHeaderView, QLabel

from app.model.texts import Lang
from app.ui.main_window import MainWindow

MET = {
    "QFileDialog": (
        "&Look in:", "Directory:", "&File name:", "File &name:", "Files of &type:", "Open", "&Open", "Save As", "&Save",
        "Back", "Go back", "Forward", "Go forward", "Parent Directory", "Go to the parent directory",
        "Create New Folder", "Create a New Folder", "List View", "Change to list view mode", "Detail View",
        "Change to detail view mode", "Sidebar", "List of places and bookmarks", "Files", "New Folder", "&New Folder",
        "&Rename", "&Delete", "Delete", "Show &hidden files", "My Computer", "Recent Places", "Remove",
        "All Files (*)", "Directories", "&Choose", "Find Directory",
        "%1 already exists.\nDo you want to replace it?",
        "%1\nFile not found.\nPlease verify the correct file name was given.",
        "%1\nDirectory not found.\nPlease verify the correct directory name was given.",
        "'%1' is write protected.\nDo you want to delete it anyway?", "Are you sure you want to delete '%1'?",
        "Could not delete directory.",
    ),
    "QFileSystemModel": (
        "Name", "Size", "Kind", "Type", "Date Modified", "Computer", "My Computer", "Invalid filename",
        '<b>The name "%1" cannot be used.</b><p>Try using another name, with fewer characters or no punctuation marks.',
    ),
    "QAbstractFileIconProvider": (
        "Drive", "File", "Folder", "File Folder", "Alias", "Shortcut", "Unknown", "%1 File",
    ),
    "QPlatformTheme": (
        "Save", "Save All", "Open", "&Yes", "Yes to &All", "&No", "N&o to All", "Abort", "Retry", "Ignore", "Close",
        "Cancel", "Discard", "Help", "Apply", "Reset", "Restore Defaults",
    ),
    "QMessageBox": ("Show Details...", "Hide Details..."),
    "QWidgetTextControl": ("&Undo", "&Redo", "Cu&t", "&Copy", "Copy &Link Location", "&Paste", "Delete", "Select All"),
    "QLineEdit": ("&Undo", "&Redo", "Cu&t", "&Copy", "&Paste", "Delete", "Select All"),
    "QAbstractSpinBox": ("&Select All", "&Step up", "Step &down"),
    "QScrollBar": (
        "Scroll here", "Left edge", "Top", "Right edge", "Bottom", "Page left", "Page up", "Page right", "Page down",
        "Scroll left", "Scroll up", "Scroll right", "Scroll down",
    ),
    "QUnicodeControlCharacterMenu": ("Insert Unicode control character",),
    "QTabBar": ("Scroll Left", "Scroll Right"),
}  # fmt: skip
ENGLISH = re.compile(r"[A-Za-z]{3,}")


@pytest.mark.parametrize("lang", [Lang.KK, Lang.RU])
def test_no_word_of_qt_that_a_person_meets_is_left_english(window: MainWindow, lang: Lang) -> None:
    window.set_language(lang)
    met = [(context, text) for context, texts in MET.items() for text in texts]
    told = {where: QCoreApplication.translate(*where) for where in met}
    assert [where for where, text in told.items() if not re.search("[А-Яа-яӘәІі]", text)] == []
    assert [(where, text) for where, text in told.items() if ENGLISH.search(plain(text))] == []
    window.set_language(Lang.EN)
    assert QCoreApplication.translate("QFileDialog", "&Look in:") == "&Look in:"


def plain(text: str) -> str:
    """Return a text without what only Unicode's own abbreviations and marks are."""
    return re.sub(r"<[^>]*>|Unicode|Юникод", "", text)


def words_of(dialog: QDialog) -> Iterator[str]:
    for label in dialog.findChildren(QLabel):
        yield label.text()
    for button in dialog.findChildren(QAbstractButton):
        yield from (button.text(), button.toolTip(), button.accessibleName())
    for header in dialog.findChildren(QHeaderView):
        model = header.model()
        for section in range(model.columnCount()):
            yield str(model.headerData(section, Qt.Orientation.Horizontal))


@pytest.mark.parametrize("lang", [Lang.KK, Lang.RU])
@pytest.mark.parametrize("mode", [QFileDialog.AcceptMode.AcceptOpen, QFileDialog.AcceptMode.AcceptSave])
def test_the_file_dialog_speaks_the_users_language(
    window: MainWindow, lang: Lang, mode: QFileDialog.AcceptMode
) -> None:
    window.set_language(lang)
    dialog = QFileDialog(window)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(mode)
    dialog.show()
    assert [text for text in words_of(dialog) if ENGLISH.search(text)] == []
    dialog.close()
    dialog.deleteLater()
