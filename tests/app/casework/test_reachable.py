"""Whatever is edited, consented, withdrawn, held and erased: nothing of a film is reached without its consents.

What is expected is told here anew, from the list of what was done, and not by the rule that the doors ask. The same
steps go over the memory store, and over a real archive with its encrypted film, its erasing and its second worker.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.casework import requests
from app.casework.case_editor import CaseEditor
from app.casework.consents import demand
from app.clips.examples import examples
from app.door import Door
from app.errors import ConsentMissing, ContainerError, NotAllowed
from app.films.reels import reels
from app.i18n import Texts, today
from app.model.change import Change, added
from app.model.consent import Purpose
from app.model.erasure import FilmOrder, Ground
from app.model.final_statement import FinalStatement
from app.model.hold import Hold
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.people import Case, Role
from app.model.recording import Recording
from app.model.request import Reply, RequestKind
from app.model.statement import Statement
from app.model.stored import ExampleClip
from app.ports import Store
from app.statement.beginning import begin_statement, new_version
from app.statement.consented import closed_sections
from app.statement.editor import read_statement
from app.statement.evidence import offers
from app.statement.export import export_statement
from tests.material.finals import a_reader, begun, final_step, to_comments
from tests.material.golden import PASSPHRASE, golden, opened
from tests.material.house import LONG_AGO, Home
from tests.stand_ins.fake_erasing import MemoryErasing

_BOTH = (Purpose.FILMING, Purpose.TRAINING)
_WHO = st.sampled_from(("child", "adult", "sister"))
_OF = st.sampled_from(_BOTH)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(("give", "withdraw", "decide", "end")), _WHO, _OF),
        st.tuples(st.sampled_from(("sister-in", "sister-out", "hold", "let-go", "ask", "answer", "erase", "final"))),
    ),
    max_size=14,
)


@dataclass
class Told:
    """What was done to one person's consent to one purpose."""

    given: int = 0  # how many consents are in force
    last: str = ""  # the last word: given or withdrawn
    decided: bool = False

    def allows(self, *, is_adult: bool) -> bool:
        if self.given:
            return True
        return self.decided and not (is_adult and self.last == "withdrawn")


@dataclass
class Standing:
    """An archive with both codings of its one meeting ready, open as the one who leads.

    `erase` is its door for films, `confirm` what the second worker does before; `opens` says whether the film's own
    container can still be read.
    """

    a: Store
    texts: Texts
    vault: Any
    case_id: str
    meeting: Meeting
    film: Recording
    erase: Callable[[FilmOrder], object]
    confirm: Callable[[str], None]
    opens: Callable[[Recording], bool]


def in_memory() -> Standing:
    """The memory store, whose films are rows alone."""
    home = Home()
    home.compare()
    erasing = MemoryErasing(home.a, home.vault.erase)

    def erase(order: FilmOrder) -> object:
        return erasing.film(order, lambda: False)

    return Standing(
        home.a, home.texts, home.vault, home.case_id, home.meeting, home.film, erase,
        lambda _: None, lambda film: film.erased is None,
    )  # fmt: skip


@contextmanager
def encrypted(folder: Path) -> Iterator[Standing]:
    """A copy of a real archive: encrypted rows, a real film in its container, erasing by two, all by their doors."""
    with opened(golden("ready", folder)) as archive:
        store, doors = archive.store, archive.archive
        (case,), (meeting,), (film,) = store.find(Case), store.find(Meeting), store.find(Recording)

        def erase(order: FilmOrder) -> None:
            doors.erasing.film(order, lambda: False)
            doors.erasing.finish(lambda _: None, lambda: False)

        def confirm(film_id: str) -> None:
            doors.confirm_erasing(case.partner, PASSPHRASE, film_id)

        def opens(gone: Recording) -> bool:
            del gone  # of its row nothing may be left that opens it: what was there before is tried
            try:
                archive.media.open(film).close()
            except ContainerError:
                return False
            return True

        yield Standing(store, Texts("en"), archive.media, case.id, meeting, film, erase, confirm, opens)


