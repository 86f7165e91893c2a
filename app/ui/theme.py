"""Colours of the window, light and dark. One palette and one style sheet; widgets name roles, never colours."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from app.paths import resources_dir


class ThemeChoice(StrEnum):
    """What the user chose; ``system`` follows the desktop."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by role. Every text colour has a contrast of at least 4.5 on its ground (WCAG 2.1 AA)."""

    dark: bool
    window: str
    surface: str
    raised: str
    border: str
    text: str
    muted: str
    accent: str
    on_accent: str
    accent_soft: str
    good: str
    warn: str
    bad: str
    bad_soft: str
    warn_soft: str


LIGHT = Theme(
    dark=False,
    window="#f4f6f9",
    surface="#ffffff",
    raised="#eef2f7",
    border="#c9d2de",
    text="#1b2430",
    muted="#556273",
    accent="#1c5aa6",
    on_accent="#ffffff",
    accent_soft="#dce8f6",
    good="#1a7040",
    warn="#8a5a00",
    bad="#b3261e",
    bad_soft="#fbe9e7",
    warn_soft="#fdf3dc",
)
DARK = Theme(
    dark=True,
    window="#171b21",
    surface="#1f252d",
    raised="#28303a",
    border="#414c5a",
    text="#e8edf3",
    muted="#a9b5c3",
    accent="#7db4f0",
    on_accent="#0d1a29",
    accent_soft="#24384f",
    good="#6fd196",
    warn="#f0c060",
    bad="#ff9b91",
    bad_soft="#43262a",
    warn_soft="#40361f",
)


def resolve(choice: ThemeChoice) -> Theme:
    """Return the theme to draw with."""
    if choice is ThemeChoice.SYSTEM:
        dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return DARK if dark else LIGHT
    return DARK if choice is ThemeChoice.DARK else LIGHT


def install(app: QApplication, theme: Theme) -> None:
    """Give the whole program a theme, at once."""
    app.setStyle("Fusion")
    app.setPalette(_palette(theme))
    app.setStyleSheet(_style_sheet(theme))


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for target, colour in {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.surface,
        role.AlternateBase: theme.raised,
        role.Text: theme.text,
        role.PlaceholderText: theme.muted,
        role.Button: theme.raised,
        role.ButtonText: theme.text,
        role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.text,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Link: theme.accent,
        role.Mid: theme.border,
        role.Light: theme.border,
        role.Dark: theme.border,
    }.items():
        palette.setColor(target, QColor(colour))
    for target in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(theme.muted))
    return palette


def _picture(name: str, theme: Theme) -> str:
    """Return the path of a control's sign: Qt's own are drawn in colours that cannot be seen on a dark ground."""
    return (resources_dir() / "icons" / "controls" / f"{name}-{'dark' if theme.dark else 'light'}.svg").as_posix()


