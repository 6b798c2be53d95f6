"""A case from its code name to a meeting with its plan and its film, through the fields of *Asiakkaat*."""

import pytest
from PySide6.QtWidgets import QFileDialog, QLineEdit

from app.bootstrap import Program
from app.model.consent import Purpose
from app.model.people import Role
from app.model.recording import Recording
from tests.drivers.archive_steps import LEENA
from tests.drivers.hands import Hands, Key, one_in_sight
from tests.journeys.coded_film import CodedFilm
from widgets.cases.cases_screen import CasesScreen
from widgets.forms.inputs import Choice

QUESTIONS = ("Miten vanhempi vastaa lapsen aloitteisiin?", "Mistä perhe hyötyisi jatkossa?")
AGE_GROUP = "leikki- ja kouluikä"
PEOPLE = {Role.CHILD: ("lapsi", "Eelis Esimerkki"), Role.BIRTH_PARENT: ("äiti", "Saara Esimerkki")}


def choose(hands: Hands, choice: Choice, words: str) -> None:
    """Choose from a pick-list by keys."""
    place = choice.findText(words)
    assert place >= 0, [choice.itemText(n) for n in range(choice.count())]
    hands.focus(choice)
    hands.key(choice, Key.Key_Home)
    for _ in range(place):
        hands.key(choice, Key.Key_Down)
    assert choice.currentText() == words


def cases_screen(program: Program) -> CasesScreen:
    """*Asiakkaat*, gone to from the rail."""
    assert program.window is not None
    program.window.go("cases")
    return one_in_sight(program.window, CasesScreen)


def begin_case(hands: Hands, program: Program) -> CasesScreen:
    """A case with no more than its code name, open on the screen."""
    screen = cases_screen(program)
    hands.press(screen, "Uusi asiakkuus")
    hands.type(screen.list.new.line, "Tähti 14")
    hands.key(screen.list.new.line, Key.Key_Return)
    hands.until(lambda: screen.case_id)
    return screen


def make_case(hands: Hands, program: Program) -> str:
    """Code name, partner, people, commission with two questions, consents to filming."""
    screen = begin_case(hands, program)
    choose(hands, screen.details.form.widgets["partner"], LEENA)
    screen.show_section(screen.people)
    hands.click(screen.names)
    for person_id, tile in list(screen.people.family.tiles.items()):
        person = screen.people.file.person(person_id)
        assert person is not None
        hands.click(tile)
        called, name = PEOPLE[person.role]
        hands.fill(screen.people.person.form.widgets["called"], called)
        hands.fill(screen.people.person.form.widgets["name"], name)
    screen.show_section(screen.commission)
    hands.fill(screen.commission.form.widgets["commissioner"], "Pohjois-Savon hyvinvointialue")
    hands.fill(screen.commission.form.widgets["unit"], "Perhekeskus")
    for question in QUESTIONS:
        hands.type(screen.commission.questions.new, question)
        hands.click(screen.commission.questions.add)
    screen.show_section(screen.consents)
    for pill in list(screen.consents.pills.values()):
        hands.click(pill)
        form = screen.consents.form
        hands.click(screen.consents.record)
        hands.click(form.purposes[Purpose.FILMING])
        for giver in [box for box in form.givers.values() if box.isVisible()][:1]:
            hands.click(giver)
        hands.click(form.record)
    return screen.case_id


def make_meeting(hands: Hands, program: Program, film: CodedFilm) -> str:
    """A meeting of the age group, with the film's tasks as its plan, chosen by Enter in their order."""
    screen = cases_screen(program)
    screen.show_section(screen.meetings)
    hands.click(screen.meetings.add_first)
    panel = screen.meetings.panel
    place = panel.form.widgets["place"]
    assert isinstance(place, QLineEdit)
    hands.fill(place, "Sininen huone")
    choose(hands, panel.form.widgets["age_group"], AGE_GROUP)
    cards = panel.plan.cards
    for card in film.cards:
        row = next(n for n, line in enumerate(cards.lines()) if line.id == card)
        cards.setCurrentRow(row)
        hands.key(cards, Key.Key_Return)
    assert tuple(line.id for line in panel.plan.plan.lines()) == film.cards
    return screen.meetings.meeting_id


def take_film_in(hands: Hands, program: Program, film: CodedFilm, monkeypatch: pytest.MonkeyPatch) -> Recording:
    """*Ota filmi talteen…*: checked in the child process, encrypted, compared; the original is as it was."""
    space, screen = program.workspace, cases_screen(program)
    assert space is not None
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a, **_k: ([str(film.path)], ""))
    before = (film.path.stat().st_size, film.path.stat().st_mtime_ns)
    hands.click(screen.meetings.panel.films.take)
    hands.until(lambda: space.store.find(Recording), timeout=180_000)
    hands.until(lambda: not space.jobs.running, timeout=180_000)  # the small copy for moving about comes after it
    assert (film.path.stat().st_size, film.path.stat().st_mtime_ns) == before
    hands.until(lambda: "Kamera 1" in hands.words(screen.meetings.panel.films))
    return space.store.find(Recording)[0]
