"""Exactly the chosen pictures of odd films in a clip that leaves, beside ffmpeg's `-ss`/`-to` and LosslessCut's cuts.

Every numbered film of the tests is cut from the same picture up to the same picture by each. The others are told the
time of the first picture and of the one after the last, from the film's start, to the microsecond. LosslessCut's
commands are those of mifi/lossless-cut at 036ad82cb988829526b7a5ff2ee36da5aae25deb (`useFfmpegOperations.ts`:
`losslessCutSingle`, `cutEncodeSmartPart`, `concatFiles`) with its defaults, run with the same ffmpeg; for smart cut it
is told where the film's keyframes are.
"""

import io
import os
import shutil
import subprocess
import tempfile
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import av

from app.errors import FilmError
from app.ports.covering import CoverOrder
from tests.material import once
from tests.material.films import KINDS, Clip, build, read_number
from tests.material.odd_films import ODD
from video.covering.writing import write_covered
from video.open.frame_index import FrameIndex, build_index
from video.open.orientation import orientation_of, upright

FILMS = {**KINDS, **ODD}
#: a cut by another program takes no longer, s
LIMIT = 60
SECOND = 1_000_000


@dataclass(frozen=True)
class Cut:
    """What is wanted of a film: pictures `first` to `last`, which are those between two times, s."""

    path: Path
    index: FrameIndex
    first: int
    last: int
    start: float
    end: float
    frame: float

    @property
    def at(self) -> tuple[str, str, str]:
        """Start, end and length as ffmpeg reads them."""
        return f"{self.start:.6f}", f"{self.end:.6f}", f"{self.end - self.start:.6f}"


def main() -> None:
    found = os.environ.get("HAVAINTO_FFMPEG") or shutil.which("ffmpeg")
    methods: dict[str, Callable[[Cut, Path], Path]] = {"a covered clip of ours": _ours}
    if found is None:
        print("  no ffmpeg to compare with (HAVAINTO_FFMPEG names one)")
    else:
        methods |= _others(found)
    sums: dict[str, Counter[str]] = {name: Counter() for name in methods}
    wrong: list[str] = []
    with once.run(), tempfile.TemporaryDirectory() as folder:
        for number, (name, clip) in enumerate(FILMS.items()):
            place = Path(folder, str(number))
            place.mkdir()
            cut = _cut(build(place, clip), clip)
            for method, work in methods.items():
                how = _compared(partial(work, cut, place), clip.numbers[cut.first : cut.last + 1])
                sums[method].update(how)
                if method == "a covered clip of ours" and "exact" not in how:
                    wrong.append(name)
            shutil.rmtree(place)
    titles = {
        "exact": "exact",
        "first": "first wrong",
        "last": "last wrong",
        "within": "others wrong",
        "none": "no clip",
    }
    print(f"  {len(FILMS)} films" + " " * 34 + "".join(f"{title:>14}" for title in titles.values()), flush=True)
    for method, told in sums.items():
        print(f"    {method:<40}" + "".join(f"{told[key]:>14}" for key in titles), flush=True)
    print(f"  not exact, ours: {', '.join(wrong) or 'none'}; goal: all")


def _cut(path: Path, clip: Clip) -> Cut:
    index = build_index(io.BytesIO(path.read_bytes()))
    count = len(index)
    assert count == len(clip.numbers)
    first, last = count // 4, count * 3 // 5
    with av.open(str(path)) as film:
        begins = (film.start_time or 0) / SECOND
    times = [float(stamp * index.time_base) - begins for stamp in index.stamps.tolist()]
    return Cut(path, index, first, last, times[first], times[last + 1], index.last_gap / SECOND)


def _compared(make: Callable[[], Path], wanted: list[int]) -> list[str]:
    """What is right or wrong of a clip."""
    try:
        found = _numbers(make())
    except (FilmError, av.error.FFmpegError, subprocess.SubprocessError, OSError):
        found = []
    if not found:
        return ["none"]
    if found == wanted:
        return ["exact"]
    wrong = [*(["first"] if found[0] != wanted[0] else []), *(["last"] if found[-1] != wanted[-1] else [])]
    return wrong or ["within"]


def _numbers(path: Path) -> list[int]:
    """Of all pictures that a clip shows, edit lists obeyed."""
    with av.open(str(path)) as film:
        frames = list(film.decode(video=0)) if film.streams.video else []
        return [read_number(upright(frame.to_ndarray(format="bgr24"), orientation_of(frame))) for frame in frames]


