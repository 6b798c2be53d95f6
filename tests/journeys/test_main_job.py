"""The main job end to end: a film taken in, coded by two independently with keys, compared, written and read back."""

import threading
from pathlib import Path

from app.bootstrap import Program
from app.comparing.played import played
from app.model.coding import CodingHeader
from app.model.observation import Observation
from app.model.rating import Rating
from app.model.scheme import Actor
from app.model.statement import StatementStage
from app.reports.signature_check import signatures_of
from system.cards import drivers
from tests.drivers import pages as read
from tests.drivers.archive_steps import AINO, LEENA, SECRETS, add_second_worker, lock, make_archive, sign_in
from tests.drivers.case_steps import QUESTIONS, make_case, make_meeting, take_film_in
from tests.drivers.coding_steps import Coded, Coder
from tests.drivers.hands import Hands, Key
from tests.drivers.pdfsig import pdfsig
from tests.drivers.statement_steps import ANSWER, CHILDS_VIEW, Writer
from tests.journeys.coded_film import CodedFilm, coded_film
from tests.journeys.independent_count import Cell, cells, common_time, person_of, state_figures
from tests.material.signing_keys import signer
from tests.material.soft_card import PIN, soft_card
from widgets.comparing.comparing_screen import ComparingScreen
from widgets.desk.desk_screen import DeskScreen

RATINGS_A, RATINGS_B = (4, 3, 5), (2, 3, 4)


# the offscreen platform says so of every window with a least size; there is no window manager to tell it to
def test_from_a_film_to_a_statement_of_two_codings(program, hands, tmp_path, monkeypatch) -> None:
    film = coded_film(tmp_path)
    make_archive(hands, program, tmp_path)
    add_second_worker(hands, program)
    case_id = make_case(hands, program)
    meeting_id = make_meeting(hands, program, film)
    take_film_in(hands, program, film, monkeypatch)

    nothing_to_compare_yet(hands, program, meeting_id)
    a = Coder(hands, program, meeting_id).do_all(film, film.a, RATINGS_A)
    nothing_to_compare_yet(hands, program, meeting_id)
    lock(hands, program)
    assert [t.name for t in threading.enumerate() if t.name.startswith("film")] == []
    sign_in(hands, program, LEENA)
    waits_on_the_desk(hands, program, "Tee oma koodaus", "Koodaa")
    nothing_of_the_other_can_be_seen(hands, program, meeting_id)
    b = Coder(hands, program, meeting_id).do_all(film, film.b, RATINGS_B)
    assert a.tasks == b.tasks

    ready_first_opens_beside(hands, program, meeting_id)
    disagreements_play(hands, program, meeting_id)
    writer = Writer(hands, program, case_id)
    writer.begin()
    writer.tell_childs_view()
    for number in range(1, len(QUESTIONS) + 1):
        writer.answer_question(number)
    writer.ask_for_check()
    pages = writer.preview()
    draft = writer.export(tmp_path / "draft.pdf", monkeypatch)
    lock(hands, program)
    sign_in(hands, program, AINO)
    waits_on_the_desk(hands, program, "Tarkista työparin luonnos", "Lue")
    writer = Writer(hands, program, case_id)
    writer.approve_and_go_through()
    lock(hands, program)
    sign_in(hands, program, LEENA)
    waits_on_the_desk(hands, program, "Hyväksy asiakkaan kommentit", "Lue")
    writer = Writer(hands, program, case_id)
    writer.approve_and_finalize()
    final = writer.export(tmp_path / "final.pdf", monkeypatch)
    assert writer.export(tmp_path / "again.pdf", monkeypatch) == final
    signed_by_both(hands, program, writer, tmp_path, monkeypatch)

    assert all("LUONNOS" in page for page in read.page_words(draft))
    assert len(read.page_words(draft)) == pages
    assert not any("LUONNOS" in page for page in read.page_words(final))
    for pdf in (draft, final):
        numbers_equal_the_count(read.body(pdf), film, a, b)
    print(report(film, a, b))


