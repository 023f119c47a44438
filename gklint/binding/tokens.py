"""Turning a stretch of a document into rows of tokens: from grids by their rows, from flattened tables by what is left
of their layout (a pipe or tab here, a blank line there).  No pack is needed for this; what the tokens mean comes
later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from itertools import pairwise

from gklint.binding.labels import fold
from gklint.binding.values import looks_numeric
from gklint.documents.model import Block, Cell, Gap, Heading, Located, Paragraph, Table
from gklint.records import dataclass, field
from gklint.regex import lazy

MAX_PIECES = 4
"""Over how many lines a label may be split."""
LONG = 1000
"""Of a stretch with so many rows of grids or lines of text, rows are not kept."""
_PIPES = str.maketrans("｜│┃", "|||")
_WORD = lazy(r"\S+")
_SPACED_VALUES = lazy(r"^(?P<label>.*?)(?P<values>(?:(?:^|\s+)[+-]?\d[\d.,]*){3,})\s*$")


@lru_cache(maxsize=4096)
def _read(text: str) -> tuple[bool, str]:
    """Whether a text could be a value, and the text folded.  Reports repeat the same few hundred over and over."""
    return looks_numeric(text), fold(text)


class Token:
    """One cell or piece of a line.

    ``numeric`` says that it could be a value (a blank is one); ``folded`` is its text as compared with labels.
    ``column`` is the grid column, -1 where there is no grid; ``continues`` says that nothing ends the piece, so that
    the next one may be the rest of the same cell.
    """

    __slots__ = ("column", "continues", "folded", "header", "numeric", "text")

    def __init__(self, text: Located, column: int = -1, continues: bool = False, header: bool = False) -> None:
        self.text = text
        self.numeric, self.folded = _read(text.text)
        self.column = column
        self.continues = continues
        self.header = header

    @property
    def blank(self) -> bool:
        return not self.text.text


@dataclass(slots=True)
class TokenRow:
    """Tokens that stand in one row of the document.

    ``width`` is the number of grid positions of the row, or of its cells in a flattened table with rows; ``grid`` is
    the number of the table it comes from, -1 for none.  ``grid_row`` has the cell of each position, for grids.
    ``tabbed`` rows have their cells between tabs.
    """

    tokens: list[Token]
    width: int
    grid: int = -1
    grid_row: list[Cell | None] = field(default_factory=list)
    tabbed: bool = False


@dataclass(slots=True)
class Strip:
    """Rows of tokens in reading order; of very many, they are made anew each time that somebody goes through them.

    ``bounded`` is False where the ends of the rows are lost: then ``rows`` are only the pieces between the row ends
    that are still known, and a row of the form may go on over several of them or share one with others.
    """

    rows: Iterable[TokenRow]
    bounded: bool


class MadeRows(Iterable[TokenRow]):
    """Rows that ``make`` makes for each that goes through them."""

    __slots__ = ("_make",)

    def __init__(self, make: Callable[[], Iterator[TokenRow]]) -> None:
        self._make = make

    def __iter__(self) -> Iterator[TokenRow]:
        return self._make()


def _strip(make: Callable[[], Iterator[TokenRow]], size: int, *, bounded: bool) -> Strip:
    """The rows that ``make`` makes, about ``size`` of them."""
    return Strip(MadeRows(make) if size >= LONG else [*make()], bounded)


def grid_rows(table: Table, number: int, *, keep: bool) -> Iterator[TokenRow]:
    """The rows of a grid: each row's own cells, not those that reach down into it from above.

    Of a table whose rows are not to ``keep``, they are made for this.
    """
    for index, grid_row in enumerate(table.rows if keep else map(table.row, range(table.height))):
        tokens = []
        for column, cell in enumerate(grid_row):
            if cell is not None and cell.row == index and cell.column == column:
                tokens.append(Token(cell.text, column, False, cell.header))
        yield TokenRow(tokens, len(grid_row), number, grid_row)


def is_short(text: str) -> bool:
    """Whether a line of text between grids could be a label, rather than prose."""
    return len(text) < 120


def block_rows(blocks: list[Block]) -> Strip:
    """Tokens of a stretch that has grids: the grids' rows, and each line of text between them as a row of one token."""
    size = sum(block.height for block in blocks if isinstance(block, Table))
    return _strip(partial(_rows_of, blocks, keep=size < LONG), size, bounded=True)


def _rows_of(blocks: list[Block], *, keep: bool) -> Iterator[TokenRow]:
    number = 0
    for block in blocks:
        if isinstance(block, Table):
            yield from grid_rows(block, number, keep=keep)
            number += 1
        elif isinstance(block, Heading):
            yield TokenRow([Token(block.text.strip())], 1)
        else:
            for line in block.lines:
                if is_short(line.text):
                    yield TokenRow([Token(line.strip())], 1)


