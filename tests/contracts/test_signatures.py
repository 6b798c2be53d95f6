"""Who signs what, kept by every store: each signer once, for oneself, and *signed* is what everybody has signed."""

from dataclasses import replace

import pytest

from app.errors import NotAllowed
from app.model.change import Change, added, removed
from app.model.identity import new_id
from app.model.signature import PaperSignature
from app.model.statement import Statement, StatementStage
from tests.material.archives import Pair, SqlArchive
from tests.material.builders import A_DAY, final_of, signature_of
from tests.material.finals import a_reader, begun, final_step, to_comments, walked
from tests.stand_ins.fakes import MemoryArchive

IDS = tuple(new_id() for _ in range(3))


@pytest.fixture(params=["memory", "sqlcipher"])
def pair(request, tmp_path):
    held = MemoryArchive() if request.param == "memory" else SqlArchive(tmp_path)
    stores = [held.open(i) for i in IDS]
    found = Pair(*stores)
    found.begin(IDS)
    yield found
    (stores[0] if request.param == "memory" else held).close()


def final(pair) -> Statement:
    """A final version whose document names both as its signers."""
    text = Statement(new_id(), pair.case.id, new_id(), 1, "fi", "mim", A_DAY)
    kept = final_of(text.id)
    signers = tuple(replace(kept.document.signers[0], worker_id=i) for i in IDS[:2])
    kept = replace(kept, document=replace(kept.document, signers=signers))
    return walked(pair.a, replace(text, stage=StatementStage.FINAL, finalized=A_DAY), kept)


def refused(store, key, *changes) -> None:
    with pytest.raises(NotAllowed, match=f"^{key}$"):
        store.apply("x", changes)


def on_paper(statement_id: str, who: int, noted_by: int = 0) -> PaperSignature:
    return PaperSignature(new_id(), statement_id, IDS[who], A_DAY.date(), IDS[noted_by])


def test_each_signer_signs_once_and_for_oneself(pair):
    text = final(pair)
    mine, theirs = signature_of(text.id, IDS[0]), signature_of(text.id, IDS[1], place=2)
    refused(pair.a, "signature-of-another", added(theirs))
    refused(pair.a, "signing-another-first", added(replace(mine, place=2)))
    pair.a.apply("signed", [added(mine)], act="sign")
    assert pair.b.get(type(mine), mine.id) == mine
    refused(pair.a, "signing-done", added(replace(mine, id=new_id(), place=2)))
    refused(pair.b, "signing-done", added(on_paper(text.id, 0, 1)))
    refused(pair.b, "signing-another-first", added(replace(theirs, place=1)))
    refused(pair.b, "signature-of-another", added(on_paper(text.id, 1, 0)))
    noted = on_paper(text.id, 1)
    pair.a.apply("noted", [added(noted)], act="sign-paper")
    assert pair.b.get(PaperSignature, noted.id) == noted
    refused(pair.b, "signing-done", added(theirs))
    for kept in (mine, noted):
        refused(pair.a, "signature-stays", removed(kept))
        refused(pair.a, "signature-stays", Change(kept, replace(kept, statement_id=new_id())))
    refused(pair.a, "signing-not-a-signer", added(on_paper(text.id, 2)))


def test_a_draft_is_not_signed(pair):
    text = begun(pair.a, Statement(new_id(), pair.case.id, new_id(), 1, "fi", "mim", A_DAY))
    pair.a.apply("x", [added(text)])
    refused(pair.a, "signing-not-a-signer", added(signature_of(text.id, IDS[0])))
    done, step = final_step(to_comments(pair.a, text, a_reader(pair.a, pair.case.id)))
    pair.a.apply("final", step, act="final")
    pair.a.apply("signed", [added(signature_of(done.id, IDS[0]))], act="sign")


def test_signed_is_what_everybody_has_signed(pair):
    text = final(pair)
    signed = replace(text, stage=StatementStage.SIGNED)
    refused(pair.a, "signing-not-all", Change(text, signed))
    refused(pair.a, "signing-not-all", Change(text, signed), added(signature_of(text.id, IDS[0])))
    both = [added(signature_of(text.id, IDS[0])), added(on_paper(text.id, 1))]
    pair.a.apply("signed", [Change(text, signed), *both], act="sign")


def test_the_checksum_of_a_signed_file_stands_in_the_access_log(pair):
    text = final(pair)
    pair.a.apply("signed", [added(signed := signature_of(text.id, IDS[0]))], act="sign")
    *_, made, last = pair.b.audit_log(text.id)
    assert made.detail.endswith(f";sha256={'0' * 64}")
    assert (last.act, last.object_kind) == ("sign", "statement")
    assert last.detail.endswith(f";sha256={signed.sha256}")
    (row,) = pair.b.history(signed.id)
    assert "wrapped_key" not in row.after
