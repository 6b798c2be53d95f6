"""What the papers of supervision say: the agreement to sign, and a year as the payer was promised to be told of it.

No note of supervision is in either; the year has the lines that the agreement names, and no other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.i18n import Texts, today
from app.model.people import Worker
from app.model.supervision import (
    PayerLine,
    SupervisionAgreement,
    SupervisionSession,
)
from app.model.supervision_course import GoalRating, Phase, SupervisionEvaluation
from app.ports import Store
from app.reports.supervision_pdf import SupervisionPaper, SupervisionPart, supervision_pdf
from app.supervising import sessions as told
from app.supervising import words
from app.supervising.evaluations import Course, Rated, courses
from app.whole_file import write_whole

#: of a group so many have to have rated before the payer is told their middle: of one it is that one's own number
_RATED = 3
#: what of a payer's lines stands by itself, in this order; the others are columns beside the days
_AS_PARTS = (
    PayerLine.DATES,
    PayerLine.CANCELLED,
    PayerLine.HOURS,
    PayerLine.GOALS,
    PayerLine.COURSE,
    PayerLine.EVALUATION,
)


@dataclass(frozen=True, slots=True)
class Year:
    """All that may be told of a stretch of days of one agreement."""

    agreement: SupervisionAgreement
    sessions: tuple[SupervisionSession, ...]
    ratings: tuple[GoalRating, ...]
    evaluations: tuple[SupervisionEvaluation, ...]
    first: date
    last: date


def year_of(store: Store, agreement_id: str, year: int) -> Year:
    """A calendar year (four digits) of an agreement. Raises StoreError `not-found` also behind another's wall."""
    agreement = store.get(SupervisionAgreement, agreement_id)
    first, last = date(year, 1, 1), date(year, 12, 31)
    held = store.find(SupervisionSession, agreement_id=agreement_id)
    evaluations = store.find(SupervisionEvaluation, agreement_id=agreement_id)
    return Year(
        agreement,
        told.in_order(held),
        store.find(GoalRating, agreement_id=agreement_id),
        tuple(sorted((e for e in evaluations if first <= e.day <= last), key=lambda e: (e.day, e.id))),
        first,
        last,
    )


def save_agreement(store: Store, texts: Texts, agreement_id: str, path: Path) -> None:
    """Write the agreement as PDF, noted in the log. Raises StoreError, AppError(`cannot-write`)."""
    agreement = store.get(SupervisionAgreement, agreement_id)
    paper = agreement_paper(texts, agreement, _supervisor(store, agreement))
    write_whole(path, supervision_pdf(paper, texts, today()))
    store.note("export", SupervisionAgreement, agreement_id, "agreement")


def save_year(store: Store, texts: Texts, agreement_id: str, year: int, path: Path) -> None:
    """Write a `year` (of the calendar, four digits) as the payer is told of it. Raises as `save_agreement`."""
    found = year_of(store, agreement_id, year)
    paper = year_paper(texts, found, _supervisor(store, found.agreement))
    write_whole(path, supervision_pdf(paper, texts, today()))
    store.note("export", SupervisionAgreement, agreement_id, f"year={year}")


def agreement_file_name(texts: Texts, agreement: SupervisionAgreement) -> str:
    """The agreement's title: no client is in it, and supervisees only if it names them."""
    what = texts.tr("supervision agreement")
    return f"{_plain(agreement.title)} {what}.pdf"


def year_file_name(texts: Texts, agreement: SupervisionAgreement, year: int) -> str:
    """The same for the yearly summary of a `year` (four digits)."""
    what = texts.tr("yearly summary")
    return f"{_plain(agreement.title)} {what} {year}.pdf"


def _plain(title: str) -> str:
    return "".join(letter if letter.isalnum() or letter in " -_" else "" for letter in title).strip()


def years_held(sessions: Sequence[SupervisionSession]) -> tuple[int, ...]:
    """The calendar years in which anything was held, called off or missed, the latest first."""
    return tuple(sorted({s.at.astimezone().year for s in sessions if not s.is_open}, reverse=True))


def _supervisor(store: Store, agreement: SupervisionAgreement) -> str:
    return next((w.name for w in store.find(Worker, id=agreement.supervisor)), "")


# the agreement


def agreement_paper(texts: Texts, agreement: SupervisionAgreement, supervisor: str) -> SupervisionPaper:
    """Everything that was agreed, with a line for each who signs."""
    t = texts
    parts = (
        SupervisionPart(t.tr("Who and what"), _parties(t, agreement, supervisor)),
        SupervisionPart(t.tr("Supervisees"), items=_supervisees(agreement)),
        SupervisionPart(t.tr("Goals"), items=tuple(g.words for g in agreement.goals)),
        SupervisionPart(t.tr("How it goes"), _practice(t, agreement)),
        SupervisionPart(t.tr("Evaluation"), lines=_said(agreement.evaluation)),
        SupervisionPart(t.tr("Confidentiality and its limits"), lines=_said(agreement.confidentiality)),
        SupervisionPart(t.tr("What the payer is told"), items=_payer(t, agreement)),
        SupervisionPart(t.tr("Signed"), items=_hands(t, agreement)),
    )
    signers = () if agreement.signed else _signers(t, agreement, supervisor)
    return SupervisionPaper(t.tr("Supervision agreement"), agreement.title, parts, signers)


