"""What a statement says by itself: counts that can be counted again, and none of what must never be said."""

from dataclasses import replace

import pytest

from app.casework.case_editor import CaseEditor
from app.casework.meeting_file import meeting_file, read_filmed
from app.coding.editor import CodingEditor
from app.coding.opening import begin
from app.door import Door
from app.i18n import Texts
from app.model.change import Change
from app.model.commission import Commission
from app.model.filmed import happened
from app.model.filming import Happening
from app.model.people import Person, Role
from app.model.recording import Origin
from app.model.statement import Paragraph, ParagraphKind
from app.statement.editor import begin_statement, read_statement
from app.statement.evidence import offers
from app.statement.passages import passages
from tests.material.house import Home, cover_all


@pytest.fixture
def home(qapp) -> Home:
    return Home()


def section(home, key: str, language: str = "en") -> tuple[Paragraph, ...]:
    statement = begin_statement(Door(home.a), home.texts, home.case_id, language)
    return read_statement(home.a, statement.id).section(key)


def words_of(rows) -> str:
    return "\n".join([p.text for p in rows] + [cell for p in rows for row in p.cells for cell in row])


def test_counts_are_of_what_both_marked_and_only_one(home) -> None:
    home.compare()
    tables = [p for p in section(home, "observations") if p.source.startswith("seen/")]
    rows = [row for p in tables for row in p.cells[1:]]
    leads = [(row[3], row[4], row[5]) for row in rows if row[2] == "leads clearly"]
    assert leads == [("1", "0", "[00:05]"), ("1", "0", "[00:25]")]
    lone = [p.text for p in section(home, "observations") if p.source.startswith("lone/")]
    assert len(lone) == 1
    assert "2 observations" in lone[0]


def test_what_is_missing_of_a_film_is_told_among_the_methods(home) -> None:
    home.compare()
    film = next(f for f in meeting_file(home.a, home.meeting.id).recordings if f.camera == 1)
    filmed = replace(film, origin=Origin.FILMED)
    lacks = happened(read_filmed(home.a, home.meeting.id), Happening.COMPUTER_LATE, film.offset, 71_000, "1")
    home.a.apply("lacks", [Change(film, filmed), lacks])
    (told,) = [p.text for p in section(home, "methods") if p.source.startswith("missing/")]
    assert told.endswith("71 s of pictures is missing: the computer did not keep up.")


def test_states_are_told_by_what_both_had_on(home) -> None:
    home.compare()
    (table,) = [p for p in section(home, "observations") if p.source.startswith("states/")]
    times = [row[1] for row in table.cells[1:]]
    assert times[0] == "00:30"
    assert "00:24" in times


def test_the_agreement_that_is_offered_is_the_one_that_is_told(home) -> None:
    home.compare()
    statement = begin_statement(Door(home.a), home.texts, home.case_id, "en")
    (told,) = [e for p in passages(home.a, statement) for e in p.evidence if e.kind == "agreement"]
    (offered,) = [o.evidence for o in offers(home.a, statement) if o.evidence.kind == "agreement"]
    assert replace(told, id="") == replace(offered, id="")
    assert told.words.startswith("Same mark ")


def test_two_codings_with_two_schemes_are_told_and_not_counted(home) -> None:
    home.code(home.a, [("q", 5)])
    header = begin(Door(home.b), home.texts, home.meeting.id, "laaja-runko")
    editor = CodingEditor(home.b, home.texts, meeting_file(home.b, home.meeting.id), header)
    cover_all(editor)
    assert editor.mark_ready()
    assert "with different schemes: no agreement can be counted" in words_of(section(home, "methods"))
    assert not section(home, "observations")


def test_nothing_of_a_coding_before_both_are_ready(home) -> None:
    home.code(home.a, [("q", 5)])
    assert section(home, "observations") == ()
    assert not [p for p in section(home, "attachments") if "agreement" in p.source or "profile" in p.source]


