"""The same meeting with the same two codings in another archive, as packages bring them: other ids of workers."""

from dataclasses import replace

from app.model.coding import CodingHeader
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.observation import Observation
from app.model.people import Case, Worker
from app.model.rating import Rating
from tests.material.house import Home
from tests.stand_ins.fakes import MemoryArchive, MemoryStore


def elsewhere(home: Home) -> tuple[MemoryArchive, MemoryStore]:
    """A copy of what is there, on Leena's computer, and her store; nothing is shared with the first."""
    workers = {home.aino.id: new_id(), home.leena.id: new_id()}
    codings: dict[str, str] = {}
    for e in home.held.entities.values():
        if isinstance(e, CodingHeader):
            codings[e.id] = new_id()

    def other(e):
        match e:
            case Worker():
                return replace(e, id=workers[e.id])
            case Meeting():
                return replace(e, coders=tuple(workers[c] for c in e.coders))
            case Case():
                return replace(e, lead=workers.get(e.lead, ""), partner=workers.get(e.partner, ""))
            case CodingHeader():
                return replace(e, id=codings[e.id], coder=workers[e.coder])
            case Observation() | Rating():
                return replace(e, coding_id=codings[e.coding_id])
            case _:
                return e

    made = [other(e) for e in home.held.entities.values()]
    there = MemoryArchive({e.id: e for e in made})
    there.released = {codings[i] for i in home.held.released}
    return there, there.open(workers[home.leena.id])
