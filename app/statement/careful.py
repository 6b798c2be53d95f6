"""What the writers are asked to look at once more, and nothing more: it stops no version and changes no word.

A diagnosis is a health care professional's: here it is quoted, with the paper that it is from (domain 4.3). A name that
is not among the statement's people may be somebody's who is no part of it. Towns that are often met are not asked
about; any other place is, for nothing tells it from a person.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

import resources
from app.casework.case_file import CaseFile, case_file
from app.casework.names import naming, parts_of
from app.i18n import Texts
from app.model.people import Worker
from app.model.service import SectionKey
from app.model.statement import Paragraph, StatementText
from app.ports import Store
from app.statement.meetings_table import untold

_QUOTED = re.compile('[”“"»]([^”“"«»]+)[”“"«]')
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
#: what ends a sentence, begins a quotation or stands before a list's words: a capital letter behind it names nobody
_BEFORE_A_SENTENCE = re.compile(r"(?:^|[.!?:…•–“”\"»(\n])\s*$")


class Remarkable(StrEnum):
    """What may be amiss."""

    DIAGNOSIS = "diagnosis"
    OTHERS_NAME = "others-name"
    MEETING_UNTOLD = "meeting-untold"  # nobody has said whether it was held, so the table of meetings lacks it


@dataclass(frozen=True, slots=True)
class Remark:
    """Words of one section to look at once more."""

    look: Remarkable
    section: str
    words: tuple[str, ...]


def remarks(store: Store, text: StatementText) -> tuple[Remark, ...]:
    """Of what a hand wrote, by section in the order of the text, diagnoses first; then the meetings left out."""
    case, language = case_file(store, text.statement.case_id), text.statement.language
    known = _known(store, case, language)
    found: dict[tuple[Remarkable, str], dict[str, None]] = {}
    for p in text.paragraphs:
        if p.source and not p.by_hand:
            continue
        for look, words in (
            (Remarkable.DIAGNOSIS, _diagnoses(p, case, language)),
            (Remarkable.OTHERS_NAME, _names(p.text, known)),
        ):
            found.setdefault((look, p.section), {}).update(dict.fromkeys(words))
    order = list(Remarkable)
    rows = [Remark(look, section, tuple(words)) for (look, section), words in found.items() if words]
    t = Texts(language)
    days = [t.date(m.held.astimezone().date()) for m in untold(case, text.statement)]
    if days:
        rows.append(Remark(Remarkable.MEETING_UNTOLD, SectionKey.HOW_DONE, tuple(dict.fromkeys(days))))
    return tuple(sorted(rows, key=lambda r: order.index(r.look)))


@cache
def _content(language: str) -> dict[str, Any]:
    read: dict[str, Any] = tomllib.loads((resources.folder() / "texts" / "careful.toml").read_text("utf-8"))
    return dict(read[language])


@cache
def _diagnosis(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(_content(language)['diagnoses'])})\w*", re.IGNORECASE)


def _diagnoses(p: Paragraph, case: CaseFile, language: str) -> Iterable[str]:
    """Diagnosis words but those in quotation marks of a paragraph that names one of the case's documents."""
    said = p.text.casefold()
    sources = case.commission.sources if case.commission else ()
    is_told = any(s.title.casefold().strip() in said for s in sources if s.title.strip())
    quoted = [m.span(1) for m in _QUOTED.finditer(p.text)] if is_told else []
    for found in _diagnosis(language).finditer(p.text):
        if not any(start <= found.start() and found.end() <= end for start, end in quoted):
            yield found[0]


def _names(text: str, known: re.Pattern[str] | None) -> Iterable[str]:
    """Words with a capital letter inside a sentence that are nobody's of this statement."""
    for found in _WORD.finditer(text):
        word = found[0]
        is_a_name = word[0].isupper() and not word[1:2].isupper() and len(word) > 1
        if not is_a_name or _BEFORE_A_SENTENCE.search(text[: found.start()]):
            continue
        if known is None or not (known.fullmatch(word) or known.fullmatch(word.partition("-")[0])):
            yield word


def _known(store: Store, case: CaseFile, language: str) -> re.Pattern[str] | None:
    """What has a capital letter rightly: the people, the pair, who ordered, places, documents, the method."""
    c = case.commission
    pair = [store.get(Worker, w) for w in (case.case.lead, case.case.partner) if w]
    said = [
        case.case.code_name,
        *(x for p in case.everybody for x in (p.name, p.called)),
        *(x for w in pair for x in (w.name, w.employer, w.title)),
        *(x for m in case.every_meeting for x in (m.place, *(t.name.text(language) for t in m.plan))),
        *_content(language)["capitals"],
    ]
    if c is not None:
        said += [c.commissioner, c.unit, c.social_worker, c.controller, c.organiser, c.basis, *c.questions]
        said += [c.worker_role, c.leading_worker, c.producer, c.county_worker]
        said += [s.title for s in c.sources]
    places = {x.casefold() for x in _content(language)["places"]}  # whole: who is called Keski-Korpela is asked about
    words = places | {part for x in said for part in parts_of(x)} | {x.casefold() for x in said if x}
    return naming(words, language)
