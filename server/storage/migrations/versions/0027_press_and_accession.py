"""Templates and previews for newsrooms; accessions and their sealed annexes"""

import sqlalchemy as sa
from alembic import op

from server.storage.engine.types import UtcDateTime

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def _moment() -> UtcDateTime:
    return UtcDateTime(timezone=True)


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{target.partition('.')[0]}"
    return sa.ForeignKeyConstraint([column], [target], name=op.f(name))


def upgrade() -> None:
    op.create_table(
        "press_templates",
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", _moment(), nullable=False),
        _key("press_templates", "declaration_id", "declarations.id"),
        _key("press_templates", "changed_by", "persons.id"),
        sa.PrimaryKeyConstraint("declaration_id", "kind", name=op.f("pk_press_templates")),
    )
    op.create_table(
        "previews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("created_at", _moment(), nullable=False),
        sa.Column("ended_at", _moment(), nullable=True),
        _key("previews", "declaration_id", "declarations.id"),
        _key("previews", "person_id", "persons.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_previews")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_previews_token_hash")),
    )
    op.create_index(op.f("ix_previews_declaration_id"), "previews", ["declaration_id"])
    op.create_table(
        "annexes",
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("short_code", sa.String(14), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.Column("pdf_digest", sa.String(64), nullable=False),
        sa.Column("municipalities", sa.Text(), nullable=False),
        sa.Column("sealed_by", sa.Integer(), nullable=False),
        sa.Column("sealed_at", _moment(), nullable=False),
        _key("annexes", "declaration_id", "declarations.id"),
        _key("annexes", "sealed_by", "persons.id"),
        sa.PrimaryKeyConstraint("declaration_id", "number", name=op.f("pk_annexes")),
        sa.UniqueConstraint("short_code", name=op.f("uq_annexes_short_code")),
    )
    op.create_table(
        "accessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("ags", sa.String(8), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("asked_at", _moment(), nullable=False),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("settled_at", _moment(), nullable=True),
        sa.Column("token_hash", sa.String(64), nullable=False),
        _key("accessions", "declaration_id", "declarations.id"),
        _key("accessions", "ags", "municipalities.ags"),
        _key("accessions", "settled_by", "persons.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_accessions_token_hash")),
    )
    op.create_index(op.f("ix_accessions_declaration_id"), "accessions", ["declaration_id"])


def downgrade() -> None:
    op.drop_table("accessions")
    op.drop_table("annexes")
    op.drop_table("previews")
    op.drop_table("press_templates")
