"""Marks of a redacted copy are the pair's, of a final version; a finished copy comes with the marks and stays."""

from dataclasses import replace

from app.model.change import Change, added, removed
from app.model.identity import new_id
from app.model.redaction import CoveredPassage, CoveredWord, RedactedCopy, Redaction
from app.model.statement import Statement
from tests.contracts.test_signatures import IDS, final, pair, refused
from tests.material.builders import A_DAY
from tests.material.finals import begun

__all__ = ["pair"]
MARKS = (CoveredPassage("title", 0, 4, "child"),)
WORDS = (CoveredWord("Aino", "oma peruste"),)


def marks_of(statement_id: str, who: int = 0) -> Redaction:
    return Redaction(new_id(), statement_id, IDS[who], A_DAY, "", "Käräjäoikeus", MARKS, WORDS)


def copy_of(held: Redaction) -> RedactedCopy:
    return RedactedCopy(
        new_id(), held.statement_id, held.id, IDS[0], A_DAY, held.person_id, held.reader, "0" * 64, "9" * 64, 11, 1,
        f"{new_id()}.vau", b"k" * 60, held.passages, held.words,
    )  # fmt: skip


def test_a_copy_comes_with_its_marks_and_stays(pair):
    text = final(pair)
    held = marks_of(text.id)
    refused(pair.a, "moved", added(marks_of(text.id, 1)))
    refused(pair.a, "reader-unknown", added(replace(held, person_id=new_id())))
    pair.a.apply("begun", [added(held)])
    assert pair.b.get(Redaction, held.id) == held
    refused(pair.b, "moved", Change(held, replace(held, worker_id=IDS[1])))
    made = copy_of(held)
    refused(pair.a, "copy-of-other-marks", added(replace(made, passages=())))
    refused(pair.a, "moved", added(replace(made, worker_id=IDS[1])))
    pair.a.apply("made", [added(made)], act="redacted-copy")
    assert pair.b.get(RedactedCopy, made.id) == made
    *_, last = pair.b.audit_log(text.id)
    assert (last.act, last.object_kind) == ("redacted-copy", "statement")
    assert last.detail.endswith(f";sha256={made.sha256}")
    (row,) = pair.b.history(made.id)
    assert not {"wrapped_key", "passages", "words"} & set(row.after)
    for change in (removed(made), Change(made, replace(made, reader="x")), removed(held)):
        refused(pair.a, "copy-stays", change)
    emptied = replace(held, passages=(), words=())
    pair.b.apply("less", [Change(held, emptied)])
    refused(pair.a, "copy-covers-nothing", added(copy_of(emptied)))
    pair.b.apply("nobody", [Change(emptied, nobodys := replace(held, reader=""))])
    refused(pair.a, "copy-no-reader", added(copy_of(nobodys)))


def test_a_draft_has_no_copy(pair):
    text = begun(pair.a, Statement(new_id(), pair.case.id, new_id(), 1, "fi", "mim", A_DAY))
    pair.a.apply("x", [added(text)])
    refused(pair.a, "copy-of-draft", added(marks_of(text.id)))
