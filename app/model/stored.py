"""Content as it was when it was used: the text of a scheme or instrument that codings refer to by id and version."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StoredContent:
    """One version of a scheme or instrument as its file said it, kept so that a coding keeps its version.

    `kind` is `scheme` or `instrument`; `content_id` and `version` are those of the content; `text` is the whole file.
    Never changed: another wording is another version.
    """

    id: str
    kind: str
    content_id: str
    version: int
    text: str
