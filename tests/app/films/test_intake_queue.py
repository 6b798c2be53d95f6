"""Films come in through one door without any window: who may be on them, where they lie, what follows."""

import hashlib
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from app.casework.case_editor import CaseEditor
from app.door import Door
from app.errors import AppError, Cancelled, FilmError, StoreError
from app.films import intake
from app.films.camera_cards import CardFile
from app.films.intake_queue import Stopped, TakenFilm, TakingIn, Watch
from app.i18n import today
from app.model.change import Change
from app.model.consent import Purpose
from app.model.meeting import Meeting
from app.model.recording import Origin, Recording, SoundTrack
from app.model.timecode import SECOND
from app.ports import Inspected, TakenIn
from app.ports.pieced_film import Salvaged
from tests.material.builders import facts
from tests.material.house import Home
from tests.stand_ins.fake_films import film_tools

MINUTE = 60 * SECOND


class Gate:
    """Knows what is in every film, and what happens while it is looked at."""

    def __init__(self) -> None:
        self.facts = replace(facts(), duration=10 * MINUTE)
        self.meanwhile = lambda: None
        self.looked_at: list[Path] = []
        self.unfinished: set[str] = set()
        self.references: list[Path] = []

    def inspect(self, path: Path, _progress, _cancelled, copies=None) -> Inspected:
        self.looked_at.append(path)
        self.meanwhile()
        if path.name in self.unfinished:
            raise FilmError("film-unfinished")
        return Inspected(self.facts, b"index")

    def salvage(self, path: Path, references, _progress, _cancelled) -> Salvaged:
        self.references = list(references)
        if not references:
            raise FilmError("salvage-needs-reference")
        with path.open("rb") as file:
            checksum = hashlib.file_digest(file, "sha256").hexdigest()
        return Salvaged(Inspected(self.facts, b"index"), ((0, path.stat().st_size),), checksum, 0)


class New:
    """A container that keeps nothing but how much it was given."""

    def __init__(self, recording_id: str) -> None:
        self.recording_id, self.size = recording_id, 0

    def write(self, data: bytes) -> int:
        self.size += len(data)
        return len(data)

    def keep(self) -> TakenIn:
        return TakenIn(f"{self.recording_id}.vau", b"key", "0" * 64, self.size, 1)


class Vault:
    def __init__(self) -> None:
        self.discarded: list[str] = []

    def take_in(self, source: Path, recording_id: str, _progress, _cancelled, _key=b"") -> TakenIn:
        return TakenIn(f"{recording_id}.vau", b"key", "0" * 64, source.stat().st_size, 1)

    def begin(self, recording_id: str, _wrapped_key: bytes = b"") -> New:
        return New(recording_id)

    def verify(self, _recording) -> bool:
        return True

    def discard(self, container: str) -> None:
        self.discarded.append(container)

    def free_bytes(self) -> int:
        return 10**12


class Straight:
    """Jobs that are done when they are asked for, each by a job that nobody cancels."""

    progress = staticmethod(lambda _share: None)
    cancelled = staticmethod(lambda: False)

    def run(self, _label, work, done, failed, _lane=None) -> None:
        try:
            result = work(self)
        except AppError as error:
            failed(error)
        else:
            done(result)


class Wanted:
    def __init__(self) -> None:
        self.films: list[Recording] = []

    def want(self, films) -> None:
        self.films += films

    def adopt(self, film, rows) -> None:
        assert not rows


class Bench:
    def __init__(self, folder: Path) -> None:
        self.home, self.folder = Home(), folder
        self.store = self.home.a
        self.home.lose(self.home.film)
        self.case = CaseEditor(self.store, self.home.texts, self.home.case_id)
        self.gate, self.vault, self.copies = Gate(), Vault(), Wanted()
        tools, texts = film_tools(gate=self.gate), self.home.texts
        self.taking_in = TakingIn(Door(self.store), tools, self.vault, self.copies, Straight(), lambda: texts)
        self.done: list[TakenFilm] = []
        self.failed: list[str] = []
        self.stopped: list[Stopped] = []
        self.watch = Watch(self.done.append, lambda e: self.failed.append(e.key), self.stopped.append)

    def take(self, *minutes: int) -> None:
        """A recording for each minute at which its file was finished."""
        cards = [(self.file(n),) for n in minutes]
        wish = intake.Wish((), self.home.meeting.id)
        self.taking_in.take_in(wish, cards, self.watch)

    def file(self, minute: int) -> CardFile:
        path = self.folder / f"C{minute:04}.MP4"
        path.write_bytes(b"x" * 100)
        return CardFile(path, 100, minute * MINUTE)

    @property
    def films(self) -> tuple[Recording, ...]:
        return self.store.find(Recording)

    def withdraw(self, *, adult: bool) -> None:
        person = self.case.file.adults[0] if adult else self.case.file.child
        held = next(c for c in self.case.file.consents if c.person_id == person.id)
        assert self.case.withdraw_consent(held, today())

    def child_said(self, word: str, day: date) -> None:
        before = self.store.get(Meeting, self.home.meeting.id)
        self.store.apply("said", [Change(before, replace(before, child_said=word, child_said_on=day))])


@pytest.fixture
def bench(qapp, tmp_path) -> Bench:
    return Bench(tmp_path)


