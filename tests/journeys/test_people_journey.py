"""A family as it comes: parents who must not meet, an emergency placement, a hidden address, one entered twice."""

from PySide6.QtWidgets import QLineEdit

from app.bootstrap import Program
from app.casework.circumstances import EMERGENCY, unchecked
from app.model.circumstance import CircumstanceKind
from app.model.people import Bond, Interpreter, Ring
from tests.drivers.archive_steps import AINO, lock, make_archive, sign_in
from tests.drivers.case_steps import begin_case, cases_screen
from tests.drivers.hands import Hands
from widgets.cases.cases_screen import CasesScreen


def test_the_people_of_a_case_from_first_names_to_a_hidden_address(program, hands, tmp_path) -> None:
    make_archive(hands, program, tmp_path)
    screen = begin_case(hands, program)
    screen.show_section(screen.people)
    people, form = screen.people, screen.people.person.form
    mother = people.file.adults[0]
    hands.click(people.family.tiles[mother.id])
    hands.fill(form.widgets["called"], "äiti")
    assert not form.widgets["name"].isVisible()
    hands.click(screen.names)
    hands.fill(form.widgets["name"], "Saara Esimerkki")
    hands.click(screen.names)
    assert "Saara" not in hands.words(screen)

    hands.click(people.add_adult)
    hands.fill(form.widgets["called"], "isä")
    hands.choose(form.widgets["interpreter"], "tulkki korvakuulokkeessa")
    hands.choose(form.widgets["ring"], "läheiset")
    hands.choose(form.widgets["bond"], "katkolla")
    hands.settle()
    hands.click(people.person.apart[mother.id])
    assert "Pidetään erillään: äiti – isä." in hands.words(people.family)

    hands.settle()
    of_child(hands, screen)
    lock(hands, program)
    sign_in(hands, program, AINO)
    hands.until(lambda: program.window is not None)
    as_it_was(hands, program)


def of_child(hands: Hands, screen: CasesScreen) -> None:
    people, facts = screen.people, screen.people.facts
    child = people.file.child
    hands.click(people.family.tiles[child.id])
    hands.choose(facts.kind, "asema lastensuojelussa")
    for words in ("avohuollossa", "kiireellisesti sijoitettu"):
        hands.choose(facts.value, words)
        hands.click(facts.record)
    hands.settle()
    assert "Tarkista nyt, koska tämä muuttui:" in hands.words(facts)
    row = next(r for r in people.file.circumstances if r.value == EMERGENCY)
    hands.settle()
    hands.click(facts.checks[row.id, "consents"])
    hands.choose(facts.kind, "turvakielto")
    hands.click(facts.record)

    screen.show_section(screen.meetings)
    assert not hands.words(screen.meetings).count("Paikka")


def as_it_was(hands: Hands, program: Program) -> None:
    """After signing in again: everything is there, and no name is seen."""
    screen = cases_screen(program)
    screen.show_section(screen.people)
    assert "Saara" not in hands.words(screen)
    file = screen.people.file
    mother, father = file.adults
    assert (mother.name, father.interpreter) == ("Saara Esimerkki", Interpreter.EARPIECE)
    assert (father.ring, father.bond) == (Ring.CLOSE, Bond.BROKEN)
    assert file.apart.of(mother.id) == {father.id}
    row = next(r for r in file.circumstances if r.value == EMERGENCY)
    assert "consents" not in unchecked(file, row)
    assert any(r.kind == CircumstanceKind.NON_DISCLOSURE for r in file.circumstances)
    acts = [entry.act for entry in program.workspace.store.audit_log(file.case.id)]
    assert acts.count("names-shown") == 1
    assert isinstance(screen.people.person.form.widgets["name"], QLineEdit)
