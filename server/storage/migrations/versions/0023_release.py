"""The hour of the public page, its lock, and who decides about it"""

import sqlalchemy as sa
from alembic import op

from server.storage.engine.types import UtcDateTime

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def _moment() -> UtcDateTime:
    return UtcDateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("declarations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("release_at", _moment(), nullable=True))
        batch_op.add_column(
            sa.Column("confidential", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(sa.Column("four_eyes", sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.create_index(op.f("ix_declarations_release_at"), ["release_at"])
    op.create_table(
        "release_proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(20), nullable=False),
        sa.Column("hour", _moment(), nullable=True),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("proposed_at", _moment(), nullable=False),
        sa.Column("outcome", sa.String(20), server_default="", nullable=False),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("settled_at", _moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["declarations.id"],
            name=op.f("fk_release_proposals_declaration_id_declarations"),
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["persons.id"], name=op.f("fk_release_proposals_proposed_by_persons")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["persons.id"], name=op.f("fk_release_proposals_settled_by_persons")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_proposals")),
    )
    op.create_index(op.f("ix_release_proposals_declaration_id"), "release_proposals", ["declaration_id"])


def downgrade() -> None:
    op.drop_table("release_proposals")
    with op.batch_alter_table("declarations", schema=None) as batch_op:
        batch_op.drop_index(op.f("ix_declarations_release_at"))
        batch_op.drop_column("four_eyes")
        batch_op.drop_column("confidential")
        batch_op.drop_column("release_at")
