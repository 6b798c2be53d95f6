"""A guest's pass is given: as whom, in whose place, until when, and the name and passphrase that the guest types."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.i18n import Texts, today
from app.model.guests import OF_THE_PAIR, GuestRole
from app.office.guest_words import role_words
from app.office.guests import Invitation, latest_day
from widgets.folding import size_to_fit
from widgets.forms.date_field import DateField
from widgets.forms.form import columns, named
from widgets.forms.inputs import Choice
from widgets.look.parts import beside, button, field, label, primary_button, scrolled, stacked
from widgets.new_archive import PassphraseFields

#: what is offered first
USUAL = timedelta(days=30)
WIDTH, HEIGHT = 560, 640


class InviteDialog(QDialog):
    """`places` are the coders (id, name) in whose place a guest can come; `trains` whether a student may code."""

    def __init__(
        self, texts: Texts, meeting_id: str, places: Sequence[tuple[str, str]], parent: QWidget, *, trains: bool
    ) -> None:
        super().__init__(parent)
        self._texts, self._meeting_id = texts, meeting_id
        self.setWindowTitle(texts.tr("Give a guest's pass"))
        roles = [role for role in GuestRole if (bool(places) if role in OF_THE_PAIR else trains)]
        self.role = Choice([(role, role_words(texts, role)) for role in roles])
        self.role.setCurrentIndex(0)
        self.place = Choice([(i, name or texts.tr("nobody yet")) for i, name in places])
        self.place.setCurrentIndex(len(places) - 1)
        self.until = DateField(texts, texts.tr("Last day"))
        self.until.set_value(today() + USUAL)
        self._name = QLineEdit()
        self._secret = PassphraseFields(texts, self._on_change)
        self.ok = primary_button(texts.tr("Give the pass"), self.accept)
        self.ok.setDefault(True)  # Enter in a field sends the form
        self._said = label("", "muted", wrap=True)
        self._in_place = named(texts.tr("In whose place"), self.place)
        self._put_together()
        self.role.currentIndexChanged.connect(lambda _: self._on_change())
        self.until.line.textChanged.connect(lambda _: self._on_change())
        self._name.textChanged.connect(lambda _: self._on_change())
        size_to_fit(self, WIDTH, HEIGHT)
        self._on_change()

    def _put_together(self) -> None:
        t = self._texts
        inside = QWidget()
        inside.setLayout(
            stacked(
                label(t.tr("The guest types an own passphrase here, and can sign in at once."), wrap=True),
                columns(named(t.tr("As whom"), self.role), self._in_place),
                self._said,
                self.until,
                label(t.tr("Given until a day, at most 12 months ahead."), "caption", wrap=True),
                field(t.tr("The guest's name"), self._name),
                self._secret,
                None,
                spacing=12,
                margins=(24, 24, 24, 8),
            )
        )
        foot = QWidget()
        foot.setLayout(
            stacked(beside(button(t.tr("Cancel"), self.reject, "quiet"), None, self.ok), margins=(24, 8, 24, 20))
        )
        self.setLayout(stacked(scrolled(inside), foot, spacing=0))

    def name(self) -> str:
        return self._name.text().strip()

    def passphrase(self) -> str:
        return self._secret.passphrase()

    def wanted(self) -> Invitation:
        """What the pass is given for; asked once *Give* can be pressed."""
        role, until = self.role.value(), self.until.value()
        return Invitation(self._meeting_id, role, until, self.place.value() if role in OF_THE_PAIR else "")

    def _on_change(self) -> None:
        t, role = self._texts, self.role.value()
        self._in_place.setVisible(role in OF_THE_PAIR)
        self._said.setText(
            t.tr("The guest is then one of the meeting's two coders. A coding that was begun waits sealed and unread.")
            if role in OF_THE_PAIR
            else t.tr("A student codes to learn, beside the reference coding, and is never counted as one of the pair.")
        )
        self._secret.think_of(self._name.text())
        day = None if self.until.is_wrong() else self.until.value()
        is_day = day is not None and today() <= day <= latest_day()
        self.ok.setEnabled(is_day and bool(self.name()) and self._secret.is_good() and role is not None)
