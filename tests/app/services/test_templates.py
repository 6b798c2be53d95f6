"""The program's own templates: whole in three languages, one for every service, and each opens and prints."""

import re
from datetime import date

import pytest

from app.door import Door
from app.i18n import Texts
from app.model.form_value import Presence
from app.model.people import Person
from app.model.service_work import Approval, RoleHolder
from app.model.template import Belongs, FieldKind, FormField
from app.model.template_checks import template_problems
from app.model.template_file import read_template, write_template
from app.model.words import LANGUAGES
from app.reports.service_paper_pdf import service_paper
from app.reports.structure_check import lacks
from app.services import templates
from app.works.beginning import begin
from app.works.editor import WorkEditor
from app.works.papers import paper_of, readers, unfilled
from tests.material.house import Home

ALL = templates.shipped()
#: what the source of the services names (domain 4.4), and what carries it: a template, or a room of the program's own
NAMED = {
    "lapsen elämäntilanteen arviointi": "lapsen-elamantilanne",
    "tuen tarpeen arviointi": "tuen-tarve",
    "vanhemmuuden arviointi": "vanhemmuus",
    "huostaanotto- tai sijoitustilanteen arviointi": "sijoitustilanne",
    "läheisverkostosijoituksen arviointi": "laheissijoituksen-arviointi",
    "läheisverkostosijoituksen valmennus": "laheissijoituksen-valmennus",
    "sukulaissijaisvanhemmuuden arviointi": "laheissijoituksen-arviointi",
    "sukulaissijaisvanhemmuuden valmennus": "laheissijoituksen-valmennus",
    "PRIDE-arviointi": "pride-arviointi",
    "PRIDE-valmennus": "pride-valmennusryhma",
    "vuorovaikutuksen vahvistaminen": "vuorovaikutuksen-vahvistaminen",
    "MIM-havainnointi": "room",
    "vanhemmuuden tuki ja ohjaus": "vanhemmuuden-tuki",
    "perheterapeuttinen tuki": "perheterapeuttinen-tuki",
    "työnohjaus ja videotyönohjaus": "room",
    "konsultaatio ja videokonsultaatio": "konsultaatio",
    "konsultaatio nimetystä asiakkaasta": "asiakaskonsultaatio",
    "työparityöskentely": "tyoparityoskentely",
    "perheterapeuttinen konsultaatio ammattilaisille": "perheterapeuttinen-konsultaatio",
    "konsultaation tuki": "konsultaation-tuki",
    "VOIKUKKIA-vertaistukiryhmä": "voikukkia",
    "sijoitettujen lasten vanhempien yksilöllinen tuki": "syntymavanhempien-tuki",
    "adoption syntymävanhempien verkkokeskustelu": "adoption-verkkokeskustelu",
    "adoption vertaisryhmä": "adoptio-vertaisryhma",
    "PERHOS-työ": "perhos",
    "SILTA-malli": "silta",
    "läheisneuvonpito": "laheisneuvonpito",
    "akuuttineuvonpito": "akuuttineuvonpito",
    "koulutus ammattilaisille": "koulutus",
    "valmennus ja koulutus perheille": "perhekoulutus",
    "MIM-koulutuksen raportit": "mim-opintopolku",
    "VIG-koulutuksen ohjaukset": "vig-opintopolku",
    "mitä tulevaisuus tuo": "vapaa-pohja",
}
VALUES = {
    FieldKind.LINE: "Koe", FieldKind.TEXT: "Koe\ntoinen rivi", FieldKind.TICK: "yes", FieldKind.DATE: "2026-11-17",
    FieldKind.TIME: "16:00", FieldKind.NUMBER: "2.5", FieldKind.MINUTES: "90", FieldKind.DELIVERY: "video",
    FieldKind.CODE: "V1",
}  # fmt: skip


def test_every_service_has_a_template_or_a_room() -> None:
    assert set(NAMED.values()) - {"room"} == set(templates.shipped_ids())


