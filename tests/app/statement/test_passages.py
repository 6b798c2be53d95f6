"""What a statement says by itself: counts that can be counted again, and none of what must never be said."""

from dataclasses import replace

import pytest

from app.casework.case_editor import CaseEditor
from app.casework.meeting_file import meeting_file, read_filmed
from app.coding.editor import CodingEditor
from app.coding.opening import begin
from app.door import Door
from app.i18n import Texts
from app.model.change import Change, added
from app.model.commission import Commission, Source
from app.model.filmed import happened
from app.model.filming import Happening
from app.model.people import Person, Role
from app.model.recording import Origin
from app.model.statement import Paragraph, ParagraphKind
from app.model.stored import ContentKind, ContentTerms, terms_id
from app.model.timecode import SECOND
from app.schemes import library
from app.statement.beginning import begin_statement
from app.statement.document import document_of
from app.statement.editor import Draft, StatementEditor, read_statement
from app.statement.evidence import offers
from app.statement.passages import passages
from app.vocabulary import StatementTexts
from tests.material.builders import recording
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
    told = [p.text for p in section(home, "observations") if p.source.endswith("/AS")]
    name = home.texts.words(library.task_cards()[0].name)
    assert [x.partition(". ")[0] for x in told] == ["Parent: leads clearly, 2 times"]
    assert f"{name} [00:05]; " in told[0]
    assert told[0].endswith("[00:25].")
    (marks,) = [p for p in section(home, "attachments") if p.source.startswith("marks/")]
    rows = marks.cells[1:]
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
    (table,) = [p for p in section(home, "attachments") if p.source.startswith("states/")]
    times = [row[1] for row in table.cells[1:]]
    assert times[0] == "00:30"
    assert "00:24" in times


def test_the_agreement_that_is_offered_is_the_one_that_is_told(home) -> None:
    home.compare()
    statement = begin_statement(Door(home.a), home.texts, home.case_id, "en")
    (told,) = [e for p in passages(home.a, statement) for e in p.evidence if e.kind == "agreement"]
    offered = [o for o in offers(home.a, statement) if o.evidence.kind == "agreement"]
    assert replace(told, id="") == replace(offered[0].evidence, id="")
    assert told.words.startswith("Same mark ")
    # and a ready sentence for every other headline figure, each with whom it is about
    words = [o.words for o in offered]
    assert any(w.startswith("Adult, events: 2 of 3 marked alike, when a difference of 2 s is allowed") for w in words)
    assert any(w.startswith("Child, events: 0 of 1 marked alike") for w in words)
    assert any(w.startswith("Of 17 ratings ") for w in words)
    assert all(o.text.endswith(StatementTexts("en").about_workers) for o in offered)


def test_a_rating_that_is_offered_says_whose_it_is(home) -> None:
    home.compare()
    statement = begin_statement(Door(home.a), home.texts, home.case_id, "en")
    told = [o.about for o in offers(home.a, statement) if o.evidence.kind == "rating"]
    assert told
    assert all("Aino: " in about or "Leena: " in about or about.startswith("reason for") for about in told)


def test_the_reasons_of_both_for_a_rating_are_offered_each_as_its_own(home) -> None:
    home.compare()
    statement = begin_statement(Door(home.a), home.texts, home.case_id, "en")
    why = [o for o in offers(home.a, statement) if o.about.startswith("reason for the rating: ")]
    item = home.texts.words(home.editor().instrument.items[0].name)
    first = [o for o in why if o.about.endswith(f"· {item}")]
    assert [(o.text, o.about.partition(" · ")[0].split(": ")[1]) for o in first] == [
        ("seen", "Aino"),
        ("seen", "Leena"),
    ]
    assert first[0].evidence.source_ids != first[1].evidence.source_ids


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
    rows = [p for p in section(home, "attachments") if p.source.startswith("child-ratings/")]
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
    for word in ("bedömning av föräldraskapet", "Avohuolto, viikoittain", "Barn", "mor"):
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
    moments = [e for e in found if e.kind == "observation"]
    assert min(e.start for e in moments) == 5_000_000
    assert all(e.meeting_id == home.meeting.id for e in moments)


