"""The place of services: what is begun, filled, ticked, accepted and ended is in the archive before it is seen."""

import os
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from app.casework.case_editor import CaseEditor
from app.casework.service_feedback import Asked
from app.door import Door
from app.i18n import today
from app.model.feedback_form import FeedbackFrom
from app.model.service_work import ServiceWork
from app.model.template import Belongs, FieldKind
from app.services import templates
from app.works.asking import asked_of
from app.works.beginning import begin
from app.works.participants import given
from app.works.work_file import work_file
from tests.drivers.service_steps import fill, put, to_form
from tests.drivers.settling import settle
from widgets.cases.cases_screen import CasesScreen
from widgets.services.service_screen import ServiceScreen
from widgets.services.sheet_part import SheetPart
from widgets.supervision.supervision_screen import SupervisionScreen


@pytest.fixture
def opened(home, room, stage):
    """`opened(template_id)` begins a work by a template and shows it."""

    def show(template_id: str) -> ServiceScreen:
        belongs = templates.template(template_id).belongs
        case_id = home.case_id if belongs == Belongs.CASE else None
        work = begin(Door(home.a), room.space.texts, template_id, case_id=case_id)
        return stage(ServiceScreen, player=True, work_id=work.id)

    return show


def words(part) -> str:
    settle()  # what was just put into a layout is shown
    return "\n".join(one.text() for one in part.findChildren(QLabel) if one.isVisibleTo(part))


def button(part, text: str) -> QPushButton:
    settle()
    return next(b for b in part.findChildren(QPushButton) if b.text() == text and b.isVisibleTo(part))


#: of each side one; `make soak` opens and fills them all
EVERY = templates.shipped_ids()
FILLED = EVERY if "HAVAINTO_EXAMPLES" in os.environ else ("silta", "voikukkia", "koulutus")
OPENED = EVERY if "HAVAINTO_EXAMPLES" in os.environ else EVERY[::5]


@pytest.mark.parametrize("template_id", OPENED)
def test_every_shipped_template_opens_with_each_of_its_forms(opened, template_id) -> None:
    room = opened(template_id).room
    shown = set()
    for phase in ("", *(p.id for p in room.editor.template.phases)):
        room.show_phase(phase)
        shown |= set(room.phase.parts)
    assert shown == {form.id for form in room.editor.template.forms}


@pytest.mark.parametrize("template_id", FILLED)
def test_every_field_of_a_shipped_template_is_filled_and_taken_back(opened, template_id) -> None:
    room = opened(template_id).room
    editor = room.editor
    for form in editor.template.forms:
        fields = to_form(room, form.id)
        for field in form.fields:
            wanted = put(fields.fields, field)
            if not wanted:
                assert field.kind in (FieldKind.PARTICIPANT, FieldKind.PRESENCE, FieldKind.PERSON), "nobody to choose"
                continue
            assert fields.row().value(field.id) == wanted, (form.id, field.id)
            assert editor.undo()
            assert fields.row() is None or not fields.row().value(field.id), (form.id, field.id)
    assert work_file(room.sources.store, editor.work.id).rows == editor.file.rows


def test_a_code_that_could_be_a_name_stays_typed_and_is_told_why(opened) -> None:
    room = opened("voikukkia").room
    form = next(f for f in room.editor.template.forms if any(x.kind == FieldKind.CODE for x in f.fields))
    fields = to_form(room, form.id)
    field = next(x for x in form.fields if x.kind == FieldKind.CODE)
    line = fields.fields.widgets[field.id]
    put(fields.fields, field, "Maija")
    assert (line.line.text(), fields.row().value(field.id)) == ("Maija", "")
    assert "Nobody's name" in line.message()
    put(fields.fields, field, "B2")
    assert (line.message(), fields.row().value(field.id)) == ("", "B2")


