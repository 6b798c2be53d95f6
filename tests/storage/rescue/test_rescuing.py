"""All that can be read of a damaged archive in a new one: opened, checked, and honest about what it lacks."""

import hashlib
import shutil
from pathlib import Path

import pytest

from app.errors import AppError, ArchiveError
from app.i18n import Texts
from app.model.change import added
from app.model.coding import CodingHeader
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.observation import Observation
from app.model.people import Case, Person
from app.model.recording import Recording
from app.office.rescue_words import lines
from storage.archive import ArchiveDoorway
from storage.rescue.reading import Reading
from storage.rescue.sealed_pages import PAGE, SealedPages
from storage.store.database import connect
from storage.store.kinds import KINDS
from storage.store.tables import TABLES
from storage.vault.keys import KdfCost
from tests.drivers.page_damage import TABLES_OF, Whole, keys_of
from tests.drivers.refused_sectors import refused as refusing
from tests.drivers.refused_sectors import sectors_refused
from tests.material.golden import AINO, LEENA, PASSPHRASE, golden, opened

DOOR = ArchiveDoorway(KdfCost.FLOOR)


def quiet(_share):
    """Progress that nobody looks at."""


def go_on():
    return False


def rescued(folder, into):
    return DOOR.rescue(folder, into, PASSPHRASE, quiet, go_on)


def refused(act, *values):
    with pytest.raises(AppError) as caught:
        act(*values)
    return caught.value.key


def files_of(folder):
    """The bytes of everything in a folder but for the sign of who holds it."""
    names = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "lock")
    return {path.relative_to(folder): hashlib.sha256(path.read_bytes()).hexdigest() for path in names}


def rows_of(folder):
    """Every row of every kind, as the database has it."""
    driver = connect(folder / "archive.db", keys_of(folder).database)
    try:
        return {kind.name: sorted(driver.execute(f"SELECT * FROM {kind.name}").fetchall()) for kind in KINDS}
    finally:
        driver.close()


def pages_of(folder, kind):
    with SealedPages(folder / "archive.db", keys_of(folder).database) as pages:
        return {page for _, on in Reading(pages, TABLES_OF).placed(kind) for page in on}


def hit(folder, pages):
    path = folder / "archive.db"
    held = bytearray(path.read_bytes())
    for page in pages:
        held[(page - 1) * PAGE + 1000] ^= 1
    path.write_bytes(held)


@pytest.fixture
def final(tmp_path):
    return golden("final", tmp_path / "archive")


def film_of(folder) -> tuple[Recording, Path]:
    """The archive's one film, and where its container lies."""
    with opened(folder) as archive:
        (film,) = archive.store.find(Recording)
    return film, folder / "media" / film.container


def test_a_whole_archive_is_the_same_after_it_and_the_old_one_is_untouched(final, tmp_path) -> None:
    before, rows = files_of(final), rows_of(final)
    found = rescued(final, tmp_path / "new")
    assert files_of(final) == before
    assert found.is_whole
    assert found.troubles == ()
    assert rows_of(tmp_path / "new") == rows
    assert DOOR.look(final, PASSPHRASE, quiet, go_on) == found
    assert files_of(final) == before
    with opened(tmp_path / "new") as archive:
        assert archive.archive.to_tell() == ()
        assert archive.archive.verify(quiet, go_on) == ()
        row = archive.store.audit_log(acts=("rescued",))[-1]
        assert (row.worker_id, row.detail) == (archive.store.me, "rows-missing=0")
        (film,) = archive.store.find(Recording)
        with archive.media.open(film) as plain:
            assert hashlib.sha256(plain.read()).hexdigest() == film.sha256


def test_rows_of_a_damaged_page_come_back_from_the_journal(final, tmp_path) -> None:
    rows = rows_of(final)
    kinds = (Case, Person, Meeting, Observation, CodingHeader)
    hit(final, {page for kind in kinds for page in pages_of(final, TABLES[kind].name)})
    looked = DOOR.look(final, PASSPHRASE, quiet, go_on)
    found = rescued(final, tmp_path / "new")
    assert looked.missing == sum(kind.missing for kind in found.kinds) == sum(kind.remade for kind in found.kinds) > 10
    assert (found.missing, found.troubles, found.is_whole) == (0, (), False)
    # but for the number of the revision, which begins anew
    assert {k: {r[:-1] for r in v} for k, v in rows_of(tmp_path / "new").items() if k == "observation"} == {
        "observation": {row[:-1] for row in rows["observation"]}
    }
    with opened(tmp_path / "new") as archive:
        assert [case.code_name for case in archive.store.find(Case)] == ["Tähti 14"]
        assert archive.archive.verify(quiet, go_on) == ()


