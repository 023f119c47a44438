"""Taking a pipe table's figures out of its texts, without looking at one cell after another.

The tables of a form share everything but their figures.  So one is compared with those of its size seen before, by its
cells but for those that held figures before.  All of that is done by the interpreter's own functions over whole rows of
texts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter

from gklint.documents.model import Figures
from gklint.picking import Pick, picker
from gklint.regex import lazy

MAX_DIGITS = 12
"""A figure with more digits than this before or behind its point is a text like any other."""
_FIGURE = lazy(r"[+-]?[0-9]{1,12}(?:,[0-9]{3}){0,4}(?:\.[0-9]{1,12})?")
MARKED = lazy(r"[`\\&<*_]")
"""Finds whether rows hold markup or escapes."""
_LONGEST = 50_000
"""Longer tables are no part of a form, and not worth remembering."""
_MAX_VALUES = 10_000
_MAX_PADDED = 40
"""Longer texts of numbers are not kept."""
_MAX_KEPT = 500_000
"""Characters of the tables that are remembered: each takes some twenty bytes, in tables of short cells."""
_MAX_ALIKE = 8


class _Skeleton:
    """What tables share that differ in their figures alone: two have the same one, or two that are not equal.

    ``padded`` are the ``others`` as the last such table wrote them, with the blanks around them.
    """

    __slots__ = ("figures_of", "length", "others", "others_of", "padded", "words")

    def __init__(self, cells: list[str], length: int) -> None:
        """``length`` is that of the table, in characters."""
        self.length = length
        figures = [index for index, cell in enumerate(cells) if _FIGURE.fullmatch(cell)]
        others = sorted(set(range(len(cells))).difference(figures))
        self.figures_of: Pick = picker(figures)
        self.others_of: Pick = picker(others)
        self.others = self.padded = self.others_of(cells)
        self.words = tuple(dict.fromkeys(map(str.strip, self.others)))

    def take(self, cells: list[str]) -> Figures | None:
        """The figures of a table whose other cells are this one's; None if some are none."""
        figures = self.figures_of(cells)
        values = whole_values(figures)
        if values is None and not all(map(_FIGURE.fullmatch, [text.strip(" ") for text in figures])):
            return None
        return Figures(self, figures, self.words, values)


class _Known(dict[tuple[int, int], list[_Skeleton]]):
    """The skeletons by what can be told of them quickly: how many rows the head has, and how many cells there are.

    Of those that are alike in that, the last ones used come first.
    """

    def __init__(self) -> None:
        self._kept = 0

    def add(self, key: tuple[int, int], skeleton: _Skeleton) -> None:
        """Keep a skeleton; make room for it if need be."""
        self._kept += skeleton.length
        if self._kept > _MAX_KEPT:
            self.clear()
            self._kept = skeleton.length
        alike = self.setdefault(key, [])
        if len(alike) == _MAX_ALIKE:
            self._kept -= alike.pop().length
        alike.insert(0, skeleton)


_KNOWN = _Known()


def take_figures(rows: list[str], headers: int) -> Figures | None:
    """The figures of the cells in these rows, ``headers`` of them the table's head, and what the table is without them.

    None if that is not to be had so easily: a table with markup or escapes in it, a long one, one with hardly a figure.
    """
    together = "\n".join(rows)
    if len(together) > _LONGEST:
        return None
    padded = together.split("|")
    key = (headers, len(padded))
    known = _KNOWN.get(key, [])
    # Converters write a form's tables with the same blanks in front of the labels and behind.
    figures = _figures_as(known, padded, attrgetter("padded"))
    if figures is not None:
        return figures
    cells = _cells(together)
    figures = _figures_as(known, cells, attrgetter("others"))
    if figures is not None:
        skeleton = known[0]
        if len(together) <= 2 * skeleton.length:
            skeleton.padded = skeleton.others_of(padded)
        return figures
    if MARKED.search(together) is not None:
        return None
    if any(row[:1] != "|" or row[-1:] != "|" for row in rows):
        return None
    count = sum(1 for cell in cells if _FIGURE.fullmatch(cell))
    if count < 2 or len(cells) - count < 2:
        return None
    skeleton = _Skeleton(cells, len(together))
    _KNOWN.add(key, skeleton)
    return skeleton.take(cells)


def _figures_as(
    known: list[_Skeleton], cells: list[str], others: Callable[[_Skeleton], tuple[str, ...]]
) -> Figures | None:
    """The figures of a table that has the ``others`` of a known skeleton, which then comes first; None if there is
    none."""
    for place, skeleton in enumerate(known):
        if skeleton.others_of(cells) == others(skeleton):
            figures = skeleton.take(cells)
            if figures is not None:
                known.insert(0, known.pop(place))
                return figures
    return None


def _cells(together: str) -> list[str]:
    """The pieces between the pipes: cells without the blanks around them, and the line ends between rows."""
    # Most cells have one blank to either side, or none.
    tight = together.replace("| ", "|").replace(" |", "|")
    cells = tight.split("|")
    return [cell.strip(" ") for cell in cells] if "| " in tight or " |" in tight else cells


class _Values(dict[str, int]):
    """Numbers by their digits, with blanks around them or without; KeyError for what is anything else, or too many.
    The same ones come again and again."""

    def __missing__(self, text: str) -> int:
        digits = text.strip(" ")
        if not (digits.isdecimal() and digits.isascii() and len(digits) <= MAX_DIGITS):
            raise KeyError(text)
        value = int(digits)
        if len(text) <= _MAX_PADDED:
            if len(self) >= _MAX_VALUES:
                self.clear()
            self[text] = value
        return value


_VALUES = _Values()


def whole_values(figures: Sequence[str]) -> list[int] | None:
    """The numbers that some texts are, if all are digits alone, but for blanks around them, and not too many."""
    try:
        return list(map(_VALUES.__getitem__, figures))
    except KeyError:
        return None


def figure_places(rows: list[str]) -> list[tuple[int, int]]:
    """The row, and the cell in it, of each of the figures of `take_figures`, in its order."""
    return [
        (number, index)
        for number, row in enumerate(rows)
        for index, cell in enumerate(row[1:-1].split("|"))
        if _FIGURE.fullmatch(cell.strip(" "))
    ]
