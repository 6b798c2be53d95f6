"""A piece of work by a template (*palvelu*): what is one, how far it is, and what was filled in its forms.

It keeps the version of its template with which it was begun, whatever is published later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.model.hold import Keeping
from app.model.sought import Side
from app.model.stored import ContentKind, stored_id
from app.model.template import WRITTEN, ApprovalForm, Belongs, Form, FormField, Phase, Step, Template


@dataclass(frozen=True, slots=True)
class PhaseState:
    """When a phase is planned for, when it began and when it was done; one that nobody has dated has none."""

    phase: str
    planned: date | None = None
    begun: date | None = None
    done: date | None = None


@dataclass(frozen=True, slots=True)
class StepTick:
    """A step that was done by hand, and when; nothing is kept of what was said in it."""

    step: str
    day: date


@dataclass(frozen=True, slots=True)
class RoleHolder:
    """Who has a role: somebody of the case (`person_id`), a worker of the office (`worker_id`) or `who` in words."""

    role: str
    who: str = ""
    note: str = ""
    person_id: str = ""
    worker_id: str = ""


@dataclass(frozen=True, slots=True)
class Approval:
    """Who accepted something, or did not, and when. `name` is an outsider's, `worker_id` one of the office's own."""

    approval: str
    accepted: bool
    day: date
    name: str = ""
    worker_id: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class ServiceWork:
    """One piece of work by version `template_version` of a template.

    `case_id` is the client's case, None where the template is not of one. `called` is what lists call it: a group's
    name, a customer's unit; empty where the template's name is enough. `customer` is who ordered it. `workers` are who
    do it, the first leads. `language` is that of its papers. `closed_why` says how it ended, and
    `keeping` what keeps work of no case from being erased.
    """

    id: str
    template_id: str
    template_version: int
    belongs: Belongs
    case_id: str | None
    workers: tuple[str, ...]
    called: str = ""
    customer: str = ""
    language: str = "fi"
    opened: date | None = None
    closed: date | None = None
    closed_why: str = ""
    phases: tuple[PhaseState, ...] = ()
    ticks: tuple[StepTick, ...] = ()
    roles: tuple[RoleHolder, ...] = ()
    approvals: tuple[Approval, ...] = ()
    keeping: tuple[Keeping, ...] = ()

    @property
    def content(self) -> str:
        """The id under which the archive keeps the text of its template."""
        return stored_id(ContentKind.TEMPLATE, self.template_id, self.template_version)

    @property
    def side(self) -> Side:
        """On which side of the wall it stands."""
        return Side.SUPERVISION if self.belongs == Belongs.PROFESSIONAL else Side.CLIENTS

    @property
    def is_open(self) -> bool:
        return self.closed is None

    def phase(self, phase_id: str) -> PhaseState:
        """The state of a phase, dated or not."""
        return next((p for p in self.phases if p.phase == phase_id), PhaseState(phase_id))

    def tick(self, step_id: str) -> StepTick | None:
        return next((t for t in self.ticks if t.step == step_id), None)

    def holders(self, role_id: str) -> tuple[RoleHolder, ...]:
        """Who has a role: nobody, one or several."""
        return tuple(r for r in self.roles if r.role == role_id)

    def approval(self, approval_id: str) -> Approval | None:
        """The newest word about something to be accepted."""
        said = [a for a in self.approvals if a.approval == approval_id]
        return said[-1] if said else None


@dataclass(frozen=True, slots=True)
class FormValue:
    """The words in a field that are anybody's own; the search looks in them."""

    field: str
    text: str


#: the act of the step that moves a consultation to its client's case, and of its rows of the log
MOVED = "moved-to-case"


