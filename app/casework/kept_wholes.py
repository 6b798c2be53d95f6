"""Work of no case and how long it is kept: supervision, and groups, consultations and trainings by a template.

Each holds within itself what keeps it from being erased: a legal hold, or a request until it is answered. The office's
rule counts from the day on which it ended.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.casework.retention import Why, office_rule, standing
from app.door import Door
from app.errors import NotAllowed
from app.i18n import Texts
from app.model.change import Change
from app.model.erasure import Whole
from app.model.hold import Held, Keeping, held_back
from app.model.retention import Material, OfficeRule
from app.model.service_work import ServiceWork
from app.model.supervision import SupervisionAgreement
from app.model.template import Belongs
from app.ports import Store

Thing = SupervisionAgreement | ServiceWork

_MATERIAL = {Whole.SUPERVISION: Material.SUPERVISION, Whole.SERVICE: Material.SERVICES}


@dataclass(frozen=True, slots=True)
class KeptWhole:
    """One piece of such work with its rule; `day` is from when it is due, None where it is not known."""

    thing: Thing
    rule: OfficeRule
    why: Why
    day: date | None = None

    @property
    def is_due(self) -> bool:
        return self.why == Why.DUE

    @property
    def whole(self) -> Whole:
        return whole_of(self.thing)

    @property
    def called(self) -> str:
        """How it is called; empty for a service that has no name of its own."""
        thing = self.thing
        return thing.title if isinstance(thing, SupervisionAgreement) else thing.called

    @property
    def has_ended(self) -> bool:
        return ended_on(self.thing) is not None


def whole_of(thing: Thing) -> Whole:
    return Whole.SUPERVISION if isinstance(thing, SupervisionAgreement) else Whole.SERVICE


def ended_on(thing: Thing) -> date | None:
    """The day on which it ended; None while it goes on."""
    return thing.ended if isinstance(thing, SupervisionAgreement) else thing.closed


def kept_whole(store: Store, thing: Thing, day: date) -> KeptWhole:
    """How it stands on `day`."""
    rule = office_rule(store, _MATERIAL[whole_of(thing)])
    why, due = standing(rule, ended_on(thing), day, held_back(thing.keeping))
    return KeptWhole(thing, rule, why, due)


def wholes_due(store: Store, day: date, *, mine: bool) -> tuple[KeptWhole, ...]:
    """What waits for its erasing, the longest due first: own supervision, and services, `mine` alone or everybody's."""
    works = store.find(ServiceWork, belongs=(Belongs.GROUP, Belongs.PROFESSIONAL))
    things: list[Thing] = [a for a in store.find(SupervisionAgreement) if a.supervisor == store.me]
    things += [w for w in works if not mine or store.me in w.workers]
    rows = (kept_whole(store, thing, day) for thing in things if ended_on(thing) is not None)
    return tuple(sorted((row for row in rows if row.is_due), key=lambda row: (row.day or day, row.thing.id)))


def may_erase(thing: Thing, worker_id: str) -> bool:
    """Whether a worker is asked about erasing it at all; the archive asks whether the supervisor has left."""
    return not isinstance(thing, SupervisionAgreement) or thing.is_erased_by(worker_id, supervisor_left=True)


# ── what keeps it ────────────────────────────────────────────────────────────────────────────────────────────────────


def told_keeping(thing: Thing, worker_id: str) -> tuple[Keeping, ...]:
    """What keeps it, as a worker is told: a supervisee does not read what another one has asked."""
    if isinstance(thing, SupervisionAgreement) and not thing.is_read_whole_by(worker_id):
        return ()
    return thing.keeping


def keep_back(door: Door, texts: Texts, thing: Thing, why: Held, day: date, ground: str) -> None:
    """A legal hold, or a request that arrived, from `day` on. Raises NotAllowed(`hold-without-ground`), StoreError."""
    if not ground.strip():
        raise NotAllowed("hold-without-ground")
    new = Keeping(why, day, door.store.me, ground.strip())
    label = texts.tr("Legal hold set") if why == Held.BY_HOLD else texts.tr("Request noted")
    door.write(label, [Change(thing, replace(thing, keeping=(*thing.keeping, new)))])


def let_go(door: Door, texts: Texts, thing: Thing, keeping: Keeping, day: date, answer: str = "") -> None:
    """It no longer keeps anything, and stays on record. Raises NotAllowed, StaleChange, StoreError.

    A request is let go by what was answered: NotAllowed(`request-unanswered`) without.
    """
    if keeping.why == Held.BY_REQUEST and not answer.strip():
        raise NotAllowed("request-unanswered")
    ended = replace(keeping, ended=max(day, keeping.since), answer=answer.strip())
    after = tuple(ended if one == keeping else one for one in thing.keeping)
    label = texts.tr("Legal hold ended") if keeping.why == Held.BY_HOLD else texts.tr("Request answered")
    door.write(label, [Change(thing, replace(thing, keeping=after))])
