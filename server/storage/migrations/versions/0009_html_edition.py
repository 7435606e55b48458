"""The HTML edition beside the sealed PDF"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("final_documents", schema=None) as batch_op:
        batch_op.add_column(sa.Column("html", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("html_digest", sa.String(length=64), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("final_documents", schema=None) as batch_op:
        batch_op.drop_column("html_digest")
        batch_op.drop_column("html")
