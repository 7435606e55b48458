"""Links to sign belong to a revision; a further revision says what changed"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_KEY = "fk_login_links_revision_id_revisions"


def upgrade() -> None:
    with op.batch_alter_table("login_links") as batch:
        batch.add_column(sa.Column("revision_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(_KEY, "revisions", ["revision_id"], ["id"])
    with op.batch_alter_table("revisions") as batch:
        batch.add_column(sa.Column("nature", sa.String(20), server_default="", nullable=False))
        batch.add_column(sa.Column("change", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("revisions") as batch:
        batch.drop_column("change")
        batch.drop_column("nature")
    op.execute("DELETE FROM login_links WHERE revision_id IS NOT NULL")
    with op.batch_alter_table("login_links") as batch:
        batch.drop_constraint(_KEY, type_="foreignkey")
        batch.drop_column("revision_id")
