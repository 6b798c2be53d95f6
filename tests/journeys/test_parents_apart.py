"""A child and two parents who are kept apart, one of them with an interpreter: from the first call to the closed case.

First what comes before the films, then what comes after the statement.
"""

from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QDialog, QFileDialog, QLineEdit

from app.bootstrap import Program
from app.model.commission import CommissionState
from app.model.consent import Consent, Purpose
from app.model.erasure import Erasure, Ground
from app.model.meeting import Meeting
from app.model.people import Case, Interpreter, Person
from app.model.recording import Recording
from tests.drivers.archive_steps import AINO as OWN
from tests.drivers.archive_steps import LEENA as PARTNER
from tests.drivers.archive_steps import lock, make_archive_of_two, sign_in
from tests.drivers.case_steps import begin_case, cases_screen, choose
from tests.drivers.hands import Hands, Key, one_in_sight
from tests.drivers.pages import page_words
from tests.material.films import Clip, build
from tests.material.golden import AINO, PASSPHRASE, golden
from widgets.cases.cases_screen import CasesScreen
from widgets.cases.log_report_dialog import LogReportDialog
from widgets.cases.withdrawal_dialog import WithdrawalDialog
from widgets.comparing.waiting import WitnessDialog
from widgets.filming.prepare_panel import PreparePanel

MOTHER, FATHER = "Saara Esimerkki", "Omar Esimerkki"
QUESTIONS = ("Millaista tukea äiti ja lapsi tarvitsevat?", "Millaista tukea isä ja lapsi tarvitsevat?")
#: from which the papers of one parent may say nothing
OF_THE_OTHER = ("äiti", "Äiti", MOTHER, "Saara")


def test_from_the_first_call_to_each_parents_day(program, hands, tmp_path: Path, monkeypatch) -> None:
    make_archive_of_two(hands, program, tmp_path)
    screen = begin_case(hands, program)
    choose(hands, screen.details.form.widgets["partner"], PARTNER)
    ordered(hands, screen)
    mother, father = people(hands, screen)
    every_consent(hands, screen)
    papers_of_consent(hands, program, screen, father.id, tmp_path, monkeypatch)
    first, second = booked(hands, screen, father)
    plans(hands, screen, first, second, tmp_path, monkeypatch)
    film_of(hands, program, first, tmp_path, monkeypatch)
    child_says_no(hands, program, second)
    lock(hands, program)
    sign_in(hands, program, OWN)
    hands.until(lambda: program.window is not None)
    as_it_was(program, mother, father)


def ordered(hands: Hands, screen: CasesScreen) -> None:
    """The first call, the questions word for word, and the commission accepted."""
    section = screen.commission
    screen.show_section(section)
    hands.fill(section.form.widgets["commissioner"], "Esimerkkilän hyvinvointialue")
    hands.fill(section.form.widgets["decision"], "LS 2026/417")
    for question in QUESTIONS:
        hands.type(section.questions.new, question)
        hands.click(section.questions.add)
    hands.fill(section.steps.words, "johtava sosiaalityöntekijä soitti")
    hands.click(section.steps.record)
    hands.settle()
    hands.choose(section.steps.state, "Hyväksytty")
    hands.click(section.steps.record)
    hands.settle()
    assert all(f"{n}" in hands.words(section.card) for n in QUESTIONS)


def people(hands: Hands, screen: CasesScreen) -> tuple[Person, Person]:
    """Both guardians with their names; the father speaks Arabic through an earpiece, and they must not meet."""
    section = screen.people
    screen.show_section(section)
    hands.click(screen.names)
    widgets = section.person.form.widgets
    hands.click(section.family.tiles[section.file.adults[0].id])
    described(hands, screen, "äiti", MOTHER)
    hands.click(section.add_adult)
    described(hands, screen, "isä", FATHER)
    hands.choose(widgets["role"], "syntymävanhempi")
    hands.choose(widgets["language"], "arabia")
    hands.choose(widgets["interpreter"], "tulkki korvakuulokkeessa")
    hands.fill(widgets["interpreter_language"], "arabia")
    mother, father = section.file.adults
    hands.settle()
    tick(hands, section.person.apart[mother.id])
    assert "Pidetään erillään: äiti – isä." in hands.words(section.family)
    hands.click(screen.names)
    assert not {MOTHER, FATHER} & set(hands.words(screen).splitlines())
    return mother, section.file.person(father.id)


