"""Covers of a clip, and that none leaves for anything without consent, review and proof, whatever happens before."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.casework.case_editor import CaseEditor
from app.casework.film_use import Use, may_be_used
from app.casework.left_clips import LEFT, left_clips
from app.casework.made_of import Made, touched
from app.clips import leaving
from app.clips.covering import CoverEditor, cover_of
from app.clips.examples import ExampleEditor, as_clip
from app.clips.feedback import FeedbackEditor
from app.clips.leaving import LEAVES_FOR, Leaving, leave, suffix_of
from app.erasing.certificate import certificate_of
from app.erasing.films import what_goes
from app.errors import AppError, FilmError, NotAllowed
from app.films.again import clip_changes
from app.i18n import today
from app.model.change import Change, added
from app.model.consent import Purpose
from app.model.cover import HELD, Box, ClipCover, Covered, CoverKey, CoverReview, Muting, Proposed
from app.model.erasure import Erasure
from app.model.feedback import Clip, Sight
from app.model.identity import new_id
from app.model.statement_delivery import Sealing
from app.model.stored import ExampleClip
from app.model.timecode import SECOND
from app.ports.covering import CoverReport, Proposal
from app.reports.left_words import LEFT_FOR
from tests.material.builders import recording
from tests.material.house import LONG_AGO, Home, opened

LOOKED = datetime(2026, 11, 3, 9, tzinfo=UTC)
BOX = Box(1_000, 1_000, 3_000, 3_000)
PURPOSES = (Purpose.FEEDBACK, Purpose.OWN_SUPERVISION, Purpose.COMMISSIONER, Purpose.TRAINING)
PROVEN = CoverReport("ab" * 32, 5, "cd" * 32, 500, 100, 44.5, 5_000, 1)


class FakeCoverer:
    """Writes five bytes, and lets something happen before they are written."""

    def __init__(self) -> None:
        self.orders: list = []
        self.meanwhile = lambda: None

    def write(self, source, index, order, out, progress, cancelled):
        with source():
            self.orders.append(order)
        self.meanwhile()
        out(b"movie")
        return PROVEN


class Covering:
    """A clip of the mother's film."""

    def __init__(self) -> None:
        self.home = home = Home()
        self.cases = CaseEditor(home.a, home.texts, home.case_id)
        self.clip = Clip(new_id(), home.film.id, home.meeting.id, home.aino.id, 0, 20 * SECOND)
        home.a.apply("clip", [added(self.clip)])
        self.editor = CoverEditor(home.a, home.texts, self.clip)
        self.refusals: list[str] = []
        self.editor.refused.connect(lambda error: self.refusals.append(error.key))
        self.coverer = FakeCoverer()

    def consent(self, *purposes: Purpose) -> None:
        for person in (self.cases.file.child, self.cases.file.adults[0]):
            for purpose in purposes:
                assert self.cases.give_consent(person, purpose, LONG_AGO)

    def draw(self):
        track = self.editor.draw(Covered.FACE, 5 * SECOND, BOX, self.cases.file.child.id)
        assert track is not None
        return track

    def look(self) -> None:
        while left := self.editor.covering.to_review:
            assert self.editor.review(left[0])

    def leave(self, folder, use=Use.FEEDBACK, **more):
        adult = self.cases.file.adults[0].id if use == Use.FEEDBACK else ""
        leaving = Leaving(use, folder / "clip.mp4", adult, **more)
        door = self.home.a, self.home.vault, self.coverer, self.home.texts
        return leave(*door, self.clip.id, leaving, lambda _: None, lambda: False)


@pytest.fixture
def covering(qapp) -> Covering:
    return Covering()


def test_a_cover_is_drawn_marked_again_and_every_step_taken_back(covering) -> None:
    editor = covering.editor
    track = covering.draw()
    assert editor.mark(track, 8 * SECOND, replace(BOX, left=2_000, right=4_000))
    assert editor.change(editor.track(track.id), margin=40)
    assert editor.mute(SECOND, 2 * SECOND, Muting.TONE)
    assert editor.take([Proposal((CoverKey(SECOND, BOX),), Proposed.CENTERFACE)])
    assert [t.proposed for t in editor.tracks] == [Proposed.CENTERFACE, Proposed.HAND]
    assert cover_of(covering.home.a, covering.clip).tracks == editor.covering.tracks
    assert editor.unmark(editor.track(track.id), 5 * SECOND)
    assert [key.time for key in editor.track(track.id).keys] == [8 * SECOND]
    assert editor.unmark(editor.track(track.id), 8 * SECOND)  # the last one stays
    assert editor.remove(editor.track(track.id))
    while editor.stack.canUndo():
        assert editor.undo()
    assert cover_of(covering.home.a, covering.clip) is None
    assert not covering.refusals


