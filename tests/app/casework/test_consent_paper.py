"""Consents on paper: each purpose apart, each language whole, nobody named who need not be; and what proves them."""

import io
from dataclasses import replace
from datetime import date

import pikepdf
import pytest
from PIL import Image

from app.casework.case_editor import CaseEditor
from app.casework.consent_forms import taken_in
from app.casework.consent_paper import (
    LANGUAGES,
    evidence_paper,
    form_language,
    form_paper,
    print_form,
    printed_version,
    save_evidence,
    version_of,
)
from app.casework.consents import Signed
from app.door import Door
from app.errors import AppError, ContainerError, NotAllowed
from app.i18n import Texts
from app.model.consent import Purpose
from app.model.mandate import Mandate
from app.model.people import Case, Role
from app.reports.consent_form import consent_form
from tests.material.house import LONG_AGO, Home

DAY = date(2026, 11, 30)
FOR = Mandate("Keksitty hyvinvointialue", "Esimerkki ry", "", "commissioned")
LONGEST = Mandate(
    *(f"{n}. keksitty hyvinvointialue, lasten ja perheiden palvelut ja lastensuojelu" for n in "123"), "x y" * 30
)


class Matter:
    def __init__(self, language: str = "fi") -> None:
        self.home = Home(language)
        self.editor = CaseEditor(self.home.a, self.home.texts, self.home.case_id)
        self.child, self.adult = self.editor.file.child, self.editor.file.adults[0]


@pytest.fixture
def matter(qapp) -> Matter:
    return Matter()


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (300, 400), "white").save(made, "JPEG")
    return made.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_asks_each_purpose_apart_and_is_stamped(matter, tmp_path, language) -> None:
    paper = form_paper(matter.child, language, DAY, FOR)
    assert len(set(paper.purposes)) == len(Purpose)
    assert len(paper.signers) == 2, "both guardians, where custody is joint"
    assert paper.own_word
    path = tmp_path / "form.pdf"
    print_form(matter.home.a, matter.child, language, path)
    with pikepdf.open(path) as pdf:
        assert str(pdf.Root.Lang).startswith(language)
        assert pdf.Root.MarkInfo.Marked
        assert len(pdf.pages) == 1
    assert printed_version(matter.home.a, matter.child.id) == version_of(language)
    assert printed_version(matter.home.a, matter.adult.id) == ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("born", [date(2012, 1, 1), date(2020, 1, 1)])
@pytest.mark.parametrize("made_for", [FOR, Mandate(), LONGEST])
def test_a_childs_form_is_one_page_with_nothing_too_small_to_read(matter, language, born, made_for) -> None:
    """With the young person's own signature or the child's own word; with the mandate's rows filled or to be filled."""
    child = replace(matter.child, name="Veera Esimerkki-Virtanen", born=born)
    pages = consent_form(form_paper(child, language, DAY, made_for), Texts(language), DAY)
    with pikepdf.open(io.BytesIO(pages)) as pdf:
        assert len(pdf.pages) == 1
        orders = pikepdf.parse_content_stream(pdf.pages[0])
    sizes = [float(order.operands[1]) for order in orders if str(order.operator) == "Tf"]
    assert min(sizes) >= 8.5
    assert len(sizes) > 20


def test_the_sentence_of_the_law_is_on_every_form(matter) -> None:
    law = form_paper(matter.adult, "fi", DAY, FOR).law[0]
    assert law == (
        "Asiakastietojen käsittely perustuu lakiin. Peruutus estää käytön; säilyttämisestä ja hävittämisestä päättää "
        "rekisterinpitäjä."
    )


def test_who_signs_follows_from_who_it_is_and_the_age(matter) -> None:
    assert form_paper(matter.adult, "fi", DAY, FOR).signers == ("Aikuinen",)
    young = replace(matter.child, born=date(2014, 11, 30))
    assert form_paper(young, "fi", DAY, FOR).signers[0] == "Nuori, oma allekirjoitus"
    assert not form_paper(young, "fi", DAY, FOR).own_word
    assert form_paper(replace(young, born=date(2014, 12, 1)), "fi", DAY, FOR).own_word


def test_a_form_names_nobody_else_of_the_case(matter) -> None:
    father = matter.editor.add_person(Role.BIRTH_PARENT, "isä")
    assert matter.editor.edit(father, name="Matti Virtanen", guardian=True)
    assert "Virtanen" not in repr(form_paper(matter.child, "fi", DAY, FOR))
    assert "isä" not in repr(form_paper(matter.adult, "fi", DAY, FOR)).split()


