"""What this computer knows of spelling: Finnish where libvoikko is, English always, Swedish where a dictionary is."""

from pathlib import Path

import pytest

from system.spelling.hunspell_words import hunspell_words
from system.spelling.this_computer import ThisComputer
from system.spelling.voikko import voikko

pytest.importorskip("hunspell")


def test_finnish_by_the_systems_library(tmp_path) -> None:
    found = voikko(tmp_path)
    if found is None:
        pytest.skip("no libvoikko on this computer")
    assert found.is_right("vuorovaikutuksessakin")
    assert not found.is_right("vuorovaikuts")
    assert "vuorovaikutus" in found.suggested("vuorovaikuts")
    assert found.suggested("qqqqqqqq") == ()


def test_english_comes_with_the_program() -> None:
    found = ThisComputer(Path("/nowhere")).of("en")
    assert found is not None
    assert found.is_right("observation")
    assert not found.is_right("observashun")
    assert ThisComputer(Path("/nowhere")).of("zz") is None


def test_a_dictionary_of_the_program_goes_before_the_systems(tmp_path) -> None:
    (tmp_path / "sv_FI.aff").write_text("SET UTF-8\n", "utf-8")
    (tmp_path / "sv_FI.dic").write_text("1\nzorkk\n", "utf-8")
    found = hunspell_words("sv", tmp_path)
    assert found is not None
    assert found.is_right("zorkk")
    assert not found.is_right("samspel")
    assert found.suggested("zorkkk") == ("zorkk",)


def test_a_broken_library_is_none(tmp_path) -> None:
    (tmp_path / "libvoikko.so.1").write_bytes(b"nothing")
    found = voikko(tmp_path)
    assert found is None or found.is_right("lapsi"), "the next one is tried"
