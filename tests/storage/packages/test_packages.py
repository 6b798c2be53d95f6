"""Packages between two archives: sealed for one, from one, and the same whatever order they come in."""

import itertools
import json
import shutil
import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from types import SimpleNamespace

import pyrage
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.casework.case_editor import CaseEditor
from app.casework.second_coding import Draw, draw
from app.casework.sent_films import sent
from app.coding.opening import begin
from app.door import Door
from app.erasing.certificate import certificate_of
from app.erasing.films import what_goes
from app.errors import AppError, Cancelled, ConsentMissing, NotAllowed
from app.i18n import Texts, today
from app.model.change import Change, added, removed
from app.model.coding import CodingHeader
from app.model.consent import Purpose
from app.model.erasure import Erasure, Original
from app.model.identity import new_id
from app.model.meeting import Meeting, Segment
from app.model.observation import Observation
from app.model.package import TakenPackage, _first_digest, is_digest_of, row_digest
from app.model.people import Case, Person, Role, Worker
from app.model.receiving_key import encoded, fingerprint
from app.model.recording import Recording
from app.model.reliability_sample import ReliabilitySample
from app.model.stored import StoredContent
from app.packages.handing_over import content_of, hand_over
from app.packages.partners import add_partner, end_key, partners
from app.packages.taking_in import take_in
from storage import durable_file
from storage.packages import envelope
from storage.packages.packages import FILMS_NAME, SEALED_NAME, SealedPackages
from storage.vault import receiving_keys
from storage.vault.film_vault import FilmVault
from tests.material.archives import keys_of
from tests.material.builders import recording
from tests.material.house import Home, opened

TEXTS = Texts("fi")
#: of each of three rows the beginning of its digest, and of that of the first version
FROZEN = {
    "2:6a9170019f72": "46943a512a0e",
    "2:a88508b175e5": "012dc9d50a9e",
    "2:cbedbc701120": "b6d5ee93ca13",
}
KINDS = (Case, Person, Meeting, Segment, Recording, StoredContent, TakenPackage, ReliabilitySample)


def quiet(_share):
    pass


class Side:
    """One worker's archive: a store in memory, films and keys as they are."""

    def __init__(self, folder, home=None) -> None:
        self.home = home or Home("fi")
        self.store, self.me = self.home.a, self.home.aino.id
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.keys = keys_of(self.me)
        self.media = FilmVault(folder, bytes(range(32)))
        self.key = receiving_keys.receiving_key(self.keys.own())
        self.archive = SimpleNamespace(packages=SealedPackages(self.keys, self.media, threading.Lock(), str.encode))
        self.door = Door(self.store)

    def trusts(self, other, name="Leena Malli") -> str:
        heard = " ".join(fingerprint(other.key))
        return add_partner(self.door, TEXTS, self.key, name, other.key, heard).person_id

    def film(self, content: bytes) -> Recording:
        source = self.folder / "source"
        source.write_bytes(content)
        row = recording(self.home.meeting.id)
        taken = self.media.take_in(source, row.id, quiet, lambda: False)
        source.unlink()
        return replace(
            row, sha256=taken.sha256, size=taken.size, chunks=taken.chunks, container=taken.container,
            wrapped_key=taken.wrapped_key,
        )  # fmt: skip

    def hand_over(self, into):
        return hand_over(self.door, self.archive, TEXTS, self.home.meeting.id, into, quiet, lambda: False)

    def take_in(self, folder):
        return take_in(self.door, self.archive, TEXTS, folder, quiet, lambda: False)

    def all(self) -> dict:
        """What is there of packages; when one was taken in is the only thing that may differ."""
        held = {e.id: e for kind in KINDS for e in self.store.find(kind) if e.id not in self.of_old}
        told = {key: replace(e, taken=e.made) if isinstance(e, TakenPackage) else e for key, e in held.items()}
        return {key: replace(e, wrapped_key=b"") if isinstance(e, Recording) else e for key, e in told.items()}

    of_old = frozenset()


@pytest.fixture
def sides(qapp, tmp_path):
    return between(tmp_path)


