"""What the signed-in worker chose alone: moments for feedback and their covers, sealed until the codings are open.

A moment says what its chooser saw on the film. So while a meeting's two codings are not both ready it is sealed as a
draft is, by the chooser's own key; in the same condition by which the rule of independence hides it from everybody
else. It is released into the archive's tables, with journal and log, in the transaction that opens the coding, or at
the chooser's next sign-in. All of it is done on a connection of the archive that whoever calls has open: a step is in
the archive and in what is sealed, or in neither.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from operator import attrgetter
from typing import TypeVar

import sqlalchemy as sa

from app.errors import ArchiveError, StoreError
from app.model.change import Change, Entity
from app.model.cover import ClipCover
from app.model.feedback import Clip, ClipWords
from app.model.identity import new_id
from app.model.independence import is_clip_open_among
from app.model.meeting import Meeting
from app.model.moved_clips import moved_clips, moved_covers
from app.model.recording import Recording
from app.ports import AuditEntry, HistoryEntry
from storage.codings.choice_box import ChoiceBox
from storage.codings.releasing import copy_journal, released_log
from storage.store import coding_rows, entity_rows, journal, sealed_choices, search_rows
from storage.store.access_log import AuditLog, Head
from storage.store.kinds import CHOSEN_ALONE, kind_of
from storage.store.large_steps import each_of, many
from storage.store.logged_acts import LoggedAct
from storage.store.reading_rules import writers_of
from storage.store.rule_facts import TableFacts
from storage.store.sealed_choices import SealedChoice
from storage.store.steps import Step, write_along, write_in_file
from storage.store.tables import TABLES, journal_entity
from storage.vault import coding_keys
from storage.vault.keys import Keys

E = TypeVar("E", bound=Entity)


@dataclass(frozen=True, slots=True)
class Settled:
    """What was done: the end of the archive's log, where anything was released, and what others can read since."""

    end: Head | None
    opened: tuple[Entity, ...]


#: in the archive's log when a worker's moments were opened to everybody
OPENED = "moments-released"


