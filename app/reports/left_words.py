"""A moment that left as a file of its own, in words: on the certificate of an erasing, and where a consent goes."""

from __future__ import annotations

from app.i18n import N_, Texts
from app.model.erasure import LeftClip
from app.model.statement_delivery import Sealing

#: how much of a checksum stands where nobody compares it
SHORT = 16
#: for what it left, by the key of the use
LEFT_FOR = {
    "feedback": N_("handed out for feedback"),
    "supervision": N_("handed out for own supervision"),
    "commissioner": N_("handed out to the commissioner"),
    "example": N_("handed out for training"),
}
_SEALED = {
    Sealing.KEY.value: N_("sealed for a key"),
    Sealing.PASSPHRASE.value: N_("encrypted with a passphrase"),
    Sealing.NOTHING.value: N_("not encrypted"),
}


def left_words(t: Texts, left: LeftClip, who: str = "", *, digits: int | None = None) -> str:
    """*25.11.2026 10.00 · luovutettu palautetta varten · äiti · salattu salalauseella · SHA-256 …*.

    `who` is what the archive calls the recipient. `digits`: so many of the checksum, all without it.
    """
    local = left.at.astimezone()
    when = f"{t.date(local.date())} {t.time(local)}"
    use, sealing = LEFT_FOR.get(left.use), _SEALED.get(left.sealing)
    checksum = f"SHA-256 {left.sha256[:digits]}{'…' if digits is not None else ''}" if left.sha256 else ""
    said = (when, t.tr(use) if use else left.use, who, t.tr(sealing) if sealing else left.sealing, checksum)
    return " · ".join(part for part in said if part)
