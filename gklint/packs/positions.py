"""YAML to plain data that knows where each key and value stands.

The YAML is YAML 1.2 with the core scalars: ``no``, ``on`` and ``一`` are texts, numbers are exact (`int` or `Decimal`).
Anchors and aliases are allowed, their expansions are counted.  Keys are always texts, as written.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from decimal import Decimal
from typing import Any, NamedTuple, NoReturn

from gklint.errors import GklintError, PackError
from gklint.records import dataclass, field

MAX_NODES = 100_000
MAX_DEPTH = 60


class Kind(NamedTuple):
    """What a YAML file is, for messages: with its article, and how one begins."""

    name: str
    begins: str
    may_be_empty: bool = False


PACK = Kind("a pack", "pack: …")

Route = tuple[str | int, ...]
"""Where a value is in the data: the keys and indexes that lead to it."""

_INTEGER = re.compile(r"[-+]?[0-9]{1,40}\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,3})?\Z")
_CONSTANTS: dict[str, object] = {"": None, "~": None} | {
    spelling: value
    for word, value in (("null", None), ("true", True), ("false", False))
    for spelling in (word, word.capitalize(), word.upper())
}
_CORE = "tag:yaml.org,2002:"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a key or value begins in the file: 1-based line and column in code points.

    ``inside`` is the distance from the column to the first character of a scalar that stands in the file letter by
    letter (0 plain, 1 in quotes); None if its letters cannot be counted like that.
    """

    line: int
    column: int
    inside: int | None = None


@dataclass(slots=True)
class Located:
    """The data of one file and the places of its parts."""

    path: str
    data: Any
    keys: dict[Route, Place] = field(default_factory=dict)
    values: dict[Route, Place] = field(default_factory=dict)

    def error(self, route: Route, message: str, offset: int | None = None) -> GklintError:
        """An error at the value at ``route`` or, if there is none, at the nearest value around it.

        ``offset`` points at a character of a text.
        """
        while route not in self.values and route:
            route, offset = route[:-1], None
        place = self.values.get(route, Place(1, 1))
        column = place.column
        if offset is not None and place.inside is not None:
            column += place.inside + offset
        return GklintError(message, self.path, place.line, column)

    def key_error(self, route: Route, message: str) -> GklintError:
        """An error at the key that ``route`` ends in."""
        place = self.keys.get(route)
        if place is None:
            return self.error(route, message)
        return GklintError(message, self.path, place.line, place.column)


