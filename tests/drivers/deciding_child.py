"""The process that is killed while the pair decides: it says each decision once it is committed, and each confirming.

Its arguments are the archive's folder, the ids of the two workers and of the meeting.
"""

import sys
from pathlib import Path

from app.comparing.common_view.editor import CommonViewEditor
from app.comparing.common_view.reading import common_header
from app.i18n import Texts
from app.model.decision import Answer, DisagreementKind, NewMark, Verdict, verdicts_of
from storage.store.database import Database
from tests.material.archives import KEY, store_on
from tests.material.differences import differences


def main(folder: str, first: str, second: str, meeting: str) -> None:
    database = Database(Path(folder) / "archive.db", KEY)
    stores = [store_on(database, worker) for worker in (first, second)]
    round_ = 0
    while True:
        round_ += 1
        for store in stores:
            header = common_header(store, meeting)
            assert header is not None
            editor = CommonViewEditor(store, Texts("en"), header)
            if store is stores[0]:
                _decide_all(editor, round_)
            if editor.can_confirm(store.me) and editor.confirm():
                print(f"confirmed {store.me}", flush=True)


def _decide_all(editor: CommonViewEditor, round_: int) -> None:
    for n, d in enumerate(differences(editor)):
        possible = verdicts_of(d)
        verdict = possible[(n + round_) % len(possible)]
        more: dict = {"reason": f"round {round_}"}
        if verdict == Verdict.DIFFERENTLY:
            more = {"reasons": ("so", "otherwise")}
        elif verdict == Verdict.NEW and d.kind == DisagreementKind.RATING:
            more |= {"new_value": 1 + round_ % 5}
        elif verdict == Verdict.NEW:
            state = d.kind == DisagreementKind.STATE
            code = "DS3" if state else ("AS" if d.person == "adult1" else "CE")
            more |= {"new_marks": (NewMark(code, d.person, d.start or 0, d.end if state else None),)}
        assert editor.decide(d.id, Answer(verdict, **more))
        print(f"{d.id} {verdict}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
