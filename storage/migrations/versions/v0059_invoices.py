"""Prices of customers, and the bases of invoices with what stands on them. There was neither."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

_PRICE = ("id", "customer", "product", "first", "per", "works", "exempt")
_BASIS = ("id", "made", "by", "side", "customer", "first", "last", "lines")


def upgrade() -> None:
    """Nothing has a price, and nothing was invoiced, until the office says so."""
    op.create_table(
        "price",
        *(sa.Column(name, sa.Text(), nullable=False) for name in _PRICE),
        sa.Column("last", sa.Text(), nullable=True),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("cents", "km_cents", "vat", "revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price")),
    )
    op.create_table(
        "invoice_basis",
        *(sa.Column(name, sa.Text(), nullable=False) for name in _BASIS),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("number", "revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice_basis")),
    )
    op.create_index(op.f("uq_invoice_basis_number"), "invoice_basis", ["number"], unique=True)
