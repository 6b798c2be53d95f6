"""What can be coded, rated and worked with: the program's own content from `resources/`, and what was published here.

The program's own is read once when first asked for. Of the archive's own the newest version is offered; a coding or a
piece of work keeps the version that it was made with, whatever is published later.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

import resources
from app.errors import NotAllowed
from app.i18n import Texts, today
from app.model.change import Change, added
from app.model.instrument import NOTHING, Anchor, Instrument
from app.model.plan import TaskCard
from app.model.scheme import Scheme
from app.model.scheme_file import parse_instrument, parse_scheme, read_instrument, read_scheme, read_tasks
from app.model.stored import ContentKind, ContentTerms, StoredContent, stored_id, terms_id
from app.model.template import Template
from app.model.template_file import parse_template
from app.model.words import LANGUAGES, Words
from app.ports import Store
from app.services import templates
from app.services.library import services


def shipped_ids(kind: ContentKind) -> tuple[str, ...]:
    """Ids of what comes with the program, service by service; the first is what a worker meets first."""
    if kind == ContentKind.TEMPLATE:
        return templates.shipped_ids()
    of_service = [s.schemes if kind == ContentKind.SCHEME else s.instruments for s in services()]
    return tuple(dict.fromkeys(name for names in of_service for name in names))


def _text(folder: str, name: str) -> str:
    path: Path = resources.folder() / folder / f"{name}.toml"
    return path.read_text("utf-8")


def scheme_text(scheme_id: str) -> str:
    """The scheme's file as it is kept with a coding."""
    return _text("schemes", scheme_id)


@cache
def scheme(scheme_id: str) -> Scheme:
    return read_scheme(scheme_text(scheme_id))


def schemes() -> tuple[Scheme, ...]:
    return tuple(scheme(name) for name in shipped_ids(ContentKind.SCHEME))


def instrument_text(instrument_id: str) -> str:
    return _text("instruments", instrument_id)


@cache
def instrument(instrument_id: str) -> Instrument:
    return read_instrument(instrument_text(instrument_id))


def instruments() -> tuple[Instrument, ...]:
    return tuple(instrument(name) for name in shipped_ids(ContentKind.INSTRUMENT))


@cache
def task_cards() -> tuple[TaskCard, ...]:
    return read_tasks(_text("tasks", "tasks"))


@lru_cache(maxsize=64)
def scheme_in(text: str) -> Scheme:
    """The scheme of a kept text. It is not checked again: what was in use stays readable when checks grow."""
    return parse_scheme(text)


@lru_cache(maxsize=64)
def instrument_in(text: str) -> Instrument:
    return parse_instrument(text)


@lru_cache(maxsize=64)
def template_in(text: str) -> Template:
    """The template of a kept text, which is not checked again."""
    return parse_template(text)


#: how the kept text of each kind is read
_READ: Mapping[ContentKind, Callable[[str], Scheme | Instrument | Template]] = {
    ContentKind.SCHEME: scheme_in,
    ContentKind.INSTRUMENT: instrument_in,
    ContentKind.TEMPLATE: template_in,
}


@dataclass(frozen=True)
class Published:
    """One version of a content that can be taken into use. `shipped`: it is the program's own."""

    kind: ContentKind
    id: str
    version: int
    text: str
    shipped: bool = False

    @property
    def value(self) -> Scheme | Instrument | Template:
        return _READ[self.kind](self.text)

    @property
    def name(self) -> Words:
        return self.value.name


def is_shipped(kind: ContentKind, content_id: str) -> bool:
    return content_id in shipped_ids(kind)


def published(store: Store, kind: ContentKind) -> tuple[Published, ...]:
    """The newest version of each: the program's own first, then the archive's own by id, retired ones too."""
    return (*_shipped(kind), *(v[-1] for _, v in sorted(_own(store, kind).items())))


def versions(store: Store, kind: ContentKind, content_id: str) -> tuple[Published, ...]:
    """Every version, oldest first."""
    rows = [p for p in _shipped(kind) if p.id == content_id]
    return tuple(rows or _own(store, kind).get(content_id, ()))


def newest(store: Store, kind: ContentKind, content_id: str) -> Published | None:
    found = versions(store, kind, content_id)
    return found[-1] if found else None


def terms_of(store: Store, kind: ContentKind, content_id: str) -> ContentTerms:
    """What is agreed about a content; nothing special when nothing is written down."""
    key = terms_id(kind, content_id)
    found = store.find(ContentTerms, id=key)
    return found[0] if found else ContentTerms(key, kind, content_id)


def outside(store: Store, form: Instrument) -> Instrument:
    """The form as sheets and papers have it, which leave the archive: of a licensed one ids stand for its words."""
    if not terms_of(store, ContentKind.INSTRUMENT, form.id).licensed:
        return form
    said = Words(*(Texts(language).tr("licensed form: its words stay in the archive") for language in LANGUAGES))
    return replace(
        form,
        disclaimer=said,
        no_occasion=instruments()[0].no_occasion,
        anchors=_bare_anchors(form.anchors),
        items=tuple(
            replace(
                item,
                name=_same(item.id),
                scale=item.scale and replace(item.scale, anchors=_bare_anchors(item.scale.anchors)),
            )
            for item in form.items
        ),
        subscales=tuple(replace(part, name=_same(part.id)) for part in form.subscales),
    )


def _bare_anchors(anchors: tuple[Anchor, ...]) -> tuple[Anchor, ...]:
    return tuple(replace(anchor, name=NOTHING) for anchor in anchors)


def _same(words: str) -> Words:
    return Words(words, words, words)


def offered(store: Store, kind: ContentKind, day: date) -> tuple[Published, ...]:
    """What the signed-in worker may take into use on `day`: own permission, a licence in force, not retired."""
    held = {t.content_id: t for t in store.find(ContentTerms, kind=kind)}
    me = store.me
    return tuple(p for p in published(store, kind) if p.id not in held or held[p.id].allows(me, day))


def permitted(store: Store, kind: ContentKind, content_id: str) -> Published:
    """The newest version of a content. Raises NotAllowed when this worker may not take it into use."""
    found = next((p for p in offered(store, kind, today()) if p.id == content_id), None)
    if found is None:
        raise NotAllowed("content-not-permitted")
    return found


def kept(store: Store, used: Published) -> list[Change]:
    """The change that keeps a content in the archive; none when this version is there already."""
    key = stored_id(used.kind, used.id, used.version)
    if store.find(StoredContent, id=key):
        return []
    return [added(StoredContent(key, used.kind, used.id, used.version, used.text))]


def _shipped(kind: ContentKind) -> tuple[Published, ...]:
    if kind == ContentKind.SCHEME:
        return tuple(Published(kind, s.id, s.version, scheme_text(s.id), shipped=True) for s in schemes())
    if kind == ContentKind.TEMPLATE:
        return tuple(Published(kind, t.id, t.version, templates.text(t.id), shipped=True) for t in templates.shipped())
    return tuple(Published(kind, i.id, i.version, instrument_text(i.id), shipped=True) for i in instruments())


def _own(store: Store, kind: ContentKind) -> dict[str, list[Published]]:
    """The archive's own by content, versions in order. Kept versions of the program's own are not among them."""
    found: dict[str, list[Published]] = {}
    for c in sorted(store.find(StoredContent, kind=kind), key=lambda c: c.version):
        if not is_shipped(kind, c.content_id):
            found.setdefault(c.content_id, []).append(Published(kind, c.content_id, c.version, c.text))
    return found
