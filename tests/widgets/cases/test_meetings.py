"""A meeting: its fields, the plan in its order, what is missing, and films taken in."""

from datetime import date, time, timedelta
from unittest.mock import MagicMock

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QMenu, QPushButton

from app.errors import FilmError
from app.model.change import added
from app.model.consent import Purpose
from app.model.identity import new_id
from app.model.meeting import Delivery, Meeting, Outcome, Segment
from app.model.meeting_note import MeetingNote, NoteKind
from app.model.people import Case, Person, Role
from app.model.plan import PlanTemplate
from app.model.recording import Damage, Recording
from app.model.timecode import SECOND
from app.notices import Tone
from app.services.library import meeting_kinds
from tests.drivers.settling import settle
from tests.material.builders import A_DAY, facts, recording
from tests.widgets.cases.test_case_sections import pick, write
from widgets.forms.file_dialogs import FileDialogs


@pytest.fixture
def case_id(house) -> str:
    return house.case()


@pytest.fixture
def meeting(house, case_id) -> Meeting:
    return house.meeting(case_id)


@pytest.fixture
def panel(show, meeting):
    return show(meeting_id=meeting.id).meetings.panel


def meeting_kind(key: str):
    return next(kind for kind in meeting_kinds() if kind.key == key)


def plan_of(house, meeting) -> list[str]:
    return [t.task_id for t in house.store.get(Meeting, meeting.id).plan]


def test_a_case_without_partner_asks_for_one(house, show) -> None:
    screen = show(case_id=house.case("Alder", partner=False))
    screen.show_section(screen.meetings)
    assert screen.meetings.to_details.isVisible()
    screen.meetings.to_details.click()
    assert screen.tabs.currentIndex() == 0


def test_a_meeting_is_added_for_the_adult_that_had_none(house, show, case_id, meeting) -> None:
    other = Person(new_id(), case_id, Role.FOSTER_PARENT, "foster mother")
    house.store.apply("other", [added(other)])
    screen = show(meeting_id=meeting.id)
    screen.meetings.add.click()
    assert len(screen.meetings.rows) == 2
    new = house.store.get(Meeting, screen.meetings.meeting_id)
    assert new.adult_id == other.id
    assert new.coders == (house.me.id, house.partner.id)


def test_many_meetings_stand_one_below_the_other(house, show, case_id, meeting) -> None:
    for day in range(4, 14):
        house.meeting(case_id, date(2026, 11, day))
    screen = show(meeting_id=meeting.id)
    settle()
    rows = list(screen.meetings.rows.values())
    assert len(rows) == 11
    assert len({row.y() for row in rows}) == 11
    page = screen.tabs.widget(4)
    assert all(row.geometry().right() < page.viewport().width() for row in rows)
    below = [row.mapTo(screen.meetings, row.rect().bottomLeft()).y() for row in rows]
    assert screen.meetings.panel.y() > max(below)


def test_a_meeting_that_is_not_filmed_offers_nothing_of_filming(house, show, case_id, hands) -> None:
    screen = show(case_id=case_id)
    screen.show_section(screen.meetings)
    interview = next(act for act in screen.meetings.book.menu().actions() if act.text() == "Interview")
    interview.trigger()
    (made,) = house.store.find(Meeting)
    assert (made.kind, made.coders, made.adult_id) == ("interview", ("", ""), house.file(case_id).adults[0].id)
    panel = screen.meetings.panel
    for part in (panel.film, panel.code, panel.plan, panel.films, panel.talk, panel.feedback):
        assert not part.isVisible()
    assert "Interview, parent" in screen.meetings.rows[made.id].accessibleName()
    assert panel.notes.isVisible()
    assert panel.course.isVisible()


def test_a_meetings_agenda_is_printed_from_its_page(house, show, case_id, hands, tmp_path, monkeypatch) -> None:
    screen = show(case_id=case_id)
    screen.show_section(screen.meetings)
    next(act for act in screen.meetings.book.menu().actions() if act.text() == "Interview").trigger()
    panel, asked, path = screen.meetings.panel, [], tmp_path / "agenda.pdf"
    monkeypatch.setattr(FileDialogs, "save", lambda _, _title, name, _kinds: asked.append(name) or path)
    hands.click(panel.agenda)
    (made,) = house.store.find(Meeting)
    assert asked == [f"Agenda of a meeting {made.held.astimezone().date().isoformat()}.pdf"]
    assert path.read_bytes().startswith(b"%PDF")
    (logged,) = house.store.audit_log(made.id, acts=["export"])
    assert logged.detail.startswith("agenda;sha256=")


