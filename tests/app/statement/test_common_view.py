"""A statement tells the common view once both have confirmed it, and says so; agreement stays that of before."""

import pytest

from app.comparing.common_view.beginning import begin_common_view
from app.comparing.common_view.editor import CommonViewEditor
from app.comparing.common_view.reading import common_header
from app.door import Door
from app.model.decision import Answer, DisagreementKind, NewMark, Verdict
from app.model.instrument import Item
from app.model.scheme import Actor
from app.model.timecode import SECOND
from app.statement.beginning import begin_statement
from app.statement.evidence import offers
from app.statement.passages import passages
from tests.material.differences import differences
from tests.material.house import Home


@pytest.fixture
def home(qapp) -> Home:
    made = Home("en")
    made.compare()
    return made


def told(home: Home) -> dict[str, str]:
    statement = begin_statement(Door(home.a), home.texts, home.case_id, "en")
    rows = passages(home.a, statement)
    return {p.source: "".join(r.text for r in p.runs) or " | ".join(" ; ".join(c) for c in p.cells) for p in rows}


def decide(home: Home, *, until_confirmed: bool = True) -> CommonViewEditor:
    """All decided as A has it, but a lone event of A, which the two see differently, and one of B, which is another."""
    editors = []
    for store in (home.a, home.b):
        header = begin_common_view(Door(store), home.texts, home.meeting.id)
        editor = CommonViewEditor(store, home.texts, header)
        editors.append(editor)
        if store is home.a:
            for d in differences(editor):
                if d.kind == DisagreementKind.UNPAIRED and d.a:
                    reasons = ("She waits for the child", "she looks at the clock.")
                    assert editor.decide(d.id, Answer(Verdict.DIFFERENTLY, reasons=reasons))
                elif d.kind == DisagreementKind.UNPAIRED:
                    mark = NewMark("CS", "child1", 34 * SECOND)
                    assert editor.decide(d.id, Answer(Verdict.NEW, new_marks=(mark,)))
                else:
                    assert editor.decide(d.id, Answer(Verdict.A))
        if until_confirmed:
            assert editor.confirm()
    return editors[-1]


def test_before_both_confirm_it_the_statement_is_as_it_was(home) -> None:
    before = told(home)
    decide(home, until_confirmed=False)
    assert told(home) == before
    assert not any(key.startswith(("common/", "differently")) for key in before)


def test_it_is_told_from_the_common_view_and_says_so(home) -> None:
    before = told(home)
    editor = decide(home)
    after = told(home)
    key = home.meeting.id
    assert "common view" in after[f"times/{key}"]
    assert f"{len(editor.common.decisions)} differing points" in after[f"common/{key}"]
    assert after[f"seen/{key}/CS"].count("[00:34]") == 1
    assert f"seen/{key}/CS" not in before
    # both had the two: the middle of 5.0 and 5.4 s, and of 25.0 and 25.2 s
    assert "[00:05]" in after[f"seen/{key}/AS"]
    assert not any(source.startswith(f"lone/{key}") for source in after)
    assert "Only one" not in after[f"marks/{key}"]
    assert "In the common view:" in after[f"states-said/{key}"]


def test_agreement_is_that_of_before(home) -> None:
    before = told(home)
    decide(home)
    after = told(home)
    for source in (f"agreement/{home.meeting.id}", f"agreement-table/{home.meeting.id}"):
        assert after[source] == before[source]


def test_what_is_seen_differently_stands_with_both_reasons(home) -> None:
    decide(home)
    after = told(home)
    said = after[f"differently/{home.meeting.id}/1"]
    assert said.endswith("Aino Esimerkki: She waits for the child. Leena Malli: she looks at the clock.")
    assert f"differently/{home.meeting.id}/2" not in after
    assert "not of the family" in after[f"differently-said/{home.meeting.id}"]


def item(home: Home, actor: Actor, n: int = 0) -> Item:
    """The n-th item of the form about somebody."""
    return [i for i in home.editor().instrument.items if i.actor == actor][n]


def decide_ratings(home: Home) -> tuple[Item, Item, Item, Item]:
    """All as A has it, but an adult's and a child's item seen anew, one of each seen differently, one of neither."""
    header = begin_common_view(Door(home.a), home.texts, home.meeting.id)
    editor = CommonViewEditor(home.a, home.texts, header)
    chosen = (item(home, Actor.ADULT), item(home, Actor.ADULT, 1), item(home, Actor.CHILD), item(home, Actor.CHILD, 1))
    new, apart = {chosen[0].id, chosen[2].id}, {chosen[1].id, chosen[3].id}
    for d in differences(editor):
        if d.item in new:
            assert editor.decide(d.id, Answer(Verdict.NEW, new_value=2, reason="Seen together, she waits"))
        elif d.item in apart:
            assert editor.decide(d.id, Answer(Verdict.DIFFERENTLY, reasons=("She laughs", "He looks away.")))
        elif d.item == item(home, Actor.ADULT, 2).id:
            assert editor.decide(d.id, Answer(Verdict.NEITHER))
        else:
            assert editor.decide(d.id, Answer(Verdict.A, reason="Looked at again"))
    for store in (home.a, home.b):
        assert CommonViewEditor(store, home.texts, header).confirm()
    return chosen


