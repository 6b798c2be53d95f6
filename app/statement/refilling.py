"""Generated passages filled anew: each knows its generator, and one that a hand has touched is never filled again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.model.change import Change, added, removed
from app.model.identity import new_id
from app.model.order_keys import between
from app.model.statement import Paragraph, Statement, StatementText
from app.statement.material import Passage


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
        else:
            stays = before.section == row.section
            place = before.place if stays else _place_for(text, row.section, fresh, passage)
            after = replace(row, id=before.id, place=place)
            if before.by_hand or _same_words(before, after):
                continue
        changes += [*(added(e) for e in passage.evidence), Change(before, after)]
    return one_each(changes)


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