def test_a_childs_rating_is_never_a_number(home) -> None:
    home.compare()
    rows = [p for p in section(home, "observations") if p.source.startswith("child-ratings/")]
    cells = [cell for p in rows for row in p.cells[1:] for cell in row]
    assert cells
    assert not any(c.strip().isdigit() for cell in cells for c in cell.split())
    profile = next(p for p in section(home, "attachments") if p.kind == ParagraphKind.CHART)
    editor = home.editor()
    adults = {home.texts.words(i.name) for i in editor.instrument.items if i.actor == "adult"}
    assert {row[0] for row in profile.cells[1:]} == adults


def test_two_adults_are_never_in_one_table(home) -> None:
    editor = CaseEditor(home.a, home.texts, home.case_id)
    father = editor.add_person(Role.BIRTH_PARENT, "father")
    editor.edit(editor.file.adults[0], called="mother")
    second = home.add_meeting(father.id, day=4)
    from app.model.change import added
    from tests.material.builders import recording

    home.a.apply("film", [added(recording(second.id))])
    home.mark_tasks(second)
    home.compare()
    for store in (home.a, home.b):
        home.code(store, [("6", 0), ("q", 5), ("a", 9)], second)
    both = {"mother", "father"}
    for key in ("observations", "attachments"):
        rows = section(home, key)
        assert rows
        for p in rows:
            said = {name for name in both if name in words_of([p]).casefold()}
            assert said != both, p.source


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_statement_speaks_its_own_language(home, language) -> None:
    home.compare()
    rows = read_statement(home.a, begin_statement(Door(home.a), Texts("en"), home.case_id, language).id).paragraphs
    text = words_of(rows)
    assert "{" not in text
    own = {"fi": "Tilaaja", "sv": "Beställare", "en": "Commissioner"}
    assert own[language] in text
    for other in set(own) - {language}:
        assert own[other] not in text


def test_words_kept_by_key_and_what_people_are_called_are_in_the_statements_language(home) -> None:
    """A Swedish statement of a case that is worked on in Finnish."""
    commission = home.a.find(Commission, case_id=home.case_id)[0]
    picked = replace(
        commission, assessment="parenting", service_task="child-welfare", legal_context="Avohuolto, viikoittain"
    )
    people = home.a.find(Person, case_id=home.case_id)
    called = {Role.CHILD: "Lapsi", Role.BIRTH_PARENT: "äiti"}
    changes = [Change(p, replace(p, called=called[p.role])) for p in people if p.role in called]
    home.a.apply("in Finnish", [Change(commission, picked), *changes])
    statement = begin_statement(Door(home.a), Texts("fi"), home.case_id, "sv")
    text = words_of(read_statement(home.a, statement.id).paragraphs)
    for word in ("bedömning av föräldraskapet", "barnskydd", "Avohuolto, viikoittain", "Barn", "mor"):
        assert word in text
    for word in ("vanhemmuuden", "lastensuojelu", "äiti", "Lapsi"):
        assert word not in text


def test_no_verdict_and_no_sum(home) -> None:
    home.compare()
    text = words_of(read_statement(home.a, begin_statement(Door(home.a), home.texts, home.case_id, "en").id).paragraphs)
    for word in ("normal", "total", "cut-off", "score", "deviant", "sum of"):
        assert word not in text.casefold()


def test_sources_are_unique_and_stay_the_same(home) -> None:
    home.compare()
    statement = begin_statement(Door(home.a), home.texts, home.case_id, "en")
    one, two = ([p.source for p in passages(home.a, statement)] for _ in range(2))
    assert one == two
    assert len(set(one)) == len(one)


def test_the_result_is_called_mim_only_with_proof_of_training(home) -> None:
    assert "MIM-based" in words_of(section(home, "methods"))


def test_evidence_plays_its_first_moment(home) -> None:
    home.compare()
    statement = begin_statement(Door(home.a), home.texts, home.case_id, "en")
    found = read_statement(home.a, statement.id).evidence.values()
    summaries = [e for e in found if e.kind == "summary"]
    assert min(e.start for e in summaries) == 5_000_000
    assert all(e.meeting_id == home.meeting.id for e in summaries)
