"""Taking a film in: checked in a child process, copied into its container, compared, placed on the meeting's clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from app.casework import consents
from app.door import Door
from app.errors import ArchiveError, ConsentMissing, ContainerError, FilmError
from app.errors import Cancelled as CancelledError
from app.films.camera_cards import earlier_piece
from app.films.card_reading import BLOCK, CheckedFile
from app.films.made_along import MadeAlong
from app.films.pieces import Piece, inspected, part_of, parted_at
from app.films.same_file import must_be_same, stamps
from app.i18n import Texts, today
from app.model.change import added
from app.model.consent import Purpose
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.recording import NOT_FILMED, SEAM, Damage, DerivedFile, Origin, Recording
from app.model.timecode import Micros
from app.model.units import ByteCount, CameraNumber
from app.ports import Cancelled, FilmGate, Inspected, MediaVault, NewContainer, Progress, Store, TakenIn
from app.ports.films import FilmTools, Joined
from app.ports.pieced_film import Salvaged

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
    """A film from outside for one meeting. `offset` is where its first picture is on the meeting's clock.

    Several `sources` are the files of one recording, in their order: they become one film. `salvaged` is what can be
    made of those among them that were never finished. With `anyway` a film that
    is in another meeting, or was erased, is taken in as a new one: somebody was asked.
    """

    sources: tuple[Path, ...]
    meeting_id: str
    camera: int = 1
    offset: Micros = 0
    salvaged: Mapping[Path, Salvaged] = field(default_factory=dict)
    anyway: bool = False


@dataclass(frozen=True)
class Brought:
    """A film now in its container. `originals` are the SHA-256 of the files that it was made from.

    `as_filmed` is False when it had to be encoded anew to be one film. `copies` are those made while it was checked,
    which no book has yet.
    """

    recording: Recording
    originals: tuple[str, ...]
    as_filmed: bool = True
    copies: tuple[DerivedFile, ...] = ()


def bring_in(films: FilmTools, media: MediaVault, wish: Wish, job: Work) -> Brought:
    """The work of a job: one file copied as it is, several joined as one film. The originals are only read.

    A file whose clock begins anew or jumps holds several recordings, which are joined as well; of one that was never
    finished what was salvaged is taken in. Raises what `take_in` and `take_in_joined` raise; nothing is left behind.
    Of a later piece of a disc's title that is refused without the one before it the error says what that is called
    (`piece_before`), and the first one (`first_piece`).
    """
    try:
        return _brought(films, media, wish, job)
    except FilmError as error:
        # one that the piece before came with would stand behind that: some picture may lie half in it
        refused = wish.sources[cast("int", error.values.get("source", 0))]
        if missing := earlier_piece(refused):
            error.values["piece_before"], error.values["first_piece"] = missing
        raise


def _brought(films: FilmTools, media: MediaVault, wish: Wish, job: Work) -> Brought:
    if len(wish.sources) > 1 or wish.salvaged:
        return take_in_joined(films, media, wish, job)
    along = MadeAlong(media, new_id(), _size_of(wish.sources))
    try:
        recording = take_in(films.gate, media, wish, job, along)
        return Brought(recording, (recording.sha256,), copies=along.keep())
    except FilmError as error:
        if not parted_at(error):
            raise
    finally:
        along.discard()
    return take_in_joined(films, media, wish, job)


def take_in(gate: FilmGate, media: MediaVault, wish: Wish, job: Work, along: MadeAlong | None = None) -> Recording:
    """The work of a job: check, encrypt, compare. The original is only read. Copies go `along` when they are wished.

    Raises FilmError for what is no film, ArchiveError(`no-space`), ContainerError, Cancelled; nothing is left behind.
    """
    (source,) = wish.sources
    _check_space(media, wish.sources)
    seen = stamps(wish.sources)
    found = gate.inspect(source, part_of(job.progress, 0.0, CHECK_SHARE), job.cancelled, copies=along)
    recording_id, key = (new_id(), b"") if along is None else (along.recording_id, along.wrapped_key)
    copying = part_of(job.progress, CHECK_SHARE, 1 - CHECK_SHARE)
    taken = media.take_in(source, recording_id, copying, job.cancelled, key)
    try:
        must_be_same(seen, wish.sources)  # what was checked is what was copied
    except FilmError:
        media.discard(taken.container)
        raise
    return _recording(recording_id, wish, taken, found)


def copied(media: MediaVault, wish: Wish, film: Recording, job: Work) -> TakenIn:
    """One file into another container of a film that is here, under its key. Raises as `take_in`, but for the check."""
    (source,) = wish.sources
    _check_space(media, wish.sources)
    return media.take_in(source, film.id, job.progress, job.cancelled, film.wrapped_key)


def take_in_joined(
    films: FilmTools, media: MediaVault, wish: Wish, job: Work, again: Recording | None = None
) -> Brought:
    """Check every file, join them straight into one container, read that back, count its pictures.

    With `again` into another container of that film, under its key.

    Every file is read whole first; what goes in afterward is compared with that. Raises FilmError also for
    `join-unlike` (no one recording) and `join-lost` (the film has not every picture); `source` is which file was
    refused.
    """
    _check_space(media, wish.sources)
    seen = stamps(wish.sources)
    pieces = inspected(films, wish.sources, wish.salvaged, part_of(job.progress, 0.0, CHECK_SHARE), job.cancelled)
    recording_id, key = (new_id(), b"") if again is None else (again.id, again.wrapped_key)
    with ExitStack() as opened:
        files = _read_once(opened, wish.sources, part_of(job.progress, CHECK_SHARE, 0.1), job.cancelled)
        new = media.begin(recording_id, key)
        try:
            join = _copied if len(pieces) == 1 and pieces[0].is_a_film else films.join
            joined = join(
                [piece.of(files) for piece in pieces],
                new,
                part_of(job.progress, CHECK_SHARE + 0.1, 0.3),
                job.cancelled,
            )
            taken = new.keep()
        except BaseException:
            new.discard()
            raise
    try:
        origin = Origin.SALVAGED if wish.salvaged else Origin.TAKEN_IN
        recording = replace(_recording(recording_id, wish, taken, pieces[0].found), origin=origin)
        recording = _verified(films, media, recording, pieces, joined)
        must_be_same(seen, wish.sources)
        if job.cancelled():
            raise CancelledError
    except BaseException:
        media.discard(taken.container)
        raise
    job.progress(1.0)
    return Brought(recording, tuple(file.sha256 for file in files), joined.as_filmed)


def _copied(sources: Sequence[BinaryIO], out: NewContainer, progress: Progress, cancelled: Cancelled) -> Joined:
    """One film as it is."""
    (film,) = sources
    size, done = max(film.seek(0, 2), 1), 0
    film.seek(0)
    while block := film.read(BLOCK):
        if cancelled():
            raise CancelledError
        out.write(block)
        done += len(block)
        progress(done / size)
    return Joined(())


def _read_once(
    opened: ExitStack, sources: Sequence[Path], progress: Progress, cancelled: Cancelled
) -> list[CheckedFile]:
    share = 1 / len(sources)
    return [
        opened.enter_context(CheckedFile(source, part_of(progress, number * share, share), cancelled))
        for number, source in enumerate(sources)
    ]


def _verified(
    films: FilmTools, media: MediaVault, recording: Recording, pieces: Sequence[Piece], joined: Joined
) -> Recording:
    """The joined film as it is read back from the disk. Raises ContainerError, FilmError(`join-lost`)."""
    if not media.verify(recording):
        raise ContainerError("container-damaged")
    if len(pieces) == 1 and not pieces[0].is_row:
        return recording
    with media.open(recording) as file:
        whole = films.index(file)
    if len(pieces) == 1:
        if whole.index != recording.index:
            raise FilmError("join-lost")
        return recording
    parts = [piece.found.facts for piece in pieces]
    # a picture that was cut in two by the end of a file, or needs the file before, is there only now
    # but of a card that was cut off, the last one may be there only in part
    half = 1 if parts[-1].damage else 0
    if whole.facts.frames < sum(part.frames for part in parts) - joined.twice - half:
        raise FilmError("join-lost")
    facts = replace(whole.facts, damage=_damage_of(pieces, joined))
    if facts.holes and len({(p.rate_kind, p.fps, p.min_fps, p.max_fps) for p in parts}) == 1:
        one = parts[0]  # the hole between them is no picture that stays
        facts = replace(facts, rate_kind=one.rate_kind, fps=one.fps, min_fps=one.min_fps, max_fps=one.max_fps)
    return replace(recording, facts=facts, index=whole.index)


def _damage_of(pieces: Sequence[Piece], joined: Joined) -> tuple[Damage, ...]:
    """Where each file is damaged, and what nobody filmed between two, on the joined film's clock."""
    damage: list[Damage] = []
    for n, (piece, (start, _)) in enumerate(zip(pieces, joined.parts, strict=True)):
        ended = joined.parts[n - 1][1] if n else start
        if start > ended:
            damage.append(Damage(ended, start, NOT_FILMED))
        jump = 0 if piece.jump is None and n in joined.differing else piece.jump
        if jump is not None:
            damage.append(Damage(start, start, SEAM, jump))
        damage += [replace(d, start=d.start + start, end=d.end + start) for d in piece.found.facts.damage]
    return tuple(damage)


