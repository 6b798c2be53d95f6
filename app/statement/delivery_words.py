"""Deliveries in words: one line for a row."""

from __future__ import annotations

from app.i18n import Texts
from app.model.statement_delivery import Sealing, StatementDelivery
from app.statement.delivery import Given
from app.vocabulary import StatementTexts


def how_it_went(t: Texts, words: StatementTexts, row: StatementDelivery) -> str:
    """Which copy, how, and what the file was under."""
    copy = t.tr("redacted copy") if row.copy_id else t.tr("original")
    sealed = {Sealing.KEY: t.tr("sealed for a key"), Sealing.PASSPHRASE: t.tr("encrypted with a passphrase")}
    return " · ".join(x for x in (copy, words.of("delivery_ways", row.way), sealed.get(row.sealing, "")) if x)


def given_in_words(t: Texts, words: StatementTexts, given: Given) -> str:
    """*2.12.2026 · Maija Malli, alue · versio 1 · alkuperäinen · posti*."""
    row = given.row
    who = ", ".join(x for x in (row.recipient, row.unit) if x)
    return " · ".join((t.date(row.day), who, t.tr("version {n}", n=given.version), how_it_went(t, words, row)))
