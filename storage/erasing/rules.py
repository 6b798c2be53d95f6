"""When something may be erased: over values only, for every archive, whatever it keeps its entities in."""

from __future__ import annotations

from typing import Protocol

from app.errors import NotAllowed
from app.model.erasure import CaseOrder, FilmOrder, Ground
from app.model.hold import Held
from app.model.recording import Recording


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


def check_film(film: Recording, order: FilmOrder, case_id: str, facts: ErasingFacts) -> None:
    """Raises NotAllowed `film-erased`, `film-being-made`, `held-by-hold`, `held-by-request`, `erasure-needs-ground`."""
    if film.is_erased:
        raise NotAllowed("film-erased")
    _refuse_while_filming(case_id, facts)
    _refuse_held(case_id, film.meeting_id, facts)
    if not order.words.strip() and (order.ground == Ground.OTHER or facts.rests_on(film.meeting_id)):
        raise NotAllowed("erasure-needs-ground")


def check_case(order: CaseOrder, facts: ErasingFacts) -> None:
    """Raises NotAllowed `film-being-made`, `held-by-hold`, `held-by-request`, `erasure-needs-ground`."""
    _refuse_while_filming(order.case_id, facts)
    _refuse_held(order.case_id, "", facts)
    if not order.words.strip():
        raise NotAllowed("erasure-needs-ground")


def _refuse_while_filming(case_id: str, facts: ErasingFacts) -> None:
    if facts.is_being_filmed(case_id):
        raise NotAllowed("film-being-made")


def _refuse_held(case_id: str, meeting_id: str, facts: ErasingFacts) -> None:
    why = facts.held(case_id, meeting_id)
    if why:
        raise NotAllowed(why.value)
