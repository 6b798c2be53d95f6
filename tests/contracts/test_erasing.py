"""The contract of `app.ports.Erasing` and of `MediaVault.erase`, held by the fakes and by the real archive."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.casework import requests
from app.errors import Cancelled, ContainerError, NotAllowed, StoreError
from app.model.change import Change, added, removed
from app.model.consent import ConsentForm
from app.model.erasure import CaseOrder, Erasure, FilmOrder, Ground, Original
from app.model.filming import OpenRecording
from app.model.hold import Hold
from app.model.identity import new_id, timeless_id
from app.model.meeting import Meeting
from app.model.people import Case, Person, Worker
from app.model.recording import Again, DerivedFile, DerivedKind, Recording, Replacement
from app.model.request import Reply, Request, RequestKind
from app.model.retention import Material, OfficeRule, Since
from app.model.statement import Evidence, Statement
from app.model.stored import ExampleClip
from app.model.timecode import SECOND
from app.model.utterance import Utterance
from tests.material.archives import kept_form, take_film
from tests.material.golden import golden, opened
from tests.material.house import MemoryVault
from tests.stand_ins.fake_erasing import MemoryErasing
from tests.stand_ins.fakes import MemoryArchive

FILM = bytes(range(251)) * 400


def go_on() -> bool:
    return False


def nothing(_share: float) -> None:
    """Progress that nobody looks at."""


class Place:
    """A store with its vault and its door for erasing, and one film with a copy and a clip."""

    def __init__(self, store, media, erasing, folder) -> None:
        self.store, self.media, self.erasing = store, media, erasing
        (folder / "film.bin").write_bytes(FILM)
        self.film, _ = take_film(self, folder / "film.bin")
        new = media.begin(self.film.id, self.film.wrapped_key)
        new.write(b"small pictures")
        taken = new.keep()
        self.copy = DerivedFile(
            new_id(), self.film.id, DerivedKind.SCRUB, 0, 0, 9, taken.container, taken.sha256, taken.size, 1
        )
        self.clip = ExampleClip(new_id(), "oma", "AS", self.film.id, 1, 2)
        store.apply("parts", [added(self.copy), added(self.clip)])
        (self.meeting,) = store.find(Meeting)

    def order(self, **more) -> FilmOrder:
        return FilmOrder(self.film.id, Ground.MISTAKE, **more)

    def opens(self, container: str) -> bool:
        try:
            self.media.open_file(self.film, container).close()
        except ContainerError:
            return False
        return True

    def company(self) -> None:
        """Somebody else can sign in to the archive, too."""
        if isinstance(self.erasing, MemoryErasing):
            self.erasing.others = True
        else:
            other = Worker(new_id(), "Leena")
            self.store.apply("other", [added(other)])
            self.archive.add_sign_in(other, "leenan pitkä salalause")


@pytest.fixture(params=["memory", "real"])
def ground(request, tmp_path):
    if request.param == "memory":
        store, vault = MemoryArchive().open(me := new_id()), MemoryVault()
        store.apply("me", [added(Worker(me, "Aino"))])
        yield Place(store, vault, MemoryErasing(store, vault.erase), tmp_path)
        return
    with opened(golden("empty", tmp_path / "archive")) as archive:
        place = Place(archive.store, archive.media, archive.archive.erasing, tmp_path)
        place.archive = archive.archive
        yield place


def test_a_film_goes_with_what_was_made_from_it_and_leaves_a_shell(ground) -> None:
    assert ground.opens(ground.film.container)
    assert ground.opens(ground.copy.container)
    changes = ground.erasing.film(ground.order(original=Original.PHONE, words="x"), go_on)
    (certificate,) = ground.store.find(Erasure)
    shell = ground.film.erased_at(certificate.at, certificate.id)
    assert ground.store.get(Recording, ground.film.id) == shell
    assert {c.id: c.after for c in changes} == {
        shell.id: shell, ground.copy.id: None, ground.clip.id: None, certificate.id: certificate,
    }  # fmt: skip
    assert ground.store.find(DerivedFile) == ground.store.find(ExampleClip) == ()
    assert ground.store.history(ground.clip.id) == ground.store.history(ground.copy.id) == ()
    assert (certificate.worker_id, certificate.ground, certificate.words) == (
        ground.store.me, Ground.MISTAKE, "x",
    )  # fmt: skip
    (told,) = certificate.films
    assert (told.id, told.sha256, told.copies, told.original) == (shell.id, shell.sha256, 1, Original.PHONE)
    assert [(row.kind, row.count) for row in certificate.rows] == [("example_clip", 1)]
    assert set(certificate.containers) == {ground.film.container, ground.copy.container}
    (row,) = [e for e in ground.store.audit_log(shell.id) if e.act == "erased"]
    assert row.detail.startswith(f"erasure={certificate.id};files=2;")


@pytest.mark.parametrize("whole_case", [False, True])
def test_what_a_film_was_before_it_was_fetched_again_goes_with_it(ground, whole_case) -> None:
    """Where another file took its place the earlier container is kept, under the one key, until all is erased."""
    new = ground.media.begin(ground.film.id, ground.film.wrapped_key)
    new.write(b"the same film from a phone")
    taken, film = new.keep(), ground.film
    said = Replacement(
        datetime.now(UTC), ground.store.me, Again.PICTURES, film.sha256, film.size, film.container, 0, 0.0, 240
    )
    fields = {"sha256": taken.sha256, "size": taken.size, "chunks": taken.chunks, "container": taken.container}
    after = replace(film, **fields, replaced=(said,))
    ground.store.apply("again", [Change(film, after), removed(ground.copy)], act="film-again")
    assert ground.opens(film.container)
    assert ground.opens(taken.container)
    if whole_case:
        erasure = ground.erasing.case(CaseOrder(ground.meeting.case_id, Ground.MISTAKE, "sanottu"), nothing, go_on)
    else:
        ground.erasing.film(ground.order(), go_on)
        (erasure,) = ground.store.find(Erasure)
        assert ground.store.get(Recording, film.id).containers == ()
    assert {film.container, taken.container} <= set(erasure.containers)
    ground.erasing.finish(nothing, go_on)
    assert not ground.opens(film.container)
    assert not ground.opens(taken.container)


def test_what_was_said_goes_with_the_last_film_on_which_it_is_heard(ground) -> None:
    film = ground.film
    other = replace(film, id=new_id(), camera=2, container="", offset=film.end - SECOND, erased=None)
    heard_on_both, lone = said(ground, film.end - SECOND // 2), said(ground, film.to_meeting(0))
    ground.store.apply("more", [added(other), added(heard_on_both), added(lone)])
    changes = ground.erasing.film(ground.order(), go_on)
    assert lone.id in {c.id for c in changes if c.after is None}
    assert ground.store.find(Utterance) == (heard_on_both,)
    assert ground.store.history(lone.id) == ()
    (certificate,) = ground.store.find(Erasure)
    assert ("utterance", 1) in [(row.kind, row.count) for row in certificate.rows]
    ground.erasing.film(replace(ground.order(), recording_id=other.id), go_on)
    assert ground.store.find(Utterance) == ()
    assert ground.store.history(heard_on_both.id) == ()


def test_what_was_said_goes_with_its_case(ground) -> None:
    ground.store.apply("more", [added(line := said(ground, 0))])
    certificate = ground.erasing.case(CaseOrder(ground.meeting.case_id, Ground.OTHER, "x"), nothing, go_on)
    assert ground.store.find(Utterance) == ground.store.history(line.id) == ()
    assert {row.kind: (row.count, row.ids) for row in certificate.rows}["utterance"] == (1, ())


def said(ground, start) -> Utterance:
    return Utterance(timeless_id(), ground.meeting.id, start, start + 1, text="CANARY")


def test_finishing_removes_the_files_once(ground) -> None:
    assert not ground.erasing.is_unfinished()
    assert ground.erasing.finish(nothing, go_on) == ()
    ground.erasing.film(ground.order(), go_on)
    assert ground.erasing.is_unfinished()
    with pytest.raises(Cancelled):
        ground.erasing.finish(nothing, lambda: True)
    assert ground.erasing.is_unfinished()
    (change,) = ground.erasing.finish(nothing, go_on)
    (certificate,) = ground.store.find(Erasure)
    assert change.after == certificate
    assert certificate.finished is not None
    assert certificate.containers == ()
    assert not ground.opens(ground.film.container)
    assert not ground.opens(ground.copy.container)
    assert not ground.erasing.is_unfinished()
    assert ground.erasing.finish(nothing, go_on) == ()
    assert [e.act for e in ground.store.audit_log(certificate.id)] == ["erasure-finished"]


def test_a_vault_erases_what_is_there_and_what_went_already(ground) -> None:
    ground.media.erase((ground.copy.container,))
    ground.media.erase((ground.copy.container, ground.film.container))
    ground.media.erase(())
    assert not ground.opens(ground.film.container)


def test_an_erased_film_never_comes_back(ground) -> None:
    ground.erasing.film(ground.order(), go_on)
    shell = ground.store.get(Recording, ground.film.id)
    again = (
        Change(shell, ground.film), Change(shell, replace(shell, wrapped_key=b"k")), added(ground.copy),
        added(ground.clip), Change(shell, None),
    )  # fmt: skip
    for change in again:
        with pytest.raises(NotAllowed, match="film-erased"):
            ground.store.apply("x", [change])
    with pytest.raises(NotAllowed, match="film-erased"):
        ground.erasing.film(ground.order(), go_on)


def test_no_step_erases(ground) -> None:
    film = ground.film
    with pytest.raises(NotAllowed, match="erasing-is-no-step"):
        ground.store.apply("x", [Change(film, None)])
    with pytest.raises(NotAllowed, match="erasing-is-no-step"):
        ground.store.apply("x", [Change(film, replace(film, wrapped_key=b""))])
    forged = Erasure(new_id(), datetime.now(UTC), ground.store.me, Ground.MISTAKE, "", ground.meeting.case_id)
    with pytest.raises(NotAllowed, match="erasing-is-no-step"):
        ground.store.apply("x", [added(forged)])


def test_what_others_rest_on_needs_a_typed_ground(ground) -> None:
    assert not ground.erasing.rests_on(ground.film.id)
    statement = Statement(new_id(), ground.meeting.case_id, new_id(), 1, "fi", "mim", datetime.now(UTC))
    evidence = Evidence(new_id(), statement.id, "meeting", "words", ground.meeting.id)
    ground.store.apply("statement", [added(statement), added(evidence)])
    assert ground.erasing.rests_on(ground.film.id)
    for order in (ground.order(), ground.order(words="  "), replace(ground.order(), ground=Ground.OTHER)):
        with pytest.raises(NotAllowed, match="erasure-needs-ground"):
            ground.erasing.film(order, go_on)
    ground.erasing.film(ground.order(words=" because "), go_on)
    assert ground.store.find(Erasure)[0].words == "because"
    assert ground.store.get(Evidence, evidence.id) == evidence


def test_not_while_filming_and_not_what_is_not_there(ground) -> None:
    with pytest.raises(StoreError, match="not-found"):
        ground.erasing.rests_on(new_id())
    with pytest.raises(StoreError, match="not-found"):
        ground.erasing.film(FilmOrder(new_id(), Ground.MISTAKE), go_on)
    with pytest.raises(StoreError, match="not-found"):
        ground.erasing.case(CaseOrder(new_id(), Ground.OTHER, "x"), nothing, go_on)
    now = datetime.now(UTC)
    book = OpenRecording(new_id(), ground.meeting.id, 2, "d.vau", now, 0, "", "", bytes(60), new_id())
    ground.store.apply("filming", [added(book)])
    with pytest.raises(NotAllowed, match="film-being-made"):
        ground.erasing.film(ground.order(), go_on)
    with pytest.raises(NotAllowed, match="film-being-made"):
        ground.erasing.case(CaseOrder(ground.meeting.case_id, Ground.OTHER, "x"), nothing, go_on)
    assert ground.store.get(Recording, ground.film.id) == ground.film


def test_nothing_under_a_hold_or_an_open_request_goes(ground) -> None:
    case_id, day = ground.meeting.case_id, date(2026, 11, 2)
    whole = CaseOrder(case_id, Ground.OTHER, "x")
    elsewhere = requests.hold(case_id, ground.store.me, day, "valitus", new_id())
    ground.store.apply("held", [added(elsewhere)])
    with pytest.raises(NotAllowed, match="held-by-hold"):
        ground.erasing.case(whole, nothing, go_on)
    own = requests.hold(case_id, ground.store.me, day, "valitus", ground.meeting.id)
    ground.store.apply("held", [added(own)])
    with pytest.raises(NotAllowed, match="held-by-hold"):
        ground.erasing.film(ground.order(), go_on)
    asked = requests.asked(case_id, RequestKind.FILM, day, asked_by="isä")
    ground.store.apply("ended", [requests.ended(own, day), requests.ended(elsewhere, day), added(asked)])
    for act in (lambda: ground.erasing.film(ground.order(), go_on), lambda: ground.erasing.case(whole, nothing, go_on)):
        with pytest.raises(NotAllowed, match="held-by-request"):
            act()
    granted = requests.answered(asked, Reply.GIVEN, day, "rekisterinpitäjä")
    ground.store.apply("granted", [granted])
    with pytest.raises(NotAllowed, match="held-by-request"):
        ground.erasing.film(ground.order(), go_on)
    assert not ground.store.get(Recording, ground.film.id).is_erased
    ground.store.apply("handed over", [requests.handed_over(granted.after, day, "katsottu yhdessä")])
    ground.erasing.film(ground.order(), go_on)
    assert ground.store.get(Recording, ground.film.id).is_erased


def test_cancelled_first_nothing_happened(ground) -> None:
    with pytest.raises(Cancelled):
        ground.erasing.film(ground.order(), lambda: True)
    with pytest.raises(Cancelled):
        ground.erasing.case(CaseOrder(ground.meeting.case_id, Ground.OTHER, "x"), nothing, lambda: True)
    assert ground.store.get(Recording, ground.film.id) == ground.film
    assert ground.store.find(Erasure) == ()


def test_a_case_goes_whole_and_no_other(ground) -> None:
    form = kept_form(ground)
    other = Case(new_id(), "Toinen", ground.store.me)
    ground.store.apply("other", [added(other)])
    ground.media.open_file(form, form.container).close()
    with pytest.raises(NotAllowed, match="erasure-needs-ground"):
        ground.erasing.case(CaseOrder(ground.meeting.case_id, Ground.MISTAKE, ""), nothing, go_on)
    film = ground.store.get(Recording, ground.film.id)
    noted = replace(film, stood="huone 2", original=Original.VIDEO_LINK)
    ground.store.apply("noted", [Change(film, noted)])
    order = CaseOrder(ground.meeting.case_id, Ground.OTHER, " päätös ", Original.CARD)
    certificate = ground.erasing.case(order, nothing, go_on)
    assert certificate.films[0].original == Original.VIDEO_LINK, "what was noted of a film goes before the answer"
    assert ground.store.find(Case) == (other,)
    for kind in (Person, Meeting, Recording, DerivedFile, ExampleClip, ConsentForm):
        assert ground.store.find(kind) == ()
    assert ground.store.history(ground.meeting.id) == ()
    assert ground.store.find(Erasure) == (certificate,)
    assert certificate.words == "päätös"
    rows = {row.kind: (row.count, row.ids) for row in certificate.rows}
    assert rows["person"] == (2, ())
    assert rows["consent_form"] == (1, ())
    assert form.container in certificate.containers
    assert rows["meeting"] == (1, (ground.meeting.id,))
    assert rows["client_case"] == (1, (ground.meeting.case_id,))
    assert [film.id for film in certificate.films] == [ground.film.id]
    ground.erasing.finish(nothing, go_on)
    assert not ground.opens(ground.film.container)
    with pytest.raises(ContainerError):
        ground.media.open_file(form, form.container)
    assert [e.act for e in ground.store.audit_log(ground.meeting.case_id)][-1] == "erased"


def test_two_workers_confirm_an_erasing_where_there_are_two(ground) -> None:
    case_id, other = ground.meeting.case_id, new_id()
    ground.company()
    orders = [FilmOrder(ground.film.id, g, "sanottu") for g in (Ground.WITHDRAWN, Ground.RETENTION, Ground.OTHER)]
    for order in orders:
        with pytest.raises(NotAllowed, match="erasure-needs-second"):
            ground.erasing.film(order, go_on)
    with pytest.raises(NotAllowed, match="erasure-needs-second"):
        ground.erasing.case(CaseOrder(case_id, Ground.RETENTION, "sanottu"), nothing, go_on)
    # another's confirmation is of one thing, for one act
    ground.erasing.confirmed(other, case_id)
    with pytest.raises(NotAllowed, match="erasure-needs-second"):
        ground.erasing.film(orders[0], go_on)
    ground.erasing.confirmed(other, ground.film.id)
    with pytest.raises(Cancelled):
        ground.erasing.film(orders[0], lambda: True)
    with pytest.raises(NotAllowed, match="erasure-needs-second"):
        ground.erasing.film(orders[0], go_on)
    ground.erasing.confirmed(other, ground.film.id)
    ground.erasing.film(orders[0], go_on)
    (certificate,) = ground.store.find(Erasure)
    assert (certificate.second_id, certificate.alone) == (other, False)


def test_who_is_alone_in_the_archive_says_why(ground) -> None:
    with pytest.raises(NotAllowed, match="erasure-needs-ground"):
        ground.erasing.film(FilmOrder(ground.film.id, Ground.RETENTION), go_on)
    ground.erasing.film(FilmOrder(ground.film.id, Ground.RETENTION, "yhden työntekijän toimisto"), go_on)
    (certificate,) = ground.store.find(Erasure)
    assert (certificate.second_id, certificate.alone) == ("", True)


def test_a_film_taken_in_by_mistake_is_taken_away_by_one(ground) -> None:
    ground.company()
    ground.erasing.film(ground.order(), go_on)
    (certificate,) = ground.store.find(Erasure)
    assert (certificate.second_id, certificate.alone) == ("", False)


def test_the_certificate_says_for_how_long_backups_were_kept(ground) -> None:
    ground.store.apply("rule", [added(OfficeRule(new_id(), Material.BACKUPS, Since.MADE, 5, "oma"))])
    ground.erasing.film(ground.order(), go_on)
    assert ground.store.find(Erasure)[0].kept_months == 5


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(["hold", "end", "ask", "answer", "erase", "case"]), max_size=12))
def test_nothing_that_is_held_is_ever_gone(tmp_path_factory, steps) -> None:
    store, vault = MemoryArchive().open(me := new_id()), MemoryVault()
    store.apply("me", [added(Worker(me, "Aino"))])
    place = Place(store, vault, MemoryErasing(store, vault.erase), tmp_path_factory.mktemp("films"))
    case_id, day = place.meeting.case_id, date(2026, 11, 2)
    for step in steps:
        holds, asked = (
            [h for h in store.find(Hold) if h.stands],
            [r for r in store.find(Request) if r.is_open],
        )
        there = place.opens(place.film.container)
        try:
            if step == "hold":
                store.apply("x", [added(requests.hold(case_id, me, day, "valitus"))])
            elif step == "end" and holds:
                store.apply("x", [requests.ended(holds[0], day)])
            elif step == "ask":
                store.apply("x", [added(requests.asked(case_id, RequestKind.FILM, day, asked_by="isä"))])
            elif step == "answer" and asked:
                store.apply("x", [requests.answered(asked[0], Reply.REFUSED, day, "kunta", "syy", "asiavastaava")])
            elif step == "erase":
                place.erasing.film(place.order(), go_on)
            elif step == "case":
                place.erasing.case(CaseOrder(case_id, Ground.RETENTION, "aika"), nothing, go_on)
                break
        except NotAllowed:
            pass
        place.erasing.finish(nothing, go_on)
        if holds or asked:
            assert place.opens(place.film.container) == there
            assert store.find(Recording) == (store.get(Recording, place.film.id),)
    if store.find(Case) and any(h.stands for h in store.find(Hold)):
        assert store.find(Recording)
