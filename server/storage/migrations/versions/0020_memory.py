"""What compaction takes out of a text's log and the rooms still need"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("update_bases", schema=None) as batch_op:
        batch_op.add_column(sa.Column("memory", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("update_bases", schema=None) as batch_op:
        batch_op.drop_column("memory")
