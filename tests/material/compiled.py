"""Statements of SQL, compiled once for all archives of a process.

Every archive that is opened is an engine of its own, which would compile the same statements anew: a program opens one
archive, a run of tests opens thousands. The compiled statement is a text and the order of its values; whose connection
runs it makes no difference, as long as driver and dialect are of the same kind.
"""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from unittest.mock import patch

import sqlalchemy

_MOST = 4000


class _Compiled(OrderedDict):
    """Statements by what they are, whichever engine of a kind asks."""

    def get(self, key, default=None):
        return super().get(_of_a_kind(key), default)

    def __setitem__(self, key, value):
        super().__setitem__(_of_a_kind(key), value)
        if len(self) > _MOST:
            self.popitem(last=False)


def _of_a_kind(key: tuple) -> tuple:
    """SQLAlchemy's key begins with the engine's own dialect."""
    dialect, *what = key
    return type(dialect), dialect.dbapi, *what


@contextmanager
def together() -> Iterator[None]:
    """Engines made within it compile a statement once."""
    made = partial(sqlalchemy.create_engine, execution_options={"compiled_cache": _Compiled()})
    with patch.object(sqlalchemy, "create_engine", made):
        yield
