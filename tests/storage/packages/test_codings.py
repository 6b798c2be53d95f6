"""Two real archives: each coding shut at the other until both are committed, then opened as one sealed here is."""

import shutil
from dataclasses import replace

import pytest

from app.casework.elsewhere import exchange_of
from app.comparing.comparison import comparison
from app.door import Door
from app.errors import AppError
from app.model.change import Change, added, removed
from app.model.coding import CodingHeader, CodingState
from app.model.exchange import Coming, PartnerCoding, SentCoding
from app.model.meeting import Segment
from app.model.observation import Observation
from app.model.package import TakenPackage
from app.model.recording import Recording
from app.packages.codings import send_coding, withdraw
from app.packages.partners import end_key, partners
from storage.packages import shut_coding
from tests.material.two_computers import AINO, LEENA, TEXTS, TwoComputers, editor_of, meeting_id, take

A, B = [("6", 0), ("q", 5), ("a", 12), ("q", 25), ("7", 30)], [("6", 0), ("q", 5.4), ("q", 25.2), ("h", 33), ("7", 36)]
MIB = 1 << 20


@pytest.fixture
def two(qapp, tmp_path):
    made = TwoComputers(tmp_path)
    made.take(LEENA, made.hand_over())
    yield made
    made.leave()


def refused(call, *args, **named) -> str:
    with pytest.raises(AppError) as caught:
        call(*args, **named)
    return caught.value.key


def coded(two) -> None:
    two.code(AINO, A)
    two.code(LEENA, B, 3)


def whole(two, name) -> None:
    two.leave()
    with two.at(name) as opened:
        assert opened.archive.verify(lambda _: None, lambda: False) == ()
        assert opened.archive.to_tell() == ()
    two.leave()
    assert {path.suffix for path in (two.folder / name / "codings").iterdir()} == {".db"}


def test_both_codings_go_over_and_are_compared(two) -> None:
    coded(two)
    first, second = two.send(AINO), two.send(LEENA)
    assert two.next(AINO) == two.next(LEENA) == "wait-for-coding"
    (report,) = two.take(LEENA, first).reports
    assert (report.what, report.is_key, report.observations) == (Coming.NEW, False, 0)
    assert two.next(LEENA) == "send-key"
    with two.at(LEENA) as opened:
        assert refused(comparison, opened.store, meeting_id(opened)) == "awaits-partners-key"
        assert [h.coder for h in opened.store.find(CodingHeader)] == [opened.store.me]
    two.take(AINO, second)
    for name, other in ((AINO, LEENA), (LEENA, AINO)):
        whole(two, name)
        (report,) = two.take(name, two.key(other)).reports
        assert (report.what, report.is_key, report.observations) == (Coming.NEW, True, 5)
    figures = []
    for name in (AINO, LEENA):
        assert two.next(name) == "compare"
        whole(two, name)
        with two.at(name) as opened:
            found = comparison(opened.store, meeting_id(opened))
            figures.append(found.agreement)
            assert len(opened.store.find(Observation)) == 10
            assert {h.state for h in opened.store.find(CodingHeader)} == {CodingState.READY}
    two.leave()
    assert all(len(list((two.folder / name / "codings").iterdir())) == 1 for name in (AINO, LEENA))
    assert figures[0] == figures[1]


def test_the_same_again_changes_nothing_and_any_order_ends_open(two) -> None:
    coded(two)
    first, second = two.send(AINO), two.send(LEENA)
    two.take(LEENA, first)
    key_of_leena = two.key(LEENA)
    assert refused(two.take, AINO, key_of_leena) == "key-without-coding"
    two.take(AINO, two.post)  # all that lies there, what is one's own left alone
    key_of_aino = two.key(AINO)
    for _ in range(2):
        two.take(LEENA, two.post)
    for name, files in ((AINO, (second, key_of_leena)), (LEENA, (first, key_of_aino))):
        assert [two.take(name, file).reports[0].what for file in files] == [Coming.SAME] * 2
        assert two.next(name) == "compare"
        with two.at(name) as opened:
            assert len(opened.store.find(Observation)) == 10
            assert len(opened.store.find(PartnerCoding)) == 1
        whole(two, name)


