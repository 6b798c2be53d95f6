"""What macOS does to disks that are not its own, as most sticks are: beside each file lies `._` and its name."""

import pytest

from app.films.copies import sweep
from app.model.recording import Recording
from storage import archive_folder, durable_file
from storage.archive import ArchiveDoorway
from storage.vault.keys import KdfCost
from tests.material.archives import take_film
from tests.material.golden import AINO, PASSPHRASE, golden
from tests.material.pair_folder import AINO as OWN
from tests.material.pair_folder import Folder

DOOR = ArchiveDoorway(KdfCost.FLOOR)
#: how such a file begins (AppleDouble)
LAID = b"\x00\x05\x16\x07" + bytes(4092)


def lay_beside(folder) -> None:
    """As macOS does when files are copied to a stick."""
    for path in [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("._")]:
        path.with_name(f"._{path.name}").write_bytes(LAID)


def quiet(_share):
    pass


def go_on():
    return False


@pytest.fixture
def opened(tmp_path):
    found = DOOR.unlock(golden("empty", tmp_path / "archive"), AINO, PASSPHRASE)
    (tmp_path / "film.mp4").write_bytes(bytes(range(251)) * 3000)
    take_film(found, tmp_path / "film.mp4")
    yield found
    found.archive.close()


def test_no_container_is_missed_and_what_a_crash_left_is_swept(opened, tmp_path) -> None:
    (film,) = opened.store.find(Recording)
    left = opened.media.begin(film.id, film.wrapped_key)
    left.writer.close()
    lay_beside(tmp_path / "archive")
    assert opened.archive.unclaimed() == (0, 0)
    assert opened.archive.verify(quiet, go_on) == ()
    assert opened.media.unfinished() == (left.name,)
    sweep(opened.store, opened.media)
    assert opened.media.unfinished() == ()


def test_a_coding_on_such_a_disk_is_no_stray_one_and_goes_into_a_backup(tmp_path) -> None:
    folder = Folder(DOOR, tmp_path / "archive")
    begun = folder.coded(OWN)
    lay_beside(folder.place)
    (tmp_path / "usb").mkdir()
    opened = folder.open(OWN)
    assert folder.told(opened) == []
    name = opened.archive.backup(tmp_path / "usb", quiet, go_on)
    opened.archive.close()
    assert [path.name for path in (tmp_path / "usb" / name / "codings").iterdir()] == [f"{begun.id}.db"]


def test_a_backup_vouches_for_no_file_that_comes_and_goes(opened, tmp_path, monkeypatch) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    real = durable_file.write_whole

    def on_a_stick(path, content):
        real(path, content)
        path.with_name(f"._{path.name}").write_bytes(LAID)

    with monkeypatch.context() as stick:
        stick.setattr(durable_file, "write_whole", on_a_stick)
        name = opened.archive.backup(usb, quiet, go_on)
    laid = list((usb / name).glob("._*"))
    assert laid
    for path in laid:
        path.unlink()
    DOOR.restore(usb / name, tmp_path / "restored", PASSPHRASE, quiet, go_on)


def test_a_folder_with_only_the_systems_dust_is_empty(tmp_path) -> None:
    (tmp_path / ".DS_Store").touch()
    lay_beside(tmp_path)
    assert archive_folder.inspect(tmp_path).kind == "empty"
    archive_folder.remove_dust(tmp_path)
    assert list(tmp_path.iterdir()) == []
