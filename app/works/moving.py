"""A consultation about a client who was named is client work: by one press it goes over to the client's own case.

Who asked, the question and the advice become a row of the client's consultation there, with its source; behind the wall
stays who asked, when and how long, and that it was moved. Both works' logs tell of it.
"""

from __future__ import annotations

from dataclasses import replace

from app.door import Door
from app.errors import NotAllowed
from app.i18n import Texts, today
from app.model.change import Change, added
from app.model.form_value import is_value
from app.model.identity import new_id
from app.model.order_keys import between
from app.model.people import Case
from app.model.service_work import MOVED, FormRow, FormValue, ServiceWork, rows_of
from app.model.stored import ContentKind
from app.model.template import WRITTEN, Belongs, FieldKind, Form, FormField, Template
from app.ports import Store
from app.schemes import library
from app.works.answers import Answers
from app.works.work_file import WorkFile, work_file

#: the template of a consultation about a client who is named, and what in both kinds is a consultation
OF_CLIENT = "asiakaskonsultaatio"
FORM, QUESTION, ADVICE, NAMED = "consultation", "question", "advice", "named"


def can_be_moved(file: WorkFile, row: FormRow) -> bool:
    """Whether a row is a consultation of which it was said that the client was named."""
    if file.work.belongs != Belongs.PROFESSIONAL or not file.work.is_open or row.form != FORM or row.moved_to:
        return False
    return row.value(NAMED) == "yes" and bool(row.value(QUESTION) or row.value(ADVICE))


def cases_to_choose(store: Store) -> tuple[tuple[str, str], ...]:
    """The signed-in worker's open cases by code name: (id, code name)."""
    held = (c for role in ("lead", "partner") for c in store.find(Case, **{role: store.me}) if c.closed is None)
    return tuple(sorted({(c.id, c.code_name) for c in held}, key=lambda row: row[1].casefold()))


def move_to_case(door: Door, texts: Texts, file: WorkFile, row: FormRow, case_id: str) -> FormRow:
    """The row that it is in the case from now on. Not undoable.

    Raises NotAllowed(`consultation-not-movable`, `content-not-permitted`), StoreError.
    """
    store = door.store
    if not can_be_moved(file, row):
        raise NotAllowed("consultation-not-movable")
    work, begun = _work_of(store, case_id, file.work)
    found = library.permitted(store, ContentKind.TEMPLATE, OF_CLIENT) if begun else None
    there = library.template_in(found.text) if found is not None else work_file(store, work.id).template
    form = there.form(FORM)
    assert form is not None, "the template of a client's consultation has one"
    new = _taken_over(store, work, form, file, row)
    left = replace(row, written=_left(file.template, row), moved_to=new.id)
    changes = [*(library.kept(store, found) if found is not None else ()), *([added(work)] if begun else [])]
    door.write(
        texts.tr("Consultation moved to the client's case"), [*changes, added(new), Change(row, left)], act=MOVED
    )
    return new


def _work_of(store: Store, case_id: str, source: ServiceWork) -> tuple[ServiceWork, bool]:
    """The client's consultation that is open in the case, or a new one; and whether it is new."""
    held = store.find(ServiceWork, case_id=case_id, template_id=OF_CLIENT, closed=None)
    if held:
        return held[-1], False
    template = library.template_in(library.permitted(store, ContentKind.TEMPLATE, OF_CLIENT).text)
    made = ServiceWork(
        new_id(), template.id, template.version, template.belongs, case_id, source.workers,
        customer=source.customer, language=source.language, opened=today(),
    )  # fmt: skip
    return made, True


def _taken_over(store: Store, work: ServiceWork, form: Form, file: WorkFile, row: FormRow) -> FormRow:
    """What of the row has its place in the client's consultation; all else is written below the advice, by its name."""
    held = rows_of(form, store.find(FormRow, work_id=work.id))
    new = FormRow(new_id(), work.id, form.id, place=between(max((r.place for r in held), default=""), ""))
    source, advice = file.template.form(row.form), form.field(ADVICE)
    assert source is not None, "a row is of a form of its template"
    assert advice is not None, "the template of a client's consultation has it"
    texts, rest = Texts(work.language), list[str]()
    answers = Answers(store, file, texts)
    for was in source.fields:
        field, text = form.field(was.id), row.value(was.id)
        if text and field is not None and field.kind == was.kind and is_value(field, text):
            new = new.with_value(field, text)
        elif text and was.id != NAMED and not _stays(was):
            rest.append(f"{texts.words(was.name)}: {answers.said(was, text)}")
    if rest:
        new = new.with_value(advice, "\n\n".join(x for x in (new.value(ADVICE), *rest) if x))
    return replace(new, moved_from=row.id)


def _left(template: Template, row: FormRow) -> tuple[FormValue, ...]:
    """What stays behind the wall: single lines (who asked, of which unit), and none of the texts."""
    form = template.form(row.form)
    kept = {f.id for f in form.fields if _stays(f)} if form is not None else set()
    return tuple(v for v in row.written if v.field in kept)


def _stays(field: FormField) -> bool:
    return field.kind in WRITTEN and field.kind != FieldKind.TEXT
