"""The rules of Markdown's blocks: markdown-it-py's own, and others where reports need them.

The others are: pipe tables, whose ragged rows must be seen and whose cells must be found again in the source; HTML,
where a table goes on to its end tag; a heading without the space behind its signs; a dash in a pasted column of cells.
And a few bounds keep the time linear in the size of any input.

Only blocks are parsed.  Every token that has text is told where that text stands, in its ``meta``: ``columns`` are the
columns, from 0, at which its lines begin in their container; ``content`` is the column of the first character of the
first line that is neither white space nor a list's marker.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markdown_it.parser_block import RuleFuncBlockType
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import (
    StateBlock,
    blockquote,
    code,
    fence,
    hr,
    html_block,
    lheading,
    list_block,
    paragraph,
)
from markdown_it.token import Token

from gklint.documents.gfm_table import delimiter_cells, is_table_head
from gklint.documents.markdown_plain import ATX
from gklint.regex import lazy

if TYPE_CHECKING:
    from gklint.documents.html_block import TableTags

# Containers nested deeper are read as text: each level costs Python frames and another look at every line.
_MAX_LEVEL = 24
# After this many block quotes with text right below them, the next ones end where their marks end.
_MAX_SCANS = 20

# What begins none of these is text, a table or a heading with an underline.
_MARK = lazy(r"[`~>#<*_+-]|[0-9]{1,9}[.)]")
_DELIMITER_MARKS = frozenset("|:-")
_RULE = lazy(r"[-*_][-*_ \t]*$")
# A dash with nothing but pipes behind it is an empty cell of a pasted table.
_PASTED_CELL = lazy(r"-[ \t]+\|[| \t]*$")


def parse(text: str, starts: Sequence[int]) -> list[Token]:
    """The blocks of a text whose lines begin at the offsets ``starts``."""
    markdown = _parser()
    tokens: list[Token] = []
    # The library would first look for line ends and characters that the text has no longer.
    markdown.block.parse(text, markdown, {"starts": starts, "scans": 0}, tokens)
    return tokens


@cache
def _parser() -> MarkdownIt:
    # The bound on nesting is ours: the library's would drop what lies deeper.
    markdown = MarkdownIt("zero", {"html": True, "maxNesting": 2 * _MAX_LEVEL})
    markdown.core.ruler.enableOnly(["normalize", "block"])
    ruler = markdown.block.ruler
    quotes: RuleOptionsType = {"alt": ["blockquote"]}
    both: RuleOptionsType = {"alt": ["blockquote", "list"]}
    ruler.before("code", "text", _text)
    # Before "code": a table that is indented for looks is a table.
    ruler.before("code", "html", _html, quotes)
    ruler.at("code", _placed(code))
    ruler.at("fence", fence, both)
    ruler.at("blockquote", _block_quote, both)
    ruler.at("hr", _hr, both)
    ruler.at("list", _list, quotes)
    ruler.at("heading", _heading, quotes)
    ruler.after("heading", "pipe_table", _pipe_table)
    ruler.at("lheading", _lheading)
    ruler.at("paragraph", _paragraph)
    # Of all the rules only this one is asked whether a paragraph ends; it asks the others if need be.
    ruler.after("paragraph", "paragraph_end", _ends_paragraph, {"alt": ["paragraph"]})
    ruler.enable(["code", "fence", "blockquote", "hr", "list", "heading", "lheading"])
    return markdown


def _placed(rule: RuleFuncBlockType) -> RuleFuncBlockType:
    """The rule, which then notes the places of the block's lines in the first token that it makes."""

    def placed(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        index = len(state.tokens)
        if not rule(state, start, end, silent):
            return False
        if not silent:
            _place(state, state.tokens[index], start)
        return True

    return placed


def _place(state: StateBlock, token: Token, start: int) -> None:
    starts = state.env["starts"]
    line = state.line
    token.map = [start, line]
    token.meta = {
        "columns": [begin - whole for begin, whole in zip(state.bMarks[start:line], starts[start:line], strict=False)],
        "content": _begin(state, start) - starts[start],
    }


def _begin(state: StateBlock, line: int) -> int:
    """The offset of the line's first character that is neither white space nor a container's marker."""
    return state.bMarks[line] + state.tShift[line]


def _rest(state: StateBlock, line: int) -> str:
    """The line from there on."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _mark(state: StateBlock, line: int) -> str:
    """That character, or nothing in a blank line."""
    begin = state.bMarks[line] + state.tShift[line]
    return state.src[begin] if begin < state.eMarks[line] else ""


def _block_quote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.level >= _MAX_LEVEL or _mark(state, start) != ">":
        return False
    if not silent and state.env["scans"] > _MAX_SCANS:
        end = _end_of_marks(state, start, end)
    if not blockquote(state, start, end, silent):
        return False
    if not silent and state.line < end and not state.isEmpty(state.line):
        # The library has looked for marks on from here, and will again for the next block quote.
        state.env["scans"] += 1
    return True


def _end_of_marks(state: StateBlock, start: int, end: int) -> int:
    """The line with the next mark below lines without one, or the container's end."""
    marked = True
    for line in range(start + 1, end):
        if state.isEmpty(line) or state.sCount[line] < state.blkIndent:
            return line
        if _mark(state, line) != ">":
            marked = False
        elif not marked:
            return line
    return end


def _list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.level >= _MAX_LEVEL:
        return False
    if _mark(state, start) == "-" and _PASTED_CELL.match(_rest(state, start)):
        return False
    return list_block(state, start, end, silent)


_lheading = _placed(lheading)


def _paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    index = len(state.tokens)
    if not paragraph(state, start, end, silent):
        return False
    if not silent:
        # Nobody reads what the library notes of a paragraph's text, and a long list has very many.
        for token in state.tokens[index:]:
            token.content = ""
            token.children = None
            token.attrs = _NOTHING
            token.meta = _NOTHING
        _place(state, state.tokens[index], start)
    return True


_NOTHING: dict[str, Any] = {}


def _text(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """What begins with no mark, and headings: it spares most blocks the rules that would find none."""
    if state.is_code_block(start):
        return False
    begin = _begin(state, start)
    if _MARK.match(state.src, begin, state.eMarks[start]):
        return state.src[begin] == "#" and _heading(state, start, end, silent)
    if start + 1 >= end or state.isEmpty(start + 1):
        # A line by itself is a paragraph.
        if not silent:
            state.line = start + 1
            _place(state, state.push("paragraph_open", "p", 0), start)
        return True
    return (
        _pipe_table(state, start, end, silent)
        or _lheading(state, start, end, silent)
        or _paragraph(state, start, end, silent)
    )


def _ends_paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Whether a line begins a block that needs no blank line before it."""
    if _MARK.match(state.src, _begin(state, start), state.eMarks[start]) and _begins_block(state, start, end):
        return True
    return _delimiter(state, start, end) >= 0


def _begins_block(state: StateBlock, start: int, end: int) -> bool:
    """Whether a line begins a block other than a table and a paragraph."""
    return any(rule(state, start, end, True) for rule in state.md.block.ruler.getRules("blockquote"))


def _hr(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    # The library looks at character after character, and again inside each list that the same line begins.
    match = _RULE.match(state.src, _begin(state, start), state.eMarks[start])
    return match is not None and hr(state, start, end, silent)


def _heading(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if _mark(state, start) != "#" or state.is_code_block(start):
        return False
    match = ATX.match(state.src, _begin(state, start), state.eMarks[start])
    if not match:
        return False
    if not silent:
        state.line = start + 1
        token = state.push("heading_open", f"h{len(match[0])}", 0)
        token.markup = match[0]
        _place(state, token, start)
    return True


def _pipe_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table; its one token has, beside its places, the number of its ``delimiter`` row among the source's lines."""
    delimiter = _delimiter(state, start, end)
    if delimiter < 0 or silent:
        return delimiter >= 0
    line = delimiter + 1
    begins, shifts, ends, columns, indent = state.bMarks, state.tShift, state.eMarks, state.sCount, state.blkIndent
    while line < end:
        begin = begins[line] + shifts[line]
        # What most rows begin with; the others are looked at in full.
        plain = begin < ends[line] and state.src[begin] == "|" and 0 <= columns[line] - indent <= 3
        if not plain and not _is_row(state, line, end):
            break
        line += 1
    state.line = line
    starts = state.env["starts"]
    token = state.push("table", "table", 0)
    token.map = [start, line]
    token.meta = {
        "columns": [
            begin + shift - whole
            for begin, shift, whole in zip(begins[start:line], shifts[start:line], starts[start:line], strict=True)
        ],
        "delimiter": delimiter,
    }
    return True


def _delimiter(state: StateBlock, start: int, end: int) -> int:
    """The delimiter row of a table that begins at ``start``: its second line, its first if it has no header, or -1."""
    line = start + 1
    if line >= end:
        return -1
    # Most lines are settled by two characters.
    headless = _mark(state, start) in _DELIMITER_MARKS
    if not (headless or _mark(state, line) in _DELIMITER_MARKS) or not _in_container(state, start):
        return -1
    if headless and delimiter_cells(_rest(state, start)) > 1:
        return start if "|" in _rest(state, line) and _is_row(state, line, end) else -1
    if _mark(state, line) not in _DELIMITER_MARKS or not _in_container(state, line):
        return -1
    text = _rest(state, line)
    cells = delimiter_cells(text)
    return line if cells and is_table_head(_rest(state, start).rstrip(), text, cells) else -1


def _in_container(state: StateBlock, line: int) -> bool:
    """Whether the line belongs to the container and is not indented as code is."""
    return 0 <= state.sCount[line] - state.blkIndent <= 3


def _is_row(state: StateBlock, line: int, end: int) -> bool:
    mark = _mark(state, line)
    if not mark or not _in_container(state, line):
        return False
    if mark == "|":
        return True
    # A list's number 2 ends a table, if not a paragraph.
    parent, state.parentType = state.parentType, "table"
    begins = _begins_block(state, line, end)
    state.parentType = parent
    return not begins


def _html(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """HTML.  The library ends most of it at the first blank line; a table is followed to its own end tag all the same:
    drafters leave blank lines in tables, and a table cut in two is of use to nobody."""
    if _mark(state, start) != "<":
        return False
    if silent:
        return html_block(state, start, end, True)
    from gklint.documents.html_block import ALONE, VERBATIM, TableTags

    text = _rest(state, start)
    if ALONE.fullmatch(text) and not state.is_code_block(start):
        # CommonMark takes what follows for HTML, up to a blank line; a section's heading may be just that.
        state.line = start + 1
        state.push("html_block", "", 0)
    elif VERBATIM.match(text):
        if not html_block(state, start, end, False):
            return False
    else:
        if "tables" not in state.env:
            state.env["tables"] = TableTags(state.src)
        if not _html_with_tables(state, start, end, state.env["tables"]):
            return False
    _place(state, state.tokens[-1], start)
    return True


def _html_with_tables(state: StateBlock, start: int, end: int, tables: TableTags) -> bool:
    """HTML that ends at a blank line, but for one in a table."""
    begin = _begin(state, start)
    indent = state.sCount[start]
    if state.is_code_block(start) and state.src[begin : begin + 6].lower() == "<table":
        # Indented for looks.
        state.sCount[start] = state.blkIndent
    table = tables.next_from(begin)
    # No line behind the table is looked at before it is known that it belongs here: that could go on and on.
    found = html_block(state, start, _line_behind(state, table, end), False)
    state.sCount[start] = indent
    if not found:
        return False
    line = state.line
    while table and table[0] < state.eMarks[line - 1]:
        line = _line_behind(state, table, end)
        if not state.src[table[1] : state.eMarks[line - 1]].strip():
            # CommonMark would go on to the next blank line; a heading right below a table is still meant as one.
            break
        table = tables.next_from(table[1])
        limit = _line_behind(state, table, end)
        while line < limit and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
            line += 1
    state.line = line
    return True


def _line_behind(state: StateBlock, table: tuple[int, int] | None, end: int) -> int:
    """The line after the one in which a table ends."""
    return min(bisect_right(state.env["starts"], table[1] - 1), end) if table else end
