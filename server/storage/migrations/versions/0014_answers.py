"""A municipality may answer again: each answer is a row of its own, and one can be taken back"""

import sqlalchemy as sa
from alembic import op

import server.storage.engine.types

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_UNIQUE = "uq_sign_offs_revision_id_ags_number"
_NEWER = """
DELETE FROM {table} WHERE {column} IN (SELECT id FROM sign_offs WHERE number > 1)
"""


def upgrade() -> None:
    with op.batch_alter_table("sign_offs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("number", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("note", sa.Text(), nullable=False, server_default=""))
        batch_op.drop_constraint("uq_sign_offs_revision_id_ags", type_="unique")
        batch_op.create_unique_constraint(
            "uq_sign_offs_revision_id_ags_number", ["revision_id", "ags", "number"]
        )
    with op.batch_alter_table("challenges", schema=None) as batch_op:
        batch_op.add_column(sa.Column("replaces", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("note", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "withdrawals",
        sa.Column("sign_off_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", server.storage.engine.types.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_withdrawals_person_id_persons"),
        sa.ForeignKeyConstraint(
            ["sign_off_id"], ["sign_offs.id"], name="fk_withdrawals_sign_off_id_sign_offs"
        ),
        sa.PrimaryKeyConstraint("sign_off_id", name="pk_withdrawals"),
    )


def downgrade() -> None:
    """Of several answers the first is kept: the release before knew one for each revision."""
    op.drop_table("withdrawals")
    for table, column in (("signed_copies", "sign_off_id"), ("sign_offs", "id")):
        op.execute(_NEWER.format(table=table, column=column))
    with op.batch_alter_table("challenges", schema=None) as batch_op:
        batch_op.drop_column("note")
        batch_op.drop_column("replaces")
    with op.batch_alter_table("sign_offs", schema=None) as batch_op:
        batch_op.drop_constraint(_UNIQUE, type_="unique")
        batch_op.create_unique_constraint("uq_sign_offs_revision_id_ags", ["revision_id", "ags"])
        batch_op.drop_column("note")
        batch_op.drop_column("number")
