"""Papers of services: whole, in the work's language, under the name that it may have, and nobody told of whom not."""

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from app.casework.case_editor import CaseEditor
from app.errors import NotAllowed
from app.i18n import Texts
from app.model.form_value import Presence
from app.model.people import Role
from app.model.service_work import Approval, RoleHolder, ServiceWork
from app.reports.service_paper_pdf import service_paper
from app.reports.structure_check import lacks
from app.services import templates
from app.works.paper_readers import readers_to_choose
from app.works.papers import file_name, output_of, paper_of, readers, save_paper, unfilled
from tests.app.works.test_works import Held
from tests.drivers.pages import lonely_headings

DAY = date(2026, 11, 17)


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())
    finally:
        document.close()


def said(held: Held, output_id: str, row=None, reader="") -> str:
    output = output_of(held.editor.file, output_id)
    paper = paper_of(held.home.a, held.editor.file, output, row, reader)
    language = held.editor.work.language
    pdf = service_paper(paper, Texts(language))
    assert lacks(pdf, language) == ()
    assert lonely_headings(pdf) == []
    return words_of(pdf)


def test_a_joint_assessment_has_both_views_the_dissent_whole_and_both_sides_signatures(qapp) -> None:
    held = Held("pride-arviointi")
    editor, long = held.editor, "Näen tämän toisin. " * 40
    for line in templates.template("pride-arviointi").form("abilities-own").lines:
        assert editor.fill("abilities-own", "view", f"oma {line.id}", line=line.id)
        assert editor.fill("abilities-trainers", "view", f"meidän {line.id}", line=line.id)
        assert editor.fill("abilities-trainers", "strengths", "vahva " * 60, line=line.id)
    assert editor.fill("conclusion", "joint", "Perhe sopii kouluikäiselle.")
    assert editor.fill("conclusion", "dissent", long.strip())
    assert editor.set_role("applicant", RoleHolder("applicant", "Tekaistu Hakija"))
    told = said(held, "summary")
    assert told.count("Näen tämän toisin.") == 40
    for words in ("oma protect", "meidän team", "Hakija: paikka, päiväys, allekirjoitus", held.home.aino.name):
        assert words in told
    assert told.startswith("SALASSA") or "SALASSA PIDETTÄVÄ" in told
    assert "Sijais- ja adoptiovanhemmuuden arviointi" in told
    assert "PRIDE" not in told, "nobody of the pair has shown a proof of training"


def test_each_participant_has_a_certificate_of_the_own(qapp, tmp_path) -> None:
    held = Held("koulutus")
    editor = held.editor
    names = ("Tekaistu Yksi", "Tekaistu Kaksi")
    rows = [editor.add_row("participants", {"name": name, "unit": "Yksikkö"}) for name in names]
    assert editor.fill("order", "topic", "Lapsen kuuleminen")
    day = editor.add_row("days", {"day": "2026-11-17", "minutes": "180"})
    assert editor.mark("days", "there", rows[0], Presence.PRESENT, row=day)
    output = output_of(editor.file, "certificate")
    assert readers(editor.file, output) == tuple(rows)
    for number, (row, name) in enumerate(zip(rows, names, strict=True), start=1):
        path = tmp_path / file_name(editor.file, output, number)
        save_paper(held.home.a, editor.file, output, path, row)
        told = words_of(path.read_bytes())
        assert name in told
        assert names[2 - number] not in told
        assert "Lapsen kuuleminen" in told
        assert "SALASSA" not in told
        assert "Tekaistu" not in path.name
    exports = held.home.a.audit_log(held.work.id, acts=["export"])
    assert [e.object_kind for e in exports] == ["service_work"] * 2
    assert held.home.a.find(ServiceWork, id=held.work.id)


def test_an_invitation_names_nobody_whom_its_reader_must_not_meet(qapp) -> None:
    held = Held()
    home, editor = held.home, held.editor
    people = CaseEditor(home.a, home.texts, home.case_id)
    mother = people.file.adults[0]
    father = people.add_person(Role.BIRTH_PARENT, "isä")
    people.edit(father, name="Väinämö Keksitty")
    assert people.keep_apart(people.file.person(mother.id), people.file.person(father.id), apart=True)
    assert editor.fill("referral", "question", "Miten arki kannetaan?")
    row = editor.add_row("invited", {"who": "Äiti", "person": mother.id})
    assert "Hei Äiti" in said(held, "invitation", row)
    assert editor.fill("referral", "decided", "Väinämön viikonloput")
    with pytest.raises(NotAllowed, match="paper-names-other"):
        said(held, "invitation", row)
    aunt = editor.add_row("invited", {"who": "Täti"})
    assert "Väinämön viikonloput" in said(held, "invitation", aunt)
    people.stack.clear()


