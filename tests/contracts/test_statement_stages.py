"""The stages of a statement by the store: who may do what at each, and what is final was approved word for word."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from app.errors import NotAllowed
from app.model.apart import kept_apart
from app.model.change import Change, added, removed
from app.model.final_statement import FinalStatement
from app.model.identity import new_id
from app.model.people import Person, Role
from app.model.reading import Reading, ReadingOutcome, ReadingWay, Treatment, passage_source
from app.model.signature import PaperSignature
from app.model.statement import (
    Approval,
    ApprovedText,
    Evidence,
    Paragraph,
    Run,
    SoleSigner,
    Statement,
    StatementStage,
    TableWish,
)
from app.model.statement_delivery import StatementDelivery
from tests.contracts.test_store import IDS, refused, statement
from tests.material.archives import Pair, SqlArchive
from tests.material.builders import A_DAY, final_of
from tests.material.finals import a_reader, approves, begun, delivery_of, final_step, to_comments, walked
from tests.stand_ins.fakes import MemoryArchive

A, B, C = IDS
S = StatementStage


@pytest.fixture(params=["memory", "sqlcipher"])
def pair(request, tmp_path):
    held = MemoryArchive() if request.param == "memory" else SqlArchive(tmp_path)
    stores = [held.open(i) for i in IDS]
    found = Pair(*stores)
    found.begin(IDS)
    yield found
    (held if request.param == "sqlcipher" else stores[0]).close()


# ── every move at every stage ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Version:
    """One version on its way, with what a step of any kind needs to name."""

    pair: Pair
    now: Statement
    text: Paragraph
    reading: Reading | None = None

    def store(self, who: str):
        return dict(zip(IDS, (self.pair.a, self.pair.b, self.pair.c), strict=True))[who]

    def take(self, who: str, *changes: Change) -> None:
        self.store(who).apply("x", changes)
        for change in changes:
            if isinstance(change.after, Statement):
                self.now = change.after
            elif isinstance(change.after, Reading):
                self.reading = change.after

    def approve(self, who: str, stage: StatementStage | None = None) -> tuple[Change, ...]:
        return tuple(approves(self.store(who), self.now, stage or self.now.stage)[1])

    def moved(self, stage: StatementStage, **more) -> Change:
        return Change(self.now, replace(self.now, stage=stage, **more))

    def signed(self, who: str) -> tuple[Change, ...]:
        """Both signed on paper, as `who` notes."""
        by_hand = (PaperSignature(new_id(), self.now.id, one, A_DAY.date(), who) for one in (A, B))
        return self.moved(S.SIGNED), *map(added, by_hand)

    def handed(self, who: str) -> StatementDelivery:
        """Somebody was given the original, as `who` notes."""
        return delivery_of(self.pair.a, self.now, worker_id=who)

    def clients_words(self) -> Paragraph:
        assert self.reading is not None
        said = " ".join(words for _, words in self.reading.own_words())
        row = Paragraph(new_id(), self.now.id, "comments", "b", (Run(f"Luettu. {said}"),))
        return replace(row, source=passage_source(self.reading.id, "how"))


def to_draft(pair: Pair) -> Version:
    draft = statement(pair, meetings=(pair.meeting.id,))
    text = Paragraph(new_id(), draft.id, "background", "a", (Run("alku"),))
    pair.a.apply("begun", [added(draft), added(text)])
    return Version(pair, draft, text)


def to_asked(pair: Pair) -> Version:
    v = to_draft(pair)
    v.take(A, *v.approve(A, S.CHECKING))
    return v


def to_checked(pair: Pair) -> Version:
    v = to_asked(pair)
    v.take(B, *v.approve(B))
    return v


def to_read(pair: Pair) -> Version:
    v = to_checked(pair)
    v.take(B, v.moved(S.WALK_THROUGH))
    return v


def to_reading(pair: Pair) -> Version:
    v = to_read(pair)
    v.take(A, added(Reading(new_id(), v.now.id, pair.adult.id, A, A_DAY)))
    return v


def to_noted(pair: Pair) -> Version:
    v = to_reading(pair)
    said = v.reading.saying("background", "Se oli 90 minuuttia.")
    v.take(A, Change(v.reading, said))
    v.take(A, Change(said, replace(said, held=A_DAY.date(), noted=A_DAY)))
    return v


def to_told(pair: Pair) -> Version:
    """In the document, and nobody has said what the comment is or approved it."""
    v = to_noted(pair)
    v.take(B, v.moved(S.COMMENTS, approvals=()), added(v.clients_words()))
    return v


def to_answered(pair: Pair) -> Version:
    v = to_told(pair)
    v.take(A, Change(v.reading, v.reading.answered(0, Treatment.VIEW, "")))
    v.take(A, *v.approve(A))
    v.take(B, *v.approve(B))
    return v


def to_fact(pair: Pair) -> Version:
    v = to_told(pair)
    v.take(A, Change(v.reading, v.reading.answered(0, Treatment.FACT, "")))
    v.take(A, *v.approve(A))
    v.take(B, *v.approve(B))
    return v


def to_corrected(pair: Pair) -> Version:
    v = to_fact(pair)
    v.take(B, added(replace(v.now, id=new_id(), version=2, stage=S.DRAFT, approvals=())))
    v.now = pair.a.find(Statement, version=1)[0]
    return v


def to_final(pair: Pair) -> Version:
    v = to_answered(pair)
    v.take(A, *final_step(v.now)[1])
    return v


def to_signed(pair: Pair) -> Version:
    v = to_final(pair)
    v.take(B, *v.signed(B))
    return v


def to_delivered(pair: Pair) -> Version:
    v = to_signed(pair)
    v.take(A, v.moved(S.DELIVERED), added(v.handed(A)))
    return v


PLACES = {
    f.__name__[3:]: f
    for f in (
        to_draft, to_asked, to_checked, to_read, to_reading, to_noted, to_told, to_answered, to_fact, to_corrected,
        to_final, to_signed, to_delivered,
    )
}  # fmt: skip

#: what anybody could try at any stage; each gives the changes of one step by one worker
TRIES = {
    "write": lambda v, w: (
        Change(v.text, replace(v.text, runs=(Run("muuta"),))),
        *([v.moved(S.DRAFT, approvals=())] if v.now.stage != S.DRAFT else []),
    ),
    "write-on": lambda v, w: (Change(v.text, replace(v.text, runs=(Run("muuta"),))),),
    "take-away": lambda v, w: (removed(v.text), *([v.moved(S.DRAFT, approvals=())] if v.now.approvals else [])),
    "cite": lambda v, w: (added(Evidence(new_id(), v.now.id, "rating", "w")),),
    "change-options": lambda v, w: (v.moved(S.DRAFT, approvals=(), weighed=True),),
    "change-options-on": lambda v, w: (v.moved(v.now.stage, weighed=True),),
    "one-signs": lambda v, w: (
        v.moved(S.COMMENTS if v.now.stage == S.COMMENTS else S.DRAFT, approvals=(), alone=SoleSigner(w, "s", "e")),
    ),
    "ask": lambda v, w: v.approve(w, S.CHECKING) if v.now.stage != S.CHECKING else None,
    "approve": lambda v, w: v.approve(w) if w not in {a.worker_id for a in v.now.approvals} else anew(v, w),
    "take-back": lambda v, w: (v.moved(S.DRAFT, approvals=()),),
    "go-through": lambda v, w: (v.moved(S.WALK_THROUGH),),
    "read": lambda v, w: (added(Reading(new_id(), v.now.id, v.pair.child.id, w, A_DAY)),),
    "comment": lambda v, w: (Change(v.reading, v.reading.saying("feedback", "Lisää.")),) if v.reading else None,
    "note": lambda v, w: (
        (Change(v.reading, replace(v.reading, held=A_DAY.date(), noted=datetime.now(UTC))),) if v.reading else None
    ),
    "forget-reading": lambda v, w: (removed(v.reading),) if v.reading else None,
    "other-words": lambda v, w: (Change(v.reading, v.reading.saying("background", "Muuta.")),) if v.reading else None,
    "answer": lambda v, w: (
        (Change(v.reading, v.reading.answered(0, Treatment.COMMENT, "kiitos")),)
        if v.reading and v.reading.comments
        else None
    ),
    "collect": lambda v, w: (
        v.moved(S.COMMENTS, approvals=()), *([added(v.clients_words())] if v.reading else []),
    ),
    "finalize": lambda v, w: tuple(final_step(v.now)[1]),
    "sign": lambda v, w: v.signed(w),
    "deliver": lambda v, w: (v.moved(S.DELIVERED), added(v.handed(w))),
    "correct": lambda v, w: (
        added(replace(v.now, id=new_id(), version=v.now.version + 1, stage=S.DRAFT, approvals=(), finalized=None)),
    ),
    "renumber": lambda v, w: (v.moved(v.now.stage, version=7),),
    "throw-away": lambda v, w: (removed(v.text), removed(v.now)),
}  # fmt: skip

#: what may be tried: of the pair, and of one of them where only one may; a third worker may nothing at all
WRITING = {"write", "cite", "change-options", "one-signs"}
COMMENTED = {"one-signs", "approve", "answer", "go-through", "collect"}
MAY: dict[str, set[str]] = {
    "draft": WRITING | {"write-on", "take-away", "change-options-on", "ask", "throw-away"},
    "asked": WRITING | {"take-away", "take-back", "approve"},
    "checked": WRITING | {"take-away", "take-back", "approve", "go-through"},
    "read": {"take-back", "read"},
    "reading": {"read", "comment", "other-words", "note", "forget-reading"},
    "noted": {"read", "note", "answer", "collect"},
    "told": COMMENTED,
    "answered": COMMENTED | {"finalize", "correct"},
    "fact": COMMENTED | {"correct"},
    "corrected": set(),
    "final": {"sign", "correct"},
    "signed": {"deliver", "correct"},
    "delivered": {"deliver", "correct"},
}


def anew(v: Version, who: str) -> tuple[Change, ...]:
    """Another approval in place of one's own."""
    later = Approval(who, datetime.now(UTC))
    others = tuple(a for a in v.now.approvals if a.worker_id != who)
    text = v.store(who).find(Paragraph, statement_id=v.now.id)
    kept = ApprovedText(new_id(), v.now.id, who, later.at, text, v.now.tables)
    return Change(v.now, replace(v.now, approvals=(*others, later))), added(kept)


