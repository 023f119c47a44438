"""Texts for programs, in which nothing of a file acts on a person who reads them in a log."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

ACTIVE = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]|#(?=#(?:vso)?\\[)")
"""Characters that control a terminal, turn the direction of writing, break lines or are not seen, besides those that
JSON and XML escape by themselves; and what begins a command to a CI service, wherever it stands in its log."""


HERE = "\x00"
"""In a value for `json_pieces`, the one place of its items."""
_INDENT = 2


def json_text(value: Any, indent: int | None = None) -> str:
    """A value as JSON with a line end: readable as it is, but for characters that act, which are escaped."""
    return _inert(value, indent) + "\n"


def json_pieces(value: Any, items: Iterable[Any]) -> Iterator[str]:
    """The same indented, bit by bit, with a list of ``items`` where ``value`` is `HERE`: there may be very many."""
    before, _, behind = _inert(value, _INDENT).partition(_inert(HERE, None))
    line = before[before.rfind("\n") + 1 :]
    outer = "\n" + " " * (len(line) - len(line.lstrip(" ")))
    inner = outer + " " * _INDENT
    yield before
    begun = False
    for item in items:
        # A line end in a string is escaped.
        yield ("," if begun else "[") + inner + _inert(item, _INDENT).replace("\n", inner)
        begun = True
    yield (outer + "]" if begun else "[]") + behind + "\n"


def _inert(value: Any, indent: int | None) -> str:
    import json

    # They can only stand in strings, where JSON has an escape for each.
    return ACTIVE.sub(_escape, json.dumps(value, ensure_ascii=False, indent=indent))


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
