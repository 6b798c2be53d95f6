"""Whatever the two do with commands and files, in whatever order: neither finds anything of the other's coding early.

Looked at is everything that a side has: all that its store tells, all that it was answered, and every file that came,
raw and opened with the side's own key as far as it opens.
"""

import contextlib
import random
from dataclasses import replace
from pathlib import Path

import pyrage
import pytest

from app.casework.elsewhere import exchange_of
from app.door import Door
from app.errors import AppError
from app.model.observation import Observation
from app.packages.codings import withdraw
from storage.store.kinds import KINDS
from storage.vault import receiving_keys
from storage.vault.key_desk import KeyDesk
from tests.material.two_computers import AINO, LEENA, TEXTS, TwoComputers, code, editor_of, meeting_id

SIDES = (AINO, LEENA)
#: the second at which each saw something, which nobody else presses at, and the word that each wrote to it
SAW, WORD = {AINO: 17.317, LEENA: 23.723}, {AINO: "kanarialintu", LEENA: "varpunen"}
DEEDS = ("ready", "ready", "back", "send", "send", "withdraw", "key", "take", "take", "take", "take")
STEPS = 30


class Watch:
    """Both sides at work, and what each must not find."""

    def __init__(self, folder, dice: random.Random, keys: dict[str, bytes]) -> None:
        self.two, self.dice, self.keys = TwoComputers(folder), dice, keys
        self.two.take(LEENA, self.two.hand_over())
        self.heard: dict[str, list[str]] = {name: [] for name in SIDES}
        self.secrets: dict[str, tuple[str, ...]] = {}
        self.looked: dict[tuple[str, Path], tuple[int, int]] = {}
        for name in SIDES:
            with self.two.at(name) as opened:
                code(opened, [("6", 0), ("q", SAW[name])], ready=False)
                editor = editor_of(opened)
                point = next(o for o in editor.coding.observations.values() if o.start > 0)
                assert editor.edit(point, replace(point, note=WORD[name]))
                ids = [part.id for part in opened.store.find(Observation)]
                self.secrets[name] = (*ids, str(round(SAW[name] * 1_000_000)), WORD[name])

    def do(self, name: str, deed: str) -> None:
        """What refuses, refuses: its sentence is what the side hears."""
        try:
            self.heard[name].append(repr(self._do(name, deed)))
        except AppError as error:
            self.heard[name].append(f"{error.key} {error!r}")

    def _do(self, name: str, deed: str) -> object:
        two = self.two
        with two.at(name) as opened:
            match deed:
                case "ready":
                    return editor_of(opened).mark_ready()
                case "back":
                    return editor_of(opened).take_ready_back()
                case "withdraw":
                    return withdraw(Door(opened.store), TEXTS, meeting_id(opened))
                case "take":
                    found = sorted(two.post.glob("*.age"))
                    return two.take(name, self.dice.choice(found)) if found else None
            return getattr(two, deed)(name)

    def is_open(self, name: str) -> bool:
        with self.two.at(name) as opened:
            return exchange_of(opened.store, meeting_id(opened)).is_open

    def found_early(self, name: str) -> list[str]:
        """What of the other's a side finds anywhere."""
        (other,) = set(SIDES) - {name}
        with self.two.at(name) as opened:
            store = opened.store
            told = [repr(store.find(kind.entity)) for kind in KINDS]
            told += [repr(store.audit_log()), *self.heard[name]]
            told += [repr(store.history(secret)) for secret in self.secrets[other]]
        texts = "\n".join(told).encode(), *self._files(name)
        return [secret for secret in self.secrets[other] if any(secret.encode() in text for text in texts)]

    def _files(self, name: str) -> list[bytes]:
        """Those that are not as they were at the last look; what opens is opened."""
        identity = pyrage.x25519.Identity.from_str(receiving_keys.identity(self.keys[name]))
        found = []
        for path in (*self.two.post.rglob("*.age"), *(self.two.folder / name / "codings").glob("*.db")):
            held = path.stat()
            if self.looked.get((name, path)) == (held.st_mtime_ns, held.st_ino):
                continue
            self.looked[name, path] = held.st_mtime_ns, held.st_ino
            content = path.read_bytes()
            found.append(content)
            if path.suffix == ".age":
                with contextlib.suppress(pyrage.DecryptError):  # for the other
                    found.append(pyrage.decrypt(content, [identity]))
        return found


@pytest.fixture
def keys(monkeypatch) -> dict[str, bytes]:
    """The workers' own keys, as each sign-in brings them."""
    held: dict[str, bytes] = {}
    real = KeyDesk.__init__

    def kept(desk, *args, **named) -> None:
        real(desk, *args, **named)
        held[desk.vault.slot(desk.keys.slot_id).label] = bytes(desk.keys.own())

    monkeypatch.setattr(KeyDesk, "__init__", kept)
    return held


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 3])
def test_no_way_through_commands_and_files_shows_anything_early(qapp, tmp_path, keys, seed) -> None:
    watch = Watch(tmp_path, random.Random(seed), keys)
    for _ in range(STEPS):
        name = watch.dice.choice(SIDES)
        watch.do(name, watch.dice.choice(DEEDS))
        for side in SIDES:
            assert watch.is_open(side) or watch.found_early(side) == []
    # then both do what is next, and the same look finds all of it
    for _ in range(4):
        for side in SIDES:
            for deed in ("ready", "send", "key"):
                watch.do(side, deed)
            for path in sorted(watch.two.post.glob("*.age")):
                try:
                    watch.two.take(side, path)
                except AppError:
                    continue
    for side in SIDES:
        (other,) = set(SIDES) - {side}
        assert watch.is_open(side)
        assert set(watch.found_early(side)) == set(watch.secrets[other])
    watch.two.leave()
