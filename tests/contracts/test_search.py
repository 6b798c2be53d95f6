"""The contract of `app.ports.Search`, held by the fake and by the real index in an encrypted database."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import Cancelled
from app.model.apart import kept_apart
from app.model.change import Change, added, removed
from app.model.coding import CodingHeader, CodingState
from app.model.commission import Commission, Source
from app.model.consent import Consent, Purpose
from app.model.feedback import Clip, ClipWords, FeedbackTalk
from app.model.filming import Answer, Talk
from app.model.identity import new_id, timeless_id
from app.model.meeting import Stretch
from app.model.meeting_note import MeetingNote
from app.model.meeting_note import NoteKind as NoteOf
from app.model.observation import Mark, MarkKind, Observation
from app.model.people import Case, Person, Role
from app.model.plan import OwnTask
from app.model.private_note import NoteKind, PrivateNote
from app.model.rating import Rating
from app.model.sought import Area, Side, Sought, words_of
from app.model.statement import Paragraph, Run, Statement
from app.model.utterance import Utterance
from app.ports.search import Kept
from storage.store.sql_search import SqlSearch
from tests.material.archives import Pair, SqlArchive
from tests.material.builders import A_DAY, meeting, recording
from tests.stand_ins.fake_search import MemorySearch
from tests.stand_ins.fakes import MemoryArchive

IDS = tuple(new_id() for _ in range(3))


class Searched(Pair):
    """A pair with the search as each of them has it."""

    def words(self, sought, who=0, limit=9):
        sought = Sought(sought) if isinstance(sought, str) else sought
        return [found.words for found in self.searches[who].find(sought, limit)]


def searched_pair(kind, tmp_path):
    if kind == "memory":
        archive = MemoryArchive()
        found = Searched(*(archive.open(i) for i in IDS))
        found.searches = [MemorySearch(s) for s in (found.a, found.b, found.c)]
        found.end = found.a.close
    else:
        held = SqlArchive(tmp_path)
        found = Searched(*(held.open(i) for i in IDS))
        found.searches = [SqlSearch(held.database, i) for i in IDS]
        found.end = held.close
    found.begin(IDS)
    return found


@pytest.fixture(params=["memory", "sqlcipher"])
def pair(request, tmp_path):
    found = searched_pair(request.param, tmp_path)
    yield found
    found.end()


def test_words_are_found_by_their_beginnings_in_any_case_and_without_marks(pair):
    pair.a.apply("n", [added(Person(new_id(), pair.case.id, Role.SIBLING, "pikkuveli", "Žofia Ångström-Mäki"))])
    for typed in ("pi", "PIKKU", "žo", "zof", "ang", "Ångström", "mäki", "maki zo", "ang mä pi"):
        assert pair.words(typed) == ["pikkuveli · Žofia Ångström-Mäki"], typed
    for typed in ("kuveli", "zofiaa", "mäki kuusi", "veli"):
        assert pair.words(typed) == [], typed


def test_from_two_letters_on(pair):
    assert pair.words("k") == pair.words("") == pair.words(" – ") == pair.words("k u") == []
    assert pair.words("ku") == ["Kuusi"]
    assert pair.words("ku k") == ["Kuusi"]


def test_signs_of_the_index_are_words_like_others(pair):
    pair.a.apply("n", [added(Case(new_id(), 'Tähti "14" AND NOT * (x)', IDS[0]))])
    for typed in ('täh "14"', "and not", "täh*", "(x) 14", 'tähti" OR "ku', "words : and"):
        assert pair.words(typed) == (['Tähti "14" AND NOT * (x)'] if "OR" not in typed and ":" not in typed else [])


def test_what_is_written_last_comes_first_and_an_edit_counts(pair):
    cases = [Case(new_id(), f"Tammi {n}", IDS[0]) for n in range(4)]
    for case in cases:
        pair.a.apply("n", [added(case)])
    assert pair.words("tammi") == ["Tammi 3", "Tammi 2", "Tammi 1", "Tammi 0"]
    pair.a.apply("n", [Change(cases[1], replace(cases[1], code_name="Tammi 1b"))])
    assert pair.words("tammi") == ["Tammi 1b", "Tammi 3", "Tammi 2", "Tammi 0"]
    assert pair.words("tammi", limit=2) == ["Tammi 1b", "Tammi 3"]
    first = pair.searches[0].find(Sought("tammi"), 2)
    on = pair.searches[0].find(Sought("tammi"), 9, before=first[-1].place)
    assert [f.words for f in on] == ["Tammi 2", "Tammi 0"]


def test_each_group_is_asked_for_itself_and_comes_in_its_order(pair):
    pair.a.apply("n", [added(OwnTask(new_id(), IDS[0], "Kuusenkävyt"))])
    pair.a.apply("n", [added(Person(new_id(), pair.case.id, Role.OTHER_ADULT, "kummi", "Kuura"))])
    assert [f.area for f in pair.searches[0].find(Sought("ku"), 1)] == [Area.CASES, Area.PEOPLE, Area.TASKS]
    assert pair.words(Sought("ku", areas=(Area.TASKS, Area.CASES))) == ["Kuusi", "Kuusenkävyt"]


def test_what_was_picked_is_found_in_every_language_and_never_by_its_key(pair):
    order = Commission(new_id(), pair.case.id, unit="family-social-work", return_rule="oma sopimus § 4")
    pair.a.apply("n", [added(order)])

    def found(typed: str) -> int:
        return len(pair.searches[1].find(Sought(typed, areas=(Area.COMMISSIONS,)), 9))

    for typed in ("perhesos", "socialt arbete fam", "family social work", "oma sop"):
        assert found(typed) == 1, typed
    assert found("family-social-work nothing") == found("open-care") == found("avohuol") == 0
    changed = replace(order, unit="open-care", legal_context="custody-dispute")
    pair.a.apply("n", [Change(order, changed)])
    assert found("perhesos") == 0
    assert found("avohuollon") == found("vårdnadstv") == 1


def one_of_each(pair):
    """Things with a word `kiiltomato` each, and where they are found."""
    m, case = pair.meeting.id, pair.case.id
    text = Statement(new_id(), case, new_id(), 1, "fi", "mim", A_DAY)
    return {
        Area.CASES: (Case(new_id(), "x", IDS[0], note="kiiltomato"),),
        Area.PEOPLE: (Person(new_id(), case, Role.OTHER_ADULT, "kummi", note="kiiltomato"),),
        Area.COMMISSIONS: (
            Commission(new_id(), case, questions=("Miten?", "Onko kiiltomato?")),
            Commission(new_id(), case, sources=(Source("kiiltomatosta"),)),
        ),
        Area.CONSENTS: (
            Consent(new_id(), case, pair.adult.id, Purpose.FILMING, date(2026, 1, 2), explained_by="kiiltomato"),
        ),
        Area.MEETINGS: (
            replace(meeting(case, pair.adult.id, pair.child.id, IDS[:2]), place="kiiltomato"),
            Talk(new_id(), m, pair.adult.id, A_DAY, answers=(Answer("day", "kiiltomatopäivä"),)),
            MeetingNote(new_id(), m, NoteOf.SAID, A_DAY, IDS[0], "kiiltomato oli siellä", pair.child.id),
        ),
        Area.FEEDBACK: (
            talk := FeedbackTalk(new_id(), case, pair.adult.id, question="Mitä kiiltomato teki?"),
            ClipWords(new_id(), talk.id, new_id(), words="Se oli kiiltomato"),
        ),
        Area.STATEMENTS: (
            text,
            Paragraph(new_id(), text.id, "a", "a", (Run("kiilto"), Run("mato", bold=True))),
        ),
        Area.TASKS: (OwnTask(new_id(), IDS[0], "x", materials="kiiltomato"),),
    }


def test_all_that_holds_words_is_found_in_its_group(pair):
    wanted = one_of_each(pair)
    pair.a.apply("n", [added(e) for entities in wanted.values() for e in entities])
    for area, entities in wanted.items():
        found = pair.searches[1].find(Sought("kiiltomato", areas=(area,)), 9)
        assert {(f.kind, f.id) for f in found} == {(type(e), e.id) for e in entities if type(e) is not Statement}, area
        in_case = "" if area == Area.TASKS else entities[0].id if area == Area.CASES else pair.case.id
        assert {f.case_id for f in found} == {in_case}
    (talk,) = (f for f in pair.searches[0].find(Sought("kiiltomatop"), 9))
    assert (talk.meeting_id, talk.person_id) == (pair.meeting.id, pair.adult.id)


def test_a_meeting_is_found_by_its_day(pair):
    held = datetime(2031, 2, 3, 12, tzinfo=UTC)
    made = replace(meeting(pair.case.id, pair.adult.id, pair.child.id, IDS[:2]), held=held)
    pair.a.apply("n", [added(made)])
    assert [f.id for f in pair.searches[0].find(Sought("3.2.2031"), 9)] == [made.id]


def test_what_is_gone_or_has_other_words_is_found_no_more(pair):
    person = Person(new_id(), pair.case.id, Role.SIBLING, "sisko", "Keksitty")
    pair.a.apply("n", [added(person)])
    renamed = replace(person, name="Toinen")
    pair.a.apply("n", [Change(person, renamed)])
    assert pair.words("keksitty") == []
    assert pair.words("toinen") == ["sisko · Toinen"]
    pair.a.apply("n", [removed(renamed)])
    assert pair.words("toinen") == pair.words("sisko") == []


def test_a_step_that_fails_changes_nothing(pair):
    before = pair.words("kuusi")
    with pytest.raises(Exception, match=r"stale|"):
        pair.a.apply("n", [Change(replace(pair.case, note="x"), replace(pair.case, code_name="Mänty"))])
    assert (pair.words("kuusi"), pair.words("mänty")) == (before, [])


def test_those_who_are_kept_apart_carry_it_and_can_be_left_out(pair):
    father = Person(new_id(), pair.case.id, Role.BIRTH_PARENT, "isä")
    pair.a.apply("n", [added(father)])
    met = replace(meeting(pair.case.id, father.id, pair.child.id, IDS[:2]), place="Satama")
    pair.a.apply("n", [added(met)])
    assert [f.kept_apart for f in pair.searches[0].find(Sought("satama"), 9)] == [False]
    apart = replace(pair.case, keep_apart=True)
    pair.a.apply("n", [Change(pair.case, apart)])
    assert [(f.person_id, f.kept_apart) for f in pair.searches[0].find(Sought("satama"), 9)] == [(father.id, True)]
    assert pair.words(Sought("satama", beside=pair.adult.id)) == []
    assert pair.words(Sought("isä", beside=pair.adult.id)) == []
    assert len(pair.words(Sought("satama", beside=father.id))) == 1
    assert pair.words(Sought("lapsi", beside=pair.adult.id)) == ["lapsi"]
    pair.a.apply("n", [Change(met, moved := replace(met, adult_id=pair.adult.id))])
    assert len(pair.words(Sought("satama", beside=pair.adult.id))) == 1
    pair.a.apply("n", [Change(apart, pair.case), Change(moved, met)])
    assert [f.kept_apart for f in pair.searches[0].find(Sought("satama"), 9)] == [False]


def test_a_pair_that_must_not_meet_is_kept_apart_and_nobody_else(pair):
    father, aunt = (Person(new_id(), pair.case.id, Role.OTHER_ADULT, w, "Salava") for w in ("isä", "täti"))
    pair.a.apply("n", [added(father), added(aunt)])
    two = kept_apart(pair.case.id, father.id, pair.adult.id)
    pair.a.apply("n", [added(two)])
    assert {f.id: f.kept_apart for f in pair.searches[0].find(Sought("salava"), 9)} == {father.id: True, aunt.id: False}
    assert pair.words(Sought("salava", beside=pair.adult.id)) == ["täti · Salava"]
    assert len(pair.words(Sought("salava", beside=aunt.id))) == 2
    pair.a.apply("n", [removed(two)])
    assert [f.kept_apart for f in pair.searches[0].find(Sought("salava"), 9)] == [False, False]


def test_open_and_closed_cases_alone(pair):
    closed = Case(new_id(), "Kuura", IDS[0], closed=date(2026, 5, 5))
    pair.a.apply("n", [added(closed), added(OwnTask(new_id(), IDS[0], "Kuu"))])
    assert pair.words(Sought("ku", closed=True)) == ["Kuura"]
    assert pair.words(Sought("ku", closed=False)) == ["Kuusi"]


def test_nothing_crosses_the_wall(pair):
    assert pair.words("kuusi")
    assert pair.words(Sought("kuusi", side=Side.SUPERVISION)) == []


def test_what_a_worker_keeps_comes_back_to_that_one_alone(pair):
    first, second = pair.searches[:2]
    assert first.kept() == Kept()
    kept = Kept((Sought("ku", (Area.CASES,), closed=False), Sought("lap")), ((Case, pair.case.id), (Person, "gone")))
    first.keep(kept)
    assert (first.kept(), second.kept()) == (kept, Kept())


def test_things_are_found_again_by_their_ids_in_their_order(pair):
    things = ((Person, pair.child.id), (Case, pair.case.id), (Case, pair.child.id), (Case, "gone"))
    assert [f.words for f in pair.searches[1].again(things)] == ["lapsi", "Kuusi"]


# ── codings ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def coded(pair, coder, word):
    store = (pair.a, pair.b)[coder]
    head = CodingHeader(new_id(), pair.meeting.id, IDS[coder], "core", 1, "sheet", 1, covered=(Stretch(0, 1_000_000),))
    parts = (
        Observation(new_id(), head.id, "S1", "adult1", 1_000_000, note=f"{word}note"),
        Mark(new_id(), head.id, MarkKind.ASK, 5, f"{word}mark"),
        Rating(new_id(), head.id, "item", 3, f"{word}reason"),
        PrivateNote(new_id(), head.id, NoteKind.IMPRESSION, text=f"{word}private"),
    )
    store.apply("n", [added(head), *map(added, parts)])
    return head


def make_ready(store, head):
    after = replace(head, state=CodingState.READY, ready_at=datetime.now(UTC), checksum="sum")
    store.apply("ready", [Change(head, after)], act="ready")


def test_nothing_of_a_coding_is_found_before_both_are_ready_and_never_a_private_note(pair):
    heads = [coded(pair, coder, f"kaarna{letter}") for coder, letter in enumerate("ab")]
    for who in range(3):
        assert pair.words("kaarna", who) == []
    make_ready(pair.a, heads[0])
    for who in range(3):
        assert pair.words("kaarna", who) == []
    make_ready(pair.b, heads[1])
    open_to_all = {f"kaarna{letter}{kind}" for letter in "ab" for kind in ("note", "mark", "reason")}
    for who in range(3):
        assert set(pair.words("kaarna", who)) == open_to_all
        assert {f.meeting_id for f in pair.searches[who].find(Sought("kaarna"), 9)} == {pair.meeting.id}


def test_what_was_said_is_found_when_writers_are_told_and_never_its_private_words(pair):
    said = Utterance(timeless_id(), pair.meeting.id, 0, 1_000_000, text="Tule tänne [Oona] kultasirkka")
    pair.a.apply("n", [added(said)])
    assert [pair.words("kultasirkka", who) for who in range(3)] == [[], [], []]
    for coder in range(2):
        make_ready((pair.a, pair.b)[coder], coded(pair, coder, "x"))
    assert [pair.words("kultasirkka", who) for who in range(3)] == [["Tule tänne […] kultasirkka"]] * 3
    assert pair.words("oona") == []


def chosen(pair, word):
    film = recording(pair.meeting.id)
    clip = Clip(new_id(), film.id, pair.meeting.id, IDS[0], 0, 40_000, title=f"{word}title", look_at=f"{word}look")
    pair.a.apply("n", [added(film)])
    pair.a.apply("n", [added(clip)])
    return clip


def test_a_chosen_moment_is_found_by_nobody_until_both_are_ready_and_then_by_all(pair):
    clip, words = chosen(pair, "siivet"), "siivettitle · siivetlook"
    assert [pair.words("siivet", who) for who in range(3)] == [[], [], []]
    assert pair.searches[1].again(((Clip, clip.id),)) == ()
    for coder in range(2):
        make_ready((pair.a, pair.b)[coder], coded(pair, coder, "x"))
    assert [pair.words("siivet", who) for who in range(3)] == [[words]] * 3
    (found,) = pair.searches[0].find(Sought("siivet", areas=(Area.FEEDBACK,)), 9)
    assert (found.kind, found.id, found.case_id) == (Clip, clip.id, pair.case.id)
    assert (found.meeting_id, found.person_id) == (pair.meeting.id, pair.adult.id)
    pair.b.apply("n", [removed(clip)])
    assert [pair.words("siivet", who) for who in range(3)] == [[], [], []]


# ── made anew ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_index_made_anew_finds_the_same(pair):
    pair.a.apply("n", [added(e) for entities in one_of_each(pair).values() for e in entities])
    pair.a.apply("n", [Change(pair.case, replace(pair.case, keep_apart=True))])
    for coder in range(2):
        make_ready((pair.a, pair.b)[coder], coded(pair, coder, "kaarna"))
    pair.a.apply("n", [added(Utterance(timeless_id(), pair.meeting.id, 0, 1_000_000, text="kaarnavene"))])
    chosen(pair, "kaarna")

    def all_found():
        found = (f for word in ("ki", "ka", "ku", "äi", "la") for f in pair.searches[0].find(Sought(word), 99))
        return {(f.area, f.kind, f.id, f.case_id, f.meeting_id, f.person_id, f.kept_apart, f.words) for f in found}

    before, shares = all_found(), []
    assert pair.searches[0].rebuild(shares.append, lambda: False) >= len(before) > 15
    assert all_found() == before
    assert shares[-1] == 1.0
    with pytest.raises(Cancelled):
        pair.searches[0].rebuild(shares.append, lambda: True)
    assert all_found() == before


@pytest.mark.parametrize("kind", ["memory", "sqlcipher"])
def test_what_has_two_letters_is_found_by_any_of_its_words(kind, tmp_path_factory):
    pair = searched_pair(kind, tmp_path_factory.mktemp("words"))

    @settings(max_examples=40, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.text("aäåbcöü1ž -.,'Ø", min_size=1, max_size=10), max_size=3), st.data())
    def holds(parts, data):
        name = " ".join(parts)
        person = Person(new_id(), pair.case.id, Role.SIBLING, "z", name)
        pair.a.apply("n", [added(person)])
        for word in words_of(name):
            if len(word) > 1:
                cut = word[: data.draw(st.integers(2, len(word)))]
                assert person.id in {f.id for f in pair.searches[0].find(Sought(cut), 9)}, (name, cut)
        pair.a.apply("n", [removed(person)])

    holds()
    pair.end()
