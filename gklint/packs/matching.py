"""Running a pack's regular expressions: by the standard library where that is soon done, else by an automaton.

A pack may come from a stranger, and so may the text.  Where the standard library might have too many ways of matching
to try, by an estimate from the pattern and the text's length, the automaton, which takes the same time on every text of
that length, does the work.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from gklint.packs.effort import effort_of, parsed

if TYPE_CHECKING:
    from gklint.packs.automaton import Automaton, Found

MAX_TEXT = 2_000
"""Characters of a text that patterns are run on."""


class Pattern:
    """A pattern, compiled when a text might match it.  ``groups`` and ``groupindex`` as those of `re.Pattern`."""

    __slots__ = ("_automaton", "_compiled", "_needed", "_quick", "_tree", "groupindex", "groups", "pattern")

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._tree = tree = parsed(pattern)
        self._needed = _needed(tree)
        self._compiled: re.Pattern[str] | None = None
        self._quick = -1
        self._automaton: Automaton | None = None
        self.groups: int = tree.state.groups - 1
        self.groupindex: Mapping[str, int] = tree.state.groupdict

    def search(self, text: str) -> re.Match[str] | Found | None:
        """The first match in the first `MAX_TEXT` characters of the text."""
        text = text[:MAX_TEXT]
        if self._needed not in text:
            return None
        if self._compiled is None:
            self._compiled = re.compile(self.pattern)
            effort = effort_of(self._tree)
            # Longer texts are for the automaton: what there is to try only grows with the length.
            self._quick = bisect_left(range(MAX_TEXT + 1), True, key=lambda length: not effort.quick(length)) - 1
        if len(text) <= self._quick:
            return self._compiled.search(text)
        if self._automaton is None:
            from gklint.packs.automaton import Automaton

            self._automaton = Automaton(self.pattern)
        return self._automaton.search(text)


@lru_cache(maxsize=1024)
def compiled(pattern: str) -> Pattern:
    """The compiled pattern, kept for the next time."""
    return Pattern(pattern)


def _needed(tree: Any) -> str:
    """The longest text that stands in every match."""
    if tree.state.flags & re.IGNORECASE.value:
        return ""
    runs = [""]
    for operator, argument in tree:
        if str(operator) == "LITERAL":
            runs[-1] += chr(argument)
        elif str(operator) != "AT":
            runs.append("")
    return max(runs, key=len)
