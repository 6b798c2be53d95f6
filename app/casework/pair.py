"""The pair's own codings of a meeting, as whoever asks may find them: no common view, no reference is among them."""

from __future__ import annotations

from app.model.coding import FIRST_READING, CodingHeader, CodingKind, CodingState
from app.model.independence import both_ready, of_pair
from app.model.meeting import Meeting
from app.model.people import Worker
from app.ports import Store


def own_headers(store: Store, meeting_id: str, reading: int = FIRST_READING) -> dict[str, CodingHeader]:
    """By coder those that exist for the store's worker: until both are ready the worker's own alone.

    One that was set aside is none of the pair's, also for its own coder.
    """
    found = store.find(CodingHeader, meeting_id=meeting_id, kind=CodingKind.OWN, reading=reading)
    if not found:
        return {}
    return {h.coder: h for h in of_pair(found, store.get(Meeting, meeting_id).coders)}


def own_header(store: Store, meeting_id: str, reading: int = FIRST_READING) -> CodingHeader | None:
    """The one of the store's worker; None when it is not begun."""
    return own_headers(store, meeting_id, reading).get(store.me)


def is_of_the_pair(store: Store, meeting_id: str) -> bool:
    """Whether the store's worker is one of the two who code a meeting."""
    return store.me in store.get(Meeting, meeting_id).coders


def tasks_fixed(store: Store, meeting_id: str) -> bool:
    """Whether the tasks on the film change no more: one of the pair has marked the coding as ready."""
    return CodingState.READY in store.coding_states(meeting_id).values()


def is_begun(store: Store, meeting_id: str) -> bool:
    """Whether anybody of the pair has begun to code the meeting; how far the other is nobody knows."""
    return bool(store.coding_states(meeting_id))


def pair_ready(store: Store, meeting_id: str, reading: int = FIRST_READING) -> bool:
    """Whether both are ready and can be read: the one who was ready first has signed in since."""
    return both_ready(store.coding_states(meeting_id, reading)) and not store.awaited(meeting_id, reading)


def awaited(store: Store, meeting_id: str, reading: int = FIRST_READING) -> tuple[Worker, ...]:
    """Others whose ready coding opens at their next sign-in; nobody while one of the pair is not ready.

    Raises StoreError.
    """
    return tuple(store.get(Worker, i) for i in store.awaited(meeting_id, reading) if i != store.me)
