"""A statement tells the common view once both have confirmed it, and says so; agreement stays that of before."""

import pytest

from app.comparing.common_view.beginning import begin_common_view
from app.comparing.common_view.editor import CommonViewEditor
from app.door import Door
from app.model.decision import DisagreementKind, NewMark, Verdict
from app.model.timecode import SECOND
from app.statement.editor import begin_statement
from app.statement.evidence import offers
from app.statement.passages import passages
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
            for d in editor.decisions():
                if d.kind == DisagreementKind.UNPAIRED and d.a:
                    reasons = ("She waits for the child", "she looks at the clock.")
                    assert editor.decide(d.id, Verdict.DIFFERENTLY, reasons=reasons)
                elif d.kind == DisagreementKind.UNPAIRED:
                    mark = NewMark("CS", "child1", 34 * SECOND)
                    assert editor.decide(d.id, Verdict.NEW, new_marks=(mark,))
                else:
                    assert editor.decide(d.id, Verdict.A)
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
    assert f"{editor.progress.of} differing points" in after[f"common/{key}"]
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
