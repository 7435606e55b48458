"""Workshops, and what is said in them"""

import sqlalchemy as sa
from alembic import op

import server.storage.engine.types

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_{table}_{column}_{target}")


def upgrade() -> None:
    moment = server.storage.engine.types.UtcDateTime(timezone=True)
    op.create_table(
        "workshops",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("closes_at", moment, nullable=False),
        sa.Column("ended_at", moment, nullable=True),
        _key("workshops", "declaration_id", "declarations"),
        _key("workshops", "person_id", "persons"),
        sa.PrimaryKeyConstraint("id", name="pk_workshops"),
        sa.UniqueConstraint("token_hash", name="uq_workshops_token_hash"),
    )
    op.create_index("ix_workshops_declaration_id", "workshops", ["declaration_id"])
    op.create_table(
        "workshop_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("guest", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("passage", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_at", moment, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("settled_at", moment, nullable=True),
        _key("workshop_notes", "workshop_id", "workshops"),
        _key("workshop_notes", "settled_by", "persons"),
        sa.PrimaryKeyConstraint("id", name="pk_workshop_notes"),
    )
    op.create_index("ix_workshop_notes_workshop_id", "workshop_notes", ["workshop_id"])
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.add_column(sa.Column("guest", sa.String(length=60), server_default="", nullable=False))


def downgrade() -> None:
    """What was taken over stays; what waits is gone."""
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.drop_column("guest")
    op.drop_table("workshop_notes")
    op.drop_table("workshops")
