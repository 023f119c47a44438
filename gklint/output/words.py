"""What several formats write of a finding, and how XML and columns in other units are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

from gklint.documents.model import Span
from gklint.documents.source import Source
from gklint.findings import Finding
from gklint.output.cells import plain
from gklint.output.context import Context
from gklint.output.inert import ACTIVE

_XML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


def message(finding: Finding, context: Context) -> str:
    """The message of a finding on one line."""
    return plain(finding.message.in_language(context.language(finding)))


def details(finding: Finding, context: Context) -> Iterator[str]:
    """What else is said of a finding, a line each: the sums written out, the other places that belong to it."""
    lang = context.language(finding)
    if finding.equation is not None:
        yield from (f"= {plain(part)}" for part in finding.equation.in_language(lang).split("\n"))
    for related in finding.related:
        yield f"{related.span.line}: {plain(related.message.in_language(lang))}"


def xml(text: str) -> str:
    """A text for XML, between tags or in an attribute.

    What no XML document may hold, not even as a reference, is replaced; a line end stays one in an attribute too, and
    a character that would turn the direction of writing is a reference.
    """
    written = "".join(_XML.get(char, char) if _allowed(char) else "\ufffd" for char in text)
    return ACTIVE.sub(_reference, written)


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


def _allowed(char: str) -> bool:
    return char in "\t\n\r" or " " <= char <= "\ud7ff" or "\ue000" <= char <= "\ufffd" or char >= "\U00010000"


def column_in(unit: str, source: Source | None, line: int, column: int) -> int:
    """A column (1-based, in code points) counted in another unit; as it is where the line is not known.

    A unit is ``characters`` (code points), ``utf16`` (its code units) or ``bytes`` (of UTF-8).
    """
    if unit == "characters" or source is None or not 1 <= line <= len(source.lines):
        return column
    text = source.lines[line - 1]
    if text.isascii():
        return column
    offset = min(column - 1, len(text))
    if offset <= _STEP:
        return _size(text[:offset], unit) + 1
    step = offset // _STEP
    return _sizes(text, unit)[step] + _size(text[step * _STEP : offset], unit) + 1


_STEP = 1000


@lru_cache(maxsize=8)
def _sizes(line: str, unit: str) -> list[int]:
    """The sizes of the parts of a long line that end after each thousand characters.

    A whole page can be one line with any number of findings: it must not be measured for each of them.
    """
    parts = (_size(line[start : start + _STEP], unit) for start in range(0, len(line), _STEP))
    return list(accumulate(parts, initial=0))


def _size(text: str, unit: str) -> int:
    if unit == "utf16":
        return len(text.encode("utf-16-le", "surrogatepass")) // 2
    return len(text.encode("utf-8", "surrogatepass"))


def span_in(unit: str, source: Source | None, span: Span) -> Span:
    """A span whose columns count another unit."""
    return Span(
        span.line,
        column_in(unit, source, span.line, span.column),
        span.end_line,
        column_in(unit, source, span.end_line, span.end_column),
    )