def test_with_the_journal_gone_too_parts_stay_under_an_empty_whole_and_the_log_says_what_it_lacks(
    final, tmp_path
) -> None:
    whole = Whole.of(final, keys_of(final).database)
    lost = {page for name in ("client_case", "coding", "journal", "audit") for page in pages_of(final, name)}
    kept = {one for one, on in whole.lies_on.items() if lost.isdisjoint(on)}
    hit(final, lost)
    found = rescued(final, tmp_path / "new")
    assert (found.stood_in, found.dropped, found.troubles) == (3, 0, ())
    after = rows_of(tmp_path / "new")
    assert kept <= {(name, row[0]) for name, rows in after.items() for row in rows}
    assert found.rows_missing > 50
    with opened(tmp_path / "new") as archive:
        assert [case.code_name for case in archive.store.find(Case)] == ["?"]
        assert archive.archive.to_tell() == ()
        assert archive.archive.verify(quiet, go_on) == ()
        acts = [(row.act, row.detail) for row in archive.store.audit_log(acts=("rescued", "acknowledged"))]
        assert acts[0] == ("rescued", f"rows-missing={found.rows_missing}")
        assert acts[1][0] == "acknowledged"
        (tmp_path / "backups").mkdir()
        assert archive.archive.backup(tmp_path / "backups", quiet, go_on)  # what it is, can be backed up


def test_sealed_drafts_are_carried_over_unopened_and_open_for_their_coders(tmp_path) -> None:
    folder = golden("drafts", tmp_path / "archive")
    seen = {}
    for name in (AINO, LEENA):
        with opened(folder, name) as archive:
            seen[name] = archive.store.find(Observation)
    sealed = {path.name: path.read_bytes() for path in (folder / "codings").glob("*.db")}
    hit(folder, pages_of(folder, "person"))
    assert rescued(folder, tmp_path / "new").drafts == 2
    assert {path.name: path.read_bytes() for path in (tmp_path / "new" / "codings").glob("*.db")} == sealed
    for name in (AINO, LEENA):
        with opened(tmp_path / "new", name) as archive:
            assert archive.store.find(Observation) == seen[name]
            assert archive.archive.to_tell() == ()


def test_sealed_drafts_that_the_disk_does_not_list_are_tried_by_their_names(tmp_path, monkeypatch) -> None:
    folder = golden("drafts", tmp_path / "archive")
    with refusing(monkeypatch, "iterdir", lambda path: path == folder / "codings"):
        looked = DOOR.look(folder, PASSPHRASE, quiet, go_on)
        found = rescued(folder, tmp_path / "new")
    assert (looked.drafts, found.drafts, found.drafts_lost) == (2, 2, 0)
    for path in (folder / "codings").glob("*.db"):
        assert (tmp_path / "new" / "codings" / path.name).read_bytes() == path.read_bytes()


def test_a_sealed_draft_that_is_gone_is_told_and_its_log_is_no_second_one(tmp_path) -> None:
    folder = golden("drafts", tmp_path / "archive")
    one, other = sorted((folder / "codings").glob("*.db"))
    one.unlink()
    other.with_name(other.name + "-wal").write_bytes(b"left by a kill")
    looked, found = DOOR.look(folder, PASSPHRASE, quiet, go_on), rescued(folder, tmp_path / "new")
    assert (looked.drafts, looked.drafts_lost, looked.is_whole) == (1, 1, False)
    assert (found.drafts, found.drafts_lost, found.is_whole) == (1, 1, False)
    carried = {path.name for path in (tmp_path / "new" / "codings").iterdir()}
    assert carried == {other.name, f"{other.name}-wal"}


def test_of_a_sealed_draft_all_comes_over_that_the_disk_gives(tmp_path, monkeypatch) -> None:
    folder = golden("drafts", tmp_path / "archive")
    one, _ = sorted((folder / "codings").glob("*.db"))
    held = one.read_bytes()
    with sectors_refused(monkeypatch, one, [9 * PAGE]):
        found = rescued(folder, tmp_path / "new")
    assert (found.drafts, found.drafts_damaged, found.drafts_lost, found.is_whole) == (2, 1, 0, False)
    carried = (tmp_path / "new" / "codings" / one.name).read_bytes()
    assert carried == held[: 9 * PAGE] + bytes(PAGE) + held[10 * PAGE :]
    (line,) = [one for one in lines(Texts("en"), found) if one.name == "Sealed codings, unopened"]
    assert (line.read, line.missing) == ("1", "1 damaged in places")


def test_a_coding_that_was_cut_off_while_it_got_its_name_is_carried_over(tmp_path) -> None:
    folder = golden("drafts", tmp_path / "archive")
    with opened(folder) as archive:
        seen = archive.store.find(Observation)
    for path in (folder / "codings").glob("*.db"):
        path.rename(path.with_name(path.name + ".begun"))
    assert rescued(folder, tmp_path / "new").drafts == 2
    with opened(tmp_path / "new") as archive:
        assert archive.store.find(Observation) == seen
        assert archive.archive.to_tell() == ()


def test_a_film_that_the_disk_does_not_open_stops_nothing(final, tmp_path, monkeypatch) -> None:
    film, path = film_of(final)
    for method in ("open", "stat"):
        with refusing(monkeypatch, method, lambda one: one == path):
            looked = DOOR.look(final, PASSPHRASE, quiet, go_on)
            found = rescued(final, tmp_path / method)
        assert looked.kinds
        assert [one.lost for one in found.files if one.kind == "recording"] == [int(method == "open")]
        with opened(tmp_path / method) as archive:
            assert archive.store.find(Recording) == (film,)


