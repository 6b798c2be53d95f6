"""The one style sheet, made of the palette's tokens. Widgets choose by object name or the `kind` property."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

import resources

if TYPE_CHECKING:
    from widgets.look.palette import Palette

_SHEET = Template("""
QWidget { color: $text; font-size: 14px; }
QMainWindow, QDialog, QWidget#page, QScrollArea#page, QWidget#body { background: $background; }
QScrollArea { border: none; background: transparent; }
QScrollArea > QWidget > QWidget { background: transparent; }
QLabel { background: transparent; }
QLabel[kind="title"] { font-size: 17px; font-weight: 600; }
QLabel[kind="heading"] { font-size: 20px; font-weight: 600; }
QLabel[kind="large"] { font-size: 30px; font-weight: 600; }
QLabel[kind="strong"] { font-weight: 600; }
QLabel[kind="muted"] { color: $muted; }
QLabel[kind="caption"] { color: $muted; font-size: 12px; }
QLabel[kind="section"] { color: $muted; font-size: 12px; font-weight: 600; }
QLabel[kind="chosen"] { background: $ink; color: $on_ink; border-radius: 14px; padding: 4px 12px; font-weight: 500; }
QLabel[kind="danger"] { color: $danger; }
QLabel[kind="key"] { padding: 0 2px; font-size: 12px; color: $muted; }
QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: 6px 8px; font-size: 13px; }

QFrame#header { background: $surface; border: none; border-bottom: 1px solid $line; }
QFrame#rail { background: $surface; border: none; border-right: 1px solid $line; }
QFrame#index { background: $background; border: none; border-right: 1px solid $line; }
QFrame#index[kind="folded"] { border-right: none; border-bottom: 1px solid $line; }
QFrame#index QListView { background: transparent; border: none; }
QFrame#index QListView:focus { border: none; }
QFrame#index QListView::item { min-height: 34px; border: 1px solid transparent; border-radius: 8px; padding: 0 10px; }
QFrame#index QListView::item:selected { background: $surface; border-color: $line; font-weight: 600; color: $text; }
QFrame#index QListView::item:selected:focus { border: 2px solid $focus; }
QFrame#foot { background: $surface; border: none; border-top: 1px solid $line; }
QFrame#card { background: $surface; border: 1px solid $line; border-radius: 12px; }
QFrame#card[turn="mine"] { border: 2px solid $ink; }
QFrame#panel { background: $surface; border: none; }
QFrame#panel[over="true"] { border-left: 1px solid $line; }
QFrame#inset, QFrame#care { background: $raised; border: 1px solid $line; border-radius: 8px; }
QFrame#hairline { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame#upright { background: $line; border: none; }
QFrame#notice { background: $notice; border: 1px solid $notice_edge; border-radius: 8px; }
QFrame#notice QLabel { color: $on_notice; }
QFrame#notice QPushButton { color: $on_notice; background: transparent; border: 1px solid $on_notice; }

QPushButton { background: $surface; border: 1px solid $line; border-radius: 8px; padding: 0 14px; min-height: 32px;
  font-weight: 500; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $line; }
QPushButton:disabled { color: $off; background: transparent; border: 1px $off_edge; }
QPushButton:focus { border: 2px solid $focus; padding: 0 13px; min-height: 30px; }
QPushButton[kind="primary"] { background: $ink; color: $on_ink; border: 1px solid $ink; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $ink; }
QPushButton[kind="primary"]:focus { border: 2px solid $focus; }
QPushButton[kind="primary"]:disabled { background: $off_ground; color: $off; border: 1px $off_edge; }
QPushButton[kind="quiet"] { background: transparent; border: 1px solid transparent; padding: 0 8px; }
QPushButton[kind="quiet"]:hover { background: $hover; }
QPushButton[kind="quiet"]:focus { border: 2px solid $focus; padding: 0 7px; }
QPushButton[kind="danger"] { background: transparent; color: $danger; border: 1px solid $danger; }
QPushButton[kind="danger"]:disabled { color: $off; border: 1px $off_edge; }
QPushButton[kind="danger"]:focus { border: 2px solid $focus; }
QPushButton[kind="link"] { background: transparent; border: 2px solid transparent; padding: 0; text-align: left;
  text-decoration: underline; min-height: 24px; }
