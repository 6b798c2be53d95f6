"""The statement as its page maker wants it: values only, everything already in the statement's own language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.model.statement import Paragraph


@dataclass(frozen=True, slots=True)
class Signer:
    """One of the pair in the signature block. `training` is what is relevant to the method, a line each.

    `worker_id` is whose field it is; documents of an older program do not say it, and have no field to sign.
    """

    name: str
    role: str = ""
    title: str = ""
    employer: str = ""
    training: tuple[str, ...] = ()
    worker_id: str = ""


@dataclass(frozen=True, slots=True)
class DocumentSection:
    """A section under its own number; without paragraphs it is left out, and no other number changes.

    `note` is what the reader is told of its text before it; a section of headings alone has none.
    """

    key: str
    number: int
    title: str
    paragraphs: tuple[Paragraph, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class DocumentWords:
    """The fixed words of the pages. `page` holds the places `{page}` and `{pages}`; `draft` is the watermark."""

    draft: str
    status: str
    page: str
    version: str
    signature: str
    place_and_date: str
    training: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A paragraph that rests on what another one tells: both by their ids; `words` is what it rests on."""

    paragraph: str
    target: str
    words: str


@dataclass(frozen=True, slots=True)
class PageHead:
    """Who stands above the title of page one: an employer's name, the lines of its address, and its logo.

    `logo` is a picture as base64 of its file, empty for none; `logo_words` is what is read of it.
    """

    name: str
    address: tuple[str, ...] = ()
    logo: str = ""
    logo_words: str = ""


@dataclass(frozen=True, slots=True)
class CopyTold:
    """What a redacted copy tells of itself: `mark` on every page, `lines` below the title, then the law of each number.

    `signed` says of each signer, in the document's order, what became of the original's place to sign.
    """

    mark: str
    lines: tuple[str, ...]
    grounds_title: str
    grounds: tuple[str, ...]
    signed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatementDocument:
    """Everything that is printed.

    `title` is the document kind with the child's code name, `subtitle` the name of the method's result. `facts` are
    (name, value) rows of the head. `confidentiality` is the word, its basis and what else stands in the marking.
    `spoken` are what languages are called in it, each with its code: so a quotation tells its language.
    `signature_section` is the key of the section that ends with the signature block; `alone` says there why one signs.
    `dimensions` are (letter, word). `lead` is a sentence under the title. `answers_in` is the key of the section whose
    answers page one tells in short; empty where it tells none. `letterhead` is of the first of the `producer`.
    """

    language: str
    title: str
    subtitle: str
    producer: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    sections: tuple[DocumentSection, ...]
    signers: tuple[Signer, ...]
    confidentiality: tuple[str, ...]
    status_line: str
    words: DocumentWords
    final: bool
    day: date
    day_words: str
    version: int
    signature_section: str
    dimensions: tuple[tuple[str, str], ...] = ()
    references: tuple[Reference, ...] = ()
    spoken: tuple[tuple[str, str], ...] = ()
    alone: str = ""
    lead: str = ""
    answers_in: str = ""
    letterhead: PageHead | None = None
    about: str = ""  # what the file says of itself beside its title; names nobody

    def dimension(self, letter: str) -> str:
        """The word of a dimension; its letter when the scheme does not know it."""
        return next((word for known, word in self.dimensions if known == letter), letter)
