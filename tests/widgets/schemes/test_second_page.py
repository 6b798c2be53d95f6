"""What a scheme asks in the second pass is written in the editor, and what is not right is said."""

from app.model.scheme import SecondQuestion
from widgets.schemes.second_page import SecondPassPage


def second(page) -> SecondPassPage:
    (found,) = [p for p in page.pages if isinstance(p, SecondPassPage)]
    page.tabs.setCurrentWidget(found)
    return found


def type_in(part, path, text) -> None:
    line = part.form.form.widgets[path]
    line.setText(text)
    line.editingFinished.emit()


def test_a_question_is_added_and_written(page) -> None:
    part = second(page)
    part.add_entry()
    assert page.editor.problems()
    type_in(part, "id", "tone")
    type_in(part, "codes", "AS, AE;AM")
    for language, name in (("fi", "sävy"), ("sv", "ton"), ("en", "tone")):
        type_in(part, f"name.{language}", name)
    (question,) = page.editor.value.second_pass
    assert (question.id, question.codes, question.name.fi) == ("tone", ("AS", "AE", "AM"), "sävy")
    assert [o.id for o in question.options] == ["m1", "m2"]
    assert part.form.form.widgets["codes"].text() == "AS, AE, AM"
    assert all(p.is_unwritten for p in page.editor.problems())


def test_a_code_that_is_none_is_told_and_a_removed_one_goes(page) -> None:
    part = second(page)
    part.add_entry()
    type_in(part, "codes", "AS DS1 QQ")
    wrong = [(p.key, dict(p.values)["value"]) for p in page.editor.problems() if p.field == "codes"]
    assert wrong == [("second-pass-no-event", "DS1"), ("second-pass-no-event", "QQ")]  # a state is no event
    place = [c.id for c in page.editor.value.codes].index("AS")
    assert page.editor.remove("codes", place)
    (question,) = page.editor.value.second_pass
    assert isinstance(question, SecondQuestion)
    assert question.codes == ("DS1", "QQ")
    assert page.editor.undo()
    assert page.editor.value.second_pass[0].codes == ("AS", "DS1", "QQ")
