"""A commission comes by a call and is accepted; somebody asks for the film: all of it stands after signing in again."""

from app.casework.requests import kept
from app.model.commission import CommissionState
from app.model.hold import Held
from app.model.request import Reply
from tests.drivers.archive_steps import AINO, lock, make_archive, sign_in
from tests.drivers.case_steps import begin_case, cases_screen
from tests.drivers.hands import Hands, Key
from widgets.cases.cases_screen import CasesScreen

QUESTION = "Millaista tukea äiti ja lapsi tarvitsevat?"


def test_a_commission_from_the_first_call_and_a_request_to_its_answer(program, hands, tmp_path) -> None:
    make_archive(hands, program, tmp_path)
    screen = begin_case(hands, program)
    ordered(hands, screen)
    asked(hands, screen)
    lock(hands, program)
    sign_in(hands, program, AINO)
    hands.until(lambda: program.window is not None)
    screen = cases_screen(program)
    file = screen.commission.file
    assert file.commission is not None
    assert [s.state for s in file.commission.steps] == [CommissionState.FIRST_CALL, CommissionState.ACCEPTED]
    assert file.commission.questions == file.commission.beyond == (QUESTION,)
    (request,) = file.requests
    assert (request.answer, kept(file)) == (Reply.GIVEN, Held.NO)
    screen.show_section(screen.commission)
    hands.settle()
    assert "ei voida vastata yksin havainnoinnin perusteella" in hands.words(screen.commission)


def ordered(hands: Hands, screen: CasesScreen) -> None:
    section = screen.commission
    screen.show_section(section)
    hands.settle()
    hands.fill(section.form.widgets["commissioner"], "Esimerkkilän hyvinvointialue")
    hands.type(section.questions.new, QUESTION)
    hands.key(section.questions.new, Key.Key_Return)
    hands.settle()
    assert "odottaa kuvausta" in hands.words(section.card)
    hands.click(section.card.ticks[0])
    steps = section.steps
    hands.fill(steps.words, "johtava sosiaalityöntekijä soitti")
    hands.click(steps.record)
    hands.settle()
    hands.choose(steps.state, "Hyväksytty")
    hands.click(steps.record)
    hands.settle()
    assert "Hyväksytty" in section.state.text()


def asked(hands: Hands, screen: CasesScreen) -> None:
    section = screen.requests
    screen.show_section(section)
    hands.click(section.record)
    hands.settle()
    hands.choose(section.form.kind, "Tallenteen katsominen tai kopio")
    hands.choose(section.form.asker, "vanhempi")
    hands.click(section.form.save)
    hands.settle()
    (row,) = section.rows.values()
    assert kept(section.file) == Held.BY_REQUEST
    hands.click(row.answer)
    hands.settle()
    hands.fill(row.answering.who, "johtava sosiaalityöntekijä")
    hands.click(row.answering.save)
    hands.settle()
    hands.click(row.hand)
    hands.settle()
    hands.fill(row.handing.what, "katsottu yhdessä toimistolla")
    hands.click(row.handing.save)
