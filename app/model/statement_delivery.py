"""Who was given which copy of a statement, how and when (*jakelu*, domain 4.3): one row for each handing over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class DeliveryWay(StrEnum):
    """How it went."""

    CLIENT_SYSTEM = "client-system"  # into the organiser's own system
    SECURE_MAIL = "secure-mail"
    IN_PERSON = "in-person"
    POST = "post"
    DEVICE = "device"  # on a memory stick or disk
    OTHER = "other"


class Sealing(StrEnum):
    """What the file was under when it went."""

    NOTHING = "nothing"
    KEY = "key"  # age, for the recipient's own key
    PASSPHRASE = "passphrase"  # age, with a passphrase that goes another way  # noqa: S105  a word for it, none itself


@dataclass(frozen=True, slots=True)
class StatementDelivery:
    """One recipient's one copy. `copy_id` is the redacted copy that it was, empty for the original.

    `sha256` is of the clear file that the recipient reads. `recipient` is a name, `unit` where it works, `role` what
    it is to the case, in words. `struck` is when it was said that the row is a mistake, and `why`: the row stays.
    """

    id: str
    statement_id: str
    worker_id: str
    noted: datetime
    day: date
    recipient: str
    unit: str
    role: str
    way: DeliveryWay
    sealing: Sealing
    sha256: str
    copy_id: str = ""
    struck: datetime | None = None
    why: str = ""

    @property
    def counts(self) -> bool:
        return self.struck is None
