"""The reader of Markdown: CommonMark's blocks and GFM's tables.

markdown-it-py finds the containers (block quotes and lists).  What stands in them is read here, straight from the
source lines and into the document: that keeps every position exact, keeps what a renderer would throw away (a list's
number, a surplus cell, the tabs of a pasted table), and spares the library's tokens and inline parser, which would take
most of the time.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from gklint.documents.front_matter import front_matter
from gklint.documents.markdown_leaves import fence, heading, html, indented, paragraph
from gklint.documents.markdown_lines import (
    MARKS,
    MAX_LEVEL,
    RULE,
    State,
    block_quote,
    ends_paragraph,
    is_list,
    item_list,
)
from gklint.documents.model import Block, Document, Located, Paragraph, Table
from gklint.documents.source import Source

_QUOTE_MARKS = re.compile(r"[ \t]*>[ \t>]*")


def read(source: Source) -> Document:
    """Read Markdown.  Any text is some Markdown, so this raises nothing."""
    document = Document(source, "markdown")
    start, document.title = front_matter(source.lines)
    parser = _parser()
    state = State(source, parser)
    state.covered.append((0, start))
    if start < state.lineMax:
        parser.block.tokenize(state, start, state.lineMax)
    document.blocks = state.blocks
    _add_empty_cells(state)
    return document


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero")
    ruler = parser.block.ruler
    # "zero" leaves only the paragraph rule on.
    ruler.at("paragraph", _text)
    ruler.before("paragraph", "gklint_leaf", _leaf, {"alt": ["blockquote", "list"]})
    ruler.before("paragraph", "gklint_block_quote", block_quote, {"alt": ["blockquote", "list"]})
    ruler.before("paragraph", "gklint_list", item_list, {"alt": ["blockquote"]})
    return parser


def _leaf(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Every block that is no container; False at a container, whose rule comes next."""
    assert isinstance(state, State)
    if silent:
        return ends_paragraph(state, start, containers=False)
    begin = state.begin(start)
    mark = state.src[begin]
    if state.indent(start) >= 4:
        if mark == "<" and state.src[begin : begin + 6].lower() == "<table" and html(state, start, end):
            return True
        indented(state, start, end)
        return True
    if mark in MARKS:
        if mark == ">":
            if state.level < MAX_LEVEL:
                return False
        elif mark == "#":
            if heading(state, start):
                return True
        elif mark in "`~":
            if fence(state, start, end):
                return True
        elif mark == "<":
            if html(state, start, end):
                return True
        elif mark in "-*_+" or mark.isdigit():
            if mark != "+" and RULE.match(state.src, begin, state.eMarks[start]):
                state.finish(start, start + 1)
                return True
            if is_list(state, start):
                return False
    paragraph(state, start, end)
    return True


def _text(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The last resort: what no rule took is a paragraph."""
    assert isinstance(state, State)
    if not silent:
        paragraph(state, start, end)
    return True


def _add_empty_cells(state: State) -> None:
    """Add the lines that no block took and that still mean something: the empty cells of a pasted table.

    Those are lines of white space with a tab, and a dash or a number alone, which Markdown takes for an empty item.
    """
    lines = state.source.lines
    candidates = {token.map[0] for token in state.tokens if token.type == "list_item_open" and token.map}
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
