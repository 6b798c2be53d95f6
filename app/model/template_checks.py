"""What is not right in a template: all of it at once, each with its place, for checking while it is made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from app.model.content_problems import (
    At,
    Found,
    Problem,
    all_written,
    each,
    is_plain_id,
    known_languages,
    known_ones,
    none_twice,
    plain_content_id,
    plain_ids,
    unwritten_as_one,
)
from app.model.feedback_form import FeedbackFrom
from app.model.template import (
    CHOSEN,
    OF_ROWS,
    WORKERS,
    Belongs,
    Choice,
    FieldKind,
    Form,
    FormField,
    Output,
    Phase,
    Template,
)

MOST_WORKERS = 2
FEWEST_CHOICES = 2
#: the longest scale that can be shown
MOST_OF_SCALE = 101


def template_problems(template: Template) -> tuple[Problem, ...]:
    """All that is not right; empty when work can be begun with it."""
    return unwritten_as_one(_of_template(template), template.languages)


def check_template(template: Template) -> None:
    """Raises InputError for the first of the problems."""
    for problem in template_problems(template):
        raise problem.error()


def within(part: str, ident: str, inner: str) -> str:
    """The name of a part within an entry: `forms[plan].fields`."""
    return f"{part}[{ident}].{inner}"


def _of_template(t: Template) -> Found:
    yield from plain_content_id(t.id)
    yield from known_languages(t.languages)
    top = At()
    for field in ("name", "about"):
        yield from all_written(top, t, field)
    yield from _maybe(top, t, "rights", "name_unproven", "naming")
    if not 1 <= t.workers <= MOST_WORKERS:
        yield top.wrong("scheme-value-unknown", "workers", field="workers", value=t.workers)
    if any((who == FeedbackFrom.PARTICIPANT) == (t.belongs == Belongs.CASE) for who in t.feedback):
        yield top.wrong("template-feedback-of-others", "feedback")
    if t.method and t.name_unproven is None:
        yield top.wrong("scheme-field-missing", "name_unproven", field="name_unproven")
    for part in ("roles", "phases", "forms", "approvals", "outputs"):
        yield from _entries(part, getattr(t, part))
    for at, phase in each("phases", t.phases):
        yield from _maybe(at, phase, "about")
        yield from _steps(t, at, phase)
    for at, form in each("forms", t.forms):
        yield from _form(t, at, form)
    for at, approval in each("approvals", t.approvals):
        yield from known_ones(at, approval, "role", (r.id for r in t.roles))
    for at, output in each("outputs", t.outputs):
        yield from _output(t, at, output)
    yield from _phases_or_forms(t)


def _phases_or_forms(t: Template) -> Found:
    """Work without anything to fill or to tick is none; and no step has another's id, of whichever phase."""
    if not t.phases and not t.forms:
        yield At().wrong("scheme-field-missing", "phases", field="phases")
    seen: set[str] = set()
    for at, phase in each("phases", t.phases):
        for step in phase.steps:
            if step.id in seen:
                yield at.wrong("scheme-twice", "steps", value=step.id)
            seen.add(step.id)


def _entries(part: str, rows: Sequence[Any]) -> Found:
    yield from plain_ids(part, rows, is_plain_id)
    for at, row in each(part, rows):
        yield from all_written(at, row, "name")
        if hasattr(row, "help"):
            yield from _maybe(at, row, "help")


def _maybe(at: At, row: Any, *fields: str) -> Found:
    """Words that need not be there: where they are, they are whole."""
    for field in fields:
        if getattr(row, field) is not None:
            yield from all_written(at, row, field)


def _steps(t: Template, above: At, phase: Phase) -> Found:
    part = within("phases", phase.id, "steps")
    yield from plain_ids(part, phase.steps, is_plain_id)
    for at, step in each(part, phase.steps):
        yield from all_written(at, step, "name")
        yield from known_ones(at, step, "form", (f.id for f in t.forms))
        yield from known_ones(at, step, "approval", (a.id for a in t.approvals))
        if step.form and step.approval:
            yield above.wrong("template-step-twice", "steps", value=step.id)


