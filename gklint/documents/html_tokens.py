"""HTML text to tokens with exact offsets.

The standard library's parser reports a token's place by line and column of its own counting, and slows down badly on
hostile input; this one walks the text once with compiled patterns that cannot backtrack, and gives absolute offsets.
It follows HTML5 where that matters to a reader of text: raw text elements, comments, quoted attributes.
"""

from __future__ import annotations

import re
from collections.abc import Generator

from gklint.regex import lazy

TEXT, START, END, TITLE, CELL = range(5)

Token = tuple[int, str, int, int, int]
"""Kind, tag name in lower case, start, end, and where the attributes start (they end at ``end - 1``).

A ``TITLE`` token is the content of a title element; it comes between the element's ``START`` and ``END``.  A ``CELL``
token is a table's cell with nothing but text in it, which goes on to the next ``<``, where the cell's end tag stands:
it spares the many cells of a table two tokens each.
"""

VOID = frozenset(
    ("area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link")
) | frozenset(("meta", "param", "source", "track", "wbr"))

RAW = frozenset(("script", "style", "iframe", "noembed", "noframes", "textarea", "title"))
# An unclosed one of these hides the rest of the page in a browser; a reader of drafts is better served by the text.
_RAW_ONLY_IF_CLOSED = frozenset(("title", "textarea"))

_TAG = r"""<(?:
        (/?)([a-zA-Z][^ \t\n\r\f/>]*+)(%s)>
      | (!--)
      | ([!?/])
      | [a-zA-Z]
    )"""
_MARKUP = lazy(_TAG % r"""(?:[^=>]++|=[ \t\n\r\f]*+(?:"[^"]*+"|'[^']*+')?+)*+""", re.VERBOSE)
# Without regard for quotes: for the tag whose quote is never closed.
_PLAIN_MARKUP = lazy(_TAG % "[^>]*+", re.VERBOSE)
# Each tag still open at the end of the file costs a walk to that end; after so many, quotes are not heeded any more.
_MAX_WALKS = 16
_COMMENT_END = lazy("--!?>")

_CELLS = frozenset(("td", "th"))
_CELL = lazy(
    r"""<(t[dh])(?:[ \t\n\r\f]++[a-zA-Z-]++(?:=(?:"[^"<>]*+"|'[^'<>]*+'|[a-zA-Z0-9%#]++))?+)*+[ \t\n\r\f]*+>"""
    r"""[^<]*+</\1>"""
)


def tokens(text: str, start: int, end: int, xml: bool = False) -> Generator[Token, int, None]:
    """The tokens of ``text[start:end]`` in order; comments, declarations and raw text that is not read are left out.

    With ``xml`` a tag written ``<p/>`` is an element without content; HTML itself pays no heed to the slash.  An offset
    that is sent in answer to a ``START`` is where to go on; what is given in return for it is no token to look at.
    """
    markup = _MARKUP
    position = start
    walks = 0
    last_close = text.rfind(">", start, end)
    unclosed: set[str] = set()
    while match := markup.search(text, position, end):
        tag, after = match.span()
        name: str | None = match[2]
        if name is None and match[4] is None and match[5] is None:
            # A tag with no end, or with a quote that swallows its end.
            if tag > last_close:
                break
            walks += 1
            if walks > _MAX_WALKS:
                markup = _PLAIN_MARKUP
            plain = _PLAIN_MARKUP.match(text, tag, end)
            if plain is None:  # pragma: no cover - there is a ">" further on
                break
            match, after, name = plain, plain.end(), plain[2]
        if tag > position:
            yield TEXT, "", position, tag, tag
        if name is None:
            position = _comment_end(text, after, end) if match[4] else _after(text, ">", after, end)
            continue
        position = after
        name = name.lower()
        if name in _CELLS and (cell := _CELL.match(text, tag, end)):
            yield CELL, name, tag, after, match.start(3)
            position = cell.end()
            continue
        if match[1]:
            yield END, name, tag, after, after
            continue
        skipped: int | None = yield START, name, tag, after, match.start(3)
        if skipped is not None:
            position = skipped
            yield TEXT, "", position, position, position
            continue
        if xml and text[after - 2] == "/":
            if name not in VOID:
                yield END, name, tag, after, after
        elif name in RAW and name not in unclosed:
            closing = re.compile(f"</{name}(?=[ \t\n\r\f/>])", re.IGNORECASE).search(text, after, end)
            if closing is not None:
                position = closing.start()
            elif name in _RAW_ONLY_IF_CLOSED or text[after - 2] == "/":
                unclosed.add(name)
                continue
            else:
                position = end
            if name == "title":
                yield TITLE, name, after, position, after
    if position < end:
        yield TEXT, "", position, end, end


def _after(text: str, mark: str, start: int, end: int) -> int:
    """The offset after the next ``mark``, or ``end``."""
    found = text.find(mark, start, end)
    return end if found < 0 else found + len(mark)


def _comment_end(text: str, start: int, end: int) -> int:
    """The offset after a comment whose content starts at ``start``; one that nothing closes goes on to the end."""
    for abrupt in (">", "->"):
        if text.startswith(abrupt, start, end):
            return start + len(abrupt)
    closing = _COMMENT_END.search(text, start, end)
    return end if closing is None else closing.end()
