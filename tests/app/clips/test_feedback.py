"""Choosing, arranging and the adult's words: one door, every step taken back, nothing lost with a clip."""

from dataclasses import replace

import pytest

from app.clips.chosen import Found, Moment, found_at, found_in, moment, offers_of, selected
from app.clips.feedback import FeedbackEditor
from app.films.reels import reels
from app.i18n import now
from app.model.change import added
from app.model.feedback import CameFrom, Clip, FeedbackTalk, Group
from app.model.filming import LiveMark
from app.model.identity import new_id
from app.model.observation import Bookmark, MarkKind, Observation
from app.model.timecode import SECOND
from tests.material.house import Home
from tests.stand_ins.fake_player import FakePlayer


@pytest.fixture
def home(qapp) -> Home:
    return Home()


@pytest.fixture
def editor(home) -> FeedbackEditor:
    made = FeedbackEditor(home.a, home.texts, home.case_id)
    made.refusals = []
    made.refused.connect(lambda error: made.refusals.append(error.key))
    return made


def chosen(home, editor, start=0, end=20, talk: FeedbackTalk | None = None) -> Clip:
    clip = editor.choose(Moment(home.film, start * SECOND, end * SECOND), "" if talk is None else talk.id)
    assert clip is not None
    return clip


def talk_of(home, editor) -> FeedbackTalk:
    talk = editor.begin(home.meeting.adult_id)
    assert talk is not None
    return talk


def order(editor, talk) -> list[tuple[str, Group]]:
    return [(clip.title, place.group) for place, clip in editor.placed(editor.talk(talk.id))]


def test_clips_are_arranged_in_groups_strengths_first(home, editor) -> None:
    talk = talk_of(home, editor)
    clips = [chosen(home, editor, n, n + 5, talk) for n in (0, 10, 20)]
    for clip, title in zip(clips, "abc", strict=True):
        assert editor.edit(clip, title=title)
    assert order(editor, talk) == [(x, Group.STRENGTHS) for x in "abc"]
    assert editor.move(editor.talk(talk.id), clips[0].id, Group.GROWING)
    assert order(editor, talk) == [("b", Group.STRENGTHS), ("c", Group.STRENGTHS), ("a", Group.GROWING)]
    assert editor.move(editor.talk(talk.id), clips[0].id, Group.STRENGTHS, before=clips[2].id)
    assert [x for x, _ in order(editor, talk)] == ["b", "a", "c"]
    assert editor.step(editor.talk(talk.id), clips[2].id, -1)
    assert [x for x, _ in order(editor, talk)] == ["b", "c", "a"]
    assert editor.step(editor.talk(talk.id), clips[0].id, 1), "over the border into the next group"
    assert order(editor, talk)[-1] == ("a", Group.GROWING)
    assert editor.step(editor.talk(talk.id), clips[0].id, 1)
    assert order(editor, talk)[-1] == ("a", Group.CLOSING)
    assert not editor.step(editor.talk(talk.id), clips[0].id, 1)
    for _ in range(3):
        assert editor.undo()
    assert [x for x, _ in order(editor, talk)] == ["b", "a", "c"]


def test_a_talk_tells_its_length(home, editor) -> None:
    talk = talk_of(home, editor)
    clip = chosen(home, editor, talk=talk)
    assert editor.plan(editor.talk(talk.id), clip.id, minutes=18)
    assert (editor.talk(talk.id).planned, editor.talk(talk.id).minutes) == (10 + 18 + 10, 75)


def test_the_same_moment_used_twice_is_known(home, editor) -> None:
    first, second, far = chosen(home, editor, 0, 20), chosen(home, editor, 20, 30), chosen(home, editor, 40, 50)
    assert editor.same_moment(first) == (second,)
    assert editor.same_moment(far) == ()


def test_a_clip_is_trimmed_within_its_film_and_has_a_picture_at_least(home, editor) -> None:
    clip = chosen(home, editor)
    assert editor.trim(clip, 5 * SECOND, 5 * SECOND, home.film)
    assert editor.clip(clip.id).is_still
    for first, last in ((6, 5), (-1, 5), (5, 61)):
        assert not editor.trim(editor.clip(clip.id), first * SECOND, last * SECOND, home.film)
    assert editor.refusals == ["clip-without-picture"] * 3


def test_another_adults_version_takes_the_clips_and_none_of_the_words(home, editor) -> None:
    talk = talk_of(home, editor)
    clip = chosen(home, editor, talk=talk)
    assert editor.edit_talk(editor.talk(talk.id), question="Miten saan leikin alkuun?")
    assert editor.note(talk, editor.clip(clip.id), "kysy ensin")
    other = editor.begin("father", like=editor.talk(talk.id))
    assert (other.question, [p.clip_id for p in other.places]) == ("", [clip.id])
    assert [editor.clip(clip.id).notes_for(t.id) for t in (talk, other)] == ["kysy ensin", ""]


