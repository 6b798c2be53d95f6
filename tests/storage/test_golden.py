"""The archives that other tests begin with are what they say: opened by their workers, whole, and each its own copy."""

import pytest

from app.model.coding import CodingHeader
from app.model.meeting import Meeting
from app.model.observation import Observation
from app.model.people import Worker
from app.model.recording import Recording
from app.model.statement import Statement
from app.statement.editor import StatementEditor
from app.statement.final import pages_of
from tests.material.golden import AINO, LEENA, STATES, TEXTS, golden, opened

#: workers, films, coding states that each sees of its own or both, statements that are final
HOLDS = {
    "empty": (1, 0, {}, []),
    "case": (2, 1, {}, []),
    "drafts": (2, 1, {AINO: ["draft"], LEENA: ["draft"]}, []),
    "ready": (2, 1, {AINO: ["ready", "ready"], LEENA: ["ready", "ready"]}, []),
    "final": (2, 1, {AINO: ["ready", "ready"], LEENA: ["ready", "ready"]}, [True]),
}


@pytest.mark.parametrize("state", STATES)
def test_an_archive_holds_what_its_state_says(qapp, tmp_path, state) -> None:
    folder = golden(state, tmp_path / "archive")
    workers, films, codings, finals = HOLDS[state]
    for name in (AINO, LEENA)[:workers]:
        with opened(folder, name) as archive:
            store = archive.store
            assert len(store.find(Worker)) == workers
            assert len(store.find(Recording)) == films
            assert [str(h.state) for h in store.find(CodingHeader)] == codings.get(name, [])
            assert [s.is_final for s in store.find(Statement)] == finals
            assert archive.archive.verify(lambda _: None, lambda: False) == ()


def test_a_draft_is_its_coders_alone_until_both_are_ready(qapp, tmp_path) -> None:
    seen = {}
    for state in ("drafts", "ready"):
        folder = golden(state, tmp_path / state)
        for name in (AINO, LEENA):
            with opened(folder, name) as archive:
                coders = {h.id: h.coder for h in archive.store.find(CodingHeader)}
                seen[state, name] = {coders[o.coding_id] for o in archive.store.find(Observation)}
                assert archive.store.me in seen[state, name]
    assert {len(coders) for (state, _), coders in seen.items() if state == "drafts"} == {1}
    assert {len(coders) for (state, _), coders in seen.items() if state == "ready"} == {2}


def test_the_final_pages_are_those_that_were_kept(qapp, tmp_path) -> None:
    with opened(golden("final", tmp_path / "archive")) as archive:
        (statement,) = archive.store.find(Statement)
        kept = StatementEditor(archive.store, TEXTS, statement.id).kept()
        assert kept is not None
        assert pages_of(archive.media, kept).startswith(b"%PDF")


def test_a_copy_may_be_changed_and_the_next_one_is_as_it_was_made(qapp, tmp_path) -> None:
    with opened(golden("case", tmp_path / "one")) as archive:
        (meeting,) = archive.store.find(Meeting)
    (tmp_path / "one" / "archive.db").write_bytes(b"")
    with opened(golden("case", tmp_path / "two")) as archive:
        assert archive.store.find(Meeting) == (meeting,)
