"""Whatever is tried in whatever order: a final text stays, is what its signers approved, and is all that is signed."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.errors import NotAllowed
from app.model.change import Change, added
from app.model.final_statement import FinalStatement
from app.model.identity import new_id
from app.model.reading import Treatment
from app.model.signature import PaperSignature, Signature
from app.model.statement import ApprovedText, Paragraph, Run, Statement, StatementStage
from tests.contracts.test_statement_stages import IDS, TRIES, Version, anew, to_draft
from tests.material.archives import Pair, SqlArchive
from tests.material.builders import A_DAY, final_of, signature_of
from tests.stand_ins.fakes import MemoryArchive

S = StatementStage
A, B, C = IDS
#: as long as this is shorter than the way from a draft to *delivered*, the way is gone by no accident
WAY = 20
OWN = ("onward", "finalize", "finalize-other", "sign-file", "sign-paper", "correct")
NAMES = (*["onward"] * 40, *OWN, *(name for name in TRIES if name not in {*OWN, "take-away", "throw-away", "sign"}))
STEPS = st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, len(IDS) - 1)), min_size=WAY, max_size=3 * WAY)
STRAIGHT = [("onward", 0)] * 2 * WAY


class AnyOrder(Version):
    """One statement and its corrections, with what was final of it as it was then."""

    finals: dict[str, tuple[FinalStatement, tuple[Paragraph, ...]]]

    def take(self, who: str, *changes: Change) -> None:
        super().take(who, *changes)
        for change in changes:
            if isinstance(change.after, Paragraph) and change.after.id == self.text.id:
                self.text = change.after
            if change.before is not None and self.reading is not None and change.before.id == self.reading.id:
                self.reading = change.after

    def rows(self) -> tuple[Paragraph, ...]:
        return self.pair.a.find(Paragraph, statement_id=self.now.id)

    def signers(self) -> tuple[str, ...]:
        return (A, B) if self.now.alone is None else (self.now.alone.worker_id,)

    def finalized(self, rows: tuple[Paragraph, ...]) -> tuple[Change, ...]:
        """Final with `rows` on its pages and the places of its signers."""
        kept = final_of(self.now.id, rows)
        signers = tuple(replace(kept.document.signers[0], worker_id=w) for w in self.signers())
        kept = replace(kept, document=replace(kept.document, signers=signers))
        return self.moved(S.FINAL, finalized=A_DAY), added(kept)

    def finalized_otherwise(self) -> tuple[Change, ...]:
        first, *others = self.rows()
        return self.finalized((replace(first, runs=(Run("muuta kuin hyväksyttiin"),)), *others))

    def signing(self, who: str, *, by_file: bool) -> tuple[Change, ...]:
        of_it = {"statement_id": self.now.id}
        held = [*self.pair.a.find(Signature, **of_it), *self.pair.a.find(PaperSignature, **of_it)]
        place = 1 + sum(isinstance(s, Signature) for s in held)
        on_paper = PaperSignature(new_id(), self.now.id, who, A_DAY.date(), who)
        made = signature_of(self.now.id, who, place) if by_file else on_paper
        is_last = {*self.signers()} <= {who, *(s.worker_id for s in held)}
        return (*([self.moved(S.SIGNED)] if is_last and self.now.stage == S.FINAL else []), added(made))

    def corrected(self) -> tuple[Change, ...]:
        """The next version, with the text as it stood."""
        now = self.now
        made = replace(
            now, id=new_id(), version=now.version + 1, stage=S.DRAFT, approvals=(), finalized=None, corrects="Se."
        )
        rows = tuple(replace(p, id=new_id(), statement_id=made.id) for p in self.rows())
        return added(made), *map(added, rows)

    def next_step(self) -> tuple[str, tuple[Change, ...]]:
        """Who goes on, and with what, where nobody does anything wrong."""
        now, missing = self.now, [w for w in self.signers() if w not in {a.worker_id for a in self.now.approvals}]
        if now.stage == S.DRAFT:
            return self.signers()[0], self.approve(self.signers()[0], S.CHECKING)
        if now.stage in (S.CHECKING, S.COMMENTS) and self.reading is not None and self.reading.unanswered:
            return A, (Change(self.reading, self.reading.answered(0, Treatment.VIEW, "")),)
        if now.stage in (S.CHECKING, S.COMMENTS) and missing:
            return missing[0], self.approve(missing[0])
        if now.stage == S.FINAL:
            return self._signs()
        further = {
            S.CHECKING: lambda: TRIES["go-through"](self, A),
            S.WALK_THROUGH: self._read,
            S.COMMENTS: lambda: self.finalized(self.rows()),
            S.SIGNED: self._delivered,
            S.DELIVERED: self.corrected,
        }
        return A, further[now.stage]()

    def _read(self) -> tuple[Change, ...]:
        if self.reading is None:
            return TRIES["read"](self, A)
        if not self.reading.comments:
            return TRIES["other-words"](self, A)
        return TRIES["note" if self.reading.is_open else "collect"](self, A)

    def _delivered(self) -> tuple[Change, ...]:
        """The file as its last signature left it."""
        files = self.pair.a.find(Signature, statement_id=self.now.id)
        newest = max(files, key=lambda s: s.place).sha256 if files else self.handed(A).sha256
        return self.moved(S.DELIVERED), added(replace(self.handed(A), sha256=newest))

    def _signs(self) -> tuple[str, tuple[Change, ...]]:
        of_it = {"statement_id": self.now.id}
        done = [s.worker_id for kind in (Signature, PaperSignature) for s in self.pair.a.find(kind, **of_it)]
        who = next(w for w in self.signers() if w not in done)
        return who, self.signing(who, by_file=who == A)

    def step(self, name: str, who: str) -> bool:
        """Whether the step was let."""
        if name == "onward":
            who, changes = self.next_step()
        elif name in OWN:
            changes = {
                "finalize": lambda: self.finalized(self.rows()),
                "finalize-other": self.finalized_otherwise,
                "sign-file": lambda: self.signing(who, by_file=True),
                "sign-paper": lambda: self.signing(who, by_file=False),
                "correct": self.corrected,
            }[name]()
        elif name == "approve" and who in {a.worker_id for a in self.now.approvals}:
            changes = anew(self, who)
        else:
            changes = TRIES[name](self, who) or ()
        if not changes or all(c.before == c.after for c in changes):
            return False
        try:
            self.take(who, *changes)
        except NotAllowed:
            return False
        if isinstance(changes[0].after, Statement) and changes[0].before is None:
            self.reading = None
            self.text = next(c.after for c in changes if isinstance(c.after, Paragraph) and not c.after.source)
        return True


def holds(v: AnyOrder) -> None:
    """What must be so after every step."""
    store = v.pair.b
    for statement in store.find(Statement, series=v.now.series):
        kept = store.find(FinalStatement, statement_id=statement.id)
        rows = store.find(Paragraph, statement_id=statement.id)
        signed = [*store.find(Signature, statement_id=statement.id)]
        signed += store.find(PaperSignature, statement_id=statement.id)
        if not statement.is_final:
            assert (kept, signed) == ((), []), "nothing is kept, and nothing signed, of what is not final"
            continue
        assert v.finals.setdefault(statement.id, (kept[0], rows)) == (kept[0], rows), "a final text never changes"
        signers = {A, B} if statement.alone is None else {statement.alone.worker_id}
        printed = [p for section in kept[0].document.sections for p in section.paragraphs]
        assert printed == list(rows)
        texts = store.find(ApprovedText, statement_id=statement.id)
        for signer in signers:
            assert rows in [t.paragraphs for t in texts if t.worker_id == signer], "what is printed both approved"
        assert {s.worker_id for s in signed} <= signers
        if statement.stage in (S.SIGNED, S.DELIVERED):
            assert {s.worker_id for s in signed} == signers


@contextmanager
def archive(kind: str) -> Iterator[Pair]:
    with tempfile.TemporaryDirectory() as folder:
        held = MemoryArchive() if kind == "memory" else SqlArchive(Path(folder))
        stores = [held.open(i) for i in IDS]
        found = Pair(*stores)
        found.begin(IDS)
        try:
            yield found
        finally:
            (held if kind == "sqlcipher" else stores[0]).close()


def gone(kind: str, steps: list[tuple[str, int]]) -> AnyOrder:
    with archive(kind) as pair:
        begun = to_draft(pair)
        v = AnyOrder(pair, begun.now, begun.text)
        v.finals = {}
        for name, who in steps:
            was_let = v.step(name, IDS[who])
            assert not (was_let and name == "finalize-other")
            assert not (was_let and IDS[who] == C and name != "onward")
            holds(v)
        return v


@given(steps=STEPS)
@example(steps=STRAIGHT)
def test_in_memory(steps) -> None:
    v = gone("memory", steps)
    if steps == STRAIGHT:
        assert len(v.finals) > 1, "the straight way leads to a delivered version and its correction"


@settings(max_examples=3)
@given(steps=STEPS)
@example(steps=STRAIGHT)
def test_in_the_store(steps) -> None:
    gone("sqlcipher", steps)


@pytest.mark.parametrize("name", ["finalize-other", "finalize"])
def test_a_step_of_the_property_can_fail(name) -> None:
    """Its moves are no empty ones: approved by both, one of them is let and the other is not."""
    with archive("memory") as pair:
        begun = to_draft(pair)
        v = AnyOrder(pair, begun.now, begun.text)
        v.finals = {}
        while v.now.stage != S.COMMENTS or not {A, B} <= {a.worker_id for a in v.now.approvals}:
            assert v.step("onward", A)
        assert v.step(name, A) is (name == "finalize")
