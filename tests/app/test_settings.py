"""Settings of this computer: validated field by field, written whole, never in the way."""

import json
from dataclasses import asdict, fields, replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from app import paths, settings
from app.settings import RoomPreset, Settings

JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=5),
    st.lists(st.one_of(st.text(max_size=5), st.integers()), max_size=3),
)


def test_what_was_kept_comes_back(tmp_path: Path) -> None:
    kept = Settings(language="sv", theme="dark", lock_after_minutes=3, archives=("a", "b"), backup_folder="c")
    settings.save(kept, tmp_path / "deep" / "settings.json")
    assert settings.load(tmp_path / "deep" / "settings.json") == kept


def test_no_file_or_a_broken_one_gives_the_defaults(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    assert settings.load(path) == Settings()
    for content in (b"", b"{", b"[]", b"\xff\xfe", b"null"):
        path.write_bytes(content)
        assert settings.load(path) == Settings()


@given(st.dictionaries(st.sampled_from([f.name for f in fields(Settings)]), JUNK))
def test_any_file_gives_settings_within_their_limits(raw) -> None:
    found = settings.validated(raw)
    assert found.language in ("fi", "sv", "en")
    assert found.theme in ("by-room", "light", "dark", "contrast")
    assert 1 <= found.lock_after_minutes <= 30
    assert type(found.lock_after_minutes) is int
    assert all(isinstance(a, str) for a in found.archives)
    assert settings.validated(json.loads(json.dumps(asdict(found)))) == found


def test_rooms_come_back_and_what_is_no_room_is_left_out(tmp_path: Path) -> None:
    room = RoomPreset(
        "Leikkihuone", "/dev/video0", "Kattokamera", "1920x1080@30", positions="edestä", second_folder="/b"
    )
    kept = Settings(rooms=(room, RoomPreset("Toinen")), last_room=room)
    settings.save(kept, tmp_path / "settings.json")
    assert settings.load(tmp_path / "settings.json") == kept
    raw = {"rooms": [asdict(room), 3, {"name": ""}, {"name": "X", "camera_1": 5, "odd": "y"}], "last_room": [1]}
    found = settings.validated(raw)
    assert found.rooms == (room, RoomPreset("X"))
    assert found.last_room == RoomPreset()


def test_one_bad_field_does_not_cost_the_others() -> None:
    assert settings.validated({"language": "sv", "theme": "pink"}) == Settings(language="sv")


def test_the_newest_archive_is_first_and_eight_are_known() -> None:
    known = Settings()
    for n in range(10):
        known = known.with_archive(Path(f"/a{n}"))
    assert len(known.archives) == 8
    assert known.with_archive(Path("/a5")).archives[:2] == (str(Path("/a5")), str(Path("/a9")))


def test_a_folder_that_cannot_be_written_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    settings.save(replace(Settings(), language="en"), tmp_path / "file" / "settings.json")


def test_tests_and_portable_use_have_their_own_home(tmp_path: Path) -> None:
    assert paths.settings_file().parent == tmp_path
    assert paths.log_file().parent == tmp_path
    assert paths.documents() == tmp_path
