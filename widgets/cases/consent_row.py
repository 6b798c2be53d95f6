"""One purpose of a person's consent: how it stands, and the fields with which it is given or corrected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from PySide6.QtWidgets import QLineEdit, QWidget

from app.casework.case_editor import CaseEditor
from app.casework.consents import Standing
from app.i18n import Texts, today
from app.model.consent import Consent, ControllerDecision, Purpose
from app.model.people import Person
from app.vocabulary import StatementTexts
from widgets.cases.decision_form import DecisionForm
from widgets.forms.date_field import DateField
from widgets.forms.form import Form, columns, named
from widgets.look.parts import beside, button, label, stacked


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
    @property
    def worker_name(self) -> str: ...
    def withdraw(self, consent: Consent) -> None: ...
    def end_decision(self, purpose: Purpose) -> None: ...


class ConsentRow(QWidget):
    """The newest consent to one purpose. Its fields open below it: new ones to give, its own ones to correct."""

    def __init__(self, section: Consents, purpose: Purpose) -> None:
        super().__init__()
        self._section, self._purpose = section, purpose
        self._consent: Consent | None = None
        t = section.texts
        name = section.words.purpose(purpose)
        name = name[:1].upper() + name[1:]
        self.state = label("", "muted", wrap=True)
        self.give = button(t.tr("Give…"), self.open_giving)
        self.correct = button(t.tr("Details"), self.open_details, "quiet")
        self.withdraw = button(t.tr("Withdraw…"), self._on_withdraw)
        self.decide = button(t.tr("Controller's decision…"), self.open_decision, "quiet")
        self.end = button(t.tr("End the decision…"), lambda: section.end_decision(purpose))
        for act in (self.give, self.correct, self.withdraw, self.decide, self.end):
            act.setAccessibleName(f"{act.text()} {name}")
        words = stacked(label(name, "strong", wrap=True), self.state, spacing=2)
        head = beside(words, self.correct, self.give, self.withdraw, self.end, spacing=8)
        head.setStretch(0, 1)
        self.giving = GivingForm(self, t, self.decide)
        self.deciding = DecisionForm(t, self._on_decide, self._close_decision)
        self.deciding.hide()
        self.details = Form(t, self._edit)
        self._details_box = self._make_details(t)
        self.giving.hide()
        self._details_box.hide()
        self.setLayout(
            stacked(head, self.giving, self.deciding, self._details_box, spacing=10, margins=(18, 10, 18, 10))
        )

    def show_consents(
        self, consents: tuple[Consent, ...], standing: Standing, decision: ControllerDecision | None, *, enabled: bool
    ) -> None:
        """`consents` are the person's for this purpose, the newest last; `decision` is the one in force."""
        day = today()
        newest = consents[-1] if consents else None
        is_other = (newest.id if newest else "") != (self._consent.id if self._consent else "")
        self._consent = newest
        words = [] if newest is None and decision is not None else [state_words(self._section.texts, newest, day)]
        words += [] if decision is None else [decision_words(self._section.texts, decision)]
        self.state.setText("\n".join(words))
        in_force = newest is not None and newest.withdrawn is None and (newest.until is None or day <= newest.until)
        self.decide.setVisible(enabled and standing == Standing.LACKING)
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
        if in_force:
            self.giving.hide()
        if standing != Standing.LACKING:
            self.deciding.hide()

    def open_decision(self) -> None:
        self._details_box.hide()
        self.giving.hide()
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

    def open_giving(self) -> None:
        self._details_box.hide()
        self.deciding.hide()
        self.giving.begin(self._section.worker_name)
        self.giving.show()
        self.giving.given.line.setFocus()

    def open_details(self) -> None:
        if self._details_box.isHidden():
            self._details_box.show()
            self.details.widgets["given"].setFocus()
        else:
            self.details.commit()
            self._details_box.hide()

    def close_form(self) -> None:
        """Nothing half typed stays open when another person is shown."""
        self.commit()
        self.giving.hide()
        self.deciding.hide()
        self._details_box.hide()

    def commit(self) -> None:
        if not self._details_box.isHidden():
            self.details.commit()

    def record(self, wish: Wish) -> None:
        """The consent was given as the form says."""
        section, person = self._section, self._section.person
        if person is None:
            return
        more = {"until": wish.until, "form_version": wish.form_version, "explained_by": wish.explained_by}
        if section.editor.give_consent(person, self._purpose, wish.given, **more):
            self.giving.hide()
            self.withdraw.setFocus()

    def close_giving(self) -> None:
        self.giving.hide()
        self.give.setFocus()

    def _make_details(self, t: Texts) -> QWidget:
        form = self.details
        box = QWidget()
        box.setLayout(
            columns(
                form.date("given", t.tr("Given")),
                form.date("until", t.tr("Valid until")),
                form.line("form_version", t.tr("Version of the form")),
                form.line("explained_by", t.tr("Explained by")),
                shares=(2, 2, 3, 4),
            )
        )
        return box

    def _edit(self, key: str, value: Any) -> bool:
        if self._consent is None or (key == "given" and value is None):
            return False
        return self._section.editor.edit(self._consent, **{key: value})

    def _on_withdraw(self) -> None:
        if self._consent is not None:
            self.commit()
            self._section.withdraw(self._consent)


