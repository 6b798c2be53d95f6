"""*Parin laatu*: from ten meetings on, of what is open to who looks, by pairs in the order of their names."""

import re
from collections import Counter
from datetime import date

import pytest

from app.comparing.comparison import comparison
from app.comparing.quality.counting import Of, QualityKey, look_at_quality, quality_of
from app.comparing.quality.explained import quality_explained
from app.comparing.quality.gathering import gathered
from app.comparing.quality.paper import quality_paper, save_quality
from app.comparing.quality.tables import quality_views
from app.comparing.quality.words import counted_words, lacking_words, pair_name, too_few_words
from app.errors import Cancelled
from app.i18n import Texts
from app.model.coding import CodingHeader
from app.model.observation import Observation
from app.model.rating import Rating
from tests.drivers import tag_tree
from tests.material import office
from tests.material.archives import SqlArchive
from tests.material.house import Home

pytestmark = pytest.mark.long

EN = Texts("en")


def quality(store):
    return quality_of(gathered(store))


@pytest.fixture(scope="module")
def big(qapp):
    """Twelve meetings of Aino and Leena, ten of Aino and Kaisa, two of Leena and Siiri; one that Aino alone began."""
    home = Home()
    office.coded(home, 12)
    _, store = office.add_worker(home, "Kaisa Koe")
    office.coded(home, 10, (home.a, store), seed=5)
    _, siiris = office.add_worker(home, "Siiri Kokeilija")
    office.coded(home, 2, (home.b, siiris), seed=9)
    home.editor(home.a)
    return home, quality(home.a)


def test_under_ten_meetings_only_their_number_is_told(qapp) -> None:
    home = Home()
    office.coded(home, 9)
    made = quality(home.a)
    assert not made.is_enough
    assert not made.items
    assert not made.states
    assert not made.events
    assert quality_views(EN, made) == ()
    assert too_few_words(EN, made) == "Quality of pairs is told from 10 meetings on. So far there are 9."
    with pytest.raises(AssertionError, match="fewer"):
        quality_paper(EN, made, date(2026, 1, 1))


def test_what_is_not_ready_is_counted_and_not_read(big) -> None:
    home, made = big
    assert len(made.office.meetings) == 24
    assert made.office.in_progress == 1
    assert home.meeting.id not in made.office.meetings
    assert any("Left out: 1 meeting whose" in words for words in counted_words(EN, made))


@pytest.mark.parametrize("kept", ["memory", "encrypted"])
def test_what_waits_for_a_sign_in_is_left_out_and_told(kept, tmp_path, qapp) -> None:
    """Both are ready, and the one who was first has gone home: nothing of the meeting enters a figure."""
    home = Home(held=SqlArchive(tmp_path) if kept == "encrypted" else None)
    _, store = office.add_worker(home, "Kaisa Koe")
    meeting = office.filmed(home, (home.aino.id, store.me))
    office.code(home, store, meeting, office.Random(1), office.Random(1))
    (store.leave if kept == "encrypted" else store.close)()
    office.code(home, home.a, meeting, office.Random(2), office.Random(1))
    made = quality(home.a)
    assert (len(made.office.meetings), made.office.awaited, made.office.in_progress) == (0, 1, 0)
    assert any("signs in" in words for words in counted_words(EN, made))


def test_nothing_of_a_draft_is_ever_asked_for(qapp) -> None:
    """Every read is of a coding of a pair that is open."""
    home = Home()
    (open_one,) = office.coded(home, 1)
    closed = office.filmed(home, (home.aino.id, home.leena.id), 9)
    office.code(home, home.a, closed, office.Random(1), office.Random(1))
    read, find = [], home.b.find
    home.b.find = lambda kind, /, **fields: (read.append((kind, fields)), find(kind, **fields))[1]
    made = quality(home.b)
    assert made.office.meetings == {open_one.id}
    states = home.b.coding_states(open_one.id)
    own = {h.id for h in find(CodingHeader,
                              meeting_id=open_one.id)}  # fmt: skip
    asked = {fields["coding_id"] for kind, fields in read if kind in (Observation, Rating)}
    assert asked == own
    assert len(own) == len(states) == 2


def test_an_item_is_what_each_comparison_has_of_it(big) -> None:
    """Counted again from every comparison by itself."""
    home, made = big
    item = next(iter(made.items)).item
    same, pairs = Counter(), Counter()
    for meeting_id in made.office.meetings:
        found = comparison(home.a, meeting_id)
        for name, a, b in found.ratings.values:
            if name == item:
                two = tuple(sorted(found.file.meeting.coders))
                pairs[two] += 1
                same[two] += a == b
    source = next(iter(made.office.forms))
    whole = made.items[QualityKey(Of.ITEM, source, item=item)]
    assert (whole.pairs, whole.same) == (sum(pairs.values()), sum(same.values()))
    for two, n in pairs.items():
        own = made.items.get(QualityKey(Of.ITEM, source, item=item, two=two))
        assert (own is not None) == (n >= 10)
        if own is not None:
            assert (own.pairs, own.same, own.meetings) == (n, same[two], n)


