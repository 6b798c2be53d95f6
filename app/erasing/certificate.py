"""The certificate of an erasing as it is printed: read from the archive, with what is known of backups by now."""

from __future__ import annotations

from pathlib import Path

from app.casework.left_clips import left_clips
from app.casework.mandate import told_mandate
from app.casework.retention_words import span_words, whose_words
from app.casework.sent_films import sent
from app.door import Door
from app.i18n import Texts
from app.model.erasure import Certificate, Erasure, KeptUnder, MadeBackup
from app.model.people import Worker
from app.ports import Archive, Store
from app.vocabulary import StatementTexts
from app.whole_file import write_whole


def certificate_of(store: Store, erasure_id: str) -> Certificate:
    """Raises StoreError(`not-found`)."""
    erasure = store.get(Erasure, erasure_id)
    return Certificate(
        erasure,
        _name(store, erasure.worker_id),
        store.find(MadeBackup, id=erasure.backups),
        sent(store, ((film.id, film.meeting_id) for film in erasure.films), erasure.at),
        _name(store, erasure.second_id),
        left_clips(store, (film.id for film in erasure.films), erasure.at),
    )


def kept_under_words(t: Texts, under: KeptUnder, *, of_case: bool = True) -> tuple[tuple[str, str], ...]:
    """On whose behalf it was kept, by which rule, and what was to go back: rows in the paper's language."""
    # what is of no case was kept for the office itself
    rows = list(told_mandate(t.language, under.mandate)) if of_case else []
    if under.since is not None:
        rule = f"{span_words(t, under.since, under.months)}. {whose_words(t, under.source, own=under.own)}"
        rows.append((t.tr("Rule of keeping"), rule))
    if under.return_rule:
        back = StatementTexts(t.language).said("return_rules", under.return_rule)
        if under.returned is not None:
            back = t.tr("{rule}; returned {day}", rule=back, day=t.date(under.returned))
        rows.append((t.tr("What goes back at the end, and to whom"), back))
    return tuple(rows)


def _name(store: Store, worker_id: str) -> str:
    workers = store.find(Worker, id=worker_id) if worker_id else ()
    return workers[0].name if workers else worker_id


def write_certificate(door: Door, archive: Archive, erasure_id: str, texts: Texts, path: Path) -> None:
    """Print a certificate; places of backups that are there are looked at first, so it is work for a job.

    Raises AppError(`cannot-write`), StoreError; what was at `path` before is then untouched.
    """
    from app.reports.erasure_certificate import erasure_certificate

    door.tell(archive.erasing.look_for_backups(), None)
    made = certificate_of(door.store, erasure_id)
    write_whole(
        path,
        erasure_certificate(
            made, texts, kept_under_words(texts, made.erasure.under, of_case=made.erasure.whole is None)
        ),
    )
    door.store.note("export", Erasure, erasure_id)
