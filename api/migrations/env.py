"""Alembic's entry: one transaction that no other process can run beside."""

from __future__ import annotations

from alembic import context

from api.db.engine import Database
from api.db.tables import Base

_LOCK = 0x5EED_C0DE


def main() -> None:
    """Run the migrations on the database that ``upgrade.config`` was given.

    The lock ends with the transaction: a pooled connection must not hold it for a process's life.
    """
    database: Database = context.config.attributes["database"]
    engine = database.engine.execution_options(writes=True)  # SQLite: the write lock at once
    with engine.connect() as connection:
        if not database.is_sqlite:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            transactional_ddl=False,
        )
        context.run_migrations()
        connection.commit()


main()
