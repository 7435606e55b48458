"""Versions of privacy notice, imprint and accessibility statement; days on which retention was applied"""

import sqlalchemy as sa
from alembic import op

import server.storage.engine.types

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "legal_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=False),
        sa.Column("saved_at", server.storage.engine.types.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["saved_by"], ["persons.id"], name="fk_legal_texts_saved_by_persons"),
        sa.PrimaryKeyConstraint("id", name="pk_legal_texts"),
        sa.UniqueConstraint("page", "language", "number", name="uq_legal_texts_page_language_number"),
    )
    op.create_table(
        "retention_runs",
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_retention_runs"),
    )


def downgrade() -> None:
    op.drop_table("retention_runs")
    op.drop_table("legal_texts")
