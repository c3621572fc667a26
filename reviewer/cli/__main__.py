"""``python -m reviewer.cli``."""

import sys

from reviewer.cli import main

sys.exit(main())
