"""What a redacted copy says: the kept document with marked passages and words put out, each with its ground.

The length of what is covered is not told: whatever it was, the same few words stand in its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from app.casework.names import naming
from app.i18n import Texts
from app.model.hidden import Hidden, hidden_between
from app.model.redaction import COVERED, CoveredPassage, Redaction
from app.model.statement import Paragraph, ParagraphKind, Run
from app.model.statement_document import CopyTold, DocumentSection, PageHead, StatementDocument
from app.vocabulary import StatementTexts

#: pieces of the head, by key: its title, the name below it, its facts by number, and why one signs
TITLE, SUBTITLE, LEAD, FACT, ALONE = "title", "subtitle", "lead", "fact/", "alone"
#: between the cells of a row as a piece has it
CELL = "\t"


@dataclass(frozen=True, slots=True)
class Piece:
    """One passage that can be covered, whole or in part: `words` is what is read of it.

    `name` is what a fact of the head is called; `is_whole` of a drawing, whose numbers go together or not at all.
    """

    key: str
    section: str
    title: str
    words: str
    name: str = ""
    kind: ParagraphKind = ParagraphKind.BODY
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Covered:
    """The document as its reader gets it; `grounds` are the laws in the order of their numbers in the text.

    `said` and `left` are all the words of the version and of the copy, `names` is the pattern of words that go
    everywhere: what is hidden lies between them.
    """

    document: StatementDocument
    grounds: tuple[str, ...]
    said: tuple[str, ...]
    left: tuple[str, ...]
    names: str

    def hidden(self, told: CopyTold | None = None) -> Hidden:
        """What must stand nowhere in the file; `told` is what the copy says of itself."""
        fixed = list(_fixed(self.document))
        if told is not None:
            fixed += [told.mark, *told.lines, told.grounds_title, *told.grounds, *told.signed]
        return hidden_between(self.said, (*self.left, *fixed), self.names)


def pieces(document: StatementDocument) -> tuple[Piece, ...]:
    """Everything of a document that a mark can stand on, in reading order."""
    head = [Piece(TITLE, "", "", document.title), Piece(SUBTITLE, "", "", document.subtitle)]
    head.append(Piece(LEAD, "", "", document.lead))
    head += [Piece(f"{FACT}{n}", "", "", value, name) for n, (name, value) in enumerate(document.facts)]
    rows = [*head]
    for section in document.sections:
        rows += [_piece(section, p) for p in section.paragraphs]
    if document.alone:
        rows.append(Piece(ALONE, document.signature_section, "", document.alone))
    return tuple(piece for piece in rows if piece.words.strip())


def _piece(section: DocumentSection, p: Paragraph) -> Piece:
    title = f"{section.number}. {section.title}"
    return Piece(p.id, section.key, title, words_of(p), kind=p.kind, is_whole=p.kind == ParagraphKind.CHART)


def words_of(p: Paragraph) -> str:
    """What is read of a paragraph: its text, or the name of a table and its rows."""
    if p.kind not in (ParagraphKind.TABLE, ParagraphKind.CHART):
        return p.text
    return "\n".join((p.about, *(CELL.join(row) for row in p.cells)))


def pattern_of(words: Iterable[str], language: str) -> re.Pattern[str] | None:
    """What finds covered words everywhere, with the endings of the document's language."""
    return naming((w.casefold() for w in words if w.strip()), language)


def covered(document: StatementDocument, redaction: Redaction, silent: re.Pattern[str] | None = None) -> Covered:
    """The copy's document, unsigned and without a place to sign. Reads nothing but its arguments.

    A line that leads to another passage says again what stands in one of the two, and no mark can be put on it: it goes
    with any mark on either, and with what `silent` finds in it.
    """
    made = _Covering(document, redaction, silent)
    copy = made.document()
    names = "|".join(p.pattern for p, _ in made.words)
    return Covered(copy, tuple(made.grounds), tuple(_all_words(document)), tuple(_all_words(copy)), names)


