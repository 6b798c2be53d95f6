"""The exchange of two codings between two computers, over values: whatever comes in whatever order, and how it ends."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import AppError, NotAllowed, PackageError
from app.model.exchange import (
    CodingFile,
    Coming,
    Declaration,
    DeclaredFilm,
    Exchange,
    KeyFile,
    Next,
    PartnerCoding,
    SentCoding,
)
from app.model.meeting import Segment

A_DAY = datetime(2026, 11, 3, tzinfo=UTC)
DECLARED = Declaration("scheme/core/1", "instrument/sheet/1", (Segment("s", "m", 1, 0, 9),), ())


class Side:
    """One side as a program keeps it: `version` is how often the coding was changed, which is all that it says."""

    clock = 0

    def __init__(self, name: str) -> None:
        self.name, self.exchange, self.version = name, Exchange(), 0
        self.files: list[CodingFile | KeyFile] = []
        self.saw: str | None = None

    def act(self, what: str) -> None:
        getattr(self, what)()

    def ready(self) -> None:
        if self.exchange.sent is None and not self.exchange.is_ready:
            self.version += 1
            self.exchange = replace(self.exchange, is_ready=True)

    def take_back(self) -> None:
        """As the store allows it: not once the other's is here, nor while it is sent."""
        if self.exchange.sent is None and self.exchange.theirs is None:
            self.exchange = replace(self.exchange, is_ready=False)

    def send(self) -> None:
        self.exchange.check_sending()
        if self.exchange.sent is None:
            Side.clock += 1
            one = f"{self.name}{Side.clock}"
            sent = SentCoding(one, "m", "c", "p", f"{self.name} says {self.version}", A_DAY + timedelta(0, Side.clock))
            self.exchange = replace(self.exchange, sent=sent)
        sent = self.exchange.sent
        assert sent is not None
        self.files.append(CodingFile(sent.id, "m", "c", sent.commitment, sent.made, DECLARED))

    def withdraw(self) -> None:
        self.exchange.check_withdrawing()
        self.exchange = replace(self.exchange, sent=None)

    def key(self) -> None:
        said, sent = self.exchange.check_key(), self.exchange.sent
        assert sent is not None
        sent = sent if sent.key_for else replace(sent, key_for=said)
        self.exchange = replace(self.exchange, sent=sent)
        self.files.append(KeyFile(sent.id, "m", sent.commitment, sent.key_for, b"", b""))

    def take(self, file: CodingFile | KeyFile) -> Coming:
        if isinstance(file, KeyFile):
            what = self.exchange.opening(file)
            if what == Coming.NEW:
                theirs = self.exchange.theirs
                assert theirs is not None
                self.exchange = replace(self.exchange, theirs=replace(theirs, opened=A_DAY))
                self.saw = theirs.commitment
            return what
        what = self.exchange.coming(file)
        if what in (Coming.NEW, Coming.REPLACES):
            held = PartnerCoding(file.id, "m", "p", "c", file.commitment, file.made, A_DAY)
            self.exchange = replace(self.exchange, theirs=held)
        return what


DEEDS = ("ready", "take_back", "send", "withdraw", "key")
#: the ways on more often than the ways back, so that many walks get to the end
DICE = st.one_of(st.sampled_from((*DEEDS, "ready", "send", "key", "send", "key")), st.integers(0, 5))
STEPS = st.lists(st.tuples(st.integers(0, 1), DICE), max_size=40)


def walk(steps) -> tuple[Side, Side]:
    sides = Side("A"), Side("B")
    for who, what in steps:
        me, other = sides[who], sides[1 - who]
        try:
            if isinstance(what, str):
                me.act(what)
            elif other.files:
                me.take(other.files[what % len(other.files)])
        except (NotAllowed, PackageError):
            pass
        # whoever reads has committed to what cannot change any more, and the reader's key fits what the other holds
        for one, two in (sides, sides[::-1]):
            if one.saw is not None:
                assert one.exchange.is_ready
                assert one.exchange.sent is not None
                told = {f.commitment for f in two.files if isinstance(f, CodingFile)}
                assert one.saw in told
                assert two.exchange.sent is not None
                assert two.exchange.sent.key_for == one.exchange.sent.commitment
                assert two.exchange.sent.commitment == one.saw
    return sides


