"""A person's consent to one purpose, with its dates. Being filmed is voluntary; refusal never harms the client."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Purpose(StrEnum):
    """What a film may be used for (domain 4.9), each asked apart and default off."""

    FILMING = "filming"
    FEEDBACK = "feedback"
    COMMISSIONER = "commissioner"
    OWN_SUPERVISION = "own-supervision"
    TRAINING = "training"
    RESEARCH = "research"
    OTHER_PARENT = "other-parent"
    INTERPRETER = "interpreter"
    REFERENCE_FILM = "reference-film"


@dataclass(frozen=True, slots=True)
class Consent:
    """Given by or for `person_id` to one purpose; never deleted when withdrawn, the date is set instead."""

    id: str
    case_id: str
    person_id: str
    purpose: Purpose
    given: date
    until: date | None = None
    withdrawn: date | None = None
    form_version: str = ""
    explained_by: str = ""

    def valid_on(self, day: date) -> bool:
        ended = (self.until is not None and day > self.until) or (self.withdrawn is not None and day >= self.withdrawn)
        return self.given <= day and not ended


@dataclass(frozen=True, slots=True)
class ControllerDecision:
    """What the controller decided where a person's consent to a purpose cannot be had: by whom, when, on what ground.

    No consent, and never counted as one; it ends on `ended`. A filmed person's own *no* stands against it.
    """

    id: str
    case_id: str
    person_id: str
    purpose: Purpose
    decided: date
    decided_by: str
    ground: str
    ended: date | None = None

    def valid_on(self, day: date) -> bool:
        return self.decided <= day and (self.ended is None or day < self.ended)
