"""How strong a passphrase is, with advice in our own words. The estimate is zxcvbn's, the bar is ours."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from app.ports import ArchiveDoor, OpenedArchive  # the first window asks for a passphrase: start-up is sacred

LEAST_SCORE = 3
#: this many words, none twice, are enough by themselves
ENOUGH_WORDS = 5
#: zxcvbn's time grows with the square of the length; what is longer than this is not weak for being longer
READ_AT_MOST = 72


class Advice(StrEnum):
    """What would make it better."""

    NONE = ""
    LONGER = "longer"
    MORE_WORDS = "more-words"
    LESS_COMMON = "less-common"
    NOT_THE_NAME = "not-the-name"


@dataclass(frozen=True, slots=True)
class Strength:
    """`score` 0 to 4; only what is `enough` may lock an archive."""

    score: int
    enough: bool
    advice: Advice


def strength(passphrase: str, about: tuple[str, ...] = ()) -> Strength:
    """Judge a passphrase; `about` are words that others would guess first, such as the worker's name."""
    if not passphrase:
        return Strength(0, enough=False, advice=Advice.MORE_WORDS)
    import zxcvbn

    words = passphrase.split()
    # a word said again adds nothing, though the estimate takes it for new
    once = " ".join(dict.fromkeys(words))
    found = zxcvbn.zxcvbn(once[:READ_AT_MOST], user_inputs=_guesses(about))
    score = int(found["score"])
    enough = score >= LEAST_SCORE or len({w.casefold() for w in words if len(w) > 2}) >= ENOUGH_WORDS
    return Strength(score, enough, Advice.NONE if enough else _advice(passphrase, found, about))


def _guesses(about: tuple[str, ...]) -> list[str]:
    """A name as it is written, in its parts, and in one piece."""
    return [guess for name in about if name for guess in (name, *name.split(), "".join(name.split()))]


def _advice(passphrase: str, found: dict[str, object], about: tuple[str, ...]) -> Advice:
    folded = passphrase.casefold()
    if any(part.casefold() in folded for name in about for part in name.split() if len(part) > 2):
        return Advice.NOT_THE_NAME
    if len(passphrase) < 12:
        return Advice.LONGER
    guessed = found.get("sequence")
    common = isinstance(guessed, list) and any(g.get("pattern") == "dictionary" for g in guessed)
    return Advice.LESS_COMMON if common and len(passphrase.split()) < 3 else Advice.MORE_WORDS


def demand_enough(passphrase: str, *about: str) -> None:
    """Raises InputError(`passphrase-weak`) for a passphrase that may not lock an archive."""
    if not strength(passphrase, about).enough:
        raise InputError("passphrase-weak")


def create_archive(door: ArchiveDoor, folder: Path, name: str, passphrase: str) -> OpenedArchive:
    """A new archive with its first worker. Raises as `demand_enough` and `ArchiveDoor.create` do."""
    demand_enough(passphrase, name)
    return door.create(folder, name, passphrase)


def recover_archive(door: ArchiveDoor, folder: Path, name: str, code: str, passphrase: str) -> OpenedArchive:
    """Opened with the recovery code, from now on with a new passphrase. Raises InputError as `demand_enough`."""
    demand_enough(passphrase, name)
    return door.recover(folder, name, code, passphrase)
