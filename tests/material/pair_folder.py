"""A real archive of two workers with a meeting of theirs, opened by one after the other, as it is on one computer."""

from dataclasses import replace
from datetime import UTC, datetime

from app.door import Door
from app.i18n import Texts
from app.model.change import Change, added
from app.model.coding import CodingHeader, CodingState
from app.model.cover import Box, ClipCover, Covered, CoverKey, CoverTrack
from app.model.feedback import Clip, ClipWords, FeedbackTalk, Placed
from app.model.identity import new_id
from app.model.meeting import Stretch
from app.model.observation import Observation
from app.model.people import Case
from app.model.private_note import NoteKind, PrivateNote
from app.office.workers import add_worker
from tests.material.builders import meeting, recording
from tests.material.old_archives import AINO, LEENA

SECRETS = {AINO: "ainon pitkä lause", LEENA: "leenan pitkä lause"}


class Folder:
    """Aino's and Leena's archive with a meeting of theirs, opened by one after the other."""

    def __init__(self, door, place) -> None:
        self.door, self.place, self.secrets = door, place, SECRETS
        opened = door.create(place, AINO, SECRETS[AINO])
        aino = opened.store.worker
        leena = add_worker(Door(opened.store), opened.archive, Texts("en"), LEENA, SECRETS[LEENA]).worker
        self.ids = {AINO: aino.id, LEENA: leena.id}
        case = Case(new_id(), "Kuusi", aino.id, leena.id)
        self.meeting = meeting(case.id, "", "", (aino.id, leena.id))
        opened.store.apply("begin", [added(case), added(self.meeting)])
        opened.archive.close()

    def open(self, name, place=None):
        return self.door.unlock(place or self.place, name, self.secrets[name])

    def told(self, opened):
        return [e.key for e in opened.archive.to_tell()]

    def header(self, name, **more):
        covered = (Stretch(0, 1_000_000),)
        return CodingHeader(new_id(), self.meeting.id, self.ids[name], "core", 1, "sheet", 1, covered=covered, **more)

    def coded(self, name, word="CANARY", many=3, **more):
        """A draft of a worker with observations and an own note, made in a session of its own."""
        opened = self.open(name)
        head = self.header(name, **more)
        points = [Observation(new_id(), head.id, f"{word}code", "adult1", n, note=f"{word}-{n}") for n in range(many)]
        note = PrivateNote(new_id(), head.id, NoteKind.IMPRESSION, text=f"{word}-impression")
        opened.store.apply("begun", [added(head)])
        for point in points:
            opened.store.apply(word, [added(point)])
        opened.store.apply(word, [added(note)])
        opened.archive.close()
        return head

    def chosen(self, name, word="CANARY", films=1):
        """A moment of a worker's for feedback, in a talk with notes to it, covered, and something said to it."""
        opened = self.open(name)
        film, *others = (self._film(opened) for _ in range(films))
        talk = FeedbackTalk(new_id(), self.meeting.case_id, "adult1")
        opened.store.apply("begin", [added(film), *map(added, others), added(talk)])
        words = {field: f"{word}-{field}" for field in ("title", "look_at", "why", "question", "hidden_why")}
        clip = Clip(new_id(), film.id, self.meeting.id, self.ids[name], 0, 40_000, **words).with_notes(talk.id, word)
        track = CoverTrack(new_id(), self.ids[name], Covered.NAME, (CoverKey(0, Box(0, 0, 9, 9)),), person_id=word)
        cover = ClipCover(new_id(), film.id, self.meeting.id, clip.id, self.ids[name], (track,))
        placed = replace(talk, places=(Placed(clip.id),))
        opened.store.apply(word, [added(clip), Change(talk, placed)])
        opened.store.apply(word, [added(cover)])
        opened.store.apply("said", [added(ClipWords(new_id(), talk.id, clip.id, words="oma sana"))])
        opened.archive.close()
        return clip

    def _film(self, opened):
        """A film of some bytes in a container of its own."""
        plan = recording(self.meeting.id)
        file = opened.media.begin(plan.id)
        file.write(b"film " * 100)
        kept = file.keep()
        said = {"sha256": kept.sha256, "size": kept.size, "chunks": kept.chunks}
        return replace(plan, container=kept.container, wrapped_key=kept.wrapped_key, **said)

    def ready(self, name, head, opened=None):
        own = opened or self.open(name)
        after = replace(head, state=CodingState.READY, ready_at=datetime.now(UTC), checksum="sum")
        own.store.apply("ready", [Change(head, after)], act="ready")
        if opened is None:
            own.archive.close()
        return after

    def files(self):
        return sorted(path.name for path in (self.place / "codings").iterdir())
