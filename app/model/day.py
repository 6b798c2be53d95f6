"""What day it is: of the archive, which knows no `app.i18n`, and of every screen."""

from __future__ import annotations

from datetime import UTC, date, datetime


def local_day() -> date:
    """The present day where this computer stands."""
    moment = datetime.now(UTC)
    return moment.astimezone().date()
