"""The room of supervision: agreed, signed, planned, held, rated; each press is in the archive before it is seen."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton

from app.i18n import now, today
from app.model.change import added
from app.model.erasure import Erasure, Ground, Whole
from app.model.hold import Held
from app.model.hours import Work, WorkEntry
from app.model.identity import new_id
from app.model.meeting import Outcome
from app.model.sought import Side
from app.model.supervision import (
    AgreementState,
    PayerLine,
    Presence,
    Signing,
    SupervisionAgreement,
    SupervisionSession,
)
from app.model.supervision_course import GoalRating, Phase
from app.model.supervision_note import SupervisionNote
from app.supervising.agreements import new_agreement
from tests.drivers.settling import settle
from tests.drivers.stage import until
from widgets.forms.price_field import euros, show_euros
from widgets.retention.erase_whole import EraseWhole
from widgets.retention.keeping_dialog import AnswerDialog, KeepingDialog
from widgets.supervision.supervision_screen import SupervisionScreen

YES = QDialog.DialogCode.Accepted


@pytest.fixture
def place(home, room, stage):
    """The place with an agreement that lacks nothing before it is signed, open."""
    made = new_agreement(room.space.door, room.space.texts, "Tiimi", customer="Tiimi, Esimerkkilä", planned=3)
    shown = stage(SupervisionScreen, player=True, agreement_id=made.id)
    editor = shown.room.editor
    for n in (1, 2):
        editor.add_supervisee(f"Ohjattava {n}", "perhetyöntekijä")
    editor.add_goal("Pysymme lapsen tahdissa")
    editor.edit(start=today())
    return shown


def signed(place) -> None:
    place.room.editor.sign((Signing("Malli Päällikkö", "tilaaja", today()),))


def words(part) -> str:
    settle()  # what was just put into a layout is shown
    return "\n".join(one.text() for one in part.findChildren(QLabel) if one.isVisibleTo(part))


def test_first_there_is_one_button_and_it_begins_an_agreement(home, room, stage) -> None:
    place = stage(SupervisionScreen, player=True)
    assert "Apart from client work" in words(place)
    (new,) = [b for b in place.findChildren(QPushButton) if b.text() == "New agreement"]
    new.click()
    (made,) = home.a.find(SupervisionAgreement)
    assert room.gone[-1] == ("supervision", {"agreement_id": made.id})
    assert home.b.find(SupervisionAgreement) == (), "a colleague finds nothing"


def test_what_is_typed_goes_to_the_agreement_and_its_terms_stay_once_it_is_signed(place, hands) -> None:
    page = place.room.agreement
    form = page.form.widgets
    form["price"].setFocus()
    QTest.keyClicks(form["price"], "150,50")
    page.commit()
    assert place.room.editor.agreement.price == 15050
    page.people.called.setText("Ohjattava 3")
    QTest.keyClick(page.people.called, Qt.Key.Key_Return)
    assert [s.called for s in place.room.editor.agreement.supervisees][-1] == "Ohjattava 3"
    assert page.sign.isEnabled()
    signed(place)
    assert place.room.editor.agreement.state == AgreementState.SIGNED
    assert not form["price"].isEnabled()
    assert not page.sign.isVisibleTo(page)
    assert page.finish.isVisibleTo(page)


def test_it_cannot_be_signed_while_it_lacks_something_and_says_what(place) -> None:
    page = place.room.agreement
    place.room.editor.edit(customer="")
    assert not page.sign.isEnabled()
    assert "customer" in words(page)


def test_sessions_are_planned_in_the_rhythm_held_and_cancelled_by_the_rule(place, monkeypatch) -> None:
    signed(place)
    room = place.room
    first = datetime.combine(today() + timedelta(days=20), datetime.min.time()).astimezone().replace(hour=13)
    monkeypatch.setattr("widgets.supervision.plan_dialog.PlanDialog.exec", lambda _self: YES)
    monkeypatch.setattr("widgets.supervision.plan_dialog.PlanDialog.moment", lambda _self: first)
    room.plan()
    sessions = room.editor.sessions
    assert [(s.at - first).days for s in sessions] in ([0, 28, 56], [0, 27, 56], [0, 28, 55])
    room.open_session(sessions[0].id)
    room.session.hold.click()
    assert {a.presence for a in room.editor.sessions[0].attendance} == {Presence.THERE}
    late = next(iter(room.session.presences))
    box = room.session.presences[late]
    box.setCurrentIndex(box.findData(Presence.LATE))
    box.activated.emit(box.currentIndex())
    assert [a.presence for a in room.editor.sessions[0].attendance if a.supervisee_id == late] == [Presence.LATE]
    room.open_session(sessions[1].id)
    monkeypatch.setattr("widgets.supervision.cancel_dialog.CancelDialog.exec", lambda _self: YES)
    room.session.cancel.click()
    after = room.editor.sessions[1]
    assert (after.outcome, after.invoiced) == (Outcome.CANCELLED, 0)
    assert "not invoiced" in words(room.session)
    room.undo()
    assert room.editor.sessions[1].outcome == Outcome.OPEN


def test_a_late_cancelling_says_what_is_invoiced_before_it_is_so(place, qtbot) -> None:
    from widgets.supervision.cancel_dialog import CancelDialog

    signed(place)
    session = place.room.editor.add_session(now() + timedelta(days=3))
    asked = CancelDialog(place, place.texts, place.room.editor.agreement, session)
    qtbot.addWidget(asked)
    assert "invoiced: 100 %" in words(asked)
    asked.day_field.line.setText("31.2.2026")
    assert not asked.done_button.isEnabled()


def test_the_agenda_and_the_question_are_written_when_their_fields_are_left(place) -> None:
    signed(place)
    session = place.room.editor.add_session(now() + timedelta(days=3))
    place.room.open_session(session.id)
    page = place.room.session
    page.form.widgets["question"].setPlainText("Miten pysyn lapsen tahdissa?")
    page.agenda.add.click()
    page.agenda.lines[0][1].setText("Kuulumiset")
    place.room.to_overview()
    (kept,) = place.workspace.store.find(SupervisionSession)
    assert kept.question == "Miten pysyn lapsen tahdissa?"
    assert [(i.minutes, i.words) for i in kept.agenda] == [(10, "Kuulumiset")]
    assert "Miten pysyn lapsen tahdissa?" in words(place.room.overview)


def test_each_rates_the_goals_and_nobody_is_counted_who_said_no_number(place) -> None:
    signed(place)
    place.room.to_rating()
    page = place.room.rating
    (first, *_), goal = place.room.editor.agreement.supervisees, place.room.editor.agreement.goals[0]
    box = page.boxes[(first.id, goal.id)]
    box.setCurrentIndex(box.findData(4))
    box.activated.emit(box.currentIndex())
    (rating,) = place.workspace.store.find(GoalRating)
    assert (rating.value, rating.phase, rating.supervisee_id) == (4, Phase.START, first.id)
    assert "Not yet from Ohjattava 2." in words(page)
    place.room.to_overview()
    assert "middle rating 4" in words(place.room.overview)


def test_own_notes_are_sealed_and_can_be_erased(home, place, monkeypatch) -> None:
    signed(place)
    session = place.room.editor.add_session(now() + timedelta(days=3))
    place.room.open_session(session.id)
    notes = place.room.notes
    notes.fields[-1][1].setPlainText("Mietin tätä.")
    place.room.commit()
    (kept,) = home.a.find(SupervisionNote)
    assert (kept.text, kept.session_id) == ("Mietin tätä.", session.id)
    assert home.b.find(SupervisionNote) == ()
    assert "right to see their own data" in words(notes)
    notes.show_session(session.id)
    monkeypatch.setattr("widgets.supervision.notes_part.confirm", lambda *_given: True)
    notes.erase.click()
    assert home.a.find(SupervisionNote) == ()


def test_a_film_of_own_work_is_brought_by_the_controllers_decision_and_taken_back(place, qtbot, monkeypatch) -> None:
    from widgets.supervision.brought_dialog import BroughtDialog

    place.room.editor.edit(end=today() + timedelta(60))
    signed(place)
    session = place.room.editor.add_session(now() + timedelta(days=3))
    (bringer, _), day = place.room.editor.agreement.supervisees, date(2026, 1, 5)

    def fill(asked) -> QDialog.DialogCode:
        asked.bringer.set_value(bringer.id)
        lines = (asked.controller, "Esimerkkilä"), (asked.decided_by, "Malli"), (asked.ground, "päätös 4")
        for line, said in ((asked.code_name, "Kuusi 4"), *lines):
            assert not asked.done_button.isEnabled()
            line.setText(said)
        asked.decided.set_value(day)
        asked.consented.set_value(day)
        asked.consented.line.textChanged.emit("")
        assert asked.done_button.isEnabled()
        return YES

    monkeypatch.setattr(BroughtDialog, "exec", fill)
    place.room.open_session(session.id)
    place.room.to_recording()
    part = place.room.recording.brought
    assert not part.films.isVisibleTo(part)
    part.add.click()
    (one,) = part.held
    assert (one.folder.code_name, one.folder.bringer, one.ends) == ("Kuusi 4", bringer.id, session.at.date())
    assert "Brought by Ohjattava 1" in words(part)
    assert part.films.take.isEnabled()
    assert not part.code.isEnabled()
    monkeypatch.setattr("widgets.supervision.brought_part.confirm", lambda *_given: True)
    part.back.click()
    assert "It may not be used" in words(part)
    assert not part.films.take.isEnabled()
    place.room.open_session(session.id)
    assert "1 film of own work was brought." in words(place.room.session)


@pytest.mark.parametrize(("typed", "cents"), [("150", 15000), ("150,5", 15050), ("1 200,00 €", 120000), ("", 0)])
def test_euros_are_cents(typed: str, cents: int) -> None:
    assert euros(typed) == cents
    assert euros(show_euros(cents)) == cents


@pytest.mark.parametrize("typed", ["paljon", "1,234", "-5"])
def test_what_is_no_price_is_refused(typed: str) -> None:
    assert euros(typed) is None


def test_a_session_of_another_year_says_its_year(place) -> None:
    signed(place)
    place.room.editor.add_session(datetime(2031, 1, 12, 13).astimezone())
    place.room.to_overview()
    table = place.room.overview.table
    assert table.model().index(0, 1).data() == place.texts.date(date(2031, 1, 12))
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert place.room.pages.currentWidget() is place.room.session


def test_the_agreement_and_the_year_are_saved_as_pdf(place, monkeypatch, tmp_path) -> None:
    place.room.editor.edit(payer_sees=(PayerLine.DATES, PayerLine.HOURS))
    paths = {}

    def save(_dialogs, _title: str, name: str, _kind) -> Path:
        paths[name] = tmp_path / name
        return paths[name]

    monkeypatch.setattr("widgets.supervision.supervision_screen.FileDialogs.save", save)
    place.room.agreement.paper.click()
    signed(place)
    session = place.room.editor.add_session(datetime(2026, 2, 10, 13).astimezone())
    assert not [b for b in place.header.findChildren(QPushButton) if b.text() == "Yearly summary PDF"], "nothing held"
    place.room.to_overview()
    place.room.editor.hold(session)
    (year,) = [b for b in place.header.findChildren(QPushButton) if b.text() == "Yearly summary PDF"]
    year.click()
    until(lambda: not place.workspace.jobs.running)
    assert list(paths) == ["Tiimi supervision agreement.pdf", "Tiimi yearly summary 2026.pdf"]
    assert all(path.read_bytes().startswith(b"%PDF") for path in paths.values())
    assert len([e for e in place.workspace.store.audit_log() if e.act == "export"]) == 2


def test_hours_of_preparation_and_travel_stand_beside_the_sessions(home, place) -> None:
    signed(place)
    session = place.room.editor.add_session(now() - timedelta(days=3))
    place.room.editor.hold(session)
    agreement = place.room.editor.agreement
    rows = [(Work.PREPARATION, 60, agreement.id), (Work.TRAVEL, 30, agreement.id), (Work.TRAVEL, 90, "another")]
    for what, minutes, whole in rows:
        entry = WorkEntry(
            new_id(), home.a.me, today(), minutes, "supervision-team", what, Side.SUPERVISION, whole_id=whole
        )
        place.workspace.door.write("hours", [added(entry)])
    place.room.to_overview()
    said = words(place.room.overview).split("\n")
    at = said.index("Sessions, 1 held")
    assert said[at : at + 12] == [
        "Sessions, 1 held", "1.5", "2.0", "Preparation", "1.0", "1.3", "Travel", "0.5", "0.7", "Together", "3.0", "4.0",
    ]  # fmt: skip


def test_from_its_card_it_is_held_by_a_request_and_erased_once_that_was_answered(
    place, home, hands, monkeypatch
) -> None:
    def asks(dialog: KeepingDialog) -> QDialog.DialogCode:
        dialog.why_field.set_value(Held.BY_REQUEST)
        dialog.ground_field.setPlainText("Ohjattava 1 pyytää tietonsa")
        return YES

    def answers(dialog: AnswerDialog) -> QDialog.DialogCode:
        dialog.answer_field.setPlainText("annettu nähtäväksi")
        return YES

    def agrees(dialog: EraseWhole) -> QDialog.DialogCode:
        dialog.ground.set_value(Ground.OTHER)
        dialog.words.setText("sovittu")
        assert dialog.erase.isEnabled()
        return YES

    for made, act in ((KeepingDialog, asks), (AnswerDialog, answers), (EraseWhole, agrees)):
        monkeypatch.setattr(made, "exec", act)
    signed(place)
    card = place.room.keeping
    place.room.to_overview()
    assert not card.erase.isVisibleTo(card), "it goes on"
    place.room.editor.end(today())
    assert "1 year after it ended" in words(card)
    assert card.erase.isVisibleTo(card)
    card.keep.click()
    assert "a request about it is open" in words(card)
    card.erase.click()
    assert home.a.find(SupervisionAgreement)
    (done,) = [b for b in card.findChildren(QPushButton) if b.text() == "Answered…"]
    done.click()
    assert "annettu nähtäväksi" in words(card)
    card.erase.click()
    hands.until(lambda: home.a.find(SupervisionAgreement) == ())
    (certificate,) = home.a.find(Erasure)
    assert certificate.whole == Whole.SUPERVISION


def test_a_supervisee_is_given_an_own_sign_in_beside_the_name(place, home) -> None:
    people = place.room.agreement.people
    one = place.room.editor.agreement.supervisees[0]
    choice = people.sign_ins[one.id]
    choice.set_value(home.leena.id)
    choice.activated.emit(choice.currentIndex())
    assert place.room.editor.agreement.worker_of(one.id) == home.leena.id
    assert [a.id for a in home.b.find(SupervisionAgreement)] == [place.room.editor.agreement_id]
