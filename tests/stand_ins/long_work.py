"""Work that has nothing to do and goes on until its job is told to stop."""

from threading import Event

from app.jobs import Job

#: how often it looks, in seconds, and how many times at most
LOOK_EVERY, LOOKS = 0.005, 2_000


def until_cancelled(job: Job) -> bool:
    """Whether the job was cancelled; False when nobody did so in ten seconds."""
    nothing = Event()
    for _ in range(LOOKS):
        if job.cancelled():
            return True
        nothing.wait(LOOK_EVERY)
    return False