class _Covering:
    """One document on its way: grounds are numbered as they are first met in it."""

    def __init__(self, document: StatementDocument, redaction: Redaction, silent: re.Pattern[str] | None) -> None:
        self._silent = silent
        self._document, self._texts = document, StatementTexts(document.language)
        self.grounds: list[str] = []
        self._marks: dict[str, list[CoveredPassage]] = {}
        for passage in redaction.passages:
            self._marks.setdefault(passage.piece, []).append(passage)
        found = ((pattern_of([w.word], document.language), w.ground) for w in redaction.words)
        self.words = [(pattern, ground) for pattern, ground in found if pattern is not None]

    def document(self) -> StatementDocument:
        d = self._document
        title, subtitle = self._text(TITLE, d.title), self._text(SUBTITLE, d.subtitle)
        facts = tuple((self._text("", n), self._text(f"{FACT}{k}", v)) for k, (n, v) in enumerate(d.facts))
        sections = tuple(self._section(s) for s in d.sections)
        return replace(
            d,
            title=title,
            subtitle=subtitle,
            producer=tuple(self._text("", x) for x in d.producer),
            facts=facts,
            sections=sections,
            alone=self._text(ALONE, d.alone),
            lead=self._text(LEAD, d.lead),
            letterhead=self._letterhead(d.letterhead),
            signers=tuple(
                replace(
                    s,
                    worker_id="",
                    name=self._text("", s.name),
                    title=self._text("", s.title),
                    employer=self._text("", s.employer),
                    training=tuple(self._text("", x) for x in s.training),
                )
                for s in d.signers
            ),
            references=tuple(
                replace(r, words=self._text("", r.words))
                for r in d.references
                if self._marks.keys().isdisjoint((r.paragraph, r.target)) and not self._names(r.words)
            ),
            about=self._text("", d.about),
        )

    def _names(self, words: str) -> bool:
        return self._silent is not None and bool(self._silent.search(words))

    def _letterhead(self, head: PageHead | None) -> PageHead | None:
        if head is None:
            return None
        address = tuple(self._text("", line) for line in head.address)
        name, said = self._text("", head.name), self._text("", head.logo_words)
        is_told = (name, said) == (head.name, head.logo_words)
        # nobody can look into the picture for a word: it may draw the very name that is covered beside it
        return PageHead(name, address, *((head.logo, said) if is_told else ("", "")))

    def _section(self, section: DocumentSection) -> DocumentSection:
        return replace(
            section,
            title=self._text("", section.title),
            note=self._text("", section.note),
            paragraphs=tuple(self._paragraph(p) for p in section.paragraphs),
        )

    def _is_whole(self, key: str, words: str) -> bool:
        """Whether nothing of a paragraph is left."""
        held = self._marks.get(key, ())
        gone = sum(min(p.end, len(words)) - p.start for p in held)
        return bool(held) and gone >= len(words.strip())

    def _paragraph(self, p: Paragraph) -> Paragraph:
        """With what is covered replaced; a drawing of which a part is covered goes whole."""
        words, held = words_of(p), self._marks.get(p.id, ())
        if held and (p.kind == ParagraphKind.CHART or self._is_whole(p.id, words)):
            said = self._label(held[0].ground, "covered_part")
            kind = ParagraphKind.BODY if p.cells else p.kind
            return Paragraph(p.id, p.statement_id, p.section, p.place, (Run(said, evidence=COVERED),), kind)
        if p.cells:
            return self._table(p)
        return replace(p, runs=tuple(self._runs(p.id, p.runs)))

    def _runs(self, key: str, runs: Sequence[Run]) -> Iterator[Run]:
        """The runs with what is covered as runs of its own."""
        text, at = "".join(r.text for r in runs), 0
        stretches = self._stretches(key, text)
        for run in runs:
            end = at + len(run.text)
            while at < end:
                inside = next((s for s in stretches if s[0] <= at < s[1]), None)
                if inside is not None:
                    if at == inside[0]:
                        yield Run(self._label(inside[2]), evidence=COVERED)
                    at = min(end, inside[1])
                    continue
                until = min([end, *(s[0] for s in stretches if s[0] > at)])
                yield replace(run, text=text[at:until], evidence="")
                at = until

    def _stretches(self, key: str, text: str) -> list[tuple[int, int, str]]:
        """From where to where something is covered, and why, in order and apart from each other."""
        found = [(max(p.start, 0), min(p.end, len(text)), p.ground) for p in self._marks.get(key, ()) if key]
        for pattern, ground in self.words:
            found += [(m.start(), m.end(), ground) for m in pattern.finditer(text)]
        merged: list[tuple[int, int, str]] = []
        for start, end, ground in sorted(x for x in found if x[0] < x[1]):
            if merged and start < merged[-1][1]:
                first, last, why = merged[-1]
                merged[-1] = (first, max(last, end), why)
            else:
                merged.append((start, end, ground))
        return merged

    def _text(self, key: str, text: str) -> str:
        """A text that has no runs."""
        return "".join(r.text for r in self._runs(key, (Run(text),)))

    def _table(self, p: Paragraph) -> Paragraph:
        """Cell by cell: a mark covers whatever of a cell it touches."""
        stretches = self._stretches(p.id, words_of(p))
        at = 0

        def cell(text: str) -> str:
            nonlocal at
            begin, at = at, at + len(text) + 1
            inside = [(max(s - begin, 0), min(e - begin, len(text)), g) for s, e, g in stretches]
            parts, done = [], 0
            for start, end, ground in (x for x in inside if x[0] < x[1]):
                parts += [text[done:start], self._label(ground)]
                done = end
            return "".join((*parts, text[done:]))

        about = cell(p.about)
        return replace(p, about=about, cells=tuple(tuple(cell(text) for text in row) for row in p.cells))

    def _label(self, ground: str, word: str = "covered") -> str:
        law = self._texts.said("redaction_grounds", ground)
        if law not in self.grounds:
            self.grounds.append(law)
        return self._texts.word(word, number=self.grounds.index(law) + 1)


