"""Power cuts by the ten thousand, in the life of an archive and in containers, and a disk that refuses."""

from tests.power import containers, cuts, refusals


def main(states: int = 20_000, container_states: int = 100_000, places: int = 60) -> None:
    """Each prints its figure, and holds it to what was promised."""
    cuts.main(states)
    containers.main(container_states)
    refusals.main(places)