def everything(store) -> list:
    kinds = (Statement, Paragraph, Evidence, Reading, ApprovedText, FinalStatement)
    return [store.find(kind) for kind in kinds]


@pytest.mark.parametrize("place", PLACES)
def test_no_stage_lets_anybody_do_what_is_not_its_turn(pair, place) -> None:
    v = PLACES[place](pair)
    before = everything(pair.a)
    for who in IDS:
        for name, make in TRIES.items():
            changes = make(v, who)
            if not changes or all(c.before == c.after for c in changes) or (who != C and name in MAY[place]):
                continue
            with pytest.raises(NotAllowed):
                v.store(who).apply(f"{name} at {place}", changes)
    assert everything(pair.a) == before


@pytest.mark.parametrize("place", PLACES)
def test_what_is_its_turn_is_let(place) -> None:
    for name in sorted(MAY[place]):
        for who in (A, B):
            archive = MemoryArchive()
            pair = Pair(*(archive.open(i) for i in IDS))
            pair.begin(IDS)
            v = PLACES[place](pair)
            changes = TRIES[name](v, who)
            if changes is not None:
                v.store(who).apply(f"{name} at {place}", changes)


# ── what an approval is of ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_new_version_begins_as_a_bare_draft_of_the_pair(pair) -> None:
    draft = statement(pair)
    for stage in [s for s in S if s != S.DRAFT]:
        refused(pair.a, "stage-not-now", added(replace(draft, stage=stage)))
        refused(pair.a, "stage-not-now", added(replace(draft, stage=stage)), added(final_of(draft.id)))
    refused(pair.a, "stage-not-now", added(replace(draft, approvals=(Approval(A, A_DAY),))))
    refused(pair.c, "statement-not-yours", added(draft))
    pair.b.apply("begun", [added(draft)])