def test_recordings_follow_each_other_on_the_meeting_s_clock(bench) -> None:
    bench.take(30, 50, 65)
    assert [f.offset // MINUTE for f in bench.films] == [0, 20, 35]
    assert bench.copies.films == list(bench.films)
    (told,) = bench.done
    assert (told.recording, told.empty_the_card, told.can_be_aligned) == (bench.films[-1], True, False)
    assert told.films == tuple(bench.films), "what is said is said of each"


def test_a_film_with_sound_beside_another_camera_s_can_be_aligned(bench) -> None:
    bench.gate.facts = replace(bench.gate.facts, sound_tracks=(SoundTrack("aac", 1, 48_000),))
    bench.take(30)
    wish = intake.Wish((), bench.home.meeting.id, camera=2)
    bench.taking_in.take_in(wish, [(bench.file(31),)], bench.watch)
    assert [t.can_be_aligned for t in bench.done] == [False, True]


@pytest.mark.parametrize(("adult", "key"), [(False, "consent-missing"), (True, "consent-withdrawn")])
def test_without_a_consent_nothing_is_even_read(bench, adult, key) -> None:
    bench.withdraw(adult=adult)
    bench.take(30)
    assert (bench.failed, bench.done, bench.gate.looked_at, bench.films) == ([key], [], [], ())


def test_the_controller_s_decision_lets_a_film_come(bench) -> None:
    bench.withdraw(adult=False)
    assert bench.case.decide_despite(bench.case.file.child, Purpose.FILMING, date(2026, 1, 1), "County", "unreached")
    bench.take(30)
    assert (bench.failed, len(bench.films)) == ([], 1)


@pytest.mark.parametrize("adult", [False, True])
def test_a_consent_that_ends_while_a_film_is_copied_leaves_nothing_of_it(bench, adult) -> None:
    bench.gate.meanwhile = lambda: bench.withdraw(adult=adult)
    bench.take(30, 50)
    assert (len(bench.failed), bench.done, bench.films, len(bench.vault.discarded)) == (1, [], (), 1)
    assert len(bench.gate.looked_at) == 1


def test_a_child_who_said_no_on_the_meeting_s_day_is_on_no_film(bench) -> None:
    bench.child_said("no", bench.home.meeting.held.astimezone().date())
    bench.take(30)
    assert (bench.failed, bench.gate.looked_at) == (["child-said-no-then"], [])


def test_the_books_door_asks_too(bench) -> None:
    """Who comes with a film already copied is asked the same."""
    source = bench.file(30).path
    film = intake.take_in(bench.gate, bench.vault, intake.Wish((source,), bench.home.meeting.id), Straight())
    bench.child_said("no", today())
    with pytest.raises(AppError) as refused:
        intake.keep(Door(bench.store), bench.vault, bench.home.texts, film)
    assert refused.value.key == "child-said-no"
    assert bench.vault.discarded == [film.container]


def test_a_film_that_cannot_be_read_is_told_and_one_that_was_cancelled_is_not(bench) -> None:
    def refuse(error: AppError) -> None:
        raise error

    for error in (Cancelled(), FilmError("film-empty")):
        bench.gate.meanwhile = partial(refuse, error)
        bench.take(30)
    assert (bench.failed, bench.done, bench.films) == (["film-empty"], [], ())


def test_what_the_books_refuse_is_told_once_and_let_go(bench, monkeypatch) -> None:
    def refuse(*_args, **_more):
        raise StoreError("disk-full")

    monkeypatch.setattr(bench.store, "apply", refuse)
    bench.take(30, 50)
    assert (bench.failed, bench.done, len(bench.vault.discarded)) == (["disk-full"], [], 1)


def test_an_unfinished_film_stops_the_card_and_what_was_salvaged_goes_on_where_it_stood(bench) -> None:
    bench.gate.unfinished = {"C0050.MP4"}
    bench.file(65)
    bench.take(30, 50, 65)
    (stopped,) = bench.stopped
    assert (stopped.path.name, stopped.error.key, bench.failed, bench.done) == ("C0050.MP4", "film-unfinished", [], [])
    assert len(bench.films) == 1
    found: list[Salvaged] = []
    bench.taking_in.look(stopped, None, found.append, bench.watch.failed)
    assert [path.name for path in bench.gate.references] == ["C0030.MP4", "C0065.MP4"]
    bench.taking_in.go_on(stopped, found[0], bench.watch)
    assert [(f.offset // MINUTE, f.origin) for f in bench.films] == [
        (0, Origin.TAKEN_IN), (20, Origin.SALVAGED), (35, Origin.TAKEN_IN),
    ]  # fmt: skip
    assert len(bench.done) == 1


def test_another_film_may_be_chosen_for_how_pictures_are_packed(bench) -> None:
    bench.gate.unfinished = {"C0030.MP4"}
    bench.take(30)
    (stopped,) = bench.stopped
    bench.taking_in.look(stopped, None, bench.done.append, bench.watch.failed)
    assert (bench.failed, bench.done) == (["salvage-needs-reference"], [])
    chosen, found = bench.file(70).path, []
    bench.taking_in.look(stopped, chosen, found.append, bench.watch.failed)
    assert bench.gate.references == [chosen]
    assert found[0].reference == 0


def test_who_knows_no_salvage_is_told_of_a_failure(bench) -> None:
    bench.gate.unfinished = {"C0030.MP4"}
    bench.watch = Watch(bench.done.append, bench.watch.failed)
    bench.take(30)
    assert (bench.failed, bench.stopped) == (["film-unfinished"], [])
