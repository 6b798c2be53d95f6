"""Long work: in its lane, told of on the main thread, cancelled at the next safe point, silent after closing."""

import threading

import pytest

from app.errors import AppError, Cancelled
from app.jobs import Job, JobLane, Jobs
from tests.stand_ins.long_work import until_cancelled


@pytest.fixture
def jobs(qapp):
    made = Jobs()
    yield made
    made.close()


def test_the_result_comes_on_the_main_thread(jobs, qtbot) -> None:
    told: list = []
    jobs.run(
        "add", lambda _: threading.current_thread().name, lambda r: told.append((r, threading.current_thread().name))
    )
    qtbot.waitUntil(lambda: bool(told))
    assert told[0][0].startswith("film")
    assert told[0][1] == threading.main_thread().name


def test_expected_trouble_goes_to_who_asked(jobs, qtbot) -> None:
    told: list[AppError] = []

    def work(_job) -> None:
        raise AppError("disk-full")

    jobs.run("x", work, lambda _: None, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].key == "disk-full"


def test_trouble_that_nobody_took_is_signaled(jobs, qtbot) -> None:
    def work(_job) -> None:
        raise AppError("disk-full")

    with qtbot.waitSignal(jobs.failed) as told:
        jobs.run("x", work, lambda _: None)
    assert told.args[0].key == "disk-full"


def test_a_bug_is_a_bug(jobs, qtbot) -> None:
    with qtbot.waitSignal(jobs.bug) as told:
        jobs.run("x", lambda _: 1 / 0, lambda _: None)
    assert isinstance(told.args[0], ZeroDivisionError)


def test_a_cancelled_job_says_nothing_by_itself(jobs, qtbot) -> None:
    told: list = []
    begun = threading.Event()

    def work(job) -> None:
        begun.set()
        assert until_cancelled(job)
        raise Cancelled

    jobs.failed.connect(told.append)
    job = jobs.run("x", work, told.append)
    begun.wait(10)
    with qtbot.waitSignal(job.finished):
        job.cancel()
    assert told == []
    assert jobs.running == ()


def test_progress_is_heard_and_the_end_always(jobs, qtbot) -> None:
    heard: list[float] = []

    def work(job) -> None:
        for share in range(1001):
            job.progress(share / 1000)

    jobs.started.connect(lambda job: job.progressed.connect(heard.append))
    job = jobs.run("x", work, lambda _: None)
    with qtbot.waitSignal(job.finished):
        pass
    assert heard[-1] == 1.0
    assert len(heard) < 200
    assert job.fraction == 1.0


def test_the_time_left_is_not_a_guess_and_counts_from_the_job_s_own_start(qapp) -> None:
    at = [0.0]
    job = Job("x", clock=lambda: at[0])
    job.fraction = 0.25
    at[0] = 1_000.0  # in the queue
    assert job.seconds_left() is None
    job.start()
    at[0] += 0.5
    assert job.seconds_left() is None
    at[0] += 9.5
    assert job.seconds_left() == pytest.approx(30)
    job.fraction = 0.01
    assert job.seconds_left() is None


def test_a_job_starts_when_its_lane_comes_to_it(jobs, qtbot) -> None:
    go, done = threading.Event(), []
    first = jobs.run("x", lambda _: go.wait(10), done.append, lane=JobLane.ARCHIVE)
    second = jobs.run("y", lambda job: job.seconds_left(), done.append, lane=JobLane.ARCHIVE)
    first.fraction = second.fraction = 0.5
    assert second.seconds_left() is None
    go.set()
    qtbot.waitUntil(lambda: len(done) == 2)
    assert done == [True, None]


def test_the_archives_lane_does_one_thing_at_a_time(jobs, qtbot) -> None:
    running: list[int] = []
    most: list[int] = []
    done: list[int] = []

    def work(_job) -> None:
        running.append(1)
        most.append(len(running))
        running.pop()

    for _ in range(20):
        jobs.run("x", work, lambda _: done.append(1), lane=JobLane.ARCHIVE)
    qtbot.waitUntil(lambda: len(done) == 20)
    assert max(most) == 1


def test_nothing_is_called_after_closing(qapp) -> None:
    """What comes after the archive is closed would meet windows and stores that are gone."""
    jobs, told = Jobs(), []
    jobs.run("x", lambda _: 1, told.append, told.append)
    jobs.run("y", lambda _: 1 / 0, told.append)
    jobs.bug.connect(told.append)
    jobs.close()
    qapp.processEvents()
    assert told == []
    assert jobs.running == ()


def test_heavy_work_is_held_where_it_is_and_goes_on_where_it_was(jobs, qtbot) -> None:
    steps: list[str] = []
    reached, may = threading.Event(), threading.Event()

    def work(job: Job) -> str:
        steps.append("begun")
        reached.set()
        may.wait(10)
        if not job.cancelled():  # the safe point, where it waits
            steps.append("gone on")
        return "made"

    told: list[str] = []
    running = jobs.run("copies", work, told.append, lane=JobLane.COPIES)
    assert reached.wait(10)
    jobs.hold(held=True)
    may.set()
    waiting = jobs.run("film in", work, told.append, lane=JobLane.INTAKE)
    light = jobs.run("page", lambda _: "page", told.append)
    assert (running.is_held, waiting.is_held, light.is_held) == (True, True, False)
    qtbot.waitUntil(lambda: told == ["page"])
    assert steps == ["begun"]
    jobs.hold(held=False)
    qtbot.waitUntil(lambda: len(told) == 3)
    assert sorted(steps) == ["begun", "begun", "gone on", "gone on"]


def test_work_that_is_held_hears_that_it_is_cancelled(jobs, qtbot) -> None:
    jobs.hold(held=True)
    held = jobs.run("copies", until_cancelled, lambda _: None, lane=JobLane.COPIES)
    with qtbot.waitSignal(held.finished):
        held.cancel()
