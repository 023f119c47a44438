"""A count of files on the terminal while a long run goes on."""

from __future__ import annotations

import time
from typing import TextIO

DELAY = 0.5
"""Seconds that a run may take before it says anything."""
INTERVAL = 0.1


class Progress:
    """Writes ``12/340`` over and over on one line of ``stream``, and nothing at all in a short run."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._next = time.monotonic() + DELAY
        self._written = 0

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now < self._next or total < 2:
            return
        self._next = now + INTERVAL
        text = f"{done}/{total}"
        self._stream.write("\r" + text.ljust(self._written))
        self._stream.flush()
        self._written = max(self._written, len(text))

    def erase(self) -> None:
        """Remove what was written."""
        if self._written:
            self._stream.write("\r" + " " * self._written + "\r")
            self._stream.flush()
            self._written = 0
