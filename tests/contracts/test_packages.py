"""What `Packages` and `PartnerCodings` owe the application: one suite for what stands in and what seals."""

import threading
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.errors import AppError, Cancelled
from app.model.change import added
from app.model.coding import CodingHeader, CodingState
from app.model.exchange import CodingFile, Declaration, DeclaredFilm, FinishedCoding, KeyFile, PartnerCoding, SentCoding
from app.model.identity import new_id
from app.model.meeting import Segment, Stretch
from app.model.observation import Bookmark, Mark, MarkKind, Observation
from app.model.package import RECIPIENT, SENDER, MeetingPackage
from app.model.people import Case, Person, Role
from app.model.rating import Rating
from app.model.stored import StoredContent
from app.ports.packages import Received, ReceivedCoding, ReceivedKey
from storage.codings import places
from storage.packages.packages import SealedPackages
from storage.packages.partner_codings import ShutCodings
from storage.vault import receiving_keys
from storage.vault.film_vault import FilmVault
from tests.material.archives import Pair, SqlArchive, keys_of
from tests.material.builders import meeting as a_meeting
from tests.material.builders import recording
from tests.stand_ins.fake_packages import FakePackages, FakePartnerCodings
from tests.stand_ins.fakes import MemoryArchive

IDS = tuple(new_id() for _ in range(3))
A_DAY = datetime(2026, 11, 3, 12, tzinfo=UTC)


def quiet(_share) -> None:
    pass


class Computer:
    """One worker's packages, and how a film comes into the archive that they are of."""

    def __init__(self, folder, worker_id: str, *, real: bool) -> None:
        self.folder = folder / worker_id
        self.folder.mkdir()
        keys = keys_of(worker_id)
        self.key = receiving_keys.receiving_key(keys.own())
        self.media = FilmVault(self.folder, bytes(range(32))) if real else None
        sealed = SealedPackages(keys, self.media, threading.Lock(), lambda coding_id: coding_id.encode()[:32])
        self.packages = sealed if real else FakePackages(self.key)

    def film(self, meeting_id: str):
        row = recording(meeting_id)
        if self.media is None:
            return replace(row, container="c.vau", wrapped_key=b"k" * 60)
        source = self.folder / "source"
        source.write_bytes(b"film" * 60_000)
        taken = self.media.take_in(source, row.id, quiet, lambda: False)
        said = {"sha256": taken.sha256, "size": taken.size, "chunks": taken.chunks}
        return replace(row, **said, container=taken.container, wrapped_key=taken.wrapped_key)


@pytest.fixture(params=["stand-in", "sealed"])
def computers(request, tmp_path):
    return [Computer(tmp_path, worker_id, real=request.param == "sealed") for worker_id in IDS]


def package_of(film) -> MeetingPackage:
    case = Case(new_id(), "Kuusi", SENDER, RECIPIENT)
    persons = [Person(new_id(), case.id, role, "x") for role in (Role.CHILD, Role.BIRTH_PARENT)]
    contents = (StoredContent("s/1", "scheme", "s", 1, "x"), StoredContent("i/1", "instrument", "i", 1, "y"))
    made = replace(
        a_meeting(case.id, persons[1].id, persons[0].id, (SENDER, RECIPIENT)), scheme="s/1", instrument="i/1"
    )
    film = replace(film, meeting_id=made.id, container="", wrapped_key=b"")
    return MeetingPackage(new_id(), A_DAY, case, tuple(persons), made, (), (), contents, (film,))


def finished(meeting_id: str) -> FinishedCoding:
    header = CodingHeader(new_id(), meeting_id, SENDER, "s", 1, "i", 1, CodingState.READY, (Stretch(0, 9),), A_DAY, "x")
    parts = (
        Observation(new_id(), header.id, "AS", "adult1", 5, modifiers=("m",), note="ä"),
        Mark(new_id(), header.id, MarkKind.ASK, 5, "y"),
        Rating(new_id(), header.id, "i1", None, "z", ("e",)),
        Bookmark(new_id(), header.id, 7, "w"),
    )
    return FinishedCoding(header, parts)