def test_time_and_events_are_what_each_comparison_has_of_them(big) -> None:
    home, made = big
    units, agreed, of = 0, 0, 0
    for meeting_id in made.office.meetings:
        found = comparison(home.a, meeting_id).agreement
        units += next(r.units for r in found.time_based if r.person == "dyad" and r.group)
        row = next(e for e in found.events if e.person == "adult1" and not e.dimension)
        agreed, of = agreed + row.agreed, of + row.of
    (state,) = [x for k, x in made.states.items() if k.two is None and k.state.person == "dyad"]
    assert state.targets == units
    key = next(k for k in made.events if k.two is None and k.events.person == "adult1" and not k.events.dimension)
    assert (made.events[key].same, made.events[key].of) == (agreed, of)


def test_pairs_stand_by_name_and_one_with_few_meetings_has_no_figures(big) -> None:
    _, made = big
    for view in quality_views(EN, made):
        titles = [table.title for table in view.tables]
        assert titles[0] == "All pairs"
        assert titles[1:] == sorted(titles[1:])
        assert not any("Siiri" in title for title in titles)
        for table in view.tables:
            assert [c.name for c in table.table.columns][1] == "meetings"
            assert all(int(row[1].shown) >= 10 for row in table.table.rows)
    (few,) = lacking_words(EN, made)
    assert few.endswith("Leena Malli and Siiri Kokeilija (2).")


def test_one_pair_alone_stands_under_its_own_names(qapp) -> None:
    home = Home()
    office.coded(home, 10)
    made = quality(home.a)
    assert made.is_one_pair
    assert {table.title for view in quality_views(EN, made) for table in view.tables} == {
        "Aino Esimerkki and Leena Malli"
    }


def test_every_figure_opens_and_its_steps_lead_to_it(big) -> None:
    _, made = big
    allowing = re.compile(r"\((\d\.\d+) − (\d\.\d+)\) / \(1 − (\d\.\d+)\) = (−?\d\.\d+)")
    keys = [key for view in quality_views(EN, made) for table in view.tables for key in table.keys]
    assert len(set(keys)) == len(keys) == len(made.items) + len(made.states) + len(made.events)
    for key in keys:
        told = quality_explained(EN, made, key)
        assert told.title.endswith(pair_name(EN, made, key.two))
        assert not told.moments, "no moment of a family's film is in it"
        assert told.counts
        if key.two is not None:
            assert len(told.counts) == 1
        for value in (s.value for s in told.steps):
            if found := allowing.search(value):
                same, chance, _, kappa = (float(x.replace("−", "-")) for x in found.groups())
                assert (same - chance) / (1 - chance) == pytest.approx(kappa, abs=0.03)


def test_zero_and_what_cannot_be_computed_are_told_by_the_numbers(qapp) -> None:
    home = Home()
    for n in range(10):
        meeting = office.filmed(home, (home.aino.id, home.leena.id), n + 1)
        home.code(home.a, [("6", 0)], meeting)
        home.code(home.b, [("6", 0)], meeting)
    made = quality(home.a)
    told = quality_explained(EN, made, next(iter(made.items)))
    assert any(words.startswith("All 20 values of the two are the same, 4") for words in told.cautions)
    assert sum("not computable" in s.value for s in told.steps) == 3, "Fleiss, Krippendorff, ICC: none is 0 or 1"


def test_the_same_from_an_encrypted_archive(tmp_path, qapp) -> None:
    made = []
    for held in (None, SqlArchive(tmp_path)):
        home = Home(held=held)
        office.coded(home, 1)
        found = gathered(home.b)
        (form,), (scheme,) = found.forms.values(), found.schemes.values()
        made.append(
            (
                len(found.meetings),
                {item: sorted(v for t in targets for _, v in t.values) for item, targets in form.items.items()},
                {k: sum(t.times for t in targets) for k, targets in scheme.states.items()},
                {k: len(tables) for k, tables in scheme.events.items()},
            )
        )
    assert made[0] == made[1]
    assert made[0][0] == 1


def test_it_can_be_stopped_and_who_looked_is_logged(big) -> None:
    home, _ = big
    with pytest.raises(Cancelled):
        look_at_quality(home.a, lambda _: None, lambda: True)
    told: list[float] = []
    before = len(home.a.audit_log())
    look_at_quality(home.a, told.append, lambda: False)
    assert told == sorted(told)
    assert told[-1] == 1.0
    (row,) = home.a.audit_log()[before:]
    assert (row.act, row.object_kind, row.object_id) == ("view", "worker", home.aino.id)
    assert row.detail == "pair-quality=24"


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_paper_has_every_figure_and_nothing_of_a_family(big, tmp_path, language) -> None:
    home, made = big
    t, path = Texts(language), tmp_path / "quality.pdf"
    save_quality(home.a, t, made, path)
    read = " ".join(tag_tree.read(path.read_bytes()).tree.text().split())
    for view in quality_views(t, made):
        assert all(table.title in read for table in view.tables)
        assert all(" ".join(row[-1].shown.split()) in read for row in view.tables[-1].table.rows)
    assert "Star 14" not in read
    assert not any(meeting_id in read for meeting_id in made.office.meetings)
