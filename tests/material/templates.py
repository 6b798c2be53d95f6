"""A small made-up template with a field of every kind, and work begun with it."""

from datetime import date

from app.model.change import added
from app.model.identity import new_id
from app.model.service_work import ServiceWork
from app.model.stored import ContentKind, StoredContent
from app.model.template import (
    ApprovalForm,
    Belongs,
    Choice,
    FeedbackFrom,
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
from app.model.template_file import write_template
from tests.material.builders import words

CHOICES = (Choice("yes", words("kyllä")), Choice("no", words("ei")), Choice("later", words("myöhemmin")))


def field(ident, kind=FieldKind.LINE, **more):
    more = {"choices": CHOICES} | more if kind in (FieldKind.CHOICE, FieldKind.SEVERAL) else more
    more = {"of": "people"} | more if kind in (FieldKind.PARTICIPANT, FieldKind.PRESENCE) else more
    more = {"least": 0, "most": 10} | more if kind == FieldKind.SCALE else more
    return FormField(ident, kind, words(ident), **more)


def template(belongs=Belongs.CASE, **more) -> Template:
    kinds = [k for k in FieldKind if k != FieldKind.PERSON or belongs == Belongs.CASE]
    forms = (
        Form("sheet", words("Lehti"), tuple(field(k.value, k) for k in kinds)),
        Form("people", words("Osallistujat"), (field("code", FieldKind.CODE), field("note", FieldKind.TEXT)), True),
        Form(
            "meetings",
            words("Tapaamiset"),
            (field("day", FieldKind.DATE, required=True), field("there", FieldKind.PRESENCE)),
            True,
            (Choice("m1", words("1")), Choice("m2", words("2"))),
        ),
    )
    phases = (
        Phase(
            "first",
            words("Alku"),
            (Step("talk", words("Puhe")), Step("fill", words("Lehti"), form="meetings")),
            words("Mitä"),
        ),
        Phase("last", words("Loppu"), (Step("ok", words("Hyväksyntä"), approval="plan"),)),
    )
    said = {
        "workers": 2,
        "rights": words("Nimi kuuluu omistajalleen"),
        "method": "ZORKKI",
        "name_unproven": words("Zorkin tapainen"),
        "naming": words("Nimi vaatii todistuksen"),
        "product": "zork",
        "roles": (Role("helper", words("Avustaja"), words("kuka vain")), Role("boss", words("Tilaaja"))),
        "phases": phases,
        "forms": forms,
        "approvals": (ApprovalForm("plan", words("Suunnitelma"), "boss"),),
        "outputs": (
            Output(
                "plan", OutputKind.PLAN, words("Suunnitelma"), (Part("sheet", ("line",), words("Ote")),),
                words("Alku"), words("Loppu"), ("workers", "helper"),
            ),
            Output("proof", OutputKind.CERTIFICATE, words("Todistus"), per="people", confidential=False),
        ),
        "feedback": (FeedbackFrom.CHILD, FeedbackFrom.ORDERER) if belongs == Belongs.CASE else (),
    }  # fmt: skip
    return Template(f"zorkki-{belongs.value}", 1, belongs, words("Zorkki"), words("Tekaistu"), **(said | more))


def content(made: Template) -> StoredContent:
    key = f"template/{made.id}/{made.version}"
    return StoredContent(key, ContentKind.TEMPLATE, made.id, made.version, write_template(made))


def work(made: Template, worker: str, case_id: str | None = None, **more) -> ServiceWork:
    said = {"opened": date(2026, 10, 5)} | more
    return ServiceWork(new_id(), made.id, made.version, made.belongs, case_id, (worker,), **said)


def begun(store, made: Template, case_id=None, **more) -> ServiceWork:
    """The template kept and work begun with it."""
    one = work(made, store.me, case_id, **more)
    held = store.find(StoredContent, id=one.content)
    store.apply("begun", [*([] if held else [added(content(made))]), added(one)])
    return one
