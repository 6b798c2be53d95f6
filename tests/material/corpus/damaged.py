"""Films that are not whole: cut off, begun in the middle, overwritten, filled up with zeros, or no films at all."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import av

from tests.material.corpus.kind import Kind
from tests.material.films import Clip, write

Edit = Callable[[Path, bytes], bytes]


def _edited(clip: Clip, edit: Edit) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        plain = path.with_name(f"plain.{clip.container}")
        write(plain, clip)
        path.write_bytes(edit(plain, plain.read_bytes()))

    return make


def packets(path: Path) -> list[tuple[int, int]]:
    """(place, bytes) of every picture's packet in the file."""
    with av.open(str(path)) as film:
        return [(p.pos, p.size) for p in film.demux(video=0) if p.size and p.pos is not None]


def cut_to(share: float) -> Edit:
    return lambda _, content: content[: int(len(content) * share)]


def zeros_from(share: float) -> Edit:
    return lambda _, content: content[: (at := int(len(content) * share))] + bytes(len(content) - at)


def cut_both(first: float, last: float) -> Edit:
    """A stream from within it, in whole transport packets."""

    def edit(_: Path, content: bytes) -> bytes:
        whole = len(content) // 188
        return content[int(whole * first) * 188 : int(whole * last) * 188]

    return edit


