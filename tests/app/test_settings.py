"""Settings of this computer: validated, written whole, carried over from older files, told as they change."""

import json
from dataclasses import asdict, fields
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as within
from hypothesis import strategies as st

from app import paths
from app.errors import AppError
from app.settings import file, preferences
from app.settings.preferences import Preferences
from app.settings.values import KNOWN_PLACES, FilmingPlace, Remembered, Settings, validated
from app.shortcuts.own_keys import KeyMap

JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=5),
    st.lists(st.one_of(st.text(max_size=5), st.integers()), max_size=3),
    st.dictionaries(st.text(max_size=3), st.one_of(st.text(max_size=3), st.integers()), max_size=3),
)
ROOM = FilmingPlace("Leikkihuone", "/dev/video0", "Kattokamera", "1920x1080@30", positions="edestä", second_folder="/b")

slow_machines = within(deadline=None, suppress_health_check=[HealthCheck.too_slow])

#: a file as the first version of the program wrote it
FIRST_FILE = {
    "language": "sv",
    "theme": "dark",
    "lock_after_minutes": 4,
    "rewind_seconds": 2,
    "pre_roll_seconds": 0,
    "film_layout": "tabs",
    "volume": 60,
    "sound_lane": False,
    "picture_lane": True,
    "room_keys": ["PgDown\tF9", "Ctrl++\tAlt++", "Ctrl+Return\tAlt+V", "Ctrl+Ö\tF12", "Ctrl+Nothing\tF3", "no tab"],
    "code_keys": ["perusrunko/AS\tv", "oma/AE\t\t"],
    "hints_read": ["coding-keys"],
    "archives": ["/a", "/b"],
    "backup_folder": "/backups",
    "rooms": [asdict(ROOM)],
    "last_room": asdict(ROOM),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "settings.json"


def kept_in(path: Path) -> dict:
    return json.loads(path.read_text("utf-8"))


# ── the file ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_was_kept_comes_back(path) -> None:
    settings = Settings(
        "sv", "dark", 3, action_keys={"film.play": "F9"}, code_keys={"perusrunko/AS": "v"}, rooms=(ROOM,)
    )
    remembered = Remembered(
        film_layout="tabs",
        volume=40,
        sound_lane=False,
        picture_lane=True,
        hints_read=("coding-keys",),
        panes={"coding.keys": "620 380"},
        archives=("a", "b"),
        last_sign_in="leena",
        backup_folder="c",
        last_room=ROOM,
        left_at={"leena/meeting": "41000000"},
    )
    file.save(path, settings, remembered)
    assert file.load(path) == file.Kept(settings, remembered)
    assert kept_in(path)["version"] == file.VERSION


def test_the_file_of_the_first_version_is_carried_over(tmp_path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps(FIRST_FILE), "utf-8")
    actions = {"film.task-on": "F9", "film.closer": "Alt++", "coding.cover": "Alt+V", "coding.safety": "F12"}
    settings = Settings("sv", "dark", 4, 2, 0, actions, {"perusrunko/AS": "v", "oma/AE": "\t"}, (ROOM,))
    remembered = Remembered(
        film_layout="tabs",
        volume=60,
        sound_lane=False,
        picture_lane=True,
        hints_read=("coding-keys",),
        archives=("/a", "/b"),
        backup_folder="/backups",
        last_room=ROOM,
    )
    assert file.load(path) == file.Kept(settings, remembered)
    kept = Preferences(path)
    kept.change(lock_after_minutes=5)
    assert Preferences(path).keys == KeyMap(actions, settings.code_keys)
    assert Preferences(path).remembered == remembered


def test_no_file_gives_the_defaults_and_writes_nothing(path) -> None:
    kept = Preferences(path)
    assert (kept.now, kept.remembered) == (Settings(), Remembered())
    assert kept.now.language == "fi"
    assert kept.now.lock_after_minutes == 10
    assert kept.remembered.volume == 100
    kept.flush()
    assert not path.exists()


BROKEN = [b"", b"{", b"[]", b"\xff\xfe", b"null", b'{"version": "x"}', b'{"version": 0}', b"[" * 100_000]


@pytest.mark.parametrize("content", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_file_gives_the_defaults_and_is_put_aside_before_another_is_written(tmp_path, content) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    kept, told = Preferences(path), []
    kept.trouble.connect(told.append)
    assert (kept.now, kept.remembered) == (Settings(), Remembered())
    assert path.read_bytes() == content, "reading destroys nothing"
    kept.change(language="sv")
    assert (tmp_path / "settings.damaged.json").read_bytes() == content
    assert [(e.key, e.values) for e in told] == [("settings-damaged", {"file": "settings.damaged.json"})]
    assert Preferences(path).now.language == "sv"


def test_the_file_of_a_newer_program_is_read_as_far_as_known_and_never_destroyed(tmp_path) -> None:
    path = tmp_path / "settings.json"
    newer = {"version": 3, "settings": {"language": "sv", "theme": "sepia", "new": [1]}, "remembered": {"volume": 30}}
    for times in (1, 2):
        path.write_text(json.dumps(newer), "utf-8")
        kept, told = Preferences(path), []
        kept.trouble.connect(told.append)
        assert (kept.now, kept.remembered.volume) == (Settings(language="sv"), 30)
        kept.change(lock_after_minutes=7)
        kept.change(lock_after_minutes=8)
        aside = "settings.newer.json" if times == 1 else "settings.newer-2.json"
        assert kept_in(tmp_path / aside) == newer
        assert [(e.key, e.values) for e in told] == [("settings-newer", {"file": aside})]
    assert kept_in(path)["settings"]["lock_after_minutes"] == 8


@slow_machines
@given(st.dictionaries(st.sampled_from([f.name for f in fields(Settings)]), JUNK))
def test_any_file_gives_settings_within_their_limits(raw) -> None:
    found = validated(Settings, raw)
    assert found.language in ("fi", "sv", "en")
    assert found.theme in ("by-room", "light", "dark", "contrast")
    assert 1 <= found.lock_after_minutes <= 30
    assert type(found.lock_after_minutes) is int
    assert all(isinstance(k, str) and v for k, v in found.action_keys.items())
    assert validated(Settings, json.loads(json.dumps(asdict(found)))) == found


@slow_machines
@given(st.dictionaries(st.sampled_from([f.name for f in fields(Remembered)]), JUNK))
def test_any_file_gives_what_is_remembered_within_its_limits(raw) -> None:
    found = validated(Remembered, raw)
    assert 0 <= found.volume <= 100
    assert type(found.sound_lane) is bool
    assert all(isinstance(a, str) for a in found.archives)
    assert validated(Remembered, json.loads(json.dumps(asdict(found)))) == found


def test_rooms_come_back_and_what_is_no_room_is_left_out() -> None:
    raw = {"rooms": [asdict(ROOM), 3, {"name": ""}, {"name": "X", "camera_1": 5, "odd": "y"}]}
    assert validated(Settings, raw).rooms == (ROOM, FilmingPlace("X"))
    assert validated(Remembered, {"last_room": [1]}).last_room == FilmingPlace()


def test_one_bad_field_does_not_cost_the_others() -> None:
    assert validated(Settings, {"language": "sv", "theme": "pink"}) == Settings(language="sv")


def test_the_newest_archive_is_first_and_eight_are_known() -> None:
    known = Remembered()
    for n in range(10):
        known = known.with_archive(Path(f"/a{n}"))
    assert len(known.archives) == 8
    assert known.with_archive(Path("/a5")).archives[:2] == (str(Path("/a5")), str(Path("/a9")))


# ── preferences ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_each_workers_own_place_in_each_film_is_known_and_the_oldest_go() -> None:
    kept = Remembered().with_place("a", "m", 5).with_place("b", "m", -7).with_place("a", "m", 9)
    assert (kept.place_of("a", "m"), kept.place_of("b", "m"), kept.place_of("a", "n")) == (9, -7, None)
    for n in range(KNOWN_PLACES):
        kept = kept.with_place("a", f"n{n}", n)
    assert len(kept.left_at) == KNOWN_PLACES
    assert kept.place_of("a", "m") is None
    assert Remembered(left_at={"a/m": "soon"}).place_of("a", "m") is None


def test_a_change_is_told_with_before_and_after_and_is_kept_at_once(path, qtbot) -> None:
    kept = Preferences(path)
    before = kept.now
    with qtbot.waitSignal(kept.changed) as told:
        kept.change(theme="dark")
    assert told.args == [before, Settings(theme="dark")]
    assert file.load(path).settings == Settings(theme="dark")
    with qtbot.assertNotEmitted(kept.changed):
        kept.change(theme="dark")
        kept.remember(volume=3)


def test_the_map_of_keys_is_the_same_value_until_the_settings_change(qtbot) -> None:
    kept = Preferences()
    first = kept.keys
    assert kept.keys is first
    with qtbot.waitSignal(kept.changed):
        kept.change_keys(first.with_action("film.play", "F9"))
    assert kept.keys.of("film.play") == "F9"
    assert kept.now.action_keys == {"film.play": "F9"}


def test_what_is_remembered_waits_for_a_pause_and_for_nothing_at_the_end(path, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(preferences, "PAUSE", 20)
    kept = Preferences(path)
    for volume in range(50):
        kept.remember(volume=volume)
    assert kept.remembered.volume == 49
    assert not path.exists(), "a slider being drawn writes no file"
    qtbot.waitUntil(path.exists)
    assert file.load(path).remembered.volume == 49
    kept.remember(volume=7)
    kept.flush()
    assert file.load(path).remembered.volume == 7
    kept.remember_archive(Path("/a"))
    assert file.load(path).remembered.archives == (str(Path("/a")),)


def test_a_save_that_fails_is_said_and_the_setting_holds_all_the_same(tmp_path, qtbot) -> None:
    (tmp_path / "file").write_text("x")
    kept = Preferences(tmp_path / "file" / "settings.json")
    with qtbot.waitSignal(kept.trouble) as told:
        kept.change(language="en")
    assert told.args[0].key == "settings-not-kept"
    assert kept.now.language == "en"
    with qtbot.assertNotEmitted(kept.trouble):
        kept.flush()
        kept.change(language="sv")  # said once, tried each time
    (tmp_path / "file").unlink()
    kept.change(theme="dark")
    assert file.load(tmp_path / "file" / "settings.json").settings == Settings("sv", "dark")


def test_a_save_that_fails_leaves_what_was_there(path, monkeypatch, qtbot) -> None:
    kept = Preferences(path)
    kept.change(language="sv")
    before = path.read_bytes()

    def full(*_args: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr("app.whole_file.os.fsync", full)
    with qtbot.waitSignal(kept.trouble):
        kept.change(language="en")
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == ["settings.json"]
    with pytest.raises(AppError, match="cannot-write"):
        file.save(path, kept.now, kept.remembered)


def test_tests_and_portable_use_have_their_own_home(tmp_path: Path) -> None:
    assert paths.settings_file().parent == tmp_path
    assert paths.log_file().parent == tmp_path
    assert paths.documents() == tmp_path
