"""One purpose of a person's consent: how it stands, on which form, and the fields with which it is corrected."""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from app.casework.case_editor import CaseEditor
from app.casework.consents import Standing
from app.i18n import Texts, today
from app.model.consent import Consent, ControllerDecision, Purpose
from app.model.people import Person
from app.vocabulary import StatementTexts
from widgets.cases.decision_form import DecisionForm
from widgets.cases.form_photo import Thumbnail
from widgets.forms.form import Form, columns
from widgets.look.flow import Flow
from widgets.look.parts import beside, button, clear, label, stacked


class Consents(Protocol):
    """Whose consents the rows show, and through what they change."""

    @property
    def texts(self) -> Texts: ...
    @property
    def words(self) -> StatementTexts: ...
    @property
    def editor(self) -> CaseEditor: ...
    @property
    def person(self) -> Person | None: ...
    def called(self, person_id: str) -> str: ...
    def open_form(self, purpose: Purpose | None = None) -> None: ...
    def pictures(self, consent: Consent) -> list[bytes]: ...
    def show_pictures(self, consent: Consent) -> None: ...
    def add_pictures(self, consent: Consent) -> None: ...
    def withdraw(self, consent: Consent) -> None: ...
    def end_decision(self, purpose: Purpose) -> None: ...


class ConsentRow(QWidget):
    """The newest consent to one purpose. *Give* opens the form for it; its own fields open below it to be corrected."""

    def __init__(self, section: Consents, purpose: Purpose) -> None:
        super().__init__()
        self._section, self._purpose = section, purpose
        self._consent: Consent | None = None
        t = section.texts
        name = section.words.purpose(purpose)
        name = name[:1].upper() + name[1:]
        self.state = label("", "muted", wrap=True)
        self.give = button(t.tr("Give…"), lambda: section.open_form(purpose))
        self.correct = button(t.tr("Details"), self.open_details, "quiet")
        self.withdraw = button(t.tr("Withdraw…"), self._on_withdraw)
        self.end = button(t.tr("End the decision…"), lambda: section.end_decision(purpose))
        for act in (self.give, self.correct, self.withdraw, self.end):
            act.setAccessibleName(f"{act.text()} {name}")
        words = stacked(label(name, "strong", wrap=True), self.state, spacing=2)
        head = beside(words, self.correct, self.give, self.withdraw, self.end, spacing=8)
        head.setStretch(0, 1)
        self.deciding = DecisionForm(t, self._on_decide, self._close_decision)
        self.deciding.hide()
        self.details = Form(t, self._edit)
        self._details_box = self._make_details(t)
        self._details_box.hide()
        self.setLayout(stacked(head, self.deciding, self._details_box, spacing=10, margins=(18, 10, 18, 10)))

    def show_consents(
        self, consents: tuple[Consent, ...], standing: Standing, decision: ControllerDecision | None, *, enabled: bool
    ) -> None:
        """`consents` are the person's for this purpose, the last word last; `decision` is the one in force."""
        day = today()
        newest = consents[-1] if consents else None
        is_other = (newest.id if newest else "") != (self._consent.id if self._consent else "")
        self._consent = newest
        words = [] if newest is None and decision is not None else [state_words(self._section, newest, day)]
        words += [] if decision is None else [decision_words(self._section.texts, decision)]
        self.state.setText("\n".join(words))
        in_force = newest is not None and newest.withdrawn is None and (newest.until is None or day <= newest.until)
        self.end.setVisible(decision is not None)
        self.give.setVisible(not in_force)
        self.give.setEnabled(enabled)
        self.withdraw.setVisible(in_force)
        self.correct.setVisible(newest is not None)
        if newest is None:
            self._details_box.hide()
        else:
            keys = ("given", "until", "form_version", "explained_by")
            self.details.load({k: getattr(newest, k) for k in keys}, anew=is_other)
            self._show_pictures(newest)
        if standing != Standing.LACKING:
            self.deciding.hide()

    def _show_pictures(self, consent: Consent) -> None:
        """Read from their containers only when they are looked at."""
        clear(self._pages)
        t = self._section.texts
        if self._details_box.isHidden():
            return
        pictures = self._section.pictures(consent)
        for number, picture in enumerate(pictures, start=1):
            self._pages.addWidget(Thumbnail(picture, t.tr("Page {n} of {all}", n=number, all=len(pictures))))
        if pictures:
            self._pages.addWidget(button(t.tr("Show large"), lambda: self._section.show_pictures(consent)))
        self._pages.addWidget(
            button(t.tr("Add a photograph of the form…"), lambda: self._section.add_pictures(consent), "quiet")
        )

    def open_decision(self) -> None:
        self._details_box.hide()
        self.deciding.begin()

    def _on_decide(self, day: date, who: str, ground: str) -> bool:
        section, person = self._section, self._section.person
        taken = person is not None and section.editor.decide_despite(person, self._purpose, day, who, ground)
        if taken:
            self.deciding.hide()
            self.give.setFocus()
        return taken

    def _close_decision(self) -> None:
        self.deciding.hide()
        self.give.setFocus()

    def open_details(self) -> None:
        if self._details_box.isHidden():
            self._details_box.show()
            if self._consent is not None:
                self._show_pictures(self._consent)
            self.details.widgets["given"].setFocus()
        else:
            self.details.commit()
            self._details_box.hide()

    def close_form(self) -> None:
        """Nothing half typed stays open when another person is shown."""
        self.commit()
        self.deciding.hide()
        self._details_box.hide()

    def commit(self) -> None:
        if not self._details_box.isHidden():
            self.details.commit()

    def _make_details(self, t: Texts) -> QWidget:
        form = self.details
        box = QWidget()
        self._pages = Flow()
        days = columns(form.date("given", t.tr("Given")), form.date("until", t.tr("Valid until")))
        words = columns(
            form.line("form_version", t.tr("Version of the form")), form.line("explained_by", t.tr("Explained by"))
        )
        box.setLayout(stacked(days, words, self._pages, spacing=10))
        return box

    def _edit(self, key: str, value: Any) -> bool:
        if self._consent is None or (key == "given" and value is None):
            return False
        return self._section.editor.edit(self._consent, **{key: value})

    def _on_withdraw(self) -> None:
        if self._consent is not None:
            self.commit()
            self._section.withdraw(self._consent)