def described(hands: Hands, screen: CasesScreen, called: str, name: str) -> None:
    widgets = screen.people.person.form.widgets
    hands.fill(widgets["called"], called)
    hands.fill(widgets["name"], name)
    tick(hands, widgets["guardian"])


def tick(hands: Hands, box: QCheckBox) -> None:
    """By its key."""
    hands.focus(box)
    if not box.isChecked():
        hands.key(box, Key.Key_Space)
    assert box.isChecked()


def every_consent(hands: Hands, screen: CasesScreen) -> None:
    """A form each, for all nine purposes; the child's is given by both guardians."""
    section = screen.consents
    screen.show_section(section)
    hands.settle()
    for person_id in [p.id for p in section.file.persons]:
        hands.click(section.pills[person_id])
        hands.click(section.record)
        hands.settle()
        for box in section.form.purposes.values():
            tick(hands, box)
        givers = section.form.givers  # of the child alone
        for guardian in section.file.guardians if givers else ():
            tick(hands, givers[guardian.id])
        hands.click(section.form.record)
        hands.settle()
        assert all(section.matrix.said(person_id, purpose).endswith(": annettu") for purpose in Purpose)


def papers_of_consent(hands: Hands, program: Program, screen: CasesScreen, father_id: str, place: Path, patch) -> None:
    """An empty form in each language, and the father's own bundle: no word of the mother in any."""
    section = screen.consents
    hands.click(section.pills[father_id])
    for n, act in enumerate(section.print.menu().actions()):
        paper = place / f"lomake-{n}.pdf"
        patch.setattr(QFileDialog, "getSaveFileName", lambda *_a, p=paper: (str(p), ""))
        act.trigger()
        written(hands, program, paper)
    bundle = place / "suostumukset.pdf"
    patch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(bundle), ""))
    hands.click(section.evidence)
    written(hands, program, bundle)


def written(hands: Hands, program: Program, paper: Path) -> str:
    """The words of a paper of the father, in which nothing is of the mother."""
    space = program.workspace
    hands.until(paper.exists)
    hands.until(lambda: not space.jobs.running)
    words = " ".join(page_words(paper.read_bytes()))
    assert [name for name in OF_THE_OTHER if name in words] == []
    return words


def booked(hands: Hands, screen: CasesScreen, father: Person) -> tuple[str, str]:
    """Both on one day: twenty minutes between them are too few, and half an hour is told as nothing."""
    section = screen.meetings
    screen.show_section(section)
    hands.settle()
    hands.click(section.add_first)
    first, panel = section.meeting_id, section.panel
    hands.fill(panel.form.widgets["time"].line, "9.00")
    hands.click(section.add)
    second = section.meeting_id
    assert panel.editor.meeting.adult_id == father.id
    length = next(m for m in section.file.meetings if m.id == first).minutes
    free = datetime(2026, 1, 1, 9) + timedelta(minutes=length)  # noqa: DTZ001  a time of day
    for gap, too_near in ((20, True), (30, False)):
        at = free + timedelta(minutes=gap)
        hands.fill(panel.form.widgets["time"].line, f"{at.hour}.{at.minute:02}")
        hands.settle()
        assert panel.near.isVisible() is too_near
    assert "Isä: tulkki korvakuulokkeessa (arabia)" in hands.words(panel)
    return first, second


