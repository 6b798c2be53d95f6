"""Which page is of which table: by walking each tree from its root. What no tree leads to is told by its rows.

What a damaged page of a tree led to is not lost: those leaves lie somewhere in the file, and every page is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from storage.rescue.cells import INDEX_ABOVE, INDEX_LEAF, TABLE_ABOVE, TABLE_LEAF, below, form
from storage.rescue.sealed_pages import SealedPages

_FREE_AT = 32


@dataclass(slots=True)
class Tree:
    """The pages of a table or an index with rows on them, and how many that it leads to could not be read."""

    leaves: list[int] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)


class Walk:
    """Walks the trees of a database; a page is of one tree only."""

    def __init__(self, pages: SealedPages) -> None:
        self._pages = pages
        self.seen: set[int] = {1}
        self.seen.update(free_pages(pages))

    def tree(self, root: int) -> Tree:
        """What the page with the number `root` leads to. Pages of another tree are left to that one."""
        found = Tree()
        waiting = [root]
        while waiting:
            number = waiting.pop()
            if number in self.seen and number != 1:
                continue
            self.seen.add(number)
            page = self._pages.page(number) if 0 < number <= self._pages.count else None
            kind = form(page, number) if page is not None else 0
            if page is None or kind not in (TABLE_LEAF, TABLE_ABOVE, INDEX_LEAF, INDEX_ABOVE):
                found.lost.append(number)
                continue
            if kind in (TABLE_LEAF, INDEX_LEAF, INDEX_ABOVE):
                found.leaves.append(number)
            if kind in (TABLE_ABOVE, INDEX_ABOVE):
                waiting += reversed([one for one in below(page, number) if one not in self.seen])
        return found

    def unreached(self) -> Iterator[int]:
        """Leaves of tables that no tree led to."""
        for number in range(2, self._pages.count + 1):
            if number in self.seen:
                continue
            page = self._pages.page(number)
            if page is not None and form(page, number) == TABLE_LEAF:
                yield number


def free_pages(pages: SealedPages) -> set[int]:
    """What the database's own list of free pages says, as far as it can be read: nothing on them counts."""
    first = pages.page(1)
    if first is None:
        return set()
    found: set[int] = set()
    trunk = int.from_bytes(first[_FREE_AT : _FREE_AT + 4])
    while trunk and trunk not in found:
        found.add(trunk)
        page = pages.page(trunk)
        if page is None:
            break
        count = min(int.from_bytes(page[4:8]), len(page) // 4 - 2)
        found.update(int.from_bytes(page[8 + 4 * n : 12 + 4 * n]) for n in range(count))
        trunk = int.from_bytes(page[:4])
    return found
