"""Pipe tables of GitHub Flavored Markdown, split on the source line so that every cell knows its place.

A row keeps the number of cells that it is written with: GFM would pad or cut it to the header's number, and a cell that
the drafter forgot would never be seen.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache
from itertools import chain

from gklint.documents.figures import MARKED, figure_places, take_figures
from gklint.documents.inline import plain
from gklint.documents.model import Cell, Figures, Gap, Located, MadeTable, Span
from gklint.regex import lazy

_DELIMITER = lazy(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
_PIPE = lazy(r"(?<!\\)\|")


Row = list[Cell | None]


def delimiter_cells(text: str) -> int:
    """The number of cells of a delimiter row, or 0 for a line that is none.

    ``text`` is the line from its first character that is not white space.  A dash with a space is a list's bullet, and
    a line of dashes alone may be a heading's underline.
    """
    if text[0] == "-" and text[1:2] in ("", " ", "\t"):
        return 0
    text = text.rstrip()
    if text.strip("|:- \t"):
        # Nearly all lines.
        return 0
    return _counted(text) if len(text) <= _MAX_COUNTED else _count(text)


_MAX_COUNTED = 500
"""Longer rows are not kept."""


def _count(text: str) -> int:
    """The same for a line of nothing but a delimiter row's characters."""
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


_counted = lru_cache(maxsize=256)(_count)
"""Tables of a form share their delimiter rows."""


def is_table_head(header: str, delimiter: str, cells: int) -> bool:
    """Whether the line above a delimiter row of ``cells`` cells is its header row.

    GFM wants as many cells in both.  Where they differ, pipes in both lines still say that a table was meant.
    """
    if "|" in header:
        return "|" in delimiter or len(_split(header)[1]) == cells
    return cells == 1 and delimiter[0] == "|"


class PipeTable(MadeTable):
    """A table of lines, each split when somebody asks for it."""

    __slots__ = ("_columns", "_figures", "_headers", "_kept", "_texts")

    def __init__(self, texts: list[str], span: Span, headers: int, columns: list[int] | None = None) -> None:
        """``texts`` are the rows from their first character on, stripped at the end; the first ``headers`` of them
        stand above the delimiter row, which is not among them.

        The lines of the table, the delimiter row's included, begin at ``columns``, all at column 1 if that is None.
        """
        self.span = span
        self.markup = "gfm"
        self._texts = texts
        self._headers = headers
        self._columns = columns
        self._kept: dict[int, _Line] = {}
        self._figures: Figures | bool | None = False

    def _line(self, row: int) -> _Line:
        line = self._kept.get(row)
        if line is None:
            line = self._kept[row] = self._split_row(row)
        return line

    def _split_row(self, row: int) -> _Line:
        below = row >= self._headers
        column = self._columns[row + below] if self._columns else 1
        return _Line(self._texts[row], self.span.line + row + below, column, not below)

    @property
    def height(self) -> int:
        return len(self._texts)

    def row(self, index: int) -> Row:
        return self._split_row(index).cells(index)

    def size(self) -> int:
        # One more than the pipes between cells; pipes at both ends, as nearly all rows have them, make it one too many.
        return sum([text.count("|") for text in self._texts])

    def texts(self) -> Iterable[str]:
        return chain.from_iterable(self._split_row(row).texts for row in range(len(self._texts)))

    def text_at(self, row: int, column: int) -> Located:
        return self._line(row).text_at(column)

    def line_at(self, row: int, column: int) -> int:
        return self.span.line + row + (row >= self._headers)

    def texts_at(self, places: Iterable[tuple[int, int]]) -> list[str]:
        return [self._line(row).texts[column] for row, column in places]

    def signature(self, seen_as: Callable[[str], str]) -> Hashable:
        lines = map(self._split_row, range(len(self._texts)))
        return tuple([(line.header, *map(seen_as, line.texts)) for line in lines])

    def figures(self) -> Figures | None:
        if isinstance(self._figures, bool):
            self._figures = take_figures(self._texts, self._headers)
        return self._figures

    def figure_places(self) -> list[tuple[int, int]]:
        return figure_places(self._texts)


class _Line:
    """A row as it stands in the source: ``text``, at ``line`` and ``column``, and the stripped texts of its cells."""

    __slots__ = ("_located", "_places", "column", "header", "line", "text", "texts")

    def __init__(self, text: str, line: int, column: int, header: bool) -> None:
        self.text = text
        self.line = line
        self.column = column
        self.header = header
        self._located: list[Located] | None = None
        self._places: list[tuple[int, str]] | None = None
        if MARKED.search(text) is None:
            # Nearly all: pieces between pipes, with a pipe at either end.
            if text[:1] == text[-1:] == "|" and len(text) > 1:
                self.texts = list(map(str.strip, text[1:-1].split("|")))
            else:
                self.texts = list(map(str.strip, _split(text)[1]))
            return
        self._located = located = [
            _cell_text(piece.strip(), line, place + len(piece) - len(piece.lstrip()))
            if piece and not piece.isspace()
            else _gap(line, place, len(piece))
            for place, piece in self.places()
        ]
        self.texts = [one.text for one in located]

    def places(self) -> list[tuple[int, str]]:
        """The column of each piece between the pipes, and the piece."""
        if self._places is None:
            begin, pieces = _split(self.text)
            place = self.column + begin
            self._places = []
            for piece in pieces:
                self._places.append((place, piece))
                place += len(piece) + 1
        return self._places

    def text_at(self, column: int) -> Located:
        if self._located is not None:
            return self._located[column]
        text = self.texts[column]
        place, piece = self.places()[column]
        if not text:
            # The place where a value would be written: after one space of padding, if there is room.
            return _gap(self.line, place, len(piece))
        return Located(text, self.line, place + piece.index(text[0]))

    def cells(self, row: int) -> Row:
        """The cells of this row, the ``row``-th of its table."""
        header = self.header
        if self._located is not None:
            return [Cell(text, row, column, 1, 1, header) for column, text in enumerate(self._located)]
        line = self.line
        return [
            Cell(
                Located(text, line, place + piece.index(text[0])) if text else _gap(line, place, len(piece)),
                *(row, column, 1, 1, header),
            )
            for column, (text, (place, piece)) in enumerate(zip(self.texts, self.places(), strict=True))
        ]


def pipe_table(lines: list[str], line: int, delimiter: int, columns: list[int] | None = None) -> PipeTable:
    """The table of these lines from ``line`` on, stripped at the end, the ``delimiter``-th of which divides head and
    body.

    ``columns`` are those at which they begin, None if all begin at column 1.
    """
    texts = [_without_comment(text) if text.endswith("-->") else text for text in lines]
    end = (columns[-1] if columns else 1) + len(texts[-1])
    span = Span(line, columns[0] if columns else 1, line + len(texts) - 1, end)
    del texts[delimiter]
    return PipeTable(texts, span, delimiter, columns)


def _without_comment(text: str) -> str:
    """A row without the comment behind its last pipe, which is no cell."""
    before = text[: text.rfind("<!--")].rstrip()
    return before if before.endswith("|") else text


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