def test_a_step_done_by_hand_is_ticked_by_a_press_and_another_takes_it_back(opened) -> None:
    room = opened("laheisneuvonpito").room
    room.path.steps["own-time"].click()
    assert room.editor.work.tick("own-time").day == today()
    assert "done" in room.path.steps["own-time"].accessibleName()
    room.path.steps["own-time"].click()
    assert room.editor.work.tick("own-time") is None


def test_a_phase_shows_its_days_and_sheets_and_they_are_written(opened) -> None:
    room = opened("laheisneuvonpito").room
    room.path.phases["follow-up"].click()
    assert list(room.phase.parts) == ["evaluation", "child-after"]
    planned = room.phase.dates.widgets["planned"]
    planned.line.setText("17.2.2027")
    planned.line.editingFinished.emit()
    assert room.editor.work.phase("follow-up").planned == date(2027, 2, 17)
    assert "17 Feb 2027" in words(room.path)
    room.undo()
    assert room.editor.work.phase("follow-up").planned is None
    assert planned.line.text() == ""


def test_a_role_is_somebody_of_the_case_or_whoever_is_written(opened, home) -> None:
    room = opened("laheisneuvonpito").room
    person = next(p for p in room.sources.people())
    box = room.roles.lines["helper", 0]
    box.setCurrentIndex(box.findText(person[1]))
    box.activated.emit(box.currentIndex())
    assert room.editor.work.holders("helper")[0].person_id == person[0]
    line = room.roles.lines["social-worker", 0].lineEdit()
    line.setText("Sosiaalityöntekijä")
    line.editingFinished.emit()
    assert room.editor.work.holders("social-worker")[0].who == "Sosiaalityöntekijä"


def test_what_was_refused_first_stays_in_sight_beside_the_acceptance(opened, hands) -> None:
    room = opened("laheisneuvonpito").room

    def no(dialog) -> None:
        assert not dialog.done_button.isEnabled(), "nobody says so yet"
        dialog.who.setEditText("Malli Sosiaalityöntekijä")
        dialog.words.setPlainText("Iltapäivät puuttuvat.")
        dialog.done_button.click()

    def yes(dialog) -> None:
        dialog.who.setEditText("Malli Sosiaalityöntekijä")
        dialog.done_button.click()

    hands.answering(no, lambda: button(room.approvals, "Not accepted…").click())
    hands.answering(yes, lambda: button(room.approvals, "Accepted…").click())
    assert [a.accepted for a in room.editor.work.approvals] == [False, True]
    assert "Iltapäivät puuttuvat." in words(room.approvals)


def test_the_end_says_what_is_open_and_nothing_changes_until_it_is_opened_again(opened, hands) -> None:
    place = opened("konsultaatio")
    room = place.room

    def end(dialog) -> None:
        assert "Still open: Consultations." in words(dialog)
        dialog.why_field.setPlainText("Kysymys selvisi.")
        dialog.done_button.click()

    hands.answering(end, lambda: button(room.details, "End the service…").click())
    assert (room.editor.work.closed, room.editor.work.closed_why) == (today(), "Kysymys selvisi.")
    assert not room.phase.parts["consultation"].add.isVisibleTo(room)
    button(place.header, "Open again").click()
    assert room.editor.work.is_open
    assert room.phase.parts["consultation"].add.isVisibleTo(room)


def test_the_main_button_goes_to_the_next_step_and_at_last_ends(opened) -> None:
    place = opened("konsultaatio")
    button(place.header, "Next: Consultations").click()
    fill(place.room, "consultation")
    assert button(place.header, "End the service")


def test_a_written_field_shows_its_form_anew_and_leaves_what_is_typed_and_the_head(opened, qtbot, monkeypatch) -> None:
    place = opened("silta")
    place.window().activateWindow()
    qtbot.waitUntil(place.window().isActiveWindow)
    written = to_form(place.room, "commission").fields.widgets["orderer"]
    typed = place.room.phase.parts["agreement"].rows.fields.widgets["who"]
    written.setText("Esimerkkilä")
    written.editingFinished.emit()
    back, shown = button(place.header, "To the case"), []
    monkeypatch.setattr(SheetPart, "refresh", lambda part: shown.append(part.form.id))
    typed.setFocus()
    typed.setText("Aikuinen")
    typed.setCursorPosition(3)
    written.setText("Mallila")
    written.editingFinished.emit()
    assert shown == ["commission"]
    assert (typed.hasFocus(), typed.text(), typed.cursorPosition()) == (True, "Aikuinen", 3)
    assert button(place.header, "To the case") is back