def _recording(recording_id: str, wish: Wish, taken: TakenIn, found: Inspected) -> Recording:
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


def _check_space(media: MediaVault, sources: Sequence[Path]) -> None:
    if media.free_bytes() < _size_of(sources) + SPARE_BYTES:
        raise ArchiveError("no-space")


def _size_of(sources: Sequence[Path]) -> ByteCount:
    return sum(source.stat().st_size for source in sources if source.exists())


def keep_brought(door: Door, media: MediaVault, texts: Texts, brought: Brought) -> Recording:
    """As `keep`; the checksums of the originals go into the access log, where they can be shown to whoever asks."""
    try:
        recording = keep(door, media, texts, brought.recording)
    except BaseException:
        for copy in brought.copies:
            media.discard(copy.container)
        raise
    if brought.originals != (recording.sha256,):
        for sha256 in brought.originals:
            door.store.note("film-source", Recording, recording.id, f"sha256={sha256}")
    return recording


@dataclass(frozen=True)
class NotedFile:
    """A file of a film that has another checksum than the film, as the access log names it."""

    film_id: str
    sha256: str


def noted_sources(store: Store, film_id: str | None = None) -> tuple[NotedFile, ...]:
    """The files that a film, or any film, was joined from, in their order."""
    return _noted(store, film_id, "film-source", "sha256=")