def test_what_was_said_stays_when_the_film_is_erased(home, editor) -> None:
    talk = talk_of(home, editor)
    clip = chosen(home, editor, talk=talk)
    editor.edit(clip, title="Torni")
    clip = editor.clip(clip.id)
    assert editor.note_shown(editor.talk(talk.id), clip, now())
    assert not editor.undo(), "what was shown was shown"
    assert editor.say(talk, clip, words="En muistanut.", picked=("surprised",), scaling=7, step="Odotan.")
    noted = [e.object_id for e in home.a.audit_log(acts=["shown-in-feedback"])]
    assert home.film.id in noted
    assert talk.id in noted
    home.erase(home.film)
    editor.reread()
    held = editor.talk(talk.id)
    assert (editor.placed(held), editor.unseen(held)) == ((), 1)
    (said,) = editor.said_in(held)
    assert (said.title, said.words, said.scaling) == ("", "En muistanut.", 7), "the title was the chooser's"
    assert held.held is not None
    assert not editor.remove_talk(held)
    assert editor.refusals == ["talk-was-held"]


def test_a_removed_clip_leaves_its_talks_in_one_step(home, editor) -> None:
    talk = talk_of(home, editor)
    clip = chosen(home, editor, talk=talk)
    assert editor.remove(clip)
    assert (editor.clips, editor.talk(talk.id).places) == ((), ())
    assert editor.undo()
    assert editor.placed(editor.talk(talk.id))[0][1] == clip


def test_rounds_are_numbered_for_each_adult(home, editor) -> None:
    assert editor.next_cycle("mother") == 1
    editor.begin("mother", cycle=editor.next_cycle("mother"))
    assert (editor.next_cycle("mother"), editor.next_cycle("father")) == (2, 1)


def test_what_each_source_becomes() -> None:
    point = Observation("o", "c", "AE", "adult1", 60 * SECOND)
    state = replace(point, end=75 * SECOND)
    assert (found_in(point).start, found_in(point).end) == (52 * SECOND, 72 * SECOND)
    assert (found_in(state).start, found_in(state).end) == (58 * SECOND, 75 * SECOND)
    assert (found_in(state).came_from, found_in(state).code) == (CameFrom.OBSERVATION, "AE")
    assert found_in(Bookmark("b", "c", SECOND, "katso")).text == "katso"
    assert found_in(LiveMark("m", "x", MarkKind.IMPORTANT, 9)).came_from == CameFrom.LIVE_MARK
    assert found_at(SECOND, None, CameFrom.DISAGREEMENT).end == 13 * SECOND
    assert selected(1, 2) == Found(1, 1, 2, CameFrom.SELECTION)


def test_a_moment_begins_and_ends_with_pictures_of_the_leading_film(home) -> None:
    player = FakePlayer()
    player.open(reels(home.a, home.vault, [home.film]))
    made = moment(selected(5 * SECOND + 1, 700 * SECOND), player, [home.film])
    assert made is not None
    assert made.first == home.film.to_film(player.picture_time(5 * SECOND + 1))
    assert 59 * SECOND < made.last < 60 * SECOND, "a stretch beyond its film ends with its last picture"
    assert moment(selected(900 * SECOND, 901 * SECOND), player, [home.film]) is None
    assert moment(selected(0, SECOND), player, []) is None


def test_flags_bookmarks_and_live_marks_are_offered_until_they_are_taken(home, editor) -> None:
    coding = home.editor()
    assert coding.mark(MarkKind.CLIP, 5 * SECOND)
    assert coding.mark(MarkKind.ASK, 6 * SECOND)
    assert coding.bookmark(7 * SECOND, "katso")
    live = LiveMark(new_id(), home.meeting.id, MarkKind.IMPORTANT, 9 * SECOND, "yhteinen ilo")
    home.a.apply("live", [added(live)])
    offered = offers_of(home.a, home.meeting.id)
    assert [(f.at, f.came_from) for f in offered] == [
        (5 * SECOND, CameFrom.MARK), (7 * SECOND, CameFrom.BOOKMARK), (9 * SECOND, CameFrom.LIVE_MARK)
    ]  # fmt: skip
    assert [f.came_from for f in offers_of(home.b, home.meeting.id)] == [CameFrom.LIVE_MARK], "one codes alone"
    taken = editor.choose(Moment(home.film, 0, SECOND, CameFrom.LIVE_MARK, live.id))
    assert live.id not in {f.source_id for f in offers_of(home.a, home.meeting.id, (taken,))}
