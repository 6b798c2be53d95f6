"""A newer version of what a coding was made with: whether there is one, and what is different in it."""

from __future__ import annotations

from dataclasses import dataclass

from app.i18n import Texts
from app.model.scheme import Code, Scheme
from app.model.stored import ContentKind
from app.ports import Store
from app.schemes import library


@dataclass(frozen=True, slots=True)
class SchemeChange:
    """What is different between two versions of a scheme: codes that came, went, or say or do something else."""

    before: Scheme
    after: Scheme
    came: tuple[Code, ...]
    gone: tuple[Code, ...]
    changed: tuple[Code, ...]


def newer_scheme(store: Store, scheme: Scheme) -> Scheme | None:
    """The newest version of the scheme, when it is newer than this one."""
    found = library.newest(store, ContentKind.SCHEME, scheme.id)
    return library.scheme_in(found.text) if found is not None and found.version > scheme.version else None


def scheme_change(before: Scheme, after: Scheme) -> SchemeChange:
    """Codes are the same when their ids are; `changed` are the later ones."""
    old, new = {c.id: c for c in before.codes}, {c.id: c for c in after.codes}
    return SchemeChange(
        before,
        after,
        tuple(c for c in after.codes if c.id not in old),
        tuple(c for c in before.codes if c.id not in new),
        tuple(c for c in after.codes if c.id in old and old[c.id] != c),
    )


def in_words(texts: Texts, change: SchemeChange) -> tuple[str, ...]:
    """A line for each kind of difference."""
    names = {
        texts.tr("New codes: {names}"): change.came,
        texts.tr("Codes that are gone: {names}"): change.gone,
        texts.tr("Codes that say something else: {names}"): change.changed,
    }
    rows = [line.format(names=", ".join(texts.words(c.name) for c in codes)) for line, codes in names.items() if codes]
    return tuple(rows) or (texts.tr("The codes are the same."),)
