"""The reader of plain text: paragraphs between empty lines.

What the lines mean is not known here; where a table was flattened into lines, its blank lines can be seen from the line
numbers, and its empty cells are kept as the lines of white space that they were.
"""

from __future__ import annotations

from gklint.documents.model import Block, Document, Located, Paragraph
from gklint.documents.source import Source
from gklint.regex import lazy

# A page number as printers put it at the foot of a page.  A bare number is none: it can be a value.
_PAGE_NUMBER = lazy(
    r"\s*(?:"
    r"[-–—―─－]{1,2}\s*\d{1,4}\s*[-–—―─－]{1,2}"
    r"|第\s*\d{1,4}\s*页(?:\s*[，,/／]?\s*[共总]\s*\d{1,4}\s*页)?"
    r"|\d{1,4}\s*[/／]\s*\d{1,4}"
    r")\s*"
)
_PAGE_NUMBER_LENGTH = 40
# What a page number ends with, unless it has a slash: most lines are settled by their last character.
_PAGE_NUMBER_ENDS = frozenset("-–—―─－页 \u3000\t\f")


def read(source: Source) -> Document:
    """Read plain text: a paragraph ends at an empty line.  A page's furniture is left out.

    A line of white space counts as empty unless it holds a tab: that is how an empty cell looks in a pasted table.
    """
    blocks: list[Block] = []
    lines: list[Located] = []
    match_page_number = _PAGE_NUMBER.fullmatch
    slashed = "/" in source.text or "／" in source.text
    fed = "\f" in source.text
    for number, line in enumerate(source.lines, 1):
        if not line or (line.isspace() and "\t" not in line):
            if lines:
                blocks.append(Paragraph(lines))
                lines = []
            continue
        if (
            len(line) <= _PAGE_NUMBER_LENGTH
            and (line[-1] in _PAGE_NUMBER_ENDS or (slashed and ("/" in line or "／" in line)))
            and match_page_number(line)
        ):
            continue
        if fed and "\f" in line:
            located = _without_form_feeds(line, number)
            if match_page_number(located.text):
                continue
        else:
            located = Located(line, number, 1)
        lines.append(located)
    if lines:
        blocks.append(Paragraph(lines))
    return Document(source, "text", blocks)


def _without_form_feeds(line: str, number: int) -> Located:
    pieces: list[Located] = []
    start = 0
    for part in line.split("\f"):
        if part:
            pieces.append(Located(part, number, start + 1))
        start += len(part) + 1
    return Located.join(pieces) if pieces else Located("", number, 1)