def test_of_a_film_all_is_carried_that_the_disk_gives(final, tmp_path, monkeypatch) -> None:
    film, path = film_of(final)
    held = bytearray(path.read_bytes())
    held[5000] ^= 1
    path.write_bytes(held)
    with sectors_refused(monkeypatch, path, [5000]):
        found = rescued(final, tmp_path / "new")
    assert [one.damaged for one in found.files if one.kind == "recording"] == [1]
    carried = (tmp_path / "new" / "media" / film.container).read_bytes()
    assert carried == held[:4096] + bytes(4096) + held[8192:]


def test_a_film_with_a_damaged_place_is_carried_as_it_lies_and_one_that_is_gone_leaves_its_row(final, tmp_path) -> None:
    film, path = film_of(final)
    held = bytearray(path.read_bytes())
    held[5000] ^= 1
    path.write_bytes(held)
    found = rescued(final, tmp_path / "new")
    assert [(one.whole, one.damaged, one.lost) for one in found.files if one.kind == "recording"] == [(0, 1, 0)]
    assert (tmp_path / "new" / "media" / film.container).read_bytes() == held
    held[5000] ^= 1
    for place in (3, 17, 200):  # the header is made anew
        held[place] ^= 4
        path.write_bytes(held)
        (one, *_) = rescued(final, tmp_path / f"mended {place}").files
        assert (one.kind, one.whole) == ("recording", 1)
        with opened(tmp_path / f"mended {place}") as archive:
            assert archive.media.verify(film)
        held[place] ^= 4
    path.unlink()
    found = rescued(final, tmp_path / "newer")
    assert [(one.whole, one.damaged, one.lost) for one in found.files if one.kind == "recording"] == [(0, 0, 1)]
    with opened(tmp_path / "newer") as archive:
        assert archive.store.find(Recording) == (film,)


def test_backups_are_found_by_the_rows_and_in_the_place_that_is_known(final, tmp_path) -> None:
    (tmp_path / "usb").mkdir()
    with opened(final) as archive:
        name = archive.archive.backup(tmp_path / "usb", quiet, go_on)
    hit(final, pages_of(final, "client_case"))
    (known,) = DOOR.look(final, PASSPHRASE, quiet, go_on).backups
    assert (known.folder, known.is_here) == (tmp_path / "usb" / name, True)
    hit(final, pages_of(final, "made_backup"))
    assert DOOR.look(final, PASSPHRASE, quiet, go_on).backups == ()
    (found,) = DOOR.look(final, PASSPHRASE, quiet, go_on, [tmp_path / "usb"]).backups
    assert found.folder == known.folder
    (tmp_path / "usb" / name / "manifest.json").unlink()
    assert DOOR.look(final, PASSPHRASE, quiet, go_on, [tmp_path / "usb"]).backups == ()


def test_what_it_refuses_leaves_nothing(final, tmp_path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "something").write_text("here")
    assert refused(rescued, final, tmp_path / "full") == "not-empty"
    assert refused(rescued, final, final / "inside") == "rescue-inside"
    assert refused(DOOR.rescue, final, tmp_path / "new", "another", quiet, go_on) == "wrong-passphrase"
    assert refused(DOOR.rescue, final, tmp_path / "new", PASSPHRASE, quiet, lambda: True) == "cancelled"
    with opened(final):
        assert refused(rescued, final, tmp_path / "new") == "in-use"
    (final / "archive.db").unlink()
    assert refused(rescued, final, tmp_path / "new") == "database-missing"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archive", "full"]


def test_with_the_newest_key_file_damaged_the_one_before_opens_it(final, tmp_path) -> None:
    held = bytearray((final / "archive.key").read_bytes())
    held[200] ^= 1
    (final / "archive.key").write_bytes(held)
    assert rescued(final, tmp_path / "new").is_whole
    (final / "archive.key.old").unlink()
    with pytest.raises(ArchiveError, match="key-file-damaged"):
        rescued(final, tmp_path / "newer")


def test_an_archive_of_an_earlier_version_is_brought_up_to_date(tmp_path) -> None:
    from tests.material.old_archives import AINO as NAME
    from tests.material.old_archives import SECRETS

    folder = tmp_path / "archive"
    DOOR.create(folder, NAME, SECRETS[NAME]).archive.close()
    shutil.copytree(folder, tmp_path / "copy")
    opened_now = DOOR.unlock(tmp_path / "copy", NAME, SECRETS[NAME])
    opened_now.store.apply("case", [added(Case(new_id(), "Kuusi", opened_now.store.me))])
    shutil.copytree(tmp_path / "copy", tmp_path / "killed")  # with its log beside it
    opened_now.archive.close()
    found = DOOR.rescue(tmp_path / "killed", tmp_path / "new", SECRETS[NAME], quiet, go_on)
    assert (found.is_whole, found.troubles) == (True, ())
    again = DOOR.unlock(tmp_path / "new", NAME, SECRETS[NAME])
    assert [case.code_name for case in again.store.find(Case)] == ["Kuusi"]
    again.archive.close()
