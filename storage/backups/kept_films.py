"""The films of a backup: what is not at its place yet is copied and read back, what is there is not copied again.

A container is never written to again, so a copy that was read whole once stays good until its disk fails. What an
earlier backup at the place vouches for under the archive's own seal is known by its length, its first and its last
bytes; and every backup reads some of those copies whole, those first that were not read for longest, so that each is
read again within a month and a disk that fails is found out. What does not hold is copied anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from app.errors import BackupError
from storage import durable_file
from storage.backups.backup_format import (
    MEDIA_FOLDER,
    PART,
    PREFIX,
    StoredFilm,
    Work,
    checksum,
    copy_checked,
    read_manifest,
)
from storage.backups.held import Held
from storage.disk_space import free_space
from storage.vault.keys import Keys

#: a copy that was not read whole for so long is read by the next backup, whatever it takes
READ_WITHIN = timedelta(days=30)
#: and each backup reads this share of all bytes that are there, at least one film
SHARE_READ = 20

_SPARE_BYTES = 16 * 1024**2
#: of a container's beginning, which no other has, and of its end
_LOOKED_AT = 4096


def known_at(target: Path, archive_id: str, keys: Keys) -> dict[str, StoredFilm]:
    """What the newest backup of this archive at a place vouches for, by container. Raises OSError."""
    for folder in sorted(target.glob(f"{PREFIX}*"), reverse=True):
        if folder.name.endswith(PART):
            continue
        try:
            manifest = read_manifest(folder, keys)
        except BackupError:  # another archive's, one under an earlier key, or damaged
            continue
        if manifest.archive_id == archive_id:
            return {film.container: film for film in manifest.films}
    return {}


def keep(
    source: Path, films: tuple[Held, ...], media: Path, known: Mapping[str, StoredFilm], today: date, work: Work
) -> tuple[StoredFilm, ...]:
    """Every container of the archive is at the backup's place in the end, whole by what is said above.

    Raises OSError, Cancelled, BackupError `archive-film-missing`, `backup-disk-full`, `backup-damaged`.
    """
    if not all((source / film.container).is_file() for film in films):
        raise BackupError("archive-film-missing")
    sizes = {film.container: (source / film.container).stat().st_size for film in films}
    there = [known[name] for name, size in sizes.items() if name in known and known[name].size == size]
    there = [film for film in there if _alike(source / film.container, _copy(media, film), film.size)]
    again = {film.container for film in to_read(there, today)}
    trusted = {film.container: film for film in there}
    # read here, then written and read back there; or only read there; or only looked at
    news = sum(3 * size for name, size in sizes.items() if name not in trusted)
    work.total = news + sum(sizes[name] for name in again) or 1
    kept = []
    for film in films:
        work.step(0)
        before = trusted.get(film.container)
        if before is not None and film.container not in again:
            kept.append(before)
        elif before is not None and _holds(_copy(media, before), before.size, before.sha256, work):
            kept.append(replace(before, read=today.isoformat()))
        else:
            kept.append(_kept_anew(source, film, sizes[film.container], media, today, work))
    durable_file.sync_folder(media)  # also of copies that an earlier try left without it when it was killed
    return tuple(kept)


def to_read(there: Iterable[StoredFilm], today: date) -> tuple[StoredFilm, ...]:
    """Whose copies are to be read whole: those whose time has come, and a share of the others."""
    by_age = sorted(there, key=lambda film: (film.read, film.container))
    left = sum(film.size for film in by_age) / SHARE_READ
    chosen = []
    for film in by_age:
        if left > 0 or not _was_read_lately(film, today):
            chosen.append(film)
            left -= film.size
    return tuple(chosen)


def _was_read_lately(film: StoredFilm, today: date) -> bool:
    """A day to come is a clock's that was wrong then, or is now: it tells nothing."""
    return film.read != "" and today - READ_WITHIN <= date.fromisoformat(film.read) <= today


def _copy(media: Path, film: StoredFilm) -> Path:
    return media / f"{film.sha256}.vau"


def _alike(one: Path, other: Path, size: int) -> bool:
    """Whether a copy is there with the length, the beginning and the end of the container.

    One that its disk does not give is none: it is made anew. Raises OSError for the container itself.
    """
    looked_at = _looked_at(one, size)
    try:
        return other.is_file() and other.stat().st_size == size and _looked_at(other, size) == looked_at
    except OSError:
        return False


def _holds(copy: Path, size: int, sha256: str, work: Work) -> bool:
    """Whether a copy is there and, read whole, is what it is called; not one that its disk does not give. Cancelled."""
    try:
        return copy.is_file() and copy.stat().st_size == size and checksum(copy, work.step) == sha256
    except OSError:
        return False


def _looked_at(path: Path, size: int) -> bytes:
    """Its beginning and its end. Raises OSError that names the file."""
    try:
        with path.open("rb") as file:
            begin = file.read(_LOOKED_AT)
            file.seek(max(size - _LOOKED_AT, 0))
            return begin + file.read(_LOOKED_AT)
    except OSError as error:
        raise OSError(durable_file.number_of(error), error.strerror, str(path)) from error


def _kept_anew(source: Path, film: Held, size: int, media: Path, today: date, work: Work) -> StoredFilm:
    path = source / film.container
    sha256 = checksum(path, work.step)
    target = media / f"{sha256}.vau"
    if _holds(target, size, sha256, work):
        work.step(size)
    else:
        if free_space(media).free_bytes < size + _SPARE_BYTES:
            raise BackupError("backup-disk-full")
        copy_checked(path, target, sha256, work.step)
    return StoredFilm(film.container, film.id, sha256, size, today.isoformat())


def folder_at(target: Path) -> Path:
    """Where the films of a place lie; made if there is none. Raises OSError."""
    media = target / MEDIA_FOLDER
    media.mkdir(mode=0o700, exist_ok=True)
    return media
