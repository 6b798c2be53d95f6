"""When something may be erased: over values only, for every archive, whatever it keeps its entities in."""

from __future__ import annotations

from typing import Protocol

from app.errors import NotAllowed, StoreError
from app.model.erasure import CaseOrder, FilmOrder, Ground, WholeOrder
from app.model.hold import Held, held_back
from app.model.recording import Recording
from app.model.service_work import ServiceWork
from app.model.supervision import AgreementState, SupervisionAgreement


class ErasingFacts(Protocol):
    """The archive as it is before, without anybody's rule of independence."""

    def rests_on(self, meeting_id: str) -> bool:
        """Whether any coding or any statement's evidence is of a meeting."""
        ...

    def is_being_filmed(self, case_id: str) -> bool:
        """Whether a film of a case is being recorded, or waits for its rescue."""
        ...

    def held(self, case_id: str, meeting_id: str) -> Held:
        """Whether a hold or an open request keeps a meeting's material, or with an empty id anything of the case."""
        ...

    def has_recordings(self, agreement_id: str) -> bool:
        """Whether a film of one of an agreement's sessions is not erased yet."""
        ...

    def can_sign_in(self, worker_id: str) -> bool:
        """Whether a worker can sign in to the archive."""
        ...

    def has_others(self) -> bool:
        """Whether anybody besides who is signed in can sign in to the archive."""
        ...


def needs_second(film: Recording, order: FilmOrder, facts: ErasingFacts) -> bool:
    """Whether two workers confirm a film's erasing: all but one that was taken in by mistake and is used by nothing."""
    return order.ground != Ground.MISTAKE or facts.rests_on(film.meeting_id)


def check_film(film: Recording, order: FilmOrder, case_id: str, facts: ErasingFacts, second: str = "") -> None:
    """`second` is the other worker who confirmed it.

    Raises NotAllowed `film-erased`, `film-being-made`, `held-by-hold`, `held-by-request`, `erasure-needs-ground`,
    `erasure-needs-second`.
    """
    if film.is_erased:
        raise NotAllowed("film-erased")
    _refuse_while_filming(case_id, facts)
    _refuse_held(case_id, film.meeting_id, facts)
    if not order.words.strip() and (order.ground == Ground.OTHER or facts.rests_on(film.meeting_id)):
        raise NotAllowed("erasure-needs-ground")
    if needs_second(film, order, facts):
        _check_second(second, order.words, facts)


def check_case(order: CaseOrder, facts: ErasingFacts, second: str = "") -> None:
    """Raises NotAllowed as `check_film` does."""
    _refuse_while_filming(order.case_id, facts)
    _refuse_held(order.case_id, "", facts)
    if not order.words.strip():
        raise NotAllowed("erasure-needs-ground")
    _check_second(second, order.words, facts)


def check_whole(
    order: WholeOrder, thing: SupervisionAgreement | ServiceWork, worker_id: str, facts: ErasingFacts, second: str = ""
) -> None:
    """Work of no case: an agreement of supervision by its supervisor, a service by anybody; once it has ended.

    Where the supervisor cannot sign in any more, one whom the agreement names as a reader and who is not supervised
    may. To everybody else there is no such agreement: StoreError(`not-found`). Raises NotAllowed
    `supervision-not-ended`, `supervision-has-recordings`, `service-not-ended`, `service-kept-by-case`, and as
    `check_film` does.
    """
    if isinstance(thing, SupervisionAgreement):
        if not thing.is_erased_by(worker_id, supervisor_left=not facts.can_sign_in(thing.supervisor)):
            raise StoreError("not-found", kind=order.whole.value)
        if thing.state != AgreementState.ENDED:
            raise NotAllowed("supervision-not-ended")
        if facts.has_recordings(thing.id):
            raise NotAllowed("supervision-has-recordings")
    elif thing.case_id is not None:
        raise NotAllowed("service-kept-by-case")
    elif thing.is_open:
        raise NotAllowed("service-not-ended")
    if why := held_back(thing.keeping):
        raise NotAllowed(why.value)
    if not order.words.strip():
        raise NotAllowed("erasure-needs-ground")
    _check_second(second, order.words, facts)


def _check_second(second: str, words: str, facts: ErasingFacts) -> None:
    """Another worker confirmed it; who is alone in the archive says in words why it is erased."""
    if second:
        return
    if facts.has_others():
        raise NotAllowed("erasure-needs-second")
    if not words.strip():
        raise NotAllowed("erasure-needs-ground")


def _refuse_while_filming(case_id: str, facts: ErasingFacts) -> None:
    if facts.is_being_filmed(case_id):
        raise NotAllowed("film-being-made")


def _refuse_held(case_id: str, meeting_id: str, facts: ErasingFacts) -> None:
    why = facts.held(case_id, meeting_id)
    if why:
        raise NotAllowed(why.value)
