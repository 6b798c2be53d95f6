"""A guest's sign-in to a real archive: one meeting, until a day, and no other door of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.door import Door
from app.errors import ArchiveError, NotAllowed
from app.i18n import Texts, today
from app.model.change import added
from app.model.coding import CodingHeader
from app.model.guests import GuestPass, GuestRole
from app.model.meeting import Meeting
from app.model.people import Worker
from app.office.guests import Invitation, end, invite, pass_of, prolong
from app.ports import Archive
from storage.archive import ArchiveDoorway
from storage.vault.keys import KdfCost
from tests.material.old_archives import AINO, LEENA
from tests.material.pair_folder import Folder

EN = Texts("en")
GUEST, SECRET = "Vieras Malli", "vieraan oma pitkä lause"
#: what of the port a guest's sign-in answers: the own things, and whether the archive is whole
OPEN_TO_GUESTS = {
    "folder", "sign_ins", "change_passphrase", "make_recovery_code", "confirm_recovery_code", "has_recovery_code",
    "receiving_key", "sealed_of", "moments_sealed_of", "to_tell", "check_log", "last_backup", "close",
}  # fmt: skip
#: how all else is asked; each is refused
REFUSED = {
    "erasing": lambda a: a.erasing.is_unfinished(),
    "packages": lambda a: a.packages.make,
    "partner_codings": lambda a: a.partner_codings.hold,
    "search": lambda a: a.search.find,
    "add_sign_in": lambda a: a.add_sign_in(Worker("w", "x"), "y"),
    "remove_sign_in": lambda a: a.remove_sign_in("w"),
    "change_key": lambda a: a.change_key(),
    "witness": lambda a: a.witness("w", "y"),
    "confirm_beside": lambda a: a.confirm_beside("w", "y", "z", []),
    "confirm_erasing": lambda a: a.confirm_erasing("w", "y", "z"),
    "acknowledge": lambda a: a.acknowledge(),
    "backup": lambda a: a.backup(a.folder, lambda _: None, lambda: False),
    "backup_place": lambda a: a.backup_place(),
    "choose_backup_place": lambda a: a.choose_backup_place(a.folder),
    "backup_place_is_here": lambda a: a.backup_place_is_here(),
    "unclaimed": lambda a: a.unclaimed(),
    "remove_unclaimed": lambda a: a.remove_unclaimed(),
    "verify": lambda a: a.verify(lambda _: None, lambda: False),
}


@pytest.fixture
def folder(tmp_path):
    return Folder(ArchiveDoorway(KdfCost.FLOOR), tmp_path / "archive")


def given(folder, role=GuestRole.SUBSTITUTE, days=30):
    """Leena's place is a guest's; who that is."""
    opened = folder.open(AINO)
    wanted = Invitation(folder.meeting.id, role, today() + timedelta(days=days), folder.ids[LEENA])
    made = invite(Door(opened.store), opened.archive, EN, GUEST, SECRET, wanted).worker
    opened.archive.close()
    folder.secrets = folder.secrets | {GUEST: SECRET}
    return made


def moved(monkeypatch, day):
    for module in ("storage.guest_door", "storage.store.sql_store"):
        monkeypatch.setattr(f"{module}.local_day", lambda: day)


def test_a_guest_signs_in_codes_and_finds_no_other_door(folder) -> None:
    guest = given(folder)
    opened = folder.open(GUEST)
    assert opened.store.worker == guest
    assert pass_of(opened.store).meeting_id == folder.meeting.id
    assert opened.store.get(Meeting, folder.meeting.id).coders == (folder.ids[AINO], guest.id)
    opened.store.apply("begun", [added(replace(folder.header(AINO), coder=guest.id))])
    assert [h.coder for h in opened.store.find(CodingHeader)] == [guest.id]
    there = {n for n in dir(Archive) if not n.startswith("_")}
    assert there == OPEN_TO_GUESTS | set(REFUSED)
    for ask in REFUSED.values():
        with pytest.raises(NotAllowed, match="guest-only-codes"):
            ask(opened.archive)
    assert opened.archive.sign_ins() == ((guest.id, GUEST),)
    with pytest.raises(NotAllowed, match="guest-only-codes"):
        opened.archive.sealed_of(folder.ids[AINO])
    with pytest.raises(NotAllowed, match="guest-only-codes"):
        opened.archive.moments_sealed_of(folder.ids[AINO])
    opened.archive.close()


def test_after_the_last_day_the_sign_in_says_when_it_ended_and_whom_to_ask(folder, monkeypatch) -> None:
    given(folder, days=3)
    last = today() + timedelta(days=3)
    moved(monkeypatch, last)
    folder.open(GUEST).archive.close()
    moved(monkeypatch, last + timedelta(days=1))
    with pytest.raises(ArchiveError, match="guest-ended") as caught:
        folder.open(GUEST)
    assert (caught.value.values["whom"], caught.value.values["day"]) == (AINO, last)
    del caught
    opened = folder.open(AINO)
    with pytest.raises(ArchiveError, match="guest-ended"):
        opened.archive.witness(opened.store.find(Worker, name=GUEST)[0].id, SECRET)
    assert [e.act for e in opened.store.audit_log(acts=["guest-refused"])] == ["guest-refused"] * 2
    (held,) = opened.store.find(GuestPass)
    prolong(Door(opened.store), EN, held, last + timedelta(days=9))
    opened.archive.close()
    folder.open(GUEST).archive.close()


def test_a_pass_that_was_ended_opens_nothing(folder) -> None:
    given(folder)
    opened = folder.open(AINO)
    end(Door(opened.store), EN, opened.store.find(GuestPass)[0])
    opened.archive.close()
    with pytest.raises(ArchiveError, match="guest-ended"):
        folder.open(GUEST)


def test_a_name_that_is_taken_gives_no_pass_and_takes_no_place(folder) -> None:
    opened = folder.open(AINO)
    wanted = Invitation(folder.meeting.id, GuestRole.COUNTY, today(), folder.ids[LEENA])
    with pytest.raises(ArchiveError, match="slot-exists"):
        invite(Door(opened.store), opened.archive, EN, LEENA.upper(), SECRET, wanted)
    assert opened.store.find(GuestPass) == opened.store.find(Worker, guest=True) == ()
    assert opened.store.get(Meeting, folder.meeting.id).coders == (folder.ids[AINO], folder.ids[LEENA])
    opened.archive.close()
