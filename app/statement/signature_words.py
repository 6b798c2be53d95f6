"""What is said of a signature in a file: whose, when, and whether anything was changed since. Never a verdict on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from app.bounded_file import read_within
from app.errors import InputError
from app.i18n import Texts
from app.model.signature_seen import SignatureSeen, Since

#: bytes of the largest file that is looked at
MOST_BYTES = 200_000_000


def seen_in(path: Path) -> tuple[SignatureSeen, ...]:
    """The signatures of any file. Raises InputError(`signed-file-unreadable`)."""
    from app.reports.signature_check import signatures_of

    try:
        data = read_within(path, MOST_BYTES)
    except OSError as error:
        raise InputError("signed-file-unreadable") from error
    return signatures_of(data)


def moment(t: Texts, at: datetime) -> str:
    """Date and time as on this computer's clock."""
    local = at.astimezone()
    return t.tr("{date} at {time}", date=t.date(local.date()), time=t.time(local))


def when(t: Texts, seen: SignatureSeen) -> str:
    """When it was signed, and by whose clock."""
    if seen.stamped_at is not None:
        return t.tr("{moment}, by a time stamp", moment=moment(t, seen.stamped_at))
    if seen.said_at is not None:
        return t.tr("{moment}, by the signer's own clock", moment=moment(t, seen.said_at))
    return t.tr("the time of signing is not told")


def since(t: Texts, seen: SignatureSeen) -> str:
    """What was done to the file afterwards."""
    return {
        Since.NOTHING: t.tr("nothing was changed since"),
        Since.SIGNED: t.tr("signed by others as well since, nothing else was changed"),
        Since.CHANGED: t.tr("changed since: it is not what was signed"),
        Since.UNREADABLE: t.tr("this signature cannot be read"),
    }[seen.since]


def certificate(t: Texts, seen: SignatureSeen) -> str:
    """Whether the certificate held then, and who issued it."""
    held = t.tr("the certificate was in force") if seen.held_then else t.tr("the certificate was not in force then")
    issued = t.tr("issued by {issuer}", issuer=seen.issuer)
    return f"{held} · {issued}"


def lines(t: Texts, seen: SignatureSeen) -> tuple[str, ...]:
    """All that is said of one signature, the name first."""
    if seen.since == Since.UNREADABLE:
        return (since(t, seen),)
    return (seen.subject, when(t, seen), since(t, seen), certificate(t, seen))


def told(t: Texts, seen: Sequence[SignatureSeen]) -> str:
    """All of a file's signatures, one below another.

    Raises InputError(`signed-file-changed`) with the numbers of those that do not hold in `which`.
    """
    if not seen:
        return t.tr("no signatures")
    broken = [str(n) for n, one in enumerate(seen, start=1) if not one.holds]
    if broken:
        raise InputError("signed-file-changed", which=", ".join(broken))
    parts = ["\n   ".join((f"{n}. {first}", *rest)) for n, (first, *rest) in enumerate((lines(t, s) for s in seen), 1)]
    return "\n".join((*parts, limits(t)))


def limits(t: Texts) -> str:
    """What looking at a file does not tell."""
    return t.tr(
        "The program does not know whether the issuer of a certificate is to be trusted, nor whether the certificate "
        "was revoked. The name is what the certificate says."
    )
