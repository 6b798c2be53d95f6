"""Feedback on a service: forms as data, what is said before, what is counted and what never is."""

from dataclasses import replace
from datetime import date, timedelta

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.casework.case_editor import CaseEditor
from app.casework.feedback_papers import file_name, save_empty
from app.casework.service_feedback import COUNTED, Asked, experience, feedback_of, told
from app.charts.drawing import Pen
from app.charts.feedback_pictures import HIGH, PICTURES, WIDE, picture
from app.errors import InputError
from app.i18n import Texts, today
from app.model.feedback_form import FeedbackFrom, QuestionKind, read_feedback_form
from app.model.service_feedback import FeedbackWay, FormGiven, ServiceFeedback
from app.model.words import LANGUAGES
from app.reports.structure_check import lacks
from app.services.feedback_forms import form_of, forms, newest
from tests.material.house import Home

PEN = Pen(190, lambda text, size: len(text) * size * 0.5)
#: what no form says of a service or of anybody
NEVER = ("vaikut", "effekt", "effect", "pistei", "poäng", "score", "normaali")


@pytest.fixture
def home(qapp) -> Home:
    return Home("fi")


@pytest.fixture
def editor(home) -> CaseEditor:
    return CaseEditor(home.a, home.texts, home.case_id)


# the forms


@pytest.mark.parametrize("form", forms(), ids=lambda f: f"{f.id}-{f.version}")
def test_every_form_is_whole_in_three_languages_and_names_no_effect(form) -> None:
    words = [form.title, form.opening, form.closing, *(q.text for q in form.questions)]
    words += [a.words for q in form.questions for a in q.answers]
    for language in LANGUAGES:
        said = [w.text(language) for w in words]
        assert all(said)
        asked = " ".join(q.text.text(language) for q in form.questions).casefold()
        assert not [word for word in NEVER if word in asked]
    assert len({q.key for q in form.questions}) == len(form.questions)
    assert all(len({a.key for a in q.answers}) == len(q.answers) for q in form.questions)


def test_a_childs_form_is_short_and_pictured_and_whoever_does_not_know_can_say_so() -> None:
    form = newest(FeedbackFrom.CHILD)
    assert len(form.questions) <= 4
    for question in form.questions:
        if question.kind == QuestionKind.WORDS:
            continue
        assert question.kind == QuestionKind.PICTURES
        pictured = [a.picture for a in question.answers if a.picture]
        assert set(pictured) <= PICTURES
        assert len(pictured) == len(set(pictured)) <= 3
        assert [a.key for a in question.answers if not a.picture] == ["unknown"]


def test_each_kind_of_who_tells_has_its_form() -> None:
    assert {newest(who).who for who in FeedbackFrom} == set(FeedbackFrom)


@pytest.mark.parametrize(
    ("was", "becomes"),
    [('who = "child"', 'who = "cat"'), ('kind = "pictures"', 'kind = "numbers"'), ("version = 1", 'version = "1"')],
)
def test_a_form_that_is_wrong_says_where(was, becomes) -> None:
    import resources

    text = (resources.folder() / "services" / "feedback" / "child.toml").read_text("utf-8")
    assert was in text
    with pytest.raises(InputError):
        read_feedback_form(text.replace(was, becomes))


@pytest.mark.parametrize("key", sorted(PICTURES))
def test_a_picture_is_ink_within_its_field(key) -> None:
    drawn = picture(key, PEN)
    assert (drawn.width, round(drawn.height, 3)) == (190, round(190 * HIGH / WIDE, 3))
    assert {shape.color for shape in drawn.shapes} == {"text"}
    for shape in drawn.shapes:
        spots = [(shape.x1, shape.y1), (shape.x2, shape.y2)] if hasattr(shape, "x1") else [(shape.x, shape.y)]
        assert all(0 <= x <= 190 and 0 <= y <= drawn.height for x, y in spots)


def test_no_two_pictures_are_alike() -> None:
    assert len({picture(key, PEN).shapes for key in PICTURES}) == len(PICTURES)


# filled


def asked(who=FeedbackFrom.PARENT, **more) -> Asked:
    said = {"service": "parenting-support", "day": today(), "language": "fi"} | more
    return Asked(who, **said)


