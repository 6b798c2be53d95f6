"""A program that dies on the way of an erasing: nothing is erased, or the rest goes at the next start."""

import signal

import pytest

from app.model.erasure import Erasure
from app.model.recording import Recording
from tests.drivers.erasing_child import PLACES
from tests.drivers.preloaded import child
from tests.material.erased import NAME, Held, found, go_on, nothing, secrets
from tests.material.golden import PASSPHRASE as PASS
from tests.material.golden import golden


@pytest.mark.parametrize("place", PLACES)
def test_killed_at(place, tmp_path) -> None:
    held = Held(golden("empty", tmp_path / "archive"), tmp_path / "film.bin")
    wanted = secrets(held)
    held.opened.archive.close()
    with child("erasing_child", str(held.folder), NAME, PASS, place) as erasing:
        erasing.wait()
        assert erasing.returncode == -signal.SIGKILL
    held.reopen()
    erasing = held.erasing
    try:
        assert held.opened.archive.verify(nothing, go_on) == ()
        film = held.store.get(Recording, held.film.id)
        if place == "logged":
            assert film == held.film
            assert held.opened.media.verify(film)
            assert not erasing.is_unfinished()
            return
        assert film.is_erased
        assert erasing.is_unfinished() == (place not in ("marked", "finished"))
        erasing.finish(nothing, go_on)
        assert found(held, wanted) == set()
        assert held.files() == set()
        assert [e.finished is not None for e in held.store.find(Erasure)] == [True]
    finally:
        held.opened.archive.close()
