"""Inline markup of Markdown: what a reader sees of a line, with the place of every character.

Only what changes the words is resolved: emphasis, backslash escapes, character references, comments and the HTML tags
of running text.  Links, images and code spans stay as they are written.
"""

from __future__ import annotations

import re
from functools import cache

from gklint.documents.model import Located, Run
from gklint.regex import lazy

MARKUP = lazy(r"[\\&<*_]")
"""Finds whether a text holds anything that `plain` would change."""

_TOKEN = (
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<entity>&(?:\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<comment><!--)"
    r"|(?P<br><br\b[^<>]{0,200}>)"
    r"|(?P<tag></?(?:a|abbr|b|big|center|code|del|em|font|i|ins|kbd|mark|nobr|o:p|s|small|span|strike|strong|sub|sup|u)"
    r"(?:\s[^<>]{0,2000})?/?>)"
    r"|(?P<run>\*+|_+)"
    r"|(?P<ticks>`+)"
)
_STRONG = lazy(r"(\*{2,3}|_{2,3})(?![*_\s]).*(?<![*_\s])\1")

# A change to the text: from, to, and what stands there instead.
_Edit = tuple[int, int, str]


def plain(text: str, line: int, column: int, cell: bool = False) -> Located:
    """The text that stands at ``line`` and ``column`` of the source, without its inline markup.

    In a table's ``cell`` an escaped pipe is a pipe even inside a code span.
    """
    if not MARKUP.search(text):
        return Located(text, line, column)
    edits = _edits(text, cell)
    if not edits:
        return Located(text, line, column)
    return _apply(text, edits, line, column)


def is_strong(text: str) -> bool:
    """Whether the whole of a stripped text stands in one pair of strong emphasis."""
    match = _STRONG.fullmatch(text)
    return match is not None and match[1] not in text[len(match[1]) : -len(match[1])]


@cache
def _token() -> re.Pattern[str]:
    # Not compiled on import: many a report has no inline markup.
    return re.compile(_TOKEN, re.IGNORECASE)


def _edits(text: str, cell: bool) -> list[_Edit]:
    """The changes that resolve a text's markup, in order and apart from one another."""
    edits: list[_Edit] = []
    tokens = list(_token().finditer(text))
    code_ends = _code_ends(tokens)
    openers: dict[str, tuple[int, int]] = {}
    protected = 0
    in_code = False
    comments = True
    for index, token in enumerate(tokens):
        start, end = token.span()
        kind = token.lastgroup
        if start < protected:
            if cell and in_code and kind == "escape" and text[start + 1] == "|":
                edits.append((start, start + 1, ""))
            continue
        if kind == "escape":
            edits.append((start, start + 1, ""))
        elif kind == "entity":
            from html import unescape

            resolved = unescape(token[0])
            if resolved != token[0]:
                edits.append((start, end, resolved))
        elif kind == "comment":
            # Once there is no end of a comment, there is none further on: look no more.
            close = text.find("-->", end) if comments else -1
            comments = close >= 0
            if comments:
                protected = close + 3
                in_code = False
                edits.append((start, protected, ""))
        elif kind == "br":
            # At the end of a line it changes nothing that a reader sees.
            edits.append((start, end, "\n" if text[end:].strip() else ""))
        elif kind == "tag":
            edits.append((start, end, ""))
        elif kind == "ticks":
            protected = code_ends.get(index, end)
            in_code = True
        elif end - start <= 3:
            opener = openers.pop(token[0], None) if _can_close(text, start, end) else None
            if opener is not None:
                edits.append((*opener, ""))
                edits.append((start, end, ""))
            elif _can_open(text, start, end):
                openers[token[0]] = (start, end)
    edits.sort()
    return edits


def _code_ends(tokens: list[re.Match[str]]) -> dict[int, int]:
    """For each run of backticks that begins a code span, by its index among the tokens: where that span ends."""
    ends: dict[int, int] = {}
    following: dict[int, int] = {}
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        if token.lastgroup == "ticks":
            length = token.end() - token.start()
            if length in following:
                ends[index] = following[length]
            following[length] = token.end()
    return ends


def _can_open(text: str, start: int, end: int) -> bool:
    if end >= len(text) or text[end].isspace():
        return False
    before = text[start - 1] if start else " "
    if text[start] == "_":
        return not before.isalnum()
    return text[end].isalnum() or not before.isalnum()


def _can_close(text: str, start: int, end: int) -> bool:
    """Unlike in CommonMark a star after punctuation closes even in front of a letter: ``**一、**总体`` is meant so."""
    if not start or text[start - 1].isspace():
        return False
    return text[start] != "_" or end >= len(text) or not text[end].isalnum()


def _apply(text: str, edits: list[_Edit], line: int, column: int) -> Located:
    pieces: list[str] = []
    runs: list[Run] = []
    length = position = 0
    for start, end, replacement in edits:
        if start > position:
            runs.append(Run(length, line, column + position))
            pieces.append(text[position:start])
            length += start - position
        for index, character in enumerate(replacement):
            # A reference to two characters is rare; the second then takes up nothing.
            runs.append(Run(length, line, column + (end if index else start), 0 if index else end - start))
            pieces.append(character)
            length += 1
        position = end
    if position < len(text):
        runs.append(Run(length, line, column + position))
        pieces.append(text[position:])
    if not runs:
        runs.append(Run(0, line, column))
    return Located.of_runs("".join(pieces), runs)
