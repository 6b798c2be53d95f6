"""Templates as TOML text, read into values and written again; what is wrong is said with its place."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from app.errors import InputError
from app.model.feedback_form import FeedbackFrom
from app.model.template import (
    ApprovalForm,
    Belongs,
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
from app.model.template_checks import check_template
from app.model.toml_table import Table, parsed
from app.model.toml_writing import InlineRows, Lines, chosen, fields, row, tables
from app.model.words import LANGUAGES

E = TypeVar("E", bound=StrEnum)


def read_template(text: str) -> Template:
    """The template that a TOML text says. Raises InputError with the place of the first thing that is wrong."""
    template = parse_template(text)
    check_template(template)
    return template


def parse_template(text: str) -> Template:
    """The template as it stands, finished or not. Raises InputError for what cannot be one at all."""
    table = parsed(text)
    template = Template(
        table.text("id"),
        table.whole("version"),
        _one_of(Belongs, table, "belongs"),
        table.words("name"),
        table.words("about"),
        table.whole("workers", 1),
        table.maybe_words("rights"),
        table.text("method", ""),
        table.maybe_words("name_unproven"),
        table.maybe_words("naming"),
        table.text("product", ""),
        table.rows("roles", lambda t: Role(t.text("id"), t.words("name"), t.maybe_words("help"))),
        table.rows("phases", _phase),
        table.rows("forms", _form),
        table.rows("approvals", lambda t: ApprovalForm(t.text("id"), t.words("name"), t.text("role", ""))),
        table.rows("outputs", _output),
        _feedback(table),
        table.texts("languages") or LANGUAGES,
    )
    table.end()
    return template


def is_template_text(text: str) -> bool:
    """Whether a file that is read in means a template. Raises InputError for what is no TOML."""
    return "belongs" in parsed(text)


def _phase(t: Table) -> Phase:
    return Phase(t.text("id"), t.words("name"), t.rows("steps", _step), t.maybe_words("about"))


def _step(t: Table) -> Step:
    return Step(t.text("id"), t.words("name"), t.text("form", ""), t.text("approval", ""))


def _form(t: Table) -> Form:
    return Form(
        t.text("id"),
        t.words("name"),
        t.rows("fields", _field),
        t.truth("table"),
        t.rows("lines", _choice),
        t.maybe_words("about"),
    )


def _field(t: Table) -> FormField:
    return FormField(
        t.text("id"),
        _one_of(FieldKind, t, "kind"),
        t.words("name"),
        t.maybe_words("help"),
        t.rows("choices", _choice),
        t.text("of", ""),
        _maybe_whole(t, "least"),
        _maybe_whole(t, "most"),
        t.truth("required"),
    )


def _choice(t: Table) -> Choice:
    return Choice(t.text("id"), t.words("name"))


def _output(t: Table) -> Output:
    return Output(
        t.text("id"),
        _one_of(OutputKind, t, "kind"),
        t.words("name"),
        t.rows("parts", lambda p: Part(p.text("form"), p.texts("fields"), p.maybe_words("title"))),
        t.maybe_words("opening"),
        t.maybe_words("closing"),
        t.texts("signers"),
        t.text("per", ""),
        t.truth("confidential", default=True),
    )


def _feedback(table: Table) -> tuple[FeedbackFrom, ...]:
    said = table.texts("feedback")
    for one in said:
        if one not in list(FeedbackFrom):
            raise InputError("scheme-value-unknown", place="file", field="feedback", value=one)
    return tuple(map(FeedbackFrom, said))


def _maybe_whole(t: Table, name: str) -> int | None:
    return t.whole(name) if name in t else None


def _one_of(kind: type[E], table: Table, name: str) -> E:
    value = table.text(name)
    found = next((one for one in kind if one.value == value), None)
    if found is None:
        raise InputError("scheme-value-unknown", place=table.place or "file", field=name, value=value)
    return found


# ── written ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def write_template(template: Template) -> str:
    """The template's file: the same value gives the same bytes. One that is not finished can be written too."""
    return "\n".join(_template(template)) + "\n"


def _template(t: Template) -> Lines:
    yield from fields(("id", t.id), ("version", t.version), ("belongs", t.belongs), ("name", t.name))
    yield from fields(
        ("about", t.about),
        ("workers", t.workers if t.workers != 1 else None),
        ("rights", t.rights),
        ("method", t.method or None),
        ("name_unproven", t.name_unproven),
        ("naming", t.naming),
        ("product", t.product or None),
        ("feedback", [str(one) for one in t.feedback] or None),
        ("languages", chosen(t.languages)),
    )
    yield from tables("roles", (fields(("id", r.id), ("name", r.name), ("help", r.help)) for r in t.roles))
    yield from tables("phases", map(_written_phase, t.phases))
    yield from tables("approvals", map(_written_approval, t.approvals))
    for form in t.forms:
        yield from tables("forms", [_written_form(form)])
        yield from tables("forms.fields", map(_written_field, form.fields))
    yield from tables("outputs", map(_written_output, t.outputs))


def _written_phase(p: Phase) -> Lines:
    steps = [
        row(("id", s.id), ("name", s.name), ("form", s.form or None), ("approval", s.approval or None)) for s in p.steps
    ]
    return fields(("id", p.id), ("name", p.name), ("about", p.about), ("steps", InlineRows(steps) if steps else None))


def _written_approval(a: ApprovalForm) -> Lines:
    return fields(("id", a.id), ("name", a.name), ("role", a.role or None))


def _written_form(f: Form) -> Lines:
    return fields(
        ("id", f.id),
        ("name", f.name),
        ("table", f.table or None),
        ("about", f.about),
        ("lines", _choices(f.lines)),
        ("fields", [] if not f.fields else None),
    )


def _written_field(f: FormField) -> Lines:
    return fields(
        ("id", f.id),
        ("kind", f.kind),
        ("name", f.name),
        ("help", f.help),
        ("of", f.of or None),
        ("least", f.least),
        ("most", f.most),
        ("required", f.required or None),
        ("choices", _choices(f.choices)),
    )


def _choices(some: tuple[Choice, ...]) -> InlineRows | None:
    return InlineRows(row(("id", c.id), ("name", c.name)) for c in some) if some else None


def _written_output(o: Output) -> Lines:
    parts = [row(("form", p.form), ("fields", list(p.fields) or None), ("title", p.title)) for p in o.parts]
    return fields(
        ("id", o.id),
        ("kind", o.kind),
        ("name", o.name),
        ("opening", o.opening),
        ("closing", o.closing),
        ("signers", list(o.signers) or None),
        ("per", o.per or None),
        ("confidential", None if o.confidential else False),
        ("parts", InlineRows(parts) if parts else None),
    )
