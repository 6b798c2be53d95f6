"""How consents stand at a glance: the table of a case, the mark in lists, and what a withdrawal tells."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel

from app.casework.case_editor import CaseEditor
from app.casework.film_use import FilmMark, Mark
from app.i18n import Texts, today
from app.model.change import added
from app.model.consent import Purpose
from app.model.identity import new_id
from app.model.people import Role
from app.model.stored import ExampleClip
from tests.drivers.open_section import Opened
from tests.material.house import LONG_AGO
from widgets.cases import consents_section
from widgets.cases.cases_screen import CasesScreen
from widgets.cases.withdrawal_dialog import WithdrawalDialog
from widgets.forms.meeting_picker import codable_words, meeting_list
from widgets.look import look as looks
from widgets.look.consent_mark import ConsentMark, mark_words, shape


@pytest.fixture
def screen(stage, home) -> CasesScreen:
    return stage(CasesScreen, case_id=home.case_id, part="consents")


def editor(screen) -> CaseEditor:
    return screen.consents.editor


def test_each_mark_has_a_shape_and_words_of_its_own() -> None:
    marks = [FilmMark(m, date(2026, 12, 1) if m == Mark.ENDS else None) for m in Mark]
    assert len({shape(m.mark)[0] for m in marks}) == len(Mark), "color is never the only sign"
    for language in ("fi", "sv", "en"):
        assert len({mark_words(Texts(language), m) for m in marks}) == len(Mark)


def test_the_table_says_how_each_stands_and_leads_to_the_row(screen) -> None:
    edit = editor(screen)
    child, adult = edit.file.child, edit.file.adults[0]
    edit.give_consent(adult, Purpose.TRAINING, LONG_AGO, until=today() + timedelta(days=7))
    edit.give_consent(child, Purpose.RESEARCH, LONG_AGO)
    (research,) = [c for c in edit.file.consents if c.purpose == Purpose.RESEARCH]
    edit.withdraw_consent(research, today())
    said = screen.consents.matrix.said
    assert said(child.id, Purpose.FILMING).endswith("given")
    assert "ends" in said(adult.id, Purpose.TRAINING)
    assert said(child.id, Purpose.RESEARCH).endswith("withdrawn")
    assert said(adult.id, Purpose.FEEDBACK).endswith("not given")
    assert said(adult.id, Purpose.OTHER_PARENT).endswith("not needed")
    assert said(child.id, Purpose.INTERPRETER).endswith("not needed")
    screen.consents.matrix.table.cellActivated.emit(0, list(Purpose).index(Purpose.RESEARCH))
    assert screen.consents.person.id == adult.id
    assert screen.consents.rows[Purpose.RESEARCH].give.hasFocus()


def test_a_second_parent_makes_the_other_parent_s_consent_needed(screen) -> None:
    edit = editor(screen)
    father = edit.add_person(Role.BIRTH_PARENT, "father")
    assert screen.consents.matrix.said(father.id, Purpose.OTHER_PARENT).endswith("not given")


def test_the_child_s_own_word_stands_below_the_table(screen, home) -> None:
    matrix, edit = screen.consents.matrix, editor(screen)
    assert matrix.today.text() == "Child today: asked before filming"
    assert edit.edit(edit.file.meetings[0], child_said="no", child_said_on=today())
    assert matrix.today.text() == "Child today: said no"


def test_every_list_marks_a_withdrawn_consent(screen, room, home, qtbot) -> None:
    edit = editor(screen)
    row = screen.list.rows.item(0)
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert row.data(spoken).endswith("consents in force")
    (held,) = [c for c in edit.file.consents if c.person_id == edit.file.child.id and c.purpose == Purpose.FILMING]
    edit.withdraw_consent(held, today())
    assert screen.list.rows.item(0).data(spoken).endswith("consent withdrawn")
    screen.opened(case_id=home.case_id, part="meetings")
    assert screen.meetings.rows[home.meeting.id].accessibleName().endswith("consent withdrawn")
    assert "consent withdrawn" in [m.accessibleName() for m in screen.meetings.panel.films.findChildren(ConsentMark)]
    assert Opened(screen).people.family.tiles[edit.file.child.id].accessibleName().endswith("consent withdrawn")
    page = meeting_list(room.space, looks.Look(looks.LIGHT), "x", lambda m: codable_words(room.space, m), print)
    qtbot.addWidget(page)
    assert [m.accessibleName() for m in page.findChildren(ConsentMark)] == ["consent withdrawn"]


def test_a_withdrawal_tells_what_was_made_and_offers_to_erase(screen, room, home, monkeypatch) -> None:
    home.a.apply("clip", [added(ExampleClip(new_id(), "perusrunko", "AS1", home.film.id, 0, 1))])
    monkeypatch.setattr(consents_section, "confirm", lambda *_: True)
    asked = []
    monkeypatch.setattr(consents_section, "ask_to_erase", lambda _space, film, _parent: asked.append(film))
    screen.consents.rows[Purpose.FILMING].withdraw.click()
    (told,) = screen.consents.findChildren(WithdrawalDialog)
    said = [part.text() for part in told.findChildren(QLabel)]
    assert {"1 film", "1 example clip"} <= set(said)
    told.erases[0].click()
    assert asked == [home.film]
    told.close_it.click()


def test_where_nothing_was_made_nothing_is_told(screen, monkeypatch) -> None:
    monkeypatch.setattr(consents_section, "confirm", lambda *_: True)
    edit = editor(screen)
    edit.give_consent(edit.file.child, Purpose.FEEDBACK, LONG_AGO)
    screen.consents.rows[Purpose.FEEDBACK].withdraw.click()
    assert screen.consents.findChildren(WithdrawalDialog) == []


def test_a_printed_form_s_version_is_filled_in_when_it_is_recorded(screen, room, tmp_path, monkeypatch, qtbot) -> None:
    paper = tmp_path / "form.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(paper), ""))
    screen.consents.print.menu().actions()[1].trigger()
    qtbot.waitUntil(lambda: not room.space.jobs.running and paper.exists())
    screen.consents.open_form()
    assert screen.consents.form.form_version.text() == "2026-2-sv"


def test_the_evidence_is_saved_as_pdf(screen, room, tmp_path, monkeypatch, qtbot) -> None:
    paper = tmp_path / "consents.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(paper), ""))
    screen.consents.evidence.click()
    qtbot.waitUntil(lambda: not room.space.jobs.running and paper.exists())
    assert paper.read_bytes().startswith(b"%PDF")
