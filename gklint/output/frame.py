"""A line of the source with a part of it marked, cut to the width of a terminal."""

from __future__ import annotations

from typing import NamedTuple

from gklint.output.cells import COMMAND, ELLIPSIS, cells, char_cells, shown


class Frame(NamedTuple):
    """A line as it is drawn, and the cells in it that are marked."""

    text: str
    start: int
    """Cells before the mark."""
    length: int
    """Cells under which the mark stands; at least one."""


def frame(line: str, start: int, end: int, width: int, ambiguous: int = 1) -> Frame:
    """Draw ``line`` with ``line[start:end]`` marked, in at most ``width`` cells.

    Of a long line the part around the mark is shown, the mark's beginning in any case; no wide character is cut in two.
    The work depends on ``width``, not on the length of the line.
    """
    start = min(max(start, 0), len(line))
    end = min(max(end, start), len(line))
    # No code point that is drawn is left out of reach: marks of no width are few in any text worth reading.
    reach = 2 * width + 8
    first = max(start - reach, 0)
    last = min(max(end, start + 1), start + reach) + reach
    drawn = [shown(char) for char in line[first:last]]
    for match in COMMAND.finditer(line, first, last):
        drawn[match.start() - first] = "\\x23"
    sizes = [cells(text, ambiguous) for text in drawn]
    cut_left, cut_right = first > 0, last < len(line)
    mark, mark_end = start - first, min(end - first, len(drawn))

    dots = char_cells(ELLIPSIS, ambiguous)
    left, right = 0, len(drawn)
    if cut_left or cut_right or sum(sizes) > width:
        left, right = _window(sizes, mark, mark_end, width, dots, cut_left, cut_right)
    before = ELLIPSIS if left > 0 or cut_left else ""
    after = ELLIPSIS if right < len(drawn) or cut_right else ""
    text = before + "".join(drawn[left:right]) + after
    offset = (dots if before else 0) + sum(sizes[left:mark])
    return Frame(text.rstrip(" "), offset, max(sum(sizes[mark : min(mark_end, right)]), 1))


def _window(
    sizes: list[int], mark: int, mark_end: int, width: int, dots: int, cut_left: bool, cut_right: bool
) -> tuple[int, int]:
    """The part of the characters to draw: the mark, and as much around it as there is room for, half on each side."""
    room = max(width - 2 * dots, 2)
    right, used = mark, 0
    while right < mark_end and used + sizes[right] <= room:
        used += sizes[right]
        right += 1
    left = mark
    # Half of the room that the mark leaves goes to what stands before it, the rest to what follows; whatever that does
    # not need goes to the front again.
    half = used + (room - used) // 2
    while left > 0 and used + sizes[left - 1] <= half:
        left -= 1
        used += sizes[left]
    while right < len(sizes) and used + sizes[right] <= room:
        used += sizes[right]
        right += 1
    while left > 0 and used + sizes[left - 1] <= room:
        left -= 1
        used += sizes[left]
    return left, right
