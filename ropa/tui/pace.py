"""How threads that read share the machine with the screen, so that a key is answered while they work.

Python runs one thread at a time. A register of eighty thousand records is read and judged in seconds of pure Python;
the screen must get its turn at once, not after each has used up a long one, and not after a search for garbage
through everything that was read.
"""

from __future__ import annotations

import gc
import sys

TURN = 0.0005
"""Seconds until a thread that works gives way to one that waits; Python's own 0.005 can be felt in each key."""
YOUNG = 50_000
"""New objects between two searches for garbage; Python's own 700 means a thousand searches while a register is read."""


def smooth() -> None:
    """Short turns and few searches for garbage, for a program that answers keys."""
    sys.setswitchinterval(TURN)
    gc.set_threshold(YOUNG, 20, 100)
