"""What a step changed: the one currency of editing. Undo, autosave, the journal and recovery all follow from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from app.errors import StaleChange


class Entity(Protocol):
    """A frozen value that is kept under its id."""

    @property
    def id(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Change:
    """One entity before and after; no *before*: it is new, no *after*: it is gone. Reversible by swapping.

    `id` and `kind` are the entity's; every reader of a step asks for them, so they are looked up once.
    """

    before: Entity | None
    after: Entity | None
    id: str = field(init=False, repr=False, compare=False)
    kind: type[Entity] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        before, after = self.before, self.after
        some = after if after is not None else before
        assert some is not None, "a change changes something"
        if before is not None and after is not None:
            assert before.id == after.id, "an entity keeps its id"
            assert type(before) is type(after), "an entity keeps its kind"
        object.__setattr__(self, "id", some.id)
        object.__setattr__(self, "kind", type(some))

    @property
    def entity(self) -> Entity:
        """What is there after the change, or was there before it."""
        some = self.after or self.before
        assert some is not None
        return some

    def reversed(self) -> Change:
        return Change(self.after, self.before)


def added(entity: Entity) -> Change:
    return Change(None, entity)


def removed(entity: Entity) -> Change:
    return Change(entity, None)


def applied(held: dict[str, Entity], change: Change) -> None:
    """Carry out `change` in a mapping of entities by id. Raises StaleChange when *before* is not what is held."""
    if held.get(change.id) != change.before:
        raise StaleChange
    if change.after is None:
        del held[change.id]
    else:
        held[change.id] = change.after
