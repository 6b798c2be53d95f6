"""What filming says."""

import pytest

from app.filming.words import device_name
from app.i18n import Texts
from app.ports.recorder import Camera, Microphone


@pytest.mark.parametrize(
    ("language", "camera", "microphone"),
    [
        ("fi", "Esimerkkikamera 2", "Esimerkkimikrofoni"),
        ("sv", "Exempelkamera 2", "Exempelmikrofon"),
        ("en", "Example camera 2", "Example microphone"),
    ],
)
def test_the_example_devices_are_called_in_the_language_of_the_screen(language, camera, microphone) -> None:
    texts = Texts(language)
    assert device_name(texts, Camera("example:2", "x", is_example=True)) == camera
    assert device_name(texts, Microphone("example:mic", "x", is_example=True)) == microphone


def test_a_real_device_is_called_what_the_system_calls_it() -> None:
    assert device_name(Texts("sv"), Camera("usb", "C920")) == "C920"