def _all_words(d: StatementDocument) -> Iterator[str]:
    """Everything that a document prints or tells, piece by piece."""
    if d.letterhead is not None:
        yield from (d.letterhead.name, *d.letterhead.address, d.letterhead.logo_words)
    yield from (
        d.title,
        d.subtitle,
        d.lead,
        d.about,
        d.alone,
        d.status_line,
        d.day_words,
        *d.producer,
        *d.confidentiality,
    )
    for name, value in d.facts:
        yield f"{name}\n{value}"
    for s in d.sections:
        yield f"{s.number}. {s.title}"
        yield s.note
        yield from (words_of(p) for p in s.paragraphs)
    for signer in d.signers:
        yield from (signer.name, signer.role, signer.title, signer.employer, *signer.training)
    yield from (r.words for r in d.references)
    yield from (f"{letter} {word}" for letter, word in d.dimensions)
    w = d.words
    yield from (w.draft, w.status, w.page, w.version, w.signature, w.place_and_date, w.training)


def _fixed(d: StatementDocument) -> tuple[str, ...]:
    """What the pages say by themselves around any text, and what stands for what is covered."""
    t, words = Texts(d.language), StatementTexts(d.language)
    tr: Callable[[str], str] = t.tr
    one, many = "Section {numbers} has nothing to report.", "Sections {numbers} have nothing to report."
    nothing = [t.trn(one, many, n, numbers="") for n in (1, 2)]
    return (
        tr("Contents"), tr("Rests on:"), tr("p."), tr("worker A"), tr("worker B"), tr("no occasion to observe"),
        tr("Dimension"), *nothing, tr("What was asked, and the answer in short"), tr("Reasons:"), tr("No answer yet."),
        tr("Scale {low}–{high}; –: no occasion to observe."), words.word("covered", number=""),
        words.word("covered_part", number=""),
    )  # fmt: skip
