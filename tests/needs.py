"""Says aloud which programs the tests need and this machine lacks; in CI that is a failure."""

from __future__ import annotations

import os
import shutil
import sys

NEEDS = {
    "LibreOffice": ("soffice",),
    "Chromium": ("chromium", "chromium-browser", "google-chrome"),
    "OpenSSL": ("openssl",),
    "PostgreSQL": ("pg_ctlcluster", "pg_ctl", "initdb"),
}


def missing() -> list[str]:
    """Names of the programs that are not installed."""
    return [name for name, words in NEEDS.items() if not any(map(shutil.which, words))]


def main() -> int:
    lacking = missing()
    for name in lacking:
        print(f"NOT TESTED: {name} is not installed, so the tests that need it are skipped.")
    return int(bool(lacking) and os.environ.get("CI") == "true")


if __name__ == "__main__":
    sys.exit(main())