def plans(hands: Hands, screen: CasesScreen, first: str, second: str, place: Path, patch) -> None:
    """The father's tasks are parallel to the mother's, and his papers tell nothing of hers."""
    section = screen.meetings
    plan = section.panel.plan
    hands.click(section.rows[first])
    for row in range(8):
        plan.cards.setCurrentRow(row)
        hands.click(plan.add)
    hands.click(section.rows[second])
    plan.beginnings.begin.menu().aboutToShow.emit()
    parallel = next(a for a in plan.beginnings.begin.menu().actions() if a.text().startswith("Rinnakkaiset"))
    parallel.trigger()
    hands.settle()
    assert len(section.plan_editor.meeting.plan) == 8
    for n, act in enumerate(plan.papers.print.menu().actions()):
        paper = place / f"tehtavat-{n}.pdf"
        patch.setattr(QFileDialog, "getSaveFileName", lambda *_a, p=paper: (str(p), ""))
        act.trigger()
        hands.until(paper.exists)
        words = " ".join(page_words(paper.read_bytes()))
        assert [name for name in OF_THE_OTHER if name in words] == []


def film_of(hands: Hands, program: Program, meeting_id: str, place: Path, patch) -> None:
    """The mother's film, taken in from a card."""
    screen, space = cases_screen(program), program.workspace
    hands.click(screen.meetings.rows[meeting_id])
    film = build(place, Clip(frames=50, gop=25, sound="aac"))
    patch.setattr(QFileDialog, "getOpenFileNames", lambda *_a, **_k: ([str(film)], ""))
    hands.click(screen.meetings.panel.films.take)
    hands.until(lambda: space.store.find(Recording), timeout=180_000)
    hands.until(lambda: not space.jobs.running, timeout=180_000)
    choose(hands, screen.meetings.panel.course.form.widgets["outcome"], "pidetty")


def child_says_no(hands: Hands, program: Program, meeting_id: str) -> None:
    """On the father's day, with every consent: nothing is filmed, and the meeting is told as not held."""
    program.window.go("filming", meeting_id=meeting_id)
    prepare = one_in_sight(program.window, PreparePanel)
    hands.click(prepare.yes)
    assert "Lapsi sanoo kyllä" in hands.words(prepare)
    hands.click(prepare.no)
    assert program.workspace.store.get(Meeting, meeting_id).child_said == "no"
    assert not prepare.begin.isEnabled()
    screen = cases_screen(program)
    screen.show_section(screen.meetings)
    hands.click(screen.meetings.rows[meeting_id])
    course = screen.meetings.panel.course
    choose(hands, course.form.widgets["outcome"], "peruttu")
    hands.fill(course.form.widgets["why"], "lapsi sanoi ei")


def as_it_was(program: Program, mother: Person, father: Person) -> None:
    """After signing in again everything stands, and the names are hidden."""
    screen, store = cases_screen(program), program.workspace.store
    file = screen.commission.file
    assert [s.state for s in file.commission.steps] == [CommissionState.FIRST_CALL, CommissionState.ACCEPTED]
    assert file.commission.questions == QUESTIONS
    assert [p.interpreter for p in file.adults] == [Interpreter.NONE, Interpreter.EARPIECE]
    assert file.apart.of(mother.id) == {father.id}
    assert len(store.find(Consent, case_id=file.case.id)) == 3 * len(Purpose)
    held, cancelled = file.meetings
    assert (held.adult_id, cancelled.adult_id, cancelled.why) == (mother.id, father.id, "lapsi sanoi ei")
    (film,) = store.find(Recording)
    assert film.meeting_id == held.id


