"""Text as a browser shows it, with the source position of each character: white space collapsed, entities decoded."""

from __future__ import annotations

from bisect import bisect_right

from gklint.documents.model import Located, Run
from gklint.documents.source import Source
from gklint.regex import lazy

_SPACES = " \t\n\r\f"
# What does not stand for itself.  A single blank between words does, and is looked at where a piece begins.
_ENTITY = r"&(?:#(?:[0-9]++|[xX][0-9a-fA-F]++);?|[a-zA-Z][a-zA-Z0-9]*+;?)"
SPECIAL = lazy(rf"[ ]?[\t\n\r\f][ \t\n\r\f]*+|[ ]{{2,}}+|\xa0|{_ENTITY}")
# In preformatted text white space stands for itself.
_SPECIAL_PRE = lazy(rf"\xa0|{_ENTITY}")
_LINE_END = lazy(r"\r\n|\n|\r")

_COMMON = {"&nbsp;": "\xa0", "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&ldquo;": "“", "&rdquo;": "”"}
_LONGEST_NAME = 32


class TextBuilder:
    """Gathers pieces of the source into one line of text.

    Runs of ASCII white space become one blank, a no-break space a blank that stays.
    """

    __slots__ = ("_chars", "_follows", "_runs", "_size", "_spaced", "_starts", "_text")

    def __init__(self, source: Source) -> None:
        self._text = source.text
        self._starts = source.starts
        self._reset()

    def _reset(self) -> None:
        self._chars: list[str] = []
        self._runs: list[Run] = []
        self._size = 0
        self._follows = -1  # the offset that a character must have to belong to the last run
        self._spaced = True  # white space here would add nothing

    def empty(self, offset: int) -> Located:
        """An empty text standing at ``offset``."""
        return Located("", *self._place(offset))

    def simple(self, start: int, end: int) -> Located | None:
        """The stripped text of ``text[start:end]`` if that needs no decoding and is not blank."""
        if SPECIAL.search(self._text, start, end) is not None:
            return None
        written = self._text[start:end]
        text = written.strip()
        if not text:
            return None
        if len(text) != len(written):
            start += len(written) - len(written.lstrip())
        return Located(text, *self._place(start))

    def add(self, start: int, end: int) -> None:
        """Add what stands in the source from ``start`` to ``end``, which holds no markup."""
        position = start
        for match in SPECIAL.finditer(self._text, start, end):
            here, after = match.span()
            if here > position:
                self._literal(position, here)
            first = self._text[here]
            if first == "&":
                after = self._entity(here, after)
            elif first == "\xa0":
                self._put(" ", here, 1)
            else:
                self.gap(here, after)
            position = after
        if end > position:
            self._literal(position, end)

    def add_preformatted(self, start: int, end: int) -> None:
        """Add a piece of one line whose white space is kept."""
        self._spaced = False
        position = start
        for match in _SPECIAL_PRE.finditer(self._text, start, end):
            here, after = match.span()
            if here > position:
                self._literal(position, here)
            if self._text[here] == "&":
                after = self._entity(here, after)
            else:
                self._put(" ", here, 1)
            self._spaced = False
            position = after
        if end > position:
            self._literal(position, end)

    def gap(self, start: int, end: int) -> None:
        """Add a blank for the white space or the tag from ``start`` to ``end``, unless there is one already."""
        if not self._spaced:
            self._put(" ", start, self._on_line(start, end))
            self._spaced = True

    def finish(self) -> Located:
        """The text gathered, as it is; the builder is empty again.  Only for a builder that something was added to."""
        located = Located.of_runs("".join(self._chars), self._runs) if self._runs else self.empty(0)
        self._reset()
        return located

    def __bool__(self) -> bool:
        return bool(self._runs)

    def _place(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset in the source."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def _on_line(self, start: int, end: int) -> int:
        """How many of the characters from ``start`` to ``end`` stand on the first one's line."""
        line_end = _LINE_END.search(self._text, start, end)
        return (end if line_end is None else line_end.start()) - start

    def _literal(self, start: int, end: int) -> None:
        text = self._text
        if self._spaced and text[start] == " ":
            start += 1
            if start == end:
                return
        if start != self._follows:
            self._runs.append(Run(self._size, *self._place(start)))
        self._chars.append(text[start:end])
        self._size += end - start
        self._follows = end
        self._spaced = text[end - 1] == " "

    def _put(self, character: str, offset: int, width: int) -> None:
        """Add one character that takes up ``width`` characters of source."""
        if width != 1 or offset != self._follows:
            self._runs.append(Run(self._size, *self._place(offset), width))
        self._chars.append(character)
        self._size += 1
        self._follows = offset + 1 if width == 1 else -1
        self._spaced = False

    def _entity(self, start: int, end: int) -> int:
        """Add the entity that may stand from ``start`` to ``end`` (then its letters are text); where it ends."""
        written = self._text[start : min(end, start + _LONGEST_NAME + 2)]
        decoded = _COMMON.get(written)
        if decoded is None:
            decoded, end = _decode(self._text, start, end)
        for character in decoded:
            if character in _SPACES:
                self.gap(start, end)
            else:
                self._put(" " if character == "\xa0" else character, start, end - start)
            start = end  # a second character of the same entity takes up nothing more
        return end


def _decode(text: str, start: int, end: int) -> tuple[str, int]:
    """What the entity at ``start`` stands for, and where it ends; an unknown one stands for its ampersand."""
    from html import unescape
    from html.entities import html5

    if text[start + 1] == "#":
        hexadecimal = text[start + 2] in "xX"
        digits = text[start + 3 if hexadecimal else start + 2 : end].rstrip(";").lstrip("0") or "0"
        if len(digits) > 7:
            return "\ufffd", end
        return unescape(f"&#{'x' if hexadecimal else ''}{digits};"), end
    name = text[start + 1 : min(end, start + 1 + _LONGEST_NAME)]
    for length in range(len(name), 1, -1):
        decoded = html5.get(name[:length])
        if decoded is not None:
            return decoded, start + 1 + length
    return "&", start + 1