class SealedChoices:
    """One worker's. `vouched` says of a meeting whether the worker's own coding of it says itself that it is ready.

    Safe to use from several threads.
    """

    def __init__(self, archive_id: str, keys: Keys, log: AuditLog, vouched: Callable[[str], bool]) -> None:
        self._archive_id, self._keys, self._log, self._vouched = archive_id, keys, log, vouched
        self._me = keys.worker_id
        self._boxes: dict[str, tuple[bytes, ChoiceBox]] = {}
        self._reading = threading.RLock()

    # ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def find(self, archive: sa.Connection, kind: type[E], fields: Mapping[str, object]) -> tuple[E, ...]:
        """Those that are sealed now, by their fields and by ascending id. Raises StoreError."""
        found: list[E] = []
        with self._reading:
            for box in self._of(archive, fields.get("meeting_id")):
                found += entity_rows.find(box.connection, kind, fields, sa.true())
        return tuple(sorted(found, key=attrgetter("id")))

    def named(self, archive: sa.Connection, meeting_ids: Collection[str]) -> set[str]:
        """The ids of all that was ever sealed of some meetings and is so still, also of what went since."""
        with self._reading:
            boxes = self._of(archive, tuple(meeting_ids))
            return {
                one for box in boxes for one in box.connection.execute(sa.select(journal_entity.c.entity_id)).scalars()
            }

    def history(self, archive: sa.Connection, entity_id: str) -> tuple[HistoryEntry, ...]:
        """What happened to something that is sealed, oldest first. Raises StoreError."""
        with self._reading:
            told = (journal.read(box.connection, entity_id, sa.true(), self._me) for box in self._of(archive))
            return next((entries for entries in told if entries), ())

    def logged(self, archive: sa.Connection) -> list[AuditEntry]:
        """The rows of the logs of all that is sealed. Raises StoreError."""
        with self._reading:
            return [e for box in self._of(archive) for e in box.log.read(box.connection, None, sa.true())]

    def damaged(self, archive: sa.Connection) -> tuple[str, ...]:
        """The meetings whose sealed moments do not open, or are not whole. Raises StoreError."""
        found = []
        with self._reading:
            for row in sealed_choices.of_worker(archive, self._me):
                box = self._box(archive, row)
                if box is None or box.troubles():
                    found.append(row.meeting_id)
        return tuple(found)

    def _of(self, archive: sa.Connection, meetings: object = None) -> list[ChoiceBox]:
        """Those of some meetings, or all; one that does not open is left out, and was told."""
        wanted = (meetings,) if isinstance(meetings, str) else meetings
        assert wanted is None or isinstance(wanted, tuple), "of some meetings"
        rows = sealed_choices.of_worker(archive, self._me, wanted)
        return [box for row in rows if (box := self._box(archive, row)) is not None]

    def _box(self, archive: sa.Connection, row: SealedChoice) -> ChoiceBox | None:
        """One for reading, as it is in the archive."""
        seal, held = self._boxes.get(row.id, (b"", None))
        if held is not None and seal == row.seal:
            return held
        if held is not None:
            held.close()
        self._boxes.pop(row.id, None)
        try:
            box = self._opened(archive, row)
        except (StoreError, ArchiveError) as error:
            if error.key not in {"damaged", "own-key"}:
                raise
            return None
        self._boxes[row.id] = (row.seal, box)
        return box

    def _opened(self, archive: sa.Connection, row: SealedChoice) -> ChoiceBox:
        """One of its own for writing: what is done to it and not kept is as if it had not been."""
        key = coding_keys.unwrapped(self._keys, self._archive_id, row.id, row.wrapped_key)
        return ChoiceBox(key, row, self._archive_id, self._log.actor, sealed_choices.body(archive, row.id))

    # ── steps ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def sealed_part(self, archive: sa.Connection, net: Mapping[str, Change], facts: TableFacts) -> dict[str, Change]:
        """Those changes of a step whose things lie sealed, or are going to. Raises StoreError."""
        found = {}
        for key, change in net.items():
            if not isinstance(change.entity, CHOSEN_ALONE):
                continue
            meeting_id = change.entity.meeting_id
            if change.before is None:
                is_sealed = not is_clip_open_among("", facts.headers(meeting_id), meeting_id, self._me)
            else:
                is_sealed = bool(self.find(archive, change.kind, {"id": change.id}))
            if is_sealed:
                found[key] = change
        return found

    def take(self, archive: sa.Connection, step: Step) -> None:
        """Write a step of what is sealed alone. Raises StaleChange, StoreError, ArchiveError `own-key`."""
        by_meeting: dict[str, dict[str, Change]] = {}
        for key, change in step.net.items():
            assert isinstance(change.entity, CHOSEN_ALONE)
            by_meeting.setdefault(change.entity.meeting_id, {})[key] = change
        for meeting_id, net in by_meeting.items():
            box = self.box_for(archive, meeting_id)
            try:
                write_in_file(box.connection, replace(step, net=net), writers_of(meeting_id), box.log)
                self.keep(archive, box)
            finally:
                box.close()

    def box_for(self, archive: sa.Connection, meeting_id: str) -> ChoiceBox:
        """The worker's own of a meeting, which may begin now. Raises StoreError, ArchiveError `own-key`."""
        for row in sealed_choices.of_worker(archive, self._me, (meeting_id,)):
            return self._opened(archive, row)
        key, made = coding_keys.new_coding_key(), new_id()
        wrapped = coding_keys.wrapped(self._keys, self._archive_id, made, key)
        return ChoiceBox(key, SealedChoice(made, meeting_id, self._me, wrapped), self._archive_id, self._log.actor)

    def keep(self, archive: sa.Connection, box: ChoiceBox) -> None:
        """What was done to it is in the archive. Its moments are in the clocks that their films have now.

        One that is empty goes with its logs, as a draft does that its coder takes away.
        """
        films = _films_of(box)
        if not films:
            sealed_choices.remove(archive, box.row.id)
            return
        for film_id in films:
            film = entity_rows.one(archive, Recording, film_id, sa.true())
            box.note_followed(film_id, 0 if film is None else len(film.replaced))
        sealed_choices.put(archive, box.row, box.sealed())

    # ── what waited for the worker ───────────────────────────────────────────────────────────────────────────────────

    def is_due(self, archive: sa.Connection, meeting_ids: Collection[str] | None = None) -> bool:
        """Whether `settle` has something to do. Raises StoreError."""
        with self._reading:
            for row in sealed_choices.of_worker(archive, self._me, meeting_ids):
                box = self._box(archive, row)
                if box is not None and (self._is_open(archive, row.meeting_id) or self._lags(archive, box)):
                    return True
        return False

    def settle(self, archive: sa.Connection, meeting_ids: Collection[str] | None = None) -> Settled:
        """Moments follow their films, and go with them; what is open to everybody is released. Raises StoreError."""
        end: Head | None = None
        opened: list[Entity] = []
        for row in sealed_choices.of_worker(archive, self._me, meeting_ids):
            with self._reading:
                held = self._box(archive, row)
                is_open, lags = self._is_open(archive, row.meeting_id), held is not None and self._lags(archive, held)
            if held is None or not (is_open or lags):
                continue
            box = self._opened(archive, row)
            try:
                self._follow(archive, box)
                if is_open:
                    end = self._release(archive, box, opened)
                else:
                    self.keep(archive, box)
            finally:
                box.close()
        return Settled(end, tuple(opened))

    def _is_open(self, archive: sa.Connection, meeting_id: str) -> bool:
        """Whether everybody may read it; of the own coding its own word counts, and no row that another could write."""
        headers = coding_rows.counted_places(archive, meeting_id)
        return is_clip_open_among("", headers, meeting_id, self._me) and self._vouched(meeting_id)

    def _lags(self, archive: sa.Connection, box: ChoiceBox) -> bool:
        for film_id in _films_of(box):
            film = entity_rows.one(archive, Recording, film_id, sa.true())
            if film is None or film.is_erased or box.followed(film_id) != len(film.replaced):
                return True
        return False

    def _follow(self, archive: sa.Connection, box: ChoiceBox) -> None:
        """What became of the films meanwhile, whoever did it: another file in one's place, or it was erased."""
        for film_id in _films_of(box):
            film = entity_rows.one(archive, Recording, film_id, sa.true())
            if film is None or film.is_erased:
                _forget(box, film_id)
            elif (times := box.followed(film_id) or 0) < len(film.replaced):
                said = film.replaced[times]
                self._move(box, replace(film, offset=said.offset, drift_ppm=said.drift_ppm), film)

    def _move(self, box: ChoiceBox, before: Recording, after: Recording) -> None:
        clips = moved_clips(before, after, _all(box, Clip, recording_id=after.id))
        changes = (*clips, *moved_covers(before, after, _all(box, ClipCover), clips))
        if changes:
            step = Step(datetime.now(UTC), self._me, "", "film-again", {change.id: change for change in changes})
            write_in_file(box.connection, step, writers_of(box.row.meeting_id), box.log)

    def _release(self, archive: sa.Connection, box: ChoiceBox, opened: list[Entity]) -> Head:
        """All of it into the archive's tables, search, journal and log; then there is no row of it any more."""
        meeting_id = box.row.meeting_id
        found: list[Entity] = []
        for kind in CHOSEN_ALONE:
            columns = tuple(column.name for column in TABLES[kind].c)
            rows = box.connection.execute(sa.select(*TABLES[kind].c).order_by(TABLES[kind].c.id)).all()
            if rows:
                many(archive, sa.insert(TABLES[kind]), columns, [tuple(row) for row in rows])
            found += _all(box, kind)
        search_rows.put(archive, found)
        copy_journal(box.connection, archive, meeting_id)
        self._log.take_over(archive, released_log(box.connection))
        done = LoggedAct(OPENED, kind_of(Meeting).name, meeting_id, f"chooser={self._me}", writers_of(meeting_id))
        end = self._log.append(archive, datetime.now(UTC), [done])
        self._say_titles(archive, [one for one in found if isinstance(one, Clip)])
        sealed_choices.remove(archive, box.row.id)
        opened += found
        return end

    def _say_titles(self, archive: sa.Connection, clips: Iterable[Clip]) -> None:
        """What was said to a moment tells from now on what the moment is called."""
        titles = {clip.id: clip.title for clip in clips if clip.title}
        words = entity_rows.find(archive, ClipWords, {"clip_id": tuple(titles)}, sa.true()) if titles else ()
        said = [Change(w, replace(w, title=titles[w.clip_id])) for w in words if not w.title]
        if said:
            step = Step(datetime.now(UTC), self._me, "", OPENED, {change.id: change for change in said})
            write_along(archive, step, TableFacts(lambda: archive))

    def close(self) -> None:
        """Let go of what is open; safe to call twice."""
        with self._reading:
            for _, box in self._boxes.values():
                box.close()
            self._boxes.clear()


def _all(box: ChoiceBox, kind: type[E], **fields: object) -> tuple[E, ...]:
    return entity_rows.find(box.connection, kind, fields, sa.true())


def _films_of(box: ChoiceBox) -> tuple[str, ...]:
    """The films that something in it is on."""
    asked = (sa.select(TABLES[kind].c.recording_id) for kind in CHOSEN_ALONE)
    return tuple(sorted(box.connection.execute(sa.union(*asked)).scalars()))


def _forget(box: ChoiceBox, film_id: str) -> None:
    """Nothing of what was on a film that is gone, nor of what covers that elsewhere."""
    clips = {clip.id for clip in _all(box, Clip, recording_id=film_id)}
    covers = {c.id for c in _all(box, ClipCover) if c.recording_id == film_id or c.clip_id in clips}
    for kind, ids in ((Clip, clips), (ClipCover, covers)):
        box.connection.execute(
            sa.delete(TABLES[kind]).where(TABLES[kind].c.id.in_(sa.select(each_of(sorted(ids)).c.value)))
        )
    journal.forget(box.connection, sorted(clips | covers))
