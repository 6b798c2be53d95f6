"""Films that nobody here made: the codecs and containers of old cameras, phones, and other people's programs."""

from fractions import Fraction

from tests.material.films import Clip

PAL, NTSC, PHONE = Fraction(25), Fraction(30000, 1001), Fraction(60000, 1001)
FIELDS = {"flags": "+ildct+ilme"}

ODD: dict[str, Clip] = {
    "cinepak-avi": Clip(codec="cinepak", container="avi", pixels="rgb24", sound="pcm_s16le"),
    "cinepak-mov": Clip(codec="cinepak", container="mov", pixels="rgb24"),
    "msmpeg4v2": Clip(codec="msmpeg4v2", container="avi", sound="libmp3lame"),
    "msmpeg4v3": Clip(codec="msmpeg4", container="avi", sound="libmp3lame"),
    "wmv1": Clip(codec="wmv1", container="asf", sound="libmp3lame"),
    "wmv2": Clip(codec="wmv2", container="wmv", sound="libmp3lame"),
    "mpeg4-ac3-avi": Clip(codec="mpeg4", container="avi", sound="ac3"),
    "mpeg4-b-ac3-avi": Clip(codec="mpeg4", container="avi", sound="ac3", b_frames=2),
    "mpeg4-packed-xvid": Clip(codec="mpeg4", container="avi", sound="libmp3lame", tag="XVID", b_frames=1),
    "hevc-phone": Clip(
        codec="libx265", container="mov", fps=PHONE, b_frames=3, turned=90, sound="aac", tag="hvc1", cut=6,
        container_options={"avoid_negative_ts": "disabled"},
    ),
    "hevc-phone-120": Clip(codec="libx265", fps=Fraction(120000, 1001), frames=120, b_frames=2, tag="hvc1"),
    "mpeg2-ts-interlaced": Clip(
        codec="mpeg2video", container="ts", fps=NTSC, b_frames=2, gop=15, sound="ac3", options=FIELDS
    ),
    "mpeg2-ts-59.94": Clip(codec="mpeg2video", container="ts", fps=PHONE, b_frames=2, gop=15, sound="mp2"),
    "mpeg2-bare": Clip(codec="mpeg2video", container="m2v", b_frames=2, gop=12),
    "mpeg2-mod": Clip(codec="mpeg2video", container="mpg", b_frames=2, gop=12, sound="ac3"),
    "mpeg1": Clip(codec="mpeg1video", container="mpg", b_frames=2, sound="mp2"),
    "dv-avi": Clip(codec="dvvideo", container="avi", fps=PAL, size=(720, 576), frames=25, sound="pcm_s16le"),
    "dv-mov": Clip(codec="dvvideo", container="mov", fps=PAL, size=(720, 576), frames=25),
    "dv-ntsc-411": Clip(codec="dvvideo", container="avi", fps=NTSC, size=(720, 480), frames=20, pixels="yuv411p"),
    "prores": Clip(codec="prores_ks", container="mov", pixels="yuv422p10le", sound="pcm_s16le", frames=30),
    "mjpeg-pcm-mov": Clip(codec="mjpeg", container="mov", sound="pcm_s16be"),
    "vp8": Clip(codec="libvpx", container="webm", sound="libopus"),
    "vp8-avi": Clip(codec="libvpx", container="avi"),
    "av1": Clip(codec="libsvtav1", container="mp4", options={"preset": "12", "svtav1-params": "keyint=20"}),
    "av1-mkv": Clip(codec="libsvtav1", container="mkv", options={"preset": "12", "svtav1-params": "keyint=20"}),
    "h263-3gp": Clip(codec="h263", container="3gp", size=(176, 144), fps=NTSC, sound="aac"),
    "flv": Clip(codec="flv", container="flv", sound="libmp3lame"),
    "svq1": Clip(codec="svq1", container="mov", pixels="yuv410p"),
    "huffyuv": Clip(codec="huffyuv", container="avi", pixels="yuv422p", frames=20),
    "ffv1-nut": Clip(codec="ffv1", container="nut", frames=20),
    "h264-avi": Clip(container="avi", sound="libmp3lame"),
    "h264-avi-left-out": Clip(container="avi", stamps=[0, 1, 2, 3, 12, 13, 14, 25, 26], tick=25),
    "h264-b-avi": Clip(container="avi", b_frames=3, sound="libmp3lame"),
    "h264-b-avi-late": Clip(
        container="avi", frames=200, gop=50, options={"x264-params": "keyint=50:bframes=3:b-adapt=0:scenecut=0"}
    ),
    "mpeg4-avi-left-out": Clip(codec="mpeg4", container="avi", stamps=[0, 1, 2, 3, 12, 13, 14, 25, 26], tick=25),
    "h264-flv": Clip(container="flv", b_frames=2, sound="aac"),
    "h264-mxf": Clip(codec="mpeg2video", container="mxf", b_frames=2, gop=12),
    "h264-10-bit": Clip(pixels="yuv420p10le", b_frames=2),
    "h264-field-ts": Clip(
        container="mts", fps=PAL, b_frames=2, gop=12, sound="ac3",
        options={"x264-params": "keyint=12:scenecut=0:bframes=2:interlaced=1"},
    ),
    "hevc-ts": Clip(codec="libx265", container="ts", b_frames=3, sound="aac"),
    "mpeg4-b-mp4": Clip(codec="mpeg4", b_frames=2, fps=PHONE, sound="aac"),
    "starts-late-ac3": Clip(container="mkv", b_frames=2, fps=PHONE, sound="ac3", start=Fraction(11, 10)),
}  # fmt: skip

#: what is refused, and with which key
REFUSED: dict[str, tuple[Clip, str]] = {
    "rv10": (Clip(codec="rv10", container="rm"), "film-not-a-film"),
}
