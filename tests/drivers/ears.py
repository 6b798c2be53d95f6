"""Hears the running program as a screen reader does: through AT-SPI, with the library that Linux readers use.

Runs under the system's own Python (Debian: `python3-gi` and `gir1.2-atspi-2.0`), for the library comes with the system.
Reads commands by line and answers each with one line of JSON:

- `tree`: the program as it is heard, each part with what `Heard` in `heard.py` names
- `do NAME ACTION`: the first part of that name in sight does what it offers under that word
"""

import json
import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402  the version is said before

PROGRAM = "Havainto"
#: of a list of thousands a reader asks only for what it reads
MOST_CHILDREN = 60
DEEPEST = 60
#: what no reader dwells on
SILENT = {"filler", "panel", "frame", "scroll pane", "layered pane"}
TOLD = ("focusable", "focused", "checkable", "checked", "selected", "selectable", "showing", "visible", "active",
        "enabled", "editable", "expandable", "expanded", "multiselectable")  # fmt: skip


def program():
    """The program on the bus; None until it has come."""
    desktop = Atspi.get_desktop(0)
    for number in range(desktop.get_child_count()):
        found = desktop.get_child_at_index(number)
        if found is not None and found.get_name() == PROGRAM:
            return found
    return None


def states(part) -> list[str]:
    held = part.get_state_set()
    return [name for name in TOLD if held.contains(getattr(Atspi.StateType, name.upper()))]


def actions(part) -> list[str]:
    offered = part.get_action_iface()
    if offered is None:
        return []
    return [Atspi.Action.get_action_name(offered, n) for n in range(Atspi.Action.get_n_actions(offered))]


def labels(part) -> list[str]:
    """The names of what labels it."""
    kind = Atspi.RelationType.LABELLED_BY
    found = [r for r in part.get_relation_set() if r.get_relation_type() == kind]
    return [r.get_target(n).get_name() for r in found for n in range(r.get_n_targets())]


def heard(part, depth: int = 0) -> dict:
    """A part with all that is in it and in sight."""
    told = states(part)
    row = {"role": part.get_role_name(), "name": part.get_name() or "", "states": told}
    if "focusable" in told:
        row |= {"labels": labels(part), "actions": actions(part), "description": part.get_description() or ""}
    if "showing" not in told and depth > 1:
        return row
    count = part.get_child_count() if depth < DEEPEST else 0
    row["count"] = count
    children = (part.get_child_at_index(n) for n in range(min(count, MOST_CHILDREN)))
    row["children"] = [heard(c, depth + 1) for c in children if c is not None]
    return row


def find(part, name: str):
    if part.get_name() == name and part.get_state_set().contains(Atspi.StateType.SHOWING):
        return part
    for n in range(min(part.get_child_count(), MOST_CHILDREN)):
        child = part.get_child_at_index(n)
        if child is not None and (found := find(child, name)) is not None:
            return found
    return None


def do(name: str, action: str) -> bool:
    found = find(program(), name)
    if found is None or action not in actions(found):
        return False
    return bool(Atspi.Action.do_action(found.get_action_iface(), actions(found).index(action)))


def answer(line: str) -> object:
    if line == "tree":
        top = program()
        return None if top is None else heard(top)
    name, _, action = line.removeprefix("do ").rpartition("\t")
    return do(name, action)


def main() -> None:
    Atspi.init()
    for line in sys.stdin:
        Atspi.Accessible.clear_cache(Atspi.get_desktop(0))
        try:
            told = answer(line.rstrip("\n"))
        except GLib.GError as error:
            told = {"error": error.message}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