def decision_words(t: Texts, decision: ControllerDecision) -> str:
    """*Rekisterinpitäjän ratkaisu 3.11.2026: johtava sosiaalityöntekijä · huoltajaa ei tavoiteta*."""
    head = t.tr("controller's decision {day}", day=t.date(decision.decided))
    return f"{head}: {decision.decided_by} · {decision.ground}"


def state_words(section: Consents, consent: Consent | None, day: date) -> str:
    """*annettu 3.11.2026, antoi äiti · voimassa 3.11.2027 saakka · lomake 2 · kuva · kertoi Aino*."""
    t = section.texts
    if consent is None:
        return t.tr("not given")
    parts = [t.tr("given {day}", day=t.date(consent.given))]
    givers = [*map(section.called, consent.given_by), consent.given_by_other]
    if names := ", ".join(name for name in givers if name):
        parts.append(t.tr("by {names}", names=names))
    if consent.withdrawn is not None:
        parts.append(t.tr("withdrawn {day}", day=t.date(consent.withdrawn)))
    elif consent.until is not None and day > consent.until:
        parts.append(t.tr("ended {day}", day=t.date(consent.until)))
    elif consent.until is not None:
        parts.append(t.tr("valid until {day}", day=t.date(consent.until)))
    if consent.form_version:
        parts.append(t.tr("form {version}", version=consent.form_version))
    if consent.forms:
        parts.append(t.tr("form photographed"))
    if consent.explained_by:
        parts.append(t.tr("explained by {name}", name=consent.explained_by))
    return " · ".join(parts)
