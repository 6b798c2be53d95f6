"""A and B are called by their names where these are known."""

from dataclasses import replace

from PySide6.QtWidgets import QLabel

from app.comparing.comparison import comparison
from widgets.comparing.comparing_screen import ComparingScreen


def test_the_two_are_called_by_their_names(home, stage) -> None:
    home.compare()
    place = stage(ComparingScreen, player=True, meeting_id=home.meeting.id)
    said = "\n".join(part.text() for part in place.findChildren(QLabel))
    assert "In each lane Aino is above, Leena below" in said
    assert "Aino ↔ Leena" in said
    found = comparison(home.a, home.meeting.id)
    assert found.coders == ("Aino Esimerkki", "Leena Malli")
    alike = replace(found, coders=("Aino Esimerkki", "Aino Malli"))
    assert alike.short_names == alike.coders
    assert replace(found, coders=("Aino Esimerkki", "B")).short_names == ("Aino", "B")
