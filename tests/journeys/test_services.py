"""As a new user would: services by template in the real window, from what is begun to what is on paper."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton

from app.bootstrap import Program
from app.i18n import today
from app.model.form_value import presence
from app.model.service_work import Done, FormRow, ServiceWork
from app.model.template import Belongs, Template
from app.services.templates import template
from app.works.work_file import work_file
from tests.drivers.archive_steps import AINO, lock, make_archive, sign_in
from tests.drivers.case_steps import begin_case
from tests.drivers.hands import Hands, one_in_sight
from tests.drivers.service_steps import fill, put, to_form
from widgets.cases.cases_screen import CasesScreen
from widgets.services.service_room import ServiceRoom
from widgets.services.service_screen import ServiceScreen
from widgets.supervision.supervision_screen import SupervisionScreen

CODES = ("A1", "A2", "B1", "B2")


@pytest.fixture
def papers(monkeypatch, tmp_path: Path) -> Path:
    """Where papers are saved."""
    place = tmp_path / "paperit"
    place.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *asked: (str(place / Path(asked[2]).name), ""))
    return place


def test_services_from_their_beginning_to_their_papers(program, hands, tmp_path: Path, papers: Path) -> None:
    make_archive(hands, program, tmp_path)
    begin_case(hands, program)
    for made, done in (
        ("laheisneuvonpito", _conference),
        ("pride-arviointi", _assessment),
        ("voikukkia", _group),
        ("konsultaatio", _consultation),
    ):
        done(hands, _begun(hands, program, template(made)), papers)
    store = program.workspace.store
    works, rows = store.find(ServiceWork), store.find(FormRow)
    assert len(works) == 4
    lock(hands, program)
    sign_in(hands, program, AINO)
    hands.until(lambda: program.window is not None)
    again = program.workspace.store
    assert (again.find(ServiceWork), again.find(FormRow)) == (works, rows)


def _begun(hands: Hands, program: Program, wanted: Template) -> ServiceRoom:
    """From where each kind of service is begun: the case, the list of groups, the supervision."""
    window, t = program.window, program.texts
    if wanted.belongs == Belongs.PROFESSIONAL:
        window.go("supervision")
        hands.press(one_in_sight(window, SupervisionScreen), "Aloita konsultaatio tai koulutus")
    else:
        window.go("cases", part="services")
        cases = one_in_sight(window, CasesScreen)
        if wanted.belongs == Belongs.CASE:
            hands.press(cases.services, "Aloita palvelu")
        else:
            hands.click(cases.list.groups)
            hands.press(one_in_sight(window, ServiceScreen), "Aloita ryhmä")
    place = one_in_sight(window, ServiceScreen)
    name = t.words(wanted.title(proven=False))  # nobody of the new archive has shown a training
    (begin,) = (b for b in place.findChildren(QPushButton) if b.accessibleName() == f"Aloita: {name}")
    hands.click(begin)
    hands.settle()
    assert place.room.editor.work.template_id == wanted.id
    return place.room


def _conference(hands: Hands, room: ServiceRoom, papers: Path) -> None:
    """Begun, planned, accepted and followed up; its plan is on paper."""
    for form in ("referral", "network", "helper", "invited", "summaries"):
        fill(room, form)
    for step in ("information", "own-time"):
        hands.click(room.path.steps[step])
    fill(room, "plan", what="Hakee lapsen koulusta tiistaisin", who="Isoäiti", when="heti")
    fill(room, "meeting")
    _accept(hands, room, "Malli Sosiaalityöntekijä")
    fill(room, "evaluation")
    fill(room, "child-after")
    assert room.next_step() is None
    place = one_in_sight(room.window(), ServiceScreen)
    _save(hands, place, "plan", papers)

    def end(dialog) -> None:
        hands.press(dialog, "Päätä palvelu")

    hands.answering(end, lambda: hands.press(place.header, "Päätä palvelu"))
    assert room.editor.work.closed == today()


def _assessment(hands: Hands, room: ServiceRoom, papers: Path) -> None:
    """Each side writes its own view of each ability; the conclusion is joint, and a dissent stands in it."""
    for form in ("abilities-own", "abilities-trainers"):
        _every_line(room, form, "view", "strengths")
    fill(room, "conclusion", joint="Yhdessä katsottuna valmius on hyvä.", dissent="Hakija toivoo lyhyempää jaksoa.")
    for approval in ("applicant", "trainers"):
        _accept(hands, room, "Malli Hakija", lambda one=approval: room.approvals.ask(one))
    file = room.editor.file
    assert all(file.phase_state(phase) == Done.DONE for phase in file.template.phases[2:])
    _save(hands, one_in_sight(room.window(), ServiceScreen), "summary", papers)


def _group(hands: Hands, room: ServiceRoom, _papers: Path) -> None:
    """Ten meetings, each with who was there by code."""
    for code in CODES:
        fill(room, "participants", code=code)
    _every_line(room, "meetings", "day", "there")
    form = room.editor.template.form("meetings")
    rows = room.editor.file.rows_of(form)
    assert len(rows) == 10
    assert all(len(presence(row.value("there"))) == len(CODES) for row in rows)
    assert work_file(room.sources.store, room.editor.work.id).form_state(form) == Done.DONE


def _consultation(hands: Hands, room: ServiceRoom, papers: Path) -> None:
    """Asked and answered without anybody's name, on the other side of the wall."""
    fill(room, "consultation")
    assert room.next_step() is None
    _save(hands, one_in_sight(room.window(), ServiceScreen), "record", papers)


def _every_line(room: ServiceRoom, form_id: str, *field_ids: str) -> None:
    to_form(room, form_id)
    part = room.phase.parts[form_id]
    part.shut()
    for number in range(len(part.form.lines)):
        part.open_row(number)
        for field_id in field_ids:
            assert put(part.fields.fields, part.form.field(field_id))


def _accept(hands: Hands, room: ServiceRoom, who: str, opens: Callable[[], object] | None = None) -> None:
    def say(dialog) -> None:
        dialog.who.setEditText(who)
        hands.click(dialog.done_button)

    hands.answering(say, opens or (lambda: hands.press(room.approvals, "Hyväksytty…")))


def _save(hands: Hands, place: ServiceScreen, output_id: str, papers: Path) -> None:
    output = place.room.editor.template.output(output_id)
    words, before = f"{output.name.fi} PDF", set(papers.iterdir())
    if len(place.room.editor.template.outputs) > 1:
        hands.pick(hands.button(place.header, "Asiakirjat").menu(), words)
    else:
        hands.press(place.header, words)
    hands.until(lambda: set(papers.iterdir()) - before)
    hands.until(lambda: not place.workspace.jobs.running)
    (made,) = set(papers.iterdir()) - before
    assert made.read_bytes().startswith(b"%PDF")
