"""Words that the writers are asked to look at once more; nothing of it changes a word.

A diagnosis is a health care professional's: here it is quoted, with the paper that it is from (domain 4.3). A name that
is not among the statement's people may be somebody's who is no part of it. Towns that are often met are not asked
about; any other place is, for nothing tells it from a person.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Any

import resources
from app.casework.names import naming, parts_of
from app.i18n import Texts
from app.model.checks import Finding, Lack
from app.model.commission import PICKED
from app.model.people import Worker
from app.model.service import SectionKey
from app.model.statement import Paragraph
from app.statement.looked import Looked
from app.statement.meetings_table import untold
from app.vocabulary import StatementTexts

_QUOTED = re.compile('[”“"»]([^”“"«»]+)[”“"«]')
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
#: what ends a sentence, begins a quotation or stands before a list's words: a capital letter behind it names nobody
_BEFORE_A_SENTENCE = re.compile(r"(?:^|[.!?:…•–“”\"»(\n])\s*$")


#: data that are seldom needed on a page: an identity code, a telephone number, an address, an account
_PRIVATE = re.compile(
    r"\b\d{6}[-+A-FU-Y]\d{3}[0-9A-Z]\b"
    r"|(?<![\w.,])(?:\+\d{3}\s?|0)\d{1,3}[\s-]?\d{3,4}[\s-]?\d{2,4}(?![\w.,]\d)"
    r"|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|\b[A-ZÅÄÖ][\wåäöÅÄÖ-]*(?:katu|tie|kuja|polku|gatan|vägen|stigen|gränden|\s(?:Street|Road|Lane))\s\d+(?:\s[A-Z]\b)?"
    r"|\bFI\d{2}(?:\s?\d{4}){3}\s?\d{2}\b"
)
#: `{nimi}`, `____`, `XXX`, `??`, `[ ]`; and `[nimi]` with the words of `careful.toml`
_BLANK = r"\{[^}\n]{0,60}\}|_{3,}|(?<!\w)[Xx]{2,}(?!\w)|\?\?+|\[\s*\]"


def diagnoses(at: Looked) -> Iterable[Finding]:
    """Diagnosis words but those in quotation marks of a paragraph that names one of the case's documents."""
    return _by_section(at, Lack.DIAGNOSIS, partial(_diagnoses, at))


def theory(at: Looked) -> Iterable[Finding]:
    """Words that belong to the theory and are no observation (domain 2.1), but those that somebody said."""
    found = partial(_outside_quotes, _beginning(at.language, "theory"))
    return _by_section(at, Lack.THEORY_ONLY, found)


def names(at: Looked) -> Iterable[Finding]:
    """Names that are nobody's of this statement."""
    known = known_names(at)
    return _by_section(at, Lack.OTHERS_NAME, lambda p: _names(p.text, known))


def private_data(at: Looked) -> Iterable[Finding]:
    """Identity codes, telephone numbers, addresses and accounts, whosever they are."""
    return _by_section(at, Lack.PRIVATE_DATA, lambda p: (found[0] for found in _PRIVATE.finditer(p.text)))


def placeholders(at: Looked) -> Iterable[Finding]:
    """Blanks that nobody filled, each paragraph by itself; the words of a source are not looked at."""
    words = "|".join(content(at.language)["blanks"])
    pattern = re.compile(rf"{_BLANK}|\[(?i:{words})\]")
    for p in at.by_hand():
        own = "\0".join(r.text for r in p.runs if not r.evidence)
        if found := tuple(dict.fromkeys(f[0] for f in pattern.finditer(own))):
            yield Finding(Lack.PLACEHOLDER, p.section, paragraph=p.id, words=found)


def untold_meetings(at: Looked) -> Iterable[Finding]:
    """The days of meetings of which nobody has said whether they were held."""
    t = Texts(at.language)
    days = [t.date(m.held.astimezone().date()) for m in untold(at.case, at.text.statement)]
    if days:
        yield Finding(Lack.MEETING_UNTOLD, SectionKey.HOW_DONE, words=tuple(dict.fromkeys(days)))


def _by_section(at: Looked, lack: Lack, find: Callable[[Paragraph], Iterable[str]]) -> Iterable[Finding]:
    """One finding for each section with such words, in the order of the text; it leads to the first of them."""
    found: dict[str, dict[str, None]] = {}
    place: dict[str, str] = {}
    for p in at.by_hand():
        if words := dict.fromkeys(find(p)):
            found.setdefault(p.section, {}).update(words)
            place.setdefault(p.section, p.id)
    return (Finding(lack, s, paragraph=place[s], words=tuple(words)) for s, words in found.items())


@cache
def content(language: str) -> dict[str, Any]:
    """The words of `careful.toml` in a language."""
    read: dict[str, Any] = tomllib.loads((resources.folder() / "texts" / "careful.toml").read_text("utf-8"))
    return dict(read[language])


@cache
def _beginning(language: str, words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(content(language)[words])})\w*", re.IGNORECASE)


def _diagnoses(at: Looked, p: Paragraph) -> Iterable[str]:
    said = p.text.casefold()
    sources = at.case.commission.sources if at.case.commission else ()
    pattern = _beginning(at.language, "diagnoses")
    if any(s.title.casefold().strip() in said for s in sources if s.title.strip()):
        return _outside_quotes(pattern, p)
    return (found[0] for found in pattern.finditer(p.text))


def _outside_quotes(pattern: re.Pattern[str], p: Paragraph) -> Iterable[str]:
    quoted = [m.span(1) for m in _QUOTED.finditer(p.text)]
    for found in pattern.finditer(p.text):
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


def known_names(at: Looked) -> re.Pattern[str] | None:
    """What has a capital letter rightly: the people, the pair, who ordered, places, documents, the method."""
    case, language, c = at.case, at.language, at.case.commission
    pair = [at.store.get(Worker, w) for w in at.pair]
    said = [
        case.case.code_name,
        *(x for p in case.everybody for x in (p.name, p.called)),
        *(x for w in pair for x in (w.name, w.employer, w.title)),
        *(x for m in case.every_meeting for x in (m.place, *(t.name.text(language) for t in m.plan))),
        *content(language)["capitals"],
    ]
    if c is not None:
        picked = [StatementTexts(language).said(table, getattr(c, field)) for field, table in PICKED.items()]
        said += [c.commissioner, c.social_worker, c.controller, c.organiser, *picked, *c.questions]
        said += [c.leading_worker, c.producer, c.county_worker]
        said += [s.title for s in c.sources]
    places = {x.casefold() for x in content(language)["places"]}  # whole: who is called Keski-Korpela is asked about
    words = places | {part for x in said for part in parts_of(x)} | {x.casefold() for x in said if x}
    return naming(words, language)
