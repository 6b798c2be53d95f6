"""The `Search` port over an archive in memory: the same words, rules and order, looked for one thing after another."""

from app.errors import Cancelled
from app.model.change import Entity
from app.model.independence import both_ready, own_states
from app.model.meeting import Meeting
from app.model.people import Case, Person
from app.model.sought import Area, Side, Sought, finds
from app.ports.search import Found, Kept
from storage.store.coding_rows import coding_of, followed_by_logs
from storage.store.kinds import CHOSEN_ALONE, parent_id
from storage.store.search_rows import apart_of
from storage.store.searched import ABOUT, SEARCHED, is_in_folder, is_part_of_coding, is_ready, stands_on, words_in
from tests.stand_ins.fakes import MemoryStore


class MemorySearch:
    """For one worker's store."""

    def __init__(self, store: MemoryStore) -> None:
        self._store, self._archive = store, store.archive
        self._kept = Kept()

    def find(self, sought: Sought, limit: int, before: int = 0) -> tuple[Found, ...]:
        if not sought.beginnings:
            return ()
        held = [e for e in self._archive.entities.values() if stands_on(self._above(e)) == sought.side]
        every = [self._found(e) for e in held if self._is_found(e)]
        fit = [f for f in every if finds(sought.beginnings, f.words) and self._fits(sought, f)]
        fit = [f for f in fit if not before or f.place < before]
        newest = sorted(fit, key=lambda f: -f.place)
        areas = [area for area in Area if not sought.areas or area in sought.areas]
        return tuple(f for area in areas for f in [f for f in newest if f.area == area][:limit])

    def again(self, things):
        held = (self._archive.entities.get(key) for kind, key in things)
        return tuple(
            self._found(e)
            for e, (kind, _) in zip(held, things, strict=True)
            if type(e) is kind and self._is_found(e) and stands_on(self._above(e)) == Side.CLIENTS
        )

    def kept(self) -> Kept:
        return self._kept

    def keep(self, kept: Kept) -> None:
        self._kept = kept

    def rebuild(self, progress, cancelled) -> int:
        if cancelled():
            raise Cancelled
        progress(1.0)
        return sum(self._is_indexed(e) for e in self._archive.entities.values())

    def _is_indexed(self, entity: Entity) -> bool:
        if not words_in(entity) or is_in_folder(self._above(entity)):
            return False
        if isinstance(entity, CHOSEN_ALONE):
            return both_ready(own_states(self._archive.headers(entity.meeting_id)))
        header = self._archive.header(coding_of(entity))
        return not is_part_of_coding(type(entity)) or (is_ready(header) and not self._archive.is_sealed(header.id))

    def _is_found(self, entity: Entity) -> bool:
        if not self._is_indexed(entity):
            return False
        if isinstance(entity, CHOSEN_ALONE):
            return True
        return self._store.sees_coding(followed_by_logs(entity))

    def _found(self, entity: Entity) -> Found:
        above = self._above(entity)
        case_id = next((e.id for e in above if isinstance(e, Case)), "")
        meeting_id = next((e.id for e in above if isinstance(e, Meeting)), "")
        person_id = next((getattr(e, ABOUT[type(e)]) for e in above if type(e) in ABOUT), "")
        apart = any(person_id in pair for pair in apart_of(self._archive, case_id).pairs)
        kind = type(entity)
        area = SEARCHED[kind].area
        return Found(
            self._place(entity), area, kind, entity.id, case_id, meeting_id, person_id, apart, words_in(entity)
        )

    def _above(self, entity: Entity) -> list[Entity]:
        above = [entity]
        while (key := parent_id(above[-1])) in self._archive.entities:
            above.append(self._archive.entities[key])
        return above

    def _place(self, entity: Entity) -> int:
        """When its words were written last: the step's number in the history."""
        searched = set(SEARCHED[type(entity)].fields)
        told = enumerate(self._archive.history, start=1)
        own = [(n, e) for n, (_, e) in told if e.entity_id == entity.id]
        return max((n for n, e in own if e.before is None or searched & set(e.after or {})), default=0)

    def _fits(self, sought: Sought, found: Found) -> bool:
        beside = self._archive.entities.get(sought.beside)
        if isinstance(beside, Person) and found.person_id in apart_of(self._archive, beside.case_id).of(beside.id):
            return False
        if sought.closed is None:
            return True
        case = self._archive.entities.get(found.case_id)
        return isinstance(case, Case) and (case.closed is not None) == sought.closed