def file_of(coding: FinishedCoding, packages) -> CodingFile:
    film = DeclaredFilm(new_id(), "a" * 64, -5, 0.25)
    header, file_id = coding.header, new_id()
    declared = Declaration("s/1", "i/1", (Segment(new_id(), header.meeting_id, 1, 0, 9),), (film,))
    said = packages.commitment(coding, file_id)
    return CodingFile(file_id, header.meeting_id, header.id, said, A_DAY, declared)


def refused(call, *args) -> str:
    with pytest.raises(AppError) as caught:
        call(*args)
    return caught.value.key


def test_a_package_goes_to_one_and_its_films_come_in(computers, tmp_path) -> None:
    a, b, c = computers
    film = a.film(new_id())
    package = package_of(film)
    film = replace(film, id=package.films[0].id, meeting_id=package.meeting.id)
    made = a.packages.make(package, [film], b.key, tmp_path, quiet, lambda: False)
    assert made.parent == tmp_path
    found = b.packages.look(made, [a.key])
    assert isinstance(found, Received)
    assert (found.sender, found.package) == (a.key, package)
    (taken,) = b.packages.take_films(found, [film.id], quiet, lambda: False)
    assert replace(taken, container="", wrapped_key=b"") == package.films[0]
    assert taken.container
    assert taken.wrapped_key
    assert b.packages.take_films(found, [], quiet, lambda: False) == ()
    with pytest.raises(Cancelled):
        a.packages.make(replace(package, id=new_id()), [film], b.key, tmp_path, quiet, lambda: True)
    assert refused(c.packages.look, made, [a.key]) == "package-not-for-you"
    assert refused(b.packages.look, made, [c.key]) == "package-unknown-sender"
    for path in (made / "films").iterdir():
        path.unlink()
    assert refused(b.packages.take_films, found, [film.id], quiet, lambda: False) == "package-film-missing"


def test_a_coding_and_its_key_are_two_files_for_one(computers, tmp_path) -> None:
    a, b, c = computers
    coding = finished(new_id())
    file = file_of(coding, a.packages)
    assert a.packages.commitment(coding, file.id) == file.commitment
    assert a.packages.commitment(coding, new_id()) != file.commitment
    other = replace(coding, parts=coding.parts[1:])
    assert a.packages.commitment(other, file.id) != file.commitment
    assert refused(a.packages.make_coding, file, other, b.key, tmp_path) == "coding-changed-here"
    assert list(tmp_path.glob("*.age")) == []
    made = a.packages.make_coding(file, coding, b.key, tmp_path)
    assert a.packages.make_coding(file, coding, b.key, tmp_path) == made
    found = b.packages.look(made, [a.key])
    assert isinstance(found, ReceivedCoding)
    assert (found.sender, found.file) == (a.key, file)
    sent = SentCoding(file.id, file.meeting_id, coding.header.id, "p", file.commitment, A_DAY, key_for="b" * 64)
    key = a.packages.make_key(sent, b.key, tmp_path)
    told = b.packages.look(key, [a.key])
    assert isinstance(told, ReceivedKey)
    said = (told.key.id, told.key.meeting_id, told.key.commitment, told.key.key_for)
    assert said == (file.id, file.meeting_id, file.commitment, "b" * 64)
    for path in (made, key):
        assert refused(c.packages.look, path, [a.key]) == refused(a.packages.look, path, [a.key])
        assert refused(b.packages.look, path, []) == "package-unknown-sender"
    assert refused(a.packages.make_coding, file, coding, b.key, tmp_path / "gone") == "package-not-written"


def test_what_is_found_is_in_the_order_in_which_it_is_taken(computers, tmp_path) -> None:
    a, b, _ = computers
    post = tmp_path / "post"
    post.mkdir()
    assert refused(b.packages.found, post) == "package-missing"
    assert refused(b.packages.look, post / "nothing", []) == "package-missing"
    (post / "words.txt").write_text("hello")
    assert refused(b.packages.look, post / "words.txt", []) == "package-foreign"
    coding = finished(new_id())
    file = file_of(coding, a.packages)
    sent = SentCoding(file.id, file.meeting_id, coding.header.id, "p", file.commitment, A_DAY, key_for="b" * 64)
    key = a.packages.make_key(sent, b.key, post)
    made = a.packages.make_coding(file, coding, b.key, post)
    film = a.film(new_id())
    package = package_of(film)
    film = replace(film, id=package.films[0].id, meeting_id=package.meeting.id)
    folder = a.packages.make(package, [film], b.key, post, quiet, lambda: False)
    (post / f"._{made.name}").write_bytes(b"\x00\x05\x16\x07")  # as macOS lays it beside files on a stick
    assert b.packages.found(post) == (folder, made, key)
    assert b.packages.found(folder) == (folder,)
    assert b.packages.found(key) == (key,)


