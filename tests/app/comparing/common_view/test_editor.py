"""The pair decides, confirms, takes back: every step is in the archive, and a random walk ends in a whole view."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.comparing.common_view.beginning import begin_common_view
from app.comparing.common_view.deciding import brought
from app.comparing.common_view.editor import CommonViewEditor
from app.comparing.common_view.laying_out import laid_out
from app.comparing.common_view.reading import common_header, read_common
from app.comparing.comparison import comparison
from app.comparing.walk import Filter, Progress, next_open, place_to_go_on, progress
from app.door import Door
from app.errors import AppError, NotAllowed
from app.model.coding import CodingHeader, CodingKind, CodingState
from app.model.decision import Answer, Decision, DisagreementKind, NewMark, Verdict, is_settled, verdicts_of
from app.model.meeting import Stretch
from app.model.observation import Observation
from app.model.rating import Rating
from app.statistics.agreement import AgreementSettings
from tests.material.archives import SqlArchive
from tests.material.differences import differences
from tests.material.house import Home, QuietArchive


@pytest.fixture
def home(qapp) -> Home:
    made = Home()
    made.compare()
    return made


def opened(home: Home, store=None, **more) -> CommonViewEditor:
    store = store or home.a
    header = begin_common_view(Door(store), home.texts, home.meeting.id, **more)
    editor = CommonViewEditor(store, home.texts, header)
    editor.refusals = []
    editor.refused.connect(editor.refusals.append)
    return editor


def decide(editor: CommonViewEditor, d: Decision, verdict: Verdict, word: str = "seen together") -> bool:
    """One decision with all that belongs to it."""
    if verdict == Verdict.NEW and d.kind == DisagreementKind.RATING:
        return editor.decide(d.id, Answer(verdict, new_value=3, reason=word))
    if verdict == Verdict.NEW:
        state = d.kind == DisagreementKind.STATE
        code = "DS3" if state else ("AS" if d.person == "adult1" else "CE")
        start = d.start or 0
        return editor.decide(
            d.id, Answer(verdict, new_marks=(NewMark(code, d.person, start, d.end if state else None),))
        )
    if verdict == Verdict.DIFFERENTLY:
        return editor.decide(d.id, Answer(verdict, reasons=(word, "Leena: otherwise")))
    return editor.decide(d.id, Answer(verdict, reason=word))


def decide_all(editor: CommonViewEditor) -> None:
    for d in differences(editor):
        assert decide(editor, d, Verdict.A)


def is_whole(editor: CommonViewEditor, store) -> None:
    """What is held is what is in the archive, and follows from the decisions alone; each part has its origin."""
    common = editor.common
    assert read_common(store, common.header) == common
    parts = {**common.coding.observations, **common.coding.ratings}
    assert {o.part_id for o in common.origins.values()} == set(parts)
    assert all(editor.common.origin_of(key) is not None for key in parts)
    laid = laid_out(editor.compared, common.coding.id)
    assert {d.opened for d in common.decisions.values()} == set(laid.differences)
    wanted = [*laid.agreed, *(p for d in common.decisions.values() for p in brought(editor.compared, d))]
    assert {p.thing.id: p.thing for p in wanted} == parts
    assert {p.origin.id: p.origin for p in wanted} == dict(common.origins)


def test_it_begins_with_what_both_agree_on_and_the_whole_list(home) -> None:
    editor = opened(home)
    is_whole(editor, home.a)
    starts = {o.code: o.start for o in editor.common.coding.observations.values() if o.end is None}
    assert starts["AS"] in (5_200_000, 25_100_000)
    assert {editor.common.origin_of(o.id).came for o in editor.common.coding.observations.values()} == {"both"}
    assert progress(editor.common.decisions.values()) == Progress(0, len(editor.common.decisions))
    kinds = {d.kind for d in differences(editor)}
    assert kinds == {DisagreementKind.RATING, DisagreementKind.STATE, DisagreementKind.UNPAIRED}
    header = common_header(home.b, home.meeting.id)
    assert header == editor.common.header
    assert (header.kind, header.state) == (CodingKind.COMMON_VIEW, CodingState.DRAFT)


def test_the_other_goes_on_with_the_same_one(home) -> None:
    first = opened(home)
    decide(first, differences(first)[0], Verdict.B)
    second = opened(home, home.b)
    assert second.common == first.common
    assert place_to_go_on(differences(second)) == differences(second)[1]


def test_nothing_begins_before_both_are_ready(qapp) -> None:
    home = Home()
    home.code(home.a, [("q", 5)])
    for store in (home.a, home.b):
        with pytest.raises(NotAllowed):
            begin_common_view(Door(store), home.texts, home.meeting.id)
        assert common_header(store, home.meeting.id) is None


def test_the_tolerances_it_was_begun_with_stay(home) -> None:
    wide = AgreementSettings(state_tolerance=5_000_000, point_tolerance=5_000_000)
    editor = opened(home, settings=wide)
    assert opened(home, home.b).compared.agreement.settings == wide == editor.compared.agreement.settings


@pytest.mark.parametrize("verdict", list(Verdict)[1:])
def test_each_verdict_brings_its_own_and_is_undone_by_one_step(home, verdict) -> None:
    editor = opened(home)
    before = editor.common
    for d in differences(editor):
        if verdict not in verdicts_of(d):
            assert not editor.decide(d.id, Answer(verdict))
            assert editor.common == before
            continue
        assert decide(editor, d, verdict)
        made = editor.common.decisions[d.id]
        assert (made.verdict, made.decided_by) == (verdict, home.aino.id)
        assert made.decided_at == editor.common.decisions[d.id].decided_at
        is_whole(editor, home.a)
        after = editor.common
        assert editor.undo()
        assert editor.common == before
        assert editor.redo()
        assert editor.common == after
        assert editor.undo()
    assert {e.key for e in editor.refusals} <= {"decision-not-possible"}


def test_deciding_again_replaces(home) -> None:
    editor = opened(home)
    d = next(x for x in differences(editor) if x.kind == DisagreementKind.UNPAIRED)
    count = len(editor.common.coding.observations)
    has = Verdict.A if d.a else Verdict.B
    hasnt = Verdict.B if d.a else Verdict.A
    decide(editor, d, has)
    assert len(editor.common.coding.observations) == count + 1
    decide(editor, d, hasnt)
    assert len(editor.common.coding.observations) == count
    assert len(home.a.find(Decision, coding_id=editor.common.coding.id)) == len(editor.common.decisions)
    assert decide(editor, d, hasnt)  # the same once more is no step
    assert editor.stack.count() == 2
    assert editor.reopen(d.id)
    assert editor.common.decisions[d.id] == d


def test_what_was_decided_can_be_changed_when_less_can_be_seen_since(home) -> None:
    """A film was erased, and with it time that both could code: what goes is what is held, not what would come now."""
    editor = opened(home)
    d = next(x for x in differences(editor) if x.kind == DisagreementKind.STATE)
    count = len(editor.common.coding.observations)
    assert decide(editor, d, Verdict.A)
    a = editor.compared.a
    shorter = replace(a.header, covered=(Stretch(0, d.start + 1_000_000),))
    editor.compared = replace(editor.compared, a=replace(a, header=shorter))
    assert editor.reopen(d.id)
    assert len(editor.common.coding.observations) == len(editor.common.origins) - len(editor.common.coding.ratings)
    assert len(editor.common.coding.observations) == count
    assert read_common(home.a, editor.common.header) == editor.common


def test_undo_brings_the_partners_decision_back_as_it_was(home) -> None:
    """Nobody writes under another's name, but what was replaced comes back whole, also some steps later."""
    theirs = opened(home, home.b)
    first = differences(theirs)[0]
    decide(theirs, first, Verdict.B, "Leena's word")
    mine = opened(home)
    held = mine.common.decisions[first.id]
    for verdict in (Verdict.A, Verdict.NEW, Verdict.DIFFERENTLY):
        assert decide(mine, first, verdict)
    for _ in range(3):
        assert mine.undo()
    assert mine.common.decisions[first.id] == held
    assert held.decided_by == home.leena.id


