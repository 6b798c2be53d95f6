"""Keys as data: no two actions of a room on one key, own keys over the usual ones, presets that fit a hand."""

import ast
import re
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.observation import FLAG_KEYS, MarkKind
from app.model.stored import ContentKind
from app.schemes import library
from app.settings.file import FIRST_KEYS
from app.shortcuts.actions import ACTIONS, Where, action, bare_keys, in_coding_room, meet
from app.shortcuts.names import on_cap, shown
from app.shortcuts.own_keys import KeyMap
from app.shortcuts.presets import LEFT_HAND, PRESETS, RIGHT_HAND, laid_out, preset_map

SCHEMES = tuple(library.scheme(name) for name in library.shipped_ids(ContentKind.SCHEME))
CORE = library.scheme("perusrunko")
CODING = [a for a in in_coding_room() if a.keys and not a.typed and a.where != Where.EVERYWHERE]


def test_an_id_names_one_action() -> None:
    assert len({a.id for a in ACTIONS}) == len(ACTIONS)
    with pytest.raises(KeyError):
        action("PgDown")


def test_the_usual_keys_clash_with_nothing() -> None:
    assert KeyMap().clashes() == ()
    for scheme in SCHEMES:
        assert KeyMap().clashes(scheme) == ()
    for one, other in combinations(ACTIONS, 2):
        if meet(one, other):
            assert not {*KeyMap().pressed_for(one.id)} & {*KeyMap().pressed_for(other.id)}


@pytest.mark.parametrize("preset", PRESETS, ids=lambda p: p.id)
def test_every_preset_leaves_every_action_and_code_a_key_of_its_own(preset) -> None:
    scheme = CORE
    keys = preset_map(preset, SCHEMES)
    assert keys.clashes() == ()
    assert keys.clashes(scheme) == ()
    if preset.region:
        assert {keys.of_code(scheme, c) for c in scheme.codes} <= set(preset.region)


@given(st.sampled_from(CODING), st.sampled_from(CODING))
def test_an_own_key_does_the_action_and_the_usual_one_does_it_no_more(one, other) -> None:
    every = [a.id for a in CODING]
    keys = KeyMap().with_action(one.id, "F12")
    assert keys.by_keys(every)["F12"] == one.id
    assert one.keys not in keys.by_keys(every)
    if other != one:
        assert keys.by_keys(every)[other.keys] == other.id
        moved = keys.with_action(one.id, other.keys)
        (clash,) = moved.clashes()
        assert {clash.one, clash.other} == {one.name, other.name}
        assert moved.by_keys(every)[other.keys] == one.id, "the one that it was given to by hand"
    assert keys.with_action(one.id, one.keys) == KeyMap()


def test_rooms_in_which_nobody_is_at_the_same_time_share_keys() -> None:
    assert KeyMap().with_action("filming.pause", "Ctrl+Return").clashes() == ()
    (clash,) = KeyMap().with_action("filming.pause", "PgUp").clashes()
    assert (clash.keys, {clash.one, clash.other}) == (
        "PgUp", {action("filming.pause").name, action("filming.previous").name},
    )  # fmt: skip
    for action_id in ("filming.next", "film.play", "comparing.play", "coding.note"):
        (clash,) = KeyMap().with_action(action_id, "Ctrl+Shift+L").clashes()
        assert {clash.one, clash.other} == {action(action_id).name, action("lock").name}


def test_a_key_that_always_does_it_can_be_taken_by_nothing_else() -> None:
    assert KeyMap().pressed_for("redo") == ("Ctrl+Shift+Z", "Ctrl+Y")
    (clash,) = KeyMap().with_action("film.play", "Ctrl+Y").clashes()
    assert (clash.keys, {clash.one, clash.other}) == ("Ctrl+Y", {"Redo", "Play and pause"})


