"""Who sees which rows: the rule of independence and that of private notes, as conditions on the columns of the tables.

The words of the first rule are `app.model.independence`; what may be written is `writing_rules`. What lies under the
folder of a recorded session is supervision's, and is there for whom its agreement is (`walled`).
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from app.model.coding import CodingHeader
from app.model.erasure import Erasure
from app.model.hours import WorkEntry
from app.model.independence import (
    are_writers_told,
    hides_writers,
    is_clip_open,
    is_of_pair,
    is_open,
    opens_writers,
    waited_for,
)
from app.model.meeting import Meeting
from app.model.people import Case
from app.model.supervision import SupervisionAgreement, SupervisionSession, sign_in
from app.model.supervision_course import GoalRating
from app.model.supervision_film import ClipUse, Reflection, Shared
from storage.store.kinds import CHOSEN_ALONE, OWN_HOURS, PRIVATE, SUPERVISED, is_of_cases, kind_of
from storage.store.tables import TABLES, audit, journal, sealed_coding

_CODING, _MEETING = TABLES[CodingHeader], TABLES[Meeting]
_AGREEMENT, _SESSION, _CASE = TABLES[SupervisionAgreement], TABLES[SupervisionSession], TABLES[Case]
#: what is a supervisee's own, by the field that says whose
_OWN_OF: dict[type, str] = {GoalRating: "supervisee_id", ClipUse: "asker"}
#: of the few cases that are folders: in the words of their index
_IS_FOLDER: sa.ColumnElement[bool] = _CASE.c.session_id != sa.literal_column("''")
#: of a row of cases and of one of meetings: that it is of client work, and no recorded session's
IS_CLIENTS: sa.ColumnElement[bool] = _CASE.c.session_id == sa.literal_column("''")
OF_CLIENTS: sa.ColumnElement[bool] = _MEETING.c.case_id.not_in(sa.select(_CASE.c.id).where(_IS_FOLDER))
_WRITERS, _SUPERVISED, _MARKS, _LED = "writers/", "supervision/", "marks/", "led/"
_CHOSEN = "chosen/"


def writers_of(meeting_id: str) -> str:
    """What stands in the place of a coding's id in rows of both logs about what both workers write of a meeting."""
    return f"{_WRITERS}{meeting_id}"


def supervised(agreement_id: str) -> str:
    """The same in rows about an agreement of supervision and what is of it."""
    return f"{_SUPERVISED}{agreement_id}"


def led(agreement_id: str) -> str:
    """The same in rows about a film that was brought to it: they are there for its supervisor alone."""
    return f"{_LED}{agreement_id}"


def agreement_led(followed: str) -> str:
    """The agreement whose supervisor finds rows that are followed so; empty for all else."""
    return followed.removeprefix(_LED) if followed.startswith(_LED) else ""


def agreement_behind(followed: str) -> str:
    """The agreement whose rows are followed so; empty for all else."""
    return followed.removeprefix(_SUPERVISED) if followed.startswith(_SUPERVISED) else ""


def marks_of(worker_id: str) -> str:
    """The same in rows about a worker's marks to a clip in supervision: nobody else is told of them."""
    return f"{_MARKS}{worker_id}"


def chosen_by(worker_id: str) -> str:
    """What stands in the place of a coding's id in rows of the search about what a worker chose alone."""
    return f"{_CHOSEN}{worker_id}"


def chooser_in(coding_id: str) -> str:
    """Who chose what such a row is about; empty for every other row."""
    return coding_id.removeprefix(_CHOSEN) if coding_id.startswith(_CHOSEN) else ""


def outside_codings(kind: type, worker_id: str) -> sa.ColumnElement[bool]:
    """What no coding holds: a worker's own things are theirs alone, so are chosen clips for a time, all else is not."""
    if kind in PRIVATE:
        return TABLES[kind].c[kind_of(kind).parent] == worker_id
    if kind in OWN_HOURS:
        return _own_hours(kind, worker_id)
    if kind in CHOSEN_ALONE:
        return sa.and_(_chosen(kind, worker_id), _this_side(kind, worker_id))
    if kind in SUPERVISED:
        return _behind_wall(kind, worker_id)
    if kind is Erasure:
        return TABLES[Erasure].c.case_id.not_in(walled(Case, worker_id))
    return _this_side(kind, worker_id) if is_of_cases(kind) else sa.true()


@lru_cache(256)
def _this_side(kind: type, worker_id: str) -> sa.ColumnElement[bool]:
    """What lies under a case is there, unless that is the folder of a session whose agreement is not."""
    row, above = TABLES[kind].c, kind_of(kind).parent_kind
    if above is None:
        return _worded(row.id.not_in(walled(Case, worker_id)))
    whole = row[kind_of(kind).parent]
    beyond = whole.not_in(walled(above, worker_id))
    return _worded(sa.or_(whole.is_(None), beyond) if whole.nullable else beyond)


