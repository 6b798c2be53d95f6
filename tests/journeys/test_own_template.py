"""A service that the program has never seen is made by keys in the settings, begun, filled and told of on paper.

A second version leaves what was begun with the first as it is.
"""

import pypdfium2
from PySide6.QtWidgets import QLineEdit, QPushButton

from app.bootstrap import Program
from app.i18n import today
from app.model.service_work import Approval, Done, RoleHolder, ServiceWork
from app.model.stored import ContentKind
from app.schemes import library
from app.works.beginning import begin
from app.works.editor import WorkEditor
from app.works.papers import output_of, save_paper, unfilled
from app.works.work_file import work_file
from tests.drivers.archive_steps import make_archive
from tests.drivers.case_steps import begin_case
from tests.drivers.content_pages import shelf
from tests.drivers.hands import Hands, Key, one_in_sight
from tests.drivers.template_steps import TemplateHands
from widgets.schemes.contents_card import ContentsCard
from widgets.settings.settings_screen import SettingsScreen

TEMPLATE, OWN = ContentKind.TEMPLATE, "uusi-pohja"


def test_a_service_that_was_never_seen_is_made_begun_and_told_of(program, hands, tmp_path) -> None:
    make_archive(hands, program, tmp_path)
    case_id = begin_case(hands, program).case_id
    program.window.go("settings", part="templates")
    screen = one_in_sight(program.window, SettingsScreen)
    made(hands, screen)
    work = done(program, case_id)
    told(program, work, tmp_path)
    another_version(hands, screen)
    store = program.workspace.store
    assert [p.version for p in library.versions(store, TEMPLATE, OWN)] == [1, 2]
    kept = work_file(store, work.id)
    assert (kept.work.template_version, kept.template.name.fi) == (1, "Perhepolku")
    assert [kept.form_state(form) for form in kept.template.forms] == [Done.DONE, Done.DONE]
    newer = begin(program.workspace.door, program.workspace.texts, OWN, case_id=case_id)
    assert (newer.template_version, work_file(store, newer.id).template.name.fi) == (2, "Perhepolku kotona")


def made(hands: Hands, screen: SettingsScreen) -> None:
    """All of it by what a person sees, in the language of the screen."""
    start = hands.named(shelf(screen, TEMPLATE), "Aloita tyhjä pohja", QPushButton)
    hands.focus(start)
    hands.key(start, Key.Key_Space)
    hands.settle()
    page = screen.content_page
    assert page is not None
    by = TemplateHands(hands, page, "Suomi")
    made_phases_and_roles(by)
    made_forms(by)
    made_steps(by)
    made_paper(by)
    made_details(by)
    assert page.editor.problems() == ()
    by.press(screen, "Julkaise versiona 1")
    assert screen.content_page is None


def made_phases_and_roles(by: TemplateHands) -> None:
    phases = by.part("Vaiheet")
    by.write(phases, "Nimi", "Alku")
    by.add(phases)
    by.write(phases, "Nimi", "Loppu")
    roles = by.part("Roolit")
    by.add(roles)
    by.write(roles, "Nimi", "Perheen kummi")


def made_forms(by: TemplateHands) -> None:
    forms = by.part("Lomakkeet")
    by.write(forms, "Nimi", "Toiveet")
    by.add(forms)
    by.write(forms, "Nimi", "Kävelyt")
    by.tick(forms, "Se on taulukko: rivi joka tapaamisesta, ihmisestä tai asiasta")
    fields = by.part("Kentät")
    by.write(fields, "Nimi", "Päivä")
    by.choose(fields, "Mitä siihen täytetään", "päivä")
    by.add(fields)
    by.write(fields, "Nimi", "Miten meni")
    by.choose(fields, "Mitä siihen täytetään", "yksi vaihtoehdoista")
    for number, words in enumerate(("hyvin", "toisin"), start=1):
        by.hands.fill(by.hands.named(fields, f"Suomi {number}", QLineEdit), words)
    by.choose(fields, "Lomake", "Toiveet")
    by.write(fields, "Nimi", "Mitä perhe toivoo")
    by.choose(fields, "Mitä siihen täytetään", "monta riviä tekstiä")
    by.tick(fields, "Lomake ei ole valmis ilman sitä")


