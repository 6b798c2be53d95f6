"""Single damages of an archive's files by the thousand: seen at once, and what lies on whole pages is read.

Of the database each damage is read as a rescue reads it, and every fiftieth is a whole rescue. The argument is how many
of each kind of damage.
"""

import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random

from app.errors import AppError, ArchiveError
from app.model.observation import Observation
from app.model.recording import Recording
from storage.archive import ArchiveDoorway
from storage.store.database import connect
from storage.store.kinds import KINDS
from storage.vault import key_file
from storage.vault.keys import KdfCost
from tests.drivers.page_damage import KINDS_OF_DAMAGE, Whole, damaged, keys_of, outcome, thickened
from tests.material.golden import AINO, PASSPHRASE, golden

DOOR = ArchiveDoorway(KdfCost.FLOOR)
RESCUED_EVERY = 50


def main(each: int = 1000) -> None:
    """Damage, read, print, and hold it to what was promised."""
    with tempfile.TemporaryDirectory() as place:
        folder = golden("final", Path(place) / "archive")
        thickened(folder, keys_of(folder).database, 12)
        for what in KINDS_OF_DAMAGE:
            _databases(folder, Path(place), what, each)
        _key_files(folder, each)
        _films(folder, each)
        drafts = golden("drafts", Path(place) / "drafts")
        _sealed_files(drafts, max(each // 10, 1))


def _databases(folder: Path, place: Path, what: str, each: int) -> None:
    key = keys_of(folder).database
    whole, draw = Whole.of(folder, key), Random(f"database-{what}")
    read = healthy = unseen = rescues = 0
    worst = 1.0
    for number in range(each):
        one = outcome(folder, whole, key, what, draw)
        read, healthy, unseen = read + one.read, healthy + one.healthy, unseen + (not one.seen)
        worst = min(worst, one.read / one.healthy if one.healthy else 1.0)
        if number % RESCUED_EVERY == 0:
            rescues += 1
            _whole_rescue(folder, place / "new", whole, damaged(whole.content, what, draw))
    _say(
        f"database, {what}: {each} damages, {unseen} unseen; {read} of {healthy} entities on whole pages read, ", worst
    )
    sys.stdout.write(f"  and {rescues} whole rescues\n")
    sys.stdout.flush()
    assert unseen == 0
    assert worst >= 0.99


def _say(words: str, worst: float) -> None:
    sys.stdout.write(f"{words}worst of one damage {worst:.4f}\n")
    sys.stdout.flush()


def _whole_rescue(folder: Path, into: Path, whole: Whole, now: bytes) -> None:
    """The new archive opens, is checked, and has what lay on whole pages; of a file cut to nothing there is none."""
    path = folder / "archive.db"
    path.write_bytes(now)
    wanted = whole.on_healthy_pages(now)
    try:
        found = DOOR.rescue(folder, into, PASSPHRASE, lambda _: None, lambda: False)
        assert not found.is_whole
        assert found.troubles == ()
        driver = connect(into / "archive.db", keys_of(folder).database)
        there = {(k.name, row[0]) for k in KINDS for row in driver.execute(f"SELECT id FROM {k.name}")}
        driver.close()
        assert len(wanted & there) >= 0.99 * len(wanted)
        DOOR.unlock(into, AINO, PASSPHRASE).archive.close()
    except ArchiveError:
        if wanted:  # of a file cut to nothing nothing fits the key
            raise
    finally:
        path.write_bytes(whole.content)
        shutil.rmtree(into, ignore_errors=True)


def _key_files(folder: Path, each: int) -> None:
    path = folder / key_file.FILE_NAME
    whole = path.read_bytes()
    for what in KINDS_OF_DAMAGE:
        draw, seen = Random(f"key-{what}"), Counter[str]()
        for _ in range(each):
            path.write_bytes(damaged(whole, what, draw, 16))
            try:
                seen["the one before it taken, and said" if key_file.load(folder).from_older else "unseen"] += 1
            except ArchiveError as error:
                seen[error.key] += 1
        path.write_bytes(whole)
        sys.stdout.write(f"key file, {what}: {each} damages; {dict(seen)}\n")
        sys.stdout.flush()
        assert not seen["unseen"]


def _films(folder: Path, each: int) -> None:
    opened = DOOR.unlock(folder, AINO, PASSPHRASE)
    film = next(one for one in opened.store.find(Recording) if (folder / "media" / one.container).exists())
    path = folder / "media" / film.container
    whole = path.read_bytes()
    try:
        for what in KINDS_OF_DAMAGE:
            draw, seen = Random(f"film-{what}"), Counter[str]()
            for _ in range(each):
                path.write_bytes(damaged(whole, what, draw, 512))
                seen[opened.media.trouble(film, lambda _: None, lambda: False) or "unseen"] += 1
            sys.stdout.write(f"film, {what}: {each} damages; {dict(seen)}\n")
            sys.stdout.flush()
            assert not seen["unseen"]
    finally:
        path.write_bytes(whole)
        opened.archive.close()


def _sealed_files(folder: Path, each: int) -> None:
    """A worker's own draft: told at the sign-in, or refused where it is read, never other values."""
    opened = DOOR.unlock(folder, AINO, PASSPHRASE)
    before = opened.store.find(Observation)
    (coding_id,) = {one.coding_id for one in before}
    opened.archive.close()
    path = folder / "codings" / f"{coding_id}.db"
    whole = path.read_bytes()
    for what in KINDS_OF_DAMAGE:
        draw, seen = Random(f"draft-{what}"), Counter[str]()
        for _ in range(each):
            path.write_bytes(damaged(whole, what, draw))
            seen[_draft_state(folder, before)] += 1
        path.write_bytes(whole)
        sys.stdout.write(f"sealed draft, {what}: {each} damages; {dict(seen)}\n")
        sys.stdout.flush()
        assert not seen["other values"]


def _draft_state(folder: Path, before: object) -> str:
    opened = DOOR.unlock(folder, AINO, PASSPHRASE)
    try:
        if told := [error.key for error in opened.archive.to_tell()]:
            return told[0]
        return "read whole" if opened.store.find(Observation) == before else "other values"
    except AppError as error:
        return error.key
    finally:
        opened.archive.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