def test_a_sent_coding_is_not_taken_back_until_it_is_withdrawn(two) -> None:
    two.code(AINO, A)
    first = two.send(AINO)
    with two.at(AINO) as opened:
        editor, said = editor_of(opened), []
        editor.refused.connect(lambda error: said.append(error.key))
        assert not editor.take_ready_back()
        assert said == ["coding-sent"]
        withdraw(Door(opened.store), TEXTS, meeting_id(opened))
        assert editor.take_ready_back()
        assert refused(send_coding, Door(opened.store), opened.archive, TEXTS, meeting_id(opened), two.post) == (
            "coding-not-ready"
        )
        (point, *_) = opened.store.find(Observation)
        editor = editor_of(opened)
        assert editor.remove(point)
        assert editor.mark_ready()
    second = two.send(AINO)
    two.take(LEENA, first)
    assert two.take(LEENA, second).reports[0].what == Coming.REPLACES
    assert two.take(LEENA, first).reports[0].what == Coming.OLDER
    two.code(LEENA, B)
    two.take(AINO, two.send(LEENA))
    assert two.take(LEENA, two.key(AINO)).reports[0].observations == 4
    whole(two, LEENA)


def test_another_coding_after_the_key_was_made_is_refused(two) -> None:
    """A copy of Aino's archive from before goes on as if nothing had come."""
    two.code(AINO, A)
    first = two.send(AINO)
    two.leave()
    shutil.copytree(two.folder / AINO, two.folder / "before")
    two.code(LEENA, B)
    two.take(LEENA, first)
    two.send(LEENA)
    two.key(LEENA)
    two.leave()
    shutil.rmtree(two.folder / AINO)
    (two.folder / "before").rename(two.folder / AINO)
    with two.at(AINO) as opened:
        withdraw(Door(opened.store), TEXTS, meeting_id(opened))
    second = two.send(AINO)
    assert second != first
    assert refused(two.take, LEENA, second) == "coding-changed"
    taken = two.take(AINO, two.post)
    assert [trouble.key for trouble in taken.troubles] == ["key-for-other-coding"]
    assert two.next(AINO) == "send-key"
    with two.at(AINO) as opened:
        assert len(opened.store.find(Observation)) == 5


def test_what_the_codings_rest_on_must_be_the_same(two) -> None:
    coded(two)
    first = two.send(AINO)
    with two.at(LEENA) as opened:
        (film,) = opened.store.find(Recording)
        moved = replace(film, offset=film.offset + 40_000)
        Door(opened.store).write("x", [Change(film, moved)])
    assert refused(two.take, LEENA, first) == "coding-film-differs"
    with two.at(LEENA) as opened:
        Door(opened.store).write("x", [Change(moved, film)])
        editor_of(opened).take_ready_back()
        segment, *_ = opened.store.find(Segment)
        Door(opened.store).write("x", [Change(segment, replace(segment, end=segment.end - 9))])
    assert refused(two.take, LEENA, first) == "coding-tasks-differ"
    with two.at(LEENA) as opened:
        Door(opened.store).write("x", [Change(replace(segment, end=segment.end - 9), segment)])
        assert editor_of(opened).mark_ready()
        assert opened.store.find(PartnerCoding) == ()
    two.take(LEENA, first)
    assert two.next(LEENA) == "send-coding"