def between(tmp_path):
    """An archive with a meeting that is coded with a partner elsewhere, and the partner's, with own work."""
    aino, leena = Side(tmp_path / "aino"), Side(tmp_path / "leena")
    person = aino.trusts(leena)
    leena.trusts(aino, "Aino Esimerkki")
    home = aino.home
    home.lose(home.film)
    meeting = home.a.get(Meeting, home.meeting.id)
    case = home.a.get(Case, home.case_id)
    home.a.apply("x", [Change(case, replace(case, partner=person))])
    home.meeting = replace(meeting, coders=(home.aino.id, person))
    home.a.apply("x", [Change(meeting, home.meeting), added(aino.film(b"film one" * 20_000))])
    leena.of_old = frozenset(e.id for kind in KINDS for e in leena.store.find(kind))
    return aino, leena


def refused(call, *args) -> str:
    with pytest.raises(AppError) as caught:
        call(*args)
    return caught.value.key


def test_a_meeting_goes_over_whole_and_can_be_coded_there(sides, tmp_path) -> None:
    aino, leena = sides
    package = aino.hand_over(tmp_path)
    report = leena.take_in(package)
    assert (report.films, report.kept, report.is_new, report.is_older) == (1, 0, True, False)
    meeting = leena.store.get(Meeting, aino.home.meeting.id)
    sender, me = meeting.coders
    assert (leena.store.get(Worker, sender).name, me) == ("Aino Esimerkki", leena.me)
    (film,) = leena.store.find(Recording, meeting_id=meeting.id)
    assert leena.media.open(film).read() == b"film one" * 20_000
    assert leena.media.verify(film)
    (row,) = aino.store.find(Recording)
    assert (leena.folder / film.container).read_bytes() == (aino.folder / row.container).read_bytes()
    assert [s.number for s in leena.store.find(Segment, meeting_id=meeting.id)] == [1, 2, 3]
    leena.home.editor(leena.store, meeting)
    assert leena.store.find(CodingHeader, meeting_id=meeting.id)[0].coder == leena.me
    assert aino.store.audit_log(meeting.id)[-1].act == "handed-over"
    assert "package-taken-in" in {entry.act for entry in leena.store.audit_log(meeting.id)}


def test_a_consent_that_is_withdrawn_while_the_films_are_copied_leaves_no_package(sides, tmp_path) -> None:
    aino, _ = sides
    editor = CaseEditor(aino.store, TEXTS, aino.home.case_id)
    adult = editor.file.adults[0]

    def withdraw(_share: float) -> None:
        held = editor.file.consent(adult.id, Purpose.FILMING, today())
        assert held is None or editor.withdraw_consent(held, today())

    into = tmp_path / "stick"
    into.mkdir()
    with pytest.raises(ConsentMissing, match="consent-withdrawn"):
        hand_over(aino.door, aino.archive, TEXTS, aino.home.meeting.id, into, withdraw, lambda: False)
    assert list(into.iterdir()) == []
    assert "handed-over" not in {entry.act for entry in aino.store.audit_log(aino.home.meeting.id)}


def test_nothing_of_it_is_clear_and_no_name_is_in_it(sides, tmp_path) -> None:
    aino, leena = sides
    editor = CaseEditor(aino.store, TEXTS, aino.home.case_id)
    child = next(p for p in editor.file.persons if p.is_child)
    editor.edit(child, name="Veera Virtanen", called="Veeruska", note="koira Musti")
    meeting = aino.home.meeting
    aino.store.apply("x", [Change(meeting, replace(meeting, place="Kotikatu 5"))])
    (film,) = aino.store.find(Recording)
    stood = "Huone 2, Veeruskan ja Virtasten takana"
    aino.store.apply("x", [Change(film, replace(film, stood=stood, original=Original.PHONE))])
    aino.home.code(aino.store, [("6", 0), ("q", 5), ("7", 30)])
    package = aino.hand_over(tmp_path)
    on_disk = [path.read_bytes() for path in package.rglob("*") if path.is_file()]
    body = pyrage.decrypt(
        (package / SEALED_NAME).read_bytes(),
        [pyrage.x25519.Identity.from_str(receiving_keys.identity(leena.keys.own()))],
    )
    (made,) = aino.store.find(Observation)[:1]
    for word in ("Veera", "Veeruska", "Musti", "Kotikatu", "Aino", "Leena", made.id, made.coding_id):
        assert word.encode() not in body, word
        assert all(word.encode() not in content for content in on_disk)
    assert all(b"Star 14" not in content and b"film one" not in content for content in on_disk)
    assert "Star" not in str(package)
    assert b"Star 14" in body
    leena.take_in(package)
    there = leena.store.find(Recording, sha256=film.sha256)[-1]
    assert (there.stood, there.original) == ("Huone 2, … ja … takana", Original.UNKNOWN)


