"""One question at a time over the screen: nothing of the case on it, each answer kept when it is chosen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.casework.case_editor import CaseEditor
from app.casework.service_feedback import Asked, feedback_of
from app.i18n import today
from app.model.feedback_form import FeedbackFrom
from app.model.service_feedback import FeedbackWay
from widgets.look import look as looks
from widgets.service_feedback.answering_view import AnsweringView
from widgets.service_feedback.feedback_part import FeedbackPart


@pytest.fixture
def part(qtbot, room, home) -> FeedbackPart:
    space = room.space
    editor = space.editor(f"case/{home.case_id}", lambda: CaseEditor(space.store, space.texts, home.case_id))
    made = FeedbackPart(space, looks.Look(looks.LIGHT))
    qtbot.addWidget(made)
    made.resize(1000, 900)
    made.show_case(editor, anew=True)
    made.show()
    space.changed.connect(lambda _: made.show_case(editor, anew=False))
    return made


def begun(part, home, who=FeedbackFrom.CHILD, language="sv"):
    made = part.editor.begin_feedback(Asked(who, "parenting", today(), language, FeedbackWay.HERE, "omaohjaaja"))
    assert made is not None
    return made


def open_view(part, home, qtbot, **more) -> AnsweringView:
    view = part.view_of(begun(part, home, **more))
    qtbot.addWidget(view)
    view.show()
    return view


def test_a_child_answers_by_pictures_one_at_a_time(part, home, qtbot) -> None:
    view = open_view(part, home, qtbot)
    assert view.shown is None
    view.forth.click()
    assert view.shown.key == "how"
    sun, cloud, rain, unknown = view.answers["how"]
    assert [b.accessibleName() for b in (sun, cloud, rain, unknown)] == ["Bra", "Både och", "Tråkigt", "Jag vet inte"]
    assert view.forth.text() == "Hoppa över"
    cloud.setFocus()
    qtbot.keyClick(cloud, Qt.Key.Key_Space)
    (held,) = feedback_of(home.a, home.case_id)
    assert held.answer("how").choice == "cloud"
    sun.click()
    assert (sun.isChecked(), cloud.isChecked()) == (True, False)
    (held,) = feedback_of(home.a, home.case_id)
    assert held.answer("how").choice == "sun"
    sun.click()
    assert feedback_of(home.a, home.case_id)[0].answers == (), "a press on what is chosen takes it back"
    for _ in range(3):
        view.forth.click()
    view.fields["words"].setPlainText("Tulen uudestaan")
    view.forth.click()
    assert view.shown is None
    view.forth.click()
    (held,) = feedback_of(home.a, home.case_id)
    assert (held.done, held.answer("words").words) == (True, "Tulen uudestaan")
    assert not view.isVisible()


def test_nothing_of_the_case_stands_on_the_page(part, home, qtbot) -> None:
    view = open_view(part, home, qtbot)
    case = part.editor.file
    told = " ".join(made.text() for made in view.findChildren(QLabel)) + view.windowTitle()
    for words in (case.case.code_name, home.aino.name, "omaohjaaja", *(p.name for p in case.everybody if p.name)):
        assert words not in told


def test_what_was_broken_off_is_gone_on_with(part, home, qtbot) -> None:
    view = open_view(part, home, qtbot, who=FeedbackFrom.PARENT, language="fi")
    view.forth.click()
    view.answers["clear"][1].click()
    view.reject()
    (held,) = feedback_of(home.a, home.case_id)
    assert not held.done
    again = part.view_of(held)
    qtbot.addWidget(again)
    assert [b.isChecked() for b in again.answers["clear"]] == [False, True, False, False, False]


def test_a_child_needs_a_grown_up_near_and_everybody_a_service(part, home, qtbot) -> None:
    part.gather.click()
    form = part.form
    form.service.set_value("")
    form.start.click()
    assert feedback_of(home.a, home.case_id) == ()
    form.service.set_value("parenting")
    form.start.click()
    assert feedback_of(home.a, home.case_id) == ()
    assert form.near.isVisible()
    form.who.set_value(FeedbackFrom.ORDERER)
    form.who.activated.emit(2)
    assert not form.near.isVisible()


def test_the_list_reads_each_form_by_itself_and_sums_nothing(part, home) -> None:
    for _ in range(2):
        made = begun(part, home, FeedbackFrom.PARENT, "fi")
        part.editor.finish_feedback(made.id)
    assert len(part.opened) == 2
    said = [made.text() for made in part.findChildren(QLabel)]
    assert not [words for words in said if "%" in words or "2 " in words[:2]]


def test_an_empty_form_is_printed_without_a_client(part, home, tmp_path, monkeypatch) -> None:
    from widgets.forms.file_dialogs import FileDialogs

    monkeypatch.setattr(FileDialogs, "save", lambda _self, _title, name, _kinds: tmp_path / name)
    part.gather.click()
    part.form.print.click()
    (made,) = tmp_path.iterdir()
    assert made.read_bytes().startswith(b"%PDF")
