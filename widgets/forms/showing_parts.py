"""What is asked of how a child shows contact, distress and no: the same wherever it is written."""

from __future__ import annotations

from app.i18n import Texts


def parts(t: Texts) -> tuple[tuple[str, str], ...]:
    """The field of each part and its name."""
    return (
        ("contact", t.tr("How the child seeks or shows contact")),
        ("distress", t.tr("How the child shows distress")),
        ("no", t.tr("How the child says or shows no")),
    )
