"""Made-up logos as files, of every kind that a person may choose."""

import io

from PIL import Image, ImageCms, ImageDraw


def picture(mode: str = "RGB", size: tuple[int, int] = (600, 200)) -> Image.Image:
    """A green leaf beside a bar, plainly nobody's."""
    made = Image.new("RGBA", size, (255, 255, 255, 0))
    drawn = ImageDraw.Draw(made)
    wide, high = size
    drawn.ellipse((4, 4, high - 4, high - 4), fill=(0, 110, 80, 255))
    drawn.rectangle((high + 4, high // 3, wide - 6, 2 * high // 3), fill=(30, 35, 38, 255))
    if mode == "RGBA":
        return made
    paper = Image.new("RGBA", size, "white")
    return Image.alpha_composite(paper, made).convert("RGB").convert(mode)


def png(mode: str = "RGBA", size: tuple[int, int] = (600, 200), **more) -> bytes:
    return _saved(picture(mode, size), "PNG", **more)


def jpeg(mode: str = "RGB", size: tuple[int, int] = (600, 200), **more) -> bytes:
    return _saved(picture(mode, size), "JPEG", **more)


def profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def _saved(made: Image.Image, kind: str, **more) -> bytes:
    out = io.BytesIO()
    made.save(out, kind, **more)
    return out.getvalue()
