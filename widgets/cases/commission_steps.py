"""The way of the commission, from the first call to its end: what is on record, and a short form for the next step."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from app.casework.commissions import may_begin_anew, next_states
from app.i18n import Texts, today
from app.model.commission import Commission, CommissionStep
from app.vocabulary import StatementTexts
from widgets.cases.section import Section
from widgets.forms.date_field import DateField
from widgets.forms.form import below_name, columns, held, named
from widgets.forms.inputs import Choice
from widgets.look.parts import Card, beside, button, clear, label, stacked


class CommissionSteps(Card):
    """Each step with its day and who recorded it. Nothing is kept before *Record* is pressed; Ctrl+Z takes it back."""

    def __init__(self, section: Section) -> None:
        super().__init__(spacing=12, padding=20)
        self._section = section
        t = section.texts
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self.state = Choice()
        self.day = DateField(t, t.tr("Day"))
        self.words = QLineEdit()
        self.record = button(t.tr("Record"), self._on_record)
        first = columns(named(t.tr("Next step"), self.state), self.day, shares=(3, 2))
        second = columns(
            named(t.tr("Who called, or why it was refused"), self.words), below_name(self.record), shares=(4, 1)
        )
        self.again = button(t.tr("Another commission in this case"), self._on_again)
        self._earlier = label("", "muted", wrap=True)
        self.form = held(stacked(first, second, spacing=10))
        self.column.addLayout(self._rows)
        self.column.addWidget(self.form)
        self.column.addLayout(beside(self.again, None))
        self.column.addWidget(self._earlier)

    def show_commission(self, commission: Commission, *, anew: bool) -> None:
        section = self._section
        clear(self._rows)
        if not commission.steps:
            self._rows.addWidget(label(section.texts.tr("No steps on record yet."), "muted", wrap=True))
        for step in commission.steps:
            self._rows.addWidget(label(self._said(step), wrap=True))
        states = next_states(commission)
        chosen = self.state.value()
        if chosen not in states:
            self.state.set_value(None)  # a value that is not offered any more would join the list
        self.state.offer([(s, _capital(section.words.of("commission_states", s))) for s in states])
        if chosen not in states and states:
            self.state.set_value(states[0])
        self.form.setVisible(bool(states))
        self.again.setVisible(may_begin_anew(commission))
        earlier = [self._told(c) for c in reversed(section.file.earlier)]
        self._earlier.setText("\n".join(earlier))
        self._earlier.setVisible(bool(earlier))
        if anew:
            self.words.clear()
            self.day.set_value(today())

    def _on_record(self) -> None:
        day = None if self.day.is_wrong() else self.day.value()
        if day is None:
            self.day.setFocus()
        elif self._section.editor.move_commission(self.state.value(), day, self.words.text()):
            self.words.clear()
        else:
            self.words.setFocus()

    def _on_again(self) -> None:
        self._section.editor.begin_commission_anew()

    def _told(self, commission: Commission) -> str:
        """*Aiempi toimeksianto: LS 2026/417 · vanhemmuuden arviointi · Päättynyt 6.10.2026*."""
        t, words = self._section.texts, self._section.words
        parts = [commission.decision, words.said("assessments", commission.assessment)]
        parts += [state_words(t, words, commission.steps[-1])] if commission.steps else []
        return t.tr("Earlier commission: {which}", which=" · ".join(x for x in parts if x))

    def _said(self, step: CommissionStep) -> str:
        """*Hyväksytty 6.10.2026 · kirjasi Aino · puhelu johtavalta*."""
        section = self._section
        t = section.texts
        worker = section.space.worker_name(step.by)
        return " · ".join(
            x for x in (state_words(t, section.words, step), t.tr("by {name}", name=worker), step.words) if x
        )


def state_words(t: Texts, words: StatementTexts, step: CommissionStep) -> str:
    """*Hyväksytty 6.10.2026*."""
    return f"{_capital(words.of('commission_states', step.state))} {t.date(step.day)}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