def test_a_press_straight_from_a_field_is_not_lost(opened, room, qtbot) -> None:
    place = opened("silta")
    place.window().activateWindow()
    qtbot.waitUntil(place.window().isActiveWindow)
    line = to_form(place.room, "commission").fields.widgets["orderer"]

    def write_and_press(words: str, press: QPushButton) -> None:
        at = press.mapTo(press.window(), press.rect().center())
        line.setFocus()
        line.selectAll()
        qtbot.keyClicks(line, words)
        qtbot.keyClick(line, Qt.Key.Key_Delete)
        QTest.mouseClick(press.window().windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        assert place.room.editor.file.value("commission", "orderer") == words

    write_and_press("Esimerkki", button(place.header, "To the case"))
    assert room.gone[-1][0] == "cases"
    last = place.room.editor.template.phases[-1].id
    write_and_press("", place.room.path.phases[last])  # its step is open again, which the path tells
    assert place.room.chosen == last


def test_rows_are_moved_and_removed(opened) -> None:
    room = opened("laheisneuvonpito").room
    for who in ("Äiti", "Eno"):
        fill(room, "invited", who=who)
    part = room.phase.parts["invited"]
    button(part, "Move up").click()
    form = room.editor.template.form("invited")
    assert [r.value("who") for r in room.editor.file.rows_of(form)] == ["Eno", "Äiti"]
    button(part, "Remove the row").click()
    assert [r.value("who") for r in room.editor.file.rows_of(form)] == ["Äiti"]
    room.undo()
    assert [r.value("who") for r in room.editor.file.rows_of(form)] == ["Eno", "Äiti"]


def test_a_paper_is_saved_and_says_what_is_not_filled_in(opened, room, tmp_path, monkeypatch, hands) -> None:
    place = opened("konsultaatio")
    path = tmp_path / "muistio.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    next(b for b in place.header.findChildren(QPushButton) if b.text().endswith(" PDF")).click()
    hands.until(path.exists)
    hands.until(lambda: not room.space.jobs.running)
    assert path.read_bytes().startswith(b"%PDF")
    assert any("Not filled in yet: Day" in notice.text for notice in room.said)


def test_a_case_has_its_services_and_begins_another(home, room, stage) -> None:
    begin(Door(home.a), room.space.texts, "laheisneuvonpito", case_id=home.case_id)
    screen = stage(CasesScreen, case_id=home.case_id, part="services")
    assert "Family group conference" in words(screen.services)
    button(screen.services, "Begin a service").click()
    assert room.gone[-1] == ("service", {"part": "begin", "belongs": Belongs.CASE, "case_id": home.case_id})


def test_what_can_be_begun_is_told_and_a_press_begins_it(home, room, stage) -> None:
    place = stage(ServiceScreen, player=True, part="begin", belongs="case", case_id=home.case_id)
    said = words(place)
    assert "The family and those close to it make their own plan" in said
    assert "Consultation without a client" not in said
    begins = [b for b in place.findChildren(QPushButton) if b.accessibleName() == "Begin: Family group conference"]
    begins[0].click()
    (made,) = home.a.find(ServiceWork)
    assert (made.case_id, room.gone[-1]) == (home.case_id, ("service", {"work_id": made.id}))


def test_groups_and_works_of_professionals_have_lists_of_their_own(home, room, stage) -> None:
    for template_id in ("voikukkia", "konsultaatio"):
        begin(Door(home.a), room.space.texts, template_id)
    groups = words(stage(ServiceScreen, player=True, part="groups"))
    beyond = words(stage(SupervisionScreen, player=True))
    assert "Peer group" in groups
    assert "Consultation" not in groups
    assert "Consultation" in beyond
    assert "Peer group" not in beyond


def test_on_the_other_side_of_the_wall_the_room_says_so(opened) -> None:
    assert "Apart from client work" in words(opened("konsultaatio").room)
    assert "Apart from client work" not in words(opened("voikukkia").room)


def test_a_clients_service_asks_for_feedback_and_says_who_has_told(opened, room, home) -> None:
    place = opened("laheisneuvonpito")
    part = place.room.asked
    assert [button.accessibleName() for button in part.findChildren(QPushButton)] == [
        "Ask… The child", "Ask… A parent or another adult", "Ask… The orderer",
    ]  # fmt: skip
    part.findChildren(QPushButton)[1].click()
    where, ids = room.gone[-1]
    assert (where, ids["part"], ids["asked"]) == ("cases", "goals", "parent")
    assert ids["service"] == "family-group-conference"
    cases = CaseEditor(home.a, home.texts, home.case_id)
    made = cases.begin_feedback(Asked(FeedbackFrom.PARENT, ids["service"], today(), "fi"))
    assert asked_of(home.a, place.room.editor.file, home.texts)[1].told is None, "not before it is finished"
    assert cases.finish_feedback(made.id)
    assert [one.told for one in asked_of(home.a, place.room.editor.file, home.texts)] == [None, today(), None]


def test_as_it_ends_it_says_who_has_not_told_and_leads_to_the_form(opened, room, home, monkeypatch) -> None:
    place = opened("laheisneuvonpito")
    seen: list[list[FeedbackFrom]] = []

    def answer(press: FeedbackFrom | None):
        def run(dialog) -> int:
            seen.append(list(dialog.asks))
            if press is None:
                dialog.done_button.click()
            else:
                dialog.asks[press].click()
            return dialog.result()

        monkeypatch.setattr("widgets.services.close_dialog.CloseDialog.exec", run)
        place.room.end()

    answer(FeedbackFrom.ORDERER)
    assert seen[-1] == [FeedbackFrom.CHILD, FeedbackFrom.PARENT, FeedbackFrom.ORDERER]
    assert room.gone[-1][1]["asked"] == "orderer"
    assert place.room.editor.work.is_open, "asking comes first; it is ended afterwards"
    cases = CaseEditor(home.a, home.texts, home.case_id)
    made = cases.begin_feedback(Asked(FeedbackFrom.ORDERER, room.gone[-1][1]["service"], today(), "fi"))
    cases.finish_feedback(made.id)
    answer(None)
    assert seen[-1] == [FeedbackFrom.CHILD, FeedbackFrom.PARENT]
    assert not place.room.editor.work.is_open, "nobody has to be asked"


def test_a_service_of_no_case_asks_its_participants_one_after_another(opened, monkeypatch) -> None:
    place = opened("voikukkia")
    asked = place.room.asked
    assert "not told yet" in words(asked)
    choices, shown = ["fully", "mostly", None], []

    def sit_down(view) -> None:
        """Two tell; the third is called away."""
        choice = choices.pop(0)
        view.forth.click()
        if choice is None:
            view.reject()
            return
        next(b for b in view.answers["heard"] if b.key == choice).click()
        for _ in range(view.pages.count() - 1):
            view.forth.click()

    def run(dialog) -> None:
        dialog.fill()
        shown.append(words(dialog))
        dialog.reject()

    monkeypatch.setattr("widgets.service_feedback.answering_view.AnsweringView.over_all", sit_down)
    monkeypatch.setattr("widgets.service_feedback.participants_dialog.ParticipantsDialog.exec", run)
    button(asked, "Ask…").click()
    assert "2 forms, the newest" in words(asked)
    told = given(work_file(place.room.sources.store, place.room.editor.work.id))
    assert [form.answer("heard").choice for form in told] == ["mostly", "fully"]
    assert shown[0].count("A participant") == 2
    assert "Mostly" not in shown[0], "what one told is not seen by the next"
