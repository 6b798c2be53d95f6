"""What was asked with a clip, how it stands with showing it, and what is taken along from it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from app.i18n import Texts
from app.model.supervision import SupervisionAgreement
from app.model.supervision_film import ClipUse
from app.supervising.film import Bar, Judged
from app.supervising.film_words import BARS
from widgets.forms.form import Form, columns
from widgets.look.look import Look
from widgets.look.parts import Card, beside, button, label, section_label


class UsePart(Card):
    """Each field goes to the archive when it is left."""

    edited = Signal(dict)  # field: value
    cover_pressed = Signal()
    controller_pressed = Signal()
    coding_pressed = Signal()
    away_pressed = Signal()

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__(spacing=8, padding=14)
        self._look, self._texts = look, texts
        self._use_id = ""
        t = texts
        self.form = Form(t, self._on_edit)
        self._sign, self._state = QLabel(), label("", "strong", wrap=True)
        self._called = label("", "muted", wrap=True)
        self.cover = button(t.tr("To the covering…"), self.cover_pressed.emit)
        self.controller = button(t.tr("The controller's decision…"), self.controller_pressed.emit)
        self.coding = button(t.tr("To the coding room"), self.coding_pressed.emit, "quiet")
        self.away = button(t.tr("Take away from the session"), self.away_pressed.emit, "quiet")
        self._silent = label(
            t.tr("A part of the voices is muted, so it plays without sound here."), "caption", wrap=True
        )
        state = beside(self._sign, self._state, self.controller, self.cover, spacing=10)
        state.setStretch(1, 1)
        form = self.form
        for part in (
            section_label(t.tr("Clip and question")),
            self._called,
            state,
            self._silent,
            form.text("question", t.tr("The supervisee's question")),
            columns(form.choice("asker", t.tr("Whose clip it is")), form.check("covered", t.tr("Shown covered"))),
            form.text("takeaway", t.tr("What is taken to the work from this clip")),
            beside(self.coding, self.away, None),
        ):
            if isinstance(part, QWidget):
                self.column.addWidget(part)
            else:
                self.column.addLayout(part)

    def show_use(
        self, agreement: SupervisionAgreement, use: ClipUse, found: Judged, called: str, *, silent: bool, mine: bool
    ) -> None:
        """One clip as it stands now; `called` is its code name and what it is of."""
        t = self._texts
        is_other, self._use_id = use.id != self._use_id, use.id
        self._called.setText(called)
        icon, color = ("check", "text") if found.may_be_shown else ("close", "danger")
        self._sign.setPixmap(self._look.pixmap(icon, color, 16))
        self._state.setText(self._state_words(use, found))
        self.form.offer(
            "asker", [("", t.tr("nobody's in particular")), *((s.id, s.called) for s in agreement.supervisees)]
        )
        fields = ("question", "asker", "covered", "takeaway")
        self.form.load({name: getattr(use, name) for name in fields}, anew=is_other)
        for name, field in self.form.widgets.items():
            field.setEnabled(mine and not (name == "covered" and use.stopped))
        self.cover.setVisible(mine and use.covered and found.bar not in (Bar.FILM_GONE, Bar.STOPPED))
        self.controller.setVisible(mine and (found.bar == Bar.CONTROLLER or use.decision is not None))
        self.coding.setVisible(found.bar != Bar.FILM_GONE)
        self.away.setVisible(mine and not use.shown)
        self._silent.setVisible(silent)

    def commit(self) -> None:
        self.form.commit()

    def _state_words(self, use: ClipUse, found: Judged) -> str:
        t = self._texts
        if found.bar is not None:
            said = t.tr(BARS[found.bar])
            return said[:1].upper() + said[1:]
        parts = [t.tr("May be shown")]
        if found.permission is not None:
            parts.append(t.trn("{n} consent", "{n} consents", found.permission.granted))
        if use.shown:
            parts.append(t.trn("shown {n} time", "shown {n} times", len(use.shown)))
        return " · ".join(parts)

    def _on_edit(self, key: str, value: Any) -> bool:
        self.edited.emit({key: value})
        return True
