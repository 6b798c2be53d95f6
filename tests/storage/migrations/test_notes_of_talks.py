"""Archives of the time before a worker's notes for a talk stood with their moment."""

import json

import sqlalchemy as sa

from app.model.feedback import Clip, FeedbackTalk, Group, NotesFor, Placed
from storage.migrations import migrate
from storage.store import entity_rows
from storage.store.database import Database
from tests.material.archives import KEY

_PLACES = [
    {"clip_id": "c1", "group": "growing", "minutes": 9, "notes": "kysy"},
    {"clip_id": "c2", "group": "closing", "minutes": 3, "notes": ""},
]
_CLIP = (
    "INSERT INTO clip VALUES (:id, 'r', 'm', 'a', 0, 9, 'selection', '', '', '', 'strength', '', 'one', 't', '', '', "
    "'', 0, '', 1)"
)
_LEFT = "'', '', '', '', NULL, 1"
_TALK = f"INSERT INTO feedback_talk VALUES ('t', 'k', 'p', NULL, 60, 5, 5, '', :places, 0, '', NULL, {_LEFT})"


def test_notes_move_from_the_places_of_talks_to_their_moments(tmp_path) -> None:
    database = Database(tmp_path / "archive.db", KEY)
    with database.write() as connection:
        migrate(connection, "0059")
        connection.execute(sa.text(_CLIP), [{"id": "c1"}, {"id": "c2"}])
        connection.execute(sa.text(_TALK), {"places": json.dumps(_PLACES)})
        migrate(connection)
        (talk,) = entity_rows.find(connection, FeedbackTalk, {}, sa.true())
        clips = entity_rows.find(connection, Clip, {}, sa.true())
        connection.rollback()  # there are no wholes for these
    database.close()
    assert talk.places == (Placed("c1", Group.GROWING, 9), Placed("c2", Group.CLOSING, 3))
    assert [clip.notes for clip in clips] == [(NotesFor("t", "kysy"),), ()]