def test_what_is_left_to_look_at_gets_less_by_looking_and_more_by_drawing(covering) -> None:
    track = covering.draw()
    covering.look()
    assert covering.editor.covering.may_leave
    assert covering.editor.mark(covering.editor.track(track.id), 8 * SECOND, BOX)
    assert [left.track_id for left in covering.editor.covering.to_review] == [track.id]
    assert covering.editor.undo()
    assert covering.editor.covering.may_leave
    assert covering.editor.remove(covering.editor.track(track.id))
    assert {left.person_id for left in covering.editor.covering.to_review} == {covering.cases.file.child.id, ""}


def test_what_was_looked_at_behind_a_cover_is_looked_at_again_once_the_cover_is_gone(covering) -> None:
    """A face that nobody knows, covered and looked at: without its cover the moment left, and the face with it."""
    editor = covering.editor
    unknown = editor.draw(Covered.FACE, 5 * SECOND, BOX)
    assert editor.mark(unknown, 8 * SECOND, BOX)
    covering.look()
    assert editor.covering.may_leave
    assert editor.remove(editor.track(unknown.id))
    assert [(left.start, left.end, left.person_id) for left in editor.covering.to_review] == [(*unknown_span(8), "")]
    assert editor.undo()
    assert editor.covering.may_leave, "the cover is there again, and what was looked at with it"
    assert editor.unmark(editor.track(unknown.id), 8 * SECOND)
    shorter, bare = editor.covering.to_review
    assert (shorter.track_id, bare.person_id) == (unknown.id, "")
    assert (bare.start, bare.end) == (unknown_span(5)[1], unknown_span(8)[1])
    covering.look()
    assert editor.covering.may_leave


def test_a_name_tags_cover_does_not_stand_for_the_face_whose_cover_is_taken_away(covering) -> None:
    editor, child = covering.editor, covering.cases.file.child.id
    for covered in (Covered.FACE, Covered.NAME):
        track = editor.draw(covered, 0, BOX, child)
        assert editor.mark(track, 20 * SECOND, BOX)
    covering.look()
    face = next(track for track in editor.tracks if track.covered == Covered.FACE)
    assert editor.remove(face)
    assert not editor.covering.may_leave


def unknown_span(until: int) -> tuple[int, int]:
    """Where the cover is that is marked at 5 s, and then at some second: held before and after, film time."""
    return 5 * SECOND - HELD, until * SECOND + HELD + 1


def test_nobody_notes_that_another_looked(covering) -> None:
    track = covering.draw()
    home, held = covering.home, cover_of(covering.home.a, covering.clip)
    other = CoverReview(home.leena.id, LOOKED, track.shape, 0, 20 * SECOND)
    stale = replace(other, by=home.aino.id, shape="of before")
    for review in (other, stale):
        after = replace(held, tracks=(replace(track, review=review),))
        with pytest.raises(NotAllowed) as caught:
            home.a.apply("edit", [Change(held, after)])
        assert caught.value.key == "review-not-yours"
    assert home.b.find(ClipCover) == ()  # its chooser's alone, as the clip


def test_covers_go_with_their_clip(covering) -> None:
    covering.draw()
    feedback = FeedbackEditor(covering.home.a, covering.home.texts, covering.home.case_id)
    assert feedback.remove(feedback.clip(covering.clip.id))
    assert cover_of(covering.home.a, covering.clip) is None
    assert feedback.undo()
    assert cover_of(covering.home.a, covering.clip) is not None


def test_a_reviewed_clip_leaves_with_a_report_of_hashes_and_is_logged(covering, tmp_path) -> None:
    covering.consent(Purpose.FEEDBACK)
    track = covering.draw()
    with pytest.raises(NotAllowed, match="clip-not-reviewed"):
        covering.leave(tmp_path)
    covering.look()
    left = covering.leave(tmp_path)
    assert left.path.read_bytes() == b"movie"
    assert json.loads(left.report.read_text())["film_sha256"] == covering.home.film.sha256
    (order,) = covering.coverer.orders
    assert [t.id for t in order.tracks] == [track.id]
    assert order.word
    for kind in (covering.clip.id, covering.home.film.id):
        (entry,) = covering.home.a.audit_log(kind, acts=[LEFT])
        assert PROVEN.sha256 in entry.detail
    sealed = covering.leave(tmp_path / ".", sealing=Sealing.PASSPHRASE, secret="a long passphrase")
    assert sealed.path.name == "clip.mp4.age"
    assert b"movie" not in sealed.path.read_bytes()


