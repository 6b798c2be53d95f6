"""Films that their cameras never finished: the table of contents unwritten, an end of zeros, a lost beginning."""

from fractions import Fraction

from tests.material.films import Clip

#: kinds of films whose table of contents stands at their end
TABLED: dict[str, Clip] = {
    "h264-aac": Clip(b_frames=2, sound="aac", frames=100),
    "h264-ntsc": Clip(sound="aac", frames=100, fps=Fraction(30000, 1001)),
    "h264-silent": Clip(b_frames=3, frames=100),
    "h264-pcm": Clip(container="mov", b_frames=2, sound="pcm_s16le", frames=60),
    "h264-slices": Clip(
        container="mov", b_frames=2, sound="pcm_s16be", frames=60,
        options={"x264-params": "aud=1:repeat-headers=1:slices=3:keyint=20:bframes=2:scenecut=0"},
    ),
    "h264-turned": Clip(turned=90, sound="aac", frames=60, b_frames=2),
    "h264-pyramid": Clip(
        frames=100, options={"x264-params": "keyint=30:bframes=7:b-pyramid=normal:b-adapt=0:scenecut=0"}
    ),
    "hevc": Clip(codec="libx265", b_frames=3, sound="aac", frames=60, tag="hvc1"),
    "variable": Clip(stamps=[n * 40 + (n % 3) * 9 + (n // 25) * 200 for n in range(100)], b_frames=2, sound="aac"),
    "dv": Clip(container="mov", codec="dvvideo", size=(720, 576), frames=25),
    "mjpeg-pcm": Clip(container="mov", codec="mjpeg", sound="pcm_s16le", frames=60),
}  # fmt: skip
#: those that say themselves how their pictures are packed
OWN_WORDS: dict[str, Clip] = {
    "avc3": Clip(
        b_frames=2, frames=100, sound="aac", tag="avc3",
        options={"x264-params": "repeat-headers=1:keyint=20:bframes=2:scenecut=0"},
    ),
    "hev1": Clip(
        codec="libx265", frames=60, tag="hev1",
        options={"x265-params": "repeat-headers=1:keyint=20:bframes=2:scenecut=0:log-level=none"},
    ),
}  # fmt: skip
#: those that can be read up to where they end
READABLE: dict[str, Clip] = {
    "fragments": Clip(
        b_frames=2, sound="aac", frames=100, gop=10, container_options={"movflags": "frag_keyframe+empty_moov"}
    ),
    "mkv": Clip(container="mkv", b_frames=2, sound="aac", frames=100),
    "avi": Clip(container="avi", codec="mpeg4", sound="libmp3lame", frames=100),
    "avi-h264": Clip(container="avi", sound="libmp3lame", frames=100),
    "mjpeg-avi": Clip(container="avi", codec="mjpeg", sound="pcm_s16le", frames=60),
    "ts": Clip(container="ts", b_frames=2, sound="aac", frames=100),
    "mts": Clip(container="mts", b_frames=2, sound="ac3", frames=100),
    "mpg": Clip(container="mpg", codec="mpeg2video", b_frames=2, gop=12, sound="mp2", frames=100),
    "webm": Clip(container="webm", codec="libvpx", sound="libopus", frames=60),
    "flv": Clip(container="flv", b_frames=2, sound="aac", frames=100),
    "asf": Clip(container="asf", codec="wmv2", sound="libmp3lame", frames=100),
}


def unfinished(whole: bytes, share: float = 0.7) -> bytes:
    """What a camera that lost its power had written: a share of pictures and sound, no table of contents."""
    return whole[: max(int(whole.rindex(b"moov") * share), 0)]


def left_empty(whole: bytes, share: float = 0.6) -> bytes:
    """A file as long as it was to be, with nothing in its end."""
    written = int(len(whole) * share)
    return whole[:written] + bytes(len(whole) - written)
