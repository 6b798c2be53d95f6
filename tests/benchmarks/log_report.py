"""A client's log report over 100 000 rows of one case, as PDF; and of another case in the same log, with few."""

import tempfile
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from app.i18n import Texts, today
from app.model.change import added
from app.model.identity import new_id
from app.model.people import Case
from app.office.client_log import LogRequest, write_client_log
from storage.store.logged_acts import LoggedAct
from tests.benchmarks.figures import row, timed
from tests.material.archives import Pair, SqlArchive
from tests.material.builders import recording

ROWS, DAYS = 100_000, 500


def main() -> None:
    ids = tuple(new_id() for _ in range(3))
    with tempfile.TemporaryDirectory() as place:
        held = SqlArchive(Path(place))
        pair = Pair(*(held.open(i) for i in ids))
        pair.begin(ids)
        film, few = recording(pair.meeting.id), Case(new_id(), "Few", ids[0])
        pair.a.apply("film", [added(film), added(few)])
        log, begun = pair.a.log, datetime.now(UTC) - timedelta(days=DAYS)
        objects = (("meeting", pair.meeting.id), ("recording", film.id), ("client_case", pair.case.id))
        acts = [LoggedAct(act, *objects[n % 3], f"fields={n}") for n, act in enumerate(("edit", "view", "export") * 70)]
        for day in range(DAYS):
            with held.database.write() as connection:
                log.append(connection, begun + timedelta(days=day), acts[: ROWS // DAYS])
        first = today() - timedelta(days=DAYS + 5)
        for name, case_id in (("whole log is one case's (<= 3 s)", pair.case.id), ("a case of a few rows", few.id)):
            request = LogRequest(case_id, first, today(), "Name", services="MIM")
            work = partial(write_client_log, pair.a, Path(place) / "log.pdf", request, Texts("fi"))
            row(f"log report, {name}", timed(work, 3))
            row("the same, processor", timed(work, 3, clock=time.process_time))
            print(f"    rows {len(work())}, {(Path(place) / 'log.pdf').stat().st_size // 1024} KB", flush=True)
        held.close()


if __name__ == "__main__":
    main()
