"""What is kept as it was once it counts: an order to keep, and what both coders read of how a child shows itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.model.change import Change
from app.model.hold import Hold, Keeping
from app.model.showing import Showing
from storage.store.refusing import refuse


def check_hold(change: Change) -> None:
    """A hold is set and ended once; what it said stays."""
    before, after = change.before, change.after
    refuse(after is None, "hold-stays")
    if isinstance(before, Hold) and isinstance(after, Hold):
        refuse(not before.stands or replace(after, ended=None) != before, "hold-stays")


def check_keeping(before: Sequence[Keeping], after: Sequence[Keeping]) -> None:
    """The same of what keeps work of no case: each is set and ended once, and what it said stays."""
    refuse(len(after) < len(before), "hold-stays")
    for was, now in zip(before, after, strict=False):
        ends = was.stands and replace(now, ended=None, answer="") == was
        refuse(now != was and not ends, "hold-stays")
    refuse(any(not one.ground.strip() for one in after), "hold-without-ground")


def check_showing(change: Change) -> None:
    """What both coders of a meeting read stays as they read it."""
    before, after = change.before, change.after
    if isinstance(before, Showing) and before.read_in:
        refuse(not isinstance(after, Showing), "showing-was-read")
        assert isinstance(after, Showing)
        grown = after.read_in[: len(before.read_in)] == before.read_in
        refuse(replace(after, read_in=before.read_in) != before or not grown, "showing-was-read")
