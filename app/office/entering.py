"""What is said when an archive was opened: what was found at the door, and the access log checked beside the work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app.error_texts import sentence
from app.errors import AppError, Cancelled
from app.i18n import Texts
from app.jobs import Job, JobLane, Jobs
from app.notices import Notice, Notices, Tone
from app.ports import Archive


def words_of(texts: Texts, error: AppError) -> str:
    """The sentence of what was found; its times as a person reads them."""
    values = dict(error.values)
    for name, value in values.items():
        if isinstance(value, datetime):
            local = value.astimezone()
            values[name] = f"{texts.date(local.date())} {texts.time(local)}"
    return sentence(texts, AppError(error.key, **values))


#: what is told at each sign-in until a worker says that they have looked into it
TO_ACKNOWLEDGE = frozenset({"archive-older", "log-not-whole", "work-damaged"})


def tell(archive: Archive, jobs: Jobs, notices: Notices, texts: Texts) -> None:
    """Everything that was found, each in its own calm sentence that stays until it is closed."""
    for error in archive.to_tell():
        _say(error, archive, jobs, notices, texts)


def _say(error: AppError, archive: Archive, jobs: Jobs, notices: Notices, texts: Texts) -> None:
    words = words_of(texts, error)
    if error.key not in TO_ACKNOWLEDGE:
        notices.say(Notice(words, Tone.WARNING, stays=True))
        return

    def failed(trouble: AppError) -> None:
        notices.trouble(trouble)

    def done(_: None) -> None:
        notices.done(
            texts.tr("You checked this: it is in the access log. From now on the archive is compared with this state.")
        )

    def acknowledge() -> None:
        label = texts.tr("Noting that you checked this")
        jobs.run(label, lambda _job: archive.acknowledge(), done, failed, JobLane.ARCHIVE)

    notices.say(Notice(words, Tone.WARNING, texts.tr("I have checked this"), acknowledge, stays=True))


def check_log(
    archive: Archive,
    jobs: Jobs,
    notices: Notices,
    texts: Texts,
    heard: Callable[[tuple[str, ...]], None] = lambda _: None,
    failed: Callable[[], None] = lambda: None,
) -> None:
    """The whole access log, in a lane where nobody waits for it; said only when it is not whole.

    `heard` is given what was found, nothing where it is whole; `failed` is called where it could not be checked.
    """

    def work(job: Job) -> tuple[str, ...]:
        return archive.check_log(job.cancelled)

    def done(problems: tuple[str, ...]) -> None:
        known = {error.key for error in archive.to_tell()}
        if problems and not known & TO_ACKNOWLEDGE:
            _say(AppError("log-not-whole"), archive, jobs, notices, texts)
        heard(problems)

    def not_done(error: AppError) -> None:
        failed()
        if not isinstance(error, Cancelled):
            notices.trouble(error)

    jobs.run(texts.tr("Checking the access log"), work, done, not_done, lane=JobLane.FILM)