def test_nothing_is_written_under_anothers_name(home) -> None:
    from app.model.change import Change

    editor = opened(home)
    d = differences(editor)[0]
    forged = replace(d, verdict=Verdict.A, decided_by=home.leena.id, decided_at=editor.saved_at or home.meeting.held)
    with pytest.raises(NotAllowed) as told:
        home.a.apply("x", [Change(d, forged)])
    assert told.value.key == "decision-of-another"


def test_a_state_is_decided_piece_by_piece(home) -> None:
    editor = opened(home)
    d = next(x for x in differences(editor) if x.kind == DisagreementKind.STATE)
    middle = (d.start + d.end) // 2
    pieces = (NewMark(d.b, "dyad", d.start, middle), NewMark(d.a, "dyad", middle, d.end))
    assert editor.decide(d.id, Answer(Verdict.NEW, new_marks=pieces))
    is_whole(editor, home.a)
    for wrong in (
        pieces[:1],  # one of the group is always on
        pieces[::-1],
        (NewMark("AS", "dyad", d.start, d.end),),
        (NewMark("RC1", "dyad", d.start, d.end),),
        (NewMark(d.a, "dyad", d.start - 1, d.end),),
        (NewMark(d.a, "child1", d.start, d.end),),
    ):
        assert not editor.decide(d.id, Answer(Verdict.NEW, new_marks=wrong))
    assert not editor.decide(d.id, Answer(Verdict.NEITHER))
    assert {e.key for e in editor.refusals} == {"decision-not-possible"}


