"""What is a template's own in its edits: new entries, copies with ids that nothing else has, and names that follow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

from app.model.instrument import NOTHING
from app.model.template import (
    CHOSEN,
    OF_ROWS,
    ApprovalForm,
    Choice,
    FieldKind,
    Form,
    FormField,
    Output,
    OutputKind,
    Part,
    Phase,
    Role,
    Step,
    Template,
)
from app.model.words import Words

#: words that need not be there
_MAY_BE_MISSING = ("help", "about", "title", "opening", "closing", "rights", "name_unproven", "naming")
#: the ends of a scale until others are written
_SCALE = (0, 10)
#: a new entry of each part, which is its own id and no words yet
_BLANK: dict[str, Callable[[str], Any]] = {
    "roles": lambda i: Role(i, NOTHING),
    "phases": lambda i: Phase(i, NOTHING),
    "steps": lambda i: Step(i, NOTHING),
    "forms": lambda i: Form(i, NOTHING, (FormField("field-1", FieldKind.LINE, NOTHING),)),
    "fields": lambda i: FormField(i, FieldKind.LINE, NOTHING),
    "lines": lambda i: Choice(i, NOTHING),
    "approvals": lambda i: ApprovalForm(i, NOTHING),
    "outputs": lambda i: Output(i, OutputKind.SUMMARY, NOTHING),
}


def blank_entry(part: str, ident: str) -> Any:
    """A new entry of a part, `forms` or `forms[plan].fields`, with its id."""
    return _BLANK[part.rpartition(".")[2]](ident)


def without_empty_words(entry: Any) -> Any:
    """The entry as it is kept: words that need not be there are not there where none of them is written."""
    names = [n for n in _MAY_BE_MISSING if not (isinstance(entry, Template) and n == "about")]
    empty = {n: None for n in names if isinstance(held := getattr(entry, n, None), Words) and _is_empty(held)}
    return replace(entry, **empty) if empty else entry


def of_kind(template: Template, field: FormField, kind: FieldKind) -> FormField:
    """The field as one of another kind: what that has not goes, and what it cannot be without begins."""
    choices = field.choices if kind in CHOSEN else ()
    if kind in CHOSEN and not choices:
        choices = (Choice("choice-1", NOTHING), Choice("choice-2", NOTHING))
    of = field.of if kind in OF_ROWS else ""
    if kind in OF_ROWS and not of:
        of = next((f.id for f in template.forms if f.table), "")
    least, most = (field.least, field.most) if kind in (FieldKind.SCALE, FieldKind.MINUTES) else (None, None)
    if kind == FieldKind.SCALE and (least is None or most is None):
        least, most = _SCALE
    return replace(field, kind=kind, choices=choices, of=of, least=least, most=most)


def new_choice(rows: Sequence[Choice], begin: str = "choice-") -> Choice:
    """One more to choose from, or one more line of a table, with an id that none of `rows` has."""
    used = {c.id for c in rows}
    return Choice(next(i for n in count(1) if (i := f"{begin}{n}") not in used), NOTHING)


def _is_empty(words: Words) -> bool:
    return not (words.fi.strip() or words.sv.strip() or words.en.strip())


def is_taken(template: Template, part: str) -> Callable[[str], bool]:
    """Whether an id is another's already, also in another entry: steps are told apart over all phases."""
    steps = {s.id for s in template.steps()} if part.endswith("steps") else set()
    return steps.__contains__


def copied_entry(template: Template, entry: Any) -> Any:
    """A copy of an entry; of a phase its steps have ids of their own."""
    if not isinstance(entry, Phase):
        return entry
    used = {s.id for s in template.steps()}
    steps = []
    for step in entry.steps:
        ident = next(i for n in count(2) if (i := f"{step.id}-{n}") not in used)
        used.add(ident)
        steps.append(replace(step, id=ident))
    return replace(entry, steps=tuple(steps))


def renamed(t: Template, part: str, before: str, after: str) -> Template:
    """What named an entry names its new id; with an empty one it names nothing more."""
    inner = part.rpartition(".")[2]
    if inner == "roles":
        return _role_renamed(t, before, after)
    if inner == "approvals":
        return _with_steps(t, lambda s: replace(s, approval=after) if s.approval == before else s)
    if inner == "forms":
        return _form_renamed(t, before, after)
    if inner == "fields":
        return _field_renamed(t, part[len("forms[") : part.rindex("]")], before, after)
    return t


def _role_renamed(t: Template, before: str, after: str) -> Template:
    approvals = tuple(replace(a, role=after) if a.role == before else a for a in t.approvals)
    outputs = tuple(replace(o, signers=_other(o.signers, before, after)) for o in t.outputs)
    return replace(t, approvals=approvals, outputs=outputs)


def _form_renamed(t: Template, before: str, after: str) -> Template:
    def of(f: FormField) -> FormField:
        return replace(f, of=after) if f.of == before else f

    forms = tuple(replace(f, fields=tuple(map(of, f.fields))) for f in t.forms)
    outputs = []
    for o in t.outputs:
        parts = tuple(replace(p, form=after) if p.form == before else p for p in o.parts)
        per = after if o.per == before else o.per
        outputs.append(replace(o, parts=tuple(p for p in parts if p.form), per=per))
    stepped = _with_steps(t, lambda s: replace(s, form=after) if s.form == before else s)
    return replace(stepped, forms=forms, outputs=tuple(outputs))


def _field_renamed(t: Template, form: str, before: str, after: str) -> Template:
    def of(p: Part) -> Part:
        return replace(p, fields=_other(p.fields, before, after)) if p.form == form else p

    return replace(t, outputs=tuple(replace(o, parts=tuple(map(of, o.parts))) for o in t.outputs))


def _with_steps(t: Template, changed: Callable[[Step], Step]) -> Template:
    return replace(t, phases=tuple(replace(p, steps=tuple(map(changed, p.steps))) for p in t.phases))


def _other(ids: tuple[str, ...], before: str, after: str) -> tuple[str, ...]:
    return tuple(i for i in (after if one == before else one for one in ids) if i)
