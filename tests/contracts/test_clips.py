"""Moments chosen for feedback: their chooser's alone until the codings are open, gone with their film."""

from dataclasses import replace
from datetime import UTC, datetime

from app.model.change import Change, added, removed
from app.model.cover import Box, ClipCover, Covered, CoverKey, CoverTrack
from app.model.feedback import Clip, ClipWords, FeedbackTalk, Placed
from app.model.identity import new_id
from app.model.recording import Again, Replacement
from app.model.timecode import SECOND
from tests.contracts.test_store import (  # noqa: F401  the same archives
    IDS,
    coded,
    make_ready,
    pair,
    refused,
)
from tests.material.builders import recording


def chosen(pair, **more):  # noqa: F811
    film = recording(pair.meeting.id)
    clip = Clip(
        new_id(), film.id, pair.meeting.id, IDS[0], **({"first": 0, "last": 40_000, "title": "CANARY-title"} | more)
    )
    pair.a.apply("CANARY-chosen", [added(film), added(clip)])
    return film, clip


def test_a_clip_is_there_for_its_chooser_alone_until_both_are_ready(pair):  # noqa: F811
    film, clip = chosen(pair)
    assert pair.a.find(Clip) == (clip,)
    for store in (pair.b, pair.c):
        assert store.find(Clip) == () == store.find(Clip, meeting_id=pair.meeting.id)
        assert not store.has(Clip, id=clip.id)
        assert store.history(clip.id) == ()
        assert not any(e.object_id == clip.id for e in store.audit_log())
        refused(store, "clip-not-yours", Change(clip, replace(clip, title="other")))
        refused(store, "clip-not-yours", removed(clip))
    heads = [coded(pair, coder)[0] for coder in (0, 1)]
    make_ready(pair.a, heads[0])
    assert pair.b.find(Clip) == ()
    make_ready(pair.b, heads[1])
    assert pair.b.find(Clip) == (clip,) == pair.c.find(Clip)
    assert pair.b.history(clip.id)
    pair.b.apply("edited", [Change(clip, moved := replace(clip, first=20_000))])
    assert pair.a.get(Clip, clip.id) == moved
    refused(pair.a, "clip-not-yours", Change(moved, replace(moved, by=IDS[1])))
    assert film.id == moved.recording_id


def test_nobody_chooses_in_anothers_name_or_of_another_meeting(pair):  # noqa: F811
    film, clip = chosen(pair)
    refused(pair.b, "clip-not-yours", added(replace(clip, id=new_id())))
    refused(pair.a, "moved", Change(clip, replace(clip, meeting_id="another")))
    refused(pair.a, "film-erased", added(replace(clip, id=new_id(), recording_id="none")))
    assert film.meeting_id == clip.meeting_id


def replaced(film, worker_id, **fields):
    """The film as another file of it, one second of which is missing at the beginning."""
    said = Replacement(
        datetime(2026, 11, 3, tzinfo=UTC), worker_id, Again.PICTURES, film.sha256, film.size, film.container,
        film.offset, film.drift_ppm, places=9,
    )  # fmt: skip
    more = {"sha256": "9" * 64, "container": new_id(), "offset": film.offset + SECOND} | fields
    return replace(film, replaced=(*film.replaced, said), **more)


def test_moments_of_all_follow_their_film_whoever_fetched_it_again(pair):  # noqa: F811
    film, clip = chosen(pair, first=5 * SECOND, last=6 * SECOND)
    gone = replace(clip, id=new_id(), first=0, last=100)
    track = CoverTrack(new_id(), IDS[0], Covered.FACE, (CoverKey(5 * SECOND, Box(0, 0, 9, 9)),))
    covers = [ClipCover(new_id(), film.id, pair.meeting.id, c.id, IDS[0], (track,)) for c in (clip, gone)]
    pair.a.apply("more", [added(gone), *map(added, covers)])
    after = replaced(film, IDS[1])
    pair.b.apply("again", [Change(film, after)], act="film-again")
    assert pair.b.find(Clip) == pair.b.find(ClipCover) == (), "and it is still nobody else's"
    (moved,) = pair.a.find(Clip)
    assert (moved.id, after.to_meeting(moved.first)) == (clip.id, film.to_meeting(clip.first))
    (cover,) = pair.a.find(ClipCover)
    assert (cover.clip_id, cover.tracks[0].keys[0].time) == (clip.id, 4 * SECOND)
    assert pair.a.find(Clip, id=gone.id) == (), "what the other file lacks"
    assert pair.b.history(clip.id) == pair.b.history(gone.id) == ()
    assert [e.worker_id for e in pair.a.history(clip.id)] == [IDS[0]] * 2
    assert [e.object_id for e in pair.b.audit_log() if e.object_id in (clip.id, gone.id)] == []
    pair.a.apply("edited", [Change(moved, replace(moved, title="on"))])


def test_covers_on_another_camera_follow_its_clock_and_fall_with_their_clip(pair):  # noqa: F811
    film, clip = chosen(pair, first=5 * SECOND, last=6 * SECOND)
    gone = replace(clip, id=new_id(), first=0, last=100)
    beside = recording(pair.meeting.id)
    track = CoverTrack(new_id(), IDS[0], Covered.FACE, (CoverKey(5 * SECOND, Box(0, 0, 9, 9)),))
    covers = [ClipCover(new_id(), beside.id, pair.meeting.id, c.id, IDS[0], (track,)) for c in (clip, gone)]
    pair.a.apply("more", [added(beside), added(gone), *map(added, covers)])
    pair.b.apply("again", [Change(beside, replaced(beside, IDS[1]))], act="film-again")
    assert {c.tracks[0].keys[0].time for c in pair.a.find(ClipCover)} == {4 * SECOND}
    pair.b.apply("again", [Change(film, replaced(film, IDS[1]))], act="film-again")
    assert [c.clip_id for c in pair.a.find(ClipCover)] == [clip.id], "its clip is not on the other file"


def test_a_talk_and_its_words_are_everybodys_and_outlive_the_clip(pair):  # noqa: F811
    _, clip = chosen(pair)
    talk = FeedbackTalk(new_id(), pair.case.id, pair.adult.id, places=(Placed(clip.id),))
    words = ClipWords(new_id(), talk.id, clip.id, words="oma sana", scaling=0)
    refused(pair.a, "clip-coding-open", added(talk), added(replace(words, title="CANARY-title")))
    pair.a.apply("talk", [added(talk), added(words)])
    pair.a.apply("gone", [removed(clip)])
    assert pair.b.find(FeedbackTalk) == (talk,)
    assert pair.b.find(ClipWords) == (words,)