def _ours(cut: Cut, place: Path) -> Path:
    times = cut.index.times
    order = CoverOrder(int(times[cut.first]), int(times[cut.last]), (), (), "")
    content, _ = write_covered(io.BytesIO(cut.path.read_bytes()), cut.index, order, lambda _: None)
    made = place / "ours.mp4"
    made.write_bytes(content)
    return made


def _others(ffmpeg: str) -> dict[str, Callable[[Cut, Path], Path]]:
    """The other ways, each of which writes a file in a folder."""
    encoded = ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "20", "-c:a", "aac"]
    copied = ["-map", "0:v:0", "-map", "0:a?", "-c", "copy"]
    kept = ["-map_metadata", "0", "-movflags", "+faststart", "-default_mode", "infer_no_subs", "-ignore_unknown"]

    def run(out: Path, *arguments: object) -> Path:
        command = [ffmpeg, "-y", "-loglevel", "error", *map(str, arguments), str(out)]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=LIMIT)
        return out

    def plain(cut: Cut, place: Path) -> Path:
        return run(place / "encoded.mp4", "-ss", cut.at[0], "-to", cut.at[1], "-i", cut.path, *encoded)

    def copy(cut: Cut, place: Path) -> Path:
        return run(place / f"copied{cut.path.suffix}", "-ss", cut.at[0], "-to", cut.at[1], "-i", cut.path, "-c", "copy")

    def keyframe(cut: Cut, place: Path) -> Path:
        return _key_cut(cut, place / f"key{cut.path.suffix}", cut.start, ["-avoid_negative_ts", "make_zero"])

    def _key_cut(cut: Cut, out: Path, start: float, more: list[str]) -> Path:
        length = f"{cut.end - start:.6f}"
        return run(out, "-ss", f"{start:.6f}", "-i", cut.path, "-t", length, *more, *copied, *kept)

    def normal(cut: Cut, place: Path) -> Path:
        out = place / f"normal{cut.path.suffix}"
        return run(out, "-i", cut.path, "-ss", cut.at[0], "-t", cut.at[2], *copied, *kept)

    def part(cut: Cut, out: Path, end: float) -> Path:
        length = f"{end - cut.start:.6f}"
        with av.open(str(cut.path)) as film:
            codec, rate = film.streams.video[0].codec.canonical_name, film.streams.video[0].bit_rate
        rate = rate or cut.path.stat().st_size * 8 * SECOND // max(cut.index.duration, 1)
        encoder = {"av1": "libsvtav1"}.get(codec, codec)
        coded = ["-map", "0:v:0", "-map", "0:a?", "-c:a", "copy", "-c:v", encoder, "-b:v", str(int(rate * 1.2))]
        return run(out, "-ss", cut.at[0], "-i", cut.path, "-ss", "0", "-t", length, *coded, "-ignore_unknown")

    def smart(cut: Cut, place: Path) -> Path:
        keys = [position for position in range(len(cut.index)) if cut.index.key_before(position) == position]
        at = bisect_left(keys, cut.first)
        out = place / f"smart{cut.path.suffix}"
        if at == len(keys) or keys[at] > cut.last:
            return part(cut, out, cut.end)  # within two keyframes
        key = cut.start + float((cut.index.stamps[keys[at]] - cut.index.stamps[cut.first]) * cut.index.time_base)
        if keys[at] == cut.first:
            return _key_cut(cut, out, key, [])
        pieces = [
            part(cut, place / f"part{cut.path.suffix}", max(cut.start + cut.frame, key - cut.frame)),
            _key_cut(cut, place / f"rest{cut.path.suffix}", key, []),
        ]
        listed = place / "list.txt"
        listed.write_text("".join(f"file 'file:{piece}'\n" for piece in pieces))
        return run(out, "-f", "concat", "-safe", "0", "-i", listed, *copied, *kept)

    return {
        "ffmpeg -ss -to, encoded": plain,
        "ffmpeg -ss -to -c copy": copy,
        "LosslessCut, keyframe cut (its default)": keyframe,
        "LosslessCut, normal cut": normal,
        "LosslessCut, smart cut": smart,
    }


if __name__ == "__main__":
    main()
