"""Where each question of the commission stands, from filming to the final statement."""

from dataclasses import replace

import pytest

from app.casework.case_editor import CaseEditor
from app.casework.case_file import case_file
from app.door import Door
from app.model.change import Change, added
from app.model.identity import new_id
from app.model.people import Role
from app.model.statement import ParagraphKind, Run
from app.model.timecode import SECOND
from app.statement.asked import Stand, Standing, standings
from app.statement.beginning import begin_statement
from app.statement.document import document_of
from app.statement.editor import Draft, StatementEditor
from app.statement.final import make_final
from app.statement.questions import adults_of
from tests.material.builders import recording
from tests.material.house import Home
from tests.material.written import gone_through, whole


@pytest.fixture
def home(qapp) -> Home:
    return Home()


def stood(home) -> list[tuple[Stand, int]]:
    return [(s.stand, s.section) for s in standings(home.a, case_file(home.a, home.case_id))]


def write(editor, *answers: str) -> None:
    rows = []
    for p, words in zip(editor.text.section("conclusions"), answers, strict=True):
        rows.append(Draft(p.id, p.kind, p.runs))
        rows += [Draft(new_id(), ParagraphKind.BODY, (Run(words),))] if words else []
    editor.write_section("conclusions", rows)


def test_a_question_goes_from_coding_to_its_answer(home) -> None:
    home.compare()
    assert standings(home.a, case_file(home.a, home.case_id)) == (Standing(Stand.OBSERVED, meetings=1),) * 2
    editor = StatementEditor(home.a, home.texts, begin_statement(Door(home.a), home.texts, home.case_id, "en").id)
    assert stood(home) == [(Stand.OBSERVED, 0)] * 2
    write(editor, "Warmly.", "The question cannot be answered, because nobody saw it.")
    assert stood(home) == [(Stand.DRAFTED, 12), (Stand.CANNOT, 12)]
    commission = case_file(home.a, home.case_id).commission
    asked = replace(commission, questions=("How else?", *commission.questions[1:]), beyond=("How else?",))
    home.a.apply("asked anew", [Change(commission, asked)])
    assert stood(home) == [(Stand.BEYOND, 0), (Stand.CANNOT, 12)], "the answer is to another question"


def test_a_final_statement_has_answered(home) -> None:
    home.compare()
    editor = StatementEditor(home.a, home.texts, begin_statement(Door(home.a), home.texts, home.case_id, "en").id)
    assert whole(editor).ask_for_check()
    partner = StatementEditor(home.b, home.texts, editor.statement.id)
    partner.approve()
    gone_through(partner, home.a)
    mine = StatementEditor(home.a, home.texts, editor.statement.id)
    assert make_final(mine, home.vault)
    assert stood(home) == [(Stand.ANSWERED, 12)] * 2


def test_without_codings_it_waits_for_them(home) -> None:
    assert standings(home.a, case_file(home.a, home.case_id))[0].stand in (Stand.TO_CODE, Stand.TO_FILM)


def test_the_document_says_ground_organiser_and_producer(home) -> None:
    home.compare()
    commission = case_file(home.a, home.case_id).commission
    said = replace(commission, organiser="Organiser", producer="Producer", basis="Ground", leading_worker="Leader")
    home.a.apply("filled", [Change(commission, said)])
    document = document_of(home.a, begin_statement(Door(home.a), home.texts, home.case_id, "en"))
    values = {value for _, value in document.facts}
    assert {"Organiser", "Producer", "Ground"} <= values
    assert document.producer == ("Producer",)
    cells = [cell for s in document.sections for p in s.paragraphs for row in p.cells for cell in row]
    assert "Leader" in cells


@pytest.mark.parametrize(
    ("question", "called"),
    [
        ("Millaista on isän ja lapsen vuorovaikutus?", ["father"]),
        ("Miten äiti vastaa lapsen aloitteisiin, entä isä?", ["mother", "father"]),
        ("Hur möter mamman barnet?", ["mother"]),
        ("How does Pekka's way help?", ["father"]),
        ("Miten isäpuoli vastaa?", []),
        ("Miten Onni Esimerkin perhettä tuetaan?", []),
    ],
)
def test_a_question_names_the_adults_it_is_about(home, question, called) -> None:
    editor = CaseEditor(home.a, home.texts, home.case_id)
    mother, child = editor.file.adults[0], editor.file.child
    father = editor.add_person(Role.BIRTH_PARENT, "father")
    editor.edit(mother, called="mother", name="Minna Esimerkki")
    editor.edit(father, name="Pekka Esimerkki")
    editor.edit(child, name="Onni Esimerkki")
    assert [p.called for p in adults_of(case_file(home.a, home.case_id), question)] == called


def test_a_question_counts_the_meetings_with_the_adults_it_names(home) -> None:
    home.compare()
    editor = CaseEditor(home.a, home.texts, home.case_id)
    mother, father = editor.file.adults[0], editor.add_person(Role.BIRTH_PARENT, "isä")
    editor.edit(mother, called="äiti")
    asks = ("Miten isä vastaa?", "Miten äiti vastaa?", "Miten isä ja äiti vastaavat?", "Mikä auttaa?")
    editor.edit(editor.file.commission, questions=asks)
    ready = Standing(Stand.OBSERVED, meetings=1)
    assert standings(home.a, editor.file) == (Standing(Stand.TO_FILM), ready, ready, ready)
    met = home.add_meeting(father.id, 9)
    home.a.apply("film", [added(recording(met.id, SECOND))])
    file = case_file(home.a, home.case_id)
    assert standings(home.a, file)[0] == Standing(Stand.TO_CODE, meetings=1)
    editor.edit(next(m for m in file.meetings if m.id == home.meeting.id), others=(father.id,))
    assert standings(home.a, case_file(home.a, home.case_id))[0] == ready, "the family's meeting was the father's too"
