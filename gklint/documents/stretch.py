"""Stretches of whole lines: whether one can be taken out of a document and put somewhere else in it."""

from __future__ import annotations

import re

from gklint.documents.model import Located
from gklint.documents.source import Source
from gklint.regex import lazy

# What may stand in front of a heading's text on its line: markup and blanks, of which none is part of a container.
_MARKUP = lazy(r"<[^<>]*>|&(?:nbsp|emsp|ensp);|[\s#*_\u3000]+")
_TAG = lazy(r"<!--.*?(?:-->|\Z)|<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*?(/?)>", re.DOTALL)
_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"))


def begins_line(source: Source, heading: Located) -> bool:
    """Whether nothing but its own markup stands before a heading on its line."""
    before = source.lines[heading.line - 1][: heading.column - 1]
    return not _MARKUP.sub("", before)


def is_whole(text: str, format: str) -> bool:
    """Whether a part of a document of a format is complete in itself: no element begins or ends outside of it."""
    if format == "text":
        return True
    stack: list[str] = []
    for tag in _TAG.finditer(text):
        name = (tag[2] or "").lower()
        if not name or name in _VOID or tag[3]:
            continue
        if not tag[1]:
            stack.append(name)
        elif not stack or stack.pop() != name:
            return False
    return not stack
