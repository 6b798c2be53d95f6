"""Goals and their course on paper, on the desk and as evidence: words of each whole, nobody who is kept apart."""

import base64
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pypdfium2
import pytest

from app.casework.case_editor import CaseEditor
from app.casework.goal_words import picture, review_table, scale_name
from app.door import Door
from app.errors import NotAllowed
from app.i18n import Texts, today
from app.model.change import Change, added
from app.model.goal import GoalOf, GoalReview, GoalSource, GoalState
from app.model.identity import new_id
from app.model.letterhead import Letterhead
from app.model.people import Role, Training, TrainingPurpose, Worker
from app.office.desk import desk
from app.office.goals_paper import file_name, goals_paper, readers, save
from app.reports.goals_pdf import goals_pdf
from app.reports.structure_check import lacks
from app.statement.beginning import begin_statement
from app.statement.evidence import offers
from tests.material.house import Home, QuietArchive

LEVELS = ("Herään joka yö", "Nukun joskus", "Nukun melkein puolet öistä", "Nukun useimpina öinä", "Nukun joka yö")
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class Half:
    """A case whose goal was looked at in each of six months."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.editor = CaseEditor(home.a, home.texts, home.case_id)
        self.begun = today() - timedelta(days=185)
        goal = self.editor.set_goal(
            "Nukun omassa sängyssä", source=GoalSource.CARE_PLAN, plan_date=self.begun, set_on=self.begun,
            levels=LEVELS, began=0, wished=3,
        )  # fmt: skip
        assert goal is not None
        self.goal = goal
        child = self.editor.file.child
        for n, (own, worker) in enumerate(((1, 0), (1, 1), (2, 1), (None, 2), (3, 2), (3, 3))):
            day = self.begun + timedelta(days=30 * (n + 1))
            words = "Melkein jo!" if n == 2 else ""
            made = GoalReview(new_id(), goal.id, day, home.aino.id, (child.id,), "omaohjaaja", own, words, worker, "")
            assert self.editor.record_review(self.course, made)

    @property
    def course(self):
        return next(c for c in self.editor.goals() if c.goal.id == self.goal.id)

    def paper(self, reader=""):
        return goals_paper(self.home.a, self.editor.file, self.home.texts, today(), reader)


@pytest.fixture
def half(qapp) -> Half:
    return Half(Home("fi"))


def words_of(pdf: bytes) -> tuple[str, int]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
        return " ".join(pages), len(pages)
    finally:
        document.close()


def test_half_a_year_of_a_goal_stands_on_one_page_under_the_letterhead_tagged_and_whole(half, tmp_path) -> None:
    store = half.home.a
    worker = store.get(Worker, half.home.aino.id)
    store.apply("x", [Change(worker, replace(worker, employer="Mallilan perhetyö"))])
    store.apply("x", [added(Letterhead(new_id(), "Mallilan perhetyö", ("Mallikatu 1",), PIXEL, "Mallilan merkki"))])
    path = tmp_path / file_name(half.home.texts, half.editor.file, today())
    save(store, path, half.paper(), half.editor.file.case, half.home.texts)
    pdf = path.read_bytes()
    said, pages = words_of(pdf)
    assert pages == 1
    for words in ("Mallilan perhetyö", "Mallikatu 1", "Tavoiteasteikko", "Nukun useimpina öinä", "”Melkein jo!”"):
        assert words in said, words
    assert "GAS" not in said
    assert lacks(pdf, "fi") == ()
    assert store.audit_log()[-1].act == "export"


def test_the_methods_name_stands_on_it_only_with_proof(half) -> None:
    store, t = half.home.a, half.home.texts
    for worker in store.find(Worker, guest=False):
        training = Training("GAS", TrainingPurpose.OTHER_CLIENT_WORK, proof="todistus")
        store.apply("x", [Change(worker, replace(worker, trainings=(training,)))])
    assert "GAS" in " ".join(half.paper().notes)
    assert scale_name(t, proven=False) == "Tavoiteasteikko"


def test_the_table_says_what_the_chart_shows_and_whoever_listens_hears_it(half) -> None:
    made = picture(half.home.texts, half.course)
    assert made is not None
    _head, *rows = review_table(half.home.texts, half.editor.file, half.course)
    assert len(rows) == 6
    for review, row in zip(half.course.reviews, rows, strict=True):
        assert half.home.texts.date(review.day) in row[0]
        assert "lapsi, omaohjaaja" in row[0]
        for place, cell in ((review.own_level, row[1]), (review.worker_level, row[2])):
            assert (LEVELS[place] if place is not None else "–") in cell
        assert half.home.texts.date(review.day) in made.told


def test_a_goal_without_its_five_sentences_has_its_words_and_no_chart(half) -> None:
    goal = half.editor.set_goal("Puhutaan riidan jälkeen", whose=GoalOf.FAMILY)
    course = next(c for c in half.editor.goals() if c.goal.id == goal.id)
    assert picture(half.home.texts, course) is None
    said = GoalReview(new_id(), goal.id, today(), half.home.aino.id, own_words="Puhuttiin kerran")
    assert half.editor.record_review(course, said)
    course = next(c for c in half.editor.goals() if c.goal.id == goal.id)
    assert picture(half.home.texts, course) is None
    assert "”Puhuttiin kerran”" in words_of(goals_pdf(half.paper(), Texts("sv")))[0]


def test_where_adults_are_kept_apart_a_paper_is_for_one_and_tells_nothing_of_the_other(half) -> None:
    editor = half.editor
    mother = editor.file.adults[0]
    editor.edit(mother, called="äiti", name="Meri Malli")
    father = editor.add_person(Role.BIRTH_PARENT, "isä")
    editor.edit(father, name="Toivo Toinen")
    for person, words in ((mother, "Luen iltasadun"), (father, "Haen ajoissa")):
        assert editor.set_goal(words, whose=GoalOf.GROWN_UP, person_id=person.id)
    assert readers(editor.file) == ()
    editor.keep_apart(editor.file.person(mother.id), editor.file.person(father.id), apart=True)
    assert {p.id for p in readers(editor.file)} == {mother.id, father.id}
    with pytest.raises(NotAllowed, match="goals-for-whom"):
        half.paper()
    said = words_of(goals_pdf(half.paper(mother.id), half.home.texts))[0]
    assert "Luen iltasadun" in said
    assert "Haen ajoissa" not in said
    assert "isä" not in said.casefold().split()
    assert editor.set_goal("Toivo hakee ajoissa")
    with pytest.raises(NotAllowed, match="paper-names-other"):
        half.paper(mother.id)


def test_a_paper_without_a_goal_is_not_made(qapp) -> None:
    home = Home("fi")
    file = CaseEditor(home.a, home.texts, home.case_id).file
    with pytest.raises(NotAllowed, match="goals-none"):
        goals_paper(home.a, file, home.texts, today())


def test_the_desk_reminds_of_a_review_when_a_month_has_gone(half) -> None:
    last = half.course.last.day

    def lines(day: date):
        at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        return desk(half.home.a, QuietArchive(), 10**11, at).goals

    due = half.course.due
    assert due > last
    assert lines(due - timedelta(days=1)) == ()
    (line,) = lines(due)
    assert (line.case.id, line.due, line.goals) == (half.home.case_id, due, 1)
    assert half.editor.end_goal(half.course.goal, GoalState.REACHED, today(), "Nukkuu joka yö")
    assert lines(due) == ()


def test_a_goal_is_offered_as_evidence_in_its_own_words_with_both_views(half) -> None:
    home = half.home
    statement = begin_statement(Door(home.a), home.texts, home.case_id, "fi")
    (offer,) = [o for o in offers(home.a, statement) if o.evidence.kind == "goal"]
    assert offer.words == "Nukun omassa sängyssä"
    assert "lapsen oma arvio: ”Nukun useimpina öinä”; työntekijän arvio: ”Nukun useimpina öinä”" in offer.text
    assert offer.evidence.source_ids == (half.goal.id, half.course.last.id)
