"""Pictures that leave with a face to be seen, of made films of faces that go more than their width in three pictures.

Each is hidden from the finder for two pictures again and again. Proposed, looked at in every picture and marked where a
face was bare, reviewed, written and proven as the program does, then every picture that left is searched.
"""

from tests.benchmarks.figures import ratio
from tests.material.fast_faces import fast_film, left_of

FILMS = 12


def main() -> None:
    told = [left_of(fast_film(seed)) for seed in range(FILMS)]
    pictures = sum(one.pictures for one in told)
    proposed, marks = sum(one.bare_as_proposed for one in told), sum(one.marks for one in told)
    print(f"  {FILMS} films, {pictures} pictures; bare in {proposed} as proposed, {marks} marks by hand")
    ratio("pictures that left with a face to be seen", sum(one.bare for one in told), "0")


if __name__ == "__main__":
    main()
