"""*Toimeksianto*: what was ordered, its numbered questions, and the documents that were known."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from PySide6.QtWidgets import QWidget

from app.model.change import added
from app.model.commission import Commission, DocumentKind
from app.model.identity import new_id
from app.workspace import Workspace
from widgets.cases.questions import Questions
from widgets.cases.section import WIDEST, Section
from widgets.cases.sources import Sources
from widgets.forms.form import Form, columns, held
from widgets.look.look import Look
from widgets.look.parts import Card, section_label


class CommissionSection(Section):
    """The commission's fields, questions and sources."""

    def __init__(self, space: Workspace, look: Look) -> None:
        super().__init__(space, look)
        t = self.texts
        self.form = Form(t, self._edit)
        self.questions = Questions(t, lambda rows: self._edit("questions", rows))
        self.sources = Sources(t, lambda rows: self._edit("sources", rows))
        for title, card in (
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
        first = columns(form.line("commissioner", t.tr("Commissioner")), form.line("unit", t.tr("Unit")))
        second = columns(
            form.line("social_worker", t.tr("Responsible social worker")),
            form.line("controller", t.tr("Controller of the data")),
        )
        third = columns(
            form.line("decision", t.tr("Decision and its number")),
            form.line("agreement", t.tr("Number of the purchase agreement")),
        )
        fourth = columns(
            form.line("organiser", t.tr("Service organiser, if not the commissioner")),
            form.line("basis", t.tr("Ground for processing the data")),
        )
        for row in (first, second, third, fourth):
            card.column.addLayout(row)
        return card

    def _what(self) -> QWidget:
        t, form, words = self.texts, self.form, self.words
        kinds = [(k, words.document_kind(k)) for k in DocumentKind]
        card = Card(spacing=14, padding=20)
        first = columns(
            form.choice("document", t.tr("Document"), kinds),
            held(columns(form.date("ordered", t.tr("Ordered")), form.date("deadline", t.tr("Deadline")))),
        )
        second = columns(
            form.suggestions("assessment", t.tr("Type of assessment or service"), self._offered("assessments")),
            form.suggestions("service_task", t.tr("Service task"), self._offered("service_tasks")),
        )
        card.column.addLayout(first)
        card.column.addLayout(second)
        card.column.addWidget(form.suggestions("legal_context", t.tr("Legal context"), self._offered("legal_contexts")))
        return card

    def _offered(self, table: str) -> list[tuple[str, str]]:
        """The keys of a pick-list with their words; a field of it takes own words too."""
        return [(key, self.words.of(table, key)) for key in self.words.keys(table)]

    def refresh(self, *, anew: bool = False) -> None:
        commission = self._commission()
        self.form.load({f.name: getattr(commission, f.name) for f in fields(Commission)}, anew=anew)
        self.questions.load(commission.questions, anew=anew)
        self.sources.load(commission.sources, anew=anew)

    def commit(self) -> None:
        self.form.commit()
        self.questions.commit()
        self.sources.commit()

    def _commission(self) -> Commission:
        """The case's commission, or an empty one that enters the archive with its first field."""
        return self.file.commission or Commission(new_id(), self.file.case.id)

    def _edit(self, key: str, value: Any) -> bool:
        commission = self._commission()
        if self.file.commission is None:
            filled: dict[str, Any] = {key: value}
            new = Commission(commission.id, commission.case_id, **filled)
            return self.editor.do(self.texts.tr("Case details edited"), added(new))
        return self.editor.edit(commission, **{key: value})
