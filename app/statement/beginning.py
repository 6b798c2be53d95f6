"""Statements of a case: which there are, begun from the archive, and corrected as a new version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.casework.case_file import CaseFile, case_file
from app.door import Door
from app.errors import InputError, NotAllowed
from app.i18n import Texts, now
from app.model.change import Entity, added
from app.model.commission import DocumentKind
from app.model.identity import new_id
from app.model.people import Case
from app.model.reading import Reading
from app.model.statement import FIRST_VERSION, Paragraph, Statement, StatementStage, StatementText
from app.model.units import RowCount
from app.model.writing_aids import MarginComment
from app.ports import Store
from app.services.library import first
from app.statement import apart
from app.statement.editor import read_statement
from app.statement.passages import passages
from app.statement.refilling import one_each, placed, with_readers_words


def statement_to_print(store: Store, case_id: str, called: str = "") -> Statement:
    """The newest statement of a case for who names no more than the case, by a command.

    Where the adults are kept apart there is none that is simply the newest: `called` says whose, by what the adult is
    called, the name or the id. Raises NotAllowed(`kept-apart-say-whose`) without it, InputError(`adult-unknown`,
    `statement-missing`).
    """
    case = case_file(store, case_id)
    if apart.has_to_choose(case) and not called:
        raise NotAllowed("kept-apart-say-whose")
    adult = apart.adult_called(case, called) if called else None
    if called and adult is None:
        raise InputError("adult-unknown")
    found = newest_statement(store, case_id, adult.id if adult is not None and apart.has_to_choose(case) else None)
    if found is None:
        raise InputError("statement-missing")
    return found


def newest_statement(store: Store, case_id: str, adult: str | None = None) -> Statement | None:
    """The newest of a case; with `adult` of those about that adult alone, or with an empty id about all.

    A note on the way is none while there is anything else.
    """
    held = [s for s in store.find(Statement, case_id=case_id) if adult is None or s.adult == adult]
    found = [s for s in held if not s.is_note] or held
    return max(found, key=lambda s: (s.created, s.version), default=None)


def documents(store: Store, case_id: str, adult: str | None = None) -> tuple[Statement, ...]:
    """Every document of a case by its newest version, the one begun last first; `adult` as `newest_statement`."""
    newest: dict[str, Statement] = {}
    for statement in sorted(store.find(Statement, case_id=case_id), key=lambda s: s.version):
        if adult is None or statement.adult == adult:
            newest[statement.series] = statement
    return tuple(sorted(newest.values(), key=lambda s: (s.created, s.id), reverse=True))


def document_with(store: Store, passage_id: str) -> str:
    """The id of the document that a found passage, comment or reading is of; empty when there is none any more."""
    of = [p.statement_id for p in store.find(Paragraph, id=passage_id)]
    of += [c.statement_id for c in store.find(MarginComment, id=passage_id)]
    of += [r.statement_id for r in store.find(Reading, id=passage_id)]
    return of[0] if of else ""


def cases_with_statement(
    store: Store, limit: RowCount, *, mine: bool = False
) -> tuple[tuple[Case, Statement | None], ...]:
    """The first `limit` cases of the list, or of the worker's own, with the newest statement of each."""
    return tuple((case, newest_statement(store, case.id)) for case in store.cases(limit, mine=mine))


def kind_asked(case: CaseFile) -> DocumentKind:
    """What the commission asks for; a statement where it does not say."""
    return case.commission.document if case.commission is not None else DocumentKind.STATEMENT


def begin_statement(
    door: Door,
    texts: Texts,
    case_id: str,
    language: str,
    meetings: Sequence[str] | None = None,
    adult: str = "",
    kind: DocumentKind | None = None,
) -> Statement:
    """Version 1 of a new document, its generated passages filled from what the archive holds now.

    Of the kind that the commission asks for, unless another is said: a kind never changes.

    It is about `meetings` of the case, about all that the case has now when left out. Where the adults are kept apart
    it is about one `adult` and the meetings with that one only. Raises NotAllowed(`kept-apart`) without one.
    """
    identity = new_id()
    case = case_file(door.store, case_id)
    wanted = kind or kind_asked(case)
    began = Statement(identity, case_id, identity, FIRST_VERSION, language, first().id, now())
    statement = replace(began, adult=adult, kind=wanted)
    if apart.has_to_choose(case) and adult not in {p.id for p in case.adults}:
        raise NotAllowed("kept-apart")
    held = tuple(m.id for m in apart.meetings_of(case, statement))
    about = held if meetings is None else tuple(m for m in held if m in meetings)
    statement = replace(statement, meetings=about)
    fresh = passages(door.store, statement)
    changes = [added(statement), *(added(e) for p in fresh for e in p.evidence)]
    changes += [added(p) for p in placed(statement.id, fresh)]
    door.write(texts.tr("Statement begun"), one_each(changes), act="create")
    return statement


def new_version(door: Door, texts: Texts, statement_id: str) -> Statement:
    """What was read by the client or is final is corrected only so: a copy that is a draft again, the next in number.

    What readers said of the versions before goes over whole. Raises NotAllowed as `statement_stages.why_not`.
    """
    old = read_statement(door.store, statement_id)
    newest = max(s.version for s in door.store.find(Statement, series=old.statement.series))
    statement = replace(
        old.statement,
        id=new_id(),
        version=newest + 1,
        created=now(),
        stage=StatementStage.DRAFT,
        approvals=(),
        finalized=None,
        corrects="",
    )
    renamed = {key: new_id() for key in old.evidence}
    evidence = [replace(e, id=renamed[e.id], statement_id=statement.id) for e in old.evidence.values()]
    paragraphs = [
        replace(
            p,
            id=new_id(),
            statement_id=statement.id,
            runs=tuple(replace(r, evidence=renamed.get(r.evidence, "")) for r in p.runs),
        )
        for p in old.paragraphs
    ]
    everything: list[Entity] = [statement, *evidence, *paragraphs]
    text = StatementText(statement, tuple(paragraphs))
    changes = [*(added(e) for e in everything), *with_readers_words(door.store, text)]
    door.write(texts.tr("New version begun"), changes, act="create")
    return statement
