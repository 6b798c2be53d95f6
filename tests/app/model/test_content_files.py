"""Schemes and instruments as values: written and read back, checked whole, edited with what names their entries."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InputError
from app.model import content_edits as edits
from app.model.colors import KNOWN, SURFACES, contrast, least_contrast
from app.model.content_checks import RESERVED, check_scheme, instrument_problems, scheme_problems
from app.model.content_writer import write_instrument, write_scheme
from app.model.instrument import Anchor, Formula, Instrument, Item, Level, Scale, Subscale
from app.model.observation import FLAG_KEYS
from app.model.scheme import Actor, Code, Dimension, Group, Kind, Layer, Modifier, Scheme
from app.model.scheme_file import parse_instrument, parse_scheme, read_instrument, read_scheme
from app.model.words import Words
from app.schemes import library
from app.shortcuts.actions import bare_keys
from tests.material.builders import code, small_scheme, words

# ── every value that can be, finished or not ──────────────────────────────────────────────────────────────────────────

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
words_ = st.builds(Words, texts, texts, texts)
few = {"max_size": 3}
modifiers = st.lists(st.builds(Modifier, texts, words_, texts), **few).map(tuple)
codes = st.builds(
    Code, texts, texts, st.sampled_from(Kind), st.sampled_from(Actor), words_, words_, words_, texts, texts, texts,
    texts, st.none() | words_, modifiers, st.lists(texts, **few).map(tuple), st.booleans(),
)  # fmt: skip
schemes = st.builds(
    Scheme, texts, st.integers(-9, 10**9), words_,
    st.lists(st.builds(Dimension, texts, words_, texts, texts), **few).map(tuple),
    st.lists(st.builds(Group, texts, words_, st.booleans()), **few).map(tuple),
    st.lists(st.builds(Layer, texts, words_, texts), **few).map(tuple),
    st.lists(codes, **few).map(tuple), texts,
)  # fmt: skip
whole = st.integers(-(10**6), 10**6)
anchors = st.lists(st.builds(Anchor, whole, words_), **few).map(tuple)
items = st.builds(
    Item, texts, whole, st.sampled_from(Actor), words_, texts,
    st.none() | st.builds(Scale, whole, whole, whole, anchors, st.booleans()), st.booleans(), texts,
)  # fmt: skip
instruments = st.builds(
    Instrument, texts, whole, words_, words_, anchors, words_, st.lists(items, **few).map(tuple),
    st.sampled_from(Level), texts, st.booleans(),
    st.lists(st.builds(Subscale, texts, words_, st.sampled_from(Formula), whole), **few).map(tuple),
)  # fmt: skip


@given(schemes)
def test_a_scheme_reads_back_as_it_was_written(scheme: Scheme) -> None:
    text = write_scheme(scheme)
    assert parse_scheme(text) == scheme
    assert write_scheme(parse_scheme(text)) == text


@given(instruments)
def test_an_instrument_reads_back_as_it_was_written(instrument: Instrument) -> None:
    text = write_instrument(instrument)
    assert parse_instrument(text) == instrument
    assert write_instrument(parse_instrument(text)) == text


@given(schemes, instruments)
def test_whatever_stands_in_it_is_checked_and_each_problem_has_a_place(scheme: Scheme, instrument: Instrument) -> None:
    for problem in (*scheme_problems(scheme, bare_keys()), *instrument_problems(instrument)):
        assert problem.place
        value = scheme if problem.part in ("dimensions", "groups", "layers", "codes") else instrument
        assert not problem.part or 0 <= problem.number < len(edits.entries(value, problem.part))
    assert instrument.scale_of(Item("x", 1, Actor.ADULT, words("x"))) is not None


def test_what_is_shipped_is_whole_and_reads_back() -> None:
    taken = bare_keys()
    for scheme in library.schemes():
        assert scheme_problems(scheme, taken) == ()
        assert read_scheme(write_scheme(scheme)) == scheme
    for instrument in library.instruments():
        assert instrument_problems(instrument) == ()
        assert read_instrument(write_instrument(instrument)) == instrument


# ── checks ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def good() -> Scheme:
    return replace(small_scheme(), id="small")


def found(scheme: Scheme, taken=()) -> list[tuple[str, str, int, str]]:
    return [(p.key, p.part, p.number, p.field) for p in scheme_problems(scheme, taken)]


def with_code(number: int, **fields) -> Scheme:
    rows = list(good().codes)
    rows[number] = replace(rows[number], **fields)
    return replace(good(), codes=tuple(rows))


def test_a_good_scheme_has_no_problem() -> None:
    assert found(good(), bare_keys()) == []


@pytest.mark.parametrize(
    ("number", "fields", "key", "field"),
    [
        (0, {"id": "A-S"}, "scheme-id-not-plain", "id"),
        (0, {"id": ""}, "scheme-id-not-plain", "id"),
        (1, {"id": "AS"}, "scheme-twice", "id"),
        (0, {"key": ""}, "scheme-key-missing", "key"),
        (0, {"key": "qq"}, "scheme-key-not-one", "key"),
        (0, {"dimension": "Z"}, "scheme-value-unknown", "dimension"),
        (0, {"layer": "z"}, "scheme-value-unknown", "layer"),
        (0, {"mark": "plus"}, "scheme-value-unknown", "mark"),
        (0, {"group": "D"}, "scheme-point-in-group", "group"),
        (1, {"mark": "harder"}, "scheme-child-with-mark", "mark"),
        (0, {"hold": True}, "scheme-hold-point", "hold"),
        (2, {"hold": True}, "scheme-hold-in-exhaustive", "hold"),
        (3, {"actor": Actor.CHILD}, "scheme-group-mixed", "group"),
        (0, {"name": Words("a", " ", "c")}, "scheme-language-missing", "name.sv"),
        (0, {"code_when": Words("", "b", "c")}, "scheme-language-missing", "code_when.fi"),
        (0, {"help": Words("a", "b", "")}, "scheme-language-missing", "help.en"),
        (0, {"modifiers": (Modifier("m", words("m"), "qq"),)}, "scheme-key-not-one", "modifiers.0.key"),
        (0, {"modifiers": (Modifier("m", words("m")), Modifier("n", words("n"), "1"))}, "scheme-key-clash",
         "modifiers.1.key"),
        (0, {"modifiers": (Modifier("", words("m")),)}, "scheme-id-not-plain", "modifiers.0.id"),
        (0, {"modifiers": (Modifier("m", Words("", "b", "c")),)}, "scheme-language-missing", "modifiers.0.name.fi"),
    ],
)  # fmt: skip
def test_each_fault_of_a_code_is_told_on_its_field(number: int, fields, key: str, field: str) -> None:
    assert (key, "codes", number, field) in found(with_code(number, **fields))


def test_a_held_state_outside_an_exhaustive_group_is_right() -> None:
    assert found(with_code(6, hold=True)) == []


def test_all_faults_are_told_at_once_and_the_first_is_raised() -> None:
    broken = replace(with_code(0, key="", dimension="Z"), name=Words("", "b", ""), cannot_be_coded="nothing")
    keys = [row[0] for row in found(broken)]
    assert keys == [
        "scheme-language-missing", "scheme-key-missing", "scheme-value-unknown", "scheme-value-unknown",
    ]  # fmt: skip
    with pytest.raises(InputError) as caught:
        check_scheme(broken)
    assert (caught.value.key, caught.value.values["place"]) == ("scheme-language-missing", "name")


def test_time_left_out_is_that_of_a_state() -> None:
    assert found(replace(good(), cannot_be_coded="AS")) == [
        ("scheme-value-unknown", "", -1, "cannot_be_coded"),
    ]


# keys: within a pass, the flags, what moves and edits, and the program's own

BARE = sorted({*bare_keys(), *FLAG_KEYS, *(k for k in RESERVED if k)})


@pytest.mark.parametrize("key", BARE)
@pytest.mark.parametrize("typed", [str.lower, str.upper])
def test_no_code_takes_a_key_of_the_programs(key: str, typed) -> None:
    assert found(with_code(0, key=typed(key)), bare_keys()) == [("scheme-key-reserved", "codes", 0, "key")]


@pytest.mark.parametrize("key", ["h", "H", "6", "x"])
def test_a_key_of_the_same_pass_clashes_whatever_its_case(key: str) -> None:
    clashes = [p for p in scheme_problems(with_code(0, key=key)) if p.key == "scheme-key-clash"]
    other = next(n for n, c in enumerate(good().codes) if c.key == key.lower())
    assert [(p.number, p.field) for p in clashes] == [(0, "key"), (other, "key")]
    assert [dict(p.values)["other"] for p in clashes] == [good().codes[other].id, "AS"]


@pytest.mark.parametrize("key", ["w", "é", "ß", "+", ",", "9", "ж", "ŋ", "š"])
def test_every_other_letter_figure_and_sign_is_free(key: str) -> None:
    assert found(with_code(0, key=key), bare_keys()) == []


def test_another_pass_may_use_the_same_key() -> None:
    layered = replace(with_code(6, layer="two", group="", key="q"), layers=(Layer("two", words("two"), "F2"),))
    assert found(layered, bare_keys()) == []


@pytest.mark.parametrize(
    ("keys", "wrong"),
    [
        (("F2", "F3"), []),
        (("F2", "F2"), ["scheme-key-clash"]),
        (("F1",), ["scheme-pass-key"]),
        (("",), ["scheme-pass-key"]),
        (("q",), ["scheme-pass-key"]),
        (("F13",), ["scheme-pass-key"]),
        (("F5",), ["scheme-key-reserved"]),
    ],
)
def test_a_pass_has_a_function_key_of_its_own(keys: tuple[str, ...], wrong: list[str]) -> None:
    layers = tuple(Layer(f"p{n}", words("p"), key) for n, key in enumerate(keys))
    assert [row[0] for row in found(replace(good(), layers=layers), {"f5"})] == wrong


def test_modifiers_are_chosen_by_their_key_or_their_number() -> None:
    one = code("A", "q", modifiers=(Modifier("cry", words("cry")), Modifier("freeze", words("f"), "J")))
    assert one.modifier_keys() == {"1": "cry", "j": "freeze"}


# colors


def test_the_surfaces_are_those_of_the_palettes() -> None:
    from widgets.look.palette import DARK, LIGHT

    for name, palette in (("light", LIGHT), ("dark", DARK)):
        assert set(SURFACES[name]) == {palette.background, palette.surface, palette.raised}
        assert set(palette.dimensions) == set(KNOWN)
        assert all(least_contrast(color, name) >= 3 for color in palette.dimensions.values())


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize(
    ("light", "dark", "wrong"),
    [
        ("", "", []),
        ("#0072B2", "#4BA6E0", []),
        ("#4BA6E0", "#4BA6E0", [("scheme-color-faint", "light")]),
        ("#0072B2", "#3A3A3A", [("scheme-color-faint", "dark")]),
        ("#0072B2", "", [("scheme-color-missing", "dark")]),
        ("blue", "#4BA6E0", [("scheme-color-unreadable", "light")]),
    ],
)
def test_a_color_must_be_seen_on_every_surface(light: str, dark: str, wrong) -> None:
    own = replace(good(), dimensions=(*good().dimensions, Dimension("X", words("x"), light, dark)))
    assert [(key, field) for key, part, _, field in found(own)] == wrong


# instruments


def sheet(**more) -> Instrument:
    points = tuple(Anchor(n, words(str(n))) for n in (1, 2, 3))
    rows = (Item("a", 1, Actor.ADULT, words("a")), Item("b", 2, Actor.CHILD, words("b")))
    return replace(Instrument("sheet", 1, words("s"), words("d"), points, words("none"), rows), **more)


@pytest.mark.parametrize(
    ("more", "key", "field"),
    [
        ({"id": "Sheet 1"}, "content-id-not-plain", "id"),
        ({"items": ()}, "scheme-field-missing", "items"),
        ({"anchors": ()}, "scheme-field-missing", "anchors"),
        ({"anchors": (Anchor(1, words("1")), Anchor(2, words("2")), Anchor(4, words("4")))}, "scheme-scale-ends",
         "anchors"),
        ({"anchors": (Anchor(1, words("1")), Anchor(1, words("2")))}, "scheme-twice", "value"),
        ({"disclaimer": Words("a", "", "c")}, "scheme-language-missing", "disclaimer.sv"),
        ({"subscales": (Subscale("s", words("s"), least_answered=0),)}, "scheme-too-small", "least_answered"),
        ({"items": (Item("a", 1, Actor.ADULT, words("a"), subscale="z"),)}, "scheme-value-unknown", "subscale"),
        ({"items": (Item("a", 1, Actor.ADULT, words("a"), scale=Scale(1, 7, 4)),)}, "scheme-scale-ends", "scale.most"),
        ({"items": (Item("a", 1, Actor.ADULT, words("a"), scale=Scale(1, 7, 0)),)}, "scheme-too-small", "scale.step"),
        ({"items": (Item("a", 1, Actor.ADULT, words("a"), scale=Scale(0, 99)),)}, "scheme-scale-long", "scale.most"),
        ({"items": (Item("a", 1, Actor.ADULT, words("a"), scale=Scale(1, 5, 1, (Anchor(9, words("9")),))),)},
         "scheme-value-unknown", "scale.anchors.0.value"),
    ],
)  # fmt: skip
def test_each_fault_of_an_instrument_is_told_on_its_field(more, key: str, field: str) -> None:
    assert [(p.key, p.field) for p in instrument_problems(sheet(**more))] == [(key, field)]


def test_an_item_with_its_own_scale_needs_no_common_one() -> None:
    own = Scale(1, 7, 2, (Anchor(1, words("low")), Anchor(7, words("high"))))
    alone = sheet(anchors=(), items=(Item("a", 1, Actor.ADULT, words("a"), scale=own),))
    assert instrument_problems(alone) == ()
    assert alone.scale_of(alone.items[0]).points == (1, 3, 5, 7)
    assert alone.scale == (1, 7)
    assert sheet().scale_of(sheet().items[0]) == Scale(1, 3, 1, sheet().anchors)


# ── files that cannot be read say where ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("change", "key", "place"),
    [
        (lambda t: t[:-40], "scheme-not-toml", None),
        (lambda t: "a = " + "[" * 100_000, "scheme-not-toml", None),
        (lambda t: "a = " + "9" * 6000, "scheme-not-toml", None),
        (lambda t: t.replace('kind = "point"', 'kind = "moment"', 1), "scheme-value-unknown", "codes[AS]"),
        (lambda t: t.replace("version = 1", "version = true", 1), "scheme-wrong-kind", "file"),
        (lambda t: t.replace("version = 1", "", 1), "scheme-field-missing", "file"),
        (lambda t: t.replace('key = "q"', 'key = "q"\nkeys = "w"', 1), "scheme-field-unknown", "codes[AS]"),
        (lambda t: t.replace('key = "q"', "key = 1", 1), "scheme-wrong-kind", "codes[AS]"),
        (lambda t: t.replace('sv = "leder tydligt", ', "", 1), "scheme-language-missing", "codes[AS].name"),
        (lambda t: t.replace('name = { fi = "jäsentäminen"', 'name = { xx = "", fi = "jäsentäminen"', 1),
         "scheme-field-unknown", "dimensions[S].name"),
        (lambda t: t.replace('key = "q"', 'key = "a"', 1), "scheme-key-clash", "codes[AS]"),
        (lambda t: "codes = 3\n" + t.split("[[", 1)[0], "scheme-wrong-kind", "file"),
    ],
)  # fmt: skip
def test_a_file_says_where_it_is_wrong(change, key: str, place: str | None) -> None:
    with pytest.raises(InputError) as caught:
        read_scheme(change(library.scheme_text("perusrunko")))
    assert caught.value.key == key
    assert place is None or caught.value.values["place"] == place


# ── edits ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@given(st.lists(st.tuples(st.sampled_from(["add", "copy", "move", "remove"]), st.integers(0, 99), st.integers(0, 99))))
def test_entries_keep_free_ids_and_keys_through_any_edits(steps) -> None:
    scheme = library.scheme("perusrunko")
    for act, one, two in steps:
        number = one % max(len(scheme.codes), 1)
        if act == "add" or not scheme.codes:
            scheme = edits.with_new(scheme, "codes", number, edits.blank(scheme, "codes"))
        elif act == "copy" and len(scheme.codes) < 40:
            scheme = edits.with_new(scheme, "codes", number + 1, edits.copy_of(scheme, "codes", number))
        elif act == "move":
            before = scheme.codes
            scheme = edits.moved(scheme, "codes", number, two % len(before))
            assert sorted(c.id for c in scheme.codes) == sorted(c.id for c in before)
        elif act == "remove":
            scheme = edits.without(scheme, "codes", number)
    keys = [p for p in scheme_problems(scheme) if p.key in ("scheme-twice", "scheme-key-clash", "scheme-id-not-plain")]
    assert keys == []


@pytest.mark.parametrize(("part", "field"), [("dimensions", "dimension"), ("groups", "group"), ("layers", "layer")])
def test_a_new_id_is_followed_and_a_removed_one_forgotten(part: str, field: str) -> None:
    scheme = library.scheme("perusrunko")
    entry = edits.entries(scheme, part)[0]
    named = [c.id for c in scheme.codes if getattr(c, field) == entry.id]
    assert named
    renamed = edits.with_entry(scheme, part, 0, replace(entry, id="new"))
    assert [c.id for c in renamed.codes if getattr(c, field) == "new"] == named
    less = edits.without(scheme, part, 0)
    assert [c.id for c in less.codes if not getattr(c, field) and c.id in named] == named


def test_the_code_whose_time_is_left_out_keeps_being_it() -> None:
    scheme = good()
    number = next(n for n, c in enumerate(scheme.codes) if c.id == "DS0")
    assert edits.with_entry(scheme, "codes", number, replace(scheme.codes[number], id="OUT")).cannot_be_coded == "OUT"


def test_an_id_that_two_have_is_nobodys_to_follow() -> None:
    scheme = good()
    twice = edits.with_entry(scheme, "dimensions", 1, replace(scheme.dimensions[1], id="S"))
    apart = edits.with_entry(twice, "dimensions", 1, replace(scheme.dimensions[1], id="X"))
    assert apart.code("AS").dimension == "S"


def test_items_are_numbered_as_they_stand() -> None:
    moved = edits.moved(sheet(), "items", 1, 0)
    assert [(i.id, i.number) for i in moved.items] == [("b", 1), ("a", 2)]
    more = edits.with_new(moved, "items", 1, edits.blank(moved, "items"))
    assert [i.number for i in more.items] == [1, 2, 3]


@pytest.mark.parametrize(
    ("name", "used", "ident"),
    [
        ("Oma runko 2", (), "oma-runko-2"),
        ("Äidin ja lapsen jännä", (), "aidin-ja-lapsen-janna"),
        ("Oma", ("oma", "oma-2"), "oma-3"),
        ("Жар", (), "oma"),
    ],
)
def test_an_id_is_made_of_the_name(name: str, used, ident: str) -> None:
    assert edits.plain_id(name, used) == ident
