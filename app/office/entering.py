"""What is said when an archive was opened: what was found at the door, and the access log checked beside the work."""

from __future__ import annotations

from datetime import datetime

from app.error_texts import parts_in_words, sentence
from app.errors import AppError
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


def tell(archive: Archive, notices: Notices, texts: Texts) -> None:
    """Everything that was found, each in its own calm sentence that stays until it is closed."""
    for error in archive.to_tell():
        notices.say(Notice(words_of(texts, error), Tone.WARNING, stays=True))


def check_log(archive: Archive, jobs: Jobs, notices: Notices, texts: Texts) -> None:
    """The whole access log, in a lane where nobody waits for it; said only when it is not whole."""

    def work(job: Job) -> tuple[str, ...]:
        return archive.check_log(job.cancelled)

    def done(problems: tuple[str, ...]) -> None:
        known = {error.key for error in archive.to_tell()}
        if problems and not known & {"archive-older", "log-not-whole"}:
            what = parts_in_words(texts, ", ".join(problems))
            error = AppError("not-whole", what=what)
            notices.say(Notice(sentence(texts, error), Tone.WARNING, stays=True))

    jobs.run(texts.tr("Checking the access log"), work, done, lane=JobLane.FILM)
