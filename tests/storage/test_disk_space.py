import shutil

import pytest

from app.errors import ArchiveError
from storage import disk_space
from storage.disk_space import free_space

GIB = 1024**3


@pytest.mark.parametrize(
    ("free", "kind"),
    [
        (0, "full"),
        (500 * 1024**2 - 1, "full"),
        (500 * 1024**2, "low"),
        (10 * GIB - 1, "low"),
        (10 * GIB, "ok"),
    ],
)
def test_space_is_low_under_ten_gib_and_full_under_half_of_one(tmp_path, monkeypatch, free, kind):
    monkeypatch.setattr(shutil, "disk_usage", lambda place: shutil._ntuple_diskusage(20 * GIB, 0, free))
    assert free_space(tmp_path) == disk_space.SpaceState(kind, free)


def test_space_of_a_folder_that_is_not_there_yet(tmp_path):
    there, not_yet = free_space(tmp_path), free_space(tmp_path / "a" / "b")
    assert not_yet.kind == there.kind
    assert disk_space.nearest_existing(tmp_path / "a" / ".." / "b") == tmp_path.resolve()
    assert list(tmp_path.iterdir()) == []


def test_disk_that_does_not_answer(tmp_path, monkeypatch):
    def refuse(place):
        raise OSError(5, "no")

    monkeypatch.setattr(shutil, "disk_usage", refuse)
    with pytest.raises(ArchiveError) as error:
        free_space(tmp_path)
    assert error.value.key == "disk-error"