def test_what_was_drawn_goes_over_and_the_partner_codes_that_alone(sides, tmp_path) -> None:
    aino, leena = sides
    (drawn,) = draw(aino.door, TEXTS, aino.home.case_id, Draw((aino.home.meeting.id,), seed="4"))
    package = aino.hand_over(tmp_path)
    leena.take_in(package)
    (there,) = leena.store.find(ReliabilitySample)
    meeting = leena.store.get(Meeting, aino.home.meeting.id)
    assert there == replace(drawn, drawn_by=meeting.coders[0])
    assert begin(leena.door, TEXTS, meeting.id).chosen == drawn.drawn_numbers
    before = leena.all()
    leena.take_in(package)
    assert leena.all() == before


def test_a_draw_that_comes_after_coding_has_begun_is_left_out_and_told(sides, tmp_path) -> None:
    aino, leena = sides
    leena.take_in(aino.hand_over(tmp_path))
    begin(leena.door, TEXTS, aino.home.meeting.id)
    draw(aino.door, TEXTS, aino.home.case_id, Draw((aino.home.meeting.id,), seed="4"))
    report = leena.take_in(aino.hand_over(tmp_path))
    assert report.kept == 1
    assert leena.store.find(ReliabilitySample) == ()


def test_the_same_again_changes_nothing(sides, tmp_path) -> None:
    aino, leena = sides
    package = aino.hand_over(tmp_path)
    leena.take_in(package)
    before, files = leena.all(), sorted(p.name for p in leena.folder.iterdir())
    again = leena.take_in(package)
    assert (again.films, again.added, again.edited, again.removed, again.is_new) == (0, 0, 0, 0, False)
    assert (leena.all(), sorted(p.name for p in leena.folder.iterdir())) == (before, files)


def test_any_order_any_number_of_times_ends_in_the_same_archive(qapp, tmp_path_factory) -> None:
    folder = tmp_path_factory.mktemp("orders")
    aino, leena = between(folder)
    made = [aino.hand_over(folder)]
    first, second, _ = aino.store.find(Segment)
    aino.store.apply("x", [Change(first, replace(first, end=first.end - 7)), removed(second), added(aino.film(b"two"))])
    made.append(aino.hand_over(folder))
    moved = replace(first, end=first.end - 7)
    third = Segment(new_id(), first.meeting_id, 2, second.start, second.end - 9)
    aino.store.apply("x", [Change(moved, replace(moved, start=5)), added(third)])
    made.append(aino.hand_over(folder))
    held, number = leena.store.archive, itertools.count()
    seen = []

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.permutations([0, 1, 2]), st.lists(st.sampled_from([0, 1, 2]), max_size=3))
    def orders(order, more) -> None:
        fresh = Side(folder / f"b{next(number)}", leena.home)
        fresh.store.archive.entities = dict(begun)
        fresh.of_old = leena.of_old
        for one in [*order, *more]:
            fresh.take_in(made[one])
        seen.append(fresh.all())
        assert seen[-1] == seen[0]
        shutil.rmtree(fresh.folder)

    begun = dict(held.entities)
    orders()
    said = seen[0]
    assert len([e for e in said.values() if isinstance(e, Recording)]) == 2
    assert sorted(s.number for s in said.values() if isinstance(s, Segment)) == [1, 2, 3]
    assert said[first.id].start == 5
    assert second.id not in said


