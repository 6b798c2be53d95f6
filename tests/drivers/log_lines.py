"""What the access log of a case tells of its films, as a Finnish reader sees it."""

from app.i18n import Texts
from app.model.people import Worker
from app.model.recording import Recording
from app.office.log_report import act_in_words, case_lines, object_in_words
from app.ports import Store

FINNISH = Texts("fi")


def played_lines(store: Store, case_id: str, film: Recording, worker: Worker) -> list[str]:
    """What was done, and which film from where to where, the oldest first; all of one film and by one worker."""
    lines = [line for line in case_lines(store, case_id) if line.act == "played"]
    others = [line for line in lines if (line.kind, line.about, line.worker) != ("recording", film.id, worker.name)]
    assert others == [], "of another film, or somebody else's"
    return [f"{act_in_words(FINNISH, x)}: {object_in_words(FINNISH, x).partition(' · ')[0]}" for x in reversed(lines)]