def test_nobody_approves_for_another_and_nothing_that_is_not_kept(pair) -> None:
    v = to_asked(pair)
    theirs = Approval(B, A_DAY)
    both = replace(v.now, approvals=(*v.now.approvals, theirs))
    text = ApprovedText(new_id(), v.now.id, B, A_DAY, (v.text,))
    refused(pair.a, "approval-of-another", Change(v.now, both), added(text))
    refused(pair.b, "approved-text-missing", Change(v.now, both))
    other = replace(text, paragraphs=(replace(v.text, runs=(Run("muuta"),)),))
    for wrong in (other, replace(text, paragraphs=()), replace(text, tables=(TableWish("x", moved=True),))):
        refused(pair.b, "approved-text-missing", Change(v.now, both), added(wrong))
    refused(pair.b, "approved-text-fixed", added(text))
    pair.b.apply("approved", [Change(v.now, both), added(text)])
    refused(pair.b, "approved-text-fixed", removed(text))
    refused(pair.b, "approved-text-fixed", Change(text, other))
    assert pair.a.get(ApprovedText, text.id) == text
    (made,) = pair.a.history(text.id)
    assert "alku" not in repr(made)


def test_no_step_changes_the_text_and_leaves_an_approval(pair) -> None:
    v = to_checked(pair)
    written = replace(v.text, runs=(Run("y"),))
    key = "approval-of-older-text"
    refused(pair.a, key, Change(v.text, written))
    refused(pair.b, key, removed(v.text))
    refused(pair.b, key, added(replace(v.text, id=new_id(), place="b")))
    for more in ({"meetings": ()}, {"names_child": True}, {"tables": (TableWish("marks/m", short=True),)}):
        refused(pair.a, key, Change(v.now, replace(v.now, **more)))
    mine = replace(v.now, stage=S.DRAFT, approvals=v.now.approvals[:1])
    refused(pair.a, key, Change(v.text, written), Change(v.now, mine))
    pair.b.apply("it falls", [Change(v.text, written), v.moved(S.DRAFT, approvals=())])