def test_what_was_changed_or_deleted_here_stays_as_it_is_here(sides, tmp_path) -> None:
    aino, leena = sides
    leena.take_in(aino.hand_over(tmp_path))
    first, second, third = leena.store.find(Segment, meeting_id=aino.home.meeting.id)
    mine = replace(first, end=first.end - 1)
    leena.store.apply("x", [Change(first, mine), removed(second)])
    aino.store.apply("x", [Change(s, replace(s, end=s.end - 5)) for s in (first, second, third)])
    report = leena.take_in(aino.hand_over(tmp_path))
    held = {s.id: s for s in leena.store.find(Segment, meeting_id=aino.home.meeting.id)}
    assert held == {first.id: mine, third.id: replace(third, end=third.end - 5)}
    assert (report.kept, report.edited) == (2, 1)


def test_a_person_is_a_key_and_not_a_name(sides, tmp_path) -> None:
    """Another partner of the same name can neither be taken for the sender nor change what the sender brought."""
    aino, leena = sides
    leena.take_in(aino.hand_over(tmp_path))
    other, _ = between(tmp_path / "other")
    namesake = leena.trusts(other, "Aino Esimerkki")
    meeting = leena.store.get(Meeting, aino.home.meeting.id)
    assert namesake not in meeting.coders
    assert len(leena.store.find(Worker, name="Aino Esimerkki")) == 3
    other.store.archive.entities = dict(aino.store.archive.entities)  # the very same meeting, from somebody else
    forged = other.archive.packages
    content = content_of(aino.store, TEXTS, aino.store.get(Meeting, meeting.id), aino.store.find(Recording))
    shutil.copytree(aino.folder, other.folder, dirs_exist_ok=True)
    made = forged.make(content, aino.store.find(Recording), leena.key, tmp_path, quiet, lambda: False)
    before = leena.all()
    assert refused(leena.take_in, made) == "package-meeting-own"
    assert leena.all() == before


