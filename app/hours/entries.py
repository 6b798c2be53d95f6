"""Own hours: written down, confirmed, frozen by period, corrected; and the partner's, which one confirms."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, cast

from PySide6.QtCore import QObject

from app.editing import Editor
from app.hours.products import OFFICE_WORK, catalogue
from app.i18n import Texts, now
from app.model.change import Change, added, removed
from app.model.hours import HoursState, Period, Work, WorkEntry, figures_of
from app.model.identity import new_id
from app.model.units import Minutes
from app.ports import Store


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of a day's month."""
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def own_entries(store: Store, first: date, last: date) -> tuple[WorkEntry, ...]:
    """The worker's own of some days, the newest day first."""
    days = tuple(first + timedelta(days=n) for n in range((last - first).days + 1))
    found = store.find(WorkEntry, worker_id=store.me, day=days)
    return tuple(sorted(found, key=lambda e: (e.day, e.id), reverse=True))


def to_confirm(store: Store) -> tuple[WorkEntry, ...]:
    """What others did together with the worker and have confirmed, so that it waits for the worker, by day."""
    waiting = store.find(WorkEntry, partner_id=store.me, partner_confirmed=None, period_id="")
    return tuple(sorted((e for e in waiting if e.confirmed is not None), key=lambda e: (e.day, e.id)))


def periods(store: Store) -> tuple[Period, ...]:
    """The worker's own frozen periods, the newest first."""
    return tuple(sorted(store.find(Period, worker_id=store.me), key=lambda p: p.first, reverse=True))


def added_up(entries: Iterable[WorkEntry]) -> Mapping[Work, Minutes]:
    """Minutes by what the time went to, in the order of `Work`; only what there is any of."""
    sums = dict.fromkeys(Work, 0)
    for entry in entries:
        sums[entry.what] += entry.minutes
    return {work: minutes for work, minutes in sums.items() if minutes}


class HoursEditor(Editor):
    """The only door through which hours change: those of one month, and what of others waits for the worker."""

    def __init__(self, store: Store, texts: Texts, day: date, parent: QObject | None = None) -> None:
        super().__init__(store, parent)
        self.texts = texts
        self.first, self.last = month_of(day)
        self._held = {e.id: e for e in own_entries(store, self.first, self.last)}

    @property
    def entries(self) -> tuple[WorkEntry, ...]:
        """The newest day first."""
        return tuple(sorted(self._held.values(), key=lambda e: (e.day, e.id), reverse=True))

    @property
    def waiting(self) -> tuple[WorkEntry, ...]:
        """Own ones that are not confirmed yet."""
        return tuple(e for e in self.entries if e.state == HoursState.DRAFT)

    @property
    def can_freeze(self) -> bool:
        """Whether the month has entries, all of them confirmed by both and none of them frozen."""
        states = {e.state for e in self._held.values()}
        return states == {HoursState.CONFIRMED}

    def accept(self, changes: Sequence[Change]) -> None:
        for change in changes:
            if change.kind is not WorkEntry:
                continue
            self._held.pop(change.id, None)
            after = cast("WorkEntry | None", change.after)
            if after is not None and after.worker_id == self._store.me and self.first <= after.day <= self.last:
                self._held[after.id] = after

    hear = accept

    def get(self, entry_id: str) -> WorkEntry:
        """One of the month, or one of others that waits for the worker. Raises StoreError `not-found`."""
        return self._held.get(entry_id) or self._store.get(WorkEntry, entry_id)

    def add(self, day: date, minutes: Minutes, product: str, what: Work, **fields: Any) -> bool:
        """One typed by hand. What is done for a client without being named is a piece of work of its own."""
        made = self._made(day, minutes, product, what, fields)
        return self.do(self.texts.tr("Hours written down"), added(made))

    def _made(self, day: date, minutes: Minutes, product: str, what: Work, fields: Mapping[str, Any]) -> WorkEntry:
        side, office = catalogue(self._store).of(product).side, self._store.worker.office
        made = WorkEntry(new_id(), self._store.me, day, minutes, product, what, side, **{"office": office, **fields})
        is_somebodys = product != OFFICE_WORK and not made.whole_id
        return replace(made, whole_id=made.id) if is_somebodys else made

    def take(self, offered: Iterable[WorkEntry]) -> bool:
        """Entries as they were proposed, in one step."""
        return self.do(self.texts.tr("Hours taken from the meetings"), *map(added, offered))

    def edit(self, entry_id: str, **fields: Any) -> bool:
        """Other values: both confirmations fall."""
        before = self._held[entry_id]
        after = replace(before, **fields)
        if after == before:
            return True
        return self.do(self.texts.tr("Hours edited"), Change(before, before.edited(**fields)))

    def remove(self, entry_id: str) -> bool:
        return self.do(self.texts.tr("Hours removed"), removed(self._held[entry_id]))

    def confirm(self, *entry_ids: str) -> bool:
        """Own drafts; all of the month's when none is named."""
        wanted = [self._held[i] for i in entry_ids] if entry_ids else list(self.waiting)
        at = now()
        changes = [Change(e, replace(e, confirmed=at)) for e in wanted if e.confirmed is None]
        return self.do(self.texts.tr("Own hours confirmed"), *changes)

    def confirm_theirs(self, entries: Iterable[WorkEntry]) -> bool:
        """Those of others that were done together."""
        at = now()
        changes = [Change(e, replace(e, partner_confirmed=at)) for e in entries]
        return self.do(self.texts.tr("Hours of the work partner confirmed"), *changes)

    def freeze(self) -> bool:
        """Close the month for good with its figures. Not undone."""
        entries = self.entries
        period = Period(new_id(), self._store.me, self.first, self.last, now(), figures_of(entries))
        frozen = [Change(e, replace(e, period_id=period.id)) for e in entries]
        return self.commit(self.texts.tr("Month closed"), added(period), *frozen)

    def correct(self, frozen: WorkEntry, day: date, minutes: Minutes, km: int = 0) -> bool:
        """What a frozen entry lacks, or with minus has too many, in minutes and kilometers, on an open day.

        Nobody was met on that day: the people are counted where the frozen one is, which may be in another year.
        """
        marks: dict[str, Any] = {"confirmed": None, "partner_confirmed": None, "period_id": "", "corrects": frozen.id}
        nobody: dict[str, Any] = {"children": 0, "adults": 0, "participants": 0}
        made = replace(frozen, id=new_id(), day=day, minutes=minutes, km=km, **marks, **nobody)
        return self.do(self.texts.tr("Correction written down"), added(made))
