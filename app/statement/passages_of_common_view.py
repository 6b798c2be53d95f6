"""Passages about the pair's common view: that the document tells it, and what the two see differently and why."""

from __future__ import annotations

from app.comparing.comparison import Comparison
from app.comparing.walk import by_weight
from app.i18n import Texts
from app.model.decision import Decision, DisagreementKind, Verdict
from app.model.service import SectionKey
from app.model.statement import ParagraphKind, Run
from app.statement.material import Material, Passage, heading, sentence, sentence_passage


def how_made(m: Material, found: Comparison) -> str:
    """Beside the figures of agreement: they are from before it, and what is told is from it. Empty without one."""
    common = m.common_of(found)
    if common is None or common.header.ready_at is None:
        return ""
    t, day = m.texts, m.texts.date(common.header.ready_at.astimezone().date())
    if not common.decisions:
        return t.tr(
            "The agreement is that of the two codings, before the common view. It was confirmed by both on {day}; the"
            " observations are told from it.",
            day=day,
        )
    return t.trn(
        "The agreement is that of the two codings, before the common view. The workers then went through {n} differing"
        " point at the film. Both confirmed their common view on {day}; the observations are told from it.",
        "The agreement is that of the two codings, before the common view. The workers then went through {n} differing"
        " points at the film. Both confirmed their common view on {day}; the observations are told from it.",
        len(common.decisions),
        day=day,
    )


def seen_differently(m: Material, found: Comparison) -> list[Passage]:
    """What the two see differently, each with both reasons, calmly; nothing where there is none."""
    t, meeting, common = m.texts, found.file.meeting, m.common_of(found)
    rows = [] if common is None else [d for d in common.decisions.values() if d.verdict == Verdict.DIFFERENTLY]
    if not rows:
        return []
    told = [
        Passage(
            SectionKey.OBSERVATIONS,
            f"differently/{meeting.id}/{n}",
            (Run(_words(m, found, d)),),
            ParagraphKind.ITEM,
        )
        for n, d in enumerate(by_weight(rows), start=1)
    ]
    return [
        heading(SectionKey.OBSERVATIONS, f"differently-heading/{meeting.id}", t.tr("The workers see it differently")),
        *told,
        sentence_passage(
            SectionKey.OBSERVATIONS,
            f"differently-said/{meeting.id}",
            t.tr("The difference tells of how the workers look, not of the family."),
        ),
    ]


def _words(m: Material, found: Comparison, d: Decision) -> str:
    """As *Äiti: hoivaa tai rauhoittaa [01:07]. Aino Esimerkki: … Leena Malli: …*."""
    a, b = found.coders
    first, second = (sentence(reason) for reason in (d.reason_a, d.reason_b))
    return f"{_about(m, found, d)}. {a}: {first} {b}: {second}"


def _about(m: Material, found: Comparison, d: Decision) -> str:
    """What it is about, without a number of a rating and without a licensed form's words."""
    t = m.texts
    if d.kind == DisagreementKind.RATING:
        item = found.instrument.item(d.item)
        if item is None or m.is_licensed(found.instrument):
            return t.tr("A rating")
        return t.tr("Rating: {item}", item=t.words(item.name))
    codes = [c for key in (d.a, d.b) if key and (c := found.scheme.code(key)) is not None]
    names = " – ".join(dict.fromkeys(t.words(c.name) for c in codes))
    who = m.who_called(found.file.meeting, codes[0].actor) if codes else ""
    return f"{who[:1].upper()}{who[1:]}: {names} [{_when(t, d)}]"


def _when(t: Texts, d: Decision) -> str:
    start = t.short_clock(d.start) if d.start is not None else ""
    is_stretch = d.kind == DisagreementKind.STATE and d.end is not None
    return f"{start}–{t.short_clock(d.end)}" if is_stretch and d.end is not None else start