def _worded(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """A condition as its words alone: nearly every read carries it, and to be looked through it took 50 µs of each."""
    return sa.literal_column(f"({condition.compile(compile_kwargs={'literal_binds': True})})", sa.Boolean())


@lru_cache(256)
def walled(kind: type, worker_id: str) -> sa.Select[Any]:
    """Ids of what of a kind lies in folders that are not there for a worker: of nearly all archives none."""
    if kind is Case:
        read = sa.select(_AGREEMENT.c.id).where(_is_read_by(worker_id))
        open_ = sa.select(_SESSION.c.id).where(_SESSION.c.agreement_id.in_(read))
        beyond = sa.and_(_CASE.c.bringer == sa.literal_column("''"), _CASE.c.session_id.not_in(open_))
        return sa.select(_CASE.c.id).where(_IS_FOLDER, sa.or_(beyond, _brought_beyond(worker_id)))
    row, above = TABLES[kind].c, kind_of(kind).parent_kind
    assert above is not None
    return sa.select(row.id).where(row[kind_of(kind).parent].in_(walled(above, worker_id)))


def _brought_beyond(worker_id: str) -> sa.ColumnElement[bool]:
    """Of a row of cases: that it is a film brought to supervision, and not by this worker nor to this one."""
    named = sa.literal(f'"{sign_in(worker_id, "")}') + _CASE.c.bringer + sa.literal('"')
    there = sa.or_(_AGREEMENT.c.supervisor == worker_id, _AGREEMENT.c.sign_ins.contains(named))
    met = sa.select(_SESSION.c.id).join(_AGREEMENT, _AGREEMENT.c.id == _SESSION.c.agreement_id)
    is_there = met.where(_SESSION.c.id == _CASE.c.session_id, there).exists()
    return sa.and_(_CASE.c.bringer != sa.literal_column("''"), sa.not_(is_there))


def listed_alone(kind: type, fields: Collection[str]) -> bool:
    """Whether cases or meetings are listed that are not asked for by an own id or their whole's: client work alone."""
    named = {Case: {"id", "session_id"}, Meeting: {"id", "case_id"}}.get(kind)
    return named is not None and named.isdisjoint(fields)


def listed(kind: type, fields: Collection[str]) -> sa.ColumnElement[bool]:
    """The same as a condition on a row."""
    if not listed_alone(kind, fields):
        return sa.true()
    return IS_CLIENTS if kind is Case else OF_CLIENTS


@lru_cache(64)
def _behind_wall(kind: type, worker_id: str) -> sa.ColumnElement[bool]:
    """What is of supervision is there for the supervisor, and for whom the agreement names; a mark as it is shared.

    Who is supervised at an own sign-in finds what is everybody's, and of numbers and clips the own.
    """
    whole, supervised_here = _is_read_by(worker_id), _AGREEMENT.c.sign_ins.contains(sa.literal(f'"{worker_id}/'))
    if kind is SupervisionAgreement:
        return sa.or_(whole, supervised_here)
    row = TABLES[kind].c
    if kind in _OWN_OF:
        named = sa.literal(f'"{sign_in(worker_id, "")}') + row[_OWN_OF[kind]] + sa.literal('"')
        is_own = sa.exists().where(_AGREEMENT.c.id == row.agreement_id, _AGREEMENT.c.sign_ins.contains(named))
        return sa.or_(row.agreement_id.in_(sa.select(_AGREEMENT.c.id).where(whole)), is_own)
    read = row.agreement_id.in_(sa.select(_AGREEMENT.c.id).where(sa.or_(whole, supervised_here)))
    if kind is not Reflection:
        return read
    led = row.agreement_id.in_(sa.select(_AGREEMENT.c.id).where(_AGREEMENT.c.supervisor == worker_id))
    to_leader = sa.and_(row.shared == Shared.SUPERVISOR.value, led)
    return sa.and_(read, sa.or_(row.by == worker_id, row.shared == Shared.GROUP.value, to_leader))


def _is_read_by(worker_id: str) -> sa.ColumnElement[bool]:
    """Whether an agreement is whole there for a worker; ids stand quoted in the column of its readers."""
    named = _AGREEMENT.c.readers.contains(sa.literal(f'"{worker_id}"'))
    return sa.or_(_AGREEMENT.c.supervisor == worker_id, named)


@lru_cache(8)
def _open_agreements(worker_id: str) -> sa.Select[Any]:
    """The agreements that are whole there for a worker, as they stand in rows of the logs."""
    return sa.select(sa.literal(_SUPERVISED) + _AGREEMENT.c.id).where(_is_read_by(worker_id))


@lru_cache(8)
def _led_agreements(worker_id: str) -> sa.Select[Any]:
    """Those whose supervisor a worker is, as rows of the logs name what was brought to them."""
    return sa.select(sa.literal(_LED) + _AGREEMENT.c.id).where(_AGREEMENT.c.supervisor == worker_id)


def _own_hours(kind: type, worker_id: str) -> sa.ColumnElement[bool]:
    """Own hours, and those that the worker did together with somebody and so confirms."""
    columns = TABLES[kind].c
    mine: sa.ColumnElement[bool] = columns.worker_id == worker_id
    return sa.or_(mine, columns.partner_id == worker_id) if kind is WorkEntry else mine


@lru_cache(8)
def _chosen(kind: type, worker_id: str) -> sa.ColumnElement[bool]:
    """The rule of clips as a condition on a row of them."""
    ready, clip = _everywhere(), TABLES[kind].c
    coders = sa.select(sa.func.count(ready.c.coder.distinct())).where(opens_writers(ready.c, clip.meeting_id))
    condition: sa.ColumnElement[bool] = is_clip_open(clip.by, worker_id, coders.scalar_subquery())
    return condition


def of_one_alone(kind: type) -> sa.ColumnElement[bool]:
    """What was chosen alone out of a meeting whose codings are not open: nobody but who chose it reads it."""
    return sa.not_(_chosen(kind, ""))


def of_journal(worker_id: str) -> sa.ColumnElement[bool]:
    """Rows of the journal for a worker; only its coder ever changes a coding, also one that is gone since."""
    return _of_log(journal.c.coding_id, journal.c.worker_id, worker_id)


def of_access_log(worker_id: str) -> sa.ColumnElement[bool]:
    """Rows of the access log for a worker."""
    return _of_log(audit.c.coding_id, audit.c.actor_id, worker_id)


def _of_log(coding_id: sa.Column[str], actor: sa.Column[str], worker_id: str) -> sa.ColumnElement[bool]:
    opened = (
        coding_id.in_(_open_to(worker_id)),
        coding_id.in_(_told_writers(worker_id)),
        coding_id.in_(_open_agreements(worker_id)),
        coding_id.in_(_led_agreements(worker_id)),
    )
    return sa.or_(coding_id == "", actor == worker_id, *opened)


@lru_cache(8)
def _told_writers(worker_id: str) -> sa.Select[Any]:
    """The meetings whose writers are told, as they stand in rows of the logs."""
    ready, drafting = _everywhere(), _everywhere()
    meeting_id = _MEETING.c.id
    coders = sa.select(sa.func.count(ready.c.coder.distinct())).where(opens_writers(ready.c, meeting_id))
    drafts = sa.select(sa.func.count()).select_from(drafting).where(hides_writers(drafting.c, meeting_id))
    told = are_writers_told(coders.scalar_subquery(), drafts.scalar_subquery())
    return sa.select(sa.literal(_WRITERS) + meeting_id).where(told, _this_side(Meeting, worker_id))


def of_codings(kind: type, worker_id: str, of: object = None) -> sa.ColumnElement[bool]:
    """Codings and their parts: what is private, as own notes are, follows its coder alone, all else the rule.

    The parts of one coding are asked for by far the most: `of` is its id then, and no other coding is looked at.
    """
    if kind is CodingHeader:
        return _is_open(worker_id)
    codings = sa.select(_CODING.c.id).where(_CODING.c.coder == worker_id) if kind in PRIVATE else _open_to(worker_id)
    if isinstance(of, str):
        codings = codings.where(_CODING.c.id == of)
    return TABLES[kind].c.coding_id.in_(codings)


@lru_cache(8)
def _open_to(worker_id: str) -> sa.Select[tuple[str]]:
    """Ids of the codings that exist for a worker."""
    return sa.select(_CODING.c.id).where(_is_open(worker_id))


@lru_cache(8)  # a condition is a value: every read asks for it, and its making took half of a small read's time
def _is_open(worker_id: str) -> sa.ColumnElement[bool]:
    """The rule as a condition on a row of codings; who is ready is counted over those that are sealed as well."""
    own = _everywhere()
    coders = sa.select(sa.func.count(own.c.coder.distinct())).where(waited_for(own.c, _CODING.c)).scalar_subquery()
    counts = is_of_pair(_CODING.c, _is_coder(_CODING.c))
    condition: sa.ColumnElement[bool] = is_open(_CODING.c, worker_id, coders, counts)
    return sa.and_(condition, _this_side(CodingHeader, worker_id))


def _is_coder(coding: Any) -> sa.ColumnElement[bool]:
    """Whether who made a coding is one of its meeting's two; their ids stand quoted in the column of both."""
    met = _MEETING.alias()
    named = met.c.coders.contains(sa.literal('"') + coding.coder + sa.literal('"'))
    return sa.exists().where(met.c.id == coding.meeting_id, named)


def _everywhere() -> sa.Subquery:
    """Whose coding of what, and how far, of every coding that counts: those in the tables and those in files."""
    said = ("meeting_id", "coder", "kind", "reading", "state")
    of_tables, of_files = (
        sa.select(*(columns[name] for name in said)).where(is_of_pair(columns, _is_coder(columns)))
        for columns in (_CODING.alias().c, sealed_coding.c)
    )
    return of_tables.union_all(of_files.where(sealed_coding.c.released == sa.false())).subquery()