def test_who_it_is_for_and_from_and_that_it_is_whole(two) -> None:
    two.code(AINO, A)
    made = two.send(AINO)
    assert refused(two.take, AINO, made) == "package-not-for-you"
    whole_file = made.read_bytes()
    for place in range(0, len(whole_file), len(whole_file) // 12):
        made.write_bytes(whole_file[:place] + bytes([whole_file[place] ^ 1]) + whole_file[place + 1 :])
        assert refused(two.take, LEENA, made) in {"package-damaged", "package-foreign", "package-not-for-you"}
        made.write_bytes(whole_file[:place])
        assert refused(two.take, LEENA, made) in {"package-damaged", "package-foreign", "package-not-for-you"}
    made.write_bytes(whole_file)
    with two.at(LEENA) as opened:
        assert opened.store.find(PartnerCoding) == ()
        end_key(Door(opened.store), TEXTS, partners(opened.store)[0])
        assert refused(take, opened, made) == "package-unknown-sender"
        assert refused(take, opened, two.folder / "nowhere") == "package-missing"


def test_a_coding_of_a_meeting_that_is_not_here_says_so(qapp, tmp_path) -> None:
    two = TwoComputers(tmp_path)
    two.code(AINO, A)
    made = two.send(AINO)
    assert refused(two.take, LEENA, made) == "coding-meeting-unknown"
    two.leave()


def test_a_key_that_opens_something_else_opens_nothing(two, monkeypatch) -> None:
    """As a partner's changed program could send it: another coding under the same promise, codes that nobody has."""
    coded(two)
    first, second = two.send(AINO), two.send(LEENA)
    two.take(AINO, second)
    real = shut_coding.content_of

    def forged(coding):
        point, *others = (part for part in coding.parts if isinstance(part, Observation))
        rest = tuple(part for part in coding.parts if not isinstance(part, Observation))
        return real(replace(coding, parts=(replace(point, code="XX"), *others, *rest)))

    key = two.key(AINO)
    two.take(LEENA, first)
    with two.at(LEENA) as opened:
        (held,) = opened.store.find(PartnerCoding)
        path = two.folder / LEENA / "codings" / f"{held.coding_id}.db"
        content = path.read_bytes()
        assert len(content) == MIB
        path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        assert refused(take, opened, key) == "key-does-not-fit"
        path.write_bytes(content)
    monkeypatch.setattr(shut_coding, "content_of", forged)
    with two.at(AINO) as opened:
        assert refused(send_coding, Door(opened.store), opened.archive, TEXTS, meeting_id(opened), two.post) == (
            "coding-changed-here"
        )
    monkeypatch.undo()
    assert two.take(LEENA, key).reports[0].observations == 5


def test_a_partners_coding_that_is_gone_from_the_disk_comes_again_with_its_file(two) -> None:
    coded(two)
    first = two.send(AINO)
    two.take(LEENA, first)
    two.take(AINO, two.send(LEENA))
    key = two.key(AINO)
    with two.at(LEENA) as opened:
        (held,) = opened.store.find(PartnerCoding)
    (two.folder / LEENA / "codings" / f"{held.coding_id}.db").unlink()
    assert refused(two.take, LEENA, key) == "coding-file-gone"
    assert two.take(LEENA, first).reports[0].what == Coming.SAME
    assert two.take(LEENA, key).reports[0].observations == 5
    whole(two, LEENA)


def test_codes_that_the_meeting_does_not_have_are_not_opened(two, monkeypatch) -> None:
    coded(two)
    real = shut_coding.content_of

    def forged(coding):
        return real(replace(coding, parts=tuple(
            replace(part, code="XX") if isinstance(part, Observation) else part for part in coding.parts
        )))  # fmt: skip

    monkeypatch.setattr(shut_coding, "content_of", forged)
    first = two.send(AINO)
    monkeypatch.undo()
    two.take(LEENA, first)
    two.take(AINO, two.send(LEENA))
    assert refused(two.take, LEENA, two.key(AINO)) == "coding-unfit"
    assert two.next(LEENA) == "send-key"
    whole(two, LEENA)


def test_nobody_writes_what_was_taken_in_or_sent_but_its_own_way(two) -> None:
    coded(two)
    with two.at(LEENA) as opened:
        (package,) = opened.store.find(TakenPackage)
        door = Door(opened.store)
        for change in (removed(package), Change(package, replace(package, rows=())), added(replace(package, id="x"))):
            assert refused(door.write, "x", [change]) == "taken-in-is-no-step"
        assert refused(door.write, "x", [removed(package)], act="package-taken-in") == "taken-in-is-no-step"
    two.take(LEENA, two.send(AINO))
    two.send(LEENA)
    with two.at(LEENA) as opened:
        (held,), (sent,), door = opened.store.find(PartnerCoding), opened.store.find(SentCoding), Door(opened.store)
        for change in (removed(held), Change(held, replace(held, opened=held.taken)), added(replace(held, id="x"))):
            assert refused(door.write, "x", [change]) == "taken-in-is-no-step"
        for change, key in (
            (removed(sent), "sent-coding-fixed"),
            (Change(sent, replace(sent, commitment="0")), "sent-coding-fixed"),
            (Change(sent, replace(sent, key_for="0")), "key-before-coding"),
            (Change(sent, replace(sent, withdrawn=sent.made)), "both-ready"),
            (added(replace(sent, id="x")), "coding-sent"),
            (added(replace(sent, id="x", coding_id=held.coding_id)), "coding-not-yours"),
        ):
            assert refused(door.write, "x", [change]) == key
        assert exchange_of(opened.store, sent.meeting_id).next == "send-key"
