"""Schemes, instruments and templates in the archive: versions that stay, drafts, and what is agreed about them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.model.recording import Recording
from app.model.timecode import Micros


class ContentKind(StrEnum):
    """What kinds of content there are. The first two are what a coding is made with."""

    SCHEME = "scheme"
    INSTRUMENT = "instrument"
    TEMPLATE = "template"


#: what a coding is made with
CODED_WITH = (ContentKind.SCHEME, ContentKind.INSTRUMENT)


@dataclass(frozen=True, slots=True)
class StoredContent:
    """One version of a content as its file said it: published here, or kept because something was made with it.

    `kind` is that of `ContentKind`; `content_id` and `version` are those of the content; `text` is the whole file.
    Never changed: another wording is another version.
    """

    id: str
    kind: str
    content_id: str
    version: int
    text: str


def stored_id(kind: str, content_id: str, version: int) -> str:
    """The id under which a version is kept."""
    return f"{kind}/{content_id}/{version}"


@dataclass(frozen=True, slots=True)
class ContentDraft:
    """A scheme, instrument or template being worked on; there is at most one per content.

    `base_version` is the version that it goes on from, 0 for a new one; `text` is the whole file, finished or not.
    """

    id: str
    kind: ContentKind
    content_id: str
    base_version: int
    text: str


@dataclass(frozen=True, slots=True)
class ContentTerms:
    """What is agreed about one content, whatever its version (domain 1.1 and 2.6).

    `licensed`: its texts are another's; they stay in this archive and leave with no export. `licence` is the licence's
    number, `expires` its last day. `workers` are the ids of those who may use it: named one by one for what is
    licensed, everybody when nobody is named for what is not. `retired`: no longer offered.
    """

    id: str
    kind: ContentKind
    content_id: str
    licensed: bool = False
    licence: str = ""
    expires: date | None = None
    workers: tuple[str, ...] = ()
    retired: bool = False

    def allows(self, worker_id: str, day: date) -> bool:
        """Whether a worker may take it into use on `day`."""
        if self.retired or (self.expires is not None and day > self.expires):
            return False
        return worker_id in self.workers or not (self.licensed or self.workers)


def terms_id(kind: str, content_id: str) -> str:
    """The id under which the terms of a content are kept."""
    return f"{kind}/{content_id}"


@dataclass(frozen=True, slots=True)
class ExampleClip:
    """A stretch of a film that shows what a code means, in time of that film.

    Shown only while everybody filmed has the training consent in force; leaves with no export of the scheme.
    """

    id: str
    scheme_id: str
    code_id: str
    recording_id: str
    start: Micros
    end: Micros

    def __post_init__(self) -> None:
        assert self.end > self.start, "a clip has a length"

    def on_other(self, before: Recording, after: Recording) -> ExampleClip:
        """The same moments of the meeting when the film was replaced by one with another clock."""
        start, end = (after.to_film(before.to_meeting(time)) for time in (self.start, self.end))
        return replace(self, start=start, end=max(end, start + 1))
