"""*Miten tämä on laskettu*: one figure with the very numbers of this case."""

from __future__ import annotations

from app.comparing.comparison import Comparison
from app.comparing.figure_key import About, FigureKey
from app.comparing.figures.explanation import Explanation, Writer
from app.comparing.figures.lookup import code_figure, event_figure, rating_figure, time_figure
from app.comparing.figures.of_events import explain_code, explain_events
from app.comparing.figures.of_ratings import explain_ratings
from app.comparing.figures.of_states import explain_time
from app.comparing.figures.tables import task_called
from app.comparing.words import title_of
from app.i18n import Texts
from app.statistics.closer import Closer


def explained(texts: Texts, found: Comparison, closer: Closer, key: FigureKey) -> Explanation | None:
    """How a figure came about; None where nothing of it is counted."""
    w, title = Writer(texts, found), title_of(texts, found, key)
    if key.task is not None:
        title = f"{title} · {task_called(texts, found, key.task)}"
    if key.about == About.RATINGS:
        return explain_ratings(w, title, rating_figure(found, key))
    part = closer.part(key.task)
    if part is None:
        return None
    if key.about == About.STATE:
        row = time_figure(part, key)
        return None if row is None else explain_time(w, title, key, row, part)
    of_person = key if key.about == About.EVENTS else FigureKey(About.EVENTS, key.person, "", key.task, key.layer)
    events = event_figure(part, of_person)
    if events is None:
        return None
    if key.about == About.EVENTS:
        return explain_events(w, title, key, events, found.agreement.tasks)
    code = code_figure(found, part, key)
    return None if code is None else explain_code(w, title, code, events.event, key)
