"""*Osallistujat ja toteutuminen*: how people meet, who takes part, and what came of it."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox

from app.casework.apart import nameable
from app.casework.case_file import CaseFile
from app.casework.meeting_words import takers_kept, takers_said
from app.casework.plans import PlanEditor
from app.model.meeting import NOT_HELD, Delivery, Outcome
from app.vocabulary import StatementTexts
from app.workspace import Workspace
from widgets.forms.form import Form, columns
from widgets.look.flow import Flow
from widgets.look.parts import Card, clear, label, stacked


class CourseCard(Card):
    """Every field is the meeting's own and commits by itself."""

    def __init__(self, space: Workspace) -> None:
        super().__init__(spacing=14, padding=20)
        self._space, self._texts = space, space.texts
        self._words = StatementTexts(space.texts.language)
        self._editor: PlanEditor | None = None
        self._boxes: tuple[tuple[str, str], ...] = ()
        t, form = self._texts, Form(space.texts, self._edit)
        self.form = form
        outcomes = [(Outcome.OPEN, t.tr("Not told yet"))]
        outcomes += [(Outcome(key), self._words.of("outcomes", key)) for key in self._words.keys("outcomes")]
        self.column.addLayout(
            columns(
                form.choice("delivery", t.tr("How you meet"), [(d, self._words.of("deliveries", d)) for d in Delivery]),
                form.choice("outcome", t.tr("What came of it"), outcomes),
            )
        )
        self._by = form.suggestions("by", t.tr("Who cancelled or did not come"), [])
        self._why = form.line("why", t.tr("Why not"))
        self.column.addLayout(columns(self._by, self._why))
        self.people = Flow()
        self.boxes: dict[str, QCheckBox] = {}
        self._taking = label(t.tr("Take part"), "caption")
        self.column.addLayout(stacked(self._taking, self.people, spacing=4))
        example = f"{self._words.of('takers', 'social-worker')}, {self._words.of('takers', 'interpreter')}"
        self.column.addWidget(form.line("by_role", t.tr("Others, by role"), example=example))
        self.column.addLayout(
            columns(
                form.number("travel_minutes", t.tr("Travel, there and back"), 0, 1440, " min"),
                form.number("travel_km", t.tr("Way, there and back"), 0, 3000, " km"),
            )
        )

    def show_meeting(self, editor: PlanEditor, file: CaseFile, *, anew: bool) -> None:
        self._editor = editor
        meeting = editor.meeting
        by = self.form.widgets["by"]
        own = [("workers", self._words.of("absent", "workers"))]
        by.offer([*((p.id, p.called) for p in file.everybody), *own])  # type: ignore[attr-defined]
        self.form.load(
            {
                "delivery": meeting.delivery,
                "outcome": meeting.outcome,
                "by": meeting.by,
                "why": meeting.why,
                "by_role": takers_said(self._texts, meeting.by_role),
                "travel_minutes": meeting.travel_minutes,
                "travel_km": meeting.travel_km,
            },
            anew=anew,
        )
        for part in (self._by, self._why):
            part.setVisible(meeting.outcome in NOT_HELD)
        self._show_people(file)

    def _show_people(self, file: CaseFile) -> None:
        """A box each for who may come besides those it is booked with; of a filmed one whoever is filmed with them."""
        assert self._editor is not None
        meeting = self._editor.meeting
        offered: list[tuple[str, str]] = []
        if meeting.is_filmed:
            fixed = (meeting.adult_id, meeting.child_id)
            named = nameable(file, fixed)
            offered = [(p.id, p.called) for p in named if p.id not in fixed and not p.network_only]
        else:
            offered = [(p.id, p.called) for p in file.everybody if p.id != meeting.adult_id]
            pair = dict.fromkeys(w for w in (file.case.lead, file.case.partner, *meeting.workers) if w)
            offered += [(w, self._space.worker_name(w)) for w in pair]
        if tuple(offered) != self._boxes:
            self._boxes = tuple(offered)
            clear(self.people)
            self.boxes = {}
            for one, words in offered:
                box = QCheckBox(words)
                box.clicked.connect(partial(self._tick, one))
                self.boxes[one] = box
                self.people.addWidget(box)
        self._taking.setVisible(bool(offered))
        for one, box in self.boxes.items():
            box.setChecked(one in (*meeting.people, *meeting.workers))

    def _tick(self, one: str, _checked: bool = False) -> None:
        editor, on = self._editor, self.boxes[one].isChecked()
        if editor is None:
            return
        meeting = editor.meeting
        file = self._space.case_of(meeting)
        child = file.child
        if file.person(one) is None:
            rest = tuple(w for w in meeting.workers if w != one)
            taken = editor.edit(workers=(*rest, one) if on else rest)
        elif child is not None and child.id == one:
            taken = editor.edit(child_id=one if on else "")
        else:
            rest = tuple(i for i in meeting.others if i != one)
            taken = editor.edit(others=(*rest, one) if on else rest)
        if not taken:
            self.boxes[one].setChecked(not on)

    def commit(self) -> None:
        if self._editor is not None:
            self.form.commit()

    def _edit(self, key: str, value: Any) -> bool:
        if self._editor is None or value is None:
            return False
        return self._editor.edit(**{key: takers_kept(self._texts, value) if key == "by_role" else value})
