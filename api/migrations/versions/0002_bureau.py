"""A bureau's filled tables, marks of quotas, and batches of earlier years."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "listed",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("batch_id", sa.String(length=16), nullable=False),
        sa.Column("file", sa.String(length=255), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("enterprise", sa.String(length=200), nullable=False),
        sa.Column("standing", sa.Integer(), nullable=False),
        sa.Column("points", sa.Float(precision=53), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("row", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_listed_batch_id"), "listed", ["batch_id"], unique=False)
    no, empty = sa.false(), "{}"
    op.add_column("batches", sa.Column("archived", sa.Boolean(), nullable=False, server_default=no))
    op.add_column("batches", sa.Column("marks", sa.JSON(), nullable=False, server_default=empty))
    op.add_column("batches", sa.Column("usage", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("copied", sa.Column("archived", sa.Boolean(), nullable=False, server_default=no))
    op.add_column("copied", sa.Column("same", sa.Boolean(), nullable=False, server_default=no))


def downgrade() -> None:
    """Back from this revision."""
    op.drop_column("copied", "same")
    op.drop_column("copied", "archived")
    op.drop_column("batches", "usage")
    op.drop_column("batches", "marks")
    op.drop_column("batches", "archived")
    op.drop_table("listed")
