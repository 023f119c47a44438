"""HTML tokens to a flow: the text that is shown, the edges of blocks, headings and tables, each with its offsets.

What a page wraps around its text is left out here: scripts, navigation, footers, form controls and whatever is hidden.
"""

from __future__ import annotations

import re

from gklint.documents.html_attributes import IS_PRE, IS_STRONG, IS_UNREAD, spans, styled
from gklint.documents.html_plain import PlainTables, SkeletonTable
from gklint.documents.html_table import (
    BLOCK,
    BREAK,
    HEADING,
    HEADING_END,
    PREFORMATTED,
    STRONG,
    Item,
    RawCell,
    RawTable,
)
from gklint.documents.html_tokens import CELL, END, RAW, START, TEXT, TITLE, VOID, tokens
from gklint.regex import lazy

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_TABLE_PARTS = frozenset(("caption", "col", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr"))
_NOT_READ = frozenset(
    ("aside", "button", "datalist", "footer", "nav", "noscript", "option", "select", "svg", "template")
)
_BLOCKS = (
    frozenset(_HEADINGS)
    | _TABLE_PARTS
    | _NOT_READ - {"button", "svg"}
    | frozenset(
        ("address", "article", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt")
    )
    | frozenset(("fieldset", "figcaption", "figure", "form", "head", "header", "hgroup", "hr", "html", "legend", "li"))
    | frozenset(("listing", "main", "menu", "ol", "optgroup", "p", "pre", "search", "section", "summary", "table"))
    | frozenset(("ul", "xmp"))
)
_PRE = frozenset(("listing", "pre", "xmp"))
_BOLD = frozenset(("b", "strong"))
# Where a header is that of a part of the page, and not the page's banner.
_PARTS = ("article", "main", "section")
_IMPLIED_END = {"li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd"), "option": ("option",)}

_MAX_TABLE_DEPTH = 32
# How far out an element is looked for that is probably near; without a bound, deep nesting would cost its square.
_MAX_LOOK_UP = 64

_HEADER_HOLDS = lazy(r"<(h1|/header)(?=[ \t\n\r\f/>])", re.IGNORECASE)
_BLANK_ENTITY = lazy("&(?:nbsp|#160|#xa0|emsp|ensp);?", re.IGNORECASE)


def is_blank(text: str) -> bool:
    """Whether text with its entities shows nothing."""
    return not text.strip() or ("&" in text and not _BLANK_ENTITY.sub("", text).strip())


class _Scope:
    """A stretch whose end tags reach no further out: the page, a cell, a caption, a table between its cells."""

    __slots__ = ("cell", "counts", "items", "open", "place", "pre", "strong", "table", "unread")

    def __init__(self, items: list[Item], outer: _Scope | None, table: RawTable | None, cell: bool) -> None:
        self.items = items
        self.table = table
        self.cell = cell
        """Whether this is the inside of a cell or a caption of ``table``."""
        self.open: list[tuple[str, int]] = []
        self.counts: dict[str, int] = {}
        self.strong: int = 1 if outer is not None and outer.strong else 0
        self.pre: int = 1 if outer is not None and outer.pre else 0
        self.unread = 0
        self.place: RawCell | None = None
        """The cell whose place for a value is still moving inwards."""

    def push(self, name: str, flags: int) -> None:
        self.open.append((name, flags))
        self.counts[name] = self.counts.get(name, 0) + 1
        if flags:
            self._count(flags, 1)

    def pop(self) -> None:
        name, flags = self.open.pop()
        if name:
            self.counts[name] -= 1
        if flags:
            self._count(flags, -1)

    def close(self, name: str) -> None:
        """Close the innermost open ``name``, and what is open inside of it."""
        if not self.counts.get(name):
            return
        if name not in _BLOCKS:
            # An inline element never ends a block: <b><p>…</b>…</p> ends the bold only.
            crossed = False
            for index in range(len(self.open) - 1, max(-1, len(self.open) - 1 - _MAX_LOOK_UP), -1):
                opened, flags = self.open[index]
                if opened == name:
                    if crossed:
                        self.open[index] = ("", 0)
                        self.counts[name] -= 1
                        self._count(flags, -1)
                        return
                    break
                crossed = crossed or opened in _BLOCKS
        left = self.counts[name] - 1
        while self.counts[name] > left:
            self.pop()

    def close_implied(self, names: tuple[str, ...], barrier: frozenset[str]) -> None:
        """Close the nearest open element of ``names``, if no other block but a div or p stands between."""
        for index in range(len(self.open) - 1, max(-1, len(self.open) - 1 - _MAX_LOOK_UP), -1):
            opened = self.open[index][0]
            if opened in names:
                self.close(opened)
                return
            if opened in barrier and opened not in ("div", "p"):
                return

    def _count(self, flags: int, step: int) -> None:
        if flags & IS_STRONG:
            self.strong += step
        if flags & IS_PRE:
            self.pre += step
        if flags & IS_UNREAD:
            self.unread += step


class Flow:
    """The flow of what stands from offset ``start`` to ``end`` of ``text``.

    ``items`` is the flow, ``title`` where the title element's content starts and ends, if there is one.  Unless
    ``by_skeleton``, plain tables are read tag by tag like all others.
    """

    def __init__(self, text: str, start: int, end: int, by_skeleton: bool = True) -> None:
        self._text = text
        self._end = end
        self._plain_tables = PlainTables(text, end) if by_skeleton else None
        self._last_end_tags: dict[str, int] = {}
        self._header_next = (-1, False)
        self.title: tuple[int, int] | None = None
        self.items: list[Item] = []
        self._scopes = [_Scope(self.items, None, None, False)]
        self._read(start, end)

    def _read(self, start: int, end: int) -> None:
        text = self._text
        xml = text[start : start + 200].lstrip().startswith("<?xml")
        stream = tokens(text, start, end, xml)
        for kind, name, begin, after, attributes_start in stream:
            scope = self._scopes[-1]
            if kind == TEXT:
                self._words(scope, begin, after)
            elif kind == CELL:
                self._simple_cell(scope, name, begin, after, attributes_start)
            elif kind == START:
                if name == "table" and (plain := self._plain_table(scope, begin, after)):
                    stream.send(plain.end)
                    continue
                self._start(scope, name, begin, after, attributes_start)
            elif kind == END:
                self._end_tag(scope, name, begin, after)
            elif kind == TITLE and self.title is None and not scope.unread:
                self.title = begin, after
        while len(self._scopes) > 1:
            self._leave(end)

    def _words(self, scope: _Scope, begin: int, after: int) -> None:
        if scope.unread:
            return
        items = scope.items
        piece = self._text[begin:after]
        if piece.isspace():
            # Between tags only of use where text goes on.
            if items and (scope.pre or (type(items[-1]) is tuple and items[-1][0] <= 3)):
                items.append((PREFORMATTED if scope.pre else 0, begin, after))
            return
        items.append(((STRONG if scope.strong else 0) | (PREFORMATTED if scope.pre else 0), begin, after))
        if scope.place is not None and ("&" not in piece or not is_blank(piece)):
            scope.place = None

    def _simple_cell(self, scope: _Scope, name: str, begin: int, after: int, attributes_start: int) -> None:
        """A cell with nothing but text in it."""
        text = self._text
        end = text.index("<", after)
        table = scope.table
        attributed = after - attributes_start > 1
        if (
            table is None
            or scope.cell
            or scope.open
            or scope.unread
            or scope.pre
            or table.hidden
            or not table.in_row
            or (attributed and self._flags(name, after, attributes_start))
        ):
            self._start_of_table(scope, name, begin, after, attributes_start)
            if end > after:
                self._words(self._scopes[-1], after, end)
            self._end_tag(self._scopes[-1], name, end, end + len(name) + len("</>"))
            return
        cell = self._cell(name, after, attributes_start)
        if end > after and not text[after:end].isspace():
            cell.items.append((STRONG if scope.strong else 0, after, end))
        table.add(cell)

    def _cell(self, name: str, after: int, attributes_start: int) -> RawCell:
        cell = RawCell([], after, name == "th")
        if after - attributes_start > 1:
            cell.rowspan, cell.colspan = spans(self._text, attributes_start, after - 1)
        return cell

    def _start(self, scope: _Scope, name: str, begin: int, after: int, attributes_start: int) -> None:
        if name in _TABLE_PARTS or name == "table":
            self._start_of_table(scope, name, begin, after, attributes_start)
            return
        if name == "br":
            if not scope.unread:
                scope.items.append((BREAK, begin, after))
            return
        if name in VOID or name in RAW:
            if name == "hr" and not scope.unread:
                scope.items.append((BLOCK, begin, after))
            return
        if name in _BLOCKS:
            self._start_block(scope, name)
            if not scope.unread:
                level = _HEADINGS.get(name)
                scope.items.append((BLOCK if level is None else HEADING + level, begin, after))
                if level is not None and scope.table is not None:
                    scope.table.plain = False
        flags = self._flags(name, after, attributes_start)
        if name == "header" and not flags & IS_UNREAD and self._is_banner(after):
            flags |= IS_UNREAD
        scope.push(name, flags)
        if scope.place is not None and not scope.unread:
            scope.place.place = after

    def _start_block(self, scope: _Scope, name: str) -> None:
        """End what the start of a block ends without a tag of its own."""
        if scope.counts.get("p"):
            scope.close("p")
        if name in _HEADINGS and scope.open and scope.open[-1][0] in _HEADINGS:
            scope.pop()
        implied = _IMPLIED_END.get(name)
        if implied is not None:
            scope.close_implied(implied, _BLOCKS)

    def _end_tag(self, scope: _Scope, name: str, begin: int, after: int) -> None:
        if name in _TABLE_PARTS or name == "table":
            self._end_of_table(scope, name, begin, after)
            return
        if name in RAW:
            return
        scope.place = None
        unread = scope.unread
        if name not in VOID:
            scope.close(name)
        if name in _BLOCKS and not (unread and scope.unread):
            scope.items.append((HEADING_END if name in _HEADINGS else BLOCK, begin, after))
        elif name == "br" and not unread:
            scope.items.append((BREAK, begin, after))

    def _flags(self, name: str, after: int, attributes_start: int) -> int:
        flags = IS_STRONG if name in _BOLD else IS_PRE if name in _PRE else 0
        if name in _NOT_READ and self._is_closed_later(name, after):
            return IS_UNREAD
        return styled(self._text, attributes_start, after - 1, flags) if after - attributes_start > 1 else flags

    def _is_closed_later(self, name: str, after: int) -> bool:
        """Whether an end tag follows; without one, a forgotten tag of the page's frame would hide the report."""
        last = self._last_end_tags.get(name)
        if last is None:
            last = max(self._text.rfind(f"</{written}", 0, self._end) for written in (name, name.upper(), name.title()))
            self._last_end_tags[name] = last
        return last >= after

    def _is_banner(self, after: int) -> bool:
        """Whether a header that starts here is the page's frame: of no part of the page, and without its heading."""
        if len(self._scopes) > 1 or any(self._scopes[0].counts.get(part) for part in _PARTS):
            return False
        if self._header_next[0] < after:
            found = _HEADER_HOLDS.search(self._text, after, self._end)
            self._header_next = (self._end, False) if found is None else (found.start(), found[1].lower() != "h1")
        return self._header_next[1]

    def _start_of_table(self, scope: _Scope, name: str, begin: int, after: int, attributes_start: int) -> None:
        ordinary = scope.unread or scope.counts.get("table")
        if name == "table":
            if not scope.cell and scope.table is not None and not ordinary:
                self._leave(begin)
                scope = self._scopes[-1]
            flags = self._flags(name, after, attributes_start)
            if ordinary or flags & IS_UNREAD or len(self._scopes) >= 2 * _MAX_TABLE_DEPTH:
                # Hidden, or deeper than anybody would nest: its text, if any, is read without its grid.
                if not scope.unread:
                    scope.items.append((BLOCK, begin, after))
                scope.push(name, flags)
                return
            scope.place = None
            scope.items.append((BLOCK, begin, after))
            table = RawTable(begin)
            inside = _Scope(scope.items, scope, table, False)
            inside.strong |= flags & IS_STRONG
            self._scopes.append(inside)
            return
        if scope.counts.get("table") or scope.table is None:
            if not scope.unread:
                scope.items.append((BLOCK, begin, after))
            return
        if scope.cell:
            self._leave(begin)
            scope = self._scopes[-1]
        self._start_of_part(scope, name, begin, after, attributes_start)

    def _start_of_part(self, scope: _Scope, name: str, begin: int, after: int, attributes_start: int) -> None:
        table = scope.table
        assert table is not None
        # What stands in a table outside of its cells belongs before it, and ends here.
        while scope.open:
            scope.pop()
        if name in ("col", "colgroup"):
            return
        flags = self._flags(name, after, attributes_start) if after - attributes_start > 1 else 0
        if name in ("td", "th"):
            if not table.in_row:
                table.open_row(False)
            cell = self._cell(name, after, attributes_start)
            inside = _Scope(cell.items, scope, table, True)
            inside.strong |= flags & IS_STRONG
            inside.place = cell
            if flags & IS_UNREAD or table.hidden:
                inside.unread = 1
            else:
                table.add(cell)
            self._scopes.append(inside)
        elif name == "caption":
            scope.items.append((BLOCK, begin, after))
            inside = _Scope(scope.items, scope, table, True)
            inside.unread = 1 if flags & IS_UNREAD else 0
            self._scopes.append(inside)
        elif name == "tr":
            table.open_row(bool(flags & IS_UNREAD))
        else:
            table.open_group(name, bool(flags & IS_UNREAD))

    def _plain_table(self, scope: _Scope, begin: int, after: int) -> SkeletonTable | None:
        """Add the table that begins here as a whole, if nothing around it matters and it is plain."""
        if (
            self._plain_tables is None
            or scope.unread
            or scope.strong
            or scope.pre
            or scope.counts.get("table")
            or (scope.table is not None and not scope.cell)
            or len(self._scopes) >= 2 * _MAX_TABLE_DEPTH
        ):
            return None
        table = self._plain_tables.at(begin)
        if table is not None:
            scope.place = None
            scope.items.append((BLOCK, begin, after))
            scope.items.append(table)
            if scope.table is not None:
                scope.table.plain = False
        return table

    def _end_of_table(self, scope: _Scope, name: str, begin: int, after: int) -> None:
        if scope.counts.get("table"):
            if name == "table":
                scope.close(name)
            if not scope.unread:
                scope.items.append((BLOCK, begin, after))
            return
        if scope.table is None:
            if not scope.unread:
                scope.items.append((BLOCK, begin, after))
            return
        if name in ("col", "colgroup"):
            return
        if scope.cell:
            self._leave(begin)
            if name in ("td", "th", "caption"):
                return
        if name == "table":
            self._leave(after)
        elif name == "tr":
            scope.table.in_row = False
        elif name in ("thead", "tbody", "tfoot"):
            scope.table.open_group("", False)

    def _leave(self, offset: int) -> None:
        """Leave the innermost scope; a table that ends, ends at ``offset``."""
        scope = self._scopes.pop()
        outer = self._scopes[-1]
        if scope.cell:
            if scope.items is outer.items:  # a caption
                scope.items.append((BLOCK, offset, offset))
        elif scope.table is not None:
            scope.table.end = offset
            outer.items.append(scope.table)
            if outer.table is not None:
                outer.table.plain = False
