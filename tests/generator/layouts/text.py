"""Plain text as it comes out of Word files and web pages: the layouts A to H, in which a table's grid is lost.

A  one cell a line after a tab; a blank line ends a row; one that continues a vertical merge is a line with a tab only
B  one cell a line, a blank line between; an empty cell adds one blank line; merged cells leave nothing
C  one cell a line, `` |`` at its end; further pipes fill each row up to the grid's width, except a table's last row
D  the cell and its pipe on lines of their own
E  C with a row on one line
F  a row on one line, pipes between the cells, nothing for merged cells
G  pipes on both sides, every position of the grid, merged ones empty
H  tabs between the positions of the grid; the row of totals holds a spare 0 before its last cell
"""

from __future__ import annotations

from collections.abc import Callable

from ..draft import Draft, Options, Sheet
from ..forms import TOTAL_ROW
from ..grid import Grid, Slot, combined, whole, with_spare
from ..writer import PlaceKey, Writer
from .flow import write_report

TEXT_LAYOUTS = "abcdefgh"

_DENSE = "c"
"""The layouts whose paragraphs follow one another without blank lines."""


def text_writer(name: str) -> Callable[[Draft, Options, Writer], None]:
    """What writes layout ``name``."""

    def write(draft: Draft, options: Options, writer: Writer) -> None:
        for line in draft.chrome_before:
            writer.line(line, blank=0)
        if draft.chrome_before:
            writer.end()
        write_report(draft, _Text(name, options, writer))
        for line in draft.chrome_after:
            writer.line(line)

    return write


class _Text:
    def __init__(self, name: str, options: Options, writer: Writer) -> None:
        self.name = name
        self.options = options
        self.writer = writer
        self.blank = 0 if name in _DENSE else 1

    def title(self, lines: list[str]) -> None:
        for line in lines:
            self.writer.line(line, ("title",), self.blank)

    def heading(self, text: str, key: PlaceKey) -> None:
        self.writer.line(text, key, self.blank)

    def subheading(self, text: str, key: PlaceKey) -> None:
        self.writer.line(text, key, self.blank)

    def paragraph(self, text: str, key: PlaceKey | None) -> None:
        self.writer.line(text, key, self.blank)

    def proactive(self, sheets: list[Sheet]) -> None:
        self._write(combined(sheets))

    def table(self, sheet: Sheet) -> None:
        # In flat text table four has only been seen as the form prints it, one row of fifteen.
        self._write(whole(sheet))

    def _write(self, shape: Grid) -> None:
        getattr(self, f"_write_{self.name}")(shape)
        if self.blank and self.name not in "ab":
            self.writer.end()

    def _write_a(self, shape: Grid) -> None:
        for chunks in shape.chunks():
            for slot in chunks:
                self.writer.put("\t")
                if slot is not None:
                    # A line break inside a cell would look like a further cell: this layout has none.
                    self.writer.put(slot.text.replace("\n", ""), slot.key)
                self.writer.end()
            self.writer.end()
        self.writer.end()

    def _write_b(self, shape: Grid) -> None:
        for slots in shape.rows:
            for slot in slots:
                if slot.text:
                    self.writer.put(slot.text.replace("\n", "\n\n"), slot.key)
                    self.writer.end(1)
                else:
                    self.writer.line("", slot.key)

    def _write_c(self, shape: Grid) -> None:
        own_line = self.options.style % 2 == 1
        broken = "\n" if self.options.style % 3 == 2 else " "
        for number, slots in enumerate(shape.rows):
            for slot in slots:
                self.writer.put(slot.text.replace("\n", broken), slot.key)
                self.writer.put(" |")
                if slot is slots[-1] and (pads := self._pads(shape, number)):
                    self.writer.put(("\n" if own_line else " ") + pads)
                self.writer.end()

    def _write_d(self, shape: Grid) -> None:
        padded = self.options.style % 2 == 1
        for number, slots in enumerate(shape.rows):
            for slot in slots:
                if slot.text:
                    self.writer.line(slot.text, slot.key)
                else:
                    self.writer.put("", slot.key)
                self.writer.line("|")
            if padded and (pads := self._pads(shape, number)):
                self.writer.line(pads)

    def _write_e(self, shape: Grid) -> None:
        for number, slots in enumerate(shape.rows):
            for slot in slots:
                self._inline(slot)
                self.writer.put(" | " if slot is not slots[-1] else " |")
            if pads := self._pads(shape, number):
                self.writer.put(" " + pads)
            self.writer.end()

    def _write_f(self, shape: Grid) -> None:
        for slots in shape.rows:
            for slot in slots:
                self._inline(slot)
                if slot is not slots[-1]:
                    self.writer.put(" | ")
            self.writer.end()

    def _write_g(self, shape: Grid) -> None:
        shifted = self.options.style % 2 == 1
        for positions in shape.positions():
            if shifted:
                positions = _shift(positions)
            self.writer.put("|")
            for slot in positions:
                self.writer.put(" ")
                if slot is not None:
                    self._inline(slot)
                    if slot.text:
                        self.writer.put(" ")
                self.writer.put("|")
            self.writer.end()

    def _write_h(self, shape: Grid) -> None:
        narrow = self.options.style % 2 == 1
        shape = with_spare(shape, TOTAL_ROW)
        for positions in shape.positions():
            shown = positions
            if all(slot is None or slot.header for slot in positions):
                shown = [slot for slot in positions if slot is not None] if narrow else _trimmed(positions)
            for number, slot in enumerate(shown):
                if number:
                    self.writer.put("\t")
                if slot is not None:
                    self._inline(slot)
            self.writer.end()

    def _inline(self, slot: Slot) -> None:
        self.writer.put(slot.text.replace("\n", " "), slot.key)

    @staticmethod
    def _pads(shape: Grid, number: int) -> str:
        last = number == len(shape.rows) - 1
        return "" if last else "|" * (shape.width - len(shape.rows[number]))


def _shift(positions: list[Slot | None]) -> list[Slot | None]:
    """A label of the innermost label column drawn one column to the left over an empty one."""
    if len(positions) <= 3 or positions[1] is not None:
        return positions
    label = positions[2]
    if label is None or label.key is None or label.key[0] != "row":
        return positions
    return [positions[0], label, None, *positions[3:]]


def _trimmed(positions: list[Slot | None]) -> list[Slot | None]:
    while positions and positions[-1] is None:
        positions = positions[:-1]
    return positions