def test_no_paper_tells_one_who_reads_it_of_whom_that_one_must_not_meet(qapp) -> None:
    """A plan or a summary as an invitation: for a reader, for who signs or accepts it; whole for the orderer."""
    held = Held()
    editor, people = held.editor, CaseEditor(held.home.a, Texts("fi"), held.home.case_id)
    mother = people.file.adults[0]
    plan = output_of(editor.file, "plan")
    assert readers_to_choose(held.home.a, editor.file, plan) == ()
    father = people.add_person(Role.BIRTH_PARENT, "isä")
    people.edit(father, name="Väinämö Keksitty")
    father = people.file.person(father.id)
    assert people.keep_apart(people.file.person(mother.id), father, apart=True)
    assert editor.add_row("plan", {"what": "Hakee koulusta", "who": "Isoäiti", "when": "tiistaisin"})
    assert {p.id for p in readers_to_choose(held.home.a, editor.file, plan)} == {mother.id, father.id}
    assert "Isoäiti" in said(held, "plan", reader=mother.id)
    assert "pidetään erillään" not in said(held, "plan"), "it tells of neither"
    assert editor.add_row("plan", {"what": "Soittaa", "who": "Väinämö", "when": "torstaisin"})
    with pytest.raises(NotAllowed, match="service-paper-names-other"):
        said(held, "plan", reader=mother.id)
    assert "Väinämö" in said(held, "plan", reader=father.id)
    whole = said(held, "plan")
    assert "Väinämö" in whole
    assert "vain tilaajalle ja toimistolle" in whole
    signer = plan.signers[0] if plan.signers[0] != "workers" else plan.signers[1]
    assert editor.set_role(signer, RoleHolder(signer, person_id=mother.id))
    with pytest.raises(NotAllowed, match="service-paper-names-other"):
        said(held, "plan")
    people.stack.clear()


def test_a_plan_says_whether_it_is_accepted_and_what_is_not_filled_is_a_line(qapp) -> None:
    held = Held()
    editor = held.editor
    assert [f.id for form, f in unfilled(editor.file, output_of(editor.file, "plan")) if form.id == "plan"]
    assert editor.add_row("plan", {"what": "Hakee koulusta", "who": "Isoäiti", "when": "tiistaisin"})
    assert "Sosiaalityöntekijä: odottaa hyväksyntää" in said(held, "plan")
    assert editor.approve(Approval("acceptance", True, DAY, "Keksitty Virkahenkilö"))
    assert editor.edit(language="sv")
    told = said(held, "plan")
    assert "godkänt · 17.11.2026 · Keksitty Virkahenkilö" in told
    assert "Isoäiti" in told
    assert "För familjen: ort, datum, underskrift" in told
    row = editor.add_row("invited", {"who": "Eno"})
    assert "Vi träffas ______________ kl. ______________" in said(held, "invitation", row)


def test_a_group_is_told_by_codes_and_co_work_by_each_ones_minutes(qapp) -> None:
    group = Held("voikukkia")
    codes = [group.editor.add_row("participants", {"code": code}) for code in ("V1", "V2", "V3")]
    for one, how in zip(codes, (Presence.PRESENT, Presence.AWAY, Presence.PRESENT), strict=True):
        assert group.editor.mark("meetings", "there", one, how, line="know")
    told = said(group, "summary")
    assert "paikalla: V1, V3; poissa, ilmoitti: V2" in told
    assert "Palvelunjärjestäjä" not in told, "no client document"
    pair = Held("tyoparityoskentely")
    values = {"day": "2026-11-17", "about": "Kotikäynti", "our-minutes": "60", "their-minutes": "75"}
    assert pair.editor.add_row("times", values)
    assert pair.editor.fill("agreement", "record", "county")
    told = said(pair, "record")
    for words in ("60 min", "75 min", "hyvinvointialueen", "Palvelunjärjestäjä"):
        assert words in told


def test_pages_are_the_same_each_time_and_a_long_paper_keeps_its_headings(qapp) -> None:
    held = Held("vanhemmuus")
    for line in templates.template("vanhemmuus").form("areas").lines:
        for field in ("own", "seen", "carries", "needs"):
            assert held.editor.fill("areas", field, "Pitkä kuvaus arjesta. " * 25, line=line.id)
    output = output_of(held.editor.file, "summary")
    paper = paper_of(held.home.a, held.editor.file, output)
    first, second = (service_paper(paper, Texts("fi")) for _ in range(2))
    assert first == second
    assert lonely_headings(first) == []
    assert service_paper(replace(paper, day=DAY), Texts("fi")) != first
