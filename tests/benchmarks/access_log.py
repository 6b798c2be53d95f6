"""A chain of 100 000 rows of the access log proven whole, and its newest rows as at each start."""

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from app.model.identity import new_id
from storage.store.access_log import AuditLog
from storage.store.database import Database
from storage.store.logged_acts import LoggedAct
from tests.benchmarks.figures import row, timed
from tests.material.archives import MemoryAnchor, new_database, store_on

ROWS, STEP = 100_000, 1_000


def chain(folder: Path) -> tuple[Database, AuditLog]:
    """Rows as coding leaves them: ids, counts and hashes."""
    database, anchor = new_database(folder), MemoryAnchor()
    log = store_on(database, new_id(), anchor, "Aino Esimerkki")._log
    for _ in range(ROWS // STEP):
        detail = f"observation=1;before={'a' * 32};after={'b' * 32}"
        acts = [LoggedAct("edit", "coding", new_id(), detail, new_id()) for _ in range(STEP)]
        with database.write() as connection:
            end = log.append(connection, datetime.now(UTC), acts)
    anchor.keep(end)
    return database, log


def of_processor(work: Callable[[], object], runs: int) -> list[float]:
    """Seconds that the process itself ran, whatever else the computer did."""
    seconds = []
    for _ in range(runs):
        begun = time.process_time()
        work()
        seconds.append(time.process_time() - begun)
    return seconds


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        database, log = chain(Path(place))
        with database.read() as connection:
            assert log.verify(connection) == ()
            row("whole chain of 100 000 rows (<= 1 s)", timed(lambda: log.verify(connection), 5))
            row("the same, processor", of_processor(lambda: log.verify(connection), 5))
            row("newest rows, before the desk (<= 50 ms)", timed(lambda: log.verify_newest(connection), 20), "ms")
        database.close()


if __name__ == "__main__":
    main()