def test_from_a_withdrawal_to_the_closed_case(program, hands, tmp_path: Path, monkeypatch) -> None:
    folder = golden("final", tmp_path / "archive")
    program.unlock(folder, AINO, PASSPHRASE)
    hands.until(lambda: program.window is not None and program.window.isVisible())
    space, window = program.workspace, program.window
    hands.until(lambda: not space.jobs.running)
    (film,), (case,) = space.store.find(Recording), space.store.find(Case)
    meeting = space.store.get(Meeting, film.meeting_id)
    window.go("cases", case_id=case.id, part="consents")
    screen = one_in_sight(window, CasesScreen)
    screen.consents.choose(meeting.adult_id)

    # the consent to being filmed is withdrawn; what there is is told, and the film goes at once
    row = screen.consents.rows[Purpose.FILMING]
    hands.confirming("Kirjaa peruutus", lambda: hands.click(row.withdraw))
    told = next(d for d in screen.consents.findChildren(WithdrawalDialog))
    assert "1 tallenne" in hands.words(told)
    (erase,) = told.erases
    hands.answering(lambda dialog: erased(hands, dialog), lambda: hands.click(erase))
    hands.until(lambda: bool(space.store.find(Erasure)) and not space.archive.erasing.is_unfinished())
    hands.press(told, "Sulje")
    (certificate,) = space.store.find(Erasure)
    assert (certificate.ground, certificate.films[0].sha256) == (Ground.WITHDRAWN, film.sha256)
    assert film.container not in [p.name for p in (folder / "media").iterdir()]
    window.go("cases", meeting_id=meeting.id)
    films, paper = screen.meetings.panel.films, tmp_path / "todistus.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(paper), ""))
    hands.until(lambda: "Todistus…" in hands.words(films))
    hands.press(films, "Todistus…")
    hands.until(paper.exists)
    assert film.sha256[:16] in " ".join(page_words(paper.read_bytes())).replace(" ", "")

    report = log_report(hands, program, screen, tmp_path, monkeypatch)
    assert AINO in report
    closed(hands, program, screen, case)
    assert space.archive.verify(lambda _: None, lambda: False) == ()
    lock(hands, program)


def erased(hands: Hands, dialog: QDialog) -> None:
    hands.choose(hands.named(dialog, "Peruste", QComboBox), "Peruttu suostumus")
    hands.type(hands.named(dialog, "Sanoin", QLineEdit), "Vanhempi perui suostumuksen")
    hands.choose(hands.named(dialog, "Missä alkuperäinen tiedosto on?", QComboBox), "Jo hävitetty")
    watch = QTimer(QApplication.instance(), interval=20)

    def witness() -> None:
        asked = QApplication.activeModalWidget()
        if isinstance(asked, WitnessDialog) and asked.isVisible():
            watch.stop()
            watch.deleteLater()
            (secret,) = asked.findChildren(QLineEdit)
            hands.type(secret, PASSPHRASE)
            hands.press(asked, "Hävitä")

    watch.timeout.connect(witness)
    watch.start()
    hands.press(dialog, "Hävitä")


def log_report(hands: Hands, program: Program, screen: CasesScreen, place: Path, patch) -> str:
    """In three presses: who has seen, make it, and where it goes."""
    paper = place / "loki.pdf"
    patch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(paper), ""))

    def make(dialog: QDialog) -> None:
        assert isinstance(dialog, LogReportDialog)
        hands.click(dialog.make)

    hands.answering(make, lambda: hands.click(screen.seen))
    hands.until(paper.exists)
    hands.until(lambda: not program.workspace.jobs.running)
    return " ".join(page_words(paper.read_bytes()))


def closed(hands: Hands, program: Program, screen: CasesScreen, case: Case) -> None:
    """Every step is done, so no reason is asked; the child has been told first."""
    program.window.go("cases", case_id=case.id, part="closing")
    hands.settle()
    closing = screen.retention.closing
    for _ in range(2):  # returned, and the child told
        acts = [b for b in closing.findChildren(type(closing.close_it)) if b.isVisible() and b.text() == "Tehty tänään"]
        hands.click(acts[0])
        hands.settle()
    assert "Kaikki on tehty." in hands.words(closing)
    assert not closing.reason.isVisible()
    hands.click(closing.close_it)
    hands.until(lambda: program.workspace.store.get(Case, case.id).closed is not None)