def signed_by_both(hands: Hands, program: Program, writer: Writer, folder: Path, monkeypatch) -> None:
    """Each with a card of one's own in the reader; both validators say whose, and that nothing was changed since."""
    monkeypatch.setattr(drivers, "_KNOWN", {})
    for number, who in enumerate((LEENA, AINO)):
        card = soft_card(folder / f"reader {number}", monkeypatch)
        card.put(signer(who))
        program.workspace.preferences.change(card_driver=card.driver)
        if number:
            lock(hands, program)
            sign_in(hands, program, who)
            writer = Writer(hands, program, writer.case_id)
        writer.sign_with_card(PIN)
        hands.until(lambda words=f"{number + 1} / 2", room=writer.room: words in hands.words(room.panel))
    assert writer.room.editor.statement.stage == StatementStage.SIGNED
    path = folder / "signed.pdf"
    file = writer.export(path, monkeypatch)
    assert [(s.subject, s.holds) for s in signatures_of(file)] == [(LEENA, True), (AINO, True)]
    assert {(t.subject, t.is_valid) for t in pdfsig(path)} == {(LEENA, True), (AINO, True)}


def waits_on_the_desk(hands: Hands, program: Program, what: str, act: str) -> None:
    """The desk says what waits, and its button leads there."""
    window = program.window
    window.go("desk")
    hands.settle()
    desk = hands.one(window, DeskScreen)
    assert what in hands.words(desk)
    hands.press(desk, act)
    assert window.place != "desk"


def nothing_to_compare_yet(hands: Hands, program: Program, meeting_id: str) -> None:
    program.window.go("comparing", meeting_id=meeting_id)
    hands.settle()
    screen = hands.one(program.window, ComparingScreen)
    assert screen.room is None
    assert "Ei vielä" in hands.words(screen)


def nothing_of_the_other_can_be_seen(hands: Hands, program: Program, meeting_id: str) -> None:
    """Neither on the screens nor through the store."""
    nothing_to_compare_yet(hands, program, meeting_id)
    coder = Coder(hands, program, meeting_id)
    hands.settle()
    coding = coder.room.editor.coding
    assert (coding.observations, coding.marks, coding.ratings, coding.header.covered) == ({}, {}, {}, ())
    assert coder.room.observations.model.rowCount() == 0
    assert "Aino: valmis" in hands.words(coder.screen)
    store = program.workspace.store
    assert [h.coder for h in store.find(CodingHeader)] == [store.me]
    assert store.find(Observation) == ()
    assert store.find(Rating) == ()
    program.window.go("statement")


def ready_first_opens_beside(hands: Hands, program: Program, meeting_id: str) -> None:
    """Both are ready, and Aino's, which was so first, is under her key alone: she types her passphrase beside Leena."""
    program.window.go("comparing", meeting_id=meeting_id)
    hands.settle()
    assert hands.one(program.window, ComparingScreen).room is None
    space = program.workspace
    assert [h.coder for h in space.store.find(CodingHeader)] == [space.worker.id]
    (aino,) = (worker_id for worker_id, name in space.archive.sign_ins() if name == AINO)
    assert space.witness(aino, SECRETS[AINO])
    assert len(space.store.find(CodingHeader)) == 2