# ── partners' codings ────────────────────────────────────────────────────────────────────────────────────────────────


class Office:
    """An archive whose worker codes with somebody elsewhere, and where the partner's codings lie."""

    def __init__(self, tmp_path, *, real: bool) -> None:
        held = SqlArchive(tmp_path) if real else MemoryArchive()
        self.pair = Pair(held.open(IDS[0]), held.open(IDS[2]), None)
        self.pair.begin(IDS)
        self.store, self.held = self.pair.a, held
        if real:
            self.codings = ShutCodings(held.database, self.store.log, self.store.own)
            places.make_folder(tmp_path / "codings")
        else:
            self.codings = FakePartnerCodings(self.store)


@pytest.fixture(params=["stand-in", "sealed"])
def office(request, tmp_path):
    made = Office(tmp_path, real=request.param == "sealed")
    yield made
    if isinstance(made.held, SqlArchive):
        made.held.close()


@pytest.fixture
def sent(office, request, tmp_path):
    """A partner's coding file, opened as far as it opens, and its key."""
    (tmp_path / "elsewhere").mkdir()
    real = "sealed" in request.node.name
    a, b = (Computer(tmp_path / "elsewhere", worker_id, real=real) for worker_id in IDS[1::-1])
    coding = finished(office.pair.meeting.id)
    file = file_of(coding, a.packages)
    received = b.packages.look(a.packages.make_coding(file, coding, b.key, tmp_path), [a.key])
    mine = SentCoding(file.id, file.meeting_id, coding.header.id, "p", file.commitment, A_DAY, key_for="b" * 64)
    key = b.packages.look(a.packages.make_key(mine, b.key, tmp_path), [a.key]).key
    coming = PartnerCoding(file.id, file.meeting_id, IDS[1], coding.header.id, file.commitment, A_DAY, A_DAY)
    return coding, coming, received.shut, key


def test_a_partners_coding_lies_shut_until_both_are_ready_and_its_key_came(office, sent) -> None:
    coding, coming, shut, key = sent
    store, meeting_id = office.store, office.pair.meeting.id
    assert added(coming) in office.codings.hold("in", coming, shut)
    assert store.coding_states(meeting_id) == {IDS[1]: CodingState.READY}
    assert store.awaited(meeting_id) == ()
    assert store.find(CodingHeader) == store.find(Observation) == ()
    assert office.codings.inside(coming, key) == coding
    assert refused(office.codings.inside, coming, replace(key, key=bytes(32))) == "key-does-not-fit"
    after = replace(coming, opened=A_DAY)
    assert refused(office.codings.release, "open", coming, after, coding) == "not-both-ready"
    own = replace(coding.header, id=new_id(), coder=IDS[0])
    store.apply("own", [added(own)])
    assert store.awaited(meeting_id) == (IDS[1],)
    assert store.find(CodingHeader, coder=IDS[1]) == ()
    changes = office.codings.release("open", coming, after, coding)
    theirs = replace(coding.header, coder=IDS[1])
    assert {added(theirs), *map(added, coding.parts)} <= set(changes)
    assert store.awaited(meeting_id) == ()
    assert store.find(CodingHeader, coder=IDS[1]) == (theirs,)
    assert {part for kind in (Observation, Mark, Rating, Bookmark) for part in store.find(kind)} == set(coding.parts)
    assert store.find(PartnerCoding) == (after,)


def test_one_that_was_withdrawn_is_replaced(office, sent) -> None:
    coding, coming, shut, key = sent
    office.codings.hold("in", coming, shut)
    later = replace(coming, id=new_id(), coding_id=new_id(), commitment="f" * 64)
    office.codings.hold("in", later, shut, coming)
    assert office.store.find(PartnerCoding) == (later,)
    assert office.store.coding_states(office.pair.meeting.id) == {IDS[1]: CodingState.READY}
    assert isinstance(key, KeyFile)
    assert coding.header.coder == SENDER
