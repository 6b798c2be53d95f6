"""The lanes of a scheme: tasks, each person's dimensions, what both do together, the flags, the states."""

from __future__ import annotations

from dataclasses import dataclass

from app.i18n import Texts
from app.model.scheme import Actor, Code, Kind, Scheme


@dataclass(frozen=True, slots=True)
class Lane:
    """One row. `person` is shown once, at the first lane of its group.

    `kind` is tasks, pictures, sound, points, states or flags.
    """

    key: str
    kind: str
    person: str
    name: str
    dimension: str = ""


def lane_key(code: Code) -> str:
    """The lane in which a code's observations lie."""
    if code.kind == Kind.STATE:
        return f"state/{code.actor}/{code.lane}"
    return f"point/{code.actor}/{code.dimension if code.actor != Actor.DYAD else ''}"


def lanes_of(
    scheme: Scheme,
    texts: Texts,
    part: str = "",
    *,
    flags: bool = True,
    strips: tuple[str, ...] = (),
    live_marks: bool = False,
) -> tuple[Lane, ...]:
    """Lanes in the order of the screen; only those that some code of the pass uses. `strips`: pictures, sound."""
    used = {lane_key(code): code for code in reversed(scheme.codes_in(part))}
    people = {Actor.ADULT: texts.tr("Adult"), Actor.CHILD: texts.tr("Child")}
    lanes = [Lane("tasks", "tasks", "", texts.tr("Tasks"))]
    names = {"sound": texts.tr("Sound"), "pictures": texts.tr("Picture")}
    lanes += [Lane(kind, kind, "", name) for kind, name in names.items() if kind in strips]
    for actor, name in people.items():
        for dimension in scheme.dimensions:
            key = f"point/{actor}/{dimension.id}"
            if key in used:
                word = texts.words(dimension.name)
                lanes.append(Lane(key, "points", name, word[:1].upper() + word[1:], dimension.id))
    if f"point/{Actor.DYAD}/" in used:
        lanes.append(Lane(f"point/{Actor.DYAD}/", "points", texts.tr("Interaction"), "", ""))
    if live_marks:
        lanes.append(Lane("live", "flags", "", texts.tr("While filming")))
    if flags:
        lanes.append(Lane("flags", "flags", texts.tr("Flags"), ""))
    groups = {g.id: texts.words(g.name) for g in scheme.groups}
    for key, code in sorted(used.items()):
        if code.kind == Kind.STATE:
            name = (
                texts.tr("State of interaction")
                if code.actor == Actor.DYAD
                else groups.get(code.group, texts.words(code.name))
            )
            lanes.append(Lane(key, "states", name[:1].upper() + name[1:], ""))
    return tuple(lanes)
