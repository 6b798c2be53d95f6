"""What is agreed before the first session: who, why, how often, price, cancelling, silence and its limits."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.i18n import N_, Texts, today
from app.model.supervision import CancellationRule, PayerLine
from app.supervising import words
from app.supervising.agreements import SupervisionEditor
from app.vocabulary import StatementTexts
from widgets.forms.form import Form, columns
from widgets.forms.price_field import euros, show_euros
from widgets.look.look import Look
from widgets.look.parts import Card, beside, button, label, scrolled, section_label, stacked
from widgets.supervision.people_part import GoalsPart, PeoplePart
from widgets.supervision.sign_dialog import EndDialog, SignaturesDialog

_PLAIN = (
    "title", "customer", "payer", "form", "delivery", "place", "start", "end", "weeks", "minutes", "planned",
    "price_per", "vat", "evaluation", "confidentiality", "known_before", "exploring", "explored", "outside",
)  # fmt: skip

_LACKING = {
    "customer": N_("customer"),
    "supervisees": N_("supervisees"),
    "goals": N_("goals"),
    "start": N_("first day"),
    "evaluation": N_("evaluation"),
    "confidentiality": N_("confidentiality"),
}


class AgreementPage(QWidget):
    """Each field goes to the archive when it is left; a signed agreement is read, but for who comes and leaves."""

    back_pressed = Signal()
    paper_pressed = Signal()
    follow_pressed = Signal()

    def __init__(self, look: Look, texts: Texts, editor: SupervisionEditor) -> None:
        super().__init__()
        self._look, self._texts, self._editor = look, texts, editor
        self.form = Form(texts, self._on_edit)
        t = texts
        self._head = label("", "title")
        self._state = label("", "muted")
        self.sign = button(t.tr("Note the signatures…"), self._sign)
        self.finish = button(t.tr("End the supervision…"), self._end, "quiet")
        self.follow = button(t.tr("New agreement from this one"), self.follow_pressed.emit, "quiet")
        self.paper = button(t.tr("Supervision agreement PDF"), self.paper_pressed.emit)
        head = beside(
            button(t.tr("Back to the agreement's page"), self.back_pressed.emit, "quiet"),
            self._head, self._state, None, self.follow, self.finish, self.paper, self.sign, spacing=10,
        )  # fmt: skip
        self._lacks = label("", "muted", wrap=True)
        self.people, self.goals = PeoplePart(t, editor), GoalsPart(t, editor)
        self._payer: dict[PayerLine, QCheckBox] = {}
        left = stacked(self._who_card(), Card(self.people), Card(self.goals), None, spacing=14)
        right = stacked(
            self._rhythm_card(), self._price_card(), self._words_card(), self._payer_card(), None, spacing=14
        )
        body = beside(left, right, spacing=16)
        body.setStretch(0, 1)
        body.setStretch(1, 1)
        inside = QWidget()
        inside.setMaximumWidth(1280)
        inside.setLayout(stacked(head, self._lacks, body, None, spacing=14, margins=(20, 14, 20, 20)))
        self.setLayout(stacked(scrolled(inside), spacing=0))

    # building

    def _who_card(self) -> Card:
        t, form = self._texts, self.form
        forms = [(key, t.tr(name)) for key, name in words.FORMS.items()]
        return Card(
            section_label(t.tr("Supervision agreement")),
            form.line("title", t.tr("What it is called in lists")),
            columns(form.line("customer", t.tr("Customer")), form.line("payer", t.tr("Payer, if another"))),
            columns(form.choice("form", t.tr("Form"), forms), None),
            form.check("outside", t.tr("The supervisees are not of this house")),
            form.text("known_before", t.tr("What supervisor and supervisees had to do with one another before")),
            columns(
                form.date("explored", t.tr("Exploratory meeting")),
                form.line("exploring", t.tr("What came of it")),
                shares=(1, 2),
            ),
            spacing=10,
        )

    def _rhythm_card(self) -> Card:
        t, form = self._texts, self.form
        spoken = StatementTexts(t.language)
        deliveries = [(key, spoken.of("deliveries", key)) for key in spoken.keys("deliveries")]
        return Card(
            section_label(t.tr("Number and rhythm")),
            columns(form.date("start", t.tr("Begins")), form.date("end", t.tr("Ends at the latest"))),
            columns(
                form.number("planned", t.tr("Sessions"), 1, 99),
                form.number("minutes", t.tr("Minutes"), 15, 480),
                form.number("weeks", t.tr("Weeks between"), 1, 52),
            ),
            columns(form.choice("delivery", t.tr("How you meet"), deliveries), form.line("place", t.tr("Place"))),
            spacing=10,
        )

    def _price_card(self) -> Card:
        t, form = self._texts, self.form
        per = [(key, t.tr(name)) for key, name in words.PRICES.items()]
        return Card(
            section_label(t.tr("Price and cancelling")),
            columns(
                form.line("price", t.tr("Price in euros, before tax"), example="150"),
                form.choice("price_per", t.tr("Price for"), per),
                form.line("vat", t.tr("Value added tax, in words")),
            ),
            columns(
                form.number("days", t.tr("Free until, days before"), 0, 90),
                form.number("late", t.tr("Later, %"), 0, 100),
                form.number("missed", t.tr("Not coming, %"), 0, 100),
            ),
            spacing=10,
        )

    def _words_card(self) -> Card:
        t, form = self._texts, self.form
        return Card(
            section_label(t.tr("Evaluation and silence")),
            form.text("evaluation", t.tr("How and when it is evaluated"), 2),
            form.text("confidentiality", t.tr("Confidentiality and its limits, said before the first session"), 3),
            spacing=10,
        )

    def _payer_card(self) -> Card:
        t = self._texts
        card = Card(
            section_label(t.tr("What the payer is told")),
            label(t.tr("These lines go into the yearly summary."), "caption", wrap=True),
            spacing=4,
        )
        for line, name in words.PAYER_LINES.items():
            box = self._payer[line] = QCheckBox(t.tr(name))
            box.setAccessibleName(t.tr(name))
            box.clicked.connect(lambda _: self._on_payer())
            card.column.addWidget(box)
        return card

    # filling

    def show_agreement(self, *, anew: bool = False) -> None:
        agreement, t = self._editor.agreement, self._texts
        is_open = self._editor.is_mine and agreement.ended is None
        rule = agreement.cancelling
        values: dict[str, Any] = {name: getattr(agreement, name) for name in _PLAIN}
        values |= {"price": show_euros(agreement.price), "days": rule.days, "late": rule.late, "missed": rule.missed}
        self.form.load(values, anew=anew)
        for name, part in self.form.widgets.items():
            part.setEnabled(is_open and (not agreement.is_signed or name == "title"))
        for line, box in self._payer.items():
            box.setChecked(line in agreement.payer_sees)
            box.setEnabled(is_open and not agreement.is_signed)
        self.people.show_people(is_open=is_open)
        self.goals.show_goals(is_open=is_open)
        self._head.setText(agreement.title)
        last = max((s.day for s in agreement.signed), default=None)
        self._state.setText(
            t.tr("ended {day}", day=t.date(agreement.ended)) if agreement.ended
            else t.tr("signed {day}; its terms stay", day=t.date(last)) if last
            else t.tr("draft")
        )  # fmt: skip
        lacks = [t.tr(_LACKING[name]) for name in self._editor.lacks()] if not agreement.is_signed else []
        self._lacks.setText(t.tr("Before it is signed it still lacks: {what}.", what=", ".join(lacks)) if lacks else "")
        self._lacks.setVisible(bool(lacks))
        self.sign.setVisible(is_open and not agreement.is_signed)
        self.sign.setEnabled(not lacks)
        self.finish.setVisible(is_open and agreement.is_signed)
        self.follow.setVisible(self._editor.is_mine and agreement.is_signed)

    def commit(self) -> None:
        self.form.commit()
        if self._editor.is_mine and self._editor.agreement.ended is None:
            self.people.commit()
            self.goals.commit()

    # edits

    def _on_edit(self, key: str, value: Any) -> bool:
        rule = self._editor.agreement.cancelling
        if key == "price":
            cents = euros(value)
            if cents is None:
                return False
            return self._editor.edit(price=cents)
        if key in ("days", "late", "missed"):
            said = {"days": rule.days, "late": rule.late, "missed": rule.missed} | {key: value}
            return self._editor.edit(cancelling=CancellationRule(**said))
        if key == "title" and not value:
            return False
        return self._editor.edit(**{key: value})

    def _on_payer(self) -> None:
        self._editor.edit(payer_sees=tuple(line for line, box in self._payer.items() if box.isChecked()))

    def _sign(self) -> None:
        self.commit()
        asked = SignaturesDialog(self, self._texts, self._editor.agreement)
        if not self._editor.lacks() and asked.exec():
            self._editor.sign(asked.hands())

    def _end(self) -> None:
        asked = EndDialog(self, self._texts, today())
        if asked.exec():
            self._editor.end(asked.day(), asked.words())