def test_a_code_on_a_flags_a_passes_or_an_actions_key_is_told() -> None:
    scheme = CORE
    keys = KeyMap().with_codes(scheme, {"AS": "Ö", "AE": "d"})
    told = {(c.keys, c.one, c.other) for c in keys.clashes(scheme)}
    assert told == {("ö", "AS", "Flag"), ("d", "AE", "AM")}
    own = KeyMap().with_action("film.mute", "F12").with_codes(scheme, {"AS": "F12"})
    assert [(c.keys, c.one, c.other) for c in own.clashes(scheme)] == [("f12", "AS", "Mute")]
    assert {("F2", "Pass", "Mute")} == {
        (c.keys, c.one, c.other) for c in KeyMap().with_action("film.mute", "F2").clashes(scheme)
    }
    moved = KeyMap().with_action("flag.clip", "q")
    assert ("q", "AS", "Flag") in {(c.keys, c.one, c.other) for c in moved.clashes(scheme)}


def test_codes_and_flags_are_matched_by_what_a_key_types_in_any_case() -> None:
    scheme = CORE
    keys = KeyMap().with_codes(scheme, {"AS": "w"}).with_action("flag.ask", "q")
    assert keys.code_for(scheme, "W").id == "AS"
    assert keys.code_for(scheme, "q") is None
    assert keys.code_for(scheme, "w", "child") is None
    assert keys.meant(scheme, "Q") == MarkKind.ASK
    assert keys.meant(scheme, "å") is None
    assert keys.meant(scheme, "Ö") == MarkKind.IMPORTANT
    assert keys.of_code(scheme, scheme.code("AS")) == "w"
    assert keys.with_codes(scheme, {"AS": "q"}).with_action("flag.ask", "å") == KeyMap()


def test_the_flags_stand_once() -> None:
    assert {key: KeyMap().flag_for(key) for key in FLAG_KEYS} == FLAG_KEYS
    assert not {*FLAG_KEYS} & {*bare_keys()}


@pytest.mark.parametrize("region", [LEFT_HAND, RIGHT_HAND])
def test_a_region_gives_every_code_a_different_key_while_it_lasts(region) -> None:
    keys = laid_out(CORE, region)
    for layer in {c.layer for c in CORE.codes}:
        own = [keys[c.id] for c in CORE.codes_of(layer)]
        assert len(set(own)) == len(own)


def test_what_the_first_settings_named_by_its_keys_is_an_action_of_the_coding_room() -> None:
    room = {a.id for a in in_coding_room()}
    assert {*FIRST_KEYS.values()} <= room
    assert len({*FIRST_KEYS.values()}) == len(FIRST_KEYS)


def test_keys_are_named_as_they_stand_on_a_finnish_keyboard() -> None:
    keys = ("Ctrl+Right", "PgDown", "Ctrl+Return", "Ctrl++", "Ctrl+-", "ö")
    assert [shown(k) for k in keys] == ["Ctrl+→", "PgDn", "Ctrl+Enter", "Ctrl++", "Ctrl+−", "ö"]
    assert [on_cap(k) for k in keys] == ["Ctrl →", "PgDn", "Ctrl Enter", "Ctrl++", "Ctrl −", "ö"]


#: what a list, a form or a text field does by keys of its own, the same in every program, and a modifier for the mouse
OWN_KEYS = {
    "card_dialog.py": 1, "questions.py": 1, "plan_panel.py": 1, "entry_list.py": 3, "observations_table.py": 1,
    "marks_panel.py": 1, "statement_room.py": 2, "coding_room.py": 1, "copy_dialog.py": 1,
    "cover_dialog.py": 1, "small_rows.py": 3,
}  # fmt: skip
A_KEY = re.compile(r"\b(Ctrl|Alt)\b|\bShift\+|\bF([1-9]|1[0-2])\b|\bPg(Up|Dn|Down)\b|\bBackspace\b")


def named_keys(path: Path) -> list[str]:
    """Texts of a module that name a key, docstrings left out."""
    tree = ast.parse(path.read_text("utf-8"))
    holders = (n for n in ast.walk(tree) if isinstance(n, ast.Module | ast.ClassDef | ast.FunctionDef))
    told = {id(n.body[0].value) for n in holders if n.body and isinstance(n.body[0], ast.Expr)}
    texts = (n for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str))
    return [n.value for n in texts if id(n) not in told and A_KEY.search(n.value)]


def test_no_caption_names_a_key_itself() -> None:
    root = Path(__file__).parent.parent.parent
    paths = [*(root / "widgets").rglob("*.py"), root / "app/reports/key_card.py"]
    found = {path.name: names for path in paths if (names := named_keys(path))}
    assert {name: len(names) for name, names in found.items()} == OWN_KEYS, found