def parse_yaml(content: bytes, name: str, kind: Kind = PACK) -> Located:
    """The data of YAML in UTF-8; ``name`` is the file's name and ``kind`` what it is, for messages.

    Raises PackError with every mistake that can be told from the YAML alone.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8")) + 1
        message = f"byte 0x{content[error.start]:02X} is not UTF-8; save the file as UTF-8"
        raise PackError([GklintError(message, name, line, column)]) from None
    return _Reader(text.removeprefix("\ufeff"), name, kind).read()


class _Reader:
    def __init__(self, text: str, name: str, kind: Kind) -> None:
        self.text = text
        self.kind = kind
        self.located = Located(name, None)
        self.problems: list[GklintError] = []
        self.starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]
        self.events: list[Any] = []
        self.anchors: dict[str, tuple[int, int]] = {}
        self.nodes = 0

    def place(self, index: int, inside: int | None = None) -> Place:
        """From an index, since YAML breaks lines at more characters than editors do."""
        line = bisect_right(self.starts, index)
        return Place(line, index - self.starts[line - 1] + 1, inside)

    def fail(self, index: int, message: str) -> NoReturn:
        place = self.place(index)
        raise PackError([*self.problems, GklintError(message, self.located.path, place.line, place.column)])

    def problem(self, index: int, message: str) -> None:
        place = self.place(index)
        self.problems.append(GklintError(message, self.located.path, place.line, place.column))

    def read(self) -> Located:
        self.load_events()
        name, begins, may_be_empty = self.kind
        if not self.events or (may_be_empty and self.is_null()):
            if may_be_empty:
                self.located.data = {}
                return self.located
            self.fail(0, f"the file is empty; {name} is a mapping that begins with '{begins}'")
        first = self.events[0]
        if type(first).__name__ != "MappingStartEvent":
            self.fail(first.start_mark.index, f"{name} is a mapping of keys and values ('{begins}')")
        _, self.located.data = self.value(0, (), 0)
        if self.problems:
            raise PackError(sorted(self.problems, key=lambda problem: (problem.line or 0, problem.column or 0)))
        return self.located

    def is_null(self) -> bool:
        event = self.events[0]
        return type(event).__name__ == "ScalarEvent" and self.scalar(event) is None

    def load_events(self) -> None:
        """The events of the one document, without its frame; remembers where each anchor's node begins and ends."""
        from ruamel.yaml import YAML
        from ruamel.yaml.error import MarkedYAMLError
        from ruamel.yaml.reader import ReaderError

        documents = 0
        seen: set[str] = set()
        open_anchors: list[tuple[str | None, int]] = []
        try:
            for event in YAML(typ="safe", pure=True).parse(self.text):
                kind = type(event).__name__
                if kind == "DocumentStartEvent":
                    documents += 1
                    if documents > 1:
                        self.fail(
                            event.start_mark.index,
                            f"a second document begins here; a file holds one {self.kind.name.removeprefix('a ')}",
                        )
                if kind.startswith(("Stream", "Document")):
                    continue
                if len(self.events) >= MAX_NODES:
                    self.fail(event.start_mark.index, f"more than {MAX_NODES:,} keys and values")
                self.events.append(event)
                here = len(self.events) - 1
                if kind != "AliasEvent" and getattr(event, "anchor", None) in seen:
                    self.fail(event.start_mark.index, f"a second anchor &{event.anchor}")
                if kind != "AliasEvent" and getattr(event, "anchor", None):
                    seen.add(event.anchor)
                if kind == "ScalarEvent" and event.anchor:
                    self.anchors[event.anchor] = (here, here + 1)
                elif kind.endswith("StartEvent"):
                    open_anchors.append((event.anchor, here))
                    if len(open_anchors) > MAX_DEPTH:
                        self.fail(event.start_mark.index, f"more than {MAX_DEPTH} levels inside one another")
                elif kind.endswith("EndEvent"):
                    anchor, begin = open_anchors.pop()
                    if anchor:
                        self.anchors[anchor] = (begin, here + 1)
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            index = min(mark.index, len(self.text)) if mark is not None else 0
            self.fail(index, _explain(error, self.text[index : index + 1]))
        except ReaderError as error:
            self.fail(error.position, f"the character U+{ord(self.text[error.position]):04X} is not allowed in YAML")
        except (RecursionError, ValueError, IndexError, AttributeError, AssertionError):
            # Slips of the YAML library on damaged input; there is no place to tell.
            self.fail(len(self.text), "this is not YAML that can be read")

    def value(self, index: int, route: Route, depth: int) -> tuple[int, Any]:
        """The value whose events begin at ``index``, and the index behind them."""
        self.nodes += 1
        event = self.events[index]
        begin = event.start_mark.index
        if self.nodes > MAX_NODES:
            self.fail(begin, f"more than {MAX_NODES:,} keys and values with all aliases written out")
        if depth > MAX_DEPTH:
            self.fail(begin, f"more than {MAX_DEPTH} levels inside one another")
        kind = type(event).__name__
        if kind == "AliasEvent":
            target = self.anchors.get(event.anchor)
            if target is None or target[1] > index:
                self.fail(begin, f"the alias *{event.anchor} names no anchor that stands before it")
            # Places inside point at the anchor's text: that is what there is to edit.
            _, value = self.value(target[0], route, depth + 1)
            return index + 1, value
        if event.tag is not None and not event.tag.startswith(_CORE):
            self.problem(begin, f"the tag {event.tag} is not allowed in {self.kind.name}")
        if kind == "ScalarEvent":
            self.located.values[route] = self.place(begin, self.inside(event))
            return index + 1, self.scalar(event)
        self.located.values[route] = self.place(begin)
        if kind == "MappingStartEvent":
            return self.mapping(index + 1, route, depth)
        items: list[Any] = []
        index += 1
        while type(self.events[index]).__name__ != "SequenceEndEvent":
            index, item = self.value(index, (*route, len(items)), depth + 1)
            items.append(item)
        return index + 1, items

    def mapping(self, index: int, route: Route, depth: int) -> tuple[int, dict[str, Any]]:
        mapping: dict[str, Any] = {}
        while type(event := self.events[index]).__name__ != "MappingEndEvent":
            begin = event.start_mark.index
            if type(event).__name__ != "ScalarEvent":
                self.fail(begin, "a key must be a plain text")
            key = event.value
            inner = (*route, key)
            if key in mapping:
                self.problem(begin, f"the key {key!r} stands here twice, first on line {self.located.keys[inner].line}")
                index, _ = self.value(index + 1, (*inner, "\0twice"), depth + 1)
                continue
            self.located.keys[inner] = self.place(begin)
            index, mapping[key] = self.value(index + 1, inner, depth + 1)
        return index + 1, mapping

    def inside(self, event: Any) -> int | None:
        length = event.end_mark.index - event.start_mark.index
        if event.style is None:
            return 0 if length == len(event.value) else None
        return 1 if event.style in "'\"" and length == len(event.value) + 2 else None

    def scalar(self, event: Any) -> object:
        text: str = event.value
        if event.style is not None or event.tag == f"{_CORE}str":
            return text
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        if _INTEGER.match(text):
            return int(text)
        if len(text) <= 60 and _FLOAT.match(text):
            return Decimal(text)
        return text


def _explain(error: Any, found: str) -> str:
    """What a YAML error means for a person who writes packs."""
    problem = str(error.problem or "")
    if found == "\t" or "'\\t'" in problem:
        return "a tab in the indentation; YAML wants spaces"
    if "mapping values are not allowed" in problem:
        return "a ':' too many on this line; put a text that holds ': ' in quotes"
    if "unexpected end of stream" in problem:
        return "a quotation mark is opened and never closed"
    if "cannot start any token" in problem:
        return f"found {found!r} where a value begins; put the text in quotes"
    context = f" ({error.context})" if error.context else ""
    return f"not YAML: {problem or 'unreadable'}{context}"
