"""Passages from the two rating sheets: the child in words, the adult as a profile, a licensed form by its name.

A licensed form's own words never leave the archive: only what it is, whose it is, and that its sheet is kept.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.comparing.comparison import Comparison
from app.model.instrument import Item, Scale
from app.model.rating import Rating
from app.model.scheme import Actor
from app.model.service import SectionKey
from app.model.statement import ParagraphKind
from app.statement.material import Material, Passage, heading, sentence, sentence_passage, table
from app.statement.rated import ToldRating, told_rating

#: an item that somebody rated as *no occasion*; what nobody rated says so in words
NO_OCCASION = "–"


def of_licensed(m: Material, found: Comparison) -> str:
    """The sentence in place of a licensed form's words; empty for a form whose words may be printed."""
    form, t = found.instrument, m.texts
    if not m.is_licensed(form):
        return ""
    return t.tr(
        "Rated with {instrument}, version {version}. Rights holder: {holder}. The form's own wording is not printed;"
        " the filled sheets are kept with the codings.",
        instrument=t.words(form.name),
        version=form.version,
        holder=form.rights_holder or t.tr("not written down"),
    )


def childs_ratings(m: Material, found: Comparison) -> list[Passage]:
    """The child's items in words, both workers' words when they differ; never a number."""
    t, meeting = m.texts, found.file.meeting
    if m.is_licensed(found.instrument):
        return []
    rows, is_short = [], m.is_short(f"child-ratings/{meeting.id}")
    for item in found.instrument.items:
        told = told_rating(m, found, item)
        if item.actor == Actor.ADULT or not told:
            continue
        # a point without words would only be a number, and a child's is none
        said = [_in_words(m, found, item, r) for r in told.ratings]
        words = list(dict.fromkeys(x for x in said if x))
        if is_short and not told.has_value:
            continue
        if any(r is not None and x for r, x in zip(told.ratings, said, strict=True)):
            rows.append((t.words(item.name), " – ".join(words), _why(found, told)))
    if not rows:
        return []
    title = t.tr("Child and interaction in words, {pair}", pair=m.meeting_called(meeting))
    header, cells = _with_reasons(m, (t.tr("Item"), t.tr("The workers' words")), rows)
    return [
        heading(SectionKey.ATTACHMENTS, f"child-title/{meeting.id}", title),
        table(SectionKey.ATTACHMENTS, f"child-ratings/{meeting.id}", title, header, cells),
    ]


Rows = Sequence[tuple[str, ...]]


def _with_reasons(m: Material, header: tuple[str, ...], rows: Rows) -> tuple[tuple[str, ...], Rows]:
    """The rows end with why; where nothing of that is told they have no such column."""
    if not any(row[-1] for row in rows):
        return header, [row[:-1] for row in rows]
    return (*header, m.texts.tr("Reason")), rows


def _why(found: Comparison, told: ToldRating) -> str:
    """The reasons of what both stand behind; of what the two see differently each with its name."""
    if told.is_shared:
        return " ".join(_upper(sentence(reason)) for reason in told.reasons)
    named = zip(found.coders, told.reasons, strict=False)
    return " ".join(f"{who}: {sentence(reason)}" for who, reason in named)


def _in_words(m: Material, found: Comparison, item: Item, rating: Rating | None) -> str:
    if rating is None:
        return m.texts.tr("not rated")
    words = found.instrument.words_of(item, rating.value)
    return m.texts.words(words) if words is not None else ""


