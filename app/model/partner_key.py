"""The receiving key of somebody who works on another computer, after its digits were compared by phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PartnerKey:
    """`worker_id` made sure on `confirmed` that `receiving_key` (`age1…`) is `person_id`'s; it counts until `ended`.

    The person is a worker of this archive's books who has no sign-in here. A person is a key and not a name: two of one
    name are two persons, and who has a new key stays the same person only because a worker says so.
    """

    id: str
    worker_id: str
    person_id: str
    receiving_key: str
    confirmed: datetime
    ended: datetime | None = None

    @property
    def is_in_use(self) -> bool:
        return self.ended is None
