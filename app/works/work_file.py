"""One piece of work read whole, and the lists of such: of a case, of groups, and of professionals behind the wall."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.i18n import Texts
from app.model.change import Change
from app.model.people import Case, Person, Worker
from app.model.service_work import (
    Done,
    FormRow,
    RoleHolder,
    ServiceWork,
    form_state,
    phase_state,
    rows_of,
    step_state,
)
from app.model.stored import StoredContent
from app.model.template import Belongs, Form, Phase, Step, Template
from app.model.words import Words
from app.ports import Store
from app.schemes import library
from app.services.library import services


@dataclass(frozen=True)
class WorkFile:
    """A piece of work with the template that it keeps and all its filled rows, in the order of making."""

    work: ServiceWork
    template: Template
    rows: tuple[FormRow, ...] = ()

    def row(self, row_id: str) -> FormRow | None:
        return next((r for r in self.rows if r.id == row_id), None)

    def rows_of(self, form: Form) -> tuple[FormRow, ...]:
        """The rows of a form in their order; of a sheet the one there is, or none."""
        return rows_of(form, self.rows)

    def on_line(self, form: Form, line_id: str) -> FormRow | None:
        """The row of one of a table's own lines, when something is filled in it; of a sheet (`""`) the sheet."""
        return next((r for r in self.rows if r.form == form.id and r.line == line_id), None)

    def value(self, form_id: str, field_id: str, line_id: str = "") -> str:
        """What is filled in a field of a sheet, or of a table's own line; empty for nothing."""
        form = self.template.form(form_id)
        row = None if form is None else self.on_line(form, line_id)
        return "" if row is None else row.value(field_id)

    def form_state(self, form: Form) -> Done:
        return form_state(form, self.rows)

    def step_state(self, step: Step) -> Done:
        return step_state(self.template, self.work, self.rows, step)

    def phase_state(self, phase: Phase) -> Done:
        return phase_state(self.template, self.work, self.rows, phase)

    def forms_since(self, before: WorkFile) -> frozenset[str]:
        """Ids of the forms that read otherwise than before: rows of theirs differ, or rows that their fields name."""
        was, now = ({row.id: row for row in file.rows} for file in (before, self))
        found = {row.form for row in (*before.rows, *self.rows) if was.get(row.id) != now.get(row.id)}
        reached = found
        while reached:
            naming = {form.id for form in self.template.forms if any(field.of in reached for field in form.fields)}
            reached = naming - found
            found = found | reached
        return frozenset(found)

    def with_change(self, change: Change) -> WorkFile:
        """The same after a step's change; what is not of this work leaves it as it is."""
        entity = change.entity
        if isinstance(entity, ServiceWork) and entity.id == self.work.id and isinstance(change.after, ServiceWork):
            return replace(self, work=change.after)
        if isinstance(entity, FormRow) and entity.work_id == self.work.id:
            others = tuple(r for r in self.rows if r.id != entity.id)
            now = (change.after,) if isinstance(change.after, FormRow) else ()
            return replace(self, rows=tuple(sorted((*others, *now), key=lambda r: r.id)))
        return self


def work_file(store: Store, work_id: str) -> WorkFile:
    """Raises StoreError(`not-found`)."""
    work = store.get(ServiceWork, work_id)
    return WorkFile(work, template_of(store, work), store.find(FormRow, work_id=work_id))


def work_behind(store: Store, entity_id: str) -> str:
    """The id of the work that an id of the search is of: its own, or one of its rows'. Empty for neither."""
    if store.find(ServiceWork, id=entity_id):
        return entity_id
    rows = store.find(FormRow, id=entity_id)
    return rows[0].work_id if rows else ""


def template_of(store: Store, work: ServiceWork) -> Template:
    """The template in the very version that the work was begun with."""
    return library.template_in(store.get(StoredContent, work.content).text)


# ── lists ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def of_case(store: Store, case_id: str) -> tuple[ServiceWork, ...]:
    """The services of a case, open ones first, the newest first of each."""
    return _in_order(store.find(ServiceWork, case_id=case_id))


def groups(store: Store) -> tuple[ServiceWork, ...]:
    """Groups that are kept by codes: of no case, on the clients' side."""
    return _in_order(store.find(ServiceWork, belongs=Belongs.GROUP))


def professional(store: Store) -> tuple[ServiceWork, ...]:
    """Consultations, trainings and such: on the supervision side of the wall."""
    return _in_order(store.find(ServiceWork, belongs=Belongs.PROFESSIONAL))


def who_may_work(store: Store) -> tuple[Worker, ...]:
    """Who may do a service: the workers of the office; guests do none."""
    return tuple(w for w in store.find(Worker) if not w.guest)


def code_of(store: Store, case_id: str | None) -> str:
    """The code name of a case; empty for none."""
    return store.get(Case, case_id).code_name if case_id else ""


def case_people(store: Store, work: ServiceWork) -> tuple[Person, ...]:
    """Whom the work may name: the people of its case; nobody of a work without one."""
    return store.find(Person, case_id=work.case_id) if work.case_id else ()


def _in_order(works: Iterable[ServiceWork]) -> tuple[ServiceWork, ...]:
    newest = sorted(works, key=lambda w: w.id, reverse=True)
    return tuple(sorted(newest, key=lambda w: not w.is_open))


# ── what it is called ────────────────────────────────────────────────────────────────────────────────────────────────


def is_proven(store: Store, template: Template, workers: Sequence[str], case_id: str | None) -> bool:
    """Whether each of the workers has proof of training in the template's method (practice, decided 4).

    Of a method that is one of the program's services, the proof is for the purpose of the case.
    """
    if not template.method:
        return True
    held = {w.id: w for w in store.find(Worker, id=tuple(workers))} if workers else {}
    asked = any(s.method == template.method for s in services())
    purpose = store.get(Case, case_id).purpose if asked and case_id else None
    some = [held.get(i) for i in workers]
    return bool(some) and all(w is not None and w.is_proven_for(template.method, purpose) for w in some)


def title(store: Store, file: WorkFile) -> Words:
    """The name that a piece of work may have: that of its template by the training of its workers."""
    work = file.work
    return file.template.title(proven=is_proven(store, file.template, work.workers, work.case_id))


def called(store: Store, texts: Texts, file: WorkFile) -> str:
    """How lists call it: its own name beside that of the service, the case's code name where it has none."""
    case = store.get(Case, file.work.case_id).code_name if file.work.case_id else ""
    own = file.work.called.strip() or case
    return f"{own} · {texts.words(title(store, file))}" if own else texts.words(title(store, file))


def holder_called(store: Store, holder: RoleHolder) -> str:
    """Who has a role, in words: what a person is called, a worker's name, or what was written."""
    if holder.person_id:
        people = store.find(Person, id=holder.person_id)
        return people[0].called if people else holder.who
    if holder.worker_id:
        workers = store.find(Worker, id=holder.worker_id)
        return workers[0].name if workers else holder.who
    return holder.who
