"""The lines of a Markdown source as the block rules see them: where each begins in its container, and what it is."""

from __future__ import annotations

import re
from itertools import accumulate
from operator import add
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gklint.documents.html_block import TableTags
    from gklint.documents.model import Block
    from gklint.documents.source import Source

# Containers nested deeper are read as text: each level costs Python frames and another look at every line.
MAX_LEVEL = 24

# First characters that may make a line something else than a paragraph's; all others are settled by one look-up.
MARKS = frozenset("`~>#<-*_+=|:0123456789")

ATX = re.compile(r"(#{1,6})(?:[ \t]+|$)")
# CommonMark wants a space after the signs.  Without it, and in front of Chinese, a heading is meant all the same.
ATX_UNSPACED = re.compile(r"(#{2,6})(?=[^\x00-\x7f])")
FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
RULE = re.compile(r"([-*_])[ \t]*(?:\1[ \t]*){2,}$")
LIST_MARKER = re.compile(r"(?:[-+*]|[0-9]{1,9}[.)])(?:[ \t]|$)")
# A dash with nothing but pipes behind it is an empty cell of a pasted table.
_PASTED_CELL = re.compile(r"-[ \t]+\|[| \t]*$")
_LEADING_BULLETS = re.compile(r"(?:[ \t]*[-+*](?=[ \t]))+[ \t]*")

_BLANKS = frozenset(" \t")

Line = tuple[str, int, int]
"""A line of a block: its text, its number from 0, and the offset of that text."""


class State:
    """Where the reading of a source stands, and the document so far.

    Lines are counted from 0 here.  The names are those of the library's own state, into which this one is turned at the
    first container (`gklint.documents.markdown_containers`): until then neither its marks nor its indentation change.
    """

    def __init__(self, source: Source) -> None:
        # The library ends lines at LF only.
        if "\r" in source.text:
            self.src = "\n".join(source.lines)
            self.line_starts = [0, *accumulate(map((1).__add__, map(len, source.lines)))]
            self.line_starts.pop()
        else:
            self.src = source.text
            self.line_starts = source.starts
        self.source = source
        self.blocks: list[Block] = []
        self.covered: list[tuple[int, int]] = []
        self._tables: TableTags | None = None

        self.bMarks = list(self.line_starts)
        """The offset of each line in its container."""
        self.eMarks: list[int] = list(map(add, self.line_starts, map(len, source.lines)))
        """The offset of each line's end."""
        self.tShift = [0] * len(self.bMarks)
        """The length of the white space, and of a list item's marker, that each line begins with."""
        self.sCount = [0] * len(self.bMarks)
        """The column, in the container, that this reaches to."""
        for number, line in enumerate(source.lines):
            if line[:1] in _BLANKS:
                blank = len(line) - len(line.lstrip(" \t"))
                self.tShift[number] = blank
                self.sCount[number] = len(line[:blank].expandtabs(4))
        self.lineMax = len(self.bMarks)
        self.blkIndent = 0
        self.listIndent = -1
        self.line = 0
        self.level = 0
        self.parentType = "root"

    def isEmpty(self, line: int) -> bool:  # noqa: N802  the library's name
        return self.bMarks[line] + self.tShift[line] >= self.eMarks[line]

    def begin(self, line: int) -> int:
        """The offset of the line's first character that is neither white space nor a container's marker."""
        return self.bMarks[line] + self.tShift[line]

    def rest(self, line: int) -> str:
        """The line from there on."""
        return self.src[self.bMarks[line] + self.tShift[line] : self.eMarks[line]]

    def column(self, line: int, offset: int) -> int:
        return offset - self.line_starts[line] + 1

    def indent(self, line: int) -> int:
        """The line's indentation inside its container; negative if it does not reach it."""
        return self.sCount[line] - self.blkIndent

    def finish(self, start: int, end: int) -> None:
        """Note that the lines from ``start`` to before ``end`` are dealt with."""
        self.covered.append((start, end))
        self.line = end

    def tables(self) -> TableTags:
        if self._tables is None:
            from gklint.documents.html_block import TableTags

            self._tables = TableTags(self.src)
        return self._tables


def is_list(state: State, line: int) -> bool:
    """Whether the line begins a list item, for all that its own text says."""
    begin = state.begin(line)
    end = state.eMarks[line]
    if state.level >= MAX_LEVEL or not LIST_MARKER.match(state.src, begin, end):
        return False
    return not _PASTED_CELL.match(state.src, begin, end)


def _ends_paragraph_as_list(state: State, line: int) -> bool:
    """Whether the line is a list item that may stand right below a paragraph: not an empty one, nor number 2."""
    if not is_list(state, line):
        return False
    if state.listIndent >= 0 and state.sCount[line] - state.listIndent >= 4 and state.sCount[line] < state.blkIndent:
        return False
    if state.parentType != "paragraph" or state.sCount[line] < state.blkIndent:
        return True
    match = LIST_MARKER.match(state.src, state.begin(line), state.eMarks[line])
    if not match or not state.src[match.end() : state.eMarks[line]].strip(" \t"):
        return False
    number = match[0].rstrip(" \t")[:-1]
    return not number or int(number) == 1


def ends_paragraph(state: State, line: int, containers: bool = True) -> bool:
    """Whether the line begins a block that needs no blank line before it."""
    begin = state.begin(line)
    end = state.eMarks[line]
    src = state.src
    if begin >= end or state.indent(line) > 3:
        return False
    mark = src[begin]
    if mark not in MARKS:
        return False
    if mark == "#":
        return bool(ATX.match(src, begin, end) or ATX_UNSPACED.match(src, begin, end))
    if mark in "`~":
        return FENCE.match(src, begin, end) is not None
    if mark == "<":
        from gklint.documents.html_block import block_end

        begins, _, interrupts = block_end(src[begin:end])
        return begins and interrupts
    if mark in "-*_" and RULE.match(src, begin, end):
        return True
    if not containers:
        return False
    if mark == ">":
        return state.level < MAX_LEVEL
    return _ends_paragraph_as_list(state, line)


def first_line(state: State, line: int) -> Line:
    """A block's first line without the bullets in front of it; a list's number stays."""
    begin = state.bMarks[line]
    text = state.src[begin : state.eMarks[line]]
    shift = state.tShift[line]
    if shift and not text[:shift].isspace():
        bullets = _LEADING_BULLETS.match(text, 0, shift)
        if bullets:
            return text[bullets.end() :], line, begin + bullets.end()
    return text, line, begin
