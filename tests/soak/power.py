"""Power cuts by the ten thousand, in an archive's life and in containers, kills, a disk that refuses, one that dies."""

from tests.power import bad_sectors, containers, cuts, kills, refusals

STATES, CONTAINER_STATES = 20_000, 100_000
#: every fifth comes after its act's end
KILLS = 2_600
PLACES, SECTORS = 60, 200


def main() -> None:
    """Each prints its figure, and holds it to what was promised."""
    kills.main(KILLS)
    cuts.main(STATES)
    containers.main(CONTAINER_STATES)
    refusals.main(PLACES)
    bad_sectors.main(SECTORS)
