"""What `make bench` reads of the figures that a benchmark printed, then and now."""

from tests.benchmarks import beside, figures


def test_every_way_of_printing_a_figure_is_read(capsys) -> None:
    figures.row("agreement, every figure of it (<= 20)", [0.001, 0.002, 0.004], "ms")
    figures.row("havainto, until its unlock window is painted", [0.41, 0.43, 0.5])
    print("  timeline paint, 4 h in sight       p50  25.5 ms   p95  44.6 ms   goal p95 <= 8 ms")
    print("  shift of 5000 observations: 675 ms   goal <= 200 ms")
    print("  BORIS 9 is not to be had here (no Python 3.12)")
    assert beside.figures_in(capsys.readouterr().out) == {
        "agreement, every figure of it": 2.0,
        "havainto, until its unlock window is painted": 0.43,
        "timeline paint, 4 h in sight": 25.5,
        "shift of 5000 observations": 675.0,
    }


def test_without_the_history_one_sentence_says_so(monkeypatch, capsys) -> None:
    monkeypatch.delenv("HAVAINTO_BEFORE", raising=False)
    monkeypatch.setattr(beside, "COMMIT", "0" * 40)
    beside.main()
    assert capsys.readouterr().out.count(".") == 1
