"""What participants tell of work that is of no case: their choices and words, of nobody, and as they were given."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.casework.service_feedback import told
from app.errors import NotAllowed
from app.i18n import Texts, today
from app.model.change import added
from app.model.feedback_form import FeedbackFrom
from app.model.participant_told import told_row
from app.model.service_feedback import FeedbackWay, FormGiven
from app.model.service_work import FormRow
from app.services import templates
from app.works.asking import asked_of
from app.works.participants import Manner, Telling, empty, given, remove
from tests.app.works.test_works import Held

HERE = Manner(today(), "fi", FeedbackWay.HERE)


@pytest.fixture
def group(qapp) -> Held:
    return Held("voikukkia")


def tell(held, **choices) -> Telling:
    telling = Telling(held.editor, empty(HERE, today()))
    for question, choice in choices.items():
        assert telling.answer(FormGiven(question, choice))
    return telling


def test_one_after_another_tells_and_what_was_finished_stays_as_it_was_given(group) -> None:
    nothing = tell(group)
    assert nothing.answer(FormGiven("words", words="  "))
    assert group.kept().rows == (), "a form is there from its first answer on"
    first = tell(group, heard="fully", use="no")
    assert first.answer(FormGiven("words", words=" Hyvä ryhmä "))
    assert first.answer(FormGiven("use"))
    assert asked_of(group.home.a, group.editor.file, Texts("fi"))[0].told is None, "not before it is finished"
    assert first.finish()
    assert nothing.finish(), "that every question was passed over is an answer, too"
    (asked,) = asked_of(group.home.a, group.editor.file, Texts("fi"))
    assert (asked.who, asked.told, asked.forms) == (FeedbackFrom.PARTICIPANT, today(), 2)
    held = next(f for f in given(group.kept()) if f.id == first.feedback.id)
    assert [said for _, said in told(Texts("fi"), held)] == ["Kyllä", *["ohitettu"] * 3, "”Hyvä ryhmä”"]
    assert not first.answer(FormGiven("heard", "no"))
    assert [e.key for e in group.refused] == ["feedback-fixed"]
    code = group.editor.add_row("participants", {"code": "V1"})
    assert group.editor.remove_row(code), "forms name no participant"
    assert group.editor.close(today())
    assert not remove(group.editor, held)
    assert group.editor.reopen()
    assert remove(group.editor, held)
    assert len(given(group.kept())) == 1


def test_no_name_fits_where_words_are_not_asked_and_only_work_that_asks_takes_a_form(group) -> None:
    feedback = tell(group, heard="fully").feedback
    row = told_row(replace(feedback, id="x"), group.work.id)
    for picked in ((*row.picked, ("code", "v1")), (("q.heard", "Maija"), *row.picked), row.picked[1:]):
        with pytest.raises(NotAllowed, match="service-value"):
            group.home.a.apply("x", [added(replace(row, picked=picked))])
    assert "participant" not in templates.template("laheisneuvonpito").feedback
    other = Held("laheisneuvonpito")
    with pytest.raises(NotAllowed, match="service-not-in-template"):
        other.home.a.apply("x", [added(replace(row, work_id=other.work.id))])
    with pytest.raises(NotAllowed, match="feedback-of-tomorrow"):
        empty(replace(HERE, day=today() + timedelta(days=1)), today())
    assert len(group.home.a.find(FormRow)) == 1


def test_every_group_and_what_is_given_to_professionals_asks_its_participants() -> None:
    asks = {t.id for t in templates.shipped() if FeedbackFrom.PARTICIPANT in t.feedback}
    wanted = {t.id for t in templates.shipped() if t.belongs != "case" and not t.id.endswith("opintopolku")}
    assert asks == wanted
