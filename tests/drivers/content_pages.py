"""Hands for the page of a scheme or instrument: find its fields and buttons, type into them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QPushButton

from app.model.stored import ContentKind
from tests.drivers.settling import settle
from widgets.schemes.contents_card import ContentsCard


def shelf(top, kind: ContentKind) -> ContentsCard:
    """The card of the settings with the schemes, or with the instruments."""
    (card,) = [c for c in top.findChildren(ContentsCard) if c.kind == kind]
    return card


def button(top, words: str) -> QPushButton:
    QApplication.sendPostedEvents(None, 52)  # what was taken out is gone
    settle()
    (made,) = [b for b in top.findChildren(QPushButton) if b.text() == words and not b.isHidden()]
    return made


def field(page, name: str):
    """The shown field with this name."""
    kinds = (QLineEdit, QPlainTextEdit, QComboBox)
    return next(w for k in kinds for w in page.findChildren(k) if w.accessibleName() == name and w.isVisible())


def typed(line, text: str) -> None:
    """Type over what stands there, letters beyond ASCII too."""
    line.setFocus()
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    for letter in text:
        for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
            QApplication.sendEvent(line, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