@pytest.fixture
def sealed_at_once(monkeypatch) -> None:
    """A passphrase costs a second of work on purpose, as is seen above: not where other things are asked."""
    monkeypatch.setattr("app.clips.leaving.sealed_with", lambda plain, _secret: plain[::-1])


@pytest.mark.usefixtures("sealed_at_once")
def test_a_still_is_ordered_as_a_picture_by_the_same_rules(covering, tmp_path) -> None:
    covering.consent(Purpose.FEEDBACK)
    whole = covering.home.a.get(Clip, covering.clip.id)
    still = replace(whole, first=5 * SECOND, last=5 * SECOND)
    assert (suffix_of(whole), suffix_of(still)) == (".mp4", ".png")
    covering.home.a.apply("edit", [Change(whole, still)])
    covering.editor.hear([Change(whole, still)])
    covering.draw()
    with pytest.raises(NotAllowed, match="clip-not-reviewed"):
        covering.leave(tmp_path)
    covering.look()
    assert covering.leave(tmp_path, sealing=Sealing.PASSPHRASE, secret="a long passphrase").path.exists()
    (order,) = covering.coverer.orders
    assert order.is_still
    assert covering.home.a.audit_log(covering.clip.id, acts=[LEFT])


@pytest.mark.usefixtures("sealed_at_once")
def test_what_left_is_named_when_a_consent_goes_and_when_its_film_is_erased(covering, tmp_path) -> None:
    covering.consent(Purpose.FEEDBACK, Purpose.OWN_SUPERVISION, Purpose.OTHER_PARENT)
    covering.draw()
    covering.look()
    covering.leave(tmp_path)
    covering.leave(tmp_path / ".", Use.SUPERVISION, sealing=Sealing.PASSPHRASE, secret="a long passphrase")
    home, file = covering.home, covering.cases.file
    adult, child = file.adults[0], file.child

    def told(person, purpose) -> list[tuple[str, str, str]]:
        consent = next(c for c in file.consents if (c.person_id, c.purpose) == (person.id, purpose))
        rows = [row for row in touched(home.a, file, consent).rows if row.made == Made.LEFT]
        return [(c.use, c.sealing, who) for row in rows for c, (_, who) in zip(row.left, row.outside, strict=True)]

    shown, supervised = ("feedback", "nothing", adult.called), ("supervision", "passphrase", "")
    assert told(adult, Purpose.FILMING) == [shown, supervised]
    assert told(child, Purpose.FEEDBACK) == [shown]
    assert told(child, Purpose.OWN_SUPERVISION) == [supervised]
    assert told(child, Purpose.OTHER_PARENT) == [shown]
    assert told(adult, Purpose.OTHER_PARENT) == [], "what the adult got alone needs no other parent's eyes"
    with opened(home) as room:
        assert {use.value for use in LEAVES_FOR} == set(LEFT_FOR), "each has its words"
        assert [c.use for c in what_goes(home.a, room.archive, home.film).left] == ["feedback", "supervision"]
    home.erase(home.film)
    (erasure,) = home.a.find(Erasure)
    left = certificate_of(home.a, erasure.id).left
    assert [(c.clip_id, c.sha256) for c in left] == [(covering.clip.id, PROVEN.sha256)] * 2
    assert told(adult, Purpose.FILMING) == [shown, supervised], "it lies outside still when the film is gone"


class TwoCameras(Covering):
    """The same clip, seen with a second camera's film that began 12 s later."""

    def __init__(self, sight: Sight = Sight.WITHIN) -> None:
        super().__init__()
        home = self.home
        plain = recording(home.meeting.id, 90 * SECOND)
        self.second = replace(plain, camera=2, offset=12 * SECOND, container="second.vau", sha256="2" * 64)
        home.a.apply("film", [added(self.second)])
        both = replace(self.clip, second_id=self.second.id, sight=sight)
        home.a.apply("edit", [Change(self.clip, both)])
        self.clip, self.other = both, CoverEditor(home.a, home.texts, both, self.second.id)
        self.editor.hear([Change(self.clip, both)])

    def look_at_other(self) -> None:
        while left := self.other.covering.to_review:
            assert self.other.review(left[0])


