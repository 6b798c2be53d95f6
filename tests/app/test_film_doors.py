"""Every door that opens a film is known, and those through which one is looked at ask its consents first."""

import ast
from pathlib import Path

from app.casework.film_use import Use

TREE = Path(__file__).parents[2]
#: what opens a film, in this function or in one that it calls, and asks or is asked before
ASKS = {
    "app/films/reels.py:reels": "demand_use",
    "app/films/reels.py:derived": "may_be_used",
    "app/clips/examples.py:example_reel": "demand_shown",
    "app/clips/examples.py:demand_shown": "demand_use",
    "app/clips/leaving.py:leave": "demand_leaving",
    "app/clips/leaving.py:demand_leaving": "demand_use",
    "app/clips/permitted.py:shown_reels": "demand_shown",
    "app/supervising/film.py:shown_reels": "demand_shown",
}
#: who opens one, and why a person sees nothing of it that was not asked for
OPENS = {
    "app/clips/examples.py:example_reel": "asks",
    "app/clips/leaving.py:leave": "asks, before and after a covered clip is written",
    "app/clips/leaving.py:_second": "called by `leave`, for the other camera of the same meeting",
    "app/clips/permitted.py:shown_reels": "asks",
    "app/containers.py:read": "photographed forms and pages of final statements, no films",
    "app/demo/self_test.py:_sound": "the drawn film of an archive that goes afterward",
    "app/filming/takes.py:indexed": "its index, when filming ends",
    "app/filming/trial.py:_show": "ten seconds of the room, gone after they were watched",
    "app/films/again.py:_opens": "whether it can be opened",
    "app/films/again.py:known": "whether a file that is offered is the same film",
    "app/films/copies.py:_make_part": "its small copy, opened by `reels` and `derived` alone",
    "app/films/copies.py:_make_piece": "its small copy for a player that `reels` has opened",
    "app/films/intake.py:_verified": "what was just taken in",
    "app/films/reels.py:_opens": "whether it can be opened",
    "app/films/reels.py:open_derived": "asks by `derived`",
    "app/films/reels.py:reel": "called by `reels` and `known`",
    "app/films/reels.py:reels": "asks",
    "app/films/reels.py:scrub_part": "called by `reel`, and for films that `reels` has opened",
    "app/supervising/film.py:shown_reels": "asks, once the showing is on record",
}
#: where a player is handed films, and from whom it has them
PLAYED = {
    "app/filming/trial.py": "its own",
    "widgets/feedback/cover_dialog.py": "reels",
    "widgets/feedback/held_clip.py": "shown_reels",
    "widgets/films/example_clip.py": "example_reel",
    "widgets/films/self_test.py": "a clip of its own",
    "widgets/films/session.py": "reels",
    "widgets/films/sync_dialog.py": "reels",
}
#: who tells the access log what was seen of them; the others' are no client's, or lie open in a room that tells it
TELLS = {
    "widgets/feedback/cover_dialog.py",
    "widgets/feedback/held_clip.py",
    "widgets/films/example_clip.py",
    "widgets/films/session.py",
}
TELLS_NOT = {
    "app/filming/trial.py": "gone after it was watched, before anybody is filmed",
    "widgets/films/self_test.py": "a clip of its own",
    "widgets/films/sync_dialog.py": "opened from a room in which both films are",
}


class Calls(ast.NodeVisitor):
    """Of one module by the function they stand in: names that are called or handed on, and what of a vault is used."""

    def __init__(self, module: str) -> None:
        self.module, self.inside = module, ""
        self.names: dict[str, set[str]] = {}

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        outer = self.inside
        self.inside = outer or node.name  # a function within one is part of it
        self.generic_visit(node)
        self.inside = outer

    def visit_Attribute(self, node: ast.Attribute) -> None:
        of = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
        self._note(f"{of.lstrip('_')}.{node.attr}")
        self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        self._note(node.id)

    def _note(self, name: str) -> None:
        self.names.setdefault(f"{self.module}:{self.inside}", set()).add(name)


def called() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for folder in ("app", "widgets"):
        for path in sorted((TREE / folder).rglob("*.py")):
            calls = Calls(path.relative_to(TREE).as_posix())
            calls.visit(ast.parse(path.read_text(encoding="utf-8")))
            found |= calls.names
    return found


CALLED = called()


def test_who_opens_a_film_is_listed() -> None:
    doors = {"media.open", "media.open_file", "reel"}
    found = {place for place, names in CALLED.items() if names & doors - ({"reel"} if _is_screen(place) else set())}
    assert found == set(OPENS)
    assert not any(map(_is_screen, found)), "a screen opens none by itself"


def _is_screen(place: str) -> bool:
    return place.startswith("widgets/")


def test_what_is_looked_at_asks() -> None:
    assert [place for place, asked in ASKS.items() if asked not in CALLED[place]] == []


def test_a_player_has_its_films_from_who_asks() -> None:
    found = {place for place, names in CALLED.items() if "player.open" in names}
    assert {place.partition(":")[0] for place in found} == set(PLAYED)
    for module, giver in PLAYED.items():
        if giver.isidentifier():
            assert any(giver in names for place, names in CALLED.items() if place.startswith(f"{module}:")), module


def test_what_is_played_is_told_to_the_access_log_by_one_counter() -> None:
    counts = {place.partition(":")[0] for place, names in CALLED.items() if "PlayedFilms" in names}
    assert counts == TELLS
    assert TELLS | TELLS_NOT.keys() == PLAYED.keys()


def test_every_use_that_is_listed_is_asked_for_by_a_door() -> None:
    asked = {name for place, names in CALLED.items() if "film_use.py" not in place for name in names}
    assert [use.name for use in Use if f"Use.{use.name}" not in asked] == []
