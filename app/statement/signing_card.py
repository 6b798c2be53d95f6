"""What on the cards in this computer's readers can sign a statement, and what is said when nothing can."""

from __future__ import annotations

from app.ports.signing import CardCertificate, CardsSeen


def for_signing(seen: CardsSeen) -> tuple[CardCertificate, ...]:
    """The certificates that were issued for signing: cards have others beside, for signing in and for reading mail."""
    from app.reports.certificates import is_for_signing

    return tuple(c for c in seen.certificates if is_for_signing(c.certificate))


def trouble(seen: CardsSeen) -> str:
    """The key of the sentence that says why no card can sign now; empty when one can."""
    if for_signing(seen):
        return ""
    if not seen.drivers:
        return "card-no-driver"
    if seen.certificates or seen.tokens:
        return "card-no-certificate"
    if seen.silent:
        return "card-driver-silent"
    if len(seen.bad) == len(seen.drivers):
        return "card-driver-bad"
    return "card-none" if seen.readers else "card-no-reader"
