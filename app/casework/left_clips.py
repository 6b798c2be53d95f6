"""Moments that left as files of their own: noted when one is written, read again before a film goes and after."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from app.model.erasure import LeftClip
from app.ports import Store

#: in the access log, of the clip and of its film, whose id outlives the rows of both
LEFT = "clip-left"
#: the end of what is noted of a film that was seen beside another in the same file
SECOND = "second=1"


def left_clips(store: Store, film_ids: Iterable[str], until: datetime | None = None) -> tuple[LeftClip, ...]:
    """What was handed out of some films, also of those that are gone, the oldest first; nothing after `until`."""
    found: list[LeftClip] = []
    seconds: list[LeftClip] = []
    for film_id in film_ids:
        for entry in store.audit_log(film_id, acts=[LEFT]):
            if until is None or entry.at <= until:
                told = dict(part.split("=", 1) for part in entry.detail.split(";") if "=" in part)
                parts = (told.get(name, "") for name in ("clip", "use", "sealing", "sha256", "to"))
                rows = seconds if entry.detail.endswith(f";{SECOND}") else found
                rows.append(LeftClip(entry.at, *parts))
    files = {(one.clip_id, one.sha256) for one in found}
    found += [one for one in seconds if (one.clip_id, one.sha256) not in files]
    return tuple(sorted(found, key=lambda one: (one.at, one.clip_id)))
