"""Closing a case: what its checklist finds, that gaps need a reason, and that it can be opened again."""

from dataclasses import replace
from datetime import date

import pytest

from app.casework.case_editor import CaseEditor
from app.casework.case_file import case_file
from app.casework.closing import Step, checklist, close, mark, reopen
from app.casework.holds import end_hold, set_hold
from app.casework.retention import set_case_rule
from app.door import Door
from app.errors import NotAllowed
from app.i18n import Texts
from app.model.change import added
from app.model.people import Case
from app.model.private_note import NoteKind, PrivateNote
from app.model.request import Request, RequestKind
from app.model.retention import CaseRule, Material, Since
from app.model.statement import Statement, StatementStage
from tests.material.builders import recording
from tests.material.house import Home, opened

DAY = date(2026, 12, 1)


@pytest.fixture
def home(qapp) -> Home:
    return Home()


def left(home, store=None) -> set[Step]:
    store = store or home.a
    return {c.step for c in checklist(store, case_file(store, home.case_id), DAY) if not c.done}


def test_what_is_left_is_found(home) -> None:
    assert left(home) == {Step.STATEMENT, Step.RETURNED, Step.CHILD_TOLD}
    editor = home.editor()
    assert Step.CODINGS in left(home)
    home.a.apply("n", [added(PrivateNote("n", editor.coding.header.id, NoteKind.IMPRESSION, text="oma"))])
    (found,) = [c for c in checklist(home.a, case_file(home.a, home.case_id), DAY) if c.step == Step.NOTES]
    assert (found.done, found.meeting_id) == (False, home.meeting.id)
    assert Step.NOTES not in left(home, home.b)  # nobody sees another's
    hold = set_hold(Door(home.a), Texts("fi"), home.case_id, DAY, "valitus")
    assert Step.HOLDS in left(home)
    end_hold(Door(home.a), Texts("fi"), hold, DAY)
    assert Step.HOLDS not in left(home)
    asked = Request("r", home.case_id, RequestKind.FILM, DAY, DAY, asked_by="isä")
    home.a.apply("r", [added(asked)])
    assert Step.REQUESTS in left(home)


def test_a_film_that_waits_for_its_erasing_is_left(home) -> None:
    film = recording(home.meeting.id)
    home.a.apply("film", [added(film)])
    assert Step.FILMS not in left(home)
    set_case_rule(Door(home.a), Texts("fi"), CaseRule("", home.case_id, Material.FILMS, Since.CLOSED, 0, "sopimus"))
    close(Door(home.a), Texts("fi"), case_file(home.a, home.case_id), DAY, "syy")
    assert Step.FILMS in left(home)


def test_the_editor_of_a_case_neither_closes_nor_opens_it(home) -> None:
    editor, said = CaseEditor(home.a, Texts("fi"), home.case_id), []
    editor.refused.connect(said.append)
    assert not editor.edit(editor.file.case, closed=DAY)
    close(Door(home.a), Texts("fi"), editor.file, DAY, "syy")
    editor.reread()
    assert not editor.edit(editor.file.case, closed=None)
    assert not editor.edit(editor.file.case, closed_despite="muu")
    assert [e.key for e in said] == ["closed-by-checklist"] * 3
    assert home.a.get(Case, home.case_id).closed_despite == "syy"
    assert editor.edit(editor.file.case, note="muu asia")


def test_undo_does_not_reach_behind_a_closing(qapp) -> None:
    with opened(Home()) as room:
        space, case_id = room.space, room.home.case_id
        editor = space.editor("case", lambda: CaseEditor(space.store, space.texts, case_id))
        editor.edit(editor.file.case, note="ensin")
        close(space.door, space.texts, editor.file, DAY, "syy")
        assert not editor.undo()
        case = space.store.get(Case, case_id)
        assert (case.note, case.closed) == ("ensin", DAY)


def test_both_are_in_the_access_log(home) -> None:
    door, t = Door(home.a), Texts("fi")
    close(door, t, case_file(home.a, home.case_id), DAY, "syy")
    reopen(door, t, home.a.get(Case, home.case_id))
    assert [e.act for e in home.a.audit_log(home.case_id)][-2:] == ["case-closed", "case-reopened"]
    assert not any("syy" in e.detail for e in home.a.audit_log(home.case_id))


def test_with_gaps_it_needs_a_reason_and_can_be_opened_again(home) -> None:
    door, t = Door(home.a), Texts("fi")
    with pytest.raises(NotAllowed, match="closing-needs-reason"):
        close(door, t, case_file(home.a, home.case_id), DAY, "  ")
    assert home.a.get(Case, home.case_id).closed is None
    close(door, t, case_file(home.a, home.case_id), DAY, " perhe muutti ")
    case = home.a.get(Case, home.case_id)
    assert (case.closed, case.closed_despite) == (DAY, "perhe muutti")
    reopen(door, t, case)
    case = home.a.get(Case, home.case_id)
    assert (case.closed, case.closed_despite) == (None, "")


def test_without_gaps_it_needs_none(home) -> None:
    door, t = Door(home.a), Texts("fi")
    made = Statement("s", home.case_id, "series", 1, "fi", "mim", home.meeting.held, stage=StatementStage.FINAL)
    home.held.entities = {**home.held.entities, made.id: made}
    for step in (Step.CHILD_TOLD, Step.RETURNED):
        mark(door, t, home.a.get(Case, home.case_id), step, DAY)
    assert left(home) == set()
    mark(door, t, home.a.get(Case, home.case_id), Step.RETURNED, None)
    assert left(home) == {Step.RETURNED}
    mark(door, t, home.a.get(Case, home.case_id), Step.RETURNED, DAY)
    close(door, t, case_file(home.a, home.case_id), DAY, "turha")
    assert home.a.get(Case, home.case_id).closed_despite == ""
    draft = replace(made, id="d", version=2, stage=StatementStage.DRAFT)
    home.held.entities = {**home.held.entities, draft.id: draft}
    assert left(home) == {Step.DRAFTS}
