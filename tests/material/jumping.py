"""One stream of a camera whose clock jumps while it writes: pictures and sound go on, woven as they were."""

import io
from pathlib import Path

import av

TICKS = 90_000


def jumped(source: Path, at: float, by: float) -> bytes:
    """The packets of a film in a transport stream; from `at` s on its clock stands `by` s later."""
    out = io.BytesIO()
    with av.open(str(source)) as film, av.open(out, "w", format="mpegts") as new:
        tracks = {s.index: new.add_stream_from_template(s) for s in film.streams}
        packets = [p for p in film.demux() if p.size and p.dts is not None]
        has_jumped = False
        for packet in sorted(packets, key=lambda p: p.dts * p.time_base):
            is_picture = packet.stream.type == "video"
            has_jumped = has_jumped or (packet.dts * packet.time_base >= at and is_picture and packet.is_keyframe)
            if has_jumped:
                ticks = round(by / packet.time_base)
                packet.pts, packet.dts = packet.pts + ticks, packet.dts + ticks
            packet.stream = tracks[packet.stream_index]
            new.mux_one(packet)
    return out.getvalue()