def test_a_form_is_begun_answered_and_stays_as_it_was_given(editor, home) -> None:
    said = []
    editor.refused.connect(lambda error: said.append(error.key))
    assert editor.begin_feedback(asked(service=" ")) is None
    assert editor.begin_feedback(asked(day=today() + timedelta(days=1))) is None
    assert editor.begin_feedback(asked(FeedbackFrom.CHILD)) is None
    made = editor.begin_feedback(asked(FeedbackFrom.CHILD, near="omaohjaaja"))
    assert editor.answer_feedback(made.id, FormGiven("how", "rain"))
    assert editor.answer_feedback(made.id, FormGiven("how", "sun"))
    assert editor.answer_feedback(made.id, FormGiven("words", words=" Tulen uudestaan "))
    assert editor.finish_feedback(made.id)
    assert not editor.answer_feedback(made.id, FormGiven("how", "rain"))
    (held,) = feedback_of(home.a, home.case_id)
    assert (held.done, held.near, held.by) == (True, "omaohjaaja", home.aino.id)
    words = told(home.texts, held)
    assert words[0] == ("Millaista täällä oli?", "Mukavaa")
    assert words[1][1] == "ohitettu"
    assert words[-1][1] == "”Tulen uudestaan”"
    assert said == [
        "feedback-without-service", "feedback-of-tomorrow", "feedback-nobody-near", "feedback-fixed"
    ]  # fmt: skip


def test_everything_may_be_passed_over_and_an_answer_taken_back(editor, home) -> None:
    made = editor.begin_feedback(asked())
    assert editor.answer_feedback(made.id, FormGiven("heard", "no"))
    assert editor.answer_feedback(made.id, FormGiven("heard"))
    assert editor.finish_feedback(made.id)
    (held,) = feedback_of(home.a, home.case_id)
    assert held.answers == ()
    assert {said for _, said in told(home.texts, held)} == {"ohitettu"}
    assert editor.remove_feedback(held)
    assert feedback_of(home.a, home.case_id) == ()
    assert editor.undo()
    assert feedback_of(home.a, home.case_id) == (held,)


# counted


def test_parents_and_orderers_are_counted_by_year_and_a_child_never_is(editor, home) -> None:
    tells = ((FeedbackFrom.PARENT, "fully"), (FeedbackFrom.PARENT, "fully"), (FeedbackFrom.ORDERER, "no"))
    for who, answer in (*tells, (FeedbackFrom.CHILD, "sun")):
        made = editor.begin_feedback(asked(who, near="täti"))
        assert editor.answer_feedback(made.id, FormGiven(newest(who).questions[0].key, answer))
        assert editor.answer_feedback(made.id, FormGiven("words", words="Hyvä"))
        assert editor.finish_feedback(made.id)
    editor.begin_feedback(asked())
    counts = experience(home.a, today().replace(month=1, day=1), today())
    assert [(c.who, c.question, c.answer, c.count) for c in counts] == [
        (FeedbackFrom.ORDERER, "asked", "no", 1),
        (FeedbackFrom.PARENT, "clear", "fully", 2),
    ]
    assert not [field for count in counts for field in (count.service, count.form_id) if "Tähti" in field]


@given(st.lists(st.tuples(st.sampled_from(FeedbackFrom), st.booleans(), st.dates(date(2025, 6, 1), date(2027, 6, 1)))))
def test_counts_are_of_what_is_done_in_the_period_and_of_no_child(rows) -> None:
    held = []
    for n, (who, done, day) in enumerate(rows):
        question = newest(who).questions[0]
        answers = (FormGiven(question.key, question.answers[0].key), FormGiven("words", words="x"))
        made = ServiceFeedback(str(n), "c", who.value, 1, who, "parenting", day, "fi", FeedbackWay.HERE, "w")
        held.append(replace(made, answers=answers, done=done))

    class Held:
        def find(self, _kind, **fields):
            return tuple(f for f in held if f.done == fields["done"] and f.who in fields["who"])

    first, last = date(2026, 1, 1), date(2026, 12, 31)
    counts = experience(Held(), first, last)
    wanted = [f for f in held if f.done and f.who in COUNTED and first <= f.day <= last]
    assert sum(c.count for c in counts) == len(wanted)
    assert {c.year for c in counts} <= {2026}
    assert FeedbackFrom.CHILD not in {c.who for c in counts}
    assert not [c for c in counts if c.question == "words"]


def test_a_form_of_a_newer_program_is_said_and_not_guessed(editor, home) -> None:
    made = editor.begin_feedback(asked())
    with pytest.raises(InputError, match="feedback-form-unknown"):
        form_of(replace(made, form_version=99))


# on paper


@pytest.mark.parametrize("who", FeedbackFrom)
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_an_empty_form_is_one_tagged_page_with_every_question(qapp, tmp_path, who, language) -> None:
    form, t = newest(who), Texts(language)
    path = tmp_path / file_name(form, language)
    save_empty(path, form, "Vanhemmuuden tuki", language, date(2026, 11, 3))
    pdf = path.read_bytes()
    assert lacks(pdf, language) == ()
    document = pypdfium2.PdfDocument(pdf)
    try:
        assert len(document) == 1
        said = " ".join(document[0].get_textpage().get_text_bounded().split())
    finally:
        document.close()
    for question in form.questions:
        assert t.words(question.text) in said
        assert all(t.words(a.words) in said for a in question.answers)
