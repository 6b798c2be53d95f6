"""Edits of each section reach the archive, one step each."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from PIL import ExifTags, Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from app.casework.consent_forms import taken_in
from app.casework.consents import Signed
from app.error_texts import SENTENCES
from app.model.commission import Commission, DocumentKind, Source
from app.model.consent import Consent, ConsentForm, ControllerDecision, Purpose
from app.model.people import Case, Interpreter, Person, Role
from tests.drivers.settling import settle
from widgets.cases import consents_section
from widgets.cases.form_photo import LONGEST, FormViewer, Thumbnail


def pick(choice, value) -> None:
    """Choose as a person does."""
    choice.set_value(value)
    choice.activated.emit(choice.currentIndex())


def write(line, qtbot, text: str) -> None:
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


@pytest.fixture
def case_id(house) -> str:
    return house.case()


def test_details_reach_the_archive(house, show, qtbot, case_id) -> None:
    widgets = show(case_id=case_id).details.form.widgets
    pick(widgets["partner"], "")
    widgets["keep_apart"].click()
    case = house.store.get(Case, case_id)
    assert (case.partner, case.keep_apart) == ("", True)


def test_tab_goes_through_a_whole_section_and_out_of_it(house, show, qtbot, case_id) -> None:
    screen = show(case_id=case_id)
    bar = screen.tabs.tabBar()
    for name, section in screen.sections.items():
        screen.show_section(section)
        bar.setFocus()
        stops = [bar]
        while (focused := tabbed(qtbot, screen)) is not bar:
            assert focused not in stops, f"{name}: Tab turns in a circle at {focused.accessibleName()!r}"
            stops.append(focused)
        assert screen.list.search in stops, name
        assert any(section.isAncestorOf(stop) for stop in stops), name


def tabbed(qtbot, screen):
    qtbot.keyClick(screen.window().focusWidget(), Qt.Key.Key_Tab)
    return screen.window().focusWidget()


def test_a_case_keeps_its_code_name_when_it_is_emptied(house, show, qtbot, case_id) -> None:
    line = show(case_id=case_id).details.form.widgets["code_name"]
    line.clear()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == "Star 14"
    assert house.store.get(Case, case_id).code_name == "Star 14"
    assert len(house.said) == 1


def test_people_are_added_edited_and_removed(house, show, qtbot, case_id) -> None:
    screen = show(case_id=case_id)
    people = screen.people
    people.add_adult.click()
    assert len(people.family.tiles) == 3
    added = next(p for p in house.file(case_id).persons if p.role == Role.OTHER_ADULT)
    frame = people.person
    assert frame.person_id == added.id
    write(frame.form.widgets["called"], qtbot, "mother")
    people.ask_names()
    write(frame.form.widgets["born"].line, qtbot, "1.2.1990")
    pick(frame.form.widgets["role"], Role.FOSTER_PARENT)
    pick(frame.form.widgets["language"], "se")
    pick(frame.form.widgets["interpreter"], Interpreter.REMOTE)
    frame.form.widgets["guardian"].click()
    person = house.store.get(Person, added.id)
    assert (person.called, person.born, person.role) == ("mother", date(1990, 2, 1), Role.FOSTER_PARENT)
    assert (person.language, person.guardian, person.interpreter) == ("se", True, Interpreter.REMOTE)
    frame.remove.click()
    assert added.id not in people.family.tiles
    screen.undo()
    assert added.id in people.family.tiles


def test_a_person_with_a_consent_stays(house, show, case_id) -> None:
    screen = show(case_id=case_id)
    adult = house.file(case_id).adults[0]
    house.editor(case_id).give_consent(adult, Purpose.FILMING, date(2026, 11, 1))
    screen.people.choose(adult.id)
    screen.people.person.remove.click()
    assert house.store.get(Person, adult.id) == adult
    assert "stays in the case" in house.said[-1].text


def test_the_commission_reaches_the_archive(house, show, qtbot, case_id) -> None:
    section = show(case_id=case_id).commission
    widgets = section.form.widgets
    write(widgets["commissioner"], qtbot, "County of Birch")
    pick(widgets["document"], DocumentKind.SUMMARY)
    widgets["assessment"].setCurrentIndex(2)
    widgets["assessment"].activated.emit(2)
    write(widgets["deadline"].line, qtbot, "2026-12-24")
    commission = house.file(case_id).commission
    assert (commission.commissioner, commission.document) == ("County of Birch", DocumentKind.SUMMARY)
    assert commission.assessment == "parenting"
    write(widgets["legal_context"].lineEdit(), qtbot, "open CARE")
    write(widgets["service_task"].lineEdit(), qtbot, "our own words")
    commission = house.file(case_id).commission
    assert (commission.legal_context, commission.service_task) == ("open-care", "our own words")
    assert widgets["legal_context"].currentText() == "open care"
    assert commission.deadline == date(2026, 12, 24)


def test_a_case_without_commission_gets_one_with_the_first_field(house, show, qtbot, case_id) -> None:
    from app.model.change import removed

    house.store.apply("gone", [removed(house.file(case_id).commission)])
    section = show(case_id=case_id).commission
    write(section.form.widgets["commissioner"], qtbot, "Child welfare")
    (commission,) = house.store.find(Commission, case_id=case_id)
    assert commission.commissioner == "Child welfare"


def test_questions_are_added_moved_edited_and_removed(house, show, hands, qtbot, case_id) -> None:
    screen = show(case_id=case_id)
    questions = screen.commission.questions

    def kept() -> tuple[str, ...]:
        return house.file(case_id).commission.questions

    for text in ("How does the child fare?", "What helps the parent?"):
        questions.new.setPlainText(text)
        questions.add.click()
    assert kept() == ("How does the child fare?", "What helps the parent?")
    assert questions.new.toPlainText() == ""
    screen.show_section(screen.commission)
    questions.rows[1].text.setFocus()
    qtbot.keyClick(questions.rows[1].text, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert kept() == ("What helps the parent?", "How does the child fare?")
    questions.rows[0].text.setPlainText("What helps?")
    questions.commit()
    assert kept()[0] == "What helps?"
    hands.click(hands.named(screen, "Remove: question 1", QPushButton))
    assert kept() == ("How does the child fare?",)
    assert len(questions.rows) == 1
    screen.undo()
    assert [row.text.toPlainText() for row in questions.rows] == ["What helps?", "How does the child fare?"]


def test_an_emptied_question_keeps_its_words(house, show, case_id) -> None:
    screen = show(case_id=case_id)
    commission = house.file(case_id).commission
    house.editor(case_id).edit(commission, questions=("one", "two"))
    screen.commission.questions.rows[0].text.setPlainText("")
    screen.commission.questions.commit()
    assert house.file(case_id).commission.questions == ("one", "two")
    assert screen.commission.questions.rows[0].text.toPlainText() == "one"


def test_sources_have_titles_and_dates(house, show, hands, qtbot, case_id) -> None:
    screen = show(case_id=case_id)
    sources = screen.commission.sources
    sources.new.setText("school's statement")
    sources.add.click()
    write(sources.forms[0].widgets["dated"].line, qtbot, "5.10.2026")
    assert house.file(case_id).commission.sources == (Source("school's statement", date(2026, 10, 5)),)
    sources.forms[0].widgets["title"].clear()
    sources.commit()
    assert sources.forms[0].widgets["title"].text() == "school's statement"
    screen.show_section(screen.commission)
    hands.settle()
    hands.click(hands.named(screen, "Remove: document 1", QPushButton))
    assert house.file(case_id).commission.sources == ()


def test_one_form_gives_many_consents_in_one_step(house, show, tmp_path, monkeypatch, case_id) -> None:
    picture = tmp_path / "lomake.jpg"
    camera = Image.Exif()
    camera[ExifTags.Base.Orientation] = 6
    camera[ExifTags.Base.Model] = "SECRET PHONE"
    Image.new("RGB", (3000, 1500), "white").save(picture, exif=camera, comment=b"SECRET PLACE")
    assert b"SECRET PHONE" in picture.read_bytes()
    not_one = tmp_path / "muu.jpg"
    not_one.write_bytes(b"no picture")
    chosen = ([str(picture), str(not_one)], "")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: chosen)
    screen = show(case_id=case_id, part="consents")
    child, adult = house.file(case_id).child, house.file(case_id).adults[0]
    form = screen.consents.form
    screen.consents.record.click()
    assert form.explained_by.text() == "Aino"
    assert not any(box.isChecked() for box in (*form.purposes.values(), *form.givers.values()))
    for purpose in (Purpose.FILMING, Purpose.FEEDBACK):
        form.purposes[purpose].click()
    form.given.set_value(date(2026, 11, 1))
    form.until.set_value(date(2099, 11, 1))
    form.form_version.setText("2")
    form.photo.click()
    assert [n.text for n in house.said] == [house.texts.tr(SENTENCES["photo-unreadable"])]
    form.record.click()
    assert house.store.find(Consent, case_id=case_id) == (), "who gave it for the child is not said yet"
    assert house.vault.files == {}
    form.givers[adult.id].click()
    form.record.click()
    given = house.store.find(Consent, case_id=case_id)
    (page,) = house.store.find(ConsentForm)
    assert {c.purpose for c in given} == {Purpose.FILMING, Purpose.FEEDBACK}
    facts = (child.id, (adult.id,), date(2026, 11, 1), date(2099, 11, 1), "2", "Aino", (page.id,))
    assert {(c.person_id, c.given_by, c.given, c.until, c.form_version, c.explained_by, c.forms) for c in given} == {
        facts
    }
    kept = house.vault.files[page.container]
    assert b"SECRET" not in kept
    shown = Image.open(BytesIO(kept))
    assert shown.size == (1300, LONGEST), "upright, and no larger than it is read"
    assert not shown.getexif()
    row = screen.consents.rows[Purpose.FILMING]
    assert "by parent" in row.state.text()
    assert "form photographed" in row.state.text()
    row.correct.click()
    settle()
    assert len([w for w in row.findChildren(Thumbnail) if w.isVisible()]) == 1
    monkeypatch.setattr(FormViewer, "exec", lambda self: None)
    screen.consents.show_pictures(given[0])
    assert [e.act for e in house.store.audit_log(page.id)][-1] == "view"
    screen.undo()
    assert house.store.find(Consent, case_id=case_id) == house.store.find(ConsentForm) == ()
    assert page.container in house.vault.files, "it can be wanted again"
    screen.redo()
    assert house.store.find(ConsentForm) == (page,)
    screen.undo()
    screen.workspace.forget_editor(f"case/{case_id}")
    assert page.container not in house.vault.files, "no row will know it again"


def test_a_photographed_form_stays_when_its_case_is_closed(house, case_id) -> None:
    editor, adult = house.editor(case_id), house.file(case_id).adults[0]
    pages = [taken_in(house.vault, case_id, text) for text in (b"one", b"two")]
    assert editor.record_form(adult, Signed((Purpose.FILMING,), date(2026, 11, 1)), pages[:1])
    assert editor.record_form(adult, Signed((Purpose.TRAINING,), date(2026, 11, 1)), pages[1:])
    assert editor.left_containers() == ()
    editor.undo()
    assert editor.left_containers() == (pages[1].container,)


def test_a_form_photographed_later_is_of_all_that_it_gave(house, case_id) -> None:
    editor, adult = house.editor(case_id), house.file(case_id).adults[0]
    purposes = (Purpose.FILMING, Purpose.TRAINING)
    assert editor.record_form(adult, Signed(purposes, date(2026, 11, 1), form_version="2"))
    assert editor.give_consent(adult, Purpose.RESEARCH, date(2026, 11, 2))
    form = taken_in(house.vault, case_id, b"picture")
    first = house.store.find(Consent, purpose=Purpose.FILMING)[0]
    assert editor.add_photographs(first, [form])
    assert {c.purpose for c in house.store.find(Consent) if c.forms == (form.id,)} == set(purposes)
    assert house.file(case_id).pages(house.store.get(Consent, first.id)) == (form,)
    editor.undo()
    assert [c.forms for c in house.store.find(Consent)] == [(), (), ()]


def test_a_guardian_who_is_not_ticked_is_named_and_nobody_is_asked_past_the_form(house, show, case_id) -> None:
    editor = house.editor(case_id)
    (first,) = house.file(case_id).adults
    editor.edit(first, guardian=True)
    second = editor.add_person(Role.BIRTH_PARENT, "other parent")
    editor.edit(second, guardian=True)
    screen = show(case_id=case_id, part="consents")
    form = screen.consents.form
    screen.consents.rows[Purpose.FILMING].give.click()
    assert form.purposes[Purpose.FILMING].isChecked()
    form.givers[first.id].click()
    assert "Not yet from: other parent" in [w.text() for w in form.findChildren(QLabel) if w.isVisible()]
    form.record.click()
    (given,) = house.store.find(Consent)
    assert given.given_by == (first.id,)
    assert not editor.remove_person(first), "whose word it was stays"
    screen.consents.record.click()
    assert not form.purposes[Purpose.FILMING].isEnabled(), "it is given already"


def test_the_controller_s_decision_says_who_when_and_why(house, show, monkeypatch, case_id) -> None:
    screen = show(case_id=case_id, part="consents")
    row = screen.consents.rows[Purpose.FILMING]
    row.give.click()
    screen.consents.form.decide.click()
    assert not screen.consents.form.isVisible()
    row.deciding.who.setText("Johtava sosiaalityöntekijä")
    row.deciding.save.click()
    assert house.store.find(ControllerDecision) == ()
    assert row.deciding.isVisible()
    row.deciding.day.set_value(date(2026, 11, 1))
    row.deciding.ground.setText("Huoltajaa ei tavoiteta")
    row.deciding.save.click()
    (decision,) = house.store.find(ControllerDecision, case_id=case_id)
    assert (decision.decided, decision.decided_by) == (date(2026, 11, 1), "Johtava sosiaalityöntekijä")
    assert "Huoltajaa ei tavoiteta" in row.state.text()
    assert row.give.isVisible()
    row.give.click()
    assert screen.consents.form.decide.isHidden()
    monkeypatch.setattr(consents_section, "confirm", lambda *_words: True)
    row.end.click()
    assert house.store.get(ControllerDecision, decision.id).ended is not None
    row.give.click()
    assert not screen.consents.form.decide.isHidden()


def test_an_adult_s_own_no_leaves_nothing_to_decide(house, show, case_id) -> None:
    screen = show(case_id=case_id)
    screen.show_section(screen.consents)
    adult = house.file(case_id).adults[0]
    house.editor(case_id).give_consent(adult, Purpose.FEEDBACK, date(2026, 11, 1))
    held = next(c for c in house.editor(case_id).file.consents if c.person_id == adult.id)
    house.editor(case_id).withdraw_consent(held, date(2026, 11, 2))
    screen.consents.pills[adult.id].click()
    row = screen.consents.rows[Purpose.FEEDBACK]
    assert row.give.isVisible()
    row.give.click()
    assert screen.consents.form.decide.isHidden()


def test_a_wrong_date_gives_no_consent(house, show, case_id) -> None:
    screen = show(case_id=case_id)
    form = screen.consents.form
    screen.consents.pills[house.file(case_id).adults[0].id].click()
    screen.consents.rows[Purpose.TRAINING].give.click()
    form.until.line.setText("31.2.2027")
    form.record.click()
    form.until.set_value(date(2020, 1, 1))
    form.record.click()
    assert house.store.find(Consent, case_id=case_id) == ()


@pytest.mark.parametrize("sure", [False, True])
def test_withdrawing_asks_first_and_keeps_the_record(house, show, monkeypatch, case_id, sure) -> None:
    screen = show(case_id=case_id)
    child = house.file(case_id).child
    house.editor(case_id).give_consent(child, Purpose.FEEDBACK, date(2026, 11, 1))
    asked: list[str] = []
    monkeypatch.setattr(consents_section, "confirm", lambda *words: asked.append(words[2]) or sure)
    row = screen.consents.rows[Purpose.FEEDBACK]
    row.withdraw.click()
    assert len(asked) == 1
    (consent,) = house.store.find(Consent, case_id=case_id)
    assert (consent.withdrawn is not None) is sure
    assert ("withdrawn" in row.state.text()) is sure
    if sure:
        screen.undo()
        assert house.store.get(Consent, consent.id) == consent
        assert not row.give.isHidden()


def test_a_consent_can_be_corrected(house, show, qtbot, case_id) -> None:
    screen = show(case_id=case_id)
    child = house.file(case_id).child
    house.editor(case_id).give_consent(child, Purpose.FILMING, date(2026, 11, 1))
    row = screen.consents.rows[Purpose.FILMING]
    row.correct.click()
    write(row.details.widgets["form_version"], qtbot, "3")
    (consent,) = house.store.find(Consent, case_id=case_id)
    assert consent.form_version == "3"
    assert replace(consent, form_version="").given == date(2026, 11, 1)