def test_two_cameras_are_covered_apart_and_leave_only_when_both_were_looked_at(qapp, tmp_path) -> None:
    two = TwoCameras()
    two.consent(Purpose.FEEDBACK)
    own, child = two.draw(), two.cases.file.child
    assert (two.other.side.first, two.other.side.last) == (0, 8 * SECOND)
    there = two.other.draw(Covered.FACE, 2 * SECOND, BOX, child.id)
    assert [t.id for t in two.editor.tracks] == [own.id]
    assert [t.id for t in two.other.tracks] == [there.id]
    two.look()
    assert child.id in {left.person_id for left in two.other.covering.to_review}
    with pytest.raises(NotAllowed, match="clip-not-reviewed"):
        two.leave(tmp_path)
    two.look_at_other()
    left = two.leave(tmp_path)
    assert json.loads(left.report.read_text())["second_film_sha256"] == two.second.sha256
    (order,) = two.coverer.orders
    assert [t.id for t in order.second.tracks] == [there.id]
    assert (order.second.sight, order.second.first) == (Sight.WITHIN, 0)
    assert order.second.at(13 * SECOND) == SECOND
    for object_id in (two.clip.id, two.home.film.id, two.second.id):
        assert two.home.a.audit_log(object_id, acts=[LEFT])
    films = two.home.film.id, two.second.id
    assert [len(left_clips(two.home.a, of)) for of in ((films[0],), (films[1],), films)] == [1, 1, 1]


def test_a_second_camera_that_is_not_seen_or_shows_nothing_of_it_is_asked_for_nothing(qapp, tmp_path) -> None:
    alone = TwoCameras(Sight.ONE)
    alone.consent(Purpose.FEEDBACK)
    alone.look()
    assert alone.leave(tmp_path)
    later = TwoCameras(Sight.BESIDE)
    later.consent(Purpose.FEEDBACK)
    short = replace(later.clip, last=11 * SECOND)
    later.home.a.apply("edit", [Change(later.clip, short)])
    later.editor.hear([Change(later.clip, short)])
    later.look()
    assert later.leave(tmp_path)
    assert [order.second for order in (*alone.coverer.orders, *later.coverer.orders)] == [None, None]


def test_covers_of_both_cameras_go_with_the_clip_and_each_with_its_film(qapp) -> None:
    two = TwoCameras()
    two.draw()
    two.other.draw(Covered.FACE, 2 * SECOND, BOX)
    feedback = FeedbackEditor(two.home.a, two.home.texts, two.home.case_id)
    assert feedback.remove(two.clip)
    assert two.home.a.find(ClipCover) == ()
    assert feedback.undo()
    for film, left in ((two.second, [two.home.film.id]), (two.home.film, [])):
        two.home.erase(film)
        assert [cover.recording_id for cover in two.home.a.find(ClipCover)] == left


def test_covers_follow_the_clock_of_the_film_that_they_are_on(qapp) -> None:
    two = TwoCameras()
    two.draw()
    two.other.draw(Covered.FACE, 2 * SECOND, BOX)
    before = two.second
    changes = clip_changes(two.home.a, before, replace(before, offset=11 * SECOND))
    assert [c.after.tracks[0].keys[0].time for c in changes if isinstance(c.after, ClipCover)] == [3 * SECOND]
    own = clip_changes(two.home.a, two.home.film, replace(two.home.film, offset=-SECOND))
    assert [c.after.recording_id for c in own if isinstance(c.after, ClipCover)] == [two.home.film.id]
    assert clip_changes(two.home.a, before, before) == ()


def test_an_example_leaves_by_the_same_door_for_training_alone(covering, tmp_path) -> None:
    home = covering.home
    covering.consent(Purpose.TRAINING, Purpose.FEEDBACK)
    example = ExampleClip(new_id(), "core", "AS", home.film.id, 5 * SECOND, 9 * SECOND)
    home.a.apply("example", [added(example)])
    covering.clip = as_clip(home.a, example)
    assert (covering.clip.first, covering.clip.last) == (5 * SECOND, 9 * SECOND - 1)
    covering.editor = CoverEditor(home.a, home.texts, covering.clip)
    covering.draw()
    with pytest.raises(NotAllowed, match="clip-not-reviewed"):
        covering.leave(tmp_path, Use.EXAMPLE)
    covering.look()
    with pytest.raises(NotAllowed, match="example-for-training"):
        covering.leave(tmp_path)
    assert covering.leave(tmp_path, Use.EXAMPLE).path.exists()
    (order,) = covering.coverer.orders
    assert (order.first, order.last) == (covering.clip.first, covering.clip.last)
    assert home.a.audit_log(example.id, acts=[LEFT])
    examples = ExampleEditor(home.a, home.texts, "core")
    assert examples.remove(example)
    assert cover_of(home.a, covering.clip) is None
    assert examples.undo()
    assert cover_of(home.a, covering.clip) is not None


