"""Where a coding's rows lie is known in one module of the store."""

import ast
from pathlib import Path

import storage.store
from app.model.coding import CodingHeader
from app.model.meeting import Segment
from app.model.observation import Bookmark, Mark, Observation
from app.model.private_note import PrivateNote
from app.model.rating import Rating
from storage.store.coding_rows import CODED, belongs, coding_of
from storage.store.kinds import KINDS, NOTED, TOGETHER

STORE = Path(storage.store.__path__[0])
#: the list of everything that is kept names them, one module knows where they lie, one who may read them there, and
#: one what is clear of those that are sealed; the search's index and the desk's glance read what lies open in the
#: archive, and a case's log the ids of what is sealed
KNOW = {"kinds.py", "coding_rows.py", "reading_rules.py", "sealed_rows.py", "guest_reading.py", "overviews.py"}
KNOW |= {"glances.py", "of_case.py", "search_filling.py", "searched.py"}
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
    # the room of the files in which sealed codings lie is the other place, and no reader of the archive's; nor is the
    # rescue, which fills the tables of an archive that is not there yet
    modules = [p for p in STORE.parent.rglob("*.py") if not {"versions", "codings", "rescue"} & set(p.parts)]
    assert {p.name: told(p) for p in modules if p.name not in KNOW and told(p)} == {}
    assert {p.name for p in modules if told(p)} == KNOW


def test_what_belongs_to_a_coding_follows_from_the_list_of_kinds() -> None:
    assert set(CODED) == {Observation, Mark, Rating, Bookmark, PrivateNote, *TOGETHER}
    assert {k.entity for k in KINDS if belongs(k.entity)} == {CodingHeader, *CODED, *NOTED}
    head = CodingHeader("h", "m", "w", "s", 1, "i", 1)
    assert coding_of(head) == coding_of(Mark("x", "h", "ask", 1)) == "h"
    assert coding_of(Segment("s", "m", 1, 0, 1)) == ""
