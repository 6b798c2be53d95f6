"""Versions of statements that went all their way through the store, stage by stage, signed by one alone."""

from dataclasses import replace

from app.model.change import Change, added
from app.model.final_statement import FinalStatement
from app.model.identity import new_id
from app.model.people import Person, Role
from app.model.reading import Reading, ReadingOutcome, passage_source
from app.model.signature import PaperSignature
from app.model.statement import Approval, ApprovedText, Paragraph, Run, SoleSigner, Statement, StatementStage
from app.model.statement_delivery import DeliveryWay, Sealing, StatementDelivery
from tests.material.builders import A_DAY, final_of

STAGES = list(StatementStage)


def begun(store, statement: Statement) -> Statement:
    """As it begins: a draft, which whoever has `store` open signs alone."""
    alone = SoleSigner(store.me, "syy", "Esihenkilö", A_DAY.date())
    return replace(statement, stage=StatementStage.DRAFT, approvals=(), finalized=None, alone=alone)


def approves(store, statement: Statement, stage: StatementStage) -> tuple[Statement, list[Change]]:
    """The worker approves the text as it stands, at `stage`."""
    me = store.me
    others = tuple(a for a in statement.approvals if a.worker_id != me)
    after = replace(statement, stage=stage, approvals=(*others, Approval(me, A_DAY)))
    text = store.find(Paragraph, statement_id=statement.id)
    kept = ApprovedText(new_id(), statement.id, me, A_DAY, text, statement.tables)
    return after, [Change(statement, after), added(kept)]


def to_comments(store, statement: Statement, reader_id: str) -> Statement:
    """From a draft that is in the store to where everybody approved what its one reader said."""
    checked, changes = approves(store, statement, StatementStage.CHECKING)
    store.apply("asked", changes)
    read = replace(checked, stage=StatementStage.WALK_THROUGH)
    store.apply("gone through", [Change(checked, read)])
    reading = Reading(
        new_id(), statement.id, reader_id, store.me, A_DAY, outcome=ReadingOutcome.NOT_REACHED,
        told="ei tavoitettu", noted=A_DAY,
    )  # fmt: skip
    store.apply("noted", [added(reading)])
    said = replace(read, stage=StatementStage.COMMENTS, approvals=())
    row = Paragraph(
        new_id(), statement.id, "comments", "a", (Run("ei tavoitettu"),), source=passage_source(reading.id, "how")
    )
    store.apply("comments", [Change(read, said), added(row)])
    approved, changes = approves(store, said, StatementStage.COMMENTS)
    store.apply("approved", changes)
    return approved


def final_step(statement: Statement, kept: FinalStatement | None = None, at=A_DAY) -> tuple[Statement, list[Change]]:
    """The step that makes it final, with its document."""
    after = replace(statement, stage=StatementStage.FINAL, finalized=at)
    return after, [Change(statement, after), added(kept or final_of(statement.id))]


def walked(store, statement: Statement, kept: FinalStatement | None = None) -> Statement:
    """A new version that went as far as `statement` says, from *final* on; `kept` is its document."""
    first = begun(store, statement)
    store.apply("begun", [added(first)])
    approved = to_comments(store, first, a_reader(store, statement.case_id))
    done, changes = final_step(approved, kept, statement.finalized or A_DAY)
    store.apply("final", changes, act="final")
    for stage in STAGES[STAGES.index(done.stage) + 1 : STAGES.index(statement.stage) + 1]:
        by_hand = PaperSignature(new_id(), done.id, store.me, A_DAY.date(), store.me)
        held = [added(by_hand)] if stage == StatementStage.SIGNED else [added(delivery_of(store, done))]
        store.apply("further", [Change(done, after := replace(done, stage=stage)), *held])
        done = after
    return done


def delivery_of(store, statement: Statement, **more) -> StatementDelivery:
    """That somebody was given the original in person."""
    kept = store.find(FinalStatement, statement_id=statement.id)
    made = StatementDelivery(
        new_id(), statement.id, store.me, A_DAY, A_DAY.date(), "Maija Malli", "Esimerkkilän hyvinvointialue",
        "tilaaja", DeliveryWay.IN_PERSON, Sealing.NOTHING, kept[0].sha256 if kept else "0" * 64,
    )  # fmt: skip
    return replace(made, **more)


def a_reader(store, case_id: str) -> str:
    """Somebody of the case; who is there is nobody's matter here."""
    held = store.find(Person, case_id=case_id)
    if held:
        return held[0].id
    made = Person(new_id(), case_id, Role.CHILD, "lapsi")
    store.apply("person", [added(made)])
    return made.id