def test_a_new_mark_where_one_could_not_code_is_refused_by_its_own_sentence(qapp) -> None:
    home = Home()
    home.code(home.a, [("6", 0), ("q", 5), ("0", 40), ("6", 50)])
    home.code(home.b, [("6", 0), ("h", 20)])
    editor = opened(home)
    d = next(x for x in differences(editor) if x.kind == DisagreementKind.UNPAIRED)
    code = d.a or d.b
    assert not editor.decide(d.id, Answer(Verdict.NEW, new_marks=(NewMark(code, d.person, 45_000_000),)))
    assert [e.key for e in editor.refusals] == ["new-not-codable"]
    assert editor.common.decisions[d.id].is_open
    assert editor.decide(d.id, Answer(Verdict.NEW, new_marks=(NewMark(code, d.person, 39_999_999),)))
    is_whole(editor, home.a)


def test_a_new_value_lies_on_the_scale(home) -> None:
    editor = opened(home)
    d = next(x for x in differences(editor) if x.kind == DisagreementKind.RATING)
    assert not editor.decide(d.id, Answer(Verdict.NEW, new_value=9, reason="x"))
    assert editor.decide(d.id, Answer(Verdict.NEW, new_value=None, reason="no occasion, we agreed"))
    assert progress(editor.common.decisions.values()).settled == 1
    assert editor.decide(d.id, Answer(Verdict.NEW, new_value=2))
    assert progress(editor.common.decisions.values()).settled == 0, "a new value needs its reason"


def test_differently_needs_both_reasons(home) -> None:
    editor = opened(home)
    d = differences(editor)[0]
    for reasons in (("", ""), ("mine", " "), ("", "hers")):
        assert editor.decide(d.id, Answer(Verdict.DIFFERENTLY, reasons=reasons))
        assert not is_settled(editor.common.decisions[d.id])
    assert editor.decide(d.id, Answer(Verdict.DIFFERENTLY, reasons=("mine", "hers")))
    assert is_settled(editor.common.decisions[d.id])


# confirming


def to_confirm(editor: CommonViewEditor) -> tuple[str, ...]:
    """The coders who have not confirmed it."""
    return tuple(c for c in editor.coders if not editor.common.view.is_confirmed_by(c))


def confirm_beside(editor: CommonViewEditor, archive: QuietArchive, worker_id: str, passphrase: str) -> None:
    """As the screen does: the archive writes it, and the editor hears of it by the door."""
    words, changes = editor.partners_confirmation(worker_id)
    archive.confirm_beside(worker_id, passphrase, words, changes)
    editor.hear(changes)


def test_both_confirm_and_then_nothing_changes(home) -> None:
    editor, archive = opened(home), QuietArchive()
    archive.stores, archive.secrets = {home.leena.id: home.b}, {home.leena.id: "leenan lause"}
    assert not editor.confirm()
    assert [e.key for e in editor.refusals] == ["not-all-decided"]
    decide_all(editor)
    assert editor.can_confirm(home.aino.id)
    assert editor.confirm()
    assert to_confirm(editor) == (home.leena.id,)
    assert not editor.common.is_fixed
    with pytest.raises(AppError):
        confirm_beside(editor, archive, home.leena.id, "väärä")
    assert to_confirm(editor) == (home.leena.id,)
    confirm_beside(editor, archive, home.leena.id, "leenan lause")
    assert editor.common.is_fixed
    assert editor.common.header.checksum == read_common(home.b, editor.common.header).checksum()
    assert home.b.get(CodingHeader, editor.common.coding.id) == editor.common.header
    acts = [e.act for e in home.a.audit_log(editor.common.coding.id)]
    assert acts.count("confirmed") == 2


def confirmed(home: Home) -> CommonViewEditor:
    editor = opened(home)
    decide_all(editor)
    assert editor.confirm()
    other = opened(home, home.b)
    assert other.confirm()
    return other


