"""Taking a film in: checked in a child process, copied into its container, compared, placed on the meeting's clock."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.errors import ArchiveError
from app.i18n import Texts
from app.model.change import added
from app.model.identity import new_id
from app.model.recording import Recording
from app.model.timecode import Micros
from app.ports import Cancelled, FilmGate, MediaVault, Progress, Store

#: share of the progress that the check takes, the rest is copying and comparing
CHECK_SHARE = 0.5
#: left free on the disk after a film was taken in
SPARE_BYTES = 500_000_000


class Work(Protocol):
    """The work's side of a job."""

    @property
    def progress(self) -> Progress: ...

    @property
    def cancelled(self) -> Cancelled: ...


@dataclass(frozen=True)
class Wish:
    """A film from outside for one meeting. `offset` is where its first picture is on the meeting's clock."""

    source: Path
    meeting_id: str
    camera: int = 1
    offset: Micros = 0


def take_in(gate: FilmGate, media: MediaVault, wish: Wish, job: Work) -> Recording:
    """The work of a job: check, encrypt, compare. The original is only read.

    Raises FilmError for what is no film, ArchiveError(`no-space`), ContainerError, Cancelled; nothing is left behind.
    """
    size = wish.source.stat().st_size if wish.source.exists() else 0
    if media.free_bytes() < size + SPARE_BYTES:
        raise ArchiveError("no-space")
    found = gate.inspect(wish.source, lambda f: job.progress(f * CHECK_SHARE), job.cancelled)
    recording_id = new_id()
    taken = media.take_in(
        wish.source, recording_id, lambda f: job.progress(CHECK_SHARE + f * (1 - CHECK_SHARE)), job.cancelled
    )
    return Recording(
        recording_id,
        wish.meeting_id,
        wish.camera,
        taken.sha256,
        taken.size,
        taken.chunks,
        taken.container,
        found.facts,
        wish.offset,
        wrapped_key=taken.wrapped_key,
        index=found.index,
    )


def keep(store: Store, media: MediaVault, texts: Texts, recording: Recording) -> Recording:
    """Put a film that was taken in into the archive's books; when they refuse, its container goes too."""
    try:
        store.apply(texts.tr("Film taken in"), [added(recording)], act="film-in")
    except BaseException:
        media.discard(recording.container)
        raise
    return recording


def next_camera(store: Store, meeting_id: str) -> int:
    return 1 + max((r.camera for r in store.find(Recording, meeting_id=meeting_id)), default=0)