def test_an_example_without_the_training_consent_stays(covering, tmp_path) -> None:
    covering.consent(Purpose.FEEDBACK)
    example = ExampleClip(new_id(), "core", "AS", covering.home.film.id, 5 * SECOND, 9 * SECOND)
    covering.home.a.apply("example", [added(example)])
    covering.clip = as_clip(covering.home.a, example)
    covering.editor = CoverEditor(covering.home.a, covering.home.texts, covering.clip)
    covering.look()
    with pytest.raises(NotAllowed, match="consent-missing"):
        covering.leave(tmp_path, Use.EXAMPLE)
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_proven_or_changed_meanwhile_leaves_nothing(covering, tmp_path) -> None:
    covering.consent(Purpose.FEEDBACK)
    covering.draw()
    covering.look()

    def withdrawn() -> None:
        adult = covering.cases.file.adults[0]
        (held,) = (c for c in covering.cases.file.consents if (c.person_id, c.purpose) == (adult.id, Purpose.FEEDBACK))
        assert covering.cases.withdraw_consent(held, today())

    def unproven() -> None:
        raise FilmError("cover-not-proven")

    def muted() -> None:
        assert covering.editor.mute(0, SECOND, Muting.SILENCE)

    for happens, key in ((unproven, "cover-not-proven"), (muted, "clip-changed-meanwhile"), (withdrawn, "consent")):
        covering.coverer.meanwhile = happens
        with pytest.raises(AppError) as caught:
            covering.leave(tmp_path)
        assert caught.value.key.startswith(key)
    assert list(tmp_path.iterdir()) == []
    assert covering.home.a.audit_log(covering.clip.id, acts=[LEFT]) == ()


def test_a_consent_that_is_withdrawn_while_the_file_goes_to_a_slow_stick_takes_the_file_with_it(
    covering, tmp_path, monkeypatch
) -> None:
    """Who withdraws is told what left by what was noted: a file that comes after it would be told to nobody."""
    covering.consent(Purpose.FEEDBACK)
    covering.draw()
    covering.look()
    adult = covering.cases.file.adults[0]
    written = leaving.write_whole

    def slow(path, content) -> None:
        written(path, content)
        for held in covering.cases.file.consents:
            if (held.person_id, held.purpose, held.withdrawn) == (adult.id, Purpose.FEEDBACK, None):
                assert covering.cases.withdraw_consent(held, today())

    monkeypatch.setattr(leaving, "write_whole", slow)
    with pytest.raises(AppError) as caught:
        covering.leave(tmp_path)
    assert caught.value.key.startswith("consent")
    assert list(tmp_path.iterdir()) == []
    assert covering.home.a.audit_log(covering.clip.id, acts=[LEFT]) == ()


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("consent"), st.sampled_from(PURPOSES)),
        st.tuples(st.just("draw"), st.none()),
        st.tuples(st.just("look"), st.none()),
        st.tuples(st.just("hide"), st.booleans()),
        st.tuples(st.just("leave"), st.sampled_from(LEAVES_FOR)),
    ),
    max_size=8,
)


@given(STEPS)
@settings(max_examples=12, deadline=None)
def test_no_file_ever_exists_for_a_use_without_consent_or_review(qapp, tmp_path_factory, steps) -> None:
    covering, folder = Covering(), tmp_path_factory.mktemp("out")
    for what, how in steps:
        if what == "consent":
            covering.consent(how)
        elif what == "draw":
            covering.draw()
        elif what == "look":
            covering.look()
        elif what == "hide":
            before = covering.home.a.get(Clip, covering.clip.id)
            if before.hidden != how:
                covering.home.a.apply("edit", [Change(before, replace(before, hidden=how))])
        else:
            is_given = may_be_used(covering.home.a, covering.clip.meeting_id, today(), how)
            is_hidden = covering.home.a.get(Clip, covering.clip.id).hidden
            may = is_given and not is_hidden and covering.editor.covering.may_leave
            try:
                covering.leave(folder, how)
            except NotAllowed:
                assert not may
                assert list(folder.iterdir()) == []
            else:
                assert may
                for file in folder.iterdir():
                    file.unlink()