def test_what_came_of_a_meeting_and_who_was_there(house, show, case_id, qtbot) -> None:
    file = house.file(case_id)
    made = house.editor(case_id).book(meeting_kind("interview"), file.adults[0], A_DAY)
    panel = show(meeting_id=made.id).meetings.panel
    course = panel.course
    pick(course.form.widgets["delivery"], Delivery.VIDEO)
    assert not course.form.widgets["why"].isVisible()
    pick(course.form.widgets["outcome"], Outcome.CANCELLED)
    write(course.form.widgets["why"], qtbot, "a fever")
    write(course.form.widgets["by"].lineEdit(), qtbot, "parent")
    write(course.form.widgets["by_role"], qtbot, "Interpreter, the aunt")
    course.boxes[file.child.id].click()
    course.boxes[house.partner.id].click()
    kept = house.store.get(Meeting, made.id)
    assert (kept.delivery, kept.outcome, kept.why, kept.by) == (
        Delivery.VIDEO, Outcome.CANCELLED, "a fever", file.adults[0].id
    )  # fmt: skip
    assert kept.by_role == ("interpreter", "the aunt")
    assert (kept.child_id, kept.workers) == (file.child.id, (house.me.id,))
    row = show(meeting_id=made.id).meetings.rows[made.id]
    assert row.accessibleName().endswith("video link · cancelled, a fever")


def test_notes_are_written_each_in_its_place(house, show, case_id, qtbot) -> None:
    file = house.file(case_id)
    made = house.editor(case_id).book(meeting_kind("interview"), file.adults[0], A_DAY)
    screen = show(meeting_id=made.id)
    card = screen.meetings.panel.notes
    card.adds[NoteKind.SAID].click()
    (row,) = card.rows.values()
    write(row.form.widgets["text"], qtbot, "We sleep well")
    card.adds[NoteKind.INTERPRETED].click()
    said, meant = house.store.find(MeetingNote)
    assert (said.text, said.person_id, said.kind) == ("We sleep well", file.adults[0].id, NoteKind.SAID)
    assert (meant.text, meant.kind, meant.worker_id) == ("", NoteKind.INTERPRETED, house.me.id)
    card.rows[meant.id].remove.click()
    assert house.store.find(MeetingNote) == (said,)
    card.rows[said.id].form.widgets["text"].setPlainText("We sleep badly")
    screen.left()
    assert house.store.get(MeetingNote, said.id).text == "We sleep badly"


def test_two_who_are_kept_apart_are_told_at_booking(house, show, case_id) -> None:
    editor = house.editor(case_id)
    other = editor.add_person(Role.FOSTER_PARENT, "foster mother")
    editor.keep_apart(editor.file.adults[0], other, apart=True)
    first = editor.book(meeting_kind("interview"), editor.file.adults[0], A_DAY)
    second = editor.book(meeting_kind("interview"), other, A_DAY + timedelta(minutes=80))
    panel = show(meeting_id=second.id).meetings.panel
    assert panel.near.isVisible()
    assert "Too near to a meeting of somebody who is kept apart" in panel.near.text()
    assert editor.file.adults[0].called not in panel.near.text(), "who it is with is not said"
    panel = show(meeting_id=first.id).meetings.panel
    box = panel.course.boxes[other.id]
    box.click()
    assert not box.isChecked()
    assert house.store.get(Meeting, first.id).others == ()


def test_fields_of_the_meeting_reach_the_archive(house, panel, qtbot, meeting) -> None:
    widgets = panel.form.widgets
    write(widgets["day"].line, qtbot, "4.11.2026")
    write(widgets["time"].line, qtbot, "13.15")
    write(widgets["place"], qtbot, "Blue room")
    pick(widgets["age_group"], "T")
    kept = house.store.get(Meeting, meeting.id)
    local = kept.held.astimezone()
    assert (local.date(), local.time()) == (date(2026, 11, 4), time(13, 15))
    assert (kept.place, kept.age_group) == ("Blue room", "T")


def test_a_wrong_time_is_said_and_not_kept(house, panel, qtbot, meeting) -> None:
    field = panel.form.widgets["time"]
    write(field.line, qtbot, "25.00")
    assert field.line.property("wrong")
    assert field.message() == "There is no such time of day: hours go from 0 to 23, minutes from 0 to 59."
    assert house.store.get(Meeting, meeting.id) == meeting


