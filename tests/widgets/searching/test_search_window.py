"""The search's window: results as it is typed, opened where they belong, kept and logged."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from app.casework.consents import withdrawn
from app.i18n import today
from app.model.change import Change, added
from app.model.commission import Commission
from app.model.consent import Consent, Purpose
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.people import Case, Person, Role
from app.model.request import Request, RequestKind
from app.office.searching import FIRST
from widgets.look import look as looks
from widgets.look.look import dress
from widgets.searching.result_rows import ROW, Is
from widgets.searching.search_window import SearchWindow


@pytest.fixture
def made(home, room, qtbot):
    went = []
    window = SearchWindow(room.space, looks.Look(looks.LIGHT), lambda place, **ids: went.append((place, ids)), None)
    window.went = went
    qtbot.addWidget(window)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    window.come()
    return window


def rows(window, *kinds):
    held = (window.rows.item(n).data(ROW) for n in range(window.rows.count()))
    return [row.title for row in held if row.what in (kinds or (Is.RESULT,))]


def cases(home, *names):
    made = [Case(new_id(), name, home.aino.id) for name in names]
    home.a.apply("n", [added(case) for case in made])
    return made


def test_results_come_with_each_key_in_their_groups(home, made, qtbot):
    cases(home, "Kuusi 1", "Kuusi 2")
    home.a.apply("n", [added(Person(new_id(), home.case_id, Role.OTHER_ADULT, "kummi", "Kuura Keksitty"))])
    qtbot.keyClicks(made.words, "k")
    assert "Type two letters or more." in made.told.text()
    assert rows(made) == []
    qtbot.keyClicks(made.words, "uu")
    assert rows(made) == ["Kuusi 2", "Kuusi 1", "kummi"]
    assert rows(made, Is.HEAD) == ["Cases", "People"]
    qtbot.keyClicks(made.words, "si 1")
    assert rows(made) == ["Kuusi 1"]
    qtbot.keyClicks(made.words, "x")
    assert made.told.text() == "Nothing found."


def test_a_request_opens_where_requests_stand(home, made, qtbot):
    day = date(2026, 3, 4)
    asked = Request(new_id(), home.case_id, RequestKind.LOG, day, day, asked_by="Qvarnström")
    home.a.apply("n", [added(asked)])
    qtbot.keyClicks(made.words, "qvarn")
    qtbot.keyClick(made.words, Qt.Key.Key_Return)
    assert made.went == [("cases", {"case_id": home.case_id, "part": "requests"})]


def test_the_clear_button_stands_in_the_middle_of_its_field(made, qtbot):
    dress(made, looks.Look(looks.LIGHT))
    qtbot.keyClicks(made.words, "k")
    cross = made.words.findChild(QToolButton).geometry()
    assert abs(cross.center().y() - made.words.rect().center().y()) <= 1
    assert made.words.rect().contains(cross)


def test_real_names_are_not_shown(home, made, qtbot):
    home.a.apply("n", [added(Person(new_id(), home.case_id, Role.OTHER_ADULT, "kummi", "Kuura Keksitty"))])
    qtbot.keyClicks(made.words, "keksi")
    (row,) = [made.rows.item(n).data(ROW) for n in range(made.rows.count()) if made.rows.item(n).data(ROW).line]
    assert "Keksitty" not in row.spoken
    assert row.side.startswith(home.a.get(Case, home.case_id).code_name)


def test_enter_opens_the_first_and_the_arrows_choose_from_the_field(home, made, qtbot):
    first, second = cases(home, "Kuusi 1", "Kuusi 2")
    qtbot.keyClicks(made.words, "kuusi")
    qtbot.keyClick(made.words, Qt.Key.Key_Down)
    assert made.words.hasFocus()
    qtbot.keyClick(made.words, Qt.Key.Key_Return)
    assert made.went == [("cases", {"case_id": first.id})]
    assert not made.isVisible()
    made.come()
    made.words.clear()
    assert rows(made, Is.HEAD) == ["Opened last"]
    assert rows(made) == ["Kuusi 1"]
    qtbot.keyClicks(made.words, "kuusi")
    qtbot.keyClick(made.words, Qt.Key.Key_Return)
    assert made.went[1:] == [("cases", {"case_id": second.id})]


def test_a_search_is_logged_once_without_its_words(home, made, qtbot):
    cases(home, "Kuusi 1")
    before = len(home.a.audit_log(acts=["search"]))
    qtbot.keyClicks(made.words, "kuusi")
    assert len(home.a.audit_log(acts=["search"])) == before
    made.close()
    (row,) = home.a.audit_log(acts=["search"])[before:]
    assert "kuusi" not in row.detail
    assert row.detail.startswith("hash=")
    assert row.object_id == home.aino.id
    made.come()
    made.close()
    assert len(home.a.audit_log(acts=["search"])) == before + 1


def test_more_of_a_group_stands_below_it(home, made, qtbot):
    cases(home, *(f"Kuusi {n}" for n in range(40)))
    qtbot.keyClicks(made.words, "kuusi")
    assert len(rows(made)) == FIRST
    assert not made.grab().isNull()  # every kind of row is painted
    made.rows.itemActivated.emit(made.rows.item(made.rows.count() - 1))
    assert rows(made)[:26] == [f"Kuusi {39 - n}" for n in range(25)]
    made.rows.itemActivated.emit(made.rows.item(made.rows.count() - 1))
    assert len(set(rows(made))) == 40
    assert rows(made, Is.MORE) == []


def test_a_group_and_open_cases_alone(home, made, qtbot):
    one, _ = cases(home, "Kuusi 1", "Kuusi 2")
    home.a.apply("n", [added(Person(new_id(), one.id, Role.OTHER_ADULT, "kummi", "Kuura"))])
    home.a.apply("n", [Change(one, replace(one, closed=one.opened or home.meeting.held.date()))])
    qtbot.keyClicks(made.words, "kuu")
    made.open_only.setChecked(True)
    assert rows(made) == ["Kuusi 2"]
    made.open_only.setChecked(False)
    made.area.setCurrentIndex(2)
    assert rows(made) == ["kummi"]


def test_a_saved_search_is_there_again_and_can_be_forgotten(home, made, qtbot):
    cases(home, "Kuusi 1")
    qtbot.keyClicks(made.words, "kuusi")
    made.area.setCurrentIndex(1)
    made.keep.click()
    made.words.clear()
    made.area.setCurrentIndex(0)
    assert rows(made, Is.SAVED) == ["kuusi · Cases"]
    made.rows.itemActivated.emit(made.rows.item(1))
    assert (made.words.text(), made.area.currentText()) == ("kuusi", "Cases")
    assert made.keep.text() == "Forget this search"
    made.keep.click()
    made.words.clear()
    assert rows(made, Is.SAVED) == []


def test_a_filter_without_words_is_saved_and_outlives_the_erasing_of_any_case(home, made, qtbot):
    assert not made.keep.isEnabled(), "nothing is narrowed"
    made.open_only.setChecked(True)
    made.area.setCurrentIndex(2)
    made.keep.click()
    assert rows(made, Is.SAVED) == ["People · Open cases only"]
    qtbot.keyClicks(made.words, "k")
    assert not made.keep.isEnabled(), "one letter is no filter"
    made.words.clear()
    made.open_only.setChecked(False)
    made.area.setCurrentIndex(0)
    made.rows.itemActivated.emit(made.rows.item(1))
    assert (made.words.text(), made.area.currentText(), made.open_only.isChecked()) == ("", "People", True)
    assert made.keep.text() == "Forget this search"
    made.keep.click()
    assert rows(made, Is.SAVED) == []


def test_a_commission_is_told_in_the_workers_language_also_when_it_was_found_in_another(home, made, qtbot):
    (was,) = home.a.find(Commission, case_id=home.case_id)
    home.a.apply("n", [Change(was, replace(was, unit="open-care"))])

    def told(typed: str) -> str:
        made.words.clear()
        qtbot.keyClicks(made.words, typed)
        held = [made.rows.item(n).data(ROW) for n in range(made.rows.count())]
        return next(row.detail for row in held if row.what == Is.RESULT)

    assert "social work in open care" in told("social work in op")
    assert "social work in open care (lastensuojelun avohuollon sosiaalityö)" in told("avohuollon")
    assert "öppenvård" not in told("avohuollon")


def test_a_film_and_a_person_bear_the_mark_of_their_consents(home, made, qtbot):
    home.a.apply("n", [added(Person(new_id(), home.case_id, Role.OTHER_ADULT, "kummi", "Kuura Keksitty"))])
    before = home.a.get(Meeting, home.meeting.id)
    home.a.apply("n", [Change(before, replace(before, place="Kaislikko"))])

    def told():
        held = [made.rows.item(n).data(ROW) for n in range(made.rows.count())]
        return [(row.title, row.mark) for row in held if row.what == Is.RESULT]

    qtbot.keyClicks(made.words, "kaisli")
    ((_, mark),) = told()
    assert mark == "consents in force"
    (consent, *_) = [c for c in home.a.find(Consent, case_id=home.case_id) if c.purpose == Purpose.FILMING]
    home.a.apply("n", [withdrawn(consent, today())])
    made.words.clear()
    qtbot.keyClicks(made.words, "kaisli")
    ((_, mark),) = told()
    assert mark == "consent withdrawn"
    made.words.clear()
    qtbot.keyClicks(made.words, "keksi")
    assert told() == [("kummi", "")], "nobody asks who is on no film"
    (kin,) = home.a.find(Person, called="kummi")
    before = home.a.get(Meeting, home.meeting.id)
    home.a.apply("n", [Change(before, replace(before, others=(kin.id,)))])
    made.words.clear()
    qtbot.keyClicks(made.words, "keksi")
    assert told() == [("kummi", "consent missing")]
