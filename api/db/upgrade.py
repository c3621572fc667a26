"""Brings a database to the newest shape (Alembic), guarded against two processes at once."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config

from api.db.engine import Database

MIGRATIONS = Path(__file__).parents[1] / "migrations"


def config(database: Database) -> Config:
    """Alembic's settings for a database."""
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    made.attributes["database"] = database
    return made


def upgrade(database: Database, revision: str = "head") -> None:
    """Run the migrations that are missing."""
    command.upgrade(config(database), revision)
