"""The one door of a piece of work: its forms are filled, its phases dated, its roles given, its approvals noted.

Every step is one `Change` or a few, in the archive before the screen shows it, and can be undone. What is closed is
opened again before anything of it changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QObject

from app.editing import EDIT, Editor
from app.errors import NotAllowed
from app.i18n import Texts
from app.model import form_value
from app.model.change import Change, added, removed
from app.model.form_value import Presence
from app.model.identity import new_id
from app.model.order_keys import between
from app.model.participant_told import TOLD
from app.model.service_work import Approval, FormRow, PhaseState, RoleHolder, ServiceWork, StepTick
from app.model.template import OF_ROWS, FieldKind, Form, FormField, Template
from app.model.units import ItemPlace
from app.ports import Store
from app.works.work_file import WorkFile, work_file


class WorkEditor(Editor):
    """One piece of work; `file` is what the archive holds of it."""

    def __init__(self, store: Store, texts: Texts, work_id: str, parent: QObject | None = None) -> None:
        super().__init__(store, parent)
        self.texts = texts
        self.file: WorkFile = work_file(store, work_id)

    @property
    def work(self) -> ServiceWork:
        return self.file.work

    @property
    def template(self) -> Template:
        return self.file.template

    # the forms

    def fill(self, form_id: str, field_id: str, text: str, *, line: str = "", row: FormRow | None = None) -> bool:
        """A value in a field: of a sheet, of a table's own `line`, or of a `row` that was added to a table.

        `text` is what `app.model.form_value` says of its kind, empty to leave it unfilled. The row of a sheet or of a
        line is made with its first value. False when it was refused (`service-value`, `service-closed`).
        """
        form, field = self._field(form_id, field_id)
        if row is None and (not form.table or form.lines):
            row = self.file.on_line(form, line)
        if row is None and form.table and not form.lines:
            raise KeyError(form_id)  # which row of the table: a bug of whoever asks
        if not form_value.is_value(field, text):
            self.refused.emit(NotAllowed("service-value"))
            return False
        before = row
        after = (row or FormRow(new_id(), self.work.id, form.id, line)).with_value(field, text)
        if after == before or (before is None and after.is_empty):
            return True
        return self.do(self.texts.tr("{form} filled in", form=self.texts.words(form.name)), Change(before, after))

    def mark(self, form_id: str, field_id: str, participant: FormRow, how: Presence | None, **where: Any) -> bool:
        """Whether a participant was there, in a field of presence; `where` is as for `fill`, None for nothing said."""
        form, _ = self._field(form_id, field_id)
        row = where.get("row") or self.file.on_line(form, where.get("line", ""))
        said = dict(form_value.presence(row.value(field_id) if row is not None else ""))
        said.pop(participant.id, None)
        if how is not None:
            said[participant.id] = how
        return self.fill(form_id, field_id, form_value.written_presence(said), **where)

    def add_row(self, form_id: str, values: Mapping[str, str] | None = None) -> FormRow | None:
        """A row more at the end of a table; None when it was refused."""
        form = self._form(form_id)
        last = max((r.place for r in self.file.rows_of(form)), default="")
        row = FormRow(new_id(), self.work.id, form.id, place=between(last, ""))
        for field_id, text in (values or {}).items():
            row = row.with_value(self._field(form_id, field_id)[1], text)
        return (
            row if self.do(self.texts.tr("{form}: row added", form=self.texts.words(form.name)), added(row)) else None
        )

    def remove_row(self, row: FormRow) -> bool:
        """A row goes, and whatever named it as a participant names it no more."""
        changes = [removed(row)]
        for other in self.file.rows:
            after = self._without(other, row.id)
            if other.id != row.id and after != other:
                changes.append(Change(other, after))
        return self.do(self.texts.tr("{form}: row removed", form=self.texts.words(self._form(row.form).name)), *changes)

    def move_row(self, row: FormRow, to: ItemPlace) -> bool:
        """A row to another place of its table; False outside it."""
        form = self._form(row.form)
        rest = [r for r in self.file.rows_of(form) if r.id != row.id]
        if form.lines or not 0 <= to <= len(rest):
            return False
        before = rest[to - 1].place if to else ""
        after = rest[to].place if to < len(rest) else ""
        moved = replace(row, place=between(before, after))
        return self.do(self.texts.tr("{form}: row moved", form=self.texts.words(form.name)), Change(row, moved))

    def _without(self, row: FormRow, gone: str) -> FormRow:
        if row.form == TOLD:  # nobody's
            return row
        form = self._form(row.form)
        for field in form.fields:
            said = row.value(field.id)
            if field.kind in OF_ROWS and gone in said:
                left = {k: v for k, v in form_value.presence(said).items() if k != gone}
                is_presence = field.kind == FieldKind.PRESENCE
                row = row.with_value(field, form_value.written_presence(left) if is_presence else "")
        return row

    # how far it is

    def set_phase(self, phase_id: str, **dates: Any) -> bool:
        """When a phase is `planned`, `begun`, `done`; None takes a date back."""
        after = replace(self.work.phase(phase_id), **dates)
        others = tuple(p for p in self.work.phases if p.phase != phase_id)
        held = () if after == PhaseState(phase_id) else (after,)
        return self._change(self.texts.tr("Phase dated"), phases=self._ordered((*others, *held)))

    def tick(self, step_id: str, day: date | None) -> bool:
        """A step was done by hand on a day; None takes the tick back."""
        others = tuple(t for t in self.work.ticks if t.step != step_id)
        held = () if day is None else (StepTick(step_id, day),)
        return self._change(self.texts.tr("Step ticked"), ticks=(*others, *held))

    def set_role(self, role_id: str, *holders: RoleHolder) -> bool:
        """Who has a role now: nobody, one or several."""
        assert all(h.role == role_id for h in holders), "each holder says the role"
        others = tuple(r for r in self.work.roles if r.role != role_id)
        return self._change(self.texts.tr("Role given"), roles=(*others, *holders))

    def approve(self, said: Approval) -> bool:
        """Somebody accepts something, or does not; what was said before stays on record."""
        return self._change(self.texts.tr("Approval noted"), approvals=(*self.work.approvals, said))

    def edit(self, **fields: Any) -> bool:
        """What it is called, its customer, workers, language or day of opening."""
        return self._change(self.texts.tr("Details edited"), **fields)

    def close(self, day: date, why: str = "") -> bool:
        """The work ends; nothing of it changes then until it is opened again."""
        return self._change(self.texts.tr("Service closed"), "service-closed", closed=day, closed_why=why.strip())

    def reopen(self) -> bool:
        """Closed work is open again; the logs have both."""
        label = self.texts.tr("Service opened again")
        return self._change(label, "service-reopened", closed=None, closed_why="")

    def _change(self, label: str, act: str = EDIT, **fields: Any) -> bool:
        after = replace(self.work, **fields)
        return after == self.work or self.do(label, Change(self.work, after), act=act)

    def _ordered(self, phases: Sequence[PhaseState]) -> tuple[PhaseState, ...]:
        """In the order of the template."""
        places = {p.id: n for n, p in enumerate(self.template.phases)}
        return tuple(sorted(phases, key=lambda p: places.get(p.phase, len(places))))

    def _form(self, form_id: str) -> Form:
        """A form that the template lacks is a bug of whoever asks (KeyError)."""
        form = self.template.form(form_id)
        if form is None:
            raise KeyError(form_id)
        return form

    def _field(self, form_id: str, field_id: str) -> tuple[Form, FormField]:
        form = self._form(form_id)
        field = form.field(field_id)
        if field is None:
            raise KeyError(field_id)
        return form, field

    # following

    def accept(self, changes: Sequence[Change]) -> None:
        for change in changes:
            self.file = self.file.with_change(change)

    def hear(self, changes: Sequence[Change]) -> None:
        """Another door changed this work: what is here is read anew, and what was to be undone no longer fits."""
        if any(_is_of(change, self.work.id) for change in changes):
            self.stack.clear()
            if self._store.find(ServiceWork, id=self.work.id):
                self.file = work_file(self._store, self.work.id)


def _is_of(change: Change, work_id: str) -> bool:
    entity = change.entity
    return entity.id == work_id or (isinstance(entity, FormRow) and entity.work_id == work_id)