QPushButton[kind="link"]:focus { border: 2px solid $focus; border-radius: 4px; min-height: 24px; padding: 0; }
QPushButton[kind="row"] { background: transparent; border: 2px solid transparent; padding: 0; font-weight: 400; }
QPushButton[kind="row"]:hover { background: $hover; }
QPushButton[kind="row"]:focus { border: 2px solid $focus; padding: 0; }
QPushButton[kind="tile"] { background: transparent; border: 2px solid transparent; border-radius: 10px; padding: 0;
  text-align: left; font-weight: 400; }
QPushButton[kind="tile"]:hover { background: $hover; }
QPushButton[kind="tile"]:checked { background: $raised; border-color: $line; }
QPushButton[kind="tile"]:focus { border: 2px solid $focus; padding: 0; }
QPushButton[kind="answer"] { background: $surface; border: 1px solid $line_strong; border-radius: 14px; padding: 0;
  font-weight: 400; }
QPushButton[kind="answer"]:hover { background: $hover; }
QPushButton[kind="answer"]:checked { border: 3px solid $ink; }
QPushButton[kind="answer"]:focus { border: 3px solid $focus; }
QPushButton[kind="pill"] { border-radius: 14px; min-height: 28px; padding: 0 12px; background: $raised; }
QPushButton[kind="pill"]:checked { background: $ink; color: $on_ink; border-color: $ink; }
QPushButton[kind="pill"]:focus { border: 2px solid $focus; padding: 0 11px; min-height: 26px; }
QPushButton[kind="small"] { border-radius: 6px; min-height: 28px; padding: 0 8px; background: $raised;
  font-weight: 400; }
QPushButton[kind="small"]:checked { background: $ink; color: $on_ink; border-color: $ink; }
QPushButton[kind="small"]:focus { border: 2px solid $focus; padding: 0 7px; min-height: 26px; }
QPushButton[kind="folded"], QPushButton[kind="folded"]:focus { padding: 0; }
QPushButton[kind="folded"]::menu-indicator { image: none; width: 0; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 8px; min-height: 32px;
  min-width: 32px; }