def test_each_way_of_going_wrong_is_a_sentence_of_its_own(sides, tmp_path) -> None:
    aino, leena = sides
    package = aino.hand_over(tmp_path)
    third = Side(tmp_path / "third")
    third.trusts(aino, "Aino")
    assert refused(third.take_in, package) == "package-not-for-you"
    begun = dict(leena.store.archive.entities)
    end_key(leena.door, TEXTS, partners(leena.store)[0])
    assert refused(leena.take_in, package) == "package-unknown-sender"
    leena.store.archive.entities = begun
    assert refused(leena.take_in, tmp_path) == "package-missing"
    whole = (package / SEALED_NAME).read_bytes()
    for place in range(0, len(whole), max(len(whole) // 40, 1)):
        (package / SEALED_NAME).write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert refused(leena.take_in, package) in {"package-damaged", "package-foreign", "package-not-for-you"}
        (package / SEALED_NAME).write_bytes(whole[:place])
        assert refused(leena.take_in, package) in {"package-damaged", "package-foreign", "package-not-for-you"}
    (package / SEALED_NAME).write_bytes(whole)
    (film,) = (package / FILMS_NAME).iterdir()
    content = film.read_bytes()
    for changed in (content[:-1], content[:5000] + bytes([content[5000] ^ 1]) + content[5001:]):
        film.write_bytes(changed)
        assert refused(leena.take_in, package) == "package-film-differs"
    film.unlink()
    assert refused(leena.take_in, package) == "package-film-missing"
    film.symlink_to(tmp_path / "elsewhere")
    assert refused(leena.take_in, package) == "package-film-missing"
    assert leena.all() == {}
    assert not [p for p in leena.folder.iterdir() if p.suffix in (".vau", ".part")]
    film.unlink()
    film.write_bytes(content)
    assert leena.take_in(package).films == 1


@pytest.mark.parametrize("forgery", ["newer", "extra", "kind", "coders", "other-case", "many", "deep", "names"])
def test_what_a_partners_changed_program_could_send_is_refused_whole(sides, tmp_path, forgery) -> None:
    """The seal and the sender are right: what is inside is from outside all the same."""
    aino, leena = sides
    package = aino.hand_over(tmp_path)
    sealed = (package / SEALED_NAME).read_bytes()
    _, _, body = envelope.opened(leena.keys.own(), sealed, [aino.key])
    held = json.loads(body)
    if forgery == "newer":
        envelope_version = envelope.VERSION
        envelope.VERSION = envelope_version + 1
        try:
            newer = envelope.sealed(aino.keys.own(), leena.key, envelope.Format.PACKAGE, body)
        finally:
            envelope.VERSION = envelope_version
        (package / SEALED_NAME).write_bytes(newer)
        assert refused(leena.take_in, package) == "package-newer"
        return
    if forgery == "extra":
        held["meeting"]["more"] = 1
    elif forgery == "kind":
        held["segments"][0]["start"] = "5"
    elif forgery == "coders":
        held["meeting"]["coders"] = json.dumps([leena.me, "sender"])
    elif forgery == "other-case":
        held["segments"][0]["meeting_id"] = new_id()
    elif forgery == "many":
        held["segments"] = [{**held["segments"][0], "id": new_id()} for _ in range(6_000)]
    elif forgery == "names":
        (key,) = held["containers"]
        held["containers"][key][0] = "../../archive.db"
    text = json.dumps(held) if forgery != "deep" else "[" * 100_000
    forged = envelope.sealed(aino.keys.own(), leena.key, envelope.Format.PACKAGE, text.encode())
    (package / SEALED_NAME).write_bytes(forged)
    assert refused(leena.take_in, package) == "package-damaged"
    assert leena.all() == {}


def test_a_scheme_of_one_name_and_another_content_is_refused(sides, tmp_path) -> None:
    aino, leena = sides
    package = aino.hand_over(tmp_path)
    scheme = next(c for c in aino.store.find(StoredContent) if c.kind == "scheme")
    leena.store.apply("x", [added(replace(scheme, text=scheme.text + "\n# other\n"))])
    assert refused(leena.take_in, package) == "package-scheme-differs"
    assert leena.store.find(Meeting, id=aino.home.meeting.id) == ()


def test_who_may_hand_over_and_when(sides, tmp_path) -> None:
    aino, _ = sides
    with pytest.raises(NotAllowed) as caught:
        hand_over(Door(aino.home.b), aino.archive, TEXTS, aino.home.meeting.id, tmp_path, quiet, lambda: False)
    assert caught.value.key == "package-not-yours"
    editor = CaseEditor(aino.store, TEXTS, aino.home.case_id)
    (consent, *_) = editor.file.consents
    editor.do("x", Change(consent, replace(consent, withdrawn=consent.given + timedelta(days=1))))
    with pytest.raises(ConsentMissing):
        aino.hand_over(tmp_path)
    assert not list(tmp_path.glob("havainto-*"))


def test_an_erased_film_is_followed_by_where_it_went(sides, tmp_path) -> None:
    """Before it is erased and on the certificate: each package that it was in, none that was made without it."""
    aino, _ = sides
    home, meeting = aino.home, aino.home.meeting
    (one,) = aino.store.find(Recording, meeting_id=meeting.id)
    aino.hand_over(tmp_path)
    home.a.apply("x", [added(replace(aino.film(b"film two" * 20_000), camera=2))])
    aino.hand_over(tmp_path)
    two = next(f for f in aino.store.find(Recording, meeting_id=meeting.id) if f.id != one.id)
    with opened(home) as room:
        before = {film.id: what_goes(home.a, room.archive, film).packages for film in (one, two)}
        assert [[p.to for p in before[film.id]] for film in (one, two)] == [["Leena Malli"] * 2, ["Leena Malli"]]
        assert before[one.id][1].id == before[two.id][0].id
        home.erase(one)
        (erasure,) = home.a.find(Erasure)
        assert certificate_of(home.a, erasure.id).packages == before[one.id]
        assert "Leena" not in repr(erasure)
        aino.hand_over(tmp_path)  # what is made without it is none of its
        assert certificate_of(home.a, erasure.id).packages == before[one.id]
        home.erase(two)
        (later,) = (e for e in home.a.find(Erasure) if e != erasure)
        assert len(certificate_of(home.a, later.id).packages) == 2


def test_packages_that_were_noted_of_the_meeting_alone_are_named_too(sides) -> None:
    """Earlier versions said only how many films went."""
    aino, _ = sides
    meeting = aino.home.meeting
    (film,) = aino.store.find(Recording, meeting_id=meeting.id)
    aino.store.note("handed-over", Meeting, meeting.id, f"package=earlier;to={meeting.coders[1]};films=1")
    later = aino.film(b"filmed later")
    assert [(p.id, p.to) for p in sent(aino.store, [(film.id, meeting.id)])] == [("earlier", "Leena Malli")]
    assert sent(aino.store, [(later.id, meeting.id)]) == ()


def test_a_cut_off_making_leaves_nothing(sides, tmp_path) -> None:
    aino, _ = sides
    into = tmp_path / "stick"
    into.mkdir()
    with pytest.raises(Cancelled):
        hand_over(aino.door, aino.archive, TEXTS, aino.home.meeting.id, into, quiet, lambda: True)
    assert list(into.iterdir()) == []
    assert "handed-over" not in {entry.act for entry in aino.store.audit_log()}


class Cut(BaseException):
    """The program ends here."""


def test_a_taking_in_cut_off_anywhere_is_finished_by_the_next(sides, tmp_path, monkeypatch) -> None:
    """At each place where something reaches the disk, and just before the rows."""
    aino, leena = sides
    aino.store.apply("x", [added(aino.film(b"second" * 9_000))])
    package = aino.hand_over(tmp_path)
    begun, names = dict(leena.store.archive.entities), ("put_in_place", "sync_file", "sync_folder")
    for name, place in itertools.product(names, range(4)):
        calls = itertools.count()
        real = getattr(durable_file, name)

        def cut(*args, real=real, calls=calls, place=place):
            if next(calls) == place:
                raise Cut
            return real(*args)

        with monkeypatch.context() as patch:
            patch.setattr(durable_file, name, cut)
            try:
                leena.take_in(package)
                leena.store.archive.entities = dict(begun)
            except Cut:
                assert leena.all() == {}
    assert leena.take_in(package).films == 2
    films = leena.store.find(Recording, meeting_id=aino.home.meeting.id)
    assert all(leena.media.verify(film) for film in films)
    assert {p.name for p in leena.folder.glob("*.vau")} == {film.container for film in films}


@pytest.mark.parametrize("weak", [bytes(32), b"\x01" + bytes(31)])
def test_a_key_of_which_everybody_knows_the_secret_is_sealed_for_by_nobody(sides, weak) -> None:
    aino, _ = sides
    assert (
        refused(envelope.sealed, aino.keys.own(), encoded("age", weak), envelope.Format.PACKAGE, b"x")
        == "package-key-useless"
    )


def test_digests_are_the_same_in_every_version() -> None:
    """Frozen: a package that an earlier version took in is compared by them."""
    day = datetime(2026, 11, 3, 12, 30, tzinfo=timezone(timedelta(hours=2)))
    segment = Segment("s", "m", 2, -5, 9)
    person = Person("p", "c", Role.FOSTER_PARENT, "sijaisäiti", language="sv", born=date(2000, 2, 29))
    film = replace(recording("m"), id="f", drift_ppm=0.1, index=b"\1")
    meeting = Meeting("m", "c", day, "a", "k", ("sender", "recipient"), "mim", plan=(), others=("x", "y"))
    assert {row_digest(one)[:14]: _first_digest(one)[:12] for one in (segment, person, meeting)} == FROZEN
    assert row_digest(replace(meeting, held=day.astimezone(UTC))) == row_digest(meeting)
    for one in (segment, person, meeting, film):
        assert is_digest_of(one, row_digest(one))
        assert is_digest_of(one, _first_digest(one))
    assert not is_digest_of(replace(film, offset=7), _first_digest(film))
    assert _first_digest(replace(film, container="other.vau", wrapped_key=b"x")) == _first_digest(film)
    assert row_digest(film) != row_digest(replace(film, index=b"\2"))


def test_digests_do_not_depend_on_what_only_one_archive_knows() -> None:
    film = recording(new_id())
    assert row_digest(film) == row_digest(replace(film, container="other.vau", wrapped_key=b"other"))
    assert row_digest(film) != row_digest(replace(film, offset=1))
