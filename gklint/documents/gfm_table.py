"""Pipe tables of GitHub Flavored Markdown, split on the source line so that every cell knows its place.

A row keeps the number of cells that it is written with: GFM would pad or cut it to the header's number, and a cell that
the drafter forgot would never be seen.
"""

from __future__ import annotations

from gklint.documents.inline import MARKUP, plain
from gklint.documents.model import Cell, Gap, Located, Run, Span, Table
from gklint.regex import lazy

_DELIMITER = lazy(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
_PIPE = lazy(r"(?<!\\)\|")

# A table has hundreds of cells: this spares each the call of the class.
_run = tuple.__new__

Row = list[Cell | None]


def delimiter_cells(text: str) -> int:
    """The number of cells of a delimiter row, or 0 for a line that is none.

    ``text`` is the line from its first character that is not white space.  A dash with a space is a list's bullet, and
    a line of dashes alone may be a heading's underline.
    """
    if text[0] == "-" and text[1:2] in ("", " ", "\t"):
        return 0
    text = text.rstrip()
    if not _DELIMITER.fullmatch(text):
        return 0
    body = text[text[0] == "|" : len(text) - (text[-1] == "|")]
    cells = body.count("|") + 1
    if cells == 1 and "|" not in text and ":" not in text:
        return 0
    if cells == 1 and text[0] != "|" and "---" not in text:
        # A pasted column of values may hold a dash with a pipe behind it.
        return 0
    return cells


def is_table_head(header: str, delimiter: str, cells: int) -> bool:
    """Whether the line above a delimiter row of ``cells`` cells is its header row.

    GFM wants as many cells in both.  Where they differ, pipes in both lines still say that a table was meant.
    """
    if "|" in header:
        return "|" in delimiter or len(_split(header)[1]) == cells
    return cells == 1 and delimiter[0] == "|"


class TableBuilder:
    """Collects the rows of one table."""

    __slots__ = ("_end", "_start", "rows")

    def __init__(self, line: int, column: int) -> None:
        self.rows: list[Row] = []
        self._start = self._end = (line, column)

    def add(self, text: str, line: int, column: int, header: bool = False) -> None:
        """Add the row ``text``, stripped, which stands at ``line`` and ``column``."""
        if text.endswith("-->"):
            # A comment behind the last pipe is no cell.
            before = text[: text.rfind("<!--")].rstrip()
            text = before if before.endswith("|") else text
        index = len(self.rows)
        marked = "`" in text or MARKUP.search(text) is not None
        row: Row = []
        place, pieces = _split(text)
        place += column
        for piece in pieces:
            value = piece.strip()
            if not value:
                # The place where a value would be written: after one space of padding, if there is room.
                located = _gap(line, place, len(piece))
            else:
                begin = place + piece.index(value[0])
                located = (
                    _cell_text(value, line, begin) if marked else Located(value, (_run(Run, (0, line, begin, 1)),))
                )
            row.append(Cell(located, index, len(row), 1, 1, header))
            place += len(piece) + 1
        self.rows.append(row)
        self.end(line, column + len(text))

    def end(self, line: int, column: int) -> None:
        """Note that the table reaches to this place, though no row of cells stands there."""
        self._end = (line, column)

    def table(self) -> Table:
        return Table(list(self.rows), Span(*self._start, *self._end), "gfm")


def _gap(line: int, place: int, width: int) -> Located:
    """The place in a blank cell of ``width`` blanks: with a blank on either side if it has any, as narrow as it was."""
    if width < 2:
        return Gap(line, place + width, after=" " * width)
    return Gap(line, place + 1, spare=width - 2)


def _cell_text(value: str, line: int, column: int) -> Located:
    located = plain(value, line, column, cell=True).strip()
    text = located.text
    if len(text) > 2 and text[0] == text[-1] == "`" and text.count("`") == 2:
        located = located[1:-1].strip()
    return located


def _split(text: str) -> tuple[int, list[str]]:
    """The pieces between the pipes of a stripped row and the offset of the first; pipes at either end are borders."""
    begin = 1 if text[:1] == "|" else 0
    end = len(text)
    if end > begin and text[-1] == "|" and text[-2:-1] != "\\":
        end -= 1
    inner = text[begin:end]
    return begin, _PIPE.split(inner) if "\\" in inner else inner.split("|")
