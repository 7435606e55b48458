"""Sections of texts"""

import sqlalchemy as sa
from alembic import op

import server.storage.engine.types

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def _key(column: str, target: str, key: str = "id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.{key}"], name=f"fk_sections_{column}_{target}")


def upgrade() -> None:
    op.create_table(
        "sections",
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("ags", sa.String(length=8), nullable=True),
        sa.Column("digest", sa.String(length=64), server_default="", nullable=False),
        sa.Column("agreed_by", sa.Integer(), nullable=True),
        sa.Column("agreed_at", server.storage.engine.types.UtcDateTime(timezone=True), nullable=True),
        _key("text_id", "texts"),
        _key("ags", "municipalities", "ags"),
        _key("agreed_by", "persons"),
        sa.PrimaryKeyConstraint("text_id", "key", name="pk_sections"),
    )


def downgrade() -> None:
    op.drop_table("sections")
