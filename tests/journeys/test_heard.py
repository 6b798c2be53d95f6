"""The running program as a screen reader hears it, asked through the desktop's own accessibility service.

One start of the program: every place of the rail, each drawer of the coding room; `make soak` hears three languages.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest

from app import bootstrap
from app.demo.making import DEMO_PASSPHRASE, DEMO_WORKER, make_demo
from app.i18n import Texts
from app.shortcuts.actions import PLACES
from tests.drivers.heard import Listening, Part, listening
from tests.material.drawn import drawn_once
from tests.material.once import once

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="AT-SPI is how readers ask on Linux"),
]
LANGUAGES = tuple(os.environ.get("HAVAINTO_HEARD_LANGUAGES", "fi").split(","))
DRAWERS = ("ratings", "observations", "numbers", "notes", "history", "marks")
#: holds others and says nothing itself
SILENT = {"filler", "scroll pane", "layered pane", "frame", "application"}
PRESSED = {"push button": {"Press", "ShowMenu"}, "page tab": {"Press"}, "check box": {"Toggle"}, "combo box": {"Press"}}


def place_names(t: Texts) -> list[str]:
    return [t.tr(place.name) for place in PLACES]


@pytest.fixture(scope="module")
def heard(tmp_path_factory) -> Iterator[Listening]:
    home = tmp_path_factory.mktemp("heard")
    made = once("demo-archive", lambda folder: make_demo(
        replace(bootstrap.demo_makers(), draw=drawn_once), folder, DEMO_PASSPHRASE, Texts("fi"),
        lambda _: None, lambda: False))  # fmt: skip
    archive = shutil.copytree(made, home / "archive")
    with listening(archive, home, LANGUAGES[0]) as found:
        yield found


def wrong(part: Part) -> list[str]:
    """What a reader would stumble over, a line each."""
    said = f"{part.role} {part.name!r}"
    found = []
    if not part.name.strip() and part.role != "table cell":  # an empty cell is heard as one, with its column's name
        found.append(f"{said} has no name")
    if part.role == "combo box" and [x for x in part.labels if x.strip()] == []:
        found.append(f"{said} has no label: only what is chosen is heard")
    if len(part.labels) > 1:
        found.append(f"{said} has labels {part.labels}: all of them are heard")
    wanted = PRESSED.get(part.role)
    if wanted is not None and "enabled" in part.states and not wanted & set(part.actions):
        found.append(f"{said} does nothing: {part.actions}")
    if part.role in SILENT:
        found.append(f"{said} takes the keys and is nothing")
    return found


def stumbles(top: Part) -> list[str]:
    focusable = [p for p in top if {"focusable", "showing"} <= set(p.states)]
    assert len(focusable) > 8, "the window is there"
    return [line for part in focusable for line in wrong(part)]


def test_every_place_is_heard_in_every_language(heard) -> None:
    left: dict[str, list[str]] = {"first window": stumbles(heard.tree())}
    heard.do("first new")
    left["a new archive"] = stumbles(heard.tree())
    heard.do(f"sign-in {DEMO_WORKER}")
    for language in LANGUAGES:
        if language != LANGUAGES[0]:
            heard.do(f"language {language}")
        t = Texts(language)
        for action in PLACES:
            place = action.id.removeprefix("place.")
            heard.do(f"place {place}")
            top = heard.tree()
            left[f"{language} {place}"] = stumbles(top)
            rail = top.one("page tab list", t.tr("Places"))
            tabs = rail.in_sight("page tab")
            assert [p.name for p in tabs] == place_names(t)
            assert [p.name for p in tabs if "selected" in p.states] == [t.tr(action.name)]
            closed = [p for p in top if p.role == "list" and "showing" not in p.states and "visible" in p.states]
            assert closed == [], "a list that is not open is not there"
        if language == LANGUAGES[0]:
            heard.do("place coding")
            for drawer in DRAWERS:
                heard.do(f"drawer {drawer}")
                left[f"{language} {drawer}"] = stumbles(heard.tree())
    assert {where: lines for where, lines in left.items() if lines} == {}


def test_things_of_the_timeline_are_heard_chosen_and_shown(heard) -> None:
    t = Texts("en")
    heard.do("language en", "place coding")
    timeline = heard.tree().one("list", t.tr("Timeline"))
    things = timeline.in_sight("list item")
    assert len(things) > 20
    task, state, point = (next(p for p in things if said in p.name) for said in ("Task ", "Interaction", "Adult"))
    assert all({"Press", "ShowMenu"} <= set(p.actions) for p in (task, state, point))
    assert task.name.startswith("Task 1 ")
    assert all(any(c.isdigit() for c in p.name.rpartition(", ")[2]) for p in things), "each tells when it is"
    assert heard.act(point.name, "Press")
    chosen = [p.name for p in heard.tree().one("list", t.tr("Timeline")) if "selected" in p.states]
    assert chosen == [point.name]
    heard.do("focus CodingTimeline")
    assert heard.act(state.name, "Press")
    assert heard.is_told("focused", state.name)


def test_what_lies_over_the_window_and_the_room_before_filming_are_heard(heard) -> None:
    left: dict[str, list[str]] = {}
    for action in ("keys", "report"):
        heard.do(f"dialog {action}")
        while not (found := heard.tree().in_sight("dialog")):
            continue
        (dialog,) = found
        left[action] = [line for part in dialog if {"focusable", "showing"} <= set(part.states) for line in wrong(part)]
        heard.do("close")
    heard.do("filming")
    left["filming"] = stumbles(heard.tree())
    assert {where: lines for where, lines in left.items() if lines} == {}


def test_what_is_told_by_itself_is_read_out(heard) -> None:
    heard.do("notice A word for everybody")
    assert heard.is_told("announcement", "A word for everybody")