def disagreements_play(hands: Hands, program: Program, meeting_id: str) -> None:
    """*Vertailu* shows figures and the list; Enter plays the first that has a time, and it ends by itself."""
    program.window.go("comparing", meeting_id=meeting_id)
    hands.settle()
    room = hands.one(program.window, ComparingScreen).room
    assert room is not None
    words = hands.words(room)
    assert "sattuma huomioiden" in words
    assert "Vuorovaikutuksen tila" in words
    rows = room.walked.lines
    assert rows[0].start is None, "a gap of two points in a rating is the weightiest"
    hands.until(lambda: room.player.shown_at() is not None)
    timed = [n for n, row in enumerate(rows) if row.start is not None]
    spans = [played(room.walk.found, d) for d in room.walk.rows()]
    shortest = min(timed, key=lambda n: spans[n].length)
    while room.list.currentRow() != shortest:
        hands.key(room.list, Key.Key_Down)
    seen: list[int] = []
    room.player.shown.connect(lambda _camera, picture: seen.append(picture.time))
    hands.key(room.list, Key.Key_Return)
    assert room.player.is_playing()
    hands.until(lambda: not room.player.is_playing())
    span = spans[shortest]
    assert min(seen) <= span.start < max(seen)
    assert abs(max(seen) - span.end) <= 200_000


def numbers_equal_the_count(text: str, film: CodedFilm, a: Coded, b: Coded) -> None:
    """Every number that the statement gives of the codings is that of the independent count."""
    counted = cells(a.presses, b.presses, a.tasks)
    eighth = read.section(text, "8. Havainnot", "12. Johtopäätökset")
    people = {Actor.ADULT: "äiti", Actor.CHILD: "lapsi", Actor.DYAD: "yhdessä"}
    printed = read.observed(text.rpartition(" 17. Liitteet ")[2], film.cards, people)
    assert printed == {
        key: read.Printed(len(cell.both), cell.one, tuple(t // 1_000_000 for t in cell.both))
        for key, cell in counted.items()
        if cell.both
    }
    assert read.lone(eighth) == lone_by_dimension(counted)
    states_equal_the_count(eighth, a, b)
    percent, kappa = read.agreement(text)
    figures = state_figures(a.presses, b.presses, a.tasks)
    assert abs(percent - figures.percent * 100) <= 0.5 + 1e-9
    assert abs(kappa - figures.kappa) <= 0.005 + 1e-9
    for person, printed_events in read.events(text).items():
        own = [cell for (_, code), cell in counted.items() if person_of(code) == person]
        agreed = sum(len(cell.both) for cell in own)
        assert printed_events == (agreed, agreed + sum(cell.one for cell in own))
    gaps = [abs(x - y) for x, y in zip(RATINGS_A, RATINGS_B, strict=True)]
    assert read.rated(text) == (gaps.count(0), sum(gap <= 1 for gap in gaps), len(gaps))
    assert text.count(ANSWER) == 2 * len(QUESTIONS), "under its question, and in short on page one"
    assert CHILDS_VIEW in text


def lone_by_dimension(counted: dict[tuple[int, str], Cell]) -> list[int]:
    """What is told in one sentence at the end of each dimension: marks of one alone."""
    numbers = []
    for dimension in read.SCHEME.dimensions:
        own = [cell for (_, code), cell in counted.items() if read.dimension_of(code) == dimension.id]
        number = sum(cell.one for cell in own)
        if number:
            numbers.append(number)
    return numbers


def states_equal_the_count(text: str, a: Coded, b: Coded) -> None:
    whole = sum(t.end - t.start for t in a.tasks)
    for code, (seconds, percent) in read.states(text).items():
        time = common_time(a.presses, b.presses, code, a.tasks)
        assert abs(seconds - time / 1_000_000) < 1
        assert abs(percent - time / whole * 100) <= 0.5 + 1e-9


def report(film: CodedFilm, a: Coded, b: Coded) -> str:
    """One line for who runs the whole film: how much was pressed, and the figures."""
    figures = state_figures(a.presses, b.presses, a.tasks)
    counted = cells(a.presses, b.presses, a.tasks).values()
    both, one = sum(len(c.both) for c in counted), sum(c.one for c in counted)
    return (
        f"{film.path.name}: {len(a.tasks)} tasks, {len(a.presses)} + {len(b.presses)} observations pressed, "
        f"states {figures.percent:.4f} kappa {figures.kappa:.4f}, events {both} both and {one} one only"
    )