def overwritten(*numbers: int, most: int = 60) -> Edit:
    """These packets, in the file's order, with a stretch of other bytes in their middle."""

    def edit(path: Path, content: bytes) -> bytes:
        spoiled, places = bytearray(content), packets(path)
        for number in numbers:
            at, size = places[number]
            for k in range(at + size // 2, min(at + size // 2 + most, at + size)):
                spoiled[k] ^= 0x5A
        return bytes(spoiled)

    return edit


def overwritten_mpeg2(number: int) -> Edit:
    """A picture of MPEG-2, whatever lies around it, by its start code (ISO/IEC 13818-2, picture_start_code)."""

    def edit(_: Path, content: bytes) -> bytes:
        at = -1
        for _ in range(number + 1):
            at = content.index(b"\0\0\1\0", at + 1)
        return content[: at + 60] + bytes(b ^ 0x5A for b in content[at + 60 : at + 90]) + content[at + 90 :]

    return edit


def _hurt(name: str, clip: Clip, edit: Edit, hurt: range, *told: str, **more: Any) -> Kind:
    return Kind(
        name, clip.container, _edited(clip, edit), tuple(clip.numbers), tuple(clip.times),
        hurt=frozenset(hurt), told=frozenset(told), sounds=1 if clip.sound else 0, **more,
    )  # fmt: skip


def _cut(name: str, clip: Clip, edit: Edit, *told: str) -> Kind:
    """What of it can be read is right; how much that is depends on where the container's pieces end."""
    return Kind(
        name, clip.container, _edited(clip, edit), tuple(clip.numbers), tuple(clip.times), shorter=True,
        told=frozenset(told), sounds=1 if clip.sound else 0,
    )  # fmt: skip


def _refused(name: str, ending: str, make: Callable[[Path], object], key: str) -> Kind:
    return Kind(name, ending, make, refused=key)


def _clip_as(clip: Clip) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        made = path.with_name(f"made.{clip.container}")
        write(made, clip)
        made.rename(path)

    return make


_LONG = Clip(gop=30, frames=250, container="mkv")
_STREAM = Clip(container="ts", b_frames=2, gop=10, frames=250)
_TABLE_FIRST = Clip(gop=10, frames=250, container_options={"movflags": "faststart"})

KINDS: tuple[Kind, ...] = (
    _cut("cut-mkv", _LONG, cut_to(0.5), "cut-off"),
    _cut("cut-ts", _STREAM, cut_to(0.5)),
    _cut("cut-avi", Clip(codec="mjpeg", container="avi", frames=250), cut_to(0.5), "cut-off"),
    _cut("cut-mpg", Clip(codec="mpeg2video", container="mpg", gop=12, b_frames=2, frames=250), cut_to(0.5)),
    _cut("cut-table-first", _TABLE_FIRST, cut_to(0.5), "cut-off"),
    _cut("cut-fragments", Clip(gop=10, frames=250, b_frames=2,
         container_options={"movflags": "frag_keyframe+delay_moov"}), cut_to(0.5)),
    _cut("cut-flv", Clip(container="flv", gop=10, frames=250), cut_to(0.5), "cut-off"),
    _cut("cut-wmv", Clip(codec="wmv2", container="wmv", gop=10, frames=250), cut_to(0.5), "cut-off"),
    _cut("zeros-at-the-end-table-first", _TABLE_FIRST, zeros_from(0.5), "broken"),
    _cut("zeros-at-the-end-ts", _STREAM, zeros_from(0.5), "empty"),
    _cut("zeros-at-the-end-mkv", _LONG, zeros_from(0.5), "cut-off"),
    _hurt("spoiled-h264-long-gop", Clip(gop=30, frames=80, container="mkv"), overwritten(33), range(33, 60), "broken"),
    _hurt("spoiled-h264-b", Clip(gop=20, b_frames=2, frames=80), overwritten(24), range(24, 40), "broken"),
    _hurt("spoiled-hevc", Clip(codec="libx265", gop=20, frames=80), overwritten(24), range(20, 40)),
    _hurt("spoiled-vp9", Clip(codec="libvpx-vp9", container="webm", gop=20, frames=80), overwritten(24), range(20, 40)),
    _hurt("spoiled-mpeg2", Clip(codec="mpeg2video", container="mpg", gop=12, frames=72), overwritten_mpeg2(20),
          range(20, 24), "broken"),
    _hurt("spoiled-mpeg4-avi", Clip(codec="mpeg4", container="avi", gop=12, frames=72), overwritten(20), range(20, 24),
          "broken"),
    _hurt("spoiled-mjpeg", Clip(codec="mjpeg", container="avi"), overwritten(20), range(20, 21), "broken"),
    _hurt("spoiled-keyframe", Clip(gop=20, frames=80, container="mkv"), overwritten(20), range(20, 40), "broken"),
    _refused("without-table-of-contents", "mp4", _edited(Clip(b_frames=2), cut_to(0.7)), "film-unfinished"),
    Kind("without-list-of-keyframes", "mp4",
         _edited(Clip(gop=20, frames=60), lambda _, content: content.replace(b"stss", b"free")),
         tuple(range(60)), tuple(Clip().times), sounds=0),
    _refused("empty", "mp4", lambda path: path.write_bytes(b""), "film-empty"),
    _refused("zeros", "mp4", lambda path: path.write_bytes(bytes(100_000)), "film-not-a-film"),
    _refused("text", "mp4", lambda path: path.write_text("notes\n" * 1000), "film-not-a-film"),
    _refused("list-of-films", "m3u8", lambda path: path.write_text("#EXTM3U\n#EXTINF:3,\na.ts\n"), "film-playlist"),
    _refused("real-video", "rm", _clip_as(Clip(codec="rv10", container="rm")), "film-not-a-film"),
    _refused("bare-h264", "h264", _clip_as(Clip(container="h264")), "film-not-a-film"),
    _refused("bare-hevc", "hevc", _clip_as(Clip(codec="libx265", container="hevc")), "film-not-a-film"),
    _refused("bare-jpegs", "mjpeg", _clip_as(Clip(codec="mjpeg", container="mjpeg")), "film-not-a-film"),
    _refused("recorded-tv", "wtv", _clip_as(Clip(codec="mpeg2video", container="wtv")), "film-not-a-film"),
    _refused("too-large", "avi", _clip_as(Clip(codec="mjpeg", container="avi", size=(20_000, 64), frames=2)),
             "film-too-large"),
    _refused("many-to-a-packet-ps", "mpg", _clip_as(Clip(container="mpg", b_frames=2, gop=12)), "film-without-times"),
)  # fmt: skip
