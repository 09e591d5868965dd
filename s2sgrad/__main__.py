"""`python -m s2sgrad`."""

from __future__ import annotations

import sys

from s2sgrad.command_line import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
