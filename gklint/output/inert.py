"""Texts for programs, in which nothing of a file acts on a person who reads them in a log."""

from __future__ import annotations

import re
from typing import Any

ACTIVE = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]|#(?=#(?:vso)?\\[)")
"""Characters that control a terminal, turn the direction of writing, break lines or are not seen, besides those that
JSON and XML escape by themselves; and what begins a command to a CI service, wherever it stands in its log."""


def json_text(value: Any, indent: int | None = None) -> str:
    """A value as JSON with a line end: readable as it is, but for characters that act, which are escaped."""
    import json

    # They can only stand in strings, where JSON has an escape for each.
    return ACTIVE.sub(_escape, json.dumps(value, ensure_ascii=False, indent=indent)) + "\n"


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
