"""What `havainto rescue` prints: numbers by kind, never a name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from app.ports.rescue import FilesFound, Found, KindFound


def told(found: Found, into: Path | None) -> str:
    """The whole report, a line each; without `into` the archive was only looked at."""
    return "\n".join(_lines(found, into))


def _lines(found: Found, into: Path | None) -> Iterator[str]:
    yield f"rescued: {into}" if into is not None else "looked at, nothing written"
    yield f"database: {found.pages} pages, {found.damaged} damaged"
    if found.log_lost:
        yield f"log beside the database: {found.log_lost} pages damaged; an older state of them counts"
    if found.unsealed:
        yield "the first page's salt is lost: no page's seal could be checked"
    if found.untold:
        yield f"{found.untold} pages hold rows of which nobody can tell the table"
    yield from (_kind(kind) for kind in found.kinds if kind.found or kind.missing)
    yield from (_files(files, into) for files in found.files)
    drafts = f"{found.drafts} {'files' if into is None else 'files carried over unopened'}"
    damaged = f", {found.drafts_damaged} of them damaged in places" if found.drafts_damaged else ""
    yield f"sealed drafts: {drafts}{damaged}" + (f", {found.drafts_lost} lost" if found.drafts_lost else "")
    lacking = f", {found.rows_missing} missing" if found.rows_missing else ", none missing"
    yield f"access log: {found.log_rows} rows{lacking}"
    if found.stood_in:
        yield f"made as empty wholes for parts that are left: {found.stood_in}"
    if found.dropped:
        yield f"left out, for what they belong to is lost: {found.dropped}"
    for backup in found.backups:
        yield f"backup of {backup.made.date().isoformat()}: {backup.folder}" + ("" if backup.is_here else " (not here)")
    if into is not None:
        yield f"check of the new archive: {', '.join(found.troubles) or 'database and log are whole'}"


def _kind(kind: KindFound) -> str:
    words = f"{kind.kind}: {kind.found} read"
    if kind.missing:
        words += f", {kind.missing} lost"
    if kind.remade:
        words += f", {kind.remade} of them made again from the journal"
    return words


def _files(files: FilesFound, into: Path | None) -> str:
    damaged = "damaged in places" + ("" if into is None else ", carried over as they lie")
    words = f"files of {files.kind}: {files.whole} whole"
    if files.damaged:
        words += f", {files.damaged} {damaged}"
    return words + (f", {files.lost} lost" if files.lost else "")
