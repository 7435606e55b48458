"""Until when the newest archive time stamp of a sealed document holds"""

import sqlalchemy as sa
from alembic import op

import server.storage.engine.types

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("final_documents", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("archived_until", server.storage.engine.types.UtcDateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(
            sa.Column("renewed_at", server.storage.engine.types.UtcDateTime(timezone=True), nullable=True)
        )


def downgrade() -> None:
    with op.batch_alter_table("final_documents", schema=None) as batch_op:
        batch_op.drop_column("renewed_at")
        batch_op.drop_column("archived_until")
