"""Power cuts by the ten thousand, in the life of an archive and in containers, kills, and a disk that refuses."""

from tests.power import containers, cuts, kills, refusals


def main(states: int = 20_000, container_states: int = 100_000, many: int = 2_000, places: int = 60) -> None:
    """Each prints its figure, and holds it to what was promised."""
    kills.main(many)
    cuts.main(states)
    containers.main(container_states)
    refusals.main(places)
