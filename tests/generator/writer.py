"""Writing text while keeping book of where each thing lands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .draft import Draft, Options

PlaceKey = tuple[str, ...]
"""``("cell", table, row, column)``, ``("row", table, row)``, ``("head", table, column)``, ``("caption", table)``,
``("section", number)``, ``("sub", section, ordinal)``, ``("prose", section, ordinal)``, ``("title",)``."""


class Place(NamedTuple):
    """A stretch of the text: 1-based, in code points, the end column exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Writer:
    """Lines under construction and the places of what was written with a key."""

    def __init__(self) -> None:
        self.lines = [""]
        self.places: dict[PlaceKey, Place] = {}

    def put(self, text: str, key: PlaceKey | None = None) -> None:
        """Add text, which may hold line ends, to what there is."""
        line, column = len(self.lines), len(self.lines[-1]) + 1
        first, *more = text.split("\n")
        self.lines[-1] += first
        self.lines.extend(more)
        if key is not None:
            # What a layout writes again (a group's label on every row) keeps its first place.
            self.places.setdefault(key, Place(line, column, len(self.lines), len(self.lines[-1]) + 1))

    def end(self, blank: int = 0) -> None:
        """End the line and leave ``blank`` empty lines."""
        self.lines.extend([""] * (1 + blank))

    def line(self, text: str, key: PlaceKey | None = None, blank: int = 0) -> None:
        self.put(text, key)
        self.end(blank)

    def text(self) -> str:
        return "\n".join(self.lines)


@dataclass(slots=True)
class Rendered:
    """A report as text; ``data`` is the file, encoded and with the line ends that the options ask for."""

    text: str
    suffix: str
    places: dict[PlaceKey, Place]
    layout: str
    draft: Draft
    options: Options
    values: dict[tuple[str, str, str], str] = field(default_factory=dict)
    """The text written in each cell of the form."""

    @property
    def path(self) -> str:
        return f"报告 {self.layout}{self.suffix}"

    @property
    def data(self) -> bytes:
        return encode(self.text, self.options)

    @property
    def cells(self) -> dict[tuple[str, str, str], Place]:
        return {(key[1], key[2], key[3]): place for key, place in self.places.items() if key[0] == "cell"}

    @property
    def labels(self) -> dict[tuple[str, str], Place]:
        return {(key[1], key[2]): place for key, place in self.places.items() if key[0] == "row"}

    @property
    def heads(self) -> dict[tuple[str, str], Place]:
        return {(key[1], key[2]): place for key, place in self.places.items() if key[0] == "head"}

    @property
    def headings(self) -> dict[str, Place]:
        return {key[1]: place for key, place in self.places.items() if key[0] == "section"}

    def at(self, place: Place) -> str:
        """The text that stands at a place."""
        lines = self.text.split("\n")[place.line - 1 : place.end_line]
        lines[-1] = lines[-1][: place.end_column - 1]
        lines[0] = lines[0][place.column - 1 :]
        return "\n".join(lines)

    def replace(self, place: Place, text: str) -> str:
        """The whole text with another text at a place of one line."""
        lines = self.text.split("\n")
        line = lines[place.line - 1]
        lines[place.line - 1] = line[: place.column - 1] + text + line[place.end_column - 1 :]
        return "\n".join(lines)


def encode(text: str, options: Options) -> bytes:
    """A file's bytes in the encoding and with the line ends of the options."""
    return text.replace("\n", options.eol).encode(options.encoding)