class World:
    """An archive with an example clip and a draft statement that rests on the film, and what was done in it."""

    def __init__(self, ground: Standing) -> None:
        self.home = home = ground
        self.editor = CaseEditor(home.a, home.texts, home.case_id)
        child, adult = self.editor.file.child, self.editor.file.adults[0]
        sister = self.editor.add_person(Role.SIBLING, "sister")
        self.people = {"child": child, "adult": adult, "sister": sister}
        self.told = {(w, p): Told() for w in self.people for p in _BOTH}
        for who in ("child", "adult"):
            self.told[who, Purpose.FILMING] = Told(1, "given")
            self.give(who, Purpose.TRAINING, LONG_AGO)
        home.a.apply("clip", [added(ExampleClip(new_id(), "perusrunko", "AS1", home.film.id, 0, 1))])
        self.statement = begin_statement(Door(home.a), home.texts, home.case_id, "en")
        self.on_film, self.held, self.asked, self.is_gone, self.fixed = ["child", "adult"], False, False, False, False
        self.rests = any(r.evidence for p in read_statement(home.a, self.statement.id).paragraphs for r in p.runs)

    # what is done

    def give(self, who, purpose, day=None) -> None:
        assert self.editor.give_consent(self.people[who], purpose, day or today())
        told = self.told[who, purpose]
        told.given, told.last = told.given + 1, "given"

    def withdraw(self, who, purpose) -> None:
        """All that are in force, as a person takes back a word and not a paper."""
        person = self.people[who]
        for consent in [c for c in self.editor.file.consents if (c.person_id, c.purpose) == (person.id, purpose)]:
            if consent.withdrawn is None:
                assert self.editor.withdraw_consent(consent, today())
                self.told[who, purpose] = replace(self.told[who, purpose], given=0, last="withdrawn")

    def decide(self, who, purpose) -> None:
        assert self.editor.decide_despite(self.people[who], purpose, LONG_AGO, "county", "cannot be reached")
        self.told[who, purpose].decided = True

    def end(self, who, purpose) -> None:
        person = self.people[who]
        for one in [d for d in self.editor.file.decisions if (d.person_id, d.purpose) == (person.id, purpose)]:
            if one.ended is None:
                assert self.editor.end_decision(one, today())
        self.told[who, purpose].decided = False

    def sister_in(self) -> None:
        self._others((self.people["sister"].id,))
        self.on_film = ["child", "adult", "sister"]

    def sister_out(self) -> None:
        self._others(())
        self.on_film = ["child", "adult"]

    def _others(self, others) -> None:
        assert self.editor.edit(self._meeting(), others=others)

    def _meeting(self) -> Meeting:
        return self.home.a.get(Meeting, self.home.meeting.id)

    def hold(self) -> None:
        self.home.a.apply("hold", [added(requests.hold(self.home.case_id, self.home.a.worker.id, today(), "court"))])
        self.held = True

    def let_go(self) -> None:
        for one in self.home.a.find(Hold, ended=None):
            self.home.a.apply("end", [requests.ended(one, today())])
        self.held = False

    def ask(self) -> None:
        if not self.asked:
            self.request = requests.asked(self.home.case_id, RequestKind.FILM, today(), asked_by="court")
            self.home.a.apply("ask", [added(self.request)])
            self.asked = True

    def answer(self) -> None:
        if self.asked:
            self.home.a.apply("answer", [requests.answered(self.request, Reply.TAKEN_BACK, today(), "")])
            self.asked = False

    def erase(self) -> None:
        order = FilmOrder(self.home.film.id, Ground.WITHDRAWN, "typed")
        if not self.is_gone:
            self.home.confirm(self.home.film.id)
        try:
            self.home.erase(order)
        except NotAllowed:
            assert self.is_gone or self.held or self.asked, "nothing but a hold or a request keeps a film"
        else:
            assert not self.held, "what is under hold is never gone"
            assert not self.asked, "what was asked for is never gone"
            self.is_gone = True

    def final(self) -> None:
        """The statement becomes final where its evidence still may be told."""
        if self.fixed or closed_sections(self.home.a, read_statement(self.home.a, self.statement.id)):
            return
        store = self.home.a
        alone = begun(store, self.statement)
        if alone != self.statement:
            store.apply("one signs", [Change(self.statement, alone)])
        done, changes = final_step(to_comments(store, alone, a_reader(store, alone.case_id)))
        store.apply("final", changes, act="final")
        self.statement, self.fixed = done, True

    # what may be reached

    def allowed(self, *purposes: Purpose) -> bool:
        return all(self.told[w, p].allows(is_adult=w == "adult") for w in self.on_film for p in purposes)

    def check(self) -> None:
        home, filming = self.home, self.allowed(Purpose.FILMING)
        film = home.a.get(Recording, home.film.id)
        assert home.opens(film) == (not self.is_gone), "kept whole until it is erased, whatever was withdrawn"
        assert _reached(lambda: reels(home.a, home.vault, [film])) == (not self.is_gone and filming)
        assert _reached(lambda: demand(home.a, self._meeting(), Purpose.FILMING, today()) or True) == filming, "package"
        clips = self.allowed(*_BOTH) and not self.is_gone
        assert bool(examples(home.a, "perusrunko", "AS1")) == clips
        if not self.fixed:
            told = [o for o in offers(home.a, self.statement) if not is_of_no_film(o)]
            assert bool(told) == filming
            rests = closed_sections(home.a, read_statement(home.a, self.statement.id))
            assert bool(rests) == (self.rests and not filming)
        else:
            # what a final statement holds is read as before, and its correction says it again
            assert home.a.find(FinalStatement, statement_id=self.statement.id)

    def check_end(self, path) -> None:
        """Dearer questions, once: a file of the draft, and a correction of what was final."""
        home, filming = self.home, self.allowed(Purpose.FILMING)
        if self.fixed:
            again = new_version(Door(home.a), home.texts, self.statement.id)
            assert not closed_sections(home.a, read_statement(home.a, again.id))
        elif self.rests and not filming:
            assert not _reached(lambda: export_statement(Door(home.a), home.vault, self.statement.id, path))
        assert home.a.get(Statement, self.statement.id) == self.statement


