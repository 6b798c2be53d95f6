"""Rules of retention, and how something stands with its rule, in words."""

from __future__ import annotations

from app.casework.kept_wholes import KeptWhole
from app.casework.retention import Kept, Why, source_words
from app.i18n import Texts
from app.model.retention import CaseRule, Material, Rule, Since


def material_words(t: Texts, material: Material) -> str:
    return {
        Material.FILMS: t.tr("Films"),
        Material.CASE: t.tr("Documents and all else of the case"),
        Material.BACKUPS: t.tr("Backups"),
        Material.SUPERVISION: t.tr("Supervision"),
        Material.SERVICES: t.tr("Groups, consultations and trainings"),
    }[material]


def since_words(t: Texts, since: Since) -> str:
    """From which day a period is counted."""
    return {
        Since.FINAL: t.tr("after the statement became final"),
        Since.CLOSED: t.tr("after the case was closed"),
        Since.BIRTH: t.tr("from the child's birth"),
        Since.DEATH: t.tr("after the client's death"),
        Since.MADE: t.tr("after it was made"),
        Since.ENDED: t.tr("after it ended"),
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
    return span_words(t, rule.since, rule.months)


def span_words(t: Texts, since: Since, months: int) -> str:
    """The same of a period alone, a number of `months`."""
    words = since_words(t, since)
    return words if since == Since.FOREVER else f"{period_words(t, months)} {words}"


def whose_rule_words(t: Texts, rule: Rule) -> str:
    """The same of a rule, and that it is the commission's own where it is."""
    words = rule_words(t, rule)
    return t.tr("{rule}, by the commission's own rule", rule=words) if isinstance(rule, CaseRule) else words


def own_rule_words(t: Texts, rule: Rule | None) -> str:
    """The same of a commission's own rule; nothing of the office's, which is the usual."""
    return whose_rule_words(t, rule) if isinstance(rule, CaseRule) else ""


def whose_words(t: Texts, source: str, *, own: bool) -> str:
    """Whose rule it is, and where it comes from."""
    whose = t.tr("The commission's own rule") if own else t.tr("The office's rule")
    return f"{whose}: {source_words(source, t.language)}"


def kept_words(t: Texts, row: Kept | KeptWhole) -> str:
    """How it stands: due, not yet and until when, or what keeps it."""
    day, rule = t.date(row.day), whose_rule_words(t, row.rule)
    if row.why == Why.NOT_COUNTED and row.rule.since == Since.DEATH:
        return t.tr("No day yet: {rule}. No death is recorded among the child's dated facts.", rule=rule)
    words = {
        Why.DUE: t.tr("To be erased since {day}: {rule}.", day=day, rule=rule),
        Why.CLOSED_FROM_USE: t.tr("Closed from use {day}: waits for its erasing.", day=day),
        Why.NOT_YET: t.tr("Kept until {day}: {rule}.", day=day, rule=rule),
        Why.NOT_COUNTED: t.tr("No day yet: {rule}.", rule=rule),
        Why.FOREVER: t.tr("Kept permanently."),
        Why.NOT_RETURNED: t.tr(
            "Waits for what goes back to the controller: {rule}. That is less than the law's period, so it is erased "
            "here only when all has gone back.",
            rule=rule,
        ),
        Why.BY_HOLD: t.tr("May not be erased: a legal hold keeps it."),
        Why.BY_REQUEST: (
            t.tr("May not be erased: a request about this case is open.")
            if isinstance(row, Kept)
            else t.tr("May not be erased: a request about it is open.")
        ),
    }
    return words[row.why]
