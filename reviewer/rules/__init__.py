"""Rules: from what was declared to what is wrong with it, where, and how to mend it."""

from reviewer.rules.context import Context
from reviewer.rules.runner import build, run

__all__ = ["Context", "build", "run"]
