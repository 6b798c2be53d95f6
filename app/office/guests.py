"""Guests of a meeting: a pass is given, prolonged and ended, and another codes in an absent coder's place.

The store keeps the rules (`storage/store/guest_rules.py`); whether who is filmed has consented to training is asked
here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.casework.consents import permits
from app.casework.film_use import asked
from app.casework.pair import own_headers
from app.casework.reference_films import demand_reference
from app.door import Door
from app.errors import AppError, ArchiveError, NotAllowed
from app.i18n import Texts, now, today
from app.model.change import Change, added
from app.model.consent import Purpose
from app.model.guests import LONGEST, OF_THE_PAIR, GuestPass, GuestRole
from app.model.identity import new_id
from app.model.meeting import Meeting, SetAside
from app.model.people import Case, Worker
from app.office.workers import Added, demand_sign_in
from app.ports import Archive, Store


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a pass is given for. `in_place_of` is the coder (id, empty for a free place) in whose place a guest codes.

    A student codes in nobody's place.
    """

    meeting_id: str
    role: GuestRole
    until: date
    in_place_of: str = ""


def latest_day() -> date:
    """The last day that a pass may be given to."""
    return today() + LONGEST


def invite(door: Door, archive: Archive, texts: Texts, name: str, passphrase: str, wanted: Invitation) -> Added:
    """A guest who can sign in at once with an own passphrase, and the pass that opens one meeting.

    The guest's row, the pass and the place come first, as one step, and the sign-in last. If that fails the pass is
    ended and the place given back.

    Raises InputError as `demand_sign_in`, ArchiveError as `Archive.add_sign_in`; NotAllowed as `demand_for_student`,
    `in_place`, `pass-not-yours`, `pass-too-long`, `pass-over`. Then nobody can sign in.
    """
    name = demand_sign_in(name, passphrase)
    if any(name.casefold() == known.casefold() for _, known in archive.sign_ins()):
        raise ArchiveError("slot-exists")
    store = door.store
    guest = Worker(new_id(), name, guest=True)
    made = GuestPass(new_id(), wanted.meeting_id, guest.id, wanted.role, wanted.until, store.me, now())
    placed: list[Change] = []
    if wanted.role in OF_THE_PAIR:
        placed.append(in_place(store, wanted.meeting_id, wanted.in_place_of, guest.id))
    else:
        demand_for_student(store, wanted.meeting_id)
    door.write(texts.tr("Guest's pass given"), [added(guest), added(made), *placed], act="guest-pass-given")
    try:
        return Added(guest, archive.add_sign_in(guest, passphrase))
    except AppError:
        over = [Change(made, replace(made, ended=now())), *(change.reversed() for change in placed)]
        door.write(texts.tr("Guest's pass ended"), over, act="guest-pass-ended")
        raise


def demand_for_student(store: Store, meeting_id: str) -> None:
    """A student codes a film whose people have consented to training, beside the pair's reference.

    Raises NotAllowed `student-no-consent`, `student-no-reference`.
    """
    if not may_train(store, meeting_id):
        raise NotAllowed("student-no-consent")
    try:
        demand_reference(store, meeting_id, today())
    except NotAllowed as error:
        raise NotAllowed("student-no-reference") from error


def may_train(store: Store, meeting_id: str) -> bool:
    """Whether everybody on the film has consented to its use in training, as of today."""
    meeting = store.get(Meeting, meeting_id)
    return permits(asked(store, meeting.case_id), meeting, Purpose.TRAINING, today()).is_given


def in_place(store: Store, meeting_id: str, gone: str, come: str) -> Change:
    """Another codes in a coder's place from now on. What that one began is set aside, and waits.

    Raises NotAllowed(`substitute-same`).
    """
    meeting = store.get(Meeting, meeting_id)
    if gone not in meeting.coders or come in meeting.coders:
        raise NotAllowed("substitute-same")
    first, second = (come if coder == gone else coder for coder in meeting.coders)
    kept = [s for s in meeting.set_aside if s.coder != come]
    if gone in store.coding_states(meeting_id):
        kept.append(SetAside(gone, come, store.me, today()))
    return Change(meeting, replace(meeting, coders=(first, second), set_aside=tuple(kept)))


def put_in_place(door: Door, texts: Texts, meeting_id: str, gone: str, come: str) -> None:
    """A worker of the house codes in a coder's place. Raises NotAllowed as `in_place` and the store do."""
    change = in_place(door.store, meeting_id, gone, come)
    door.write(texts.tr("Another coder named"), [change], act="put-in-place")


def prolong(door: Door, texts: Texts, held: GuestPass, until: date) -> None:
    """Another last day. Raises NotAllowed `pass-not-yours`, `pass-too-long`, `pass-stays`."""
    if until != held.until:
        step = [Change(held, replace(held, until=until))]
        door.write(texts.tr("Last day of a guest's pass changed"), step, act="guest-pass-prolonged")


def end(door: Door, texts: Texts, held: GuestPass) -> None:
    """No sign-in from now on; what the guest coded stays. Raises NotAllowed `pass-not-yours`, `pass-stays`."""
    step = [Change(held, replace(held, ended=now()))]
    door.write(texts.tr("Guest's pass ended"), step, act="guest-pass-ended")


# what is on record


@dataclass(frozen=True, slots=True)
class Given:
    """A pass with its guest, meeting and case. `in_place_of` is the name of whose coding waits, or empty."""

    held: GuestPass
    guest: Worker
    meeting: Meeting
    case: Case
    in_place_of: str = ""


def given(store: Store, **fields: object) -> tuple[Given, ...]:
    """The passes on record, the newest first; by the fields of a pass where some are asked for."""
    found = []
    for held in sorted(store.find(GuestPass, **fields), key=lambda p: (p.given, p.id), reverse=True):
        meeting = store.get(Meeting, held.meeting_id)
        aside = [s.coder for s in meeting.set_aside if s.instead == held.worker_id]
        names = [w.name for w in store.find(Worker, id=tuple(aside))] if aside else []
        guest, case = store.get(Worker, held.worker_id), store.get(Case, meeting.case_id)
        found.append(Given(held, guest, meeting, case, *names))
    return tuple(found)


def may_invite(store: Store, meeting: Meeting) -> bool:
    """Whether the store's worker has the meeting: is one of its coders, or of the pair of its case."""
    case = store.get(Case, meeting.case_id)
    return meeting.is_filmed and store.me in (*meeting.coders, case.lead, case.partner)


def places(store: Store, meeting: Meeting) -> tuple[str, ...]:
    """The coders (ids; one that is empty is a free place) in whose place another can come; none once both are open."""
    if len(own_headers(store, meeting.id)) > 1:
        return ()
    return tuple(dict.fromkeys(meeting.coders))


#: the places of the window that stand for a guest
GUESTS_PLACES = ("coding", "training")


def place_of(held: GuestPass) -> str:
    """The place of the window in which a guest codes."""
    return "training" if held.role == GuestRole.STUDENT else "coding"


def pass_of(store: Store) -> GuestPass | None:
    """The pass by which the store's worker, a guest, is here; None for everybody else."""
    if not store.worker.guest:
        return None
    return max((p for p in store.find(GuestPass) if p.in_force(today())), key=lambda p: p.given, default=None)
