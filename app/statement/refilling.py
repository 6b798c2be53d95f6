"""Generated passages filled anew: each knows its generator, and one that a hand has touched is never filled again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.model.change import Change, added, removed
from app.model.identity import new_id
from app.model.order_keys import between
from app.model.reading import READING_SOURCE, Reading
from app.model.service import SectionKey
from app.model.statement import Paragraph, Statement, StatementText
from app.ports import Store
from app.statement.material import Passage, gather
from app.statement.passages_of_readings import readers_words


def filled_anew(text: StatementText, statement: Statement, fresh: Sequence[Passage]) -> list[Change]:
    """The changes that make the generated passages of `text` the `fresh` ones; what a hand has touched stays."""
    by_source = {p.source: p for p in text.paragraphs if p.source}
    changes: list[Change] = []
    wanted = {p.source for p in fresh}
    changes += [removed(p) for s, p in by_source.items() if s not in wanted and not p.by_hand]
    for row, passage in zip(placed(statement.id, fresh), fresh, strict=True):
        before = by_source.get(passage.source)
        if before is None:
            after = replace(row, place=_place_for(text, row.section, fresh, passage))
            text = replace(text, paragraphs=(*text.paragraphs, after))  # the next one comes behind it
        else:
            stays = before.section == row.section
            place = before.place if stays else _place_for(text, row.section, fresh, passage)
            after = replace(row, id=before.id, place=place)
            if before.by_hand or _same_words(before, after):
                continue
        changes += [*(added(e) for e in passage.evidence), Change(before, after)]
    return one_each(changes)


def with_readers_words(store: Store, text: StatementText, said: Sequence[Reading] = ()) -> list[Change]:
    """The changes that put into `text` what its readers said, whole; nothing else of it changes.

    `said` are readings that change in the same step, as they are after it.
    """
    statement, changed = text.statement, {r.id: r for r in said}
    own = [p for p in text.paragraphs if p.section == SectionKey.COMMENTS]
    m = gather(store, statement, compare=False)
    fresh = readers_words(replace(m, readings=tuple((n, changed.get(r.id, r)) for n, r in m.readings)))
    others = [p for p in own if not p.source.startswith(READING_SOURCE)]
    return filled_anew(StatementText(statement, tuple(own)), statement, [*_as_they_are(others), *fresh])


def _as_they_are(paragraphs: Sequence[Paragraph]) -> list[Passage]:
    """Generated passages that stay: they are asked for again word for word."""
    return [Passage(p.section, p.source, p.runs, p.kind, p.cells, p.about) for p in paragraphs if p.source]


def _place_for(text: StatementText, section: str, fresh: Sequence[Passage], passage: Passage) -> str:
    """Behind the generated passage that comes before it, or at the start of the section."""
    order = [p.source for p in fresh if p.section == section]
    earlier = set(order[: order.index(passage.source)])
    places = [p.place for p in text.section(section)]
    behind = max((p.place for p in text.section(section) if p.source in earlier), default="")
    return between(behind, min((p for p in places if p > behind), default=""))


def placed(statement_id: str, fresh: Sequence[Passage]) -> list[Paragraph]:
    """Passages as paragraphs, one behind the other in their sections."""
    last: dict[str, str] = {}
    rows = []
    for passage in fresh:
        place = last[passage.section] = between(last.get(passage.section, ""), "")
        rows.append(
            Paragraph(
                new_id(),
                statement_id,
                passage.section,
                place,
                passage.runs,
                passage.kind,
                passage.source,
                cells=passage.cells,
                about=passage.about,
            )
        )
    return rows


def _same_words(one: Paragraph, other: Paragraph) -> bool:
    """Equal but for the ids of evidence, which are made anew at every filling."""
    bare = [replace(p, runs=tuple(replace(r, evidence="") for r in p.runs)) for p in (one, other)]
    return bare[0] == bare[1]


def one_each(changes: Sequence[Change]) -> list[Change]:
    """One change for each thing: the last one that was made of it."""
    return list({c.id: c for c in changes}.values())
