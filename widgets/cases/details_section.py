"""*Perustiedot*: the code name, the pair, the purpose that the title rule asks for, keep apart."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from PySide6.QtWidgets import QWidget

from app.casework.case_file import other_workers
from app.model.people import Case, TrainingPurpose
from app.workspace import Workspace
from widgets.cases.section import WIDEST, Section
from widgets.forms.form import Form, columns
from widgets.look.look import Look
from widgets.look.parts import Card, beside, button, label
from widgets.screen import Go


class DetailsSection(Section):
    """The case's own fields."""

    def __init__(self, space: Workspace, look: Look, go: Go) -> None:
        super().__init__(space, look)
        self._go = go
        t = self.texts
        self.form = form = Form(t, self._edit)
        self._lead = label("", wrap=True)
        self._alone = label(
            t.tr("There is no other worker in this archive yet. Add one in Settings: coding takes a pair."),
            "caption",
            wrap=True,
        )
        pair = Card(spacing=14, padding=20)
        pair.column.addLayout(
            columns(
                form.line("code_name", t.tr("Code name"), t.tr("Known on screen by this; no real names.")),
                form.date("opened", t.tr("Opened")),
            )
        )
        pair.column.addLayout(
            columns(
                form.choice("partner", t.tr("Work partner")),
                form.choice("purpose", t.tr("Purpose of the training that is needed"), self._purposes()),
            )
        )
        self._standing = label("", "caption", wrap=True)
        self.to_closing = button(t.tr("Closing the case…"), self._on_closing)
        row = beside(self._standing, self.to_closing)
        row.setStretch(0, 1)
        pair.column.addLayout(row)
        pair.column.addWidget(self._lead)
        pair.column.addWidget(self._alone)
        self._add(pair)
        self._add(self._care())
        self._add(self._note())
        self.column.addStretch(1)

    def _add(self, card: QWidget) -> None:
        card.setMaximumWidth(WIDEST)
        self.column.addWidget(card)

    def _care(self) -> QWidget:
        t, form = self.texts, self.form
        card = Card(spacing=14, padding=20)
        card.column.addWidget(form.check("keep_apart", t.tr("Keep apart: the adults must not meet")))
        words = t.tr("Separate times and waiting places. The other parent is not named in this one's papers.")
        card.column.addWidget(label(words, "caption", wrap=True))
        return card

    def _note(self) -> QWidget:
        card = Card(spacing=14, padding=20)
        card.column.addWidget(self.form.text("note", self.texts.tr("Own note about the case"), 2))
        return card

    def _purposes(self) -> list[tuple[TrainingPurpose, str]]:
        return [(p, self.words.of("training_purposes", p)) for p in TrainingPurpose]

    def read(self, *, anew: bool) -> None:
        t, case = self.texts, self.file.case
        others = [w for w in other_workers(self.space.store) if w.id != case.lead]
        known = [(w.id, w.name) for w in others]
        if case.lead != self.space.store.me:
            known.append((self.space.store.me, self.space.worker.name))
        self.form.offer("partner", [("", t.tr("not chosen yet")), *known])
        self._lead.setText(t.tr("Lead: {name}", name=self.space.worker_name(case.lead)))
        words = t.tr("A case is closed by its checklist under Retention.")
        self._standing.setText(words if case.closed is None else t.tr("Closed {day}.", day=t.date(case.closed)))
        self._alone.setVisible(not known)
        self.form.load({f.name: getattr(case, f.name) for f in fields(Case)}, anew=anew)

    def write(self) -> None:
        self.form.commit()

    def _on_closing(self) -> None:
        self._go("cases", case_id=self.file.case.id, part="closing")

    def _edit(self, key: str, value: Any) -> bool:
        if key == "code_name" and not value:
            self.space.notices.info(self.texts.tr("A case needs a code name; the earlier one was kept."))
            return False
        return self.editor.edit(self.file.case, **{key: value})