def _parties(t: Texts, a: SupervisionAgreement, supervisor: str) -> tuple[tuple[str, str], ...]:
    explored = ": ".join(part for part in (t.date(a.explored), a.exploring.strip()) if part)
    return _facts(
        (t.tr("Supervisor"), supervisor),
        (t.tr("Ordered by"), a.customer),
        (t.tr("Paid by"), a.payer),
        (t.tr("Form"), t.tr(words.FORMS[a.form])),
        (t.tr("Exploratory meeting"), explored),
        (t.tr("Known to one another before"), a.known_before),
    )


def _practice(t: Texts, a: SupervisionAgreement) -> tuple[tuple[str, str], ...]:
    when = "–".join(part for part in (t.date(a.start), t.date(a.end)) if part)
    return _facts(
        (t.tr("Time"), when),
        (t.tr("Rhythm"), words.rhythm(t, a)),
        (t.tr("How you meet"), words.meeting_in(t, a.delivery)),
        (t.tr("Place"), a.place),
        (t.tr("Price"), words.price(t, a)),
        (t.tr("Cancelling"), words.cancelling_rule(t, a.cancelling)),
    )


def _facts(*rows: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value.strip()) for name, value in rows if value.strip())


def _said(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _supervisees(a: SupervisionAgreement) -> tuple[str, ...]:
    return tuple(", ".join(part for part in (s.called, s.role) if part.strip()) for s in a.supervisees)


def _payer(t: Texts, a: SupervisionAgreement) -> tuple[str, ...]:
    lines = tuple(t.tr(words.PAYER_LINES[line]) for line in PayerLine if line in a.payer_sees)
    return (*lines, t.tr("Nothing else of what is said and done in supervision."))


def _hands(t: Texts, a: SupervisionAgreement) -> tuple[str, ...]:
    return tuple(", ".join(part for part in (s.name, s.as_what, t.date(s.day)) if part) for s in a.signed)


def _signers(t: Texts, a: SupervisionAgreement, supervisor: str) -> tuple[str, ...]:
    who = [f"{supervisor}, {t.tr('Supervisor').lower()}" if supervisor else t.tr("Supervisor")]
    who += [s.called for s in a.supervisees if s.left is None]
    who += [name for name in dict.fromkeys((a.customer.strip(), a.payer.strip())) if name]
    return tuple(t.tr("{who}: place, date, signature", who=one) for one in who)


# a year


def year_paper(texts: Texts, year: Year, supervisor: str) -> SupervisionPaper:
    """The lines that the agreement lets the payer be told, and no other."""
    t, agreement, seen = texts, year.agreement, year.agreement.payer_sees
    mine = told.within(year.sessions, year.first, year.last)
    about = SupervisionPart(t.tr("Who and what"), _about(t, year, supervisor))
    parts = [_line(t, year, mine, line) for line in _AS_PARTS if line in seen]
    if PayerLine.DATES not in seen:
        parts += _beside_dates(t, year, mine)
    last = SupervisionPart(
        t.tr("What this paper has"),
        lines=(t.tr("What was agreed that the payer is told. No notes of supervision are in it."),),
    )
    title = t.tr("Supervision {year}", year=year.first.year)
    return SupervisionPaper(title, agreement.title, (about, *parts, last))


def _line(t: Texts, year: Year, mine: Sequence[SupervisionSession], line: PayerLine) -> SupervisionPart:
    """One line of what is told, as a part of the paper."""
    match line:
        case PayerLine.DATES:
            return SupervisionPart(t.tr("Sessions"), rows=_dates(t, year, mine))
        case PayerLine.CANCELLED:
            return SupervisionPart(t.tr("Cancelled and missed"), rows=_off(t, mine))
        case PayerLine.HOURS:
            return SupervisionPart(t.tr("Hours"), rows=_hours(t, mine))
        case PayerLine.GOALS:
            return SupervisionPart(t.tr("Goals"), items=tuple(g.words for g in year.agreement.goals))
        case PayerLine.COURSE:
            few = t.tr("A middle rating is told where at least {n} have rated.", n=_RATED) if _is_few(year) else ""
            return SupervisionPart(t.tr("How the goals went"), rows=_course(t, year), lines=_said(few))
        case _:
            return SupervisionPart(t.tr("Evaluations"), lines=_evaluated(t, year))


def _about(t: Texts, year: Year, supervisor: str) -> tuple[tuple[str, str], ...]:
    a = year.agreement
    return _facts(
        (t.tr("Supervisor"), supervisor),
        (t.tr("Ordered by"), a.customer),
        (t.tr("Paid by"), a.payer),
        (t.tr("Form"), t.tr(words.FORMS[a.form])),
        (t.tr("Time"), f"{t.date(year.first)}–{t.date(year.last)}"),
    )


def _dates(t: Texts, year: Year, mine: Sequence[SupervisionSession]) -> tuple[tuple[str, ...], ...]:
    """Each session that was held, with as much of it as is told."""
    held = [s for s in mine if s.is_held]
    numbers = told.numbers(year.sessions)
    seen = year.agreement.payer_sees
    columns: list[tuple[str, Callable[[SupervisionSession], str]]] = [
        (t.tr("Session number"), lambda s: str(numbers.get(s.id, "–"))),
        (t.tr("Day"), lambda s: t.date(s.at.astimezone().date())),
        (t.tr("Minutes"), lambda s: str(s.minutes)),
        (t.tr("How you meet"), lambda s: words.delivery(t, s)),
    ]
    if PayerLine.PRESENT in seen:
        columns.append((t.tr("Present"), _present))
    if PayerLine.NAMES in seen:
        columns.append((t.tr("Who was present"), lambda s: _names(year.agreement, s)))
    if PayerLine.THEMES in seen:
        columns.append((t.tr("Themes"), lambda s: ", ".join(s.themes)))
    rows = [tuple(name for name, _ in columns), *(tuple(cell(s) for _, cell in columns) for s in held)]
    return tuple(rows) if held else ()


def _present(session: SupervisionSession) -> str:
    return f"{session.present}\u00a0/\u00a0{len(session.attendance)}"


def _names(agreement: SupervisionAgreement, session: SupervisionSession) -> str:
    there = (agreement.supervisee(a.supervisee_id) for a in session.attendance if a.was_there)
    return ", ".join(s.called for s in there if s is not None)


def _beside_dates(t: Texts, year: Year, mine: Sequence[SupervisionSession]) -> list[SupervisionPart]:
    """What is told of the sessions where their days are not: all together, in no order of days."""
    held, seen = [s for s in mine if s.is_held], year.agreement.payer_sees
    names = {one for s in held for one in _names(year.agreement, s).split(", ") if one}
    themes = {theme for s in held for theme in s.themes}
    parts = []
    if PayerLine.NAMES in seen:
        parts.append(SupervisionPart(t.tr("Who was present"), items=tuple(sorted(names))))
    if PayerLine.THEMES in seen:
        parts.append(SupervisionPart(t.tr("Themes"), items=tuple(sorted(themes))))
    if PayerLine.PRESENT in seen and held:
        middle = round(sum(s.present for s in held) / len(held), 1)
        said = t.tr("{middle} present on average", middle=t.number(middle, 1))
        parts.append(SupervisionPart(t.tr("Present"), lines=(said,)))
    return parts


def _off(t: Texts, mine: Sequence[SupervisionSession]) -> tuple[tuple[str, ...], ...]:
    off = [s for s in mine if not s.is_held and not s.is_open]
    rows = [(t.date(s.at.astimezone().date()), words.off(t, s)) for s in off]
    return ((t.tr("Day"), t.tr("What is invoiced")), *rows) if rows else ()


def _hours(t: Texts, mine: Sequence[SupervisionSession]) -> tuple[tuple[str, ...], ...]:
    held = told.hours_held(mine)
    head = ("", t.tr("Hours of 60 min"), t.tr("Units of 45 min"))
    return (head, (t.trn("{n} session held", "{n} sessions held", held.count), *words.hours(t, held)))


def _course(t: Texts, year: Year) -> tuple[tuple[str, ...], ...]:
    """The middle rating of each goal and phase; in a group nobody's own."""
    head = (t.tr("Goal"), *(t.tr(words.PHASES[phase]) for phase in Phase))
    rows = [
        (c.goal.words, *("–" if _tells_own(year, rated) else _middle(t, rated.middle) for rated in c.phases))
        for c in _courses(year)
    ]
    return (head, *rows) if rows else ()


def _courses(year: Year) -> tuple[Course, ...]:
    return courses(year.agreement, [r for r in year.ratings if r.day <= year.last])


def _tells_own(year: Year, rated: Rated) -> bool:
    """Whether the middle of so few is what one of several said; who is supervised alone has agreed to that."""
    return len(year.agreement.supervisees) > 1 and 0 < len(rated.values) < _RATED


def _is_few(year: Year) -> bool:
    return any(_tells_own(year, rated) for course in _courses(year) for rated in course.phases)


def _middle(t: Texts, value: float | None) -> str:
    return "–" if value is None else words.rating_number(t, value)


def _evaluated(t: Texts, year: Year) -> tuple[str, ...]:
    lines = []
    for one in year.evaluations:
        said = ". ".join(part.strip().rstrip(".") for part in (one.words, one.decision) if part.strip())
        lines.append(f"{t.tr(words.EVALUATIONS[one.kind])}, {t.date(one.day)}: {said}.")
    return tuple(lines)
