"""What a person should know: said at once where there is a window, kept where there is none, told as a sentence."""

import logging

import pytest

from app.errors import AppError
from app.i18n import Texts
from app.notices import Notice, Notices, Tone


@pytest.fixture
def notices(qapp) -> Notices:
    return Notices(Texts("en"))


def test_what_is_said_stands_until_it_is_put_away(notices, qtbot) -> None:
    with qtbot.waitSignal(notices.said) as told:
        notices.info("one")
    notices.done("two")
    assert [n.text for n in notices.standing] == ["one", "two"]
    notices.put_away(told.args[0])
    assert [n.text for n in notices.standing] == ["two"]
    notices.put_away(told.args[0])
    assert [n.text for n in notices.standing] == ["two"]


def test_a_paper_whose_letters_no_font_has_is_told_of_before(notices) -> None:
    notices.paper(["Aino", "محمد", "Ǩiõtt"])
    assert notices.standing == ()
    notices.paper(["Aino", "张伟"])
    (told,) = notices.standing
    assert told.tone == Tone.WARNING
    assert "张 (U+5F20), 伟 (U+4F1F)" in told.text


def test_the_same_words_said_twice_are_two_notices(notices) -> None:
    notices.warn("again")
    notices.warn("again")
    notices.put_away(notices.standing[0])
    assert [n.text for n in notices.standing] == ["again"]


def test_trouble_is_a_sentence(notices) -> None:
    notices.trouble(AppError("settings-not-kept"))
    (notice,) = notices.standing
    assert notice.tone == Tone.TROUBLE
    assert notice.text.startswith("The settings could not be kept")


def test_the_log_knows_where_it_came_from_and_never_what(notices, caplog) -> None:
    with caplog.at_level(logging.DEBUG):
        notices.say(Notice("Maija Malli", Tone.DONE))
    (row,) = caplog.records
    assert "test_notices" in row.stack_info
    assert "Maija" not in row.getMessage() + "".join(
        line for line in row.stack_info.splitlines() if "test_notices" not in line and "say(" not in line
    )
