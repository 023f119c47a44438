"""A document's lines of text outside of tables, as candidates for titles and headings."""

from __future__ import annotations

from functools import lru_cache

from gklint.binding.labels import fold
from gklint.documents.model import Document, Heading, Located, Paragraph
from gklint.numbering import Ordinal, parse_ordinal
from gklint.records import dataclass
from gklint.regex import lazy

_SEPARATOR = lazy("[|\t｜│┃]")
MAX_HEADING = 80
"""A longer line is no heading of a form."""


@dataclass(slots=True, eq=False)
class TextLine:
    """One line of text.

    ``block`` and ``part`` say where it stands: the index of its block and of the line in it.  ``level`` is a marked
    heading's, 0 for any other line; ``strong`` that it is bold; ``cell`` that it looks like a cell of a flattened
    table.
    """

    text: Located
    block: int
    part: int
    level: int
    strong: bool
    cell: bool
    ordinal: Ordinal | None
    folded: str
    """The text behind the ordinal, folded; empty for a line too long to be a heading."""

    @property
    def title(self) -> Located:
        """The text behind the ordinal."""
        text = self.text
        if self.ordinal is None:
            return text
        behind = self.ordinal.length
        return text[behind:].strip()


def text_lines(document: Document) -> list[TextLine]:
    """The lines of all headings and paragraphs, stripped; empty ones left out."""
    lines: list[TextLine] = []
    for number, block in enumerate(document.blocks):
        if isinstance(block, Heading):
            _add(lines, block.text, number, 0, block.level, strong=False)
        elif isinstance(block, Paragraph):
            for part, line in enumerate(block.lines):
                _add(lines, line, number, part, 0, strong=block.strong)
    return lines


def _add(lines: list[TextLine], text: Located, block: int, part: int, level: int, *, strong: bool) -> None:
    stripped = text.strip()
    if not stripped.text:
        return
    ordinal, folded = (
        _read(stripped.text) if len(stripped.text) <= MAX_HEADING else (parse_ordinal(stripped.text[:24]), "")
    )
    cell = level == 0 and _SEPARATOR.search(text.text) is not None
    lines.append(TextLine(stripped, block, part, level, strong, cell, ordinal, folded))


@lru_cache(maxsize=4096)
def _read(text: str) -> tuple[Ordinal | None, str]:
    """The ordinal of a line short enough to be a heading, and what is behind it, folded."""
    ordinal = parse_ordinal(text[:24])
    return ordinal, fold(text[ordinal.length :] if ordinal else text)
