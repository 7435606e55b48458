"""What the coordination lays down for a declaration, and who may create one"""

import sqlalchemy as sa
from alembic import op

import server.storage.engine.types

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_TEXTS = (
    ("place", sa.String(length=100), ""),
    ("quorum", sa.Text(), "[]"),
    ("levels", sa.String(length=100), ""),
    ("languages", sa.String(length=40), "de"),
    ("withdrawal", sa.Text(), ""),
)
_MOMENT = server.storage.engine.types.UtcDateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("declarations", schema=None) as batch_op:
        for name, kind, default in _TEXTS:
            batch_op.add_column(sa.Column(name, kind, server_default=default, nullable=False))
        batch_op.add_column(sa.Column("day", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("archived_at", _MOMENT, nullable=True))
    with op.batch_alter_table("persons", schema=None) as batch_op:
        batch_op.add_column(sa.Column("may_create", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "asked",
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("ags", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["declaration_id"], ["declarations.id"], name=op.f("fk_asked_declaration_id_declarations")
        ),
        sa.ForeignKeyConstraint(["ags"], ["municipalities.ags"], name=op.f("fk_asked_ags_municipalities")),
        sa.PrimaryKeyConstraint("declaration_id", "ags", name=op.f("pk_asked")),
    )
    op.create_table(
        "setting_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=20), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["declarations.id"],
            name=op.f("fk_setting_changes_declaration_id_declarations"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_setting_changes_person_id_persons")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting_changes")),
    )
    op.create_index(op.f("ix_setting_changes_declaration_id_id"), "setting_changes", ["declaration_id", "id"])
    op.execute(
        "INSERT INTO asked (declaration_id, ags) SELECT DISTINCT p.declaration_id, m.ags FROM participants p "
        "JOIN mandates m ON m.person_id = p.person_id WHERE p.role = 'signatory'"
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_setting_changes_declaration_id_id"), table_name="setting_changes")
    op.drop_table("setting_changes")
    op.drop_table("asked")
    with op.batch_alter_table("persons", schema=None) as batch_op:
        batch_op.drop_column("may_create")
    with op.batch_alter_table("declarations", schema=None) as batch_op:
        for name in ("archived_at", "day", *(name for name, _, _ in reversed(_TEXTS))):
            batch_op.drop_column(name)
