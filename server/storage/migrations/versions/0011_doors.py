"""Devices of sessions, names of passkeys, codes of login links, accounts at providers, shared limits"""

import sqlalchemy as sa
from alembic import op

import server.storage.engine.types

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = server.storage.engine.types.UtcDateTime(timezone=True)
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("device", sa.String(length=40), server_default="", nullable=False))
    with op.batch_alter_table("passkeys", schema=None) as batch_op:
        batch_op.add_column(sa.Column("name", sa.String(length=60), server_default="", nullable=False))
        batch_op.add_column(sa.Column("last_used_at", moment, nullable=True))
    with op.batch_alter_table("login_links", schema=None) as batch_op:
        batch_op.add_column(sa.Column("guarded", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("attempts", sa.Integer(), server_default="0", nullable=False))
    op.create_table(
        "identities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("last_used_at", moment, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_identities_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identities")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_identities_issuer_subject")),
    )
    op.create_index(op.f("ix_identities_person_id"), "identities", ["person_id"])
    op.create_table(
        "login_askers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("browser_hash", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", moment, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_login_askers_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_askers")),
    )
    op.create_index(op.f("ix_login_askers_person_id"), "login_askers", ["person_id"])
    op.create_table(
        "spent",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("until", moment, nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_spent")),
    )
    op.create_table(
        "limits",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("full_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_limits")),
    )


def downgrade() -> None:
    for table in ("limits", "spent", "login_askers", "identities"):
        op.drop_table(table)
    for table, names in (
        ("login_links", ("guarded", "attempts")),
        ("passkeys", ("name", "last_used_at")),
        ("sessions", ("device",)),
    ):
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name in names:
                batch_op.drop_column(name)
