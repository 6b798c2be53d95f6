"""Work of no case as lists of what is to be erased call it, and the way to it."""

from __future__ import annotations

from app.casework.kept_wholes import KeptWhole
from app.i18n import Texts
from app.model.service_work import ServiceWork
from app.model.template import Belongs
from widgets.screen import Go


def whole_words(t: Texts, row: KeptWhole) -> str:
    """What kind of work it is."""
    if not isinstance(row.thing, ServiceWork):
        return t.tr("Supervision")
    return t.tr("Group") if row.thing.belongs == Belongs.GROUP else t.tr("Consultation or training")


def open_whole(go: Go, row: KeptWhole) -> None:
    """To where its retention stands."""
    if isinstance(row.thing, ServiceWork):
        go("service", work_id=row.thing.id)
    else:
        go("supervision", agreement_id=row.thing.id)
