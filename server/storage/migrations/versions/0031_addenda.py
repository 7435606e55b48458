"""Errata and withdrawals of what is published"""

import sqlalchemy as sa
from alembic import op

from server.storage.engine.types import UtcDateTime

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def _key(column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_addenda_{column}_{target}")


def upgrade() -> None:
    moment = UtcDateTime(timezone=True)
    with op.batch_alter_table("declarations") as table:
        table.add_column(sa.Column("retracted_at", moment, nullable=True))
    op.create_table(
        "addenda",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("corrections", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("proposed_at", moment, nullable=False),
        sa.Column("outcome", sa.String(20), server_default="", nullable=False),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("settled_at", moment, nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("short_code", sa.String(14), nullable=True),
        sa.Column("pdf", sa.LargeBinary(), nullable=True),
        sa.Column("pdf_digest", sa.String(64), nullable=True),
        sa.Column("sealed_at", moment, nullable=True),
        _key("declaration_id", "declarations"),
        _key("proposed_by", "persons"),
        _key("settled_by", "persons"),
        sa.PrimaryKeyConstraint("id", name="pk_addenda"),
        sa.UniqueConstraint("declaration_id", "number", name="uq_addenda_declaration_id_number"),
        sa.UniqueConstraint("short_code", name="uq_addenda_short_code"),
    )
    op.create_index("ix_addenda_declaration_id", "addenda", ["declaration_id"])


def downgrade() -> None:
    op.drop_table("addenda")
    with op.batch_alter_table("declarations") as table:
        table.drop_column("retracted_at")
