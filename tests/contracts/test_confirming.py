"""A common view confirmed by the partner on the one screen: the fake archive and a real one of two sign-ins."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.errors import ArchiveError, NotAllowed
from app.model.change import Change, added
from app.model.coding import Coding, CodingHeader, CodingKind, CodingState
from app.model.common_view import CommonCoding, CommonView
from app.model.decision import Decision, DisagreementKind, Verdict
from app.model.identity import new_id
from app.model.meeting import Stretch
from app.model.people import Case, Worker
from storage.archive import ArchiveDoorway
from storage.vault.keys import KdfCost
from tests.material.builders import A_DAY, meeting
from tests.material.house import QuietArchive
from tests.material.old_archives import AINO, LEENA
from tests.material.pair_folder import SECRETS, Folder
from tests.stand_ins.fakes import MemoryArchive


class Desk:
    """Aino's open archive in which both codings are ready, and a common view with one difference, decided."""

    def __init__(self, archive, store, meeting_id: str, ids: dict[str, str]) -> None:
        self.archive, self.store, self.ids = archive, store, ids
        own = store.find(CodingHeader, kind=CodingKind.OWN)
        assert len(own) == 2
        head = replace(own[0], id=new_id(), coder=ids[AINO], kind=CodingKind.COMMON_VIEW, state=CodingState.DRAFT)
        head = replace(head, ready_at=None, checksum="")
        view = CommonView(new_id(), head.id, own[0].id, own[1].id, 1, 1, 1)
        lone = Decision(new_id(), head.id, DisagreementKind.UNPAIRED, "adult1", "", 7, None, "AS", "", ("a",))
        store.apply("begun", [added(head), added(view), added(lone)])
        self.common = CommonCoding(Coding(head), view, {lone.id: lone}, {})
        assert head.meeting_id == meeting_id

    def decide(self) -> None:
        (lone,) = self.common.decisions.values()
        made = replace(lone, verdict=Verdict.NEITHER, decided_by=self.ids[AINO], decided_at=A_DAY)
        self.take("decided", (Change(lone, made),))

    def take(self, label: str, changes) -> None:
        self.store.apply(label, changes)
        self.common = self.common.apply(changes)

    def confirmation_of(self, name: str):
        return self.common.confirmed(self.ids[name], A_DAY, self.ids.values())

    def beside(self, name: str, passphrase: str, changes=None):
        changes = self.confirmation_of(name) if changes is None else changes
        self.archive.confirm_beside(self.ids[name], passphrase, "confirmed", changes)
        self.common = self.common.apply(changes)


def in_memory(_tmp_path) -> Desk:
    held, names = MemoryArchive(), (AINO, LEENA)
    workers = {name: Worker(new_id(), name) for name in names}
    ids = {name: w.id for name, w in workers.items()}
    stores = {name: held.open(ids[name]) for name in names}
    case = Case(new_id(), "Kuusi", *ids.values())
    met = meeting(case.id, "", "", tuple(ids.values()))
    stores[AINO].apply("begin", [added(e) for e in (*workers.values(), case, met)])
    for name in names:
        head = CodingHeader(new_id(), met.id, ids[name], "core", 1, "sheet", 1, covered=(Stretch(0, 1_000_000),))
        stores[name].apply("begun", [added(head)])
        ready = replace(head, state=CodingState.READY, ready_at=datetime.now(UTC), checksum="sum")
        stores[name].apply("ready", [Change(head, ready)], act="ready")
    archive = QuietArchive()
    archive.stores = {ids[n]: s for n, s in stores.items()}
    archive.secrets = {ids[n]: SECRETS[n] for n in names}
    return Desk(archive, stores[AINO], met.id, ids)


def encrypted(tmp_path) -> Desk:
    folder = Folder(ArchiveDoorway(KdfCost.FLOOR), tmp_path / "archive")
    for name in (LEENA, AINO):
        folder.ready(name, folder.coded(name, many=1))
    folder.open(LEENA).archive.close()  # her own, which waited for her, is open since
    opened = folder.open(AINO)
    return Desk(opened.archive, opened.store, folder.meeting.id, folder.ids)


@pytest.fixture(params=[in_memory, encrypted], ids=["fake", "real"])
def desk(request, tmp_path):
    made = request.param(tmp_path)
    yield made
    made.archive.close()


def test_the_partner_confirms_with_the_own_passphrase_and_it_is_ready(desk) -> None:
    desk.decide()
    desk.take("mine", desk.confirmation_of(AINO))
    desk.beside(LEENA, SECRETS[LEENA])
    head = desk.store.get(CodingHeader, desk.common.coding.id)
    assert head == desk.common.header
    assert (head.state, head.checksum) == (CodingState.READY, desk.common.checksum())
    (view,) = desk.store.find(CommonView)
    assert [c.worker_id for c in view.confirmations] == [desk.ids[AINO], desk.ids[LEENA]]
    last = [e for e in desk.store.audit_log(head.id) if e.act == "confirmed"][-1]
    assert last.worker_id == desk.ids[LEENA], "the log says who confirmed, not at whose desk"
    assert desk.store.me == desk.ids[AINO]


def test_no_other_passphrase_does(desk) -> None:
    desk.decide()
    for secret in (SECRETS[AINO], "väärä"):
        with pytest.raises(ArchiveError) as told:
            desk.beside(LEENA, secret)
        assert told.value.key == "wrong-passphrase"
    assert desk.store.find(CommonView) == (desk.common.view,)


def test_what_is_undecided_is_not_confirmed_by_anybody(desk) -> None:
    with pytest.raises(NotAllowed) as told:
        desk.beside(LEENA, SECRETS[LEENA])
    assert told.value.key == "not-all-decided"


def test_nobody_confirms_for_another(desk) -> None:
    desk.decide()
    with pytest.raises(NotAllowed) as told:
        desk.beside(LEENA, SECRETS[LEENA], desk.confirmation_of(AINO))
    assert told.value.key == "confirmation-of-another"


def test_nothing_else_is_done_so(desk) -> None:
    (lone,) = desk.common.decisions.values()
    made = replace(lone, verdict=Verdict.A, decided_by=desk.ids[LEENA], decided_at=A_DAY)
    with pytest.raises(AssertionError, match="confirmation"):
        desk.beside(LEENA, SECRETS[LEENA], [Change(lone, made)])
