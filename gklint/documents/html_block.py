"""Raw HTML inside Markdown: where a block of it begins and how far it goes.

CommonMark ends most HTML blocks at the first blank line.  A table is followed to its own end tag all the same: drafters
leave blank lines in tables, and a table cut in two is of use to nobody.
"""

from __future__ import annotations

import re
from bisect import bisect_left

# The start conditions of CommonMark, each with the text that ends the block; None is a blank line.
_VERBATIM = re.compile(r"<(script|pre|style|textarea)(?=[\s>]|$)", re.IGNORECASE)
_BLOCK_TAG = re.compile(
    r"</?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl"
    r"|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main"
    r"|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title"
    r"|tr|track|ul)(?=\s|/?>|$)",
    re.IGNORECASE,
)
_ATTRIBUTE = r"""\s+[A-Za-z_:][A-Za-z0-9_.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?"""
_LONE_TAG = re.compile(rf"<(?:[A-Za-z][A-Za-z0-9-]*(?:{_ATTRIBUTE})*\s*/?|/[A-Za-z][A-Za-z0-9-]*\s*)>\s*")
_LONE_TAG_REACH = 4000
_CLOSING_TAGS = re.compile(r"(?:</[A-Za-z][A-Za-z0-9]*[ \t]*>[ \t]*)+")
_TABLE_TAG = re.compile(r"<!--|<(/?)table(?=[\s/>])", re.IGNORECASE)


def block_end(text: str) -> tuple[bool, str | None, bool]:
    """Whether an HTML block begins with this line (from its ``<`` on), what ends it, and whether it ends a paragraph.

    The end is the lower-case text to look for, or None for the next blank line.
    """
    second = text[1:2]
    if second == "!":
        if text.startswith("<!--"):
            return True, "-->", True
        if text.startswith("<![CDATA["):
            return True, "]]>", True
        return (True, ">", True) if text[2:3].isalpha() and text[2:3].isascii() else (False, None, False)
    if second == "?":
        return True, "?>", True
    match = _VERBATIM.match(text)
    if match:
        return True, f"</{match[1].lower()}>", True
    if _BLOCK_TAG.match(text):
        return True, None, True
    if len(text) <= _LONE_TAG_REACH and _LONE_TAG.fullmatch(text):
        return True, None, False
    return False, None, False


def only_closing_tags(text: str) -> bool:
    """Whether a line holds end tags and nothing else: what is left of a block that was read already."""
    return text.startswith("</") and _CLOSING_TAGS.fullmatch(text) is not None


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

    def first_end(self, start: int, end: int) -> int | None:
        """Where the first table that begins in ``[start, end)`` ends; None without one, or one that is never closed."""
        index = bisect_left(self._opens, start)
        if index < len(self._opens) and self._opens[index] < end:
            return self._closes[self._opens[index]]
        return None
