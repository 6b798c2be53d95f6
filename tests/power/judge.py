"""What the program makes of a disk after a power cut or a refusal, beside what it had promised: faults, in words.

Everything is asked through the program's own doors. Of each part of the facts the disk holds what was before the act
that was under way, or what is after it, and nothing in between.
"""

import contextlib
import traceback
from collections.abc import Iterator
from pathlib import Path

from app.errors import AppError, ContainerError
from app.filming.rescue import UNREADABLE
from app.model import coding, consent, filming, meeting, observation, people, recording
from app.ports import OpenedArchive
from tests.material import old_archives
from tests.material.builders import facts as film_facts
from tests.power import pair
from tests.power.world import AINO, DOOR, FIRST, NEXT, Facts, backups, filmed

KINDS = {
    kind.__name__: kind
    for kind in (people.Case, people.Person, meeting.Meeting, recording.Recording, consent.ConsentForm)
}
FIRST_OR_NEXT = (FIRST[AINO], NEXT[AINO])
#: told of what the life itself did
OF_ITS_OWN = frozenset({"recovered-since"})
#: told of the first sign-in to an older archive
OF_A_MIGRATION = frozenset({"codings-moved", "moments-moved", "recovery-code-ended"})


class Judge:
    """One disk: the folder `place` of a life whose facts were `before`, or already `after` its act under way."""

    def __init__(self, place: Path, before: Facts, after: Facts | None, *, deep: bool) -> None:
        self.place, self.before, self.after, self.deep = place, before, after or before, deep
        self.archive = place / "archive"
        self.faults: list[str] = []

    def look(self) -> list[str]:
        least = min(self.before["backups"], self.after["backups"])  # counted first: who signs in lets old ones go
        self.must(len(backups(self.place / "usb")) >= least, "a backup is lost")
        with self._no_crash("life"):
            if not self.before["opens"]:
                self._not_promised()
            else:
                for name in sorted(self.before["opens"] | self.after["opens"]):
                    self._sign_in(name)
            self._copies()
            if self.before["older"] != self.after["older"] or (self.deep and self.before["older"]):
                self._older()
            if self.before["pair"] != self.after["pair"]:
                self.faults += pair.faults(self.place / "pair", self.before["pair"], self.after["pair"])
        return self.faults

    def must(self, holds: object, fault: str) -> None:
        if not holds:
            self.faults.append(fault)

    @contextlib.contextmanager
    def _no_crash(self, where: str) -> Iterator[None]:
        try:
            yield
        except AppError as error:
            self.faults.append(f"{where}: refused {type(error).__name__} {error.key} {dict(error.values)}")
        except Exception as error:  # noqa: BLE001  a crash is what is looked for
            at = traceback.extract_tb(error.__traceback__)[-1]
            self.faults.append(f"{where}: crash {type(error).__name__} {error} in {Path(at.filename).name}:{at.lineno}")

    def _not_promised(self) -> None:
        """Before the first word of the program there may be nothing, a whole archive, or one that is said not to be."""
        try:
            if DOOR.names(self.archive):
                DOOR.unlock(self.archive, AINO, FIRST[AINO]).archive.close()
        except AppError:
            return

    # ── a sign-in ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _sign_in(self, name: str) -> None:
        old, new = (facts["opens"].get(name) for facts in (self.before, self.after))
        with self._no_crash(f"sign-in of {name.partition(' ')[0]}"):
            opened = [secret for secret in dict.fromkeys((old, new)) if secret and self._opens(name, secret)]
            if old == new:
                self.must(len(opened) == (old is not None), "sign-in lost")
            else:
                self.must(len(opened) == 1 or (None in (old, new) and not opened), f"{len(opened)} passphrases open")

    def _opens(self, name: str, secret: str) -> bool:
        try:
            opened = DOOR.unlock(self.archive, name, secret)
        except AppError as error:
            if error.key not in {"wrong-passphrase", "slot-unknown"}:
                raise
            (self.archive / "tries").unlink(missing_ok=True)
            return False
        try:
            self.faults += [f"told {e.key}" for e in opened.archive.to_tell() if e.key not in OF_ITS_OWN]
            self.session(opened)
            self._films(opened)
            self._books(opened)
            if self.deep:
                found = opened.archive.verify(lambda _: None, lambda: False)
                self.must(not found, f"not whole {found}")
        finally:
            opened.archive.close()
        return True

    def session(self, opened: OpenedArchive) -> None:
        """What the signed-in worker reads now."""
        self._rows(opened)
        self._codings(opened, opened.store.worker.name)

    def _rows(self, opened: OpenedArchive) -> None:
        held = {name: {one.id for one in opened.store.find(kind)} for name, kind in KINDS.items()}
        wanted = [{name: set(facts["rows"].get(name, ())) for name in KINDS} for facts in (self.before, self.after)]
        if held not in wanted:
            lost = {name: len(wanted[0][name] - ids) for name, ids in held.items() if wanted[0][name] - ids}
            self.faults.append(f"lost rows {lost}" if lost else "half a step")

    def _films(self, opened: OpenedArchive) -> None:
        for film in opened.store.find(recording.Recording):
            allowed = {facts["films"].get(film.id) for facts in (self.before, self.after)}
            self.must(("erased" if film.is_erased else "whole") in allowed, "a film is neither")
            if not film.is_erased:
                self.must(opened.media.verify(film), "a film is not whole")
            else:
                opened.archive.erasing.finish(lambda _: None, lambda: False)
                self.must(not opened.archive.erasing.is_unfinished(), "erasing does not end")

    def _books(self, opened: OpenedArchive) -> None:
        """What was filmed and synced comes out of a rescue, and nothing else does."""
        books = {book.id: book for book in opened.store.find(filming.OpenRecording)}
        gone = self.before["filming"].keys() - books.keys() - (self.before["filming"].keys() - self.after["filming"])
        self.must(not gone, "a book of a film is lost")
        for book in books.values():
            least = self.before["filming"].get(book.id, 0)
            try:
                taken = opened.media.rescue(book.recording_id, book.wrapped_key, book.container)
            except ContainerError as error:
                self.must(error.key in UNREADABLE and not least, f"of a film nothing of {least} bytes: {error.key}")
                continue
            self.must(taken.size >= least, f"of a film {taken.size} bytes of {least}")
            like = recording.Recording(
                book.recording_id, book.meeting_id, 1, taken.sha256, taken.size, taken.chunks, taken.container,
                film_facts(), wrapped_key=book.wrapped_key,
            )  # fmt: skip
            with opened.media.open(like) as file:
                self.must(file.read() == filmed(taken.size), "a rescued film is none of what was filmed")

    def _codings(self, opened: OpenedArchive, name: str) -> None:
        me, seen = opened.store.me, dict[str, set[str]]()
        for point in opened.store.find(observation.Observation):
            seen.setdefault(point.coding_id, set()).add(point.id)
        states = {head.id: str(head.state) for head in opened.store.find(coding.CodingHeader, coder=me)}
        wanted = [facts["own"].get(name, {}) for facts in (self.before, self.after)]
        for coding_id in wanted[0] | wanted[1] | states:
            held = states.get(coding_id), seen.get(coding_id, set())
            ways = [(own["state"], set(own["seen"])) if (own := w.get(coding_id)) else (None, set()) for w in wanted]
            self.must(held in ways, f"own coding is {held[0]} with {len(held[1])} for {[(s, len(i)) for s, i in ways]}")
        self._of_others(seen, states, name)

    def _of_others(self, seen: dict[str, set[str]], mine: dict[str, str], name: str) -> None:
        """Of another's coding all is read, or nothing; all, once both were ready and both have signed in."""
        others = [set(c["seen"]) for f in (self.before, self.after) for o, of in f["own"].items() if o != name
                  for c in of.values()]  # fmt: skip
        for coding_id, ids in seen.items():
            self.must(coding_id in mine or ids in others, "a part of another's coding is read")
        own = self.before["own"]
        is_open = len(own) > 1 and all(len(of) == 1 and next(iter(of.values()))["state"] == "ready"
                                       for of in own.values())  # fmt: skip
        if is_open and own == self.after["own"] and name != AINO:
            self.must(len(seen) == len(own), "ready, and not released")

    # ── copies ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _copies(self) -> None:
        made = backups(self.place / "usb")
        secret = self.before["opens"].get(AINO)
        if self.deep and secret:
            for backup in made[-1:]:
                self._restored(backup, secret)
        for what, called in (("restored", "again"), ("rescued", "rescued")):
            again = self.place / "elsewhere" / called
            self.must(again.exists() or not self.before[what], f"what was {what} is lost")
            if again.exists() and secret and (self.deep or self.after[what] != self.before[what]):
                with self._no_crash(what):
                    self._is_an_archive(again, what)

    def _is_an_archive(self, again: Path, what: str) -> None:
        if not DOOR.names(again):
            self.faults.append(f"{what} to nothing")
            return
        opened = next(o for s in FIRST_OR_NEXT if (o := _unlocked(again, s)) is not None)
        self.must(opened.store.find(people.Case), f"{what} without rows")
        found = opened.archive.verify(lambda _: None, lambda: False) if self.deep else ()
        self.must(not found, f"{what}, and not whole: {found}")
        opened.archive.close()

    def _older(self) -> None:
        """The archive of an older program: as it was, or brought up to date, and all of it there."""
        for name, secret in old_archives.SECRETS.items():
            with self._no_crash("older"):
                opened = DOOR.unlock(self.place / "older", name, secret)
                try:
                    told = {e.key for e in opened.archive.to_tell()} - OF_A_MIGRATION
                    self.must(not told, f"older: told {told}")
                    (film,) = opened.store.find(recording.Recording)
                    self.must(opened.media.verify(film), "older: its film is not whole")
                    seen = len(opened.store.find(observation.Observation))
                    self.must(seen == (5 if name == old_archives.AINO else 0), f"older: {seen} observations")
                finally:
                    opened.archive.close()

    def _restored(self, backup: Path, secret: str) -> None:
        into = self.place / "tried"
        for known in dict.fromkeys((secret, *FIRST_OR_NEXT)):
            try:
                DOOR.restore(backup, into, known, lambda _: None, lambda: False)
            except AppError as error:
                if error.key == "wrong-passphrase":
                    (backup / "tries").unlink(missing_ok=True)
                    continue
                self.faults.append(f"backup: {error.key} {dict(error.values)}")
            return
        self.faults.append("backup: no passphrase opens it")


def _unlocked(folder: Path, secret: str) -> OpenedArchive | None:
    try:
        return DOOR.unlock(folder, AINO, secret)
    except AppError as error:
        if error.key != "wrong-passphrase":
            raise
        (folder / "tries").unlink(missing_ok=True)
        return None
