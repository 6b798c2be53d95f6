"""Moments that both coders marked alike: what a feedback talk chooses from, once both codings are open."""

from __future__ import annotations

from dataclasses import replace

from app.casework.pair import pair_ready
from app.clips.chosen import Found, found_at
from app.comparing.comparison import look_at
from app.errors import NotAllowed
from app.i18n import Texts
from app.model.feedback import CameFrom
from app.ports import Store

#: so many are offered, in time order: a talk has few, and the timeline of the comparison has all
MOST = 40
#: codes that say that something was hard are no good moments to begin with
_HARDER = "harder"


def marked_by_both(store: Store, texts: Texts, meeting_id: str) -> tuple[Found, ...]:
    """In time order; none while a coding is open, or where the two cannot be compared."""
    if not pair_ready(store, meeting_id):
        return ()
    try:
        found = look_at(store, meeting_id)
    except NotAllowed:
        return ()
    rows = []
    for pair in found.agreement.pairs:
        if not pair.same_code:
            continue
        code = found.scheme.code(found.a.observations[pair.a_id].code)
        if code is not None and code.mark != _HARDER:
            made = found_at(min(pair.a_start, pair.b_start), None, CameFrom.OBSERVATION, pair.a_id, code.id)
            rows.append(replace(made, dimension=code.dimension, text=texts.words(code.name)))
    return tuple(sorted(rows, key=lambda row: (row.at, row.source_id))[:MOST])
