"""A document's lines of text outside of tables, as candidates for titles and headings."""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol

from gklint.binding.labels import fold
from gklint.documents.model import Document, Heading, Located, Paragraph
from gklint.numbering import Ordinal, parse_ordinal
from gklint.regex import lazy

_SEPARATOR = lazy("[|\t｜│┃]")
MAX_HEADING = 80
"""A longer line is no heading of a form."""


class TextLine(Protocol):
    """One line of text."""

    block: int
    """The index of its block; ``part`` is that of the line in it."""
    part: int

    @property
    def text(self) -> Located:
        """The line, stripped."""

    @property
    def written(self) -> Located:
        """The line, with white space at its ends or without."""

    @property
    def level(self) -> int:
        """A marked heading's, 0 for any other line."""

    @property
    def strong(self) -> bool:
        """Whether it is bold."""

    @property
    def cell(self) -> bool:
        """Whether it looks like a cell of a flattened table."""

    @property
    def ordinal(self) -> Ordinal | None:
        """The number that it begins with."""

    @property
    def folded(self) -> str:
        """The text behind the ordinal, folded; empty for a line too long to be a heading."""


class _Line:
    """A line that could be a heading."""

    __slots__ = ("block", "folded", "level", "ordinal", "part", "strong", "text")

    cell = False

    def __init__(self, text: Located, block: int, part: int, level: int, strong: bool) -> None:
        self.text = text
        self.block = block
        self.part = part
        self.level = level
        self.strong = strong
        self.ordinal, self.folded = _reading(text.text)

    @property
    def written(self) -> Located:
        return self.text


class _Cell:
    """A line of a flattened table.  There may be very many, and what they say matters rarely."""

    __slots__ = ("block", "part", "strong", "written")

    level = 0
    cell = True

    def __init__(self, written: Located, block: int, part: int, strong: bool) -> None:
        self.written = written
        self.block = block
        self.part = part
        self.strong = strong

    @property
    def text(self) -> Located:
        return self.written.strip()

    @property
    def ordinal(self) -> Ordinal | None:
        return _reading(self.written.text.strip())[0]

    @property
    def folded(self) -> str:
        return _reading(self.written.text.strip())[1]


def text_lines(document: Document) -> list[TextLine]:
    """The lines of all headings and paragraphs; empty ones left out."""
    lines: list[TextLine] = []
    is_cell = _SEPARATOR.search
    for number, block in enumerate(document.blocks):
        if isinstance(block, Heading):
            text = block.text.strip()
            if text.text:
                lines.append(_Line(text, number, 0, block.level, strong=False))
        elif isinstance(block, Paragraph):
            for part, line in enumerate(block.lines):
                text = line.strip()
                if not text.text:
                    continue
                if is_cell(line.text):
                    lines.append(_Cell(line, number, part, block.strong))
                else:
                    lines.append(_Line(text, number, part, 0, block.strong))
    return lines


def _reading(text: str) -> tuple[Ordinal | None, str]:
    return _read(text) if len(text) <= MAX_HEADING else (parse_ordinal(text[:24]), "")


@lru_cache(maxsize=4096)
def _read(text: str) -> tuple[Ordinal | None, str]:
    """The ordinal of a line short enough to be a heading, and what is behind it, folded."""
    ordinal = parse_ordinal(text[:24])
    return ordinal, fold(text[ordinal.length :] if ordinal else text)
