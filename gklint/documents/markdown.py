"""The reader of Markdown: CommonMark's blocks and GFM's tables.

markdown-it-py finds the containers (block quotes and lists).  What stands in them is read here, straight from the
source lines and into the document: that keeps every position exact, keeps what a renderer would throw away (a list's
number, a surplus cell, the tabs of a pasted table), and spares the library's tokens and inline parser, which would take
most of the time.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from gklint.documents.markdown_leaves import leaf
from gklint.documents.markdown_lines import State
from gklint.documents.model import Block, Document, Located, Paragraph, Table
from gklint.documents.source import Source

_QUOTE_MARKS = re.compile(r"[ \t]*>[ \t>]*")


def read(source: Source) -> Document:
    """Read Markdown.  Any text is some Markdown, so this raises nothing."""
    document = Document(source, "markdown")
    line = 0
    if source.text[:3] in ("---", "+++"):
        from gklint.documents.front_matter import front_matter

        line, document.title = front_matter(source.lines)
    state = State(source)
    state.covered.append((0, line))
    items: list[int] = []
    end = state.lineMax
    while line < end:
        if state.isEmpty(line):
            line += 1
        elif leaf(state, line, end):
            line = state.line
        else:
            from gklint.documents.markdown_containers import read_on

            items = read_on(state, line)
            break
    _add_empty_cells(state, items)
    document.blocks = state.blocks
    return document


def _add_empty_cells(state: State, items: list[int]) -> None:
    """Add the lines that no block took and that still mean something: the empty cells of a pasted table.

    Those are lines of white space with a tab, and a dash or a number alone, which Markdown takes for an empty item;
    ``items`` are the first lines of all list items.
    """
    lines = state.source.lines
    candidates = set(items)
    if "\t" in state.src:
        candidates.update(number for number, line in enumerate(lines) if "\t" in line and line.isspace())
    if not candidates:
        return
    starts = [start for start, _ in state.covered]
    added: list[Block] = []
    for number in sorted(candidates):
        if state.covered[bisect_right(starts, number) - 1][1] <= number:
            quoted = _QUOTE_MARKS.match(lines[number])
            begin = quoted.end() if quoted else 0
            added.append(Paragraph([Located.on_line(lines[number][begin:], number + 1, begin + 1)]))
    if added:
        state.blocks[:] = sorted([*state.blocks, *added], key=_line_of)


def _line_of(block: Block) -> int:
    if isinstance(block, Table):
        return block.span.line
    return block.lines[0].line if isinstance(block, Paragraph) else block.text.line
