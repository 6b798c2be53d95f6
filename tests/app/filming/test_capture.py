"""Filming as a state machine: what is in the archive after every command is what the screen shows, and it fits."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.casework.case_editor import CaseEditor
from app.casework.meeting_file import read_filmed
from app.error_texts import sentence
from app.errors import ContainerError, FilmError, StoreError
from app.filming.capture import Capture
from app.filming.devices import Setup
from app.filming.stages import FilmingStage
from app.filming.words import story
from app.i18n import Texts
from app.jobs import Jobs
from app.model.coding import CodingState
from app.model.consent import Purpose
from app.model.filmed import Filmed, away, cut_off, not_filmed
from app.model.filming import Happening
from app.model.meeting import Meeting, Stretch
from app.model.observation import MarkKind
from app.model.recording import Origin, Recording
from app.model.shortfall import of_camera, of_film
from app.model.timecode import SECOND
from app.ports.recorder import Trouble
from app.ports.wakeful import Held, Wakeful
from tests.drivers.film_stage import (
    CAMERAS,
    HD,
    MICROPHONE,
    NINE,
    AtOnce,
    Clock,
    MemoryContainer,
    MemoryFilms,
    StagedRecorder,
    index,
)
from tests.material.house import Home
from tests.stand_ins.fake_films import film_tools

BOTH = Setup(((CAMERAS[0], HD), (CAMERAS[1], HD)), MICROPHONE)
ONE = Setup(((CAMERAS[0], HD),), MICROPHONE)


class Studio:
    """A meeting with five tasks, and everything that films it."""

    def __init__(self, setup: Setup = BOTH) -> None:
        self.home = Home()
        self.store = self.home.a
        adult = self.home.meeting.adult_id
        made = self.home.add_meeting(adult, 4)
        plan = (*made.plan, *made.plan[:2])
        self.store.apply("plan", [_planned(made, plan)])
        self.meeting_id = made.id
        self.clock, self.films, self.jobs = Clock(), MemoryFilms(), AtOnce()
        self.recorder = StagedRecorder(self.clock)
        self.refused: list[str] = []
        self.capture = self.open()
        self.capture.watch(setup)

    def open(self, wakeful: Wakeful | None = None) -> Capture:
        tools = film_tools(recorder=lambda: self.recorder, index=index)
        made = Capture(
            self.store, self.films, tools, self.jobs, Texts("en"), self.meeting_id, self.clock, wakeful=wakeful
        )
        made.refused.connect(lambda e: self.refused.append(e.key))
        return made

    def kill(self) -> Capture:
        """The program is gone; what the archive has is all there is. The films' rescue is not part of this."""
        self.recorder = StagedRecorder(self.clock)
        self.capture = self.open()
        return self.capture

    @property
    def filmed(self) -> Filmed:
        return read_filmed(self.store, self.meeting_id)

    def wait(self, seconds: float) -> None:
        self.recorder.advance(seconds)

    def numbers(self) -> list[int]:
        return [s.number for s in self.filmed.segments]

    def spans(self) -> list[tuple[int, float, float]]:
        return [(s.number, s.start / SECOND, s.end / SECOND) for s in self.filmed.segments]


