"""What a page, a case and a search cost grows with what is shown, not with what there is: in steps of the database."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import event

from app.casework.case_file import case_file
from app.casework.case_list import case_lines, meeting_lines
from app.model.identity import new_id
from app.model.sought import Area, Sought
from storage.store.sql_search import SqlSearch
from tests.material.archives import new_database, store_on
from tests.material.big_office import BigOffice, Size

DAY = date(2026, 11, 30)
SIZES = (Size(50, 4, 200), Size(200, 16, 800))
#: two pages of them are fewer than the small office has open cases
ROWS = 2


class Counted:
    """An office whose database counts the steps of its machine."""

    def __init__(self, folder, size) -> None:
        folder.mkdir()
        self.database, me = new_database(folder), new_id()
        BigOffice(size, me, DAY).fill(self.database)
        self.store, self.search = store_on(self.database, me), SqlSearch(self.database, me)
        self.steps = self.queries = 0
        event.listen(self.database.engine, "before_cursor_execute", self._on_query)
        with self.database.read() as connection:
            # the pool keeps this connection for the one thread that reads
            connection.connection.driver_connection.set_progress_handler(self._on_step, 10)

    def _on_query(self, *_what) -> None:
        self.queries += 1

    def _on_step(self) -> int:
        self.steps += 1
        return 0

    def cost(self, work: Callable[["Counted"], object]) -> tuple[int, int]:
        work(self)
        self.steps = self.queries = 0
        assert work(self), "something is shown"
        return self.steps, self.queries


@pytest.fixture(scope="module")
def offices(tmp_path_factory):
    place = tmp_path_factory.mktemp("offices")
    made = [Counted(place / str(size.cases), size) for size in SIZES]
    yield made
    for one in made:
        one.store.close()


def page_after(office: Counted) -> object:
    return case_lines(office.store, ROWS, case_lines(office.store, ROWS)[-1].case)


WORK: dict[str, Callable[[Counted], object]] = {
    "first page of cases": lambda o: case_lines(o.store, ROWS),
    "next page of cases": page_after,
    "own cases": lambda o: case_lines(o.store, ROWS, mine=True),
    "first page of meetings": lambda o: meeting_lines(o.store, ROWS),
    "own meetings": lambda o: meeting_lines(o.store, ROWS, mine=True),
    "a case": lambda o: case_file(o.store, o.store.cases(1)[0].id),
    "search, two letters": lambda o: o.search.find(Sought("ka", (Area.MEETINGS, Area.STATEMENTS)), 5),
    "search in all groups": lambda o: o.search.find(Sought("äi"), 5),
    "a code name taken": lambda o: not o.store.is_code_name_taken("kukaan 1"),
}


@pytest.mark.parametrize("name", WORK)
def test_it_costs_what_is_shown(offices, name) -> None:
    (small, small_queries), (large, large_queries) = (office.cost(WORK[name]) for office in offices)
    # a page may go over from the open cases into the closed ones
    assert abs(large_queries - small_queries) <= 1
    assert large <= 1.5 * small + 20, (small, large)


def test_the_office_is_whole_as_the_store_sees_it(offices) -> None:
    office = offices[0]
    assert office.store.verify() == ()
    before = office.search.find(Sought("ka"), 50)
    assert office.search.rebuild(lambda _: None, lambda: False) > 1000
    assert office.search.find(Sought("ka"), 50) == before
