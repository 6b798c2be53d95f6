"""Making a redacted copy: marks for a reader, and the finished copy, rendered anew and searched before it is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject

from app import containers
from app.casework.apart import apart_from
from app.casework.case_file import CaseFile, case_file
from app.casework.names import naming
from app.casework.places import hidden_words
from app.door import Door
from app.editing import Editor
from app.errors import InputError, NotAllowed
from app.i18n import Texts, now, today
from app.model.change import Change, added, removed
from app.model.final_statement import FinalStatement
from app.model.hidden import plain, words_in
from app.model.identity import new_id
from app.model.people import Case, Person
from app.model.reading import READING_SOURCE, Reading, passage_source
from app.model.redaction import CoveredPassage, RedactedCopy, Redaction
from app.model.signature import PaperSignature, Signature
from app.model.statement import Evidence, Statement
from app.model.statement_document import CopyTold
from app.ports import MediaVault, Store
from app.statement.apart import silencing
from app.statement.covering import Covered, Piece, covered, pattern_of, pieces
from app.statement.final import refuse_unfit
from app.statement.signing import final_document, newest_file, places
from app.vocabulary import StatementTexts
from app.whole_file import in_file_names, write_whole


class RedactionEditor(Editor):
    """The only door through which the marks of one copy change: each step can be undone."""

    def __init__(self, store: Store, texts: Texts, redaction: Redaction, parent: QObject | None = None) -> None:
        super().__init__(store, parent)
        self.texts, self.redaction = texts, redaction
        final = final_document(store, self.statement)
        if final is None:
            raise NotAllowed("copy-of-draft")
        self.final = final
        self.pieces = pieces(final.document)

    @property
    def store(self) -> Store:
        """For reading."""
        return self._store

    @property
    def statement(self) -> Statement:
        return self._store.get(Statement, self.redaction.statement_id)

    def accept(self, changes: Sequence[Change]) -> None:
        for change in changes:
            if change.id == self.redaction.id and change.after is not None:
                self.redaction = cast("Redaction", change.after)

    def cover(self, passages: Iterable[CoveredPassage]) -> bool:
        return self._become(self.texts.tr("Passage covered"), self.redaction.covering(passages))

    def uncover(self, place: CoveredPassage) -> bool:
        """Away with the marks that share a letter with a stretch of a piece."""
        piece, start, end = place.piece, place.start, place.end
        return self._become(self.texts.tr("Passage uncovered"), self.redaction.uncovering(piece, start, end))

    def cover_word(self, word: str, ground: str) -> bool:
        """A name or another word everywhere. Without a letter in it nothing happens."""
        if not words_in(word):
            return True
        return self._become(self.texts.tr("Word covered"), self.redaction.with_word(word, ground))

    def uncover_word(self, word: str) -> bool:
        return self._become(self.texts.tr("Word uncovered"), self.redaction.without_word(word))

    def read_by(self, person_id: str, reader: str) -> bool:
        """For whom the copy is: somebody of the case, or who is named."""
        after = replace(self.redaction, person_id=person_id, reader="" if person_id else reader.strip())
        return self._become(self.texts.tr("Reader of the copy"), after)

    def _become(self, label: str, after: Redaction) -> bool:
        before = self.redaction
        return after == before or self.do(label, Change(before, after))

    def covered(self) -> Covered:
        """The copy as it would be now."""
        return covered(self.final.document, self.redaction, silent_of(self._store, self.redaction))

    def proposed(self, ground: str) -> tuple[CoveredPassage, ...]:
        """What would be covered of those whom the reader must not meet, and of hidden places; see `proposals`."""
        return proposals(self._store, self.redaction, self.pieces, ground)

    def left_standing(self) -> tuple[tuple[str, int], ...]:
        """Words that look like names, are covered somewhere, and stand elsewhere in another form: with how many."""
        made = self.covered()
        language = self.final.document.language
        found = []
        for word in sorted(made.hidden().words):
            if not any(word.capitalize() in text for text in made.said) or any(f" {word}" in t for t in made.said):
                continue
            pattern = naming([word], language)
            times = sum(len(pattern.findall(text)) for text in made.left) if pattern is not None else 0
            if times:
                found.append((word.capitalize(), times))
        return tuple(found)


def redactions(store: Store, statement_id: str) -> tuple[Redaction, ...]:
    """All of a version, the newest first."""
    held = store.find(Redaction, statement_id=statement_id)
    return tuple(sorted(held, key=lambda r: (r.begun, r.id), reverse=True))


def copies(store: Store, statement_id: str) -> tuple[RedactedCopy, ...]:
    """Finished copies of a version, the newest first."""
    held = store.find(RedactedCopy, statement_id=statement_id)
    return tuple(sorted(held, key=lambda c: (c.made, c.id), reverse=True))


def begin_redaction(door: Door, texts: Texts, statement_id: str) -> Redaction:
    """An empty one for a reader who is still to be chosen. Raises NotAllowed as the store does."""
    made = Redaction(new_id(), statement_id, door.store.me, now())
    door.write(texts.tr("Redacted copy begun"), [added(made)])
    return made


def readers_of_copies(case: CaseFile) -> tuple[Person, ...]:
    """Who of the case may be the reader of a copy: everybody but those whom only the network map names."""
    return tuple(p for p in case.everybody if not p.network_only)


def reader_called(store: Store, case_id: str, person_id: str, reader: str) -> str:
    """Who gets a copy, as it is printed and listed."""
    person = case_file(store, case_id).person(person_id) if person_id else None
    return (person.name or person.called) if person is not None else reader


def proposals(store: Store, redaction: Redaction, held: Sequence[Piece], ground: str) -> tuple[CoveredPassage, ...]:
    """Passages that name or quote somebody whom the reader must not meet, whole, and the words of hidden places."""
    statement = store.get(Statement, redaction.statement_id)
    case = case_file(store, statement.case_id)
    silent = {p.id for p in apart_from(case, redaction.person_id)} if redaction.person_id else set()
    pattern = silent_of(store, redaction)
    sources = _about_silent(store, case, statement, silent)
    places_told = naming((w.casefold() for w in hidden_words(case, today())), statement.language)
    found = []
    for piece in held:
        names = pattern is not None and pattern.search(plain(piece.words))
        if names or piece.key in sources:
            found.append(CoveredPassage(piece.key, 0, len(piece.words), ground))
        elif places_told is not None:
            found += [CoveredPassage(piece.key, m.start(), m.end(), ground) for m in places_told.finditer(piece.words)]
    return tuple(found)


def _about_silent(store: Store, case: CaseFile, statement: Statement, silent: set[str]) -> set[str]:
    """Ids of paragraphs that rest on a meeting of one of `silent`, or tell what one of them said of the text."""
    if not silent:
        return set()
    final = final_document(store, statement)
    assert final is not None, "a copy is of a final version"
    meetings = {m.id for m in case.every_meeting if m.adult_id in silent}
    evidence = {e.id for e in store.find(Evidence, statement_id=statement.id) if e.meeting_id in meetings}
    readings = [passage_source(r.id) for s in store.find(Statement, series=statement.series)
                for r in store.find(Reading, statement_id=s.id) if r.person_id in silent]  # fmt: skip
    found = set()
    for section in final.document.sections:
        for p in section.paragraphs:
            quotes = p.source.startswith(READING_SOURCE) and any(p.source.startswith(r) for r in readings)
            rests = any(r.evidence in evidence for r in p.runs) or any(m in p.source for m in meetings)
            if quotes or rests:
                found.add(p.id)
    return found


def copy_told(store: Store, redaction: Redaction, made: Covered, original: str) -> CopyTold:
    """What the copy says of itself."""
    statement = store.get(Statement, redaction.statement_id)
    word, texts = StatementTexts(statement.language).word, Texts(statement.language)
    d = made.document
    reader = reader_called(store, statement.case_id, redaction.person_id, redaction.reader)
    lines = (
        word("copy_for", reader=reader) if reader else "",
        word("copy_of", day=texts.date(today()), version=d.version, date=d.day_words),
        word("copy_prepared"),
        word("copy_original", sha256=original),
    )
    signed = []
    for place in places(store, statement):
        if isinstance(place.made, Signature):
            signed.append(word("copy_signed", date=texts.date(place.made.signed.astimezone().date())))
        elif isinstance(place.made, PaperSignature):
            signed.append(word("copy_signed_paper", date=texts.date(place.made.day)))
        else:
            signed.append(word("copy_unsigned"))
    told = tuple(line for line in lines if line)
    return CopyTold(word("redacted_copy"), told, word("copy_grounds"), made.grounds, tuple(signed))


def rendered(store: Store, redaction: Redaction) -> bytes:
    """The pages of a copy, made anew of the kept document and searched; for a thread of its own.

    Raises NotAllowed: `copy-covers-nothing`, `copy-names-kept-apart`, `copy-tells-place`; InputError
    `copy-tells-hidden` with where, when a hidden word was found in the finished file, and `pages-unfit`.
    """
    from app.reports.leaks import leaks
    from app.reports.statement_pdf import render_statement

    statement = store.get(Statement, redaction.statement_id)
    final = final_document(store, statement)
    if final is None:
        raise NotAllowed("copy-of-draft")
    if redaction.is_empty:
        raise NotAllowed("copy-covers-nothing")
    silent = silent_of(store, redaction)
    made = covered(final.document, redaction, silent)
    _refuse_naming(store, statement, made, silent)
    told = copy_told(store, redaction, made, original_sha256(store, final))
    pages = render_statement(made.document, told)
    refuse_unfit(pages, statement.language)
    found = leaks(pages, made.hidden(told), statement.language)
    if found:
        raise InputError("copy-tells-hidden", hidden=", ".join(found))
    return pages


def original_sha256(store: Store, final: FinalStatement) -> str:
    """The checksum of the version's file as it is now, with its signatures."""
    newest = newest_file(store, final.statement_id)
    return newest.sha256 if newest is not None else final.sha256


