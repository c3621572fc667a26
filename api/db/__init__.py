"""The database: engine and sessions, tables, migrations."""

from api.db.engine import Database
from api.db.tables import Base

__all__ = ["Base", "Database"]