@pytest.mark.parametrize("made", ALL, ids=lambda t: t.id)
def test_a_template_is_whole_in_three_languages_and_its_file_is_its_value(made) -> None:
    text = templates.text(made.id)
    assert template_problems(made) == ()
    assert made.languages == LANGUAGES
    assert text.partition("\n\n")[2] == write_template(made)
    assert read_template(text) == made
    places = set(re.findall(r"\{[^}]*\}", text.replace("{ ", "")))
    assert all(re.fullmatch(r"\{(row|role|approval|work|[a-z-]+)\.[a-z-]+\}", place) for place in places), places


@pytest.mark.parametrize("made", ALL, ids=lambda t: t.id)
def test_no_template_says_what_must_not_be_said(made) -> None:
    """No verdict, no total, no *normaali*; a scale on a child there is none of (practice)."""
    said = templates.text(made.id).casefold()
    assert not re.search(r"normaali|poikkeava|pistemäärä|kokonaispiste|t-piste|poäng|avvikande beteende", said)
    if made.belongs != Belongs.PROFESSIONAL:
        assert not [f for form in made.forms for f in form.fields if f.kind == FieldKind.SCALE]


def test_named_methods_ask_for_proof_and_say_whose_they_are() -> None:
    for made in ALL:
        for name in ("PRIDE", "VOIKUKKIA", "MIM", "VIG", "PERHOS", "SILTA"):
            if name in made.name.fi:
                assert made.rights is not None, made.id
        if made.method:
            assert made.naming is not None
            assert made.method not in made.title(proven=False).fi.replace("MIM-pohjainen", "")
    assert {t.method for t in ALL if t.method} == {"PRIDE", "VOIKUKKIA", "MIM"}


def value(field: FormField, home: Home, ids: dict[str, str]) -> str:
    made = {
        FieldKind.CHOICE: lambda: field.choices[-1].id,
        FieldKind.SEVERAL: lambda: field.choices[-1].id,
        FieldKind.SCALE: lambda: str(field.most),
        FieldKind.WORKER: lambda: home.aino.id,
        FieldKind.PERSON: lambda: next(p.id for p in home.a.find(Person, case_id=home.case_id) if p.is_child),
        FieldKind.PARTICIPANT: lambda: ids[field.of],
        FieldKind.PRESENCE: lambda: f"{ids[field.of]}={Presence.PRESENT}",
    }
    return made[field.kind]() if field.kind in made else VALUES[field.kind]


def filled(made, home: Home) -> WorkEditor:
    """The work with one row of everything."""
    case_id = home.case_id if made.belongs == Belongs.CASE else None
    work = begin(Door(home.a), home.texts, made.id, case_id=case_id, called="Koe", customer="Keksitty kunta")
    editor, ids = WorkEditor(home.a, home.texts, work.id), {}
    editor.refused.connect(lambda error: pytest.fail(error.key))
    for form in made.forms:
        for line in [c.id for c in form.lines] or [""]:
            row = editor.add_row(form.id) if form.table and not form.lines else None
            for field in form.fields:
                held = editor.file.row(row.id) if row is not None else None
                assert editor.fill(form.id, field.id, value(field, home, ids), line=line, row=held)
            ids[form.id] = row.id if row is not None else ""
    for role in made.roles:
        assert editor.set_role(role.id, RoleHolder(role.id, "Malli Ihminen"))
    for approval in made.approvals:
        assert editor.approve(Approval(approval.id, True, date(2026, 11, 18), "Malli Hyväksyjä"))
    return editor


@pytest.mark.parametrize(("number", "made"), list(enumerate(ALL)), ids=lambda t: getattr(t, "id", ""))
def test_every_template_opens_is_filled_and_prints(number, made, qapp) -> None:
    home = Home("fi")
    editor = filled(made, home)
    language = LANGUAGES[number % 3]
    assert editor.edit(language=language)
    assert made.outputs, "what is done is told on paper"
    for output in made.outputs:
        rows = readers(editor.file, output)
        assert bool(rows) == bool(output.per)
        assert unfilled(editor.file, output) == ()
        paper = paper_of(home.a, editor.file, output, rows[0] if rows else None)
        said = " ".join((*paper.opening, *paper.closing))
        assert not re.search(r"[{}]|____", said.replace("______________________________", "")), said
        assert lacks(service_paper(paper, Texts(language)), language) == ()