@dataclass(frozen=True)
class Wish:
    """What the giving form says."""

    given: date
    until: date | None
    form_version: str
    explained_by: str


class GivingForm(QWidget):
    """The fields of a consent that is about to be recorded; nothing is in the archive before *Record* is pressed."""

    def __init__(self, row: ConsentRow, texts: Texts, otherwise: QWidget) -> None:
        """`otherwise` is the way on where the consent cannot be had."""
        super().__init__()
        self._row = row
        self.given = DateField(texts, texts.tr("Given"))
        self.until = DateField(texts, texts.tr("Valid until"))
        self.form_version, self.explained_by = QLineEdit(), QLineEdit()
        self.record = button(texts.tr("Record the consent"), self._record)
        self.cancel = button(texts.tr("Cancel"), row.close_giving, "quiet")
        fields = columns(
            self.given,
            self.until,
            named(texts.tr("Version of the form"), self.form_version),
            named(texts.tr("Explained by"), self.explained_by),
            shares=(2, 2, 3, 4),
        )
        self.setLayout(stacked(fields, beside(self.record, self.cancel, None, otherwise), spacing=10))

    def begin(self, explained_by: str) -> None:
        self.given.set_value(today())
        self.until.set_value(None)
        self.form_version.clear()
        self.explained_by.setText(explained_by)

    def _record(self) -> None:
        for field in (self.given, self.until):
            if field.is_wrong():
                field.line.setFocus()
                return
        given = self.given.value()
        if given is None:
            self.given.line.setFocus()
            return
        self._row.record(
            Wish(given, self.until.value(), self.form_version.text().strip(), self.explained_by.text().strip())
        )


def decision_words(t: Texts, decision: ControllerDecision) -> str:
    """*Rekisterinpitäjän ratkaisu 3.11.2026: johtava sosiaalityöntekijä · huoltajaa ei tavoiteta*."""
    head = t.tr("controller's decision {day}", day=t.date(decision.decided))
    return f"{head}: {decision.decided_by} · {decision.ground}"


def state_words(t: Texts, consent: Consent | None, day: date) -> str:
    """*annettu 3.11.2026 · voimassa 3.11.2027 saakka · lomake 2 · kertoi Aino*."""
    if consent is None:
        return t.tr("not given")
    parts = [t.tr("given {day}", day=t.date(consent.given))]
    if consent.withdrawn is not None:
        parts.append(t.tr("withdrawn {day}", day=t.date(consent.withdrawn)))
    elif consent.until is not None and day > consent.until:
        parts.append(t.tr("ended {day}", day=t.date(consent.until)))
    elif consent.until is not None:
        parts.append(t.tr("valid until {day}", day=t.date(consent.until)))
    if consent.form_version:
        parts.append(t.tr("form {version}", version=consent.form_version))
    if consent.explained_by:
        parts.append(t.tr("explained by {name}", name=consent.explained_by))
    return " · ".join(parts)
