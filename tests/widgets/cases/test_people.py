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