def flat_rows(lines: list[Located], end_line: int) -> Strip:
    """Tokens of lines that hold a flattened table, told apart by the separators that are left.

    ``end_line`` is the line that follows the stretch: empty lines before it may be empty cells too.
    Lines are as the reader gives them: with the tabs and pipes in front of and behind their words; a line that is
    wholly blank is known only by the gap in the line numbers.
    """
    size = len(lines)
    texts = _with_pipes([line.text for line in lines])
    piped = tabbed = tab_rows = pipe_rows = 0
    for text in texts:
        if "|" in text:
            piped += 1
            pipe_rows += _has_several(text, "|")
        elif "\t" in text:
            tabbed += 1
            tab_rows += _has_several(text, "\t")
    if piped >= 3 and piped >= tabbed:
        if pipe_rows * 4 >= piped:
            return _strip(partial(_rows_by_line, lines, texts, "|"), size, bounded=True)
        return _strip(partial(_pipe_stream, lines, texts), size, bounded=False)
    if tabbed >= 3:
        if tab_rows * 4 >= tabbed:
            return _strip(partial(_rows_by_line, lines, [line.text for line in lines], "\t"), size, bounded=True)
        return _strip(partial(_tab_lines, lines), size, bounded=True)
    return _plain_lines(lines, end_line)


def _with_pipes(texts: list[str]) -> list[str]:
    """The texts with all that looks like a pipe as one."""
    together = "".join(texts)
    if "｜" in together or "│" in together or "┃" in together:
        return [text.translate(_PIPES) for text in texts]
    return texts


def _has_several(text: str, separator: str) -> bool:
    """Whether more than one of the pieces of a text is not blank."""
    return len(list(filter(None, map(str.strip, text.split(separator))))) > 1


def _cells(line: Located, pieces: list[str], start: int, separator: str) -> list[Located]:
    """The cells that are written in pieces of a line between separators, from ``start`` on; if there is no separator to
    say how an empty one looks, only the others."""
    number, column, plain = line.line, line.column, line.pieces is None
    cells: list[Located] = []
    for piece in pieces:
        value = piece.strip()
        if value:
            begin = start + piece.index(value[0])
            cells.append(
                # Nearly all lines stand in the source as they are.
                Located(value, number, column + begin) if plain else line[begin : begin + len(value)]
            )
        elif separator:
            cells.append(_blank(line, start, start + len(piece), separator))
        start += len(piece) + 1
    return cells


def _blank(line: Located, start: int, end: int, separator: str) -> Located:
    """The place in a blank cell between two separators: after one blank of padding, if there is room.

    Between pipes a value keeps one blank to either side if the cell has any, and the line its width if it can.
    """
    text = line.text
    width = end - start
    if separator != "|":
        start += width > 1
        return line[start:start]
    before = after = ""
    if start == 0:
        place = start + (width > 1)
        after = " " if not width and text[end + 1 : end + 2] == " " else ""
    elif end == len(text):
        place = start + (width > 0)
        before = " " if not width and text[start - 2 : start - 1] == " " else ""
    else:
        place = start + (width > 0)
        after = " " if width == 1 else ""
    spare = max(width - 2, 0) if line.pieces is None else 0
    at = line.span(place, place)
    return Gap(at.line, at.column, before, after, spare)


def _rows_by_line(lines: list[Located], texts: list[str], separator: str) -> Iterator[TokenRow]:
    """Layouts E to H: a line is a row.  A pipe that most lines begin or end with is a border, a tab always
    separates."""
    left, right = _borders(texts) if separator == "|" else (False, False)
    for line, text in zip(lines, texts, strict=True):
        if separator not in text:
            stripped = line.strip()
            if stripped.text:
                yield TokenRow([Token(stripped)], 1)
            continue
        pieces = text.split(separator)
        start = 0
        if right and text.rstrip().endswith("|"):
            pieces.pop()
        if left and text.lstrip().startswith("|") and len(pieces) > 1:
            start = len(pieces.pop(0)) + 1
        if separator == "|" and "-" in text and _is_delimiter(pieces):
            continue
        cells = _cells(line, pieces, start, separator)
        yield TokenRow([Token(cell) for cell in cells], len(cells), tabbed=separator == "\t")


def _is_delimiter(pieces: list[str]) -> bool:
    """Whether the pieces of a row are the dashes and colons below a table's head."""
    return all(set(piece.strip()) <= set("-: ") for piece in pieces) and any("-" in piece for piece in pieces)


def _borders(texts: list[str]) -> tuple[bool, bool]:
    """Whether the pipes at the left and at the right end of lines are borders: most lines with pipes have them."""
    texts = [text.strip() for text in texts if "|" in text]
    left = sum(text.startswith("|") for text in texts)
    right = sum(text.endswith("|") for text in texts)
    return left * 2 >= len(texts), right * 2 >= len(texts)


