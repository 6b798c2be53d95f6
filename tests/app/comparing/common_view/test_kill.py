"""The program is killed while the pair decides and confirms: each step is there whole or not at all."""

import contextlib
import random
import subprocess

from app.comparing.common_view.beginning import begin_common_view
from app.comparing.common_view.editor import CommonViewEditor
from app.door import Door
from app.model.coding import CodingState
from tests.app.comparing.common_view.test_editor import is_whole
from tests.drivers.preloaded import child
from tests.material.archives import SqlArchive
from tests.material.house import Home

KILLS = 5


def told_until_killed(folder, home: Home) -> list[str]:
    with child("deciding_child", str(folder), home.aino.id, home.leena.id, home.meeting.id) as pair:
        lines = [pair.stdout.readline() for _ in range(random.randint(1, 40))]
        # from one commit to somewhere within the next ones
        with contextlib.suppress(subprocess.TimeoutExpired):
            pair.wait(timeout=random.uniform(0, 0.01))
        pair.kill()
        lines += pair.stdout.readlines()
    return [line.strip() for line in lines if line.endswith("\n")]


def test_a_decision_and_what_it_brings_are_one_step_and_what_was_said_is_there(qapp, tmp_path) -> None:
    held = SqlArchive(tmp_path)
    home = Home(held=held)
    home.compare()
    header = begin_common_view(Door(home.a), home.texts, home.meeting.id)
    for _ in range(KILLS):
        told = [line.split() for line in told_until_killed(tmp_path, home)]
        assert told
        editor = CommonViewEditor(home.a, home.texts, home.a.get(type(header), header.id))
        is_whole(editor, home.a)
        said = {key: verdict for key, verdict in told if key != "confirmed"}
        others = [key for key, verdict in said.items() if editor.common.decisions[key].verdict != verdict]
        assert len(others) <= 1, "of what was not said at most one step is there"
        by = {c.worker_id for c in editor.common.view.confirmations}
        assert (editor.common.header.state == CodingState.READY) == (by == {home.aino.id, home.leena.id})
        if told[-1][0] == "confirmed" and not others:
            assert told[-1][1] in by or not by, "it fell whole, by the step that comes next"
        assert home.a.verify() == ()
    held.close()
