"""What this computer knows of spelling: Finnish where libvoikko is, English always, Swedish where a dictionary is."""

import codecs
import ctypes
import sys
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


class Begins:
    """The library's beginning: keeps the folder that it was told, and finds no dictionary."""

    def __init__(self) -> None:
        self.told: list[bytes] = []

    def __call__(self, _error: object, _language: bytes, folder: bytes) -> None:
        self.told.append(folder)


class Library:
    """Whatever else is asked of it is a function that nobody calls."""

    def __init__(self, begins: Begins) -> None:
        self.voikkoInit = begins

    def __getattr__(self, name: str) -> Begins:
        return Begins()


def test_a_folder_of_a_person_with_finnish_letters_is_found_on_windows(tmp_path, monkeypatch) -> None:
    """The program may lie in her own folder, and the library looks there by calls that know no UTF-8."""

    def finnish_windows(name: str) -> codecs.CodecInfo | None:
        return codecs.lookup("cp1252") if name == "mbcs" else None

    own, begins = tmp_path / "Päivi Sjöberg", Begins()
    own.mkdir()
    (own / "libvoikko-1.dll").touch()
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: Library(begins))
    monkeypatch.setattr(sys, "platform", "win32")
    codecs.register(finnish_windows)
    try:
        assert voikko(own) is None
    finally:
        codecs.unregister(finnish_windows)
    assert begins.told[0] == str(own).encode("cp1252")
