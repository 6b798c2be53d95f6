"""Rules of retention, and how something stands with its rule, in words."""

from __future__ import annotations

from app.casework.retention import Kept, Why
from app.i18n import Texts
from app.model.retention import Material, Rule, Since


def material_words(t: Texts, material: Material) -> str:
    return {
        Material.FILMS: t.tr("Films"),
        Material.CASE: t.tr("Documents and all else of the case"),
        Material.BACKUPS: t.tr("Backups"),
    }[material]


def since_words(t: Texts, since: Since) -> str:
    """From which day a period is counted."""
    return {
        Since.FINAL: t.tr("after the statement became final"),
        Since.CLOSED: t.tr("after the case was closed"),
        Since.BIRTH: t.tr("from the child's birth"),
        Since.DEATH: t.tr("after the client's death"),
        Since.MADE: t.tr("after it was made"),
        Since.FOREVER: t.tr("Kept permanently"),
    }[since]


def period_words(t: Texts, months: int) -> str:
    """*6 months*, *30 years*, of a number of `months`; *at once* of none."""
    if not months:
        return t.tr("at once")
    if months % 12 == 0:
        return t.trn("{n} year", "{n} years", months // 12)
    return t.trn("{n} month", "{n} months", months)


def rule_words(t: Texts, rule: Rule) -> str:
    """*6 months after the statement became final*."""
    since = since_words(t, rule.since)
    return since if rule.since == Since.FOREVER else f"{period_words(t, rule.months)} {since}"


def kept_words(t: Texts, row: Kept) -> str:
    """How it stands: due, not yet and until when, or what keeps it."""
    day, rule = t.date(row.day), rule_words(t, row.rule)
    words = {
        Why.DUE: t.tr("To be erased since {day}: {rule}.", day=day, rule=rule),
        Why.CLOSED_FROM_USE: t.tr("Closed from use {day}: waits for its erasing.", day=day),
        Why.NOT_YET: t.tr("Kept until {day}: {rule}.", day=day, rule=rule),
        Why.NOT_COUNTED: t.tr("No day yet: {rule}.", rule=rule),
        Why.FOREVER: t.tr("Kept permanently."),
        Why.BY_HOLD: t.tr("May not be erased: a legal hold keeps it."),
        Why.BY_REQUEST: t.tr("May not be erased: a request about this case is open."),
    }
    return words[row.why]
