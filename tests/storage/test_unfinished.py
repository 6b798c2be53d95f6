"""What is built in an unfinished folder is on the disk, all of it, before it has the name of an archive."""

from pathlib import Path

import pytest

from storage import durable_file, unfinished


def test_every_folder_is_on_the_disk_before_what_is_built_has_its_name(tmp_path, monkeypatch) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(durable_file, "sync_folder", synced.append)
    into = tmp_path / "new" / "archive"
    with unfinished.beginning(into) as built:
        for name in ("media", "codings", "codings/deep"):
            (built / name).mkdir()
        (built / "codings" / "one.db").write_bytes(b"x")
        synced.clear()
    folders = [built / name for name in ("codings/deep", "codings", "media", "")]
    assert sorted(synced[:-1]) == sorted(folders)
    assert synced.index(built) > max(synced.index(folder) for folder in folders[:-1])
    assert synced[-1] == into.parent
    assert (into / "codings" / "one.db").read_bytes() == b"x"


def test_a_folder_that_cannot_be_listed_ends_nothing_as_an_archive(tmp_path, monkeypatch) -> None:
    def refuse(folder: Path) -> None:
        raise OSError(5, "gone")

    into = tmp_path / "archive"

    def build() -> None:
        with unfinished.beginning(into) as built:
            (built / "media").mkdir()
            monkeypatch.setattr(durable_file, "sync_folder", refuse)

    with pytest.raises(Exception, match="disk-error"):
        build()
    assert not into.exists()
