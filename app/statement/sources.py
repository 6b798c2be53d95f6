"""Every observation says where it is from: the film's time, a meeting, a document, or who said it (domain 4.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.casework.names import naming
from app.i18n import Texts
from app.model.checks import Finding, Lack, is_written
from app.model.service import SectionKey
from app.statement.careful import content
from app.statement.looked import Looked

#: `[12:35]`, `[12:35–12:50]`, `[1:02:35]`
_FILM_TIME = re.compile(r"\[[^\]]*\d{1,2}:\d{2}[^\]]*\]")


def without_source(at: Looked) -> Iterable[Finding]:
    """Paragraphs of the observations that a hand wrote and that name no source, in the order of the text."""
    t = Texts(at.language)
    days = [t.date(m.held.astimezone().date()) for m in at.case.every_meeting]
    papers = [s.title.casefold().strip() for s in (at.case.commission.sources if at.case.commission else ())]
    told = [w for w in (*days, *papers) if w]
    quoting = _quoting(at)
    for p in at.text.section(SectionKey.OBSERVATIONS):
        if not is_written(p) or any(r.evidence in at.text.evidence for r in p.runs if r.evidence):
            continue
        words = p.text.casefold()
        says_who = quoting is not None and quoting.search(p.text)
        if not (says_who or _FILM_TIME.search(p.text) or any(w in words for w in told)):
            yield Finding(Lack.OBSERVATION_WITHOUT_SOURCE, p.section, paragraph=p.id)


def _quoting(at: Looked) -> re.Pattern[str] | None:
    """What finds that one of the case's people said it: *äidin mukaan*, *enligt mamman*, *the father said*."""
    who = naming({w for p in at.case.everybody for w in at.words_of(p)}, at.language)
    if who is None:
        return None
    ways = (way.replace("{who}", f"(?:{who.pattern})") for way in content(at.language)["said"])
    return re.compile("|".join(ways), re.IGNORECASE)
