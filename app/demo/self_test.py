"""`havainto self-test`: whether this installation can do what the program promises, each part by really doing it.

Everything is made up, in a folder that goes afterward; nobody's archive is touched.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.demo.making import DEMO_PASSPHRASE, DEMO_WORKER, Makers, make_demo
from app.door import Door
from app.errors import AppError
from app.i18n import Texts
from app.model.confinement import KeptFrom
from app.model.recording import DerivedKind, Recording
from app.model.timecode import Micros
from app.ports import OpenedArchive, Picture
from app.ports.films import FilmTools, NumberedClip
from app.ports.spelling import Spellers
from app.reports.page_process import PageProcess
from app.reports.structure_check import lacks
from app.statement.beginning import newest_statement
from app.statement.export import statement_document, statement_pdf

#: pictures of the numbered clip that are asked for: its first, its last, and those between by this step
STEP = 23
#: a word of each language, and none
_WORDS = {"fi": ("lapsen", "lapsenx"), "sv": ("barnets", "barnetsx"), "en": ("child", "childx")}


class Failed(Exception):
    """What a part of the installation did instead of what it should."""


@dataclass(frozen=True)
class Outsides:
    """What the roof hands in: `window` shows the first window and says where, `pictures` are of a film at times."""

    makers: Makers
    tools: FilmTools
    pictures: Callable[[Path, bytes, Sequence[Micros]], Sequence[Picture]]
    spellers: Spellers
    window: Callable[[], str]
    installed: bool


@dataclass(frozen=True)
class Found:
    """What is told of one part."""

    part: str
    holds: bool
    words: str


@dataclass
class _Work:
    """The made-up archive, once it was made."""

    outsides: Outsides
    folder: Path
    case_id: str = ""
    opened: list[OpenedArchive] = field(default_factory=list)

    @property
    def archive(self) -> OpenedArchive:
        if not self.opened:
            raise Failed("no archive could be made, see above")
        return self.opened[0]


def self_test(outsides: Outsides) -> Iterator[Found]:
    """Each part in turn, as it is found."""
    with tempfile.TemporaryDirectory(prefix="havainto-self-test-") as folder:
        work = _Work(outsides, Path(folder))
        try:
            for part, check in PARTS.items():
                yield _found(part, check, work)
        finally:
            for opened in work.opened:
                opened.archive.close()


def _found(part: str, check: Callable[[_Work], str], work: _Work) -> Found:
    from app.error_texts import sentence

    try:
        return Found(part, holds=True, words=check(work))
    except Failed as failed:
        return Found(part, holds=False, words=str(failed))
    except AppError as error:
        return Found(part, holds=False, words=sentence(Texts("en"), error))
    except (OSError, ImportError) as error:  # a library or a file that the installation lacks
        return Found(part, holds=False, words=f"{type(error).__name__}: {error}")


def _window(work: _Work) -> str:
    return work.outsides.window()


def _films(work: _Work) -> str:
    """Each asked picture of a clip carries the number of its moment."""
    clip: NumberedClip = work.outsides.tools.self_test.clip(lambda _: None, lambda: False)
    path = work.folder / "numbered.mp4"
    path.write_bytes(clip.film)
    asked = [*range(0, len(clip.times), STEP), len(clip.times) - 1]
    pictures = work.outsides.pictures(path, clip.index, [clip.times[number] for number in asked])
    shown = [work.outsides.tools.self_test.read(picture) for picture in pictures]
    if shown != asked:
        raise Failed(f"pictures {asked} were asked for, {shown} came")
    return f"{len(asked)} of {len(asked)} pictures are those of their moments"


def _archive(work: _Work) -> str:
    """Made, closed, opened again and proven, with a film that the child checked."""
    folder = work.folder / "archive"
    made = make_demo(work.outsides.makers, folder, DEMO_PASSPHRASE, Texts("fi"), lambda _: None, lambda: False)
    work.case_id = made
    work.opened.append(work.outsides.makers.door.unlock(folder, DEMO_WORKER, DEMO_PASSPHRASE))
    problems = work.archive.archive.verify(lambda _: None, lambda: False)
    if problems:
        raise Failed(f"not whole: {', '.join(problems)}")
    if _MARKER in (folder / "archive.db").read_bytes():
        raise Failed("the database is not encrypted")
    return "encrypted, made, opened again and whole, with a film and two codings"


#: what every database that is not encrypted begins with
_MARKER = b"SQLite format 3"


def _confined(work: _Work) -> str:
    kept = work.outsides.tools.kept_from
    held = {KeptFrom.FILES: "your files", KeptFrom.OTHERS: "the network and other programs"}
    words = [said for what, said in held.items() if what in kept]
    return f"what reads films is kept from {' and from '.join(words)}" if words else "this system keeps it from nothing"


def _sound(work: _Work) -> str:
    """The made-up film's voices are in its waveform."""
    (recording,) = work.archive.store.find(Recording)
    tools, media = work.outsides.tools, work.archive.media
    made = work.folder / "waveform"
    with media.open(recording) as film:
        index = tools.index(film).index
    (span,) = tools.derived.parts(DerivedKind.WAVEFORM, index)
    with made.open("wb") as out:
        tools.derived.make(
            DerivedKind.WAVEFORM, lambda: media.open(recording), index, span, out, lambda _: None, lambda: False
        )
    with made.open("rb") as written:
        peaks = tools.read_waveform(written).peaks
    if not peaks or max(peaks) == 0:
        raise Failed("the film's sound is silent")
    return f"decoded, {len(peaks)} steps"


def _statement(work: _Work) -> str:
    """Tagged, archival, with every font in it; made here and by the process that shows pages while it is written."""
    store, media = work.archive.store, work.archive.media
    statement = newest_statement(store, work.case_id)
    if statement is None:
        raise Failed("the made-up case has no statement")
    door = Door(store)
    data = statement_pdf(door, media, statement.id)
    if missing := lacks(data, statement.language):
        raise Failed(f"the document lacks {', '.join(missing)}")
    pages = PageProcess()
    try:
        beside = pages.make(statement_document(door, media, statement.id))
    finally:
        pages.end()
    if not beside.pages.startswith(b"%PDF"):
        raise Failed("the page beside the text is no document")
    return f"{len(data) // 1000} kB, tagged, its fonts within"


def _spelling(work: _Work) -> str:
    """A language without a dictionary is told; in the installed program Finnish is its own and must be there."""
    there = []
    for language, (right, wrong) in _WORDS.items():
        speller = work.outsides.spellers.of(language)
        if speller is None:
            continue
        if not speller.is_right(right) or speller.is_right(wrong):
            raise Failed(f"{language} does not know its words")
        there.append(language)
    if work.outsides.installed and "fi" not in there:
        raise Failed("the program's own Finnish is not there")
    return " ".join(there) or "no dictionary on this computer"


#: in the order in which they are told; later ones stand on the archive
PARTS: dict[str, Callable[[_Work], str]] = {
    "window and fonts": _window,
    "films": _films,
    "archive": _archive,
    "film child": _confined,
    "sound": _sound,
    "statement": _statement,
    "spelling": _spelling,
}
