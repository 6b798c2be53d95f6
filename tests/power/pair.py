"""Packages, codings and keys between two archives, as further acts of a life: from one to the post, from there in.

    facts   pair     {place: {name: what is read there}, "post": how many things lie there}

`pair/taking` is before a package was made, `pair/coded` when both have coded; what each act leads to is known from
having been done once elsewhere. An archive holds what it held before the act, or all that it brings.
"""

from __future__ import annotations

import itertools
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import AppError
from app.model.coding import CodingHeader
from app.model.exchange import PartnerCoding, SentCoding
from app.model.meeting import Meeting
from app.model.observation import Observation
from app.model.package import TakenPackage
from app.model.recording import Recording
from app.packages.codings import send_coding, send_key
from app.packages.partners import partners
from app.ports import OpenedArchive
from storage import durable_file
from storage.archive import ArchiveDoorway
from storage.vault.keys import KdfCost
from tests.material import once
from tests.material.two_computers import AINO, LEENA, SECRET, TwoComputers

if TYPE_CHECKING:
    from tests.power.world import World

TAKING, CODED = "taking", "coded"
READ = (Meeting, Recording, TakenPackage, CodingHeader, Observation)
DOOR = ArchiveDoorway(KdfCost.FLOOR)
_PRESSES = [("6", 0.0), ("q", 5.0), ("a", 12.0), ("7", 30.0)]

Seen = dict[str, object]


def laid_ready(place: Path) -> None:
    """Both pairs of archives below `place`, on the disk."""
    shutil.copytree(once.once("power-pair", _made) / "pair", place)
    for path in (*place.rglob("*"), place, place.parent):
        if path.is_dir():
            durable_file.sync_folder(path)
        else:
            with path.open("rb") as file:
                durable_file.sync_file(file.fileno())


def at_first() -> Seen:
    """What is true of both when they are laid."""
    return json.loads((once.once("power-pair", _made) / "seen.json").read_text())[0]


class Pair:
    """One of the two pairs of archives, at whose computers workers sit down in turn."""

    def __init__(self, place: Path, which: str) -> None:
        self.place = place / which

    @contextmanager
    def sitting(self) -> Iterator[TwoComputers]:
        """The helper of other tests, over archives that lie there; both are locked at the end, come what may."""
        two = TwoComputers(self.place, lay=False)
        try:
            yield two
        finally:
            two.leave()


def _hand_over(pair: Pair) -> None:
    with pair.sitting() as two:
        two.hand_over()


def _take(name: str) -> Callable[[Pair], None]:
    def take(pair: Pair) -> None:
        with pair.sitting() as two:
            two.take(name, two.post)

    return take


def _send(name: str, what: Callable[..., object]) -> Callable[[Pair], None]:
    def send(pair: Pair) -> None:
        with pair.sitting() as two:
            two.doing(name, what, two.post)

    return send


#: name of the act, which pair, and what is done
STEPS: tuple[tuple[str, str, Callable[[Pair], None]], ...] = (
    ("package_out", TAKING, _hand_over),
    ("package_in", TAKING, _take(LEENA)),
    ("coding_out", CODED, _send(AINO, send_coding)),
    ("coding_in", CODED, _take(LEENA)),
    ("coding_back", CODED, _send(LEENA, send_coding)),
    ("coding_back_in", CODED, _take(AINO)),
    ("key_out", CODED, _send(AINO, send_key)),
    ("key_in", CODED, _take(LEENA)),
    ("key_back", CODED, _send(LEENA, send_key)),
    ("key_back_in", CODED, _take(AINO)),
)


def act_of(number: int) -> Callable[[World], None]:
    """The act of a life that is this step."""
    name, which, do = STEPS[number]

    def act(world: World) -> None:
        world.close()
        after = world.after()
        after["pair"] = json.loads((once.once("power-pair", _made) / "seen.json").read_text())[number + 1]
        world.step(after, lambda: do(Pair(world.place / "pair", which)))

    act.__name__ = name
    return act


def _made(folder: Path) -> None:
    """The two pairs, and beside them what is seen before the first step and after each, of a copy."""
    (pair := folder / "pair").mkdir(parents=True)
    TwoComputers((taking := pair / TAKING).absolute())
    for name in (AINO, LEENA):
        shutil.copytree(taking / name, pair / CODED / name)
    with Pair(pair, CODED).sitting() as two:
        path = two.hand_over()
        two.take(LEENA, path)
        shutil.rmtree(path)
        for name in (AINO, LEENA):
            two.code(name, _PRESSES)
    shutil.copytree(pair, tried := folder / "tried")
    seen = [_seen(tried)]
    for _, which, do in STEPS:
        do(Pair(tried, which))
        seen.append(_seen(tried))
    assert all(a != b for a, b in itertools.pairwise(seen)), "every step changes something"
    shutil.rmtree(tried)
    (folder / "seen.json").write_text(json.dumps(seen))


def _seen(place: Path) -> Seen:
    return {f"{which}/{part}": said for which in (TAKING, CODED) for part, said in _seen_of(place / which).items()}


def _seen_of(place: Path) -> Seen:
    found: Seen = {}
    opens: dict[str, int] = {}
    for name in (AINO, LEENA):
        opened = DOOR.unlock(place / name, name, SECRET)
        try:
            found[name] = _read(opened)
            opens |= _opened(opened, place / "post")
        finally:
            opened.archive.close()
    return found | {"post": sorted(opens.values())}


def _read(opened: OpenedArchive) -> dict[str, object]:
    store = opened.store
    sent = sorted(bool(one.key_for) for one in store.find(SentCoding))
    come = sorted(one.opened is not None for one in store.find(PartnerCoding))
    return {"sent": sent, "come": come} | {kind.__name__: len(store.find(kind)) for kind in READ}


def _opened(opened: OpenedArchive, post: Path) -> dict[str, int]:
    """By name what lies in the post and opens for this worker, with how many films its package names."""
    try:
        lying = opened.archive.packages.found(post)
    except AppError as error:
        if error.key != "package-missing":
            raise
        return {}
    senders = [partner.key.receiving_key for partner in partners(opened.store)]
    found = {}
    for one in lying:
        try:
            looked = opened.archive.packages.look(one, senders)
        except AppError as error:
            if error.key not in {"package-not-for-you", "package-unknown-sender"}:
                raise
            continue
        found[one.name] = len(getattr(getattr(looked, "package", None), "films", ()))
    return found


def faults(place: Path, before: Seen, after: Seen) -> list[str]:
    """Of every part it is as before or as after; and whatever is in an archive is whole."""
    wrong = []
    for part, said in _seen(place).items():
        if said not in (before[part], after[part]):
            wrong.append(f"{part}: {said} is neither {before[part]} nor {after[part]}")
    for which in (TAKING, CODED):
        for name in (AINO, LEENA):
            opened = DOOR.unlock(place / which / name, name, SECRET)
            try:
                told = [e.key for e in opened.archive.to_tell()]
                found = opened.archive.verify(lambda _: None, lambda: False)
                wrong += [f"{which}/{name}: told {told}"] if told else []
                wrong += [f"{which}/{name}: not whole {found}"] if found else []
            finally:
                opened.archive.close()
    return wrong
