"""Copies that signatories sign with a certificate of their own"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("challenges", schema=None) as batch_op:
        batch_op.add_column(sa.Column("document", sa.LargeBinary(), nullable=True))
    op.create_table(
        "signed_copies",
        sa.Column("sign_off_id", sa.Integer(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["sign_off_id"], ["sign_offs.id"], name=op.f("fk_signed_copies_sign_off_id")),
        sa.PrimaryKeyConstraint("sign_off_id", name=op.f("pk_signed_copies")),
    )


def downgrade() -> None:
    op.drop_table("signed_copies")
    with op.batch_alter_table("challenges", schema=None) as batch_op:
        batch_op.drop_column("document")
