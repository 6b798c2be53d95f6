"""The people of a case on the screen: what holds of them, who is kept apart, the network, whose names are seen."""

from datetime import date

import pytest
from PySide6.QtWidgets import QLineEdit, QWidget

from app.model.circumstance import CircumstanceKind
from app.model.people import Role

DAY = date(2020, 1, 1)


@pytest.fixture
def case_id(house) -> str:
    return house.case()


def shown(within: QWidget) -> str:
    """Everything that can be read or heard there, whether the eye sees it now or not."""
    said = []
    for part in within.findChildren(QWidget):
        said += [part.accessibleName(), part.accessibleDescription(), part.toolTip()]
        for name in ("text", "toPlainText", "currentText", "placeholderText"):
            read = getattr(part, name, None)
            if callable(read):
                said.append(str(read()))
    return "\n".join(said)


def test_no_screen_of_the_case_tells_a_place_under_turvakielto(house, show, case_id) -> None:
    editor = house.editor(case_id)
    meeting = house.meeting(case_id)
    editor.reread()
    editor.edit(editor.file.meetings[0], place="Koivukuja 5")
    editor.change_circumstance(editor.file.child, CircumstanceKind.PLACEMENT, "Salokylä home", DAY)
    screen = show(case_id=case_id, meeting_id=meeting.id)
    assert "Koivukuja" in shown(screen)
    editor.change_circumstance(editor.file.adults[0], CircumstanceKind.NON_DISCLOSURE, "", DAY)
    assert "Koivukuja" not in shown(screen)
    assert "Salokyl" not in shown(screen)
    assert "no place is shown" in shown(screen)
    again = show(case_id=case_id, meeting_id=meeting.id)
    assert "Koivukuja" not in shown(again)
    line = screen.meetings.panel.form.widgets["place"]
    assert isinstance(line, QLineEdit)
    assert not line.isVisible()
    screen.left()
    assert house.file(case_id).meetings[0].place == "Koivukuja 5", "hidden, and not lost"


def test_a_meeting_tells_what_holds_of_those_who_come_and_nobody_kept_apart(house, show, case_id) -> None:
    editor = house.editor(case_id)
    father = editor.add_person(Role.BIRTH_PARENT, "father")
    meeting = house.meeting(case_id)
    editor.reread()
    mother = editor.file.adults[0]
    editor.change_circumstance(mother, CircumstanceKind.RESTRICTION, "supervised", DAY)
    editor.change_circumstance(father, CircumstanceKind.RESTRICTION, "no-contact", DAY)
    editor.keep_apart(mother, father, apart=True)
    screen = show(case_id=case_id, meeting_id=meeting.id)
    told = screen.meetings.panel.findChild(QWidget, "care").words.text()
    assert told.startswith("Kept apart: times and waiting places of their own.\n")
    assert "only supervised" in told
    assert "father" not in told
    assert "no contact" not in told


# ── the people of a case ──────────────────────────────────────────────────────────────────────────────────────────────


def test_names_and_days_of_birth_are_seen_only_while_they_are_asked_for_and_the_log_knows(house, show, case_id) -> None:
    editor = house.editor(case_id)
    editor.edit(editor.file.child, name="Oona Salokorpi", born=date(2021, 5, 1))
    screen = show(case_id=case_id)
    people = screen.people
    assert "Salokorpi" not in shown(screen)
    assert "2021" not in shown(screen)
    assert not people.edit("name", "Somebody")
    assert not [e for e in house.store.audit_log(case_id) if e.act == "names-shown"]
    hands_on = screen.names
    hands_on.click()
    assert people.person.form.widgets["name"].text() == "Oona Salokorpi"
    assert [e.act for e in house.store.audit_log(case_id)][-1] == "names-shown"
    hands_on.click()
    assert "Salokorpi" not in shown(screen)
    hands_on.click()
    screen.left()
    assert "Salokorpi" not in shown(screen), "the next who comes to the screen does not see them"
    other = house.case("Star 15")
    people.ask_names()
    assert screen.names.text() == "Hide names"
    screen.opened(case_id=other)
    assert screen.names.text() == "Show names"
    screen.opened(case_id=case_id)
    assert "Salokorpi" not in shown(screen), "to see them once more is one more row in the log"


def test_hiding_names_keeps_what_was_typed(house, show, qtbot, case_id) -> None:
    screen = show(case_id=case_id)
    screen.names.click()
    line = screen.people.person.form.widgets["name"]
    qtbot.keyClicks(line, "Oona")
    screen.names.click()
    assert house.file(case_id).child.name == "Oona"


def test_adults_kept_apart_stand_with_a_dashed_line_between(house, show, case_id) -> None:
    editor = house.editor(case_id)
    father = editor.add_person(Role.BIRTH_PARENT, "father")
    screen = show(case_id=case_id)
    people = screen.people
    assert "Kept apart" not in shown(people.family)
    people.choose(father.id)
    (box,) = people.person.apart.values()
    box.click()
    assert editor.file.apart.of(father.id) == {editor.file.adults[0].id}
    assert people.family.apart.text().startswith("Kept apart: parent – father.")
    assert any(w.accessibleName() == "Kept apart" for w in people.family.findChildren(QWidget))
    screen.undo()
    assert not box.isChecked()
    editor.edit(editor.file.case, keep_apart=True)
    assert box.isChecked()
    assert not box.isEnabled(), "all are kept apart, so there is nothing to choose"


