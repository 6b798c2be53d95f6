"""One step on its way into a database: what of it is written, and the words of both logs beside it, in one transaction.

The same for the archive and for a sealed coding's own file; only what a row of the journal belongs to differs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.errors import StaleChange
from app.model.change import Change, Entity
from storage.store import coding_rows, entity_rows, journal, search_rows, work_kept
from storage.store.access_log import AuditLog, Head
from storage.store.encoded_once import Said, said_of
from storage.store.kinds import parent_id
from storage.store.logged_acts import logged_acts
from storage.store.row_mapping import edited_fields
from storage.store.rule_facts import TableFacts


@dataclass(frozen=True, slots=True)
class Step:
    """A step as a worker takes it: one change per entity."""

    at: datetime
    worker_id: str
    label: str
    act: str
    net: Mapping[str, Change]


def write_in_archive(connection: sa.Connection, step: Step, facts: TableFacts, log: AuditLog) -> Head:
    """Rows of the archive, search, journal and log; returns the log's end. Raises StaleChange: nothing is written."""
    names = edited_fields(step.net.values())
    _write(connection, step.net, names)
    search_rows.follow(connection, step.net.values())
    work_kept.follow(connection, step.net.values())
    values = said_of(step.net, names)
    places = _by_place(step.net, values, facts)
    return _log(connection, step, values, places, log, lambda entity: facts.behind_folder(entity, step.net))


def write_along(connection: sa.Connection, step: Step, facts: TableFacts) -> None:
    """Rows, search and journal of what followed from a step, as of the worker whose it is: the log tells of the step.

    Whoever took the step sees its own rows of both logs, and nothing of this.
    """
    names = edited_fields(step.net.values())
    _write(connection, step.net, names)
    search_rows.follow(connection, step.net.values())
    places = _by_place(step.net, said_of(step.net, names), facts)
    journal.write(connection, journal.Step(step.at, step.worker_id, step.label, step.act), places)


def write_in_file(connection: sa.Connection, step: Step, coding_id: str, log: AuditLog) -> Head:
    """The same for a step of what is sealed, in its own tables. The case stands in the journal when it is released.

    `coding_id` is what the rows of the journal are followed by. Raises StaleChange, and then nothing is written.
    """
    names = edited_fields(step.net.values())
    if not coding_rows.fits(connection, step.net.values()):
        raise StaleChange
    coding_rows.write(connection, step.net.values(), names)
    values = said_of(step.net, names)
    places = {journal.JournalPlace("", coding_id): list(values.values())}
    return _log(connection, step, values, places, log)


def _log(
    connection: sa.Connection,
    step: Step,
    values: Mapping[str, Said],
    places: Mapping[journal.JournalPlace, list[Said]],
    log: AuditLog,
    behind: Callable[[Entity], str] = lambda _: "",
) -> Head:
    journal.write(connection, journal.Step(step.at, step.worker_id, step.label, step.act), places)
    return log.append(connection, step.at, logged_acts(step.act, step.net, values, log.digest, behind))


def _write(connection: sa.Connection, net: Mapping[str, Change], names: Mapping[str, tuple[str, ...]]) -> None:
    """Changes of codings and of all else, each where their rows lie. Raises StaleChange, and then none is written."""
    of_codings: list[Change] = []
    others: list[Change] = []
    for change in net.values():
        (of_codings if coding_rows.belongs(change.kind) else others).append(change)
    if not (coding_rows.fits(connection, of_codings) and entity_rows.fits(connection, others)):
        raise StaleChange
    coding_rows.write(connection, of_codings, names)
    entity_rows.write(connection, others, names)


def _by_place(
    net: Mapping[str, Change], values: Mapping[str, Said], facts: TableFacts
) -> dict[journal.JournalPlace, list[Said]]:
    """The step's values by the case and coding they belong to."""
    places: dict[journal.JournalPlace, list[Said]] = {}
    of_parts: dict[tuple[type, str], list[Said]] = {}  # the parts of one whole are in one place
    for key, change in net.items():
        entity = change.entity
        above = (change.kind, parent_id(entity) or key)
        said = of_parts.get(above)
        if said is None:
            followed = coding_rows.followed_by_logs(entity) or facts.behind_folder(entity, net)
            place = journal.JournalPlace(facts.case_above(entity, net), followed)
            said = of_parts[above] = places.setdefault(place, [])
        said.append(values[key])
    return places
