"""The rules of guests: who gives a pass, prolongs and ends it, who codes in whose place, and what a guest writes.

Over values only, as all rules of `writing_rules`. What a guest reads and writes at all is `app.model.guests`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from app.errors import NotAllowed
from app.model.change import Change, Entity
from app.model.coding import FIRST_READING, CodingHeader, CodingKind, CodingPlace
from app.model.common_view import CONFIRMED
from app.model.exchange import PartnerCoding, SentCoding, in_force
from app.model.guests import BARED, LONGEST, OF_THE_PAIR, GuestPass, Sight, as_kept, may_write
from app.model.independence import both_ready, of_pair, own_states
from app.model.meeting import Meeting, SetAside
from app.model.people import Case, Worker
from storage.store.refusing import refuse


class GuestFacts(Protocol):
    """What these rules ask of the archive as it is before the step."""

    def meeting(self, meeting_id: str) -> Meeting | None: ...
    def case(self, case_id: str) -> Case | None: ...
    def worker(self, worker_id: str) -> Worker | None: ...
    def every_header(self, meeting_id: str) -> Sequence[CodingPlace | CodingHeader]: ...  # also what was set aside
    def is_sealed(self, coding_id: str) -> bool: ...  # whether a coding is its coder's alone by key
    def sent_codings(self, meeting_id: str) -> Sequence[SentCoding]: ...
    def partner_codings(self, meeting_id: str) -> Sequence[PartnerCoding]: ...


def written_by_guest(
    net: Mapping[str, Change], sight: Sight, act: str, kept: Callable[[type, str], Entity | None]
) -> dict[str, Change]:
    """A guest's step as it is written: of what a guest reads bared, what is `kept` (by kind and id) with its changes.

    Raises NotAllowed: `guest-over` for a guest whose passes are over, `guest-only-codes` for what no guest does.
    """
    refuse(not sight.roles, "guest-over")
    begun = {c.id for c in net.values() if c.kind is CodingHeader and c.before is None}
    confirms = act == CONFIRMED
    refuse(not all(may_write(c, sight, begun=begun, confirms=confirms) for c in net.values()), "guest-only-codes")
    return {key: as_kept(c, kept(c.kind, c.id), sight) if c.kind in BARED else c for key, c in net.items()}


class GuestRules:
    """One step under examination, as far as it touches passes, guests and who codes in whose place."""

    def __init__(self, net: Mapping[str, Change], worker_id: str, facts: GuestFacts, day: date) -> None:
        self._net, self._worker, self._facts, self._day = net, worker_id, facts, day

    def check_worker(self, change: Change) -> None:
        """Who is a guest stays one: else what the guest may not read would be read by way of the profile."""
        before, after = change.before, change.after
        if isinstance(before, Worker) and isinstance(after, Worker):
            refuse(before.guest != after.guest, "guest-stays")
        elif isinstance(before, Worker) and before.guest:
            passes = any(isinstance(c.entity, GuestPass) for c in self._net.values())
            refuse(passes, "guest-stays")

    def check_pass(self, change: Change) -> None:
        """Given, prolonged and ended by whoever has the meeting; who, for what and since when stays as it was given.

        Raises NotAllowed.
        """
        before, after = change.before, change.after
        if not isinstance(after, GuestPass):
            raise NotAllowed("pass-stays")
        meeting = self._now(after.meeting_id)
        refuse(meeting is None or not self._has(meeting), "pass-not-yours")
        refuse(after.until > self._day + LONGEST, "pass-too-long")
        if isinstance(before, GuestPass):
            same = replace(before, until=after.until, ended=after.ended)
            refuse(after != same or before.ended is not None, "pass-stays")
            return
        guest = self._guest(after.worker_id)
        refuse(guest is None or not guest.guest, "pass-for-no-guest")
        refuse(after.given_by != self._worker or after.ended is not None, "pass-not-yours")
        refuse(after.until < self._day, "pass-over")
        assert meeting is not None
        is_coder = after.worker_id in meeting.coders
        refuse(not meeting.is_filmed or is_coder != (after.role in OF_THE_PAIR), "pass-not-as-role")

    def check_coders(self, before: Meeting, after: Meeting) -> None:
        """Another codes in somebody's place: what that one began is set aside, and is named so, as is all such.

        While nobody began anything is open. Once both are open, or the two compare, nobody comes in anybody's place.
        """
        if (before.coders, before.set_aside) == (after.coders, after.set_aside):
            return
        every = self._facts.every_header(before.id)
        own = {h.coder for h in every if h.kind == CodingKind.OWN}
        left = own - set(after.coders)
        refuse({s.coder for s in after.set_aside} != left, "coders-fixed")
        if before.coders == after.coders:
            refuse(before.set_aside != after.set_aside, "coders-fixed")
            return
        if not own:
            return
        gone = [b for b, a in zip(before.coders, after.coders, strict=True) if b != a]
        refuse(len(gone) != 1 or len(set(after.coders)) != len(after.coders), "coders-fixed")
        come = next(a for b, a in zip(before.coders, after.coders, strict=True) if b != a)
        self._check_in_place(every, before, gone[0])
        kept = [s for s in before.set_aside if s.coder in left]
        new = [s for s in after.set_aside if s not in kept]
        is_said = not new or (len(new) == 1 and _says(new[0], gone[0], come, self._worker, self._day))
        refuse(not is_said or list(after.set_aside) != kept + new, "coders-fixed")
        refuse(not self._has(before), "pass-not-yours")

    def _check_in_place(self, every: Sequence[CodingPlace | CodingHeader], meeting: Meeting, gone: str) -> None:
        counted = of_pair(tuple(every), meeting.coders)
        compared = any(h.kind == CodingKind.COMMON_VIEW or h.reading > FIRST_READING for h in counted if _is_pairs(h))
        refuse(compared, "substitute-too-late")
        theirs = [h.id for h in counted if h.kind == CodingKind.OWN and h.coder == gone]
        is_open = both_ready(own_states(counted)) and not all(map(self._facts.is_sealed, theirs))
        refuse(is_open, "substitute-too-late")
        elsewhere = in_force(self._facts.sent_codings(meeting.id)) or self._facts.partner_codings(meeting.id)
        refuse(bool(elsewhere), "substitute-elsewhere")

    def _has(self, meeting: Meeting) -> bool:
        """Whether the worker is one of the meeting's coders or of the pair of its case."""
        held = self._facts.meeting(meeting.id) or meeting
        case = self._facts.case(meeting.case_id)
        return self._worker in (*held.coders, *((case.lead, case.partner) if case is not None else ()))

    def _now(self, meeting_id: str) -> Meeting | None:
        change = self._net.get(meeting_id)
        found = self._facts.meeting(meeting_id) if change is None else change.after
        return found if isinstance(found, Meeting) else None

    def _guest(self, worker_id: str) -> Worker | None:
        change = self._net.get(worker_id)
        found = self._facts.worker(worker_id) if change is None else change.after
        return found if isinstance(found, Worker) else None


def _is_pairs(header: CodingPlace | CodingHeader) -> bool:
    return header.kind in (CodingKind.OWN, CodingKind.COMMON_VIEW)


def _says(new: SetAside, gone: str, come: str, worker_id: str, day: date) -> bool:
    return (new.coder, new.instead, new.by, new.day) == (gone, come, worker_id, day)
