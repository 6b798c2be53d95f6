"""*Profiili*: the ratings of one worker as a picture. No sum score."""

from __future__ import annotations

from app.charts.picture import Picture
from app.charts.profile import NONE, Rated, profile
from app.i18n import Texts
from app.model.coding import Coding
from app.model.instrument import Instrument, Item
from app.model.rating import Rating
from app.model.scheme import Actor, Scheme
from app.numbers.sheets.sheet import Choice, Chosen, Sheet, chosen_of
from app.tables import Cell, Column, Figures, Table, upper

SEGMENT = "segment"


def rating_profile(
    texts: Texts, coding: Coding, instrument: Instrument, scheme: Scheme, tasks: dict[str, str], chosen: Chosen
) -> Sheet:
    """`tasks` are names of segments by id: sheets that were filled for a task stand beside that of the whole film."""
    t = texts
    filled = {r.segment_id for r in coding.ratings.values()}
    options = [("", t.tr("Whole film")), *((i, name) for i, name in tasks.items() if i in filled)]
    segment = chosen_of(chosen, SEGMENT, options)
    items = [(item, coding.rating_of(item.id, segment)) for item in instrument.items]
    disclaimer = upper(t.words(instrument.disclaimer)) + "."
    return Sheet(
        "profile",
        t.tr("Profile"),
        disclaimer,
        (t.tr("Each item stands alone, without a sum. The child's items never stand as numbers in a statement."),),
        (_picture(t, instrument, scheme, items),) if any(r for _, r in items) else (),
        _table(t, instrument, items, scheme) if any(r for _, r in items) else None,
        (Choice(SEGMENT, t.tr("Task"), tuple(options), segment),) if len(options) > 1 else (),
        empty=t.tr("Nothing is rated yet."),
    )


def _mark(rating: Rating | None) -> str:
    if rating is None:
        return ""
    return NONE if rating.value is None else str(rating.value)


def _dimension(t: Texts, scheme: Scheme, item: Item) -> str:
    found = scheme.dimension(item.dimension)
    return t.words(found.name) if found else ""


def _picture(t: Texts, instrument: Instrument, scheme: Scheme, items: list[tuple[Item, Rating | None]]) -> Picture:
    names = {Actor.ADULT: t.tr("Adult"), Actor.CHILD: t.tr("Child"), Actor.DYAD: t.tr("Interaction")}
    rows: list[Rated] = []
    for actor, name in names.items():
        own = [(i, r) for i, r in items if i.actor == actor]
        if own:
            rows.append(Rated(name.upper()))
        shape = "diamond" if actor == Actor.CHILD else "disc"
        rows += [
            Rated(t.words(i.name), (_mark(r),), i.dimension, _dimension(t, scheme, i), shape) for i, r in own
        ]  # fmt: skip
    low, high = instrument.scale
    scale = t.tr("Scale {low}–{high}; –: no occasion to observe.", low=low, high=high)
    told = "; ".join(f"{t.words(i.name)}: {_mark(r) or t.tr('not rated')}" for i, r in items)
    values = [str(v) for v in range(low, high + 1)]
    return Picture(t.words(instrument.name), told, lambda pen: profile(rows, values, (scale,), pen))


def _table(t: Texts, instrument: Instrument, items: list[tuple[Item, Rating | None]], scheme: Scheme) -> Table:
    f = Figures(t)
    columns = (
        Column(t.tr("Item")),
        Column(t.tr("Dimension")),
        Column(t.tr("Value"), is_figure=True),
        Column(t.tr("In words")),
        Column(t.tr("Reason")),
    )
    words = {a.value: t.words(a.name) for a in instrument.anchors}
    rows: list[tuple[Cell, ...]] = []
    for item, rating in items:
        value = rating.value if rating else None
        said = words.get(value, "") if value is not None else ""
        if value is None:
            said = t.words(instrument.no_occasion) if rating else t.tr("not rated")
        figure = Cell(_mark(rating) or NONE, str(value) if value is not None else "", is_figure=True)
        rows.append(
            (
                f.words(upper(t.words(item.name))),
                f.words(_dimension(t, scheme, item)),
                figure,
                f.words(said),
                f.words(rating.reason if rating else ""),
            )
        )
    return Table(columns, tuple(rows))
