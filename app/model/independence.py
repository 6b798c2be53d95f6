"""The rule of independence: for whom a coding exists, and when a pair's codings are both ready. It stands here alone.

A coding exists for its coder. For everybody else it exists

- one of the pair's *own* codings: once both coders of the meeting have theirs of the same reading ready;
- the *common view*: from then on too, also while it is being made, for nothing in it is anybody's alone;
- a *reference*: not while somebody makes it, and not before the pair's own first reading is open: it says what its
  coder saw on the film that the two are still looking at. So a draft for learning is never anybody else's;
- a *training* coding: never, draft or ready. What a worker does not see yet is nobody's measure of the worker.

A moment chosen for feedback says what its chooser saw: it exists for who chose it, and for everybody else once both
coders of its meeting have their first reading ready.

Only own codings are waited for. Any other, whoever made it, neither opens a pair nor keeps it shut. Nor does an own
coding of somebody in whose place another codes: it is the pair's no more, and is its coder's alone (`of_pair`).

What both write of a meeting meanwhile, such as what was said on the film, is everybody's at once. Who wrote which of
it, and when, is told when the pair's codings are both ready and none of the pair codes anew.

What these functions ask of codings is read in two ways: over values, and over the columns of a table, whose `==`,
`>=`, `&` and `|` make a condition of the same words. So no store has a text of the rule of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeVar

from app.model.coding import FIRST_READING, CodingHeader, CodingKind, CodingPlace, CodingState

H = TypeVar("H", CodingHeader, CodingPlace, CodingHeader | CodingPlace)

#: the two coders of a meeting
PAIR = 2

_OWN, _REFERENCE, _TRAINING = CodingKind.OWN.value, CodingKind.REFERENCE.value, CodingKind.TRAINING.value
_READY, _DRAFT = CodingState.READY.value, CodingState.DRAFT.value


def is_of_pair(coding: Any, is_coder: Any) -> Any:
    """Whether a coding counts: every one but an own coding of who is no coder of its meeting (`is_coder`) any more."""
    return (coding.kind != _OWN) | is_coder


def of_pair(headers: Iterable[H], coders: Collection[str]) -> tuple[H, ...]:
    """Those of a meeting's codings that count; `coders` are its two now. All that is asked here is asked of these."""
    return tuple(h for h in headers if is_of_pair(h, h.coder in coders))


def own_states(headers: Iterable[CodingHeader | CodingPlace], reading: int = FIRST_READING) -> dict[str, CodingState]:
    """How far each coder is with the own coding of a reading; `headers` are codings of one meeting."""
    return {h.coder: h.state for h in headers if h.kind == CodingKind.OWN and h.reading == reading}


def both_ready(states: Mapping[str, CodingState]) -> bool:
    """Whether a pair's codings are open to everybody; `states` are those of one reading, by coder."""
    return bool(_is_pair(sum(state == CodingState.READY for state in states.values())))


def waited_for(own: Any, coding: Any) -> Any:
    """Whether `own` is ready and one of those that must be so before others see `coding`."""
    same_round = (own.reading == coding.reading) | ((coding.kind == _REFERENCE) & (own.reading == FIRST_READING))
    return (own.meeting_id == coding.meeting_id) & (own.kind == _OWN) & (own.state == _READY) & same_round


def is_open(coding: Any, worker_id: str, ready_coders: Any, counts: Any) -> Any:
    """Whether `coding` exists for a worker; `ready_coders` counts the different coders of what it `waited_for`.

    `counts` says whether it `is_of_pair`.
    """
    is_let_go = ((coding.kind != _REFERENCE) | (coding.state == _READY)) & (coding.kind != _TRAINING)
    return (coding.coder == worker_id) | (_is_pair(ready_coders) & is_let_go & counts)


def opens_writers(own: Any, meeting_id: Any) -> Any:
    """Whether `own` is a coding of a meeting's pair that must be ready before writers are told; one of each coder."""
    is_first = own.reading == FIRST_READING
    return (own.meeting_id == meeting_id) & (own.kind == _OWN) & (own.state == _READY) & is_first


def is_clip_open(by: Any, worker_id: str, ready_coders: Any) -> Any:
    """Whether a clip exists for a worker; `ready_coders` counts the different coders of what `opens_writers`."""
    return (by == worker_id) | _is_pair(ready_coders)


def is_clip_open_among(by: str, headers: Collection[CodingHeader | CodingPlace], meeting_id: str, worker: str) -> bool:
    """`is_clip_open` over values; `headers` are all codings of the meeting that count."""
    return bool(is_clip_open(by, worker, len({h.coder for h in headers if opens_writers(h, meeting_id)})))


def hides_writers(own: Any, meeting_id: Any) -> Any:
    """Whether `own` is a coding that one of a meeting's pair makes alone now, of whatever reading."""
    return (own.meeting_id == meeting_id) & (own.kind == _OWN) & (own.state == _DRAFT)


def are_writers_told(ready_coders: Any, drafts: Any) -> Any:
    """Whether it is told who wrote what; counted are the coders of what `opens_writers` and what `hides_writers`."""
    return _is_pair(ready_coders) & (drafts == 0)


def are_writers_told_among(headers: Collection[CodingHeader | CodingPlace], meeting_id: str) -> bool:
    """`are_writers_told` over values; `headers` are all codings of the meeting that count."""
    ready = {h.coder for h in headers if opens_writers(h, meeting_id)}
    return bool(are_writers_told(len(ready), sum(bool(hides_writers(h, meeting_id)) for h in headers)))


def is_due(coding: CodingHeader | CodingPlace, all_: Collection[CodingHeader | CodingPlace]) -> bool:
    """Whether a sealed coding is to be released by its coder's next sign-in; `all_` are its meeting's that count."""
    ready = {h.coder for h in all_ if waited_for(h, coding)}
    is_let_go = coding.state == CodingState.READY and coding.kind != CodingKind.TRAINING
    return is_let_go and _counts(coding, all_) and bool(_is_pair(len(ready)))


def is_open_among(
    coding: CodingHeader | CodingPlace, headers: Collection[CodingHeader | CodingPlace], worker_id: str
) -> bool:
    """`is_open` over values; `headers` are all codings of the meeting that count."""
    ready = {h.coder for h in headers if waited_for(h, coding)}
    return bool(is_open(coding, worker_id, len(ready), _counts(coding, headers)))


def _counts(coding: CodingHeader | CodingPlace, headers: Collection[CodingHeader | CodingPlace]) -> bool:
    """An own coding that is not among those that count was set aside; one of another kind may be about to begin."""
    return coding.kind != CodingKind.OWN or any(h.id == coding.id for h in headers)


def _is_pair(coders: Any) -> Any:
    return coders >= PAIR
