"""Checkpoints have names and those who took part; what each person has seen of a text"""

import sqlalchemy as sa
from alembic import op

from server.storage.engine.types import UtcDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("checkpoints", schema=None) as batch_op:
        batch_op.add_column(sa.Column("name", sa.String(120), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("took_part", sa.Text(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("scrubbed_at", UtcDateTime(), nullable=True))
    op.create_table(
        "visits",
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.Column("seen", SERIAL, nullable=False),
        sa.Column("before_at", UtcDateTime(), nullable=True),
        sa.Column("before", SERIAL, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_visits_person_id")),
        sa.ForeignKeyConstraint(["text_id"], ["texts.id"], name=op.f("fk_visits_text_id")),
        sa.PrimaryKeyConstraint("text_id", "person_id", name=op.f("pk_visits")),
    )


def downgrade() -> None:
    op.drop_table("visits")
    with op.batch_alter_table("checkpoints", schema=None) as batch_op:
        batch_op.drop_column("scrubbed_at")
        batch_op.drop_column("took_part")
        batch_op.drop_column("name")