class Awake(Wakeful):
    """Answers when a test says so; `kept` is each keeping and letting go that changed something."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[bool] = []
        self._held = Held()

    @property
    def held(self) -> Held:
        return self._held

    def keep(self) -> None:
        self._note(True)

    def let_go(self) -> None:
        self._note(False)

    def _note(self, kept: bool) -> None:
        if (self.kept[-1] if self.kept else False) != kept:
            self.kept.append(kept)

    def answer(self, held: Held) -> None:
        self._held = held
        self.told.emit(held)


def _planned(meeting: Meeting, plan):
    from app.model.change import Change

    return Change(meeting, replace(meeting, plan=plan))


@pytest.fixture
def studio(qapp) -> Studio:
    return Studio()


def test_from_ready_to_kept(studio) -> None:
    capture = studio.capture
    stages: list[FilmingStage] = []
    capture.stage_changed.connect(stages.append)
    assert capture.stage == FilmingStage.READY
    assert capture.begin()
    studio.wait(5)
    assert capture.next_task()
    studio.wait(40)
    assert capture.next_task()
    studio.wait(30)
    assert capture.stop()
    assert stages == [FilmingStage.RECORDING, FilmingStage.CLOSING, FilmingStage.KEPT]
    # 20 ms lie between the press and the first picture, which is 0
    assert studio.spans() == [(1, 4.98, 44.98), (2, 44.98, 74.98)]
    films = studio.filmed.films
    assert [(f.camera, f.offset, f.facts.duration, f.origin) for f in films] == [
        (1, 0, 74_980_000, Origin.FILMED),
        (2, 0, 74_980_000, Origin.FILMED),
    ]
    assert studio.filmed.being_recorded == ()
    assert studio.filmed == capture.filmed
    assert capture.meeting.clock_zero == NINE.replace(microsecond=20_000)


def test_the_books_say_what_is_recorded_before_it_is(studio) -> None:
    seen = []
    begin = studio.recorder.begin

    def begin_and_look(takes):
        seen.extend((b.container, b.wrapped_key) for b in studio.filmed.being_recorded)
        assert {t.recording_id for t in takes} == {b.recording_id for b in studio.filmed.being_recorded}
        return begin(takes)

    studio.recorder.begin = begin_and_look
    assert studio.capture.begin()
    assert len(seen) == 2
    assert all(name and key for name, key in seen)


def test_the_child_s_no_is_kept_by_the_door_itself(studio) -> None:
    assert studio.capture.child_says("no")
    assert not studio.capture.begin()
    assert studio.refused == ["child-said-no"]
    assert studio.filmed.being_recorded == ()
    assert studio.capture.child_says("yes")
    assert studio.capture.begin()


def test_a_no_in_the_pause_ends_it(studio) -> None:
    assert studio.capture.begin()
    studio.wait(2)
    assert studio.capture.pause()
    assert studio.capture.child_says("no")
    assert not studio.capture.next_task()
    assert studio.refused == ["child-said-no"]
    assert studio.capture.stage == FilmingStage.PAUSED


def test_nobody_is_filmed_without_a_consent_or_a_decision(studio) -> None:
    case = CaseEditor(studio.store, Texts("en"), studio.home.case_id)
    adult, day = case.file.adults[0], studio.clock().date()
    held = next(c for c in case.file.consents if c.person_id == case.file.child.id)
    assert case.withdraw_consent(held, day)
    assert not studio.capture.begin()
    assert studio.refused == ["consent-missing"]
    assert case.decide_despite(case.file.child, Purpose.FILMING, day, "County", "guardians disagree")
    assert studio.capture.begin()
    studio.wait(2)
    assert studio.capture.pause()
    held = next(c for c in case.file.consents if c.person_id == adult.id)
    assert case.withdraw_consent(held, day)
    assert not studio.capture.begin()
    assert studio.refused == ["consent-missing", "consent-withdrawn"]


def test_what_cannot_begin_leaves_nothing(studio) -> None:
    studio.recorder.refuses = FilmError("no-camera")
    assert not studio.capture.begin()
    assert studio.refused == ["no-camera"]
    assert studio.filmed.being_recorded == ()
    assert studio.films.open_ones == {}
    assert studio.capture.stage == FilmingStage.READY
    studio.recorder.refuses = None
    studio.films.refuse = {None}
    assert not studio.capture.begin()
    assert studio.filmed.being_recorded == ()


def test_a_refusing_archive_does_not_stop_the_recording(studio) -> None:
    capture = studio.capture
    capture.begin()
    capture.next_task()
    studio.wait(3)

    def refuse(*_args, **_more):
        raise StoreError("disk-full")

    apply, studio.store.apply = studio.store.apply, refuse
    before = capture.filmed
    assert not capture.next_task()
    assert capture.filmed == before
    assert capture.stage == FilmingStage.RECORDING
    assert "disk-full" in studio.refused
    studio.store.apply = apply
    assert capture.next_task()
    assert capture.stop()
    assert len(studio.filmed.films) == 2


def test_an_early_next_is_taken_back(studio) -> None:
    capture = studio.capture
    capture.begin()
    studio.wait(1)
    capture.next_task()
    studio.wait(10)
    capture.next_task()
    studio.wait(2)
    assert capture.previous()
    assert studio.numbers() == [1]
    assert capture.filmed.running is not None
    studio.wait(20)
    capture.next_task()
    studio.wait(5)
    capture.stop()
    assert studio.spans() == [(1, 0.98, 32.98), (2, 32.98, 37.98)]


def test_going_back_past_the_first_task_leaves_none(studio) -> None:
    capture = studio.capture
    capture.begin()
    studio.wait(1)
    capture.next_task()
    assert capture.previous()
    assert studio.numbers() == []
    assert not capture.previous()


def test_after_the_last_task_back_goes_on_with_it(studio) -> None:
    capture = studio.capture
    capture.begin()
    for _ in range(6):
        studio.wait(5)
        capture.next_task()
    assert capture.filmed.running is None
    assert capture.filmed.next_number() is None
    studio.wait(1)
    assert capture.previous()
    assert capture.filmed.running.number == 5


def test_tasks_are_skipped_repeated_and_reordered(studio) -> None:
    capture = studio.capture
    capture.begin()
    studio.wait(1)
    capture.next_task()
    studio.wait(10)
    assert capture.skip(2, "material-missing")
    assert capture.filmed.running.number == 1
    assert capture.start_task(4)
    studio.wait(10)
    assert capture.start_task(1)
    studio.wait(10)
    capture.next_task()
    assert capture.filmed.running.number == 3
    studio.wait(4)
    assert capture.skip(3, "child-does-not-want")
    assert capture.filmed.running.number == 5
    studio.wait(10)
    capture.stop()
    assert studio.numbers() == [1, 4, 1, 3, 5]
    assert studio.filmed.skipped == {2: "material-missing"}
    reasons = [(e.number, e.reason) for e in studio.filmed.of(Happening.SKIPPED)]
    assert reasons == [(2, "material-missing"), (3, "child-does-not-want")]


def test_a_skip_is_taken_back_with_its_next(studio) -> None:
    capture = studio.capture
    capture.begin()
    studio.wait(1)
    capture.next_task()
    studio.wait(4)
    capture.skip(1, "time")
    studio.wait(1)
    capture.previous()
    assert studio.numbers() == [1]
    assert studio.filmed.of(Happening.SKIPPED) == []


def test_filming_that_goes_on_another_day_follows_a_minute_later(studio) -> None:
    capture = studio.capture
    capture.begin()
    studio.wait(10)
    capture.stop()
    studio.wait(2 * 24 * 3600)
    assert capture.begin(despite=["test-not-done"])
    studio.wait(20)
    capture.pause()
    studio.wait(100)
    capture = studio.kill()  # what the clock counts from is in the archive
    capture.watch(BOTH)
    assert capture.begin()
    studio.wait(5)
    capture.stop()
    first, second, third = (f for f in studio.filmed.films if f.camera == 1)
    (despite,) = studio.filmed.of(Happening.STARTED_DESPITE)
    assert despite.start == first.end + 60 * SECOND
    assert second.offset == despite.start + 1 + 20_000  # its first picture comes 20 ms after the press
    # within the second day real time counts: 120 s from press to press
    assert third.offset == second.offset + 120 * SECOND
    assert studio.filmed.latest < 220 * SECOND


def test_a_camera_that_ran_through_a_long_pause_fits_with_its_film(studio) -> None:
    capture = studio.capture
    capture.begin()
    studio.wait(10)
    capture.stop()
    studio.wait(4 * 3600 - 60)
    assert capture.begin()
    studio.wait(20)
    capture.stop()
    _, second = (f for f in studio.filmed.films if f.camera == 1)
    assert second.offset == (4 * 3600 - 50) * SECOND


def test_a_pause_is_a_gap_in_real_time_and_the_task_goes_on(studio) -> None:
    capture = studio.capture
    capture.begin()
    studio.wait(1)
    capture.next_task()
    studio.wait(9)
    assert capture.pause()
    assert capture.stage == FilmingStage.PAUSED
    studio.wait(100)
    assert capture.now() == studio.filmed.latest
    assert capture.begin()
    studio.wait(20)
    capture.stop()
    first, second = (f for f in studio.filmed.films if f.camera == 1)
    assert (first.offset, first.end) == (0, 9_980_000)
    # the second film's first picture too comes 20 ms after its press, 110 s after the first press
    assert second.offset == 110 * SECOND
    assert studio.spans() == [(1, 0.98, 9.98), (1, 109.98, 129.98)]
    assert not_filmed(studio.filmed) == (Stretch(9_980_000, 110 * SECOND),)
    (event,) = studio.filmed.of(Happening.PAUSE)
    assert (event.start, event.end) == (9_980_000, 109_980_000)


def test_next_in_a_pause_goes_on_with_the_next_task(studio) -> None:
    capture = studio.capture
    capture.begin()
    capture.next_task()
    studio.wait(5)
    capture.pause()
    studio.wait(5)
    assert capture.next_task()
    assert capture.stage == FilmingStage.RECORDING
    assert capture.filmed.running.number == 2


def test_an_interruption_is_filmed_and_not_filmed(studio) -> None:
    capture = studio.capture
    capture.begin()
    capture.next_task()
    studio.wait(10)
    assert capture.interrupt("child-left")
    assert not capture.interrupt("adult-left")
    studio.wait(5)
    assert capture.resume()
    studio.wait(5)
    capture.interrupt("worker-in-room")
    studio.wait(5)
    capture.stop()
    found = [(e.reason, e.start, e.end) for e in studio.filmed.of(Happening.INTERRUPTION)]
    assert found == [("child-left", 9_980_000, 14_980_000), ("worker-in-room", 19_980_000, 24_980_000)]
    assert away(studio.filmed) == (Stretch(9_980_000, 14_980_000), Stretch(19_980_000, 24_980_000))
    assert not_filmed(studio.filmed) == ()


def test_ended_at_once_is_decided_afterward(studio) -> None:
    capture = studio.capture
    capture.begin()
    capture.next_task()
    studio.wait(10)
    assert capture.stop_at_once()
    assert capture.stage == FilmingStage.KEPT
    assert capture.filmed.undecided is not None
    assert all(f.closed_from_use is None for f in studio.filmed.films)
    assert capture.decide(keep=False)
    assert all(f.closed_from_use is not None for f in studio.filmed.films)
    assert studio.kill().filmed.undecided is None
    assert (away(studio.filmed), not_filmed(studio.filmed)) == ((), ())


def test_a_film_that_is_finished_after_the_decision_is_closed_too(studio) -> None:
    capture = studio.capture
    studio.recorder.auto = False
    capture.begin()
    studio.wait(10)
    capture.stop_at_once()
    assert capture.stage == FilmingStage.CLOSING
    assert capture.decide(keep=False)
    studio.recorder.finish()
    assert len(studio.filmed.films) == 2
    assert all(f.closed_from_use is not None for f in studio.filmed.films)


def test_one_lost_camera_does_not_stop_the_other(studio) -> None:
    capture = studio.capture
    told = []
    capture.failed.connect(told.append)
    capture.begin()
    capture.next_task()
    studio.wait(10)
    studio.recorder.lose("camera-lost", 2)
    studio.wait(10)
    assert capture.stage == FilmingStage.RECORDING
    assert (capture.is_growing(1), capture.is_growing(2)) == (True, False)
    assert [(f.kind, f.camera) for f in told] == [("camera-lost", 2)]
    capture.stop()
    one, two = studio.filmed.films
    assert (one.end, two.end) == (19_980_000, 9_980_000)
    assert studio.spans() == [(1, -0.019999, 19.98)]
    (event,) = studio.filmed.of(Happening.CAMERA_LOST)
    assert (event.number, event.start) == (2, 9_980_000)
    assert (away(studio.filmed), not_filmed(studio.filmed)) == ((), ())


def test_tasks_never_reach_beyond_the_films(studio) -> None:
    capture = studio.capture
    capture.begin()
    studio.wait(1)
    capture.next_task()
    studio.wait(9)
    studio.recorder.lose("camera-lost", 1)
    studio.wait(5)
    studio.recorder.auto = False
    capture.next_task()
    studio.recorder.lost[2] = studio.recorder.clock() - 2 * SECOND
    capture.stop()
    studio.recorder.finish()
    assert studio.spans() == [(1, 0.98, 12.98)]


def test_when_the_only_camera_comes_back_filming_goes_on_by_itself(qapp) -> None:
    studio = Studio(ONE)
    capture = studio.capture
    capture.begin()
    studio.wait(1)
    capture.next_task()
    studio.wait(9)
    studio.recorder.lose("camera-lost", 1)
    assert capture.stage == FilmingStage.PAUSED
    studio.wait(4)
    studio.recorder.lose("camera-back", 1)
    assert capture.stage == FilmingStage.RECORDING
    assert capture.filmed.running.number == 1
    capture.pause()
    studio.recorder.lose("camera-back", 1)
    assert capture.stage == FilmingStage.PAUSED, "a pause that was asked for is a pause"


def test_after_a_long_time_without_its_camera_nobody_is_filmed_before_a_press(qapp) -> None:
    """The cable is put back hours later, and another family is in the room."""
    studio = Studio(ONE)
    capture = studio.capture
    capture.begin()
    studio.wait(10)
    studio.recorder.lose("camera-lost", 1)
    studio.wait(301)
    studio.recorder.lose("camera-back", 1)
    assert capture.stage == FilmingStage.PAUSED
    assert capture.go_on()


def test_while_the_last_film_is_being_finished_no_dot_is_red_and_the_clock_stands(qapp) -> None:
    """A slow disk still takes the end of the film of a camera that is gone."""
    studio = Studio(ONE)
    capture = studio.capture
    capture.begin()
    studio.wait(5)
    assert capture.grows
    shown = capture.shown_clock()
    studio.recorder.trouble.emit(Trouble.CAMERA_LOST.value, 1, studio.recorder.clock())
    studio.wait(5)
    assert capture.is_recording
    assert not capture.grows
    assert capture.shown_clock() == shown


def test_with_its_last_disk_a_camera_s_film_is_over_whichever_came_first(studio, tmp_path) -> None:
    capture = studio.capture
    capture.watch(replace(BOTH, second_folder=tmp_path))
    capture.begin()
    studio.wait(5)
    for kind in (Trouble.WRITE_FAILED, Trouble.SECOND_COPY_LOST):
        assert capture.filming_cameras == {1, 2}
        studio.recorder.trouble.emit(kind.value, 1, studio.recorder.clock())
    assert capture.filming_cameras == {2}
    studio.recorder.trouble.emit(Trouble.DISK_FULL.value, 2, studio.recorder.clock())
    assert capture.filming_cameras == {2}, "its own second disk still takes it"


def test_one_camera_that_comes_back_films_again_beside_the_other(studio) -> None:
    capture = studio.capture
    capture.begin()
    studio.wait(5)
    studio.recorder.lose("camera-lost", 2)
    studio.wait(5)
    studio.recorder.lose("camera-back", 2)
    assert [b.camera for b in studio.filmed.being_recorded] == [1, 2, 2]
    studio.wait(5)
    capture.stop()
    assert [(f.camera, f.offset, f.end) for f in studio.filmed.films] == [
        (1, 0, 14_980_000),
        (2, 0, 4_980_000),
        (2, 9_980_000, 14_980_000),
    ]
    assert capture.failures == ()


def test_after_a_short_sleep_filming_goes_on_in_a_new_film_and_the_gap_has_a_name(studio) -> None:
    """The lid was closed by mistake: the family is still there."""
    capture = studio.capture
    capture.begin()
    studio.wait(5)
    capture.next_task()
    studio.wait(5)
    studio.recorder.sleep(60)
    assert capture.stage == FilmingStage.RECORDING
    (failure,) = capture.failures
    assert (failure.kind, failure.waits, failure.at - failure.since) == (Trouble.SLEPT, False, timedelta(seconds=60))
    studio.wait(5)
    capture.stop()
    filmed = studio.filmed
    assert [(f.offset, f.end) for f in filmed.films if f.camera == 1] == [(0, 9_980_000), (70_000_001, 74_980_001)]
    (slept,) = filmed.of(Happening.SLEPT)
    assert (slept.start, slept.end) == (9_980_000, 69_980_000)
    assert not_filmed(filmed) == (Stretch(9_980_000, 70_000_001),)
    assert [(n, round(a, 2), round(b, 2)) for n, a, b in studio.spans()] == [(1, 4.98, 9.98), (1, 69.98, 74.98)], (
        "the task that was on goes on"
    )
    told = " ".join(story(Texts("fi"), filmed))
    assert f"{Texts('fi').time(NINE + timedelta(seconds=10))}–{Texts('fi').time(NINE + timedelta(seconds=70))}" in told
    assert of_camera(filmed, 1).pictures == 0, "sleep is nobody's loss of pictures"


def test_after_a_long_sleep_nobody_is_filmed_before_a_press(studio) -> None:
    """Who is before the camera then may be somebody else."""
    capture = studio.capture
    capture.begin()
    studio.wait(5)
    studio.recorder.sleep(3600)
    assert capture.stage == FilmingStage.PAUSED
    assert capture.failures[0].waits
    studio.wait(60)
    assert not studio.recorder.is_recording()
    assert capture.go_on()
    assert not capture.failures[0].waits
    studio.wait(5)
    capture.next_task()
    assert capture.failures == (), "whoever goes on with the work has read it"
    capture.stop()
    assert len([f for f in studio.filmed.films if f.camera == 1]) == 2


def test_the_computer_is_kept_awake_while_films_are_written_and_no_longer(studio) -> None:
    wakeful = Awake()
    capture = studio.open(wakeful)
    capture.watch(BOTH)
    assert wakeful.kept == [True]
    wakeful.answer(Held(sleep=True, lid=True))
    assert wakeful.kept == [True, False], "it was only tried out"
    capture.begin()
    assert wakeful.kept[-1]
    studio.wait(5)
    capture.pause()
    assert not wakeful.kept[-1], "a laptop may be put into its bag"
    capture.go_on()
    assert wakeful.kept[-1]
    studio.wait(1)
    capture.stop()
    assert not wakeful.kept[-1]


def test_the_clock_stands_still_where_the_disk_does(studio) -> None:
    capture = studio.capture
    capture.begin()
    assert not capture.is_growing(1), "a button is no film"
    studio.wait(5)
    assert capture.is_growing(1)
    assert capture.shown_clock() == capture.now()
    studio.recorder.stuck = {1: 4_000_000, 2: 4_000_000}
    studio.wait(5)
    assert not capture.is_growing(1)
    assert capture.shown_clock() == 3_980_000
    studio.recorder.stuck = {1: 4_000_000}
    assert capture.is_growing(2)
    assert not capture.is_growing(1), "each camera has a dot of its own"
    assert capture.shown_clock() == capture.now()


def test_how_long_the_film_has_no_sound_is_kept(studio) -> None:
    capture = studio.capture
    capture.begin()
    studio.wait(10)
    studio.recorder.lose("sound-lost")
    studio.wait(30)
    studio.recorder.lose("sound-back")
    assert capture.failures == ()
    studio.wait(10)
    capture.stop()
    (lost,) = studio.filmed.of(Happening.SOUND_LOST)
    assert (lost.start, lost.end) == (9_980_000, 39_980_000)
    assert "Tallenteessa ei ole ääntä 00:09–00:39" in story(Texts("fi"), studio.filmed)


def test_sound_that_is_lost_over_a_pause_is_one_loss_and_ends_where_it_came_back(studio) -> None:
    capture = studio.capture
    capture.begin()
    studio.wait(10)
    studio.recorder.lose("sound-lost")
    studio.wait(10)
    capture.pause()
    studio.wait(10)
    assert capture.go_on()
    studio.recorder.lose("sound-lost")  # the recorder tells it of each filming
    assert [f.kind for f in capture.failures] == [Trouble.SOUND_LOST]
    studio.wait(10)
    capture.pause()
    studio.wait(10)
    studio.recorder.lose("sound-back")
    capture.go_on()
    studio.wait(10)
    capture.stop()
    (lost,) = studio.filmed.of(Happening.SOUND_LOST)
    before_the_last = sorted(f.end for f in studio.filmed.films if f.camera == 1)[-2]
    assert (lost.start, lost.end) == (9_980_000, before_the_last)


def test_a_second_copy_that_cannot_be_finished_is_told_and_noted(studio, tmp_path, monkeypatch) -> None:
    capture = studio.capture
    capture.watch(replace(ONE, second_folder=tmp_path))
    capture.begin()
    studio.wait(5)
    _, second = studio.films.open_ones.values()

    def refused() -> None:
        raise ContainerError("disk-error")

    monkeypatch.setattr(second, "keep", refused)
    capture.stop()
    (film,) = studio.filmed.films
    (lost,) = studio.filmed.of(Happening.SECOND_COPY_LOST)
    assert lost.start == film.end
    assert studio.refused == ["second-copy-refused"]


def test_a_film_whose_end_the_disk_refuses_is_kept_up_to_there_and_said(studio, monkeypatch) -> None:
    """Nothing is told as kept before it was read back."""
    refused, told = [], []
    studio.capture.refused.connect(refused.append)
    studio.capture.kept.connect(lambda film: told.append(film.facts.duration))

    def keep(container):
        raise ContainerError("disk-error", reason="EIO")

    def keep_front(container):
        assert told == []
        container.data[:] = b"7000000"
        return KEEP(container)

    KEEP = MemoryContainer.keep
    monkeypatch.setattr(MemoryContainer, "keep", keep)
    monkeypatch.setattr(MemoryContainer, "keep_front", keep_front)
    studio.capture.watch(ONE)
    studio.capture.begin()
    studio.wait(10)
    studio.capture.stop()
    assert studio.capture.stage == FilmingStage.KEPT
    assert told == [7_000_000]
    assert [e.key for e in refused] == ["film-end-lost"]
    for language, lost in (("fi", "3 s"), ("sv", "3 s")):
        assert lost in sentence(Texts(language), refused[0])
    (event,) = studio.filmed.of(Happening.WRITE_FAILED)
    assert (event.start, studio.filmed.being_recorded) == (7_000_000, ())


def test_where_a_film_lies_is_known_from_its_first_picture_on(studio) -> None:
    capture = studio.capture
    capture.begin()
    capture.next_task()
    studio.wait(2)
    assert {b.offset for b in studio.filmed.being_recorded} == {0}
    assert capture.meeting.clock_zero == NINE.replace(microsecond=20_000)
    assert capture.now() == 1_980_000


def test_a_recording_that_ends_by_itself_can_go_on(studio) -> None:
    capture = studio.capture
    capture.begin()
    studio.wait(1)
    capture.next_task()
    studio.wait(9)
    studio.recorder.lose("disk-full")
    assert capture.stage == FilmingStage.PAUSED
    assert cut_off(capture.filmed) == 1
    assert [e.kind for e in studio.filmed.events] == [Happening.DISK_FULL, Happening.PAUSE]
    studio.wait(30)
    assert capture.begin()
    assert capture.filmed.running.number == 1


def test_lost_pictures_are_counted_and_kept(studio) -> None:
    capture = studio.capture
    capture.begin()
    studio.wait(5)
    studio.recorder.drop(2, 3)
    assert capture.lost_pictures == 3
    capture.stop()
    assert [f.lost_pictures for f in studio.filmed.films] == [0, 3]
    assert capture.lost_pictures == 3
    (event,) = studio.filmed.of(Happening.PICTURES_LOST)
    assert (event.number, event.reason) == (3, "2")


def test_what_is_missing_is_in_the_archive_while_it_is_filmed_and_says_whose_it_is(studio) -> None:
    capture = studio.capture
    assert capture.begin()
    studio.wait(40)
    studio.recorder.miss(1, late=8, silent=3)
    (late,) = studio.filmed.of(Happening.COMPUTER_LATE)
    assert (late.number, late.reason) == (8_000, "1")
    studio.recorder.miss(1, late=12.5, absent=1, silent=3)
    assert of_camera(studio.filmed, 1).late == 8 * SECOND, "written every few seconds"
    assert capture.missing().late == 12_500_000, "told at once"
    studio.recorder.lose("camera-lost", 2)
    studio.wait(20)
    capture.stop()
    one, two = (of_camera(studio.filmed, n) for n in (1, 2))
    assert (one.late, one.absent, one.between, one.silent) == (12_500_000, SECOND, 0, 3 * SECOND)
    assert (two.pictures, two.between) == (20 * SECOND, 20 * SECOND), "the other camera went on without it"
    first, _ = studio.filmed.films
    assert of_film(studio.filmed, first) == replace(one, between=0)
    assert first.lost_pictures == 338
    told = "\n".join(story(Texts("en"), studio.filmed))
    assert "Camera 1: 13 s of pictures is missing: the computer did not keep up." in told
    assert "Camera 2: 20 s is missing between the films: the camera was lost." in told


def test_a_pause_is_not_missing_and_a_lost_camera_s_is(qapp) -> None:
    studio = Studio(ONE)
    capture, recorder = studio.capture, studio.recorder
    capture.begin()
    studio.wait(10)
    capture.pause()
    studio.wait(300)
    capture.begin()
    studio.wait(10)
    recorder.lose("camera-lost", 1)
    studio.wait(71)
    recorder.lose("camera-back", 1)
    assert capture.is_recording
    studio.wait(10)
    capture.stop()
    assert abs(of_camera(studio.filmed, 1).between - 71 * SECOND) < SECOND


def test_a_next_that_came_after_the_last_picture_is_not_taken_back(qapp) -> None:
    """The camera stood still, and the task was begun before that was seen: filming goes on with it."""
    studio = Studio(ONE)
    capture, recorder = studio.capture, studio.recorder
    capture.begin()
    studio.wait(1)
    capture.next_task()
    studio.wait(20)
    recorder.lost[1] = recorder.clock()  # the last picture that came
    studio.wait(2)
    assert capture.next_task()
    studio.wait(1)
    recorder.finish()
    assert cut_off(capture.filmed) == 2
    recorder.lose("camera-back", 1)
    capture.begin()
    assert capture.filmed.running.number == 2


def test_on_from_a_pause_whose_films_are_still_being_finished(studio) -> None:
    capture, recorder = studio.capture, studio.recorder
    recorder.auto = False
    capture.begin()
    studio.wait(5)
    capture.next_task()
    studio.wait(5)
    capture.pause()
    assert capture.is_pausing
    assert capture.go_on()
    recorder.finish()
    assert capture.stage == FilmingStage.RECORDING
    assert capture.filmed.running.number == 1


@pytest.mark.parametrize("end", [Capture.stop, Capture.stop_at_once])
@pytest.mark.parametrize("goes_on", [False, True])
def test_an_end_while_a_pause_is_being_finished_is_the_end(studio, end, goes_on) -> None:
    """Pause, on again and end, pressed faster than a disk takes the films: the last press is what is meant."""
    capture, recorder = studio.capture, studio.recorder
    recorder.auto = False
    capture.begin()
    studio.wait(5)
    capture.pause()
    if goes_on:
        capture.go_on()
    assert end(capture)
    recorder.finish()
    assert capture.stage == FilmingStage.KEPT
    assert not recorder.is_recording()
    assert bool(studio.filmed.of(Happening.ENDED_AT_ONCE)) == (end is Capture.stop_at_once)
    assert studio.filmed.lasting(Happening.PAUSE) is None


def test_a_meeting_whose_coding_is_ready_is_not_filmed_any_more(studio) -> None:
    studio.store.coding_states = lambda *_: {"a": CodingState.READY}
    assert not studio.capture.begin()
    assert studio.refused == ["segments-locked"]


def test_the_time_that_the_disk_lasts_is_told_with_caution(studio) -> None:
    """Earlier films said so much; a covered lens does not make it longer, and much movement makes it shorter."""
    capture = studio.capture
    before = capture.byte_rate()
    capture.begin()
    studio.wait(40)
    assert capture.byte_rate() == before
    for take in studio.recorder.takes:
        take.file.write(bytes(int(before) * 40))
    busy = capture.byte_rate()
    assert busy > before
    studio.wait(400)
    assert capture.byte_rate() == busy


def test_a_second_copy_that_cannot_be_made_is_told_and_filming_begins(studio) -> None:
    place = Path("/toinen")
    capture = studio.capture
    capture.watch(replace(BOTH, second_folder=place))
    assert capture.begin()
    assert capture.writes_second_copy() is True
    assert all(b.second_folder == str(place) for b in studio.filmed.being_recorded)
    studio.wait(3)
    studio.recorder.lose("second-copy-lost")
    assert capture.writes_second_copy() is False
    capture.stop()
    studio.films.refuse = {place}
    studio.wait(3)
    assert capture.begin()
    assert capture.writes_second_copy() is False
    assert all(b.second_folder == "" for b in studio.filmed.being_recorded)


def test_warnings_that_were_known_are_noted(studio) -> None:
    studio.capture.begin(["battery", "test"])
    (event,) = studio.filmed.of(Happening.STARTED_DESPITE)
    assert event.reason == "battery,test"


def test_marks_belong_to_the_meeting(studio) -> None:
    capture = studio.capture
    assert not capture.mark(MarkKind.IMPORTANT)
    capture.begin()
    studio.wait(3)
    capture.mark(MarkKind.IMPORTANT)
    at = capture.now()
    studio.wait(4)
    capture.mark(MarkKind.NOTE, "katsoi äitiin", at)
    capture.stop()
    assert [(m.kind, m.at, m.text) for m in studio.filmed.marks] == [
        (MarkKind.IMPORTANT, 2_980_000, ""),
        (MarkKind.NOTE, 2_980_000, "katsoi äitiin"),
    ]


def test_after_a_kill_the_tasks_done_are_ticked_and_the_clock_goes_on(studio) -> None:
    capture = studio.capture
    capture.begin()
    studio.wait(1)
    capture.next_task()
    studio.wait(10)
    capture.next_task()
    studio.wait(10)
    capture.pause()
    studio.wait(60)
    again = studio.kill()
    assert again.stage == FilmingStage.PAUSED
    assert again.filmed.done == {1, 2}
    again.watch(BOTH)
    assert again.begin()
    assert again.filmed.running.number == 2
    assert again.now() == round(80.98 * SECOND)
    studio.wait(10)
    again.stop()
    films = [f for f in studio.filmed.films if f.camera == 1]
    assert [f.offset for f in films] == [0, 81 * SECOND]


def test_filming_can_go_on_after_it_was_ended(studio) -> None:
    capture = studio.capture
    capture.begin()
    capture.next_task()
    studio.wait(5)
    capture.stop()
    studio.wait(50)
    assert capture.begin()
    assert capture.filmed.running is None
    capture.next_task()
    assert capture.filmed.running.number == 2


def test_a_film_whose_index_fails_waits_for_its_rescue(studio) -> None:
    def damaged(_film):
        raise FilmError("film-damaged")

    tools = film_tools(recorder=lambda: studio.recorder, index=damaged)
    capture = Capture(studio.store, studio.films, tools, studio.jobs, Texts("en"), studio.meeting_id, studio.clock)
    capture.refused.connect(lambda e: studio.refused.append(e.key))
    capture.watch(ONE)
    capture.begin()
    studio.wait(5)
    capture.stop()
    assert studio.refused == ["film-damaged"]
    assert capture.stage == FilmingStage.RESCUED
    assert len(studio.filmed.being_recorded) == 1


def test_a_bug_while_a_film_is_kept_does_not_hold_the_program(studio, qtbot) -> None:
    """It is told as a bug; but films that are being finished for good would let nobody lock or close."""

    def broken(_film):
        raise ZeroDivisionError

    bugs: list = []
    jobs = Jobs()
    jobs.bug.connect(bugs.append)
    tools = film_tools(recorder=lambda: studio.recorder, index=broken)
    capture = Capture(studio.store, studio.films, tools, jobs, Texts("en"), studio.meeting_id, studio.clock)
    capture.watch(ONE)
    capture.begin()
    studio.wait(5)
    capture.stop()
    qtbot.waitUntil(lambda: bool(bugs))
    jobs.close()
    assert not capture.is_busy
    assert capture.stage == FilmingStage.RESCUED
    assert len(studio.filmed.being_recorded) == 1


# ── any order of commands ─────────────────────────────────────────────────────────────────────────────────────────────

COMMANDS = {
    "begin": lambda c: c.begin(),
    "next": lambda c: c.next_task(),
    "previous": lambda c: c.previous(),
    "skip-running": lambda c: c.skip(c.filmed.running.number if c.filmed.running else 1, "time"),
    "skip-3": lambda c: c.skip(3, "safety"),
    "start-1": lambda c: c.start_task(1),
    "start-5": lambda c: c.start_task(5),
    "end-task": lambda c: c.end_task(),
    "interrupt": lambda c: c.interrupt("child-left"),
    "resume": lambda c: c.resume(),
    "pause": lambda c: c.pause(),
    "stop": lambda c: c.stop(),
    "at-once": lambda c: c.stop_at_once(),
    "keep": lambda c: c.decide(keep=True),
    "close": lambda c: c.decide(keep=False),
    "mark": lambda c: c.mark(MarkKind.CLIP),
    "lose-1": lambda c: c.recorder.lose("camera-lost", 1),
    "lose-2": lambda c: c.recorder.lose("camera-lost", 2),
    "back-2": lambda c: 2 in c.recorder.lost and c.recorder.lose("camera-back", 2),
    "full": lambda c: c.recorder.lose("disk-full"),
}
SCRIPT = st.lists(st.tuples(st.sampled_from(sorted(COMMANDS)), st.sampled_from([0, 0.001, 0.5, 7])), max_size=40)


def holds(studio: Studio) -> None:
    """What is true after every command."""
    capture, filmed = studio.capture, studio.filmed
    assert capture.filmed == filmed, "the archive has what the screen shows"
    ordered = sorted(filmed.segments, key=lambda s: s.start)
    assert all(s.start < s.end for s in ordered)
    assert all(a.end <= b.start for a, b in pairwise(ordered)), "tasks never overlap"
    assert sum(s.open for s in ordered) <= 1
    assert not any(s.open for s in ordered[:-1]), "only the last task is going on"
    assert all(e.end is None or e.start <= e.end for e in filmed.events)
    if not capture.is_recording:
        assert not any(s.open for s in ordered)
        assert filmed.lasting(Happening.INTERRUPTION) is None
    for camera in (1, 2):
        own = [f for f in filmed.films if f.camera == camera]
        assert all(a.end <= b.offset for a, b in pairwise(own)), "films follow each other"
    if not capture.is_recording and filmed.films:
        end = max(f.end for f in filmed.films)
        assert all(s.end <= end for s in ordered), "tasks lie on the films"
    assert {b.recording_id for b in filmed.being_recorded} == set(capture._takes)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SCRIPT)
def test_any_order_of_commands_keeps_what_must_hold(qapp, script) -> None:
    studio = Studio()
    latest = 0
    for name, seconds in script:
        studio.wait(seconds)
        COMMANDS[name](studio.capture)
        holds(studio)
        now = studio.capture.now()
        if studio.capture.is_recording:
            assert now >= latest, "time goes forward"
            latest = now
    if studio.capture.is_recording:
        studio.capture.stop()
        holds(studio)
    films = studio.store.find(Recording, meeting_id=studio.meeting_id)
    assert studio.films.open_ones == {}
    assert {f.container for f in films} == set(studio.films.kept)
    again = studio.kill()
    assert again.filmed == studio.filmed
    assert again.stage == studio.capture.stage
