"""Decisions about suggestions"""

import sqlalchemy as sa
from alembic import op

from server.storage.engine.types import UtcDateTime

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("suggestion", sa.String(64), nullable=False),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("proposed_by", sa.BigInteger(), nullable=False),
        sa.Column("municipality", sa.String(200), nullable=False),
        sa.Column("words", sa.String(400), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["decided_by"], ["persons.id"], name=op.f("fk_decisions_decided_by_persons")),
        sa.ForeignKeyConstraint(["text_id"], ["texts.id"], name=op.f("fk_decisions_text_id_texts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    op.create_index(op.f("ix_decisions_text_id_id"), "decisions", ["text_id", "id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_decisions_text_id_id"), table_name="decisions")
    op.drop_table("decisions")
