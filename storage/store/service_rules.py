"""Work by a template and its filled forms: whose they are, by which version, and what may stand in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Protocol

from app.errors import InputError, NotAllowed
from app.model.change import Change
from app.model.form_value import is_value
from app.model.participant_told import TOLD
from app.model.people import Case, Person
from app.model.service_work import MOVED, FormRow, ServiceWork
from app.model.stored import StoredContent
from app.model.template import Belongs, FieldKind, Template
from app.model.template_file import parse_template
from storage.store.feedback_rules import check_told
from storage.store.kept_rules import check_keeping
from storage.store.refusing import refuse


class ServiceFacts(Protocol):
    """What the rules of services ask."""

    def case(self, case_id: str) -> Case | None: ...
    def work(self, work_id: str) -> ServiceWork | None: ...
    def content(self, content_id: str) -> StoredContent | None: ...
    def people(self, case_id: str) -> Sequence[Person]: ...


@lru_cache(16)  # every step in a form asks for the same one
def _template(text: str) -> Template | None:
    try:
        return parse_template(text)
    except InputError:
        return None


class ServiceRules:
    """The rules of one step."""

    def __init__(self, net: Mapping[str, Change], facts: ServiceFacts, act: str) -> None:
        self._net = net
        self._facts = facts
        self._merges, self._moves = act == "merged", act == MOVED

    def check_work(self, change: Change) -> None:
        """Raises NotAllowed."""
        before, after = change.before, change.after
        if isinstance(before, ServiceWork):
            self._check_held(before, after if isinstance(after, ServiceWork) else None)
        if isinstance(after, ServiceWork):
            self._check_said(after)

    def check_row(self, change: Change) -> None:
        """Raises NotAllowed."""
        before, after = change.before, change.after
        for row in () if self._merges and _only_names(before, after) else (before, after):
            if isinstance(row, FormRow):
                held = self._facts.work(row.work_id)
                refuse(held is not None and not held.is_open, "service-closed")
        self._check_moved(before, after)
        if not isinstance(after, FormRow):
            return
        if isinstance(before, FormRow):
            same = (before.work_id, before.form, before.line) == (after.work_id, after.form, after.line)
            refuse(not same, "moved")
        work = self._work(after.work_id)
        if work is None:
            raise NotAllowed("service-not-there")
        if after.form == TOLD:
            check_told(self._template_of(work), before if isinstance(before, FormRow) else None, after)
        else:
            self._check_filled(work, self._template_of(work), after)

    def _check_moved(self, before: object, after: object) -> None:
        """What was moved to a client's case stays as the reference that it is; each of the two names the other."""
        was = before if isinstance(before, FormRow) else None
        row = after if isinstance(after, FormRow) else None
        refuse(was is not None and bool(was.moved_to) and was != row, "consultation-moved")
        left = was is not None and row is not None and was.moved_from != row.moved_from
        refuse(left, "consultation-moved")
        goes = row is not None and bool(row.moved_to) and (was is None or not was.moved_to)
        comes = row is not None and bool(row.moved_from) and was is None
        if row is None or not (goes or comes):
            return
        other = self._net.get(row.moved_to or row.moved_from)
        there = None if other is None else other.after
        names = isinstance(there, FormRow) and row.id in (there.moved_to, there.moved_from)
        refuse(not self._moves or not names, "consultation-moved")
        work = self._work(row.work_id)
        goes_over = Belongs.PROFESSIONAL if row.moved_to else Belongs.CASE
        refuse(work is None or work.belongs != goes_over, "consultation-moved")

    def _check_held(self, before: ServiceWork, after: ServiceWork | None) -> None:
        """What is closed is only opened again; and of what it is one never changes."""
        if after is None:
            refuse(not before.is_open, "service-closed")
            return
        opened_again = replace(before, closed=None, closed_why="") == after
        check_keeping(before.keeping, after.keeping)
        only_kept = replace(before, keeping=after.keeping) == after
        stays = opened_again or only_kept or (self._merges and before == replace(after, roles=before.roles))
        refuse(not before.is_open and not stays, "service-closed")
        refuse(_of_what(before) != _of_what(after), "service-pinned")

    def _check_said(self, work: ServiceWork) -> None:
        is_of_case = work.belongs == Belongs.CASE
        refuse(is_of_case and not work.case_id, "service-needs-case")
        refuse(not is_of_case and work.case_id is not None, "service-without-case")
        refuse(is_of_case and bool(work.keeping), "service-kept-by-case")
        if work.case_id is not None:
            refuse((self._facts.case(work.case_id) or self._added(work.case_id)) is None, "service-needs-case")
        refuse(not any(work.workers), "service-needs-worker")
        template = self._template_of(work)
        refuse(template.belongs != work.belongs, "service-pinned")
        people = self._people(work)
        refuse(any(h.person_id and h.person_id not in people for h in work.roles), "service-person")
        known = (
            ({p.phase for p in work.phases}, {p.id for p in template.phases}),
            ({t.step for t in work.ticks}, {s.id for s in template.steps() if s.by_hand}),
            ({r.role for r in work.roles}, {r.id for r in template.roles}),
            ({a.approval for a in work.approvals}, {a.id for a in template.approvals}),
        )
        refuse(any(said - there for said, there in known), "service-not-in-template")

    def _check_filled(self, work: ServiceWork, template: Template, row: FormRow) -> None:
        form = template.form(row.form)
        if form is None:
            raise NotAllowed("service-not-in-template")
        refuse(bool(form.lines) != bool(row.line) or bool(row.line and form.line(row.line) is None), "service-line")
        values = row.values
        refuse(len({name for name, _ in values}) != len(values), "service-not-in-template")
        for name, text in values:
            field = form.field(name)
            refuse(field is None, "service-not-in-template")
            assert field is not None
            refuse(not text or not is_value(field, text), "service-value")
            if field.kind == FieldKind.PERSON:
                refuse(text not in self._people(work), "service-person")

    def _people(self, work: ServiceWork) -> frozenset[str]:
        """Whom the work may name by id: the people of its case, also those who come in the same step."""
        if work.case_id is None:
            return frozenset()
        held = {p.id for p in self._facts.people(work.case_id)}
        coming = (c.after for c in self._net.values())
        return frozenset(held | {p.id for p in coming if isinstance(p, Person) and p.case_id == work.case_id})

    def _template_of(self, work: ServiceWork) -> Template:
        """The version that the work keeps. Raises NotAllowed(`service-template-missing`)."""
        coming = self._added(work.content)
        content = coming if isinstance(coming, StoredContent) else self._facts.content(work.content)
        template = None if content is None else _template(content.text)
        if template is None:
            raise NotAllowed("service-template-missing")
        return template

    def _work(self, work_id: str) -> ServiceWork | None:
        coming = self._net.get(work_id)
        if coming is not None:
            return coming.after if isinstance(coming.after, ServiceWork) else None
        return self._facts.work(work_id)

    def _added(self, entity_id: str) -> object:
        change = self._net.get(entity_id)
        return change.after if change is not None and change.before is None else None


def _only_names(before: object, after: object) -> bool:
    """Whether a row names another where two entries of a person become one, and says the same else."""
    return isinstance(before, FormRow) and isinstance(after, FormRow) and before == replace(after, picked=before.picked)


def _of_what(work: ServiceWork) -> tuple[object, ...]:
    return work.template_id, work.template_version, work.belongs, work.case_id