def profiles(m: Material, found: Comparison) -> list[Passage]:
    """The adult's items on their own scale, one chart for each scale; nothing when nobody rated any of them.

    With two adults in one statement there is none: parents are not compared by numbers, and the document says so.
    """
    t, meeting = m.texts, found.file.meeting
    title = t.tr("Rating profile, {adult}", adult=f"{m.called(m.adult(meeting))}, {m.day(meeting)}")
    head = heading(SectionKey.ATTACHMENTS, f"profile-heading/{meeting.id}", title)
    licensed = of_licensed(m, found)
    if licensed:
        return [head, sentence_passage(SectionKey.ATTACHMENTS, f"profile-note/{meeting.id}", licensed)]
    told = {i: told_rating(m, found, i) for i in found.instrument.items if i.actor == Actor.ADULT}
    items = [i for i, rated in told.items() if rated]
    if m.is_short(f"profile/{meeting.id}"):
        items = [i for i in items if told[i].has_value]
    if not items:
        return []
    if m.has_several_adults():
        return [head, *_profile_in_words(m, found, title, items)]
    note = t.words(found.instrument.disclaimer)
    rows = [head, sentence_passage(SectionKey.ATTACHMENTS, f"profile-note/{meeting.id}", f"{_upper(note)}.")]
    scales = list(dict.fromkeys(found.instrument.scale_of(i) for i in items))
    for number, scale in enumerate(scales):
        rows += _chart(m, found, title, number, scale, [i for i in items if found.instrument.scale_of(i) == scale])
    return [*rows, *_reasons_table(m, found, items)]


def _reasons_table(m: Material, found: Comparison, items: Sequence[Item]) -> list[Passage]:
    """Why the pair rated the adult so; nothing without a common view, or where nobody wrote why."""
    t, meeting = m.texts, found.file.meeting
    rows = [(t.words(i.name), why) for i in items if (why := _why(found, told_rating(m, found, i)))]
    if not rows:
        return []
    title = t.tr("Reasons for the ratings, {adult}", adult=f"{m.called(m.adult(meeting))}, {m.day(meeting)}")
    header = (t.tr("Item"), t.tr("Reason"))
    return [table(SectionKey.ATTACHMENTS, f"profile-reasons/{meeting.id}", title, header, rows)]


def _chart(
    m: Material, found: Comparison, title: str, number: int, scale: Scale, items: Sequence[Item]
) -> list[Passage]:
    """The head's last cell is the scale, `least–most`; the anchors in words stand below."""
    t, meeting = m.texts, found.file.meeting
    key = meeting.id if number == 0 else f"{meeting.id}/{number + 1}"
    told = [told_rating(m, found, item) for item in items]
    is_common = any(x.is_shared for x in told)
    whose = (*([t.tr("Common view")] * is_common), *(found.coders if not all(x.is_shared for x in told) else ()))
    rows = [
        (t.words(item.name), *_figures(m, x, len(whose), is_common=is_common), item.dimension)
        for item, x in zip(items, told, strict=True)
    ]
    header = (t.tr("Item"), *whose, f"{scale.least}–{scale.most}")
    chart = Passage(SectionKey.ATTACHMENTS, f"chart/profile/{key}", (), ParagraphKind.CHART, (header, *rows), title)
    meanings = [f"{a.value}: {t.words(a.name)}" for a in scale.anchors]
    meanings.append(f"{NO_OCCASION}: {t.words(found.instrument.no_occasion)}")
    return [chart, sentence_passage(SectionKey.ATTACHMENTS, f"anchors/{key}", "; ".join(meanings) + ".")]


def _figures(m: Material, told: ToldRating, columns: int, *, is_common: bool) -> tuple[str, ...]:
    """The common view's, then A's and B's where any item has those: what does not stand behind an item is empty."""
    own = tuple(_figure(m, r) for r in told.ratings)
    row = own if told.is_shared or not is_common else ("", *own)
    return (*row, *[""] * (columns - len(row)))


def _figure(m: Material, rating: Rating | None) -> str:
    if rating is None:
        return m.texts.tr("not rated")
    return NO_OCCASION if rating.value is None else str(rating.value)


def _profile_in_words(m: Material, found: Comparison, title: str, items: Sequence[Item]) -> list[Passage]:
    t, meeting, rows = m.texts, found.file.meeting, []
    for item in items:
        told = told_rating(m, found, item)
        words = dict.fromkeys(w for r in told.ratings if (w := _in_words(m, found, item, r)))
        rows.append((t.words(item.name), " – ".join(words), _why(found, told)))
    header, cells = _with_reasons(m, (t.tr("Item"), t.tr("The workers' words")), rows)
    said = sentence_passage(SectionKey.ATTACHMENTS, f"profile-note/{meeting.id}", m.fixed.parents_not_compared)
    return [said, table(SectionKey.ATTACHMENTS, f"profile-words/{meeting.id}", title, header, cells)]


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
