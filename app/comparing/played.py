"""What of the film is played of a difference, and how near to it another mark would be the same."""

from __future__ import annotations

from app.comparing.comparison import LEAD, Comparison
from app.i18n import Texts
from app.model.decision import Decision, DisagreementKind
from app.model.meeting import Stretch
from app.model.timecode import SECOND, Micros


def around(found: Comparison, start: Micros, end: Micros) -> Stretch:
    """With what leads to it and what follows, two seconds each, on the meeting's clock."""
    return Stretch(max(start - LEAD, found.file.start), end + LEAD)


def played(found: Comparison, d: Decision) -> Stretch | None:
    """What is played of a difference; of a task's rating the whole task, None for one of the whole film."""
    if d.start is None:
        return next((s.stretch for s in found.file.segments if s.id == d.segment_id), None)
    return around(found, d.start, d.start if d.end is None else d.end)


def band_of(found: Comparison, d: Decision) -> Stretch | None:
    """How far another mark may be from this one and still be the same; None for a rating."""
    if d.start is None:
        return None
    used = found.agreement.settings
    wide = used.state_tolerance if d.kind == DisagreementKind.STATE else used.point_tolerance
    return Stretch(d.start - wide, (d.start if d.end is None else d.end) + wide)


def played_words(texts: Texts, found: Comparison, d: Decision) -> str:
    """*Soitetaan 01:24,4–01:28,4*; that there is nothing to play."""
    span = played(found, d)
    if span is None:
        return texts.tr("A rating of the whole film: nothing to play.")
    digits = 0 if span.length > 10 * SECOND else 1
    start, end = (texts.short_clock(x, digits=digits) for x in (span.start, span.end))
    return texts.tr("Plays {start}–{end}.", start=start, end=end)
