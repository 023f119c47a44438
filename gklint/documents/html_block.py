"""Raw HTML inside Markdown: what ends a block of it where CommonMark would not."""

from __future__ import annotations

import re
from bisect import bisect_left

from gklint.regex import lazy

VERBATIM = lazy(r"<(?:[!?]|(?:script|pre|style|textarea)(?=[\s>]|$))", re.IGNORECASE)
"""Finds the beginning of HTML that ends at a text of its own and holds no tags until then."""
ALONE = lazy(r"(?:</[a-z][a-z0-9]*[ \t]*>[ \t]*)+|(?:<br\s*/?>\s*)+", re.IGNORECASE)
"""Matches a line that has only end tags, left of what was read already, or only line breaks."""

_TABLE_TAG = lazy(r"<!--|<(/?)table(?=[\s/>])", re.IGNORECASE)


class TableTags:
    """The ``<table>`` tags of a text, each with the end of its ``</table>``, found in one pass."""

    __slots__ = ("_closes", "_opens")

    def __init__(self, text: str) -> None:
        self._closes: dict[int, int] = {}
        stack: list[int] = []
        position = 0
        while match := _TABLE_TAG.search(text, position):
            position = match.end()
            if match[1] is None:
                end = text.find("-->", position)
                if end < 0:
                    break
                position = end + 3
            elif not match[1]:
                stack.append(match.start())
            elif stack:
                end = text.find(">", position)
                self._closes[stack.pop()] = len(text) if end < 0 else end + 1
        self._opens = sorted(self._closes)

    def next_from(self, offset: int) -> tuple[int, int] | None:
        """The next table that begins at ``offset`` or later and is closed: where it begins and ends."""
        index = bisect_left(self._opens, offset)
        if index == len(self._opens):
            return None
        return self._opens[index], self._closes[self._opens[index]]
