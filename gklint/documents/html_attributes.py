"""What the attributes of an HTML element say that matters to a reader of text: hidden, bold, spanning."""

from __future__ import annotations

import re

from gklint.regex import lazy

IS_STRONG, IS_PRE, IS_UNREAD = 1, 2, 4
"""What an element does to the text inside of it."""

MAX_COLSPAN = 1000
MAX_ROWSPAN = 65534

_ATTRIBUTE = lazy(
    r"""([^ \t\n\r\f/>=][^ \t\n\r\f/>=]*+)
        (?:[ \t\n\r\f]*+=[ \t\n\r\f]*+("[^"]*+"|'[^']*+'|[^ \t\n\r\f>]*+))?+""",
    re.VERBOSE,
)
_TELLING = lazy(r"hidden|display|font-weight", re.IGNORECASE)
_HIDDEN_STYLE = lazy(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))(?![\w-])", re.IGNORECASE)
_WEIGHT = lazy(r"(?:^|[;\s])font-weight\s*:\s*([a-z]{1,10}|[0-9]{1,4})(?![\w-])", re.IGNORECASE)
_SPANNING = lazy("(?:row|col)span", re.IGNORECASE)
_SPAN_NUMBER = lazy(r"[ \t\n\r\f]*\+?0*([0-9]+)")


def attributes(text: str, start: int, end: int) -> dict[str, str]:
    """The attributes in ``text[start:end]``, names in lower case; of two of one name the first counts."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text, start, end):
        value = match[2] or ""
        if value[:1] in ('"', "'") and value[-1:] == value[:1] and len(value) > 1:
            value = value[1:-1]
        found.setdefault(match[1].lower(), value)
    return found


def styled(text: str, start: int, end: int, flags: int = 0) -> int:
    """What an element does that would do ``flags`` without the attributes in ``text[start:end]``."""
    if _TELLING.search(text, start, end) is None:
        return flags
    found = attributes(text, start, end)
    style = found.get("style", "")
    if "hidden" in found or _HIDDEN_STYLE.search(style):
        return IS_UNREAD
    weight = _WEIGHT.search(style)
    if weight is None:
        return flags
    bold = weight[1].lower() in ("bold", "bolder") or (weight[1].isdigit() and int(weight[1]) >= 600)
    return flags | IS_STRONG if bold else flags & ~IS_STRONG


def spans(text: str, start: int, end: int) -> tuple[int, int]:
    """The rowspan and the colspan that the attributes in ``text[start:end]`` give; a rowspan of 0 has no end."""
    if _SPANNING.search(text, start, end) is None:
        return 1, 1
    found = attributes(text, start, end)
    return _span(found.get("rowspan"), MAX_ROWSPAN, 0), _span(found.get("colspan"), MAX_COLSPAN, 1)


def _span(written: str | None, most: int, zero: int) -> int:
    """The number of a rowspan or colspan attribute; ``zero`` is what 0 means."""
    number = _SPAN_NUMBER.match(written) if written else None
    if number is None:
        return 1
    digits = number[1]
    if len(digits) > 6:
        return most
    return min(int(digits), most) or zero
