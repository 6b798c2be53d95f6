"""One's own receiving key to give to a partner, and the keys of partners who work on other computers."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.error_texts import sentence
from app.errors import AppError, ArchiveError
from app.model.receiving_key import fingerprint
from app.packages.partners import Partner, end_key, partners
from app.whole_file import write_whole
from app.workspace import Workspace
from widgets.cases.partner_post import take_from_partner
from widgets.forms.file_dialogs import FileDialogs
from widgets.look.parts import Card, beside, button, clear, confirm, field, label, section_label, stacked
from widgets.screen import Go
from widgets.settings.partner_key_dialog import TEXT_FILES, PartnerKeyDialog


class PartnersCard(QWidget):
    """The digits are read out by phone; who hears them types them beside the key that came by mail or on a stick."""

    def __init__(self, workspace: Workspace, go: Go) -> None:
        super().__init__()
        self._space, self._go = workspace, go
        self._list = QVBoxLayout()
        try:
            self._own = workspace.archive.receiving_key()
        except ArchiveError as error:  # a sign-in that could not be brought up to date, as on a full disk
            self.setLayout(stacked(Card(label(sentence(workspace.texts, error), wrap=True), padding=20)))
            return
        self._fill()
        self.refresh()

    def _fill(self) -> None:
        t = self._space.texts
        shown = QLineEdit(self._own)
        shown.setReadOnly(True)
        shown.setCursorPosition(0)
        copied = button(t.tr("Copy the key"), self._copy)
        saved = button(t.tr("Save as a file…"), self._save)
        said = t.tr("Your partner types these digits. Read them out by phone or face to face, not in the same message.")
        self.setLayout(
            stacked(
                section_label(t.tr("Your own receiving key")),
                Card(
                    label(t.tr("What is sealed for this key opens only at your own sign-in."), "muted", wrap=True),
                    field(t.tr("Receiving key"), shown),
                    beside(copied, saved, None),
                    field(t.tr("Digits of the key"), digits_label(self._own), said),
                    spacing=12,
                    padding=20,
                ),
                section_label(t.tr("Partners on other computers")),
                Card(self._list_held(), beside(button(t.tr("Add a partner's key…"), self._add), None), padding=20),
                section_label(t.tr("Meetings between two computers")),
                Card(self._meetings(), padding=20),
                spacing=10,
            )
        )

    def _meetings(self) -> QWidget:
        t = self._space.texts
        words = t.tr(
            "Each meeting that you code with such a partner says on its own page how far you both are, and what is "
            "next."
        )
        held = QWidget()
        take = button(t.tr("Take in from a partner…"), lambda: take_from_partner(self._space, self, self._go))
        to = button(t.tr("To the meetings"), lambda: self._go("cases", part="meetings"), "quiet")
        held.setLayout(stacked(label(words, "muted", wrap=True), beside(take, to, None), spacing=12))
        return held

    def refresh(self) -> None:
        """Read anew whose keys count."""
        clear(self._list)
        t, found = self._space.texts, partners(self._space.store)
        for partner in found:
            self._list.addLayout(self._row(partner))
        if not found:
            self._list.addWidget(label(t.tr("No keys of partners yet."), "muted", wrap=True))

    def _list_held(self) -> QWidget:
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(14)
        held = QWidget()
        held.setLayout(self._list)
        return held

    def _row(self, partner: Partner) -> QVBoxLayout:
        t, name = self._space.texts, partner.person.name
        other = button(t.tr("Another key…"), partial(self._replace, partner), "quiet")
        other.setAccessibleName(t.tr("Another key for {name}", name=name))
        ends = button(t.tr("End…"), partial(self._end, partner), "quiet")
        ends.setAccessibleName(t.tr("End the key of {name}", name=name))
        when = t.date(partner.key.confirmed.astimezone().date())
        words = t.tr("digits compared {when}", when=when)
        if partner.earlier:
            words = t.tr("key changed, digits compared {when}", when=when)
        head = beside(label(name, "strong", wrap=True), other, ends)
        head.setStretch(0, 1)
        return stacked(
            head,
            digits_label(partner.key.receiving_key),
            label(words, "muted", wrap=True),
            spacing=4,
        )

    def _copy(self) -> None:
        QApplication.clipboard().setText(self._own)
        self._space.notices.done(self._space.texts.tr("The key was copied. It is no secret and may be sent by mail."))

    def _save(self) -> None:
        t = self._space.texts
        path = FileDialogs(self).save(t.tr("Save as a file"), "havainto-key.txt", TEXT_FILES)
        if path is None:
            return
        try:
            write_whole(path, f"{self._own}\n".encode())
        except AppError as error:
            self._space.notices.trouble(error)
            return
        self._space.notices.done(t.tr("The key was saved. It is no secret and may be sent by mail."))

    def _add(self) -> None:
        if PartnerKeyDialog(self._space, self._own, None, self).exec():
            self._done(self._space.texts.tr("The partner's key is in use."))

    def _replace(self, partner: Partner) -> None:
        if PartnerKeyDialog(self._space, self._own, partner, self).exec():
            self._done(self._space.texts.tr("The new key is in use. The one before counts no more."))

    def _end(self, partner: Partner) -> None:
        t = self._space.texts
        question = t.tr(
            "End the key of {name}? Nothing more can be sealed for it. The name stays where it is already.",
            name=partner.person.name,
        )
        if not confirm(self, t, question, t.tr("End")):
            return
        try:
            end_key(self._space.door, t, partner)
        except AppError as error:
            self._space.notices.trouble(error)
            return
        self._done(t.tr("The key counts no more."))

    def _done(self, words: str) -> None:
        self._space.notices.done(words)
        if isValid(self):  # the window may have been made anew in another language meanwhile
            self.refresh()


def digits_label(key: str) -> QLabel:
    """The digits of a key, large enough to be read out, in groups."""
    made = label("   ".join(fingerprint(key)), "heading", wrap=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
