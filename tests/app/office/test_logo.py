"""A logo from any PNG or JPEG: small, in sRGB, on white; and one sentence for what is no picture."""

import io
import random
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.errors import InputError
from app.office import logo
from app.office.logo import LARGEST, LARGEST_FILE, SIZES, read_logo
from tests.material.logos import jpeg, png, profile

FILES = {
    "transparent": png("RGBA"),
    "colors": png("RGB"),
    "palette": png("P"),
    "gray": png("L"),
    "black and white": png("1"),
    "with a profile": png("RGB", icc_profile=profile()),
    "with a broken profile": png("RGB", icc_profile=b"no profile at all"),
    "jpeg": jpeg("RGB"),
    "jpeg in print colors": jpeg("CMYK"),
    "jpeg in gray": jpeg("L"),
    "large": png("RGBA", (3000, 900)),
    "tiny": png("RGBA", (40, 20)),
}


@pytest.mark.parametrize("name", FILES)
def test_it_is_a_small_png_in_srgb_without_transparency(name) -> None:
    made = read_logo(FILES[name])
    assert len(made) <= LARGEST
    with Image.open(io.BytesIO(made)) as seen:
        assert (seen.format, seen.mode) == ("PNG", "RGB")
        assert seen.width <= SIZES[0][0]
        assert seen.height <= SIZES[0][1]
        assert seen.info.get("icc_profile") is None
        corner = seen.getpixel((seen.width - 1, 0))
        assert isinstance(corner, tuple)
        assert min(corner) > 240, "paper is white"
    assert read_logo(FILES[name]) == made


def test_nothing_of_the_file_but_the_picture_is_kept() -> None:
    exif = Image.Exif()
    exif[0x010E] = "a name that nobody should read"
    exif[0x0112] = 6
    made = read_logo(jpeg("RGB", exif=exif.tobytes()))
    assert b"nobody" not in made
    with Image.open(io.BytesIO(made)) as seen:
        assert seen.height > seen.width, "turned as its camera said"


def test_a_picture_that_stays_too_many_bytes_is_made_smaller() -> None:
    noise = Image.frombytes("RGB", (900, 360), random.Random(1).randbytes(900 * 360 * 3))
    out = io.BytesIO()
    noise.save(out, "PNG")
    assert len(read_logo(out.getvalue())) <= LARGEST


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"<svg/>", png()[:200], jpeg()[:-300], b"GIF89a" + bytes(60)])
def test_what_is_no_whole_picture_is_said(content) -> None:
    with pytest.raises(InputError) as caught:
        read_logo(content)
    assert caught.value.key == "logo-unreadable"


def test_what_is_far_too_large_is_never_opened(monkeypatch) -> None:
    with pytest.raises(InputError) as caught:
        read_logo(bytes(LARGEST_FILE + 1))
    assert caught.value.key == "logo-too-large"
    monkeypatch.setattr(logo, "MOST_PIXELS", 1000)
    with pytest.raises(InputError) as caught:
        read_logo(png())
    assert caught.value.key == "logo-too-large"


SMALL = png("RGBA", (40, 20))


@given(st.integers(0, 400), st.integers(0, 255))
def test_one_byte_changed_is_a_picture_or_a_sentence(at, value) -> None:
    content = bytearray(SMALL)
    content[at % len(content)] = value
    with suppress(InputError):
        assert read_logo(bytes(content)).startswith(b"\x89PNG")
