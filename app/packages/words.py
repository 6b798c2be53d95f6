"""In words: how far a meeting is between two computers, what is next, and what was taken in."""

from __future__ import annotations

from app.casework.elsewhere import Standing, Step
from app.error_texts import sentence
from app.i18n import Texts
from app.model.exchange import Coming, Next
from app.packages.codings import CodingReport
from app.packages.taking_in import Report, Taken


def standing_words(t: Texts, standing: Standing) -> str:
    """Who waits for whom, and what to do."""
    name = standing.partner.name
    return {
        Next.HAND_OVER: t.tr(
            "{name} codes on another computer. Hand the meeting over: films, tasks and schemes go in a sealed package "
            "that only {name} can open.",
            name=name,
        ),
        Next.CODE: t.tr("Code the meeting and mark your coding as ready. Then it can be sent to {name}.", name=name),
        Next.SEND_CODING: t.tr(
            "Your coding is ready. Send it to {name}: it stays shut there until both have sent theirs.", name=name
        ),
        Next.WAIT_FOR_CODING: t.tr("Your coding has been sent. The coding of {name} is waited for.", name=name),
        Next.SEND_KEY: t.tr(
            "The coding of {name} is here, shut. Send your key: it opens your coding for {name}.", name=name
        ),
        Next.WAIT_FOR_KEY: t.tr("Your coding and key have been sent. The key of {name} is waited for.", name=name),
        Next.COMPARE: t.tr("Both codings are open here."),
    }[standing.next]


def step_words(t: Texts, standing: Standing, step: Step) -> str:
    """One step, as it is called in the list."""
    name = standing.partner.name
    handed = t.tr("You: the meeting handed over") if standing.was_filmed_here else t.tr("You: the meeting taken in")
    return {
        Step.MEETING: handed,
        Step.READY: t.tr("You: your coding ready"),
        Step.CODING_SENT: t.tr("You: your coding sent"),
        Step.CODING_CAME: t.tr("{name}: their coding came", name=name),
        Step.KEY_SENT: t.tr("You: your key sent"),
        Step.KEY_CAME: t.tr("{name}: their key came", name=name),
    }[step]


def taken_words(t: Texts, taken: Taken) -> str:
    """What was taken in, in numbers, and what was not."""
    said = [_report_words(t, report) for report in taken.reports]
    return " ".join(dict.fromkeys([*said, *(sentence(t, trouble) for trouble in taken.troubles)]))


def _report_words(t: Texts, report: Report | CodingReport) -> str:
    if isinstance(report, CodingReport):
        return _coding_words(t, report)
    if not report.is_new:
        return t.tr("The package was taken in before: nothing changed.")
    if report.is_older:
        return t.tr("A newer package of the meeting is here: only films that were missing were taken in.")
    films = t.trn("The meeting was taken in with {n} film.", "The meeting was taken in with {n} films.", report.films)
    if not report.kept:
        return films
    kept = t.trn("{n} thing was changed here and stays so.", "{n} things were changed here and stay so.", report.kept)
    return f"{films} {kept}"


def _coding_words(t: Texts, report: CodingReport) -> str:
    if report.what == Coming.SAME:
        same = t.tr("The key was taken in before: nothing changed.")
        return same if report.is_key else t.tr("The coding was taken in before: nothing changed.")
    if report.is_key:
        seen = t.trn("{n} observation", "{n} observations", report.observations)
        return t.tr("Your partner's coding is open: {seen}.", seen=seen)
    if report.what == Coming.OLDER:
        return t.tr("A newer coding of your partner's is here: nothing changed.")
    if report.what == Coming.REPLACES:
        return t.tr("Your partner's new coding was taken in, in the place of the one that was withdrawn.")
    return t.tr("Your partner's coding was taken in. It stays shut until both have sent theirs and the key comes.")
