"""The document model: what every reader makes and everything after it reads.

A document is headings, paragraphs and tables in reading order.  Each piece of text is a `Located`: the text as a reader
sees it together with where every character of it stands in the source, recorded while reading.  Lines and columns are
1-based and count code points of the decoded source; an end column is exclusive.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import NamedTuple

from gklint.documents.source import Source
from gklint.records import dataclass, field


class Span(NamedTuple):
    """A stretch of the source: 1-based line and column in code points, the end column exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int

    def first_line(self, width: int) -> Span:
        """The part of the span on its first line; ``width`` is the length in code points of that line's text."""
        if self.line == self.end_line:
            return self
        return Span(self.line, self.column, self.line, max(self.column, width + 1))


class Run(NamedTuple):
    """Consecutive characters of a text whose source positions follow one another on one line.

    ``offset`` is the index in the text of the run's first character, which stands at ``line`` and ``column``; every
    character of the run takes up ``width`` code points of source (1, or the length of an entity or a ``<br>``).
    """

    offset: int
    line: int
    column: int
    width: int = 1


class Located:
    """Text with the source position of each of its characters.

    ``line`` and ``column`` are those of its first character; of an empty text, those of the place where text would go.
    ``pieces`` are its runs, sorted by offset and the first at offset 0; None for a text that stands in the source
    unchanged on one line, as nearly all do.
    """

    __slots__ = ("column", "line", "pieces", "text")

    def __init__(self, text: str, line: int, column: int, pieces: tuple[Run, ...] | None = None) -> None:
        self.text = text
        self.line = line
        self.column = column
        self.pieces = pieces

    @classmethod
    def of_runs(cls, text: str, runs: Sequence[Run]) -> Located:
        """A text whose characters stand where ``runs``, at least one, say."""
        first = runs[0]
        plain = len(runs) == 1 and first.width == 1
        return cls(text, first.line, first.column, None if plain else tuple(runs))

    @property
    def runs(self) -> tuple[Run, ...]:
        """The runs, also of a text that is all one."""
        return self.pieces if self.pieces is not None else (Run(0, self.line, self.column),)

    @classmethod
    def join(cls, pieces: list[Located], separator: str = "") -> Located:
        """The pieces one after another; a separator character has the position of the end of the piece before it."""
        if len(pieces) == 1:
            return pieces[0]
        texts: list[str] = []
        runs: list[Run] = []
        length = 0
        for index, piece in enumerate(pieces):
            if index and separator:
                end = pieces[index - 1].span()
                runs.append(Run(length, end.end_line, end.end_column, 0))
                texts.append(separator)
                length += len(separator)
            runs.extend(run._replace(offset=run.offset + length) for run in piece.runs)
            texts.append(piece.text)
            length += len(piece.text)
        return cls.of_runs("".join(texts), runs)

    def _run_at(self, offset: int) -> Run:
        runs = self.runs
        return runs[bisect_right(runs, offset, key=_run_offset) - 1]

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Where ``text[start:end]`` stands in the source; zero-width when that is empty."""
        if end is None:
            end = len(self.text)
        if self.pieces is None:
            column = self.column + start
            return Span(self.line, column, self.line, column + max(end - start, 0))
        run = self._run_at(start)
        line, column = run.line, run.column + (start - run.offset) * run.width
        if end <= start:
            return Span(line, column, line, column)
        last = self._run_at(end - 1)
        return Span(line, column, last.line, last.column + (end - last.offset) * last.width)

    def __getitem__(self, part: slice) -> Located:
        start, end, _ = part.indices(len(self.text))
        end = max(start, end)
        if self.pieces is None:
            return Located(self.text[start:end], self.line, self.column + start)
        first = self._run_at(start)
        runs = [Run(0, first.line, first.column + (start - first.offset) * first.width, first.width)]
        runs.extend(run._replace(offset=run.offset - start) for run in self.pieces if start < run.offset < end)
        return Located.of_runs(self.text[start:end], runs)

    def strip(self) -> Located:
        """Without white space at either end; an all-blank text becomes empty, placed at its start."""
        text = self.text
        stripped = text.strip()
        if len(stripped) == len(text):
            return self
        if not stripped:
            return self[0:0]
        start = text.index(stripped[0])
        if self.pieces is None:
            return Located(stripped, self.line, self.column + start)
        return self[start : start + len(stripped)]

    def in_one_piece(self) -> bool:
        """Whether it stands on one line of the source with no markup inside, so that it can be replaced as a whole."""
        if self.pieces is None:
            return True
        before = self.pieces[0]
        for run in self.pieces[1:]:
            if run.line != before.line or run.column != before.column + (run.offset - before.offset) * before.width:
                return False
            before = run
        return True

    def writing(self, value: str) -> tuple[Span, str]:
        """What to replace in the source, and by what, so that ``value`` stands here instead; line ends are LF."""
        return self.span(), value

    def __bool__(self) -> bool:
        return bool(self.text)

    def __repr__(self) -> str:
        return f"Located({self.text!r} @{self.line}:{self.column})"


class Gap(Located):
    """The place of an empty cell: an empty text that knows what must go with a value written there.

    ``before`` and ``after`` are written around the value: padding, or the line end (LF) that sets it apart.  As many
    of the ``spare`` blanks from the place on give way as the value is long, so that the line keeps its width.
    ``cover`` is what stands for emptiness there and gives way altogether.
    """

    __slots__ = ("after", "before", "cover", "spare")

    def __init__(
        self, line: int, column: int, before: str = "", after: str = "", spare: int = 0, cover: Span | None = None
    ) -> None:
        super().__init__("", line, column)
        self.before = before
        self.after = after
        self.spare = spare
        self.cover = cover

    def writing(self, value: str) -> tuple[Span, str]:
        span = self.cover
        if span is None:
            line, column = self.line, self.column
            span = Span(line, column, line, column + min(self.spare, len(value)))
        return span, self.before + value + self.after


def _run_offset(run: Run) -> int:
    return run.offset


@dataclass(slots=True)
class Heading:
    """A heading that the format itself marks (ATX, Setext, ``<h2>``); ``text`` is without the markup."""

    text: Located
    level: int


@dataclass(slots=True)
class Paragraph:
    """Lines of running text, one `Located` a source line.

    A line keeps what stands before its first word (tabs, a list's number) where a flattened table could need it, and
    its own markup where the format cannot tell it from text.  ``strong`` says that the whole paragraph is bold.
    """

    lines: list[Located]
    strong: bool = False


@dataclass(slots=True)
class Cell:
    """One cell of a table, at the grid position of its upper left corner.

    ``text`` is stripped; for an empty cell it is the zero-width place where a value would be written.
    """

    text: Located
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    header: bool = False


class Figures:
    """A table taken apart: the cells that hold a figure, and all else.

    ``skeleton`` is equal for two tables that differ in figures alone; ``words`` are the texts of the cells without a
    figure, each once.  A figure is a number in ASCII, with a sign, commas between its thousands and a decimal point or
    without.  ``values`` are the numbers in reading order, if all are digits alone.
    """

    __slots__ = ("_padded", "skeleton", "values", "words")

    def __init__(
        self, skeleton: Hashable, padded: Sequence[str], words: tuple[str, ...], values: Sequence[int] | None
    ) -> None:
        """``padded`` are the texts of the figures, with the blanks that may stand around them."""
        self.skeleton = skeleton
        self._padded = padded
        self.words = words
        self.values = values

    @property
    def figures(self) -> tuple[str, ...]:
        """The texts of the figures in reading order."""
        return tuple([text.strip(" ") for text in self._padded])


@dataclass(slots=True)
class Table:
    """A grid: ``rows[r][c]`` is the cell that covers grid position (r, c); a spanning cell stands in each of them.

    Rows keep the number of positions that the source gives them: a ragged row is shorter or longer than the others.
    ``None`` is a position inside a row that no cell covers.
    """

    rows: list[list[Cell | None]]
    span: Span
    markup: str
    """``gfm`` or ``html``."""

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(self.rows)

    def row(self, index: int) -> list[Cell | None]:
        """A row, which need not be kept: it may be made anew each time."""
        return self.rows[index]

    def size(self) -> int:
        """The number of grid positions, about."""
        return sum(map(len, self.rows))

    def texts(self) -> Iterable[str]:
        """The texts of all cells; that of a spanning cell may come several times."""
        return (cell.text.text for row in self.rows for cell in row if cell is not None)

    def text_at(self, row: int, column: int) -> Located:
        """The text of the cell at a grid position.  Raises IndexError or KeyError where there is none."""
        cell = self.row(row)[column]
        if cell is None:
            raise KeyError((row, column))
        return cell.text

    def line_at(self, row: int, column: int) -> int:
        """The line on which that text begins."""
        return self.text_at(row, column).line

    def texts_at(self, places: Iterable[tuple[int, int]]) -> list[str]:
        """The texts of the cells at these rows and columns."""
        return [self.text_at(row, column).text for row, column in places]

    def figures(self) -> Figures | None:
        """The table's skeleton and its figures; None where they cannot be had quickly."""
        return None

    def figure_places(self) -> list[tuple[int, int]]:
        """The row and the column of each of its figures."""
        return []

    def signature(self, seen_as: Callable[[str], str]) -> Hashable:
        """What two tables share that have the same cells in the same places, ``seen_as`` telling what a text counts
        as."""
        return tuple(
            tuple(
                [
                    None
                    if cell is None
                    else (seen_as(cell.text.text), cell.header, cell.rowspan, cell.colspan)
                    if cell.row == index and cell.column == column
                    else (cell.row, cell.column)
                    for column, cell in enumerate(row)
                ]
            )
            for index, row in enumerate(self.rows)
        )


class MadeTable(Table):
    """A table whose rows are made when somebody asks for them: mostly only its texts are looked at.

    It says itself how many rows it has and makes each of them.
    """

    __slots__ = ()

    def __getattr__(self, name: str) -> list[list[Cell | None]]:
        # Only what is not there yet is looked for here.
        if name != "rows":
            raise AttributeError(name)
        self.rows = list(map(self.row, range(self.height)))
        return self.rows


Block = Heading | Paragraph | Table


@dataclass(slots=True)
class Document:
    """What a reader makes of one source."""

    source: Source
    format: str
    """``markdown``, ``html`` or ``text``."""
    blocks: list[Block] = field(default_factory=list)
    title: Located | None = None
    """A title that the format keeps apart from the text, such as HTML's ``<title>``."""
