"""`havainto self-test`: what works is said part by part, and what does not is found, each by its own part."""

import sys
from dataclasses import replace

import pytest

from app import __main__ as entry
from app import bootstrap, command_line
from app.demo.self_test import Outsides, self_test
from app.errors import FilmError
from app.ports import children
from app.ports.spelling import NoSpellers
from tests.material.drawn import drawn_once

pytestmark = pytest.mark.long
PARTS = ["window and fonts", "films", "archive", "film child", "sound", "statement", "spelling"]


@pytest.fixture
def outsides(qapp) -> Outsides:
    makers = replace(bootstrap.demo_makers(), draw=drawn_once)
    tools = bootstrap.film_tools()
    return Outsides(makers, tools, command_line.pictures_at, NoSpellers(), bootstrap.first_window, installed=False)


def broken(found) -> dict[str, str]:
    return {one.part: one.words for one in found if not one.holds}


def test_every_part_is_done_and_told(outsides) -> None:
    found = list(self_test(outsides))
    assert [one.part for one in found] == PARTS
    assert broken(found) == {}
    assert found[1].words == "12 of 12 pictures are those of their moments"


def test_each_part_that_does_not_work_is_named_and_the_others_are_still_tried(outsides) -> None:
    def no_window() -> str:
        raise OSError("no plugin")

    def no_film(*_) -> None:
        raise FilmError("film-dangerous")

    def one_on(film, index, times):
        pictures = command_line.pictures_at(film, index, times)
        return [*pictures[1:], pictures[0]]

    makers = replace(outsides.makers, draw=no_film)
    bad = replace(outsides, window=no_window, pictures=one_on, installed=True, makers=makers)
    found = broken(self_test(bad))
    assert list(found) == ["window and fonts", "films", "archive", "sound", "statement", "spelling"]
    assert found["window and fonts"] == "OSError: no plugin"
    assert found["sound"] == found["statement"] == "no archive could be made, see above"
    assert "Finnish" in found["spelling"]


def test_the_command_ends_with_1_when_a_part_does_not_work(monkeypatch, capsys) -> None:
    monkeypatch.setattr("app.demo.self_test.PARTS", {"films": _fails, "rest": lambda _: "whole"})
    assert command_line.run(["self-test"]) == 1
    said = capsys.readouterr()
    assert said.out.splitlines() == ["films: DOES NOT WORK: OSError: gone", "rest: whole"]
    assert "Install" in said.err


def _fails(_work) -> str:
    raise OSError("gone")


def test_the_installed_program_starts_its_children_by_itself(monkeypatch) -> None:
    assert children.own_module("video.copies.copy_child", "1")[1:] == ["-P", "-m", "video.copies.copy_child", "1"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    command = children.own_module("video.copies.copy_child", "1")
    assert command[1:] == ["--as-child", "video.copies.copy_child", "1"]
    ran = []
    monkeypatch.setattr("runpy.run_module", lambda name, **_: ran.append((name, sys.argv[1:])))
    monkeypatch.setattr(sys, "argv", command)
    assert entry.main() == 0
    monkeypatch.setattr(sys, "argv", [sys.executable, "--as-child", "http.server"])
    assert entry.main() == 1
    assert ran == [("video.copies.copy_child", ["1"])]
