"""A delivery is noted by the pair, of a file that the archive has, and stays; *delivered* is what somebody received."""

from dataclasses import replace

import pytest

from app.model.change import Change, added, removed
from app.model.identity import new_id
from app.model.redaction import RedactedCopy
from app.model.signature import PaperSignature
from app.model.statement import Statement, StatementStage
from app.model.statement_delivery import StatementDelivery
from tests.contracts.test_redacted_copies import copy_of, marks_of
from tests.contracts.test_signatures import IDS, final, on_paper, pair, refused
from tests.material.builders import A_DAY
from tests.material.finals import delivery_of

__all__ = ["pair"]


@pytest.fixture
def signed(pair) -> Statement:
    text = final(pair)
    after = replace(text, stage=StatementStage.SIGNED)
    pair.a.apply("signed", [Change(text, after), *(added(on_paper(text.id, n)) for n in (0, 1))])
    assert pair.a.has(PaperSignature)
    return after


def test_what_is_noted_comes_back_and_stays(pair, signed):
    row = delivery_of(pair.a, signed)
    pair.a.apply("given", [added(row)], act="deliver")
    assert pair.b.get(StatementDelivery, row.id) == row
    *_, last = pair.b.audit_log(signed.id)
    assert (last.act, last.object_kind) == ("deliver", "statement")
    assert last.detail.endswith(f";sha256={row.sha256}")
    refused(pair.a, "delivery-stays", removed(row))
    refused(pair.a, "delivery-stays", Change(row, replace(row, recipient="Muu")))
    refused(pair.b, "delivery-stays", Change(row, replace(row, struck=A_DAY)))
    struck = replace(row, struck=A_DAY, why="väärä henkilö")
    pair.b.apply("struck", [Change(row, struck)])
    refused(pair.b, "delivery-stays", Change(struck, row))


def test_only_the_pair_of_what_is_there(pair, signed):
    row = delivery_of(pair.a, signed)
    refused(pair.b, "moved", added(row))
    refused(pair.a, "delivery-unsaid", added(replace(row, recipient=" ")))
    refused(pair.a, "delivery-other-file", added(replace(row, sha256="1" * 64)))
    refused(pair.a, "delivery-other-file", added(replace(row, copy_id=new_id())))
    held = marks_of(signed.id)
    pair.a.apply("marked", [added(held)])
    pair.a.apply("copied", [added(copy := copy_of(held))])
    assert pair.a.has(RedactedCopy)
    pair.a.apply("given", [added(replace(row, copy_id=copy.id, sha256=copy.sha256))])
    delivered = Change(signed, replace(signed, stage=StatementStage.DELIVERED))
    refused(pair.a, "not-delivered", delivered)
    pair.a.apply("delivered", [delivered, added(replace(row, id=new_id()))])
    pair.b.apply("another", [added(replace(row, id=new_id(), worker_id=IDS[1]))])


def test_what_is_not_signed_is_not_delivered(pair):
    text = final(pair)
    refused(pair.a, "stage-not-now", added(delivery_of(pair.a, text)))
