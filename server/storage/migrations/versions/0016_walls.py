"""Links to the page for the hall"""

import sqlalchemy as sa
from alembic import op

import server.storage.engine.types

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "walls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("created_at", server.storage.engine.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", server.storage.engine.types.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["declaration_id"], ["declarations.id"], name=op.f("fk_walls_declaration_id_declarations")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_walls_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_walls")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_walls_token_hash")),
    )
    op.create_index(op.f("ix_walls_declaration_id"), "walls", ["declaration_id"])


def downgrade() -> None:
    op.drop_table("walls")
