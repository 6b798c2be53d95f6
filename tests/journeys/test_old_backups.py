"""An archive is opened after its old backups expired: they go by themselves, where their disk is there."""

from datetime import UTC, date, datetime
from pathlib import Path

from app.model.erasure import FilmOrder, Ground, MadeBackup
from app.model.recording import Recording
from app.model.retention import BACKUPS_KEPT, months_after
from tests.drivers.archive_steps import lock
from tests.material.golden import AINO, PASSPHRASE, golden, opened


def go_on() -> bool:
    return False


def nothing(_share: float) -> None:
    """Progress that nobody looks at."""


def test_after_the_certificates_day_the_film_is_nowhere(program, hands, tmp_path: Path, monkeypatch) -> None:
    folder, usb = golden("case", tmp_path / "archive"), tmp_path / "usb"
    usb.mkdir()
    with opened(folder) as archive:
        (film,) = archive.store.find(Recording)
        sealed = (folder / "media" / film.container).read_bytes()
        old = archive.archive.backup(usb, nothing, go_on)
        archive.archive.erasing.film(FilmOrder(film.id, Ground.MISTAKE, "väärä kortti"), go_on)
        archive.archive.erasing.finish(nothing, go_on)
        new = archive.archive.backup(usb, nothing, go_on)
        (made,) = [b for b in archive.store.find(MadeBackup) if b.id == old]
    assert sealed in [p.read_bytes() for p in (usb / "havainto-media").iterdir()]
    it_is(monkeypatch, months_after(made.made.astimezone().date(), BACKUPS_KEPT))
    program.unlock(folder, AINO, PASSPHRASE)
    hands.until(lambda: program.window is not None and program.window.isVisible())
    space = program.workspace
    hands.until(lambda: not space.jobs.running)
    assert sorted(p.name for p in usb.iterdir()) == [new, "havainto-media"]
    assert sealed not in [p.read_bytes() for p in (usb / "havainto-media").iterdir()]
    assert {"backup-expired", "backup-gone"} <= {e.act for e in space.store.audit_log(old)}
    lock(hands, program)


def it_is(monkeypatch, day: date) -> None:
    """That day has come for whoever looks at backups."""

    class Then(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(day.year, day.month, day.day, 12, tzinfo=UTC).astimezone(tz)

    monkeypatch.setattr("storage.erasing.erasing.datetime", Then)
