"""A moment for feedback, chosen by one key wherever a film is watched: it is told, with the way to it."""

from __future__ import annotations

from app.casework.case_list import case_of_meeting
from app.clips.chosen import Found, found_at, moment, selected
from app.i18n import Texts
from app.model.feedback import CameFrom, Clip
from app.notices import Notice, Tone
from widgets.films.session_ids import session_ids
from widgets.films.watching import Watching
from widgets.screen import Screen


def choose_for_feedback(place: Screen, watching: Watching, found: Found | None = None) -> Clip | None:
    """What was found, else what is chosen on the film, else what is around the picture; None where it was refused.

    The moment is its chooser's alone until both codings are open: that is said with it.
    """
    space, t = place.workspace, place.texts
    start, end = watching.controls.selection
    if found is None and start is not None and end is not None:
        found = selected(start, end)
    found = found or found_at(watching.controls.now(), None, CameFrom.SELECTION)
    made = moment(found, watching.player, watching.session.films.values())
    if made is None:
        space.notices.info(t.tr("Nothing was filmed there, so there is nothing to show."))
        return None
    case = case_of_meeting(space.store, watching.session.meeting_id)
    editor = space.feedback_editor(case.id)
    clip = editor.choose(made)
    if clip is not None:
        if case.is_folder:
            ids = session_ids(space, space.case_of(space.meeting_file(clip.meeting_id).meeting))
            said = t.tr("Chosen. It can be brought to a session of this supervision.")
            space.notices.say(Notice(said, Tone.INFO, t.tr("To the session"), lambda: place.go("supervision", **ids)))
            return clip
        words = _words(t, again=bool(editor.same_moment(clip)))
        act = (t.tr("To the feedback"), lambda: place.go("feedback", case_id=case.id, clip_id=clip.id))
        space.notices.say(Notice(words, Tone.INFO, *act))
    return clip


def _words(t: Texts, *, again: bool) -> str:
    said = t.tr("Chosen for feedback. Nobody else sees it before both codings are ready.")
    return " ".join([said, *([t.tr("This place was chosen before too.")] if again else [])])
