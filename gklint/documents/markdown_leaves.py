"""The blocks of Markdown that hold no others: each is read from the parser's state into the document.

Every function here takes the number of the block's first line, counted from 0, and notes how far it read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise

from gklint.documents.gfm_table import TableBuilder, delimiter_cells, is_table_head
from gklint.documents.inline import MARKUP, is_strong, plain
from gklint.documents.markdown_lines import (
    ATX,
    ATX_UNSPACED,
    FENCE,
    LIST_MARKER,
    MARKS,
    MAX_LEVEL,
    RULE,
    Line,
    State,
    ends_paragraph,
    first_line,
    is_list,
)
from gklint.documents.model import Heading, Located, Paragraph, Run

_HEADING_ID = re.compile(r"\s*\{[#.:][^{}]*\}\s*$")
_UNDERLINE = re.compile(r"(?:-+|=+)[ \t]*$")
_LINE_BREAK_TAG = re.compile(r"(?:<br\s*/?>\s*)+", re.IGNORECASE)
_STRONG_OPEN = re.compile(r"\*{2,3}(?!\*)|_{2,3}(?!_)")


def leaf(state: State, start: int, end: int) -> bool:
    """Read the block that begins at ``start``; False, with nothing read, if that is a container."""
    begin = state.begin(start)
    mark = state.src[begin]
    if state.indent(start) >= 4:
        if mark == "<" and state.src[begin : begin + 6].lower() == "<table" and _html(state, start, end):
            return True
        _indented(state, start, end)
        return True
    if mark in MARKS:
        if mark == ">":
            if state.level < MAX_LEVEL:
                return False
        elif mark == "#":
            if _heading(state, start):
                return True
        elif mark in "`~":
            if _fence(state, start, end):
                return True
        elif mark == "<":
            if _html(state, start, end):
                return True
        elif mark in "-*_+" or mark.isdigit():
            if mark != "+" and RULE.match(state.src, begin, state.eMarks[start]):
                state.finish(start, start + 1)
                return True
            if is_list(state, start):
                return False
    paragraph(state, start, end)
    return True


def _heading(state: State, line: int) -> bool:
    begin = state.begin(line)
    end = state.eMarks[line]
    # CommonMark wants a space after the signs.  Without it, and in front of Chinese, a heading is meant all the same.
    match = ATX.match(state.src, begin, end) or ATX_UNSPACED.match(state.src, begin, end)
    if not match:
        return False
    text = state.src[match.end() : end]
    trimmed = text.rstrip(" \t")
    closed = trimmed.rstrip("#")
    if not closed or closed[-1] in " \t":
        text = closed
    _add_heading(state, [(text, line, match.end())], len(match[1]))
    state.finish(line, line + 1)
    return True


def _add_heading(state: State, lines: list[tuple[str, int, int]], level: int) -> None:
    """Add a heading of these lines: text, line and offset."""
    if "{" in lines[-1][0]:
        text, line, offset = lines[-1]
        attributes = _HEADING_ID.search(text, max(0, len(text) - 400))
        if attributes:
            lines[-1] = (text[: attributes.start()], line, offset)
    pieces = [plain(text, line + 1, state.column(line, offset)).strip() for text, line, offset in lines]
    located = pieces[0]
    if len(pieces) > 1:
        pieces = [piece for piece in pieces if piece.text] or pieces[:1]
        # Between Chinese characters a line end is no space.
        joined = [pieces[0]]
        for before, after in pairwise(pieces):
            if before.text[-1:].isascii() and after.text[:1].isascii():
                joined[-1] = Located.join([joined[-1], Located("", (Run(0, after.line, after.column),))], " ")
            joined.append(after)
        located = Located.join(joined)
    state.blocks.append(Heading(located, level))


def _fence(state: State, start: int, end: int) -> bool:
    match = FENCE.match(state.src, state.begin(start), state.eMarks[start])
    if not match:
        return False
    marker = match[1] or match[2]
    close = re.compile(rf"{marker[0]}{{{len(marker)},}}[ \t]*$")
    line = start + 1
    while line < end:
        begin = state.begin(line)
        if begin < state.eMarks[line]:
            if state.indent(line) < 0:
                break
            if (
                state.src[begin] == marker[0]
                and state.indent(line) < 4
                and close.match(state.src, begin, state.eMarks[line])
            ):
                line += 1
                break
        line += 1
    state.finish(start, line)
    return True


def _indented(state: State, start: int, end: int) -> None:
    """Indented code: here it is text that was pasted with its tabs, so the lines stay as they are."""
    lines = []
    last = line = start
    while line < end:
        if state.isEmpty(line):
            line += 1
            continue
        if state.indent(line) < 4:
            break
        last = line
        line += 1
    for line in range(start, last + 1):
        text, _, begin = first_line(state, line)
        if "\t" in text or (text and not text.isspace()):
            lines.append(Located(text, (Run(0, line + 1, state.column(line, begin)),)))
    if lines:
        state.blocks.append(Paragraph(lines))
    state.finish(start, last + 1)


def _html(state: State, start: int, end: int) -> bool:
    from gklint.documents.html_block import block_end, only_closing_tags

    first = state.rest(start)
    begins, closing, _ = block_end(first)
    if not begins:
        return False
    if only_closing_tags(first) or _LINE_BREAK_TAG.fullmatch(first):
        # CommonMark takes what follows for HTML, up to a blank line; a section's heading may be just that.
        state.finish(start, start + 1)
        return True
    begin = state.begin(start)
    if closing is None:
        line = _html_end(state, start, end)
    else:
        line = start
        found = -1
        while line < end:
            if line > start and not state.isEmpty(line) and state.indent(line) < 0:
                break
            text = state.rest(line).lower()
            # The comment's own beginning is not its end: `<!-->`.
            found = text.find(closing, 4 if line == start and closing == "-->" else 0)
            line += 1
            if found >= 0:
                break
        if closing == "-->" and (found < 0 or not state.rest(line - 1)[found + 3 :].strip()):
            state.finish(start, line)
            return True
    last = state.source.lines[line - 1]
    from gklint.documents.html import read_fragment

    state.blocks.extend(
        read_fragment(
            state.source,
            state.source.starts[start] + begin - state.line_starts[start],
            state.source.starts[line - 1] + len(last),
        )
    )
    state.finish(start, line)
    return True


def _html_end(state: State, start: int, end: int) -> int:
    """The line after an HTML block that ends at a blank line, tables being held together."""
    line = start
    offset = state.begin(start)
    while True:
        while line < end and not state.isEmpty(line) and (line == start or state.indent(line) >= 0):
            line += 1
        if "<" not in state.src[offset : state.eMarks[line - 1]]:
            return line
        table_end = state.tables().first_end(offset, state.eMarks[line - 1])
        if table_end is None:
            return line
        closed = min(bisect_right(state.line_starts, table_end - 1), end)
        if not state.src[table_end : state.eMarks[closed - 1]].strip():
            # CommonMark would go on to the next blank line; a heading right below a table is still meant as one.
            return closed
        offset = table_end
        line = max(line, closed)


def paragraph(state: State, start: int, end: int) -> None:
    """A paragraph, or the heading or table that its second line turns it into."""
    src, begins, shifts, ends = state.src, state.bMarks, state.tShift, state.eMarks
    # A paragraph may run on below its container's last line.
    limit = state.lineMax
    if src[begins[start] + shifts[start]] in "|:-" and _headless_table(state, start, end):
        return
    parent, state.parentType = state.parentType, "paragraph"
    line = start + 1
    while line < limit:
        begin = begins[line] + shifts[line]
        if begin >= ends[line]:
            break
        mark = src[begin]
        if mark not in MARKS:
            line += 1
            continue
        if state.indent(line) > 3:
            line += 1
            continue
        if line < end and state.indent(line) >= 0:
            if mark in "|:-" and state.indent(line - 1) >= 0:
                text = src[begin : ends[line]]
                cells = delimiter_cells(text)
                if cells:
                    if is_table_head(state.rest(line - 1).rstrip(), text, cells):
                        state.parentType = parent
                        if line - 1 > start:
                            _add_paragraph(state, start, line - 1)
                        else:
                            _table(state, start, end)
                        return
                    if cells > 1:
                        break
            if mark in "-=" and _UNDERLINE.match(src, begin, ends[line]):
                state.parentType = parent
                lines = [(src[begins[n] : ends[n]], n, begins[n]) for n in range(start, line)]
                lines[0] = first_line(state, start)
                _add_heading(state, lines, 1 if mark == "=" else 2)
                state.finish(start, line + 1)
                return
        if state.sCount[line] >= 0 and ends_paragraph(state, line):
            break
        line += 1
    state.parentType = parent
    _add_paragraph(state, start, line)


def _add_paragraph(state: State, start: int, end: int) -> None:
    src, begins, ends = state.src, state.bMarks, state.eMarks
    pieces = [(src[begins[n] : ends[n]], n, begins[n]) for n in range(start, end)]
    pieces[0] = first_line(state, start)
    whole = src[begins[start] : ends[end - 1]]
    strong = False
    if MARKUP.search(whole):
        if "<!--" in whole:
            pieces = _without_comments(pieces)
        strong = ("**" in whole or "__" in whole) and _strip_strong(pieces)
        for index, (text, line, offset) in enumerate(pieces[:-1]):
            if text.endswith("\\"):
                pieces[index] = (text[:-1], line, offset)
        lines = [plain(text, line + 1, state.column(line, offset)) for text, line, offset in pieces]
    else:
        starts = state.line_starts
        lines = [Located(text, (Run(0, line + 1, offset - starts[line] + 1),)) for text, line, offset in pieces]
    lines = [line for line in lines if line.text and (not line.text.isspace() or "\t" in line.text)]
    if lines:
        state.blocks.append(Paragraph(lines, strong))
    state.finish(start, end)


def _without_comments(pieces: list[Line]) -> list[Line]:
    """The lines without the comments that begin in one line and end in a later one."""
    kept: list[Line] = []
    last_close = max((index for index, (text, _, _) in enumerate(pieces) if "-->" in text), default=-1)
    inside = False
    for index, (text, line, offset) in enumerate(pieces):
        if inside:
            close = text.find("-->")
            if close < 0:
                continue
            inside = False
            text, offset = text[close + 3 :], offset + close + 3
        opening = text.rfind("<!--")
        if opening >= 0 and text.find("-->", opening) < 0 and index < last_close:
            inside = True
            text = text[:opening]
        kept.append((text, line, offset))
    return kept or pieces[:1]


def _strip_strong(pieces: list[Line]) -> bool:
    """Whether the whole paragraph is strong; markers that only stand at its two ends are taken off here."""
    contents = [text.strip() for text, _, _ in pieces]
    number = LIST_MARKER.match(contents[0])
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
    text, line, offset = pieces[0]
    begin = text.index(marker)
    if text[:begin].strip():
        # Between a list's number and the text: a line of two pieces is not worth it for markup this rare.
        return True
    pieces[0] = (text[begin + len(marker) :], line, offset + begin + len(marker))
    text, line, offset = pieces[-1]
    pieces[-1] = (text[: text.rindex(marker)], line, offset)
    return True


def _headless_table(state: State, start: int, end: int) -> bool:
    """Read a table whose header row is missing: its delimiter row stands where a block begins."""
    if delimiter_cells(state.rest(start)) < 2 or start + 1 >= end or not _is_row(state, start + 1):
        return False
    if "|" not in state.rest(start + 1):
        return False
    builder = TableBuilder(start + 1, state.column(start, state.begin(start)))
    _add_rows(state, builder, start, start + 1, end)
    return True


def _table(state: State, start: int, end: int) -> None:
    """Read a table whose header row is ``start``."""
    begin = state.begin(start)
    column = state.column(start, begin)
    builder = TableBuilder(start + 1, column)
    builder.add(state.rest(start).rstrip(), start + 1, column, header=True)
    delimiter = state.rest(start + 1).rstrip()
    builder.end(start + 2, state.column(start + 1, state.begin(start + 1)) + len(delimiter))
    _add_rows(state, builder, start, start + 2, end)


def _is_row(state: State, line: int) -> bool:
    if state.isEmpty(line) or not 0 <= state.indent(line) <= 3:
        return False
    return state.src[state.begin(line)] == "|" or not ends_paragraph(state, line)


def _add_rows(state: State, builder: TableBuilder, start: int, line: int, end: int) -> None:
    src, begins, shifts, ends = state.src, state.bMarks, state.tShift, state.eMarks
    parent, state.parentType = state.parentType, "table"
    while line < end and _is_row(state, line):
        begin = begins[line] + shifts[line]
        builder.add(src[begin : ends[line]].rstrip(), line + 1, state.column(line, begin))
        line += 1
    state.parentType = parent
    state.blocks.append(builder.table())
    state.finish(start, line)
