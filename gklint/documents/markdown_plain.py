"""Markdown of nothing but headings, paragraphs and pipe tables at the left margin, read line by line.

Most reports are written so, and to find their blocks takes a tenth of the time that a parser of all of Markdown needs.
Whatever else a text holds - lists, quotes, code, HTML, indentation - makes it a text for that parser: what is read here
is read alike there.
"""

from __future__ import annotations

from gklint.documents.gfm_table import delimiter_cells, is_table_head, pipe_table
from gklint.documents.inline import MARKUP
from gklint.documents.markdown_text import atx_heading, paragraph
from gklint.documents.model import Block, Located, Paragraph
from gklint.documents.source import Source
from gklint.regex import lazy

# What a block other than a paragraph may begin with, and what may underline a heading or be indented.
_SIGNS = frozenset("`~><*_+-=# 0123456789")
# What begins so begins a paragraph all the same: emphasis, and numbers that are no list's.
_TEXT = lazy(r"[*_]{1,3}(?![ *_]|$)|[0-9]+(?![0-9.)])|[0-9]{1,9}[.)](?! |$)|[0-9]{10}")
# CommonMark wants a space after the signs.  Without it, and in front of Chinese, a heading is meant all the same.
ATX = lazy(r"#{1,6}(?=[ \t]|$)|#{2,6}(?=[^\x00-\x7f#])")
_DELIMITER_MARKS = "|:-"


class NotPlainError(Exception):
    """The text holds something else."""


def read_plain(source: Source, first: int) -> list[Block]:
    """The blocks of the source from its line ``first`` on, counted from 0.  Raises `NotPlainError`."""
    if "\t" in source.text:
        # Tabs indent, or stand between the cells of a pasted table.
        raise NotPlainError
    # Each is looked at several times.
    lines = list(source.lines)
    blocks: list[Block] = []
    number, end = first, len(lines)
    while number < end:
        text = lines[number]
        if not text or text.isspace():
            if text.strip(" "):
                # Other white space is text, or separates the cells of a pasted table.
                raise NotPlainError
            number += 1
            continue
        if text[0] in _SIGNS:
            if text[0] == "#":
                level = _level(text)
                blocks.append(atx_heading(text, number, level, level))
                number += 1
                continue
            _require_text(text)
        following = lines[number + 1] if number + 1 < end else ""
        if following and (following[0] in _DELIMITER_MARKS or text[0] in _DELIMITER_MARKS):
            delimiter = _delimiter(lines, number)
            if delimiter >= 0:
                begin, number = number, _table_end(lines, delimiter + 1)
                rows = [line.rstrip() for line in lines[begin:number]]
                blocks.append(pipe_table(rows, begin + 1, delimiter - begin))
                continue
        begin, number = number, number + 1
        if following:
            number = _paragraph_end(lines, number)
        if number == begin + 1 and MARKUP.search(text) is None:
            blocks.append(Paragraph([Located(text, number, 1)]))
            continue
        block = paragraph([(lines[index], index, 0) for index in range(begin, number)])
        if block is not None:
            blocks.append(block)
    return blocks


def _level(text: str) -> int:
    """The level of the heading that a line beginning with a number sign is."""
    match = ATX.match(text)
    if match is None:
        raise NotPlainError
    return match.end()


def _require_text(text: str) -> None:
    """A line that begins with a sign must be text all the same."""
    if _TEXT.match(text) is None:
        raise NotPlainError


def _paragraph_end(lines: list[str], number: int) -> int:
    """The line behind a paragraph that may go on from this line on."""
    end = len(lines)
    while number < end:
        text = lines[number]
        if not text or not text.strip(" "):
            break
        if text[0] in _SIGNS:
            if text[0] == "#":
                _level(text)
                break
            _require_text(text)
        if _delimiter(lines, number) >= 0:
            break
        number += 1
    return number


def _table_end(lines: list[str], number: int) -> int:
    """The line behind a table whose rows may go on from this line on."""
    end = len(lines)
    # What most rows begin with; the others are looked at in full.
    while number < end and (lines[number][:1] == "|" or _is_row(lines[number])):
        number += 1
    return number


def _is_row(text: str) -> bool:
    if not text or not text.strip(" "):
        return False
    if text[0] in _SIGNS:
        if text[0] == "#":
            _level(text)
            return False
        _require_text(text)
    return True


def _delimiter(lines: list[str], number: int) -> int:
    """The delimiter row of a table that begins with this line, which is no blank one: the line itself, the next or
    -1."""
    text = lines[number]
    following = lines[number + 1] if number + 1 < len(lines) else ""
    if not following:
        return -1
    if text[0] in _DELIMITER_MARKS and delimiter_cells(text) > 1:
        return number if "|" in following and _is_row(following) else -1
    if following[0] not in _DELIMITER_MARKS:
        return -1
    cells = delimiter_cells(following)
    return number + 1 if cells and is_table_head(text.rstrip(), following, cells) else -1
