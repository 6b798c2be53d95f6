"""What can be said of the signatures in a file: whose, when, and whether anything was changed since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Since(StrEnum):
    """What was done to the file after a signature."""

    NOTHING = "nothing"  # it is as it was signed
    SIGNED = "signed"  # others signed it, too; nothing else
    CHANGED = "changed"  # something else was changed or added
    UNREADABLE = "unreadable"  # the signature itself is none that can be read


@dataclass(frozen=True, slots=True)
class SignatureSeen:
    """One signature of a file, in the order in which they were made.

    `subject` and `issuer` are what the certificate in the file says; whether its issuer can be trusted, nobody asked.
    `said_at` is when the signer's computer said that it was, `stamped_at` when a time stamp service said so.
    `held_then` is whether the certificate held at that time. `begins` is how much of the file is signed, in bytes.
    """

    since: Since
    subject: str = ""
    issuer: str = ""
    said_at: datetime | None = None
    stamped_at: datetime | None = None
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    begins: int = 0

    @property
    def when(self) -> datetime | None:
        return self.said_at if self.stamped_at is None else self.stamped_at

    @property
    def holds(self) -> bool:
        """Whether the file is what was signed, but for signatures that came after."""
        return self.since in (Since.NOTHING, Since.SIGNED)

    @property
    def held_then(self) -> bool:
        """Whether the certificate was in force when the signature was made, as far as the file says."""
        if self.when is None or self.valid_from is None or self.valid_until is None:
            return False
        return self.valid_from <= self.when <= self.valid_until
