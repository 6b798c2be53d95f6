"""People: what holds of them from a day on, who must not meet whom, the close network, an interpreter per person.

Until now an interpreter was the case's; now each of its adults has one, or the child where there is no adult.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

#: the roles of that time that were no adult's
CHILDREN = ("child", "sibling")


def _of_case(name: str, *columns: sa.Column[str]) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        *columns,
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["client_case.id"], name=op.f(f"fk_{name}_case_id"), deferrable=True, initially="DEFERRED"
        ),
    )
    op.create_index(op.f(f"ix_{name}_case_id"), name, ["case_id", "id"])


def _text(name: str, *, optional: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=optional)


def _persons() -> None:
    for name, default in (
        ("interpreter", "none"),
        ("interpreter_language", ""),
        ("ring", "not-drawn"),
        ("bond", "met"),
        ("same", ""),
    ):
        op.add_column("person", sa.Column(name, sa.Text(), nullable=False, server_default=default))
    op.add_column("person", sa.Column("network_only", sa.Boolean(), nullable=False, server_default=sa.false()))


def _interpreters() -> None:
    """The case's interpreter becomes each adult's, or the child's of a case without an adult."""
    case = sa.table("client_case", *map(sa.column, ("id", "interpreter", "interpreter_language")))
    person = sa.table("person", *map(sa.column, ("id", "case_id", "role", "interpreter", "interpreter_language")))
    bind = op.get_bind()
    for row in bind.execute(sa.select(case).where(case.c.interpreter != "none")).all():
        of_case = person.c.case_id == row.id
        adults = sa.and_(of_case, person.c.role.not_in(CHILDREN))
        has_adults = bind.execute(sa.select(person.c.id).where(adults).limit(1)).first() is not None
        whose = adults if has_adults else sa.and_(of_case, person.c.role == "child")
        said = {"interpreter": row.interpreter, "interpreter_language": row.interpreter_language}
        op.execute(sa.update(person).where(whose).values(**said))
    op.drop_column("client_case", "interpreter")
    op.drop_column("client_case", "interpreter_language")


def upgrade() -> None:
    _of_case("kept_apart", _text("one_id"), _text("other_id"))
    _of_case(
        "circumstance",
        _text("person_id"),
        _text("kind"),
        _text("value"),
        _text("since"),
        _text("until", optional=True),
        _text("checked"),
    )
    _persons()
    _interpreters()
