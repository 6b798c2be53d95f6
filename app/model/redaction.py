"""The redacted copy (*peitetty kopio*): what one reader is not shown of a final version, and the finished copy.

The marks are values; the copy is always rendered anew from the kept document, never edited from a finished file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

#: what a run rests on that stands for what is covered
COVERED = "covered"


@dataclass(frozen=True, slots=True)
class CoveredPassage:
    """`start` to `end` of the words of one piece of the document, by its key, and the ground on which they go."""

    piece: str
    start: int
    end: int
    ground: str

    def touches(self, start: int, end: int) -> bool:
        """Whether it shares a letter with this stretch, or holds the place where an empty one stands."""
        return self.start < end and start < self.end if start < end else self.start <= start < self.end


@dataclass(frozen=True, slots=True)
class CoveredWord:
    """A name or another word that goes everywhere it stands, with its endings."""

    word: str
    ground: str


@dataclass(frozen=True, slots=True)
class Redaction:
    """What one reader is not shown of a final version. It can be worked on as long as the version is there.

    `person_id` is the reader where it is somebody of the case, else `reader` says who it is. `ground` in a mark is a
    key of the pick-list of grounds, or own words.
    """

    id: str
    statement_id: str
    worker_id: str
    begun: datetime
    person_id: str = ""
    reader: str = ""
    passages: tuple[CoveredPassage, ...] = ()
    words: tuple[CoveredWord, ...] = ()

    @property
    def has_reader(self) -> bool:
        return bool(self.person_id or self.reader.strip())

    @property
    def is_empty(self) -> bool:
        return not self.passages and not self.words

    def covering(self, new: Iterable[CoveredPassage]) -> Redaction:
        """With more passages covered; what they share a letter with is taken into them, each piece in its order."""
        held = list(self.passages)
        for one in new:
            near = [p for p in held if p.piece == one.piece and p.start <= one.end and one.start <= p.end]
            same = [p for p in near if p.touches(one.start, one.end) or p.ground == one.ground]
            start, end = min([one.start, *(p.start for p in same)]), max([one.end, *(p.end for p in same)])
            held = [p for p in held if p not in same]
            held.append(replace(one, start=start, end=end))
        return replace(self, passages=tuple(sorted(held, key=lambda p: (p.piece, p.start))))

    def uncovering(self, piece: str, start: int, end: int) -> Redaction:
        """Without the passages that a stretch touches."""
        left = tuple(p for p in self.passages if p.piece != piece or not p.touches(start, end))
        return replace(self, passages=left)

    def without_word(self, word: str) -> Redaction:
        return replace(self, words=tuple(w for w in self.words if w.word != word))

    def with_word(self, word: str, ground: str) -> Redaction:
        """With a word covered everywhere; the same word again takes the other ground."""
        cleaned = " ".join(word.split())
        return replace(self, words=(*self.without_word(cleaned).words, CoveredWord(cleaned, ground)))


@dataclass(frozen=True, slots=True)
class RedactedCopy:
    """A finished copy as it was made for a reader: whatever is handed over of it again is this file.

    `original_sha256` is of the file of the version that it was made from. `sha256` and `size` are of the copy, which
    lies in `container` under `wrapped_key`, in `chunks`; `passages` and `words` are what was covered then.
    """

    id: str
    statement_id: str
    redaction_id: str
    worker_id: str
    made: datetime
    person_id: str
    reader: str
    original_sha256: str
    sha256: str
    size: int
    chunks: int
    container: str
    wrapped_key: bytes = field(metadata={"journal": False})
    passages: tuple[CoveredPassage, ...] = field(default=(), metadata={"journal": False})
    words: tuple[CoveredWord, ...] = field(default=(), metadata={"journal": False})
