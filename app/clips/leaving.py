"""A clip leaves the archive: wholly reviewed, covered, proven, by consent to what it leaves for, and logged."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from app.casework.film_use import Use, demand_use
from app.casework.left_clips import LEFT, SECOND
from app.clips.covering import Side, coverings_of
from app.clips.examples import as_clip
from app.clips.permitted import demand_shown
from app.errors import NotAllowed
from app.exchange.age_files import SUFFIX, sealed_for, sealed_with
from app.i18n import Texts, today
from app.model.cover import Covering
from app.model.feedback import CameFrom, Clip
from app.model.filmed import holes_of
from app.model.filming import FilmingEvent
from app.model.independence import both_ready
from app.model.recording import Recording
from app.model.statement_delivery import Sealing
from app.model.stored import ExampleClip
from app.ports import Cancelled, MediaVault, Progress, Store
from app.ports.covering import Coverer, CoverOrder, CoverReport, FilmClock, SecondOrder
from app.whole_file import write_whole

#: for what a clip may leave: each asks everybody on the film
LEAVES_FOR = (Use.FEEDBACK, Use.SUPERVISION, Use.COMMISSIONER, Use.EXAMPLE)
REPORT_SUFFIX = ".json"
#: what a film and a picture are called at the end of their files' names
FILM_SUFFIX, PICTURE_SUFFIX = ".mp4", ".png"


@dataclass(frozen=True, slots=True)
class Leaving:
    """How a clip leaves: for which use, to whom of the case where that is a parent or the child, and into which file.

    `secret` is the key or the passphrase that a sealed file is made with.
    """

    use: Use
    into: Path
    person_id: str = ""
    sealing: Sealing = Sealing.NOTHING
    secret: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """The written file, and beside it the report: hashes and figures, no words."""

    path: Path
    report: Path
    proven: CoverReport


def suffix_of(clip: Clip) -> str:
    """How the name of the file ends as which a clip leaves: a still is a picture."""
    return PICTURE_SUFFIX if clip.is_still else FILM_SUFFIX


def uses_of(clip: Clip) -> tuple[Use, ...]:
    """For what it may leave: the example of a code is for training alone, whoever consented to what else."""
    return (Use.EXAMPLE,) if clip.came_from == CameFrom.EXAMPLE else LEAVES_FOR


def _as_now(store: Store, clip_id: str) -> Clip:
    """A moment for feedback, or the example of a code. Raises StoreError(`not-found`)."""
    example = next(iter(store.find(ExampleClip, id=clip_id)), None)
    return store.get(Clip, clip_id) if example is None else as_clip(store, example)


def demand_leaving(store: Store, clip: Clip, use: Use, person_id: str = "") -> tuple[tuple[Side, Covering], ...]:
    """Whether a clip may leave now, as the door asks it; what covers it on each camera that is seen, its own first.

    Raises ConsentMissing; NotAllowed: `clip-film-gone`, `clip-hidden`, `clip-coding-open`, `clip-not-reviewed`,
    `example-for-training` for any other use of an example, and
    for a parent as `demand_shown`.
    """
    film = next(iter(store.find(Recording, id=clip.recording_id)), None)
    if film is None or not film.in_use:
        raise NotAllowed("clip-film-gone")
    if clip.hidden:
        raise NotAllowed("clip-hidden")
    if use not in uses_of(clip):
        raise NotAllowed("example-for-training")
    states = store.coding_states(clip.meeting_id)
    if states and not both_ready(states):
        raise NotAllowed("clip-coding-open")
    if use == Use.FEEDBACK:
        demand_shown(store, clip, person_id, today())
    demand_use(store, clip.meeting_id, use, today())
    coverings = coverings_of(store, clip)
    if not all(covering.may_leave for _, covering in coverings):
        raise NotAllowed("clip-not-reviewed")
    return coverings


def leave(
    store: Store,
    media: MediaVault,
    coverer: Coverer,
    texts: Texts,
    clip_id: str,
    leaving: Leaving,
    progress: Progress,
    cancelled: Cancelled,
) -> Left:
    """Write the clip and its report. For a job: nothing is on the disk before all of it is proven.

    Raises as `demand_leaving`; StoreError(`not-found`); FilmError as `Coverer.write`; ContainerError; Cancelled;
    InputError for a key that is none; AppError(`cannot-write`).
    """
    clip = _as_now(store, clip_id)
    coverings = demand_leaving(store, clip, leaving.use, leaving.person_id)
    (own, covering), *others = coverings
    film, second = own.film, _second(store, media, clip, own, others)
    order = CoverOrder(clip.first, clip.last, covering.tracks, covering.muted, texts.tr("SECRET"), second)
    made = bytearray()
    source = partial(media.open, film)
    proven = coverer.write(source, film.index, order, made.extend, progress, cancelled)
    content = _sealed(bytes(made), leaving)
    _demand_still(store, clip_id, leaving, coverings)
    path = leaving.into if leaving.sealing == Sealing.NOTHING else leaving.into.with_name(leaving.into.name + SUFFIX)
    report = path.with_name(path.name + REPORT_SUFFIX)
    write_whole(path, content)
    try:
        films = tuple(side.film for side, _ in coverings)
        write_whole(report, _said(proven, films))
        # a stick is slow: who withdrew while it was written to was told of nothing that left, for nothing was noted
        _demand_still(store, clip_id, leaving, coverings)
        _note(store, clip, films, leaving, proven)
    except BaseException:
        path.unlink(missing_ok=True)
        report.unlink(missing_ok=True)
        raise
    return Left(path, report, proven)


def _demand_still(store: Store, clip_id: str, leaving: Leaving, coverings: tuple[tuple[Side, Covering], ...]) -> None:
    """While it is made somebody may withdraw a consent, or draw something anew. Raises as `demand_leaving`."""
    if demand_leaving(store, _as_now(store, clip_id), leaving.use, leaving.person_id) != coverings:
        raise NotAllowed("clip-changed-meanwhile")


def _second(
    store: Store, media: MediaVault, clip: Clip, own: Side, others: Sequence[tuple[Side, Covering]]
) -> SecondOrder | None:
    """The other camera as it is seen with the first one."""
    if not others:
        return None
    side, covering = others[0]
    film = side.film
    holes = holes_of(film, store.find(FilmingEvent, meeting_id=film.meeting_id))
    clock, other = (FilmClock(f.offset, f.drift_ppm) for f in (film, own.film))
    source = partial(media.open, film)
    return SecondOrder(source, film.index, clip.sight, covering.tracks, side.first, clock, other, holes)


def _sealed(content: bytes, leaving: Leaving) -> bytes:
    if leaving.sealing == Sealing.KEY:
        return sealed_for(content, leaving.secret)
    if leaving.sealing == Sealing.PASSPHRASE:
        return sealed_with(content, leaving.secret)
    return content


def _said(proven: CoverReport, films: Sequence[Recording]) -> bytes:
    """Of the clear clip and of the film or films that it was taken from."""
    names = ("film_sha256", "second_film_sha256")
    of_films = {name: film.sha256 for name, film in zip(names, films, strict=False)}
    return json.dumps({**asdict(proven), **of_films}, indent=2, sort_keys=True).encode() + b"\n"


def _note(store: Store, clip: Clip, films: Sequence[Recording], leaving: Leaving, proven: CoverReport) -> None:
    """Of the clip and of its films, whose rows outlive it."""
    detail = f"use={leaving.use.value};sealing={leaving.sealing.value};sha256={proven.sha256};to={leaving.person_id}"
    store.note(LEFT, ExampleClip if clip.came_from == CameFrom.EXAMPLE else Clip, clip.id, detail)
    for film in films:
        second = "" if film is films[0] else f";{SECOND}"
        store.note(LEFT, Recording, film.id, f"{detail};clip={clip.id}{second}")
