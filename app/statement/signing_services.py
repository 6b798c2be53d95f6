"""The time stamp service and the issuers who are asked, where a person has set them up; else nobody is asked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.bounded_file import read_within
from app.errors import SigningError
from app.settings.values import Settings

if TYPE_CHECKING:
    from app.reports.signing import Services


#: of a file of issuers: the certificates of a whole country's issuers take a tenth of it
MOST_BYTES = 5_000_000


def services(settings: Settings) -> Services | None:
    """What is asked while signing; None: no other computer. Raises SigningError(`signing-issuers`)."""
    if not settings.time_stamp_service:
        return None
    from app.reports.signing import Services, certificates

    issuers = b""
    if settings.issuers_file:
        try:
            issuers = read_within(Path(settings.issuers_file), MOST_BYTES)
        except OSError as error:
            raise SigningError("signing-issuers") from error
        certificates(issuers)
    return Services(settings.time_stamp_service, issuers)