def test_a_change_of_any_decision_makes_both_confirmations_fall(home) -> None:
    editor = confirmed(home)
    assert editor.common.is_fixed
    d = differences(editor)[0]
    assert decide(editor, d, Verdict.B)
    assert not editor.common.is_fixed
    assert editor.common.view.confirmations == ()
    assert to_confirm(editor) == editor.coders
    is_whole(editor, home.b)
    assert editor.undo()
    assert editor.common.view.confirmations == (), "they come back by no undo"
    is_whole(editor, home.b)


def test_a_confirmation_is_taken_back_by_who_gave_it(home) -> None:
    editor = confirmed(home)
    assert editor.take_back()
    assert not editor.common.is_fixed
    assert to_confirm(editor) == (home.leena.id,)
    assert [e.act for e in home.a.audit_log(editor.common.coding.id)][-1] == "confirmation-taken-back"
    assert editor.confirm()
    assert editor.common.is_fixed


def test_another_screen_hears_of_it(home) -> None:
    one, other = opened(home), opened(home)
    one.changed.connect(other.hear)
    decide(one, differences(one)[0], Verdict.A)
    assert other.common == one.common


def test_the_originals_stay_as_they_are(home) -> None:
    before = comparison(home.a, home.meeting.id)
    confirmed(home)
    after = comparison(home.a, home.meeting.id)
    assert (after.a, after.b, after.agreement, after.ratings) == (before.a, before.b, before.agreement, before.ratings)


# the walk


def test_the_walk_is_filtered_and_goes_around(home) -> None:
    editor = opened(home)
    rows = differences(editor)
    assert rows == tuple(sorted(rows, key=lambda d: -d.weight))
    states = differences(editor, Filter(kind=DisagreementKind.STATE))
    assert {d.kind for d in states} == {DisagreementKind.STATE}
    adults = differences(editor, Filter(person="adult1"))
    assert adults
    assert set(adults) < set(rows)
    assert differences(editor, Filter(settled=True)) == ()
    decide(editor, rows[1], Verdict.A)
    assert differences(editor, Filter(settled=True)) == (editor.common.decisions[rows[1].id],)
    rows = differences(editor)
    assert next_open(rows, rows[0].id) == rows[2]
    assert next_open(rows, rows[2].id, backward=True) == rows[0]
    assert next_open(rows, rows[-1].id) == rows[0]
    assert place_to_go_on(rows) == rows[2]
    task = differences(editor, Filter(task=1))
    assert all(d.start is not None for d in task)
    assert {d.id for d in task} < {d.id for d in rows}


def test_events_and_ratings_of_both_are_counted_once(home) -> None:
    editor = confirmed(home)
    held = home.a.find(Observation, coding_id=editor.common.coding.id)
    assert len(held) == len({o.id for o in held})
    rated = home.a.find(Rating, coding_id=editor.common.coding.id)
    assert len(rated) == len({r.item for r in rated})


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["decide", "decide", "decide", "undo", "redo", "reopen", "confirm", "back", "other"]),
        st.integers(0, 40),
        st.sampled_from(list(Verdict)[1:]),
    ),
    max_size=14,
)


@given(STEPS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_random_walk_always_ends_in_a_whole_common_view(qapp, steps) -> None:
    """Also one that goes on as the partner, and whatever was refused on the way."""
    home = Home()
    home.compare()
    walk(home, steps)


def test_a_walk_in_an_encrypted_archive(qapp, tmp_path) -> None:
    held = SqlArchive(tmp_path)
    home = Home(held=held)
    home.compare()
    kinds = ["decide", "undo", "redo", "other", "decide", "reopen", "undo"]
    steps = [(kinds[n % 7], n * 5, list(Verdict)[1 + n % 6]) for n in range(20)]
    walk(home, steps)
    held.close()


def walk(home: Home, steps) -> None:
    store, editor = home.a, opened(home)
    for what, place, verdict in steps:
        d = differences(editor)[place % len(editor.common.decisions)]
        if what == "decide":
            decide(editor, d, verdict, f"w{place}")
        elif what == "reopen":
            editor.reopen(d.id)
        elif what == "other":
            store = home.b if store is home.a else home.a
            editor = opened(home, store)
        elif what == "confirm":
            editor.confirm()
        elif what == "back":
            editor.take_back()
        else:
            getattr(editor, what)()
        is_whole(editor, store)
    for d in differences(editor):
        if not is_settled(d):
            assert decide(editor, d, Verdict.A)
    assert editor.confirm() or editor.common.view.is_confirmed_by(editor.worker_id)
    other = opened(home, home.b if store is home.a else home.a)
    assert other.confirm() or other.common.view.is_confirmed_by(other.worker_id)
    assert other.common.is_fixed
    is_whole(other, store)