def silent_of(store: Store, redaction: Redaction | RedactedCopy) -> re.Pattern[str] | None:
    """What names somebody whom the reader must not meet; None when there is nobody."""
    if not redaction.person_id:
        return None
    statement = store.get(Statement, redaction.statement_id)
    case = case_file(store, statement.case_id)
    silent = {p.id for p in apart_from(case, redaction.person_id)}
    return silencing(store, case, statement, silent) if silent else None


def _refuse_naming(store: Store, statement: Statement, made: Covered, silent: re.Pattern[str] | None) -> None:
    """Nobody who is kept apart from the reader, and no hidden place, is left in the words of the copy."""
    case = case_file(store, statement.case_id)
    left = [*(piece.words for piece in pieces(made.document)), *(r.words for r in made.document.references)]
    left = [plain(words) for words in left]
    if silent is not None and any(map(silent.search, left)):
        raise NotAllowed("copy-names-kept-apart")
    told = naming((w.casefold() for w in hidden_words(case, today())), statement.language)
    if told is not None and any(map(told.search, left)):
        raise NotAllowed("copy-tells-place")


def make_copy(door: Door, media: MediaVault, redaction_id: str) -> RedactedCopy:
    """The finished copy is kept as it is from now on; logged with its checksum, not undoable.

    Raises as `rendered`, NotAllowed `copy-no-reader`, ContainerError for the disk; then nothing is left.
    """
    store = door.store
    redaction = store.get(Redaction, redaction_id)
    if not redaction.has_reader:
        raise NotAllowed("copy-no-reader")
    statement = store.get(Statement, redaction.statement_id)
    final = final_document(store, statement)
    pages = rendered(store, redaction)
    assert final is not None, "what was rendered is final"
    copy_id = new_id()
    taken = containers.keep(media, copy_id, pages)
    made = RedactedCopy(
        copy_id, statement.id, redaction.id, store.me, now(), redaction.person_id, redaction.reader,
        original_sha256(store, final), taken.sha256, taken.size, taken.chunks, taken.container, taken.wrapped_key,
        redaction.passages, redaction.words,
    )  # fmt: skip
    try:
        door.write(Texts(statement.language).tr("Redacted copy made"), [added(made)], act="redacted-copy")
    except BaseException:
        containers.discard(media, taken.container)
        raise
    return made


