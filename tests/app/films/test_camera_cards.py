"""Files from cards: chapters and full pieces go on from one another, all else begins a recording or is asked."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.films.camera_cards import CardFile, beside, film_files, gap_between, joined, moved, recognized, recordings
from app.films.removable_disks import is_removable
from app.model.timecode import SECOND

GIB = 2**30
MINUTE = 60 * SECOND
FULL = 4 * GIB - 2**20


def card(*rows: tuple[str, int, int]) -> tuple[CardFile, ...]:
    """(name, size, minutes when it was finished)."""
    return tuple(CardFile(Path("/card") / name, size, minutes * MINUTE) for name, size, minutes in rows)


def names(files) -> list[list[str]]:
    return [[file.path.name for file in one] for one in recordings(recognized(files))]


def asked(files) -> bool:
    return not all(row.sure for row in recognized(files))


def test_chapters_of_an_action_camera_in_whatever_order_they_were_chosen() -> None:
    files = card(
        ("GX030042.MP4", GIB, 33), ("GX010043.MP4", GIB, 50), ("GX010042.MP4", FULL, 11), ("GX020042.MP4", FULL, 22)
    )
    assert names(files) == [["GX010042.MP4", "GX020042.MP4", "GX030042.MP4"], ["GX010043.MP4"]]
    assert not asked(files)


def test_the_older_names_of_chapters() -> None:
    files = card(("GP010042.MP4", FULL, 22), ("GOPR0042.MP4", FULL, 11), ("GP020042.MP4", GIB, 30))
    assert names(files) == [["GOPR0042.MP4", "GP010042.MP4", "GP020042.MP4"]]


def test_a_chapter_that_is_missing_is_asked_about() -> None:
    files = card(("GX010042.MP4", FULL, 11), ("GX030042.MP4", GIB, 33))
    assert names(files) == [["GX010042.MP4", "GX030042.MP4"]]
    assert asked(files)


def test_the_pieces_of_a_discs_title_are_one_recording_whatever_their_size_and_time() -> None:
    files = card(
        ("VTS_02_1.VOB", GIB // 3, 10), ("VTS_01_3.VOB", GIB // 2, 12), ("VTS_01_1.VOB", GIB - 1024, 12),
        ("VTS_01_2.VOB", GIB - 1024, 11),
    )  # fmt: skip
    assert names(files) == [["VTS_01_1.VOB", "VTS_01_2.VOB", "VTS_01_3.VOB"], ["VTS_02_1.VOB"]]
    assert not asked(files)
    assert asked(card(("VTS_01_1.VOB", GIB, 1), ("VTS_01_3.VOB", GIB, 2))), "one is missing"


def test_pieces_as_large_as_the_card_allows_go_on_in_the_next_number() -> None:
    avchd = card(("00001.MTS", 2 * GIB - 2**20, 42), ("00002.MTS", GIB // 3, 50), ("00000.MTS", 2 * GIB - 2**20, 21))
    assert names(avchd) == [["00000.MTS", "00001.MTS", "00002.MTS"]]
    canon = card(("MVI_0009.MP4", FULL, 20), ("MVI_0010.MP4", FULL, 40), ("MVI_0011.MP4", GIB, 45))
    assert names(canon) == [["MVI_0009.MP4", "MVI_0010.MP4", "MVI_0011.MP4"]]
    assert not asked(avchd)
    assert not asked(canon)


def test_numbers_that_begin_anew_follow_the_highest_one() -> None:
    files = card(
        ("MVI_0002.MP4", GIB, 70), ("MVI_9999.MP4", FULL, 40), ("MVI_0001.MP4", FULL, 60), ("MVI_9998.MP4", FULL, 20)
    )
    assert names(files) == [["MVI_9998.MP4", "MVI_9999.MP4", "MVI_0001.MP4", "MVI_0002.MP4"]]
    assert not asked(files)
    old = card(("MVI_0001.MP4", GIB, 5), ("MVI_9998.MP4", GIB, 20), ("MVI_9999.MP4", GIB, 40), ("MVI_0002.MP4", GIB, 9))
    assert [files[0] for files in names(old)] == ["MVI_0001.MP4", "MVI_0002.MP4", "MVI_9998.MP4", "MVI_9999.MP4"]
    zero = card(("MVI_0000.MP4", GIB, 60), ("MVI_9999.MP4", FULL, 40))
    assert names(zero) == [["MVI_9999.MP4", "MVI_0000.MP4"]]


def test_a_full_piece_from_another_day_is_asked_about() -> None:
    files = card(("C0001.MP4", FULL, 20), ("C0002.MP4", GIB, 24 * 60))
    assert names(files) == [["C0001.MP4"], ["C0002.MP4"]]
    assert asked(files)


def test_small_files_are_recordings_of_their_own_and_even_ones_are_asked_about() -> None:
    stopped = card(("C0001.MP4", GIB // 4, 20), ("C0002.MP4", GIB, 40))
    assert names(stopped) == [["C0001.MP4"], ["C0002.MP4"]]
    assert not asked(stopped)
    even = card(("DJI_0001.MP4", 3 * GIB, 20), ("DJI_0002.MP4", 3 * GIB, 40), ("DJI_0003.MP4", GIB, 44))
    assert len(names(even)) == 3
    assert asked(even)


def test_other_folders_endings_and_names_are_other_recordings() -> None:
    a = CardFile(Path("/card/100/C0001.MP4"), FULL, 0)
    b = CardFile(Path("/card/101/C0002.MP4"), FULL, MINUTE)
    assert len(recordings(recognized((a, b)))) == 2
    assert names(card(("C0001.MP4", FULL, 1), ("C0002.MTS", FULL, 2))) == [["C0001.MP4"], ["C0002.MTS"]]
    words = card(("aamu.mp4", GIB, 1), ("ilta.mp4", GIB, 2))
    assert names(words) == [["aamu.mp4"], ["ilta.mp4"]]
    assert asked(words)


@given(st.lists(st.tuples(st.sampled_from(["GX", "C", "00", "kuva"]), st.integers(0, 9999), st.integers(1, 5 * GIB))))
def test_no_file_is_lost_or_doubled(rows) -> None:
    files = [CardFile(Path(f"/card/{p}{n:06d}.MP4"), size, n * MINUTE) for p, n, size in dict.fromkeys(rows)]
    found = [file for one in recordings(recognized(files)) for file in one]
    assert sorted(map(str, found)) == sorted(map(str, files))
    assert recognized(reversed(files)) == recognized(files) or len({f.path for f in files}) < len(files)


@given(st.data())
def test_moving_and_ticking_keep_every_file(data) -> None:
    rows = recognized(card(*((f"C{n:04d}.MP4", FULL, n * 20) for n in range(1, 6))))
    for _ in range(5):
        at, by = data.draw(st.integers(0, 4)), data.draw(st.integers(-9, 9))
        rows = moved(rows, at, by) if data.draw(st.booleans()) else joined(rows, at, data.draw(st.booleans()))
        assert len({row.file.path for row in rows}) == 5
        assert not rows[0].goes_on


def test_a_move_and_a_tick() -> None:
    rows = recognized(card(("a1.mp4", FULL, 10), ("a2.mp4", GIB, 20), ("a3.mp4", GIB, 30)))
    rows = joined(moved(rows, 2, -1), 1, goes_on=True)
    assert [[f.path.name for f in one] for one in recordings(rows)] == [["a1.mp4", "a3.mp4", "a2.mp4"]]


def test_a_folder_gives_its_films_without_small_copies(tmp_path) -> None:
    wanted = ("DCIM/100GOPRO/GX010001.MP4", "PRIVATE/AVCHD/BDMV/STREAM/00000.MTS")
    others = ("DCIM/100GOPRO/GX010001.THM", "DCIM/.Trash/C0001.MP4", "PRIVATE/SUB/C0001S03.MP4", "note.txt")
    for name in (*wanted, *others):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * 10)
    found = film_files([tmp_path])
    assert sorted(str(f.path.relative_to(tmp_path)) for f in found) == sorted(wanted)
    assert {f.size for f in found} == {10}
    chosen = tmp_path / "note.txt"
    assert [f.path for f in film_files([chosen, chosen])] == [chosen]


@pytest.mark.parametrize("ending", ["MOD", "TOD", "VOB", "VRO", "M2T", "DV", "FLV", "ASF", "M2V"])
def test_no_camcorders_film_is_left_on_its_card(ending, tmp_path) -> None:
    film = tmp_path / "PRG001" / f"MOV001.{ending}"
    film.parent.mkdir()
    film.write_bytes(b"film")
    assert [file.path for file in film_files([tmp_path])] == [film]


def test_the_menus_of_a_disc_are_no_films(tmp_path) -> None:
    """What a camera with a disc wrote is played through them; nobody filmed them."""
    for name in ("VIDEO_TS.VOB", "VTS_01_0.VOB", "VTS_01_1.VOB", "vts_01_2.vob", "VTS_02_0.MP4"):
        (tmp_path / name).write_bytes(b"x")
    found = sorted(f.path.name for f in film_files([tmp_path]))
    assert found == ["VTS_01_1.VOB", "VTS_02_0.MP4", "vts_01_2.vob"]
    assert [f.path.name for f in film_files([tmp_path / "VTS_01_0.VOB"])] == ["VTS_01_0.VOB"], "it was asked for"


def test_the_time_between_two_recordings_is_guessed_from_their_files() -> None:
    first, second = card(("C0001.MP4", GIB, 20), ("C0002.MP4", GIB, 45))
    assert gap_between(first, 20 * MINUTE, second, 15 * MINUTE) == 30 * MINUTE
    assert gap_between(first, 20 * MINUTE, second, 44 * MINUTE) == 20 * MINUTE


def test_a_file_of_this_computer_is_not_removable(tmp_path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(b"x")
    assert not is_removable(path)
    assert not is_removable(tmp_path / "none" / "film.mp4")


def test_other_films_of_the_camera_are_those_nearest_by_name(tmp_path) -> None:
    for n in range(1, 10):
        (tmp_path / f"C000{n}.MP4").write_bytes(b"x")
    for name in ("C0004.MTS", ".C0004.MP4", "notes.txt"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "C0005x.MP4").mkdir()
    found = [p.name for p in beside(tmp_path / "C0004.MP4")]
    assert found[:4] == ["C0003.MP4", "C0005.MP4", "C0002.MP4", "C0006.MP4"]
    assert len(found) == 6
    assert "C0004.MP4" not in found