# ── what must not vanish, and what must not leave ─────────────────────────────────────────────────────────────────────


def distress(home, *, cannot_at: float | None = None) -> None:
    """Both mark distress at 12 s, each of another kind; from `cannot_at` on B says that it cannot be coded."""
    for store, at, kind in ((home.a, 12.0, 0), (home.b, 12.5, 1)):
        editor = home.editor(store)
        code = next(c for c in editor.scheme.codes if c.modifiers and c.kind == "point")
        assert editor.code(code, round(at * SECOND), seen=None)
        made = editor.coding.newest
        assert editor.edit(made, replace(made, modifiers=(code.modifiers[kind].id,)))
        if store is home.b and cannot_at is not None:
            gap = editor.scheme.code(editor.scheme.cannot_be_coded)
            assert editor.code(gap, round(cannot_at * SECOND), seen=None)
        cover_all(editor)
        assert editor.mark_ready()
    home.sign = home.texts.words(code.name)
    home.kinds = [home.texts.words(x.name) for x in code.modifiers[:2]]


def test_the_kind_of_distress_is_told_and_that_the_two_saw_it_otherwise(home) -> None:
    distress(home)
    (told,) = [p.text for p in section(home, "observations") if p.source.startswith("seen/")]
    assert told.endswith(f"{home.sign}, 1 time. " + told.partition("1 time. ")[2])
    assert f"[00:12] (one: {home.kinds[0]}, the other: {home.kinds[1]})." in told


def test_what_both_marked_in_time_that_cannot_be_coded_is_told_and_not_counted(home) -> None:
    distress(home, cannot_at=11)
    rows = section(home, "observations")
    assert not [p for p in rows if p.source.startswith("seen/")]
    (told,) = [p.text for p in rows if p.source.startswith("outside/")]
    assert told.startswith("1 observation of time that cannot be coded")
    assert f"{home.sign} [00:12] (both marked, one: {home.kinds[0]}, the other: {home.kinds[1]})." in told


def test_of_a_licensed_form_only_what_it_is_is_printed(home) -> None:
    home.compare()
    statement = begin_statement(Door(home.a), home.texts, home.case_id, "en")
    form = home.editor().instrument
    words = {home.texts.words(x.name) for x in (*form.items, *form.anchors)}
    assert any(w in words_of(passages_of(home, statement)) for w in words)
    terms = ContentTerms(terms_id("instrument", form.id), ContentKind.INSTRUMENT, form.id, licensed=True)
    home.a.apply("terms", [added(terms)])
    told = words_of(passages_of(home, statement)) + "".join(o.words + o.text for o in offers(home.a, statement))
    tables = [r for p in passages_of(home, statement) for r in p.cells]
    assert not [r for r in tables if r[0] in words]
    assert not [w for w in words if f"{w}:" in told or f"{w} –" in told]
    assert f"Rated with {home.texts.words(form.name)}, version 1. Rights holder:" in told
    assert "the filled sheets are kept" in told


def passages_of(home, statement):
    return [
        Paragraph("", "", p.section, "", p.runs, p.kind, p.source, cells=p.cells) for p in passages(home.a, statement)
    ]


def test_nothing_rated_is_no_profile_and_one_who_did_not_rate_is_told_apart(home) -> None:
    for store in (home.a, home.b):
        editor = home.editor(store)
        if store is home.a:
            guiding, limits, *_ = editor.instrument.items
            editor.rate(guiding.id, 4, "seen")
            editor.rate(limits.id, None, "")
        cover_all(editor)
        assert editor.mark_ready()
    (chart,) = [p for p in section(home, "attachments") if p.kind == ParagraphKind.CHART]
    assert [row[1:3] for row in chart.cells[1:]] == [("4", "not rated"), ("–", "not rated")]
    assert chart.cells[0][3] == "1–5"
    (anchors,) = [p.text for p in section(home, "attachments") if p.source.startswith("anchors/")]
    assert "4: mostly" in anchors
    assert anchors.endswith("–: no occasion to observe.")


