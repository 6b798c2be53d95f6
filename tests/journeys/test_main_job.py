"""The main job end to end: a film taken in, coded by two independently with keys, compared, written and read back."""

from tests.journeys.archive_steps import LEENA, add_second_worker, lock, make_archive, sign_in
from tests.journeys.case_steps import make_case, make_meeting, take_film_in
from tests.journeys.coded_film import coded_film
from tests.journeys.coding_steps import Coder


def test_from_a_film_to_a_statement_of_two_codings(program, hands, tmp_path, monkeypatch) -> None:
    import time
    t0=time.time()
    film = coded_film(tmp_path)
    make_archive(hands, program, tmp_path)
    print("archive", time.time()-t0)
    add_second_worker(hands, program)
    print("worker", time.time()-t0)
    make_case(hands, program)
    print("case", time.time()-t0)
    meeting_id = make_meeting(hands, program, film)
    print("meeting", time.time()-t0)
    take_film_in(hands, program, film, monkeypatch)
    print("film", time.time()-t0)

    a = Coder(hands, program, meeting_id).do_all(film, film.a, (4, 3, 5))
    print("A coded", time.time()-t0)
    import threading
    print([x.name for x in threading.enumerate()])
    lock(hands, program)
    print([x.name for x in threading.enumerate()])
    sign_in(hands, program, LEENA)
    b = Coder(hands, program, meeting_id).do_all(film, film.b, (3, 3, 5))
    print("B coded", time.time()-t0)
