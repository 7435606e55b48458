"""Files that somebody brought as a text and is looking through"""

import sqlalchemy as sa
from alembic import op

import server.storage.engine.types

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "text_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("stamp", sa.String(32), nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", server.storage.engine.types.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["declaration_id"], ["declarations.id"], name="fk_text_imports_declaration_id_declarations"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_text_imports_person_id_persons"),
        sa.PrimaryKeyConstraint("id", name="pk_text_imports"),
        sa.UniqueConstraint("declaration_id", "person_id", name="uq_text_imports_declaration_id_person_id"),
    )


def downgrade() -> None:
    op.drop_table("text_imports")
