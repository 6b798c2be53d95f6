"""Keys as data: no two actions on one key, own keys over the usual ones, presets that fit a hand, clashes told."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.schemes import library
from app.settings import Settings, validated
from app.shortcuts import LEFT_HAND, PRESETS, RIGHT_HAND, ROOM_ACTIONS, KeyMap, laid_out, preset_map

SCHEMES = tuple(library.scheme(name) for name in library.SCHEMES)


def test_the_usual_keys_clash_with_nothing() -> None:
    for scheme in SCHEMES:
        assert KeyMap().clashes(scheme) == ()


@pytest.mark.parametrize("preset", PRESETS, ids=lambda p: p.id)
def test_every_preset_leaves_every_action_and_code_a_key_of_its_own(preset) -> None:
    scheme = SCHEMES[0]
    keys = preset_map(preset, SCHEMES)
    assert keys.clashes() == ()
    assert keys.clashes(scheme) == ()
    if preset.region:
        assert {keys.of_code(scheme, c) for c in scheme.codes} <= set(preset.region)


@given(st.sampled_from(ROOM_ACTIONS), st.sampled_from(ROOM_ACTIONS))
def test_an_own_key_does_the_action_and_the_usual_one_does_it_no_more(action, other) -> None:
    keys = KeyMap().with_action(action.keys, "F12")
    assert keys.usual("F12") == action.keys
    assert keys.usual(action.keys) is None
    if other != action:
        assert keys.usual(other.keys) == other.keys
        (clash,) = keys.with_action(action.keys, other.keys).clashes()
        assert {clash.one, clash.other} == {action.name, other.name}
    assert keys.with_action(action.keys, action.keys) == KeyMap()


def test_a_code_on_a_flags_or_an_actions_key_is_told() -> None:
    scheme = SCHEMES[0]
    keys = KeyMap().with_codes(scheme, {"AS": "Ö", "AE": "d"})
    told = {(c.keys, c.one, c.other) for c in keys.clashes(scheme)}
    assert told == {("ö", "AS", "Flag"), ("d", "AE", "AM")}
    own = KeyMap().with_action("Ctrl+Shift+M", "F9").with_codes(scheme, {"AS": "F9"})
    assert [(c.keys, c.one, c.other) for c in own.clashes(scheme)] == [("f9", "AS", "Mute")]


def test_codes_are_matched_by_what_a_key_types_in_any_case() -> None:
    scheme = SCHEMES[0]
    keys = KeyMap().with_codes(scheme, {"AS": "å"})
    assert keys.code_for(scheme, "Å").id == "AS"
    assert keys.code_for(scheme, "q") is None
    assert keys.code_for(scheme, "å", "child") is None
    assert keys.of_scheme(scheme) == {"AS": "å"}
    assert keys.with_codes(scheme, {"AS": "q"}) == KeyMap()


@pytest.mark.parametrize("region", [LEFT_HAND, RIGHT_HAND])
def test_a_region_gives_every_code_a_different_key_while_it_lasts(region) -> None:
    keys = laid_out(SCHEMES[0], region)
    for layer in {c.layer for c in SCHEMES[0].codes}:
        own = [keys[c.id] for c in SCHEMES[0].codes_of(layer)]
        assert len(set(own)) == len(own)


def test_own_keys_are_kept_with_the_settings() -> None:
    keys = KeyMap({"Ctrl++": "Alt++"}).with_codes(SCHEMES[0], {"AS": "="})
    kept = Settings().with_keys(keys)
    assert kept.keys == keys
    assert validated({"room_keys": list(kept.room_keys), "code_keys": list(kept.code_keys)}).keys == keys
    assert replace(kept, room_keys=("no tab here",), code_keys=()).keys == KeyMap()
