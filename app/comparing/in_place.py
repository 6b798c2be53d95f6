"""Who coded in whose place, where a coding was begun that is not used: the agreement paper and the statement say it.

Names are read each time: one can be set right later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.i18n import Texts
from app.model.meeting import Meeting
from app.model.people import Worker
from app.ports import Store


@dataclass(frozen=True, slots=True)
class InPlace:
    """From `day` on `came` coded in the place of `gone`, by their names."""

    gone: str
    came: str
    day: date


def in_place(store: Store, meeting: Meeting) -> tuple[InPlace, ...]:
    """Those of a meeting whose begun coding waits and is not used, in their order. Raises StoreError."""
    if not meeting.set_aside:
        return ()
    ids = tuple({i for s in meeting.set_aside for i in (s.coder, s.instead)})
    names = {w.id: w.name for w in store.find(Worker, id=ids)}
    return tuple(InPlace(names.get(s.coder, ""), names.get(s.instead, ""), s.day) for s in meeting.set_aside)


def in_place_sentences(texts: Texts, found: Sequence[InPlace]) -> tuple[str, ...]:
    """As the agreement paper and the statement's methods say it."""
    return tuple(
        texts.tr(
            "The coding of the meeting was begun by {gone}; since {date} it is coded in that place by {came}. The "
            "coding that was begun stays sealed: nobody else has read it, and it is not used.",
            gone=one.gone,
            came=one.came,
            date=texts.date(one.day),
        )
        for one in found
    )