def _pipe_stream(lines: list[Located], texts: list[str]) -> Iterator[TokenRow]:
    """Layouts C and D: a cell ends at a pipe, which stands behind it or on the next line; surplus pipes end the row."""
    current: list[Token] = []
    unclosed = False
    padding = _stream_padding(texts)
    for line, text in zip(lines, texts, strict=True):
        if "|" not in text:
            stripped = line.strip()
            if stripped.text:
                current.append(Token(stripped, continues=True))
                unclosed = True
            continue
        pieces = text.split("|")
        if not pieces[-1].strip():
            pieces.pop()
        words = _cells(line, pieces, 0, "")
        surplus = len(pieces) - len(words)
        ended = surplus > 1
        if words:
            current.extend([Token(word) for word in words])
            ended = surplus > 0
        elif unclosed:
            current[-1].continues = False
        elif not (ended and text.strip().startswith("||")):
            # A pipe by itself ends an empty cell; what stands behind it, set off by a space, is padding.
            place = line.span(0, 0)
            current.append(
                Token(Gap(place.line, place.column, after=padding if text[0] == "|" else padding.strip(" ")))
            )
        unclosed = False
        if ended and current:
            yield TokenRow(current, len(current))
            current = []
    if current:
        yield TokenRow(current, len(current))


def _stream_padding(texts: list[str]) -> str:
    """What stands between a cell and its pipe: a line end (layout D), a blank, or nothing."""
    own = inline = spaced = 0
    bare = False
    for text in map(str.strip, texts):
        if "|" in text:
            words = text.strip("| ")
            own += bare and not words
            inline += bool(words)
            spaced += " |" in text
            bare = False
        else:
            bare = bool(text)
    if own > inline:
        return "\n"
    return " " if spaced * 2 > inline else ""


def _tab_lines(lines: list[Located]) -> Iterator[TokenRow]:
    """Layout A: a line with a tab in front is a cell, a blank line ends the row."""
    cells: list[Token] = []
    previous = -1
    for line in lines:
        text = line.text
        if text.startswith("\t"):
            token = Token(_cells(line, [text[1:]], 1, "")[0] if text.strip() else line[1:1])
            if cells and line.line != previous + 1:
                yield TokenRow(cells, len(cells))
                cells = []
            cells.append(token)
        else:
            if cells:
                yield TokenRow(cells, len(cells))
                cells = []
            stripped = line.strip()
            if stripped.text:
                yield TokenRow([Token(stripped)], 1)
        previous = line.line
    if cells:
        yield TokenRow(cells, len(cells))


def _plain_lines(lines: list[Located], end_line: int) -> Strip:
    """Layout B and bare lines: a line is a cell, and blank lines beyond the usual gap are empty cells.

    Of a longer gap the first lines are the separator, the rest the empty cells, as the copies show.
    """
    texts = [line for line in lines if line.text.strip()]
    gaps = Counter(min(after.line - before.line - 1, 2) for before, after in pairwise(texts))
    usual = 1 if gaps[1] + gaps[2] >= gaps[0] else 0
    tokens: list[Token] = []
    for index, line in enumerate(texts):
        if index:
            _add_blanks(tokens, texts[index - 1].line, line.line, usual)
        # Three values in a row need two gaps between them: most lines are one value or one label.
        several = len(line.text) < 400 and len(line.text.split(None, 2)) > 2
        spaced = _SPACED_VALUES.match(line.text) if several else None
        if spaced:
            label = line[0 : spaced.end("label")].strip()
            if label.text:
                tokens.append(Token(label, continues=True))
            tokens.extend(
                Token(line[found.start() : found.end()]) for found in _WORD.finditer(line.text, spaced.start("values"))
            )
        else:
            tokens.append(Token(line.strip(), continues=True))
    if texts:
        _add_blanks(tokens, texts[-1].line, end_line, usual)
    return Strip([TokenRow(tokens, len(tokens))] if tokens else [], bounded=False)


MAX_BLANKS = 400
"""More empty lines in one gap than any row has cells are no cells."""


def _add_blanks(tokens: list[Token], before: int, after: int, usual: int) -> None:
    first = before + 1 + usual
    if after - first <= MAX_BLANKS:
        # A value written there needs the gap behind it that every value has.
        tokens.extend(Token(Gap(number, 1, after="\n" * usual)) for number in range(first, after))


def paragraph_lines(blocks: list[Block]) -> list[Located]:
    """The lines of the paragraphs and headings among ``blocks``."""
    lines: list[Located] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.extend(block.lines)
        elif isinstance(block, Heading):
            lines.append(block.text)
    return lines
