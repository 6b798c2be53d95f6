"""What page one of an employer's document begins with: its letterhead, as the office keeps it."""

from __future__ import annotations

import base64

from app.i18n import Texts
from app.model.letterhead import Letterhead, letterhead_of
from app.model.statement_document import PageHead
from app.ports import Store


def letterheads(store: Store) -> tuple[Letterhead, ...]:
    """By name."""
    return tuple(sorted(store.find(Letterhead), key=lambda one: (one.employer.casefold(), one.id)))


def page_head(store: Store, texts: Texts, employer: str) -> PageHead | None:
    """What page one of an employer's document begins with; None where the office has no letterhead for it."""
    found = letterhead_of(letterheads(store), employer)
    if found is None:
        return None
    logo = base64.b64encode(found.logo).decode("ascii")
    words = found.logo_words or texts.tr("{employer}, logo", employer=employer)
    return PageHead(employer, found.address, logo, words if logo else "")
