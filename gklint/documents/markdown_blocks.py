"""The blocks of any Markdown.

markdown-it-py finds the blocks, with a few rules of `gklint.documents.markdown_rules` among its own.  What a block says
is taken from the source lines: that keeps every position exact, and keeps what a renderer would throw away (a list's
number, a surplus cell, the tabs of a pasted table).
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from markdown_it.token import Token

from gklint.documents.gfm_table import pipe_table
from gklint.documents.markdown_rules import parse
from gklint.documents.markdown_text import Line, atx_heading, heading, indented, paragraph
from gklint.documents.model import Block, Located, Paragraph, Table
from gklint.documents.source import Source
from gklint.regex import lazy

_LEADING_BULLETS = lazy(r"(?:[ \t]*[-+*](?=[ \t]))+[ \t]*")
_QUOTE_MARKS = lazy(r"[ \t]*>[ \t>]*")
_CONTAINERS = frozenset(["blockquote_open", "bullet_list_open", "ordered_list_open", "list_item_open"])


def read_blocks(source: Source, first: int) -> list[Block]:
    """The blocks of the source from its line ``first`` on, counted from 0; what stands above is front matter."""
    text, starts = source.text, source.starts
    if first or "\r" in text:
        # The library ends lines at LF; front matter is made empty for it.
        lines = [*[""] * first, *source.lines[first:]]
        text = "\n".join(lines)
        starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    if text.endswith((" ", "\t")):
        # The library forgets a last line of white space.
        text += "\n"
    tokens = parse(text, starts)
    blocks: list[Block] = []
    for token in tokens:
        kind = token.type
        if kind == "paragraph_open":
            block: Block | None = paragraph(_lines(source, token))
        elif kind == "table":
            block = _table(source, token)
        elif kind == "heading_open":
            block = _heading(source, token)
        elif kind == "code_block":
            block = indented(_lines(source, token))
        elif kind == "html_block":
            blocks.extend(_html(source, token))
            continue
        else:
            continue
        if block:
            blocks.append(block)
    return _with_empty_cells(blocks, source, tokens, first)


def _map(token: Token) -> tuple[int, int]:
    """The block's lines: the first, counted from 0, and the one behind the last."""
    assert token.map is not None
    return token.map[0], token.map[1]


def _lines(source: Source, token: Token) -> list[Line]:
    """The block's lines as they stand in its container, without the bullets in front of it; a list's number stays."""
    columns: list[int] = token.meta["columns"]
    first, end = _map(token)
    lines = [
        (line[column:], number, column)
        for number, line, column in zip(range(first, end), source.lines[first:end], columns, strict=False)
    ]
    text, number, column = lines[0]
    shift = token.meta["content"] - column
    if shift and not text[:shift].isspace():
        bullets = _LEADING_BULLETS.match(text, 0, shift)
        if bullets:
            lines[0] = (text[bullets.end() :], number, column + bullets.end())
    return lines


def _heading(source: Source, token: Token) -> Block:
    level = int(token.tag[1])
    if token.markup[0] != "#":
        return heading(_lines(source, token)[:-1], level)
    number = _map(token)[0]
    return atx_heading(source.lines[number], number, token.meta["content"] + level, level)


def _table(source: Source, token: Token) -> Block:
    number, end = _map(token)
    columns: list[int] = token.meta["columns"]
    delimiter = token.meta["delimiter"] - number
    texts = [line[column:].rstrip() for line, column in zip(source.lines[number:end], columns, strict=True)]
    return pipe_table(texts, number + 1, delimiter, [column + 1 for column in columns])


def _html(source: Source, token: Token) -> list[Block]:
    number, end = _map(token)
    column = token.meta["content"]
    text = source.lines[number][column:]
    if text.startswith("<!--"):
        # Most are comments of one line, and to load the reader of HTML takes longer than to read a report.
        close = text.find("-->")
        if close >= 0 and not text[close + 3 :].strip():
            return []
    from gklint.documents.html import read_fragment

    return read_fragment(source, source.starts[number] + column, source.starts[end - 1] + len(source.lines[end - 1]))


def _with_empty_cells(blocks: list[Block], source: Source, tokens: list[Token], first: int) -> list[Block]:
    """The blocks and the lines that no block took and that still mean something: the empty cells of a pasted table.

    Those are lines of white space with a tab, and a dash or a number alone, which Markdown takes for an empty item.
    The document's own lines begin at ``first``, counted from 0.
    """
    lines = source.lines
    candidates = {token.map[0] for token in tokens if token.type == "list_item_open" and token.map}
    if "\t" in source.text:
        candidates.update(index for index, line in enumerate(lines) if "\t" in line and line.isspace())
    if not candidates:
        return blocks
    taken = [(0, first), *(_map(token) for token in tokens if token.map and token.type not in _CONTAINERS)]
    starts = [start for start, _ in taken]
    added: list[Block] = []
    for number in sorted(candidates):
        if taken[bisect_right(starts, number) - 1][1] <= number:
            quoted = _QUOTE_MARKS.match(lines[number])
            begin = quoted.end() if quoted else 0
            added.append(Paragraph([Located(lines[number][begin:], number + 1, begin + 1)]))
    return sorted([*blocks, *added], key=_line_of) if added else blocks


def _line_of(block: Block) -> int:
    if isinstance(block, Table):
        return block.span.line
    return block.lines[0].line if isinstance(block, Paragraph) else block.text.line