def rows_of(home: Home, source: str) -> dict[str, tuple[str, ...]]:
    """The rows of a table by their first cell, and its head as an empty one."""
    statement = begin_statement(Door(home.a), home.texts, home.case_id, "en")
    (found,) = (p for p in passages(home.a, statement) if p.source == source)
    return {"": found.cells[0]} | {row[0]: row[1:] for row in found.cells[1:]}


def test_ratings_are_told_as_decided_and_differently_stays_two(home) -> None:
    new, apart, child_new, child_apart = decide_ratings(home)
    words, form = home.texts.words, home.editor().instrument
    profile = rows_of(home, f"chart/profile/{home.meeting.id}")
    assert profile[""] == ("Item", "Common view", "Aino Esimerkki", "Leena Malli", "1–5")
    assert profile[words(new.name)][:3] == ("2", "", "")
    assert profile[words(apart.name)][:3] == ("", "4", "3")
    assert words(item(home, Actor.ADULT, 2).name) not in profile, "neither: then nothing is rated"
    assert profile[words(item(home, Actor.ADULT, 3).name)][:3] == ("4", "", ""), "as A has it"
    reasons = rows_of(home, f"profile-reasons/{home.meeting.id}")
    assert reasons[words(new.name)] == ("Seen together, she waits.",)
    assert reasons[words(apart.name)] == ("Aino Esimerkki: She laughs. Leena Malli: He looks away.",)
    assert reasons[words(item(home, Actor.ADULT, 3).name)] == ("Seen. Looked at again.",)
    child = rows_of(home, f"child-ratings/{home.meeting.id}")
    assert child[""] == ("Item", "The workers' words", "Reason")
    said = {v: words(form.words_of(child_new, v)) for v in (2, 3, 4)}
    assert child[words(child_new.name)] == (said[2], "Seen together, she waits.")
    told_apart = child[words(child_apart.name)]
    assert told_apart[0] == " – ".join(words(form.words_of(child_apart, v)) for v in (4, 3))
    assert not any(c.isdigit() for row in child.values() for cell in row for c in cell), "a child is no number"


def test_before_it_is_confirmed_each_rating_is_its_workers(home) -> None:
    profile = rows_of(home, f"chart/profile/{home.meeting.id}")
    assert profile[""] == ("Item", "Aino Esimerkki", "Leena Malli", "1–5")
    assert {row[:2] for name, row in profile.items() if name} == {("4", "3")}
    assert not [s for s in told(home) if s.startswith("profile-reasons/")]


def test_agreement_of_ratings_is_that_of_before(home) -> None:
    before = told(home)
    decide_ratings(home)
    source = f"agreement-table/{home.meeting.id}"
    assert told(home)[source] == before[source]


def test_a_decided_rating_is_offered_with_the_pairs_reason(home) -> None:
    new, apart, *_ = decide_ratings(home)
    statement = begin_statement(Door(home.a), home.texts, home.case_id, "en")
    rows = [o for o in offers(home.a, statement) if o.evidence.kind == "rating"]
    common = common_header(home.a, home.meeting.id).id
    assert all(common in o.evidence.coding_ids for o in rows)

    def of(one: Item) -> list[str]:
        begins = f"{home.texts.words(one.name)}: "
        return [o.evidence.words.removeprefix(begins) for o in rows if o.evidence.words.startswith(begins)]

    form, words = home.editor().instrument, home.texts.words
    assert of(new) == [words(form.words_of(new, 2)), "Seen together, she waits"]
    assert of(apart) == [" – ".join(words(form.words_of(apart, v)) for v in (4, 3)), "She laughs", "He looks away."]


def test_its_moments_are_offered_and_cite_it(home) -> None:
    editor = decide(home)
    statement = begin_statement(Door(home.a), home.texts, home.case_id, "en")
    moments = [o.evidence for o in offers(home.a, statement) if o.evidence.kind == "observation"]
    assert {o.start for o in moments} == {5_200_000, 25_100_000, 34_000_000}
    assert all(editor.common.coding.id in o.coding_ids for o in moments)
    own = [p for p in passages(home.a, statement) if p.evidence and p.source.startswith("seen/")]
    assert all(editor.common.coding.id in e.coding_ids for p in own for e in p.evidence)


def test_taken_back_it_is_told_no_more(home) -> None:
    before = told(home)
    editor = decide(home)
    assert editor.take_back()
    assert told(home) == before
