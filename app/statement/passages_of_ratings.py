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
from app.statement.material import Material, Passage, heading, sentence_passage, table

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
        ratings = _both(found, item)
        if item.actor == Actor.ADULT or not any(ratings):
            continue
        # a point without words would only be a number, and a child's is none
        said = [_in_words(m, found, item, r) for r in ratings]
        words = list(dict.fromkeys(x for x in said if x))
        if is_short and not any(r is not None and r.value is not None for r in ratings):
            continue
        if any(r is not None and x for r, x in zip(ratings, said, strict=True)):
            rows.append((t.words(item.name), " – ".join(words)))
    if not rows:
        return []
    title = t.tr("Child and interaction in words, {pair}", pair=m.meeting_called(meeting))
    header = (t.tr("Item"), t.tr("The workers' words"))
    return [
        heading(SectionKey.ATTACHMENTS, f"child-title/{meeting.id}", title),
        table(SectionKey.ATTACHMENTS, f"child-ratings/{meeting.id}", title, header, rows),
    ]


def _both(found: Comparison, item: Item) -> list[Rating | None]:
    return [c.rating_of(item.id) for c in (found.a, found.b)]


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
    items = [i for i in found.instrument.items if i.actor == Actor.ADULT and any(_both(found, i))]
    if m.is_short(f"profile/{meeting.id}"):
        items = [i for i in items if any(r is not None and r.value is not None for r in _both(found, i))]
    if not items:
        return []
    if m.has_several_adults():
        return [head, *_profile_in_words(m, found, title, items)]
    note = t.words(found.instrument.disclaimer)
    rows = [head, sentence_passage(SectionKey.ATTACHMENTS, f"profile-note/{meeting.id}", f"{_upper(note)}.")]
    scales = list(dict.fromkeys(found.instrument.scale_of(i) for i in items))
    for number, scale in enumerate(scales):
        rows += _chart(m, found, title, number, scale, [i for i in items if found.instrument.scale_of(i) == scale])
    return rows


def _chart(
    m: Material, found: Comparison, title: str, number: int, scale: Scale, items: Sequence[Item]
) -> list[Passage]:
    """The head's last cell is the scale, `least–most`; the anchors in words stand below."""
    t, meeting = m.texts, found.file.meeting
    key = meeting.id if number == 0 else f"{meeting.id}/{number + 1}"
    rows = []
    for item in items:
        a, b = (_figure(m, r) for r in _both(found, item))
        rows.append((t.words(item.name), a, b, item.dimension))
    header = (t.tr("Item"), *found.coders, f"{scale.least}–{scale.most}")
    chart = Passage(SectionKey.ATTACHMENTS, f"chart/profile/{key}", (), ParagraphKind.CHART, (header, *rows), title)
    meanings = [f"{a.value}: {t.words(a.name)}" for a in scale.anchors]
    meanings.append(f"{NO_OCCASION}: {t.words(found.instrument.no_occasion)}")
    return [chart, sentence_passage(SectionKey.ATTACHMENTS, f"anchors/{key}", "; ".join(meanings) + ".")]


def _figure(m: Material, rating: Rating | None) -> str:
    if rating is None:
        return m.texts.tr("not rated")
    return NO_OCCASION if rating.value is None else str(rating.value)


def _profile_in_words(m: Material, found: Comparison, title: str, items: Sequence[Item]) -> list[Passage]:
    t, meeting, rows = m.texts, found.file.meeting, []
    for item in items:
        words = dict.fromkeys(w for r in _both(found, item) if (w := _in_words(m, found, item, r)))
        rows.append((t.words(item.name), " – ".join(words)))
    header = (t.tr("Item"), t.tr("The workers' words"))
    said = sentence_passage(SectionKey.ATTACHMENTS, f"profile-note/{meeting.id}", m.fixed.parents_not_compared)
    return [said, table(SectionKey.ATTACHMENTS, f"profile-words/{meeting.id}", title, header, rows)]


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
