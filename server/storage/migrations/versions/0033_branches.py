"""Branches"""

import sqlalchemy as sa
from alembic import op

import server.storage.engine.types

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def _key(column: str, target: str, key: str = "id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.{key}"], name=f"fk_branches_{column}_{target}")


def upgrade() -> None:
    moment = server.storage.engine.types.UtcDateTime(timezone=True)
    op.create_table(
        "branches",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("ags", sa.String(length=8), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("proposals", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("shared_by", sa.Integer(), nullable=True),
        sa.Column("shared_at", moment, nullable=True),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("settled_at", moment, nullable=True),
        sa.Column("discarded_at", moment, nullable=True),
        _key("declaration_id", "declarations"),
        _key("person_id", "persons"),
        _key("ags", "municipalities", "ags"),
        _key("shared_by", "persons"),
        _key("settled_by", "persons"),
        sa.PrimaryKeyConstraint("id", name="pk_branches"),
    )
    op.create_index("ix_branches_declaration_id", "branches", ["declaration_id"])
    op.create_index("ix_branches_person_id", "branches", ["person_id"])


def downgrade() -> None:
    """What was prepared and not shared is gone; what was shared stands in the texts."""
    op.drop_table("branches")
    texts = sa.table("texts", sa.column("id"), sa.column("kind"))
    branches = sa.select(texts.c.id).where(texts.c.kind == "branch")
    for name in ("updates", "update_bases", "writers", "visits", "revisions"):
        table = sa.table(name, sa.column("text_id"))
        op.execute(sa.delete(table).where(table.c.text_id.in_(branches)))
    op.execute(sa.delete(texts).where(texts.c.kind == "branch"))