def pages_of_copy(media: MediaVault, made: RedactedCopy) -> bytes:
    """The finished copy, byte for byte. Raises ContainerError when it is not what was kept."""
    return containers.read(media, made)


def words_everywhere(redaction: Redaction, piece: Piece, language: str) -> tuple[tuple[int, int], ...]:
    """Where covered words stand in a piece, from and to which letter."""
    pattern = pattern_of([w.word for w in redaction.words], language)
    return tuple((m.start(), m.end()) for m in pattern.finditer(piece.words)) if pattern is not None else ()


def may_copy(store: Store, statement: Statement) -> bool:
    """Whether who is signed in may make redacted copies of a version."""
    case = store.get(Case, statement.case_id)
    return statement.is_final and store.me in (case.lead, case.partner)


def begin_like(door: Door, texts: Texts, copy: RedactedCopy) -> Redaction:
    """New marks as a finished copy had them, for a reader who is still to be chosen."""
    made = Redaction(new_id(), copy.statement_id, door.store.me, now(), passages=copy.passages, words=copy.words)
    door.write(texts.tr("Redacted copy begun"), [added(made)])
    return made


def discard_redaction(door: Door, texts: Texts, held: Redaction) -> None:
    """Marks of which no copy was made go. Raises NotAllowed(`copy-stays`)."""
    door.write(texts.tr("Marks of a copy discarded"), [removed(held)])


def copy_file_name(store: Store, statement: Statement, copy: RedactedCopy) -> str:
    """What its PDF is called: the kind of document, the code name, the version, the word for a copy and the day.

    Not whose the version is, and no code name that tells of somebody whom the reader must not meet.
    """
    words, silent = StatementTexts(statement.language), silent_of(store, copy)
    code_name = store.get(Case, statement.case_id).code_name
    told = "" if silent is not None and silent.search(code_name) else code_name
    day, word = copy.made.astimezone().date().isoformat(), words.word("redacted_copy").lower()
    parts = (words.document_kind(statement.kind), told, f"v{statement.version}", word, day)
    return in_file_names(" ".join(x for x in parts if x)) + ".pdf"


def export_copy(door: Door, media: MediaVault, copy: RedactedCopy, path: Path) -> None:
    """Write a finished copy to `path`, whole or not at all; logged with its checksum.

    Raises AppError(`cannot-write`), ContainerError.
    """
    write_whole(path, pages_of_copy(media, copy))
    door.store.note("export", Statement, copy.statement_id, f"copy={copy.id};sha256={copy.sha256}")