def test_tasks_are_chosen_by_keyboard_and_ordered(house, panel, qtbot, meeting) -> None:
    cards, plan = panel.plan.cards, panel.plan.plan
    first, second = (line.id for line in cards.lines()[:2])
    cards.setCurrentRow(0)
    qtbot.keyClick(cards, Qt.Key.Key_Return)
    cards.setCurrentRow(0)
    panel.plan.add.click()
    assert plan_of(house, meeting) == [first, second]
    assert first not in [line.id for line in cards.lines()]
    plan.setCurrentRow(1)
    qtbot.keyClick(plan, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert plan_of(house, meeting) == [second, first]
    assert plan.currentRow() == 0
    panel.plan.down.click()
    assert plan_of(house, meeting) == [first, second]
    qtbot.keyClick(plan, Qt.Key.Key_Delete)
    assert plan_of(house, meeting) == [first]


def test_a_card_is_dropped_at_its_place(house, panel, meeting) -> None:
    first, second, third = (line.id for line in panel.plan.cards.lines()[:3])
    for card in (first, second):
        panel.plan.cards.chosen.emit(card)
    panel.plan.plan.dropped.emit(third, 2)
    assert plan_of(house, meeting) == [first, third, second]


def drop(plan, source, row: int, *, below: bool = False) -> None:
    """Let go over a row (behind the last one when there is no such row) as dragging from `source` does."""
    item = plan.item(row)
    box = plan.visualItemRect(item) if item is not None else plan.viewport().rect()
    at = QPointF(box.center().x(), box.bottom() - 2 if below or item is None else box.top() + 2)
    event = MagicMock(spec=QDropEvent)
    event.position.return_value = at
    event.source.return_value = source
    plan.dropEvent(event)


def test_dragging_chooses_and_orders(house, show, meeting) -> None:
    screen = show(meeting_id=meeting.id)
    panel = screen.meetings.panel
    cards, plan = panel.plan.cards, panel.plan.plan
    ids = [line.id for line in cards.lines()[:3]]
    for _ in range(2):
        cards.setCurrentRow(0)
        drop(plan, cards, plan.count())
    cards.setCurrentRow(0)
    drop(plan, cards, 0)
    assert plan_of(house, meeting) == [ids[2], ids[0], ids[1]]
    plan.setCurrentRow(0)
    drop(plan, plan, 2, below=True)
    assert plan_of(house, meeting) == [ids[0], ids[1], ids[2]]
    plan.setCurrentRow(2)
    drop(plan, plan, 1)
    assert plan_of(house, meeting) == [ids[0], ids[2], ids[1]]
    drop(plan, plan, 1)
    assert plan_of(house, meeting) == [ids[0], ids[2], ids[1]]


def test_undo_of_the_plan_while_it_has_the_focus(house, show, qtbot, meeting) -> None:
    screen = show(meeting_id=meeting.id)
    panel = screen.meetings.panel
    panel.plan.cards.setFocus()
    panel.plan.cards.setCurrentRow(0)
    qtbot.keyClick(panel.plan.cards, Qt.Key.Key_Return)
    assert len(plan_of(house, meeting)) == 1
    screen.undo()
    assert plan_of(house, meeting) == []
    screen.redo()
    assert len(plan_of(house, meeting)) == 1


def test_missing_dimensions_are_named_in_words(panel) -> None:
    plan = panel.plan
    assert plan.missing.text() == "Choose 8–10 tasks, at least one of each dimension."
    plan.cards.chosen.emit("E01")
    assert plan.missing.text() == "The plan lacks: structure, nurture, challenge"
    plan.cards.chosen.emit("S01")
    plan.cards.chosen.emit("N03")
    assert not plan.missing.isVisible()
    assert plan.careful.text() == "Be careful about: food, allergies · eating disorder, religious diet"


def test_marked_tasks_are_locked_with_a_word_why(house, show, meeting) -> None:
    screen = show(meeting_id=meeting.id)
    for card in ("E01", "S01", "N03"):
        screen.meetings.panel.plan.cards.chosen.emit(card)
    house.store.apply("segment", [added(Segment(new_id(), meeting.id, 2, 0, SECOND))])
    screen.opened(meeting_id=meeting.id)
    plan = screen.meetings.panel.plan
    assert [line.locked for line in plan.plan.lines()] == ["marked on the film", "marked on the film", ""]
    plan.plan.setCurrentRow(0)
    assert not plan.remove.isEnabled()
    assert plan.locked.isVisible()
    plan.plan.moved.emit(3, 2)
    assert plan_of(house, meeting) == ["E01", "S01", "N03"]
    assert "keep their place" in house.said[-1].text


def test_a_meeting_with_a_film_stays(house, show, meeting) -> None:
    house.store.apply("film", [added(recording(meeting.id))])
    screen = show(meeting_id=meeting.id)
    screen.meetings.panel.remove.click()
    assert house.store.get(Meeting, meeting.id) == meeting
    assert "stays in the case" in house.said[-1].text


def test_an_empty_meeting_goes_and_comes_back(house, show, meeting) -> None:
    screen = show(meeting_id=meeting.id)
    screen.meetings.panel.remove.click()
    assert house.store.find(Meeting) == ()
    assert not screen.meetings.panel.isVisible()
    screen.undo()
    assert house.store.get(Meeting, meeting.id) == meeting
    assert screen.meetings.panel.isVisible()


def test_consents_that_are_missing_are_named(house, show, hands, meeting) -> None:
    file = house.file(meeting.case_id)
    screen = show(meeting_id=meeting.id)
    assert "Consent to filming is missing: child, parent" in hands.words(screen.meetings.panel)
    for person in file.persons:
        house.editor(meeting.case_id).give_consent(person, Purpose.FILMING, date(2026, 11, 1))
    assert "Consent to filming" not in hands.words(screen.meetings.panel)


def film_file(tmp_path):
    path = tmp_path / "film.mp4"
    path.write_bytes(b"x" * 1000)
    return path


def test_a_film_is_taken_in_and_the_original_left_alone(house, panel, qtbot, tmp_path, meeting) -> None:
    house.consent(house.store.find(Case)[0].id)
    path = film_file(tmp_path)
    assert not panel.code.isEnabled()
    with qtbot.waitSignal(house.notices.said):
        panel.films.take_in(path)
    (film,) = house.store.find(Recording, meeting_id=meeting.id)
    assert (film.camera, film.size) == (1, 1000)
    assert path.read_bytes() == b"x" * 1000
    assert house.said[-1].tone == Tone.DONE
    assert "The original was left alone." in house.said[-1].text
    assert panel.films.camera.value() == 2
    assert panel.films.offset.isVisible()
    panel.code.click()
    assert house.gone == [("coding", {"meeting_id": meeting.id})]


def test_the_second_film_gets_its_place_on_the_clock(house, show, qtbot, tmp_path, meeting) -> None:
    house.consent(house.store.find(Case)[0].id)
    house.store.apply("film", [added(recording(meeting.id))])
    films = show(meeting_id=meeting.id).meetings.panel.films
    films.offset.line.setText("0:02,5")
    with qtbot.waitSignal(house.notices.said):
        films.take_in(film_file(tmp_path))
    second = house.store.find(Recording, meeting_id=meeting.id)[-1]
    assert (second.camera, second.offset) == (2, 2_500_000)


def test_a_refused_film_is_said_and_leaves_nothing(house, panel, qtbot, tmp_path) -> None:
    house.consent(house.store.find(Case)[0].id)
    house.gate.error = FilmError("no-pictures")
    with qtbot.waitSignal(house.notices.said):
        panel.films.take_in(film_file(tmp_path))
    assert house.said[-1].tone == Tone.TROUBLE
    assert house.store.find(Recording) == ()
    assert house.vault.taken == []


def test_a_film_of_a_meeting_that_is_gone_is_not_even_read(house, panel, qtbot, tmp_path, meeting) -> None:
    panel.remove.click()
    with qtbot.waitSignal(house.notices.said):
        panel.films.show_films(meeting.id)
        panel.films.take_in(film_file(tmp_path))
    assert house.said[-1].tone == Tone.TROUBLE
    assert (house.vault.taken, house.vault.discarded) == ([], [])


def test_a_film_is_described_in_words(house, show, meeting) -> None:
    from dataclasses import replace

    from PySide6.QtWidgets import QLabel

    whole = replace(facts(), damage=(Damage(10 * SECOND, 12 * SECOND, "broken"),))
    odd = replace(facts(), rate_kind="variable", min_fps=24.0, max_fps=29.97)
    films = [replace(recording(meeting.id), facts=whole), replace(recording(meeting.id), camera=2, facts=odd)]
    house.store.apply("films", [added(f) for f in films])
    panel = show(meeting_id=meeting.id).meetings.panel
    shown = "\n".join(label.text() for label in panel.films.findChildren(QLabel))
    assert "steady 25 pictures/s" in shown
    assert "Pictures are broken from 00:10.0 to 00:12.0." in shown
    assert "varying 24–29.97 pictures/s" in shown


def test_what_no_check_can_see_is_said(house, show, meeting) -> None:
    """Damage up to the next keyframe, and kinds of films in which most damage leaves no trace."""
    from dataclasses import replace

    from PySide6.QtWidgets import QLabel

    built_on = (Damage(3_400_000, 12 * SECOND, "broken-on"),)
    found = [
        replace(facts(), damage=built_on),
        replace(facts(), damage=built_on, video_codec="hevc"),
        replace(facts(), video_codec="vp8"),
        replace(facts(), video_codec="hevc"),
    ]
    films = [replace(recording(meeting.id), facts=one) for one in found]
    house.store.apply("films", [added(f) for f in films])
    panel = show(meeting_id=meeting.id).meetings.panel
    shown = [label.text() for label in panel.films.findChildren(QLabel)]
    assert sum("from about 00:03.4 on, up to the next keyframe at 00:12.0." in text for text in shown) == 2
    assert sum("(HEVC) often leaves no trace" in text for text in shown) == 1
    assert sum("leaves no trace (VP8)" in text for text in shown) == 1


def test_the_length_is_a_number_of_minutes(house, panel, qtbot, meeting) -> None:
    minutes = panel.form.widgets["minutes"]
    assert minutes.lineEdit().width() > 40
    minutes.setFocus()
    qtbot.keyClick(minutes, Qt.Key.Key_Up)
    qtbot.keyClick(minutes, Qt.Key.Key_Return)
    assert house.store.get(Meeting, meeting.id).minutes == 65


def test_coding_waits_for_a_film_and_for_its_coders(house, panel, hands) -> None:
    assert not panel.code.isEnabled()
    assert "Coding begins when a film has been taken in." in hands.words(panel)


def test_a_plan_begins_from_a_template_or_as_with_the_other_adult(house, show, case_id, meeting, qtbot) -> None:
    other = house.meeting(case_id, date(2026, 11, 9))
    screen = show(meeting_id=meeting.id)
    panel, begin = screen.meetings.panel.plan, screen.meetings.panel.plan.beginnings

    def menu() -> QMenu:
        made = begin.begin.menu()
        made.aboutToShow.emit()
        return made

    def choose(words: str) -> None:
        next(act for act in menu().actions() if act.text() == words).trigger()

    assert [act.isEnabled() for act in menu().actions()] == [False], "nothing to begin from yet"
    assert not begin.save.isEnabled()
    for card in ("E01", "S01", "N01"):
        panel.cards.chosen.emit(card)
    begin.save.click()
    (not_now,) = [b for b in begin.findChildren(QPushButton) if b.text() == "Cancel" and b.isVisible()]
    not_now.click()
    assert not begin.name.isVisible()
    assert screen.window().focusWidget() is begin.save
    begin.save.click()
    qtbot.keyClick(begin.name, Qt.Key.Key_Return)
    assert house.said[-1].tone == Tone.TROUBLE, "it needs a name"
    qtbot.keyClicks(begin.name, "Short")
    qtbot.keyClick(begin.name, Qt.Key.Key_Return)
    (template,) = house.store.find(PlanTemplate)
    assert (template.name, template.made_by, template.age_group) == ("Short", house.me.id, meeting.age_group)
    assert template.tasks == house.store.get(Meeting, meeting.id).plan
    screen = show(meeting_id=other.id)
    begin = screen.meetings.panel.plan.beginnings
    choose("The same tasks as with: parent, 3 Nov 2026")
    assert plan_of(house, other) == ["E01", "S01", "N01"]
    house.said[-1].action()
    assert plan_of(house, other) == []
    choose("Short · 3 tasks")
    assert plan_of(house, other) == ["E01", "S01", "N01"]
    house.store.apply("done", [added(Segment(new_id(), other.id, 1, 0, SECOND))])
    screen.meetings.panel.plan.refresh()
    assert not begin.begin.isEnabled(), "what is marked on the film stays in its place"
    (away,) = [act.menu() for act in menu().actions() if act.menu() is not None]
    away.actions()[0].trigger()
    assert house.store.find(PlanTemplate) == ()
    house.said[-1].action()
    assert house.store.find(PlanTemplate) == (template,)
