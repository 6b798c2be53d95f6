"""Letterheads: the office's own, edited in the settings and put on page one of what is made from then on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QObject

from app.bounded_file import TooLargeError, read_within
from app.casework.page_heads import letterheads
from app.editing import Editor
from app.errors import InputError
from app.i18n import Texts
from app.model.change import Change, added, removed
from app.model.identity import new_id
from app.model.letterhead import Letterhead, letterhead_of
from app.model.people import Worker
from app.ports import Store


class LetterheadEditor(Editor):
    """The only door through which letterheads change."""

    def __init__(self, store: Store, texts: Texts, parent: QObject | None = None) -> None:
        super().__init__(store, parent)
        self.texts = texts
        self._held = {one.id: one for one in letterheads(store)}

    @property
    def letterheads(self) -> tuple[Letterhead, ...]:
        """By name."""
        return tuple(sorted(self._held.values(), key=lambda one: (one.employer.casefold(), one.id)))

    def accept(self, changes: Sequence[Change]) -> None:
        for change in changes:
            self._held.pop(change.id, None)
            if change.after is not None:
                self._held[change.id] = cast("Letterhead", change.after)

    def employers_without(self) -> tuple[str, ...]:
        """Employers of the workers that have no letterhead yet, by name."""
        names = {w.employer.strip() for w in self._store.find(Worker, guest=False)} - {""}
        return tuple(sorted((n for n in names if letterhead_of(self.letterheads, n) is None), key=str.casefold))

    def add(self, employer: str = "") -> bool:
        """One to fill in."""
        return self.do(self.texts.tr("Letterhead added"), added(Letterhead(new_id(), employer.strip())))

    def edit(self, letterhead_id: str, **fields: Any) -> bool:
        """Raises InputError `letterhead-exists` for the name of an employer that has one already."""
        before = self._held[letterhead_id]
        after = replace(before, **fields)
        others = (one for one in self.letterheads if one.id != letterhead_id)
        if letterhead_of(others, after.employer) is not None:
            raise InputError("letterhead-exists")
        return after == before or self.do(self.texts.tr("Letterhead edited"), Change(before, after))

    def take_logo(self, letterhead_id: str, path: Path) -> bool:
        """The picture of a file. Raises InputError `logo-too-large`, `logo-unreadable`."""
        from app.office.logo import LARGEST_FILE, read_logo

        try:
            content = read_within(path, LARGEST_FILE)
        except TooLargeError as error:
            raise InputError("logo-too-large") from error
        except OSError as error:
            raise InputError("logo-unreadable") from error
        return self.edit(letterhead_id, logo=read_logo(content))

    def remove(self, letterhead_id: str) -> bool:
        """What was made with it keeps it; nothing new has it."""
        return self.do(self.texts.tr("Letterhead removed"), removed(self._held[letterhead_id]))
