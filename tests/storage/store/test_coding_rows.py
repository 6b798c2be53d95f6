"""Where a coding's rows lie is known in one module of the store; and a step over both sides of it is one step."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest

import storage.store
from app.errors import StaleChange
from app.model.change import Change, added
from app.model.coding import CodingHeader
from app.model.identity import new_id
from app.model.meeting import Segment
from app.model.observation import Bookmark, Mark, Observation
from app.model.people import Case
from app.model.private_note import PrivateNote
from app.model.rating import Rating
from storage.store.coding_rows import CODED, belongs, coding_of
from storage.store.kinds import KINDS
from tests.material.archives import Pair, SqlArchive

STORE = Path(storage.store.__path__[0])
#: the list of everything that is kept names them, one module knows where they lie, and one who may read them there
KNOW = {"kinds.py", "coding_rows.py", "reading_rules.py"}
PARTS = {kind.__name__ for kind in (Observation, Mark, Rating, Bookmark, PrivateNote)}


def told(path: Path) -> set[str]:
    """What in a module would know where a coding's rows lie: its parts' classes, its tables, their column."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            found |= PARTS & {alias.name for alias in node.names}
        elif isinstance(node, ast.Attribute) and node.attr == "coding_id" and ast.unparse(node.value).endswith(".c"):
            found.add(ast.unparse(node))
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "TABLES":
            found |= {ast.unparse(node)} & {f"TABLES[{name}]" for name in (*PARTS, "CodingHeader")}
    return found


def test_nothing_else_in_storage_knows_where_a_codings_rows_lie() -> None:
    modules = [p for p in STORE.parent.rglob("*.py") if "versions" not in p.parts]
    assert {p.name: told(p) for p in modules if p.name not in KNOW and told(p)} == {}
    assert {p.name for p in modules if told(p)} == KNOW


def test_what_belongs_to_a_coding_follows_from_the_list_of_kinds() -> None:
    assert set(CODED) == {Observation, Mark, Rating, Bookmark, PrivateNote}
    assert {k.entity for k in KINDS if belongs(k.entity)} == {CodingHeader, *CODED}
    head = CodingHeader("h", "m", "w", "s", 1, "i", 1)
    assert coding_of(head) == coding_of(Mark("x", "h", "ask", 1)) == "h"
    assert coding_of(Segment("s", "m", 1, 0, 1)) == ""


def test_a_step_over_a_coding_and_its_meeting_is_whole_or_not_at_all(tmp_path) -> None:
    ids = tuple(new_id() for _ in range(3))
    archive = SqlArchive(tmp_path)
    pair = Pair(*(archive.open(i) for i in ids))
    meeting = pair.begin(ids)
    head = CodingHeader(new_id(), meeting.id, ids[0], "s", 1, "i", 1)
    point, segment = Observation(new_id(), head.id, "AS", "adult1", 1), Segment(new_id(), meeting.id, 1, 0, 9)
    pair.a.apply("both", [added(head), added(point), added(segment)])
    assert (pair.a.find(Observation), pair.b.find(Observation)) == ((point,), ())
    assert pair.b.find(Segment) == (segment,)
    longer, noted = replace(segment, end=20), replace(point, note="x")
    for stale in (Change(longer, segment), Change(noted, point)):
        fresh = [c for c in (Change(segment, longer), Change(point, noted)) if c.id != stale.id]
        with pytest.raises(StaleChange):
            pair.a.apply("half", [*fresh, stale, added(Case(new_id(), "K", ids[0]))])
        assert (pair.a.find(Observation), pair.a.find(Segment)) == ((point,), (segment,))
        assert len(pair.a.find(Case)) == 1
    archive.close()