def _form(t: Template, above: At, form: Form) -> Found:
    yield from _maybe(above, form, "about")
    if not form.fields:
        yield above.wrong("scheme-field-missing", "fields", field="fields")
    if form.lines and not form.table:
        yield above.wrong("template-lines-without-table", "lines")
    yield from _choices(above, form.lines, "lines", 0)
    part = within("forms", form.id, "fields")
    yield from plain_ids(part, form.fields, is_plain_id)
    for at, field in each(part, form.fields):
        yield from all_written(at, field, "name")
        yield from _maybe(at, field, "help")
        yield from _field(t, at, field)


def _field(t: Template, at: At, field: FormField) -> Found:
    if field.kind in CHOSEN:
        yield from _choices(at, field.choices, "choices", FEWEST_CHOICES)
    elif field.choices:
        yield at.wrong("template-field-has-more", "choices", field="choices", kind=field.kind.value)
    if field.kind in OF_ROWS:
        yield from _rows_of(t, at, field)
    elif field.of:
        yield at.wrong("template-field-has-more", "of", field="of", kind=field.kind.value)
    yield from _ends(at, field)
    if field.kind == FieldKind.PERSON and t.belongs != Belongs.CASE:
        yield at.wrong("template-person-without-case", "kind")


def _rows_of(t: Template, at: At, field: FormField) -> Found:
    of = t.form(field.of)
    if of is None or not of.table:
        yield at.wrong("scheme-value-unknown", "of", field="of", value=field.of)


def _ends(at: At, field: FormField) -> Found:
    least, most = field.least, field.most
    if field.kind == FieldKind.SCALE:
        if least is None or most is None or least < 0 or not least < most < least + MOST_OF_SCALE:
            yield at.wrong("scheme-scale-ends", "most")
    elif field.kind != FieldKind.MINUTES:
        for name in ("least", "most"):
            if getattr(field, name) is not None:
                yield at.wrong("template-field-has-more", name, field=name, kind=field.kind.value)


def _choices(at: At, rows: Sequence[Choice], name: str, fewest: int) -> Found:
    if len(rows) < fewest:
        yield at.wrong("second-pass-few-options", name, least=fewest)
    for number, choice in enumerate(rows):
        inner = at.under(f"{name}[{choice.id or number + 1}]")
        yield from all_written(inner, choice, "name", field=f"{name}.{number}.name")
        if not is_plain_id(choice.id):
            yield inner.wrong("scheme-id-not-plain", f"{name}.{number}.id")
    yield from none_twice(at.under(name), (c.id for c in rows), name)


def _output(t: Template, at: At, output: Output) -> Found:
    yield from _maybe(at, output, "opening", "closing")
    known = {WORKERS, *(r.id for r in t.roles)}
    for signer in output.signers:
        if signer not in known:
            yield at.wrong("scheme-value-unknown", "signers", field="signers", value=signer)
    yield from _parts(t, at, output)
    of = t.form(output.per) if output.per else None
    if output.per and (of is None or not of.table):
        yield at.wrong("scheme-value-unknown", "per", field="per", value=output.per)


def _parts(t: Template, at: At, output: Output) -> Iterator[Problem]:
    for number, part in enumerate(output.parts):
        inner, name = at.under(f"parts[{number + 1}]"), f"parts.{number}"
        form = t.form(part.form)
        if form is None:
            yield inner.wrong("scheme-value-unknown", f"{name}.form", field="form", value=part.form)
            continue
        for field in part.fields:
            if form.field(field) is None:
                yield inner.wrong("scheme-value-unknown", f"{name}.fields", field="fields", value=field)
        if part.title is not None:
            yield from all_written(inner, part, "title", field=f"{name}.title")