def is_of_no_film(offer) -> bool:
    """That there was a meeting is no picture of it."""
    return offer.about == "meeting" and not offer.evidence.coding_ids and offer.evidence.start is None


def _reached(ask) -> bool:
    try:
        return bool(ask())
    except ConsentMissing:
        return False


def walk(world: World, steps, path: Path) -> None:
    """Everything is asked after each step."""
    world.check()
    for name, *of in steps:
        getattr(world, name.replace("-", "_"))(*of)
        world.check()
    world.check_end(path)


@given(STEPS)
def test_nothing_of_a_film_is_reached_without_its_consents(qapp, tmp_path_factory, steps) -> None:
    walk(World(in_memory()), steps, tmp_path_factory.getbasetemp() / "never.pdf")


#: an encrypted archive costs a copy and a sign-in for each example, so there are fewer of them, also in the long run
_FEWER = max(settings.default.max_examples // 4, 1)


@settings(max_examples=_FEWER)
@given(STEPS)
def test_the_same_holds_in_an_encrypted_archive(qapp, tmp_path_factory, steps) -> None:
    folder = tmp_path_factory.getbasetemp() / f"reached-{new_id()}"
    try:
        with encrypted(folder) as ground:
            walk(World(ground), steps, folder.with_suffix(".pdf"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test_each_step_is_walked_over_the_encrypted_archive(qapp, tmp_path) -> None:
    """The ways that few examples may miss: a hold that keeps, an erasing by two, and a final statement after it."""
    with encrypted(tmp_path / "archive") as ground:
        world = World(ground)
        filming = Purpose.FILMING
        steps = [
            ("final",), ("withdraw", "child", filming), ("hold",), ("erase",), ("decide", "child", filming),
            ("let-go",), ("ask",), ("erase",), ("answer",), ("sister-in",), ("give", "sister", filming), ("erase",),
            ("erase",), ("give", "child", filming), ("hold",), ("sister-out",),
        ]  # fmt: skip
        walk(world, steps, tmp_path / "never.pdf")
        assert world.is_gone
        assert world.fixed