def test_the_form_is_in_the_family_s_language_where_there_is_one(matter) -> None:
    assert form_language(replace(matter.adult, language="sv")) == "sv"
    assert form_language(replace(matter.adult, language="ar")) == "fi"


def test_the_bundle_holds_every_row_and_page_and_is_logged(matter, tmp_path) -> None:
    home, form = matter.home, taken_in(matter.home.vault, matter.home.case_id, picture())
    said = Signed((Purpose.TRAINING, Purpose.RESEARCH), LONG_AGO, form_version="2026-1-fi", explained_by="Aino")
    assert matter.editor.record_form(matter.adult, said, [form])
    (research,) = [c for c in matter.editor.file.consents if c.purpose == Purpose.RESEARCH]
    assert matter.editor.withdraw_consent(research, DAY)
    assert matter.editor.decide_despite(matter.child, Purpose.RESEARCH, DAY, "kunta", "ei tavoiteta")
    assert matter.editor.edit(home.meeting, child_said="no", child_said_on=DAY)
    paper = evidence_paper(home.a, home.vault, home.case_id, home.texts)
    child, adult = paper.people
    assert [row[0] for row in adult.rows] == ["Kuvaaminen tätä arviointia varten", *[r[0] for r in adult.rows[1:]]]
    assert adult.rows[-1][3] == home.texts.date(DAY)
    assert child.decisions[0][-2:] == ("kunta", "ei tavoiteta")
    assert len(adult.pages) == 1
    assert paper.words == ((home.texts.date(DAY), "sanoi ei"),)
    assert "kaikkien asiakkuuden henkilöiden nimet" in paper.about
    path = tmp_path / "bundle.pdf"
    save_evidence(Door(home.a), home.vault, home.case_id, home.texts, path)
    with pikepdf.open(path) as pdf:
        assert any(page.get_images() for page in pdf.pages), "the photograph is in it"
    assert [e for e in home.a.audit_log(home.case_id, acts=["export"]) if e.detail.startswith("consents=all")]
    assert home.a.get(Case, home.case_id)


def test_where_parents_are_kept_apart_a_bundle_is_of_one_and_tells_nothing_of_the_other(matter, tmp_path) -> None:
    home, editor = matter.home, matter.editor
    father = editor.add_person(Role.BIRTH_PARENT, "isä")
    assert editor.edit(father, name="Matti Virtanen", guardian=True)
    father = editor.file.person(father.id)
    form = taken_in(home.vault, home.case_id, picture())
    both = Signed((Purpose.RESEARCH,), LONG_AGO, given_by=(matter.adult.id, father.id))
    assert editor.record_form(matter.child, both, [form])
    assert editor.record_form(father, Signed((Purpose.TRAINING,), LONG_AGO), [])
    assert "Matti Virtanen" in [p.title for p in evidence_paper(home.a, home.vault, home.case_id, home.texts).people]
    editor.keep_apart(matter.adult, father, apart=True)
    for whom in ("", matter.child.id):
        with pytest.raises(NotAllowed, match="evidence-kept-apart"):
            save_evidence(Door(home.a), home.vault, home.case_id, home.texts, tmp_path / "all.pdf", whom)
    assert not list(tmp_path.iterdir())
    mothers, fathers = (
        evidence_paper(home.a, home.vault, home.case_id, home.texts, adult.id) for adult in (matter.adult, father)
    )
    assert "kaikkien asiakkuuden henkilöiden" not in mothers.about
    assert "tätä ei anneta perheenjäsenille" in mothers.about
    assert "Virtanen" not in repr(mothers)
    assert "isä" not in repr(replace(mothers, marking=()))
    assert any("toinen huoltaja" in cell for row in mothers.people[0].rows for cell in row)
    assert mothers.people[0].pages == (), "the form shows the other's hand"
    assert [p.title for p in fathers.people][1:] == ["Matti Virtanen"]


def test_a_damaged_photograph_leaves_no_half_bundle(matter, tmp_path) -> None:
    home, form = matter.home, taken_in(matter.home.vault, matter.home.case_id, picture())
    assert matter.editor.record_form(matter.adult, Signed((Purpose.TRAINING,), LONG_AGO), [form])
    del home.vault.files[form.container]
    with pytest.raises(ContainerError):
        save_evidence(Door(home.a), home.vault, home.case_id, home.texts, tmp_path / "bundle.pdf")
    assert not list(tmp_path.iterdir())


def test_a_form_that_cannot_be_written_is_not_said_to_be_printed(matter, tmp_path) -> None:
    with pytest.raises(AppError, match="cannot-write"):
        print_form(matter.home.a, matter.child, "fi", tmp_path / "nowhere" / "form.pdf")
    assert printed_version(matter.home.a, matter.child.id) == ""
