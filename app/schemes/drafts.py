"""Own content: made from what there is, worked on as drafts, published as versions that stay.

Two doors: `ContentShelf` for what there is (copies, drafts, files in and out, retiring), `ContentEditor` for one draft.
Every step is in the archive when it is taken; a draft may be unfinished, what is published is whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QObject

from app.bounded_file import TooLargeError, text_within
from app.editing import Editor
from app.errors import AppError, InputError, NotAllowed
from app.i18n import Texts, today
from app.model import content_edits as edits
from app.model.change import Change, added, removed
from app.model.content_edits import Content
from app.model.content_problems import Problem
from app.model.cover import ClipCover
from app.model.instrument import NOTHING, Instrument
from app.model.scheme import Scheme
from app.model.stored import ContentDraft, ContentKind, ContentTerms, ExampleClip, StoredContent, stored_id, terms_id
from app.model.template import Template
from app.model.toml_table import demand_plain
from app.model.units import ItemPlace
from app.model.words import Words
from app.ports import Store
from app.schemes import library
from app.schemes.content_text import BARE, kind_of_text, problems_of, read, written
from app.schemes.library import Published
from app.shortcuts.actions import bare_keys

#: a file larger than this is no scheme; it is not even read
LARGEST_FILE = 2_000_000


def draft_id(kind: ContentKind, content_id: str) -> str:
    """One draft per content: its id says of which."""
    return f"draft/{kind}/{content_id}"


@dataclass(frozen=True)
class Shelved:
    """One content on the shelf: its newest version, its draft, its terms; one of version and draft is there."""

    kind: ContentKind
    id: str
    published: Published | None
    draft: ContentDraft | None
    terms: ContentTerms

    @property
    def value(self) -> Content:
        """The newest version; the draft where nothing is published yet."""
        if self.published is not None:
            return self.published.value
        assert self.draft is not None, "what is on the shelf is published or a draft"
        return read(self.kind, self.draft.text)

    @property
    def name(self) -> Words:
        return self.value.name

    @property
    def shipped(self) -> bool:
        return self.published is not None and self.published.shipped


class ContentShelf(Editor):
    """What schemes or instruments there are, and the steps that make and retire them. Every step can be undone."""

    def __init__(self, store: Store, texts: Texts, kind: ContentKind, parent: QObject | None = None) -> None:
        super().__init__(store, parent)
        self.texts = texts
        self.kind = kind

    def rows(self) -> tuple[Shelved, ...]:
        """The program's own first, then own ones by id, drafts of new ones among them."""
        store, kind = self._store, self.kind
        drafts = {d.content_id: d for d in store.find(ContentDraft, kind=kind)}
        known = {p.id: p for p in library.published(store, kind)}
        own = sorted({*known, *drafts} - {p.id for p in known.values() if p.shipped})
        order = [*(p.id for p in known.values() if p.shipped), *own]
        return tuple(Shelved(kind, i, known.get(i), drafts.get(i), library.terms_of(store, kind, i)) for i in order)

    def row(self, content_id: str) -> Shelved | None:
        return next((r for r in self.rows() if r.id == content_id), None)

    def copy(self, source: Shelved) -> ContentDraft | None:
        """A new draft that begins as `source` is. A copy of what is licensed is licensed too."""
        if not self._allowed(source):
            return None
        name = self._copied_name(source.name)
        value = replace(source.value, id=self._free_id(name.text("fi")), version=1, name=name)
        draft = self._draft(value, 0)
        changes = [added(draft)]
        if source.terms.licensed:
            terms = replace(source.terms, id=terms_id(self.kind, value.id), content_id=value.id, retired=False)
            changes.append(added(terms))
        return draft if self.do(self.texts.tr("Copy made"), *changes) else None

    def new(self) -> ContentDraft | None:
        """An empty draft in the language of the screen.

        A scheme has the one state that it needs, whose time is left out of every figure; an instrument its way out; a
        template one phase and one form, to go on from.
        """
        t = self.texts
        titles = {
            ContentKind.SCHEME: t.tr("New coding scheme"),
            ContentKind.INSTRUMENT: t.tr("New rating instrument"),
            ContentKind.TEMPLATE: t.tr("New template"),
        }
        title = titles[self.kind]
        name = replace(NOTHING, **{t.language: title})
        ident, languages = self._free_id(title), (t.language,)
        draft = self._draft(BARE[self.kind](ident, name, languages), 0)
        return draft if self.do(t.tr("Begun from nothing"), added(draft)) else None

    def begin(self, row: Shelved) -> ContentDraft | None:
        """The draft of an own content: the one there is, or a new one that goes on from its newest version."""
        if row.draft is not None:
            return row.draft
        if row.shipped or row.published is None or not self._allowed(row):
            return None
        version = row.published.version
        draft = self._draft(replace(row.published.value, version=version + 1), version)
        return draft if self.do(self.texts.tr("Draft begun"), added(draft)) else None

    def take_in(self, text: str, *, licensed: bool = False) -> ContentDraft | None:
        """A file's content as a draft. Of an own content it becomes the next version, of another a new one.

        `licensed` marks an instrument's texts as another's. Raises InputError with the place of what cannot be read.
        """
        if len(text) > LARGEST_FILE:
            raise InputError("content-too-large")
        demand_plain(text)
        if kind_of_text(text) != self.kind:
            raise InputError("content-other-kind")
        value = read(self.kind, text)
        row = self.row(value.id)
        if row is not None and row.draft is not None:
            raise InputError("content-draft-exists")
        base = row.published.version if row is not None and row.published is not None and not row.shipped else 0
        if row is not None and base and not self._allowed(row):
            return None
        ident = value.id if base else self._free_id(value.id)
        draft = self._draft(replace(value, id=ident, version=base + 1), base)
        changes: list[Change] = [added(draft)]
        before = library.terms_of(self._store, self.kind, ident)
        if licensed and not before.licensed:
            mine = replace(before, licensed=True, workers=tuple(dict.fromkeys((*before.workers, self._store.me))))
            changes.append(self._terms_change(before, mine))
        return draft if self.do(self.texts.tr("File taken in"), *changes) else None

    def file_text(self, row: Shelved) -> str:
        """The content as a file: the newest version, or the draft where nothing is published. Logged.

        Example clips are no part of it. Raises NotAllowed for licensed content: it stays in the archive.
        """
        if row.terms.licensed:
            raise NotAllowed("licensed-stays")
        if row.published is None:
            assert row.draft is not None
            self._store.note("export", ContentDraft, row.draft.id)
            return row.draft.text
        self._store.note("export", StoredContent, stored_id(self.kind, row.id, row.published.version))
        return row.published.text

    def take_in_file(self, path: Path, *, licensed: bool = False) -> ContentDraft | None:
        """`take_in` from a file. Raises InputError for what cannot be read; one far too large is not even opened."""
        try:
            text = text_within(path, LARGEST_FILE)
        except TooLargeError as error:
            raise InputError("content-too-large") from error
        except (OSError, UnicodeDecodeError) as error:
            raise InputError("content-unreadable") from error
        return self.take_in(text, licensed=licensed)

    def save_file(self, row: Shelved, path: Path) -> None:
        """`file_text` as a file. Raises NotAllowed for licensed content, AppError where nothing can be written."""
        text = self.file_text(row)
        from app.whole_file import write_whole

        write_whole(path, text.encode())

    def retire(self, row: Shelved, *, on: bool) -> bool:
        """No longer offered, or offered again; codings made with it stay as they are."""
        after = replace(row.terms, retired=on)
        label = self.texts.tr("No longer offered") if on else self.texts.tr("Offered again")
        return after == row.terms or self.do(label, self._terms_change(row.terms, after))

    def drop_draft(self, row: Shelved) -> bool:
        """A draft goes; of a content that was never published its terms and examples too."""
        if row.draft is None:
            return False
        gone: list[Change] = [removed(row.draft)]
        if row.published is None:
            gone += [removed(t) for t in self._store.find(ContentTerms, id=row.terms.id)]
            if self.kind == ContentKind.SCHEME:
                for clip in self._store.find(ExampleClip, scheme_id=row.id):
                    gone += [removed(clip), *map(removed, self._store.find(ClipCover, clip_id=clip.id))]
        return self.do(self.texts.tr("Draft deleted"), *gone)

    def _allowed(self, row: Shelved) -> bool:
        """Licensed texts are worked on by those who may use them; a retired one can be copied all the same."""
        day = today()
        if row.terms.licensed and not replace(row.terms, retired=False).allows(self._store.me, day):
            self.refused.emit(NotAllowed("content-not-permitted"))
            return False
        return True

    def _draft(self, value: Content, base: int) -> ContentDraft:
        return ContentDraft(draft_id(self.kind, value.id), self.kind, value.id, base, written(value))

    def _terms_change(self, before: ContentTerms, after: ContentTerms) -> Change:
        return Change(before if self._store.find(ContentTerms, id=before.id) else None, after)

    def _free_id(self, name: str) -> str:
        return edits.plain_id(
            name, {r.id for r in self.rows()} | {i for k in ContentKind for i in library.shipped_ids(k)}
        )

    def _copied_name(self, name: Words) -> Words:
        """*(kopio)* behind the name, in each of the three languages."""
        behind = (Texts(language).tr("copy") for language in ("fi", "sv", "en"))
        names = (name.fi, name.sv, name.en)
        return Words(*(f"{n} ({b})" if n.strip() else "" for n, b in zip(names, behind, strict=True)))


