"""An archive with a film that will be erased, and what a program with its key finds of it."""

from dataclasses import replace

from app.model.change import Change, added
from app.model.erasure import Erasure, FilmOrder, Ground
from app.model.identity import new_id, timeless_id
from app.model.recording import DerivedFile, DerivedKind
from app.model.stored import ExampleClip
from app.model.utterance import Utterance
from storage.archive import ArchiveDoorway
from storage.vault import key_file, sign_ins
from storage.vault.keys import KdfCost
from tests.drivers.plain_pages import everything
from tests.material.archives import take_film
from tests.material.golden import PASSPHRASE as PASS

FILM = bytes(range(251)) * 4000
NAME = "Aino Esimerkki"
WORD = "Ainutkertainen-Kuusenkerkkä"


def go_on() -> bool:
    return False


def nothing(_share: float) -> None:
    """Progress that nobody looks at."""


class Held:
    """An archive with a film, a copy of it, an example clip from it, and its key for who looks for traces."""

    def __init__(self, folder, source) -> None:
        self.folder = folder
        self.opened = ArchiveDoorway(KdfCost.FLOOR).unlock(folder, NAME, PASS)
        vault = key_file.load(folder).vault
        self.key = bytes(sign_ins.unlock(vault, vault.slot(NAME).id, PASS).database)
        source.write_bytes(FILM)
        film, _ = take_film(self.opened, source)
        self.film = replace(film, index=b"INDEX-OF-PICTURES" * 40)
        self.store.apply("index", [Change(film, self.film)])
        new = self.opened.media.begin(film.id, film.wrapped_key)
        new.write(b"small pictures")
        taken = new.keep()
        self.copy = DerivedFile(
            new_id(),
            film.id,
            DerivedKind.SCRUB,
            0,
            0,
            9,
            taken.container,
            taken.sha256,
            taken.size,
            1,
            b"COPY-INDEX" * 9,
        )
        self.clip = ExampleClip(new_id(), "oma", f"{WORD}-clip", film.id, 1, 2)
        self.line = Utterance(timeless_id(), film.meeting_id, 0, 1, text=f"{WORD}-sanottu")
        self.store.apply("copy", [added(self.copy), added(self.clip), added(self.line)])
        self.store.apply("word", [Change(self.line, replace(self.line, text=f"{WORD}-sanottukin"))])

    @property
    def store(self):
        return self.opened.store

    @property
    def erasing(self):
        return self.opened.archive.erasing

    def order(self, **more) -> FilmOrder:
        return FilmOrder(self.film.id, Ground.MISTAKE, **more)

    def erase(self) -> Erasure:
        self.erasing.film(self.order(), go_on)
        self.erasing.finish(nothing, go_on)
        return self.store.find(Erasure)[0]

    def reopen(self) -> None:
        self.opened.archive.close()
        self.opened = ArchiveDoorway(KdfCost.FLOOR).unlock(self.folder, NAME, PASS)

    def files(self) -> set[str]:
        return {path.name for path in (self.folder / "media").iterdir()}


def secrets(held) -> dict[str, bytes]:
    """What only the film's rows held."""
    return {
        "key": held.film.wrapped_key,
        "index": b"INDEX-OF-PICTURES",
        "index of the copy": b"COPY-INDEX",
        "clip": f"{WORD}-clip".encode(),
        "copy": held.copy.sha256.encode(),
        "what was said": f"{WORD}-sanottu".encode(),
        "what was said, in the search": b"kuusenkerkk",
        "what was said in the end": f"{WORD}-sanottukin".encode(),
    }


def found(held, wanted: dict[str, bytes]) -> set[str]:
    there = everything(held.folder, held.key)
    return {name for name, secret in wanted.items() if secret in there}