# ── what readers said ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_reading_comes_back_whole_and_its_words_stay(pair) -> None:
    v = to_read(pair)
    made = Reading(
        new_id(), v.now.id, pair.adult.id, A, A_DAY, A_DAY.date(), None, ReadingWay.REMOTE, ReadingOutcome.READ_IN_PART,
        interpreter=True, told="keskeytyi", left_out=("parents-views",),
    )  # fmt: skip
    made = made.saying("background", "Ei ollut niin.\nKysykää isältä.").saying("", "Kiitos.")
    pair.a.apply("x", [added(made)])
    assert pair.b.get(Reading, made.id) == made
    refused(pair.b, "reading-open", Change(made, made.answered(0, Treatment.VIEW, "")))
    refused(pair.b, "reading-unsaid", Change(made, replace(made, noted=A_DAY)))
    noted = replace(made, noted=A_DAY, held=A_DAY.date())
    pair.b.apply("noted", [Change(made, noted)])
    refused(pair.b, "clients-words-fixed", Change(noted, noted.saying("", "Kiitti.")))
    refused(pair.b, "clients-words-fixed", Change(noted, replace(noted, comments=noted.comments[:1])))
    refused(pair.b, "clients-words-fixed", Change(noted, replace(noted, noted=None)))
    refused(pair.b, "clients-words-fixed", removed(noted))
    refused(pair.a, "moved", Change(noted, replace(noted, person_id=pair.child.id)))
    pair.a.apply("a day was wrong", [Change(noted, replace(noted, offered=None))])


def test_why_nobody_read_is_said(pair) -> None:
    v = to_read(pair)
    made = Reading(new_id(), v.now.id, pair.adult.id, A, A_DAY, outcome=ReadingOutcome.NOT_REACHED, noted=A_DAY)
    refused(pair.a, "reading-unsaid", added(made))
    refused(pair.a, "reading-unsaid", added(replace(made, outcome=ReadingOutcome.TOLD, held=A_DAY.date())))
    pair.a.apply("did not want", [added(replace(made, outcome=ReadingOutcome.DID_NOT_WANT))])


def test_who_is_kept_apart_reads_nothing_of_it(pair) -> None:
    v = to_read(pair)
    father = Person(new_id(), pair.case.id, Role.BIRTH_PARENT, "isä")
    stranger = Reading(new_id(), v.now.id, new_id(), A, A_DAY)
    refused(pair.a, "reader-unknown", added(stranger))
    pair.a.apply("x", [added(father), added(kept_apart(pair.case.id, pair.adult.id, father.id))])
    refused(pair.a, "kept-apart", added(replace(stranger, person_id=father.id)))
    pair.a.apply("x", [added(replace(stranger, person_id=pair.child.id))])


def test_nothing_becomes_final_without_every_word_of_its_readers(pair) -> None:
    v = to_noted(pair)
    short = replace(v.clients_words(), runs=(Run("Luettu."),))
    v.take(A, v.moved(S.COMMENTS, approvals=()), added(short))
    v.take(A, Change(v.reading, v.reading.answered(0, Treatment.VIEW, "")))
    v.take(A, *v.approve(A))
    v.take(B, *v.approve(B))
    refused(pair.a, "clients-words-missing", *final_step(v.now)[1])
    hand = replace(short, by_hand=True)
    refused(pair.a, "clients-words-fixed", Change(short, hand), v.moved(S.COMMENTS, approvals=()))
    mine = replace(short, source="")
    refused(pair.a, "clients-words-fixed", Change(short, mine), v.moved(S.COMMENTS, approvals=()))


