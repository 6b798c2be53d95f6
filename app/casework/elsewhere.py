"""A meeting that is coded with a partner on another computer: how far both are, and whose turn it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.casework.meeting_file import films_in_use
from app.casework.pair import own_header
from app.casework.sent_films import HANDED_OVER
from app.model.coding import CodingState
from app.model.exchange import Exchange, Next, PartnerCoding, SentCoding, in_force
from app.model.meeting import Meeting
from app.model.package import TakenPackage
from app.model.partner_key import PartnerKey
from app.model.people import Worker
from app.ports import Store


class Step(StrEnum):
    """What happens between two computers until both codings are open, in its order."""

    MEETING = "meeting"  # handed over, or taken in
    READY = "ready"
    CODING_SENT = "coding-sent"
    CODING_CAME = "coding-came"
    KEY_SENT = "key-sent"
    KEY_CAME = "key-came"


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a meeting is between two computers, as one side knows it.

    `steps` say of each whether it is done. `hands_over` is whether the meeting still has to be handed over, which comes
    before everything else; `was_filmed_here` whether it is this side that hands it over.
    """

    partner: Worker
    exchange: Exchange
    was_filmed_here: bool
    hands_over: bool
    steps: tuple[tuple[Step, bool], ...]

    @property
    def next(self) -> Next:
        """What is next; first the meeting goes over."""
        return Next.HAND_OVER if self.hands_over else self.exchange.next

    @property
    def can_withdraw(self) -> bool:
        """Whether what was sent can still be withdrawn."""
        return self.exchange.sent is not None and self.exchange.theirs is None


def exchange_of(store: Store, meeting_id: str) -> Exchange:
    """How far the signed-in worker's side is with the first reading of a meeting."""
    header = own_header(store, meeting_id)
    is_ready = header is not None and header.state == CodingState.READY
    sent = [one for one in store.find(SentCoding, meeting_id=meeting_id) if header and one.coding_id == header.id]
    theirs = store.find(PartnerCoding, meeting_id=meeting_id)
    return Exchange(is_ready, in_force(sent), theirs[-1] if theirs else None)


def is_elsewhere(store: Store, meeting: Meeting) -> bool:
    """Whether the signed-in worker codes a meeting with somebody whose key they made sure of."""
    me = store.me
    return me in meeting.coders and bool(store.find(PartnerKey, worker_id=me, person_id=meeting.partner_of(me)))


def standing(store: Store, meeting: Meeting) -> Standing | None:
    """How far it is; None where the partner is not on another computer, or there is no film yet."""
    if not is_elsewhere(store, meeting) or not films_in_use(store, meeting.id):
        return None
    exchange = exchange_of(store, meeting.id)
    was_filmed_here = not store.find(TakenPackage, meeting_id=meeting.id)
    is_over = (
        not was_filmed_here or bool(store.audit_log(meeting.id, acts=[HANDED_OVER])) or exchange.theirs is not None
    )
    done = {
        Step.MEETING: is_over,
        Step.READY: exchange.is_ready,
        Step.CODING_SENT: exchange.sent is not None,
        Step.CODING_CAME: exchange.theirs is not None,
        Step.KEY_SENT: exchange.is_key_made,
        Step.KEY_CAME: exchange.is_open,
    }
    partner = store.get(Worker, meeting.partner_of(store.me))
    return Standing(partner, exchange, was_filmed_here, not is_over, tuple(done.items()))