def _style_sheet(theme: Theme) -> str:
    return f"""
    QToolTip {{ background: {theme.raised}; color: {theme.text}; border: 1px solid {theme.border}; padding: 4px; }}
    QLineEdit, QPlainTextEdit {{
        background: {theme.surface}; color: {theme.text}; border: 1px solid {theme.border}; border-radius: 4px;
        padding: 4px 6px; selection-background-color: {theme.accent}; selection-color: {theme.on_accent};
    }}
    QAbstractSpinBox {{
        background: {theme.surface}; color: {theme.text}; border: 1px solid {theme.border}; border-radius: 4px;
        padding: 3px 4px; selection-background-color: {theme.accent}; selection-color: {theme.on_accent};
    }}
    QAbstractSpinBox:focus {{ border: 2px solid {theme.accent}; padding: 2px 3px; }}
    QAbstractSpinBox:disabled {{ background: {theme.raised}; color: {theme.muted}; }}
    QAbstractSpinBox::up-button, QAbstractSpinBox::down-button, QDateTimeEdit::drop-down {{
        subcontrol-origin: border; width: 20px; border: none; background: transparent;
    }}
    QAbstractSpinBox::up-button {{ subcontrol-position: top right; }}
    QAbstractSpinBox::down-button {{ subcontrol-position: bottom right; }}
    QDateTimeEdit::drop-down {{ subcontrol-position: center right; }}
    QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover, QDateTimeEdit::drop-down:hover {{
        background: {theme.accent_soft};
    }}
    QAbstractSpinBox::up-arrow {{ image: url("{_picture("up", theme)}"); width: 10px; height: 10px; }}
    QAbstractSpinBox::down-arrow {{ image: url("{_picture("down", theme)}"); width: 10px; height: 10px; }}
    QAbstractSpinBox QLineEdit {{ border: none; padding: 0; background: transparent; }}
    QComboBox {{
        background: {theme.surface}; color: {theme.text}; border: 1px solid {theme.border}; border-radius: 4px;
        padding: 3px 6px; combobox-popup: 0;
    }}
    QComboBox:focus, QComboBox:on {{ border: 2px solid {theme.accent}; padding: 2px 5px; }}
    QComboBox:disabled {{ background: {theme.raised}; color: {theme.muted}; }}
    QComboBox::drop-down {{ subcontrol-position: center right; width: 18px; border: none; }}
    QComboBox::down-arrow {{ image: url("{_picture("down", theme)}"); width: 10px; height: 10px; }}
    QComboBox[fault="fail"], QAbstractSpinBox[fault="fail"] {{ border: 2px solid {theme.bad}; padding: 2px 5px; }}
    QComboBox[fault="warning"], QAbstractSpinBox[fault="warning"] {{
        border: 2px solid {theme.warn}; padding: 2px 5px;
    }}
    QWidget#qt_calendar_navigationbar {{ background: {theme.raised}; }}
    QToolButton#qt_calendar_prevmonth {{ qproperty-icon: url("{_picture("left", theme)}"); }}
    QToolButton#qt_calendar_nextmonth {{ qproperty-icon: url("{_picture("right", theme)}"); }}
    QMenu {{ background: {theme.surface}; color: {theme.text}; border: 1px solid {theme.border}; padding: 4px; }}
    QMenu::item {{ padding: 5px 22px 5px 26px; border-radius: 3px; }}
    QMenu::item:selected {{ background: {theme.accent_soft}; }}
    QMenu::item:disabled {{ color: {theme.muted}; }}
    QMenu::separator {{ height: 1px; background: {theme.border}; margin: 4px 6px; }}
    QMenu::indicator {{ left: 6px; }}
    QLineEdit:focus, QPlainTextEdit:focus {{ border: 2px solid {theme.accent}; padding: 3px 5px; }}
    QAbstractSpinBox QLineEdit:focus {{ border: none; padding: 0; }}
    QSpinBox QLineEdit, QDoubleSpinBox QLineEdit, QSpinBox QLineEdit:focus, QDoubleSpinBox QLineEdit:focus {{
        padding-left: 4px;
    }}
    QLineEdit[fault="fail"], QPlainTextEdit[fault="fail"] {{ border: 2px solid {theme.bad}; padding: 3px 5px; }}
    QLineEdit[fault="warning"], QPlainTextEdit[fault="warning"] {{
        border: 2px solid {theme.warn}; padding: 3px 5px;
    }}
    QLineEdit[fault]:focus, QPlainTextEdit[fault]:focus, QComboBox[fault]:focus, QAbstractSpinBox[fault]:focus {{
        border-color: {theme.accent};
    }}
    QCheckBox::indicator:unchecked, QTreeView::indicator:unchecked, QTableView::indicator:unchecked,
    QMenu::indicator:unchecked {{
        width: 13px; height: 13px; border: 1px solid {theme.muted}; border-radius: 2px; background: {theme.surface};
    }}
    QCheckBox::indicator:checked, QTreeView::indicator:checked, QTableView::indicator:checked,
    QMenu::indicator:checked {{
        width: 13px; height: 13px; border: 1px solid {theme.accent}; border-radius: 2px; background: {theme.accent};
        image: url("{_picture("check", theme)}");
    }}
    QCheckBox::indicator:unchecked:focus {{ width: 11px; height: 11px; border: 2px solid {theme.accent}; }}
    QCheckBox::indicator:checked:focus {{ width: 11px; height: 11px; border: 2px solid {theme.text}; }}
    QCheckBox::indicator:checked:disabled {{ border-color: {theme.muted}; background: {theme.muted}; }}
    QRadioButton::indicator:unchecked {{
        width: 13px; height: 13px; border: 1px solid {theme.muted}; border-radius: 7px; background: {theme.surface};
    }}
    QRadioButton::indicator:unchecked:focus {{ width: 11px; height: 11px; border: 2px solid {theme.accent}; }}
    QRadioButton::indicator:checked {{
        width: 7px; height: 7px; border: 4px solid {theme.accent}; border-radius: 7px; background: {theme.surface};
    }}
    QRadioButton::indicator:checked:focus {{
        width: 9px; height: 9px; border: 3px solid {theme.text}; border-radius: 7px; background: {theme.accent};
    }}
    QPushButton, QToolButton {{
        background: {theme.surface}; color: {theme.text}; border: 1px solid {theme.border}; border-radius: 4px;
        padding: 5px 12px;
    }}
    QPushButton[role="corner"] {{ padding: 2px 12px; }}
    QToolButton {{ padding: 4px 8px; }}
    QToolButton[popupMode="2"] {{ padding-right: 20px; }}
    QToolButton::menu-indicator {{ subcontrol-origin: border; subcontrol-position: center right; right: 6px; }}
    QPushButton:hover, QToolButton:hover {{ background: {theme.accent_soft}; }}
    QPushButton:focus, QToolButton:focus {{ border: 2px solid {theme.accent}; }}
    QPushButton:disabled, QToolButton:disabled {{ color: {theme.muted}; background: {theme.raised}; }}
    QPushButton[primary="true"] {{
        background: {theme.accent}; color: {theme.on_accent}; border-color: {theme.accent};
    }}
    QPushButton[primary="true"]:focus {{ border: 2px solid {theme.text}; }}
    QPushButton[primary="true"]:disabled {{
        background: {theme.raised}; color: {theme.muted}; border-color: {theme.border};
    }}
    QListView, QTreeView, QTableView, QScrollArea > QWidget > QWidget#page {{ background: {theme.surface}; }}
    QListView, QTreeView, QTableView {{
        border: 1px solid {theme.border}; border-radius: 4px;
        selection-background-color: {theme.accent_soft}; selection-color: {theme.text};
    }}
    QListView:focus, QTreeView:focus, QTableView:focus {{ border-color: {theme.accent}; }}
    QScrollArea:focus {{ border: 2px solid {theme.accent}; }}
    QListView::item, QTreeView::item {{ padding: 4px; }}
    QListView::item:selected, QTreeView::item:selected, QTableView::item:selected {{
        background: {theme.accent_soft};
    }}
    QHeaderView::section {{ background: {theme.raised}; color: {theme.text}; border: none; padding: 5px; }}
    QTabWidget::pane {{ border: 1px solid {theme.border}; border-radius: 4px; }}
    QTabBar::tab {{
        background: {theme.raised}; color: {theme.text}; padding: 6px 14px; border: 1px solid {theme.border};
    }}
    QTabBar::tab:selected {{ background: {theme.surface}; border-bottom: 2px solid {theme.accent}; }}
    QTabBar::tab:selected:focus {{ border: 2px solid {theme.accent}; }}
    QGroupBox {{ border: 1px solid {theme.border}; border-radius: 6px; margin-top: 14px; padding-top: 8px; }}
    QGroupBox::title {{ subcontrol-origin: margin; left: 10px; padding: 0 4px; color: {theme.text}; }}
    QProgressBar {{ border: 1px solid {theme.border}; border-radius: 4px; text-align: center; color: {theme.text};
        background: {theme.surface}; }}
    QProgressBar::chunk {{ background: {theme.accent_soft}; border-radius: 3px; }}
    QSplitter::handle {{ background: {theme.border}; }}
    QLabel[role="title"] {{ font-size: 17pt; font-weight: 600; }}
    QLabel[role="heading"] {{ font-size: 12.5pt; font-weight: 600; }}
    QLabel[role="label"] {{ font-weight: 600; }}
    QLabel[role="muted"] {{ color: {theme.muted}; }}
    QLabel[role="fail"] {{ color: {theme.bad}; }}
    QLabel[role="warning"] {{ color: {theme.warn}; }}
    QLabel[role="good"], QLabel[tone="good"] {{ color: {theme.good}; }}
    QLabel[tone="warning"] {{ color: {theme.warn}; }}
    QLabel[tone="fail"] {{ color: {theme.bad}; }}
    QFrame[role="card"] {{ background: {theme.surface}; border: 1px solid {theme.border}; border-radius: 6px; }}
    QFrame[role="drop"] {{ background: {theme.surface}; border: 2px dashed {theme.border}; border-radius: 8px; }}
    QFrame[role="drop"][active="true"] {{ border-color: {theme.accent}; background: {theme.accent_soft}; }}
    QFrame[role="message"] {{ background: {theme.warn_soft}; border: 1px solid {theme.warn}; border-radius: 4px; }}
    QFrame[role="message"][level="error"] {{ background: {theme.bad_soft}; border-color: {theme.bad}; }}
    QFrame[role="message"][level="info"] {{ background: {theme.accent_soft}; border-color: {theme.accent}; }}
    """
