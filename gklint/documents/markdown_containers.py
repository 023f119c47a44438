"""Block quotes and lists of Markdown, which markdown-it-py finds.

It is a module of its own because importing the library takes longer than reading a report: a source without containers
is read without it.
"""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, list_block

from gklint.documents.markdown_leaves import leaf, paragraph
from gklint.documents.markdown_lines import MAX_LEVEL, State, ends_paragraph


def read_on(state: State, line: int) -> list[int]:
    """Read the rest of a source from ``line``, a container's first; the lines at which list items begin."""
    parser = _parser()
    contained = _ContainerState(state, parser)
    parser.block.tokenize(contained, line, contained.lineMax)
    return [token.map[0] for token in contained.tokens if token.type == "list_item_open" and token.map]


class _ContainerState(StateBlock, State):
    """The library's state, with the document that the leaves are written into."""

    def __init__(self, state: State, parser: MarkdownIt) -> None:
        StateBlock.__init__(self, state.src, parser, {}, [])
        self.line_starts = state.line_starts
        self.source = state.source
        self.blocks = state.blocks
        self.covered = state.covered
        self._tables = state._tables


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero")
    ruler = parser.block.ruler
    # The library's containers ask whether the rule "code" is on to know that deep indentation is none of theirs.
    ruler.at("code", _leaf, {"alt": ["blockquote", "list"]})
    ruler.at("blockquote", _block_quote, {"alt": ["blockquote", "list"]})
    ruler.at("list", _item_list, {"alt": ["blockquote"]})
    ruler.at("paragraph", _paragraph)
    ruler.enable(["code", "blockquote", "list"])
    return parser


def _leaf(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    assert isinstance(state, _ContainerState)
    return ends_paragraph(state, start, containers=False) if silent else leaf(state, start, end)


def _block_quote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    return state.level < MAX_LEVEL and blockquote(state, start, end, silent)


def _item_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    return state.level < MAX_LEVEL and list_block(state, start, end, silent)


def _paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The last resort: what no other rule took is a paragraph."""
    assert isinstance(state, _ContainerState)
    if not silent:
        paragraph(state, start, end)
    return True
