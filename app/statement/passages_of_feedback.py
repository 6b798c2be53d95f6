"""The feedback talks that were held: who saw which moments when, and what the adult said to them in own words."""

from __future__ import annotations

from collections.abc import Iterable

from app.casework.interpreting import how_interpreted, interpreted
from app.clips.words import picked_words
from app.model.feedback import ClipWords, FeedbackTalk
from app.model.identity import new_id
from app.model.service import SectionKey
from app.model.statement import Evidence, ParagraphKind, Run
from app.statement.apart import may_not_name
from app.statement.evidence_offer import EvidenceOffer
from app.statement.material import Material, Passage, heading, sentence

#: the kind of evidence that an adult's words to a moment are
FEEDBACK = "feedback"


def told_talks(m: Material) -> Iterable[tuple[FeedbackTalk, tuple[ClipWords, ...]]]:
    """Those that were held, without those of an adult who may not be named."""
    silent = {p.id for p in may_not_name(m.case, m.statement)}
    for talk, said in m.feedback:
        if talk.held is not None and talk.person_id not in silent:
            yield talk, said


def feedback(m: Material) -> list[Passage]:
    """Each talk under a heading of its own: the day, the moments that were shown, and the words."""
    t, rows = m.texts, []
    for talk, said in told_talks(m):
        who, day = m.called(m.case.person(talk.person_id)), _day(m, talk)
        words = t.tr("{who}, feedback talk {date}", who=_upper(who), date=day)
        rows.append(heading(SectionKey.FEEDBACK, f"feedback/{talk.id}", words))
        told = _shown(m, said)
        if told:
            rows.append(Passage(SectionKey.FEEDBACK, f"feedback-shown/{talk.id}", (Run(told),)))
        if how := _interpreted(m, talk):
            rows.append(Passage(SectionKey.FEEDBACK, f"feedback-interpreted/{talk.id}", (Run(how),)))
        for one in said:
            if words := _said(m, one):
                evidence = _evidence(m, talk, one, words)
                run = Run(words, evidence=evidence.id)
                source = f"feedback-said/{one.id}"
                rows.append(Passage(SectionKey.FEEDBACK, source, (run,), ParagraphKind.ITEM, evidence=(evidence,)))
        for key, name in (("working_point", t.tr("What is tried next")), ("next_film", t.tr("What is filmed next"))):
            text = getattr(talk, key)
            if text.strip():
                words = f"{name}: {sentence(text)}"
                rows.append(Passage(SectionKey.FEEDBACK, f"feedback-{key}/{talk.id}", (Run(words),)))
    return rows


def offers_of_feedback(m: Material) -> list[EvidenceOffer]:
    """What was said to each moment, to rest a sentence on."""
    rows = []
    for talk, said in told_talks(m):
        who = m.called(m.case.person(talk.person_id))
        for one in said:
            if words := _said(m, one):
                about = " · ".join(x for x in (who, m.texts.tr("feedback talk"), _day(m, talk), one.title) if x)
                rows.append(EvidenceOffer(words, about, words, _evidence(m, talk, one, words)))
    return rows


def _interpreted(m: Material, talk: FeedbackTalk) -> str:
    """That the words were heard through an interpreter, and where that one was; empty where they were not."""
    return "".join(
        m.texts.tr("The words stand here as they were interpreted: {how}.", how=how_interpreted(m.fixed, person))
        for person in interpreted(p for p in (m.case.person(talk.person_id),) if p is not None)
    )


def _shown(m: Material, said: Iterable[ClipWords]) -> str:
    """*Näytettiin kaksi hetkeä: …*; empty when none was."""
    titles = [one.title or m.texts.tr("a moment without a title") for one in said if one.shown is not None]
    if not titles:
        return ""
    named = ", ".join(f"”{title}”" for title in titles)
    return m.texts.trn(
        "{n} moment was shown: {titles}.", "{n} moments were shown: {titles}.", len(titles), titles=named
    )


def _said(m: Material, one: ClipWords) -> str:
    """The adult's words to a moment, in quotes; what was picked, and the next step in the adult's own words."""
    t, parts = m.texts, []
    if one.words.strip():
        parts.append(_quoted(one.words))
    if one.picked:
        parts.append(picked_words(t, one.picked))
    if one.step.strip():
        parts.append(t.tr("next step: {words}", words=_quoted(one.step)))
    if not parts:
        return ""
    told = "; ".join(parts)
    return f"{one.title}: {told}" if one.title else told


def _quoted(words: str) -> str:
    bare = " ".join(words.split()).strip("”“\"'")
    return f"”{bare}”"


def _evidence(m: Material, talk: FeedbackTalk, one: ClipWords, words: str) -> Evidence:
    return Evidence(new_id(), m.statement.id, FEEDBACK, words, source_ids=(talk.id, one.id))


def _day(m: Material, talk: FeedbackTalk) -> str:
    assert talk.held is not None, "only what was held is told"
    return m.texts.date(talk.held.astimezone().date())


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