QToolButton:hover { background: $hover; }
QToolButton:focus { border: 2px solid $focus; }
QToolButton::menu-indicator { image: none; }
QLineEdit > QToolButton { border: none; min-height: 0; min-width: 0; }
QToolButton[kind="rail"] { color: $muted; font-size: 12px; border-radius: 8px; padding: 8px 2px 6px 2px; border: none; }
QToolButton[kind="rail"]:hover { background: $hover; }
QToolButton[kind="rail"]:checked { background: $open; color: $text; }
QToolButton[kind="rail"]:focus { border: 2px solid $focus; padding: 6px 0 4px 0; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDoubleSpinBox, QDateEdit, QDateTimeEdit {
  background: $field; border: 1px solid $line_strong; border-radius: 8px; padding: 0 10px; min-height: 32px;
  selection-background-color: $focus; selection-color: $on_focus; }
QPlainTextEdit, QTextEdit { padding: 6px 10px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDateEdit:focus,
QDateTimeEdit:focus { border: 2px solid $focus; padding-left: 9px; padding-right: 9px; min-height: 30px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { color: $muted; background: transparent; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"],
QSpinBox[wrong="true"] { border: 2px solid $danger; padding-left: 9px; padding-right: 9px; min-height: 30px; }
QSpinBox[wrong="true"] { max-height: 30px; }
QLabel#thumbnail { border: 1px solid $line; }
QTextEdit#paper { background: transparent; border: none; font-size: 16px; padding: 0; }
QComboBox { selection-background-color: $hover; selection-color: $text; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url("$icons/arrow-down-$tone.svg"); width: 12px; height: 12px; }
QSpinBox, QDoubleSpinBox, QDateEdit, QDateTimeEdit { max-height: 32px; }
QSpinBox:focus, QDoubleSpinBox:focus, QDateEdit:focus, QDateTimeEdit:focus { max-height: 30px; }
QSpinBox::up-button, QSpinBox::down-button { border: none; width: 24px; background: transparent; }
QSpinBox::up-arrow { image: url("$icons/arrow-up-$tone.svg"); width: 10px; height: 10px; }
QSpinBox::down-arrow { image: url("$icons/arrow-down-$tone.svg"); width: 10px; height: 10px; }
QCheckBox::indicator, QListView::indicator, QRadioButton::indicator { width: 18px; height: 18px;
  border: 1px solid $line_strong; border-radius: 5px; background: $field; }
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:checked, QListView::indicator:checked { background: $ink; border-color: $ink;
  image: url("$icons/tick-$tone.svg"); }
QRadioButton::indicator:checked { background: $ink; border: 5px solid $field; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $line; selection-background-color: $hover;
  selection-color: $text; outline: none; padding: 4px; }
QCheckBox, QRadioButton { spacing: 8px; min-height: 28px; background: transparent; border: 2px solid transparent;
  border-radius: 6px; padding-right: 4px; }
QCheckBox:focus, QRadioButton:focus { border-color: $focus; }
QCheckBox:disabled, QRadioButton:disabled { color: $off; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { background: transparent; border: 1px $off_edge; }

QTableView, QTreeView, QListView { background: $surface; border: 1px solid $line; border-radius: 8px; outline: none;
  gridline-color: $line; selection-background-color: $hover; selection-color: $text;
  alternate-background-color: $raised; }
QTableView:focus, QListView:focus, QTreeView:focus { border: 2px solid $focus; }
QListView::item, QTreeView::item { min-height: 32px; padding: 0 8px; border-radius: 6px; }
QListView::item:selected, QTreeView::item:selected { background: $hover; color: $text; }
QTableView::item { padding: 0 4px; }
QHeaderView::section { background: $surface; color: $muted; border: none; border-bottom: 1px solid $line;
  padding: 6px 8px;   font-size: 12px; font-weight: 600; }
QHeaderView { background: $surface; border: none; }
QTableCornerButton::section { background: $surface; border: none; }

QProgressBar { background: $line; border: none; border-radius: 3px; max-height: 6px; min-height: 6px;
  text-align: center; }
QProgressBar::chunk { background: $ink; border-radius: 3px; }
QSlider::groove:horizontal { height: 4px; background: $line; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $ink; border-radius: 2px; }
QSlider::handle:horizontal { background: $ink; width: 16px; height: 16px; margin: -6px 0; border-radius: 8px; }
QSlider { border: 2px solid transparent; }
QSlider:focus { border: 2px solid $focus; border-radius: 6px; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; }
QScrollBar::handle { background: $scroll; border-radius: 4px; min-height: 32px; min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QMenu { background: $surface; border: 1px solid $line; border-radius: 8px; padding: 6px; }
QMenu::item { padding: 7px 28px 7px 12px; border-radius: 6px; }
QMenu::item:selected { background: $hover; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: 6px 4px; }
QSplitter::handle { background: $line; }
QSplitterHandle { selection-background-color: $focus; }
QTabWidget::pane { border: none; }
QTabWidget::tab-bar { left: 14px; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; padding: 14px 6px 8px 6px; color: $muted;
  border-bottom: 2px solid transparent; }
QTabBar::scroller { width: 72px; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $ink; }
QTabBar::tab:focus { color: $text; border-bottom: 2px solid $focus; }
""")


def _notice(palette: Palette) -> dict[str, str]:
    """A notice stands out without glaring: ink on a light ground, raised gray with an edge on a dark one."""
    ground, words = (palette.raised, palette.text) if palette.is_dark else (palette.ink, palette.on_ink)
    return {"notice": ground, "on_notice": words, "notice_edge": palette.line_strong if palette.is_dark else ground}


def _between(one: str, other: str) -> str:
    """The color in the middle of two."""
    mixed = ((int(one[n : n + 2], 16) + int(other[n : n + 2], 16)) // 2 for n in (1, 3, 5))
    return "#" + "".join(f"{part:02X}" for part in mixed)


def _off(palette: Palette) -> dict[str, str]:
    """What cannot be pressed; where all is drawn in bright lines, its edge is broken and its words are gray."""
    bright = palette.line_strong == palette.text
    return {
        "off": palette.line if bright else _between(palette.muted, palette.surface),
        "off_edge": f"dashed {palette.line}" if bright else f"solid {palette.line}",
        "off_ground": palette.background if bright else palette.line,
    }


def style_sheet(palette: Palette) -> str:
    """The sheet for one palette."""
    return _SHEET.substitute(
        icons=(resources.folder() / "icons").as_posix(),
        tone="light" if palette.is_dark else "dark",
        text=palette.text,
        muted=palette.muted,
        background=palette.background,
        surface=palette.surface,
        raised=palette.raised,
        line=palette.line,
        line_strong=palette.line_strong,
        field=palette.raised if palette.is_dark else palette.surface,
        ink=palette.ink,
        on_ink=palette.on_ink,
        focus=palette.focus,
        on_focus="#14171A" if palette.is_dark else "#FFFFFF",
        danger=palette.danger,
        hover=palette.hover,
        open=palette.hover if palette.line_strong == palette.text else palette.raised,
        **_notice(palette),
        **_off(palette),
        scroll=palette.line_strong,
    )
