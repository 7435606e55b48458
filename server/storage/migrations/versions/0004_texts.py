"""Texts: update log, writers and revisions belong to a text, no longer to the declaration itself

What is there belongs to the declaration's original, which gets the declaration's id: so references stay valid
as they are, and the copies that browsers keep still name the same text.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

import server.storage.engine.types

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES: dict[str, dict[str, bool]] = {
    "updates": {"sqlite_autoincrement": True},
    "update_bases": {},
    "writers": {},
    "revisions": {},
}
"""Those that move, with what SQLite's copies of them would else lose."""


def upgrade() -> None:
    op.create_table(
        "texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("created_at", server.storage.engine.types.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["declaration_id"], ["declarations.id"], name=op.f("fk_texts_declaration_id")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["texts.id"], name=op.f("fk_texts_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_texts")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_texts_declaration_id"), "texts", ["declaration_id"], unique=False)
    originals = sa.text("kind = 'original'")
    op.create_index(
        "uq_texts_original",
        "texts",
        ["declaration_id"],
        unique=True,
        sqlite_where=originals,
        postgresql_where=originals,
    )
    op.execute(
        "INSERT INTO texts (id, declaration_id, kind, language, name, created_at) "
        "SELECT id, id, 'original', 'de', '', created_at FROM declarations"
    )
    if on_postgresql():
        op.execute("SELECT setval('texts_id_seq', max(id)) FROM texts HAVING max(id) IS NOT NULL")
    with kept_sequence():
        for table in TABLES:
            free(table, "declaration_id")
            attach(table, "declaration_id", "text_id", "texts")


def downgrade() -> None:
    """What is derived from an original has no place in the older schema."""
    with kept_sequence():
        for table in TABLES:
            free(table, "text_id")
            renumber(table)
            attach(table, "text_id", "declaration_id", "declarations")
    op.drop_table("texts")


def renumber(table: str) -> None:
    """Text → declaration. Keys are checked row by row, so none may take the number of one that has still to
    move."""
    rows = sa.table(table, sa.column("text_id"))
    texts = sa.table("texts", sa.column("id"), sa.column("declaration_id"), sa.column("kind"))
    derived = sa.select(texts.c.id).where(texts.c.kind != "original")
    declaration = sa.select(texts.c.declaration_id).where(texts.c.id == rows.c.text_id).scalar_subquery()
    op.execute(rows.delete().where(rows.c.text_id.in_(derived)))
    op.execute(rows.update().values(text_id=-declaration))
    op.execute(rows.update().values(text_id=-rows.c.text_id))


def free(table: str, column: str) -> None:
    """Takes away what is named after the column, and its foreign key."""
    with op.batch_alter_table(table, table_kwargs=TABLES[table]) as batch:
        batch.drop_constraint(f"fk_{table}_{column}", type_="foreignkey")
        if table == "updates":
            batch.drop_index(f"ix_updates_{column}_id")
        if table == "revisions":
            batch.drop_constraint(f"uq_revisions_{column}_number", type_="unique")


def attach(table: str, column: str, name: str, target: str) -> None:
    """The column gets another name, and refers to the table `target`."""
    op.execute(f"ALTER TABLE {table} RENAME COLUMN {column} TO {name}")
    with op.batch_alter_table(table, table_kwargs=TABLES[table]) as batch:
        batch.create_foreign_key(f"fk_{table}_{name}", target, [name], ["id"])
        if table == "updates":
            batch.create_index(f"ix_updates_{name}_id", [name, "id"], unique=False)
        if table == "revisions":
            batch.create_unique_constraint(f"uq_revisions_{name}_number", [name, "number"])


@contextmanager
def kept_sequence() -> Iterator[None]:
    """SQLite forgets up to where a table's ids were given when the table is replaced by a copy; and no id of
    `updates` may ever be given again."""
    if on_postgresql():
        yield
        return
    sequence = sa.table("sqlite_sequence", sa.column("name"), sa.column("seq"))
    mine = sequence.c.name == "updates"
    given = op.get_bind().scalar(sa.select(sequence.c.seq).where(mine))
    yield
    op.execute(sequence.delete().where(mine))
    if given is not None:
        op.execute(sequence.insert().values(name="updates", seq=given))


def on_postgresql() -> bool:
    return op.get_context().dialect.name == "postgresql"
