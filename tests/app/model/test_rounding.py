"""What is not equal never reads as equal, and a number is what people type as one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.i18n import Texts
from app.model.plain_number import plain_number
from app.model.rounding import rounded, whole_percent
from app.model.timecode import parse_clock


@pytest.mark.parametrize(
    ("share", "fi", "en"),
    [
        (0.9967, "99,7\u00a0%", "99.7%"),
        (1.0, "100\u00a0%", "100%"),
        (0.9999999, "99,99\u00a0%", "99.99%"),
        (0.0031, "0,3\u00a0%", "0.3%"),
        (0.0, "0\u00a0%", "0%"),
        (0.86, "86\u00a0%", "86%"),
        (0.575, "58\u00a0%", "58%"),  # 23 of 40: a half is no 57.499…
    ],
)
def test_a_share(share: float, fi: str, en: str) -> None:
    assert (Texts("fi").percent(share), Texts("en").percent(share)) == (fi, en)


@pytest.mark.parametrize(
    ("kappa", "words"),
    [
        (0.9951, "0,995"),
        (1.0, "1,00"),
        (1 - 1e-16, "1,00"),
        (0.999999, "0,9999"),
        (-0.001, "−0,001"),
        (0.0, "0,00"),
        (-0.0, "0,00"),
        (1e-7, "0,0001"),
        (-1e-7, "−0,0001"),
        (-0.998, "−0,998"),
        (0.784, "0,78"),
    ],
)
def test_a_kappa(kappa: float, words: str) -> None:
    assert Texts("fi").coefficient(kappa) == words


@given(st.floats(-1, 1), st.integers(0, 4))
def test_only_what_is_an_end_reads_as_one(value: float, digits: int) -> None:
    text = rounded(value, digits)
    assert not text.startswith("-0") or float(text) != 0
    assert abs(float(text) - value) <= 10.0**-digits
    if float(text) in (-1, 0, 1):
        assert abs(value - float(text)) < 1e-12


def test_nothing_has_no_sign() -> None:
    assert Texts("fi").number(-0.001, 2) == "0,00"
    assert Texts("fi").number(-0.4) == "0"
    assert Texts("fi").number(-12.5, 1) == "−12,5"


@pytest.mark.parametrize("text", ["1_0", "nan", "inf", "1/3", "0x1", "١", "", "1,5,0", "1.2,3", "--1"])
def test_what_is_no_number(text: str) -> None:
    assert plain_number(text, comma=True) is None
    with pytest.raises(ValueError):
        parse_clock(f"1:{text}")


def test_what_is_a_number() -> None:
    assert [plain_number(x, comma=True) for x in ("0,5", " 2 ", "−1.25", "+3", ".5")] == [
        plain_number(x) for x in ("0.5", "2", "-1.25", "3", "0.5")
    ]
    assert plain_number("0,5") is None


def test_a_whole_percent_is_the_one_that_is_written() -> None:
    for parts in range(1, 101):
        share = parts / 40 if parts <= 40 else parts / 101
        written = Texts("en").percent(share)
        assert written == f"{whole_percent(share)}%" or "." in written