def _noted(store: Store, film_id: str | None, act: str, field: str) -> tuple[NotedFile, ...]:
    rows = ((row.object_id, row.detail.split(";")) for row in store.audit_log(film_id, acts=(act,)))
    return tuple(
        NotedFile(one, part.removeprefix(field)) for one, parts in rows for part in parts if part.startswith(field)
    )


def read_sources(sources: Sequence[Path], progress: Progress, cancelled: Cancelled) -> tuple[str, ...]:
    """SHA-256 of each file, read whole. Raises FilmError `source-unreadable`, Cancelled."""
    with ExitStack() as opened:
        return tuple(file.sha256 for file in _read_once(opened, sources, progress, cancelled))


def demand_new(store: Store, wish: Wish, progress: Progress, cancelled: Cancelled) -> None:
    """Nothing is copied twice: raises FilmError when one of the wish's files is a film that is, or was, here.

    `film-here-already` (`camera`) in the same meeting. Unless the wish says `anyway`: `film-in-other-meeting` (`day`),
    `film-was-erased` (`day`). A file is read only when its size is known, or when films here were joined from files.
    """
    # and what was in a film's place before it was fetched again
    noted = noted_sources(store) + _noted(store, None, "film-fetched", "was=")
    sizes = tuple({source.stat().st_size for source in wish.sources if source.is_file()})
    maybe = store.find(Recording, size=sizes)
    of_size = {film.size for film in maybe}
    read = [s for s in wish.sources if s.is_file() and (noted or s.stat().st_size in of_size)]
    shas = set(read_sources(read, progress, cancelled)) if read else set()
    joined = tuple({source.film_id for source in noted if source.sha256 in shas})
    films = [film for film in maybe if film.sha256 in shas]
    films += [film for film in (store.find(Recording, id=joined) if joined else ()) if film not in films]
    for film in sorted(films, key=lambda f: (f.meeting_id != wish.meeting_id, f.is_erased)):
        _refuse_known(store, wish, film)


def _refuse_known(store: Store, wish: Wish, film: Recording) -> None:
    if film.erased is not None:
        if not wish.anyway:
            raise FilmError("film-was-erased", day=film.erased.astimezone().date())
    elif film.meeting_id == wish.meeting_id:
        raise FilmError("film-here-already", camera=film.camera)
    elif not wish.anyway:
        meeting = store.get(Meeting, film.meeting_id)
        raise FilmError("film-in-other-meeting", day=meeting.held.astimezone().date())


def keep(door: Door, media: MediaVault, texts: Texts, recording: Recording) -> Recording:
    """Put a film that was taken in into the archive's books.

    Raises ConsentMissing, and what `Door.write` raises; then its container goes too.
    """
    try:
        demand_consents(door.store, recording.meeting_id, today())
        door.write(texts.tr("Film taken in"), [added(recording)], act="film-in")
    except BaseException:
        media.discard(recording.container)
        raise
    return recording


def demand_consents(store: Store, meeting_id: str, day: date) -> None:
    """Raises ConsentMissing when a film of the meeting may not come into the archive on `day`.

    Everybody on it must have consented to being filmed; a child who said no, today or on the day of the meeting, is not
    on a film here.
    """
    meeting = store.get(Meeting, meeting_id)
    if consents.childs_word(meeting, meeting.held.astimezone().date()) == "no":
        raise ConsentMissing("child-said-no-then")
    consents.demand(store, meeting, Purpose.FILMING, day)


def films_of(store: Store, meeting_id: str) -> tuple[Recording, ...]:
    """Every film of a meeting, also those that are closed from use and what is left of those that were erased."""
    return store.find(Recording, meeting_id=meeting_id)


def meetings_with_films(store: Store, meetings: Iterable[Meeting]) -> frozenset[str]:
    """Ids of those that have films, or what is left of erased ones; the films are read together."""
    found = store.find(Recording, meeting_id=tuple(sorted(m.id for m in meetings)))
    return frozenset(film.meeting_id for film in found)


def next_camera(films: Iterable[Recording]) -> CameraNumber:
    """The one after those that have films; where a film was erased its camera is free again."""
    return 1 + max((r.camera for r in films if r.erased is None), default=0)
