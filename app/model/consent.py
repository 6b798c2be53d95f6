"""A person's consent to one purpose, with its dates. Being filmed is voluntary; refusal never harms the client."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
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
    """Given by or for `person_id` to one purpose; never deleted when withdrawn, the date is set instead.

    `given_by` are the ids of those persons of the case who gave it in this one's place, and `given_by_other` says in
    words who else did, such as a county's worker; both are empty when it is the person's own word. `forms` are the ids
    of the photographed pages (`ConsentForm`) on which it stands.
    """

    id: str
    case_id: str
    person_id: str
    purpose: Purpose
    given: date
    until: date | None = None
    withdrawn: date | None = None
    form_version: str = ""
    explained_by: str = ""
    given_by: tuple[str, ...] = ()
    given_by_other: str = ""
    forms: tuple[str, ...] = ()

    def valid_on(self, day: date) -> bool:
        ended = (self.until is not None and day > self.until) or (self.withdrawn is not None and day >= self.withdrawn)
        return self.given <= day and not ended

    def takes_back(self, other: Consent, day: date) -> bool:
        """Whether it was withdrawn by `day`, and with it `other`, given to the same purpose by the same person.

        A withdrawal is of the purpose and of no paper: whatever was given until then ends with it, also on a form that
        is recorded later. What is given anew on the very day stands.
        """
        if self.withdrawn is None or self.withdrawn > day or other.id == self.id:
            return False
        if (other.person_id, other.purpose) != (self.person_id, self.purpose):
            return False
        return (other.given, other.id) < (self.withdrawn, self.id)


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


@dataclass(frozen=True, slots=True)
class ConsentForm:
    """A page of a signed form, photographed: a picture in a container of its own under a key of its own.

    `sha256` and `size` are of the picture as it is kept, in `chunks`. It stays as it was taken in, and goes with the
    case.
    """

    id: str
    case_id: str
    taken_in: datetime
    sha256: str
    size: int
    chunks: int
    container: str
    wrapped_key: bytes = field(metadata={"journal": False})
