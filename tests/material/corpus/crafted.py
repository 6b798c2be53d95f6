"""Streams that no encoder at hand writes, made by hand from one that it does."""

from collections.abc import Callable
from pathlib import Path

import av

from tests.material.corpus.kind import Kind, even
from tests.material.field_film import build_fields, in_other_container
from tests.material.films import Clip, write

#: what a recorder of the years before 2012 writes into its stream: pictures lie two in a packet
PACKED_BY = b"\0\0\1\xb2DivX503b1393p\0"
NO_PICTURE = b"\0\0\1\xb6\x50\x00\x7f"
PICTURE = b"\0\0\1\xb6"


def packed(between: int, frames: int = 60) -> Callable[[Path], None]:
    """MPEG-4 whose pictures between two others lie in the packet of the later one, as old recorders wrote AVI."""

    def make(path: Path) -> None:
        plain = path.with_name("plain.mp4")
        write(plain, Clip(codec="mpeg4", b_frames=between, gop=12, frames=frames))
        with av.open(str(plain)) as film, av.open(str(path), "w") as out:
            stream = out.add_stream_from_template(film.streams.video[0])
            for number, content in enumerate(_packed([bytes(p) for p in film.demux(video=0) if p.size])):
                packet = av.Packet(content)
                packet.pts = packet.dts = number
                packet.time_base, packet.stream = 1 / Clip.fps, stream
                packet.is_keyframe = content.startswith(b"\0\0\1\xb0") or b"\0\0\1\xb3" in content[:40]
                out.mux(packet)

    return make


def _packed(packets: list[bytes]) -> list[bytes]:
    out: list[bytes] = []
    waiting = False
    for number, content in enumerate(packets):
        at = content.find(PICTURE)
        between = content[at + 4] >> 6 == 2
        marked = content[:at] + PACKED_BY + content[at:] if number == 0 else content
        if between and not waiting:
            out[-1] += marked
            waiting = True
            continue
        if not between and waiting:
            out.append(NO_PICTURE)
            waiting = False
        out.append(marked)
    return [*out, NO_PICTURE] if waiting else out


def begun_in_the_middle(path: Path) -> None:
    """A transport stream of open groups of pictures without its first third."""
    words = "keyint=30:open-gop=1:bframes=3:b-pyramid=normal:scenecut=0"
    plain = path.with_name("plain.ts")
    write(plain, Clip(container="ts", frames=120, options={"x264-params": words}, sound="aac"))
    content = plain.read_bytes()
    path.write_bytes(content[len(content) // 188 // 3 * 188 :])


def fields(ending: str, *, together: bool = False) -> Callable[[Path], None]:
    """H.264 stored field by field; a time for each field, or one for the two of a picture `together`."""

    def make(path: Path) -> None:
        plain = build_fields(path.with_name("plain.mkv"), 40, together=together)
        in_other_container(plain, path) if ending != "mkv" else plain.rename(path)

    return make


KINDS: tuple[Kind, ...] = (
    Kind("fields-with-own-times", "mkv", fields("mkv"), tuple(range(40)), even(40), sounds=0),
    Kind("fields-together", "mkv", fields("mkv", together=True), tuple(range(40)), even(40), sounds=0),
    Kind("fields-with-own-times-mp4", "mp4", fields("mp4"), tuple(range(40)), even(40), sounds=0),
    *(
        Kind(f"mpeg4-packed-{between}", "avi", packed(between), tuple(range(60)), even(60), sounds=0)
        for between in (1, 2)
    ),
    Kind(
        "open-gop-begun-in-the-middle", "ts", begun_in_the_middle, tuple(range(120)), even(120), shorter=True, sounds=1
    ),
)  # fmt: skip
