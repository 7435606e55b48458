"""Translations, and what was fixed of them"""

import sqlalchemy as sa
from alembic import op

import server.storage.engine.types

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_{table}_{column}_{target}")


def upgrade() -> None:
    moment = server.storage.engine.types.UtcDateTime(timezone=True)
    op.create_table(
        "translations",
        sa.Column("text_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("started_by", sa.Integer(), nullable=False),
        sa.Column("started_at", moment, nullable=False),
        _key("translations", "text_id", "texts"),
        _key("translations", "declaration_id", "declarations"),
        _key("translations", "source_id", "revisions"),
        _key("translations", "started_by", "persons"),
        sa.PrimaryKeyConstraint("text_id", name="pk_translations"),
        sa.UniqueConstraint("declaration_id", "language", name="uq_translations_declaration_id_language"),
    )
    op.create_table(
        "translation_revisions",
        sa.Column("revision_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("stretches", sa.Text(), nullable=False),
        _key("translation_revisions", "revision_id", "revisions"),
        _key("translation_revisions", "source_id", "revisions"),
        sa.PrimaryKeyConstraint("revision_id", name="pk_translation_revisions"),
    )


def downgrade() -> None:
    """The translations themselves stay in `texts`, where nothing of before leads to them."""
    op.drop_table("translation_revisions")
    op.drop_table("translations")