def made_steps(by: TemplateHands) -> None:
    approvals = by.part("Hyväksynnät")
    by.add(approvals)
    by.write(approvals, "Mitä hyväksytään", "Polun suunta")
    by.choose(approvals, "Kuka hyväksyy", "Perheen kummi")
    steps = by.part("Askeleet")
    for phase, name, done_when in (
        ("Alku", "Toiveet kirjattu", "Lomake on täytetty: Toiveet"),
        ("Alku", "Suunta sovittu", "Se on hyväksytty: Polun suunta"),
        ("Loppu", "Kävelyt", "Lomake on täytetty: Kävelyt"),
    ):
        by.choose(steps, "Vaihe", phase)
        by.add(steps)
        by.write(steps, "Nimi", name)
        by.choose(steps, "Askel on valmis, kun", done_when)


def made_paper(by: TemplateHands) -> None:
    papers = by.part("Asiakirjat")
    by.add(papers)
    by.write(papers, "Nimi", "Polun kooste")
    by.choose(papers, "Millainen asiakirja se on", "yhteenveto")
    by.write(papers, "Alkusanat", "Polku: {work.title}. Suunta: {approval.approval-1}.")
    by.press(papers, "Lisää osa")
    by.press(papers, "Lisää osa")
    by.tick(papers, "työntekijät")
    by.tick(papers, "Perheen kummi")


def made_details(by: TemplateHands) -> None:
    details = by.part("Tiedot")
    by.write(details, "Nimi", "Perhepolku")
    by.write(details, "Mistä palvelussa on kyse", "Yhdessä kuljettu matka.")


def done(program: Program, case_id: str) -> ServiceWork:
    """Begun by the version that there is, and all of it filled."""
    space = program.workspace
    work = begin(space.door, space.texts, OWN, case_id=case_id)
    editor = WorkEditor(space.store, space.texts, work.id, space)
    wishes, walks = editor.template.forms
    assert editor.fill(wishes.id, wishes.fields[0].id, "Yhteistä aikaa metsässä")
    row = editor.add_row(walks.id)
    assert row is not None
    day, how = walks.fields
    assert editor.fill(walks.id, day.id, today().isoformat(), row=row)
    assert editor.fill(walks.id, how.id, how.choices[1].id, row=editor.file.row(row.id))
    (role,), (approval,) = editor.template.roles, editor.template.approvals
    assert editor.set_role(role.id, RoleHolder(role.id, who="Kuvitteellinen Kummi"))
    assert editor.approve(Approval(approval.id, accepted=True, day=today(), name="Kuvitteellinen Kummi"))
    assert [editor.file.phase_state(p) for p in editor.template.phases] == [Done.DONE, Done.DONE]
    return work


def told(program: Program, work: ServiceWork, folder) -> None:
    """Its paper as PDF has what was filled in."""
    store = program.workspace.store
    file = work_file(store, work.id)
    (paper,) = file.template.outputs
    assert unfilled(file, paper) == ()
    target = folder / "kooste.pdf"
    save_paper(store, file, output_of(file, paper.id), target)
    pdf = pypdfium2.PdfDocument(target)
    words = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    for said in ("Polun kooste", "Perhepolku", "Toiveet", "Yhteistä aikaa metsässä", "Kävelyt", "toisin", "Kummi"):
        assert said in words, words


def another_version(hands: Hands, screen: SettingsScreen) -> None:
    """The same template goes on: another name, a form less."""
    card: ContentsCard = shelf(screen, TEMPLATE)
    edit = hands.named(card, "Muokkaa: Perhepolku", QPushButton)
    hands.focus(edit)
    hands.key(edit, Key.Key_Space)
    hands.settle()
    page = screen.content_page
    assert page is not None
    by = TemplateHands(hands, page, "Suomi")
    by.write(by.part("Tiedot"), "Nimi", "Perhepolku kotona")
    forms = by.part("Lomakkeet")
    assert forms is page.pages[2]
    hands.focus(page.pages[2].list.list)
    hands.key(page.pages[2].list.list, Key.Key_Delete)
    assert len(page.editor.template.forms) == 1
    by.press(screen, "Julkaise versiona 2")
    assert screen.content_page is None
