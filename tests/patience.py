"""How long anything may take before it counts as one that never ends."""

from __future__ import annotations

import sys


def seconds(usual: float) -> float:
    """So many seconds; more where each line that runs is looked at, which takes several times as long."""
    return usual * 10 if sys.gettrace() is not None else usual
