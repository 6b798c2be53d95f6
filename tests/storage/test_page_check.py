"""Every page is looked at beside the work, and what is being written meanwhile is not taken for damage."""

import threading

import pytest

from app.errors import Cancelled, StoreError
from app.model.change import Change, added
from app.model.identity import new_id
from app.model.people import Case
from storage.rescue.sealed_pages import PAGE
from tests.material.golden import golden, opened


def go_on():
    return False


def test_a_damaged_page_that_nobody_reads_is_told_at_the_start(tmp_path) -> None:
    folder = golden("final", tmp_path / "archive")
    path = folder / "archive.db"
    content = bytearray(path.read_bytes())
    content[-PAGE // 2] ^= 1  # the last page of all
    with opened(folder) as archive:
        assert archive.archive.check_log(go_on) == ()
        with pytest.raises(Cancelled):
            archive.archive.check_log(lambda: True)
    path.write_bytes(content)
    with opened(folder) as archive, pytest.raises(StoreError, match="damaged"):
        archive.archive.check_log(go_on)


def test_what_is_being_written_is_no_damage(tmp_path) -> None:
    with opened(golden("final", tmp_path / "archive")) as archive:
        case = Case(new_id(), "0" * 3000, archive.store.me)
        archive.store.apply("begin", [added(case)])
        done = threading.Event()

        def write() -> None:
            was = case
            try:
                for number in range(1, 100):
                    now = Case(case.id, str(number % 10) * 3000, case.lead)
                    archive.store.apply("more", [Change(was, now)])
                    was = now
            finally:
                done.set()

        writer = threading.Thread(target=write)
        writer.start()
        checks = 0
        while not done.is_set():
            assert archive.archive.check_log(go_on) == ()
            checks += 1
        writer.join()
    assert checks > 1