@dataclass(frozen=True, slots=True)
class FormRow:
    """One filled sheet of a form, or one row of its table.

    `line` is the id of the table's own line where it has some; `place` sorts the rows of one that has none
    (`app.model.order_keys`). `written` is what somebody wrote, `picked` what was chosen, dated or counted, by field
    (`app.model.form_value`); fields that are not filled stand in neither. A consultation about a client who was named
    goes over to the client's own service: `moved_to` is the id of the row there, `moved_from` in that one of this.
    """

    id: str
    work_id: str
    form: str
    line: str = ""
    place: str = ""
    written: tuple[FormValue, ...] = ()
    picked: tuple[tuple[str, str], ...] = ()
    moved_to: str = ""
    moved_from: str = ""

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        """All that is filled, by field, in the order of the fields' ids."""
        return tuple(sorted((*((v.field, v.text) for v in self.written), *self.picked)))

    def value(self, field_id: str) -> str:
        """What is filled in a field; empty for nothing."""
        return next((text for key, text in self.values if key == field_id), "")

    def with_value(self, field: FormField, text: str) -> FormRow:
        """The row with another value in a field; an empty one leaves it unfilled."""
        if field.kind in WRITTEN:
            kept = [v for v in self.written if v.field != field.id]
            new = [FormValue(field.id, text)] if text.strip() else []
            return replace(self, written=tuple(sorted((*kept, *new), key=lambda v: v.field)))
        left = [p for p in self.picked if p[0] != field.id]
        return replace(self, picked=tuple(sorted((*left, *([(field.id, text)] if text else [])))))

    @property
    def is_empty(self) -> bool:
        return not self.written and not self.picked


class Done(StrEnum):
    """How far a step, a form or a phase is."""

    OPEN = "open"
    PARTLY = "partly"
    DONE = "done"


def rows_of(form: Form, rows: Iterable[FormRow]) -> tuple[FormRow, ...]:
    """The rows of a form in their order: the form's own lines as it names them, others by their places."""
    places = {line.id: place for place, line in enumerate(form.lines)}
    some = (r for r in rows if r.form == form.id)
    return tuple(sorted(some, key=lambda r: (places.get(r.line, len(places)), r.place, r.id)))


def form_state(form: Form, rows: Iterable[FormRow]) -> Done:
    """How far a form is filled.

    A sheet is done with its required fields, or with any when none is; a table with its own lines when each of them is,
    another table with one row and no row that lacks something.
    """
    held = rows_of(form, rows)
    states = [_row_state(form, row) for row in held]
    if form.lines:
        found = {row.line: state for row, state in zip(held, states, strict=True)}
        states = [found.get(line.id, Done.OPEN) for line in form.lines]
    if not states or all(s == Done.OPEN for s in states):
        return Done.OPEN
    return Done.DONE if all(s == Done.DONE for s in states) else Done.PARTLY


def _row_state(form: Form, row: FormRow) -> Done:
    if row.moved_to:  # what was asked of it is answered in the client's case
        return Done.DONE
    if row.is_empty:
        return Done.OPEN
    return Done.DONE if all(row.value(f.id) for f in form.required) else Done.PARTLY


def step_state(template: Template, work: ServiceWork, rows: Sequence[FormRow], step: Step) -> Done:
    """How far a step is: by its approval, by its form, or by hand."""
    if step.approval:
        said = work.approval(step.approval)
        return Done.OPEN if said is None else Done.DONE if said.accepted else Done.PARTLY
    form = template.form(step.form) if step.form else None
    if form is not None:
        return form_state(form, rows)
    return Done.OPEN if work.tick(step.id) is None else Done.DONE


def phase_state(template: Template, work: ServiceWork, rows: Sequence[FormRow], phase: Phase) -> Done:
    """How far a phase is: done when somebody has dated its end, or when each of its steps is done."""
    if work.phase(phase.id).done is not None:
        return Done.DONE
    states = [step_state(template, work, rows, step) for step in phase.steps]
    if states and all(s == Done.DONE for s in states):
        return Done.DONE
    begun = work.phase(phase.id).begun is not None
    return Done.PARTLY if begun or any(s != Done.OPEN for s in states) else Done.OPEN


def waiting(template: Template, work: ServiceWork) -> tuple[ApprovalForm, ...]:
    """What nobody has accepted yet, in the template's order."""
    said = ((a, work.approval(a.id)) for a in template.approvals)
    return tuple(a for a, word in said if word is None or not word.accepted)
