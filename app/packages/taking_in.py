"""What a partner sent taken in, whatever it is: a package, a coding file, a key file. One door for all of them.

The same again changes nothing, in whatever order packages of a meeting come. Of several the one made last says what
the meeting's rows are; films of all of them stay. What was changed or deleted here stays as it is here. First come the
films' containers, then all rows in one step.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.door import Door
from app.errors import AppError, InputError, NotAllowed, PackageError
from app.i18n import Texts, now
from app.model.change import Change, Entity, added, removed
from app.model.meeting import Meeting, Segment
from app.model.package import RECIPIENT, SENDER, MeetingPackage, TakenPackage, TakenRow, is_digest_of, row_digest
from app.model.partner_key import PartnerKey
from app.model.people import Case
from app.model.recording import Recording
from app.model.reliability_sample import ReliabilitySample
from app.model.scheme_file import read_instrument, read_scheme
from app.model.stored import ContentKind, StoredContent
from app.packages.codings import CodingReport, take_coding, take_key
from app.packages.partners import partners
from app.ports import Archive, Cancelled, Progress, Store
from app.ports.packages import Received, ReceivedCoding, ReceivedKey

#: in the access log: a partner's package came in
TAKEN_IN = "package-taken-in"


@dataclass(frozen=True, slots=True)
class Report:
    """What a package brought, in numbers. `kept` are rows that were changed or deleted here and stay so.

    `is_new` is whether it was not here before, `is_older` whether a newer one of the meeting is here.
    """

    meeting_id: str
    films: int = 0
    added: int = 0
    edited: int = 0
    removed: int = 0
    kept: int = 0
    is_new: bool = True
    is_older: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in from one place, and what of it was not, each with its reason."""

    reports: tuple[Report | CodingReport, ...]
    troubles: tuple[AppError, ...] = ()


def take_all(door: Door, archive: Archive, texts: Texts, path: Path, progress: Progress, cancelled: Cancelled) -> Taken:
    """Take in what is at a path: one thing, or all that a folder holds. For a job.

    What is sealed for others is left alone where anything else is there: one's own files may lie in the same folder.
    Raises as `take_in` where nothing could be taken in.
    """
    reports: list[Report | CodingReport] = []
    troubles: list[AppError] = []
    for one in archive.packages.found(path):
        try:
            reports.append(take_in(door, archive, texts, one, progress, cancelled))
        except (PackageError, NotAllowed) as error:
            troubles.append(error)
    if not reports:
        raise troubles[0]
    return Taken(tuple(reports), tuple(t for t in troubles if t.key != "package-not-for-you"))


def take_in(
    door: Door, archive: Archive, texts: Texts, path: Path, progress: Progress, cancelled: Cancelled
) -> Report | CodingReport:
    """Take in a package (its folder), a coding file or a key file. For a job.

    Raises PackageError as `Packages.look` and `take_films`, and `package-meeting-own`, `package-scheme-differs`,
    `package-scheme-unreadable`; NotAllowed(`segments-locked`) when a coding that rests on the tasks is ready;
    Cancelled; and as `take_coding` and `take_key`. Then no row was changed.
    """
    keys = {partner.key.receiving_key: partner.key for partner in partners(door.store)}
    received = archive.packages.look(path, keys)
    key = keys[received.sender]
    if isinstance(received, ReceivedCoding):
        return take_coding(door, archive, texts, received, key)
    if isinstance(received, ReceivedKey):
        return take_key(door, archive, texts, received, key)
    return _take_package(
        door, archive, texts, _Coming(door.store, received.package, key), (received, progress, cancelled)
    )


def _take_package(
    door: Door, archive: Archive, texts: Texts, coming: _Coming, films: tuple[Received, Progress, Cancelled]
) -> Report:
    received, progress, cancelled = films
    held = {film.id for film in door.store.find(Recording, meeting_id=coming.meeting.id)}
    wanted = [film.id for film in received.package.films if film.id not in held]
    taken = archive.packages.take_films(received, wanted, progress, cancelled)
    changes, report = coming.changes(taken)
    if changes:
        door.write(texts.tr("Package taken in"), changes, act=TAKEN_IN)
    return report


