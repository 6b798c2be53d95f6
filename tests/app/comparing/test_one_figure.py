"""Screen, statement and command line print the same field: a pair of two different codes is counted once everywhere."""

import csv
import json
from dataclasses import replace

import pytest

from app.commands.agreement import Question, observations
from app.comparing.comparison import comparison
from app.comparing.definitions import definitions
from app.comparing.words import dimension_lines, figure_lines, person_name
from app.errors import InputError
from app.i18n import Texts
from app.model.timecode import SECOND as S
from app.ports import Store
from app.statement.beginning import begin_statement
from app.statement.editor import read_statement
from app.statement.export import statement_document
from app.statistics.agreement import AgreementSettings
from app.statistics.figure import Interval
from app.workspace import Door
from tests.material.house import Home


@pytest.fixture
def home(qapp) -> Home:
    return Home()


#: 28 and 27 events of the adult, 22 pairs, of which 19 have one code; 2 s apart, so that nothing else pairs
ONE = [("q", 2 * i + 0.1) for i in range(22)] + [("a", 44.1 + 2 * i) for i in range(6)]
OTHER = [("a" if i < 3 else "q", 2 * i + 0.3) for i in range(22)] + [("d", 58 + 0.3 * i) for i in range(5)]


def confused(home: Home) -> None:
    home.code(home.a, sorted(ONE, key=lambda p: p[1]))
    home.code(home.b, sorted(OTHER, key=lambda p: p[1]))


def test_all_faces_print_one_figure(home, tmp_path) -> None:
    confused(home)
    found, texts = comparison(home.a, home.meeting.id), Texts("en")
    row = next(e for e in found.agreement.events if (e.person, e.dimension) == ("adult1", ""))
    assert row.agreed < row.paired < min(row.a, row.b)
    assert row.of == row.a + row.b - row.paired == row.agreed + row.differing + row.omissions
    share = f"{row.agreed} / {row.of}"

    screen = {line.title: line.figure for line in (*figure_lines(texts, found), *dimension_lines(texts, found))}
    assert screen["Adult, events"] == share

    statement = begin_statement(Door(home.a), texts, home.case_id, "en")
    tables = [p for p in read_statement(home.a, statement.id).paragraphs if p.source.startswith("agreement-table/")]
    (table,) = tables
    assert {cells[0]: cells[1] for cells in table.cells[1:]} == screen

    told = json.loads(by_command(home, tmp_path, as_json=True))
    rows = {(r["person"], r["dimension"] or ""): r for r in told["events"]}
    for event in found.agreement.events:
        printed = rows[event.person, event.dimension]
        assert (printed["agreed"], printed["of"]) == (event.agreed, event.of)
        assert printed["agreement"] == event.agreement == (event.agreed / event.of if event.of else None)
        dimension = found.scheme.dimension(event.dimension)
        title = f"{person_name(texts, event.person)}, events"
        if dimension is not None:
            title = f"{person_name(texts, event.person)} · {texts.words(dimension.name)}"
        if title in screen:
            assert screen[title] == (f"{event.agreed} / {event.of}" if event.of else "–")
    line = next(x for x in by_command(home, tmp_path, as_json=False).splitlines() if x.startswith("adult1  all"))
    assert line.split()[5:7] == [str(row.agreed), str(row.of)]


def by_command(home: Home, folder, *, as_json: bool) -> str:
    found = comparison(home.a, home.meeting.id)
    paths = []
    for name, coding in (("a", found.a), ("b", found.b)):
        paths.append(folder / f"{name}.csv")
        with paths[-1].open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            rows.writerow(["person", "code", "start_s", "end_s"])
            for o in coding.observations.values():
                rows.writerow([o.person, o.code, o.start / S, "" if o.end is None else o.end / S])
    question = Question(paths[0], paths[1], 0, 60 * S, S, S, 2 * S)
    return observations(question, lambda: found.scheme, as_json=as_json)