# ── final ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_final_and_its_document_are_one_act(pair) -> None:
    v = to_answered(pair)
    final = replace(v.now, stage=S.FINAL, finalized=A_DAY)
    refused(pair.a, "final-not-fixed", Change(v.now, final))
    refused(pair.a, "final-not-fixed", added(final_of(v.now.id)))
    refused(pair.a, "final-not-fixed", Change(v.now, final), added(final_of(new_id())))
    refused(pair.a, "not-approved-by-both", Change(v.now, replace(final, approvals=())), added(final_of(v.now.id)))
    other = final_of(v.now.id, (replace(v.text, runs=(Run("muuta"),)),))
    refused(pair.a, "final-other-text", Change(v.now, final), added(other))
    foreign = final_of(v.now.id, (replace(v.text, id=new_id()),))
    refused(pair.a, "final-other-text", Change(v.now, final), added(foreign))
    named = replace(v.text, id=f"{v.text.id}/name", runs=(Run("taulukko"),))
    kept = final_of(v.now.id, (named, v.text))
    pair.a.apply("x", [Change(v.now, final), added(kept)], act="final")
    assert pair.b.find(FinalStatement, statement_id=v.now.id) == (kept,)
    last = pair.b.audit_log(v.now.id)[-1]
    assert (last.act, last.object_kind) == ("final", "statement")
    (made,) = pair.b.history(kept.id)
    assert "document" not in made.after
    assert "wrapped_key" not in made.after
    refused(pair.a, "statement-final", removed(kept))
    refused(pair.a, "statement-final", Change(kept, replace(kept, sha256="1" * 64)))
    refused(pair.a, "statement-final", added(final_of(v.now.id)))


@pytest.mark.parametrize("stage", [S.FINAL, S.SIGNED, S.DELIVERED])
def test_a_final_statement_is_fixed(pair, stage) -> None:
    draft = statement(pair, stage=stage)
    final = walked(pair.a, draft)
    assert final.stage == stage
    assert pair.b.get(Statement, final.id) == final
    (row,) = pair.a.find(Paragraph, statement_id=final.id)
    for part in (row, Evidence(new_id(), final.id, "rating", "w")):
        refused(pair.a, "statement-final", added(replace(part, id=new_id())))
    refused(pair.a, "statement-final", Change(row, replace(row, runs=(Run("y"),))))
    refused(pair.a, "statement-final", removed(row))
    refused(pair.a, "statement-final", removed(final))
    refused(pair.a, "moved", Change(final, replace(final, language="sv")))
    refused(pair.a, "statement-final", Change(final, replace(final, approvals=())))
    refused(pair.a, "statement-final", Change(final, replace(final, weighed=True)))
    refused(pair.a, "statement-final", Change(final, replace(final, stage=S.DRAFT)))


def test_a_correction_names_what_it_corrects_and_is_read_anew(pair) -> None:
    first = walked(pair.a, statement(pair, stage=S.FINAL))
    second = replace(first, id=new_id(), version=2, stage=S.DRAFT, approvals=(), finalized=None)
    refused(pair.b, "statement-corrected", added(replace(second, version=3)))
    refused(pair.c, "statement-not-yours", added(second))
    pair.a.apply("corrects", [added(second)])
    refused(pair.a, "stage-not-now", added(replace(second, id=new_id(), version=3)))
    approved = to_comments(pair.a, second, a_reader(pair.a, pair.case.id))
    refused(pair.a, "correction-unsaid", *final_step(approved)[1])
    by_hand = PaperSignature(new_id(), first.id, A, A_DAY.date(), A)
    pair.a.apply("x", [Change(first, replace(first, stage=S.SIGNED)), added(by_hand)])
    assert pair.a.get(Statement, first.id).stage == S.SIGNED, "the one before is signed all the same"


def test_one_signs_with_a_reason_and_the_superiors_confirmation(pair) -> None:
    draft = begun(pair.a, statement(pair))
    bare = replace(draft, alone=SoleSigner(A, "toinen sairastui"))
    pair.a.apply("x", [added(bare)])
    refused(pair.b, "not-a-signer", *approves(pair.b, bare, S.CHECKING)[1])
    approved = to_comments(pair.a, bare, pair.child.id)
    refused(pair.a, "superior-not-confirmed", *final_step(approved)[1])
    said = replace(approved, alone=draft.alone, approvals=())
    refused(pair.a, "approval-of-older-text", Change(approved, replace(approved, alone=draft.alone)))
    pair.b.apply("confirmed", [Change(approved, said)])
    refused(pair.a, "not-approved-by-both", *final_step(said)[1])
    again, changes = approves(pair.a, said, S.COMMENTS)
    pair.a.apply("approved", changes)
    pair.a.apply("final", final_step(again)[1])