class _Coming:
    """One package beside what the archive holds."""

    def __init__(self, store: Store, package: MeetingPackage, key: PartnerKey) -> None:
        self._store, self._key = store, key
        workers = {SENDER: key.person_id, RECIPIENT: store.me, "": ""}
        first, second = (workers[coder] for coder in package.meeting.coders)
        self.meeting = replace(package.meeting, coders=(first, second))
        case = package.case
        self._case = replace(case, lead=workers.get(case.lead, ""), partner=workers.get(case.partner, ""))
        samples = tuple(replace(s, drawn_by=workers[s.drawn_by]) for s in package.samples)
        self._package = replace(package, meeting=self.meeting, case=self._case, samples=samples)
        taken = store.find(TakenPackage, meeting_id=self.meeting.id)
        self._taken = sorted(taken, key=lambda one: one.place)
        self._is_new = package.id not in {one.id for one in taken}
        self._newest = self._taken[-1] if self._taken else None
        self._is_older = self._newest is not None and self._newest.place > (package.made, package.id)
        self._check_meeting()
        self._contents = tuple(self._new_contents())

    def _check_meeting(self) -> None:
        """A meeting that did not come from this partner is none of the partner's to change."""
        is_here = bool(self._store.find(Meeting, id=self.meeting.id))
        if is_here and not any(one.person_id == self._key.person_id for one in self._taken):
            raise PackageError("package-meeting-own")

    def _new_contents(self) -> Iterable[StoredContent]:
        for content in self._package.contents:
            held = self._store.find(StoredContent, id=content.id)
            if held and held[0] != content:
                raise PackageError("package-scheme-differs", version=content.version)
            if not held:
                _check_readable(content)
                yield content

    def changes(self, films: Sequence[Recording]) -> tuple[list[Change], Report]:
        """The one step that takes it in, and what it brings; without changes when all of it was here."""
        report = Report(self.meeting.id, films=len(films), is_new=self._is_new, is_older=self._is_older)
        changes = [*map(added, self._contents), *map(added, films)]
        if not self._is_older:
            changes += self._case_changes()
            rows, report = self._row_changes(report)
            changes += rows
        if self._is_new:
            changes.append(added(self._noted()))
        return changes, report

    def _noted(self) -> TakenPackage:
        of_films = (film for film in self._package.films)
        rows = tuple(TakenRow(e.id, row_digest(e)) for e in (*self._package.rows(), *of_films))
        package = self._package
        return TakenPackage(package.id, self.meeting.id, self._key.person_id, package.made, now(), rows)

    def _case_changes(self) -> list[Change]:
        """The case once, under a code name that is nobody's here; later it is this archive's own to change."""
        if self._store.find(Case, id=self._case.id):
            return []
        taken = {case.code_name.casefold() for case in self._store.find(Case)}
        name, number = self._case.code_name, 1
        while name.casefold() in taken:
            number += 1
            name = f"{self._case.code_name} ({number})"
        return [added(replace(self._case, code_name=name))]

    def _row_changes(self, report: Report) -> tuple[list[Change], Report]:
        changes: list[Change] = []
        kept = 0
        for entity in (*self._package.rows(), *self._package.films):
            change, is_kept = self._change_of(entity)
            changes += [change] if change is not None else []
            kept += is_kept
        changes += self._gone()
        return changes, replace(
            report,
            added=sum(c.before is None for c in changes),
            edited=sum(c.before is not None and c.after is not None for c in changes),
            removed=sum(c.after is None for c in changes),
            kept=kept,
        )

    def _change_of(self, entity: Entity) -> tuple[Change | None, bool]:
        """What becomes of one row, and whether it stays as it is here though the package says something else."""
        held = next(iter(self._store.find(type(entity), id=entity.id)), None)
        if held is None and isinstance(entity, ReliabilitySample) and self._store.coding_states(self.meeting.id):
            return None, True  # it came too late: whoever has begun codes every task
        before = self._newest.digest_of(entity.id) if self._newest is not None else ""
        if held is None:
            is_deleted_here = bool(before) and not isinstance(entity, Recording)
            return (
                (None, True) if is_deleted_here else (None if isinstance(entity, Recording) else added(entity), False)
            )
        if row_digest(held) == row_digest(entity):
            return None, False
        if not is_digest_of(held, before):
            return None, True
        if isinstance(held, Recording) and isinstance(entity, Recording):
            entity = replace(entity, container=held.container, wrapped_key=held.wrapped_key)
        return Change(held, entity), False

    def _gone(self) -> list[Change]:
        """Tasks that the package before brought and this one has no more, where nobody changed them here."""
        if self._newest is None:
            return []
        still = {segment.id for segment in self._package.segments}
        held = self._store.find(Segment, meeting_id=self.meeting.id)
        gone = (s for s in held if s.id not in still and is_digest_of(s, self._newest.digest_of(s.id)))
        return [removed(segment) for segment in gone]


def _check_readable(content: StoredContent) -> None:
    """Raises PackageError(`package-scheme-unreadable`) for one of a newer program that this one cannot read."""
    read = read_scheme if content.kind == ContentKind.SCHEME else read_instrument
    try:
        value = read(content.text)
    except InputError as error:
        raise PackageError("package-scheme-unreadable", version=content.version) from error
    if (value.id, value.version) != (content.content_id, content.version):
        raise PackageError("package-damaged")