def test_the_tolerance_and_the_rest_of_the_time_stand_beside_the_figures(home) -> None:
    home.compare()
    told = words_of(section(home, "methods"))
    assert "of the time, when a difference of 1 s is allowed; allowing for chance" in told
    (states,) = [p for p in section(home, "attachments") if p.source.startswith("states/")]
    (note,) = [p.text for p in section(home, "observations") if p.source.startswith("states-said/")]
    told = [f"{row[0]} {row[2]} of the time ({row[1]})" for row in states.cells[1:] if row[1] != "00:00"]
    assert note.startswith(f"Both workers marked: {', '.join(told)}. ")
    shares = sum(int(row[2].split("%")[0].strip()) for row in states.cells[1:])
    assert f"For the rest of the time ({100 - shares}%)" in note.replace("\u00a0", "")


def test_what_was_weighed_is_said_only_when_the_writer_ticked_it(home) -> None:
    people = CaseEditor(home.a, home.texts, home.case_id)
    people.edit(people.file.commission, sources=(Source("A summary"),))
    statement = begin_statement(Door(home.a), home.texts, home.case_id, "en")
    editor = StatementEditor(home.a, home.texts, statement.id)
    assert "weighed" not in words_of(editor.text.section("methods"))
    assert editor.weigh(on=True)
    assert "The observations were weighed against other information." in words_of(editor.text.section("methods"))


def test_tables_and_moments_of_several_meetings_with_one_adult_are_told_apart(home) -> None:
    second = home.add_meeting(home.meeting.adult_id, day=12)
    home.a.apply("film", [added(recording(second.id))])
    home.mark_tasks(second)
    home.compare()
    for store in (home.a, home.b):
        home.code(store, [("6", 0), ("q", 5)], second)
    editor = StatementEditor(home.a, home.texts, begin_statement(Door(home.a), home.texts, home.case_id, "en").id)
    titles = [p.text for p in editor.text.section("attachments") if p.kind == ParagraphKind.HEADING]
    assert len(set(titles)) == len(titles)
    assert {"Tasks, parent and child, 3 Nov 2026", "Rating profile, parent, 12 Nov 2026"} <= set(titles)
    told = [r for p in editor.text.section("observations") for r in p.runs if r.text == "[00:05]"]
    assert len(told) == 2
    held = [Draft(p.id, p.kind, p.runs) for p in editor.text.section("conclusions")]
    editor.write_section("conclusions", [*held, Draft("", ParagraphKind.BODY, tuple(told))])
    words = [r.words for r in document_of(home.a, editor.statement).references]
    assert words == ["leads clearly 00:05, 3 Nov 2026", "leads clearly 00:05, 12 Nov 2026"]


def test_of_two_adults_no_number_is_printed_and_there_is_no_axis(home) -> None:
    people = CaseEditor(home.a, home.texts, home.case_id)
    father = people.add_person(Role.BIRTH_PARENT, "father")
    second = home.add_meeting(father.id, day=4)
    home.a.apply("film", [added(recording(second.id))])
    home.mark_tasks(second)
    home.compare()
    one = section(home, "attachments")
    assert [p for p in one if p.kind == ParagraphKind.CHART]
    for store in (home.a, home.b):
        home.code(store, [("6", 0), ("q", 5)], second)
    rows = section(home, "attachments")
    assert not [p for p in rows if p.kind == ParagraphKind.CHART]
    words = [p for p in rows if p.source.startswith("profile-words/")]
    assert len(words) == 2
    assert not [cell for p in words for row in p.cells[1:] for cell in row if any(c.isdigit() for c in cell)]
    assert words[0].cells[1][1] == "mostly – varying"
    notes = [p.text for p in rows if p.source.startswith("profile-note/")]
    assert notes == ["Parents are not compared by numbers."] * 2
    told = [p.text for p in section(home, "methods")]
    assert "Parents are not compared by numbers." in told
    coded = [x for x in told if x.startswith("Both workers coded")]
    assert len(coded) == 1
    assert coded[0].startswith("Both workers coded the films of 3")
    agreed = [x for x in told if "Same mark" in x]
    assert [x.partition(": ")[0] for x in agreed] == [home.texts.date(m.held.date()) for m in (home.meeting, second)]
    assert sum("not about the family" in x for x in told) == 1
