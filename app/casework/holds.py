"""Setting a legal hold and ending it, written at once; neither is undone, and both stay on record."""

from __future__ import annotations

from datetime import date

from app.casework import requests
from app.door import Door
from app.i18n import Texts
from app.model.change import added
from app.model.hold import Hold


def set_hold(door: Door, texts: Texts, case_id: str, day: date, ground: str, meeting_id: str = "") -> Hold:
    """Raises NotAllowed(`hold-without-ground`), StoreError."""
    made = requests.hold(case_id, door.store.me, day, ground, meeting_id)
    door.write(texts.tr("Legal hold set"), [added(made)])
    return made


def end_hold(door: Door, texts: Texts, hold: Hold, day: date) -> None:
    """Raises StaleChange, StoreError."""
    door.write(texts.tr("Legal hold ended"), [requests.ended(hold, day)])