class ContentEditor(Editor):
    """One draft being worked on: the only door through which it changes."""

    def __init__(self, store: Store, texts: Texts, draft: ContentDraft, parent: QObject | None = None) -> None:
        super().__init__(store, parent)
        self.texts = texts
        self.kind = draft.kind
        self.draft: ContentDraft | None = draft
        self.value: Content = read(draft.kind, draft.text)
        self.terms = library.terms_of(store, draft.kind, draft.content_id)

    @property
    def version(self) -> int:
        """The version that this draft becomes."""
        return self.value.version

    @property
    def scheme(self) -> Scheme:
        assert isinstance(self.value, Scheme)
        return self.value

    @property
    def template(self) -> Template:
        assert isinstance(self.value, Template)
        return self.value

    @property
    def instrument(self) -> Instrument:
        assert isinstance(self.value, Instrument)
        return self.value

    def accept(self, changes: Sequence[Change]) -> None:
        for change in changes:
            if change.kind is ContentDraft:
                self.draft = cast("ContentDraft | None", change.after)
                if self.draft is not None:
                    self.value = read(self.kind, self.draft.text)
            elif change.kind is ContentTerms:
                before = cast("ContentTerms", change.before)
                self.terms = cast("ContentTerms | None", change.after) or ContentTerms(
                    before.id, before.kind, before.content_id
                )

    def problems(self, value: Content | None = None) -> tuple[Problem, ...]:
        """All that is not right, in the draft or in what it would be."""
        found = list(problems_of(self.value if value is None else value))
        if self.terms.licensed and isinstance(self.value, Instrument):
            holder = (value if isinstance(value, Instrument) else self.value).rights_holder
            if not holder.strip():
                found.append(Problem("licence-holder-missing", field="rights_holder"))
            if not self.terms.licence.strip():
                found.append(Problem("licence-number-missing", field="licence"))
        return tuple(found)

    # the content itself, and its entries

    def edit(self, **fields: Any) -> bool:
        """New values for fields of the content itself."""
        return self._change(self.texts.tr("Details edited"), replace(self.value, **fields))

    def edit_entry(self, part: str, number: ItemPlace, **fields: Any) -> bool:
        return self._change(self._label("edited", part), self.with_fields(part, number, **fields))

    def with_fields(self, part: str, number: ItemPlace, **fields: Any) -> Content:
        """What the content would be with other values in an entry; nothing changes."""
        entry = replace(edits.entries(self.value, part)[number], **fields)
        return edits.with_entry(self.value, part, number, entry)

    def add(self, part: str, near: ItemPlace = -1) -> ItemPlace:
        """A new entry behind the one at `near`, or last; its place, or −1 when it was refused."""
        rows = edits.entries(self.value, part)
        like = rows[near] if 0 <= near < len(rows) else (rows[-1] if rows else None)
        return self._insert("added", part, near, edits.blank(self.value, part, like, bare_keys()))

    def copy(self, part: str, number: ItemPlace) -> ItemPlace:
        """The same entry once more, behind it; its place, or −1 when it was refused."""
        return self._insert("copied", part, number, edits.copy_of(self.value, part, number, bare_keys()))

    def remove(self, part: str, number: ItemPlace) -> bool:
        return self._change(self._label("removed", part), edits.without(self.value, part, number))

    def move(self, part: str, number: ItemPlace, to: ItemPlace) -> bool:
        """An entry to another place; False outside the part."""
        if number == to or not 0 <= to < len(edits.entries(self.value, part)):
            return False
        return self._change(self._label("moved", part), edits.moved(self.value, part, number, to))

    def agree(self, **fields: Any) -> bool:
        """Other terms: licence, its last day, who may use it."""
        after = replace(self.terms, **fields)
        if after == self.terms:
            return True
        before = self.terms if self._store.find(ContentTerms, id=self.terms.id) else None
        return self.do(self.texts.tr("Permission edited"), Change(before, after))

    def publish(self) -> int:
        """Fix the draft as a version that stays; gives the version, or 0 when it was refused. Not undoable."""
        assert self.draft is not None
        if self.problems():
            self.refused.emit(AppError("content-not-finished"))
            return 0
        kept = StoredContent(
            stored_id(self.kind, self.value.id, self.version), self.kind, self.value.id, self.version, self.draft.text
        )
        version = self.version
        return version if self.commit(self.texts.tr("Published"), added(kept), removed(self.draft)) else 0

    def _insert(self, act: str, part: str, near: ItemPlace, entry: Any) -> int:
        rows = edits.entries(self.value, part)
        place = near + 1 if 0 <= near < len(rows) else len(rows)
        taken = self._change(self._label(act, part), edits.with_new(self.value, part, place, entry))
        return place if taken else -1

    def _change(self, label: str, value: Content) -> bool:
        if value == self.value:
            return True
        if self.draft is None:  # published meanwhile
            return False
        return self.do(label, Change(self.draft, replace(self.draft, text=written(value))))

    def _label(self, act: str, part: str) -> str:
        t = self.texts
        acts = {
            "edited": t.tr("{thing} edited"),
            "added": t.tr("{thing} added"),
            "copied": t.tr("{thing} copied"),
            "removed": t.tr("{thing} removed"),
            "moved": t.tr("{thing} moved"),
        }
        things = {
            "codes": t.tr("A code"),
            "dimensions": t.tr("Dimension"),
            "groups": t.tr("Group"),
            "layers": t.tr("Pass"),
            "items": t.tr("Item"),
            "anchors": t.tr("Scale point"),
            "subscales": t.tr("Subscale"),
            "second_pass": t.tr("A question of the second pass"),
            "roles": t.tr("A role"),
            "phases": t.tr("A phase"),
            "steps": t.tr("A step"),
            "forms": t.tr("A form"),
            "fields": t.tr("A field"),
            "lines": t.tr("A line of a table"),
            "approvals": t.tr("An approval"),
            "outputs": t.tr("A paper"),
        }
        return acts[act].format(thing=things[part.rpartition(".")[2]])
