"""Where the keys and values of a TOML table stand.

The standard library's parser gives data without places.  This reads only as much of the grammar as tells where things
are, of a text that the parser has taken; what it is not sure of has no place.
"""

from __future__ import annotations

import re

from gklint.packs.positions import Place, Route

_TOKEN = re.compile(
    r"""
    (?P<space>[ \t\r]+|\#[^\n]*)
  | (?P<newline>\n)
  | (?P<string>\"{3}(?:\\.|[^\\])*?\"{3,5}|'{3}.*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*')
  | (?P<sign>[][{}=,.])
  | (?P<word>[^][{}=,.\s\#"']+(?:\.[^][{}=,.\s\#"']+)*)
    """,
    re.VERBOSE | re.DOTALL,
)
_SIMPLE_STRING = re.compile(r"""(["'])([^\\\n]*)\1\Z""")


def places(text: str, table: Route) -> tuple[dict[Route, Place], dict[Route, Place]]:
    """The places of the keys and of the values below ``table``, by their routes from there."""
    scanner = _Scanner(text)
    scanner.scan()
    depth = len(table)

    def below(found: dict[Route, Place]) -> dict[Route, Place]:
        return {route[depth:]: place for route, place in found.items() if route[:depth] == table}

    return below(scanner.keys), below(scanner.values)


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [match for match in _TOKEN.finditer(text) if match.lastgroup != "space"]
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self.index = 0
        self.keys: dict[Route, Place] = {}
        self.values: dict[Route, Place] = {}

    def scan(self) -> None:
        table: Route = ()
        try:
            while self.index < len(self.tokens):
                token = self.tokens[self.index]
                if token.lastgroup == "newline":
                    self.index += 1
                elif token[0] == "[":
                    table = self.header()
                else:
                    self.pair(table)
        except (IndexError, RecursionError):
            return  # the rest has no places

    def header(self) -> Route:
        first = self.tokens[self.index]
        while self.tokens[self.index][0] == "[":
            self.index += 1
        route = self.key(())
        self.values.setdefault(route, self.place(first))
        while self.index < len(self.tokens) and self.tokens[self.index].lastgroup != "newline":
            self.index += 1
        return route

    def key(self, table: Route) -> Route:
        """A dotted key; every part of it is a key of its own."""
        route = table
        while (token := self.tokens[self.index])[0] not in "=]":
            self.index += 1
            if token.lastgroup == "string":
                parts = [_string(token[0])]
            elif token.lastgroup == "word":
                parts = token[0].split(".")
            else:
                continue
            for part in parts:
                route = (*route, part)
                self.keys.setdefault(route, self.place(token))
        return route

    def pair(self, table: Route) -> None:
        route = self.key(table)
        self.index += 1
        self.value(route)

    def value(self, route: Route) -> None:
        self.skip()
        token = self.tokens[self.index]
        simple = token.lastgroup == "string" and _SIMPLE_STRING.match(token[0]) is not None
        self.values[route] = self.place(token, 1 if simple else None)
        self.index += 1
        if token[0] == "[":
            number = 0
            while self.peek() != "]":
                if self.peek() == ",":
                    self.index += 1
                    continue
                self.value((*route, number))
                number += 1
            self.index += 1
        elif token[0] == "{":
            while self.peek() != "}":
                if self.peek() == ",":
                    self.index += 1
                    continue
                self.pair(route)
            self.index += 1
        else:
            # A number or a date may be several tokens.
            while self.index < len(self.tokens) and self.tokens[self.index][0] == ".":
                self.index += 2

    def peek(self) -> str:
        self.skip()
        return self.tokens[self.index][0]

    def skip(self) -> None:
        while self.tokens[self.index].lastgroup == "newline":
            self.index += 1

    def place(self, token: re.Match[str], inside: int | None = None) -> Place:
        from bisect import bisect_right

        line = bisect_right(self.starts, token.start())
        return Place(line, token.start() - self.starts[line - 1] + 1, inside)


def _string(token: str) -> str:
    """The text of a key in quotes; as it stands where it has escapes, which no key of ours has."""
    match = _SIMPLE_STRING.match(token)
    return match[2] if match else token