@pytest.mark.parametrize(
    ("language", "words"), [("fi", "vain suuntaa antava"), ("sv", "endast vägledande"), ("en", "only indicative")]
)
def test_few_events_only_point_in_a_direction(home, language: str, words: str) -> None:
    confused(home)
    found, texts = comparison(home.a, home.meeting.id), Texts(language)
    by_row = {e: e.indicative for e in found.agreement.events}
    assert set(by_row.values()) == {True, False}
    lines = [*figure_lines(texts, found), *dimension_lines(texts, found)]
    adult = next(line for line in lines if line.title == texts.tr("{person}, events", person=texts.tr("Adult")))
    assert words not in adult.detail
    small = [line for line in dimension_lines(texts, found) if line.figure != "–"]
    assert any(words in line.detail for line in small)
    ratings = lines[[line.title for line in lines].index(texts.tr("Ratings"))]
    assert (words in ratings.detail) == (found.ratings.rated < 10)


def test_an_interval_is_printed_with_its_confidence_and_the_number_of_tasks(home) -> None:
    confused(home)
    found = comparison(home.a, home.meeting.id)
    events = tuple(replace(e, interval=Interval(0.613, 0.9951, 9)) for e in found.agreement.events)
    told = replace(found, agreement=replace(found.agreement, events=events, tasks=11))
    adult = next(line for line in figure_lines(Texts("fi"), told) if line.title == "Aikuinen, tapahtumat")
    assert "95\u00a0%: 0,61–0,995; 9 tehtävää" in adult.detail


def test_no_row_for_what_the_scheme_has_no_choice_of(home) -> None:
    """Nobody can disagree on a code where there is one alone, and nobody has events where there is none."""
    confused(home)
    found = comparison(home.a, home.meeting.id)
    titles = {line.title for line in figure_lines(Texts("en"), found)}
    assert "Interaction, events" not in titles
    for event in found.agreement.events:
        assert not event.dimension or event.offered != 1


def test_ready_codings_are_compared_once(home, monkeypatch) -> None:
    from app.comparing import comparison as room

    times = []
    real = room.count
    monkeypatch.setattr(room, "count", lambda *a, **k: times.append(1) or real(*a, **k))
    confused(home)
    texts = Texts("en")
    statement = begin_statement(Door(home.a), texts, home.case_id, "en")
    once = len(times)
    first = comparison(home.a, home.meeting.id)
    begin_statement(Door(home.a), texts, home.case_id, "en")
    statement_document(Door(home.a), home.vault, statement.id)
    assert len(times) == once > 0
    assert comparison(home.a, home.meeting.id).agreement is first.agreement
    # other settings and another worker's store are another question
    comparison(home.a, home.meeting.id, AgreementSettings(S, 0, S))
    assert len(times) > once
    assert room._KEPT.keyrefs()
    assert comparison(home.b, home.meeting.id).agreement == first.agreement


def test_the_pages_ask_for_no_agreement(home, monkeypatch) -> None:
    from app.statement import material

    confused(home)
    statement = begin_statement(Door(home.a), Texts("en"), home.case_id, "en")

    def never(*_: object) -> None:
        raise AssertionError("the pages print what the paragraphs hold")

    monkeypatch.setattr(material, "comparison", never)
    document = statement_document(Door(home.a), home.vault, statement.id)
    assert dict(document.dimensions)["S"]


def test_settings_come_in_through_a_check(home) -> None:
    confused(home)
    with pytest.raises(InputError) as told:
        comparison(home.a, home.meeting.id, AgreementSettings(S, S, 2000 * S))
    assert told.value.key == "agreement-tolerance-wide"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_how_it_is_computed_can_be_read(language: str) -> None:
    read = definitions(Texts(language))
    assert len({one.title for one in read}) == len(read) >= 8
    assert all(word in " ".join(one.text for one in read) for word in ("BORIS", "19 / 33", "Fisher", "irr"))


def test_the_kept_comparison_leaves_with_its_store(home) -> None:
    import gc

    from app.comparing import comparison as room

    confused(home)
    store: Store = home.held.open(home.aino.id)
    comparison(store, home.meeting.id)
    held = len(room._KEPT)
    del store
    gc.collect()
    assert len(room._KEPT) == held - 1
