"""The text of Markdown's headings and paragraphs, without its markup."""

from __future__ import annotations

from itertools import pairwise

from gklint.documents.inline import MARKUP, is_strong, plain
from gklint.documents.model import Heading, Located, Paragraph
from gklint.regex import lazy

Line = tuple[str, int, int]
"""A line of a block: its text, and the number of the line and the column of the text, both from 0."""

_HEADING_ID = lazy(r"\s*\{[#.:][^{}]*\}\s*$")
_LIST_NUMBER = lazy(r"[0-9]{1,9}[.)](?:[ \t]|$)")
_STRONG_OPEN = lazy(r"\*{2,3}(?!\*)|_{2,3}(?!_)")


def heading(lines: list[Line], level: int) -> Heading:
    """A heading of these lines, of which there is at least one."""
    if "{" in lines[-1][0]:
        text, line, column = lines[-1]
        attributes = _HEADING_ID.search(text, max(0, len(text) - 400))
        if attributes:
            lines[-1] = (text[: attributes.start()], line, column)
    pieces = [plain(text, line + 1, column + 1).strip() for text, line, column in lines]
    located = pieces[0]
    if len(pieces) > 1:
        pieces = [piece for piece in pieces if piece.text] or pieces[:1]
        # Between Chinese characters a line end is no space.
        joined = [pieces[0]]
        for before, after in pairwise(pieces):
            if before.text[-1:].isascii() and after.text[:1].isascii():
                joined[-1] = Located.join([joined[-1], Located("", after.line, after.column)], " ")
            joined.append(after)
        located = Located.join(joined)
    return Heading(located, level)


def atx_heading(line: str, number: int, column: int, level: int) -> Heading:
    """The heading that the text of ``line`` from ``column`` on, behind the signs, gives; both counted from 0."""
    text = line[column:]
    if "#" not in text and "{" not in text and (bare := text.strip()) and not MARKUP.search(text):
        # Nearly all of them.
        return Heading(Located(bare, number + 1, column + text.index(bare[0]) + 1), level)
    column += len(text) - len(text.lstrip(" \t"))
    text = line[column:]
    closed = text.rstrip(" \t").rstrip("#")
    if not closed or closed[-1] in " \t":
        text = closed
    if "{" in text or MARKUP.search(text):
        return heading([(text, number, column)], level)
    text = text.rstrip()
    bare = text.lstrip()
    return Heading(Located(bare, number + 1, column + len(text) - len(bare) + 1), level)


def indented(lines: list[Line]) -> Paragraph | None:
    """Indented code: here it is text that was pasted with its tabs, so the lines stay as they are."""
    kept = [
        Located(text, line + 1, column + 1)
        for text, line, column in lines
        if "\t" in text or (text and not text.isspace())
    ]
    return Paragraph(kept) if kept else None


def paragraph(pieces: list[Line]) -> Paragraph | None:
    """A paragraph of these lines; None if nothing is left of them."""
    whole = "\n".join([text for text, _, _ in pieces])
    strong = False
    if MARKUP.search(whole):
        if "<!--" in whole:
            pieces = _without_comments(pieces)
        strong = ("**" in whole or "__" in whole) and _strip_strong(pieces)
        for index, (text, line, column) in enumerate(pieces[:-1]):
            if text.endswith("\\"):
                pieces[index] = (text[:-1], line, column)
        lines = [plain(text, line + 1, column + 1) for text, line, column in pieces]
    else:
        lines = [Located(text, line + 1, column + 1) for text, line, column in pieces]
    lines = [line for line in lines if line.text and (not line.text.isspace() or "\t" in line.text)]
    return Paragraph(lines, strong) if lines else None


def _without_comments(pieces: list[Line]) -> list[Line]:
    """The lines without the comments that begin in one line and end in a later one."""
    kept: list[Line] = []
    last_close = max((index for index, (text, _, _) in enumerate(pieces) if "-->" in text), default=-1)
    inside = False
    for index, (text, line, column) in enumerate(pieces):
        if inside:
            close = text.find("-->")
            if close < 0:
                continue
            inside = False
            text, column = text[close + 3 :], column + close + 3
        opening = text.rfind("<!--")
        if opening >= 0 and text.find("-->", opening) < 0 and index < last_close:
            inside = True
            text = text[:opening]
        kept.append((text, line, column))
    return kept or pieces[:1]


def _strip_strong(pieces: list[Line]) -> bool:
    """Whether the whole paragraph is strong; markers that only stand at its two ends are taken off here."""
    contents = [text.strip() for text, _, _ in pieces]
    number = _LIST_NUMBER.match(contents[0])
    if number:
        contents[0] = contents[0][number.end() :].lstrip()
    if all(is_strong(content) for content in contents):
        return True
    match = _STRONG_OPEN.match(contents[0])
    if len(pieces) < 2 or not match:
        return False
    marker = match[0]
    if not contents[-1].endswith(marker) or sum(content.count(marker) for content in contents) != 2:
        return False
    text, line, column = pieces[0]
    begin = text.index(marker)
    if text[:begin].strip():
        # Between a list's number and the text: a line of two pieces is not worth it for markup this rare.
        return True
    pieces[0] = (text[begin + len(marker) :], line, column + begin + len(marker))
    text, line, column = pieces[-1]
    pieces[-1] = (text[: text.rindex(marker)], line, column)
    return True
