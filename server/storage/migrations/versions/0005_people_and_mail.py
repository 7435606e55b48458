"""The language that each person is written to, and who is sending which mail"""

import sqlalchemy as sa
from alembic import op

import server.storage.engine.types

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("persons", schema=None) as batch_op:
        batch_op.add_column(sa.Column("language", sa.String(length=2), server_default="de", nullable=False))
    with op.batch_alter_table("mails", schema=None) as batch_op:
        batch_op.add_column(sa.Column("refusals", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("claimed_by", sa.String(length=16), nullable=True))
        for name in ("claimed_until", "due_at"):
            batch_op.add_column(
                sa.Column(name, server.storage.engine.types.UtcDateTime(timezone=True), nullable=True)
            )
        batch_op.create_index(op.f("ix_mails_sent_at"), ["sent_at"])


def downgrade() -> None:
    with op.batch_alter_table("mails", schema=None) as batch_op:
        batch_op.drop_index(op.f("ix_mails_sent_at"))
        for name in ("due_at", "claimed_until", "claimed_by", "refusals"):
            batch_op.drop_column(name)
    with op.batch_alter_table("persons", schema=None) as batch_op:
        batch_op.drop_column("language")
