"""From a preset to what is plugged in: the same device again, by its id or its name, and never a wrong one."""

import pytest

from app.filming.devices import Setup, best_format, format_key, format_of, found, preset_of
from app.ports.recorder import NO_PICTURE, Camera, CameraFormat, Microphone
from app.settings.values import FilmingPlace
from tests.drivers.film_stage import CAMERAS, HD, MICROPHONE, StagedDevices

EXAMPLE = Camera("example", "Esimerkkikamera", (HD,), is_example=True)


@pytest.fixture
def devices(qapp) -> StagedDevices:
    return StagedDevices((EXAMPLE, *CAMERAS), (Microphone("ex", "Esimerkki", is_example=True), MICROPHONE))


def test_without_a_preset_the_first_real_camera_and_microphone(devices) -> None:
    setup = found(devices, FilmingPlace())
    assert [c.id for c, _ in setup.cameras] == ["cam-1"]
    assert setup.microphone == MICROPHONE


def test_with_nothing_but_the_example_it_is_the_example(devices) -> None:
    devices.there = (EXAMPLE,)
    setup = found(devices, FilmingPlace())
    assert setup.is_example
    assert setup.microphone.is_example


def test_a_missing_camera_is_not_replaced_by_another(devices) -> None:
    setup = found(devices, FilmingPlace(camera_1="gone", camera_1_name="Not here", camera_2="cam-2"))
    assert [c.id for c, _ in setup.cameras] == ["cam-2"]


def test_two_cameras_of_one_name_are_two(devices) -> None:
    twins = (Camera("usb-1", "Twin", (HD,)), Camera("usb-2", "Twin", (HD,)))
    devices.there = twins
    setup = found(devices, FilmingPlace(camera_1="old-1", camera_1_name="Twin", camera_2="old-2", camera_2_name="Twin"))
    assert [c.id for c, _ in setup.cameras] == ["usb-1", "usb-2"]


def test_sound_alone_is_chosen_where_it_is_offered_and_never_taken_by_itself(devices) -> None:
    dark = FilmingPlace(camera_1=NO_PICTURE.id, microphone="mic-1")
    setup = found(devices, dark, sound_only=True)
    assert setup.is_sound_only
    assert found(devices, preset_of(setup, FilmingPlace()), sound_only=True) == setup
    assert not found(devices, FilmingPlace(), sound_only=True).is_sound_only
    devices.there = ()
    assert found(devices, FilmingPlace(), sound_only=True).cameras == ()
    assert found(devices, dark).cameras == ()


def test_a_preset_gives_back_its_setup(devices) -> None:
    setup = found(devices, FilmingPlace(camera_1="cam-2", camera_2="cam-1", microphone="mic-1", second_folder="/b"))
    preset = preset_of(setup, FilmingPlace("Room", positions="front"))
    assert (preset.name, preset.positions) == ("Room", "front")
    assert found(devices, preset) == setup
    assert preset_of(Setup(), FilmingPlace("Room")) == FilmingPlace("Room")


def test_formats() -> None:
    four_k, hd50, small = CameraFormat(3840, 2160, 30.0), CameraFormat(1920, 1080, 50.0), CameraFormat(640, 480, 30.0)
    camera = Camera("c", "C", (four_k, hd50, HD, small))
    assert best_format(camera) == HD
    assert best_format(Camera("c", "C", (four_k,))) == four_k
    assert best_format(Camera("c", "C")) is None
    assert format_of(camera, format_key(hd50)) == hd50
    assert format_of(camera, "5x5@1") == HD