def test_one_of_the_network_is_neither_filmed_nor_asked_and_stands_on_the_map(house, show, case_id) -> None:
    editor = house.editor(case_id)
    screen = show(case_id=case_id)
    people = screen.people
    people.add_close.click()
    close = next(p for p in editor.file.everybody if p.network_only)
    assert people.person.person_id == close.id
    pick_ring = people.person.form.widgets["ring"]
    pick_ring.setCurrentIndex(2)
    pick_ring.activated.emit(2)
    assert people.network.view.accessibleName() == "Map of the close network: close ones: close one (meets)"
    assert close.id in people.network.pills
    assert close.id not in people.family.tiles
    assert close.id not in screen.consents.pills
    assert close.called not in shown(screen.meetings)
    assert close.called not in shown(screen.list)


def test_a_change_is_recorded_with_its_day_and_its_checklist_is_ticked(house, show, qtbot, case_id) -> None:
    editor = house.editor(case_id)
    editor.change_circumstance(editor.file.child, CircumstanceKind.STATUS, "open-care", DAY)
    screen = show(case_id=case_id)
    facts = screen.people.facts
    assert not facts.checks
    facts.value.set_value("emergency-placement")
    facts.record.click()
    assert "in emergency placement" in shown(facts)
    assert f"{screen.texts.date(DAY)} – " in shown(facts)
    row = next(r for r in editor.file.circumstances if r.value == "emergency-placement")
    for row_id, key in list(facts.checks):
        assert row_id == row.id
        facts.checks[row_id, key].click()
    assert not facts.checks, "when all was looked at the list is gone"
    assert len(next(r for r in editor.file.circumstances if r.id == row.id).checked) == 6


def test_a_dated_fact_needs_words_and_nothing_is_lost_without(house, show, case_id) -> None:
    screen = show(case_id=case_id)
    facts = screen.people.facts
    refused = []
    screen.people.editor.refused.connect(refused.append)
    facts.record.click()
    assert [e.key for e in refused] == ["circumstance-empty"]
    assert house.file(case_id).circumstances == ()
    facts.kind.set_value(CircumstanceKind.NON_DISCLOSURE)
    facts.record.click()
    assert len(house.file(case_id).circumstances) == 1


def test_a_death_needs_no_words_and_is_taken_back_in_one_press(house, show, case_id, hands) -> None:
    screen = show(case_id=case_id)
    screen.show_section(screen.people)
    facts = screen.people.facts
    facts.kind.set_value(CircumstanceKind.DEATH)
    facts.kind.activated.emit(0)
    assert not facts.value.isEnabled()
    facts.since.set_value(DAY)
    hands.press(facts, "Record")
    (row,) = house.file(case_id).circumstances
    assert (row.kind, row.value, row.since, row.until) == (CircumstanceKind.DEATH, "", DAY, None)
    hands.settle()
    assert "Died" in hands.words(facts)
    assert "Ended…" not in hands.words(facts)
    hands.press(facts, "Take back")
    assert house.file(case_id).circumstances[0].until == DAY
    hands.settle()
    assert "taken back" in hands.words(facts)


def test_a_fact_ends_on_the_day_that_is_given_and_stays_to_be_read(house, show, case_id, hands) -> None:
    editor = house.editor(case_id)
    editor.change_circumstance(editor.file.child, CircumstanceKind.SAFETY, "nuts", DAY)
    screen = show(case_id=case_id)
    screen.show_section(screen.people)
    facts = screen.people.facts
    hands.press(facts, "Ended…")
    day = hands.named(facts, "No longer from", QLineEdit)
    hands.fill(day, "2.3.2020")
    hands.press(facts, "Record the end")
    assert house.file(case_id).circumstances[0].until == date(2020, 3, 2)
    hands.settle()
    assert "nuts" in hands.words(facts)
    assert "Ended…" not in hands.words(facts)


def test_a_trustees_name_is_hidden_like_every_name(house, show, case_id) -> None:
    editor = house.editor(case_id)
    editor.change_circumstance(editor.file.child, CircumstanceKind.TRUSTEE, "Kaarina Keto", DAY)
    screen = show(case_id=case_id)
    assert "Keto" not in shown(screen)
    screen.names.click()
    assert "Keto" in shown(screen)


def test_two_entries_are_made_one_after_a_question(house, show, case_id, monkeypatch) -> None:
    editor = house.editor(case_id)
    again = editor.add_person(Role.OTHER_ADULT, "mum")
    screen = show(case_id=case_id)
    people, same = screen.people, screen.people.person.same
    people.choose(editor.file.adults[0].id)
    people.person.who_is.click()
    assert not same.merge.isEnabled()
    same.entry.set_value(again.id)
    same.entry.activated.emit(0)
    asked = []
    monkeypatch.setattr(
        "widgets.cases.same_person.confirm", lambda _p, _t, question, *_: asked.append(question) or True
    )
    same.merge.click()
    assert "mum" in asked[0]
    assert editor.file.person(again.id) is None
    screen.undo()
    assert editor.file.person(again.id) == again


def test_a_sibling_leads_to_the_siblings_own_case(house, show, case_id) -> None:
    other = house.case("Star 15")
    editor = house.editor(case_id)
    sister = editor.add_person(Role.SIBLING, "big sister")
    screen = show(case_id=case_id)
    people, same = screen.people, screen.people.person.same
    people.choose(sister.id)
    same.code_name.setText("Star 99")
    same.code_name.editingFinished.emit()
    assert "was not found" in house.said[-1].text
    same.code_name.setText("Star 15")
    same.code_name.editingFinished.emit()
    same.other.set_value(house.file(other).child.id)
    same.other.activated.emit(0)
    same.link.click()
    assert "Same person in case Star 15: child" in shown(people.person)
    people.open_case(other)
    assert house.gone[-1] == ("cases", {"case_id": other})
