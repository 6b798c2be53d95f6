"""*Toimeksianto*: what was ordered, its numbered questions, and the documents that were known."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.model.commission import ORDERED, PICKED, Commission
from app.workspace import Workspace
from widgets.cases.commission_card import CommissionCard
from widgets.cases.commission_steps import CommissionSteps, state_words
from widgets.cases.questions import Questions
from widgets.cases.section import WIDEST, Section
from widgets.cases.sources import Sources
from widgets.forms.form import Form, columns, held
from widgets.look.look import Look
from widgets.look.parts import Card, beside, label, section_label


class CommissionSection(Section):
    """The commission's fields, questions and sources."""

    def __init__(self, space: Workspace, look: Look) -> None:
        super().__init__(space, look)
        t = self.texts
        self.form = Form(t, self._edit)
        self.questions = Questions(t, lambda rows: self._edit("questions", rows))
        self.sources = Sources(t, lambda rows: self._edit("sources", rows))
        self.card, self.steps = CommissionCard(self), CommissionSteps(self)
        self.state = label("", "caption")
        head = held(beside(section_label(t.tr("Commission")), None, self.state))
        head.setMaximumWidth(WIDEST)
        self.card.setMaximumWidth(WIDEST)
        self.column.addWidget(head)
        self.column.addWidget(self.card)
        for title, card in (
            (t.tr("Way of the commission"), self.steps),
            (t.tr("Commissioner"), self._who()),
            (t.tr("Assignment"), self._what()),
            (t.tr("Commissioner's questions"), Card(self.questions, padding=20)),
            (t.tr("Documents that were known"), Card(self.sources, padding=20)),
        ):
            self.column.addWidget(section_label(title))
            card.setMaximumWidth(WIDEST)
            self.column.addWidget(card)
        self.column.addStretch(1)

    def _who(self) -> QWidget:
        t, form = self.texts, self.form
        card = Card(spacing=14, padding=20)
        rows = (
            columns(
                form.line("commissioner", t.tr("Commissioner")),
                self._picked("unit", t.tr("Unit")),
            ),
            columns(
                form.line("social_worker", t.tr("Responsible social worker")),
                self._picked("worker_role", t.tr("Role in the process")),
            ),
            columns(
                form.line("leading_worker", t.tr("Leading social worker")),
                form.line("county_worker", t.tr("Work partner from the commissioner")),
            ),
            columns(
                form.line("controller", t.tr("Controller of the data")),
                form.line("organiser", t.tr("Service organiser, if not the commissioner")),
            ),
            columns(
                form.line("producer", t.tr("Service producer, if not the workers' employer")),
                self._picked("basis", t.tr("Ground for processing the data")),
            ),
            columns(
                form.line("decision", t.tr("Decision and its number")),
                form.line("agreement", t.tr("Number of the purchase agreement")),
            ),
            columns(
                self._picked("return_rule", t.tr("What goes back at the end, and to whom")),
            ),
        )
        for row in rows:
            card.column.addLayout(row)
        return card

    def _what(self) -> QWidget:
        t, form, words = self.texts, self.form, self.words
        kinds = [(k, words.document_kind(k)) for k in ORDERED]
        card = Card(spacing=14, padding=20)
        rows = (
            columns(
                form.choice("document", t.tr("Document"), kinds),
                form.date("ordered", t.tr("Ordered")),
            ),
            columns(
                form.date("deadline", t.tr("Deadline agreed")),
                form.date("law_deadline", t.tr("Deadline by law")),
            ),
            columns(
                self._picked("assessment", t.tr("Type of assessment or service")),
                self._picked("service_task", t.tr("Service task")),
            ),
        )
        for row in rows:
            card.column.addLayout(row)
        card.column.addWidget(self._picked("legal_context", t.tr("Legal context")))
        return card

    def _picked(self, field: str, name: str) -> QWidget:
        """A field whose words are offered and kept by their key; it takes own words too."""
        table = PICKED[field]
        return self.form.suggestions(field, name, [(key, self.words.of(table, key)) for key in self.words.keys(table)])

    def read(self, *, anew: bool) -> None:
        commission = self.editor.commission
        self.form.load({f.name: getattr(commission, f.name) for f in fields(Commission)}, anew=anew)
        self.questions.load(commission.questions, anew=anew)
        self.sources.load(commission.sources, anew=anew)
        self.steps.show_commission(commission, anew=anew)
        self.state.setText(state_words(self.texts, self.words, commission.steps[-1]) if commission.steps else "")
        self.card.show_commission(commission)

    def showEvent(self, event: QShowEvent) -> None:
        """Where the questions stand comes of more than the case, so it is read whenever it comes in sight."""
        self._is_due = True
        super().showEvent(event)

    def write(self) -> None:
        self.form.commit()
        self.questions.commit()
        self.sources.commit()

    def _edit(self, key: str, value: Any) -> bool:
        return self.editor.fill_commission(**{key: value})
