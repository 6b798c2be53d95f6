"""A computer with or without sound: either an output that takes sound, or none and no noise about it."""

from video.playing.sound_output import open_sound_output


def test_the_default_output_or_none_without_a_warning(qtbot) -> None:
    # on a machine without a sound server Qt would warn here, and warnings fail this test
    output = open_sound_output()
    if output is not None:
        assert output.room() > 0
        assert output.played() >= 0
        output.close()
