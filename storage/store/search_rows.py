"""The search's rows in step with the archive: what a step changed of them, within that step's own transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, cast

import sqlalchemy as sa

from app.model.apart import Apart, KeptApart, apart
from app.model.change import Change, Entity
from app.model.coding import CodingHeader
from app.model.meeting import Meeting
from app.model.people import Case, Person
from storage.store import entity_rows, search_index, search_kept
from storage.store.coding_rows import CODED, coding_of, followed_by_search
from storage.store.kinds import kind_of, parent_id
from storage.store.large_steps import each_of
from storage.store.rule_facts import TableFacts
from storage.store.searched import ABOUT, SEARCHED, is_in_folder, is_part_of_coding, is_ready, stands_on, words_in
from storage.store.tables import search_entry

_E = search_entry.c
#: with these the rows of others change too
_ABOVE = frozenset((Case, Person, KeptApart, Meeting, CodingHeader))


def follow(connection: sa.Connection, changes: Iterable[Change]) -> None:
    """Find from now on what the archive holds since these changes, which are written already."""
    wanted = [c for c in changes if c.kind in SEARCHED or c.kind in _ABOVE]
    if wanted:
        _Following(connection).take(wanted)


def put_coding(connection: sa.Connection, coding_id: str) -> None:
    """Find what there is of a coding, when it is ready; nothing else."""
    _Following(connection).put_coding(coding_id)


def forget_coding(connection: sa.Connection, coding_id: str) -> None:
    """Leave nothing of a coding."""
    search_index.remove(connection, sa.and_(_E.coding_id == coding_id, _E.coding_id != sa.literal_column("''")))


def put(connection: sa.Connection, entities: Iterable[Entity]) -> None:
    """Find these, which came into the tables otherwise than by a step."""
    _Following(connection).put(entities)


def forget(connection: sa.Connection, ids: Sequence[str]) -> None:
    """Leave nothing of some entities."""
    search_index.remove(connection, _E.entity_id.in_(sa.select(each_of(ids).c.value)))


def forget_case(connection: sa.Connection, case_id: str) -> None:
    """Leave nothing of a case, also not in what workers keep of their searches."""
    held = connection.execute(sa.select(_E.words, _E.entity_id).where(_E.case_id == case_id)).all()
    search_kept.forget(connection, [row.words for row in held], [row.entity_id for row in held])
    search_index.remove(connection, _E.case_id == case_id)


def forget_things(connection: sa.Connection, ids: Collection[str]) -> None:
    """Leave nothing of some things of no case, also not in what workers keep of their searches."""
    some = _E.entity_id.in_(sa.select(each_of(sorted(ids)).c.value))
    held = connection.execute(sa.select(_E.words).where(some)).scalars().all()
    search_kept.forget(connection, held, ids)
    search_index.remove(connection, some)


class _Following:
    """One step; what its changes lie under is asked once."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._facts = TableFacts(lambda: connection)
        self._apart: dict[str, frozenset[str]] = {}

    def take(self, changes: Collection[Change]) -> None:
        worded = [c for c in changes if _words(c.before) != _words(c.after)]
        self._remove([c.id for c in worded if _words(c.before)])
        self.put([c.after for c in worded if c.after is not None])
        for change in changes:
            if change.kind is CodingHeader:
                self.put_coding(change.id)
            elif change.kind is Meeting and change.before is not None and change.after is not None:
                self._tell_adult(cast("Meeting", change.after))
        for case_id in {_case_of(c) for c in changes if c.kind in (Case, Person, KeptApart)}:
            tell_apart(self._connection, case_id, self._kept_apart(case_id))

    def put_coding(self, coding_id: str) -> None:
        forget_coding(self._connection, coding_id)
        if is_ready(self._facts.get(CodingHeader, coding_id)):
            for kind in CODED:
                if kind in SEARCHED:
                    of = {kind_of(kind).parent: coding_id}
                    self.put(entity_rows.find(self._connection, kind, of, sa.true()))

    def put(self, entities: Iterable[Entity]) -> None:
        """Rows of those that have words; of a draft there are none."""
        rows = []
        for entity in entities:
            said = words_in(entity)
            if said and not self._is_of_draft(entity) and not is_in_folder(above := self._above(entity)):
                rows.append(self._row(entity, above, said))
        search_index.add(self._connection, rows)

    def _is_of_draft(self, entity: Entity) -> bool:
        return is_part_of_coding(type(entity)) and not is_ready(self._facts.get(CodingHeader, coding_of(entity)))

    def _remove(self, ids: list[str]) -> None:
        if ids:
            some = sa.select(each_of(ids).c.value) if len(ids) > 1 else ids
            search_index.remove(self._connection, _E.entity_id.in_(some))

    def _row(self, entity: Entity, above: list[Entity], said: str) -> tuple[Any, ...]:
        kind = type(entity)
        case_id = next((e.id for e in above if isinstance(e, Case)), "")
        meeting_id = next((e.id for e in above if isinstance(e, Meeting)), "")
        person_id = next((getattr(e, ABOUT[type(e)]) for e in above if type(e) in ABOUT), "")
        return (
            SEARCHED[kind].area.value,
            kind_of(kind).name,
            entity.id,
            case_id,
            meeting_id,
            followed_by_search(entity),
            person_id,
            person_id in self._kept_apart(case_id),
            stands_on(above).value,
            "",
            said,
        )

    def _above(self, entity: Entity) -> list[Entity]:
        """The entity and what it lies under, up to its case."""
        found = [entity]
        while (parent := kind_of(type(found[-1])).parent_kind) is not None:
            above: Entity | None = self._facts.get(parent, parent_id(found[-1]))
            if above is None:
                break
            found.append(above)
        return found

    def _kept_apart(self, case_id: str) -> frozenset[str]:
        if case_id not in self._apart:
            self._apart[case_id] = who_is_apart(self._facts, case_id)
        return self._apart[case_id]

    def _tell_adult(self, meeting: Meeting) -> None:
        """What is about the adult of a meeting is about another one when that changes."""
        own = [kind_of(kind).name for kind in ABOUT if kind is not Meeting]
        of = _E.case_id == meeting.case_id, _E.meeting_id == meeting.id, _E.kind.not_in(own)
        told = {"person_id": meeting.adult_id, "kept_apart": meeting.adult_id in self._kept_apart(meeting.case_id)}
        other = _E.person_id != meeting.adult_id
        self._connection.execute(sa.update(search_entry).where(*of, other).values(**told))


def apart_of(facts: TableFacts, case_id: str) -> Apart:
    """Who of a case must not meet whom."""
    case = facts.case(case_id)
    if case is None:
        return Apart(frozenset(), frozenset())
    return apart(case, facts.of_case(Person, case_id), facts.of_case(KeptApart, case_id))


def who_is_apart(facts: TableFacts, case_id: str) -> frozenset[str]:
    """Who of a case must not meet somebody of it."""
    found: frozenset[str] = frozenset()
    return found.union(*apart_of(facts, case_id).pairs) if case_id else found


def tell_apart(connection: sa.Connection, case_id: str, people: Collection[str]) -> None:
    """These people of a case are kept apart, and no others."""
    is_apart = _E.person_id.in_(sorted(people))
    wrong = _E.case_id == case_id, _E.kept_apart != is_apart
    connection.execute(sa.update(search_entry).where(*wrong).values(kept_apart=is_apart))


def _words(entity: Entity | None) -> str:
    return "" if entity is None else words_in(entity)


def _case_of(change: Change) -> str:
    entity = change.entity
    return entity.case_id if isinstance(entity, Person | KeptApart) else entity.id