@given(STEPS)
def test_nobody_reads_before_both_committed_to_what_they_sent(steps) -> None:
    walk(steps)


@given(STEPS)
def test_what_comes_again_changes_nothing(steps) -> None:
    for me, other in (sides := walk(steps), sides[::-1]):
        for file in other.files:
            before = me.exchange
            try:
                first = me.take(file)
            except AppError:
                assert me.exchange == before
                continue
            after = me.exchange
            assert me.take(file) == (first if first == Coming.OLDER else Coming.SAME)
            assert me.exchange == after


@given(st.permutations([0, 1]), st.lists(st.tuples(st.integers(0, 1), st.integers(0, 9)), max_size=12))
def test_whoever_does_what_comes_next_ends_with_both_open(order, early) -> None:
    """In whatever order files arrive, also too early: each at last takes all that is there and does what is next."""
    sides = Side("A"), Side("B")
    for _ in range(4):
        for who in order:
            me, other = sides[who], sides[1 - who]
            for whose, number in early:
                if whose == who and other.files:
                    _try(me, other.files[number % len(other.files)])
            for file in list(other.files):
                _try(me, file)
            deed = {Next.CODE: "ready", Next.SEND_CODING: "send", Next.SEND_KEY: "key"}.get(me.exchange.next)
            if deed:
                me.act(deed)
    assert [side.exchange.next for side in sides] == [Next.COMPARE, Next.COMPARE]
    assert (sides[0].saw, sides[1].saw) == ("B says 1", "A says 1")


def _try(side: Side, file) -> None:
    is_early = isinstance(file, KeyFile) and side.exchange.theirs is None
    with pytest.raises(PackageError, match="key-without-coding") if is_early else nullcontext():
        side.take(file)


def both() -> tuple[Side, Side]:
    a, b = Side("A"), Side("B")
    for side in (a, b):
        side.ready()
        side.send()
    return a, b


def refused(call, *args) -> str:
    with pytest.raises(AppError) as caught:
        call(*args)
    return caught.value.key


def test_each_refusal_has_its_own_key() -> None:
    a, b = both()
    assert refused(Side("C").send) == "coding-not-ready"
    assert refused(Side("C").withdraw) == refused(Side("C").key) == "coding-not-sent"
    assert refused(a.key) == "key-before-coding"
    b.take(a.files[0])
    b.key()
    assert refused(a.take, b.files[-1]) == "key-without-coding"
    assert refused(b.withdraw) == "both-ready"
    a.take(b.files[0])
    assert refused(a.withdraw) == "both-ready"
    other = replace(b.files[-1], id="x")
    assert refused(a.take, other) == "key-of-other-coding"
    assert refused(a.take, replace(b.files[-1], key_for="other")) == "key-for-other-coding"
    assert a.take(b.files[-1]) == Coming.NEW


def test_a_withdrawn_coding_is_replaced_until_the_key_is_made() -> None:
    a, b = both()
    first = a.files[0]
    b.take(first)
    a.withdraw()
    a.take_back()
    a.ready()
    a.send()
    assert b.take(a.files[-1]) == Coming.REPLACES
    assert b.take(first) == Coming.OLDER
    b.key()
    later = replace(a.files[-1], id="A9", commitment="another", made=A_DAY + timedelta(9))
    assert refused(b.take, later) == "coding-changed"
    a.take(b.files[0])
    a.take(b.files[-1])
    assert a.saw == "B says 1"


def test_what_codings_rest_on_is_the_same_or_says_what_differs() -> None:
    film = DeclaredFilm("f", "a" * 64, 0, 0.0)
    held = replace(DECLARED, films=(film,))
    held.check_equal(replace(held, tasks=held.tasks[::-1]))
    for change, key in (
        ({"scheme": "scheme/core/0"}, "coding-scheme-differs"),
        ({"instrument": "instrument/other/1"}, "coding-scheme-differs"),
        ({"films": (replace(film, sha256="b" * 64),)}, "coding-film-differs"),
        ({"films": (replace(film, offset=1),)}, "coding-film-differs"),
        ({"films": ()}, "coding-film-differs"),
        ({"tasks": ()}, "coding-tasks-differ"),
        ({"tasks": (replace(held.tasks[0], end=8),)}, "coding-tasks-differ"),
    ):
        assert refused(held.check_equal, replace(held, **change)) == key
