"""The numbers of a coding as another scheme would have them: chosen on the sheet, and said on it and in its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.i18n import Texts, today
from app.model.scheme import Scheme
from app.model.stored import ContentKind
from app.numbers.sheets.sheet import Choice, Sheet
from app.ports import Store
from app.schemes import library
from app.schemes.recoding import Recoded, can_recode, in_words

#: the choice of a sheet that is about its scheme; its options are ids of schemes
SCHEME = "scheme"


def other_schemes(store: Store, scheme: Scheme) -> tuple[Scheme, ...]:
    """Those that this worker may use and that take the place of some of the scheme's codes."""
    found = (library.scheme_in(p.text) for p in library.offered(store, ContentKind.SCHEME, today()))
    return tuple(s for s in found if can_recode(scheme, s))


def with_schemes(
    texts: Texts, sheet: Sheet, own: Scheme, others: Sequence[Scheme], recoded: Recoded | None = None
) -> Sheet:
    """The sheet with the choice, when there is one; of a recoded copy with what it is and what it lacks."""
    if not others:
        return sheet
    options = [(own.id, texts.words(own.name))]
    options += [(s.id, texts.tr("{scheme}, recoded", scheme=texts.words(s.name))) for s in others]
    chosen = own.id if recoded is None else recoded.target.id
    choice = Choice(SCHEME, texts.tr("Scheme"), tuple(options), chosen)
    said = () if recoded is None else in_words(texts, recoded)
    about = " ".join((*said[:1], sheet.about))  # what it is stands where it is read first, and in the table's notes
    return replace(sheet, about=about, choices=(choice, *sheet.choices), notes=(*said, *sheet.notes))
