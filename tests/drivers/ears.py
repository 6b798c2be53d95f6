"""Hears the running program as a screen reader does: through AT-SPI, with the library that Linux readers use.

Runs under the system's own Python (Debian: `python3-gi` and `gir1.2-atspi-2.0`), for the library comes with the system.
Reads commands by line and answers each with one line of JSON:

- `tree`: the program as it is heard, each part as `tests/drivers/heard.py` reads it
- `do NAME<tab>ACTION`: the first part of that name in sight does what it offers under that word; whether there was one
- `events KIND`: what was told of since it was asked last, waiting for the first
"""

import json
import sys
import warnings
from collections.abc import Iterator

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402  the version is said before

PROGRAM = "Havainto"
#: of a list of thousands a reader asks only for what it reads
MOST_CHILDREN = 80
#: milliseconds for what must be told of
LONGEST = 10_000
STATES = ("focusable", "focused", "checkable", "checked", "selected", "showing", "visible", "enabled", "expanded")
EVENTS = {"announcement": "object:announcement", "focused": "object:state-changed:focused"}

told_of: dict[str, list[str]] = {kind: [] for kind in EVENTS}


def on_event(event: object) -> None:
    """An announcement says its words, a thing that got the focus its name."""
    for kind, begins in EVENTS.items():
        if event.type.startswith(begins):
            told_of[kind].append(event.any_data if kind == "announcement" else event.source.get_name())


def events(kind: str) -> list[str]:
    context, over = GLib.MainContext.default(), []
    clock = GLib.timeout_source_new(LONGEST)
    clock.set_callback(lambda _: over.append(True))
    clock.attach(context)
    while not told_of[kind] and not over:
        context.iteration(True)
    clock.destroy()
    found, told_of[kind] = told_of[kind], []
    return found


def program() -> object | None:
    """The program on the bus; None until it has come."""
    desktop = Atspi.get_desktop(0)
    every = (desktop.get_child_at_index(n) for n in range(desktop.get_child_count()))
    return next((found for found in every if found is not None and found.get_name() == PROGRAM), None)


def states(part: object) -> list[str]:
    held = part.get_state_set()
    return [name for name in STATES if held.contains(getattr(Atspi.StateType, name.upper()))]


def actions(part: object) -> list[str]:
    offered = part.get_action_iface()
    return [] if offered is None else [offered.get_action_name(n) for n in range(offered.get_n_actions())]


def labels(part: object) -> list[str]:
    """The names of what labels it."""
    kind = Atspi.RelationType.LABELLED_BY
    found = [r for r in part.get_relation_set() if r.get_relation_type() == kind]
    return [r.get_target(n).get_name() for r in found for n in range(r.get_n_targets())]


def children(part: object) -> Iterator[object]:
    found = (part.get_child_at_index(n) for n in range(min(part.get_child_count(), MOST_CHILDREN)))
    return (child for child in found if child is not None)


def heard(part: object, depth: int = 0) -> dict:
    """A part with all in it; of what is out of sight, not what is in it."""
    told = states(part)
    row = {"role": part.get_role_name(), "name": part.get_name() or "", "states": told}
    if "focusable" in told and "showing" in told:
        row |= {"labels": labels(part), "actions": actions(part)}
    if "showing" in told or depth < 2:  # the program itself is in no sight
        row |= {"count": part.get_child_count(), "children": [heard(c, depth + 1) for c in children(part)]}
    return row


def find(part: object, name: str) -> object | None:
    held = part.get_state_set()
    if held.contains(Atspi.StateType.SHOWING) and part.get_name() == name and actions(part):
        return part
    return next((found for c in children(part) if (found := find(c, name)) is not None), None)


def do(name: str, action: str) -> bool:
    found = find(program(), name)
    if found is None or action not in actions(found):
        return False
    return bool(found.get_action_iface().do_action(actions(found).index(action)))


def answer(line: str) -> object:
    word, _, rest = line.partition(" ")
    if word == "do":
        return do(*rest.split("\t"))
    if word == "events":
        return events(rest)
    top = program()
    return None if top is None else heard(top)


def main() -> None:
    warnings.simplefilter("ignore", DeprecationWarning)  # the library's newer names are not in Debian 12
    Atspi.init()
    listener = Atspi.EventListener.new(on_event)
    for begins in EVENTS.values():
        listener.register(begins)
    for line in sys.stdin:
        Atspi.get_desktop(0).clear_cache()
        sys.stdout.write(json.dumps(answer(line.rstrip("\n"))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
