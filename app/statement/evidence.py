"""What the archive offers to rest a sentence on: moments that both workers marked, ratings, agreement, quotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.casework.meeting_file import MeetingFile
from app.casework.said_leaving import quotable
from app.casework.said_words import quoted
from app.comparing.comparison import Comparison
from app.comparing.words import event_sentence, rating_sentence, time_sentence
from app.i18n import today
from app.model.identity import new_id
from app.model.rating import Rating
from app.model.scheme import Actor
from app.model.statement import Evidence, Statement
from app.model.timecode import Micros
from app.ports import Store
from app.statement.evidence_of_goals import offers_of_goals
from app.statement.evidence_of_meetings import offers_of_meetings
from app.statement.evidence_offer import EvidenceOffer
from app.statement.material import Material, gather
from app.statement.passages_of_feedback import offers_of_feedback
from app.statement.rated import ToldRating, told_rating
from app.statement.seen import alone_by_code, told_by_task


def offers(store: Store, statement: Statement) -> tuple[EvidenceOffer, ...]:
    """By meeting: moments in time order, the adult's ratings, the agreement; then quotes, meetings, talks and goals.

    Read anew at every call.
    """
    material = gather(store, statement)
    rows: list[EvidenceOffer] = []
    for found in material.compared.values():
        rows += _moments(material, found)
        rows += _ratings(material, found)
        rows += _agreement(material, found)
    for file in material.meetings:
        rows += _quotes(store, material, file)
    return (*rows, *offers_of_meetings(material), *offers_of_feedback(material), *offers_of_goals(store, material))


def _quotes(store: Store, m: Material, file: MeetingFile) -> list[EvidenceOffer]:
    """What was said, without private words and names. It waits for no coding, and says nothing of who wrote it."""
    rows = []
    for line in quotable(store, m.case, file, today()):
        text = quoted(m.texts, m.case, line)
        if not text:
            continue
        words = text.rpartition(" [")[0]
        evidence = Evidence(
            new_id(), m.statement.id, "quote", f"{words} {m.texts.short_clock(line.start)}", file.meeting.id,
            (), (line.id,), line.start, line.end,
        )  # fmt: skip
        about = (m.texts.short_clock(line.start), _task(m, file, line.start), m.texts.tr("said on film"))
        rows.append(EvidenceOffer(_upper(words), " · ".join(x for x in about if x), text, evidence))
    return rows


def _moments(m: Material, found: Comparison) -> list[EvidenceOffer]:
    """Moments that the document can tell: of the common view where there is one, else those that both marked."""
    common, rows = m.common_of(found), []
    codings = _codings(m, found)
    told = told_by_task(found, common)
    moments = [(code_id, moment) for (_, code_id), cell in told.items() for moment in cell.both]
    alone = [(code_id, moment) for code_id, some in alone_by_code(found).items() for moment in some]
    by_one = {moment.a.id for _, moment in alone}
    for code_id, moment in sorted((*moments, *alone), key=lambda row: row[1].start):
        code = found.scheme.code(code_id)
        if code is None:
            continue
        name, clock = m.texts.words(code.name), m.texts.short_clock(moment.start)
        evidence = Evidence(
            new_id(), m.statement.id, "observation", f"{name} {clock}", found.file.meeting.id, codings, moment.ids,
            moment.start, moment.end, code.dimension,
        )  # fmt: skip
        of = m.texts.tr("both marked") if common is None else m.texts.tr("in the common view")
        if moment.ids == (moment.a.id,) and moment.a.id in by_one:
            of = m.texts.tr("{name} marked alone", name=found.short_names[0])
        about = " · ".join(x for x in (_task(m, found.file, moment.start), of) if x)
        rows.append(EvidenceOffer(f"{_upper(name)} {clock}", about, f"{name} [{clock}]", evidence))
    return rows


def _ratings(m: Material, found: Comparison) -> list[EvidenceOffer]:
    """The adult's items in words; a child's rating is never offered as a number, nor this one."""
    rows: list[EvidenceOffer] = []
    if m.is_licensed(found.instrument):
        return rows  # the form's own words stay in the archive
    for item in found.instrument.items:
        told = told_rating(m, found, item)
        whose = (m.texts.tr("common view"),) if told.is_shared else found.short_names
        rated = [(who, r) for who, r in zip(whose, told.ratings, strict=True) if r is not None]
        said = [
            (who, m.texts.words(w)) for who, r in rated if (w := found.instrument.words_of(item, r.value)) is not None
        ]
        if not said:
            continue
        words = " – ".join(dict.fromkeys(its for _, its in said))
        name = m.texts.words(item.name)
        evidence = Evidence(
            new_id(), m.statement.id, "rating", f"{name}: {words}", found.file.meeting.id,
            _codings(m, found), tuple(r.id for _, r in rated), dimension=item.dimension,
        )  # fmt: skip
        about = {
            Actor.ADULT: m.texts.tr("rating of the adult"),
            Actor.CHILD: m.texts.tr("rating of the child, in words"),
            Actor.DYAD: m.texts.tr("rating of the interaction"),
        }[item.actor]
        about = f"{about} · {', '.join(f'{who}: {its}' for who, its in said)}"
        rows.append(EvidenceOffer(f"{_upper(name)}: {words}", about, f"{name}: {words}", evidence))
        rows += _reasons(m, name, _why(found, told, rated), evidence)
    return rows


def _why(
    found: Comparison, told: ToldRating, rated: Sequence[tuple[str, Rating]]
) -> list[tuple[str, str, tuple[str, ...]]]:
    """Whose reason, the reason, and the ratings it is of: the pair's own once it gave some, else each rater's."""
    if not told.reasons:
        return [(who, " ".join(r.reason.split()), (r.id,)) for who, r in rated]
    ids = tuple(r.id for _, r in rated)
    if told.is_shared:
        return [(rated[0][0], reason, ids) for reason in told.reasons if rated]
    return [(who, why, ids) for who, why in zip(found.short_names, told.reasons, strict=True)]


def _reasons(
    m: Material, name: str, why: Sequence[tuple[str, str, tuple[str, ...]]], evidence: Evidence
) -> list[EvidenceOffer]:
    """Why it is rated so, in their own words; where the two rated otherwise both reasons are there."""
    t, rows = m.texts, []
    for who, reason, ids in why:
        if reason:
            own = replace(evidence, id=new_id(), words=f"{name}: {reason}", source_ids=ids)
            about = t.tr("reason for the rating: {name} · {item}", name=who, item=name)
            rows.append(EvidenceOffer(_upper(reason), about, reason, own))
    return rows


def _codings(m: Material, found: Comparison) -> tuple[str, ...]:
    """The codings that something is told from."""
    common = m.common_of(found)
    return (found.a.id, found.b.id, *(() if common is None else (common.coding.id,)))


def _agreement(m: Material, found: Comparison) -> list[EvidenceOffer]:
    """A sentence for each headline figure that there is, each with whom the figure is about."""
    state, rows = agreement_of(m, found), list[Evidence]()
    if state is not None:
        rows.append(state)
    tolerance = found.agreement.settings.point_tolerance
    said = [event_sentence(m.texts, e, tolerance) for e in found.agreement.events if not e.dimension and not e.layer]
    said.append(rating_sentence(m.texts, found.ratings))
    rows += [_as_agreement(m, found, words) for words in said if words]
    about = m.texts.tr("agreement of the workers")
    return [EvidenceOffer(e.words, about, f"{e.words} {m.fixed.about_workers}", e) for e in rows]


def agreement_of(m: Material, found: Comparison) -> Evidence | None:
    """How well the workers agreed on the state of interaction, as evidence; None where there is no such figure."""
    state = next((r for r in found.agreement.time_based if r.group and r.person == "dyad"), None)
    tolerance = found.agreement.settings.state_tolerance
    words = time_sentence(m.texts, state.percent, state.kappa, tolerance) if state else ""
    if not words:
        return None
    return _as_agreement(m, found, words)


def _as_agreement(m: Material, found: Comparison, words: str) -> Evidence:
    return Evidence(new_id(), m.statement.id, "agreement", words, found.file.meeting.id, (found.a.id, found.b.id))


def _task(m: Material, file: MeetingFile, time: Micros) -> str:
    segment = file.segment_at(time)
    return file.task_name(segment.number, m.texts.language) if segment else ""


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
